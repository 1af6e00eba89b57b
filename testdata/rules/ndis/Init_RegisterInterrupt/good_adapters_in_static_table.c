// Up to eight adapters live in a static table; each registers two interrupts and deregisters its
// own two.

#include <ndis.h>

#define SLOTS 8

typedef struct _SLOT
{
    LONG Used;
    NDIS_HANDLE Adapter;
    NDIS_HANDLE Lines[2];
    ULONG LineCount;
} SLOT;

static SLOT Slots[SLOTS];
static NDIS_HANDLE SlotDriver;

MINIPORT_INITIALIZE SlotInitialize;
MINIPORT_HALT SlotHalt;
MINIPORT_UNLOAD SlotUnload;
MINIPORT_PAUSE SlotPause;
MINIPORT_RESTART SlotRestart;
MINIPORT_OID_REQUEST SlotOid;
MINIPORT_SEND_NET_BUFFER_LISTS SlotSend;
MINIPORT_ISR SlotIsr;
MINIPORT_INTERRUPT_DPC SlotDpc;

BOOLEAN SlotIsr(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    UNREFERENCED_PARAMETER(Context);
    *Processors = 0;
    *QueueDpc = TRUE;
    return TRUE;
}

VOID SlotDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
}

static NDIS_STATUS SlotAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                   NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1},
        .MiniportAdapterContext = AdapterContext,
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
    NDIS_STATUS Status = NdisMSetMiniportAttributes(Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);

    return Status != NDIS_STATUS_SUCCESS
               ? Status
               : NdisMSetMiniportAttributes(Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}

static SLOT *SlotTake(VOID)
{
    ULONG n;

    for (n = 0; n < SLOTS; n++)
    {
        if (InterlockedCompareExchange(&Slots[n].Used, 1, 0) == 0)
            return &Slots[n];
    }
    return NULL;
}

static VOID SlotGive(SLOT *Slot)
{
    while (Slot->LineCount > 0)
    {
        Slot->LineCount--;
        NdisMDeregisterInterruptEx(Slot->Lines[Slot->LineCount]);
    }
    Slot->Adapter = NULL;
    InterlockedExchange(&Slot->Used, 0);
}

NDIS_STATUS SlotInitialize(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                           PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    NDIS_STATUS Status;
    SLOT *Slot = SlotTake();

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    if (Slot == NULL)
        return NDIS_STATUS_RESOURCES;
    Slot->Adapter = Handle;

    Status = SlotAttributes(Handle, Slot);
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = SlotIsr;
    Chars.InterruptDpcHandler = SlotDpc;

    while (Status == NDIS_STATUS_SUCCESS && Slot->LineCount < 2)
    {
        Status = NdisMRegisterInterruptEx(Handle, Slot, &Chars, &Slot->Lines[Slot->LineCount]);
        if (Status == NDIS_STATUS_SUCCESS)
            Slot->LineCount++;
    }
    if (Status != NDIS_STATUS_SUCCESS)
        SlotGive(Slot);
    return Status;
}

VOID SlotHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    UNREFERENCED_PARAMETER(Action);
    SlotGive((SLOT *)Context);
}

NDIS_STATUS SlotPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS SlotRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS SlotOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID SlotSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    SLOT *Nic = (SLOT *)Context;
    PNET_BUFFER_LIST Next;
    ULONG CompleteFlags =
        (Flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0;

    UNREFERENCED_PARAMETER(Port);
    do
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(Lists);
        NET_BUFFER_LIST_NEXT_NBL(Lists) = NULL;
        NET_BUFFER_LIST_STATUS(Lists) = NDIS_STATUS_PAUSED;
        NdisMSendNetBufferListsComplete(Nic->Adapter, Lists, CompleteFlags);
        Lists = Next;
    } while (Lists != NULL);
}

VOID SlotUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(SlotDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = SlotInitialize;
    Chars.HaltHandlerEx = SlotHalt;
    Chars.UnloadHandler = SlotUnload;
    Chars.PauseHandler = SlotPause;
    Chars.RestartHandler = SlotRestart;
    Chars.OidRequestHandler = SlotOid;
    Chars.SendNetBufferListsHandler = SlotSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &SlotDriver);
}
