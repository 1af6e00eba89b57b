// A block of memory is contiguous or not, as initialization has noted; reset frees only one that
// is not, halt any.

#include <ndis.h>

typedef struct _BL_ADAPTER {
    NDIS_HANDLE Handle;
    PVOID Block;
    UINT BlockFlags;
} BL_ADAPTER, *PBL_ADAPTER;

MINIPORT_INITIALIZE BlInitialize;
MINIPORT_HALT BlHalt;
MINIPORT_UNLOAD BlUnload;
MINIPORT_PAUSE BlPause;
MINIPORT_RESTART BlRestart;
MINIPORT_OID_REQUEST BlOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS BlSend;
MINIPORT_RESET BlReset;

static NDIS_HANDLE BlDriver;

static NDIS_STATUS BlSetAttributes(BL_ADAPTER *Adapter) {
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

static VOID BlGetBlock(PBL_ADAPTER Adapter, BOOLEAN Contiguous) {
    NDIS_PHYSICAL_ADDRESS Highest;

    Highest.QuadPart = -1;
    Adapter->BlockFlags = Contiguous ? NDIS_MEMORY_CONTIGUOUS : 0;
    if (NdisAllocateMemory(&Adapter->Block, 512, Adapter->BlockFlags, Highest) !=
        NDIS_STATUS_SUCCESS)
        Adapter->Block = NULL;
}

NDIS_STATUS BlInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters) {
    PBL_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(BL_ADAPTER), 'lvlI',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(BL_ADAPTER));
    Adapter->Handle = MiniportAdapterHandle;
    Status = BlSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Fail;
    BlGetBlock(Adapter, (MiniportInitParameters->Flags & 1) != 0);
    return NDIS_STATUS_SUCCESS;

Fail:
    NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID BlHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction) {
    PBL_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    if (Adapter->Block != NULL)
        NdisFreeMemory(Adapter->Block, 512, Adapter->BlockFlags);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS BlPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters) {
    PBL_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(PauseParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS BlRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters) {
    PBL_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS BlOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest) {
    PBL_ADAPTER Adapter = MiniportAdapterContext;
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

VOID BlSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags) {
    PBL_ADAPTER Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;
    ULONG Flags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
        Flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(Adapter->Handle, NetBufferLists, Flags);
}

NDIS_STATUS BlReset(NDIS_HANDLE MiniportAdapterContext, PBOOLEAN AddressingReset) {
    PBL_ADAPTER Adapter = MiniportAdapterContext;

    *AddressingReset = FALSE;
    if (Adapter->Block != NULL && !(Adapter->BlockFlags & NDIS_MEMORY_CONTIGUOUS)) {
        NdisFreeMemory(Adapter->Block, 512, Adapter->BlockFlags);
        Adapter->Block = NULL;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID BlUnload(PDRIVER_OBJECT DriverObject) {
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(BlDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = BlInitialize;
    Chars.HaltHandlerEx = BlHalt;
    Chars.UnloadHandler = BlUnload;
    Chars.PauseHandler = BlPause;
    Chars.RestartHandler = BlRestart;
    Chars.OidRequestHandler = BlOidRequest;
    Chars.SendNetBufferListsHandler = BlSend;
    Chars.ResetHandlerEx = BlReset;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &BlDriver);
}
