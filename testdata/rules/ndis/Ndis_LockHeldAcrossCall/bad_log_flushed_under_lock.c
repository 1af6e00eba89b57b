/* Entries are counted under the lock; the log is flushed there as well. */
#include <ndis.h>

struct lg {
	NDIS_HANDLE ndis;
	NDIS_SPIN_LOCK lock;
	NDIS_HANDLE log;
	ULONG entries;
};

static NDIS_HANDLE lg_driver;

static VOID lg_flush(struct lg *lg)
{
	if (lg->log)
		NdisMFlushLog(lg->log); // expect: defect Ndis_LockHeldAcrossCall
}

static NDIS_STATUS lg_attributes(struct lg *nic)
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

static NDIS_STATUS lg_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct lg *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'hlfg', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	NdisAllocateSpinLock(&nic->lock);
	st = lg_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	if (NdisMCreateLog(handle, 4096, &nic->log) != NDIS_STATUS_SUCCESS)
		nic->log = NULL;
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeSpinLock(&nic->lock);
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID lg_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct lg *nic = context;

	UNREFERENCED_PARAMETER(action);
	if (nic->log)
		NdisMCloseLog(nic->log);
	NdisFreeSpinLock(&nic->lock);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS lg_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	struct lg *lg = context;

	UNREFERENCED_PARAMETER(params);
	NdisAcquireSpinLock(&lg->lock);
	lg->entries++;
	lg_flush(lg);
	NdisReleaseSpinLock(&lg->lock);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS lg_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS lg_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID lg_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct lg *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID lg_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID lg_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(lg_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS lg_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = lg_init,
	.HaltHandlerEx = lg_halt,
	.UnloadHandler = lg_unload,
	.PauseHandler = lg_pause,
	.RestartHandler = lg_restart,
	.OidRequestHandler = lg_oid,
	.SendNetBufferListsHandler = lg_send,
	.CancelSendHandler = lg_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&lg_ops,
					   &lg_driver);
}
