// As many ports as a configuration register says, eight at most, get an interface; teardown
// leaves the first one.

#include <ndis.h>

#define MAX_PORTS 8

struct nic {
	NDIS_HANDLE h;
	NDIS_HANDLE provider;
	ULONG ports;

	struct {
		NET_IFINDEX index;
		UINT32 luid;
	} port[MAX_PORTS];
};

static NDIS_HANDLE port_driver;

static NDIS_STATUS IfQuery(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, PULONG OutputLength,
			   PVOID Output)
{
	UNREFERENCED_PARAMETER(IfContext);
	UNREFERENCED_PARAMETER(ObjectId);
	UNREFERENCED_PARAMETER(Output);
	*OutputLength = 0;
	return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS IfSet(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, ULONG InputLength,
			 PVOID Input)
{
	UNREFERENCED_PARAMETER(IfContext);
	UNREFERENCED_PARAMETER(ObjectId);
	UNREFERENCED_PARAMETER(InputLength);
	UNREFERENCED_PARAMETER(Input);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS port_attributes(NDIS_HANDLE nic, struct nic *ctx)
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

static NDIS_STATUS add_port(struct nic *n, ULONG i)
{
	NET_IF_INFORMATION info;
	NDIS_STATUS st;
	NET_LUID luid;

	st = NdisIfAllocateNetLuidIndex(IF_TYPE_PROP_VIRTUAL, &n->port[i].luid);
	if (st != NDIS_STATUS_SUCCESS)
		return st;
	NDIS_MAKE_NET_LUID(&luid, IF_TYPE_PROP_VIRTUAL, n->port[i].luid);
	NdisZeroMemory(&info, sizeof(info));
	info.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
	info.Header.Revision = NDIS_OBJECT_REVISION_1;
	info.Header.Size = NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1;
	info.AccessType = NET_IF_ACCESS_BROADCAST;
	info.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
	info.ConnectionType = NET_IF_CONNECTION_DEDICATED;
	info.MediaType = NdisMedium802_3;
	st = NdisIfRegisterInterface(n->provider, luid, n, &info, &n->port[i].index);
	if (st != NDIS_STATUS_SUCCESS)
		NdisIfFreeNetLuidIndex(IF_TYPE_PROP_VIRTUAL, n->port[i].luid);
	return st;
}

static void remove_ports(struct nic *n)
{
	while (n->ports > 1) {
		n->ports--;
		NdisIfDeregisterInterface(n->port[n->ports].index);
		NdisIfFreeNetLuidIndex(IF_TYPE_PROP_VIRTUAL, n->port[n->ports].luid);
	}
	NdisIfDeregisterProvider(n->provider); // expect: defect Ndis_DeregisterInterface
}

static NDIS_STATUS port_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
			     PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	NDIS_IF_PROVIDER_CHARACTERISTICS pc;
	struct nic *n;
	NDIS_STATUS st;
	ULONG want = 0;

	UNREFERENCED_PARAMETER(drvctx);
	UNREFERENCED_PARAMETER(params);
	n = NdisAllocateMemoryWithTagPriority(nic, sizeof *n, 'trop', NormalPoolPriority);
	if (!n)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(n, sizeof *n);
	n->h = nic;
	st = port_attributes(nic, n);
	if (st != NDIS_STATUS_SUCCESS)
		goto free;
	NdisZeroMemory(&pc, sizeof(pc));
	pc.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
	pc.Header.Revision = NDIS_OBJECT_REVISION_1;
	pc.Header.Size = NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1;
	pc.QueryObjectHandler = IfQuery;
	pc.SetObjectHandler = IfSet;
	st = NdisIfRegisterProvider(&pc, n, &n->provider);
	if (st != NDIS_STATUS_SUCCESS)
		goto free;

	NdisMGetBusData(nic, PCI_WHICHSPACE_CONFIG, 0x48, &want, sizeof want);
	want = min(want, MAX_PORTS);
	for (; n->ports < want; n->ports++) {
		st = add_port(n, n->ports);
		if (st != NDIS_STATUS_SUCCESS)
			goto remove;
	}
	return NDIS_STATUS_SUCCESS;

remove:
	remove_ports(n);
free:
	NdisFreeMemory(n, 0, 0);
	return st;
}

static VOID port_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
	UNREFERENCED_PARAMETER(action);
	remove_ports(ctx);
	NdisFreeMemory(ctx, 0, 0);
}

static NDIS_STATUS port_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS port_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS port_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID port_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
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
	NdisMSendNetBufferListsComplete(a->h, nbl, done);
}

static VOID port_unload(PDRIVER_OBJECT drv)
{
	UNREFERENCED_PARAMETER(drv);
	NdisMDeregisterMiniportDriver(port_driver);
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
	mc.InitializeHandlerEx = port_init;
	mc.HaltHandlerEx = port_halt;
	mc.UnloadHandler = port_unload;
	mc.PauseHandler = port_pause;
	mc.RestartHandler = port_restart;
	mc.OidRequestHandler = port_oid;
	mc.SendNetBufferListsHandler = port_send;
	st = NdisMRegisterMiniportDriver(drv, path, NULL, &mc, &port_driver);
	if (st != NDIS_STATUS_SUCCESS)
		port_driver = NULL;
	return st;
}
