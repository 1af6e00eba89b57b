#include "oid.h"

static PNDIS_OID_REQUEST QpTake(QP *A, PVOID Id, BOOLEAN Any)
{
    PNDIS_OID_REQUEST r = NULL;

    NdisAcquireSpinLock(&A->Lock);
    if (A->Current != NULL && (Any || A->Current->RequestId == Id))
    {
        r = A->Current;
        A->Current = NULL;
    }
    NdisReleaseSpinLock(&A->Lock);
    return r;
}

NDIS_STATUS QpOidRequest(NDIS_HANDLE Ctx, PNDIS_OID_REQUEST Request)
{
    QP *A = Ctx;

    if (Request->RequestType == NdisRequestMethod)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    NdisAcquireSpinLock(&A->Lock);
    A->Current = Request;
    NdisReleaseSpinLock(&A->Lock);
    return NDIS_STATUS_PENDING;
}

VOID QpCancelOid(NDIS_HANDLE Ctx, PVOID RequestId)
{
    QP *A = Ctx;
    PNDIS_OID_REQUEST r = QpTake(A, RequestId, FALSE);

    if (r != NULL)
    {
        NdisMOidRequestComplete(A->Nic, r, NDIS_STATUS_REQUEST_ABORTED);
    }
}

BOOLEAN QpIsr(NDIS_HANDLE Ctx, PBOOLEAN QueueDpc, PULONG Targets)
{
    QP *A = Ctx;

    *Targets = 0;
    *QueueDpc = (A->IsrCount++ > 0);
    return TRUE;
}

VOID QpDpc(NDIS_HANDLE Ctx, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    QP *A = Ctx;
    PNDIS_OID_REQUEST r = QpTake(A, NULL, TRUE);

    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
    if (r == NULL)
        return;
    NdisMOidRequestComplete(A->Nic, r, NDIS_STATUS_SUCCESS);
}
