/* A work item answers a request of the wrong length and goes on to the common answer. */
#include <ndis.h>

struct wk {
	NDIS_HANDLE ndis;
	NDIS_HANDLE item;
	PNDIS_OID_REQUEST req;
	ULONG filter;
};

static NDIS_HANDLE wk_driver;

static VOID wk_work(PVOID context, NDIS_HANDLE item)
{
	struct wk *wk = context;
	PNDIS_OID_REQUEST req = wk->req;

	UNREFERENCED_PARAMETER(item);
	wk->req = NULL;
	if (req->DATA.SET_INFORMATION.InformationBufferLength != sizeof wk->filter)
		NdisMOidRequestComplete(wk->ndis, req, NDIS_STATUS_INVALID_LENGTH);
	else
		wk->filter = 0;
	NdisMOidRequestComplete(wk->ndis, req, NDIS_STATUS_SUCCESS); // expect: defect DoubleCompleteWorkItem
}

static NDIS_STATUS wk_attributes(struct wk *nic)
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

static NDIS_STATUS wk_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct wk *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'mtiw', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = wk_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	nic->item = NdisAllocateIoWorkItem(handle);
	if (!nic->item) {
		st = NDIS_STATUS_RESOURCES;
		goto fail;
	}
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID wk_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct wk *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeIoWorkItem(nic->item);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS wk_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS wk_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS wk_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	struct wk *wk = context;

	if (req->RequestType != NdisRequestSetInformation || wk->req)
		return NDIS_STATUS_NOT_SUPPORTED;
	wk->req = req;
	NdisQueueIoWorkItem(wk->item, wk_work, wk);
	return NDIS_STATUS_PENDING;
}

static VOID wk_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct wk *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID wk_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID wk_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(wk_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS wk_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = wk_init,
	.HaltHandlerEx = wk_halt,
	.UnloadHandler = wk_unload,
	.PauseHandler = wk_pause,
	.RestartHandler = wk_restart,
	.OidRequestHandler = wk_oid,
	.SendNetBufferListsHandler = wk_send,
	.CancelSendHandler = wk_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&wk_ops,
					   &wk_driver);
}
