/* Two readers at once are fine, but the error branch leaves one of them. */
#include <ndis.h>

struct rd {
	NDIS_HANDLE ndis;
	PNDIS_RW_LOCK_EX lock;
	ULONG hits;
	BOOLEAN broken;
};

static NDIS_HANDLE rd_driver;

static BOOLEAN rd_lookup(struct rd *rd)
{
	LOCK_STATE_EX inner;

	NdisAcquireRWLockRead(rd->lock, &inner, 0);
	if (rd->broken)
		return FALSE;
	rd->hits++;
	NdisReleaseRWLock(rd->lock, &inner);
	return TRUE;
}

static NDIS_STATUS rd_attributes(struct rd *nic)
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

static NDIS_STATUS rd_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct rd *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'wkdr', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = rd_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	nic->lock = NdisAllocateRWLock(handle);
	if (!nic->lock) {
		st = NDIS_STATUS_RESOURCES;
		goto fail;
	}
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID rd_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct rd *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeRWLock(nic->lock);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS rd_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	struct rd *rd = context;

	UNREFERENCED_PARAMETER(params);
	rd->broken = TRUE;
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS rd_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	struct rd *rd = context;
	LOCK_STATE_EX outer;
	NDIS_STATUS st = NDIS_STATUS_SUCCESS;

	UNREFERENCED_PARAMETER(params);
	NdisAcquireRWLockRead(rd->lock, &outer, 0);
	if (!rd_lookup(rd))
		st = NDIS_STATUS_FAILURE;
	NdisReleaseRWLock(rd->lock, &outer);
	return st; // expect: defect Ndis_RWLock
}

static NDIS_STATUS rd_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID rd_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct rd *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID rd_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID rd_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(rd_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS rd_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = rd_init,
	.HaltHandlerEx = rd_halt,
	.UnloadHandler = rd_unload,
	.PauseHandler = rd_pause,
	.RestartHandler = rd_restart,
	.OidRequestHandler = rd_oid,
	.SendNetBufferListsHandler = rd_send,
	.CancelSendHandler = rd_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&rd_ops,
					   &rd_driver);
}
