// The status handler of a filter queues a work item that passes a network event down.

#include <ndis.h>

typedef struct _EV_MODULE
{
    NDIS_HANDLE Filter;
    BOOLEAN Running;
    NET_PNP_EVENT_NOTIFICATION Event;
    NDIS_HANDLE Item;
} EV_MODULE, *PEV_MODULE;

DRIVER_UNLOAD EvUnload;
FILTER_ATTACH EvAttach;
FILTER_DETACH EvDetach;
FILTER_RESTART EvRestart;
FILTER_PAUSE EvPause;
FILTER_SEND_NET_BUFFER_LISTS EvSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE EvSendComplete;
FILTER_RECEIVE_NET_BUFFER_LISTS EvReceive;
FILTER_RETURN_NET_BUFFER_LISTS EvReturn;
FILTER_STATUS EvStatus;
NDIS_IO_WORKITEM_FUNCTION EvWork;

static NDIS_HANDLE EvDriverHandle;

static VOID EvTell(PEV_MODULE Module)
{
    NdisZeroMemory(&Module->Event, sizeof(Module->Event));
    Module->Event.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Module->Event.Header.Revision = NET_PNP_EVENT_NOTIFICATION_REVISION_1;
    Module->Event.Header.Size = NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1;
    Module->Event.NetPnPEvent.NetEvent = NetEventReconfigure;
    NdisFNetPnPEvent(Module->Filter, &Module->Event);
}

VOID EvWork(PVOID Context, NDIS_HANDLE Item)
{
    UNREFERENCED_PARAMETER(Item);
    EvTell((PEV_MODULE)Context);
}

NDIS_STATUS EvAttach(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                     PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_FILTER_ATTRIBUTES Attributes;
    NDIS_STATUS Status;
    PEV_MODULE Module;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Module = NdisAllocateMemoryWithTagPriority(FilterHandle, sizeof(EV_MODULE), 'tlF ',
                                               NormalPoolPriority);
    if (Module == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Module, sizeof(EV_MODULE));
    Module->Filter = FilterHandle;
    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = sizeof(NDIS_FILTER_ATTRIBUTES);
    Module->Item = NdisAllocateIoWorkItem(FilterHandle);
    if (Module->Item == NULL)
    {
        NdisFreeMemory(Module, 0, 0);
        return NDIS_STATUS_RESOURCES;
    }
    Status = NdisFSetAttributes(FilterHandle, Module, &Attributes);

    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeIoWorkItem(Module->Item);
        NdisFreeMemory(Module, 0, 0);
    }
    return Status;
}

VOID EvDetach(NDIS_HANDLE Context)
{
    PEV_MODULE Module = Context;

    NdisFreeIoWorkItem(Module->Item);
    NdisFreeMemory(Module, 0, 0);
}

NDIS_STATUS EvRestart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PEV_MODULE Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Running = TRUE;

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS EvPause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    PEV_MODULE Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Running = FALSE;

    return NDIS_STATUS_SUCCESS;
}

VOID EvSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PEV_MODULE Module = Context;

    NdisFSendNetBufferLists(Module->Filter, Lists, Port, SendFlags);
}

VOID EvSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG SendCompleteFlags)
{
    PEV_MODULE Module = Context;

    NdisFSendNetBufferListsComplete(Module->Filter, Lists, SendCompleteFlags);
}

VOID EvReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG ReceiveFlags)
{
    PEV_MODULE Module = Context;

    NdisFIndicateReceiveNetBufferLists(Module->Filter, Lists, Port, Count, ReceiveFlags);
}

VOID EvReturn(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG ReturnFlags)
{
    PEV_MODULE Module = Context;

    NdisFReturnNetBufferLists(Module->Filter, Lists, ReturnFlags);
}

VOID EvStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    PEV_MODULE Module = Context;

    if (Indication->StatusCode == NDIS_STATUS_NETWORK_CHANGE)
        NdisQueueIoWorkItem(Module->Item, EvWork, Module);
    NdisFIndicateStatus(Module->Filter, Indication);
}

VOID EvUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(EvDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Service = NDIS_STRING_CONST("Ev");
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
    Chars.AttachHandler = EvAttach;
    Chars.DetachHandler = EvDetach;
    Chars.RestartHandler = EvRestart;
    Chars.PauseHandler = EvPause;
    Chars.SendNetBufferListsHandler = EvSend;
    Chars.SendNetBufferListsCompleteHandler = EvSendComplete;
    Chars.ReceiveNetBufferListsHandler = EvReceive;
    Chars.ReturnNetBufferListsHandler = EvReturn;
    Chars.StatusHandler = EvStatus;

    DriverObject->DriverUnload = EvUnload;
    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &Chars,
                                     &EvDriverHandle);
}
