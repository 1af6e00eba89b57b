// The IRQL is asked for in a request, and in a function that send synchronizes with the
// interrupt.

#include "ndis.h"

struct NQ_NIC {
    NDIS_HANDLE MiniportHandle, InterruptHandle;
    PUCHAR Bar;
    KIRQL Seen;
};

static MINIPORT_INITIALIZE NsInit;
static MINIPORT_HALT NsHalt;
static MINIPORT_UNLOAD NsUnload;
static MINIPORT_PAUSE NsPause;
static MINIPORT_RESTART NsRestart;
static MINIPORT_OID_REQUEST NsOid;
static MINIPORT_SEND_NET_BUFFER_LISTS NsSend;
static MINIPORT_ISR NsIsr;
static MINIPORT_INTERRUPT_DPC NsDpc;
static MINIPORT_MESSAGE_INTERRUPT NsMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC NsMsiDpc;
static MINIPORT_SYNCHRONIZE_INTERRUPT NsLook;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS NsHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = NsInit,
    .HaltHandlerEx = NsHalt,
    .UnloadHandler = NsUnload,
    .PauseHandler = NsPause,
    .RestartHandler = NsRestart,
    .OidRequestHandler = NsOid,
    .SendNetBufferListsHandler = NsSend,
};

static NDIS_HANDLE NsDriverHandle;

static BOOLEAN NsLook(NDIS_HANDLE Context) {
    struct NQ_NIC *Nic = Context;

    Nic->Seen = KeGetCurrentIrql();
    return TRUE;
}

// Reads and acknowledges the cause of an interrupt.
static ULONG NsAcknowledge(struct NQ_NIC *Nic) {
    ULONG Cause;

    NdisReadRegisterUlong((PULONG)(Nic->Bar + 0x10), &Cause);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x10), Cause);
    return Cause;
}

static BOOLEAN NsHandle(struct NQ_NIC *Nic, PBOOLEAN Queue) {
    ULONG Cause = NsAcknowledge(Nic);

    if (Cause != 0) {
        *Queue = TRUE;
    }
    return Cause != 0;
}

static BOOLEAN NsIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors) {
    *Queue = FALSE;
    *Processors = 0;
    return NsHandle((struct NQ_NIC *)Context, Queue);
}

static BOOLEAN NsMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors) {
    UNREFERENCED_PARAMETER(MessageId);
    return NsIsr(Context, Queue, Processors);
}

static VOID NsWork(struct NQ_NIC *Nic) { NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x14), 1); }

static VOID NsDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved) {
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    NsWork((struct NQ_NIC *)Context);
}

static VOID NsMsiDpc(NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle,
                     PVOID Reserved) {
    UNREFERENCED_PARAMETER(MessageId);
    NsDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID NsFree(struct NQ_NIC *Nic) {
    if (Nic->InterruptHandle != NULL)
        NdisMDeregisterInterruptEx(Nic->InterruptHandle);

    if (Nic->Bar != NULL)
        NdisMUnmapIoSpace(Nic->MiniportHandle, Nic->Bar, 0x100);
    NdisFreeMemory(Nic, sizeof(*Nic), 0);
}

static NDIS_STATUS NsAttributes(struct NQ_NIC *Nic) {
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

static NDIS_STATUS NsConnect(struct NQ_NIC *Nic) {
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT, NDIS_MINIPORT_INTERRUPT_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1},
        .InterruptHandler = NsIsr,
        .InterruptDpcHandler = NsDpc,
        .MsiSupported = TRUE,
        .MessageInterruptHandler = NsMsiIsr,
        .MessageInterruptDpcHandler = NsMsiDpc,
    };
    NDIS_STATUS Status =
        NdisMRegisterInterruptEx(Nic->MiniportHandle, Nic, &Chars, &Nic->InterruptHandle);

    if (Status != NDIS_STATUS_SUCCESS)
        Nic->InterruptHandle = NULL;
    return Status;
}

static NDIS_STATUS NsInit(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS Parameters) {
    PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
    struct NQ_NIC *Nic;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Resources == NULL || Resources->Count < 2)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Nic), 'tabH', NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(*Nic));
    Nic->MiniportHandle = Handle;
    Status = NsAttributes(Nic);
    if (Status == NDIS_STATUS_SUCCESS) {
        PVOID Bar = NULL;

        Status =
            NdisMMapIoSpace(&Bar, Handle, Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
        if (Status == NDIS_STATUS_SUCCESS)
            Nic->Bar = Bar;
    }

    if (Status == NDIS_STATUS_SUCCESS)
        Status = NsConnect(Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        NsFree(Nic);
    return Status;
}

static VOID NsHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action) {
    struct NQ_NIC *Nic = Context;

    UNREFERENCED_PARAMETER(Action);

    NsFree(Nic);
}

static NDIS_STATUS NsPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS NsRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS NsOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request) {
    struct NQ_NIC *Nic = Context;
    NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;

    UNREFERENCED_PARAMETER(Nic);
    if (Request->RequestType != NdisRequestSetInformation)
        return NDIS_STATUS_NOT_SUPPORTED;
    if (NDIS_CURRENT_IRQL() != PASSIVE_LEVEL)
        return NDIS_STATUS_NOT_ACCEPTED;
    return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID NsSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port,
                   ULONG SendFlags) {
    struct NQ_NIC *Nic = Context;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    NdisMSynchronizeWithInterruptEx(Nic->InterruptHandle, 0, NsLook, Nic);
    NdisMSendNetBufferListsComplete(Nic->MiniportHandle, Lists,
                                    AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

static VOID NsUnload(PDRIVER_OBJECT Driver) {
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(NsDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path) {
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &NsHandlers, &NsDriverHandle);
}
