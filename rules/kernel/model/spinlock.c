/* Spin locks and what they do to the IRQL.
 *
 * Pages: nf-wdm-keacquirespinlock, nf-wdm-keacquireinstackqueuedspinlock,
 * nf-wdm-ioacquirecancelspinlock, nf-wdm-exacquirespinlockexclusive. */
#include "kernel.h"

static KIRQL raise_for_lock(void)
{
    KIRQL old = model_irql;

    model_irql = DISPATCH_LEVEL;
    return old;
}

/* Some headers have it inline. */
#ifndef KeInitializeSpinLock
void KeInitializeSpinLock(PKSPIN_LOCK SpinLock)
{
    *SpinLock = 0;
}
#endif

void KeAcquireSpinLock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql)
{
    *OldIrql = raise_for_lock();
}

KIRQL KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock)
{
    return raise_for_lock();
}

void KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql)
{
    model_irql = NewIrql;
}

NO_EFFECT(KeAcquireSpinLockAtDpcLevel, (PKSPIN_LOCK SpinLock))
NO_EFFECT(KeReleaseSpinLockFromDpcLevel, (PKSPIN_LOCK SpinLock))
ANY_BOOLEAN(KeTryToAcquireSpinLockAtDpcLevel, (PKSPIN_LOCK SpinLock))
ANY_BOOLEAN(KeTestSpinLock, (PKSPIN_LOCK SpinLock))

/* ---- queued: the level is kept in the caller's handle ---- */

void KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
    LockHandle->OldIrql = raise_for_lock();
}

void KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle)
{
    model_irql = LockHandle->OldIrql;
}

NO_EFFECT(KeAcquireInStackQueuedSpinLockAtDpcLevel,
          (PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle))
NO_EFFECT(KeReleaseInStackQueuedSpinLockFromDpcLevel, (PKLOCK_QUEUE_HANDLE LockHandle))

/* ---- those with a place of their own ---- */

void IoAcquireCancelSpinLock(PKIRQL Irql)
{
    *Irql = raise_for_lock();
}

void IoReleaseCancelSpinLock(KIRQL Irql)
{
    model_irql = Irql;
}

KIRQL KeAcquireInterruptSpinLock(PKINTERRUPT Interrupt)
{
    KIRQL old = model_irql;

    model_irql = MODEL_DEVICE_LEVEL;
    return old;
}

void KeReleaseInterruptSpinLock(PKINTERRUPT Interrupt, KIRQL OldIrql)
{
    model_irql = OldIrql;
}

/* ---- shared ---- */

KIRQL ExAcquireSpinLockExclusive(PEX_SPIN_LOCK SpinLock)
{
    return raise_for_lock();
}

KIRQL ExAcquireSpinLockShared(PEX_SPIN_LOCK SpinLock)
{
    return raise_for_lock();
}

void ExReleaseSpinLockExclusive(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql)
{
    model_irql = OldIrql;
}

void ExReleaseSpinLockShared(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql)
{
    model_irql = OldIrql;
}

NO_EFFECT(ExAcquireSpinLockExclusiveAtDpcLevel, (PEX_SPIN_LOCK SpinLock))
NO_EFFECT(ExAcquireSpinLockSharedAtDpcLevel, (PEX_SPIN_LOCK SpinLock))
NO_EFFECT(ExReleaseSpinLockExclusiveFromDpcLevel, (PEX_SPIN_LOCK SpinLock))
NO_EFFECT(ExReleaseSpinLockSharedFromDpcLevel, (PEX_SPIN_LOCK SpinLock))
ANY_VALUE(LOGICAL, ExTryConvertSharedSpinLockExclusive, (PEX_SPIN_LOCK SpinLock))
