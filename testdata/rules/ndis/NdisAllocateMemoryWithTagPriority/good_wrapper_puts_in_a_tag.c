// A wrapper takes 0 for "the usual tag" and puts that in before it allocates.

#include <ndis.h>

struct wrp
{
  NDIS_HANDLE h;
  PVOID log;
};

MINIPORT_INITIALIZE wrp_init;
MINIPORT_HALT wrp_halt;
MINIPORT_UNLOAD wrp_unload;
MINIPORT_PAUSE wrp_pause;
MINIPORT_RESTART wrp_restart;
MINIPORT_OID_REQUEST wrp_oid;
MINIPORT_SEND_NET_BUFFER_LISTS wrp_send;

static NDIS_HANDLE wrp_driver;

static NDIS_STATUS
wrp_attributes (struct wrp *ctx)
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

static ULONG wrp_tag = 'prw ';

static PVOID
wrp_alloc (NDIS_HANDLE nic, UINT bytes, ULONG tag)
{
  if (tag == 0)
    tag = wrp_tag;
  return NdisAllocateMemoryWithTagPriority (nic, bytes, tag, NormalPoolPriority);
}

NDIS_STATUS
wrp_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct wrp *w = wrp_alloc (nic, sizeof (*w), 0);
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = wrp_attributes (w);
  if (st == NDIS_STATUS_SUCCESS)
    {
      w->log = wrp_alloc (nic, 1024, 'golw');
      if (w->log)
        return st;
      st = NDIS_STATUS_RESOURCES;
    }
  NdisFreeMemory (w, 0, 0);
  return st;
}

VOID
wrp_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct wrp *w = ctx;

  UNREFERENCED_PARAMETER (action);
  NdisFreeMemory (w->log, 0, 0);
  NdisFreeMemory (w, 0, 0);
}

NDIS_STATUS
wrp_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
wrp_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
wrp_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
wrp_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct wrp *a = (struct wrp *)ctx;
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
wrp_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (wrp_driver);
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
  mc.InitializeHandlerEx = wrp_init;
  mc.HaltHandlerEx = wrp_halt;
  mc.UnloadHandler = wrp_unload;
  mc.PauseHandler = wrp_pause;
  mc.RestartHandler = wrp_restart;
  mc.OidRequestHandler = wrp_oid;
  mc.SendNetBufferListsHandler = wrp_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &wrp_driver);
  if (st != NDIS_STATUS_SUCCESS)
    wrp_driver = NULL;
  return st;
}
