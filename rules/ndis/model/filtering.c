/* The filtering platform: callouts that a driver registers there, and what it needs for that. One
 * callout is followed.
 *
 * Pages: nf-fwpsk-fwpscalloutregister1, nc-fwpsk-fwps_callout_classify_fn1,
 * nc-fwpsk-fwps_callout_notify_fn1, nf-fwpsk-fwpsinjectnetworksendasync0. */
#include "model.h"

#include <fwpmk.h>
#include <fwpsk.h>

/* What a callout's number stands for; it is of no interest which number that is. */
struct model_callout {
    FWPS_CALLOUT_CLASSIFY_FN1 classify;
    FWPS_CALLOUT_NOTIFY_FN1 notify;
};
static struct model_callout *model_callout;

static struct model_injection {
    FWPS_INJECT_COMPLETE0 complete;
    HANDLE context;
    NET_BUFFER_LIST *list;
} *model_injection;

static void classify_packet(FWPS_CALLOUT_CLASSIFY_FN1 classify)
{
    const FWPS_INCOMING_VALUES0 *values = (const FWPS_INCOMING_VALUES0 *)drvlint_fresh();
    const FWPS_INCOMING_METADATA_VALUES0 *metadata =
        (const FWPS_INCOMING_METADATA_VALUES0 *)drvlint_fresh();
    void *data = drvlint_choose() ? drvlint_fresh() : NULL;
    const void *context = drvlint_any_pointer();
    const FWPS_FILTER1 *filter = (const FWPS_FILTER1 *)drvlint_fresh();
    UINT64 flow = drvlint_any_u64();
    FWPS_CLASSIFY_OUT0 *out = (FWPS_CLASSIFY_OUT0 *)drvlint_fresh();

    RUN_AT_EITHER("FWPS_CALLOUT_CLASSIFY", classify, values, metadata, data, context, filter, flow,
                  out);
}

static void notify_callout(FWPS_CALLOUT_NOTIFY_FN1 notify)
{
    FWPS_CALLOUT_NOTIFY_TYPE type = (FWPS_CALLOUT_NOTIFY_TYPE)drvlint_any_u32();
    const GUID *key = (const GUID *)drvlint_fresh();
    FWPS_FILTER1 *filter = (FWPS_FILTER1 *)drvlint_fresh();
    NTSTATUS status;

    RUN_FOR(status, PASSIVE_LEVEL, "FWPS_CALLOUT_NOTIFY", notify, type, key, filter);
}

static void complete_injection(void)
{
    FWPS_INJECT_COMPLETE0 complete = model_injection->complete;
    void *context = model_injection->context;
    NET_BUFFER_LIST *list = model_injection->list;
    BOOLEAN at_dispatch;

    model_injection = NULL;
    at_dispatch = drvlint_choose();
    if (at_dispatch)
        RUN(DISPATCH_LEVEL, "FWPS_INJECT_COMPLETE", complete, context, list, at_dispatch);
    else
        RUN(PASSIVE_LEVEL, "FWPS_INJECT_COMPLETE", complete, context, list, at_dispatch);
}

void model_run_callout(void)
{
    if (model_injection && drvlint_choose())
        complete_injection();
    else if (model_callout && model_callout->notify && drvlint_choose())
        notify_callout(model_callout->notify);
    else if (model_callout)
        classify_packet(model_callout->classify);
}

NTSTATUS FwpsCalloutRegister(void *deviceObject, const FWPS_CALLOUT1 *callout, UINT32 *calloutId)
{
    struct model_callout *known;

    if (drvlint_choose())
        return model_failure();
    known = (struct model_callout *)drvlint_fresh();
    known->classify = callout->classifyFn;
    known->notify = callout->notifyFn;
    FOLLOW(model_callout, known);
    if (calloutId)
        *calloutId = drvlint_any_u32();
    return STATUS_SUCCESS;
}

/* Which callout it is, a number does not tell. */
NTSTATUS FwpsCalloutUnregisterById(UINT32 calloutId)
{
    if (drvlint_choose())
        model_callout = NULL;
    return model_any_result();
}

NTSTATUS FwpsCalloutUnregisterByKey(const GUID *calloutKey)
{
    if (drvlint_choose())
        model_callout = NULL;
    return model_any_result();
}

static NTSTATUS inject(FWPS_INJECT_COMPLETE0 complete, HANDLE context, NET_BUFFER_LIST *list)
{
    struct model_injection *injection;

    if (drvlint_choose())
        return model_failure();
    injection = (struct model_injection *)drvlint_fresh();
    injection->complete = complete;
    injection->context = context;
    injection->list = list;
    FOLLOW(model_injection, injection);
    return STATUS_SUCCESS;
}

NTSTATUS FwpsInjectNetworkSendAsync(HANDLE injectionHandle, HANDLE injectionContext, UINT32 flags,
                                    COMPARTMENT_ID compartmentId, NET_BUFFER_LIST *netBufferList,
                                    FWPS_INJECT_COMPLETE0 completionFn, HANDLE completionContext)
{
    return inject(completionFn, completionContext, netBufferList);
}

NTSTATUS FwpsInjectNetworkReceiveAsync(HANDLE injectionHandle, HANDLE injectionContext,
                                       UINT32 flags, COMPARTMENT_ID compartmentId,
                                       IF_INDEX interfaceIndex, IF_INDEX subInterfaceIndex,
                                       NET_BUFFER_LIST *netBufferList,
                                       FWPS_INJECT_COMPLETE0 completionFn, HANDLE completionContext)
{
    return inject(completionFn, completionContext, netBufferList);
}

NTSTATUS FwpsAllocateNetBufferAndNetBufferList(NDIS_HANDLE poolHandle, USHORT contextSize,
                                               USHORT contextBackFill, MDL *mdlChain,
                                               ULONG dataOffset, SIZE_T dataLength,
                                               NET_BUFFER_LIST **netBufferList)
{
    if (drvlint_choose())
        return model_failure();
    *netBufferList = NdisAllocateNetBufferAndNetBufferList(poolHandle, contextSize, contextBackFill,
                                                           mdlChain, dataOffset, dataLength);
    return *netBufferList ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

void FwpsFreeNetBufferList(NET_BUFFER_LIST *netBufferList)
{
    NdisFreeNetBufferList(netBufferList);
}

FWPS_PACKET_INJECTION_STATE FwpsQueryPacketInjectionState(HANDLE injectionHandle,
                                                          const NET_BUFFER_LIST *netBufferList,
                                                          HANDLE *injectionContext)
{
    if (injectionContext)
        *injectionContext = drvlint_any_pointer();
    return (FWPS_PACKET_INJECTION_STATE)drvlint_any_u32();
}

OPENS(FwpsInjectionHandleCreate, injectionHandle,
      (ADDRESS_FAMILY addressFamily, UINT32 flags, HANDLE *injectionHandle))
ANY_RESULT(FwpsInjectionHandleDestroy, (HANDLE injectionHandle))
ANY_RESULT(FwpsFlowAssociateContext,
           (UINT64 flowId, UINT16 layerId, UINT32 calloutId, UINT64 flowContext))
ANY_RESULT(FwpsFlowRemoveContext, (UINT64 flowId, UINT16 layerId, UINT32 calloutId))

/* ---- management ---- */

OPENS(FwpmEngineOpen, engineHandle,
      (const WCHAR *serverName, UINT32 authnService, SEC_WINNT_AUTH_IDENTITY_W *authIdentity,
       const FWPM_SESSION0 *session, HANDLE *engineHandle))
ANY_RESULT(FwpmEngineClose, (HANDLE engineHandle))
ANY_RESULT(FwpmTransactionBegin, (HANDLE engineHandle, UINT32 flags))
ANY_RESULT(FwpmTransactionCommit, (HANDLE engineHandle))
ANY_RESULT(FwpmTransactionAbort, (HANDLE engineHandle))
ANY_RESULT(FwpmProviderAdd,
           (HANDLE engineHandle, const FWPM_PROVIDER0 *provider, PSECURITY_DESCRIPTOR sd))
ANY_RESULT(FwpmProviderDeleteByKey, (HANDLE engineHandle, const GUID *key))
ANY_RESULT(FwpmSubLayerAdd,
           (HANDLE engineHandle, const FWPM_SUBLAYER0 *subLayer, PSECURITY_DESCRIPTOR sd))
ANY_RESULT(FwpmSubLayerDeleteByKey, (HANDLE engineHandle, const GUID *key))
ANY_RESULT(FwpmCalloutDeleteByKey, (HANDLE engineHandle, const GUID *key))
ANY_RESULT(FwpmCalloutDeleteById, (HANDLE engineHandle, UINT32 id))
ANY_RESULT(FwpmFilterDeleteById, (HANDLE engineHandle, UINT64 id))
ANY_RESULT(FwpmFilterDeleteByKey, (HANDLE engineHandle, const GUID *key))
OPENS(FwpmFilterCreateEnumHandle, enumHandle,
      (HANDLE engineHandle, const FWPM_FILTER_ENUM_TEMPLATE0 *enumTemplate, HANDLE *enumHandle))
ANY_RESULT(FwpmFilterDestroyEnumHandle, (HANDLE engineHandle, HANDLE enumHandle))

NTSTATUS FwpmCalloutAdd(HANDLE engineHandle, const FWPM_CALLOUT0 *callout, PSECURITY_DESCRIPTOR sd,
                        UINT32 *id)
{
    if (id)
        *id = drvlint_any_u32();
    return model_any_result();
}

NTSTATUS FwpmFilterAdd(HANDLE engineHandle, const FWPM_FILTER0 *filter, PSECURITY_DESCRIPTOR sd,
                       UINT64 *id)
{
    if (id)
        *id = drvlint_any_u64();
    return model_any_result();
}

/* An array of pointers that FwpmFreeMemory() frees. */
NTSTATUS FwpmFilterEnum(HANDLE engineHandle, HANDLE enumHandle, UINT32 numEntriesRequested,
                        FWPM_FILTER0 ***entries, UINT32 *numEntriesReturned)
{
    if (drvlint_choose())
        return model_failure();
    *entries = (FWPM_FILTER0 **)drvlint_fresh();
    *numEntriesReturned = drvlint_any_u32();
    return STATUS_SUCCESS;
}

void FwpmFreeMemory(void **p)
{
    drvlint_free(*p);
    *p = NULL;
}
