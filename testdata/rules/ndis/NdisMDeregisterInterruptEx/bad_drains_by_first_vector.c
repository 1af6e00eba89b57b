/* Halt drains each of two vectors through the handle of the first one, which the first round has
 * deregistered. */

#include <ndis.h>

#define N 2

typedef struct {
    NDIS_HANDLE Mini;
    NDIS_HANDLE Vector[N];
    LONG Pending[N];
    ULONG Draining;
} CTX;

static NDIS_HANDLE hDriver;

static BOOLEAN Isr(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    UNREFERENCED_PARAMETER(Context);
    *Processors = 0;
    *QueueDpc = TRUE;
    return TRUE;
}

static VOID Dpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
}

static BOOLEAN Drain(NDIS_HANDLE Context)
{
    CTX *x = Context;

    x->Pending[x->Draining] = 0;
    return TRUE;
}

static NDIS_STATUS Attributes(NDIS_HANDLE Nic, PVOID AdapterContext)
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

static NDIS_STATUS Init(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                        PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Ic;
    NDIS_STATUS Status;
    CTX *x;
    int i = 0;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    if ((x = NdisAllocateMemoryWithTagPriority(Handle, sizeof(CTX), 'xtcN', NormalPoolPriority)) ==
        NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(x, sizeof(CTX));
    x->Mini = Handle;

    if ((Status = Attributes(Handle, x)) == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(&Ic, sizeof(Ic));
        Ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
        Ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
        Ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
        Ic.InterruptHandler = Isr;
        Ic.InterruptDpcHandler = Dpc;

        for (i = 0; i < N; i++)
            if ((Status = NdisMRegisterInterruptEx(Handle, x, &Ic, &x->Vector[i])) !=
                NDIS_STATUS_SUCCESS)
                break;
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        while (--i >= 0)
            NdisMDeregisterInterruptEx(x->Vector[i]);
        NdisFreeMemory(x, 0, 0);
    }
    return Status;
}

static VOID Halt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    CTX *x = Context;
    ULONG i;

    UNREFERENCED_PARAMETER(Action);
    for (i = 0; i < N; i++) {
        x->Draining = i;
        NdisMSynchronizeWithInterruptEx(x->Vector[0], 0, Drain, x); /* expect: defect NdisMDeregisterInterruptEx */
        NdisMDeregisterInterruptEx(x->Vector[i]);
    }
    NdisFreeMemory(x, 0, 0);
}

static NDIS_STATUS Pause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS Restart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS Oid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID Send(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    CTX *Nic = (CTX *)Context;
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

static VOID Unload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(hDriver);
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
    Chars.InitializeHandlerEx = Init;
    Chars.HaltHandlerEx = Halt;
    Chars.UnloadHandler = Unload;
    Chars.PauseHandler = Pause;
    Chars.RestartHandler = Restart;
    Chars.OidRequestHandler = Oid;
    Chars.SendNetBufferListsHandler = Send;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &hDriver);
}
