/* The life of a filter module: attach, paused and running, detach.
 *
 * Pages: filter-module-states-and-operations, attaching-a-filter-module, nc-ndis-filter_*. */
#include "model.h"

struct model_filter model_filter;
struct model_module model_module;

/* ---- data path ---- */

static void module_send(void)
{
    FILTER_SEND_NET_BUFFER_LISTS *handler =
        HANDLER(model_filter.send, "FILTER_SEND_NET_BUFFER_LISTS");
    NDIS_HANDLE context = model_module.context;
    PNET_BUFFER_LIST lists;
    NDIS_PORT_NUMBER port;

    if (!handler)
        return;
    lists = (PNET_BUFFER_LIST)drvlint_fresh();
    port = drvlint_any_u32();
    RUN_FLAGGED("FILTER_SEND_NET_BUFFER_LISTS", handler, context, lists, port);
}

/* Of a list that the module sent down, itself or for others. */
static void module_send_complete(void)
{
    FILTER_SEND_NET_BUFFER_LISTS_COMPLETE *handler =
        HANDLER(model_filter.send_complete, "FILTER_SEND_NET_BUFFER_LISTS_COMPLETE");
    NDIS_HANDLE context = model_module.context;
    PNET_BUFFER_LIST lists = model_sent_list;

    if (!handler)
        return;
    model_sent_list = NULL;
    if (!lists)
        lists = (PNET_BUFFER_LIST)drvlint_fresh();
    RUN_FLAGGED("FILTER_SEND_NET_BUFFER_LISTS_COMPLETE", handler, context, lists);
}

static void module_receive(void)
{
    FILTER_RECEIVE_NET_BUFFER_LISTS *handler =
        HANDLER(model_filter.receive, "FILTER_RECEIVE_NET_BUFFER_LISTS");
    NDIS_HANDLE context = model_module.context;
    PNET_BUFFER_LIST lists;
    NDIS_PORT_NUMBER port;
    ULONG count;

    if (!handler)
        return;
    lists = (PNET_BUFFER_LIST)drvlint_fresh();
    port = drvlint_any_u32();
    count = drvlint_any_u32();
    RUN_FLAGGED("FILTER_RECEIVE_NET_BUFFER_LISTS", handler, context, lists, port, count);
}

static void module_return(void)
{
    FILTER_RETURN_NET_BUFFER_LISTS *handler =
        HANDLER(model_filter.return_lists, "FILTER_RETURN_NET_BUFFER_LISTS");
    NDIS_HANDLE context = model_module.context;
    PNET_BUFFER_LIST lists = model_indicated_list;

    if (!handler)
        return;
    model_indicated_list = NULL;
    if (!lists)
        lists = (PNET_BUFFER_LIST)drvlint_fresh();
    RUN_FLAGGED("FILTER_RETURN_NET_BUFFER_LISTS", handler, context, lists);
}

static void module_cancel_send(void)
{
    FILTER_CANCEL_SEND_NET_BUFFER_LISTS *handler =
        HANDLER(model_filter.cancel_send, "FILTER_CANCEL_SEND_NET_BUFFER_LISTS");
    NDIS_HANDLE context = model_module.context;
    PVOID cancel_id = drvlint_any_pointer();

    if (handler)
        RUN_AT_EITHER("FILTER_CANCEL_SEND_NET_BUFFER_LISTS", handler, context, cancel_id);
}

/* ---- control path ---- */

static void module_oid_request(void)
{
    FILTER_OID_REQUEST *handler = HANDLER(model_filter.oid_request, "FILTER_OID_REQUEST");
    FILTER_CANCEL_OID_REQUEST *cancel =
        HANDLER(model_filter.cancel_oid, "FILTER_CANCEL_OID_REQUEST");
    NDIS_HANDLE context = model_module.context;
    NDIS_STATUS status;

    if (handler && drvlint_choose()) {
        PNDIS_OID_REQUEST request = (PNDIS_OID_REQUEST)drvlint_fresh();
        RUN_FOR_AT_EITHER(status, "FILTER_OID_REQUEST", handler, context, request);
    }
    if (cancel && drvlint_choose()) {
        PVOID request_id = drvlint_any_pointer();
        RUN_AT_EITHER("FILTER_CANCEL_OID_REQUEST", cancel, context, request_id);
    }
}

static void module_direct_oid_request(void)
{
    FILTER_DIRECT_OID_REQUEST *handler =
        HANDLER(model_filter.direct_oid_request, "FILTER_DIRECT_OID_REQUEST");
    FILTER_CANCEL_DIRECT_OID_REQUEST *cancel =
        HANDLER(model_filter.cancel_direct_oid, "FILTER_CANCEL_DIRECT_OID_REQUEST");
    NDIS_HANDLE context = model_module.context;
    NDIS_STATUS status;

    if (handler && drvlint_choose()) {
        PNDIS_OID_REQUEST request = (PNDIS_OID_REQUEST)drvlint_fresh();
        RUN_FOR_AT_EITHER(status, "FILTER_DIRECT_OID_REQUEST", handler, context, request);
    }
    if (cancel && drvlint_choose()) {
        PVOID request_id = drvlint_any_pointer();
        RUN_AT_EITHER("FILTER_CANCEL_DIRECT_OID_REQUEST", cancel, context, request_id);
    }
}

/* The completion comes for requests that the handler has let pass. */
static void module_synchronous_oid_request(void)
{
    FILTER_SYNCHRONOUS_OID_REQUEST *handler =
        HANDLER(model_filter.synchronous_oid_request, "FILTER_SYNCHRONOUS_OID_REQUEST");
    FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE *complete =
        HANDLER(model_filter.synchronous_oid_complete, "FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE");
    NDIS_HANDLE context = model_module.context, call_context = NULL;
    NDIS_HANDLE *ret_call_context = &call_context;
    PNDIS_OID_REQUEST request;
    NDIS_STATUS status = NDIS_STATUS_SUCCESS;
    NDIS_STATUS *ret_status = &status;

    if (!handler && !complete)
        return;
    request = (PNDIS_OID_REQUEST)drvlint_fresh();
    if (handler)
        RUN_FOR_AT_EITHER(status, "FILTER_SYNCHRONOUS_OID_REQUEST", handler, context, request,
                          ret_call_context);
    if (complete && status == NDIS_STATUS_SUCCESS) {
        status = model_any_result();
        RUN_AT_EITHER("FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE", complete, context, request,
                      ret_status, call_context);
    }
}

/* Of requests that the module sent down and that pended. */
static void module_oid_complete(void)
{
    FILTER_OID_REQUEST_COMPLETE *handler =
        HANDLER(model_filter.oid_complete, "FILTER_OID_REQUEST_COMPLETE");
    FILTER_DIRECT_OID_REQUEST_COMPLETE *direct =
        HANDLER(model_filter.direct_oid_complete, "FILTER_DIRECT_OID_REQUEST_COMPLETE");
    NDIS_HANDLE context = model_module.context;
    NDIS_STATUS status;

    if (handler && model_sent_oid && drvlint_choose()) {
        PNDIS_OID_REQUEST request = model_sent_oid;
        model_sent_oid = NULL;
        status = model_any_result();
        RUN_AT_EITHER("FILTER_OID_REQUEST_COMPLETE", handler, context, request, status);
    }
    if (direct && model_sent_direct_oid && drvlint_choose()) {
        PNDIS_OID_REQUEST request = model_sent_direct_oid;
        model_sent_direct_oid = NULL;
        status = model_any_result();
        RUN_AT_EITHER("FILTER_DIRECT_OID_REQUEST_COMPLETE", direct, context, request, status);
    }
}

static void module_notification(void)
{
    FILTER_STATUS *status_handler = HANDLER(model_filter.status, "FILTER_STATUS");
    FILTER_DEVICE_PNP_EVENT_NOTIFY *pnp_handler =
        HANDLER(model_filter.pnp_event, "FILTER_DEVICE_PNP_EVENT_NOTIFY");
    FILTER_NET_PNP_EVENT *net_pnp_handler =
        HANDLER(model_filter.net_pnp_event, "FILTER_NET_PNP_EVENT");
    NDIS_HANDLE context = model_module.context;
    NDIS_STATUS status;

    if (status_handler && drvlint_choose()) {
        PNDIS_STATUS_INDICATION indication = (PNDIS_STATUS_INDICATION)drvlint_fresh();
        RUN_AT_EITHER("FILTER_STATUS", status_handler, context, indication);
    }
    if (pnp_handler && drvlint_choose()) {
        PNET_DEVICE_PNP_EVENT event = (PNET_DEVICE_PNP_EVENT)drvlint_fresh();
        RUN(PASSIVE_LEVEL, "FILTER_DEVICE_PNP_EVENT_NOTIFY", pnp_handler, context, event);
    }
    if (net_pnp_handler && drvlint_choose()) {
        PNET_PNP_EVENT_NOTIFICATION event = (PNET_PNP_EVENT_NOTIFICATION)drvlint_fresh();
        RUN_FOR(status, PASSIVE_LEVEL, "FILTER_NET_PNP_EVENT", net_pnp_handler, context, event);
    }
}

/* ---- states ---- */

static void module_event(void)
{
    switch (drvlint_any_u32()) {
    case 0:
        module_send();
        break;
    case 1:
        module_send_complete();
        break;
    case 2:
        module_receive();
        break;
    case 3:
        module_return();
        break;
    case 4:
        module_cancel_send();
        break;
    case 5:
        module_oid_request();
        break;
    case 6:
        module_direct_oid_request();
        break;
    case 7:
        module_synchronous_oid_request();
        break;
    case 8:
        module_oid_complete();
        break;
    case 9:
        module_notification();
        break;
    case 10:
        model_run_asynchronous();
        break;
    case 11:
        model_run_device_requests();
        break;
    default:
        break;
    }
}

static BOOLEAN module_attach(void)
{
    FILTER_ATTACH *handler = HANDLER(model_filter.attach, "FILTER_ATTACH");
    NDIS_HANDLE module = drvlint_fresh(), driver_context;
    PNDIS_FILTER_ATTACH_PARAMETERS parameters;
    NDIS_STATUS status;

    model_module.handle = module;
    model_module.context = NULL;
    if (!handler) {
        model_module.context = drvlint_any_context();
        return TRUE;
    }
    driver_context = model_filter.driver ? model_filter.context : drvlint_any_context();
    parameters = (PNDIS_FILTER_ATTACH_PARAMETERS)drvlint_fresh();
    RUN_FOR(status, PASSIVE_LEVEL, "FILTER_ATTACH", handler, module, driver_context, parameters);
    if (status != NDIS_STATUS_SUCCESS)
        return FALSE;
    if (!model_module.context) /* no attributes were seen */
        model_module.context = drvlint_any_context();
    return TRUE;
}

static void module_set_options(void)
{
    FILTER_SET_MODULE_OPTIONS *handler =
        HANDLER(model_filter.set_module_options, "FILTER_SET_MODULE_OPTIONS");
    NDIS_HANDLE context = model_module.context;
    NDIS_STATUS status;

    if (handler)
        RUN_FOR(status, PASSIVE_LEVEL, "FILTER_SET_MODULE_OPTIONS", handler, context);
}

/* NdisFRestartComplete and NdisFPauseComplete come from where the driver likes; other events come
 * until then. */
static BOOLEAN module_restart(void)
{
    FILTER_RESTART *handler = HANDLER(model_filter.restart, "FILTER_RESTART");
    NDIS_HANDLE context = model_module.context;
    PNDIS_FILTER_RESTART_PARAMETERS parameters;
    NDIS_STATUS status;

    if (!handler)
        return TRUE;
    parameters = (PNDIS_FILTER_RESTART_PARAMETERS)drvlint_fresh();
    RUN_FOR(status, PASSIVE_LEVEL, "FILTER_RESTART", handler, context, parameters);
    if (status == NDIS_STATUS_PENDING) {
        while (drvlint_choose())
            module_event();
        return TRUE;
    }
    return status == NDIS_STATUS_SUCCESS;
}

static void module_pause(void)
{
    FILTER_PAUSE *handler = HANDLER(model_filter.pause, "FILTER_PAUSE");
    NDIS_HANDLE context = model_module.context;
    PNDIS_FILTER_PAUSE_PARAMETERS parameters;
    NDIS_STATUS status;

    if (!handler)
        return;
    parameters = (PNDIS_FILTER_PAUSE_PARAMETERS)drvlint_fresh();
    RUN_FOR(status, PASSIVE_LEVEL, "FILTER_PAUSE", handler, context, parameters);
    if (status == NDIS_STATUS_PENDING) {
        while (drvlint_choose())
            module_event();
    }
}

static void module_detach(void)
{
    FILTER_DETACH *handler = HANDLER(model_filter.detach, "FILTER_DETACH");
    NDIS_HANDLE context = model_module.context;

    if (handler)
        RUN(PASSIVE_LEVEL, "FILTER_DETACH", handler, context);
    model_module.handle = NULL;
    model_module.context = NULL;
    model_forget_sent();
    model_forget_started();
}

void model_run_module(void)
{
    if (!module_attach())
        return;
    module_set_options();
    for (;;) {
        while (drvlint_choose()) /* paused */
            module_event();
        if (drvlint_choose())
            break;
        if (!module_restart())
            continue;
        while (drvlint_choose()) /* running */
            module_event();
        module_pause();
    }
    module_detach();
}

void NdisFPauseComplete(NDIS_HANDLE NdisFilterHandle)
{
}

void NdisFRestartComplete(NDIS_HANDLE NdisFilterHandle, NDIS_STATUS Status)
{
}

NDIS_STATUS NdisFRestartFilter(NDIS_HANDLE NdisFilterHandle)
{
    return model_any_result();
}
