/* Loading and unloading. */
#include "shaper.h"

SHAPER_DRIVER Shaper;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ShaperUnload;

static NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS Filter;

    NdisZeroMemory(&Filter, sizeof(Filter));
    Filter.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    Filter.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    Filter.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    Filter.MajorNdisVersion = 6;
    Filter.MinorNdisVersion = 30;
    Filter.MajorDriverVersion = 1;
    NdisInitUnicodeString(&Filter.FriendlyName, L"Lightweight shaper");
    NdisInitUnicodeString(&Filter.UniqueName, L"{5d3a8a0c-6f0e-4b6c-9f43-2f1f3b7f5a11}");
    NdisInitUnicodeString(&Filter.ServiceName, L"lwshaper");

    Filter.AttachHandler = ShaperAttach;
    Filter.DetachHandler = ShaperDetach;
    Filter.PauseHandler = ShaperPause;
    Filter.RestartHandler = ShaperRestart;
    Filter.SendNetBufferListsHandler = ShaperSend;
    Filter.SendNetBufferListsCompleteHandler = ShaperSendComplete;
    Filter.CancelSendNetBufferListsHandler = ShaperCancelSend;
    Filter.ReceiveNetBufferListsHandler = ShaperReceive;
    Filter.ReturnNetBufferListsHandler = ShaperReturn;
    Filter.OidRequestHandler = ShaperOidRequest;
    Filter.OidRequestCompleteHandler = ShaperOidRequestComplete;
    Filter.CancelOidRequestHandler = ShaperCancelOidRequest;
    Filter.StatusHandler = ShaperStatus;
    Filter.DevicePnPEventNotifyHandler = ShaperDevicePnPEvent;
    Filter.NetPnPEventHandler = ShaperNetPnPEvent;

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &Filter,
                                     &Shaper.Driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&Shaper.Lock);
    InitializeListHead(&Shaper.Modules);
    DriverObject->DriverUnload = ShaperUnload;

    Status = RegisterFilter(DriverObject);
    if (Status != NDIS_STATUS_SUCCESS)
        goto NoFilter;
    Status = ShaperCreateDevice();
    if (Status != NDIS_STATUS_SUCCESS)
        goto NoDevice;
    return STATUS_SUCCESS;

NoDevice:
    NdisFDeregisterFilterDriver(Shaper.Driver);
NoFilter:
    NdisFreeSpinLock(&Shaper.Lock);
    return Status;
}

VOID ShaperUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    ShaperDeleteDevice();
    NdisFDeregisterFilterDriver(Shaper.Driver);
    ASSERT(IsListEmpty(&Shaper.Modules));
    NdisFreeSpinLock(&Shaper.Lock);
}
