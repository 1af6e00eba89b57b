// A filter passes a status on and adds one of its own, at the level at which it is called.

#include <ndis.h>

typedef struct _FI_MODULE {
    NDIS_HANDLE Filter;
    BOOLEAN Running;
    NDIS_SPIN_LOCK Lock;
    ULONG Seen;
} FI_MODULE, *PFI_MODULE;

DRIVER_UNLOAD FiUnload;
FILTER_ATTACH FiAttach;
FILTER_DETACH FiDetach;
FILTER_RESTART FiRestart;
FILTER_PAUSE FiPause;
FILTER_SEND_NET_BUFFER_LISTS FiSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FiSendComplete;
FILTER_RECEIVE_NET_BUFFER_LISTS FiReceive;
FILTER_RETURN_NET_BUFFER_LISTS FiReturn;
FILTER_STATUS FiStatus;

static NDIS_HANDLE FiDriverHandle;

NDIS_STATUS FiAttach(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                     PNDIS_FILTER_ATTACH_PARAMETERS Parameters) {
    NDIS_FILTER_ATTRIBUTES Attributes;
    NDIS_STATUS Status;
    PFI_MODULE Module;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Module = NdisAllocateMemoryWithTagPriority(FilterHandle, sizeof(FI_MODULE), 'tlF ',
                                               NormalPoolPriority);
    if (Module == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Module, sizeof(FI_MODULE));
    Module->Filter = FilterHandle;
    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = sizeof(NDIS_FILTER_ATTRIBUTES);

    Status = NdisFSetAttributes(FilterHandle, Module, &Attributes);
    if (Status == NDIS_STATUS_SUCCESS)
        NdisAllocateSpinLock(&Module->Lock);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Module, 0, 0);
    }
    return Status;
}

VOID FiDetach(NDIS_HANDLE Context) {
    PFI_MODULE Module = Context;

    NdisFreeSpinLock(&Module->Lock);
    NdisFreeMemory(Module, 0, 0);
}

NDIS_STATUS FiRestart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters) {
    PFI_MODULE Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Running = TRUE;

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS FiPause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters) {
    PFI_MODULE Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Running = FALSE;

    return NDIS_STATUS_SUCCESS;
}

VOID FiSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG SendFlags) {
    PFI_MODULE Module = Context;

    NdisFSendNetBufferLists(Module->Filter, Lists, Port, SendFlags);
}

VOID FiSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG SendCompleteFlags) {
    PFI_MODULE Module = Context;

    NdisFSendNetBufferListsComplete(Module->Filter, Lists, SendCompleteFlags);
}

VOID FiReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG ReceiveFlags) {
    PFI_MODULE Module = Context;

    NdisFIndicateReceiveNetBufferLists(Module->Filter, Lists, Port, Count, ReceiveFlags);
}

VOID FiReturn(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG ReturnFlags) {
    PFI_MODULE Module = Context;

    NdisFReturnNetBufferLists(Module->Filter, Lists, ReturnFlags);
}

VOID FiStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication) {
    PFI_MODULE Module = Context;

    if (Indication->StatusCode == NDIS_STATUS_LINK_STATE) {
        NDIS_STATUS_INDICATION Own = *Indication;

        NdisAcquireSpinLock(&Module->Lock);
        Module->Seen++;
        NdisReleaseSpinLock(&Module->Lock);
        Own.StatusCode = NDIS_STATUS_NETWORK_CHANGE;
        NdisFIndicateStatus(Module->Filter, &Own);
    }
    NdisFIndicateStatus(Module->Filter, Indication);
}

VOID FiUnload(PDRIVER_OBJECT DriverObject) {
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FiDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
    NDIS_FILTER_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Service = NDIS_STRING_CONST("Fi");
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
    Chars.AttachHandler = FiAttach;
    Chars.DetachHandler = FiDetach;
    Chars.RestartHandler = FiRestart;
    Chars.PauseHandler = FiPause;
    Chars.SendNetBufferListsHandler = FiSend;
    Chars.SendNetBufferListsCompleteHandler = FiSendComplete;
    Chars.ReceiveNetBufferListsHandler = FiReceive;
    Chars.ReturnNetBufferListsHandler = FiReturn;
    Chars.StatusHandler = FiStatus;

    DriverObject->DriverUnload = FiUnload;
    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &Chars,
                                     &FiDriverHandle);
}
