// The bit that makes cleanup deregister the interrupt is set right after the registration.

#include <ndis.h>

enum { HAVE_BAR = 1 << 0, HAVE_IRQ = 1 << 1, HAVE_BUF = 1 << 2 };

#define BAR_LENGTH 0x400
#define BUF_LENGTH 2048

struct nic {
	NDIS_HANDLE ndis;
	NDIS_HANDLE irq;
	volatile ULONG *bar;
	PVOID buf;
	ULONG have;
};

static NDIS_HANDLE driver;

static BOOLEAN nic_isr(NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus)
{
	struct nic *a = (struct nic *)ctx;
	BOOLEAN mine = (BOOLEAN)((a->bar[1] & 0x1) != 0);

	*dpc = mine;
	*cpus = 0;
	return mine;
}

static VOID nic_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(dpcctx);
	UNREFERENCED_PARAMETER(throttle);
	UNREFERENCED_PARAMETER(reserved);
}

static NDIS_STATUS set_attributes(NDIS_HANDLE nic, struct nic *ctx)
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

static VOID cleanup(struct nic *nic)
{
	if (nic->have & HAVE_IRQ)
		NdisMDeregisterInterruptEx(nic->irq);
	if (nic->have & HAVE_BUF)
		NdisFreeMemory(nic->buf, 0, 0);
	if (nic->have & HAVE_BAR)
		NdisMUnmapIoSpace(nic->ndis, (PVOID)nic->bar, BAR_LENGTH);
	nic->have = 0;
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS connect(struct nic *nic)
{
	NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;

	NdisZeroMemory(&ic, sizeof(ic));
	ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
	ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
	ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
	ic.InterruptHandler = nic_isr;
	ic.InterruptDpcHandler = nic_dpc;

	return NdisMRegisterInterruptEx(nic->ndis, nic, &ic, &nic->irq);
}

static NDIS_STATUS nic_init(NDIS_HANDLE handle, NDIS_HANDLE drvctx,
			    PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct nic *nic;
	NDIS_STATUS st;

	(void)drvctx;
	if (params->AllocatedResources == NULL || params->AllocatedResources->Count == 0)
		return NDIS_STATUS_ADAPTER_NOT_FOUND;

	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'cinN', NormalPoolPriority);
	if (nic == NULL)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;

	st = set_attributes(handle, nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;

	st = NdisMMapIoSpace((PVOID *)&nic->bar, handle,
			     params->AllocatedResources->PartialDescriptors[0].u.Memory.Start,
			     BAR_LENGTH);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	nic->have |= HAVE_BAR;

	st = connect(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	nic->have |= HAVE_IRQ;

	nic->buf =
		NdisAllocateMemoryWithTagPriority(handle, BUF_LENGTH, 'fubN', NormalPoolPriority);
	if (nic->buf == NULL) {
		st = NDIS_STATUS_RESOURCES;
		goto fail;
	}
	nic->have |= HAVE_BUF;
	return NDIS_STATUS_SUCCESS;

fail:
	cleanup(nic);
	return st;
}

static VOID nic_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
	(void)action;
	cleanup(ctx);
}

static NDIS_STATUS nic_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS nic_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS nic_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
	NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

	UNREFERENCED_PARAMETER(ctx);
	switch (req->DATA.SET_INFORMATION.Oid) {
	case OID_GEN_CURRENT_LOOKAHEAD:
	case OID_GEN_CURRENT_PACKET_FILTER:
		if (req->RequestType == NdisRequestSetInformation)
			Result = NDIS_STATUS_SUCCESS;
		break;
	default:
		break;
	}
	return Result;
}

static VOID nic_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct nic *a = (struct nic *)ctx;
	PNET_BUFFER_LIST cur = nbl;
	ULONG done = 0;

	UNREFERENCED_PARAMETER(port);
	while (cur) {
		cur->Status = NDIS_STATUS_PAUSED;
		cur = cur->Next;
	}
	if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
		done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
	NdisMSendNetBufferListsComplete(a->ndis, nbl, done);
}

static VOID nic_unload(PDRIVER_OBJECT drv)
{
	UNREFERENCED_PARAMETER(drv);
	NdisMDeregisterMiniportDriver(driver);
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
	mc.InitializeHandlerEx = nic_init;
	mc.HaltHandlerEx = nic_halt;
	mc.UnloadHandler = nic_unload;
	mc.PauseHandler = nic_pause;
	mc.RestartHandler = nic_restart;
	mc.OidRequestHandler = nic_oid;
	mc.SendNetBufferListsHandler = nic_send;
	st = NdisMRegisterMiniportDriver(drv, path, NULL, &mc, &driver);
	if (st != NDIS_STATUS_SUCCESS)
		driver = NULL;
	return st;
}
