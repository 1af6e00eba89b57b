// One function undoes what was reached, for a failing DriverEntry and for the unload routine.

#include <ndis.h>

typedef struct _Stg_MODULE
{
    NDIS_HANDLE Handle;
    ULONG Restarts;
} Stg_MODULE;

FILTER_ATTACH StgAttach;
FILTER_DETACH StgDetach;
FILTER_RESTART StgRestart;
FILTER_PAUSE StgPause;
DRIVER_UNLOAD StgUnload;

static NDIS_HANDLE StgDriver;
static NDIS_HANDLE StgDevice;
static PDEVICE_OBJECT StgDeviceObject;
static NDIS_SPIN_LOCK StgLock;
static enum { StgLocked, StgRegistered, StgDeviceThere } StgReached;

NDIS_STATUS StgAttach(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                   PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_FILTER_ATTRIBUTES Attributes;
    Stg_MODULE *Module;
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

VOID StgDetach(NDIS_HANDLE Context)
{
    NdisFreeMemory(Context, 0, 0);
}

NDIS_STATUS StgRestart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    Stg_MODULE *Module = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Module->Restarts++;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS StgPause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS StgRegister(PDRIVER_OBJECT DriverObject)
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
    Chars.AttachHandler = StgAttach;
    Chars.DetachHandler = StgDetach;
    Chars.RestartHandler = StgRestart;
    Chars.PauseHandler = StgPause;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &Chars, &StgDriver);
}

static NDIS_STATUS StgCreateDevice(VOID)
{
    static PDRIVER_DISPATCH Dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];
    UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\Stg");
    NDIS_DEVICE_OBJECT_ATTRIBUTES Attributes;

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes.DeviceName = &Name;
    Attributes.MajorFunctions = Dispatch;
    return NdisRegisterDeviceEx(StgDriver, &Attributes, &StgDeviceObject, &StgDevice);
}

static VOID StgUndo(VOID)
{
    switch (StgReached)
    {
    case StgDeviceThere:
        NdisDeregisterDeviceEx(StgDevice);
        /* fall through */
    case StgRegistered:
        NdisFDeregisterFilterDriver(StgDriver);
        /* fall through */
    case StgLocked:
        NdisFreeSpinLock(&StgLock);
        break;
    }
}

VOID StgUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    StgUndo();
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = StgUnload;
    NdisAllocateSpinLock(&StgLock);
    StgReached = StgLocked;
    do
    {
        Status = StgRegister(DriverObject);
        if (Status != NDIS_STATUS_SUCCESS)
            break;
        StgReached = StgRegistered;
        Status = StgCreateDevice();
        if (Status != NDIS_STATUS_SUCCESS)
            break;
        StgReached = StgDeviceThere;
    } while (FALSE);
    if (Status != NDIS_STATUS_SUCCESS)
        StgUndo();
    return Status;
}
