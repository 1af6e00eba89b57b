// A request lets the read/write lock raise the level.

#include <ndis.h>

typedef struct _RW_ADAPTER
{
    NDIS_HANDLE Handle;
    PNDIS_RW_LOCK_EX Lock;
    ULONG Filter;
} RW_ADAPTER, *PRW_ADAPTER;

MINIPORT_INITIALIZE RwInitialize;
MINIPORT_HALT RwHalt;
MINIPORT_UNLOAD RwUnload;
MINIPORT_PAUSE RwPause;
MINIPORT_RESTART RwRestart;
MINIPORT_OID_REQUEST RwOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS RwSend;

static NDIS_HANDLE RwDriver;

static NDIS_STATUS RwSetAttributes(RW_ADAPTER *Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = Adapter;
    Registration.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status = NdisMSetMiniportAttributes(Adapter->Handle,
                                        (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
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

static VOID RwSetFilter(PRW_ADAPTER Adapter, ULONG Filter)
{
    LOCK_STATE_EX State;

    NdisAcquireRWLockWrite(Adapter->Lock, &State, 0);
    Adapter->Filter = Filter;
    NdisReleaseRWLock(Adapter->Lock, &State);
}

NDIS_STATUS RwInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PRW_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(RW_ADAPTER), 'lvlI',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(RW_ADAPTER));
    Adapter->Handle = MiniportAdapterHandle;
    Status = RwSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Fail;
    Adapter->Lock = NdisAllocateRWLock(MiniportAdapterHandle);
    if (Adapter->Lock == NULL)
    {
        Status = NDIS_STATUS_RESOURCES;
        goto Fail;
    }
    return NDIS_STATUS_SUCCESS;

Fail:
    NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID RwHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PRW_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeRWLock(Adapter->Lock);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS RwPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    PRW_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(PauseParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS RwRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PRW_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS RwOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PRW_ADAPTER Adapter = MiniportAdapterContext;
    NDIS_STATUS Status = NDIS_STATUS_NOT_SUPPORTED;
    if (OidRequest->RequestType != NdisRequestSetInformation)
        return Status;
    switch (OidRequest->DATA.SET_INFORMATION.Oid)
    {
    case OID_GEN_CURRENT_PACKET_FILTER:
    case OID_GEN_CURRENT_LOOKAHEAD:
        Status = NDIS_STATUS_SUCCESS;
        break;
    case OID_802_3_MULTICAST_LIST:
        RwSetFilter(Adapter, 7);
        Status = NDIS_STATUS_SUCCESS;
        break;
    default:
        break;
    }
    return Status;
}

VOID RwSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PRW_ADAPTER Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;
    ULONG Flags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
        Flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(Adapter->Handle, NetBufferLists, Flags);
}

VOID RwUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(RwDriver);
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
    Chars.InitializeHandlerEx = RwInitialize;
    Chars.HaltHandlerEx = RwHalt;
    Chars.UnloadHandler = RwUnload;
    Chars.PauseHandler = RwPause;
    Chars.RestartHandler = RwRestart;
    Chars.OidRequestHandler = RwOidRequest;
    Chars.SendNetBufferListsHandler = RwSend;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &RwDriver);
}
