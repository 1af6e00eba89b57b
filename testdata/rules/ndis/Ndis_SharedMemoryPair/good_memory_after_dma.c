// Shared memory is allocated after the DMA of the adapter is registered.

#include <ndis.h>

#define MD_TAG 'afeb'

typedef struct _MD_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    NDIS_HANDLE Dma;
    PVOID Ring;
    NDIS_PHYSICAL_ADDRESS RingAddress;
} MD_ADAPTER, *PMD_ADAPTER;

static NDIS_HANDLE MdDriverHandle;

MINIPORT_INITIALIZE MdInitialize;
MINIPORT_HALT MdHalt;
MINIPORT_UNLOAD MdUnload;
MINIPORT_PAUSE MdPause;
MINIPORT_RESTART MdRestart;
MINIPORT_OID_REQUEST MdOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS MdSend;
MINIPORT_CANCEL_SEND MdCancelSend;

static MINIPORT_PROCESS_SG_LIST MdProcessList;
static MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE MdMemoryComplete;

static VOID
MdProcessList(PDEVICE_OBJECT DeviceObject, PVOID Reserved, PSCATTER_GATHER_LIST List, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Reserved);
    UNREFERENCED_PARAMETER(List);
    UNREFERENCED_PARAMETER(Context);
}

static VOID
MdMemoryComplete(NDIS_HANDLE MiniportAdapterContext, PVOID VirtualAddress,
                PNDIS_PHYSICAL_ADDRESS PhysicalAddress, ULONG Length, PVOID Context)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(VirtualAddress);
    UNREFERENCED_PARAMETER(PhysicalAddress);
    UNREFERENCED_PARAMETER(Length);
    UNREFERENCED_PARAMETER(Context);
}

static NDIS_STATUS
MdRegister(PMD_ADAPTER Adapter)
{
    NDIS_SG_DMA_DESCRIPTION Description;

    NdisZeroMemory(&Description, sizeof(Description));
    Description.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    Description.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    Description.Header.Size = sizeof(Description);
    Description.Flags = NDIS_SG_DMA_64_BIT_ADDRESS;
    Description.MaximumPhysicalMapping = 1536;
    Description.ProcessSGListHandler = MdProcessList;
    Description.SharedMemAllocateCompleteHandler = MdMemoryComplete;
    return NdisMRegisterScatterGatherDma(Adapter->MiniportHandle, &Description, &Adapter->Dma);
}

static NDIS_STATUS
MdSetAttributes(PMD_ADAPTER Adapter)
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
MdInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PMD_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(MD_ADAPTER), MD_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(MD_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = MdSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        Status = MdRegister(Adapter);
    }
    if (Status == NDIS_STATUS_SUCCESS) {
        NdisMAllocateSharedMemory(MiniportAdapterHandle, 4096, TRUE, &Adapter->Ring,
                                  &Adapter->RingAddress);
        if (Adapter->Ring == NULL) {
            NdisWriteErrorLogEntry(MiniportAdapterHandle, NDIS_ERROR_CODE_OUT_OF_RESOURCES, 0);
            Status = NDIS_STATUS_RESOURCES;
        }
    }

    if (Status != NDIS_STATUS_SUCCESS) {
        if (Adapter->Ring != NULL) {
            NdisMFreeSharedMemory(MiniportAdapterHandle, 4096, TRUE, Adapter->Ring,
                                  Adapter->RingAddress);
        }
        if (Adapter->Dma != NULL) {
            NdisMDeregisterScatterGatherDma(Adapter->Dma);
        }
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
MdHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PMD_ADAPTER Adapter = (PMD_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisMFreeSharedMemory(Adapter->MiniportHandle, 4096, TRUE, Adapter->Ring, Adapter->RingAddress);
    NdisMDeregisterScatterGatherDma(Adapter->Dma);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
MdPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
MdRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
MdOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
MdSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PMD_ADAPTER Adapter = (PMD_ADAPTER)MiniportAdapterContext;
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
MdCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

VOID
MdUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(MdDriverHandle);
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
    Characteristics.InitializeHandlerEx = MdInitialize;
    Characteristics.HaltHandlerEx = MdHalt;
    Characteristics.UnloadHandler = MdUnload;
    Characteristics.PauseHandler = MdPause;
    Characteristics.RestartHandler = MdRestart;
    Characteristics.OidRequestHandler = MdOidRequest;
    Characteristics.SendNetBufferListsHandler = MdSend;
    Characteristics.CancelSendHandler = MdCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &MdDriverHandle);
}
