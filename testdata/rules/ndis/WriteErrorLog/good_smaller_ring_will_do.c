// The ring is asked for in smaller and smaller sizes; the log has an entry only if there is none at all.

#include <ndis.h>

struct sml
{
  NDIS_HANDLE h;
  NDIS_HANDLE dma;
  PVOID ring;
  NDIS_PHYSICAL_ADDRESS pa;
  ULONG size;
};

MINIPORT_INITIALIZE sml_init;
MINIPORT_HALT sml_halt;
MINIPORT_UNLOAD sml_unload;
MINIPORT_PAUSE sml_pause;
MINIPORT_RESTART sml_restart;
MINIPORT_OID_REQUEST sml_oid;
MINIPORT_SEND_NET_BUFFER_LISTS sml_send;

static NDIS_HANDLE sml_driver;

static NDIS_STATUS
sml_attributes (struct sml *ctx)
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

static VOID
sml_sg (PDEVICE_OBJECT dev, PVOID reserved, PSCATTER_GATHER_LIST sgl, PVOID ctx)
{
  UNREFERENCED_PARAMETER (dev);
  UNREFERENCED_PARAMETER (reserved);
  UNREFERENCED_PARAMETER (sgl);
  UNREFERENCED_PARAMETER (ctx);
}

static int
sml_ring (struct sml *w)
{
  for (w->size = 32768; w->size >= 4096; w->size /= 2)
    {
      NdisMAllocateSharedMemory (w->h, w->size, FALSE, &w->ring, &w->pa);
      if (w->ring)
        return 1;
    }
  NdisWriteErrorLogEntry (w->h, NDIS_ERROR_CODE_OUT_OF_RESOURCES, 1, 4096);
  return 0;
}

NDIS_STATUS
sml_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct sml *w;
  NDIS_SG_DMA_DESCRIPTION d;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'lms ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = sml_attributes (w);
  if (st != NDIS_STATUS_SUCCESS)
    goto out;
  NdisZeroMemory (&d, sizeof (d));
  d.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
  d.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
  d.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
  d.MaximumPhysicalMapping = 32768;
  d.ProcessSGListHandler = sml_sg;
  st = NdisMRegisterScatterGatherDma (nic, &d, &w->dma);
  if (st != NDIS_STATUS_SUCCESS)
    goto out;
  if (sml_ring (w))
    return NDIS_STATUS_SUCCESS;
  NdisMDeregisterScatterGatherDma (w->dma);
  st = NDIS_STATUS_RESOURCES;
out:
  NdisFreeMemory (w, 0, 0);
  return st;
}

VOID
sml_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct sml *w = ctx;

  UNREFERENCED_PARAMETER (action);
  NdisMFreeSharedMemory (w->h, w->size, FALSE, w->ring, w->pa);
  NdisMDeregisterScatterGatherDma (w->dma);
  NdisFreeMemory (w, 0, 0);
}

NDIS_STATUS
sml_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
sml_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
sml_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
sml_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct sml *a = (struct sml *)ctx;
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
sml_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (sml_driver);
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
  mc.InitializeHandlerEx = sml_init;
  mc.HaltHandlerEx = sml_halt;
  mc.UnloadHandler = sml_unload;
  mc.PauseHandler = sml_pause;
  mc.RestartHandler = sml_restart;
  mc.OidRequestHandler = sml_oid;
  mc.SendNetBufferListsHandler = sml_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &sml_driver);
  if (st != NDIS_STATUS_SUCCESS)
    sml_driver = NULL;
  return st;
}
