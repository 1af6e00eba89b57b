/* The identifiers stand in a list; the vendor's number is known and refused. */
#include <ndis.h>

struct vo {
	NDIS_HANDLE ndis;
	ULONG asked;
};

static NDIS_HANDLE vo_driver;

static BOOLEAN vo_known(NDIS_OID oid, BOOLEAN set)
{
	if (set)
		return oid == OID_GEN_CURRENT_LOOKAHEAD || oid == OID_GEN_CURRENT_PACKET_FILTER ||
		       oid == OID_GEN_INTERRUPT_MODERATION || oid == OID_GEN_LINK_PARAMETERS;
	return oid == OID_GEN_INTERRUPT_MODERATION || oid == OID_GEN_LINK_PARAMETERS ||
	       (oid >= OID_GEN_MAXIMUM_LOOKAHEAD && oid <= OID_GEN_CURRENT_LOOKAHEAD) ||
	       oid == OID_GEN_MAXIMUM_TOTAL_SIZE || oid == OID_GEN_VENDOR_DRIVER_VERSION ||
	       oid == OID_GEN_XMIT_OK || oid == OID_GEN_RCV_OK || oid == OID_GEN_STATISTICS;
}

static NDIS_STATUS vo_attributes(struct vo *nic)
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

static NDIS_STATUS vo_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct vo *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'dnev', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = vo_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID vo_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct vo *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS vo_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS vo_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS vo_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	struct vo *vo = context;
	BOOLEAN set = req->RequestType == NdisRequestSetInformation;

	vo->asked++;
	if (!set && req->RequestType != NdisRequestQueryInformation)
		return NDIS_STATUS_NOT_SUPPORTED;
	if (req->DATA.QUERY_INFORMATION.Oid == OID_GEN_VENDOR_ID)
		return NDIS_STATUS_NOT_SUPPORTED; // expect: defect MandatoryOid
	if (!vo_known(req->DATA.QUERY_INFORMATION.Oid, set))
		return NDIS_STATUS_INVALID_OID;
	return NDIS_STATUS_SUCCESS;
}

static VOID vo_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct vo *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID vo_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID vo_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(vo_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS vo_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = vo_init,
	.HaltHandlerEx = vo_halt,
	.UnloadHandler = vo_unload,
	.PauseHandler = vo_pause,
	.RestartHandler = vo_restart,
	.OidRequestHandler = vo_oid,
	.SendNetBufferListsHandler = vo_send,
	.CancelSendHandler = vo_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&vo_ops,
					   &vo_driver);
}
