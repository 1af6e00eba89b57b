// The delay comes from the registry, and what is above the limit is cut off.

#include <ndis.h>

struct lim
{
  NDIS_HANDLE h;
  ULONG us;
};

MINIPORT_INITIALIZE lim_init;
MINIPORT_HALT lim_halt;
MINIPORT_UNLOAD lim_unload;
MINIPORT_PAUSE lim_pause;
MINIPORT_RESTART lim_restart;
MINIPORT_OID_REQUEST lim_oid;
MINIPORT_SEND_NET_BUFFER_LISTS lim_send;

static NDIS_HANDLE lim_driver;

static NDIS_STATUS
lim_attributes (struct lim *ctx)
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

static void
lim_read (struct lim *w)
{
  NDIS_STRING word = NDIS_STRING_CONST ("Delay");
  NDIS_CONFIGURATION_OBJECT obj;
  PNDIS_CONFIGURATION_PARAMETER val;
  NDIS_HANDLE key;
  NDIS_STATUS st;

  w->us = 10;
  NdisZeroMemory (&obj, sizeof (obj));
  obj.Header.Type = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT;
  obj.Header.Revision = NDIS_CONFIGURATION_OBJECT_REVISION_1;
  obj.Header.Size = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1;
  obj.NdisHandle = w->h;
  if (NdisOpenConfigurationEx (&obj, &key) != NDIS_STATUS_SUCCESS)
    return;
  NdisReadConfiguration (&st, &val, key, &word, NdisParameterInteger);
  if (st == NDIS_STATUS_SUCCESS)
    w->us = val->ParameterData.IntegerData;
  if (w->us > 50)
    w->us = 50;
  NdisCloseConfiguration (key);
}

NDIS_STATUS
lim_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct lim *w;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'mil ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  lim_read (w);
  st = lim_attributes (w);
  if (st != NDIS_STATUS_SUCCESS)
    NdisFreeMemory (w, 0, 0);
  return st;
}

VOID
lim_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct lim *w = ctx;

  UNREFERENCED_PARAMETER (action);
  NdisStallExecution (w->us);
  NdisFreeMemory (w, 0, 0);
}

NDIS_STATUS
lim_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
lim_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
lim_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
lim_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct lim *a = (struct lim *)ctx;
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
lim_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (lim_driver);
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
  mc.InitializeHandlerEx = lim_init;
  mc.HaltHandlerEx = lim_halt;
  mc.UnloadHandler = lim_unload;
  mc.PauseHandler = lim_pause;
  mc.RestartHandler = lim_restart;
  mc.OidRequestHandler = lim_oid;
  mc.SendNetBufferListsHandler = lim_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &lim_driver);
  if (st != NDIS_STATUS_SUCCESS)
    lim_driver = NULL;
  return st;
}
