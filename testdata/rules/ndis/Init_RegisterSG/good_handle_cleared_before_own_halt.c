// A failing initialization deregisters and clears the handle before it calls its own halt.

#include <ndis.h>

struct mel
{
  NDIS_HANDLE h;
  NDIS_HANDLE dma;
  NDIS_HANDLE pool;
};

MINIPORT_INITIALIZE mel_init;
MINIPORT_HALT mel_halt;
MINIPORT_UNLOAD mel_unload;
MINIPORT_PAUSE mel_pause;
MINIPORT_RESTART mel_restart;
MINIPORT_OID_REQUEST mel_oid;
MINIPORT_SEND_NET_BUFFER_LISTS mel_send;

static NDIS_HANDLE mel_driver;

static NDIS_STATUS
mel_attributes (struct mel *ctx)
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
mel_sg (PDEVICE_OBJECT dev, PVOID reserved, PSCATTER_GATHER_LIST sgl, PVOID ctx)
{
  UNREFERENCED_PARAMETER (dev);
  UNREFERENCED_PARAMETER (reserved);
  UNREFERENCED_PARAMETER (sgl);
  UNREFERENCED_PARAMETER (ctx);
}

NDIS_STATUS
mel_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  NET_BUFFER_LIST_POOL_PARAMETERS pool;
  NDIS_SG_DMA_DESCRIPTION dma;
  struct mel *m;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  m = NdisAllocateMemoryWithTagPriority (nic, sizeof (*m), 'lem ', NormalPoolPriority);
  if (!m)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (m, sizeof (*m));
  m->h = nic;
  st = mel_attributes (m);
  if (st != NDIS_STATUS_SUCCESS)
    goto fail;

  NdisZeroMemory (&dma, sizeof (dma));
  dma.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
  dma.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
  dma.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
  dma.Flags = NDIS_SG_DMA_64_BIT_ADDRESS;
  dma.MaximumPhysicalMapping = 16384;
  dma.ProcessSGListHandler = mel_sg;
  st = NdisMRegisterScatterGatherDma (nic, &dma, &m->dma);
  if (st != NDIS_STATUS_SUCCESS)
    goto fail;

  NdisZeroMemory (&pool, sizeof (pool));
  pool.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
  pool.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
  pool.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
  pool.fAllocateNetBuffer = TRUE;
  pool.PoolTag = 'lem ';
  m->pool = NdisAllocateNetBufferListPool (nic, &pool);
  if (!m->pool)
    {
      NdisMDeregisterScatterGatherDma (m->dma);
      m->dma = NULL;
      st = NDIS_STATUS_RESOURCES;
      goto fail;
    }
  return NDIS_STATUS_SUCCESS;

fail:
  mel_halt (m, NdisHaltDeviceInitializationFailed);
  return st;
}

VOID
mel_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct mel *m = ctx;

  UNREFERENCED_PARAMETER (action);
  if (m->pool)
    NdisFreeNetBufferListPool (m->pool);
  if (m->dma)
    NdisMDeregisterScatterGatherDma (m->dma);
  NdisFreeMemory (m, 0, 0);
}

NDIS_STATUS
mel_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
mel_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
mel_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
mel_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct mel *a = (struct mel *)ctx;
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
mel_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (mel_driver);
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
  mc.InitializeHandlerEx = mel_init;
  mc.HaltHandlerEx = mel_halt;
  mc.UnloadHandler = mel_unload;
  mc.PauseHandler = mel_pause;
  mc.RestartHandler = mel_restart;
  mc.OidRequestHandler = mel_oid;
  mc.SendNetBufferListsHandler = mel_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &mel_driver);
  if (st != NDIS_STATUS_SUCCESS)
    mel_driver = NULL;
  return st;
}
