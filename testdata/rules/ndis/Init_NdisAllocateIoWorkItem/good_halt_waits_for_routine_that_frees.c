// The work item is queued at once and freed by its routine; halt waits until that has run.

#include <ndis.h>

struct wat
{
  NDIS_HANDLE h;
  NDIS_EVENT done;
  BOOLEAN probed;
};

MINIPORT_INITIALIZE wat_init;
MINIPORT_HALT wat_halt;
MINIPORT_UNLOAD wat_unload;
MINIPORT_PAUSE wat_pause;
MINIPORT_RESTART wat_restart;
MINIPORT_OID_REQUEST wat_oid;
MINIPORT_SEND_NET_BUFFER_LISTS wat_send;
NDIS_IO_WORKITEM_FUNCTION wat_work;

static NDIS_HANDLE wat_driver;

static NDIS_STATUS
wat_attributes (struct wat *ctx)
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

VOID
wat_work (PVOID ctx, NDIS_HANDLE item)
{
  struct wat *w = ctx;

  w->probed = TRUE;
  NdisFreeIoWorkItem (item);
  NdisSetEvent (&w->done);
}

NDIS_STATUS
wat_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct wat *w;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'taw ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  NdisInitializeEvent (&w->done);
  st = wat_attributes (w);
  if (st == NDIS_STATUS_SUCCESS)
    {
      NDIS_HANDLE item = NdisAllocateIoWorkItem (nic);

      if (item)
        {
          NdisQueueIoWorkItem (item, wat_work, w);
          return NDIS_STATUS_SUCCESS;
        }
      st = NDIS_STATUS_RESOURCES;
    }
  NdisFreeMemory (w, 0, 0);
  return st;
}

VOID
wat_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct wat *w = ctx;

  UNREFERENCED_PARAMETER (action);
  NdisWaitEvent (&w->done, 0);
  NdisFreeMemory (w, 0, 0);
}

NDIS_STATUS
wat_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
wat_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
wat_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
wat_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct wat *a = (struct wat *)ctx;
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
wat_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (wat_driver);
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
  mc.InitializeHandlerEx = wat_init;
  mc.HaltHandlerEx = wat_halt;
  mc.UnloadHandler = wat_unload;
  mc.PauseHandler = wat_pause;
  mc.RestartHandler = wat_restart;
  mc.OidRequestHandler = wat_oid;
  mc.SendNetBufferListsHandler = wat_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &wat_driver);
  if (st != NDIS_STATUS_SUCCESS)
    wat_driver = NULL;
  return st;
}
