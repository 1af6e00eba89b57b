// Two miniports are registered in a loop; when the second registration fails the first one is
// undone.

#include <ndis.h>

typedef struct
{
  NDIS_HANDLE Handle;
  ULONG Kind;
} DUO;

enum
{
  DuoEdge,
  DuoCore,
  DuoKinds
};

static NDIS_HANDLE DuoDrivers[DuoKinds];
static ULONG DuoKind[DuoKinds] = { 1, 2 };

MINIPORT_INITIALIZE DuoInitialize;
MINIPORT_HALT DuoHalt;
MINIPORT_UNLOAD DuoUnload;
MINIPORT_PAUSE DuoPause;
MINIPORT_RESTART DuoRestart;
MINIPORT_OID_REQUEST DuoOid;
MINIPORT_SEND_NET_BUFFER_LISTS DuoSend;
MINIPORT_RETURN_NET_BUFFER_LISTS DuoReturn;
MINIPORT_CANCEL_SEND DuoCancel;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY DuoPnp;
MINIPORT_SHUTDOWN DuoShutdown;

static NDIS_STATUS
DuoAttributes (NDIS_HANDLE Nic, PVOID AdapterContext)
{
  NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg = {
    .Header = { NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
                NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1 },
    .MiniportAdapterContext = AdapterContext,
    .AttributeFlags
    = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER,
    .InterfaceType = NdisInterfacePci,
  };
  NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Gen = {
    .Header = { NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
                NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1,
                NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1 },
    .MediaType = NdisMedium802_3,
    .MtuSize = 1500,
    .MacAddressLength = 6,
    .AccessType = NET_IF_ACCESS_BROADCAST,
    .DirectionType = NET_IF_DIRECTION_SENDRECEIVE,
    .ConnectionType = NET_IF_CONNECTION_DEDICATED,
    .IfType = IF_TYPE_ETHERNET_CSMACD,
  };
  NDIS_STATUS Status
      = NdisMSetMiniportAttributes (Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);

  return Status != NDIS_STATUS_SUCCESS
             ? Status
             : NdisMSetMiniportAttributes (Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}

NTSTATUS
DriverEntry (PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
  NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;
  NDIS_STATUS Status = NDIS_STATUS_SUCCESS;
  int i;

  NdisZeroMemory (&Chars, sizeof (Chars));
  Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
  Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  Chars.MajorNdisVersion = 6;
  Chars.MinorNdisVersion = 0;
  Chars.MajorDriverVersion = 1;
  Chars.InitializeHandlerEx = DuoInitialize;
  Chars.HaltHandlerEx = DuoHalt;
  Chars.UnloadHandler = DuoUnload;
  Chars.PauseHandler = DuoPause;
  Chars.RestartHandler = DuoRestart;
  Chars.OidRequestHandler = DuoOid;
  Chars.SendNetBufferListsHandler = DuoSend;
  Chars.ReturnNetBufferListsHandler = DuoReturn;
  Chars.CancelSendHandler = DuoCancel;
  Chars.DevicePnPEventNotifyHandler = DuoPnp;
  Chars.ShutdownHandlerEx = DuoShutdown;
  for (i = 0; i < DuoKinds; i++)
    {
      Status = NdisMRegisterMiniportDriver (Driver, Path, &DuoKind[i], &Chars,
                                            &DuoDrivers[i]);
      if (Status != NDIS_STATUS_SUCCESS)
        break;
    }
  if (Status != NDIS_STATUS_SUCCESS)
    while (--i >= 0)
      NdisMDeregisterMiniportDriver (DuoDrivers[i]);
  return Status;
}

VOID
DuoUnload (PDRIVER_OBJECT Driver)
{
  int i;

  UNREFERENCED_PARAMETER (Driver);
  for (i = DuoKinds - 1; i >= 0; i--)
    NdisMDeregisterMiniportDriver (DuoDrivers[i]);
}

NDIS_STATUS
DuoInitialize (NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
               PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
  NDIS_STATUS Status;
  DUO *Duo;

  UNREFERENCED_PARAMETER (Parameters);
  Duo = NdisAllocateMemoryWithTagPriority (Handle, sizeof (DUO), 'ouD ',
                                           NormalPoolPriority);
  if (!Duo)
    return NDIS_STATUS_RESOURCES;
  Duo->Handle = Handle;
  Duo->Kind = *(ULONG *)DriverContext;
  Status = DuoAttributes (Handle, Duo);
  if (Status != NDIS_STATUS_SUCCESS)
    NdisFreeMemory (Duo, 0, 0);
  return Status;
}

VOID
DuoHalt (NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
  UNREFERENCED_PARAMETER (Action);
  NdisFreeMemory (Context, 0, 0);
}

NDIS_STATUS
DuoPause (NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Parameters);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
DuoRestart (NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Parameters);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
DuoOid (NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
  UNREFERENCED_PARAMETER (Context);
  return Request->RequestType == NdisRequestQueryStatistics ? NDIS_STATUS_INVALID_OID
                                                            : NDIS_STATUS_NOT_SUPPORTED;
}

VOID
DuoSend (NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
  DUO *a = (DUO *)Context;
  PNET_BUFFER_LIST cur = Lists;
  ULONG done = 0;

  UNREFERENCED_PARAMETER (Port);
  while (cur)
    {
      cur->Status = NDIS_STATUS_PAUSED;
      cur = cur->Next;
    }
  if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL (Flags))
    done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
  NdisMSendNetBufferListsComplete (a->Handle, Lists, done);
}

VOID
DuoReturn (NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Lists);
  UNREFERENCED_PARAMETER (Flags);
}

VOID
DuoCancel (NDIS_HANDLE Context, PVOID Id)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Id);
}

VOID
DuoPnp (NDIS_HANDLE Context, PNET_DEVICE_PNP_EVENT Event)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Event);
}

VOID
DuoShutdown (NDIS_HANDLE Context, NDIS_SHUTDOWN_ACTION Action)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Action);
}
