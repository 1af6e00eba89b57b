// If there is no sub key, the handle in use is a copy of the first one, and is closed as such only.

#include <ndis.h>

struct sub
{
  NDIS_HANDLE h;
  ULONG ports;
};

MINIPORT_INITIALIZE sub_init;
MINIPORT_HALT sub_halt;
MINIPORT_UNLOAD sub_unload;
MINIPORT_PAUSE sub_pause;
MINIPORT_RESTART sub_restart;
MINIPORT_OID_REQUEST sub_oid;
MINIPORT_SEND_NET_BUFFER_LISTS sub_send;

static NDIS_HANDLE sub_driver;

static NDIS_STATUS
sub_attributes (struct sub *ctx)
{
  NDIS_MINIPORT_ADAPTER_ATTRIBUTES any;
  NDIS_STATUS st;

  NdisZeroMemory (&any, sizeof (any));
  any.RegistrationAttributes.Header.Type
      = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
  any.RegistrationAttributes.Header.Revision
      = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
  any.RegistrationAttributes.Header.Size
      = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
  any.RegistrationAttributes.MiniportAdapterContext = ctx;
  any.RegistrationAttributes.AttributeFlags
      = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
  any.RegistrationAttributes.InterfaceType = NdisInterfacePci;
  st = NdisMSetMiniportAttributes (ctx->h, &any);
  if (st == NDIS_STATUS_SUCCESS)
    {
      NdisZeroMemory (&any, sizeof (any));
      any.GeneralAttributes.Header.Type
          = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
      any.GeneralAttributes.Header.Revision
          = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
      any.GeneralAttributes.Header.Size
          = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
      any.GeneralAttributes.MediaType = NdisMedium802_3;
      any.GeneralAttributes.MtuSize = 1500;
      any.GeneralAttributes.MacAddressLength = 6;
      any.GeneralAttributes.AccessType = NET_IF_ACCESS_BROADCAST;
      any.GeneralAttributes.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
      any.GeneralAttributes.ConnectionType = NET_IF_CONNECTION_DEDICATED;
      any.GeneralAttributes.IfType = IF_TYPE_ETHERNET_CSMACD;
      st = NdisMSetMiniportAttributes (ctx->h, &any);
    }
  return st;
}

static NDIS_STATUS
sub_read (struct sub *w)
{
  NDIS_STRING name = NDIS_STRING_CONST ("Ports"), word = NDIS_STRING_CONST ("Count");
  NDIS_CONFIGURATION_OBJECT obj;
  PNDIS_CONFIGURATION_PARAMETER val;
  NDIS_HANDLE top, key, use;
  NDIS_STATUS st;

  NdisZeroMemory (&obj, sizeof (obj));
  obj.Header.Type = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT;
  obj.Header.Revision = NDIS_CONFIGURATION_OBJECT_REVISION_1;
  obj.Header.Size = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1;
  obj.NdisHandle = w->h;
  st = NdisOpenConfigurationEx (&obj, &top);
  if (st != NDIS_STATUS_SUCCESS)
    return st;

  /* The values are in a sub key, or in the key itself. */
  use = top;
  NdisOpenConfigurationKeyByName (&st, top, &name, &key);
  if (st == NDIS_STATUS_SUCCESS)
    use = key;
  NdisReadConfiguration (&st, &val, use, &word, NdisParameterInteger);
  if (st == NDIS_STATUS_SUCCESS)
    w->ports = val->ParameterData.IntegerData;
  if (use != top)
    NdisCloseConfiguration (use);
  NdisCloseConfiguration (top);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
sub_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct sub *w;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'bus ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  w->ports = 1;
  st = sub_attributes (w);
  if (st == NDIS_STATUS_SUCCESS)
    st = sub_read (w);
  if (st != NDIS_STATUS_SUCCESS)
    NdisFreeMemory (w, 0, 0);
  return st;
}

VOID
sub_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  UNREFERENCED_PARAMETER (action);
  NdisFreeMemory (ctx, 0, 0);
}

NDIS_STATUS
sub_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
sub_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
sub_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
sub_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct sub *a = (struct sub *)ctx;
  PNET_BUFFER_LIST cur = nbl;
  ULONG done = 0;

  UNREFERENCED_PARAMETER (port);
  while (cur)
    {
      cur->Status = NDIS_STATUS_PAUSED;
      cur = cur->Next;
    }
  if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL (flags))
    done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
  NdisMSendNetBufferListsComplete (a->h, nbl, done);
}

VOID
sub_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (sub_driver);
}

NTSTATUS
DriverEntry (PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
  NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
  NDIS_STATUS st;

  NdisZeroMemory (&mc, sizeof (mc));
  mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
  mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  mc.MajorNdisVersion = 6;
  mc.MinorNdisVersion = 1;
  mc.MajorDriverVersion = 1;
  mc.InitializeHandlerEx = sub_init;
  mc.HaltHandlerEx = sub_halt;
  mc.UnloadHandler = sub_unload;
  mc.PauseHandler = sub_pause;
  mc.RestartHandler = sub_restart;
  mc.OidRequestHandler = sub_oid;
  mc.SendNetBufferListsHandler = sub_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &sub_driver);
  if (st != NDIS_STATUS_SUCCESS)
    sub_driver = NULL;
  return st;
}
