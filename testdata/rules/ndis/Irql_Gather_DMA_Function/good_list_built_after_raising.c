// Send raises the level while it builds a scatter/gather list.

#include "ndis.h"

struct GA_NIC {
    NDIS_HANDLE MiniportHandle, InterruptHandle;
    PUCHAR Bar;
    NDIS_HANDLE Dma;
};

static MINIPORT_INITIALIZE GaInit;
static MINIPORT_HALT GaHalt;
static MINIPORT_UNLOAD GaUnload;
static MINIPORT_PAUSE GaPause;
static MINIPORT_RESTART GaRestart;
static MINIPORT_OID_REQUEST GaOid;
static MINIPORT_SEND_NET_BUFFER_LISTS GaSend;
static MINIPORT_ISR GaIsr;
static MINIPORT_INTERRUPT_DPC GaDpc;
static MINIPORT_MESSAGE_INTERRUPT GaMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC GaMsiDpc;
static MINIPORT_PROCESS_SG_LIST GaListReady;
static MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE GaMemoryReady;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS GaHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = GaInit,
    .HaltHandlerEx = GaHalt,
    .UnloadHandler = GaUnload,
    .PauseHandler = GaPause,
    .RestartHandler = GaRestart,
    .OidRequestHandler = GaOid,
    .SendNetBufferListsHandler = GaSend,
};

static NDIS_HANDLE GaDriverHandle;

// The hardware has its own copy of the list: the packet is done when the list is read.
static VOID GaListReady(PDEVICE_OBJECT Device, PVOID Reserved, PSCATTER_GATHER_LIST List,
                        PVOID Context) {
    PNET_BUFFER_LIST Packet = Context;
    struct GA_NIC *Nic = NET_BUFFER_LIST_MINIPORT_RESERVED(Packet)[0];

    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(Reserved);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x20), List->Elements[0].Address.LowPart);
    NdisMFreeNetBufferSGList(Nic->Dma, List, NET_BUFFER_LIST_FIRST_NB(Packet));
    NET_BUFFER_LIST_STATUS(Packet) = NDIS_STATUS_SUCCESS;
    NdisMSendNetBufferListsComplete(Nic->MiniportHandle, Packet,
                                    NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
}

static VOID GaMemoryReady(NDIS_HANDLE Context, PVOID Address, PNDIS_PHYSICAL_ADDRESS Physical,
                          ULONG Length, PVOID Request) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Address);
    UNREFERENCED_PARAMETER(Physical);
    UNREFERENCED_PARAMETER(Length);
    UNREFERENCED_PARAMETER(Request);
}

static NDIS_STATUS GaOpenDma(struct GA_NIC *Nic) {
    NDIS_SG_DMA_DESCRIPTION Dma = {
        .Header = {NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION, NDIS_SG_DMA_DESCRIPTION_REVISION_1,
                   NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1},
        .Flags = NDIS_SG_DMA_64_BIT_ADDRESS,
        .MaximumPhysicalMapping = 0x10000,
        .ProcessSGListHandler = GaListReady,
        .SharedMemAllocateCompleteHandler = GaMemoryReady,
    };
    NDIS_STATUS Status = NdisMRegisterScatterGatherDma(Nic->MiniportHandle, &Dma, &Nic->Dma);

    if (Status != NDIS_STATUS_SUCCESS)
        Nic->Dma = NULL;
    return Status;
}

// Reads and acknowledges the cause of an interrupt.
static ULONG GaAcknowledge(struct GA_NIC *Nic) {
    ULONG Cause;

    NdisReadRegisterUlong((PULONG)(Nic->Bar + 0x10), &Cause);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x10), Cause);
    return Cause;
}

static BOOLEAN GaHandle(struct GA_NIC *Nic, PBOOLEAN Queue) {
    ULONG Cause = GaAcknowledge(Nic);

    if (Cause != 0) {
        *Queue = TRUE;
    }
    return Cause != 0;
}

static BOOLEAN GaIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors) {
    *Queue = FALSE;
    *Processors = 0;
    return GaHandle((struct GA_NIC *)Context, Queue);
}

static BOOLEAN GaMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors) {
    UNREFERENCED_PARAMETER(MessageId);
    return GaIsr(Context, Queue, Processors);
}

static VOID GaWork(struct GA_NIC *Nic) { NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x14), 1); }

static VOID GaDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved) {
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    GaWork((struct GA_NIC *)Context);
}

static VOID GaMsiDpc(NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle,
                     PVOID Reserved) {
    UNREFERENCED_PARAMETER(MessageId);
    GaDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID GaFree(struct GA_NIC *Nic) {
    if (Nic->InterruptHandle != NULL)
        NdisMDeregisterInterruptEx(Nic->InterruptHandle);
    if (Nic->Dma != NULL)
        NdisMDeregisterScatterGatherDma(Nic->Dma);
    if (Nic->Bar != NULL)
        NdisMUnmapIoSpace(Nic->MiniportHandle, Nic->Bar, 0x100);
    NdisFreeMemory(Nic, sizeof(*Nic), 0);
}

static NDIS_STATUS GaAttributes(struct GA_NIC *Nic) {
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                   NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1},
        .MiniportAdapterContext = Nic,
        .AttributeFlags =
            NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER,
        .InterfaceType = NdisInterfacePci,
    };
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Gen = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
                   NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1},
        .MediaType = NdisMedium802_3,
        .MtuSize = 1500,
        .MacAddressLength = 6,
        .AccessType = NET_IF_ACCESS_BROADCAST,
        .DirectionType = NET_IF_DIRECTION_SENDRECEIVE,
        .ConnectionType = NET_IF_CONNECTION_DEDICATED,
        .IfType = IF_TYPE_ETHERNET_CSMACD,
    };
    NDIS_STATUS Status =
        NdisMSetMiniportAttributes(Nic->MiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);

    return Status != NDIS_STATUS_SUCCESS
               ? Status
               : NdisMSetMiniportAttributes(Nic->MiniportHandle,
                                            (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}

static NDIS_STATUS GaConnect(struct GA_NIC *Nic) {
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT, NDIS_MINIPORT_INTERRUPT_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1},
        .InterruptHandler = GaIsr,
        .InterruptDpcHandler = GaDpc,
        .MsiSupported = TRUE,
        .MessageInterruptHandler = GaMsiIsr,
        .MessageInterruptDpcHandler = GaMsiDpc,
    };
    NDIS_STATUS Status =
        NdisMRegisterInterruptEx(Nic->MiniportHandle, Nic, &Chars, &Nic->InterruptHandle);

    if (Status != NDIS_STATUS_SUCCESS)
        Nic->InterruptHandle = NULL;
    return Status;
}

static NDIS_STATUS GaInit(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS Parameters) {
    PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
    struct GA_NIC *Nic;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Resources == NULL || Resources->Count < 2)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Nic), 'tabH', NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(*Nic));
    Nic->MiniportHandle = Handle;
    Status = GaAttributes(Nic);
    if (Status == NDIS_STATUS_SUCCESS) {
        PVOID Bar = NULL;

        Status =
            NdisMMapIoSpace(&Bar, Handle, Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
        if (Status == NDIS_STATUS_SUCCESS)
            Nic->Bar = Bar;
    }
    if (Status == NDIS_STATUS_SUCCESS)
        Status = GaOpenDma(Nic);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = GaConnect(Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        GaFree(Nic);
    return Status;
}

static VOID GaHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action) {
    struct GA_NIC *Nic = Context;

    UNREFERENCED_PARAMETER(Action);

    GaFree(Nic);
}

static NDIS_STATUS GaPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS GaRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS GaOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request) {
    struct GA_NIC *Nic = Context;
    NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;

    UNREFERENCED_PARAMETER(Nic);
    if (Request->RequestType != NdisRequestSetInformation)
        return NDIS_STATUS_NOT_SUPPORTED;

    return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID GaSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port,
                   ULONG SendFlags) {
    struct GA_NIC *Nic = Context;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    NDIS_STATUS Status = NDIS_STATUS_RESOURCES;
    KIRQL Old;

    // One packet at a time is all that the chip can do.
    List = Lists;
    if (NET_BUFFER_LIST_NEXT_NBL(List) == NULL) {
        NET_BUFFER_LIST_MINIPORT_RESERVED(List)[0] = Nic;
        NDIS_RAISE_IRQL_TO_DISPATCH(&Old);
        Status = NdisMAllocateNetBufferSGList(Nic->Dma, NET_BUFFER_LIST_FIRST_NB(List), List,
                                              NDIS_SG_LIST_WRITE_TO_DEVICE, NULL, 0);
        NDIS_LOWER_IRQL(Old, DISPATCH_LEVEL);
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        for (; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
            NET_BUFFER_LIST_STATUS(List) = Status;
        NdisMSendNetBufferListsComplete(Nic->MiniportHandle, Lists,
                                        AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
    }
}

static VOID GaUnload(PDRIVER_OBJECT Driver) {
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(GaDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path) {
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &GaHandlers, &GaDriverHandle);
}
