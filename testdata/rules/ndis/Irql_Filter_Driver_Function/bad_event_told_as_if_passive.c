// The status handler says that the level is PASSIVE_LEVEL when the filter is running.

#include <ndis.h>

typedef struct _OW_MODULE
{
    NDIS_HANDLE Filter;
    BOOLEAN Running;
    NET_PNP_EVENT_NOTIFICATION Event;
    BOOLEAN Owed;
} OW_MODULE, *POW_MODULE;

DRIVER_UNLOAD OwUnload;
FILTER_ATTACH OwAttach;
FILTER_DETACH OwDetach;
FILTER_RESTART OwRestart;
FILTER_PAUSE OwPause;
FILTER_SEND_NET_BUFFER_LISTS OwSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE OwSendComplete;
FILTER_RECEIVE_NET_BUFFER_LISTS OwReceive;
FILTER_RETURN_NET_BUFFER_LISTS OwReturn;
FILTER_STATUS OwStatus;

static NDIS_HANDLE OwDriverHandle;

static VOID
OwTell(POW_MODULE Module, BOOLEAN Passive)
{
    if (!Passive) {
        Module->Owed = TRUE;
        return;
    }
    Module->Owed = FALSE;
    NdisZeroMemory(&Module->Event, sizeof(Module->Event));
    Module->Event.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Module->Event.Header.Revision = NET_PNP_EVENT_NOTIFICATION_REVISION_1;
    Module->Event.Header.Size = NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1;
    Module->Event.NetPnPEvent.NetEvent = NetEventReconfigure;
    NdisFNetPnPEvent(Module->Filter, &Module->Event); // expect: defect Irql_Filter_Driver_Function
}

NDIS_STATUS
OwAttach(NDIS_HANDLE FilterHandle,
         NDIS_HANDLE DriverContext,
         PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_FILTER_ATTRIBUTES Attributes;
    NDIS_STATUS Status;
    POW_MODULE Module;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Module = NdisAllocateMemoryWithTagPriority(
      FilterHandle, sizeof(OW_MODULE), 'tlF ', NormalPoolPriority);
    if (Module == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Module, sizeof(OW_MODULE));
    Module->Filter = FilterHandle;
    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = sizeof(NDIS_FILTER_ATTRIBUTES);

    Status = NdisFSetAttributes(FilterHandle, Module, &Attributes);

    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Module, 0, 0);
    }
    return Status;
}

VOID
OwDetach(NDIS_HANDLE Context)
{
    POW_MODULE Module = Context;

    NdisFreeMemory(Module, 0, 0);
}

NDIS_STATUS
OwRestart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    POW_MODULE Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Running = TRUE;
    if (Module->Owed)
        OwTell(Module, TRUE);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
OwPause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    POW_MODULE Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Running = FALSE;

    return NDIS_STATUS_SUCCESS;
}

VOID
OwSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    POW_MODULE Module = Context;

    NdisFSendNetBufferLists(Module->Filter, Lists, Port, SendFlags);
}

VOID
OwSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG SendCompleteFlags)
{
    POW_MODULE Module = Context;

    NdisFSendNetBufferListsComplete(Module->Filter, Lists, SendCompleteFlags);
}

VOID
OwReceive(NDIS_HANDLE Context,
          PNET_BUFFER_LIST Lists,
          NDIS_PORT_NUMBER Port,
          ULONG Count,
          ULONG ReceiveFlags)
{
    POW_MODULE Module = Context;

    NdisFIndicateReceiveNetBufferLists(Module->Filter, Lists, Port, Count, ReceiveFlags);
}

VOID
OwReturn(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG ReturnFlags)
{
    POW_MODULE Module = Context;

    NdisFReturnNetBufferLists(Module->Filter, Lists, ReturnFlags);
}

VOID
OwStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    POW_MODULE Module = Context;

    OwTell(Module, Module->Running);
    NdisFIndicateStatus(Module->Filter, Indication);
}

VOID
OwUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(OwDriverHandle);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Service = NDIS_STRING_CONST("Ow");
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
    Chars.AttachHandler = OwAttach;
    Chars.DetachHandler = OwDetach;
    Chars.RestartHandler = OwRestart;
    Chars.PauseHandler = OwPause;
    Chars.SendNetBufferListsHandler = OwSend;
    Chars.SendNetBufferListsCompleteHandler = OwSendComplete;
    Chars.ReceiveNetBufferListsHandler = OwReceive;
    Chars.ReturnNetBufferListsHandler = OwReturn;
    Chars.StatusHandler = OwStatus;

    DriverObject->DriverUnload = OwUnload;
    return NdisFRegisterFilterDriver(
      DriverObject, (NDIS_HANDLE)DriverObject, &Chars, &OwDriverHandle);
}
