// Three queues have a timer each, and halt cancels them all.

#include <ndis.h>

#define QUE_COUNT 3

struct que
{
  NDIS_HANDLE h;
  NDIS_HANDLE timer[QUE_COUNT];
  ULONG fired;
};

MINIPORT_INITIALIZE que_init;
MINIPORT_HALT que_halt;
MINIPORT_UNLOAD que_unload;
MINIPORT_PAUSE que_pause;
MINIPORT_RESTART que_restart;
MINIPORT_OID_REQUEST que_oid;
MINIPORT_SEND_NET_BUFFER_LISTS que_send;
NDIS_TIMER_FUNCTION que_fire;

static NDIS_HANDLE que_driver;

static NDIS_STATUS
que_attributes (struct que *ctx)
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
que_fire (PVOID a, PVOID ctx, PVOID b, PVOID c)
{
  struct que *w = ctx;

  UNREFERENCED_PARAMETER (a);
  UNREFERENCED_PARAMETER (b);
  UNREFERENCED_PARAMETER (c);
  w->fired++;
}

static NDIS_STATUS
que_timer (struct que *w, PNDIS_TIMER_FUNCTION fn, NDIS_HANDLE *ret)
{
  NDIS_TIMER_CHARACTERISTICS tc;

  NdisZeroMemory (&tc, sizeof (tc));
  tc.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
  tc.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
  tc.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
  tc.TimerFunction = fn;
  tc.FunctionContext = w;
  return NdisAllocateTimerObject (w->h, &tc, ret);
}

NDIS_STATUS
que_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct que *w;
  NDIS_STATUS st;
  ULONG i = 0;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'euq ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = que_attributes (w);
  while (st == NDIS_STATUS_SUCCESS && i < QUE_COUNT)
    {
      st = que_timer (w, que_fire, &w->timer[i]);
      if (st == NDIS_STATUS_SUCCESS)
        i++;
    }
  if (st == NDIS_STATUS_SUCCESS)
    return st;
  while (i-- > 0)
    NdisFreeTimerObject (w->timer[i]);
  NdisFreeMemory (w, 0, 0);
  return st;
}

NDIS_STATUS
que_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  struct que *w = ctx;
  LARGE_INTEGER due;
  ULONG i;

  UNREFERENCED_PARAMETER (params);
  due.QuadPart = -500000;
  for (i = 0; i < QUE_COUNT; i++)
    NdisSetTimerObject (w->timer[i], due, 50, w);
  return NDIS_STATUS_SUCCESS;
}

VOID
que_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct que *w = ctx;
  ULONG i;

  UNREFERENCED_PARAMETER (action);
  for (i = 0; i < QUE_COUNT; i++)
    NdisCancelTimerObject (w->timer[i]);
  for (i = 0; i < QUE_COUNT; i++)
    NdisFreeTimerObject (w->timer[i]);
  NdisFreeMemory (w, 0, 0);
}

NDIS_STATUS
que_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
que_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
que_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct que *a = (struct que *)ctx;
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
que_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (que_driver);
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
  mc.InitializeHandlerEx = que_init;
  mc.HaltHandlerEx = que_halt;
  mc.UnloadHandler = que_unload;
  mc.PauseHandler = que_pause;
  mc.RestartHandler = que_restart;
  mc.OidRequestHandler = que_oid;
  mc.SendNetBufferListsHandler = que_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &que_driver);
  if (st != NDIS_STATUS_SUCCESS)
    que_driver = NULL;
  return st;
}
