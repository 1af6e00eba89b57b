// The second interrupt is optional; halt tests and deregisters each of the two.

#include <ndis.h>

typedef struct {
    NDIS_HANDLE Mp;
    NDIS_HANDLE DataLine;
    NDIS_HANDLE ManagementLine;
} TW;

static NDIS_HANDLE DriverHandle;

static BOOLEAN TwIsr(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    UNREFERENCED_PARAMETER(Context);
    *Processors = 0;
    *QueueDpc = TRUE;
    return TRUE;
}

static VOID TwDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
}

static NDIS_STATUS SetAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
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

static BOOLEAN Connect(TW *Tw, NDIS_HANDLE *Line)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = TwIsr;
    Chars.InterruptDpcHandler = TwDpc;

    if (NdisMRegisterInterruptEx(Tw->Mp, Tw, &Chars, Line) == NDIS_STATUS_SUCCESS)
        return TRUE;
    *Line = NULL;
    return FALSE;
}

static NDIS_STATUS TwInitialize(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                                PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    TW *Tw = NdisAllocateMemoryWithTagPriority(Handle, sizeof(TW), 'WTWT', NormalPoolPriority);
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    if (!Tw)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Tw, sizeof(TW));
    Tw->Mp = Handle;

    Status = SetAttributes(Handle, Tw);
    if (NT_SUCCESS(Status) && !Connect(Tw, &Tw->DataLine))
        Status = NDIS_STATUS_RESOURCES;
    if (!NT_SUCCESS(Status)) {
        NdisFreeMemory(Tw, 0, 0);
        return Status;
    }
    if (!Connect(Tw, &Tw->ManagementLine))
        NdisWriteErrorLogEntry(Handle, NDIS_ERROR_CODE_INTERRUPT_CONNECT, 1, 2);
    return NDIS_STATUS_SUCCESS;
}

static VOID TwHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    TW *Tw = Context;

    UNREFERENCED_PARAMETER(Action);
    if (Tw->DataLine)
        NdisMDeregisterInterruptEx(Tw->DataLine);
    if (Tw->ManagementLine)
        NdisMDeregisterInterruptEx(Tw->ManagementLine);
    NdisFreeMemory(Tw, 0, 0);
}

static NDIS_STATUS TwPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS TwRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS TwOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    if (Request->RequestType == NdisRequestSetInformation &&
        Request->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
        Request->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
        return NDIS_STATUS_SUCCESS;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID TwSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    TW *Adapter = Context;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(Port);
    for (Current = Lists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current)) {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->Mp, Lists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

static VOID TwUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(DriverHandle);
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
    Chars.InitializeHandlerEx = TwInitialize;
    Chars.HaltHandlerEx = TwHalt;
    Chars.UnloadHandler = TwUnload;
    Chars.PauseHandler = TwPause;
    Chars.RestartHandler = TwRestart;
    Chars.OidRequestHandler = TwOid;
    Chars.SendNetBufferListsHandler = TwSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &DriverHandle);
}
