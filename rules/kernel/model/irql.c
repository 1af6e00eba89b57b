/* The IRQL.
 *
 * Pages: nf-wdm-kegetcurrentirql, nf-wdm-keraiseirql, nf-wdm-kelowerirql. */
#include "kernel.h"

unsigned char model_irql;

KIRQL KeGetCurrentIrql(void)
{
    return model_irql;
}

void KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql)
{
    *OldIrql = model_irql;
    model_irql = NewIrql;
}

KIRQL KfRaiseIrql(KIRQL NewIrql)
{
    KIRQL old = model_irql;

    model_irql = NewIrql;
    return old;
}

KIRQL KeRaiseIrqlToDpcLevel(void)
{
    KIRQL old = model_irql;

    model_irql = DISPATCH_LEVEL;
    return old;
}

KIRQL KeRaiseIrqlToSynchLevel(void)
{
    KIRQL old = model_irql;

    model_irql = MODEL_DEVICE_LEVEL;
    return old;
}

void KeLowerIrql(KIRQL NewIrql)
{
    model_irql = NewIrql;
}

/* Critical and guarded regions hold APCs back without a change of the level. */
NO_EFFECT(KeEnterCriticalRegion, (void))
NO_EFFECT(KeLeaveCriticalRegion, (void))
NO_EFFECT(KeEnterGuardedRegion, (void))
NO_EFFECT(KeLeaveGuardedRegion, (void))
ANY_BOOLEAN(KeAreApcsDisabled, (void))
ANY_BOOLEAN(KeAreAllApcsDisabled, (void))

/* Interrupts held back on one processor: no change of the level, either. */
NO_EFFECT(_disable, (void))
NO_EFFECT(_enable, (void))
