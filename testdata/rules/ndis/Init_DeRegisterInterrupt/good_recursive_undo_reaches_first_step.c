// Initialize takes numbered steps; a recursive function undoes them from the last one down to
// the first.

#include <ndis.h>

typedef struct _RC_CONTEXT
{
    NDIS_HANDLE Mini;
    NDIS_HANDLE Irq;
    PVOID Table;
    PVOID Shadow;
    ULONG Steps;
} RC_CONTEXT, *PRC_CONTEXT;

MINIPORT_INITIALIZE RcInitialize;
MINIPORT_HALT RcHalt;
MINIPORT_UNLOAD RcUnload;
MINIPORT_PAUSE RcPause;
MINIPORT_RESTART RcRestart;
MINIPORT_OID_REQUEST RcOid;
MINIPORT_SEND_NET_BUFFER_LISTS RcSend;
MINIPORT_ISR RcIsr;
MINIPORT_INTERRUPT_DPC RcDpc;

static NDIS_HANDLE RcDriver = NULL;

BOOLEAN
RcIsr(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    UNREFERENCED_PARAMETER(Context);
    *Processors = 0;
    *QueueDpc = TRUE;
    return TRUE;
}

VOID
RcDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
}

static NDIS_STATUS
RcSetAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
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

static PVOID
RcAllocate(PRC_CONTEXT Rc, UINT Size)
{
    PVOID Memory = NdisAllocateMemoryWithTagPriority(Rc->Mini, Size, 'txcR', NormalPoolPriority);

    if (Memory != NULL)
        NdisZeroMemory(Memory, Size);
    return Memory;
}

static NDIS_STATUS
RcStep(PRC_CONTEXT Rc, ULONG Step)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Ic;

    switch (Step) {
    case 0:
        return RcSetAttributes(Rc->Mini, Rc);
    case 1:
        NdisZeroMemory(&Ic, sizeof(Ic));
        Ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
        Ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
        Ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
        Ic.InterruptHandler = RcIsr;
        Ic.InterruptDpcHandler = RcDpc;

        return NdisMRegisterInterruptEx(Rc->Mini, Rc, &Ic, &Rc->Irq);
    case 2:
        Rc->Table = RcAllocate(Rc, 128);
        return Rc->Table ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
    default:
        Rc->Shadow = RcAllocate(Rc, 64);
        return Rc->Shadow ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
    }
}

static VOID
RcUndo(PRC_CONTEXT Rc, ULONG Done)
{
    if (Done == 0)
        return;
    switch (Done - 1) {
    case 1:
        NdisMDeregisterInterruptEx(Rc->Irq);
        break;
    case 2:
        NdisFreeMemory(Rc->Table, 0, 0);
        break;
    case 3:
        NdisFreeMemory(Rc->Shadow, 0, 0);
        break;
    }
    RcUndo(Rc, Done - 1);
}

NDIS_STATUS
RcInitialize(NDIS_HANDLE Handle,
             NDIS_HANDLE DriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;
    PRC_CONTEXT Rc;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Rc = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Rc), 'txcR', NormalPoolPriority);
    if (Rc == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Rc, sizeof(*Rc));
    Rc->Mini = Handle;

    while (Rc->Steps < 4) {
        Status = RcStep(Rc, Rc->Steps);
        if (Status != NDIS_STATUS_SUCCESS)
            break;
        Rc->Steps++;
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        RcUndo(Rc, Rc->Steps);
        NdisFreeMemory(Rc, 0, 0);
    }
    return Status;
}

VOID
RcHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    PRC_CONTEXT Rc = Context;

    UNREFERENCED_PARAMETER(Action);
    RcUndo(Rc, Rc->Steps);
    NdisFreeMemory(Rc, 0, 0);
}

NDIS_STATUS
RcPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
RcRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
RcOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
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
RcSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    RC_CONTEXT* Nic = (RC_CONTEXT*)Context;
    PNET_BUFFER_LIST Next;
    ULONG CompleteFlags =
        (Flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0;

    UNREFERENCED_PARAMETER(Port);
    do {
        Next = NET_BUFFER_LIST_NEXT_NBL(Lists);
        NET_BUFFER_LIST_NEXT_NBL(Lists) = NULL;
        NET_BUFFER_LIST_STATUS(Lists) = NDIS_STATUS_PAUSED;
        NdisMSendNetBufferListsComplete(Nic->Mini, Lists, CompleteFlags);
        Lists = Next;
    } while (Lists != NULL);
}

VOID
RcUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(RcDriver);
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
    mc.InitializeHandlerEx = RcInitialize;
    mc.HaltHandlerEx = RcHalt;
    mc.UnloadHandler = RcUnload;
    mc.PauseHandler = RcPause;
    mc.RestartHandler = RcRestart;
    mc.OidRequestHandler = RcOid;
    mc.SendNetBufferListsHandler = RcSend;
    st = NdisMRegisterMiniportDriver(Driver, Path, NULL, &mc, &RcDriver);
    if (st != NDIS_STATUS_SUCCESS)
        RcDriver = NULL;
    return st;
}
