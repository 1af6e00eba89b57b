/* The dispatch flag of a send chooses the function for the release and for the acquisition. */
#include <ndis.h>

struct fo {
	NDIS_HANDLE ndis;
	NDIS_SPIN_LOCK lock;
	ULONG sent;
};

static NDIS_HANDLE fo_driver;

static VOID fo_unlock(struct fo *fo, ULONG flags)
{
	if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
		NdisDprReleaseSpinLock(&fo->lock);
	else
		NdisReleaseSpinLock(&fo->lock);
}

static NDIS_STATUS fo_attributes(struct fo *nic)
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

static NDIS_STATUS fo_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct fo *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'ylno', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	NdisAllocateSpinLock(&nic->lock);
	st = fo_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeSpinLock(&nic->lock);
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID fo_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct fo *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeSpinLock(&nic->lock);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS fo_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS fo_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS fo_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID fo_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct fo *fo = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
		NdisDprAcquireSpinLock(&fo->lock);
	else
		NdisAcquireSpinLock(&fo->lock);
	fo->sent++;
	fo_unlock(fo, flags);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_SUCCESS;
	NdisMSendNetBufferListsComplete(fo->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID fo_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID fo_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(fo_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS fo_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = fo_init,
	.HaltHandlerEx = fo_halt,
	.UnloadHandler = fo_unload,
	.PauseHandler = fo_pause,
	.RestartHandler = fo_restart,
	.OidRequestHandler = fo_oid,
	.SendNetBufferListsHandler = fo_send,
	.CancelSendHandler = fo_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&fo_ops,
					   &fo_driver);
}
