// Send takes a chain of lists apart and raises the level for each of them unless the flag says
// that it is raised.

#include "ndis.h"

struct GD_NIC
{
    NDIS_HANDLE MiniportHandle, InterruptHandle;
    PUCHAR Bar;
    NDIS_HANDLE Dma;
};

static MINIPORT_INITIALIZE GdInit;
static MINIPORT_HALT GdHalt;
static MINIPORT_UNLOAD GdUnload;
static MINIPORT_PAUSE GdPause;
static MINIPORT_RESTART GdRestart;
static MINIPORT_OID_REQUEST GdOid;
static MINIPORT_SEND_NET_BUFFER_LISTS GdSend;
static MINIPORT_ISR GdIsr;
static MINIPORT_INTERRUPT_DPC GdDpc;
static MINIPORT_MESSAGE_INTERRUPT GdMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC GdMsiDpc;
static MINIPORT_PROCESS_SG_LIST GdListReady;
static MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE GdMemoryReady;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS GdHandlers = {
    .Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
                NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
                NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = GdInit,
    .HaltHandlerEx = GdHalt,
    .UnloadHandler = GdUnload,
    .PauseHandler = GdPause,
    .RestartHandler = GdRestart,
    .OidRequestHandler = GdOid,
    .SendNetBufferListsHandler = GdSend,
};

static NDIS_HANDLE GdDriverHandle;

// The hardware has its own copy of the list: the packet is done when the list is read.
static VOID
GdListReady(PDEVICE_OBJECT Device, PVOID Reserved, PSCATTER_GATHER_LIST List, PVOID Context)
{
    PNET_BUFFER_LIST Packet = Context;
    struct GD_NIC* Nic = NET_BUFFER_LIST_MINIPORT_RESERVED(Packet)[0];

    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(Reserved);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x20), List->Elements[0].Address.LowPart);
    NdisMFreeNetBufferSGList(Nic->Dma, List, NET_BUFFER_LIST_FIRST_NB(Packet));
    NET_BUFFER_LIST_STATUS(Packet) = NDIS_STATUS_SUCCESS;
    NdisMSendNetBufferListsComplete(
      Nic->MiniportHandle, Packet, NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
}

static VOID
GdMemoryReady(NDIS_HANDLE Context,
              PVOID Address,
              PNDIS_PHYSICAL_ADDRESS Physical,
              ULONG Length,
              PVOID Request)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Address);
    UNREFERENCED_PARAMETER(Physical);
    UNREFERENCED_PARAMETER(Length);
    UNREFERENCED_PARAMETER(Request);
}

static NDIS_STATUS
GdOpenDma(struct GD_NIC* Nic)
{
    NDIS_SG_DMA_DESCRIPTION Dma = {
        .Header = { NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION,
                    NDIS_SG_DMA_DESCRIPTION_REVISION_1,
                    NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1 },
        .Flags = NDIS_SG_DMA_64_BIT_ADDRESS,
        .MaximumPhysicalMapping = 0x10000,
        .ProcessSGListHandler = GdListReady,
        .SharedMemAllocateCompleteHandler = GdMemoryReady,
    };
    NDIS_STATUS Status = NdisMRegisterScatterGatherDma(Nic->MiniportHandle, &Dma, &Nic->Dma);

    if (Status != NDIS_STATUS_SUCCESS)
        Nic->Dma = NULL;
    return Status;
}

// Reads and acknowledges the cause of an interrupt.
static ULONG
GdAcknowledge(struct GD_NIC* Nic)
{
    ULONG Cause;

    NdisReadRegisterUlong((PULONG)(Nic->Bar + 0x10), &Cause);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x10), Cause);
    return Cause;
}

static BOOLEAN
GdHandle(struct GD_NIC* Nic, PBOOLEAN Queue)
{
    ULONG Cause = GdAcknowledge(Nic);

    if (Cause != 0) {
        *Queue = TRUE;
    }
    return Cause != 0;
}

static BOOLEAN
GdIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors)
{
    *Queue = FALSE;
    *Processors = 0;
    return GdHandle((struct GD_NIC*)Context, Queue);
}

static BOOLEAN
GdMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors)
{
    UNREFERENCED_PARAMETER(MessageId);
    return GdIsr(Context, Queue, Processors);
}

static VOID
GdWork(struct GD_NIC* Nic)
{
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x14), 1);
}

static VOID
GdDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    GdWork((struct GD_NIC*)Context);
}

static VOID
GdMsiDpc(NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(MessageId);
    GdDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID
GdFree(struct GD_NIC* Nic)
{
    if (Nic->InterruptHandle != NULL)
        NdisMDeregisterInterruptEx(Nic->InterruptHandle);
    if (Nic->Dma != NULL)
        NdisMDeregisterScatterGatherDma(Nic->Dma);
    if (Nic->Bar != NULL)
        NdisMUnmapIoSpace(Nic->MiniportHandle, Nic->Bar, 0x100);
    NdisFreeMemory(Nic, sizeof(*Nic), 0);
}

static NDIS_STATUS
GdAttributes(struct GD_NIC* Nic)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg = {
        .Header = { NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
                    NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1 },
        .MiniportAdapterContext = Nic,
        .AttributeFlags =
          NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER,
        .InterfaceType = NdisInterfacePci,
    };
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Gen = {
        .Header = { NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
                    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1,
                    NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1 },
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

static NDIS_STATUS
GdConnect(struct GD_NIC* Nic)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
        .Header = { NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT,
                    NDIS_MINIPORT_INTERRUPT_REVISION_1,
                    NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1 },
        .InterruptHandler = GdIsr,
        .InterruptDpcHandler = GdDpc,
        .MsiSupported = TRUE,
        .MessageInterruptHandler = GdMsiIsr,
        .MessageInterruptDpcHandler = GdMsiDpc,
    };
    NDIS_STATUS Status =
      NdisMRegisterInterruptEx(Nic->MiniportHandle, Nic, &Chars, &Nic->InterruptHandle);

    if (Status != NDIS_STATUS_SUCCESS)
        Nic->InterruptHandle = NULL;
    return Status;
}

static NDIS_STATUS
GdInit(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
    struct GD_NIC* Nic;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Resources == NULL || Resources->Count < 2)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Nic), 'tabH', NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(*Nic));
    Nic->MiniportHandle = Handle;
    Status = GdAttributes(Nic);
    if (Status == NDIS_STATUS_SUCCESS) {
        PVOID Bar = NULL;

        Status =
          NdisMMapIoSpace(&Bar, Handle, Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
        if (Status == NDIS_STATUS_SUCCESS)
            Nic->Bar = Bar;
    }
    if (Status == NDIS_STATUS_SUCCESS)
        Status = GdOpenDma(Nic);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = GdConnect(Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        GdFree(Nic);
    return Status;
}

static VOID
GdHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    struct GD_NIC* Nic = Context;

    UNREFERENCED_PARAMETER(Action);

    GdFree(Nic);
}

static NDIS_STATUS
GdPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
GdRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
GdOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    struct GD_NIC* Nic = Context;
    NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;

    UNREFERENCED_PARAMETER(Nic);
    if (Request->RequestType != NdisRequestSetInformation)
        return NDIS_STATUS_NOT_SUPPORTED;

    return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID
GdSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    struct GD_NIC* Nic = Context;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    PNET_BUFFER_LIST Next;
    NDIS_STATUS Status;
    KIRQL Old = DISPATCH_LEVEL;

    for (List = Lists; List != NULL; List = Next) {
        Next = NET_BUFFER_LIST_NEXT_NBL(List);
        NET_BUFFER_LIST_NEXT_NBL(List) = NULL;
        NET_BUFFER_LIST_MINIPORT_RESERVED(List)[0] = Nic;
        if (!AtDispatch)
            NDIS_RAISE_IRQL_TO_DISPATCH(&Old);
        Status = NdisMAllocateNetBufferSGList(
          Nic->Dma, NET_BUFFER_LIST_FIRST_NB(List), List, NDIS_SG_LIST_WRITE_TO_DEVICE, NULL, 0);
        if (!AtDispatch)
            NDIS_LOWER_IRQL(Old, DISPATCH_LEVEL);
        if (Status != NDIS_STATUS_SUCCESS) {
            NET_BUFFER_LIST_STATUS(List) = Status;
            NdisMSendNetBufferListsComplete(
              Nic->MiniportHandle, List, AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
        }
    }
}

static VOID
GdUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(GdDriverHandle);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &GdHandlers, &GdDriverHandle);
}
