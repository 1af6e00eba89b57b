// One object belongs to the driver and one to each adapter; each is freed where its owner ends.

#include <ndis.h>

struct own
{
  NDIS_HANDLE h;
  PNDIS_GENERIC_OBJECT mine;
};

MINIPORT_INITIALIZE own_init;
MINIPORT_HALT own_halt;
MINIPORT_UNLOAD own_unload;
MINIPORT_PAUSE own_pause;
MINIPORT_RESTART own_restart;
MINIPORT_OID_REQUEST own_oid;
MINIPORT_SEND_NET_BUFFER_LISTS own_send;

static NDIS_HANDLE own_driver;
static PDRIVER_OBJECT own_object;
static PNDIS_GENERIC_OBJECT own_shared;

static NDIS_STATUS
own_attributes (struct own *ctx)
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

NDIS_STATUS
own_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct own *o;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  o = NdisAllocateMemoryWithTagPriority (own_shared, sizeof (*o), 'nwo ', NormalPoolPriority);
  if (!o)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (o, sizeof (*o));
  o->h = nic;
  o->mine = NdisAllocateGenericObject (own_object, 'nwo ', sizeof (NDIS_GENERIC_OBJECT));
  st = o->mine ? own_attributes (o) : NDIS_STATUS_RESOURCES;
  if (st == NDIS_STATUS_SUCCESS)
    return st;

  if (o->mine)
    NdisFreeGenericObject (o->mine);
  NdisFreeMemory (o, 0, 0);
  return st;
}

VOID
own_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct own *o = ctx;

  UNREFERENCED_PARAMETER (action);
  NdisFreeGenericObject (o->mine);
  NdisFreeMemory (o, 0, 0);
}

VOID
own_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (own_driver);
  NdisFreeGenericObject (own_shared);
}

NTSTATUS
DriverEntry (PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
  NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
  NDIS_STATUS st;

  own_object = drv;
  own_shared = NdisAllocateGenericObject (drv, 'nwo ', sizeof (NDIS_GENERIC_OBJECT));
  if (!own_shared)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (&mc, sizeof (mc));
  mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
  mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  mc.MajorNdisVersion = 6;
  mc.InitializeHandlerEx = own_init;
  mc.HaltHandlerEx = own_halt;
  mc.UnloadHandler = own_unload;
  mc.PauseHandler = own_pause;
  mc.RestartHandler = own_restart;
  mc.OidRequestHandler = own_oid;
  mc.SendNetBufferListsHandler = own_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &own_driver);
  if (st != NDIS_STATUS_SUCCESS)
    NdisFreeGenericObject (own_shared);
  return st;
}

NDIS_STATUS
own_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
own_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
own_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
own_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct own *a = (struct own *)ctx;
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
