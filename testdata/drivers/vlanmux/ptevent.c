//
// The lower edge: requests, status and events.
//
#include "mux.h"

_Use_decl_annotations_
VOID
PtOidRequestComplete(
    NDIS_HANDLE       ProtocolBindingContext,
    PNDIS_OID_REQUEST OidRequest,
    NDIS_STATUS       Status
    )
{
    PMUX_REQUEST pRequest = CONTAINING_RECORD(OidRequest, MUX_REQUEST, Oid);
    PVNIC pVnic = pRequest->pVnic;
    PNDIS_OID_REQUEST pUpper;

    UNREFERENCED_PARAMETER(ProtocolBindingContext);

    if (pVnic == NULL)
    {
        pRequest->Status = Status;
        NdisSetEvent(&pRequest->Done);
        return;
    }

    NdisAcquireSpinLock(&pVnic->Lock);
    pUpper = pVnic->pPendingOid;
    pVnic->pPendingOid = NULL;
    NdisReleaseSpinLock(&pVnic->Lock);

    MuxCopyAnswer(pUpper, OidRequest);
    NdisMOidRequestComplete(pVnic->hMiniport, pUpper, Status);
}

NDIS_STATUS
MuxSetOid(
    PADAPT   pAdapt,
    NDIS_OID Oid,
    PVOID    pBuffer,
    ULONG    cbBuffer
    )
{
    MUX_REQUEST Request;
    NDIS_STATUS Status;

    NdisZeroMemory(&Request, sizeof(Request));
    Request.Oid.Header.Type     = NDIS_OBJECT_TYPE_OID_REQUEST;
    Request.Oid.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    Request.Oid.Header.Size     = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    Request.Oid.RequestType     = NdisRequestSetInformation;
    Request.Oid.RequestId       = &Request;
    Request.Oid.DATA.SET_INFORMATION.Oid = Oid;
    Request.Oid.DATA.SET_INFORMATION.InformationBuffer = pBuffer;
    Request.Oid.DATA.SET_INFORMATION.InformationBufferLength = cbBuffer;
    NdisInitializeEvent(&Request.Done);

    Status = NdisOidRequest(pAdapt->hBinding, &Request.Oid);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Request.Done, 0);
        Status = Request.Status;
    }
    return Status;
}

//
// For the miniport above the indication is one of its own.
//
static VOID
IndicateAbove(
    _In_ PVNIC pVnic,
    _In_ PNDIS_STATUS_INDICATION pFrom
    )
{
    NDIS_STATUS_INDICATION Indication;

    NdisZeroMemory(&Indication, sizeof(Indication));
    Indication.Header.Type      = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    Indication.Header.Revision  = NDIS_STATUS_INDICATION_REVISION_1;
    Indication.Header.Size      = NDIS_SIZEOF_STATUS_INDICATION_REVISION_1;
    Indication.SourceHandle     = pVnic->hMiniport;
    Indication.StatusCode       = pFrom->StatusCode;
    Indication.StatusBuffer     = pFrom->StatusBuffer;
    Indication.StatusBufferSize = pFrom->StatusBufferSize;
    NdisMIndicateStatusEx(pVnic->hMiniport, &Indication);
}

static VOID
RememberLink(
    _In_ PADAPT pAdapt,
    _In_ PNDIS_STATUS_INDICATION pIndication
    )
{
    PNDIS_LINK_STATE pLink = (PNDIS_LINK_STATE)pIndication->StatusBuffer;

    if (pIndication->StatusBufferSize < sizeof(NDIS_LINK_STATE))
    {
        return;
    }
    NdisAcquireSpinLock(&pAdapt->Lock);
    pAdapt->ConnectState = pLink->MediaConnectState;
    pAdapt->XmitLinkSpeed = pLink->XmitLinkSpeed;
    pAdapt->RcvLinkSpeed = pLink->RcvLinkSpeed;
    NdisReleaseSpinLock(&pAdapt->Lock);
}

_Use_decl_annotations_
VOID
PtStatus(
    NDIS_HANDLE             ProtocolBindingContext,
    PNDIS_STATUS_INDICATION StatusIndication
    )
{
    PADAPT pAdapt = (PADAPT)ProtocolBindingContext;
    PVNIC apVnics[MUX_MAX_VLANS];
    ULONG cVnics = 0;
    ULONG i;
    PLIST_ENTRY pEntry;
    LOCK_STATE_EX LockState;

    if (StatusIndication->StatusCode != NDIS_STATUS_LINK_STATE)
    {
        return;
    }
    RememberLink(pAdapt, StatusIndication);

    // Nothing is indicated with the lock.
    NdisAcquireRWLockRead(pAdapt->pListLock, &LockState, 0);
    for (pEntry = pAdapt->VnicList.Flink;
         pEntry != &pAdapt->VnicList && cVnics < MUX_MAX_VLANS;
         pEntry = pEntry->Flink)
    {
        PVNIC pVnic = CONTAINING_RECORD(pEntry, VNIC, Link);

        if (MuxEnterVnic(pVnic, FALSE))
        {
            MuxReferenceVnic(pVnic);
            apVnics[cVnics++] = pVnic;
        }
    }
    NdisReleaseRWLock(pAdapt->pListLock, &LockState);

    for (i = 0; i < cVnics; i++)
    {
        IndicateAbove(apVnics[i], StatusIndication);
        MuxLeaveVnic(apVnics[i]);
        MuxDereferenceVnic(apVnics[i]);
    }
}

_Use_decl_annotations_
NDIS_STATUS
PtNetPnPEvent(
    NDIS_HANDLE                 ProtocolBindingContext,
    PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification
    )
{
    PADAPT pAdapt = (PADAPT)ProtocolBindingContext;

    if (pAdapt == NULL)
    {
        // For all bindings. After a change of the configuration they are looked at again.
        if (NetPnPEventNotification->NetPnPEvent.NetEvent == NetEventReconfigure)
        {
            NdisReEnumerateProtocolBindings(g_hProtocol);
        }
        return NDIS_STATUS_SUCCESS;
    }

    switch (NetPnPEventNotification->NetPnPEvent.NetEvent)
    {
        case NetEventPause:
            NdisAcquireSpinLock(&pAdapt->Lock);
            pAdapt->fRunning = FALSE;
            NdisReleaseSpinLock(&pAdapt->Lock);
            NdisWaitEvent(&pAdapt->Quiet, 0);
            return NDIS_STATUS_SUCCESS;

        case NetEventRestart:
            NdisAcquireSpinLock(&pAdapt->Lock);
            pAdapt->fRunning = TRUE;
            NdisReleaseSpinLock(&pAdapt->Lock);
            return NDIS_STATUS_SUCCESS;

        case NetEventSetPower:
        case NetEventQueryPower:
        case NetEventQueryRemoveDevice:
        case NetEventCancelRemoveDevice:
        case NetEventBindsComplete:
        case NetEventBindList:
        case NetEventPnPCapabilities:
        case NetEventReconfigure:
            return NDIS_STATUS_SUCCESS;

        default:
            return NDIS_STATUS_NOT_SUPPORTED;
    }
}
