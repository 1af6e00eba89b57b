//
// Binding to an adapter and letting go of it.
//
#include "mux.h"

_Must_inspect_result_
static PADAPT
AllocateAdapt(
    _In_ PNDIS_BIND_PARAMETERS pParameters
    )
{
    PADAPT pAdapt;

    pAdapt = (PADAPT)NdisAllocateMemoryWithTagPriority(g_hProtocol, sizeof(ADAPT), MUX_TAG,
                                                       NormalPoolPriority);
    if (pAdapt == NULL)
    {
        return NULL;
    }
    NdisZeroMemory(pAdapt, sizeof(ADAPT));

    pAdapt->pListLock = NdisAllocateRWLock(g_hProtocol);
    if (pAdapt->pListLock == NULL)
    {
        NdisFreeMemory(pAdapt, sizeof(ADAPT), 0);
        return NULL;
    }

    pAdapt->RefCount = 1;
    InitializeListHead(&pAdapt->VnicList);
    NdisAllocateSpinLock(&pAdapt->Lock);
    NdisInitializeEvent(&pAdapt->OpenOrClose);
    NdisInitializeEvent(&pAdapt->Quiet);
    NdisSetEvent(&pAdapt->Quiet);

    NdisMoveMemory(pAdapt->MacAddress, pParameters->CurrentMacAddress, MUX_ADDRESS_LENGTH);
    pAdapt->ConnectState = pParameters->MediaConnectState;
    pAdapt->XmitLinkSpeed = pParameters->XmitLinkSpeed;
    pAdapt->RcvLinkSpeed = pParameters->RcvLinkSpeed;
    return pAdapt;
}

VOID
MuxDereferenceAdapt(
    PADAPT pAdapt
    )
{
    if (NdisInterlockedDecrement(&pAdapt->RefCount) == 0)
    {
        NdisFreeSpinLock(&pAdapt->Lock);
        NdisFreeRWLock(pAdapt->pListLock);
        NdisFreeMemory(pAdapt, sizeof(ADAPT), 0);
    }
}

static NDIS_STATUS
OpenAdapter(
    _In_ PADAPT pAdapt,
    _In_ NDIS_HANDLE BindContext,
    _In_ PNDIS_BIND_PARAMETERS pParameters
    )
{
    NDIS_OPEN_PARAMETERS Open;
    NDIS_MEDIUM Medium = NdisMedium802_3;
    UINT SelectedMedium;
    NDIS_STATUS Status;

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type        = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision    = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size        = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName        = pParameters->AdapterName;
    Open.MediumArray        = &Medium;
    Open.MediumArraySize    = 1;
    Open.SelectedMediumIndex = &SelectedMedium;

    NdisResetEvent(&pAdapt->OpenOrClose);
    Status = NdisOpenAdapterEx(g_hProtocol, (NDIS_HANDLE)pAdapt, &Open, BindContext,
                               &pAdapt->hBinding);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&pAdapt->OpenOrClose, 0);
        Status = pAdapt->OpenStatus;
    }
    return Status;
}

static VOID
CloseAdapter(
    _In_ PADAPT pAdapt
    )
{
    NdisResetEvent(&pAdapt->OpenOrClose);
    if (NdisCloseAdapterEx(pAdapt->hBinding) == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&pAdapt->OpenOrClose, 0);
    }
    pAdapt->hBinding = NULL;
}

_Use_decl_annotations_
VOID
PtOpenComplete(
    NDIS_HANDLE ProtocolBindingContext,
    NDIS_STATUS Status
    )
{
    PADAPT pAdapt = (PADAPT)ProtocolBindingContext;

    pAdapt->OpenStatus = Status;
    NdisSetEvent(&pAdapt->OpenOrClose);
}

_Use_decl_annotations_
VOID
PtCloseComplete(
    NDIS_HANDLE ProtocolBindingContext
    )
{
    PADAPT pAdapt = (PADAPT)ProtocolBindingContext;

    NdisSetEvent(&pAdapt->OpenOrClose);
}

_Use_decl_annotations_
NDIS_STATUS
PtBindAdapter(
    NDIS_HANDLE           ProtocolDriverContext,
    NDIS_HANDLE           BindContext,
    PNDIS_BIND_PARAMETERS BindParameters
    )
{
    PADAPT pAdapt = NULL;
    BOOLEAN fOpen = FALSE;
    ULONG Filter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(ProtocolDriverContext);

    do
    {
        if (BindParameters->MediaType != NdisMedium802_3 ||
            BindParameters->MacAddressLength != MUX_ADDRESS_LENGTH)
        {
            Status = NDIS_STATUS_UNSUPPORTED_MEDIA;
            break;
        }

        pAdapt = AllocateAdapt(BindParameters);
        if (pAdapt == NULL)
        {
            Status = NDIS_STATUS_RESOURCES;
            break;
        }

        Status = OpenAdapter(pAdapt, BindContext, BindParameters);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        fOpen = TRUE;

        // Everything: whom a frame is for, the miniports above decide.
        Filter = NDIS_PACKET_TYPE_PROMISCUOUS;
        Status = MuxSetOid(pAdapt, OID_GEN_CURRENT_PACKET_FILTER, &Filter, sizeof(Filter));
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }

        Status = MuxCreateVnics(pAdapt);

    } while (FALSE);

    if (Status != NDIS_STATUS_SUCCESS && pAdapt != NULL)
    {
        if (fOpen)
        {
            CloseAdapter(pAdapt);
        }
        MuxDereferenceAdapt(pAdapt);
    }
    return Status;
}

_Use_decl_annotations_
NDIS_STATUS
PtUnbindAdapter(
    NDIS_HANDLE UnbindContext,
    NDIS_HANDLE ProtocolBindingContext
    )
{
    PADAPT pAdapt = (PADAPT)ProtocolBindingContext;
    ULONG Filter = 0;

    UNREFERENCED_PARAMETER(UnbindContext);

    MuxDeleteVnics(pAdapt);
    (VOID)MuxSetOid(pAdapt, OID_GEN_CURRENT_PACKET_FILTER, &Filter, sizeof(Filter));

    // NDIS has paused the binding, so nothing is below us.
    NdisWaitEvent(&pAdapt->Quiet, 0);
    CloseAdapter(pAdapt);
    MuxDereferenceAdapt(pAdapt);
    return NDIS_STATUS_SUCCESS;
}
