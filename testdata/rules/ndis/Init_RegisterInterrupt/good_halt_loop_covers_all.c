// Three interrupts are registered in a loop; the unwinding and halt cover all of them.

#include <ndis.h>

#define LINES 3

struct tri
{
  NDIS_HANDLE h;
  NDIS_HANDLE line[LINES];
};

MINIPORT_INITIALIZE tri_init;
MINIPORT_HALT tri_halt;
MINIPORT_UNLOAD tri_unload;
MINIPORT_PAUSE tri_pause;
MINIPORT_RESTART tri_restart;
MINIPORT_OID_REQUEST tri_oid;
MINIPORT_SEND_NET_BUFFER_LISTS tri_send;
MINIPORT_ISR tri_isr;
MINIPORT_INTERRUPT_DPC tri_dpc;

static NDIS_HANDLE tri_driver;

BOOLEAN
tri_isr (NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus)
{
  UNREFERENCED_PARAMETER (ctx);
  *cpus = 0;
  *dpc = TRUE;
  return TRUE;
}

VOID
tri_dpc (NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (dpcctx);
  UNREFERENCED_PARAMETER (throttle);
  UNREFERENCED_PARAMETER (reserved);
}

static NDIS_STATUS
tri_attributes (NDIS_HANDLE nic, struct tri *ctx)
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
tri_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;
  struct tri *t;
  NDIS_STATUS st;
  int i;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  t = NdisAllocateMemoryWithTagPriority (nic, sizeof (struct tri), 'irt ',
                                         NormalPoolPriority);
  if (!t)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (t, sizeof (struct tri));
  t->h = nic;
  st = tri_attributes (nic, t);
  if (st != NDIS_STATUS_SUCCESS)
    {
      NdisFreeMemory (t, 0, 0);
      return st;
    }

  NdisZeroMemory (&ic, sizeof (ic));
  ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
  ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
  ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
  ic.InterruptHandler = tri_isr;
  ic.InterruptDpcHandler = tri_dpc;

  for (i = 0; i < LINES; i++)
    {
      st = NdisMRegisterInterruptEx (nic, t, &ic, &t->line[i]);
      if (st != NDIS_STATUS_SUCCESS)
        break;
    }
  if (i == LINES)
    return NDIS_STATUS_SUCCESS;

  while (i-- > 0)
    NdisMDeregisterInterruptEx (t->line[i]);
  NdisFreeMemory (t, 0, 0);
  return st;
}

VOID
tri_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct tri *t = ctx;
  int i;

  UNREFERENCED_PARAMETER (action);
  for (i = 0; i < LINES; i++)
    NdisMDeregisterInterruptEx (t->line[i]);
  NdisFreeMemory (t, 0, 0);
}

NDIS_STATUS
tri_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
tri_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
tri_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
tri_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct tri *a = (struct tri *)ctx;
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
tri_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (tri_driver);
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
  mc.InitializeHandlerEx = tri_init;
  mc.HaltHandlerEx = tri_halt;
  mc.UnloadHandler = tri_unload;
  mc.PauseHandler = tri_pause;
  mc.RestartHandler = tri_restart;
  mc.OidRequestHandler = tri_oid;
  mc.SendNetBufferListsHandler = tri_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &tri_driver);
  if (st != NDIS_STATUS_SUCCESS)
    tri_driver = NULL;
  return st;
}
