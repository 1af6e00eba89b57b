// Shutdown notes the reason and calls a function that frees only if there is none.

#include <ndis.h>

enum why_reason { WHY_NONE, WHY_POWER, WHY_CRASH };

struct why
{
  NDIS_HANDLE h;
  NDIS_HANDLE dma;
  PVOID ring;
  NDIS_PHYSICAL_ADDRESS pa;
  enum why_reason reason;
};

MINIPORT_INITIALIZE why_init;
MINIPORT_HALT why_halt;
MINIPORT_UNLOAD why_unload;
MINIPORT_PAUSE why_pause;
MINIPORT_RESTART why_restart;
MINIPORT_OID_REQUEST why_oid;
MINIPORT_SEND_NET_BUFFER_LISTS why_send;
MINIPORT_SHUTDOWN why_shutdown;

static NDIS_HANDLE why_driver;

static NDIS_STATUS
why_attributes (struct why *ctx)
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
why_sg (PDEVICE_OBJECT dev, PVOID reserved, PSCATTER_GATHER_LIST sgl, PVOID ctx)
{
  UNREFERENCED_PARAMETER (dev);
  UNREFERENCED_PARAMETER (reserved);
  UNREFERENCED_PARAMETER (sgl);
  UNREFERENCED_PARAMETER (ctx);
}

static void
why_stop (struct why *w)
{
  switch (w->reason)
    {
    case WHY_POWER:
    case WHY_CRASH:
      return;
    case WHY_NONE:
      break;
    }
  if (w->ring)
    NdisMFreeSharedMemory (w->h, 8192, FALSE, w->ring, w->pa);
  NdisMDeregisterScatterGatherDma (w->dma);
}

NDIS_STATUS
why_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct why *w;
  NDIS_SG_DMA_DESCRIPTION d;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'yhw ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = why_attributes (w);
  if (st == NDIS_STATUS_SUCCESS)
    {
      NdisZeroMemory (&d, sizeof (d));
      d.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
      d.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
      d.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
      d.MaximumPhysicalMapping = 8192;
      d.ProcessSGListHandler = why_sg;
      st = NdisMRegisterScatterGatherDma (nic, &d, &w->dma);
    }
  if (st != NDIS_STATUS_SUCCESS)
    {
      NdisFreeMemory (w, 0, 0);
      return st;
    }
  NdisMAllocateSharedMemory (nic, 8192, FALSE, &w->ring, &w->pa);
  if (w->ring)
    return NDIS_STATUS_SUCCESS;
  NdisWriteErrorLogEntry (nic, NDIS_ERROR_CODE_OUT_OF_RESOURCES, 1, 8192);
  why_stop (w);
  NdisFreeMemory (w, 0, 0);
  return NDIS_STATUS_RESOURCES;
}

VOID
why_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  UNREFERENCED_PARAMETER (action);
  why_stop (ctx);
  NdisFreeMemory (ctx, 0, 0);
}

VOID
why_shutdown (NDIS_HANDLE ctx, NDIS_SHUTDOWN_ACTION action)
{
  struct why *w = ctx;

  w->reason = action == NdisShutdownBugCheck ? WHY_CRASH : WHY_POWER;
  why_stop (w);
}

NDIS_STATUS
why_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
why_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
why_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
why_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct why *a = (struct why *)ctx;
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
why_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (why_driver);
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
  mc.InitializeHandlerEx = why_init;
  mc.HaltHandlerEx = why_halt;
  mc.UnloadHandler = why_unload;
  mc.PauseHandler = why_pause;
  mc.RestartHandler = why_restart;
  mc.OidRequestHandler = why_oid;
  mc.SendNetBufferListsHandler = why_send;
  mc.ShutdownHandlerEx = why_shutdown;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &why_driver);
  if (st != NDIS_STATUS_SUCCESS)
    why_driver = NULL;
  return st;
}
