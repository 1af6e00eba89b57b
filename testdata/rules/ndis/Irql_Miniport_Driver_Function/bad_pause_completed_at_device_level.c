// The pending pause is completed by the function that runs at device level under the interrupt
// lock.

#include <ndis.h>

typedef enum _QU_PAUSE
{
    QuPauseNone,
    QuPausePending,
    QuPauseTaken
} QU_PAUSE;

typedef struct _QU_ADAPTER
{
    NDIS_HANDLE AdapterHandle;
    NDIS_HANDLE InterruptHandle;
    QU_PAUSE Pause;
} QU_ADAPTER, *PQU_ADAPTER;

MINIPORT_INITIALIZE QuInitialize;
MINIPORT_HALT QuHalt;
MINIPORT_UNLOAD QuUnload;
MINIPORT_PAUSE QuPause;
MINIPORT_RESTART QuRestart;
MINIPORT_OID_REQUEST QuOid;
MINIPORT_SEND_NET_BUFFER_LISTS QuSend;
MINIPORT_ISR QuIsr;
MINIPORT_INTERRUPT_DPC QuDpc;
MINIPORT_SYNCHRONIZE_INTERRUPT QuTakePause;

NDIS_HANDLE QuDriver;

BOOLEAN
QuIsr(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    UNREFERENCED_PARAMETER(Context);
    *Processors = 0;
    *QueueDpc = TRUE;
    return TRUE;
}

BOOLEAN
QuTakePause(NDIS_HANDLE Context)
{
    PQU_ADAPTER Adapter = (PQU_ADAPTER)Context;

    if (Adapter->Pause != QuPausePending)
        return FALSE;
    Adapter->Pause = QuPauseTaken;
    NdisMPauseComplete(Adapter->AdapterHandle); // expect: defect Irql_Miniport_Driver_Function
    return TRUE;
}

VOID
QuDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    PQU_ADAPTER Adapter = (PQU_ADAPTER)Context;

    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    NdisMSynchronizeWithInterruptEx(Adapter->InterruptHandle, 0, QuTakePause, Adapter);
}

static NDIS_STATUS
QuAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
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
QuInitialize(
    NDIS_HANDLE Handle,
    NDIS_HANDLE DriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    PQU_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Adapter =
        NdisAllocateMemoryWithTagPriority(Handle, sizeof(QU_ADAPTER), 'dAuQ', NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(QU_ADAPTER));
    Adapter->AdapterHandle = Handle;
    Adapter->Pause = QuPauseNone;

    Status = QuAttributes(Handle, Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        NdisZeroMemory(&Chars, sizeof(Chars));
        Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
        Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
        Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
        Chars.InterruptHandler = QuIsr;
        Chars.InterruptDpcHandler = QuDpc;

        Status = NdisMRegisterInterruptEx(Handle, Adapter, &Chars, &Adapter->InterruptHandle);
    }
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID
QuHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    PQU_ADAPTER Adapter = (PQU_ADAPTER)Context;

    UNREFERENCED_PARAMETER(Action);
    NdisMDeregisterInterruptEx(Adapter->InterruptHandle);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
QuPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    PQU_ADAPTER Adapter = (PQU_ADAPTER)Context;

    UNREFERENCED_PARAMETER(Parameters);
    Adapter->Pause = QuPausePending;
    NdisMQueueDpc(Adapter->InterruptHandle, 0, 1, NULL);
    return NDIS_STATUS_PENDING;
}

NDIS_STATUS
QuRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    PQU_ADAPTER Adapter = (PQU_ADAPTER)Context;

    UNREFERENCED_PARAMETER(Parameters);
    Adapter->Pause = QuPauseNone;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
QuOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
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
QuSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    QU_ADAPTER *Nic = (QU_ADAPTER *)Context;
    PNET_BUFFER_LIST Next;
    ULONG CompleteFlags =
        (Flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0;

    UNREFERENCED_PARAMETER(Port);
    do
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(Lists);
        NET_BUFFER_LIST_NEXT_NBL(Lists) = NULL;
        NET_BUFFER_LIST_STATUS(Lists) = NDIS_STATUS_PAUSED;
        NdisMSendNetBufferListsComplete(Nic->AdapterHandle, Lists, CompleteFlags);
        Lists = Next;
    } while (Lists != NULL);
}

VOID
QuUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(QuDriver);
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
    Chars.InitializeHandlerEx = QuInitialize;
    Chars.HaltHandlerEx = QuHalt;
    Chars.UnloadHandler = QuUnload;
    Chars.PauseHandler = QuPause;
    Chars.RestartHandler = QuRestart;
    Chars.OidRequestHandler = QuOid;
    Chars.SendNetBufferListsHandler = QuSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &QuDriver);
}
