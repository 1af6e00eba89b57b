/* \\.\NdisEcho: a read gives the neighbours of all bindings. */
#include "echo.h"

static UNICODE_STRING device_name = RTL_CONSTANT_STRING(L"\\Device\\NdisEcho");
static UNICODE_STRING link_name = RTL_CONSTANT_STRING(L"\\DosDevices\\NdisEcho");

static NTSTATUS finish(PIRP irp, NTSTATUS status, ULONG_PTR length)
{
	irp->IoStatus.Status = status;
	irp->IoStatus.Information = length;
	IoCompleteRequest(irp, IO_NO_INCREMENT);
	return status;
}

static NTSTATUS open_or_close(PDEVICE_OBJECT device, PIRP irp)
{
	UNREFERENCED_PARAMETER(device);
	return finish(irp, STATUS_SUCCESS, 0);
}

static NTSTATUS read(PDEVICE_OBJECT device, PIRP irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
	struct echo_record *records = irp->AssociatedIrp.SystemBuffer;
	ULONG room = stack->Parameters.Read.Length / sizeof(*records);
	ULONG n = 0;
	LIST_ENTRY *at;
	KIRQL irql;

	UNREFERENCED_PARAMETER(device);

	if (room == 0)
		return finish(irp, STATUS_BUFFER_TOO_SMALL, 0);
	KeAcquireSpinLock(&echo.lock, &irql);
	for (at = echo.bindings.Flink; at != &echo.bindings && n < room; at = at->Flink)
		n += echo_peers_copy(CONTAINING_RECORD(at, struct echo_binding, link), records + n,
				     room - n);
	KeReleaseSpinLock(&echo.lock, irql);
	return finish(irp, STATUS_SUCCESS, n * sizeof(*records));
}

NTSTATUS echo_device_create(PDRIVER_OBJECT driver)
{
	NTSTATUS status;

	status = IoCreateDevice(driver, 0, &device_name, FILE_DEVICE_NETWORK, FILE_DEVICE_SECURE_OPEN,
				FALSE, &echo.device);
	if (!NT_SUCCESS(status))
		return status;
	status = IoCreateSymbolicLink(&link_name, &device_name);
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(echo.device);
		return status;
	}
	driver->MajorFunction[IRP_MJ_CREATE] = open_or_close;
	driver->MajorFunction[IRP_MJ_CLOSE] = open_or_close;
	driver->MajorFunction[IRP_MJ_READ] = read;
	echo.device->Flags |= DO_BUFFERED_IO;
	return STATUS_SUCCESS;
}

void echo_device_delete(void)
{
	IoDeleteSymbolicLink(&link_name);
	IoDeleteDevice(echo.device);
}
