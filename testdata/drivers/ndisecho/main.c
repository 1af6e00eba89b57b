/* Loading and unloading. */
#include "echo.h"

struct echo_driver echo;

static void unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);

	/* Unbinds everything, and waits for that. */
	NdisDeregisterProtocolDriver(echo.protocol);
	echo_device_delete();
	ExDeleteNPagedLookasideList(&echo.peers);
}

static NDIS_STATUS register_protocol(void)
{
	NDIS_PROTOCOL_DRIVER_CHARACTERISTICS p = {
		.Header = {
			.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
			.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1,
			.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1,
		},
		.MajorNdisVersion = 6,
		.MinorNdisVersion = 0,
		.MajorDriverVersion = 1,
		.Name = NDIS_STRING_CONST("NDISECHO"),
		.BindAdapterHandlerEx = echo_bind,
		.UnbindAdapterHandlerEx = echo_unbind,
		.OpenAdapterCompleteHandlerEx = echo_open_complete,
		.CloseAdapterCompleteHandlerEx = echo_close_complete,
		.NetPnPEventHandler = echo_net_pnp_event,
		.OidRequestCompleteHandler = echo_request_complete,
		.StatusHandlerEx = echo_status,
		.ReceiveNetBufferListsHandler = echo_receive,
		.SendNetBufferListsCompleteHandler = echo_send_complete,
	};

	return NdisRegisterProtocolDriver(NULL, &p, &echo.protocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	NTSTATUS status;

	UNREFERENCED_PARAMETER(path);

	KeInitializeSpinLock(&echo.lock);
	InitializeListHead(&echo.bindings);
	ExInitializeNPagedLookasideList(&echo.peers, NULL, NULL, 0, sizeof(struct echo_peer), ECHO_TAG, 0);

	status = echo_device_create(driver);
	if (NT_SUCCESS(status)) {
		status = register_protocol();
		if (NT_SUCCESS(status)) {
			driver->DriverUnload = unload;
			return STATUS_SUCCESS;
		}
		echo_device_delete();
	}
	ExDeleteNPagedLookasideList(&echo.peers);
	return status;
}
