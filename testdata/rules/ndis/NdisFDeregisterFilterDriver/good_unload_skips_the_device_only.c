// The unload routine leaves out the optional device if that does not exist, and nothing else.

#include <ndis.h>

typedef struct _Opt_MODULE
{
    NDIS_HANDLE Handle;
    ULONG Restarts;
} Opt_MODULE;

FILTER_ATTACH OptAttach;
FILTER_DETACH OptDetach;
FILTER_RESTART OptRestart;
FILTER_PAUSE OptPause;
DRIVER_UNLOAD OptUnload;

static NDIS_HANDLE OptDriver;
static NDIS_HANDLE OptDevice;
static PDEVICE_OBJECT OptDeviceObject;
static BOOLEAN OptHasDevice;

NDIS_STATUS OptAttach(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                   PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_FILTER_ATTRIBUTES Attributes;
    Opt_MODULE *Module;
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

VOID OptDetach(NDIS_HANDLE Context)
{
    NdisFreeMemory(Context, 0, 0);
}

NDIS_STATUS OptRestart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    Opt_MODULE *Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Restarts++;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS OptPause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS OptRegister(PDRIVER_OBJECT DriverObject)
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
    Chars.AttachHandler = OptAttach;
    Chars.DetachHandler = OptDetach;
    Chars.RestartHandler = OptRestart;
    Chars.PauseHandler = OptPause;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &Chars, &OptDriver);
}

static NDIS_STATUS OptCreateDevice(VOID)
{
    static PDRIVER_DISPATCH Dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];
    UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\Opt");
    NDIS_DEVICE_OBJECT_ATTRIBUTES Attributes;

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes.DeviceName = &Name;
    Attributes.MajorFunctions = Dispatch;
    return NdisRegisterDeviceEx(OptDriver, &Attributes, &OptDeviceObject, &OptDevice);
}

VOID OptUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (OptHasDevice)
        NdisDeregisterDeviceEx(OptDevice);
    NdisFDeregisterFilterDriver(OptDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = OptUnload;
    Status = OptRegister(DriverObject);
    if (Status == NDIS_STATUS_SUCCESS)
        OptHasDevice = OptCreateDevice() == NDIS_STATUS_SUCCESS; // statistics are not vital
    return Status;
}
