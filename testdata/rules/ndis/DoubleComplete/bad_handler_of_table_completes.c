// Each identifier has a function in a table; their results complete the request. One of them
// completes it by a call and returns success as well.
#include <ndis.h>

struct ot;

struct ot_entry {
	NDIS_OID oid;
	NDIS_STATUS (*set)(struct ot *ot, PNDIS_OID_REQUEST req);
};

struct ot {
	NDIS_HANDLE ndis;
	ULONG filter, lookahead;
};

static NDIS_HANDLE ot_driver;

static NDIS_STATUS ot_set_filter(struct ot *ot, PNDIS_OID_REQUEST req)
{
	ot->filter = *(PULONG)req->DATA.SET_INFORMATION.InformationBuffer;
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ot_set_lookahead(struct ot *ot, PNDIS_OID_REQUEST req)
{
	ot->lookahead = *(PULONG)req->DATA.SET_INFORMATION.InformationBuffer;
	NdisMOidRequestComplete(ot->ndis, req, NDIS_STATUS_SUCCESS);
	return NDIS_STATUS_SUCCESS;
}

static const struct ot_entry ot_table[] = {
	{ OID_GEN_CURRENT_PACKET_FILTER, ot_set_filter },
	{ OID_GEN_CURRENT_LOOKAHEAD, ot_set_lookahead },
};

static NDIS_STATUS ot_attributes(struct ot *nic)
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

static NDIS_STATUS ot_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct ot *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'lbto', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = ot_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID ot_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct ot *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS ot_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ot_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ot_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	struct ot *ot = context;
	ULONG i;

	if (req->RequestType != NdisRequestSetInformation)
		return NDIS_STATUS_NOT_SUPPORTED;
	if (req->DATA.SET_INFORMATION.InformationBufferLength < sizeof(ULONG))
		return NDIS_STATUS_INVALID_LENGTH;
	for (i = 0; i < sizeof ot_table / sizeof ot_table[0]; i++)
		if (ot_table[i].oid == req->DATA.SET_INFORMATION.Oid)
			return ot_table[i].set(ot, req); // expect: defect DoubleComplete
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID ot_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct ot *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID ot_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID ot_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(ot_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS ot_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = ot_init,
	.HaltHandlerEx = ot_halt,
	.UnloadHandler = ot_unload,
	.PauseHandler = ot_pause,
	.RestartHandler = ot_restart,
	.OidRequestHandler = ot_oid,
	.SendNetBufferListsHandler = ot_send,
	.CancelSendHandler = ot_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&ot_ops,
					   &ot_driver);
}
