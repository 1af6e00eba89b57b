#include "lan.h"

static MINIPORT_ISR ChipIsr;
static MINIPORT_INTERRUPT_DPC ChipDpc;

static BOOLEAN ChipIsr(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    *QueueDpc = TRUE;
    *Processors = 0;
    return TRUE;
}

static VOID ChipDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
}

NDIS_STATUS ChipStart(ADAPTER *Adapter)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Interrupt = {0};
    NET_BUFFER_LIST_POOL_PARAMETERS Pool = {0};
    NDIS_STATUS Status;

    Interrupt.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Interrupt.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Interrupt.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Interrupt.InterruptHandler = ChipIsr;
    Interrupt.InterruptDpcHandler = ChipDpc;
    Status = NdisMRegisterInterruptEx(Adapter->Handle, Adapter, &Interrupt, &Adapter->Interrupt);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;

    Pool.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Pool.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Pool.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Pool.fAllocateNetBuffer = TRUE;
    Pool.PoolTag = LAN_TAG;
    Adapter->Pool = NdisAllocateNetBufferListPool(Adapter->Handle, &Pool);
    return Adapter->Pool != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
}

VOID ChipStop(ADAPTER *Adapter)
{
    NdisMDeregisterInterruptEx(Adapter->Interrupt);
    NdisFreeNetBufferListPool(Adapter->Pool);
}
