/* OID requests. All are answered at once, except the statistics, which take the chip a while. */
#include "nic.h"

static const CHAR NicVendorDescription[] = "PCI NIC test driver";

/* What a query of a plain number answers. */
static BOOLEAN
NicQueryNumber(
    PNIC_ADAPTER Adapter,
    NDIS_OID Oid,
    PULONG Value
    )
{
    switch (Oid)
    {
    case OID_GEN_MAXIMUM_FRAME_SIZE:
        *Value = NIC_MTU;
        break;

    case OID_GEN_MAXIMUM_TOTAL_SIZE:
    case OID_GEN_TRANSMIT_BLOCK_SIZE:
    case OID_GEN_RECEIVE_BLOCK_SIZE:
        *Value = NIC_MAX_FRAME;
        break;

    case OID_GEN_TRANSMIT_BUFFER_SPACE:
        *Value = NIC_MAX_FRAME * NIC_TX_DESCRIPTORS;
        break;

    case OID_GEN_RECEIVE_BUFFER_SPACE:
        *Value = NIC_MAX_FRAME * Adapter->Rx.Count;
        break;

    case OID_GEN_VENDOR_ID:
        *Value = Adapter->PermanentAddress[0] | Adapter->PermanentAddress[1] << 8 |
                 Adapter->PermanentAddress[2] << 16;
        break;

    case OID_GEN_VENDOR_DRIVER_VERSION:
        *Value = NIC_VERSION;
        break;

    case OID_GEN_CURRENT_PACKET_FILTER:
        *Value = Adapter->PacketFilter;
        break;

    case OID_GEN_CURRENT_LOOKAHEAD:
        *Value = Adapter->Lookahead;
        break;

    case OID_802_3_MAXIMUM_LIST_SIZE:
        *Value = NIC_MAX_MULTICAST;
        break;

    default:
        return FALSE;
    }
    return TRUE;
}

/* Copies an answer, if the buffer is large enough. */
static NDIS_STATUS
NicAnswer(
    PNDIS_OID_REQUEST Request,
    const VOID *Data,
    ULONG Length
    )
{
    struct _QUERY *Query = &Request->DATA.QUERY_INFORMATION;

    Query->BytesWritten = 0;
    Query->BytesNeeded = 0;
    if (Query->InformationBufferLength < Length)
    {
        Query->BytesNeeded = Length;
        return NDIS_STATUS_BUFFER_TOO_SHORT;
    }
    NdisMoveMemory(Query->InformationBuffer, Data, Length);
    Query->BytesWritten = Length;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
NicAnswerModeration(
    PNIC_ADAPTER Adapter,
    PNDIS_OID_REQUEST Request
    )
{
    NDIS_INTERRUPT_MODERATION_PARAMETERS Parameters;

    NdisZeroMemory(&Parameters, sizeof(Parameters));
    Parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Parameters.Header.Revision = NDIS_INTERRUPT_MODERATION_PARAMETERS_REVISION_1;
    Parameters.Header.Size = NDIS_SIZEOF_INTERRUPT_MODERATION_PARAMETERS_REVISION_1;
    Parameters.InterruptModeration = Adapter->Moderation ? NdisInterruptModerationEnabled
                                                         : NdisInterruptModerationDisabled;
    return NicAnswer(Request, &Parameters, sizeof(Parameters));
}

static NDIS_STATUS
NicAnswerLinkParameters(
    PNIC_ADAPTER Adapter,
    PNDIS_OID_REQUEST Request
    )
{
    NDIS_LINK_PARAMETERS Parameters;

    NdisZeroMemory(&Parameters, sizeof(Parameters));
    Parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Parameters.Header.Revision = NDIS_LINK_PARAMETERS_REVISION_1;
    Parameters.Header.Size = NDIS_SIZEOF_LINK_PARAMETERS_REVISION_1;
    Parameters.MediaDuplexState = MediaDuplexStateFull;
    Parameters.XmitLinkSpeed = Adapter->Chip->LinkSpeed;
    Parameters.RcvLinkSpeed = Adapter->Chip->LinkSpeed;
    Parameters.PauseFunctions = NdisPauseFunctionsUnsupported;
    return NicAnswer(Request, &Parameters, sizeof(Parameters));
}

/* Remembers the request for the work item. */
static NDIS_STATUS
NicPendOid(
    PNIC_ADAPTER Adapter,
    PNDIS_OID_REQUEST Request
    )
{
    BOOLEAN Queue;

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->PendingOid = Request;
    /* After a cancelled request the work item may still be on its way: it will do. */
    Queue = (BOOLEAN)!Adapter->OidItemQueued;
    Adapter->OidItemQueued = TRUE;
    if (Queue && Adapter->WorkItems++ == 0)
    {
        NdisResetEvent(&Adapter->WorkIdle);
    }
    NdisReleaseSpinLock(&Adapter->Lock);

    if (Queue)
    {
        NdisQueueIoWorkItem(Adapter->OidItem, NicOidWork, Adapter);
    }
    return NDIS_STATUS_PENDING;
}

static NDIS_STATUS
NicQuery(
    PNIC_ADAPTER Adapter,
    PNDIS_OID_REQUEST Request
    )
{
    ULONG Value;

    if (NicQueryNumber(Adapter, Request->DATA.QUERY_INFORMATION.Oid, &Value))
    {
        return NicAnswer(Request, &Value, sizeof(Value));
    }
    switch (Request->DATA.QUERY_INFORMATION.Oid)
    {
    case OID_GEN_VENDOR_DESCRIPTION:
        return NicAnswer(Request, NicVendorDescription, sizeof(NicVendorDescription));

    case OID_802_3_PERMANENT_ADDRESS:
        return NicAnswer(Request, Adapter->PermanentAddress, NIC_ADDRESS_LENGTH);

    case OID_802_3_CURRENT_ADDRESS:
        return NicAnswer(Request, Adapter->CurrentAddress, NIC_ADDRESS_LENGTH);

    case OID_802_3_MULTICAST_LIST:
        return NicAnswer(Request, Adapter->Multicast,
                         Adapter->MulticastCount * NIC_ADDRESS_LENGTH);

    case OID_GEN_XMIT_OK:
        return NicAnswer(Request, &Adapter->FramesSent, sizeof(Adapter->FramesSent));

    case OID_GEN_RCV_OK:
        return NicAnswer(Request, &Adapter->FramesReceived, sizeof(Adapter->FramesReceived));

    case OID_GEN_INTERRUPT_MODERATION:
        return NicAnswerModeration(Adapter, Request);

    case OID_GEN_LINK_PARAMETERS:
        return NicAnswerLinkParameters(Adapter, Request);

    case OID_GEN_STATISTICS:
        if (Request->DATA.QUERY_INFORMATION.InformationBufferLength < sizeof(NDIS_STATISTICS_INFO))
        {
            Request->DATA.QUERY_INFORMATION.BytesWritten = 0;
            Request->DATA.QUERY_INFORMATION.BytesNeeded = sizeof(NDIS_STATISTICS_INFO);
            return NDIS_STATUS_BUFFER_TOO_SHORT;
        }
        return NicPendOid(Adapter, Request);

    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

/* Takes Length bytes of a set request, if there are so many. */
static NDIS_STATUS
NicTake(
    PNDIS_OID_REQUEST Request,
    PVOID Data,
    ULONG Length
    )
{
    struct _SET *Set = &Request->DATA.SET_INFORMATION;

    Set->BytesRead = 0;
    Set->BytesNeeded = 0;
    if (Set->InformationBufferLength < Length)
    {
        Set->BytesNeeded = Length;
        return NDIS_STATUS_INVALID_LENGTH;
    }
    NdisMoveMemory(Data, Set->InformationBuffer, Length);
    Set->BytesRead = Length;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
NicSetFilter(
    PNIC_ADAPTER Adapter,
    PNDIS_OID_REQUEST Request
    )
{
    const ULONG Known = NDIS_PACKET_TYPE_DIRECTED | NDIS_PACKET_TYPE_MULTICAST |
                        NDIS_PACKET_TYPE_ALL_MULTICAST | NDIS_PACKET_TYPE_BROADCAST |
                        NDIS_PACKET_TYPE_PROMISCUOUS;
    NDIS_STATUS Status;
    ULONG Filter;

    Status = NicTake(Request, &Filter, sizeof(Filter));
    if (Status == NDIS_STATUS_SUCCESS)
    {
        if (Filter & ~Known)
        {
            return NDIS_STATUS_INVALID_DATA;
        }
        Adapter->PacketFilter = Filter;
        HwWriteFilter(Adapter);
    }
    return Status;
}

static NDIS_STATUS
NicSetMulticast(
    PNIC_ADAPTER Adapter,
    PNDIS_OID_REQUEST Request
    )
{
    ULONG Length = Request->DATA.SET_INFORMATION.InformationBufferLength;
    NDIS_STATUS Status;

    if (Length % NIC_ADDRESS_LENGTH != 0)
    {
        Request->DATA.SET_INFORMATION.BytesRead = 0;
        return NDIS_STATUS_INVALID_LENGTH;
    }
    if (Length > sizeof(Adapter->Multicast))
    {
        Request->DATA.SET_INFORMATION.BytesRead = 0;
        return NDIS_STATUS_MULTICAST_FULL;
    }
    Status = NicTake(Request, Adapter->Multicast, Length);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Adapter->MulticastCount = Length / NIC_ADDRESS_LENGTH;
        HwWriteFilter(Adapter);
    }
    return Status;
}

static NDIS_STATUS
NicSetModeration(
    PNIC_ADAPTER Adapter,
    PNDIS_OID_REQUEST Request
    )
{
    NDIS_INTERRUPT_MODERATION_PARAMETERS Parameters;
    NDIS_STATUS Status;

    Status = NicTake(Request, &Parameters, sizeof(Parameters));
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }
    switch (Parameters.InterruptModeration)
    {
    case NdisInterruptModerationEnabled:
        Adapter->Moderation = TRUE;
        break;

    case NdisInterruptModerationDisabled:
        Adapter->Moderation = FALSE;
        break;

    default:
        return NDIS_STATUS_INVALID_DATA;
    }
    Adapter->Chip->WriteModeration(Adapter, Adapter->Moderation);
    return NDIS_STATUS_SUCCESS;
}

/* NDIS has paused the adapter before it asks for a lower state. */
static NDIS_STATUS
NicSetPower(
    PNIC_ADAPTER Adapter,
    PNDIS_OID_REQUEST Request
    )
{
    NDIS_DEVICE_POWER_STATE State;
    NDIS_STATUS Status;

    Status = NicTake(Request, &State, sizeof(State));
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    NicDisableInterrupts(Adapter);
    NicRxDisable(Adapter);
    HwStop(Adapter);
    NicTxAbort(Adapter, FALSE, NDIS_STATUS_LOW_POWER_STATE);
    if (State == NdisDeviceStateD0)
    {
        NicTxReset(Adapter);
        NicRxReset(Adapter);
        HwStart(Adapter);
        NicTxEnable(Adapter, FALSE);
        NicEnableInterrupts(Adapter);
    }
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
NicSet(
    PNIC_ADAPTER Adapter,
    PNDIS_OID_REQUEST Request
    )
{
    NDIS_LINK_PARAMETERS LinkParameters;

    switch (Request->DATA.SET_INFORMATION.Oid)
    {
    case OID_GEN_CURRENT_PACKET_FILTER:
        return NicSetFilter(Adapter, Request);

    case OID_GEN_CURRENT_LOOKAHEAD:
        return NicTake(Request, &Adapter->Lookahead, sizeof(Adapter->Lookahead));

    case OID_802_3_MULTICAST_LIST:
        return NicSetMulticast(Adapter, Request);

    case OID_GEN_INTERRUPT_MODERATION:
        return NicSetModeration(Adapter, Request);

    case OID_GEN_LINK_PARAMETERS:
        /* The chip negotiates by itself. */
        return NicTake(Request, &LinkParameters, sizeof(LinkParameters));

    case OID_PNP_SET_POWER:
        return NicSetPower(Adapter, Request);

    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

NDIS_STATUS
NicOidRequest(
    NDIS_HANDLE MiniportAdapterContext,
    PNDIS_OID_REQUEST OidRequest
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportAdapterContext;

    if (Adapter->SurpriseRemoved)
    {
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    switch (OidRequest->RequestType)
    {
    case NdisRequestQueryInformation:
    case NdisRequestQueryStatistics:
        return NicQuery(Adapter, OidRequest);

    case NdisRequestSetInformation:
        return NicSet(Adapter, OidRequest);

    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

/* Takes the pending request, if there is one and it has that id, or any id if Any. */
static PNDIS_OID_REQUEST
NicTakePendingOid(
    PNIC_ADAPTER Adapter,
    BOOLEAN Any,
    PVOID RequestId
    )
{
    PNDIS_OID_REQUEST Request;

    NdisAcquireSpinLock(&Adapter->Lock);
    Request = Adapter->PendingOid;
    if (Request != NULL && !Any && Request->RequestId != RequestId)
    {
        Request = NULL;
    }
    if (Request != NULL)
    {
        Adapter->PendingOid = NULL;
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    return Request;
}

VOID
NicCancelOidRequest(
    NDIS_HANDLE MiniportAdapterContext,
    PVOID RequestId
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportAdapterContext;
    PNDIS_OID_REQUEST Request = NicTakePendingOid(Adapter, FALSE, RequestId);

    if (Request != NULL)
    {
        NdisMOidRequestComplete(Adapter->Handle, Request, NDIS_STATUS_REQUEST_ABORTED);
    }
}

VOID
NicAbortOid(
    PNIC_ADAPTER Adapter
    )
{
    PNDIS_OID_REQUEST Request = NicTakePendingOid(Adapter, TRUE, NULL);

    if (Request != NULL)
    {
        NdisMOidRequestComplete(Adapter->Handle, Request, NDIS_STATUS_REQUEST_ABORTED);
    }
}

static NDIS_STATUS
NicFillStatistics(
    PNIC_ADAPTER Adapter,
    PNDIS_OID_REQUEST Request
    )
{
    NDIS_STATISTICS_INFO Statistics;
    ULONG Counters[HW_COUNTERS];

    if (!HwReadCounters(Adapter, HwSleep, Counters))
    {
        return NDIS_STATUS_HARD_ERRORS;
    }
    NdisZeroMemory(&Statistics, sizeof(Statistics));
    Statistics.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Statistics.Header.Revision = NDIS_STATISTICS_INFO_REVISION_1;
    Statistics.Header.Size = NDIS_SIZEOF_STATISTICS_INFO_REVISION_1;
    Statistics.SupportedStatistics = NDIS_STATISTICS_FLAGS_VALID_RCV_ERROR |
                                     NDIS_STATISTICS_FLAGS_VALID_XMIT_ERROR |
                                     NDIS_STATISTICS_FLAGS_VALID_BYTES_RCV |
                                     NDIS_STATISTICS_FLAGS_VALID_BYTES_XMIT;
    Statistics.ifInErrors = Adapter->ReceiveErrors + Counters[0];
    Statistics.ifOutErrors = Adapter->SendErrors + Counters[1];
    Statistics.ifHCInOctets = Counters[2];
    Statistics.ifHCOutOctets = Counters[3];
    return NicAnswer(Request, &Statistics, sizeof(Statistics));
}

VOID
NicOidWork(
    PVOID WorkItemContext,
    NDIS_HANDLE NdisIoWorkItemHandle
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)WorkItemContext;
    PNDIS_OID_REQUEST Request;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(NdisIoWorkItemHandle);

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->OidItemQueued = FALSE;
    Request = Adapter->PendingOid;
    Adapter->PendingOid = NULL;
    Adapter->OidRunning = (BOOLEAN)(Request != NULL);
    NdisReleaseSpinLock(&Adapter->Lock);

    if (Request != NULL)
    {
        Status = NicFillStatistics(Adapter, Request);
        NdisMOidRequestComplete(Adapter->Handle, Request, Status);

        NdisAcquireSpinLock(&Adapter->Lock);
        Adapter->OidRunning = FALSE;
        NdisReleaseSpinLock(&Adapter->Lock);
    }
    NicWorkEnd(Adapter);
}
