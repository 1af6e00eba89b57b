/* An entry is put into a list by a function that takes the lock of the list, which is free. */
#include <ndis.h>

struct ll {
	NDIS_HANDLE ndis;
	NDIS_SPIN_LOCK lock;
	LIST_ENTRY list, own;
	BOOLEAN queued;
};

static NDIS_HANDLE ll_driver;

static NDIS_STATUS ll_attributes(struct ll *nic)
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

static NDIS_STATUS ll_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct ll *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'tsll', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	NdisAllocateSpinLock(&nic->lock);
	NdisInitializeListHead(&nic->list);
	st = ll_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeSpinLock(&nic->lock);
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID ll_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct ll *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeSpinLock(&nic->lock);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS ll_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	struct ll *ll = context;
	BOOLEAN queued;

	UNREFERENCED_PARAMETER(params);
	NdisAcquireSpinLock(&ll->lock);
	queued = ll->queued;
	ll->queued = TRUE;
	NdisReleaseSpinLock(&ll->lock);
	if (!queued)
		NdisInterlockedInsertTailList(&ll->list, &ll->own, &ll->lock);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ll_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ll_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID ll_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct ll *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID ll_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID ll_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(ll_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS ll_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = ll_init,
	.HaltHandlerEx = ll_halt,
	.UnloadHandler = ll_unload,
	.PauseHandler = ll_pause,
	.RestartHandler = ll_restart,
	.OidRequestHandler = ll_oid,
	.SendNetBufferListsHandler = ll_send,
	.CancelSendHandler = ll_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&ll_ops,
					   &ll_driver);
}
