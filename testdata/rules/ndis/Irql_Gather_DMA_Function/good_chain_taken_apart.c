// Send takes a chain of lists apart and raises the level for each of them.

#include "ndis.h"

struct GC_NIC {
        NDIS_HANDLE MiniportHandle, InterruptHandle;
        PUCHAR Bar;
        NDIS_HANDLE Dma;
};

static MINIPORT_INITIALIZE GcInit;
static MINIPORT_HALT GcHalt;
static MINIPORT_UNLOAD GcUnload;
static MINIPORT_PAUSE GcPause;
static MINIPORT_RESTART GcRestart;
static MINIPORT_OID_REQUEST GcOid;
static MINIPORT_SEND_NET_BUFFER_LISTS GcSend;
static MINIPORT_ISR GcIsr;
static MINIPORT_INTERRUPT_DPC GcDpc;
static MINIPORT_MESSAGE_INTERRUPT GcMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC GcMsiDpc;
static MINIPORT_PROCESS_SG_LIST GcListReady;
static MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE GcMemoryReady;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS GcHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = GcInit,
    .HaltHandlerEx = GcHalt,
    .UnloadHandler = GcUnload,
    .PauseHandler = GcPause,
    .RestartHandler = GcRestart,
    .OidRequestHandler = GcOid,
    .SendNetBufferListsHandler = GcSend,
};

static NDIS_HANDLE GcDriverHandle;

// The hardware has its own copy of the list: the packet is done when the list is read.
static VOID GcListReady(PDEVICE_OBJECT Device, PVOID Reserved, PSCATTER_GATHER_LIST List,
                        PVOID Context)
{
        PNET_BUFFER_LIST Packet = Context;
        struct GC_NIC *Nic = NET_BUFFER_LIST_MINIPORT_RESERVED(Packet)[0];

        UNREFERENCED_PARAMETER(Device);
        UNREFERENCED_PARAMETER(Reserved);
        NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x20), List->Elements[0].Address.LowPart);
        NdisMFreeNetBufferSGList(Nic->Dma, List, NET_BUFFER_LIST_FIRST_NB(Packet));
        NET_BUFFER_LIST_STATUS(Packet) = NDIS_STATUS_SUCCESS;
        NdisMSendNetBufferListsComplete(Nic->MiniportHandle, Packet,
                                        NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
}

static VOID GcMemoryReady(NDIS_HANDLE Context, PVOID Address, PNDIS_PHYSICAL_ADDRESS Physical,
                          ULONG Length, PVOID Request)
{
        UNREFERENCED_PARAMETER(Context);
        UNREFERENCED_PARAMETER(Address);
        UNREFERENCED_PARAMETER(Physical);
        UNREFERENCED_PARAMETER(Length);
        UNREFERENCED_PARAMETER(Request);
}

static NDIS_STATUS GcOpenDma(struct GC_NIC *Nic)
{
        NDIS_SG_DMA_DESCRIPTION Dma = {
            .Header = {NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION, NDIS_SG_DMA_DESCRIPTION_REVISION_1,
                       NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1},
            .Flags = NDIS_SG_DMA_64_BIT_ADDRESS,
            .MaximumPhysicalMapping = 0x10000,
            .ProcessSGListHandler = GcListReady,
            .SharedMemAllocateCompleteHandler = GcMemoryReady,
        };
        NDIS_STATUS Status = NdisMRegisterScatterGatherDma(Nic->MiniportHandle, &Dma, &Nic->Dma);

        if (Status != NDIS_STATUS_SUCCESS)
                Nic->Dma = NULL;
        return Status;
}

// Reads and acknowledges the cause of an interrupt.
static ULONG GcAcknowledge(struct GC_NIC *Nic)
{
        ULONG Cause;

        NdisReadRegisterUlong((PULONG)(Nic->Bar + 0x10), &Cause);
        NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x10), Cause);
        return Cause;
}

static BOOLEAN GcHandle(struct GC_NIC *Nic, PBOOLEAN Queue)
{
        ULONG Cause = GcAcknowledge(Nic);

        if (Cause != 0) {
                *Queue = TRUE;
        }
        return Cause != 0;
}

static BOOLEAN GcIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors)
{
        *Queue = FALSE;
        *Processors = 0;
        return GcHandle((struct GC_NIC *)Context, Queue);
}

static BOOLEAN GcMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors)
{
        UNREFERENCED_PARAMETER(MessageId);
        return GcIsr(Context, Queue, Processors);
}

static VOID GcWork(struct GC_NIC *Nic) { NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x14), 1); }

static VOID GcDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
        UNREFERENCED_PARAMETER(DpcContext);
        UNREFERENCED_PARAMETER(Throttle);
        UNREFERENCED_PARAMETER(Reserved);
        GcWork((struct GC_NIC *)Context);
}

static VOID GcMsiDpc(NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle,
                     PVOID Reserved)
{
        UNREFERENCED_PARAMETER(MessageId);
        GcDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID GcFree(struct GC_NIC *Nic)
{
        if (Nic->InterruptHandle != NULL)
                NdisMDeregisterInterruptEx(Nic->InterruptHandle);
        if (Nic->Dma != NULL)
                NdisMDeregisterScatterGatherDma(Nic->Dma);
        if (Nic->Bar != NULL)
                NdisMUnmapIoSpace(Nic->MiniportHandle, Nic->Bar, 0x100);
        NdisFreeMemory(Nic, sizeof(*Nic), 0);
}

static NDIS_STATUS GcAttributes(struct GC_NIC *Nic)
{
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
        NDIS_STATUS Status = NdisMSetMiniportAttributes(Nic->MiniportHandle,
                                                        (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);

        return Status != NDIS_STATUS_SUCCESS
                   ? Status
                   : NdisMSetMiniportAttributes(Nic->MiniportHandle,
                                                (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}

static NDIS_STATUS GcConnect(struct GC_NIC *Nic)
{
        NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
            .Header = {NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT, NDIS_MINIPORT_INTERRUPT_REVISION_1,
                       NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1},
            .InterruptHandler = GcIsr,
            .InterruptDpcHandler = GcDpc,
            .MsiSupported = TRUE,
            .MessageInterruptHandler = GcMsiIsr,
            .MessageInterruptDpcHandler = GcMsiDpc,
        };
        NDIS_STATUS Status =
            NdisMRegisterInterruptEx(Nic->MiniportHandle, Nic, &Chars, &Nic->InterruptHandle);

        if (Status != NDIS_STATUS_SUCCESS)
                Nic->InterruptHandle = NULL;
        return Status;
}

static NDIS_STATUS GcInit(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
        PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
        struct GC_NIC *Nic;
        NDIS_STATUS Status;

        UNREFERENCED_PARAMETER(DriverContext);
        if (Resources == NULL || Resources->Count < 2)
                return NDIS_STATUS_RESOURCE_CONFLICT;
        Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Nic), 'tabH', NormalPoolPriority);
        if (Nic == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Nic, sizeof(*Nic));
        Nic->MiniportHandle = Handle;
        Status = GcAttributes(Nic);
        if (Status == NDIS_STATUS_SUCCESS) {
                PVOID Bar = NULL;

                Status = NdisMMapIoSpace(&Bar, Handle,
                                         Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
                if (Status == NDIS_STATUS_SUCCESS)
                        Nic->Bar = Bar;
        }
        if (Status == NDIS_STATUS_SUCCESS)
                Status = GcOpenDma(Nic);
        if (Status == NDIS_STATUS_SUCCESS)
                Status = GcConnect(Nic);
        if (Status != NDIS_STATUS_SUCCESS)
                GcFree(Nic);
        return Status;
}

static VOID GcHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
        struct GC_NIC *Nic = Context;

        UNREFERENCED_PARAMETER(Action);

        GcFree(Nic);
}

static NDIS_STATUS GcPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
        UNREFERENCED_PARAMETER(Context);
        UNREFERENCED_PARAMETER(Parameters);
        return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS GcRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
        UNREFERENCED_PARAMETER(Context);
        UNREFERENCED_PARAMETER(Parameters);
        return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS GcOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
        struct GC_NIC *Nic = Context;
        NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;

        UNREFERENCED_PARAMETER(Nic);
        if (Request->RequestType != NdisRequestSetInformation)
                return NDIS_STATUS_NOT_SUPPORTED;

        return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS
                                                    : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID GcSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port,
                   ULONG SendFlags)
{
        struct GC_NIC *Nic = Context;
        BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
        PNET_BUFFER_LIST List;

        UNREFERENCED_PARAMETER(Port);
        PNET_BUFFER_LIST Next;
        NDIS_STATUS Status;
        KIRQL Old;

        for (List = Lists; List != NULL; List = Next) {
                Next = NET_BUFFER_LIST_NEXT_NBL(List);
                NET_BUFFER_LIST_NEXT_NBL(List) = NULL;
                NET_BUFFER_LIST_MINIPORT_RESERVED(List)[0] = Nic;
                NDIS_RAISE_IRQL_TO_DISPATCH(&Old);
                Status = NdisMAllocateNetBufferSGList(Nic->Dma, NET_BUFFER_LIST_FIRST_NB(List),
                                                      List, NDIS_SG_LIST_WRITE_TO_DEVICE, NULL, 0);
                NDIS_LOWER_IRQL(Old, DISPATCH_LEVEL);
                if (Status != NDIS_STATUS_SUCCESS) {
                        NET_BUFFER_LIST_STATUS(List) = Status;
                        NdisMSendNetBufferListsComplete(
                            Nic->MiniportHandle, List,
                            AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
                }
        }
}

static VOID GcUnload(PDRIVER_OBJECT Driver)
{
        UNREFERENCED_PARAMETER(Driver);
        NdisMDeregisterMiniportDriver(GcDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
        return NdisMRegisterMiniportDriver(Driver, Path, NULL, &GcHandlers, &GcDriverHandle);
}
