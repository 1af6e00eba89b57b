// The chip is programmed at DISPATCH_LEVEL and the interrupt is registered before the level is
// lowered.

#include <ndis.h>

#define RZ_WINDOW 512

struct rz {
	NDIS_HANDLE nic;
	NDIS_HANDLE irq;
	volatile ULONG *reg;
};

static NDIS_HANDLE rz_driver;

static BOOLEAN rz_isr(NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus)
{
	struct rz *a = (struct rz *)ctx;
	BOOLEAN mine = (BOOLEAN)((a->reg[1] & 0x1) != 0);

	*dpc = mine;
	*cpus = 0;
	return mine;
}

static VOID rz_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(dpcctx);
	UNREFERENCED_PARAMETER(throttle);
	UNREFERENCED_PARAMETER(reserved);
}

static NDIS_STATUS rz_attributes(NDIS_HANDLE nic, struct rz *ctx)
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

static NDIS_STATUS rz_register(struct rz *rz)
{
	NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;

	NdisZeroMemory(&ic, sizeof(ic));
	ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
	ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
	ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
	ic.InterruptHandler = rz_isr;
	ic.InterruptDpcHandler = rz_dpc;

	return NdisMRegisterInterruptEx(rz->nic, rz, &ic, &rz->irq); // expect: defect Irql_Interrupt_Function
}

/* The chip wants its three unlock words in a row. */
static NDIS_STATUS rz_start(struct rz *rz)
{
	NDIS_STATUS st;
	KIRQL old;

	NDIS_RAISE_IRQL_TO_DISPATCH(&old);
	rz->reg[4] = 0x5a;
	rz->reg[4] = 0xa5;
	rz->reg[4] = 0x01;
	st = rz_register(rz);
	NDIS_LOWER_IRQL(old, DISPATCH_LEVEL);
	return st;
}

static NDIS_STATUS rz_init(NDIS_HANDLE handle, NDIS_HANDLE drvctx,
			   PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	PNDIS_RESOURCE_LIST list = params->AllocatedResources;
	struct rz *rz;
	NDIS_STATUS st;

	(void)drvctx;
	if (!list)
		return NDIS_STATUS_RESOURCES;
	rz = NdisAllocateMemoryWithTagPriority(handle, sizeof *rz, ' zr ', NormalPoolPriority);
	if (!rz)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(rz, sizeof *rz);
	rz->nic = handle;
	st = rz_attributes(handle, rz);
	if (st != NDIS_STATUS_SUCCESS)
		goto free;
	st = NdisMMapIoSpace((PVOID *)&rz->reg, handle, list->PartialDescriptors[0].u.Memory.Start,
			     RZ_WINDOW);
	if (st != NDIS_STATUS_SUCCESS)
		goto free;
	st = rz_start(rz);
	if (st != NDIS_STATUS_SUCCESS)
		goto unmap;
	return st;

unmap:
	NdisMUnmapIoSpace(handle, (PVOID)rz->reg, RZ_WINDOW);
free:
	NdisFreeMemory(rz, 0, 0);
	return st;
}

static VOID rz_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
	struct rz *rz = ctx;

	(void)action;
	rz->reg[4] = 0;
	NdisMDeregisterInterruptEx(rz->irq);
	NdisMUnmapIoSpace(rz->nic, (PVOID)rz->reg, RZ_WINDOW);
	NdisFreeMemory(rz, 0, 0);
}

static NDIS_STATUS rz_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS rz_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS rz_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID rz_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct rz *a = (struct rz *)ctx;
	PNET_BUFFER_LIST cur = nbl;
	ULONG done = 0;

	UNREFERENCED_PARAMETER(port);
	while (cur) {
		cur->Status = NDIS_STATUS_PAUSED;
		cur = cur->Next;
	}
	if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
		done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
	NdisMSendNetBufferListsComplete(a->nic, nbl, done);
}

static VOID rz_unload(PDRIVER_OBJECT drv)
{
	UNREFERENCED_PARAMETER(drv);
	NdisMDeregisterMiniportDriver(rz_driver);
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
	mc.InitializeHandlerEx = rz_init;
	mc.HaltHandlerEx = rz_halt;
	mc.UnloadHandler = rz_unload;
	mc.PauseHandler = rz_pause;
	mc.RestartHandler = rz_restart;
	mc.OidRequestHandler = rz_oid;
	mc.SendNetBufferListsHandler = rz_send;
	st = NdisMRegisterMiniportDriver(drv, path, NULL, &mc, &rz_driver);
	if (st != NDIS_STATUS_SUCCESS)
		rz_driver = NULL;
	return st;
}
