/* Sending. A NET_BUFFER goes through these hands: it is mapped by NDIS (NicProcessSgList), put into the
 * ring or, if there is no room, into the queue of those that wait, taken back when the chip has sent
 * it, and unmapped. Its list is completed with the last of its NET_BUFFERs. */
#include "nic.h"

static VOID
NicQueuePut(
    PNIC_NB_QUEUE Queue,
    PNET_BUFFER Nb
    )
{
    NIC_NB(Nb)->Next = NULL;
    if (Queue->Head == NULL)
    {
        Queue->Head = Nb;
    }
    else
    {
        NIC_NB(Queue->Tail)->Next = Nb;
    }
    Queue->Tail = Nb;
}

static PNET_BUFFER
NicQueueTake(
    PNIC_NB_QUEUE Queue
    )
{
    PNET_BUFFER Nb = Queue->Head;

    if (Nb != NULL)
    {
        Queue->Head = NIC_NB(Nb)->Next;
        NIC_NB(Nb)->Next = NULL;
        if (Queue->Head == NULL)
        {
            Queue->Tail = NULL;
        }
    }
    return Nb;
}

static PHW_DESCRIPTOR
NicTxDescriptor(
    PNIC_ADAPTER Adapter,
    ULONG Index
    )
{
    return (PHW_DESCRIPTOR)Adapter->Tx.Ring.Virtual + Index;
}

/* The chip is off, and what was in the ring has been taken back. */
VOID
NicTxReset(
    PNIC_ADAPTER Adapter
    )
{
    ULONG i;

    NdisAcquireSpinLock(&Adapter->TxLock);
    NdisZeroMemory(Adapter->Tx.Ring.Virtual, Adapter->Tx.Ring.Length);
    for (i = 0; i < NIC_TX_DESCRIPTORS; i++)
    {
        Adapter->Tx.Last[i] = NULL;
    }
    NicTxDescriptor(Adapter, NIC_TX_DESCRIPTORS - 1)->Control = HW_DESC_WRAP;
    Adapter->Tx.Head = 0;
    Adapter->Tx.Tail = 0;
    Adapter->Tx.Free = NIC_TX_DESCRIPTORS;
    NdisReleaseSpinLock(&Adapter->TxLock);
}

/* At DISPATCH_LEVEL: one NET_BUFFER of a list is finished. The adapter may be gone afterwards, if this
 * was the last that a pause waited for. */
static VOID
NicReleaseNbl(
    PNIC_ADAPTER Adapter,
    PNET_BUFFER_LIST Nbl
    )
{
    if (NdisInterlockedDecrement(NIC_NBL_PENDING(Nbl)) != 0)
    {
        return;
    }
    NET_BUFFER_LIST_NEXT_NBL(Nbl) = NULL;
    NdisMSendNetBufferListsComplete(Adapter->Handle, Nbl, NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
    NicDereference(Adapter, TRUE);
}

/* Unmaps NET_BUFFERs and finishes them. Called without locks. */
static VOID
NicTxFinish(
    PNIC_NB_QUEUE Done
    )
{
    PNET_BUFFER Nb;
    KIRQL OldIrql;

    if (Done->Head == NULL)
    {
        return;
    }
    NDIS_RAISE_IRQL_TO_DISPATCH(&OldIrql);      /* unmapping wants it */
    while ((Nb = NicQueueTake(Done)) != NULL)
    {
        PNIC_NB_CONTEXT Context = NIC_NB(Nb);
        PNIC_ADAPTER Adapter = Context->Adapter;
        PNET_BUFFER_LIST Nbl = Context->Nbl;

        if (Context->Sgl != NULL)
        {
            NdisMFreeNetBufferSGList(Adapter->Dma, Context->Sgl, Nb);
            Context->Sgl = NULL;
        }
        NicReleaseNbl(Adapter, Nbl);
    }
    NDIS_LOWER_IRQL(OldIrql, DISPATCH_LEVEL);
}

/* Under TxLock. FALSE: there is no room. */
static BOOLEAN
NicTxPut(
    PNIC_ADAPTER Adapter,
    PNET_BUFFER Nb
    )
{
    PNIC_TX Tx = &Adapter->Tx;
    PSCATTER_GATHER_LIST Sgl = NIC_NB(Nb)->Sgl;
    ULONG Count = Sgl->NumberOfElements;
    ULONG First = Tx->Head;
    ULONG i;

    if (Tx->Free < Count)
    {
        return FALSE;
    }
    for (i = 0; i < Count; i++)
    {
        ULONG Index = Tx->Head;
        PHW_DESCRIPTOR Descriptor = NicTxDescriptor(Adapter, Index);
        ULONG Control = Sgl->Elements[i].Length & HW_DESC_LENGTH;

        Descriptor->AddressLow = NdisGetPhysicalAddressLow(Sgl->Elements[i].Address);
        Descriptor->AddressHigh = NdisGetPhysicalAddressHigh(Sgl->Elements[i].Address);
        if (Index == NIC_TX_DESCRIPTORS - 1)
        {
            Control |= HW_DESC_WRAP;
        }
        if (i == 0)
        {
            Control |= HW_DESC_FIRST;           /* the chip must not see this one yet */
        }
        else
        {
            Control |= HW_DESC_OWN;
        }
        if (i == Count - 1)
        {
            Control |= HW_DESC_LAST;
            Tx->Last[Index] = Nb;
        }
        else
        {
            Tx->Last[Index] = NULL;
        }
        Descriptor->Control = Control;
        Tx->Head = (Index + 1) % NIC_TX_DESCRIPTORS;
    }
    Tx->Free -= Count;
    KeMemoryBarrier();
    NicTxDescriptor(Adapter, First)->Control |= HW_DESC_OWN;
    return TRUE;
}

/* Under TxLock. Moves what waits into the ring, in order. */
static VOID
NicTxFill(
    PNIC_ADAPTER Adapter
    )
{
    PNIC_TX Tx = &Adapter->Tx;
    BOOLEAN Added = FALSE;

    while (Tx->Enabled && Tx->Waiting.Head != NULL && NicTxPut(Adapter, Tx->Waiting.Head))
    {
        NicQueueTake(&Tx->Waiting);
        Added = TRUE;
    }
    if (Added)
    {
        HwWrite(Adapter, HW_TX_DOORBELL, 1);
    }
}

/* Under TxLock. Takes back what the chip has sent, or, when it is off, everything. */
static VOID
NicTxReclaim(
    PNIC_ADAPTER Adapter,
    BOOLEAN All,
    PNIC_NB_QUEUE Done
    )
{
    PNIC_TX Tx = &Adapter->Tx;

    while (Tx->Free != NIC_TX_DESCRIPTORS)
    {
        ULONG Control = NicTxDescriptor(Adapter, Tx->Tail)->Control;
        PNET_BUFFER Nb = Tx->Last[Tx->Tail];

        if (!All && (Control & HW_DESC_OWN))
        {
            break;
        }
        if (Nb != NULL)
        {
            Tx->Last[Tx->Tail] = NULL;
            if (Control & HW_DESC_ERROR)
            {
                Adapter->SendErrors++;
                NET_BUFFER_LIST_STATUS(NIC_NB(Nb)->Nbl) = NDIS_STATUS_FAILURE;
            }
            else if (!(Control & HW_DESC_OWN))
            {
                Adapter->FramesSent++;
            }
            NicQueuePut(Done, Nb);
        }
        Tx->Tail = (Tx->Tail + 1) % NIC_TX_DESCRIPTORS;
        Tx->Free++;
        Tx->Progress++;
    }
}

/* Lets frames go to the chip. Open: also lets new ones come in. */
VOID
NicTxEnable(
    PNIC_ADAPTER Adapter,
    BOOLEAN Open
    )
{
    NdisAcquireSpinLock(&Adapter->TxLock);
    if (Open)
    {
        Adapter->Tx.Closed = FALSE;
    }
    Adapter->Tx.Enabled = (BOOLEAN)!Adapter->Tx.Closed;
    NicTxFill(Adapter);
    NdisReleaseSpinLock(&Adapter->TxLock);
}

/* In the DPC. */
VOID
NicTxInterrupt(
    PNIC_ADAPTER Adapter
    )
{
    NIC_NB_QUEUE Done = {NULL, NULL};

    NdisDprAcquireSpinLock(&Adapter->TxLock);
    if (Adapter->Tx.Enabled)
    {
        NicTxReclaim(Adapter, FALSE, &Done);
        NicTxFill(Adapter);
    }
    NdisDprReleaseSpinLock(&Adapter->TxLock);

    NicTxFinish(&Done);
}

VOID
NicTxAbort(
    PNIC_ADAPTER Adapter,
    BOOLEAN Close,
    NDIS_STATUS Status
    )
{
    NIC_NB_QUEUE Done = {NULL, NULL};
    PNET_BUFFER Nb;

    NdisAcquireSpinLock(&Adapter->TxLock);
    Adapter->Tx.Enabled = FALSE;
    if (Close)
    {
        Adapter->Tx.Closed = TRUE;
    }
    NicTxReclaim(Adapter, TRUE, &Done);
    while ((Nb = NicQueueTake(&Adapter->Tx.Waiting)) != NULL)
    {
        NicQueuePut(&Done, Nb);
    }
    for (Nb = Done.Head; Nb != NULL; Nb = NIC_NB(Nb)->Next)
    {
        NET_BUFFER_LIST_STATUS(NIC_NB(Nb)->Nbl) = Status;
    }
    NdisReleaseSpinLock(&Adapter->TxLock);

    NicTxFinish(&Done);
}

VOID
NicProcessSgList(
    PDEVICE_OBJECT pDO,
    PVOID Reserved,
    PSCATTER_GATHER_LIST pSGL,
    PVOID Context
    )
{
    PNET_BUFFER Nb = (PNET_BUFFER)Context;
    PNIC_ADAPTER Adapter = NIC_NB(Nb)->Adapter;
    NIC_NB_QUEUE Done = {NULL, NULL};
    ULONG Length = NET_BUFFER_DATA_LENGTH(Nb);

    UNREFERENCED_PARAMETER(pDO);
    UNREFERENCED_PARAMETER(Reserved);

    NIC_NB(Nb)->Sgl = pSGL;
    if (pSGL->NumberOfElements == 0 || pSGL->NumberOfElements > NIC_TX_FRAGMENTS ||
        Length < NIC_MIN_FRAME || Length > NIC_MAX_FRAME)
    {
        NET_BUFFER_LIST_STATUS(NIC_NB(Nb)->Nbl) = NDIS_STATUS_INVALID_LENGTH;
        NicQueuePut(&Done, Nb);
        NicTxFinish(&Done);
        return;
    }

    NicArmWatchdog(Adapter);

    NdisDprAcquireSpinLock(&Adapter->TxLock);
    if (Adapter->Tx.Closed)
    {
        /* A pause began while NDIS was mapping it. */
        NET_BUFFER_LIST_STATUS(NIC_NB(Nb)->Nbl) = NDIS_STATUS_PAUSED;
        NicQueuePut(&Done, Nb);
    }
    else
    {
        NicQueuePut(&Adapter->Tx.Waiting, Nb);
        NicTxFill(Adapter);
    }
    NdisDprReleaseSpinLock(&Adapter->TxLock);

    NicTxFinish(&Done);
}

/* Takes one list apart. A reference for it is held. */
static VOID
NicSendList(
    PNIC_ADAPTER Adapter,
    PNET_BUFFER_LIST Nbl,
    BOOLEAN AtDispatch
    )
{
    PNET_BUFFER Nb, Next;
    NDIS_STATUS Status;
    KIRQL OldIrql = DISPATCH_LEVEL;
    LONG Count = 1;

    for (Nb = NET_BUFFER_LIST_FIRST_NB(Nbl); Nb != NULL; Nb = NET_BUFFER_NEXT_NB(Nb))
    {
        PNIC_NB_CONTEXT Context = NIC_NB(Nb);

        Context->Adapter = Adapter;
        Context->Nbl = Nbl;
        Context->Sgl = NULL;
        Context->Next = NULL;
        Count++;
    }
    *NIC_NBL_PENDING(Nbl) = Count;
    NET_BUFFER_LIST_STATUS(Nbl) = NDIS_STATUS_SUCCESS;

    if (!AtDispatch)
    {
        NDIS_RAISE_IRQL_TO_DISPATCH(&OldIrql);
    }
    for (Nb = NET_BUFFER_LIST_FIRST_NB(Nbl); Nb != NULL; Nb = Next)
    {
        /* The list stays ours because of the extra count, its NET_BUFFERs with it. */
        Next = NET_BUFFER_NEXT_NB(Nb);
        Status = NdisMAllocateNetBufferSGList(Adapter->Dma, Nb, Nb, NDIS_SG_LIST_WRITE_TO_DEVICE,
                                              NULL, 0);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            NET_BUFFER_LIST_STATUS(Nbl) = Status;
            NicReleaseNbl(Adapter, Nbl);
        }
    }
    NicReleaseNbl(Adapter, Nbl);
    if (!AtDispatch)
    {
        NDIS_LOWER_IRQL(OldIrql, DISPATCH_LEVEL);
    }
}

VOID
NicSendNetBufferLists(
    NDIS_HANDLE MiniportAdapterContext,
    PNET_BUFFER_LIST NetBufferList,
    NDIS_PORT_NUMBER PortNumber,
    ULONG SendFlags
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportAdapterContext;
    NDIS_HANDLE Handle = Adapter->Handle;
    BOOLEAN AtDispatch = (BOOLEAN)(NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) != 0);
    PNET_BUFFER_LIST Rejected = NULL;
    PNET_BUFFER_LIST *Link = &Rejected;
    PNET_BUFFER_LIST Nbl, Next;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(PortNumber);

    for (Nbl = NetBufferList; Nbl != NULL; Nbl = Next)
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(Nbl);
        NET_BUFFER_LIST_NEXT_NBL(Nbl) = NULL;

        Status = NicReference(Adapter, TRUE, AtDispatch);
        if (Status == NDIS_STATUS_SUCCESS)
        {
            NicSendList(Adapter, Nbl, AtDispatch);
        }
        else
        {
            NET_BUFFER_LIST_STATUS(Nbl) = Status;
            *Link = Nbl;
            Link = &NET_BUFFER_LIST_NEXT_NBL(Nbl);
        }
    }

    if (Rejected != NULL)
    {
        NdisMSendNetBufferListsComplete(Handle, Rejected,
                                        AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
    }
}

/* What is mapped or in the ring goes out; what waits can be taken back. */
VOID
NicCancelSend(
    NDIS_HANDLE MiniportAdapterContext,
    PVOID CancelId
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportAdapterContext;
    NIC_NB_QUEUE Done = {NULL, NULL};
    NIC_NB_QUEUE Kept = {NULL, NULL};
    PNET_BUFFER Nb;

    NdisAcquireSpinLock(&Adapter->TxLock);
    while ((Nb = NicQueueTake(&Adapter->Tx.Waiting)) != NULL)
    {
        PNET_BUFFER_LIST Nbl = NIC_NB(Nb)->Nbl;

        if (NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(Nbl) == CancelId)
        {
            NET_BUFFER_LIST_STATUS(Nbl) = NDIS_STATUS_SEND_ABORTED;
            NicQueuePut(&Done, Nb);
        }
        else
        {
            NicQueuePut(&Kept, Nb);
        }
    }
    Adapter->Tx.Waiting = Kept;
    NdisReleaseSpinLock(&Adapter->TxLock);

    NicTxFinish(&Done);
}
