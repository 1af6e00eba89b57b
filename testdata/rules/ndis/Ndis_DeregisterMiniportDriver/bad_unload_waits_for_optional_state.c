// Unload deregisters only in the state that is reached with the optional cache.

#include <ndis.h>

enum gs_state { GS_NONE, GS_REGISTERED, GS_CACHED };

struct gs_adapter {
	NDIS_HANDLE handle;
};

static struct {
	enum gs_state state;
	NDIS_HANDLE driver;
	PVOID cache;
} gs;

static NDIS_STATUS gs_attributes(NDIS_HANDLE nic, struct gs_adapter *ctx)
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

static NDIS_STATUS gs_initialize(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
				 PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct gs_adapter *a;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(drvctx);
	UNREFERENCED_PARAMETER(params);
	a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'asg ', NormalPoolPriority);
	if (!a)
		return NDIS_STATUS_RESOURCES;
	a->handle = nic;
	st = gs_attributes(nic, a);
	if (st != NDIS_STATUS_SUCCESS)
		NdisFreeMemory(a, 0, 0);
	return st;
}

static VOID gs_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
	UNREFERENCED_PARAMETER(action);
	NdisFreeMemory(ctx, 0, 0);
}

static NDIS_STATUS gs_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS gs_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS gs_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID gs_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct gs_adapter *a = (struct gs_adapter *)ctx;
	PNET_BUFFER_LIST cur = nbl;
	ULONG done = 0;

	UNREFERENCED_PARAMETER(port);
	while (cur) {
		cur->Status = NDIS_STATUS_PAUSED;
		cur = cur->Next;
	}
	if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
		done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
	NdisMSendNetBufferListsComplete(a->handle, nbl, done);
}

static VOID gs_unload(PDRIVER_OBJECT drv)
{
	UNREFERENCED_PARAMETER(drv);
	if (gs.cache)
		NdisFreeMemory(gs.cache, 0, 0);
	if (gs.state == GS_CACHED)
		NdisMDeregisterMiniportDriver(gs.driver);
	gs.state = GS_NONE;
} // expect: defect Ndis_DeregisterMiniportDriver

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
	NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
	NDIS_STATUS st;

	NdisZeroMemory(&mc, sizeof(mc));
	mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
	mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
	mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
	mc.MajorNdisVersion = 6;
	mc.MinorNdisVersion = 0;
	mc.MajorDriverVersion = 1;
	mc.InitializeHandlerEx = gs_initialize;
	mc.HaltHandlerEx = gs_halt;
	mc.UnloadHandler = gs_unload;
	mc.PauseHandler = gs_pause;
	mc.RestartHandler = gs_restart;
	mc.OidRequestHandler = gs_oid;
	mc.SendNetBufferListsHandler = gs_send;
	st = NdisMRegisterMiniportDriver(drv, path, NULL, &mc, &gs.driver);
	if (st != NDIS_STATUS_SUCCESS)
		return st;
	gs.state = GS_REGISTERED;

	/* Without the cache the driver is slower, that is all. */
	gs.cache = NdisAllocateMemoryWithTagPriority(gs.driver, 65536, 'csg ', LowPoolPriority);
	if (gs.cache)
		gs.state = GS_CACHED;
	return STATUS_SUCCESS;
}
