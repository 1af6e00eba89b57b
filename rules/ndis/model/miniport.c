/* The life of a miniport adapter: initialize, paused and running, halt.
 *
 * Pages: miniport-adapter-states-and-operations, initializing-a-miniport-driver,
 * halting-a-miniport-adapter, miniport-adapter-shutdown, nc-ndis-miniport_*. */
#include "model.h"

struct model_miniport model_miniport;
struct model_adapter model_adapter;
PNDIS_OID_REQUEST model_oid_request;
NDIS_OID model_oid;
NDIS_REQUEST_TYPE model_oid_type;
PNET_BUFFER_LIST model_indicated_list;
/* The list that is being returned is none that was seen: what it leads to may be anything. */
BOOLEAN model_unknown_list;

/* ---- data path ---- */

static void adapter_send_lists(void)
{
    MINIPORT_SEND_NET_BUFFER_LISTS *handler =
        HANDLER(model_miniport.send, "MINIPORT_SEND_NET_BUFFER_LISTS");
    NDIS_HANDLE context = model_adapter.context;
    PNET_BUFFER_LIST lists;
    NDIS_PORT_NUMBER port;

    if (!handler)
        return;
    lists = (PNET_BUFFER_LIST)drvlint_fresh();
    port = drvlint_any_u32();
    RUN_FLAGGED("MINIPORT_SEND_NET_BUFFER_LISTS", handler, context, lists, port);
}

/* A list that the driver indicated, or one of unknown origin if none was seen. NDIS returns nothing
 * else than what was indicated; what the handler does with a list that leads anywhere is looked at,
 * but not what comes of it. */
void model_run_returned_list(void)
{
    MINIPORT_RETURN_NET_BUFFER_LISTS *handler =
        HANDLER(model_miniport.return_lists, "MINIPORT_RETURN_NET_BUFFER_LISTS");
    NDIS_HANDLE context = model_adapter.context;
    PNET_BUFFER_LIST lists = model_indicated_list;

    if (!handler)
        return;
    model_indicated_list = NULL;
    if (lists) {
        RUN_FLAGGED("MINIPORT_RETURN_NET_BUFFER_LISTS", handler, context, lists);
        return;
    }
    lists = (PNET_BUFFER_LIST)drvlint_fresh();
    model_unknown_list = TRUE;
    RUN_FLAGGED("MINIPORT_RETURN_NET_BUFFER_LISTS", handler, context, lists);
    drvlint_assume(0);
}

static void adapter_cancel_send(void)
{
    MINIPORT_CANCEL_SEND *handler = HANDLER(model_miniport.cancel_send, "MINIPORT_CANCEL_SEND");
    NDIS_HANDLE context = model_adapter.context;
    PVOID cancel_id = drvlint_any_pointer();

    if (handler)
        RUN_AT_EITHER("MINIPORT_CANCEL_SEND", handler, context, cancel_id);
}

/* ---- control path ---- */

/* One request at a time: the next one comes when a pended one is completed. */
static void adapter_oid_request(void)
{
    MINIPORT_OID_REQUEST *handler = HANDLER(model_miniport.oid_request, "MINIPORT_OID_REQUEST");
    NDIS_HANDLE context = model_adapter.context;
    PNDIS_OID_REQUEST request;
    NDIS_STATUS status;

    if (!handler || model_oid_request)
        return;
    request = (PNDIS_OID_REQUEST)drvlint_fresh();
    model_oid_request = request; /* may be completed before the handler returns */
    model_oid_type = request->RequestType;
    model_oid = request->DATA.QUERY_INFORMATION.Oid; /* at the same place for all types */
    RUN_FOR(status, PASSIVE_LEVEL, "MINIPORT_OID_REQUEST", handler, context, request);
    if (status != NDIS_STATUS_PENDING)
        model_oid_request = NULL;
}

static void adapter_cancel_oid(void)
{
    MINIPORT_CANCEL_OID_REQUEST *handler =
        HANDLER(model_miniport.cancel_oid, "MINIPORT_CANCEL_OID_REQUEST");
    NDIS_HANDLE context = model_adapter.context;
    PVOID request_id = drvlint_any_pointer();

    if (handler)
        RUN_AT_EITHER("MINIPORT_CANCEL_OID_REQUEST", handler, context, request_id);
}

/* Direct requests are not serialized. */
static void adapter_direct_oid_request(void)
{
    MINIPORT_DIRECT_OID_REQUEST *handler =
        HANDLER(model_miniport.direct_oid_request, "MINIPORT_DIRECT_OID_REQUEST");
    MINIPORT_CANCEL_DIRECT_OID_REQUEST *cancel =
        HANDLER(model_miniport.cancel_direct_oid, "MINIPORT_CANCEL_DIRECT_OID_REQUEST");
    NDIS_HANDLE context = model_adapter.context;
    NDIS_STATUS status;

    if (handler && drvlint_choose()) {
        PNDIS_OID_REQUEST request = (PNDIS_OID_REQUEST)drvlint_fresh();
        RUN_FOR_AT_EITHER(status, "MINIPORT_DIRECT_OID_REQUEST", handler, context, request);
    }
    if (cancel && drvlint_choose()) {
        PVOID request_id = drvlint_any_pointer();
        RUN_AT_EITHER("MINIPORT_CANCEL_DIRECT_OID_REQUEST", cancel, context, request_id);
    }
}

static void adapter_synchronous_oid_request(void)
{
    MINIPORT_SYNCHRONOUS_OID_REQUEST *handler =
        HANDLER(model_miniport.synchronous_oid_request, "MINIPORT_SYNCHRONOUS_OID_REQUEST");
    NDIS_HANDLE context = model_adapter.context;
    NDIS_STATUS status;

    if (handler) {
        PNDIS_OID_REQUEST request = (PNDIS_OID_REQUEST)drvlint_fresh();
        RUN_FOR_AT_EITHER(status, "MINIPORT_SYNCHRONOUS_OID_REQUEST", handler, context, request);
    }
}

static void adapter_pnp_event(void)
{
    MINIPORT_DEVICE_PNP_EVENT_NOTIFY *handler =
        HANDLER(model_miniport.pnp_event, "MINIPORT_DEVICE_PNP_EVENT_NOTIFY");
    NDIS_HANDLE context = model_adapter.context;

    if (handler) {
        PNET_DEVICE_PNP_EVENT event = (PNET_DEVICE_PNP_EVENT)drvlint_fresh();
        RUN(PASSIVE_LEVEL, "MINIPORT_DEVICE_PNP_EVENT_NOTIFY", handler, context, event);
    }
}

static void adapter_check_for_hang(void)
{
    MINIPORT_CHECK_FOR_HANG *handler =
        HANDLER(model_miniport.check_for_hang, "MINIPORT_CHECK_FOR_HANG");
    NDIS_HANDLE context = model_adapter.context;
    BOOLEAN hangs;

    if (handler)
        RUN_FOR(hangs, PASSIVE_LEVEL, "MINIPORT_CHECK_FOR_HANG", handler, context);
}

static void adapter_reset(void)
{
    MINIPORT_RESET *handler = HANDLER(model_miniport.reset, "MINIPORT_RESET");
    NDIS_HANDLE context = model_adapter.context;
    BOOLEAN addressing_reset = FALSE;
    PBOOLEAN ret_addressing_reset = &addressing_reset;
    NDIS_STATUS status;

    if (handler)
        RUN_FOR_AT_EITHER(status, "MINIPORT_RESET", handler, context, ret_addressing_reset);
}

/* A pended notification may be taken back until the driver says that the device sleeps. */
static void adapter_idle(void)
{
    MINIPORT_IDLE_NOTIFICATION *handler =
        HANDLER(model_miniport.idle, "MINIPORT_IDLE_NOTIFICATION");
    MINIPORT_CANCEL_IDLE_NOTIFICATION *cancel =
        HANDLER(model_miniport.cancel_idle, "MINIPORT_CANCEL_IDLE_NOTIFICATION");
    NDIS_HANDLE context = model_adapter.context;
    BOOLEAN force;
    NDIS_STATUS status;

    if (handler && !model_adapter.idle) {
        force = model_any_boolean();
        model_adapter.idle = TRUE; /* may be completed before the handler returns */
        RUN_FOR(status, PASSIVE_LEVEL, "MINIPORT_IDLE_NOTIFICATION", handler, context, force);
        if (status != NDIS_STATUS_PENDING)
            model_adapter.idle = FALSE;
    } else if (cancel && model_adapter.idle) {
        RUN(PASSIVE_LEVEL, "MINIPORT_CANCEL_IDLE_NOTIFICATION", cancel, context);
    }
}

/* Nothing follows a shutdown, not even halt: the path ends here. */
static void adapter_shut_down(void)
{
    MINIPORT_SHUTDOWN *handler = HANDLER(model_miniport.shutdown, "MINIPORT_SHUTDOWN");
    NDIS_HANDLE context = model_adapter.context;
    NDIS_SHUTDOWN_ACTION action;

    if (!handler)
        return;
    if (drvlint_choose()) {
        action = NdisShutdownPowerOff;
        RUN(PASSIVE_LEVEL, "MINIPORT_SHUTDOWN", handler, context, action);
    } else {
        action = NdisShutdownBugCheck;
        RUN(HIGH_LEVEL, "MINIPORT_SHUTDOWN", handler, context, action);
    }
    drvlint_assume(0);
}

/* ---- states ---- */

/* Whatever may come in every state after a successful initialize, one at a time. Sends come in the
 * paused state, too; they have to be refused there. */
static void adapter_event(void)
{
    switch (drvlint_any_u32()) {
    case 0:
        adapter_send_lists();
        break;
    case 1:
        model_run_returned_list();
        break;
    case 2:
        adapter_cancel_send();
        break;
    case 3:
        adapter_oid_request();
        break;
    case 4:
        adapter_cancel_oid();
        break;
    case 5:
        adapter_direct_oid_request();
        break;
    case 6:
        adapter_synchronous_oid_request();
        break;
    case 7:
        model_run_connection();
        break;
    case 8:
        model_run_asynchronous();
        break;
    case 9:
        adapter_pnp_event();
        break;
    case 10:
        adapter_check_for_hang();
        break;
    case 11:
        adapter_reset();
        break;
    case 12:
        adapter_idle();
        break;
    case 13:
        model_run_interface_provider();
        break;
    case 14:
        model_run_device_requests();
        break;
    case 15:
        adapter_shut_down();
        break;
    case 16:
        if (model_binding.handle)
            model_run_binding_event();
        break;
    default:
        break;
    }
}

/* Unknown if the registration was not seen. */
static NDIS_HANDLE miniport_context(void)
{
    return model_miniport.driver ? model_miniport.context : drvlint_any_context();
}

static BOOLEAN adapter_initialize(void)
{
    MINIPORT_INITIALIZE *handler = HANDLER(model_miniport.initialize, "MINIPORT_INITIALIZE");
    NDIS_HANDLE adapter = drvlint_fresh(), driver_context = miniport_context();
    PNDIS_MINIPORT_INIT_PARAMETERS parameters;
    NDIS_STATUS status;

    model_adapter.handle = adapter;
    model_adapter.context = NULL;
    model_adapter.idle = FALSE;
    model_native_wifi = FALSE;
    if (!handler) {
        model_adapter.context = drvlint_any_context();
        return TRUE;
    }
    parameters = (PNDIS_MINIPORT_INIT_PARAMETERS)drvlint_fresh();
    if (model_im_context)
        parameters->IMDeviceInstanceContext = model_im_context;
    RUN_FOR(status, PASSIVE_LEVEL, "MINIPORT_INITIALIZE", handler, adapter, driver_context,
            parameters);
    if (status != NDIS_STATUS_SUCCESS)
        return FALSE;
    if (!model_adapter.context) /* no registration attributes were seen */
        model_adapter.context = drvlint_any_context();
    return TRUE;
}

/* A pended restart or pause may end at any time. Whether the driver has called the completing
 * function is not looked at: if the life of the adapter depended on it, everything that leads to
 * that call would matter to every rule, and what may happen meanwhile may happen in any case. */
static BOOLEAN adapter_restart(void)
{
    MINIPORT_RESTART *handler = HANDLER(model_miniport.restart, "MINIPORT_RESTART");
    NDIS_HANDLE context = model_adapter.context;
    PNDIS_MINIPORT_RESTART_PARAMETERS parameters;
    NDIS_STATUS status;

    if (!handler)
        return TRUE;
    parameters = (PNDIS_MINIPORT_RESTART_PARAMETERS)drvlint_fresh();
    RUN_FOR(status, PASSIVE_LEVEL, "MINIPORT_RESTART", handler, context, parameters);
    return status == NDIS_STATUS_SUCCESS || (status == NDIS_STATUS_PENDING && drvlint_choose());
}

static void adapter_pause(void)
{
    MINIPORT_PAUSE *handler = HANDLER(model_miniport.pause, "MINIPORT_PAUSE");
    NDIS_HANDLE context = model_adapter.context;
    PNDIS_MINIPORT_PAUSE_PARAMETERS parameters;
    NDIS_STATUS status;

    if (!handler)
        return;
    parameters = (PNDIS_MINIPORT_PAUSE_PARAMETERS)drvlint_fresh();
    RUN_FOR(status, PASSIVE_LEVEL, "MINIPORT_PAUSE", handler, context, parameters);
}

static void adapter_halt(void)
{
    MINIPORT_HALT *handler = HANDLER(model_miniport.halt, "MINIPORT_HALT");
    NDIS_HANDLE context = model_adapter.context;
    NDIS_HALT_ACTION action = (NDIS_HALT_ACTION)drvlint_any_u32();

    if (handler)
        RUN(PASSIVE_LEVEL, "MINIPORT_HALT", handler, context, action);
}

/* NDIS knows the adapter no more. What the driver has set or queued and forgotten still runs. */
static void forget_adapter(void)
{
    model_adapter.handle = NULL;
    model_adapter.context = NULL;
    model_oid_request = NULL;
    model_connection.vc = NULL;
    model_forget_interrupt();
    model_forget_dma();
    model_forget_started();
}

static void adapter_life(void)
{
    if (!adapter_initialize()) {
        forget_adapter();
        return;
    }
    for (;;) {
        while (drvlint_choose()) /* paused */
            adapter_event();
        if (drvlint_choose())
            break;
        if (!adapter_restart())
            continue;
        while (drvlint_choose()) /* running */
            adapter_event();
        adapter_pause();
    }
    adapter_halt();
    forget_adapter();
}

/* Initialize and halt may alternate between add and remove. */
void model_run_adapter(void)
{
    MINIPORT_ADD_DEVICE *add = HANDLER(model_miniport.add_device, "MINIPORT_ADD_DEVICE");
    MINIPORT_REMOVE_DEVICE *remove =
        HANDLER(model_miniport.remove_device, "MINIPORT_REMOVE_DEVICE");
    NDIS_STATUS status = NDIS_STATUS_SUCCESS;
    NDIS_HANDLE context;

    if (add) {
        NDIS_HANDLE adapter = drvlint_fresh(), driver_context = miniport_context();
        RUN_FOR(status, PASSIVE_LEVEL, "MINIPORT_ADD_DEVICE", add, adapter, driver_context);
        if (status != NDIS_STATUS_SUCCESS)
            return;
    }
    context = model_adapter.add_device_context;
    if (model_miniport.filter_resources && drvlint_choose()) {
        PIRP irp = (PIRP)drvlint_fresh();
        RUN_FOR(status, PASSIVE_LEVEL, "MINIPORT_FILTER_RESOURCE_REQUIREMENTS",
                model_miniport.filter_resources, context, irp);
    }
    if (model_miniport.start_device && drvlint_choose()) {
        PIRP irp = (PIRP)drvlint_fresh();
        RUN_FOR(status, PASSIVE_LEVEL, "MINIPORT_START_DEVICE", model_miniport.start_device,
                context, irp);
    }
    while (drvlint_choose())
        adapter_life();
    if (remove)
        RUN(PASSIVE_LEVEL, "MINIPORT_REMOVE_DEVICE", remove, context);
}

/* ---- the driver's answers ---- */

void NdisMPauseComplete(NDIS_HANDLE MiniportAdapterHandle)
{
}

void NdisMRestartComplete(NDIS_HANDLE MiniportAdapterHandle, NDIS_STATUS Status)
{
}

void NdisMResetComplete(NDIS_HANDLE MiniportAdapterHandle, NDIS_STATUS Status,
                        BOOLEAN AddressingReset)
{
}

void NdisMOidRequestComplete(NDIS_HANDLE MiniportAdapterHandle, PNDIS_OID_REQUEST OidRequest,
                             NDIS_STATUS Status)
{
    if (OidRequest == model_oid_request)
        model_oid_request = NULL;
}

void NdisMDirectOidRequestComplete(NDIS_HANDLE MiniportAdapterHandle, PNDIS_OID_REQUEST OidRequest,
                                   NDIS_STATUS Status)
{
}

void NdisMIdleNotificationConfirm(NDIS_HANDLE MiniportAdapterHandle,
                                  NDIS_DEVICE_POWER_STATE IdlePowerState)
{
}

void NdisMIdleNotificationComplete(NDIS_HANDLE MiniportAdapterHandle)
{
    model_adapter.idle = FALSE;
}

void NdisMIdleNotificationCompleteEx(NDIS_HANDLE MiniportAdapterHandle, ULONG Flags)
{
    model_adapter.idle = FALSE;
}

void NdisMResetMiniport(NDIS_HANDLE MiniportAdapterHandle)
{
}

NDIS_STATUS NdisMRemoveMiniport(NDIS_HANDLE MiniportHandle)
{
    return model_any_result();
}
