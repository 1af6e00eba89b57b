/* The life of a protocol binding: bind, events, unbind.
 *
 * Pages: protocol-binding-states-and-operations, nc-ndis-protocol_*, nf-ndis-ndisopenadapterex,
 * nf-ndis-ndiscloseadapterex, nf-ndis-ndiscompletebindadapterex. */
#include "model.h"

struct model_protocol model_protocol;
struct model_binding model_binding;

/* ---- opening and closing ---- */

NDIS_STATUS NdisOpenAdapterEx(NDIS_HANDLE NdisProtocolHandle, NDIS_HANDLE ProtocolBindingContext,
                              PNDIS_OPEN_PARAMETERS OpenParameters, NDIS_HANDLE BindContext,
                              PNDIS_HANDLE NdisBindingHandle)
{
    if (drvlint_choose())
        return model_failure();
    model_binding.context = ProtocolBindingContext;
    model_binding.handle = drvlint_fresh();
    *NdisBindingHandle = model_binding.handle;
    if (drvlint_choose())
        return NDIS_STATUS_SUCCESS;
    model_binding.opening = TRUE;
    return NDIS_STATUS_PENDING;
}

/* No callback but the completion follows. */
NDIS_STATUS NdisCloseAdapterEx(NDIS_HANDLE NdisBindingHandle)
{
    model_binding.handle = NULL;
    if (drvlint_choose())
        return NDIS_STATUS_SUCCESS;
    model_binding.closing = TRUE;
    return NDIS_STATUS_PENDING;
}

void model_run_open_or_close(void)
{
    PROTOCOL_OPEN_ADAPTER_COMPLETE_EX *opened =
        HANDLER(model_protocol.open_complete, "PROTOCOL_OPEN_ADAPTER_COMPLETE_EX");
    PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX *closed =
        HANDLER(model_protocol.close_complete, "PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX");
    NDIS_HANDLE context = model_binding.context;
    NDIS_STATUS status;

    if (model_binding.opening) {
        model_binding.opening = FALSE;
        status = model_any_result();
        if (status != NDIS_STATUS_SUCCESS)
            model_binding.handle = NULL;
        if (opened)
            RUN(PASSIVE_LEVEL, "PROTOCOL_OPEN_ADAPTER_COMPLETE_EX", opened, context, status);
    }
    if (model_binding.closing) {
        model_binding.closing = FALSE;
        if (closed)
            RUN(PASSIVE_LEVEL, "PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX", closed, context);
    }
}

void NdisCompleteBindAdapterEx(NDIS_HANDLE BindAdapterContext, NDIS_STATUS Status)
{
}

void NdisCompleteUnbindAdapterEx(NDIS_HANDLE UnbindContext)
{
}

NDIS_STATUS NdisUnbindAdapter(NDIS_HANDLE NdisBindingHandle)
{
    return model_any_result();
}

void NdisCompleteNetPnPEvent(NDIS_HANDLE NdisBindingHandle,
                             PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification,
                             NDIS_STATUS Status)
{
}

void NdisReEnumerateProtocolBindings(NDIS_HANDLE NdisProtocolHandle)
{
}

/* ---- events ---- */

static void binding_receive(void)
{
    PROTOCOL_RECEIVE_NET_BUFFER_LISTS *handler =
        HANDLER(model_protocol.receive, "PROTOCOL_RECEIVE_NET_BUFFER_LISTS");
    NDIS_HANDLE context = model_binding.context;
    PNET_BUFFER_LIST lists;
    NDIS_PORT_NUMBER port;
    ULONG count;

    if (!handler)
        return;
    lists = (PNET_BUFFER_LIST)drvlint_fresh();
    port = drvlint_any_u32();
    count = drvlint_any_u32();
    RUN_FLAGGED("PROTOCOL_RECEIVE_NET_BUFFER_LISTS", handler, context, lists, port, count);
}

static void binding_send_complete(void)
{
    PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE *handler =
        HANDLER(model_protocol.send_complete, "PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE");
    NDIS_HANDLE context = model_binding.context;
    PNET_BUFFER_LIST lists = model_sent_list;

    if (!handler)
        return;
    model_sent_list = NULL;
    if (!lists)
        lists = (PNET_BUFFER_LIST)drvlint_fresh();
    RUN_FLAGGED("PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE", handler, context, lists);
}

static void binding_oid_complete(void)
{
    PROTOCOL_OID_REQUEST_COMPLETE *handler =
        HANDLER(model_protocol.oid_complete, "PROTOCOL_OID_REQUEST_COMPLETE");
    PROTOCOL_DIRECT_OID_REQUEST_COMPLETE *direct =
        HANDLER(model_protocol.direct_oid_complete, "PROTOCOL_DIRECT_OID_REQUEST_COMPLETE");
    NDIS_HANDLE context = model_binding.context;
    NDIS_STATUS status;

    if (handler && model_sent_oid && drvlint_choose()) {
        PNDIS_OID_REQUEST request = model_sent_oid;
        model_sent_oid = NULL;
        status = model_any_result();
        RUN_AT_EITHER("PROTOCOL_OID_REQUEST_COMPLETE", handler, context, request, status);
    }
    if (direct && model_sent_direct_oid && drvlint_choose()) {
        PNDIS_OID_REQUEST request = model_sent_direct_oid;
        model_sent_direct_oid = NULL;
        status = model_any_result();
        RUN_AT_EITHER("PROTOCOL_DIRECT_OID_REQUEST_COMPLETE", direct, context, request, status);
    }
}

static void binding_status(void)
{
    PROTOCOL_STATUS_EX *handler = HANDLER(model_protocol.status, "PROTOCOL_STATUS_EX");
    NDIS_HANDLE context = model_binding.context;

    if (handler) {
        PNDIS_STATUS_INDICATION indication = (PNDIS_STATUS_INDICATION)drvlint_fresh();
        RUN_AT_EITHER("PROTOCOL_STATUS_EX", handler, context, indication);
    }
}

/* Events are for one binding, or for all of them: the context is NULL then. */
static void binding_net_pnp_event(NDIS_HANDLE context)
{
    PROTOCOL_NET_PNP_EVENT *handler =
        HANDLER(model_protocol.net_pnp_event, "PROTOCOL_NET_PNP_EVENT");
    NDIS_STATUS status;

    if (handler) {
        PNET_PNP_EVENT_NOTIFICATION event = (PNET_PNP_EVENT_NOTIFICATION)drvlint_fresh();
        RUN_FOR(status, PASSIVE_LEVEL, "PROTOCOL_NET_PNP_EVENT", handler, context, event);
    }
}

void model_run_binding_event(void)
{
    switch (drvlint_any_u32()) {
    case 0:
        binding_receive();
        break;
    case 1:
        binding_send_complete();
        break;
    case 2:
        binding_oid_complete();
        break;
    case 3:
        binding_status();
        break;
    case 4:
        binding_net_pnp_event(model_binding.context);
        break;
    case 5:
        binding_net_pnp_event(NULL);
        break;
    case 6:
        model_run_asynchronous();
        break;
    case 7:
        model_run_device_requests();
        break;
    default:
        break;
    }
}

/* ---- life ---- */

/* A bind that pends ends with NdisCompleteBindAdapterEx; it is bound if the adapter is open then.
 */
static BOOLEAN binding_bind(void)
{
    PROTOCOL_BIND_ADAPTER_EX *handler = HANDLER(model_protocol.bind, "PROTOCOL_BIND_ADAPTER_EX");
    NDIS_HANDLE driver_context, bind_context;
    PNDIS_BIND_PARAMETERS parameters;
    NDIS_STATUS status;

    model_binding.handle = NULL;
    if (!handler) {
        model_binding.context = drvlint_any_context();
        return TRUE;
    }
    driver_context = model_protocol.driver ? model_protocol.context : drvlint_any_context();
    bind_context = drvlint_fresh();
    parameters = (PNDIS_BIND_PARAMETERS)drvlint_fresh();
    RUN_FOR(status, PASSIVE_LEVEL, "PROTOCOL_BIND_ADAPTER_EX", handler, driver_context,
            bind_context, parameters);
    if (status == NDIS_STATUS_PENDING) {
        model_run_open_or_close();
        model_run_asynchronous();
        return model_binding.handle != NULL;
    }
    return status == NDIS_STATUS_SUCCESS;
}

static void binding_unbind(void)
{
    PROTOCOL_UNBIND_ADAPTER_EX *handler =
        HANDLER(model_protocol.unbind, "PROTOCOL_UNBIND_ADAPTER_EX");
    NDIS_HANDLE unbind_context, context = model_binding.context;
    NDIS_STATUS status;

    if (!handler)
        return;
    unbind_context = drvlint_fresh();
    RUN_FOR(status, PASSIVE_LEVEL, "PROTOCOL_UNBIND_ADAPTER_EX", handler, unbind_context, context);
    if (status == NDIS_STATUS_PENDING) {
        model_run_open_or_close();
        model_run_asynchronous();
    }
}

static void binding_forget(void)
{
    model_binding.handle = NULL;
    model_binding.context = NULL;
    model_binding.opening = FALSE;
    model_binding.closing = FALSE;
    model_im_context = NULL;
    model_forget_sent();
    model_forget_started();
}

void model_run_binding(void)
{
    PROTOCOL_UNINSTALL *uninstall;

    if (drvlint_choose())
        binding_net_pnp_event(NULL); /* also while nothing is bound */
    if (binding_bind()) {
        while (drvlint_choose()) {
            if (model_miniport.driver && drvlint_choose())
                model_run_adapter(); /* of an intermediate driver */
            else
                model_run_binding_event();
        }
        binding_unbind();
    }
    binding_forget();
    uninstall = HANDLER(model_protocol.uninstall, "PROTOCOL_UNINSTALL");
    if (uninstall && drvlint_choose())
        RUN(PASSIVE_LEVEL, "PROTOCOL_UNINSTALL", uninstall);
}

/* ---- leftovers of other times ---- */

NO_EFFECT(NdisRegisterTdiCallBack,
          (TDI_REGISTER_CALLBACK RegisterCallback, TDI_PNP_HANDLER PnPHandler))
NO_EFFECT(NdisDeregisterTdiCallBack, (void))

void WanMiniportSend(PNDIS_STATUS Status, NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisLinkHandle,
                     PVOID WanPacket)
{
    *Status = model_any_result();
}
