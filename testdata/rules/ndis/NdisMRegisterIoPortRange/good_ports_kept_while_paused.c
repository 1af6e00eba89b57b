// The ports are claimed by initialize and kept until halt.

#include <ndis.h>

struct agn
{
  NDIS_HANDLE h;
  PVOID ports;
};

MINIPORT_INITIALIZE agn_init;
MINIPORT_HALT agn_halt;
MINIPORT_UNLOAD agn_unload;
MINIPORT_PAUSE agn_pause;
MINIPORT_RESTART agn_restart;
MINIPORT_OID_REQUEST agn_oid;
MINIPORT_SEND_NET_BUFFER_LISTS agn_send;

static NDIS_HANDLE agn_driver;

static NDIS_STATUS
agn_attributes (struct agn *ctx)
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

static NDIS_STATUS
agn_claim (struct agn *w)
{
  NDIS_STATUS st = NdisMRegisterIoPortRange (&w->ports, w->h, 0x240, 16);

  if (st != NDIS_STATUS_SUCCESS)
    w->ports = NULL;
  return st;
}

static void
agn_leave (struct agn *w)
{
  if (w->ports)
    NdisMDeregisterIoPortRange (w->h, 0x240, 16, w->ports);
  w->ports = NULL;
}

NDIS_STATUS
agn_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct agn *w;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'nga ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = agn_attributes (w);
  if (st == NDIS_STATUS_SUCCESS)
    st = agn_claim (w);
  if (st != NDIS_STATUS_SUCCESS)
    NdisFreeMemory (w, 0, 0);
  return st;
}

NDIS_STATUS
agn_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (params);
  UNREFERENCED_PARAMETER (ctx);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
agn_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  struct agn *w = ctx;

  UNREFERENCED_PARAMETER (params);
  return w->ports ? NDIS_STATUS_SUCCESS : agn_claim (w);
}

VOID
agn_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  UNREFERENCED_PARAMETER (action);
  agn_leave (ctx);
  NdisFreeMemory (ctx, 0, 0);
}

NDIS_STATUS
agn_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
agn_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct agn *a = (struct agn *)ctx;
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
agn_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (agn_driver);
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
  mc.InitializeHandlerEx = agn_init;
  mc.HaltHandlerEx = agn_halt;
  mc.UnloadHandler = agn_unload;
  mc.PauseHandler = agn_pause;
  mc.RestartHandler = agn_restart;
  mc.OidRequestHandler = agn_oid;
  mc.SendNetBufferListsHandler = agn_send;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &agn_driver);
  if (st != NDIS_STATUS_SUCCESS)
    agn_driver = NULL;
  return st;
}
