// The helper can fail for adapters that were never started only, and a paused adapter was started.

#include <ndis.h>

struct nev
{
  NDIS_HANDLE h;
  BOOLEAN started;
  ULONG queued;
};

MINIPORT_INITIALIZE nev_init;
MINIPORT_HALT nev_halt;
MINIPORT_UNLOAD nev_unload;
MINIPORT_PAUSE nev_pause;
MINIPORT_RESTART nev_restart;
MINIPORT_OID_REQUEST nev_oid;
MINIPORT_SEND_NET_BUFFER_LISTS nev_send;

static NDIS_HANDLE nev_driver;

static NDIS_STATUS
nev_attributes (struct nev *ctx)
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
nev_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct nev *w;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'ven ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = nev_attributes (w);
  if (st != NDIS_STATUS_SUCCESS)
    NdisFreeMemory (w, 0, 0);
  return st;
}

VOID
nev_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  UNREFERENCED_PARAMETER (action);
  NdisFreeMemory (ctx, 0, 0);
}

static NDIS_STATUS
nev_flush (struct nev *w)
{
  if (!w->started)
    return NDIS_STATUS_ADAPTER_NOT_READY;
  if (w->queued)
    {
      w->queued = 0;
      return NDIS_STATUS_PENDING;
    }
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
nev_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  struct nev *w = ctx;

  UNREFERENCED_PARAMETER (params);
  w->started = TRUE;
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
nev_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  NDIS_STATUS st = nev_flush (ctx);

  UNREFERENCED_PARAMETER (params);
  if (st == NDIS_STATUS_PENDING)
    {
      struct nev *w = ctx;

      NdisMPauseComplete (w->h);
    }
  return st;
}

NDIS_STATUS
nev_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
nev_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct nev *a = (struct nev *)ctx;
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
nev_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (nev_driver);
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
  mc.InitializeHandlerEx = nev_init;
  mc.HaltHandlerEx = nev_halt;
  mc.UnloadHandler = nev_unload;
  mc.PauseHandler = nev_pause;
  mc.RestartHandler = nev_restart;
  mc.OidRequestHandler = nev_oid;
  mc.SendNetBufferListsHandler = nev_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &nev_driver);
  if (st != NDIS_STATUS_SUCCESS)
    nev_driver = NULL;
  return st;
}
