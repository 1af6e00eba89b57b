// Send raises the level for the list where the flag says that it is raised already.

#include "ndis.h"

struct GF_CARD
{
    NDIS_HANDLE MiniportHandle, InterruptHandle;
    PUCHAR Bar;
    NDIS_HANDLE Dma;
};

static MINIPORT_INITIALIZE GfInit;
static MINIPORT_HALT GfHalt;
static MINIPORT_UNLOAD GfUnload;
static MINIPORT_PAUSE GfPause;
static MINIPORT_RESTART GfRestart;
static MINIPORT_OID_REQUEST GfOid;
static MINIPORT_SEND_NET_BUFFER_LISTS GfSend;
static MINIPORT_ISR GfIsr;
static MINIPORT_INTERRUPT_DPC GfDpc;
static MINIPORT_MESSAGE_INTERRUPT GfMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC GfMsiDpc;
static MINIPORT_PROCESS_SG_LIST GfListReady;
static MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE GfMemoryReady;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS GfHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = GfInit,
    .HaltHandlerEx = GfHalt,
    .UnloadHandler = GfUnload,
    .PauseHandler = GfPause,
    .RestartHandler = GfRestart,
    .OidRequestHandler = GfOid,
    .SendNetBufferListsHandler = GfSend,
};

static NDIS_HANDLE GfDriverHandle;

// The hardware has its own copy of the list: the packet is done when the list is read.
static VOID GfListReady(PDEVICE_OBJECT Device, PVOID Reserved, PSCATTER_GATHER_LIST List,
                        PVOID Context)
{
    PNET_BUFFER_LIST Packet = Context;
    struct GF_CARD *Card = NET_BUFFER_LIST_MINIPORT_RESERVED(Packet)[0];

    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(Reserved);
    NdisWriteRegisterUlong((PULONG)(Card->Bar + 0x20), List->Elements[0].Address.LowPart);
    NdisMFreeNetBufferSGList(Card->Dma, List, NET_BUFFER_LIST_FIRST_NB(Packet));
    NET_BUFFER_LIST_STATUS(Packet) = NDIS_STATUS_SUCCESS;
    NdisMSendNetBufferListsComplete(Card->MiniportHandle, Packet,
                                    NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
}

static VOID GfMemoryReady(NDIS_HANDLE Context, PVOID Address, PNDIS_PHYSICAL_ADDRESS Physical,
                          ULONG Length, PVOID Request)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Address);
    UNREFERENCED_PARAMETER(Physical);
    UNREFERENCED_PARAMETER(Length);
    UNREFERENCED_PARAMETER(Request);
}

static NDIS_STATUS GfOpenDma(struct GF_CARD *Card)
{
    NDIS_SG_DMA_DESCRIPTION Dma = {
        .Header = {NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION, NDIS_SG_DMA_DESCRIPTION_REVISION_1,
                   NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1},
        .Flags = NDIS_SG_DMA_64_BIT_ADDRESS,
        .MaximumPhysicalMapping = 0x10000,
        .ProcessSGListHandler = GfListReady,
        .SharedMemAllocateCompleteHandler = GfMemoryReady,
    };
    NDIS_STATUS Status = NdisMRegisterScatterGatherDma(Card->MiniportHandle, &Dma, &Card->Dma);

    if (Status != NDIS_STATUS_SUCCESS)
        Card->Dma = NULL;
    return Status;
}

// Reads and acknowledges the cause of an interrupt.
static ULONG GfAcknowledge(struct GF_CARD *Card)
{
    ULONG Cause;

    NdisReadRegisterUlong((PULONG)(Card->Bar + 0x10), &Cause);
    NdisWriteRegisterUlong((PULONG)(Card->Bar + 0x10), Cause);
    return Cause;
}

static BOOLEAN GfHandle(struct GF_CARD *Card, PBOOLEAN Queue)
{
    ULONG Cause = GfAcknowledge(Card);

    if (Cause != 0)
    {
        *Queue = TRUE;
    }
    return Cause != 0;
}

static BOOLEAN GfIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors)
{
    *Queue = FALSE;
    *Processors = 0;
    return GfHandle((struct GF_CARD *)Context, Queue);
}

static BOOLEAN GfMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors)
{
    UNREFERENCED_PARAMETER(MessageId);
    return GfIsr(Context, Queue, Processors);
}

static VOID GfWork(struct GF_CARD *Card)
{
    NdisWriteRegisterUlong((PULONG)(Card->Bar + 0x14), 1);
}

static VOID GfDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    GfWork((struct GF_CARD *)Context);
}

static VOID GfMsiDpc(NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle,
                     PVOID Reserved)
{
    UNREFERENCED_PARAMETER(MessageId);
    GfDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID GfFree(struct GF_CARD *Card)
{
    if (Card->InterruptHandle != NULL)
        NdisMDeregisterInterruptEx(Card->InterruptHandle);
    if (Card->Dma != NULL)
        NdisMDeregisterScatterGatherDma(Card->Dma);
    if (Card->Bar != NULL)
        NdisMUnmapIoSpace(Card->MiniportHandle, Card->Bar, 0x100);
    NdisFreeMemory(Card, sizeof(*Card), 0);
}

static NDIS_STATUS GfAttributes(struct GF_CARD *Card)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                   NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1},
        .MiniportAdapterContext = Card,
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
        NdisMSetMiniportAttributes(Card->MiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);

    return Status != NDIS_STATUS_SUCCESS
               ? Status
               : NdisMSetMiniportAttributes(Card->MiniportHandle,
                                            (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}

static NDIS_STATUS GfConnect(struct GF_CARD *Card)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT, NDIS_MINIPORT_INTERRUPT_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1},
        .InterruptHandler = GfIsr,
        .InterruptDpcHandler = GfDpc,
        .MsiSupported = TRUE,
        .MessageInterruptHandler = GfMsiIsr,
        .MessageInterruptDpcHandler = GfMsiDpc,
    };
    NDIS_STATUS Status =
        NdisMRegisterInterruptEx(Card->MiniportHandle, Card, &Chars, &Card->InterruptHandle);

    if (Status != NDIS_STATUS_SUCCESS)
        Card->InterruptHandle = NULL;
    return Status;
}

static NDIS_STATUS GfInit(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
    struct GF_CARD *Card;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Resources == NULL || Resources->Count < 2)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    Card = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Card), 'tabH', NormalPoolPriority);
    if (Card == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Card, sizeof(*Card));
    Card->MiniportHandle = Handle;
    Status = GfAttributes(Card);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        PVOID Bar = NULL;

        Status =
            NdisMMapIoSpace(&Bar, Handle, Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
        if (Status == NDIS_STATUS_SUCCESS)
            Card->Bar = Bar;
    }
    if (Status == NDIS_STATUS_SUCCESS)
        Status = GfOpenDma(Card);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = GfConnect(Card);
    if (Status != NDIS_STATUS_SUCCESS)
        GfFree(Card);
    return Status;
}

static VOID GfHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    struct GF_CARD *Card = Context;

    UNREFERENCED_PARAMETER(Action);

    GfFree(Card);
}

static NDIS_STATUS GfPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS GfRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS GfOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    struct GF_CARD *Card = Context;
    NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;

    UNREFERENCED_PARAMETER(Card);
    if (Request->RequestType != NdisRequestSetInformation)
        return NDIS_STATUS_NOT_SUPPORTED;

    return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID GfSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port,
                   ULONG SendFlags)
{
    struct GF_CARD *Card = Context;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    NDIS_STATUS Status = NDIS_STATUS_RESOURCES;
    KIRQL Old = DISPATCH_LEVEL;

    // One packet at a time is all that the chip can do.
    List = Lists;
    if (NET_BUFFER_LIST_NEXT_NBL(List) == NULL)
    {
        NET_BUFFER_LIST_MINIPORT_RESERVED(List)[0] = Card;
        if (AtDispatch)
            NDIS_RAISE_IRQL_TO_DISPATCH(&Old);
        Status = NdisMAllocateNetBufferSGList(Card->Dma, NET_BUFFER_LIST_FIRST_NB(List), List, // expect: defect Irql_Gather_DMA_Function
                                                    NDIS_SG_LIST_WRITE_TO_DEVICE, NULL, 0);
        if (AtDispatch)
            NDIS_LOWER_IRQL(Old, DISPATCH_LEVEL);
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        for (; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
            NET_BUFFER_LIST_STATUS(List) = Status;
        NdisMSendNetBufferListsComplete(Card->MiniportHandle, Lists,
                                        AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
    }
}

static VOID GfUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(GfDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &GfHandlers, &GfDriverHandle);
}
