// A helper is told whether the level is DISPATCH_LEVEL; send hands on its flag, the DPC says yes.

#include "ndis.h"

struct PM_NIC {
    NDIS_HANDLE MiniportHandle, InterruptHandle;
    PUCHAR Bar;
    NDIS_SPIN_LOCK Lock;
    ULONG Packets;
};

static MINIPORT_INITIALIZE PmInit;
static MINIPORT_HALT PmHalt;
static MINIPORT_UNLOAD PmUnload;
static MINIPORT_PAUSE PmPause;
static MINIPORT_RESTART PmRestart;
static MINIPORT_OID_REQUEST PmOid;
static MINIPORT_SEND_NET_BUFFER_LISTS PmSend;
static MINIPORT_ISR PmIsr;
static MINIPORT_INTERRUPT_DPC PmDpc;
static MINIPORT_MESSAGE_INTERRUPT PmMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC PmMsiDpc;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS PmHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = PmInit,
    .HaltHandlerEx = PmHalt,
    .UnloadHandler = PmUnload,
    .PauseHandler = PmPause,
    .RestartHandler = PmRestart,
    .OidRequestHandler = PmOid,
    .SendNetBufferListsHandler = PmSend,
};

static NDIS_HANDLE PmDriverHandle;

static VOID PmCount(struct PM_NIC *Nic, ULONG Packets, BOOLEAN AtDispatch) {
    if (AtDispatch)
        NdisDprAcquireSpinLock(&Nic->Lock);
    else
        NdisAcquireSpinLock(&Nic->Lock);
    Nic->Packets += Packets;
    if (AtDispatch)
        NdisDprReleaseSpinLock(&Nic->Lock);
    else
        NdisReleaseSpinLock(&Nic->Lock);
}

// Reads and acknowledges the cause of an interrupt.
static ULONG PmAcknowledge(struct PM_NIC *Nic) {
    ULONG Cause;

    NdisReadRegisterUlong((PULONG)(Nic->Bar + 0x10), &Cause);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x10), Cause);
    return Cause;
}

static BOOLEAN PmHandle(struct PM_NIC *Nic, PBOOLEAN Queue) {
    ULONG Cause = PmAcknowledge(Nic);

    if (Cause != 0) {
        *Queue = TRUE;
    }
    return Cause != 0;
}

static BOOLEAN PmIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors) {
    *Queue = FALSE;
    *Processors = 0;
    return PmHandle((struct PM_NIC *)Context, Queue);
}

static BOOLEAN PmMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors) {
    UNREFERENCED_PARAMETER(MessageId);
    return PmIsr(Context, Queue, Processors);
}

static VOID PmWork(struct PM_NIC *Nic) {
    PmCount(Nic, 0, TRUE);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x14), 1);
}

static VOID PmDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved) {
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    PmWork((struct PM_NIC *)Context);
}

static VOID PmMsiDpc(NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle,
                     PVOID Reserved) {
    UNREFERENCED_PARAMETER(MessageId);
    PmDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID PmFree(struct PM_NIC *Nic) {
    if (Nic->InterruptHandle != NULL)
        NdisMDeregisterInterruptEx(Nic->InterruptHandle);
    NdisFreeSpinLock(&Nic->Lock);
    if (Nic->Bar != NULL)
        NdisMUnmapIoSpace(Nic->MiniportHandle, Nic->Bar, 0x100);
    NdisFreeMemory(Nic, sizeof(*Nic), 0);
}

static NDIS_STATUS PmAttributes(struct PM_NIC *Nic) {
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

static NDIS_STATUS PmConnect(struct PM_NIC *Nic) {
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT, NDIS_MINIPORT_INTERRUPT_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1},
        .InterruptHandler = PmIsr,
        .InterruptDpcHandler = PmDpc,
        .MsiSupported = TRUE,
        .MessageInterruptHandler = PmMsiIsr,
        .MessageInterruptDpcHandler = PmMsiDpc,
    };
    NDIS_STATUS Status =
        NdisMRegisterInterruptEx(Nic->MiniportHandle, Nic, &Chars, &Nic->InterruptHandle);

    if (Status != NDIS_STATUS_SUCCESS)
        Nic->InterruptHandle = NULL;
    return Status;
}

static NDIS_STATUS PmInit(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS Parameters) {
    PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
    struct PM_NIC *Nic;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Resources == NULL || Resources->Count < 2)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Nic), 'tabH', NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(*Nic));
    Nic->MiniportHandle = Handle;
    Status = PmAttributes(Nic);
    if (Status == NDIS_STATUS_SUCCESS) {
        PVOID Bar = NULL;

        Status =
            NdisMMapIoSpace(&Bar, Handle, Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
        if (Status == NDIS_STATUS_SUCCESS)
            Nic->Bar = Bar;
    }
    NdisAllocateSpinLock(&Nic->Lock);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = PmConnect(Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        PmFree(Nic);
    return Status;
}

static VOID PmHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action) {
    struct PM_NIC *Nic = Context;

    UNREFERENCED_PARAMETER(Action);

    PmFree(Nic);
}

static NDIS_STATUS PmPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS PmRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS PmOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request) {
    struct PM_NIC *Nic = Context;
    NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;

    UNREFERENCED_PARAMETER(Nic);
    if (Request->RequestType != NdisRequestSetInformation)
        return NDIS_STATUS_NOT_SUPPORTED;

    return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID PmSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port,
                   ULONG SendFlags) {
    struct PM_NIC *Nic = Context;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    PmCount(Nic, 1, AtDispatch);
    NdisMSendNetBufferListsComplete(Nic->MiniportHandle, Lists,
                                    AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

static VOID PmUnload(PDRIVER_OBJECT Driver) {
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(PmDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path) {
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &PmHandlers, &PmDriverHandle);
}
