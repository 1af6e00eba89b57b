/* Starting a command may pend; the handler completes the request with whatever that says. */
#include <ndis.h>

struct st {
	NDIS_HANDLE ndis;
	PNDIS_OID_REQUEST waiting;
	BOOLEAN busy;
	ULONG commands;
};

static NDIS_HANDLE st_driver;

static NDIS_STATUS st_start(struct st *st, PNDIS_OID_REQUEST req)
{
	if (req->DATA.SET_INFORMATION.InformationBufferLength == 0)
		return NDIS_STATUS_INVALID_LENGTH;
	if (st->busy) {
		st->waiting = req;
		return NDIS_STATUS_PENDING;
	}
	st->commands++;
	return NDIS_STATUS_SUCCESS;
}

static VOID st_cancel_oid(NDIS_HANDLE context, PVOID id)
{
	struct st *st = context;
	PNDIS_OID_REQUEST req = st->waiting;

	if (req && req->RequestId == id) {
		st->waiting = NULL;
		NdisMOidRequestComplete(st->ndis, req, NDIS_STATUS_REQUEST_ABORTED); // also: DoubleComplete
	}
}

static NDIS_STATUS st_attributes(struct st *nic)
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

static NDIS_STATUS st_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct st *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'trts', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = st_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID st_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct st *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS st_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS st_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS st_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	struct st *dev = context;
	NDIS_STATUS status;

	if (req->RequestType != NdisRequestSetInformation)
		return NDIS_STATUS_NOT_SUPPORTED;
	status = st_start(dev, req);
	NdisMOidRequestComplete(dev->ndis, req, status); // expect: defect Ndis_OidPending
	return NDIS_STATUS_PENDING;
}

static VOID st_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct st *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID st_cancel_send(NDIS_HANDLE context, PVOID id)
{
	struct st *st = context;

	st->busy = id != NULL;
}

static VOID st_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(st_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS st_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = st_init,
	.HaltHandlerEx = st_halt,
	.UnloadHandler = st_unload,
	.PauseHandler = st_pause,
	.RestartHandler = st_restart,
	.OidRequestHandler = st_oid,
	.SendNetBufferListsHandler = st_send,
	.CancelSendHandler = st_cancel_send,
	.CancelOidRequestHandler = st_cancel_oid,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&st_ops,
					   &st_driver);
}
