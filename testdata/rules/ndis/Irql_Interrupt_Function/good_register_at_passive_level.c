// A loop over two interrupts raises to APC_LEVEL around the bookkeeping only.

#include <ndis.h>

enum { LINES = 2 };

typedef struct {
  NDIS_HANDLE mp;
  NDIS_HANDLE line[LINES];
  ULONG registered;
} APC_NIC;

MINIPORT_INITIALIZE apc_initialize;
MINIPORT_HALT apc_halt;
MINIPORT_UNLOAD apc_unload;
MINIPORT_PAUSE apc_pause;
MINIPORT_RESTART apc_restart;
MINIPORT_OID_REQUEST apc_oid;
MINIPORT_SEND_NET_BUFFER_LISTS apc_send;
MINIPORT_ISR apc_isr;
MINIPORT_INTERRUPT_DPC apc_dpc;
MINIPORT_RETURN_NET_BUFFER_LISTS apc_return;
MINIPORT_CANCEL_SEND apc_cancel;

static NDIS_HANDLE apc_driver;
static ULONG apc_lines_in_use;

BOOLEAN apc_isr(NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus) {
  UNREFERENCED_PARAMETER(ctx);
  *cpus = 0;
  *dpc = TRUE;
  return TRUE;
}

VOID apc_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(dpcctx);
  UNREFERENCED_PARAMETER(throttle);
  UNREFERENCED_PARAMETER(reserved);
}

static NDIS_STATUS apc_attributes(NDIS_HANDLE nic, APC_NIC* ctx) {
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

static void count_lines(int change) {
  KIRQL before;

  KeRaiseIrql(APC_LEVEL, &before);
  apc_lines_in_use += change;
  KeLowerIrql(before);
}

static void release(APC_NIC* nic) {
  while (nic->registered > 0) {
    NdisMDeregisterInterruptEx(nic->line[--nic->registered]);
    count_lines(-1);
  }
  NdisFreeMemory(nic, 0, 0);
}

NDIS_STATUS apc_initialize(NDIS_HANDLE handle, NDIS_HANDLE drvctx,
                           PNDIS_MINIPORT_INIT_PARAMETERS params) {
  NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;
  NDIS_STATUS st;
  APC_NIC* nic;

  UNREFERENCED_PARAMETER(drvctx);
  UNREFERENCED_PARAMETER(params);
  nic =
      NdisAllocateMemoryWithTagPriority(handle, sizeof(*nic), 'cpa ', NormalPoolPriority);
  if (nic == NULL)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory(nic, sizeof(*nic));
  nic->mp = handle;
  st = apc_attributes(handle, nic);
  NdisZeroMemory(&ic, sizeof(ic));
  ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
  ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
  ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
  ic.InterruptHandler = apc_isr;
  ic.InterruptDpcHandler = apc_dpc;

  while (st == NDIS_STATUS_SUCCESS && nic->registered < LINES) {
    st = NdisMRegisterInterruptEx(
        handle, nic, &ic, &nic->line[nic->registered]);
    if (st == NDIS_STATUS_SUCCESS) {
      nic->registered++;
      count_lines(1);
    }
  }
  if (st != NDIS_STATUS_SUCCESS)
    release(nic);
  return st;
}

VOID apc_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
  UNREFERENCED_PARAMETER(action);
  release(ctx);
}

NDIS_STATUS apc_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS apc_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS apc_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
  UNREFERENCED_PARAMETER(ctx);
  if (req->RequestType == NdisRequestSetInformation &&
      req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
    req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
    return NDIS_STATUS_SUCCESS;
  }
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID apc_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags) {
  APC_NIC* Nic = (APC_NIC*)ctx;
  PNET_BUFFER_LIST Next;
  ULONG CompleteFlags = (flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL)
                            ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                            : 0;

  UNREFERENCED_PARAMETER(port);
  do {
    Next = NET_BUFFER_LIST_NEXT_NBL(nbl);
    NET_BUFFER_LIST_NEXT_NBL(nbl) = NULL;
    NET_BUFFER_LIST_STATUS(nbl) = NDIS_STATUS_PAUSED;
    NdisMSendNetBufferListsComplete(Nic->mp, nbl, CompleteFlags);
    nbl = Next;
  } while (nbl != NULL);
}

VOID apc_return(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, ULONG flags) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(nbl);
  UNREFERENCED_PARAMETER(flags);
}

VOID apc_cancel(NDIS_HANDLE ctx, PVOID id) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(id);
}

VOID apc_unload(PDRIVER_OBJECT drv) {
  UNREFERENCED_PARAMETER(drv);
  NdisMDeregisterMiniportDriver(apc_driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path) {
  NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

  NdisZeroMemory(&Chars, sizeof(Chars));
  Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
  Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  Chars.MajorNdisVersion = 6;
  Chars.MinorNdisVersion = 0;
  Chars.MajorDriverVersion = 1;
  Chars.InitializeHandlerEx = apc_initialize;
  Chars.HaltHandlerEx = apc_halt;
  Chars.UnloadHandler = apc_unload;
  Chars.PauseHandler = apc_pause;
  Chars.RestartHandler = apc_restart;
  Chars.OidRequestHandler = apc_oid;
  Chars.SendNetBufferListsHandler = apc_send;
  Chars.ReturnNetBufferListsHandler = apc_return;
  Chars.CancelSendHandler = apc_cancel;
  return NdisMRegisterMiniportDriver(drv, path, NULL, &Chars, &apc_driver);
}
