// Reset starts the hardware with the same function as initialize, and with the flag that says: not for the first time.

#include <ndis.h>

struct rst
{
  NDIS_HANDLE h;
  PUCHAR regs;
};

MINIPORT_INITIALIZE rst_init;
MINIPORT_HALT rst_halt;
MINIPORT_UNLOAD rst_unload;
MINIPORT_PAUSE rst_pause;
MINIPORT_RESTART rst_restart;
MINIPORT_OID_REQUEST rst_oid;
MINIPORT_SEND_NET_BUFFER_LISTS rst_send;
MINIPORT_RESET rst_reset;

static NDIS_HANDLE rst_driver;

static NDIS_STATUS
rst_attributes (struct rst *ctx)
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
rst_start (struct rst *w, BOOLEAN first)
{
  NDIS_STATUS st = NDIS_STATUS_SUCCESS;
  NDIS_PHYSICAL_ADDRESS pa;

  pa.QuadPart = 0xd0000000;
  if (first)
    st = NdisMMapIoSpace ((PVOID *)&w->regs, w->h, pa, 256);
  if (st == NDIS_STATUS_SUCCESS)
    w->regs[4] = 1;
  return st;
}

NDIS_STATUS
rst_init (NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
  struct rst *w;
  NDIS_STATUS st;

  UNREFERENCED_PARAMETER (drvctx);
  UNREFERENCED_PARAMETER (params);
  w = NdisAllocateMemoryWithTagPriority (nic, sizeof (*w), 'tsr ', NormalPoolPriority);
  if (!w)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (w, sizeof (*w));
  w->h = nic;
  st = rst_attributes (w);
  if (st == NDIS_STATUS_SUCCESS)
    st = rst_start (w, TRUE);
  if (st != NDIS_STATUS_SUCCESS)
    NdisFreeMemory (w, 0, 0);
  return st;
}

NDIS_STATUS
rst_reset (NDIS_HANDLE ctx, PBOOLEAN addressing)
{
  *addressing = FALSE;
  return rst_start (ctx, FALSE);
}

VOID
rst_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
  struct rst *w = ctx;

  UNREFERENCED_PARAMETER (action);
  NdisMUnmapIoSpace (w->h, w->regs, 256);
  NdisFreeMemory (w, 0, 0);
}

NDIS_STATUS
rst_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
rst_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (params);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
rst_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
  UNREFERENCED_PARAMETER (ctx);
  UNREFERENCED_PARAMETER (req);
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
rst_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
  struct rst *a = (struct rst *)ctx;
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
rst_unload (PDRIVER_OBJECT drv)
{
  UNREFERENCED_PARAMETER (drv);
  NdisMDeregisterMiniportDriver (rst_driver);
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
  mc.InitializeHandlerEx = rst_init;
  mc.HaltHandlerEx = rst_halt;
  mc.UnloadHandler = rst_unload;
  mc.PauseHandler = rst_pause;
  mc.RestartHandler = rst_restart;
  mc.OidRequestHandler = rst_oid;
  mc.SendNetBufferListsHandler = rst_send;
  mc.ResetHandlerEx = rst_reset;
  st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &rst_driver);
  if (st != NDIS_STATUS_SUCCESS)
    rst_driver = NULL;
  return st;
}
