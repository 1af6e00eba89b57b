/* Locks of NDIS drivers and what they do to the IRQL. The level of before is kept in the lock (or
 * in the caller's lock state), as in the real functions: a release restores what that lock has
 * stored.
 *
 * Pages: nf-ndis-ndisacquirespinlock, nf-ndis-ndisdpracquirespinlock,
 * nf-ndis-ndisacquirerwlockread, nf-ndis-ndisacquirereadwritelock, spin-locks. */
#include "model.h"

void NdisAllocateSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    SpinLock->SpinLock = 0;
}

void NdisFreeSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
}

void NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    SpinLock->OldIrql = model_irql;
    model_irql = DISPATCH_LEVEL;
}

void NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    model_irql = SpinLock->OldIrql;
}

void NdisDprAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
}

void NdisDprReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
}

/* ---- read/write locks ---- */

PNDIS_RW_LOCK_EX NdisAllocateRWLock(NDIS_HANDLE NdisHandle)
{
    return (PNDIS_RW_LOCK_EX)FRESH_OR_NULL();
}

void NdisFreeRWLock(PNDIS_RW_LOCK_EX Lock)
{
    drvlint_free(Lock);
}

/* With the flag the caller is at DISPATCH_LEVEL already, and stays there. */
static void acquire_rw_lock(PLOCK_STATE_EX state, UCHAR flags)
{
    state->OldIrql = model_irql;
    if (!(flags & NDIS_RWL_AT_DISPATCH_LEVEL))
        model_irql = DISPATCH_LEVEL;
}

void NdisAcquireRWLockRead(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags)
{
    acquire_rw_lock(LockState, Flags);
}

void NdisAcquireRWLockWrite(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags)
{
    acquire_rw_lock(LockState, Flags);
}

void NdisReleaseRWLock(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState)
{
    model_irql = LockState->OldIrql;
}

void NdisInitializeReadWriteLock(PNDIS_RW_LOCK Lock)
{
}

void NdisAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite, PLOCK_STATE LockState)
{
    LockState->OldIrql = model_irql;
    model_irql = DISPATCH_LEVEL;
}

void NdisReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState)
{
    model_irql = LockState->OldIrql;
}

void NdisDprAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite, PLOCK_STATE LockState)
{
}

void NdisDprReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState)
{
}
