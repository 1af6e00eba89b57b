// The chip reset waits through a function pointer: initialize sleeps, the reset handler, which
// may run at DISPATCH_LEVEL, stalls.

#include <ndis.h>

typedef VOID (*DLY_WAIT)(ULONG Microseconds);

typedef struct _DLY
{
    NDIS_HANDLE Mini;
    NDIS_HANDLE Irq;
    volatile ULONG* Regs;
} DLY, *PDLY;

#define DLY_BAR       256
#define DLY_CONTROL   0
#define DLY_RESETTING 0x80000000

MINIPORT_INITIALIZE DlyInitialize;
MINIPORT_HALT DlyHalt;
MINIPORT_UNLOAD DlyUnload;
MINIPORT_PAUSE DlyPause;
MINIPORT_RESTART DlyRestart;
MINIPORT_OID_REQUEST DlyOid;
MINIPORT_SEND_NET_BUFFER_LISTS DlySend;
MINIPORT_ISR DlyIsr;
MINIPORT_INTERRUPT_DPC DlyDpc;
MINIPORT_RESET DlyReset;
MINIPORT_CHECK_FOR_HANG DlyCheckForHang;

static NDIS_HANDLE DlyDriver;

BOOLEAN
DlyIsr(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    DLY* Adapter = Context;
    ULONG Cause = Adapter->Regs[1];

    *Processors = 0;
    *QueueDpc = FALSE;
    if (Cause == 0)
        return FALSE;
    Adapter->Regs[2] = 0;
    *QueueDpc = TRUE;
    return TRUE;
}

VOID
DlyDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    DLY* Adapter = (DLY*)Context;

    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    Adapter->Regs[2] = 1;
}

static VOID
DlySleep(ULONG Microseconds)
{
    NdisMSleep(Microseconds);
}

static VOID
DlyStall(ULONG Microseconds)
{
    while (Microseconds >= 10) {
        NdisStallExecution(10);
        Microseconds -= 10;
    }
}

enum
{
    WaitSleeping,
    WaitStalling
};

static const DLY_WAIT DlyWaits[] = { DlySleep, DlyStall };

static BOOLEAN
DlyResetChip(PDLY Dly, DLY_WAIT Wait)
{
    ULONG Try;

    Dly->Regs[DLY_CONTROL] = DLY_RESETTING;
    for (Try = 0; Try < 5; Try++) {
        if (!(Dly->Regs[DLY_CONTROL] & DLY_RESETTING))
            return TRUE;
        Wait(40);
    }
    return FALSE;
}

static NDIS_STATUS
DlyAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg = {
        .Header = { NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
                    NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1 },
        .MiniportAdapterContext = AdapterContext,
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
    NDIS_STATUS Status = NdisMSetMiniportAttributes(Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);

    return Status != NDIS_STATUS_SUCCESS
               ? Status
               : NdisMSetMiniportAttributes(Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}

NDIS_STATUS
DlyInitialize(NDIS_HANDLE Handle,
              NDIS_HANDLE DriverContext,
              PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Ic;
    NDIS_STATUS Status;
    PDLY Dly;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Parameters->AllocatedResources == NULL || Parameters->AllocatedResources->Count < 2)
        return NDIS_STATUS_ADAPTER_NOT_FOUND;
    Dly = NdisAllocateMemoryWithTagPriority(Handle, sizeof(DLY), 'yalD', NormalPoolPriority);
    if (Dly == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Dly, sizeof(DLY));
    Dly->Mini = Handle;

    Status = DlyAttributes(Handle, Dly);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Free;
    Status = NdisMMapIoSpace((PVOID*)&Dly->Regs,
                             Handle,
                             Parameters->AllocatedResources->PartialDescriptors[0].u.Memory.Start,
                             DLY_BAR);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Free;
    if (!DlyResetChip(Dly, DlyWaits[WaitSleeping])) {
        Status = NDIS_STATUS_HARD_ERRORS;
        goto Unmap;
    }
    NdisZeroMemory(&Ic, sizeof(Ic));
    Ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Ic.InterruptHandler = DlyIsr;
    Ic.InterruptDpcHandler = DlyDpc;

    Status = NdisMRegisterInterruptEx(Handle, Dly, &Ic, &Dly->Irq);
    if (Status == NDIS_STATUS_SUCCESS)
        return Status;
Unmap:
    NdisMUnmapIoSpace(Handle, (PVOID)Dly->Regs, DLY_BAR);
Free:
    NdisFreeMemory(Dly, 0, 0);
    return Status;
}

VOID
DlyHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    PDLY Dly = Context;

    UNREFERENCED_PARAMETER(Action);
    DlyResetChip(Dly, DlyWaits[WaitSleeping]);
    NdisMDeregisterInterruptEx(Dly->Irq);
    NdisMUnmapIoSpace(Dly->Mini, (PVOID)Dly->Regs, DLY_BAR);
    NdisFreeMemory(Dly, 0, 0);
}

BOOLEAN
DlyCheckForHang(NDIS_HANDLE Context)
{
    PDLY Dly = Context;

    return (BOOLEAN)(Dly->Regs[DLY_CONTROL] == 0xffffffff);
}

NDIS_STATUS
DlyReset(NDIS_HANDLE Context, PBOOLEAN AddressingReset)
{
    PDLY Dly = Context;

    *AddressingReset = TRUE;
    return DlyResetChip(Dly, DlyWaits[WaitStalling]) ? NDIS_STATUS_SUCCESS
                                                     : NDIS_STATUS_HARD_ERRORS;
}

NDIS_STATUS
DlyPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
DlyRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
DlyOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    if (Request->RequestType == NdisRequestSetInformation &&
        Request->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
        Request->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
        return NDIS_STATUS_SUCCESS;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
DlySend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    DLY* Adapter = Context;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(Port);
    for (Current = Lists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current)) {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->Mini,
        Lists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID
DlyUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(DlyDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
    NDIS_STATUS st;

    NdisZeroMemory(&mc, sizeof(mc));
    mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.MajorNdisVersion = 6;
    mc.MinorNdisVersion = 1;
    mc.MajorDriverVersion = 1;
    mc.InitializeHandlerEx = DlyInitialize;
    mc.HaltHandlerEx = DlyHalt;
    mc.UnloadHandler = DlyUnload;
    mc.PauseHandler = DlyPause;
    mc.RestartHandler = DlyRestart;
    mc.OidRequestHandler = DlyOid;
    mc.SendNetBufferListsHandler = DlySend;
    mc.CheckForHangHandlerEx = DlyCheckForHang;
    mc.ResetHandlerEx = DlyReset;
    st = NdisMRegisterMiniportDriver(Driver, Path, NULL, &mc, &DlyDriver);
    if (st != NDIS_STATUS_SUCCESS)
        DlyDriver = NULL;
    return st;
}
