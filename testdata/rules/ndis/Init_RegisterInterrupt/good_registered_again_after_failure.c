// The registration is repeated without messages only if the first try failed, so one handle is
// enough.

#include <ndis.h>

typedef struct {
  NDIS_HANDLE handle;
  NDIS_HANDLE irq;
} adapter_t;

static MINIPORT_INITIALIZE initialize;
static MINIPORT_HALT halt;
static MINIPORT_UNLOAD unload;
static MINIPORT_PAUSE pause;
static MINIPORT_RESTART restart;
static MINIPORT_OID_REQUEST oid_request;
static MINIPORT_SEND_NET_BUFFER_LISTS send_lists;
static MINIPORT_ISR interrupt;
static MINIPORT_INTERRUPT_DPC deferred;
static MINIPORT_RETURN_NET_BUFFER_LISTS return_lists;
static MINIPORT_MESSAGE_INTERRUPT message;
static MINIPORT_MESSAGE_INTERRUPT_DPC message_deferred;

static NDIS_HANDLE miniport_driver;

static BOOLEAN interrupt(NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus) {
  UNREFERENCED_PARAMETER(ctx);
  *cpus = 0;
  *dpc = TRUE;
  return TRUE;
}

static VOID deferred(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(dpcctx);
  UNREFERENCED_PARAMETER(throttle);
  UNREFERENCED_PARAMETER(reserved);
}

static BOOLEAN message(NDIS_HANDLE ctx, ULONG id, PBOOLEAN dpc, PULONG cpus) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(id);
  *dpc = TRUE;
  *cpus = 0;
  return TRUE;
}

static VOID message_deferred(NDIS_HANDLE ctx, ULONG id, PVOID dpcctx, PVOID throttle,
                             PVOID reserved) {
  UNREFERENCED_PARAMETER(id);
  deferred(ctx, dpcctx, throttle, reserved);
}

static NDIS_STATUS set_attributes(NDIS_HANDLE nic, adapter_t* ctx) {
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

static NDIS_STATUS hook(adapter_t* a, BOOLEAN messages) {
  NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS chars;

  NdisZeroMemory(&chars, sizeof(chars));
  chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
  chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
  chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
  chars.InterruptHandler = interrupt;
  chars.InterruptDpcHandler = deferred;

  if (messages) {
    chars.MsiSupported = TRUE;
    chars.MessageInterruptHandler = message;
    chars.MessageInterruptDpcHandler = message_deferred;
  }
  return NdisMRegisterInterruptEx(a->handle, a, &chars, &a->irq);
}

static NDIS_STATUS initialize(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
                              PNDIS_MINIPORT_INIT_PARAMETERS params) {
  adapter_t* a;
  NDIS_STATUS s;
  UCHAR line = 0;

  UNREFERENCED_PARAMETER(drvctx);
  UNREFERENCED_PARAMETER(params);
  a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'tpda', NormalPoolPriority);
  if (a == NULL)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory(a, sizeof *a);
  a->handle = nic;
  s = set_attributes(nic, a);
  if (s == NDIS_STATUS_SUCCESS) {
    NdisMGetBusData(nic, PCI_WHICHSPACE_CONFIG, 0x3c, &line, sizeof line);
    s = hook(a, TRUE);
    if (s != NDIS_STATUS_SUCCESS && line != 0xff)
      s = hook(a, FALSE);
  }
  if (s != NDIS_STATUS_SUCCESS)
    NdisFreeMemory(a, 0, 0);
  return s;
}

static VOID halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
  adapter_t* a = (adapter_t*)ctx;

  UNREFERENCED_PARAMETER(action);
  NdisMDeregisterInterruptEx(a->irq);
  NdisFreeMemory(a, 0, 0);
}

static NDIS_STATUS pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(params);
  return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(params);
  return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS oid_request(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
  NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

  UNREFERENCED_PARAMETER(ctx);
  switch (req->DATA.SET_INFORMATION.Oid) {
  case OID_GEN_CURRENT_LOOKAHEAD:
  case OID_GEN_CURRENT_PACKET_FILTER:
    if (req->RequestType == NdisRequestSetInformation)
      Result = NDIS_STATUS_SUCCESS;
    break;
  default:
    break;
  }
  return Result;
}

static VOID send_lists(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port,
                       ULONG flags) {
  adapter_t* a = (adapter_t*)ctx;
  PNET_BUFFER_LIST cur = nbl;
  ULONG done = 0;

  UNREFERENCED_PARAMETER(port);
  while (cur) {
    cur->Status = NDIS_STATUS_PAUSED;
    cur = cur->Next;
  }
  if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
    done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
  NdisMSendNetBufferListsComplete(a->handle, nbl, done);
}

static VOID return_lists(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, ULONG flags) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(nbl);
  UNREFERENCED_PARAMETER(flags);
}

static VOID unload(PDRIVER_OBJECT drv) {
  UNREFERENCED_PARAMETER(drv);
  NdisMDeregisterMiniportDriver(miniport_driver);
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
  mc.InitializeHandlerEx = initialize;
  mc.HaltHandlerEx = halt;
  mc.UnloadHandler = unload;
  mc.PauseHandler = pause;
  mc.RestartHandler = restart;
  mc.OidRequestHandler = oid_request;
  mc.SendNetBufferListsHandler = send_lists;
  mc.ReturnNetBufferListsHandler = return_lists;
  st = NdisMRegisterMiniportDriver(drv, path, NULL, &mc, &miniport_driver);
  if (st != NDIS_STATUS_SUCCESS)
    miniport_driver = NULL;
  return st;
}
