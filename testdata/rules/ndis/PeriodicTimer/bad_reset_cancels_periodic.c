// Reset, which may come at DISPATCH_LEVEL, cancels a timer that was set with a period.

#include <ndis.h>

#define RES_MS 100

struct res
{
  NDIS_HANDLE h;
  NDIS_HANDLE timer;
  ULONG polls;
};

MINIPORT_INITIALIZE res_init;
MINIPORT_HALT res_halt;
MINIPORT_UNLOAD res_unload;
MINIPORT_PAUSE res_pause;
MINIPORT_RESTART res_restart;
MINIPORT_OID_REQUEST res_oid;
MINIPORT_SEND_NET_BUFFER_LISTS res_send;
MINIPORT_RESET res_reset;
NDIS_TIMER_FUNCTION res_poll;

static NDIS_HANDLE res_driver;

static NDIS_STATUS
res_attributes (struct res *ctx)
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
res_poll (PVOID a, PVOID ctx, PVOID b, PVOID c)
{
  struct res *w = ctx;

  UNREFERENCED_PARAMETER (a);
  UNREFERENCED_PARAMETER (b);
  UNREFERENCED_PARAMETER (c);
  w->polls++;
}

static NDIS_STATUS
res_timer (struct res *w, PNDIS_TIMER_FUNCTION fn, NDIS_HANDLE *ret)
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

static void
res_go (struct res *w)
{
  LARGE_INTEGER due;

  due.QuadPart = -10000 * RES_MS;
  NdisSetTimerObject (w->timer, due, RES_MS, w);
}

NDIS_STATUS
res_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct res *w;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'ser ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = res_attributes (w);
  if (st == NDIS_STATUS_SUCCESS)
    st = res_timer (w, res_poll, &w->timer);
  if (st != NDIS_STATUS_SUCCESS)
    {
      NdisFreeMemory (w, 0, 0);
      return st;
    }
  res_go (w);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
res_reset (NDIS_HANDLE ctx, PBOOLEAN addressing)
{
  struct res *w = ctx;

  NdisCancelTimerObject (w->timer); // expect: defect PeriodicTimer
  w->polls = 0;
  res_go (w);
  *addressing = FALSE;
  return NDIS_STATUS_SUCCESS;
}

VOID
res_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct res *w = ctx;

  UNREFERENCED_PARAMETER (action);
  NdisCancelTimerObject (w->timer);
  NdisFreeTimerObject (w->timer);
  NdisFreeMemory (w, 0, 0);
}

NDIS_STATUS
res_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
res_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
res_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
res_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct res *a = (struct res *)ctx;
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
res_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (res_driver);
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
  mc.InitializeHandlerEx = res_init;
  mc.HaltHandlerEx = res_halt;
  mc.UnloadHandler = res_unload;
  mc.PauseHandler = res_pause;
  mc.RestartHandler = res_restart;
  mc.OidRequestHandler = res_oid;
  mc.SendNetBufferListsHandler = res_send;
  mc.ResetHandlerEx = res_reset;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &res_driver);
  if (st != NDIS_STATUS_SUCCESS)
    res_driver = NULL;
  return st;
}
