// Send raises the level while it counts per processor.

#include "ndis.h"

struct CP_NIC {
    NDIS_HANDLE MiniportHandle, InterruptHandle;
    PUCHAR Bar;
    ULONG PerProcessor[32];
};

static MINIPORT_INITIALIZE CpInit;
static MINIPORT_HALT CpHalt;
static MINIPORT_UNLOAD CpUnload;
static MINIPORT_PAUSE CpPause;
static MINIPORT_RESTART CpRestart;
static MINIPORT_OID_REQUEST CpOid;
static MINIPORT_SEND_NET_BUFFER_LISTS CpSend;
static MINIPORT_ISR CpIsr;
static MINIPORT_INTERRUPT_DPC CpDpc;
static MINIPORT_MESSAGE_INTERRUPT CpMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC CpMsiDpc;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS CpHandlers = {
    .Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
        NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
        NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = CpInit,
    .HaltHandlerEx = CpHalt,
    .UnloadHandler = CpUnload,
    .PauseHandler = CpPause,
    .RestartHandler = CpRestart,
    .OidRequestHandler = CpOid,
    .SendNetBufferListsHandler = CpSend,
};

static NDIS_HANDLE CpDriverHandle;

static VOID CpCount(struct CP_NIC* Nic)
{
    KIRQL Old;

    KeRaiseIrql(DISPATCH_LEVEL, &Old);
    Nic->PerProcessor[KeGetCurrentProcessorNumber() & 31]++;
    KeLowerIrql(Old);
}

// Reads and acknowledges the cause of an interrupt.
static ULONG CpAcknowledge(struct CP_NIC* Nic)
{
    ULONG Cause;

    NdisReadRegisterUlong((PULONG)(Nic->Bar + 0x10), &Cause);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x10), Cause);
    return Cause;
}

static BOOLEAN CpHandle(struct CP_NIC* Nic, PBOOLEAN Queue)
{
    ULONG Cause = CpAcknowledge(Nic);

    if (Cause != 0) {
        *Queue = TRUE;
    }
    return Cause != 0;
}

static BOOLEAN CpIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors)
{
    *Queue = FALSE;
    *Processors = 0;
    return CpHandle((struct CP_NIC*)Context, Queue);
}

static BOOLEAN CpMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors)
{
    UNREFERENCED_PARAMETER(MessageId);
    return CpIsr(Context, Queue, Processors);
}

static VOID CpWork(struct CP_NIC* Nic) { NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x14), 1); }

static VOID CpDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    CpWork((struct CP_NIC*)Context);
}

static VOID CpMsiDpc(
    NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(MessageId);
    CpDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID CpFree(struct CP_NIC* Nic)
{
    if (Nic->InterruptHandle != NULL)
        NdisMDeregisterInterruptEx(Nic->InterruptHandle);

    if (Nic->Bar != NULL)
        NdisMUnmapIoSpace(Nic->MiniportHandle, Nic->Bar, 0x100);
    NdisFreeMemory(Nic, sizeof(*Nic), 0);
}

static NDIS_STATUS CpAttributes(struct CP_NIC* Nic)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg = {
        .Header = { NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
            NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
            NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1 },
        .MiniportAdapterContext = Nic,
        .AttributeFlags
        = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER,
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
    NDIS_STATUS Status
        = NdisMSetMiniportAttributes(Nic->MiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);

    return Status != NDIS_STATUS_SUCCESS
        ? Status
        : NdisMSetMiniportAttributes(Nic->MiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}

static NDIS_STATUS CpConnect(struct CP_NIC* Nic)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
        .Header = { NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT, NDIS_MINIPORT_INTERRUPT_REVISION_1,
            NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1 },
        .InterruptHandler = CpIsr,
        .InterruptDpcHandler = CpDpc,
        .MsiSupported = TRUE,
        .MessageInterruptHandler = CpMsiIsr,
        .MessageInterruptDpcHandler = CpMsiDpc,
    };
    NDIS_STATUS Status
        = NdisMRegisterInterruptEx(Nic->MiniportHandle, Nic, &Chars, &Nic->InterruptHandle);

    if (Status != NDIS_STATUS_SUCCESS)
        Nic->InterruptHandle = NULL;
    return Status;
}

static NDIS_STATUS CpInit(
    NDIS_HANDLE Handle, NDIS_HANDLE DriverContext, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
    struct CP_NIC* Nic;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Resources == NULL || Resources->Count < 2)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Nic), 'tabH', NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(*Nic));
    Nic->MiniportHandle = Handle;
    Status = CpAttributes(Nic);
    if (Status == NDIS_STATUS_SUCCESS) {
        PVOID Bar = NULL;

        Status
            = NdisMMapIoSpace(&Bar, Handle, Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
        if (Status == NDIS_STATUS_SUCCESS)
            Nic->Bar = Bar;
    }

    if (Status == NDIS_STATUS_SUCCESS)
        Status = CpConnect(Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        CpFree(Nic);
    return Status;
}

static VOID CpHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    struct CP_NIC* Nic = Context;

    UNREFERENCED_PARAMETER(Action);

    CpFree(Nic);
}

static NDIS_STATUS CpPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS CpRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS CpOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    struct CP_NIC* Nic = Context;
    NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;

    UNREFERENCED_PARAMETER(Nic);
    if (Request->RequestType != NdisRequestSetInformation)
        return NDIS_STATUS_NOT_SUPPORTED;

    return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID CpSend(
    NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    struct CP_NIC* Nic = Context;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    CpCount(Nic);
    NdisMSendNetBufferListsComplete(
        Nic->MiniportHandle, Lists, AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

static VOID CpUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(CpDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &CpHandlers, &CpDriverHandle);
}
