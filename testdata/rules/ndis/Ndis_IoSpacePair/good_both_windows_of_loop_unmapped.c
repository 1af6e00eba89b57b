/* Two windows are mapped in a loop; halt unmaps both. */
#include <ndis.h>

struct ww {
	NDIS_HANDLE ndis;
	PVOID window[2];
};

static NDIS_HANDLE ww_driver;

static NDIS_STATUS ww_attributes(struct ww *nic)
{
	NDIS_MINIPORT_ADAPTER_ATTRIBUTES a;
	NDIS_STATUS st;

	NdisZeroMemory(&a, sizeof a);
	a.RegistrationAttributes.Header.Type =
		NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
	a.RegistrationAttributes.Header.Revision =
		NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
	a.RegistrationAttributes.Header.Size =
		NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
	a.RegistrationAttributes.MiniportAdapterContext = nic;
	a.RegistrationAttributes.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE;
	a.RegistrationAttributes.InterfaceType = NdisInterfacePci;
	st = NdisMSetMiniportAttributes(nic->ndis, &a);
	if (st)
		return st;

	NdisZeroMemory(&a, sizeof a);
	a.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
	a.GeneralAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
	a.GeneralAttributes.Header.Size =
		NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
	a.GeneralAttributes.MediaType = NdisMedium802_3;
	a.GeneralAttributes.MtuSize = 1500;
	return NdisMSetMiniportAttributes(nic->ndis, &a);
}

static NDIS_STATUS ww_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct ww *nic;
	NDIS_STATUS st;
	NDIS_PHYSICAL_ADDRESS where;
	ULONG i;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, '2nww', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = ww_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	for (i = 0; i < 2; i++) {
		where.QuadPart = 0xf0000000 + i * 4096;
		st = NdisMMapIoSpace(&nic->window[i], handle, where, 4096);
		if (st != NDIS_STATUS_SUCCESS) {
			if (i == 1)
				NdisMUnmapIoSpace(handle, nic->window[0], 4096);
			goto fail;
		}
	}
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID ww_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct ww *nic = context;

	UNREFERENCED_PARAMETER(action);
	for (ULONG i = 0; i < 2; i++)
		NdisMUnmapIoSpace(nic->ndis, nic->window[i], 4096);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS ww_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ww_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ww_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID ww_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct ww *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID ww_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID ww_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(ww_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS ww_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = ww_init,
	.HaltHandlerEx = ww_halt,
	.UnloadHandler = ww_unload,
	.PauseHandler = ww_pause,
	.RestartHandler = ww_restart,
	.OidRequestHandler = ww_oid,
	.SendNetBufferListsHandler = ww_send,
	.CancelSendHandler = ww_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&ww_ops,
					   &ww_driver);
}
