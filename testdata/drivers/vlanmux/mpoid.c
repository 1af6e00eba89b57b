//
// Requests to a virtual miniport. What concerns the VLAN is answered here; the rest is asked below.
//
#include "mux.h"

NDIS_OID g_SupportedOids[] =
{
    OID_GEN_MAXIMUM_FRAME_SIZE,
    OID_GEN_MAXIMUM_TOTAL_SIZE,
    OID_GEN_TRANSMIT_BLOCK_SIZE,
    OID_GEN_RECEIVE_BLOCK_SIZE,
    OID_GEN_TRANSMIT_BUFFER_SPACE,
    OID_GEN_RECEIVE_BUFFER_SPACE,
    OID_GEN_VENDOR_ID,
    OID_GEN_VENDOR_DESCRIPTION,
    OID_GEN_VENDOR_DRIVER_VERSION,
    OID_GEN_CURRENT_PACKET_FILTER,
    OID_GEN_CURRENT_LOOKAHEAD,
    OID_GEN_XMIT_OK,
    OID_GEN_RCV_OK,
    OID_GEN_STATISTICS,
    OID_GEN_INTERRUPT_MODERATION,
    OID_GEN_LINK_PARAMETERS,
    OID_GEN_VLAN_ID,
    OID_802_3_PERMANENT_ADDRESS,
    OID_802_3_CURRENT_ADDRESS,
    OID_802_3_MULTICAST_LIST,
    OID_802_3_MAXIMUM_LIST_SIZE,
    OID_PNP_SET_POWER,
    OID_PNP_QUERY_POWER,
};

const ULONG g_cbSupportedOids = sizeof(g_SupportedOids);

static const CHAR VendorDescription[] = "VLAN multiplexer";

static NDIS_STATUS
Answer(
    _Inout_ PNDIS_OID_REQUEST pRequest,
    _In_    const VOID       *pData,
    _In_    ULONG             cbData
    )
{
    if (pRequest->DATA.QUERY_INFORMATION.InformationBufferLength < cbData)
    {
        pRequest->DATA.QUERY_INFORMATION.BytesWritten = 0;
        pRequest->DATA.QUERY_INFORMATION.BytesNeeded = cbData;
        return NDIS_STATUS_BUFFER_TOO_SHORT;
    }
    NdisMoveMemory(pRequest->DATA.QUERY_INFORMATION.InformationBuffer, pData, cbData);
    pRequest->DATA.QUERY_INFORMATION.BytesWritten = cbData;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
AnswerStatistics(
    _In_ PVNIC pVnic,
    _Inout_ PNDIS_OID_REQUEST pRequest
    )
{
    NDIS_STATISTICS_INFO Info;

    NdisZeroMemory(&Info, sizeof(Info));
    Info.Header.Type        = NDIS_OBJECT_TYPE_DEFAULT;
    Info.Header.Revision    = NDIS_STATISTICS_INFO_REVISION_1;
    Info.Header.Size        = NDIS_SIZEOF_STATISTICS_INFO_REVISION_1;
    Info.SupportedStatistics = NDIS_STATISTICS_FLAGS_VALID_DIRECTED_FRAMES_RCV |
                               NDIS_STATISTICS_FLAGS_VALID_DIRECTED_FRAMES_XMIT;
    Info.ifHCInUcastPkts    = pVnic->FramesReceived;
    Info.ifHCOutUcastPkts   = pVnic->FramesSent;
    return Answer(pRequest, &Info, sizeof(Info));
}

static NDIS_STATUS
AnswerModeration(
    _Inout_ PNDIS_OID_REQUEST pRequest
    )
{
    NDIS_INTERRUPT_MODERATION_PARAMETERS Moderation;

    NdisZeroMemory(&Moderation, sizeof(Moderation));
    Moderation.Header.Type      = NDIS_OBJECT_TYPE_DEFAULT;
    Moderation.Header.Revision  = NDIS_INTERRUPT_MODERATION_PARAMETERS_REVISION_1;
    Moderation.Header.Size      = NDIS_SIZEOF_INTERRUPT_MODERATION_PARAMETERS_REVISION_1;
    Moderation.InterruptModeration = NdisInterruptModerationNotSupported;
    return Answer(pRequest, &Moderation, sizeof(Moderation));
}

//
// FALSE: it is not ours.
//
static BOOLEAN
QueryHere(
    _In_    PVNIC             pVnic,
    _Inout_ PNDIS_OID_REQUEST pRequest,
    _Out_   PNDIS_STATUS      pStatus
    )
{
    ULONG Value;
    const VOID *pData = &Value;
    ULONG cbData = sizeof(Value);

    switch (pRequest->DATA.QUERY_INFORMATION.Oid)
    {
        case OID_GEN_MAXIMUM_FRAME_SIZE:
            Value = MUX_MTU;
            break;

        case OID_GEN_MAXIMUM_TOTAL_SIZE:
        case OID_GEN_TRANSMIT_BLOCK_SIZE:
        case OID_GEN_RECEIVE_BLOCK_SIZE:
            Value = MUX_MAX_FRAME;
            break;

        case OID_GEN_TRANSMIT_BUFFER_SPACE:
        case OID_GEN_RECEIVE_BUFFER_SPACE:
            Value = MUX_MAX_FRAME * 64;
            break;

        case OID_GEN_VENDOR_ID:
            Value = 0x00ffffff;
            break;

        case OID_GEN_VENDOR_DRIVER_VERSION:
            Value = 0x00010000;
            break;

        case OID_GEN_VENDOR_DESCRIPTION:
            pData = VendorDescription;
            cbData = sizeof(VendorDescription);
            break;

        case OID_GEN_CURRENT_PACKET_FILTER:
            pData = &pVnic->PacketFilter;
            break;

        case OID_GEN_CURRENT_LOOKAHEAD:
            pData = &pVnic->Lookahead;
            break;

        case OID_GEN_VLAN_ID:
            Value = pVnic->VlanId;
            break;

        case OID_GEN_XMIT_OK:
            pData = &pVnic->FramesSent;
            cbData = sizeof(pVnic->FramesSent);
            break;

        case OID_GEN_RCV_OK:
            pData = &pVnic->FramesReceived;
            cbData = sizeof(pVnic->FramesReceived);
            break;

        case OID_GEN_STATISTICS:
            *pStatus = AnswerStatistics(pVnic, pRequest);
            return TRUE;

        case OID_GEN_INTERRUPT_MODERATION:
            *pStatus = AnswerModeration(pRequest);
            return TRUE;

        case OID_802_3_PERMANENT_ADDRESS:
        case OID_802_3_CURRENT_ADDRESS:
            pData = pVnic->pAdapt->MacAddress;
            cbData = MUX_ADDRESS_LENGTH;
            break;

        default:
            return FALSE;
    }
    *pStatus = Answer(pRequest, pData, cbData);
    return TRUE;
}

static NDIS_STATUS
TakeNumber(
    _Inout_ PNDIS_OID_REQUEST pRequest,
    _Out_   PULONG            pNumber
    )
{
    if (pRequest->DATA.SET_INFORMATION.InformationBufferLength < sizeof(ULONG))
    {
        pRequest->DATA.SET_INFORMATION.BytesNeeded = sizeof(ULONG);
        return NDIS_STATUS_INVALID_LENGTH;
    }
    NdisMoveMemory(pNumber, pRequest->DATA.SET_INFORMATION.InformationBuffer, sizeof(ULONG));
    pRequest->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
    return NDIS_STATUS_SUCCESS;
}

static BOOLEAN
SetHere(
    _In_    PVNIC             pVnic,
    _Inout_ PNDIS_OID_REQUEST pRequest,
    _Out_   PNDIS_STATUS      pStatus
    )
{
    switch (pRequest->DATA.SET_INFORMATION.Oid)
    {
        case OID_GEN_CURRENT_PACKET_FILTER:
            *pStatus = TakeNumber(pRequest, &pVnic->PacketFilter);
            return TRUE;

        case OID_GEN_CURRENT_LOOKAHEAD:
            *pStatus = TakeNumber(pRequest, &pVnic->Lookahead);
            return TRUE;

        // The adapter is moderated, set up and put to sleep by its own owner.
        case OID_GEN_INTERRUPT_MODERATION:
        case OID_GEN_LINK_PARAMETERS:
        case OID_PNP_SET_POWER:
            pRequest->DATA.SET_INFORMATION.BytesRead =
                pRequest->DATA.SET_INFORMATION.InformationBufferLength;
            *pStatus = NDIS_STATUS_SUCCESS;
            return TRUE;

        default:
            return FALSE;
    }
}

VOID
MuxCopyAnswer(
    PNDIS_OID_REQUEST       pTo,
    const NDIS_OID_REQUEST *pFrom
    )
{
    if (pTo->RequestType == NdisRequestSetInformation)
    {
        pTo->DATA.SET_INFORMATION.BytesRead = pFrom->DATA.SET_INFORMATION.BytesRead;
        pTo->DATA.SET_INFORMATION.BytesNeeded = pFrom->DATA.SET_INFORMATION.BytesNeeded;
    }
    else
    {
        pTo->DATA.QUERY_INFORMATION.BytesWritten = pFrom->DATA.QUERY_INFORMATION.BytesWritten;
        pTo->DATA.QUERY_INFORMATION.BytesNeeded = pFrom->DATA.QUERY_INFORMATION.BytesNeeded;
    }
}

//
// NDIS gives a miniport one request at a time, so there is one below us at most.
//
static NDIS_STATUS
AskBelow(
    _In_    PVNIC             pVnic,
    _Inout_ PNDIS_OID_REQUEST pRequest
    )
{
    PNDIS_OID_REQUEST pLower = &pVnic->Request.Oid;
    NDIS_STATUS Status;

    NdisZeroMemory(pLower, sizeof(*pLower));
    pLower->Header.Type     = NDIS_OBJECT_TYPE_OID_REQUEST;
    pLower->Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    pLower->Header.Size     = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    pLower->RequestType     = pRequest->RequestType;
    pLower->RequestId       = pVnic;
    pLower->DATA            = pRequest->DATA;
    pVnic->Request.pVnic    = pVnic;

    NdisAcquireSpinLock(&pVnic->Lock);
    pVnic->pPendingOid = pRequest;
    NdisReleaseSpinLock(&pVnic->Lock);

    Status = NdisOidRequest(pVnic->pAdapt->hBinding, pLower);
    if (Status == NDIS_STATUS_PENDING)
    {
        return Status;
    }

    NdisAcquireSpinLock(&pVnic->Lock);
    pVnic->pPendingOid = NULL;
    NdisReleaseSpinLock(&pVnic->Lock);
    MuxCopyAnswer(pRequest, pLower);
    return Status;
}

_Use_decl_annotations_
NDIS_STATUS
MpOidRequest(
    NDIS_HANDLE       MiniportAdapterContext,
    PNDIS_OID_REQUEST OidRequest
    )
{
    PVNIC pVnic = (PVNIC)MiniportAdapterContext;
    NDIS_STATUS Status;

    switch (OidRequest->RequestType)
    {
        case NdisRequestQueryInformation:
        case NdisRequestQueryStatistics:
            if (QueryHere(pVnic, OidRequest, &Status))
            {
                return Status;
            }
            break;

        case NdisRequestSetInformation:
            if (SetHere(pVnic, OidRequest, &Status))
            {
                return Status;
            }
            break;

        default:
            return NDIS_STATUS_NOT_SUPPORTED;
    }
    return AskBelow(pVnic, OidRequest);
}

_Use_decl_annotations_
VOID
MpCancelOidRequest(
    NDIS_HANDLE MiniportAdapterContext,
    PVOID       RequestId
    )
{
    PVNIC pVnic = (PVNIC)MiniportAdapterContext;
    BOOLEAN fCancel;

    NdisAcquireSpinLock(&pVnic->Lock);
    fCancel = (BOOLEAN)(pVnic->pPendingOid != NULL && pVnic->pPendingOid->RequestId == RequestId);
    NdisReleaseSpinLock(&pVnic->Lock);

    if (fCancel)
    {
        NdisCancelOidRequest(pVnic->pAdapt->hBinding, pVnic);
    }
}
