// When the interface is refused, the provider is deregistered and the second try still names it.

#include <ndis.h>

typedef struct {
  NDIS_HANDLE handle;
  NDIS_HANDLE provider;
  NET_IFINDEX index;
} rt_t;

MINIPORT_INITIALIZE rt_initialize;
MINIPORT_HALT rt_halt;
MINIPORT_UNLOAD rt_unload;
MINIPORT_PAUSE rt_pause;
MINIPORT_RESTART rt_restart;
MINIPORT_OID_REQUEST rt_oid;
MINIPORT_SEND_NET_BUFFER_LISTS rt_send;

static NDIS_HANDLE rt_driver;

static NDIS_STATUS IfQuery(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId,
                           PULONG OutputLength, PVOID Output) {
  UNREFERENCED_PARAMETER(IfContext);
  UNREFERENCED_PARAMETER(ObjectId);
  UNREFERENCED_PARAMETER(Output);
  *OutputLength = 0;
  return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS IfSet(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId,
                         ULONG InputLength, PVOID Input) {
  UNREFERENCED_PARAMETER(IfContext);
  UNREFERENCED_PARAMETER(ObjectId);
  UNREFERENCED_PARAMETER(InputLength);
  UNREFERENCED_PARAMETER(Input);
  return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS rt_attributes(NDIS_HANDLE nic, rt_t* ctx) {
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

static NDIS_STATUS open_provider(rt_t* rt) {
  NDIS_IF_PROVIDER_CHARACTERISTICS pc;

  NdisZeroMemory(&pc, sizeof(pc));
  pc.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
  pc.Header.Revision = NDIS_OBJECT_REVISION_1;
  pc.Header.Size = NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1;
  pc.QueryObjectHandler = IfQuery;
  pc.SetObjectHandler = IfSet;
  return NdisIfRegisterProvider(&pc, rt, &rt->provider);
}

static NDIS_STATUS open_interface(rt_t* rt, NET_LUID luid) {
  NET_IF_INFORMATION info;

  NdisZeroMemory(&info, sizeof(info));
  info.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
  info.Header.Revision = NDIS_OBJECT_REVISION_1;
  info.Header.Size = NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1;
  info.AccessType = NET_IF_ACCESS_BROADCAST;
  info.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
  info.ConnectionType = NET_IF_CONNECTION_DEDICATED;
  info.MediaType = NdisMedium802_3;
  return NdisIfRegisterInterface(rt->provider, luid, rt, &info, // expect: defect Ndis_DeregisterInterface
                                 &rt->index);
}

NDIS_STATUS rt_initialize(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
                          PNDIS_MINIPORT_INIT_PARAMETERS params) {
  NDIS_STATUS st;
  rt_t* rt;

  UNREFERENCED_PARAMETER(drvctx);
  rt = NdisAllocateMemoryWithTagPriority(nic, sizeof *rt, 'tr  ', NormalPoolPriority);
  if (rt == NULL)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory(rt, sizeof *rt);
  rt->handle = nic;
  st = rt_attributes(nic, rt);
  if (st != NDIS_STATUS_SUCCESS)
    goto out;
  st = open_provider(rt);
  if (st != NDIS_STATUS_SUCCESS)
    goto out;
  st = open_interface(rt, params->NetLuid);
  if (st == NDIS_STATUS_RESOURCES) {
    NdisIfDeregisterProvider(rt->provider);
    st = open_interface(rt, params->NetLuid);
    if (st != NDIS_STATUS_SUCCESS)
      goto out;
  }
  if (st != NDIS_STATUS_SUCCESS)
    NdisIfDeregisterProvider(rt->provider);
out:
  if (st != NDIS_STATUS_SUCCESS)
    NdisFreeMemory(rt, 0, 0);
  return st;
}

VOID rt_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
  rt_t* rt = ctx;

  UNREFERENCED_PARAMETER(action);
  NdisIfDeregisterInterface(rt->index); // also: Ndis_DeregisterInterface
  NdisIfDeregisterProvider(rt->provider); // also: Ndis_DeregisterInterface
  NdisFreeMemory(rt, 0, 0);
}

NDIS_STATUS rt_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS rt_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
  UNREFERENCED_PARAMETER(ctx);
  UNREFERENCED_PARAMETER(params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS rt_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
  UNREFERENCED_PARAMETER(ctx);
  return req->RequestType == NdisRequestQueryStatistics ? NDIS_STATUS_INVALID_OID
                                                        : NDIS_STATUS_NOT_SUPPORTED;
}

VOID rt_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags) {
  rt_t* a = (rt_t*)ctx;
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

VOID rt_unload(PDRIVER_OBJECT drv) {
  UNREFERENCED_PARAMETER(drv);
  NdisMDeregisterMiniportDriver(rt_driver);
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
  mc.InitializeHandlerEx = rt_initialize;
  mc.HaltHandlerEx = rt_halt;
  mc.UnloadHandler = rt_unload;
  mc.PauseHandler = rt_pause;
  mc.RestartHandler = rt_restart;
  mc.OidRequestHandler = rt_oid;
  mc.SendNetBufferListsHandler = rt_send;
  st = NdisMRegisterMiniportDriver(drv, path, NULL, &mc, &rt_driver);
  if (st != NDIS_STATUS_SUCCESS)
    rt_driver = NULL;
  return st;
}
