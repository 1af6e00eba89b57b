/* A value of a sub key is read before both handles are closed. */
#include <ndis.h>

struct sk {
	NDIS_HANDLE ndis;
	ULONG depth;
};

static NDIS_HANDLE sk_driver;

static VOID sk_read(struct sk *sk)
{
	static NDIS_STRING name = NDIS_STRING_CONST("Queues"), word = NDIS_STRING_CONST("Depth");
	NDIS_CONFIGURATION_OBJECT object;
	PNDIS_CONFIGURATION_PARAMETER value;
	NDIS_HANDLE top, sub;
	NDIS_STATUS st;

	NdisZeroMemory(&object, sizeof object);
	object.Header.Type = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT;
	object.Header.Revision = NDIS_CONFIGURATION_OBJECT_REVISION_1;
	object.Header.Size = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1;
	object.NdisHandle = sk->ndis;
	if (NdisOpenConfigurationEx(&object, &top) != NDIS_STATUS_SUCCESS)
		return;
	NdisOpenConfigurationKeyByName(&st, top, &name, &sub);
	if (st == NDIS_STATUS_SUCCESS) {
		NdisReadConfiguration(&st, &value, sub, &word, NdisParameterInteger);
		if (st == NDIS_STATUS_SUCCESS)
			sk->depth = 4;
		NdisCloseConfiguration(sub);
	}
	NdisCloseConfiguration(top);
}

static NDIS_STATUS sk_attributes(struct sk *nic)
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

static NDIS_STATUS sk_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct sk *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'yksb', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = sk_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	sk_read(nic);
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID sk_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct sk *nic = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS sk_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS sk_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS sk_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID sk_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct sk *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID sk_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID sk_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(sk_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS sk_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = sk_init,
	.HaltHandlerEx = sk_halt,
	.UnloadHandler = sk_unload,
	.PauseHandler = sk_pause,
	.RestartHandler = sk_restart,
	.OidRequestHandler = sk_oid,
	.SendNetBufferListsHandler = sk_send,
	.CancelSendHandler = sk_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&sk_ops,
					   &sk_driver);
}
