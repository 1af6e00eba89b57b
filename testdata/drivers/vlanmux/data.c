//
// Frames. Down go clones with the tag of the VLAN, up go clones without it; the data stay where they are.
//
#include "mux.h"

#define MUX_CLONE_FLAGS     NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS

static VOID
SetTag(
    _Inout_ PNET_BUFFER_LIST pNbl,
    _In_    USHORT VlanId
    )
{
    NDIS_NET_BUFFER_LIST_8021Q_INFO Tag;

    Tag.Value = NET_BUFFER_LIST_INFO(pNbl, Ieee8021QNetBufferListInfo);
    Tag.TagHeader.VlanId = VlanId;
    NET_BUFFER_LIST_INFO(pNbl, Ieee8021QNetBufferListInfo) = Tag.Value;
}

//
// Permission to give one list to the adapter below; it ends with LeaveAdapt.
//
static BOOLEAN
EnterAdapt(
    _In_ PADAPT pAdapt
    )
{
    BOOLEAN fRunning;

    NdisAcquireSpinLock(&pAdapt->Lock);
    fRunning = pAdapt->fRunning;
    if (fRunning)
    {
        if (pAdapt->cBusy == 0)
        {
            NdisResetEvent(&pAdapt->Quiet);
        }
        pAdapt->cBusy++;
    }
    NdisReleaseSpinLock(&pAdapt->Lock);
    return fRunning;
}

static VOID
LeaveAdapt(
    _In_ PADAPT pAdapt
    )
{
    NdisAcquireSpinLock(&pAdapt->Lock);
    pAdapt->cBusy--;
    if (pAdapt->cBusy == 0)
    {
        NdisSetEvent(&pAdapt->Quiet);
    }
    NdisReleaseSpinLock(&pAdapt->Lock);
}

static PNET_BUFFER_LIST
CloneForSend(
    _In_ PVNIC pVnic,
    _In_ PNET_BUFFER_LIST pNbl
    )
{
    PNET_BUFFER_LIST pClone;

    pClone = NdisAllocateCloneNetBufferList(pNbl, pVnic->hClonePool, NULL, MUX_CLONE_FLAGS);
    if (pClone != NULL)
    {
        NdisCopySendNetBufferListInfo(pClone, pNbl);
        SetTag(pClone, pVnic->VlanId);
        pClone->SourceHandle = pVnic->pAdapt->hBinding;
        SEND_CONTEXT(pClone)->pOriginal = pNbl;
        SEND_CONTEXT(pClone)->pVnic = pVnic;
    }
    return pClone;
}

//
// NDIS_STATUS_PENDING: it is on its way.
//
static NDIS_STATUS
SendOne(
    _In_ PVNIC pVnic,
    _In_ PNET_BUFFER_LIST pNbl,
    _In_ ULONG SendFlags
    )
{
    PADAPT pAdapt = pVnic->pAdapt;
    PNET_BUFFER_LIST pClone;

    if (!MuxEnterVnic(pVnic, TRUE))
    {
        return NDIS_STATUS_PAUSED;
    }
    if (!EnterAdapt(pAdapt))
    {
        MuxLeaveVnic(pVnic);
        return NDIS_STATUS_PAUSED;
    }
    pClone = CloneForSend(pVnic, pNbl);
    if (pClone == NULL)
    {
        LeaveAdapt(pAdapt);
        MuxLeaveVnic(pVnic);
        return NDIS_STATUS_RESOURCES;
    }
    NdisSendNetBufferLists(pAdapt->hBinding, pClone, NDIS_DEFAULT_PORT_NUMBER, SendFlags);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_
VOID
MpSend(
    NDIS_HANDLE      MiniportAdapterContext,
    PNET_BUFFER_LIST NetBufferList,
    NDIS_PORT_NUMBER PortNumber,
    ULONG            SendFlags
    )
{
    PVNIC pVnic = (PVNIC)MiniportAdapterContext;
    PNET_BUFFER_LIST pNbl = NetBufferList;
    ULONG CompleteFlags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
    {
        NDIS_SET_SEND_COMPLETE_FLAG(CompleteFlags, NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
    }

    while (pNbl != NULL)
    {
        PNET_BUFFER_LIST pNext = NET_BUFFER_LIST_NEXT_NBL(pNbl);
        NDIS_STATUS Status;

        NET_BUFFER_LIST_NEXT_NBL(pNbl) = NULL;
        Status = SendOne(pVnic, pNbl, SendFlags);
        if (Status != NDIS_STATUS_PENDING)
        {
            NET_BUFFER_LIST_STATUS(pNbl) = Status;
            NdisMSendNetBufferListsComplete(pVnic->hMiniport, pNbl, CompleteFlags);
        }
        pNbl = pNext;
    }
}

//
// The id is copied into clones with the other out-of-band data, so whoever has them below finds them.
//
_Use_decl_annotations_
VOID
MpCancelSend(
    NDIS_HANDLE MiniportAdapterContext,
    PVOID       CancelId
    )
{
    PVNIC pVnic = (PVNIC)MiniportAdapterContext;

    NdisCancelSendNetBufferLists(pVnic->pAdapt->hBinding, CancelId);
}

_Use_decl_annotations_
VOID
PtSendComplete(
    NDIS_HANDLE      ProtocolBindingContext,
    PNET_BUFFER_LIST NetBufferList,
    ULONG            SendCompleteFlags
    )
{
    PADAPT pAdapt = (PADAPT)ProtocolBindingContext;
    PNET_BUFFER_LIST pClone = NetBufferList;

    while (pClone != NULL)
    {
        PNET_BUFFER_LIST pNext = NET_BUFFER_LIST_NEXT_NBL(pClone);
        PNET_BUFFER_LIST pOriginal = SEND_CONTEXT(pClone)->pOriginal;
        PVNIC pVnic = SEND_CONTEXT(pClone)->pVnic;
        NDIS_STATUS Status = NET_BUFFER_LIST_STATUS(pClone);

        NdisFreeCloneNetBufferList(pClone, MUX_CLONE_FLAGS);

        NET_BUFFER_LIST_STATUS(pOriginal) = Status;
        if (Status == NDIS_STATUS_SUCCESS)
        {
            pVnic->FramesSent++;
        }
        NdisMSendNetBufferListsComplete(pVnic->hMiniport, pOriginal, SendCompleteFlags);
        MuxLeaveVnic(pVnic);
        LeaveAdapt(pAdapt);

        pClone = pNext;
    }
}

//
// TRUE: the list is above us, and comes back through MpReturn.
//
static BOOLEAN
ReceiveOne(
    _In_ PADAPT pAdapt,
    _In_ PNET_BUFFER_LIST pNbl,
    _In_ ULONG ReceiveFlags
    )
{
    NDIS_NET_BUFFER_LIST_8021Q_INFO Tag;
    PNET_BUFFER_LIST pClone;
    PVNIC pVnic;
    BOOLEAN fAbove = FALSE;

    Tag.Value = NET_BUFFER_LIST_INFO(pNbl, Ieee8021QNetBufferListInfo);
    pVnic = MuxFindVnic(pAdapt, (USHORT)Tag.TagHeader.VlanId,
                        NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags));
    if (pVnic == NULL)
    {
        return FALSE;
    }

    pClone = NdisAllocateCloneNetBufferList(pNbl, pVnic->hClonePool, NULL, MUX_CLONE_FLAGS);
    if (pClone == NULL)
    {
        MuxLeaveVnic(pVnic);
    }
    else
    {
        NdisCopyReceiveNetBufferListInfo(pClone, pNbl);
        SetTag(pClone, 0);
        pClone->SourceHandle = pVnic->hMiniport;
        RECEIVE_CONTEXT(pClone)->pOriginal = pNbl;
        RECEIVE_CONTEXT(pClone)->pVnic = pVnic;
        pVnic->FramesReceived++;
        NdisMIndicateReceiveNetBufferLists(pVnic->hMiniport, pClone, NDIS_DEFAULT_PORT_NUMBER, 1,
                                           ReceiveFlags);
        if (NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags))
        {
            fAbove = TRUE;
        }
        else
        {
            NdisFreeCloneNetBufferList(pClone, MUX_CLONE_FLAGS);
            MuxLeaveVnic(pVnic);
        }
    }
    MuxDereferenceVnic(pVnic);
    return fAbove;
}

_Use_decl_annotations_
VOID
PtReceive(
    NDIS_HANDLE      ProtocolBindingContext,
    PNET_BUFFER_LIST NetBufferLists,
    NDIS_PORT_NUMBER PortNumber,
    ULONG            NumberOfNetBufferLists,
    ULONG            ReceiveFlags
    )
{
    PADAPT pAdapt = (PADAPT)ProtocolBindingContext;
    BOOLEAN fCanPend = NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags);
    PNET_BUFFER_LIST pReturn = NULL;
    PNET_BUFFER_LIST *ppLast = &pReturn;
    PNET_BUFFER_LIST pNbl;
    PNET_BUFFER_LIST pNext;
    ULONG ReturnFlags = 0;

    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    if (NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags))
    {
        NDIS_SET_RETURN_FLAG(ReturnFlags, NDIS_RETURN_FLAGS_DISPATCH_LEVEL);
    }

    for (pNbl = NetBufferLists; pNbl != NULL; pNbl = pNext)
    {
        pNext = NET_BUFFER_LIST_NEXT_NBL(pNbl);
        if (fCanPend)
        {
            NET_BUFFER_LIST_NEXT_NBL(pNbl) = NULL;
        }
        if (!ReceiveOne(pAdapt, pNbl, ReceiveFlags) && fCanPend)
        {
            *ppLast = pNbl;
            ppLast = &NET_BUFFER_LIST_NEXT_NBL(pNbl);
        }
    }

    if (pReturn != NULL)
    {
        NdisReturnNetBufferLists(pAdapt->hBinding, pReturn, ReturnFlags);
    }
}

_Use_decl_annotations_
VOID
MpReturn(
    NDIS_HANDLE      MiniportAdapterContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG            ReturnFlags
    )
{
    PVNIC pVnic = (PVNIC)MiniportAdapterContext;
    PNET_BUFFER_LIST pClone = NetBufferLists;

    while (pClone != NULL)
    {
        PNET_BUFFER_LIST pNext = NET_BUFFER_LIST_NEXT_NBL(pClone);
        PNET_BUFFER_LIST pOriginal = RECEIVE_CONTEXT(pClone)->pOriginal;

        NdisFreeCloneNetBufferList(pClone, MUX_CLONE_FLAGS);
        NdisReturnNetBufferLists(pVnic->pAdapt->hBinding, pOriginal, ReturnFlags);
        MuxLeaveVnic(pVnic);
        pClone = pNext;
    }
}
