// If the large ring cannot be had a small one has to do; what there is, is freed with its own
// length.

#include <ndis.h>

#define SR_TAG 'lams'

typedef struct _SR_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    NDIS_HANDLE Dma;
    PVOID Ring;
    ULONG RingLength;
    NDIS_PHYSICAL_ADDRESS RingAddress;
} SR_ADAPTER, *PSR_ADAPTER;

static NDIS_HANDLE SrDriverHandle;

MINIPORT_INITIALIZE SrInitialize;
MINIPORT_HALT SrHalt;
MINIPORT_UNLOAD SrUnload;
MINIPORT_PAUSE SrPause;
MINIPORT_RESTART SrRestart;
MINIPORT_OID_REQUEST SrOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS SrSend;
MINIPORT_CANCEL_SEND SrCancelSend;

static MINIPORT_PROCESS_SG_LIST SrProcessList;
static MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE SrMemoryComplete;

static VOID
SrProcessList(PDEVICE_OBJECT DeviceObject, PVOID Reserved, PSCATTER_GATHER_LIST List, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Reserved);
    UNREFERENCED_PARAMETER(List);
    UNREFERENCED_PARAMETER(Context);
}

static VOID
SrMemoryComplete(NDIS_HANDLE MiniportAdapterContext, PVOID VirtualAddress,
                PNDIS_PHYSICAL_ADDRESS PhysicalAddress, ULONG Length, PVOID Context)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(VirtualAddress);
    UNREFERENCED_PARAMETER(PhysicalAddress);
    UNREFERENCED_PARAMETER(Length);
    UNREFERENCED_PARAMETER(Context);
}

static NDIS_STATUS
SrRegister(PSR_ADAPTER Adapter)
{
    NDIS_SG_DMA_DESCRIPTION Description;

    NdisZeroMemory(&Description, sizeof(Description));
    Description.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    Description.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    Description.Header.Size = sizeof(Description);
    Description.Flags = NDIS_SG_DMA_64_BIT_ADDRESS;
    Description.MaximumPhysicalMapping = 1536;
    Description.ProcessSGListHandler = SrProcessList;
    Description.SharedMemAllocateCompleteHandler = SrMemoryComplete;
    return NdisMRegisterScatterGatherDma(Adapter->MiniportHandle, &Description, &Adapter->Dma);
}

static NDIS_STATUS
SrSetAttributes(PSR_ADAPTER Adapter)
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
SrInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PSR_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(SR_ADAPTER), SR_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(SR_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = SrSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        Status = SrRegister(Adapter);
    }
    if (Status == NDIS_STATUS_SUCCESS) {
        Adapter->RingLength = 65536;
        NdisMAllocateSharedMemory(MiniportAdapterHandle, Adapter->RingLength, TRUE, &Adapter->Ring,
                                  &Adapter->RingAddress);
        if (Adapter->Ring == NULL) {
            Adapter->RingLength = 4096;
            NdisMAllocateSharedMemory(MiniportAdapterHandle, Adapter->RingLength, TRUE,
                                      &Adapter->Ring, &Adapter->RingAddress);
        }
        if (Adapter->Ring == NULL) {
            NdisWriteErrorLogEntry(MiniportAdapterHandle, NDIS_ERROR_CODE_OUT_OF_RESOURCES, 0);
            NdisMDeregisterScatterGatherDma(Adapter->Dma);
            Status = NDIS_STATUS_RESOURCES;
        }
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
SrHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PSR_ADAPTER Adapter = (PSR_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisMFreeSharedMemory(Adapter->MiniportHandle, Adapter->RingLength, TRUE, Adapter->Ring,
                          Adapter->RingAddress);
    NdisMDeregisterScatterGatherDma(Adapter->Dma);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
SrPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
SrRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
SrOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
SrSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PSR_ADAPTER Adapter = (PSR_ADAPTER)MiniportAdapterContext;
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
SrCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

VOID
SrUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(SrDriverHandle);
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
    Characteristics.InitializeHandlerEx = SrInitialize;
    Characteristics.HaltHandlerEx = SrHalt;
    Characteristics.UnloadHandler = SrUnload;
    Characteristics.PauseHandler = SrPause;
    Characteristics.RestartHandler = SrRestart;
    Characteristics.OidRequestHandler = SrOidRequest;
    Characteristics.SendNetBufferListsHandler = SrSend;
    Characteristics.CancelSendHandler = SrCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &SrDriverHandle);
}
