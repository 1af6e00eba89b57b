// Attach sets the attributes after it has released the lock of the module.

#include <ndis.h>

typedef struct _AL_MODULE {
        NDIS_HANDLE Filter;
        BOOLEAN Running;
        NDIS_SPIN_LOCK Lock;
        ULONG Users;
} AL_MODULE, *PAL_MODULE;

DRIVER_UNLOAD AlUnload;
FILTER_ATTACH AlAttach;
FILTER_DETACH AlDetach;
FILTER_RESTART AlRestart;
FILTER_PAUSE AlPause;
FILTER_SEND_NET_BUFFER_LISTS AlSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE AlSendComplete;
FILTER_RECEIVE_NET_BUFFER_LISTS AlReceive;
FILTER_RETURN_NET_BUFFER_LISTS AlReturn;
FILTER_STATUS AlStatus;

static NDIS_HANDLE AlDriverHandle;

NDIS_STATUS AlAttach(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                     PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
        NDIS_FILTER_ATTRIBUTES Attributes;
        NDIS_STATUS Status;
        PAL_MODULE Module;

        UNREFERENCED_PARAMETER(DriverContext);
        UNREFERENCED_PARAMETER(Parameters);
        Module = NdisAllocateMemoryWithTagPriority(FilterHandle, sizeof(AL_MODULE), 'tlF ',
                                                   NormalPoolPriority);
        if (Module == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Module, sizeof(AL_MODULE));
        Module->Filter = FilterHandle;
        NdisZeroMemory(&Attributes, sizeof(Attributes));
        Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
        Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
        Attributes.Header.Size = sizeof(NDIS_FILTER_ATTRIBUTES);
        NdisAllocateSpinLock(&Module->Lock);
        NdisAcquireSpinLock(&Module->Lock);
        Module->Users = 1;
        NdisReleaseSpinLock(&Module->Lock);
        Status = NdisFSetAttributes(FilterHandle, Module, &Attributes);

        if (Status != NDIS_STATUS_SUCCESS) {
                NdisFreeSpinLock(&Module->Lock);
                NdisFreeMemory(Module, 0, 0);
        }
        return Status;
}

VOID AlDetach(NDIS_HANDLE Context)
{
        PAL_MODULE Module = Context;

        NdisFreeSpinLock(&Module->Lock);
        NdisFreeMemory(Module, 0, 0);
}

NDIS_STATUS AlRestart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
        PAL_MODULE Module = Context;

        UNREFERENCED_PARAMETER(Parameters);
        Module->Running = TRUE;

        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS AlPause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
        PAL_MODULE Module = Context;

        UNREFERENCED_PARAMETER(Parameters);
        Module->Running = FALSE;

        return NDIS_STATUS_SUCCESS;
}

VOID AlSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
        PAL_MODULE Module = Context;

        NdisFSendNetBufferLists(Module->Filter, Lists, Port, SendFlags);
}

VOID AlSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG SendCompleteFlags)
{
        PAL_MODULE Module = Context;

        NdisFSendNetBufferListsComplete(Module->Filter, Lists, SendCompleteFlags);
}

VOID AlReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG ReceiveFlags)
{
        PAL_MODULE Module = Context;

        NdisFIndicateReceiveNetBufferLists(Module->Filter, Lists, Port, Count, ReceiveFlags);
}

VOID AlReturn(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG ReturnFlags)
{
        PAL_MODULE Module = Context;

        NdisFReturnNetBufferLists(Module->Filter, Lists, ReturnFlags);
}

VOID AlStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
        PAL_MODULE Module = Context;

        NdisFIndicateStatus(Module->Filter, Indication);
}

VOID AlUnload(PDRIVER_OBJECT DriverObject)
{
        UNREFERENCED_PARAMETER(DriverObject);
        NdisFDeregisterFilterDriver(AlDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
        NDIS_FILTER_DRIVER_CHARACTERISTICS Chars;
        NDIS_STRING Service = NDIS_STRING_CONST("Al");
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
        Chars.AttachHandler = AlAttach;
        Chars.DetachHandler = AlDetach;
        Chars.RestartHandler = AlRestart;
        Chars.PauseHandler = AlPause;
        Chars.SendNetBufferListsHandler = AlSend;
        Chars.SendNetBufferListsCompleteHandler = AlSendComplete;
        Chars.ReceiveNetBufferListsHandler = AlReceive;
        Chars.ReturnNetBufferListsHandler = AlReturn;
        Chars.StatusHandler = AlStatus;

        DriverObject->DriverUnload = AlUnload;
        return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &Chars,
                                         &AlDriverHandle);
}
