/* Registration of drivers: what they pass here decides which callbacks exist.
 *
 * Pages: nf-ndis-ndismregisterminiportdriver, nf-ndis-ndismderegisterminiportdriver,
 * nf-ndis-ndisfregisterfilterdriver, nf-ndis-ndisregisterprotocoldriver,
 * nf-ndis-ndissetoptionalhandlers. */
#include "model.h"

/* SetOptions runs before a registration returns. The driver's handle is its first argument; the
 * driver's own variable is written already only where a filter registers. */
static NDIS_STATUS set_options(SET_OPTIONS *handler, NDIS_HANDLE driver, NDIS_HANDLE context)
{
    NDIS_STATUS status;

    if (!handler)
        return NDIS_STATUS_SUCCESS;
    RUN_FOR(status, PASSIVE_LEVEL, "SET_OPTIONS", handler, driver, context);
    return status;
}

static void copy_miniport(PNDIS_MINIPORT_DRIVER_CHARACTERISTICS from)
{
    model_miniport.initialize = from->InitializeHandlerEx;
    model_miniport.halt = from->HaltHandlerEx;
    model_miniport.unload = from->UnloadHandler;
    model_miniport.pause = from->PauseHandler;
    model_miniport.restart = from->RestartHandler;
    model_miniport.oid_request = from->OidRequestHandler;
    model_miniport.send = from->SendNetBufferListsHandler;
    model_miniport.return_lists = from->ReturnNetBufferListsHandler;
    model_miniport.cancel_send = from->CancelSendHandler;
    model_miniport.check_for_hang = from->CheckForHangHandlerEx;
    model_miniport.reset = from->ResetHandlerEx;
    model_miniport.pnp_event = from->DevicePnPEventNotifyHandler;
    model_miniport.shutdown = from->ShutdownHandlerEx;
    model_miniport.cancel_oid = from->CancelOidRequestHandler;
    /* The structure of revision 1 ends here, that of revision 2 behind these. */
    if (from->Header.Revision >= NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2) {
        model_miniport.direct_oid_request = from->DirectOidRequestHandler;
        model_miniport.cancel_direct_oid = from->CancelDirectOidRequestHandler;
    }
    if (from->Header.Revision >= NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3)
        model_miniport.synchronous_oid_request = from->SynchronousOidRequestHandler;
}

NDIS_STATUS
NdisMRegisterMiniportDriver(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath,
                            NDIS_HANDLE MiniportDriverContext,
                            PNDIS_MINIPORT_DRIVER_CHARACTERISTICS MiniportDriverCharacteristics,
                            PNDIS_HANDLE NdisMiniportDriverHandle)
{
    NDIS_HANDLE driver;
    NDIS_STATUS status;

    if (drvlint_choose())
        return model_failure();
    driver = drvlint_fresh();
    status = set_options(MiniportDriverCharacteristics->SetOptionsHandler, driver,
                         MiniportDriverContext);
    if (status != NDIS_STATUS_SUCCESS)
        return status;
    copy_miniport(MiniportDriverCharacteristics);
    model_miniport.context = MiniportDriverContext;
    model_miniport.driver = driver;
    *NdisMiniportDriverHandle = driver;
    return NDIS_STATUS_SUCCESS;
}

void NdisMDeregisterMiniportDriver(NDIS_HANDLE NdisMiniportDriverHandle)
{
    model_miniport.driver = NULL;
}

static void copy_filter(PNDIS_FILTER_DRIVER_CHARACTERISTICS from)
{
    model_filter.set_module_options = from->SetFilterModuleOptionsHandler;
    model_filter.attach = from->AttachHandler;
    model_filter.detach = from->DetachHandler;
    model_filter.restart = from->RestartHandler;
    model_filter.pause = from->PauseHandler;
    model_filter.send = from->SendNetBufferListsHandler;
    model_filter.send_complete = from->SendNetBufferListsCompleteHandler;
    model_filter.cancel_send = from->CancelSendNetBufferListsHandler;
    model_filter.receive = from->ReceiveNetBufferListsHandler;
    model_filter.return_lists = from->ReturnNetBufferListsHandler;
    model_filter.oid_request = from->OidRequestHandler;
    model_filter.oid_complete = from->OidRequestCompleteHandler;
    model_filter.cancel_oid = from->CancelOidRequestHandler;
    model_filter.pnp_event = from->DevicePnPEventNotifyHandler;
    model_filter.net_pnp_event = from->NetPnPEventHandler;
    model_filter.status = from->StatusHandler;
    /* The structure of revision 1 ends here, that of revision 2 behind these. */
    if (from->Header.Revision >= NDIS_FILTER_CHARACTERISTICS_REVISION_2) {
        model_filter.direct_oid_request = from->DirectOidRequestHandler;
        model_filter.direct_oid_complete = from->DirectOidRequestCompleteHandler;
        model_filter.cancel_direct_oid = from->CancelDirectOidRequestHandler;
    }
    if (from->Header.Revision >= NDIS_FILTER_CHARACTERISTICS_REVISION_3) {
        model_filter.synchronous_oid_request = from->SynchronousOidRequestHandler;
        model_filter.synchronous_oid_complete = from->SynchronousOidRequestCompleteHandler;
    }
}

NDIS_STATUS
NdisFRegisterFilterDriver(PDRIVER_OBJECT DriverObject, NDIS_HANDLE FilterDriverContext,
                          PNDIS_FILTER_DRIVER_CHARACTERISTICS FilterDriverCharacteristics,
                          PNDIS_HANDLE NdisFilterDriverHandle)
{
    NDIS_HANDLE driver;
    NDIS_STATUS status;

    if (drvlint_choose())
        return model_failure();
    driver = drvlint_fresh();
    *NdisFilterDriverHandle = driver;
    status =
        set_options(FilterDriverCharacteristics->SetOptionsHandler, driver, FilterDriverContext);
    if (status != NDIS_STATUS_SUCCESS)
        return status;
    copy_filter(FilterDriverCharacteristics);
    model_filter.context = FilterDriverContext;
    model_filter.driver = driver;
    return NDIS_STATUS_SUCCESS;
}

void NdisFDeregisterFilterDriver(NDIS_HANDLE NdisFilterDriverHandle)
{
    model_filter.driver = NULL;
}

static void copy_protocol(PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS from)
{
    model_protocol.bind = from->BindAdapterHandlerEx;
    model_protocol.unbind = from->UnbindAdapterHandlerEx;
    model_protocol.open_complete = from->OpenAdapterCompleteHandlerEx;
    model_protocol.close_complete = from->CloseAdapterCompleteHandlerEx;
    model_protocol.net_pnp_event = from->NetPnPEventHandler;
    model_protocol.uninstall = from->UninstallHandler;
    model_protocol.oid_complete = from->OidRequestCompleteHandler;
    model_protocol.status = from->StatusHandlerEx;
    model_protocol.receive = from->ReceiveNetBufferListsHandler;
    model_protocol.send_complete = from->SendNetBufferListsCompleteHandler;
    /* The structure of revision 1 ends here. */
    if (from->Header.Revision >= NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2)
        model_protocol.direct_oid_complete = from->DirectOidRequestCompleteHandler;
}

NDIS_STATUS
NdisRegisterProtocolDriver(NDIS_HANDLE ProtocolDriverContext,
                           PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS ProtocolCharacteristics,
                           PNDIS_HANDLE NdisProtocolHandle)
{
    NDIS_HANDLE driver;
    NDIS_STATUS status;

    if (drvlint_choose())
        return model_failure();
    driver = drvlint_fresh();
    status = set_options(ProtocolCharacteristics->SetOptionsHandler, driver, ProtocolDriverContext);
    if (status != NDIS_STATUS_SUCCESS)
        return status;
    copy_protocol(ProtocolCharacteristics);
    model_protocol.context = ProtocolDriverContext;
    model_protocol.driver = driver;
    *NdisProtocolHandle = driver;
    return NDIS_STATUS_SUCCESS;
}

void NdisDeregisterProtocolDriver(NDIS_HANDLE NdisProtocolHandle)
{
    model_protocol.driver = NULL;
}

static void copy_pnp(PNDIS_MINIPORT_PNP_CHARACTERISTICS from)
{
    model_miniport.add_device = from->MiniportAddDeviceHandler;
    model_miniport.remove_device = from->MiniportRemoveDeviceHandler;
    model_miniport.filter_resources = from->MiniportFilterResourceRequirementsHandler;
    model_miniport.start_device = from->MiniportStartDeviceHandler;
}

static void copy_connection(PNDIS_MINIPORT_CO_CHARACTERISTICS from)
{
    model_connection.create = from->CoCreateVcHandler;
    model_connection.delete = from->CoDeleteVcHandler;
    model_connection.activate = from->CoActivateVcHandler;
    model_connection.deactivate = from->CoDeactivateVcHandler;
    model_connection.send = from->CoSendNetBufferListsHandler;
    model_connection.oid_request = from->CoOidRequestHandler;
}

static void copy_data_path(PNDIS_FILTER_PARTIAL_CHARACTERISTICS from)
{
    model_filter.send = from->SendNetBufferListsHandler;
    model_filter.send_complete = from->SendNetBufferListsCompleteHandler;
    model_filter.cancel_send = from->CancelSendNetBufferListsHandler;
    model_filter.receive = from->ReceiveNetBufferListsHandler;
    model_filter.return_lists = from->ReturnNetBufferListsHandler;
}

/* The type in the header tells the kind of handlers. Those of clients and call managers are not
 * followed. */
NDIS_STATUS NdisSetOptionalHandlers(NDIS_HANDLE NdisDriverHandle,
                                    PNDIS_DRIVER_OPTIONAL_HANDLERS OptionalHandlers)
{
    UCHAR type = OptionalHandlers->Header.Type;

    if (drvlint_choose())
        return model_failure();
    if (type == NDIS_OBJECT_TYPE_MINIPORT_PNP_CHARACTERISTICS) {
        copy_pnp((PNDIS_MINIPORT_PNP_CHARACTERISTICS)OptionalHandlers);
    } else if (type == NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS) {
        copy_connection((PNDIS_MINIPORT_CO_CHARACTERISTICS)OptionalHandlers);
    } else if (type == NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS) {
        copy_data_path((PNDIS_FILTER_PARTIAL_CHARACTERISTICS)OptionalHandlers);
    } else if (type == NDIS_OBJECT_TYPE_MINIPORT_SS_CHARACTERISTICS) {
        PNDIS_MINIPORT_SS_CHARACTERISTICS from =
            (PNDIS_MINIPORT_SS_CHARACTERISTICS)OptionalHandlers;
        model_miniport.idle = from->IdleNotificationHandler;
        model_miniport.cancel_idle = from->CancelIdleNotificationHandler;
    }
    return NDIS_STATUS_SUCCESS;
}

void NdisIMAssociateMiniport(NDIS_HANDLE DriverHandle, NDIS_HANDLE ProtocolHandle)
{
}

NDIS_HANDLE model_im_context;

/* The adapter comes later; its init parameters have the context. */
NDIS_STATUS NdisIMInitializeDeviceInstanceEx(NDIS_HANDLE DriverHandle, PNDIS_STRING DriverInstance,
                                             NDIS_HANDLE DeviceContext)
{
    if (drvlint_choose())
        return model_failure();
    model_im_context = DeviceContext;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisIMCancelInitializeDeviceInstance(NDIS_HANDLE DriverHandle,
                                                 PNDIS_STRING DeviceInstance)
{
    if (drvlint_choose())
        return model_failure();
    model_im_context = NULL;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisIMDeInitializeDeviceInstance(NDIS_HANDLE NdisMiniportHandle)
{
    model_im_context = NULL;
    return model_any_result();
}

NDIS_HANDLE NdisIMGetBindingContext(NDIS_HANDLE NdisBindingHandle)
{
    return model_binding.context;
}
