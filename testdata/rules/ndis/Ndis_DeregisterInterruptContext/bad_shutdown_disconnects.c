// At power off the shutdown handler runs the part of halt that disconnects the interrupt.

#include <ndis.h>

enum stop
{
  STOP_MASK,
  STOP_DISCONNECT
};

typedef struct
{
  NDIS_HANDLE ndis;
  NDIS_HANDLE irq;
  ULONG mask;
} sd_t;

MINIPORT_INITIALIZE sd_init;
MINIPORT_HALT sd_halt;
MINIPORT_UNLOAD sd_unload;
MINIPORT_PAUSE sd_pause;
MINIPORT_RESTART sd_restart;
MINIPORT_OID_REQUEST sd_oid;
MINIPORT_SEND_NET_BUFFER_LISTS sd_send;
MINIPORT_ISR sd_isr;
MINIPORT_INTERRUPT_DPC sd_dpc;
MINIPORT_SYNCHRONIZE_INTERRUPT sd_mask;
MINIPORT_SHUTDOWN sd_shutdown;

static NDIS_HANDLE sd_driver;

BOOLEAN
sd_isr (NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus)
{
  UNREFERENCED_PARAMETER (ctx);
  *cpus = 0;
  *dpc = TRUE;
  return TRUE;
}

VOID
sd_dpc (NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (dpcctx);
  UNREFERENCED_PARAMETER (throttle);
  UNREFERENCED_PARAMETER (reserved);
}

BOOLEAN
sd_mask (NDIS_HANDLE ctx)
{
  sd_t *sd = ctx;

  sd->mask = 0;
  return TRUE;
}

static void
stop (sd_t *sd, enum stop how)
{
  switch (how)
    {
    case STOP_DISCONNECT:
      NdisMSynchronizeWithInterruptEx (sd->irq, 0, sd_mask, sd);
      NdisMDeregisterInterruptEx (sd->irq); // expect: defect Ndis_DeregisterInterruptContext
      break;
    case STOP_MASK:
      NdisMSynchronizeWithInterruptEx (sd->irq, 0, sd_mask, sd);
      break;
    }
}

static NDIS_STATUS
sd_attributes (NDIS_HANDLE nic, sd_t *ctx)
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
  st = NdisMSetMiniportAttributes (nic, &any);
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
      st = NdisMSetMiniportAttributes (nic, &any);
    }
  return st;
}

NDIS_STATUS
sd_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;
  NDIS_STATUS st;
  sd_t *sd;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  sd = NdisAllocateMemoryWithTagPriority (nic, sizeof *sd, ' ds ', NormalPoolPriority);
  if (!sd)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (sd, sizeof *sd);
  sd->ndis = nic;
  sd->mask = 1;
  st = sd_attributes (nic, sd);
  if (st == NDIS_STATUS_SUCCESS)
    {
      NdisZeroMemory (&ic, sizeof (ic));
      ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
      ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
      ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
      ic.InterruptHandler = sd_isr;
      ic.InterruptDpcHandler = sd_dpc;

      st = NdisMRegisterInterruptEx (nic, sd, &ic, &sd->irq);
    }
  if (st != NDIS_STATUS_SUCCESS)
    NdisFreeMemory (sd, 0, 0);
  return st;
}

VOID
sd_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  UNREFERENCED_PARAMETER (action);
  stop (ctx, STOP_DISCONNECT);
  NdisFreeMemory (ctx, 0, 0);
}

VOID
sd_shutdown (NDIS_HANDLE ctx, NDIS_SHUTDOWN_ACTION action)
{
  if (action != NdisShutdownPowerOff)
    return;
  stop (ctx, STOP_DISCONNECT);
}

NDIS_STATUS
sd_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
sd_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
sd_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  if (req->RequestType == NdisRequestSetInformation
      && req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER)
    {
      req->DATA.SET_INFORMATION.BytesRead = sizeof (ULONG);
      return NDIS_STATUS_SUCCESS;
    }
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
sd_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  sd_t *Nic = (sd_t *)ctx;
  PNET_BUFFER_LIST Next;
  ULONG CompleteFlags = (flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL)
                            ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                            : 0;

  UNREFERENCED_PARAMETER (port);
  do
    {
      Next = NET_BUFFER_LIST_NEXT_NBL (nbl);
      NET_BUFFER_LIST_NEXT_NBL (nbl) = NULL;
      NET_BUFFER_LIST_STATUS (nbl) = NDIS_STATUS_PAUSED;
      NdisMSendNetBufferListsComplete (Nic->ndis, nbl, CompleteFlags);
      nbl = Next;
    }
  while (nbl != NULL);
}

VOID
sd_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (sd_driver);
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
  mc.InitializeHandlerEx = sd_init;
  mc.HaltHandlerEx = sd_halt;
  mc.UnloadHandler = sd_unload;
  mc.PauseHandler = sd_pause;
  mc.RestartHandler = sd_restart;
  mc.OidRequestHandler = sd_oid;
  mc.SendNetBufferListsHandler = sd_send;
  mc.ShutdownHandlerEx = sd_shutdown;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &sd_driver);
  if (st != NDIS_STATUS_SUCCESS)
    sd_driver = NULL;
  return st;
}
