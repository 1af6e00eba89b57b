// The driver keeps the handle of its last adapter and tells it of the unload.

#include <ndis.h>

struct las
{
  NDIS_HANDLE h;
  ULONG number;
};

MINIPORT_INITIALIZE las_init;
MINIPORT_HALT las_halt;
MINIPORT_UNLOAD las_unload;
MINIPORT_PAUSE las_pause;
MINIPORT_RESTART las_restart;
MINIPORT_OID_REQUEST las_oid;
MINIPORT_SEND_NET_BUFFER_LISTS las_send;

static NDIS_HANDLE las_driver;
static NDIS_HANDLE las_last;
static ULONG las_count;

static NDIS_STATUS
las_attributes (struct las *ctx)
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
las_tell (NDIS_STATUS code)
{
  NDIS_STATUS_INDICATION s;

  if (!las_last)
    return;
  NdisZeroMemory (&s, sizeof (s));
  s.Header.Type = NDIS_OBJECT_TYPE_STATUS_INDICATION;
  s.Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
  s.Header.Size = sizeof (s);
  s.SourceHandle = las_last;
  s.StatusCode = code;
  NdisMIndicateStatusEx (las_last, &s); // expect: defect NdisMIndicateStatusEx
}

NDIS_STATUS
las_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct las *w;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'sal ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  w->number = las_count++;
  st = las_attributes (w);
  if (st == NDIS_STATUS_SUCCESS)
    {
      las_last = nic;
      las_tell (NDIS_STATUS_MEDIA_SPECIFIC_INDICATION);
    }
  else
    NdisFreeMemory (w, 0, 0);
  return st;
}

VOID
las_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  UNREFERENCED_PARAMETER (action);
  NdisFreeMemory (ctx, 0, 0);
}

VOID
las_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  las_tell (NDIS_STATUS_MEDIA_SPECIFIC_INDICATION);
  NdisMDeregisterMiniportDriver (las_driver);
}

NDIS_STATUS
las_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
las_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
las_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
las_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct las *a = (struct las *)ctx;
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
  mc.InitializeHandlerEx = las_init;
  mc.HaltHandlerEx = las_halt;
  mc.UnloadHandler = las_unload;
  mc.PauseHandler = las_pause;
  mc.RestartHandler = las_restart;
  mc.OidRequestHandler = las_oid;
  mc.SendNetBufferListsHandler = las_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &las_driver);
  if (st != NDIS_STATUS_SUCCESS)
    las_driver = NULL;
  return st;
}
