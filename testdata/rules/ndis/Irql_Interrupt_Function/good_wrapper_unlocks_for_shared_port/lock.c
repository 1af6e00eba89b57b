#include "wr.h"

VOID
WrLockInitialize(WR_PORT *Port)
{
    NdisAllocateSpinLock(&Port->Chip.Lock);
}

VOID
WrLockDelete(WR_PORT *Port)
{
    NdisFreeSpinLock(&Port->Chip.Lock);
}

VOID
WrEnter(WR_PORT *Port, BOOLEAN Lock)
{
    if (Lock)
        NdisAcquireSpinLock(&Port->Chip.Lock);
}

VOID
WrLeave(WR_PORT *Port, BOOLEAN Lock)
{
    if (Lock)
        NdisReleaseSpinLock(&Port->Chip.Lock);
}
