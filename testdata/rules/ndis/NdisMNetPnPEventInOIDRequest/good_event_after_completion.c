/* A work item answers the request and tells of the change, in this order. */
#include <ndis.h>

struct pn {
	NDIS_HANDLE ndis;
	NDIS_HANDLE item;
	PNDIS_OID_REQUEST req;
};

static NDIS_HANDLE pn_driver;

static VOID pn_tell(struct pn *pn)
{
	NET_PNP_EVENT_NOTIFICATION ev;

	NdisZeroMemory(&ev, sizeof ev);
	ev.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
	ev.Header.Revision = NET_PNP_EVENT_NOTIFICATION_REVISION_1;
	ev.Header.Size = NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1;
	ev.NetPnPEvent.NetEvent = NetEventPortActivation;
	NdisMNetPnPEvent(pn->ndis, &ev);
}

static VOID pn_work(PVOID context, NDIS_HANDLE item)
{
	struct pn *pn = context;
	PNDIS_OID_REQUEST req = pn->req;

	UNREFERENCED_PARAMETER(item);
	pn->req = NULL;
	NdisMOidRequestComplete(pn->ndis, req, NDIS_STATUS_SUCCESS);
	pn_tell(pn);
}

static NDIS_STATUS pn_attributes(struct pn *nic)
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

static NDIS_STATUS pn_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct pn *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'veop', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = pn_attributes(nic);
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

static VOID pn_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct pn *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeIoWorkItem(nic->item);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS pn_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS pn_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS pn_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	struct pn *pn = context;

	if (req->RequestType != NdisRequestSetInformation || pn->req)
		return NDIS_STATUS_NOT_SUPPORTED;
	pn->req = req;
	NdisQueueIoWorkItem(pn->item, pn_work, pn);
	return NDIS_STATUS_PENDING;
}

static VOID pn_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct pn *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID pn_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID pn_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(pn_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS pn_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = pn_init,
	.HaltHandlerEx = pn_halt,
	.UnloadHandler = pn_unload,
	.PauseHandler = pn_pause,
	.RestartHandler = pn_restart,
	.OidRequestHandler = pn_oid,
	.SendNetBufferListsHandler = pn_send,
	.CancelSendHandler = pn_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&pn_ops,
					   &pn_driver);
}
