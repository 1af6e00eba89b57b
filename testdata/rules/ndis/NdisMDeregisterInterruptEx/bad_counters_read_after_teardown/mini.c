// Halt reads the last counters, synchronized with the interrupt, after the teardown has
// deregistered it.

#include "mini.h"

MINIPORT_INITIALIZE mini_init;
MINIPORT_HALT mini_halt;
MINIPORT_UNLOAD mini_unload;
MINIPORT_PAUSE mini_pause;
MINIPORT_RESTART mini_restart;
MINIPORT_OID_REQUEST mini_oid;
MINIPORT_SEND_NET_BUFFER_LISTS mini_send;

static NDIS_HANDLE mini_driver;

static NDIS_STATUS mini_attributes(NDIS_HANDLE nic, mini_t *ctx)
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

NDIS_STATUS mini_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	mini_t *m;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(drvctx);
	UNREFERENCED_PARAMETER(params);
	m = NdisAllocateMemoryWithTagPriority(nic, sizeof(mini_t), 'inim', NormalPoolPriority);
	if (!m)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(m, sizeof(mini_t));
	m->h = nic;
	st = mini_attributes(nic, m);
	if (st == NDIS_STATUS_SUCCESS)
		st = irq_setup(m);
	if (st != NDIS_STATUS_SUCCESS)
		NdisFreeMemory(m, 0, 0);
	return st;
}

VOID mini_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
	mini_t *m = ctx;

	UNREFERENCED_PARAMETER(action);
	irq_teardown(m);
	irq_counters(m);
	if (m->latched.errors != 0)
		NdisWriteErrorLogEntry(m->h, NDIS_ERROR_CODE_HARDWARE_FAILURE, 1,
				       m->latched.errors);
	NdisFreeMemory(m, 0, 0);
}

NDIS_STATUS mini_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS mini_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS mini_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(ctx);
	return req->RequestType == NdisRequestQueryStatistics ? NDIS_STATUS_INVALID_OID
							      : NDIS_STATUS_NOT_SUPPORTED;
}

VOID mini_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	mini_t *a = (mini_t *)ctx;
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

VOID mini_unload(PDRIVER_OBJECT drv)
{
	UNREFERENCED_PARAMETER(drv);
	NdisMDeregisterMiniportDriver(mini_driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
	NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

	NdisZeroMemory(&Chars, sizeof(Chars));
	Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
	Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
	Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
	Chars.MajorNdisVersion = 6;
	Chars.MinorNdisVersion = 0;
	Chars.MajorDriverVersion = 1;
	Chars.InitializeHandlerEx = mini_init;
	Chars.HaltHandlerEx = mini_halt;
	Chars.UnloadHandler = mini_unload;
	Chars.PauseHandler = mini_pause;
	Chars.RestartHandler = mini_restart;
	Chars.OidRequestHandler = mini_oid;
	Chars.SendNetBufferListsHandler = mini_send;
	return NdisMRegisterMiniportDriver(drv, path, NULL, &Chars, &mini_driver);
}
