// Bit fields say what there is; teardown clears all of them and tests the bit of the interrupt
// afterwards.

#include <ndis.h>

struct bf {
	NDIS_HANDLE ndis;
	NDIS_HANDLE irq;
	PVOID log;

	union {
		struct {
			ULONG log : 1;
			ULONG irq : 1;
			ULONG spare : 30;
		};

		ULONG all;
	} has;
};

static NDIS_HANDLE bf_driver;

static BOOLEAN bf_isr(NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus)
{
	UNREFERENCED_PARAMETER(ctx);
	*cpus = 0;
	*dpc = TRUE;
	return TRUE;
}

static VOID bf_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(dpcctx);
	UNREFERENCED_PARAMETER(throttle);
	UNREFERENCED_PARAMETER(reserved);
}

static NDIS_STATUS bf_attributes(NDIS_HANDLE nic, struct bf *ctx)
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

static void teardown(struct bf *bf)
{
	bf->has.all = 0;
	if (bf->has.irq)
		NdisMDeregisterInterruptEx(bf->irq);
	if (bf->log)
		NdisFreeMemory(bf->log, 0, 0);
	NdisFreeMemory(bf, 0, 0);
}

static NDIS_STATUS bf_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
			   PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;
	struct bf *bf;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(drvctx);
	UNREFERENCED_PARAMETER(params);
	bf = NdisAllocateMemoryWithTagPriority(nic, sizeof *bf, ' fb ', NormalPoolPriority);
	if (!bf)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(bf, sizeof *bf);
	bf->ndis = nic;
	st = bf_attributes(nic, bf);
	if (st != NDIS_STATUS_SUCCESS)
		goto out;
	NdisZeroMemory(&ic, sizeof(ic));
	ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
	ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
	ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
	ic.InterruptHandler = bf_isr;
	ic.InterruptDpcHandler = bf_dpc;

	st = NdisMRegisterInterruptEx(nic, bf, &ic, &bf->irq);
	if (st != NDIS_STATUS_SUCCESS)
		goto out;
	bf->has.irq = 1;

	bf->log = NdisAllocateMemoryWithTagPriority(nic, 4096, ' fb ', LowPoolPriority);
	bf->has.log = bf->log != NULL;
out:
	if (st != NDIS_STATUS_SUCCESS)
		teardown(bf);
	return st;
}

static VOID bf_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
	UNREFERENCED_PARAMETER(action);
	teardown(ctx);
} // expect: defect Init_DeRegisterInterrupt

static NDIS_STATUS bf_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS bf_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS bf_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID bf_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct bf *Nic = (struct bf *)ctx;
	PNET_BUFFER_LIST Next;
	ULONG CompleteFlags = (flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL)
				      ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
				      : 0;

	UNREFERENCED_PARAMETER(port);
	do {
		Next = NET_BUFFER_LIST_NEXT_NBL(nbl);
		NET_BUFFER_LIST_NEXT_NBL(nbl) = NULL;
		NET_BUFFER_LIST_STATUS(nbl) = NDIS_STATUS_PAUSED;
		NdisMSendNetBufferListsComplete(Nic->ndis, nbl, CompleteFlags);
		nbl = Next;
	} while (nbl != NULL);
}

static VOID bf_unload(PDRIVER_OBJECT drv)
{
	UNREFERENCED_PARAMETER(drv);
	NdisMDeregisterMiniportDriver(bf_driver);
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
	mc.InitializeHandlerEx = bf_init;
	mc.HaltHandlerEx = bf_halt;
	mc.UnloadHandler = bf_unload;
	mc.PauseHandler = bf_pause;
	mc.RestartHandler = bf_restart;
	mc.OidRequestHandler = bf_oid;
	mc.SendNetBufferListsHandler = bf_send;
	st = NdisMRegisterMiniportDriver(drv, path, NULL, &mc, &bf_driver);
	if (st != NDIS_STATUS_SUCCESS)
		bf_driver = NULL;
	return st;
}
