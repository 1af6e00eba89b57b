// Send takes the read/write lock in the form that its flag allows; the DPC is at DISPATCH_LEVEL.

#include "ndis.h"

struct RL_NIC
{
    NDIS_HANDLE MiniportHandle, InterruptHandle;
    PUCHAR Bar;
    PNDIS_RW_LOCK_EX Lock;
    ULONG Filter, Passed;
};

static MINIPORT_INITIALIZE RlInit;
static MINIPORT_HALT RlHalt;
static MINIPORT_UNLOAD RlUnload;
static MINIPORT_PAUSE RlPause;
static MINIPORT_RESTART RlRestart;
static MINIPORT_OID_REQUEST RlOid;
static MINIPORT_SEND_NET_BUFFER_LISTS RlSend;
static MINIPORT_ISR RlIsr;
static MINIPORT_INTERRUPT_DPC RlDpc;
static MINIPORT_MESSAGE_INTERRUPT RlMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC RlMsiDpc;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS RlHandlers = {
    .Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
                NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
                NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = RlInit,
    .HaltHandlerEx = RlHalt,
    .UnloadHandler = RlUnload,
    .PauseHandler = RlPause,
    .RestartHandler = RlRestart,
    .OidRequestHandler = RlOid,
    .SendNetBufferListsHandler = RlSend,
};

static NDIS_HANDLE RlDriverHandle;

static VOID
RlPass(struct RL_NIC* Nic, BOOLEAN AtDispatch)
{
    LOCK_STATE_EX State;

    NdisAcquireRWLockRead(Nic->Lock, &State, AtDispatch ? NDIS_RWL_AT_DISPATCH_LEVEL : 0);
    if (Nic->Filter != 0)
        Nic->Passed++;
    NdisReleaseRWLock(Nic->Lock, &State);
}

// Reads and acknowledges the cause of an interrupt.
static ULONG
RlAcknowledge(struct RL_NIC* Nic)
{
    ULONG Cause;

    NdisReadRegisterUlong((PULONG)(Nic->Bar + 0x10), &Cause);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x10), Cause);
    return Cause;
}

static BOOLEAN
RlHandle(struct RL_NIC* Nic, PBOOLEAN Queue)
{
    ULONG Cause = RlAcknowledge(Nic);

    if (Cause != 0) {
        *Queue = TRUE;
    }
    return Cause != 0;
}

static BOOLEAN
RlIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors)
{
    *Queue = FALSE;
    *Processors = 0;
    return RlHandle((struct RL_NIC*)Context, Queue);
}

static BOOLEAN
RlMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors)
{
    UNREFERENCED_PARAMETER(MessageId);
    return RlIsr(Context, Queue, Processors);
}

static VOID
RlWork(struct RL_NIC* Nic)
{
    RlPass(Nic, TRUE);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x14), 1);
}

static VOID
RlDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    RlWork((struct RL_NIC*)Context);
}

static VOID
RlMsiDpc(NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(MessageId);
    RlDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID
RlFree(struct RL_NIC* Nic)
{
    if (Nic->InterruptHandle != NULL)
        NdisMDeregisterInterruptEx(Nic->InterruptHandle);
    if (Nic->Lock != NULL)
        NdisFreeRWLock(Nic->Lock);
    if (Nic->Bar != NULL)
        NdisMUnmapIoSpace(Nic->MiniportHandle, Nic->Bar, 0x100);
    NdisFreeMemory(Nic, sizeof(*Nic), 0);
}

static NDIS_STATUS
RlAttributes(struct RL_NIC* Nic)
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
RlConnect(struct RL_NIC* Nic)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
        .Header = { NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT,
                    NDIS_MINIPORT_INTERRUPT_REVISION_1,
                    NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1 },
        .InterruptHandler = RlIsr,
        .InterruptDpcHandler = RlDpc,
        .MsiSupported = TRUE,
        .MessageInterruptHandler = RlMsiIsr,
        .MessageInterruptDpcHandler = RlMsiDpc,
    };
    NDIS_STATUS Status =
      NdisMRegisterInterruptEx(Nic->MiniportHandle, Nic, &Chars, &Nic->InterruptHandle);

    if (Status != NDIS_STATUS_SUCCESS)
        Nic->InterruptHandle = NULL;
    return Status;
}

static NDIS_STATUS
RlInit(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
    struct RL_NIC* Nic;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Resources == NULL || Resources->Count < 2)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Nic), 'tabH', NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(*Nic));
    Nic->MiniportHandle = Handle;
    Status = RlAttributes(Nic);
    if (Status == NDIS_STATUS_SUCCESS) {
        PVOID Bar = NULL;

        Status =
          NdisMMapIoSpace(&Bar, Handle, Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
        if (Status == NDIS_STATUS_SUCCESS)
            Nic->Bar = Bar;
    }
    if (Status == NDIS_STATUS_SUCCESS) {
        Nic->Lock = NdisAllocateRWLock(Handle);
        if (Nic->Lock == NULL)
            Status = NDIS_STATUS_RESOURCES;
    }
    if (Status == NDIS_STATUS_SUCCESS)
        Status = RlConnect(Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        RlFree(Nic);
    return Status;
}

static VOID
RlHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    struct RL_NIC* Nic = Context;

    UNREFERENCED_PARAMETER(Action);

    RlFree(Nic);
}

static NDIS_STATUS
RlPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
RlRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
RlOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    struct RL_NIC* Nic = Context;
    NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;

    UNREFERENCED_PARAMETER(Nic);
    if (Request->RequestType != NdisRequestSetInformation)
        return NDIS_STATUS_NOT_SUPPORTED;

    return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID
RlSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    struct RL_NIC* Nic = Context;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    RlPass(Nic, AtDispatch);
    NdisMSendNetBufferListsComplete(
      Nic->MiniportHandle, Lists, AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

static VOID
RlUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(RlDriverHandle);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &RlHandlers, &RlDriverHandle);
}
