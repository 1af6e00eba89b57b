// Four queues, each with a lock of its own. One that is not in use is skipped with its lock held.
// The locks lie in one object.
#include <ndis.h>

#define QUEUES 4

struct q {
	NDIS_HANDLE ndis;
	struct {
		NDIS_SPIN_LOCK lock;
		ULONG used;
	} queue[QUEUES];
	ULONG dropped, active;
};

static NDIS_HANDLE q_driver;

static NDIS_STATUS q_attributes(struct q *nic)
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

static NDIS_STATUS q_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct q *nic;
	NDIS_STATUS st;
	ULONG i;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'kclq', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	nic->active = 3;
	for (i = 0; i < QUEUES; i++)
		NdisAllocateSpinLock(&nic->queue[i].lock);
	st = q_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	return NDIS_STATUS_SUCCESS;
fail:
	for (i = 0; i < QUEUES; i++)
		NdisFreeSpinLock(&nic->queue[i].lock);
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID q_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct q *nic = context;

	UNREFERENCED_PARAMETER(action);
	for (ULONG i = 0; i < QUEUES; i++)
		NdisFreeSpinLock(&nic->queue[i].lock);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS q_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	struct q *nic = context;
	ULONG i;

	UNREFERENCED_PARAMETER(params);
	for (i = 0; i < QUEUES; i++) {
		NdisAcquireSpinLock(&nic->queue[i].lock);
		if (!(nic->active & 1u << i))
			continue;
		nic->dropped += nic->queue[i].used;
		nic->queue[i].used = 0;
		NdisReleaseSpinLock(&nic->queue[i].lock);
	}
	return NDIS_STATUS_SUCCESS; // expect: defect SpinLock
}

static NDIS_STATUS q_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS q_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID q_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct q *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID q_cancel_send(NDIS_HANDLE context, PVOID id)
{
	struct q *nic = context;

	UNREFERENCED_PARAMETER(id);
	NdisAcquireSpinLock(&nic->queue[1].lock);
	nic->queue[1].used++;
	NdisReleaseSpinLock(&nic->queue[1].lock);
}

static VOID q_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(q_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS q_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = q_init,
	.HaltHandlerEx = q_halt,
	.UnloadHandler = q_unload,
	.PauseHandler = q_pause,
	.RestartHandler = q_restart,
	.OidRequestHandler = q_oid,
	.SendNetBufferListsHandler = q_send,
	.CancelSendHandler = q_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&q_ops,
					   &q_driver);
}
