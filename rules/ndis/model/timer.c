/* Timer objects. The handle is the object; one object that is set is followed until it fires.
 *
 * Pages: nf-ndis-ndisallocatetimerobject, nf-ndis-ndissettimerobject,
 * nf-ndis-ndissetcoalescabletimerobject, nf-ndis-ndiscanceltimerobject,
 * nf-ndis-ndisfreetimerobject, nc-ndis-ndis_timer_function. */
#include "model.h"

struct model_timer *model_timer;
/* The same for the timers of NDIS 5: both kinds begin with a KTIMER and a KDPC. */
static PNDIS_TIMER model_old_timer;
C_ASSERT(FIELD_OFFSET(NDIS_MINIPORT_TIMER, Dpc) == FIELD_OFFSET(NDIS_TIMER, Dpc));

/* The first argument is the system's own; it tells rules which timer it is. */
static void run_timer_object(void)
{
    struct model_timer *timer = model_timer;
    PNDIS_TIMER_FUNCTION function = timer->function;
    PVOID unused = NULL, context = timer->context;

    if (!timer->periodic)
        model_timer = NULL;
    RUN(DISPATCH_LEVEL, "NDIS_TIMER_FUNCTION", function, timer, context, unused, unused);
}

static void run_old_timer(void)
{
    PNDIS_TIMER timer = model_old_timer;
    PNDIS_TIMER_FUNCTION function = (PNDIS_TIMER_FUNCTION)(PVOID)timer->Dpc.DeferredRoutine;
    PVOID unused = NULL, context = timer->Dpc.DeferredContext;

    if (!timer->Timer.Period)
        model_old_timer = NULL;
    RUN(DISPATCH_LEVEL, "NDIS_TIMER_FUNCTION", function, timer, context, unused, unused);
}

void model_run_timer(void)
{
    if (model_timer && drvlint_choose())
        run_timer_object();
    else if (model_old_timer)
        run_old_timer();
}

void model_forget_timers(void)
{
    model_timer = NULL;
    model_old_timer = NULL;
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

/* ---- timers of NDIS 5: in the driver's memory, also used by NDIS 6 drivers at times ---- */

static void initialize_old_timer(PNDIS_TIMER timer, PNDIS_TIMER_FUNCTION function, PVOID context)
{
    timer->Dpc.DeferredRoutine = (PKDEFERRED_ROUTINE)(PVOID)function;
    timer->Dpc.DeferredContext = context;
}

static void set_old_timer(PNDIS_TIMER timer, ULONG period)
{
    timer->Timer.Period = period;
    FOLLOW(model_old_timer, timer);
}

static void cancel_old_timer(PNDIS_TIMER timer, PBOOLEAN ret_cancelled)
{
    if (timer == model_old_timer)
        model_old_timer = NULL;
    *ret_cancelled = model_any_boolean();
}

void NdisInitializeTimer(PNDIS_TIMER Timer, PNDIS_TIMER_FUNCTION TimerFunction,
                         PVOID FunctionContext)
{
    initialize_old_timer(Timer, TimerFunction, FunctionContext);
}

void NdisSetTimer(PNDIS_TIMER Timer, UINT MillisecondsToDelay)
{
    set_old_timer(Timer, 0);
}

void NdisSetTimerEx(PNDIS_TIMER NdisTimer, UINT MillisecondsToDelay, PVOID FunctionContext)
{
    NdisTimer->Dpc.DeferredContext = FunctionContext;
    set_old_timer(NdisTimer, 0);
}

void NdisSetPeriodicTimer(PNDIS_TIMER NdisTimer, UINT MillisecondsPeriod)
{
    set_old_timer(NdisTimer, MillisecondsPeriod);
}

void NdisCancelTimer(PNDIS_TIMER Timer, PBOOLEAN TimerCancelled)
{
    cancel_old_timer(Timer, TimerCancelled);
}

void NdisMInitializeTimer(PNDIS_MINIPORT_TIMER Timer, NDIS_HANDLE MiniportAdapterHandle,
                          PNDIS_TIMER_FUNCTION TimerFunction, PVOID FunctionContext)
{
    initialize_old_timer((PNDIS_TIMER)Timer, TimerFunction, FunctionContext);
}

void NdisMSetTimer(PNDIS_MINIPORT_TIMER Timer, UINT MillisecondsToDelay)
{
    set_old_timer((PNDIS_TIMER)Timer, 0);
}

void NdisMSetPeriodicTimer(PNDIS_MINIPORT_TIMER Timer, UINT MillisecondPeriod)
{
    set_old_timer((PNDIS_TIMER)Timer, MillisecondPeriod);
}

void NdisMCancelTimer(PNDIS_MINIPORT_TIMER Timer, PBOOLEAN TimerCancelled)
{
    cancel_old_timer((PNDIS_TIMER)Timer, TimerCancelled);
}
