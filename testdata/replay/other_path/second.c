// The first way to keep the lock is impossible, since one of two neighbours is even; the path shows the other.

#include <ndis.h>

typedef struct { NDIS_SPIN_LOCK Lock; } ADAPTER;

MINIPORT_CANCEL_SEND Cancel;

VOID Cancel(NDIS_HANDLE Context, PVOID Id)
{
    ADAPTER *Adapter = Context;
    ULONG Number = (ULONG)(ULONG_PTR)Id;
    BOOLEAN Keep = FALSE;

    NdisAcquireSpinLock(&Adapter->Lock);
    if (Number * (Number + 1) % 2 == 1)
        Keep = TRUE;
    if (Number * (Number + 2) % 2 == 1)
        Keep = TRUE;
    if (Keep)
        return;
    NdisReleaseSpinLock(&Adapter->Lock);
}
