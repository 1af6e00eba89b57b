// Initialization registers the address family while it holds a lock.

#include <ndis.h>

typedef struct _MF_ADAPTER {
    NDIS_HANDLE Handle;
    NDIS_SPIN_LOCK Lock;
    ULONG Major;
} MF_ADAPTER, *PMF_ADAPTER;

MINIPORT_INITIALIZE MfInitialize;
MINIPORT_HALT MfHalt;
MINIPORT_UNLOAD MfUnload;
MINIPORT_PAUSE MfPause;
MINIPORT_RESTART MfRestart;
MINIPORT_OID_REQUEST MfOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS MfSend;

static NDIS_HANDLE MfDriver;

static NDIS_STATUS MfSetAttributes(MF_ADAPTER* Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = Adapter;
    Registration.AttributeFlags
        = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status = NdisMSetMiniportAttributes(
        Adapter->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
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
    return NdisMSetMiniportAttributes(Adapter->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

static NDIS_STATUS MfOffer(PMF_ADAPTER Adapter)
{
    CO_ADDRESS_FAMILY Family;
    NDIS_STATUS Status;

    NdisZeroMemory(&Family, sizeof(Family));
    Family.AddressFamily = CO_ADDRESS_FAMILY_Q2931;
    NdisAcquireSpinLock(&Adapter->Lock);
    Family.MajorVersion = Adapter->Major;
    Status = NdisMCmRegisterAddressFamilyEx(Adapter->Handle, &Family); // expect: defect Irql_MCM_Function
    NdisReleaseSpinLock(&Adapter->Lock);
    return Status;
}

NDIS_STATUS MfInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PMF_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(
        MiniportAdapterHandle, sizeof(MF_ADAPTER), 'lvlI', NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(MF_ADAPTER));
    Adapter->Handle = MiniportAdapterHandle;
    Status = MfSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Fail;
    NdisAllocateSpinLock(&Adapter->Lock);
    Adapter->Major = 3;
    Status = MfOffer(Adapter);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&Adapter->Lock);
        goto Fail;
    }
    return NDIS_STATUS_SUCCESS;

Fail:
    NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID MfHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PMF_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeSpinLock(&Adapter->Lock);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS MfPause(
    NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    PMF_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(PauseParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS MfRestart(
    NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PMF_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS MfOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PMF_ADAPTER Adapter = MiniportAdapterContext;
    NDIS_STATUS Status = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(Adapter);
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

VOID MfSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
    NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PMF_ADAPTER Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;
    ULONG Flags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
        Flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(Adapter->Handle, NetBufferLists, Flags);
}

VOID MfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(MfDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = MfInitialize;
    Chars.HaltHandlerEx = MfHalt;
    Chars.UnloadHandler = MfUnload;
    Chars.PauseHandler = MfPause;
    Chars.RestartHandler = MfRestart;
    Chars.OidRequestHandler = MfOidRequest;
    Chars.SendNetBufferListsHandler = MfSend;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &MfDriver);
}
