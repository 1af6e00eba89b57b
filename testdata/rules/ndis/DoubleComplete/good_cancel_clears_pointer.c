/* One request at a time is pended until the link changes; cancel completes it, and forgets it. */
#include <ndis.h>

struct cn {
	NDIS_HANDLE ndis;
	PNDIS_OID_REQUEST pending;
};

static NDIS_HANDLE cn_driver;

static VOID cn_cancel_oid(NDIS_HANDLE context, PVOID id)
{
	struct cn *cn = context;
	PNDIS_OID_REQUEST req = cn->pending;

	if (req && req->RequestId == id) {
		cn->pending = NULL;
		NdisMOidRequestComplete(cn->ndis, req, NDIS_STATUS_REQUEST_ABORTED);
	}
}

static VOID cn_pnp(NDIS_HANDLE context, PNET_DEVICE_PNP_EVENT event)
{
	struct cn *cn = context;
	PNDIS_OID_REQUEST req = cn->pending;

	if (event->DevicePnPEvent == NdisDevicePnPEventSurpriseRemoved && req) {
		cn->pending = NULL;
		NdisMOidRequestComplete(cn->ndis, req, NDIS_STATUS_NOT_ACCEPTED);
	}
}

static NDIS_STATUS cn_attributes(struct cn *nic)
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

static NDIS_STATUS cn_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct cn *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'lcnc', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = cn_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID cn_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct cn *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS cn_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS cn_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS cn_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	struct cn *cn = context;

	if (req->RequestType != NdisRequestSetInformation)
		return NDIS_STATUS_NOT_SUPPORTED;
	cn->pending = req;
	return NDIS_STATUS_PENDING;
}

static VOID cn_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct cn *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID cn_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID cn_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(cn_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS cn_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = cn_init,
	.HaltHandlerEx = cn_halt,
	.UnloadHandler = cn_unload,
	.PauseHandler = cn_pause,
	.RestartHandler = cn_restart,
	.OidRequestHandler = cn_oid,
	.SendNetBufferListsHandler = cn_send,
	.CancelSendHandler = cn_cancel_send,
	.CancelOidRequestHandler = cn_cancel_oid,
	.DevicePnPEventNotifyHandler = cn_pnp,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&cn_ops,
					   &cn_driver);
}
