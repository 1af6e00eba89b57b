// Shutdown uses the clean-up function of halt, which also frees the ring.

#include <ndis.h>

typedef struct _SHM
{
    NDIS_HANDLE Handle;
    NDIS_HANDLE Dma;
    PVOID Ring;
    NDIS_PHYSICAL_ADDRESS RingAddress;
    PUCHAR Registers;
} SHM, *PSHM;

MINIPORT_INITIALIZE ShmInitialize;
MINIPORT_HALT ShmHalt;
MINIPORT_UNLOAD ShmUnload;
MINIPORT_PAUSE ShmPause;
MINIPORT_RESTART ShmRestart;
MINIPORT_OID_REQUEST ShmOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS ShmSend;
MINIPORT_SHUTDOWN ShmShutdown;

static NDIS_HANDLE ShmDriver;

static NDIS_STATUS ShmSetAttributes(SHM *Adapter)
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

static VOID ShmSg(PDEVICE_OBJECT Device, PVOID Reserved, PSCATTER_GATHER_LIST List, PVOID Context)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(Reserved);
    UNREFERENCED_PARAMETER(List);
    UNREFERENCED_PARAMETER(Context);
}

static VOID ShmClean(SHM *Adapter, BOOLEAN Free)
{
    Adapter->Registers[0] = 0;
    if (Free && Adapter->Ring != NULL)
    {
        NdisMFreeSharedMemory(Adapter->Handle, 4096, FALSE, Adapter->Ring, Adapter->RingAddress); // expect: defect NdisMFreeSharedMemory, also: Irql_Miniport_Driver_Function
        Adapter->Ring = NULL;
    }
}

NDIS_STATUS ShmInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    SHM *Adapter;
    NDIS_SG_DMA_DESCRIPTION Dma;
    NDIS_PHYSICAL_ADDRESS Bar;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(*Adapter), 'mhS ',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(*Adapter));
    Adapter->Handle = MiniportAdapterHandle;
    Status = ShmSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Free;
    Bar.QuadPart = 0xfeb00000;
    Status = NdisMMapIoSpace((PVOID *)&Adapter->Registers, MiniportAdapterHandle, Bar, 0x1000);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Free;
    NdisZeroMemory(&Dma, sizeof(Dma));
    Dma.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    Dma.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    Dma.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
    Dma.MaximumPhysicalMapping = 65536;
    Dma.ProcessSGListHandler = ShmSg;
    Status = NdisMRegisterScatterGatherDma(MiniportAdapterHandle, &Dma, &Adapter->Dma);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Unmap;
    NdisMAllocateSharedMemory(MiniportAdapterHandle, 4096, FALSE, &Adapter->Ring,
                              &Adapter->RingAddress);
    if (Adapter->Ring != NULL)
        return NDIS_STATUS_SUCCESS;
    NdisWriteErrorLogEntry(MiniportAdapterHandle, NDIS_ERROR_CODE_OUT_OF_RESOURCES, 0);
    Status = NDIS_STATUS_RESOURCES;
    NdisMDeregisterScatterGatherDma(Adapter->Dma);
Unmap:
    NdisMUnmapIoSpace(MiniportAdapterHandle, Adapter->Registers, 0x1000);
Free:
    NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID ShmHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    SHM *Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    ShmClean(Adapter, TRUE);
    NdisMDeregisterScatterGatherDma(Adapter->Dma);
    NdisMUnmapIoSpace(Adapter->Handle, Adapter->Registers, 0x1000);
    NdisFreeMemory(Adapter, 0, 0);
}

VOID ShmShutdown(NDIS_HANDLE MiniportAdapterContext, NDIS_SHUTDOWN_ACTION ShutdownAction)
{
    UNREFERENCED_PARAMETER(ShutdownAction);
    ShmClean(MiniportAdapterContext, TRUE);
}

NDIS_STATUS ShmPause(NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS ShmRestart(NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS ShmOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    if (OidRequest->RequestType == NdisRequestSetInformation &&
        OidRequest->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER)
    {
        OidRequest->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
        return NDIS_STATUS_SUCCESS;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID ShmSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    SHM *Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
    {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->Handle, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID ShmUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(ShmDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = ShmInitialize;
    Chars.HaltHandlerEx = ShmHalt;
    Chars.UnloadHandler = ShmUnload;
    Chars.PauseHandler = ShmPause;
    Chars.RestartHandler = ShmRestart;
    Chars.OidRequestHandler = ShmOidRequest;
    Chars.SendNetBufferListsHandler = ShmSend;
    Chars.ShutdownHandlerEx = ShmShutdown;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &ShmDriver);
}
