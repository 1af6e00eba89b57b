// When the i-th registration fails, the unwinding deregisters the i before it.

#include <ndis.h>

#define OBO_VECTORS 3

typedef struct {
  NDIS_HANDLE h;

  struct {
    NDIS_HANDLE handle;
    ULONG queue;
  } vector[OBO_VECTORS];
} OBO_NIC;

static MINIPORT_INITIALIZE obo_initialize;
static MINIPORT_HALT obo_halt;
static MINIPORT_UNLOAD obo_unload;
static MINIPORT_PAUSE obo_pause;
static MINIPORT_RESTART obo_restart;
static MINIPORT_OID_REQUEST obo_oid;
static MINIPORT_SEND_NET_BUFFER_LISTS obo_send;
static MINIPORT_ISR obo_isr;
static MINIPORT_INTERRUPT_DPC obo_dpc;
static MINIPORT_RETURN_NET_BUFFER_LISTS obo_return;

static NDIS_HANDLE obo_driver;

static BOOLEAN obo_isr(NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus) {
  UNREFERENCED_PARAMETER(ctx);
  *cpus = 0;
  *dpc = TRUE;
  return TRUE;
}

static VOID obo_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(dpcctx);
  UNREFERENCED_PARAMETER(throttle);
  UNREFERENCED_PARAMETER(reserved);
}

static NDIS_STATUS obo_attributes(NDIS_HANDLE nic, OBO_NIC* ctx) {
  NDIS_MINIPORT_ADAPTER_ATTRIBUTES any;
  NDIS_STATUS st;

  NdisZeroMemory(&any, sizeof(any));
  any.RegistrationAttributes.Header.Type =
      NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
  any.RegistrationAttributes.Header.Revision =
      NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
  any.RegistrationAttributes.Header.Size =
      NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
  any.RegistrationAttributes.MiniportAdapterContext = ctx;
  any.RegistrationAttributes.AttributeFlags =
      NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
  any.RegistrationAttributes.InterfaceType = NdisInterfacePci;
  st = NdisMSetMiniportAttributes(nic, &any);
  if (st == NDIS_STATUS_SUCCESS) {
    NdisZeroMemory(&any, sizeof(any));
    any.GeneralAttributes.Header.Type =
        NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    any.GeneralAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    any.GeneralAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    any.GeneralAttributes.MediaType = NdisMedium802_3;
    any.GeneralAttributes.MtuSize = 1500;
    any.GeneralAttributes.MacAddressLength = 6;
    any.GeneralAttributes.AccessType = NET_IF_ACCESS_BROADCAST;
    any.GeneralAttributes.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    any.GeneralAttributes.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    any.GeneralAttributes.IfType = IF_TYPE_ETHERNET_CSMACD;
    st = NdisMSetMiniportAttributes(nic, &any);
  }
  return st;
}

static void disconnect(OBO_NIC* nic, int count) {
  while (count > 0) {
    count--;
    NdisMDeregisterInterruptEx(
        nic->vector[count].handle);
  }
}

static NDIS_STATUS connect(OBO_NIC* nic) {
  NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;
  NDIS_STATUS st;
  int i;

  NdisZeroMemory(&ic, sizeof(ic));
  ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
  ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
  ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
  ic.InterruptHandler = obo_isr;
  ic.InterruptDpcHandler = obo_dpc;

  for (i = 0; i < OBO_VECTORS; i++) {
    nic->vector[i].queue = i;
    st = NdisMRegisterInterruptEx(nic->h, nic, &ic, &nic->vector[i].handle);
    if (st != NDIS_STATUS_SUCCESS) {
      disconnect(nic, i);
      return st;
    }
  }
  return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS obo_initialize(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
                                  PNDIS_MINIPORT_INIT_PARAMETERS params) {
  OBO_NIC* obo =
      NdisAllocateMemoryWithTagPriority(nic, sizeof(OBO_NIC), 'obo ', NormalPoolPriority);
  NDIS_STATUS st = NDIS_STATUS_RESOURCES;

  UNREFERENCED_PARAMETER(drvctx);
  UNREFERENCED_PARAMETER(params);
  if (obo != NULL) {
    NdisZeroMemory(obo, sizeof(OBO_NIC));
    obo->h = nic;
    st = obo_attributes(nic, obo);
    if (st == NDIS_STATUS_SUCCESS)
      st = connect(obo);
    if (st != NDIS_STATUS_SUCCESS)
      NdisFreeMemory(obo, 0, 0);
  }
  return st;
}

static VOID obo_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
  OBO_NIC* obo = (OBO_NIC*)ctx;

  UNREFERENCED_PARAMETER(action);
  disconnect(obo, OBO_VECTORS);
  NdisFreeMemory(obo, 0, 0);
}

static NDIS_STATUS obo_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(params);
  return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS obo_restart(NDIS_HANDLE ctx,
                               PNDIS_MINIPORT_RESTART_PARAMETERS params) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(params);
  return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS obo_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID obo_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port,
                     ULONG flags) {
  OBO_NIC* Nic = (OBO_NIC*)ctx;
  PNET_BUFFER_LIST Next;
  ULONG CompleteFlags = (flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL)
                            ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                            : 0;

  UNREFERENCED_PARAMETER(port);
  do {
    Next = NET_BUFFER_LIST_NEXT_NBL(nbl);
    NET_BUFFER_LIST_NEXT_NBL(nbl) = NULL;
    NET_BUFFER_LIST_STATUS(nbl) = NDIS_STATUS_PAUSED;
    NdisMSendNetBufferListsComplete(Nic->h, nbl, CompleteFlags);
    nbl = Next;
  } while (nbl != NULL);
}

static VOID obo_return(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, ULONG flags) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(nbl);
  UNREFERENCED_PARAMETER(flags);
}

static VOID obo_unload(PDRIVER_OBJECT drv) {
  UNREFERENCED_PARAMETER(drv);
  NdisMDeregisterMiniportDriver(obo_driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path) {
  NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
  NDIS_STATUS st;

  NdisZeroMemory(&mc, sizeof(mc));
  mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
  mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  mc.MajorNdisVersion = 6;
  mc.MinorNdisVersion = 1;
  mc.MajorDriverVersion = 1;
  mc.InitializeHandlerEx = obo_initialize;
  mc.HaltHandlerEx = obo_halt;
  mc.UnloadHandler = obo_unload;
  mc.PauseHandler = obo_pause;
  mc.RestartHandler = obo_restart;
  mc.OidRequestHandler = obo_oid;
  mc.SendNetBufferListsHandler = obo_send;
  mc.ReturnNetBufferListsHandler = obo_return;
  st = NdisMRegisterMiniportDriver(drv, path, NULL, &mc, &obo_driver);
  if (st != NDIS_STATUS_SUCCESS)
    obo_driver = NULL;
  return st;
}
