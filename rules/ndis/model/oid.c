/* OID requests that filter and protocol drivers make. One that pends is followed until its
 * completion handler runs. (Those that a miniport answers: miniport.c.)
 *
 * Pages: nf-ndis-ndisfoidrequest, nf-ndis-ndisfoidrequestcomplete, nf-ndis-ndisoidrequest,
 * nf-ndis-ndisallocatecloneoidrequest. */
#include "model.h"

PNDIS_OID_REQUEST model_sent_oid, model_sent_direct_oid;

void model_forget_sent(void)
{
    model_sent_oid = NULL;
    model_sent_direct_oid = NULL;
    model_sent_list = NULL;
}

/* SUCCESS or a failure at once, or PENDING with the completion later. */
static NDIS_STATUS send_oid(PNDIS_OID_REQUEST request)
{
    if (drvlint_choose()) {
        FOLLOW(model_sent_oid, request);
        return NDIS_STATUS_PENDING;
    }
    return model_any_result();
}

static NDIS_STATUS send_direct_oid(PNDIS_OID_REQUEST request)
{
    if (drvlint_choose()) {
        FOLLOW(model_sent_direct_oid, request);
        return NDIS_STATUS_PENDING;
    }
    return model_any_result();
}

NDIS_STATUS NdisFOidRequest(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest)
{
    return send_oid(OidRequest);
}

NDIS_STATUS NdisFDirectOidRequest(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest)
{
    return send_direct_oid(OidRequest);
}

NDIS_STATUS NdisOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest)
{
    return send_oid(OidRequest);
}

NDIS_STATUS NdisDirectOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest)
{
    return send_direct_oid(OidRequest);
}

ANY_STATUS(NdisFSynchronousOidRequest, (NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest))
ANY_STATUS(NdisSynchronousOidRequest, (NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest))

void NdisFOidRequestComplete(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest,
                             NDIS_STATUS Status)
{
}

void NdisFDirectOidRequestComplete(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest,
                                   NDIS_STATUS Status)
{
}

void NdisFCancelOidRequest(NDIS_HANDLE NdisFilterHandle, PVOID RequestId)
{
}

void NdisFCancelDirectOidRequest(NDIS_HANDLE NdisFilterHandle, PVOID RequestId)
{
}

void NdisCancelOidRequest(NDIS_HANDLE NdisBindingHandle, PVOID RequestId)
{
}

void NdisCancelDirectOidRequest(NDIS_HANDLE NdisBindingHandle, PVOID RequestId)
{
}

NDIS_STATUS NdisAllocateCloneOidRequest(NDIS_HANDLE SourceHandle, PNDIS_OID_REQUEST OidRequest,
                                        UINT PoolTag, PNDIS_OID_REQUEST *ClonedOidRequest)
{
    if (drvlint_choose())
        return model_failure();
    *ClonedOidRequest = (PNDIS_OID_REQUEST)drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

void NdisFreeCloneOidRequest(NDIS_HANDLE SourceHandle, PNDIS_OID_REQUEST Request)
{
    drvlint_free(Request);
}
