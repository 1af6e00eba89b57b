// The register window is mapped, then a buffer cannot be had: the window is unmapped.

#include <ndis.h>

#define MW_TAG 'niwM'

typedef struct _MW_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    PVOID Registers;
    PVOID Buffer;
} MW_ADAPTER, *PMW_ADAPTER;

static NDIS_HANDLE MwDriverHandle;

MINIPORT_INITIALIZE MwInitialize;
MINIPORT_HALT MwHalt;
MINIPORT_UNLOAD MwUnload;
MINIPORT_PAUSE MwPause;
MINIPORT_RESTART MwRestart;
MINIPORT_OID_REQUEST MwOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS MwSend;
MINIPORT_CANCEL_SEND MwCancelSend;

static NDIS_STATUS
MwSetAttributes(PMW_ADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = Adapter;
    Registration.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status = NdisMSetMiniportAttributes(Adapter->MiniportHandle,
                                        (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
    if (Status != NDIS_STATUS_SUCCESS) {
        return Status;
    }

    NdisZeroMemory(&General, sizeof(General));
    General.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    General.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.MediaType = NdisMedium802_3;
    General.MtuSize = 1500;
    General.MacAddressLength = 6;
    return NdisMSetMiniportAttributes(Adapter->MiniportHandle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS
MwInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PMW_ADAPTER Adapter;
    NDIS_STATUS Status;
    NDIS_PHYSICAL_ADDRESS Address;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(MW_ADAPTER), MW_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(MW_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = MwSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        Address.QuadPart = 0xfeb00000;
        Status = NdisMMapIoSpace(&Adapter->Registers, MiniportAdapterHandle, Address, 8192);
    }
    if (Status == NDIS_STATUS_SUCCESS) {
        Adapter->Buffer = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, 1536, MW_TAG,
                                                            NormalPoolPriority);
        if (Adapter->Buffer == NULL) {
            Status = NDIS_STATUS_RESOURCES;
        }
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        if (Adapter->Registers != NULL) {
            NdisMUnmapIoSpace(MiniportAdapterHandle, Adapter->Registers, 8192);
        }

        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
MwHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PMW_ADAPTER Adapter = (PMW_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisMUnmapIoSpace(Adapter->MiniportHandle, Adapter->Registers, 8192);
    NdisFreeMemory(Adapter->Buffer, 0, 0);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
MwPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
MwRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
MwOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
MwSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PMW_ADAPTER Adapter = (PMW_ADAPTER)MiniportAdapterContext;
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(PortNumber);
    for (List = NetBufferLists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List)) {
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(Adapter->MiniportHandle, NetBufferLists,
                                    NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags)
                                        ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                                        : 0);
}

VOID
MwCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

VOID
MwUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(MwDriverHandle);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics;

    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Characteristics.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.MajorNdisVersion = 6;
    Characteristics.MinorNdisVersion = 20;
    Characteristics.InitializeHandlerEx = MwInitialize;
    Characteristics.HaltHandlerEx = MwHalt;
    Characteristics.UnloadHandler = MwUnload;
    Characteristics.PauseHandler = MwPause;
    Characteristics.RestartHandler = MwRestart;
    Characteristics.OidRequestHandler = MwOidRequest;
    Characteristics.SendNetBufferListsHandler = MwSend;
    Characteristics.CancelSendHandler = MwCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &MwDriverHandle);
}
