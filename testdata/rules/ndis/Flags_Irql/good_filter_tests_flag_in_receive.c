// The receive handler of a filter tests its flag.

#include <ndis.h>

typedef struct _FA_MODULE {
    NDIS_HANDLE Filter;
    BOOLEAN Running;
    ULONG AtDispatch;
    ULONG Below;
    KIRQL PausedAt;
} FA_MODULE, *PFA_MODULE;

DRIVER_UNLOAD FaUnload;
FILTER_ATTACH FaAttach;
FILTER_DETACH FaDetach;
FILTER_RESTART FaRestart;
FILTER_PAUSE FaPause;
FILTER_SEND_NET_BUFFER_LISTS FaSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FaSendComplete;
FILTER_RECEIVE_NET_BUFFER_LISTS FaReceive;
FILTER_RETURN_NET_BUFFER_LISTS FaReturn;
FILTER_STATUS FaStatus;

static NDIS_HANDLE FaDriverHandle;

NDIS_STATUS FaAttach(
    NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext, PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_FILTER_ATTRIBUTES Attributes;
    NDIS_STATUS Status;
    PFA_MODULE Module;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Module = NdisAllocateMemoryWithTagPriority(
        FilterHandle, sizeof(FA_MODULE), 'tlF ', NormalPoolPriority);
    if (Module == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Module, sizeof(FA_MODULE));
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

VOID FaDetach(NDIS_HANDLE Context)
{
    PFA_MODULE Module = Context;

    NdisFreeMemory(Module, 0, 0);
}

NDIS_STATUS FaRestart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PFA_MODULE Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Running = TRUE;

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS FaPause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    PFA_MODULE Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Running = FALSE;
    Module->PausedAt = KeGetCurrentIrql();
    return NDIS_STATUS_SUCCESS;
}

VOID FaSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFA_MODULE Module = Context;

    NdisFSendNetBufferLists(Module->Filter, Lists, Port, SendFlags);
}

VOID FaSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG SendCompleteFlags)
{
    PFA_MODULE Module = Context;

    NdisFSendNetBufferListsComplete(Module->Filter, Lists, SendCompleteFlags);
}

VOID FaReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
    ULONG ReceiveFlags)
{
    PFA_MODULE Module = Context;

    if (NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags))
        Module->AtDispatch++;
    else
        Module->Below++;
    NdisFIndicateReceiveNetBufferLists(Module->Filter, Lists, Port, Count, ReceiveFlags);
}

VOID FaReturn(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG ReturnFlags)
{
    PFA_MODULE Module = Context;

    NdisFReturnNetBufferLists(Module->Filter, Lists, ReturnFlags);
}

VOID FaStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    PFA_MODULE Module = Context;

    NdisFIndicateStatus(Module->Filter, Indication);
}

VOID FaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FaDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Service = NDIS_STRING_CONST("Fa");
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
    Chars.AttachHandler = FaAttach;
    Chars.DetachHandler = FaDetach;
    Chars.RestartHandler = FaRestart;
    Chars.PauseHandler = FaPause;
    Chars.SendNetBufferListsHandler = FaSend;
    Chars.SendNetBufferListsCompleteHandler = FaSendComplete;
    Chars.ReceiveNetBufferListsHandler = FaReceive;
    Chars.ReturnNetBufferListsHandler = FaReturn;
    Chars.StatusHandler = FaStatus;

    DriverObject->DriverUnload = FaUnload;
    return NdisFRegisterFilterDriver(
        DriverObject, (NDIS_HANDLE)DriverObject, &Chars, &FaDriverHandle);
}
