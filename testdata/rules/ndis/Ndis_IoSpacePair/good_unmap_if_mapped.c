/* A window that is not essential: initialization goes on without it, and halt unmaps it if it is
 * there. */
#include <ndis.h>

struct um {
	NDIS_HANDLE ndis;
	PVOID extra;
};

static NDIS_HANDLE um_driver;

static NDIS_STATUS um_attributes(struct um *nic)
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

static NDIS_STATUS um_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct um *nic;
	NDIS_STATUS st;
	NDIS_PHYSICAL_ADDRESS where;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'pamu', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = um_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	where.QuadPart = 0xf0000000;
	if (NdisMMapIoSpace(&nic->extra, handle, where, 4096) != NDIS_STATUS_SUCCESS)
		nic->extra = NULL;
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID um_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct um *nic = context;

	UNREFERENCED_PARAMETER(action);
	if (nic->extra)
		NdisMUnmapIoSpace(nic->ndis, nic->extra, 4096);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS um_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS um_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS um_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID um_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct um *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID um_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID um_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(um_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS um_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = um_init,
	.HaltHandlerEx = um_halt,
	.UnloadHandler = um_unload,
	.PauseHandler = um_pause,
	.RestartHandler = um_restart,
	.OidRequestHandler = um_oid,
	.SendNetBufferListsHandler = um_send,
	.CancelSendHandler = um_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&um_ops,
					   &um_driver);
}
