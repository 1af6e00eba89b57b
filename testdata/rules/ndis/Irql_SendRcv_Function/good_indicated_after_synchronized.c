// The DPC indicates a packet when the function that is synchronized with the interrupt has
// returned.

#include "ndis.h"

struct RX_NIC
{
    NDIS_HANDLE MiniportHandle, InterruptHandle;
    PUCHAR Bar;
    NDIS_HANDLE Pool;
    PNET_BUFFER_LIST Ready;
    PNET_BUFFER_LIST Taken;
};

static MINIPORT_INITIALIZE RxInit;
static MINIPORT_HALT RxHalt;
static MINIPORT_UNLOAD RxUnload;
static MINIPORT_PAUSE RxPause;
static MINIPORT_RESTART RxRestart;
static MINIPORT_OID_REQUEST RxOid;
static MINIPORT_SEND_NET_BUFFER_LISTS RxSend;
static MINIPORT_ISR RxIsr;
static MINIPORT_INTERRUPT_DPC RxDpc;
static MINIPORT_MESSAGE_INTERRUPT RxMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC RxMsiDpc;
static MINIPORT_SYNCHRONIZE_INTERRUPT RxTakeReceived;
static MINIPORT_RETURN_NET_BUFFER_LISTS RxReturn;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS RxHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = RxInit,
    .HaltHandlerEx = RxHalt,
    .UnloadHandler = RxUnload,
    .PauseHandler = RxPause,
    .RestartHandler = RxRestart,
    .OidRequestHandler = RxOid,
    .SendNetBufferListsHandler = RxSend,
    .ReturnNetBufferListsHandler = RxReturn,
};

static NDIS_HANDLE RxDriverHandle;

static BOOLEAN RxTakeReceived(NDIS_HANDLE Context)
{
    struct RX_NIC *Nic = Context;
    PNET_BUFFER_LIST List = Nic->Ready;

    Nic->Ready = NULL;
    Nic->Taken = List;
    return List != NULL;
}

static VOID RxReturn(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG ReturnFlags)
{
    struct RX_NIC *Nic = Context;

    UNREFERENCED_PARAMETER(ReturnFlags);
    Nic->Ready = Lists;
}

// Reads and acknowledges the cause of an interrupt.
static ULONG RxAcknowledge(struct RX_NIC *Nic)
{
    ULONG Cause;

    NdisReadRegisterUlong((PULONG)(Nic->Bar + 0x10), &Cause);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x10), Cause);
    return Cause;
}

static BOOLEAN RxHandle(struct RX_NIC *Nic, PBOOLEAN Queue)
{
    ULONG Cause = RxAcknowledge(Nic);

    if (Cause != 0)
    {
        *Queue = TRUE;
    }
    return Cause != 0;
}

static BOOLEAN RxIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors)
{
    *Queue = FALSE;
    *Processors = 0;
    return RxHandle((struct RX_NIC *)Context, Queue);
}

static BOOLEAN RxMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors)
{
    UNREFERENCED_PARAMETER(MessageId);
    return RxIsr(Context, Queue, Processors);
}

static VOID RxWork(struct RX_NIC *Nic)
{
    if (NdisMSynchronizeWithInterruptEx(Nic->InterruptHandle, 0, RxTakeReceived, Nic))
        NdisMIndicateReceiveNetBufferLists(Nic->MiniportHandle, Nic->Taken, 0, 1,
                                           NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL);
    NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x14), 1);
}

static VOID RxDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    RxWork((struct RX_NIC *)Context);
}

static VOID RxMsiDpc(NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle,
                     PVOID Reserved)
{
    UNREFERENCED_PARAMETER(MessageId);
    RxDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID RxFree(struct RX_NIC *Nic)
{
    if (Nic->InterruptHandle != NULL)
        NdisMDeregisterInterruptEx(Nic->InterruptHandle);
    if (Nic->Ready != NULL)
        NdisFreeNetBufferList(Nic->Ready);
    if (Nic->Pool != NULL)
        NdisFreeNetBufferListPool(Nic->Pool);
    if (Nic->Bar != NULL)
        NdisMUnmapIoSpace(Nic->MiniportHandle, Nic->Bar, 0x100);
    NdisFreeMemory(Nic, sizeof(*Nic), 0);
}

static NDIS_STATUS RxAttributes(struct RX_NIC *Nic)
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
    NDIS_STATUS Status =
        NdisMSetMiniportAttributes(Nic->MiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);

    return Status != NDIS_STATUS_SUCCESS
               ? Status
               : NdisMSetMiniportAttributes(Nic->MiniportHandle,
                                            (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}

static NDIS_STATUS RxConnect(struct RX_NIC *Nic)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT, NDIS_MINIPORT_INTERRUPT_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1},
        .InterruptHandler = RxIsr,
        .InterruptDpcHandler = RxDpc,
        .MsiSupported = TRUE,
        .MessageInterruptHandler = RxMsiIsr,
        .MessageInterruptDpcHandler = RxMsiDpc,
    };
    NDIS_STATUS Status =
        NdisMRegisterInterruptEx(Nic->MiniportHandle, Nic, &Chars, &Nic->InterruptHandle);

    if (Status != NDIS_STATUS_SUCCESS)
        Nic->InterruptHandle = NULL;
    return Status;
}

static NDIS_STATUS RxInit(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
    struct RX_NIC *Nic;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Resources == NULL || Resources->Count < 2)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Nic), 'tabH', NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(*Nic));
    Nic->MiniportHandle = Handle;
    Status = RxAttributes(Nic);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        PVOID Bar = NULL;

        Status =
            NdisMMapIoSpace(&Bar, Handle, Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
        if (Status == NDIS_STATUS_SUCCESS)
            Nic->Bar = Bar;
    }
    if (Status == NDIS_STATUS_SUCCESS)
    {
        NET_BUFFER_LIST_POOL_PARAMETERS Pool = {
            .Header = {NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                       NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1},
            .fAllocateNetBuffer = TRUE,
            .PoolTag = 'looP',
        };

        Nic->Pool = NdisAllocateNetBufferListPool(Handle, &Pool);
        if (Nic->Pool != NULL)
            Nic->Ready = NdisAllocateNetBufferAndNetBufferList(Nic->Pool, 0, 0, NULL, 0, 0);
        if (Nic->Ready == NULL)
            Status = NDIS_STATUS_RESOURCES;
    }
    if (Status == NDIS_STATUS_SUCCESS)
        Status = RxConnect(Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        RxFree(Nic);
    return Status;
}

static VOID RxHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    struct RX_NIC *Nic = Context;

    UNREFERENCED_PARAMETER(Action);

    RxFree(Nic);
}

static NDIS_STATUS RxPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS RxRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS RxOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    struct RX_NIC *Nic = Context;
    NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;

    UNREFERENCED_PARAMETER(Nic);
    if (Request->RequestType != NdisRequestSetInformation)
        return NDIS_STATUS_NOT_SUPPORTED;

    return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID RxSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port,
                   ULONG SendFlags)
{
    struct RX_NIC *Nic = Context;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;

    NdisMSendNetBufferListsComplete(Nic->MiniportHandle, Lists,
                                    AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

static VOID RxUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(RxDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &RxHandlers, &RxDriverHandle);
}
