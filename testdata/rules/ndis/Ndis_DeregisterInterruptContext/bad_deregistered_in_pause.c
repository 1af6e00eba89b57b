// Pause deregisters the interrupt, as if it were the halt handler.

#include <ndis.h>

#define PS_TAG ' nsP'

typedef struct _PS_NIC
{
    NDIS_HANDLE MiniportHandle;
    NDIS_HANDLE Interrupt;
    BOOLEAN Masked;
} PS_NIC, *PPS_NIC;

MINIPORT_INITIALIZE PsInitialize;
MINIPORT_HALT PsHalt;
MINIPORT_UNLOAD PsUnload;
MINIPORT_PAUSE PsPause;
MINIPORT_RESTART PsRestart;
MINIPORT_OID_REQUEST PsOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS PsSend;
MINIPORT_ISR PsIsr;
MINIPORT_INTERRUPT_DPC PsDpc;
MINIPORT_SYNCHRONIZE_INTERRUPT PsSync;

NDIS_HANDLE PsDriver = NULL;

BOOLEAN
PsIsr(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    PPS_NIC Nic = (PPS_NIC)Context;

    *Processors = 0;
    *QueueDpc = (BOOLEAN)!Nic->Masked;
    return *QueueDpc;
}

VOID
PsDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
}

BOOLEAN
PsSync(NDIS_HANDLE Context)
{
    PPS_NIC Nic = (PPS_NIC)Context;

    Nic->Masked = TRUE;
    return TRUE;
}

static VOID
PsDisconnect(PPS_NIC Nic)
{
    if (Nic->Interrupt != NULL)
    {
        NdisMDeregisterInterruptEx(Nic->Interrupt); // expect: defect Ndis_DeregisterInterruptContext
        Nic->Interrupt = NULL;
    }
}

static NDIS_STATUS
PsAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
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
PsInitialize(
    NDIS_HANDLE Handle,
    NDIS_HANDLE DriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    NDIS_STATUS Status;
    PPS_NIC Nic;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(PS_NIC), PS_TAG, NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(PS_NIC));
    Nic->MiniportHandle = Handle;
    Status = PsAttributes(Handle, Nic);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        NdisZeroMemory(&Chars, sizeof(Chars));
        Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
        Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
        Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
        Chars.InterruptHandler = PsIsr;
        Chars.InterruptDpcHandler = PsDpc;

        Status = NdisMRegisterInterruptEx(Handle, Nic, &Chars, &Nic->Interrupt);
    }
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Nic, 0, 0);
    return Status;
}

VOID
PsHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    PPS_NIC Nic = (PPS_NIC)Context;

    UNREFERENCED_PARAMETER(Action);
    PsDisconnect(Nic);
    NdisFreeMemory(Nic, 0, 0);
}

NDIS_STATUS
PsPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    PPS_NIC Nic = (PPS_NIC)Context;

    UNREFERENCED_PARAMETER(Parameters);
    if (Nic->Interrupt != NULL)
    {
        NdisMSynchronizeWithInterruptEx(Nic->Interrupt, 0, PsSync, Nic);
    }
    PsDisconnect(Nic);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
PsRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    PPS_NIC Nic = (PPS_NIC)Context;

    UNREFERENCED_PARAMETER(Parameters);
    Nic->Masked = FALSE;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
PsOidRequest(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    return Request->RequestType == NdisRequestQueryStatistics ? NDIS_STATUS_INVALID_OID
                                                              : NDIS_STATUS_NOT_SUPPORTED;
}

VOID
PsSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    PS_NIC *Adapter = Context;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(Port);
    for (Current = Lists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
    {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->MiniportHandle, Lists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID
PsUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(PsDriver);
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
    Chars.InitializeHandlerEx = PsInitialize;
    Chars.HaltHandlerEx = PsHalt;
    Chars.UnloadHandler = PsUnload;
    Chars.PauseHandler = PsPause;
    Chars.RestartHandler = PsRestart;
    Chars.OidRequestHandler = PsOidRequest;
    Chars.SendNetBufferListsHandler = PsSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &PsDriver);
}
