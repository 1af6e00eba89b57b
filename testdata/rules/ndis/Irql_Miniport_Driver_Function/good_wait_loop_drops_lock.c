// Pause polls for the outstanding work and drops the lock around each sleep.

#include <ndis.h>

struct wait_nic {
	NDIS_HANDLE h;
	NDIS_HANDLE irq;
	NDIS_SPIN_LOCK lock;
	int outstanding;
};

static NDIS_HANDLE wait_driver;

static BOOLEAN wait_isr(NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus)
{
	UNREFERENCED_PARAMETER(ctx);
	*cpus = 0;
	*dpc = TRUE;
	return TRUE;
}

static VOID wait_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
	struct wait_nic *n = ctx;

	UNREFERENCED_PARAMETER(dpcctx);
	UNREFERENCED_PARAMETER(throttle);
	UNREFERENCED_PARAMETER(reserved);
	NdisDprAcquireSpinLock(&n->lock);
	n->outstanding = 0;
	NdisDprReleaseSpinLock(&n->lock);
}

static NDIS_STATUS wait_attributes(NDIS_HANDLE nic, struct wait_nic *ctx)
{
	NDIS_MINIPORT_ADAPTER_ATTRIBUTES any;
	NDIS_STATUS st;

	NdisZeroMemory(&any, sizeof(any));
	any.RegistrationAttributes.Header.Type =
		NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
	any.RegistrationAttributes.Header.Revision =
		NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
	any.RegistrationAttributes.Header.Size =
		NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
	any.RegistrationAttributes.MiniportAdapterContext = ctx;
	any.RegistrationAttributes.AttributeFlags =
		NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
	any.RegistrationAttributes.InterfaceType = NdisInterfacePci;
	st = NdisMSetMiniportAttributes(nic, &any);
	if (st == NDIS_STATUS_SUCCESS) {
		NdisZeroMemory(&any, sizeof(any));
		any.GeneralAttributes.Header.Type =
			NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
		any.GeneralAttributes.Header.Revision =
			NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
		any.GeneralAttributes.Header.Size =
			NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
		any.GeneralAttributes.MediaType = NdisMedium802_3;
		any.GeneralAttributes.MtuSize = 1500;
		any.GeneralAttributes.MacAddressLength = 6;
		any.GeneralAttributes.AccessType = NET_IF_ACCESS_BROADCAST;
		any.GeneralAttributes.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
		any.GeneralAttributes.ConnectionType = NET_IF_CONNECTION_DEDICATED;
		any.GeneralAttributes.IfType = IF_TYPE_ETHERNET_CSMACD;
		st = NdisMSetMiniportAttributes(nic, &any);
	}
	return st;
}

static NDIS_STATUS wait_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
			     PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;
	struct wait_nic *n;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(drvctx);
	UNREFERENCED_PARAMETER(params);
	n = NdisAllocateMemoryWithTagPriority(nic, sizeof *n, 'tiaw', NormalPoolPriority);
	if (!n)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(n, sizeof *n);
	n->h = nic;
	NdisAllocateSpinLock(&n->lock);
	st = wait_attributes(nic, n);
	if (st == NDIS_STATUS_SUCCESS) {
		NdisZeroMemory(&ic, sizeof(ic));
		ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
		ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
		ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
		ic.InterruptHandler = wait_isr;
		ic.InterruptDpcHandler = wait_dpc;

		st = NdisMRegisterInterruptEx(nic, n, &ic, &n->irq);
	}
	if (st != NDIS_STATUS_SUCCESS) {
		NdisFreeSpinLock(&n->lock);
		NdisFreeMemory(n, 0, 0);
	}
	return st;
}

static VOID wait_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
	struct wait_nic *n = ctx;

	UNREFERENCED_PARAMETER(action);
	NdisMDeregisterInterruptEx(n->irq);
	NdisFreeSpinLock(&n->lock);
	NdisFreeMemory(n, 0, 0);
}

static NDIS_STATUS wait_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	struct wait_nic *n = ctx;
	int tries = 0;

	UNREFERENCED_PARAMETER(params);
	NdisAcquireSpinLock(&n->lock);
	while (n->outstanding != 0 && tries++ < 1000) {
		NdisReleaseSpinLock(&n->lock);
		NdisMSleep(1000);
		NdisAcquireSpinLock(&n->lock);
	}
	NdisReleaseSpinLock(&n->lock);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS wait_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	struct wait_nic *n = ctx;

	UNREFERENCED_PARAMETER(params);
	NdisAcquireSpinLock(&n->lock);
	n->outstanding = 1;
	NdisReleaseSpinLock(&n->lock);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS wait_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID wait_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct wait_nic *a = (struct wait_nic *)ctx;
	PNET_BUFFER_LIST cur = nbl;
	ULONG done = 0;

	UNREFERENCED_PARAMETER(port);
	while (cur) {
		cur->Status = NDIS_STATUS_PAUSED;
		cur = cur->Next;
	}
	if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
		done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
	NdisMSendNetBufferListsComplete(a->h, nbl, done);
}

static VOID wait_unload(PDRIVER_OBJECT drv)
{
	UNREFERENCED_PARAMETER(drv);
	NdisMDeregisterMiniportDriver(wait_driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
	NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
	NDIS_STATUS st;

	NdisZeroMemory(&mc, sizeof(mc));
	mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
	mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
	mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
	mc.MajorNdisVersion = 6;
	mc.MinorNdisVersion = 1;
	mc.MajorDriverVersion = 1;
	mc.InitializeHandlerEx = wait_init;
	mc.HaltHandlerEx = wait_halt;
	mc.UnloadHandler = wait_unload;
	mc.PauseHandler = wait_pause;
	mc.RestartHandler = wait_restart;
	mc.OidRequestHandler = wait_oid;
	mc.SendNetBufferListsHandler = wait_send;
	st = NdisMRegisterMiniportDriver(drv, path, NULL, &mc, &wait_driver);
	if (st != NDIS_STATUS_SUCCESS)
		wait_driver = NULL;
	return st;
}
