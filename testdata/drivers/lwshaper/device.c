/* The control device. */
#include "shaper.h"

DRIVER_DISPATCH ShaperDispatchOpen;
DRIVER_DISPATCH ShaperDispatchControl;

static NTSTATUS Complete(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = Information;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

/* Also for IRP_MJ_CLOSE: there is nothing to remember. */
NTSTATUS ShaperDispatchOpen(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    return Complete(Irp, STATUS_SUCCESS, 0);
}

/* As many modules as there is room for. */
static ULONG_PTR QueryModules(PSHAPER_STATISTICS Entries, ULONG Count)
{
    PLIST_ENTRY Entry;
    ULONG Used = 0;

    NdisAcquireSpinLock(&Shaper.Lock);
    for (Entry = Shaper.Modules.Flink; Entry != &Shaper.Modules && Used < Count;
         Entry = Entry->Flink) {
        PSHAPER_MODULE Module = CONTAINING_RECORD(Entry, SHAPER_MODULE, Link);

        NdisDprAcquireSpinLock(&Module->Lock);
        Entries[Used] = Module->Statistics;
        Entries[Used].Rate = Module->Rate;
        Entries[Used].Interface = Module->Interface;
        NdisDprReleaseSpinLock(&Module->Lock);
        Used++;
    }
    NdisReleaseSpinLock(&Shaper.Lock);
    return Used * sizeof(*Entries);
}

static NTSTATUS SetRate(PSHAPER_SET_RATE New)
{
    PLIST_ENTRY Entry;
    NTSTATUS Status = STATUS_NOT_FOUND;

    if (New->Rate < 1514)
        return STATUS_INVALID_PARAMETER;
    NdisAcquireSpinLock(&Shaper.Lock);
    for (Entry = Shaper.Modules.Flink; Entry != &Shaper.Modules; Entry = Entry->Flink) {
        PSHAPER_MODULE Module = CONTAINING_RECORD(Entry, SHAPER_MODULE, Link);

        if (Module->Interface == New->Interface) {
            NdisDprAcquireSpinLock(&Module->Lock);
            Module->Rate = New->Rate;
            NdisDprReleaseSpinLock(&Module->Lock);
            Status = STATUS_SUCCESS;
            break;
        }
    }
    NdisReleaseSpinLock(&Shaper.Lock);
    return Status;
}

NTSTATUS ShaperDispatchControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
    PVOID Buffer = Irp->AssociatedIrp.SystemBuffer;
    ULONG In = Stack->Parameters.DeviceIoControl.InputBufferLength;
    ULONG Out = Stack->Parameters.DeviceIoControl.OutputBufferLength;

    UNREFERENCED_PARAMETER(DeviceObject);

    switch (Stack->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_SHAPER_QUERY:
        if (Out < sizeof(SHAPER_STATISTICS))
            return Complete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
        return Complete(Irp, STATUS_SUCCESS, QueryModules(Buffer, Out / sizeof(SHAPER_STATISTICS)));

    case IOCTL_SHAPER_SET_RATE:
        if (In < sizeof(SHAPER_SET_RATE))
            return Complete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
        return Complete(Irp, SetRate(Buffer), 0);

    default:
        return Complete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
}

NDIS_STATUS ShaperCreateDevice(VOID)
{
    PDRIVER_DISPATCH Dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];
    NDIS_DEVICE_OBJECT_ATTRIBUTES Attributes;
    NDIS_STRING Name = NDIS_STRING_CONST("\\Device\\LwShaper");
    NDIS_STRING Link = NDIS_STRING_CONST("\\DosDevices\\LwShaper");
    PDEVICE_OBJECT DeviceObject;

    NdisZeroMemory(Dispatch, sizeof(Dispatch));
    Dispatch[IRP_MJ_CREATE] = ShaperDispatchOpen;
    Dispatch[IRP_MJ_CLOSE] = ShaperDispatchOpen;
    Dispatch[IRP_MJ_DEVICE_CONTROL] = ShaperDispatchControl;

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes.DeviceName = &Name;
    Attributes.SymbolicName = &Link;
    Attributes.MajorFunctions = Dispatch;
    return NdisRegisterDeviceEx(Shaper.Driver, &Attributes, &DeviceObject, &Shaper.Device);
}

VOID ShaperDeleteDevice(VOID)
{
    NdisDeregisterDeviceEx(Shaper.Device);
    Shaper.Device = NULL;
}
