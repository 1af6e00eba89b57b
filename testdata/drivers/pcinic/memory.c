/* Memory that the chip shares: rings and receive buffers, and the lists that carry the latter. */
#include "nic.h"

BOOLEAN
NicAllocateShared(
    PNIC_ADAPTER Adapter,
    PNIC_SHARED Shared,
    ULONG Length
    )
{
    Shared->Virtual = NULL;
    NdisMAllocateSharedMemory(Adapter->Handle, Length, FALSE, &Shared->Virtual, &Shared->Physical);
    if (Shared->Virtual == NULL)
    {
        NdisWriteErrorLogEntry(Adapter->Handle, NDIS_ERROR_CODE_OUT_OF_RESOURCES, 1, Length);
        return FALSE;
    }
    Shared->Length = Length;
    NdisZeroMemory(Shared->Virtual, Length);
    return TRUE;
}

VOID
NicFreeShared(
    PNIC_ADAPTER Adapter,
    PNIC_SHARED Shared
    )
{
    if (Shared->Virtual != NULL)
    {
        NdisMFreeSharedMemory(Adapter->Handle, Shared->Length, FALSE, Shared->Virtual,
                              Shared->Physical);
        Shared->Virtual = NULL;
    }
}

static VOID
NicFreeSlot(
    PNIC_ADAPTER Adapter,
    PNIC_RX_SLOT Slot
    )
{
    if (Slot->Nbl != NULL)
    {
        NdisFreeNetBufferList(Slot->Nbl);
        Slot->Nbl = NULL;
    }
    if (Slot->Mdl != NULL)
    {
        NdisFreeMdl(Slot->Mdl);
        Slot->Mdl = NULL;
    }
    NicFreeShared(Adapter, &Slot->Buffer);
}

static NDIS_STATUS
NicAllocateSlot(
    PNIC_ADAPTER Adapter,
    PNIC_RX_SLOT Slot,
    ULONG Index
    )
{
    NDIS_STATUS Status = NDIS_STATUS_RESOURCES;

    do
    {
        if (!NicAllocateShared(Adapter, &Slot->Buffer, NIC_RX_BUFFER_LENGTH))
        {
            break;
        }
        Slot->Mdl = NdisAllocateMdl(Adapter->Handle, Slot->Buffer.Virtual, NIC_RX_BUFFER_LENGTH);
        if (Slot->Mdl == NULL)
        {
            break;
        }
        Slot->Nbl = NdisAllocateNetBufferAndNetBufferList(Adapter->Rx.Pool, 0, 0, Slot->Mdl, 0, 0);
        if (Slot->Nbl == NULL)
        {
            break;
        }
        NIC_NBL_SLOT(Slot->Nbl) = Index;
        Slot->Nbl->SourceHandle = Adapter->Handle;
        Status = NDIS_STATUS_SUCCESS;
    } while (FALSE);

    if (Status != NDIS_STATUS_SUCCESS)
    {
        NicFreeSlot(Adapter, Slot);
    }
    return Status;
}

static NDIS_STATUS
NicAllocatePool(
    PNIC_ADAPTER Adapter
    )
{
    NET_BUFFER_LIST_POOL_PARAMETERS Parameters;

    NdisZeroMemory(&Parameters, sizeof(Parameters));
    Parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Parameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Parameters.ProtocolId = NDIS_PROTOCOL_ID_DEFAULT;
    Parameters.fAllocateNetBuffer = TRUE;
    Parameters.PoolTag = NIC_TAG;
    Adapter->Rx.Pool = NdisAllocateNetBufferListPool(Adapter->Handle, &Parameters);
    if (Adapter->Rx.Pool == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Adapter->Has |= NIC_HAS_POOL;
    return NDIS_STATUS_SUCCESS;
}

/* Rx.Count is the number of buffers that are wanted. Fewer will do, as long as there are enough. */
NDIS_STATUS
NicAllocateRings(
    PNIC_ADAPTER Adapter
    )
{
    NDIS_STATUS Status;
    ULONG i;

    if (!NicAllocateShared(Adapter, &Adapter->Tx.Ring, NIC_TX_DESCRIPTORS * sizeof(HW_DESCRIPTOR)) ||
        !NicAllocateShared(Adapter, &Adapter->Rx.Ring, Adapter->Rx.Count * sizeof(HW_DESCRIPTOR)))
    {
        return NDIS_STATUS_RESOURCES;
    }

    Status = NicAllocatePool(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }

    for (i = 0; i < Adapter->Rx.Count; i++)
    {
        Status = NicAllocateSlot(Adapter, &Adapter->Rx.Slots[i], i);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
    }
    if (i >= NIC_RX_MIN_BUFFERS)
    {
        Adapter->Rx.Count = i;
        return NDIS_STATUS_SUCCESS;
    }
    while (i != 0)
    {
        i--;
        NicFreeSlot(Adapter, &Adapter->Rx.Slots[i]);
    }
    return Status;
}

VOID
NicFreeRings(
    PNIC_ADAPTER Adapter
    )
{
    ULONG i;

    for (i = 0; i < NIC_RX_MAX_BUFFERS; i++)
    {
        NicFreeSlot(Adapter, &Adapter->Rx.Slots[i]);
    }
    if (Adapter->Has & NIC_HAS_POOL)
    {
        NdisFreeNetBufferListPool(Adapter->Rx.Pool);
        Adapter->Has &= ~NIC_HAS_POOL;
    }
    NicFreeShared(Adapter, &Adapter->Rx.Ring);
    NicFreeShared(Adapter, &Adapter->Tx.Ring);
}
