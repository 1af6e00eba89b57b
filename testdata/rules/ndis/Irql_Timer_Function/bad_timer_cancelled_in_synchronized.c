// A function that runs synchronized with the interrupt cancels the timer.

#include "ndis.h"

struct SY_NIC {
    NDIS_HANDLE MiniportHandle, InterruptHandle;
    PUCHAR Bar;
    NDIS_HANDLE Timer;
    ULONG Expired, Stopped;
};

static MINIPORT_INITIALIZE SyInit;
static MINIPORT_HALT SyHalt;
static MINIPORT_UNLOAD SyUnload;
static MINIPORT_PAUSE SyPause;
static MINIPORT_RESTART SyRestart;
static MINIPORT_OID_REQUEST SyOid;
static MINIPORT_SEND_NET_BUFFER_LISTS SySend;
static MINIPORT_ISR SyIsr;
static MINIPORT_INTERRUPT_DPC SyDpc;
static MINIPORT_MESSAGE_INTERRUPT SyMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC SyMsiDpc;
static NDIS_TIMER_FUNCTION SyExpired;
static MINIPORT_SYNCHRONIZE_INTERRUPT SyStop;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS SyHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = SyInit,
    .HaltHandlerEx = SyHalt,
    .UnloadHandler = SyUnload,
    .PauseHandler = SyPause,
    .RestartHandler = SyRestart,
    .OidRequestHandler = SyOid,
    .SendNetBufferListsHandler = SySend,
};

static NDIS_HANDLE SyDriverHandle;

static VOID SyExpired(PVOID Unused1, PVOID Context, PVOID Unused2, PVOID Unused3) {
    struct SY_NIC *Nic = Context;

    UNREFERENCED_PARAMETER(Unused1);
    UNREFERENCED_PARAMETER(Unused2);
    UNREFERENCED_PARAMETER(Unused3);
    Nic->Expired++;
}

static BOOLEAN SyStop(NDIS_HANDLE Context) {
    struct SY_NIC *Nic = Context;

    Nic->Stopped++;
    return NdisCancelTimerObject(Nic->Timer); // expect: defect Irql_Timer_Function
}

// Reads and acknowledges the cause of an interrupt.
static ULONG SyAcknowledge(struct SY_NIC *Nic) {
    ULONG Cause;

    NdisReadRegisterUlong((PULONG)(Nic->Bar + 0x10), &Cause);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x10), Cause);
    return Cause;
}

static BOOLEAN SyHandle(struct SY_NIC *Nic, PBOOLEAN Queue) {
    ULONG Cause = SyAcknowledge(Nic);

    if (Cause != 0) {
        *Queue = TRUE;
    }
    return Cause != 0;
}

static BOOLEAN SyIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors) {
    *Queue = FALSE;
    *Processors = 0;
    return SyHandle((struct SY_NIC *)Context, Queue);
}

static BOOLEAN SyMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors) {
    UNREFERENCED_PARAMETER(MessageId);
    return SyIsr(Context, Queue, Processors);
}

static VOID SyWork(struct SY_NIC *Nic) { NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x14), 1); }

static VOID SyDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved) {
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    SyWork((struct SY_NIC *)Context);
}

static VOID SyMsiDpc(NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle,
                     PVOID Reserved) {
    UNREFERENCED_PARAMETER(MessageId);
    SyDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID SyFree(struct SY_NIC *Nic) {
    if (Nic->InterruptHandle != NULL)
        NdisMDeregisterInterruptEx(Nic->InterruptHandle);
    if (Nic->Timer != NULL) {
        NdisCancelTimerObject(Nic->Timer);
        NdisFreeTimerObject(Nic->Timer);
    }
    if (Nic->Bar != NULL)
        NdisMUnmapIoSpace(Nic->MiniportHandle, Nic->Bar, 0x100);
    NdisFreeMemory(Nic, sizeof(*Nic), 0);
}

static NDIS_STATUS SyAttributes(struct SY_NIC *Nic) {
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

static NDIS_STATUS SyConnect(struct SY_NIC *Nic) {
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT, NDIS_MINIPORT_INTERRUPT_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1},
        .InterruptHandler = SyIsr,
        .InterruptDpcHandler = SyDpc,
        .MsiSupported = TRUE,
        .MessageInterruptHandler = SyMsiIsr,
        .MessageInterruptDpcHandler = SyMsiDpc,
    };
    NDIS_STATUS Status =
        NdisMRegisterInterruptEx(Nic->MiniportHandle, Nic, &Chars, &Nic->InterruptHandle);

    if (Status != NDIS_STATUS_SUCCESS)
        Nic->InterruptHandle = NULL;
    return Status;
}

static NDIS_STATUS SyInit(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS Parameters) {
    PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
    struct SY_NIC *Nic;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Resources == NULL || Resources->Count < 2)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Nic), 'tabH', NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(*Nic));
    Nic->MiniportHandle = Handle;
    Status = SyAttributes(Nic);
    if (Status == NDIS_STATUS_SUCCESS) {
        PVOID Bar = NULL;

        Status =
            NdisMMapIoSpace(&Bar, Handle, Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
        if (Status == NDIS_STATUS_SUCCESS)
            Nic->Bar = Bar;
    }
    if (Status == NDIS_STATUS_SUCCESS) {
        NDIS_TIMER_CHARACTERISTICS Timer = {
            .Header = {NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS,
                       NDIS_TIMER_CHARACTERISTICS_REVISION_1,
                       NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1},
            .AllocationTag = 'remT',
            .TimerFunction = SyExpired,
            .FunctionContext = Nic,
        };
        LARGE_INTEGER Due = {.QuadPart = -10000000};

        Status = NdisAllocateTimerObject(Handle, &Timer, &Nic->Timer);
        if (Status != NDIS_STATUS_SUCCESS)
            Nic->Timer = NULL;
        else
            NdisSetTimerObject(Nic->Timer, Due, 0, NULL);
    }
    if (Status == NDIS_STATUS_SUCCESS)
        Status = SyConnect(Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        SyFree(Nic);
    return Status;
}

static VOID SyHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action) {
    struct SY_NIC *Nic = Context;

    UNREFERENCED_PARAMETER(Action);

    SyFree(Nic);
}

static NDIS_STATUS SyPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS SyRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS SyOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request) {
    struct SY_NIC *Nic = Context;
    NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;
    if (Request->RequestType != NdisRequestSetInformation)
        return NDIS_STATUS_NOT_SUPPORTED;
    if (Oid == OID_GEN_INTERRUPT_MODERATION)
        return NdisMSynchronizeWithInterruptEx(Nic->InterruptHandle, 0, SyStop, Nic)
                   ? NDIS_STATUS_SUCCESS
                   : NDIS_STATUS_NOT_ACCEPTED;
    return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID SySend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port,
                   ULONG SendFlags) {
    struct SY_NIC *Nic = Context;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;

    NdisMSendNetBufferListsComplete(Nic->MiniportHandle, Lists,
                                    AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

static VOID SyUnload(PDRIVER_OBJECT Driver) {
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(SyDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path) {
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &SyHandlers, &SyDriverHandle);
}
