// A set request swaps the reserved LUID index under the write lock and frees the old one after
// it.

#include <ndis.h>

#define RW_TAG 'kcoL'

typedef struct _RW_ADAPTER {
    NDIS_HANDLE MiniportAdapterHandle;
    PNDIS_RW_LOCK_EX Lock;
    BOOLEAN Reserved;
    UINT32 LuidIndex;
} RW_ADAPTER, *PRW_ADAPTER;

MINIPORT_INITIALIZE RwInitialize;
MINIPORT_HALT RwHalt;
MINIPORT_UNLOAD RwUnload;
MINIPORT_PAUSE RwPause;
MINIPORT_RESTART RwRestart;
MINIPORT_OID_REQUEST RwOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS RwSend;

static NDIS_HANDLE RwDriver;

static NDIS_STATUS RwSetAttributes (RW_ADAPTER* Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory (&Registration, sizeof (Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = Adapter;
    Registration.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status = NdisMSetMiniportAttributes (Adapter->MiniportAdapterHandle,
                                         (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;

    NdisZeroMemory (&General, sizeof (General));
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
    return NdisMSetMiniportAttributes (Adapter->MiniportAdapterHandle,
                                       (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

static VOID RwDrop (PRW_ADAPTER Adapter)
{
    LOCK_STATE_EX State;
    BOOLEAN Reserved;
    UINT32 Index;

    NdisAcquireRWLockWrite (Adapter->Lock, &State, 0);
    Reserved = Adapter->Reserved;
    Index = Adapter->LuidIndex;
    Adapter->Reserved = FALSE;
    NdisReleaseRWLock (Adapter->Lock, &State);
    if (Reserved)
        NdisIfFreeNetLuidIndex (IF_TYPE_PROP_VIRTUAL, Index);
}

static NDIS_STATUS RwReserve (PRW_ADAPTER Adapter)
{
    LOCK_STATE_EX State;
    NDIS_STATUS Status;
    UINT32 Index;

    RwDrop (Adapter);
    Status = NdisIfAllocateNetLuidIndex (IF_TYPE_PROP_VIRTUAL, &Index);
    if (Status == NDIS_STATUS_SUCCESS) {
        NdisAcquireRWLockWrite (Adapter->Lock, &State, 0);
        Adapter->Reserved = TRUE;
        Adapter->LuidIndex = Index;
        NdisReleaseRWLock (Adapter->Lock, &State);
    }
    return Status;
}

NDIS_STATUS RwInitialize (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PRW_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER (MiniportDriverContext);
    UNREFERENCED_PARAMETER (MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority (MiniportAdapterHandle, sizeof (RW_ADAPTER), RW_TAG,
                                                 NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory (Adapter, sizeof (RW_ADAPTER));
    Adapter->MiniportAdapterHandle = MiniportAdapterHandle;
    Status = RwSetAttributes (Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        Adapter->Lock = NdisAllocateRWLock (MiniportAdapterHandle);
        if (Adapter->Lock == NULL)
            Status = NDIS_STATUS_RESOURCES;
    }
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory (Adapter, 0, 0);
    return Status;
}

VOID RwHalt (NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PRW_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER (HaltAction);
    RwDrop (Adapter);
    NdisFreeRWLock (Adapter->Lock);
    NdisFreeMemory (Adapter, 0, 0);
}

NDIS_STATUS RwOidRequest (NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    if (OidRequest->RequestType != NdisRequestSetInformation)
        return NDIS_STATUS_NOT_SUPPORTED;
    switch (OidRequest->DATA.SET_INFORMATION.Oid) {
        case OID_GEN_NETWORK_LAYER_ADDRESSES:
            return RwReserve ((PRW_ADAPTER)MiniportAdapterContext);
        case OID_GEN_CURRENT_PACKET_FILTER:
        case OID_GEN_CURRENT_LOOKAHEAD:
            OidRequest->DATA.SET_INFORMATION.BytesRead = sizeof (ULONG);
            return NDIS_STATUS_SUCCESS;
        default:
            return NDIS_STATUS_NOT_SUPPORTED;
    }
}

NDIS_STATUS RwPause (NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS RwRestart (NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

VOID RwSend (NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    RW_ADAPTER* Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER (PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL (Current)) {
        NET_BUFFER_LIST_STATUS (Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete (
        Adapter->MiniportAdapterHandle, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL (SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID RwUnload (PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER (DriverObject);
    NdisMDeregisterMiniportDriver (RwDriver);
}

NTSTATUS DriverEntry (PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
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
    mc.InitializeHandlerEx = RwInitialize;
    mc.HaltHandlerEx = RwHalt;
    mc.UnloadHandler = RwUnload;
    mc.PauseHandler = RwPause;
    mc.RestartHandler = RwRestart;
    mc.OidRequestHandler = RwOidRequest;
    mc.SendNetBufferListsHandler = RwSend;
    st = NdisMRegisterMiniportDriver (DriverObject, RegistryPath, NULL, &mc, &RwDriver);
    if (st != NDIS_STATUS_SUCCESS)
        RwDriver = NULL;
    return st;
}
