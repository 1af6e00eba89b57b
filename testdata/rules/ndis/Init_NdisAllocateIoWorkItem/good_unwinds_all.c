// When a work item cannot be allocated, the loop frees all that came before.

#include <ndis.h>

#define WAG_ITEMS 3

struct wag
{
  NDIS_HANDLE h;
  NDIS_HANDLE item[WAG_ITEMS];
  ULONG ready;
};

MINIPORT_INITIALIZE wag_init;
MINIPORT_HALT wag_halt;
MINIPORT_UNLOAD wag_unload;
MINIPORT_PAUSE wag_pause;
MINIPORT_RESTART wag_restart;
MINIPORT_OID_REQUEST wag_oid;
MINIPORT_SEND_NET_BUFFER_LISTS wag_send;

static NDIS_HANDLE wag_driver;

static NDIS_STATUS
wag_attributes (struct wag *ctx)
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
wag_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct wag *w;
  NDIS_STATUS st;
  ULONG i;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'gaw ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = wag_attributes (w);
  if (st != NDIS_STATUS_SUCCESS)
    goto free;

  for (i = 0; i < WAG_ITEMS; i++)
    {
      w->item[i] = NdisAllocateIoWorkItem (nic);
      if (!w->item[i])
        {
          st = NDIS_STATUS_RESOURCES;
          goto unwind;
        }
    }
  return NDIS_STATUS_SUCCESS;

unwind:
  while (i > 0)
    {
      i--;
      NdisFreeIoWorkItem (w->item[i]);
    }
free:
  NdisFreeMemory (w, 0, 0);
  return st;
}

VOID
wag_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct wag *w = ctx;
  ULONG i;

  UNREFERENCED_PARAMETER (action);
  for (i = 0; i < WAG_ITEMS; i++)
    NdisFreeIoWorkItem (w->item[i]);
  NdisFreeMemory (w, 0, 0);
}

NDIS_STATUS
wag_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
wag_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
wag_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
wag_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct wag *a = (struct wag *)ctx;
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
wag_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (wag_driver);
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
  mc.InitializeHandlerEx = wag_init;
  mc.HaltHandlerEx = wag_halt;
  mc.UnloadHandler = wag_unload;
  mc.PauseHandler = wag_pause;
  mc.RestartHandler = wag_restart;
  mc.OidRequestHandler = wag_oid;
  mc.SendNetBufferListsHandler = wag_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &wag_driver);
  if (st != NDIS_STATUS_SUCCESS)
    wag_driver = NULL;
  return st;
}
