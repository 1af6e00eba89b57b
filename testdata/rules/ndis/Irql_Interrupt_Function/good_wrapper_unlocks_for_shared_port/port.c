// Ports that share a chip take its lock through wrappers; it is released before the interrupt is
// deregistered.

#include "wr.h"

MINIPORT_INITIALIZE WrInitialize;
MINIPORT_HALT WrHalt;
MINIPORT_UNLOAD WrUnload;
MINIPORT_PAUSE WrPause;
MINIPORT_RESTART WrRestart;
MINIPORT_OID_REQUEST WrOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS WrSend;
MINIPORT_ISR WrIsr;
MINIPORT_INTERRUPT_DPC WrDpc;

static NDIS_HANDLE WrDriver;

BOOLEAN
WrIsr(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    UNREFERENCED_PARAMETER(Context);
    *Processors = 0;
    *QueueDpc = TRUE;
    return TRUE;
}

VOID
WrDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
}

static NDIS_STATUS
WrAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg = {
        .Header =
            {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
             NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
             NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1},
        .MiniportAdapterContext = AdapterContext,
        .AttributeFlags =
            NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER,
        .InterfaceType = NdisInterfacePci,
    };
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Gen = {
        .Header =
            {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
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

NDIS_STATUS
WrInitialize(
    NDIS_HANDLE Handle,
    NDIS_HANDLE DriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    NDIS_STATUS Status;
    WR_PORT *Port;
    UCHAR HeaderType = 0;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Port = (WR_PORT *)NdisAllocateMemoryWithTagPriority(
        Handle, sizeof(WR_PORT), 'troP', NormalPoolPriority);
    if (Port == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Port, sizeof(WR_PORT));
    Port->Miniport = Handle;
    NdisMGetBusData(Handle, PCI_WHICHSPACE_CONFIG, 0x0e, &HeaderType, sizeof(HeaderType));
    Port->Shared = (BOOLEAN)((HeaderType & 0x80) != 0);
    WrLockInitialize(Port);

    Status = WrAttributes(Handle, Port);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Failed;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = WrIsr;
    Chars.InterruptDpcHandler = WrDpc;

    Status = NdisMRegisterInterruptEx(Handle, Port, &Chars, &Port->Interrupt);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Failed;
    return NDIS_STATUS_SUCCESS;

Failed:
    WrLockDelete(Port);
    NdisFreeMemory(Port, 0, 0);
    return Status;
}

VOID
WrHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    WR_PORT *Port = (WR_PORT *)Context;

    UNREFERENCED_PARAMETER(Action);
    WrEnter(Port, Port->Shared);
    Port->Enabled = FALSE;
    WrLeave(Port, Port->Shared);
    NdisMDeregisterInterruptEx(Port->Interrupt);
    WrLockDelete(Port);
    NdisFreeMemory(Port, 0, 0);
}

NDIS_STATUS
WrPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
WrRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
WrOidRequest(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(Context);
    switch (Request->DATA.SET_INFORMATION.Oid)
    {
    case OID_GEN_CURRENT_LOOKAHEAD:
    case OID_GEN_CURRENT_PACKET_FILTER:
        if (Request->RequestType == NdisRequestSetInformation)
            Result = NDIS_STATUS_SUCCESS;
        break;
    default:
        break;
    }
    return Result;
}

VOID
WrSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    WR_PORT *Adapter = Context;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(Port);
    for (Current = Lists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
    {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->Miniport, Lists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID
WrUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(WrDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = WrInitialize;
    Chars.HaltHandlerEx = WrHalt;
    Chars.UnloadHandler = WrUnload;
    Chars.PauseHandler = WrPause;
    Chars.RestartHandler = WrRestart;
    Chars.OidRequestHandler = WrOidRequest;
    Chars.SendNetBufferListsHandler = WrSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &WrDriver);
}
