// Initialize walks a table of steps; the entry of the interrupt has no undo function.

#include <ndis.h>

#define TBL_TAG 'lbaT'

typedef struct _TBL
{
    NDIS_HANDLE Handle;
    NDIS_HANDLE Interrupt;
    NDIS_HANDLE WorkItem;
    PVOID Scratch;
    ULONG Reached;
} TBL, *PTBL;

typedef struct _TBL_STEP
{
    NDIS_STATUS (*Do)(PTBL Tbl);
    VOID (*Undo)(PTBL Tbl);
} TBL_STEP;

MINIPORT_INITIALIZE TblInitialize;
MINIPORT_HALT TblHalt;
MINIPORT_UNLOAD TblUnload;
MINIPORT_PAUSE TblPause;
MINIPORT_RESTART TblRestart;
MINIPORT_OID_REQUEST TblOid;
MINIPORT_SEND_NET_BUFFER_LISTS TblSend;
MINIPORT_ISR TblIsr;
MINIPORT_INTERRUPT_DPC TblDpc;

static NDIS_HANDLE TblDriver;

BOOLEAN TblIsr(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    UNREFERENCED_PARAMETER(Context);
    *Processors = 0;
    *QueueDpc = TRUE;
    return TRUE;
}

VOID TblDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
}

static NDIS_STATUS TblAttributes(TBL *Tbl)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = Tbl;
    Registration.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status =
        NdisMSetMiniportAttributes(Tbl->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;

    NdisZeroMemory(&General, sizeof(General));
    General.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    General.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.MediaType = NdisMedium802_3;
    General.MtuSize = 1500;
    General.MacAddressLength = 6;
    General.AccessType = NET_IF_ACCESS_BROADCAST;
    General.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    General.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    General.IfType = IF_TYPE_ETHERNET_CSMACD;
    return NdisMSetMiniportAttributes(Tbl->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

static NDIS_STATUS TblDoWorkItem(PTBL Tbl)
{
    Tbl->WorkItem = NdisAllocateIoWorkItem(Tbl->Handle);
    return Tbl->WorkItem != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
}

static VOID TblUndoWorkItem(PTBL Tbl)
{
    NdisFreeIoWorkItem(Tbl->WorkItem);
}

static NDIS_STATUS TblDoInterrupt(PTBL Tbl)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = TblIsr;
    Chars.InterruptDpcHandler = TblDpc;

    return NdisMRegisterInterruptEx(Tbl->Handle, Tbl, &Chars, &Tbl->Interrupt);
}

VOID TblUndoInterrupt(PTBL Tbl)
{
    NdisMDeregisterInterruptEx(Tbl->Interrupt);
}

static NDIS_STATUS TblDoScratch(PTBL Tbl)
{
    Tbl->Scratch = NdisAllocateMemoryWithTagPriority(Tbl->Handle, 256, TBL_TAG, NormalPoolPriority);
    return Tbl->Scratch != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
}

static VOID TblUndoScratch(PTBL Tbl)
{
    NdisFreeMemory(Tbl->Scratch, 0, 0);
}

static const TBL_STEP TblSteps[] = {
    {TblAttributes, NULL},
    {TblDoWorkItem, TblUndoWorkItem},
    {TblDoInterrupt, NULL},
    {TblDoScratch, TblUndoScratch},
};

static VOID TblBack(PTBL Tbl)
{
    while (Tbl->Reached > 0)
    {
        Tbl->Reached--;
        if (TblSteps[Tbl->Reached].Undo != NULL)
        {
            TblSteps[Tbl->Reached].Undo(Tbl);
        }
    }
    NdisFreeMemory(Tbl, 0, 0);
}

NDIS_STATUS TblInitialize(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;
    PTBL Tbl;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Tbl = NdisAllocateMemoryWithTagPriority(Handle, sizeof(TBL), TBL_TAG, NormalPoolPriority);
    if (Tbl == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Tbl, sizeof(TBL));
    Tbl->Handle = Handle;

    while (Tbl->Reached < ARRAYSIZE(TblSteps))
    {
        Status = TblSteps[Tbl->Reached].Do(Tbl);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            TblBack(Tbl);
            return Status; // expect: defect Init_DeRegisterInterrupt
        }
        Tbl->Reached++;
    }
    return Status;
}

VOID TblHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    UNREFERENCED_PARAMETER(Action);
    TblBack((PTBL)Context);
} // expect: defect Init_DeRegisterInterrupt

NDIS_STATUS TblPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS TblRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS TblOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
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

VOID TblSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    TBL *a = (TBL *)Context;
    PNET_BUFFER_LIST cur = Lists;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(Port);
    while (cur)
    {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(a->Handle, Lists, done);
}

VOID TblUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(TblDriver);
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
    Chars.InitializeHandlerEx = TblInitialize;
    Chars.HaltHandlerEx = TblHalt;
    Chars.UnloadHandler = TblUnload;
    Chars.PauseHandler = TblPause;
    Chars.RestartHandler = TblRestart;
    Chars.OidRequestHandler = TblOid;
    Chars.SendNetBufferListsHandler = TblSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &TblDriver);
}
