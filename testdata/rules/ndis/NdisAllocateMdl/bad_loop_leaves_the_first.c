// Halt frees the MDLs of all receive buffers but the first.

#include <ndis.h>

#define RCV_SLOTS 2
#define RCV_SIZE 2048

struct rcv
{
  NDIS_HANDLE h;
  struct { PVOID data; PMDL mdl; } slot[RCV_SLOTS];
};

MINIPORT_INITIALIZE rcv_init;
MINIPORT_HALT rcv_halt;
MINIPORT_UNLOAD rcv_unload;
MINIPORT_PAUSE rcv_pause;
MINIPORT_RESTART rcv_restart;
MINIPORT_OID_REQUEST rcv_oid;
MINIPORT_SEND_NET_BUFFER_LISTS rcv_send;

static NDIS_HANDLE rcv_driver;

static NDIS_STATUS
rcv_attributes (struct rcv *ctx)
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
rcv_drop (struct rcv *w, int count)
{
  int i;

  for (i = 0; i < count; i++)
    {
      NdisFreeMdl (w->slot[i].mdl);
      NdisFreeMemory (w->slot[i].data, 0, 0);
    }
}

static int
rcv_fill (struct rcv *w, int i)
{
  w->slot[i].data = NdisAllocateMemoryWithTagPriority (w->h, RCV_SIZE, 'vcr ', NormalPoolPriority);
  if (!w->slot[i].data)
    return 0;
  w->slot[i].mdl = NdisAllocateMdl (w->h, w->slot[i].data, RCV_SIZE);
  if (w->slot[i].mdl)
    return 1;
  NdisFreeMemory (w->slot[i].data, 0, 0);
  return 0;
}

NDIS_STATUS
rcv_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct rcv *w;
  NDIS_STATUS st;
  int i;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'vcr ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = rcv_attributes (w);
  for (i = 0; st == NDIS_STATUS_SUCCESS && i < RCV_SLOTS; i++)
    {
      if (!rcv_fill (w, i))
        {
          rcv_drop (w, i);
          st = NDIS_STATUS_RESOURCES;
        }
    }
  if (st != NDIS_STATUS_SUCCESS)
    NdisFreeMemory (w, 0, 0);
  return st;
}

VOID
rcv_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct rcv *w = ctx;
  int i;

  UNREFERENCED_PARAMETER (action);
  for (i = RCV_SLOTS - 1; i > 0; i--)
    NdisFreeMdl (w->slot[i].mdl);
  for (i = 0; i < RCV_SLOTS; i++)
    NdisFreeMemory (w->slot[i].data, 0, 0);
  NdisFreeMemory (w, 0, 0);
} // expect: defect NdisAllocateMdl

NDIS_STATUS
rcv_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
rcv_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
rcv_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
rcv_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct rcv *a = (struct rcv *)ctx;
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
rcv_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (rcv_driver);
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
  mc.InitializeHandlerEx = rcv_init;
  mc.HaltHandlerEx = rcv_halt;
  mc.UnloadHandler = rcv_unload;
  mc.PauseHandler = rcv_pause;
  mc.RestartHandler = rcv_restart;
  mc.OidRequestHandler = rcv_oid;
  mc.SendNetBufferListsHandler = rcv_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &rcv_driver);
  if (st != NDIS_STATUS_SUCCESS)
    rcv_driver = NULL;
  return st;
}
