// Send chooses the lock functions from a table by its flag.

#include <ndis.h>

typedef struct _TB_NIC
{
    NDIS_HANDLE Handle;
    NDIS_SPIN_LOCK Lock;
    ULONG Sent;
} TB_NIC, *PTB_NIC;

MINIPORT_INITIALIZE TbInitialize;
MINIPORT_HALT TbHalt;
MINIPORT_UNLOAD TbUnload;
MINIPORT_PAUSE TbPause;
MINIPORT_RESTART TbRestart;
MINIPORT_OID_REQUEST TbOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS TbSend;

static NDIS_HANDLE TbDriver;

static NDIS_STATUS
TbSetAttributes(TB_NIC* Nic)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = Nic;
    Registration.AttributeFlags =
      NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status =
      NdisMSetMiniportAttributes(Nic->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;

    NdisZeroMemory(&General, sizeof(General));
    General.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    General.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.MediaType = NdisMedium802_3;
    General.MtuSize = 1500;
    General.MacAddressLength = 6;
    General.AccessType = NET_IF_ACCESS_BROADCAST;
    General.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    General.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    General.IfType = IF_TYPE_ETHERNET_CSMACD;
    return NdisMSetMiniportAttributes(Nic->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

typedef VOID
LOCK_FUNCTION(PNDIS_SPIN_LOCK Lock);

static VOID
TbLockAny(PNDIS_SPIN_LOCK Lock)
{
    NdisAcquireSpinLock(Lock);
}

static VOID
TbUnlockAny(PNDIS_SPIN_LOCK Lock)
{
    NdisReleaseSpinLock(Lock);
}

static VOID
TbLockDispatch(PNDIS_SPIN_LOCK Lock)
{
    NdisDprAcquireSpinLock(Lock);
}

static VOID
TbUnlockDispatch(PNDIS_SPIN_LOCK Lock)
{
    NdisDprReleaseSpinLock(Lock);
}

static const struct
{
    LOCK_FUNCTION *Lock, *Unlock;
} TbLocks[2] = {
    { TbLockAny, TbUnlockAny },
    { TbLockDispatch, TbUnlockDispatch },
};

NDIS_STATUS
TbInitialize(NDIS_HANDLE MiniportAdapterHandle,
             NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PTB_NIC Nic;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Nic = NdisAllocateMemoryWithTagPriority(
      MiniportAdapterHandle, sizeof(TB_NIC), 'lvlI', NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(TB_NIC));
    Nic->Handle = MiniportAdapterHandle;
    Status = TbSetAttributes(Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Fail;
    NdisAllocateSpinLock(&Nic->Lock);
    return NDIS_STATUS_SUCCESS;

Fail:
    NdisFreeMemory(Nic, 0, 0);
    return Status;
}

VOID
TbHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PTB_NIC Nic = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeSpinLock(&Nic->Lock);
    NdisFreeMemory(Nic, 0, 0);
}

NDIS_STATUS
TbPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    PTB_NIC Nic = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Nic);
    UNREFERENCED_PARAMETER(PauseParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
TbRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PTB_NIC Nic = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Nic);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
TbOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PTB_NIC Nic = MiniportAdapterContext;
    NDIS_STATUS Status = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(Nic);
    if (OidRequest->RequestType != NdisRequestSetInformation)
        return Status;
    switch (OidRequest->DATA.SET_INFORMATION.Oid) {
        case OID_GEN_CURRENT_PACKET_FILTER:
        case OID_GEN_CURRENT_LOOKAHEAD:
            Status = NDIS_STATUS_SUCCESS;
            break;

        default:
            break;
    }
    return Status;
}

VOID
TbSend(NDIS_HANDLE MiniportAdapterContext,
       PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber,
       ULONG SendFlags)
{
    PTB_NIC Nic = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(PortNumber);

    ULONG Which = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? 1 : 0;

    TbLocks[Which].Lock(&Nic->Lock);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current)) {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
        Nic->Sent++;
    }
    TbLocks[Which].Unlock(&Nic->Lock);
    NdisMSendNetBufferListsComplete(Nic->Handle, NetBufferLists, 0);
}

VOID
TbUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(TbDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = TbInitialize;
    Chars.HaltHandlerEx = TbHalt;
    Chars.UnloadHandler = TbUnload;
    Chars.PauseHandler = TbPause;
    Chars.RestartHandler = TbRestart;
    Chars.OidRequestHandler = TbOidRequest;
    Chars.SendNetBufferListsHandler = TbSend;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &TbDriver);
}
