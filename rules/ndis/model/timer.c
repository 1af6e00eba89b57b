/* Timer objects. The handle is the object; one object that is set is followed until it fires.
 *
 * Pages: nf-ndis-ndisallocatetimerobject, nf-ndis-ndissettimerobject,
 * nf-ndis-ndissetcoalescabletimerobject, nf-ndis-ndiscanceltimerobject,
 * nf-ndis-ndisfreetimerobject, nc-ndis-ndis_timer_function. */
#include "model.h"

struct model_timer *model_timer;

void model_run_timer(void)
{
    struct model_timer *timer = model_timer;
    PVOID unused = NULL, context;

    if (!timer)
        return;
    if (!timer->periodic)
        model_timer = NULL;
    context = timer->context;
    RUN(DISPATCH_LEVEL, "NDIS_TIMER_FUNCTION", timer->function, unused, context, unused, unused);
}

NDIS_STATUS NdisAllocateTimerObject(NDIS_HANDLE NdisHandle,
                                    PNDIS_TIMER_CHARACTERISTICS TimerCharacteristics,
                                    PNDIS_HANDLE pTimerObject)
{
    struct model_timer *timer;

    if (drvlint_choose())
        return model_failure();
    timer = (struct model_timer *)drvlint_fresh();
    timer->function = TimerCharacteristics->TimerFunction;
    timer->context = TimerCharacteristics->FunctionContext;
    timer->periodic = FALSE;
    *pTimerObject = timer;
    return NDIS_STATUS_SUCCESS;
}

/* Setting a timer that is set moves it. Was it set? */
static BOOLEAN set_timer(struct model_timer *timer, LONG period, PVOID context)
{
    timer->periodic = period != 0;
    if (context)
        timer->context = context;
    FOLLOW(model_timer, timer);
    return model_any_boolean();
}

BOOLEAN NdisSetTimerObject(NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime, LONG MillisecondsPeriod,
                           PVOID FunctionContext)
{
    return set_timer((struct model_timer *)TimerObject, MillisecondsPeriod, FunctionContext);
}

BOOLEAN NdisSetCoalescableTimerObject(NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime,
                                      LONG MillisecondsPeriod, PVOID FunctionContext,
                                      ULONG Tolerance)
{
    return set_timer((struct model_timer *)TimerObject, MillisecondsPeriod, FunctionContext);
}

/* Was it set, and will not fire? A timer with one shot may have been faster. */
BOOLEAN NdisCancelTimerObject(NDIS_HANDLE TimerObject)
{
    if (TimerObject == model_timer)
        model_timer = NULL;
    return model_any_boolean();
}

void NdisFreeTimerObject(NDIS_HANDLE TimerObject)
{
    if (TimerObject == model_timer)
        model_timer = NULL;
    drvlint_free(TimerObject);
}
