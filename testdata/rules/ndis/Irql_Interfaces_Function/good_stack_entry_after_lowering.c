// The order of two interfaces is computed at DISPATCH_LEVEL and the stack entry is added after
// the level is lowered.

#include <ndis.h>

typedef struct
{
  NDIS_HANDLE Mp;
  NET_IFINDEX Own;
  NET_IFINDEX Below;
  BOOLEAN Stacked;
} SK;

static SK *SkFirst;
static KSPIN_LOCK SkListLock;
static NDIS_HANDLE SkDriver;

MINIPORT_INITIALIZE SkInitialize;
MINIPORT_HALT SkHalt;
MINIPORT_UNLOAD SkUnload;
MINIPORT_PAUSE SkPause;
MINIPORT_RESTART SkRestart;
MINIPORT_OID_REQUEST SkOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS SkSend;
MINIPORT_RETURN_NET_BUFFER_LISTS SkReturn;
MINIPORT_CANCEL_SEND SkCancelSend;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY SkPnp;
MINIPORT_SHUTDOWN SkShutdown;
MINIPORT_CANCEL_OID_REQUEST SkCancelOid;

static NDIS_STATUS
SkAttributes (NDIS_HANDLE Nic, PVOID AdapterContext)
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

static NDIS_STATUS
SkStack (SK *Sk)
{
  NDIS_STATUS Status = NDIS_STATUS_SUCCESS;
  NET_IFINDEX Below = 0;
  KIRQL Level;

  /* The firmware leaves the index of the interface below in a vendor register. */
  NdisMGetBusData (Sk->Mp, PCI_WHICHSPACE_CONFIG, 0x40, &Below, sizeof (Below));

  Level = KeRaiseIrqlToDpcLevel ();
  KeAcquireSpinLockAtDpcLevel (&SkListLock);
  if (SkFirst == NULL)
    SkFirst = Sk;
  if (Below != Sk->Own)
    Sk->Below = Below;
  KeReleaseSpinLockFromDpcLevel (&SkListLock);
  KeLowerIrql (Level);
  if (Sk->Below != 0)
    {
      Status = NdisIfAddIfStackEntry (Sk->Own, Sk->Below);
      Sk->Stacked = (BOOLEAN)(Status == NDIS_STATUS_SUCCESS);
    }
  return Status;
}

static VOID
SkUnstack (SK *Sk)
{
  KIRQL Level;

  if (Sk->Stacked)
    NdisIfDeleteIfStackEntry (Sk->Own, Sk->Below);
  KeAcquireSpinLock (&SkListLock, &Level);
  if (SkFirst == Sk)
    SkFirst = NULL;
  KeReleaseSpinLock (&SkListLock, Level);
}

NDIS_STATUS
SkInitialize (NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
              PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
  NDIS_STATUS Status;
  SK *Sk;

  UNREFERENCED_PARAMETER (DriverContext);
  Sk = NdisAllocateMemoryWithTagPriority (Handle, sizeof (SK), 'katS',
                                          NormalPoolPriority);
  if (!Sk)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory (Sk, sizeof (SK));
  Sk->Mp = Handle;
  Sk->Own = Parameters->IfIndex;
  Status = SkAttributes (Handle, Sk);
  if (Status == NDIS_STATUS_SUCCESS)
    Status = SkStack (Sk);
  if (Status != NDIS_STATUS_SUCCESS)
    {
      SkUnstack (Sk);
      NdisFreeMemory (Sk, 0, 0);
    }
  return Status;
}

VOID
SkHalt (NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
  UNREFERENCED_PARAMETER (Action);
  SkUnstack (Context);
  NdisFreeMemory (Context, 0, 0);
}

NDIS_STATUS
SkPause (NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Parameters);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
SkRestart (NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Parameters);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
SkOidRequest (NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
  UNREFERENCED_PARAMETER (Context);
  if (Request->RequestType == NdisRequestSetInformation
      && Request->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER)
    {
      Request->DATA.SET_INFORMATION.BytesRead = sizeof (ULONG);
      return NDIS_STATUS_SUCCESS;
    }
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
SkSend (NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
  SK *Nic = (SK *)Context;
  PNET_BUFFER_LIST Next;
  ULONG CompleteFlags = (Flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL)
                            ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                            : 0;

  UNREFERENCED_PARAMETER (Port);
  do
    {
      Next = NET_BUFFER_LIST_NEXT_NBL (Lists);
      NET_BUFFER_LIST_NEXT_NBL (Lists) = NULL;
      NET_BUFFER_LIST_STATUS (Lists) = NDIS_STATUS_PAUSED;
      NdisMSendNetBufferListsComplete (Nic->Mp, Lists, CompleteFlags);
      Lists = Next;
    }
  while (Lists != NULL);
}

VOID
SkReturn (NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Lists);
  UNREFERENCED_PARAMETER (Flags);
}

VOID
SkCancelSend (NDIS_HANDLE Context, PVOID Id)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Id);
}

VOID
SkPnp (NDIS_HANDLE Context, PNET_DEVICE_PNP_EVENT Event)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Event);
}

VOID
SkShutdown (NDIS_HANDLE Context, NDIS_SHUTDOWN_ACTION Action)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Action);
}

VOID
SkCancelOid (NDIS_HANDLE Context, PVOID Id)
{
  UNREFERENCED_PARAMETER (Context);
  UNREFERENCED_PARAMETER (Id);
}

VOID
SkUnload (PDRIVER_OBJECT Driver)
{
  UNREFERENCED_PARAMETER (Driver);
  NdisMDeregisterMiniportDriver (SkDriver);
}

NTSTATUS
DriverEntry (PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
  NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

  KeInitializeSpinLock (&SkListLock);
  NdisZeroMemory (&Chars, sizeof (Chars));
  Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
  Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  Chars.MajorNdisVersion = 6;
  Chars.MinorNdisVersion = 0;
  Chars.MajorDriverVersion = 1;
  Chars.InitializeHandlerEx = SkInitialize;
  Chars.HaltHandlerEx = SkHalt;
  Chars.UnloadHandler = SkUnload;
  Chars.PauseHandler = SkPause;
  Chars.RestartHandler = SkRestart;
  Chars.OidRequestHandler = SkOidRequest;
  Chars.SendNetBufferListsHandler = SkSend;
  Chars.ReturnNetBufferListsHandler = SkReturn;
  Chars.CancelSendHandler = SkCancelSend;
  Chars.DevicePnPEventNotifyHandler = SkPnp;
  Chars.ShutdownHandlerEx = SkShutdown;
  Chars.CancelOidRequestHandler = SkCancelOid;
  return NdisMRegisterMiniportDriver (Driver, Path, NULL, &Chars, &SkDriver);
}
