/* Receiving. Each descriptor has its buffer and its list for good; while the protocols have the list,
 * the chip does not own the descriptor and stops there. */
#include "nic.h"

static PHW_DESCRIPTOR
NicRxDescriptor(
    PNIC_ADAPTER Adapter,
    ULONG Index
    )
{
    return (PHW_DESCRIPTOR)Adapter->Rx.Ring.Virtual + Index;
}

/* Under RxLock: hands a descriptor to the chip. */
static VOID
NicRxGive(
    PNIC_ADAPTER Adapter,
    ULONG Index
    )
{
    PNIC_RX Rx = &Adapter->Rx;
    PHW_DESCRIPTOR Descriptor = NicRxDescriptor(Adapter, Index);
    PNIC_SHARED Buffer = &Rx->Slots[Index].Buffer;
    ULONG Control = HW_DESC_OWN | NIC_RX_BUFFER_LENGTH;

    if (Index == Rx->Count - 1)
    {
        Control |= HW_DESC_WRAP;
    }
    Descriptor->AddressLow = NdisGetPhysicalAddressLow(Buffer->Physical);
    Descriptor->AddressHigh = NdisGetPhysicalAddressHigh(Buffer->Physical);
    KeMemoryBarrier();
    Descriptor->Control = Control;
    Rx->Available++;
}

/* The chip is off. Gives it every buffer that the protocols do not have. */
VOID
NicRxReset(
    PNIC_ADAPTER Adapter
    )
{
    PNIC_RX Rx = &Adapter->Rx;
    ULONG i;

    NdisAcquireSpinLock(&Adapter->RxLock);
    NdisZeroMemory(Rx->Ring.Virtual, Rx->Ring.Length);
    Rx->Next = 0;
    Rx->Available = 0;
    for (i = 0; i < Rx->Count; i++)
    {
        if (!Rx->Slots[i].Indicated)
        {
            NicRxGive(Adapter, i);
        }
    }
    Rx->Enabled = TRUE;
    NdisReleaseSpinLock(&Adapter->RxLock);
}

VOID
NicRxDisable(
    PNIC_ADAPTER Adapter
    )
{
    NdisAcquireSpinLock(&Adapter->RxLock);
    Adapter->Rx.Enabled = FALSE;
    NdisReleaseSpinLock(&Adapter->RxLock);
}

/* Takes lists back. The adapter may be gone after the last of them. */
static VOID
NicRxReturn(
    PNIC_ADAPTER Adapter,
    PNET_BUFFER_LIST Nbl,
    BOOLEAN AtDispatch
    )
{
    while (Nbl != NULL)
    {
        PNET_BUFFER_LIST Next = NET_BUFFER_LIST_NEXT_NBL(Nbl);
        ULONG Index = NIC_NBL_SLOT(Nbl);

        NET_BUFFER_LIST_NEXT_NBL(Nbl) = NULL;
        NIC_LOCK(&Adapter->RxLock, AtDispatch);
        Adapter->Rx.Slots[Index].Indicated = FALSE;
        if (Adapter->Rx.Enabled)
        {
            NicRxGive(Adapter, Index);
            HwWrite(Adapter, HW_RX_DOORBELL, 1);
        }
        NIC_UNLOCK(&Adapter->RxLock, AtDispatch);

        NicDereference(Adapter, FALSE);
        Nbl = Next;
    }
}

VOID
NicReturnNetBufferLists(
    NDIS_HANDLE MiniportAdapterContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG ReturnFlags
    )
{
    NicRxReturn((PNIC_ADAPTER)MiniportAdapterContext, NetBufferLists,
                (BOOLEAN)(NDIS_TEST_RETURN_AT_DISPATCH_LEVEL(ReturnFlags) != 0));
}

/* Under RxLock: takes at most Max frames out of the ring. Deliver FALSE: the frames are dropped. */
static PNET_BUFFER_LIST
NicRxHarvest(
    PNIC_ADAPTER Adapter,
    ULONG Max,
    BOOLEAN Deliver,
    PULONG Count
    )
{
    PNIC_RX Rx = &Adapter->Rx;
    PNET_BUFFER_LIST First = NULL;
    PNET_BUFFER_LIST *Link = &First;
    ULONG Seen;

    *Count = 0;
    for (Seen = 0; Rx->Enabled && Seen < Max; Seen++)
    {
        PNIC_RX_SLOT Slot = &Rx->Slots[Rx->Next];
        ULONG Control = NicRxDescriptor(Adapter, Rx->Next)->Control;
        ULONG Length = Control & HW_DESC_LENGTH;
        PNET_BUFFER Nb;

        if (Slot->Indicated || (Control & HW_DESC_OWN))
        {
            break;
        }
        Rx->Available--;
        if (!Deliver || (Control & HW_DESC_ERROR) || Length < NIC_MIN_FRAME ||
            Length > NIC_MAX_FRAME)
        {
            if (Deliver)
            {
                Adapter->ReceiveErrors++;
            }
            NicRxGive(Adapter, Rx->Next);
        }
        else
        {
            Nb = NET_BUFFER_LIST_FIRST_NB(Slot->Nbl);
            NET_BUFFER_FIRST_MDL(Nb) = Slot->Mdl;
            NET_BUFFER_CURRENT_MDL(Nb) = Slot->Mdl;
            NET_BUFFER_CURRENT_MDL_OFFSET(Nb) = 0;
            NET_BUFFER_DATA_OFFSET(Nb) = 0;
            NET_BUFFER_DATA_LENGTH(Nb) = Length;
            NET_BUFFER_LIST_STATUS(Slot->Nbl) = NDIS_STATUS_SUCCESS;
            NET_BUFFER_LIST_NEXT_NBL(Slot->Nbl) = NULL;

            NdisInterlockedIncrement(&Adapter->References);
            Slot->Indicated = TRUE;
            Adapter->FramesReceived++;
            *Link = Slot->Nbl;
            Link = &NET_BUFFER_LIST_NEXT_NBL(Slot->Nbl);
            (*Count)++;
        }
        Rx->Next = (Rx->Next + 1) % Rx->Count;
    }
    return First;
}

/* In the DPC. */
BOOLEAN
NicRxInterrupt(
    PNIC_ADAPTER Adapter,
    ULONG Max
    )
{
    /* Holds the adapter in its state while frames are taken out. */
    BOOLEAN Deliver = (BOOLEAN)(NicReference(Adapter, FALSE, TRUE) == NDIS_STATUS_SUCCESS);
    PNET_BUFFER_LIST First;
    BOOLEAN Low, More;
    ULONG Count;

    NdisDprAcquireSpinLock(&Adapter->RxLock);
    First = NicRxHarvest(Adapter, Max, Deliver, &Count);
    Low = (BOOLEAN)(Adapter->Rx.Available < NIC_RX_LOW);
    More = (BOOLEAN)(Adapter->Rx.Enabled && !Adapter->Rx.Slots[Adapter->Rx.Next].Indicated &&
                     !(NicRxDescriptor(Adapter, Adapter->Rx.Next)->Control & HW_DESC_OWN));
    NdisDprReleaseSpinLock(&Adapter->RxLock);

    if (First != NULL)
    {
        if (Low)
        {
            /* The chip is running out of buffers: lend these, do not give them away. */
            NdisMIndicateReceiveNetBufferLists(Adapter->Handle, First, NDIS_DEFAULT_PORT_NUMBER,
                                               Count, NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL |
                                               NDIS_RECEIVE_FLAGS_RESOURCES);
            NicRxReturn(Adapter, First, TRUE);
        }
        else
        {
            NdisMIndicateReceiveNetBufferLists(Adapter->Handle, First, NDIS_DEFAULT_PORT_NUMBER,
                                               Count, NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL);
        }
    }
    if (Deliver)
    {
        NicDereference(Adapter, FALSE);
    }
    return More;
}
