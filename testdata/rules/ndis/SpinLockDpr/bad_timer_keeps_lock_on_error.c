/* A watchdog timer gives up when the device is gone, and keeps the lock. */
#include <ndis.h>

struct wd {
	NDIS_HANDLE ndis;
	NDIS_SPIN_LOCK lock;
	NDIS_HANDLE timer;
	BOOLEAN gone;
	ULONG ticks;
};

static NDIS_HANDLE wd_driver;

static NDIS_TIMER_FUNCTION wd_tick;

static VOID wd_tick(PVOID p1, PVOID context, PVOID p2, PVOID p3)
{
	struct wd *wd = context;

	UNREFERENCED_PARAMETER(p1);
	UNREFERENCED_PARAMETER(p2);
	UNREFERENCED_PARAMETER(p3);
	NdisDprAcquireSpinLock(&wd->lock);
	if (wd->gone)
		goto out;
	wd->ticks++;
	NdisDprReleaseSpinLock(&wd->lock);
out:
	return; // expect: defect SpinLockDpr
}

static NDIS_STATUS wd_attributes(struct wd *nic)
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

static NDIS_STATUS wd_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct wd *nic;
	NDIS_STATUS st;
	NDIS_TIMER_CHARACTERISTICS tc;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'gdtw', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = wd_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	NdisAllocateSpinLock(&nic->lock);
	NdisZeroMemory(&tc, sizeof tc);
	tc.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
	tc.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
	tc.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
	tc.TimerFunction = wd_tick;
	tc.FunctionContext = nic;
	st = NdisAllocateTimerObject(handle, &tc, &nic->timer);
	if (st != NDIS_STATUS_SUCCESS) {
		NdisFreeSpinLock(&nic->lock);
		goto fail;
	}
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID wd_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct wd *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisCancelTimerObject(nic->timer);
	NdisFreeTimerObject(nic->timer);
	NdisFreeSpinLock(&nic->lock);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS wd_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	struct wd *wd = context;

	UNREFERENCED_PARAMETER(params);
	NdisCancelTimerObject(wd->timer);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS wd_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	struct wd *wd = context;
	LARGE_INTEGER due;

	UNREFERENCED_PARAMETER(params);
	due.QuadPart = -10000000;
	NdisSetTimerObject(wd->timer, due, 1000, NULL);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS wd_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID wd_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct wd *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID wd_cancel_send(NDIS_HANDLE context, PVOID id)
{
	struct wd *wd = context;

	UNREFERENCED_PARAMETER(id);
	NdisAcquireSpinLock(&wd->lock);
	wd->gone = TRUE;
	NdisReleaseSpinLock(&wd->lock);
}

static VOID wd_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(wd_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS wd_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = wd_init,
	.HaltHandlerEx = wd_halt,
	.UnloadHandler = wd_unload,
	.PauseHandler = wd_pause,
	.RestartHandler = wd_restart,
	.OidRequestHandler = wd_oid,
	.SendNetBufferListsHandler = wd_send,
	.CancelSendHandler = wd_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&wd_ops,
					   &wd_driver);
}
