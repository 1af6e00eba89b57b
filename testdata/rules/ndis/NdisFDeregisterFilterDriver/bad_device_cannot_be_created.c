// DriverEntry fails when the device cannot be created, and forgets that the filter is registered.

#include <ndis.h>

typedef struct _Mon_MODULE
{
    NDIS_HANDLE Handle;
    ULONG Restarts;
} Mon_MODULE;

FILTER_ATTACH MonAttach;
FILTER_DETACH MonDetach;
FILTER_RESTART MonRestart;
FILTER_PAUSE MonPause;
DRIVER_UNLOAD MonUnload;

static NDIS_HANDLE MonDriver;
static NDIS_HANDLE MonDevice;
static PDEVICE_OBJECT MonDeviceObject;

NDIS_STATUS MonAttach(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                   PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_FILTER_ATTRIBUTES Attributes;
    Mon_MODULE *Module;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Module = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Module), 'tliF', NormalPoolPriority);
    if (Module == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Module, sizeof(*Module));
    Module->Handle = Handle;
    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    Status = NdisFSetAttributes(Handle, Module, &Attributes);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Module, 0, 0);
    return Status;
}

VOID MonDetach(NDIS_HANDLE Context)
{
    NdisFreeMemory(Context, 0, 0);
}

NDIS_STATUS MonRestart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    Mon_MODULE *Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Restarts++;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS MonPause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS MonRegister(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    NdisInitUnicodeString(&Chars.FriendlyName, L"Filter");
    NdisInitUnicodeString(&Chars.UniqueName, L"{5a1c7f3e-0b64-4c8e-9d3f-2f7b5d9e6a10}");
    NdisInitUnicodeString(&Chars.ServiceName, L"filter");
    Chars.AttachHandler = MonAttach;
    Chars.DetachHandler = MonDetach;
    Chars.RestartHandler = MonRestart;
    Chars.PauseHandler = MonPause;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &Chars, &MonDriver);
}

static NDIS_STATUS MonCreateDevice(VOID)
{
    static PDRIVER_DISPATCH Dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];
    UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\Mon");
    NDIS_DEVICE_OBJECT_ATTRIBUTES Attributes;

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes.DeviceName = &Name;
    Attributes.MajorFunctions = Dispatch;
    return NdisRegisterDeviceEx(MonDriver, &Attributes, &MonDeviceObject, &MonDevice);
}

VOID MonUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterDeviceEx(MonDevice);
    NdisFDeregisterFilterDriver(MonDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = MonUnload;
    Status = MonRegister(DriverObject);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;
    Status = MonCreateDevice();
    return Status; // expect: defect NdisFDeregisterFilterDriver
}
