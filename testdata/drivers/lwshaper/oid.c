/* OID requests: those of others pass as clones, and the filter makes some itself. */
#include "shaper.h"

#define OWN_REQUEST ((PVOID)&Shaper)

/* In the clone: the request that it was made from. Requests of our own have none. */
#define ORIGINAL(Clone) (*(PNDIS_OID_REQUEST *)&(Clone)->SourceReserved[0])

/* What the clone has learned below goes to the original. */
static VOID CopyResult(PNDIS_OID_REQUEST To, PNDIS_OID_REQUEST From)
{
    switch (To->RequestType) {
    case NdisRequestMethod:
        To->DATA.METHOD_INFORMATION.OutputBufferLength =
            From->DATA.METHOD_INFORMATION.OutputBufferLength;
        To->DATA.METHOD_INFORMATION.BytesRead = From->DATA.METHOD_INFORMATION.BytesRead;
        To->DATA.METHOD_INFORMATION.BytesNeeded = From->DATA.METHOD_INFORMATION.BytesNeeded;
        To->DATA.METHOD_INFORMATION.BytesWritten = From->DATA.METHOD_INFORMATION.BytesWritten;
        break;

    case NdisRequestSetInformation:
        To->DATA.SET_INFORMATION.BytesRead = From->DATA.SET_INFORMATION.BytesRead;
        To->DATA.SET_INFORMATION.BytesNeeded = From->DATA.SET_INFORMATION.BytesNeeded;
        break;

    default:
        To->DATA.QUERY_INFORMATION.BytesWritten = From->DATA.QUERY_INFORMATION.BytesWritten;
        To->DATA.QUERY_INFORMATION.BytesNeeded = From->DATA.QUERY_INFORMATION.BytesNeeded;
        break;
    }
}

static VOID SetPassing(PSHAPER_MODULE Module, PNDIS_OID_REQUEST Clone)
{
    NdisAcquireSpinLock(&Module->Lock);
    Module->Passing = Clone;
    NdisReleaseSpinLock(&Module->Lock);
}

NDIS_STATUS ShaperOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PSHAPER_MODULE Module = FilterModuleContext;
    PNDIS_OID_REQUEST Clone;
    NDIS_STATUS Status;

    Status = NdisAllocateCloneOidRequest(Module->Filter, OidRequest, SHAPER_REQUEST_TAG, &Clone);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;
    ORIGINAL(Clone) = OidRequest;
    Clone->RequestId = OidRequest->RequestId;
    SetPassing(Module, Clone);

    Status = NdisFOidRequest(Module->Filter, Clone);
    if (Status == NDIS_STATUS_PENDING)
        return Status;

    SetPassing(Module, NULL);
    CopyResult(OidRequest, Clone);
    NdisFreeCloneOidRequest(Module->Filter, Clone);
    return Status;
}

VOID ShaperOidRequestComplete(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest,
                              NDIS_STATUS Status)
{
    PSHAPER_MODULE Module = FilterModuleContext;
    PNDIS_OID_REQUEST Original;

    if (OidRequest->RequestId == OWN_REQUEST) {
        PSHAPER_REQUEST Request = CONTAINING_RECORD(OidRequest, SHAPER_REQUEST, Oid);

        Request->Status = Status;
        NdisSetEvent(&Request->Done);
        return;
    }

    Original = ORIGINAL(OidRequest);
    SetPassing(Module, NULL);
    CopyResult(Original, OidRequest);
    NdisFreeCloneOidRequest(Module->Filter, OidRequest);
    NdisFOidRequestComplete(Module->Filter, Original, Status);
}

VOID ShaperCancelOidRequest(NDIS_HANDLE FilterModuleContext, PVOID RequestId)
{
    PSHAPER_MODULE Module = FilterModuleContext;
    BOOLEAN Known;

    NdisAcquireSpinLock(&Module->Lock);
    Known = (BOOLEAN)(Module->Passing != NULL && Module->Passing->RequestId == RequestId);
    NdisReleaseSpinLock(&Module->Lock);
    if (Known)
        NdisFCancelOidRequest(Module->Filter, RequestId);
}

NDIS_STATUS ShaperQuery(PSHAPER_MODULE Module, NDIS_OID Oid, PVOID Buffer, ULONG Length)
{
    SHAPER_REQUEST Request;
    NDIS_STATUS Status;

    NdisZeroMemory(&Request, sizeof(Request));
    NdisInitializeEvent(&Request.Done);
    Request.Oid.Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    Request.Oid.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    Request.Oid.Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    Request.Oid.RequestType = NdisRequestQueryInformation;
    Request.Oid.RequestId = OWN_REQUEST;
    Request.Oid.DATA.QUERY_INFORMATION.Oid = Oid;
    Request.Oid.DATA.QUERY_INFORMATION.InformationBuffer = Buffer;
    Request.Oid.DATA.QUERY_INFORMATION.InformationBufferLength = Length;

    Status = NdisFOidRequest(Module->Filter, &Request.Oid);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Request.Done, 0);
        Status = Request.Status;
    }
    if (Status == NDIS_STATUS_SUCCESS && Request.Oid.DATA.QUERY_INFORMATION.BytesWritten < Length)
        Status = NDIS_STATUS_INVALID_DATA;
    return Status;
}
