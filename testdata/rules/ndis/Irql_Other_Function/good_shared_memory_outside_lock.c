// Initialization releases the lock while it allocates shared memory.

#include <ndis.h>

typedef struct _GR_ADAPTER {
        NDIS_HANDLE Handle;
        NDIS_SPIN_LOCK Lock;
        NDIS_HANDLE DmaHandle;
        PVOID Memory;
        NDIS_PHYSICAL_ADDRESS Address;
        ULONG Grown;
} GR_ADAPTER, *PGR_ADAPTER;

MINIPORT_INITIALIZE GrInitialize;
MINIPORT_HALT GrHalt;
MINIPORT_UNLOAD GrUnload;
MINIPORT_PAUSE GrPause;
MINIPORT_RESTART GrRestart;
MINIPORT_OID_REQUEST GrOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS GrSend;

static NDIS_HANDLE GrDriver;

static NDIS_STATUS GrSetAttributes(GR_ADAPTER *Adapter)
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
        return NdisMSetMiniportAttributes(Adapter->Handle,
                                          (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

static VOID GrProcessList(PDEVICE_OBJECT DeviceObject, PVOID Reserved, PSCATTER_GATHER_LIST List,
                          PVOID Context)
{
        UNREFERENCED_PARAMETER(DeviceObject);
        UNREFERENCED_PARAMETER(Reserved);
        UNREFERENCED_PARAMETER(List);
        UNREFERENCED_PARAMETER(Context);
}

static VOID GrSharedMemory(NDIS_HANDLE Context, PVOID Address, PNDIS_PHYSICAL_ADDRESS Physical,
                           ULONG Length, PVOID RequestContext)
{
        UNREFERENCED_PARAMETER(Context);
        UNREFERENCED_PARAMETER(Address);
        UNREFERENCED_PARAMETER(Physical);
        UNREFERENCED_PARAMETER(Length);
        UNREFERENCED_PARAMETER(RequestContext);
}

static NDIS_STATUS GrRegisterDma(PGR_ADAPTER Adapter)
{
        NDIS_SG_DMA_DESCRIPTION Dma;

        NdisZeroMemory(&Dma, sizeof(Dma));
        Dma.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
        Dma.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
        Dma.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
        Dma.Flags = NDIS_SG_DMA_64_BIT_ADDRESS;
        Dma.MaximumPhysicalMapping = 4096;
        Dma.ProcessSGListHandler = GrProcessList;
        Dma.SharedMemAllocateCompleteHandler = GrSharedMemory;
        return NdisMRegisterScatterGatherDma(Adapter->Handle, &Dma, &Adapter->DmaHandle);
}
static VOID GrGrow(PGR_ADAPTER Adapter)
{
        NDIS_PHYSICAL_ADDRESS Address;
        PVOID Memory;

        NdisAcquireSpinLock(&Adapter->Lock);
        Adapter->Grown++;
        NdisReleaseSpinLock(&Adapter->Lock);
        NdisMAllocateSharedMemory(Adapter->Handle, 8192, TRUE, &Memory, &Address);
        NdisAcquireSpinLock(&Adapter->Lock);
        Adapter->Memory = Memory;
        Adapter->Address = Address;
        NdisReleaseSpinLock(&Adapter->Lock);
}

static VOID GrRelease(PGR_ADAPTER Adapter)
{
        if (Adapter->Memory != NULL)
                NdisMFreeSharedMemory(Adapter->Handle, 8192, TRUE, Adapter->Memory,
                                      Adapter->Address);
        NdisMDeregisterScatterGatherDma(Adapter->DmaHandle);
        NdisFreeSpinLock(&Adapter->Lock);
}

NDIS_STATUS GrInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
        PGR_ADAPTER Adapter;
        NDIS_STATUS Status;

        UNREFERENCED_PARAMETER(MiniportDriverContext);
        UNREFERENCED_PARAMETER(MiniportInitParameters);
        Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(GR_ADAPTER),
                                                    'lvlI', NormalPoolPriority);
        if (Adapter == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Adapter, sizeof(GR_ADAPTER));
        Adapter->Handle = MiniportAdapterHandle;
        Status = GrSetAttributes(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
                goto Fail;
        Status = GrRegisterDma(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
                goto Fail;
        NdisAllocateSpinLock(&Adapter->Lock);
        GrGrow(Adapter);
        if (Adapter->Memory == NULL) {
                NdisWriteErrorLogEntry(MiniportAdapterHandle, NDIS_ERROR_CODE_OUT_OF_RESOURCES, 1,
                                       8192);
                GrRelease(Adapter);
                Status = NDIS_STATUS_RESOURCES;
                goto Fail;
        }
        return NDIS_STATUS_SUCCESS;

Fail:
        NdisFreeMemory(Adapter, 0, 0);
        return Status;
}

VOID GrHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
        PGR_ADAPTER Adapter = MiniportAdapterContext;

        UNREFERENCED_PARAMETER(HaltAction);
        GrRelease(Adapter);
        NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS GrPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
        PGR_ADAPTER Adapter = MiniportAdapterContext;

        UNREFERENCED_PARAMETER(Adapter);
        UNREFERENCED_PARAMETER(PauseParameters);

        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS GrRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
        PGR_ADAPTER Adapter = MiniportAdapterContext;

        UNREFERENCED_PARAMETER(Adapter);
        UNREFERENCED_PARAMETER(RestartParameters);

        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS GrOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
        PGR_ADAPTER Adapter = MiniportAdapterContext;
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

VOID GrSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
        PGR_ADAPTER Adapter = MiniportAdapterContext;
        PNET_BUFFER_LIST Current;
        ULONG Flags = 0;

        UNREFERENCED_PARAMETER(PortNumber);

        for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
                NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
        if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
                Flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
        NdisMSendNetBufferListsComplete(Adapter->Handle, NetBufferLists, Flags);
}

VOID GrUnload(PDRIVER_OBJECT DriverObject)
{
        UNREFERENCED_PARAMETER(DriverObject);
        NdisMDeregisterMiniportDriver(GrDriver);
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
        Chars.InitializeHandlerEx = GrInitialize;
        Chars.HaltHandlerEx = GrHalt;
        Chars.UnloadHandler = GrUnload;
        Chars.PauseHandler = GrPause;
        Chars.RestartHandler = GrRestart;
        Chars.OidRequestHandler = GrOidRequest;
        Chars.SendNetBufferListsHandler = GrSend;

        return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &GrDriver);
}
