/* Pause gives the ports a rest only. */
#include <ndis.h>

struct pp {
	NDIS_HANDLE ndis;
	PVOID ports;
	BOOLEAN claimed;
};

static NDIS_HANDLE pp_driver;

static VOID pp_release(struct pp *pp)
{
	if (pp->claimed) {
		NdisMDeregisterIoPortRange(pp->ndis, 0x280, 8, pp->ports);
		pp->claimed = FALSE;
	}
}

static NDIS_STATUS pp_attributes(struct pp *nic)
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

static NDIS_STATUS pp_init(NDIS_HANDLE handle, NDIS_HANDLE context,
			  PNDIS_MINIPORT_INIT_PARAMETERS params)
{
	struct pp *nic;
	NDIS_STATUS st;

	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	nic = NdisAllocateMemoryWithTagPriority(handle, sizeof *nic, 'troq', NormalPoolPriority);
	if (!nic)
		return NDIS_STATUS_RESOURCES;
	NdisZeroMemory(nic, sizeof *nic);
	nic->ndis = handle;
	st = pp_attributes(nic);
	if (st != NDIS_STATUS_SUCCESS)
		goto fail;
	st = NdisMRegisterIoPortRange(&nic->ports, handle, 0x280, 8);
	if (st)
		goto fail;
	nic->claimed = TRUE;
	return NDIS_STATUS_SUCCESS;
fail:
	NdisFreeMemory(nic, 0, 0);
	return st;
}

static VOID pp_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct pp *nic = context;

	UNREFERENCED_PARAMETER(action);
	pp_release(nic);
	NdisFreeMemory(nic, 0, 0);
}

static NDIS_STATUS pp_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
	struct pp *pp = context;

	UNREFERENCED_PARAMETER(params);
	NdisRawWritePortUchar(pp->ports, 0);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS pp_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(params);
	return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS pp_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST req)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(req);
	return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID pp_send(NDIS_HANDLE context, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct pp *nic = context;
	PNET_BUFFER_LIST l;

	UNREFERENCED_PARAMETER(port);
	for (l = nbl; l; l = l->Next)
		l->Status = NDIS_STATUS_PAUSED;
	NdisMSendNetBufferListsComplete(nic->ndis, nbl, flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID pp_cancel_send(NDIS_HANDLE context, PVOID id)
{
	UNREFERENCED_PARAMETER(context);
	UNREFERENCED_PARAMETER(id);
}

static VOID pp_unload(PDRIVER_OBJECT driver)
{
	UNREFERENCED_PARAMETER(driver);
	NdisMDeregisterMiniportDriver(pp_driver);
}

static const NDIS_MINIPORT_DRIVER_CHARACTERISTICS pp_ops = {
	.Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
		    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
		    NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 },
	.MajorNdisVersion = 6,
	.MinorNdisVersion = 1,
	.InitializeHandlerEx = pp_init,
	.HaltHandlerEx = pp_halt,
	.UnloadHandler = pp_unload,
	.PauseHandler = pp_pause,
	.RestartHandler = pp_restart,
	.OidRequestHandler = pp_oid,
	.SendNetBufferListsHandler = pp_send,
	.CancelSendHandler = pp_cancel_send,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	return NdisMRegisterMiniportDriver(driver, path, NULL,
					   (PNDIS_MINIPORT_DRIVER_CHARACTERISTICS)&pp_ops,
					   &pp_driver);
}
