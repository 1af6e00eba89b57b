// Whether the lock is kept depends on the factors of a large number, which the solver cannot find within
// its limit.

#include <ndis.h>

typedef struct { NDIS_SPIN_LOCK Lock; } ADAPTER;

MINIPORT_CANCEL_SEND Cancel;

VOID Cancel(NDIS_HANDLE Context, PVOID Id)
{
    ADAPTER *Adapter = Context;
    ULONG64 Low = (ULONG)(ULONG_PTR)Id, High = (ULONG64)(ULONG_PTR)Id >> 32;

    NdisAcquireSpinLock(&Adapter->Lock);
    if (Low > 1 && High > 1 && Low * High == 0x7d3a33b1a7f10e8d)
        return;
    NdisReleaseSpinLock(&Adapter->Lock);
}
