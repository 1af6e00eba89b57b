// When a buffer of the set cannot be allocated, the loop frees those before it.

#include <ndis.h>

struct set
{
  NDIS_HANDLE h;
  NDIS_HANDLE pool;
  PNET_BUFFER nb[4];
};

MINIPORT_INITIALIZE set_init;
MINIPORT_HALT set_halt;
MINIPORT_UNLOAD set_unload;
MINIPORT_PAUSE set_pause;
MINIPORT_RESTART set_restart;
MINIPORT_OID_REQUEST set_oid;
MINIPORT_SEND_NET_BUFFER_LISTS set_send;

static NDIS_HANDLE set_driver;

static NDIS_STATUS
set_attributes (struct set *ctx)
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
set_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct set *w;
  NET_BUFFER_POOL_PARAMETERS p;
  NDIS_STATUS st;
  int i = 0;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'tes ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = set_attributes (w);
  if (st != NDIS_STATUS_SUCCESS)
    goto no_pool;

  NdisZeroMemory (&p, sizeof (p));
  p.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
  p.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
  p.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
  p.PoolTag = 'tes ';
  st = NDIS_STATUS_RESOURCES;
  w->pool = NdisAllocateNetBufferPool (nic, &p);
  if (!w->pool)
    goto no_pool;
  do
    {
      w->nb[i] = NdisAllocateNetBuffer (w->pool, NULL, 0, 0);
      if (!w->nb[i])
        goto unwind;
    }
  while (++i < 4);
  return NDIS_STATUS_SUCCESS;

unwind:
  while (--i >= 0)
    NdisFreeNetBuffer (w->nb[i]);
  NdisFreeNetBufferPool (w->pool);
no_pool:
  NdisFreeMemory (w, 0, 0);
  return st;
}

VOID
set_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct set *w = ctx;
  int i;

  UNREFERENCED_PARAMETER (action);
  for (i = 0; i < 4; i++)
    NdisFreeNetBuffer (w->nb[i]);
  NdisFreeNetBufferPool (w->pool);
  NdisFreeMemory (w, 0, 0);
}

NDIS_STATUS
set_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
set_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
set_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
set_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct set *a = (struct set *)ctx;
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
set_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (set_driver);
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
  mc.InitializeHandlerEx = set_init;
  mc.HaltHandlerEx = set_halt;
  mc.UnloadHandler = set_unload;
  mc.PauseHandler = set_pause;
  mc.RestartHandler = set_restart;
  mc.OidRequestHandler = set_oid;
  mc.SendNetBufferListsHandler = set_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &set_driver);
  if (st != NDIS_STATUS_SUCCESS)
    set_driver = NULL;
  return st;
}
