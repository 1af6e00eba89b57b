/* Waiting: events, semaphores, mutexes, push locks, resources, rundown protection.
 *
 * Who waits gives the rest of the driver time to do what is waited for. Fast mutexes raise the
 * level to APC_LEVEL; the others leave it.
 *
 * Pages: nf-wdm-kewaitforsingleobject, nf-wdm-exacquirefastmutex, nf-wdm-kedelayexecutionthread. */
#include "kernel.h"

/* ---- waiting ---- */

/* Without a limit it ends only when the object is signalled. */
static NTSTATUS wait_for_object(PLARGE_INTEGER timeout)
{
    model_let_others_run();
    if (!timeout)
        model_finish_work();
    else if (drvlint_choose())
        return STATUS_TIMEOUT;
    return STATUS_SUCCESS;
}

NTSTATUS KeWaitForSingleObject(PVOID Object, KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode,
                               BOOLEAN Alertable, PLARGE_INTEGER Timeout)
{
    return wait_for_object(Timeout);
}

NTSTATUS KeWaitForMutexObject(PVOID Object, KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode,
                              BOOLEAN Alertable, PLARGE_INTEGER Timeout)
{
    return wait_for_object(Timeout);
}

/* The result of waiting for any of several says which. */
NTSTATUS KeWaitForMultipleObjects(ULONG Count, PVOID Object[], WAIT_TYPE WaitType,
                                  KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode,
                                  BOOLEAN Alertable, PLARGE_INTEGER Timeout,
                                  PKWAIT_BLOCK WaitBlockArray)
{
    NTSTATUS status = wait_for_object(Timeout);

    if (status == STATUS_SUCCESS && WaitType == WaitAny) {
        unsigned int which = drvlint_any_u32();

        drvlint_assume(which < Count);
        status = (NTSTATUS)which;
    }
    return status;
}

NTSTATUS KeDelayExecutionThread(KPROCESSOR_MODE WaitMode, BOOLEAN Alertable,
                                PLARGE_INTEGER Interval)
{
    model_let_others_run();
    return STATUS_SUCCESS;
}

/* ---- events, semaphores, mutexes ---- */

NO_EFFECT(KeInitializeEvent, (PRKEVENT Event, EVENT_TYPE Type, BOOLEAN State))
ANY_VALUE(LONG, KeSetEvent, (PRKEVENT Event, KPRIORITY Increment, BOOLEAN Wait))
ANY_VALUE(LONG, KePulseEvent, (PRKEVENT Event, KPRIORITY Increment, BOOLEAN Wait))
ANY_VALUE(LONG, KeResetEvent, (PRKEVENT Event))
ANY_VALUE(LONG, KeReadStateEvent, (PRKEVENT Event))
NO_EFFECT(KeClearEvent, (PRKEVENT Event))

NO_EFFECT(KeInitializeSemaphore, (PRKSEMAPHORE Semaphore, LONG Count, LONG Limit))
ANY_VALUE(LONG, KeReleaseSemaphore,
          (PRKSEMAPHORE Semaphore, KPRIORITY Increment, LONG Adjustment, BOOLEAN Wait))
ANY_VALUE(LONG, KeReadStateSemaphore, (PRKSEMAPHORE Semaphore))

NO_EFFECT(KeInitializeMutex, (PRKMUTEX Mutex, ULONG Level))
ANY_VALUE(LONG, KeReleaseMutex, (PRKMUTEX Mutex, BOOLEAN Wait))
ANY_VALUE(LONG, KeReadStateMutex, (PRKMUTEX Mutex))

/* ---- fast and guarded mutexes ---- */

NO_EFFECT(ExInitializeFastMutex, (PFAST_MUTEX FastMutex))
NO_EFFECT(ExAcquireFastMutexUnsafe, (PFAST_MUTEX FastMutex))
NO_EFFECT(ExReleaseFastMutexUnsafe, (PFAST_MUTEX FastMutex))
NO_EFFECT(KeInitializeGuardedMutex, (PKGUARDED_MUTEX Mutex))
NO_EFFECT(KeAcquireGuardedMutex, (PKGUARDED_MUTEX Mutex))
NO_EFFECT(KeReleaseGuardedMutex, (PKGUARDED_MUTEX Mutex))
ANY_BOOLEAN(KeTryToAcquireGuardedMutex, (PKGUARDED_MUTEX Mutex))

void ExAcquireFastMutex(PFAST_MUTEX FastMutex)
{
    FastMutex->OldIrql = model_irql;
    model_irql = APC_LEVEL;
}

BOOLEAN ExTryToAcquireFastMutex(PFAST_MUTEX FastMutex)
{
    if (drvlint_choose())
        return FALSE;
    FastMutex->OldIrql = model_irql;
    model_irql = APC_LEVEL;
    return TRUE;
}

void ExReleaseFastMutex(PFAST_MUTEX FastMutex)
{
    model_irql = (KIRQL)FastMutex->OldIrql;
}

/* ---- push locks and resources ---- */

NO_EFFECT(ExInitializePushLock, (PEX_PUSH_LOCK PushLock))
NO_EFFECT(ExAcquirePushLockExclusive, (PEX_PUSH_LOCK PushLock))
NO_EFFECT(ExAcquirePushLockShared, (PEX_PUSH_LOCK PushLock))
NO_EFFECT(ExReleasePushLockExclusive, (PEX_PUSH_LOCK PushLock))
NO_EFFECT(ExReleasePushLockShared, (PEX_PUSH_LOCK PushLock))

ANY_RESULT(ExInitializeResourceLite, (PERESOURCE Resource))
ANY_RESULT(ExDeleteResourceLite, (PERESOURCE Resource))
ANY_RESULT(ExReinitializeResourceLite, (PERESOURCE Resource))
NO_EFFECT(ExReleaseResourceLite, (PERESOURCE Resource))
ANY_BOOLEAN(ExIsResourceAcquiredExclusiveLite, (PERESOURCE Resource))
ANY_VALUE(ULONG, ExIsResourceAcquiredSharedLite, (PERESOURCE Resource))

static BOOLEAN acquire_resource(BOOLEAN wait)
{
    return wait ? TRUE : model_any_boolean();
}

BOOLEAN ExAcquireResourceExclusiveLite(PERESOURCE Resource, BOOLEAN Wait)
{
    return acquire_resource(Wait);
}

BOOLEAN ExAcquireResourceSharedLite(PERESOURCE Resource, BOOLEAN Wait)
{
    return acquire_resource(Wait);
}

BOOLEAN ExAcquireSharedStarveExclusive(PERESOURCE Resource, BOOLEAN Wait)
{
    return acquire_resource(Wait);
}

/* ---- rundown protection ---- */

NO_EFFECT(ExInitializeRundownProtection, (PEX_RUNDOWN_REF RunRef))
NO_EFFECT(ExReInitializeRundownProtection, (PEX_RUNDOWN_REF RunRef))
ANY_BOOLEAN(ExAcquireRundownProtection, (PEX_RUNDOWN_REF RunRef))
ANY_BOOLEAN(ExAcquireRundownProtectionEx, (PEX_RUNDOWN_REF RunRef, ULONG Count))
NO_EFFECT(ExReleaseRundownProtection, (PEX_RUNDOWN_REF RunRef))
NO_EFFECT(ExReleaseRundownProtectionEx, (PEX_RUNDOWN_REF RunRef, ULONG Count))
NO_EFFECT(ExRundownCompleted, (PEX_RUNDOWN_REF RunRef))
ALLOCATES(PEX_RUNDOWN_REF_CACHE_AWARE, ExAllocateCacheAwareRundownProtection,
          (POOL_TYPE PoolType, ULONG PoolTag))
FREES(ExFreeCacheAwareRundownProtection, (PEX_RUNDOWN_REF_CACHE_AWARE RunRef), RunRef)
NO_EFFECT(ExReInitializeRundownProtectionCacheAware, (PEX_RUNDOWN_REF_CACHE_AWARE RunRef))
ANY_BOOLEAN(ExAcquireRundownProtectionCacheAware, (PEX_RUNDOWN_REF_CACHE_AWARE RunRef))
ANY_BOOLEAN(ExAcquireRundownProtectionCacheAwareEx,
            (PEX_RUNDOWN_REF_CACHE_AWARE RunRef, ULONG Count))
NO_EFFECT(ExReleaseRundownProtectionCacheAware, (PEX_RUNDOWN_REF_CACHE_AWARE RunRef))
NO_EFFECT(ExReleaseRundownProtectionCacheAwareEx, (PEX_RUNDOWN_REF_CACHE_AWARE RunRef, ULONG Count))

void ExWaitForRundownProtectionRelease(PEX_RUNDOWN_REF RunRef)
{
    model_let_others_run();
}

void ExWaitForRundownProtectionReleaseCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRef)
{
    model_let_others_run();
}
