// A pended restart is completed by a timer function, which runs at DISPATCH_LEVEL.

#include <ndis.h>

typedef struct _RS_MODULE
{
    NDIS_HANDLE Filter;
    BOOLEAN Running;
    NDIS_HANDLE Timer;
    NDIS_HANDLE Item;
} RS_MODULE, *PRS_MODULE;

DRIVER_UNLOAD RsUnload;
FILTER_ATTACH RsAttach;
FILTER_DETACH RsDetach;
FILTER_RESTART RsRestart;
FILTER_PAUSE RsPause;
FILTER_SEND_NET_BUFFER_LISTS RsSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE RsSendComplete;
FILTER_RECEIVE_NET_BUFFER_LISTS RsReceive;
FILTER_RETURN_NET_BUFFER_LISTS RsReturn;
FILTER_STATUS RsStatus;
NDIS_TIMER_FUNCTION RsDelayed;

static NDIS_HANDLE RsDriverHandle;

VOID
RsDelayed(PVOID Unused1, PVOID Context, PVOID Unused2, PVOID Unused3)
{
    PRS_MODULE Module = Context;

    UNREFERENCED_PARAMETER(Unused1);
    UNREFERENCED_PARAMETER(Unused2);
    UNREFERENCED_PARAMETER(Unused3);
    NdisFRestartComplete(Module->Filter, NDIS_STATUS_SUCCESS); // expect: defect Irql_Filter_Driver_Function
}

NDIS_STATUS
RsAttach(NDIS_HANDLE FilterHandle,
         NDIS_HANDLE DriverContext,
         PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_FILTER_ATTRIBUTES Attributes;
    NDIS_TIMER_CHARACTERISTICS Timer;
    NDIS_STATUS Status;
    PRS_MODULE Module;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Module = NdisAllocateMemoryWithTagPriority(
      FilterHandle, sizeof(RS_MODULE), 'tlF ', NormalPoolPriority);
    if (Module == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Module, sizeof(RS_MODULE));
    Module->Filter = FilterHandle;
    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = sizeof(NDIS_FILTER_ATTRIBUTES);
    NdisZeroMemory(&Timer, sizeof(Timer));
    Timer.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    Timer.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    Timer.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    Timer.AllocationTag = 'mitF';
    Timer.TimerFunction = RsDelayed;
    Timer.FunctionContext = Module;
    Status = NdisAllocateTimerObject(FilterHandle, &Timer, &Module->Timer);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Module, 0, 0);
        return Status;
    }
    Module->Item = NdisAllocateIoWorkItem(FilterHandle);
    if (Module->Item == NULL) {
        NdisFreeTimerObject(Module->Timer);
        NdisFreeMemory(Module, 0, 0);
        return NDIS_STATUS_RESOURCES;
    }
    Status = NdisFSetAttributes(FilterHandle, Module, &Attributes);

    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeIoWorkItem(Module->Item);
        NdisFreeTimerObject(Module->Timer);
        NdisFreeMemory(Module, 0, 0);
    }
    return Status;
}

VOID
RsDetach(NDIS_HANDLE Context)
{
    PRS_MODULE Module = Context;

    NdisCancelTimerObject(Module->Timer);
    NdisFreeTimerObject(Module->Timer);
    NdisFreeIoWorkItem(Module->Item);
    NdisFreeMemory(Module, 0, 0);
}

NDIS_STATUS
RsRestart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PRS_MODULE Module = Context;
    LARGE_INTEGER Due;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Running = TRUE;
    Due.QuadPart = -1000000;
    NdisSetTimerObject(Module->Timer, Due, 0, NULL);
    return NDIS_STATUS_PENDING;
}

NDIS_STATUS
RsPause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    PRS_MODULE Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Running = FALSE;

    return NDIS_STATUS_SUCCESS;
}

VOID
RsSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PRS_MODULE Module = Context;

    NdisFSendNetBufferLists(Module->Filter, Lists, Port, SendFlags);
}

VOID
RsSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG SendCompleteFlags)
{
    PRS_MODULE Module = Context;

    NdisFSendNetBufferListsComplete(Module->Filter, Lists, SendCompleteFlags);
}

VOID
RsReceive(NDIS_HANDLE Context,
          PNET_BUFFER_LIST Lists,
          NDIS_PORT_NUMBER Port,
          ULONG Count,
          ULONG ReceiveFlags)
{
    PRS_MODULE Module = Context;

    NdisFIndicateReceiveNetBufferLists(Module->Filter, Lists, Port, Count, ReceiveFlags);
}

VOID
RsReturn(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG ReturnFlags)
{
    PRS_MODULE Module = Context;

    NdisFReturnNetBufferLists(Module->Filter, Lists, ReturnFlags);
}

VOID
RsStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    PRS_MODULE Module = Context;

    NdisFIndicateStatus(Module->Filter, Indication);
}

VOID
RsUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(RsDriverHandle);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Service = NDIS_STRING_CONST("Rs");
    NDIS_STRING Unique = NDIS_STRING_CONST("{2f59b7f3-5d8c-4a65-9df0-1d1d0bb4f0a1}");

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.FriendlyName = Service;
    Chars.UniqueName = Unique;
    Chars.ServiceName = Service;
    Chars.AttachHandler = RsAttach;
    Chars.DetachHandler = RsDetach;
    Chars.RestartHandler = RsRestart;
    Chars.PauseHandler = RsPause;
    Chars.SendNetBufferListsHandler = RsSend;
    Chars.SendNetBufferListsCompleteHandler = RsSendComplete;
    Chars.ReceiveNetBufferListsHandler = RsReceive;
    Chars.ReturnNetBufferListsHandler = RsReturn;
    Chars.StatusHandler = RsStatus;

    DriverObject->DriverUnload = RsUnload;
    return NdisFRegisterFilterDriver(
      DriverObject, (NDIS_HANDLE)DriverObject, &Chars, &RsDriverHandle);
}
