/* Work that the driver hands to the kernel: DPCs, timers, system threads, work items, callbacks.
 * One object of each kind is followed from when it is queued until it runs.
 *
 * Pages: nf-wdm-keinsertqueuedpc, nf-wdm-kesettimer, nf-wdm-pscreatesystemthread,
 * nf-wdm-ioqueueworkitem, nf-wdm-exqueueworkitem, nf-wdm-exallocatetimer. */
#include "kernel.h"

static PRKDPC model_dpc;
static PKTIMER model_ktimer; /* one that is set, with a DPC */
static struct model_io_work_item {
    PIO_WORKITEM_ROUTINE routine; /* NULL: the other one */
    PIO_WORKITEM_ROUTINE_EX routine_ex;
    PVOID object, context;
} * model_io_work_item;
static PWORK_QUEUE_ITEM model_queued_item;
static PKSTART_ROUTINE model_thread; /* a thread that has not run yet */
static PVOID model_thread_context;
static struct model_ex_timer {
    PEXT_CALLBACK function;
    PVOID context;
} * model_ex_timer;
static struct model_callback {
    PCALLBACK_FUNCTION function;
    PVOID context;
} * model_callback;

void model_forget_queued_work(void)
{
    model_dpc = NULL;
    model_ktimer = NULL;
    model_io_work_item = NULL;
    model_queued_item = NULL;
    model_thread = NULL;
    model_thread_context = NULL;
    model_ex_timer = NULL;
    model_callback = NULL;
}

/* ---- running it ---- */

static void run_dpc(PRKDPC dpc, PVOID argument1, PVOID argument2)
{
    PKDEFERRED_ROUTINE routine = dpc->DeferredRoutine;
    PVOID context = dpc->DeferredContext;

    RUN(DISPATCH_LEVEL, "KDEFERRED_ROUTINE", routine, dpc, context, argument1, argument2);
}

static void run_queued_dpc(void)
{
    PRKDPC dpc = model_dpc;

    if (!dpc)
        return;
    model_dpc = NULL;
    run_dpc(dpc, dpc->SystemArgument1, dpc->SystemArgument2);
}

/* A periodic timer stays set. */
static void run_kernel_timer(void)
{
    PKTIMER timer = model_ktimer;

    if (!timer)
        return;
    if (timer->Period == 0)
        model_ktimer = NULL;
    run_dpc(timer->Dpc, drvlint_any_pointer(), drvlint_any_pointer());
}

static void run_io_work_item(void)
{
    struct model_io_work_item *item = model_io_work_item;
    PVOID object, context;

    if (!item)
        return;
    model_io_work_item = NULL;
    object = item->object;
    context = item->context;
    if (item->routine) {
        PIO_WORKITEM_ROUTINE routine = item->routine;
        PDEVICE_OBJECT device = (PDEVICE_OBJECT)object;
        RUN(PASSIVE_LEVEL, "IO_WORKITEM_ROUTINE", routine, device, context);
    } else {
        PIO_WORKITEM_ROUTINE_EX routine = item->routine_ex;
        PIO_WORKITEM handle = (PIO_WORKITEM)item;
        RUN(PASSIVE_LEVEL, "IO_WORKITEM_ROUTINE_EX", routine, object, context, handle);
    }
}

static void run_queued_item(void)
{
    PWORK_QUEUE_ITEM item = model_queued_item;
    PWORKER_THREAD_ROUTINE routine;
    PVOID parameter;

    if (!item)
        return;
    model_queued_item = NULL;
    routine = item->WorkerRoutine;
    parameter = item->Parameter;
    RUN(PASSIVE_LEVEL, "WORKER_THREAD_ROUTINE", routine, parameter);
}

/* The whole of the thread in one piece: it gives way to others where it waits. */
static void run_thread(void)
{
    PKSTART_ROUTINE routine = model_thread;
    PVOID context = model_thread_context;

    if (!routine)
        return;
    model_thread = NULL;
    RUN(PASSIVE_LEVEL, "KSTART_ROUTINE", routine, context);
}

static void run_ex_timer(void)
{
    struct model_ex_timer *timer = model_ex_timer;
    PEXT_CALLBACK function;
    PEX_TIMER handle = (PEX_TIMER)timer;
    PVOID context;

    if (!timer)
        return;
    function = timer->function;
    context = timer->context;
    RUN(DISPATCH_LEVEL, "EXT_CALLBACK", function, handle, context);
}

static void run_callback(void)
{
    PCALLBACK_FUNCTION function = model_callback->function;
    PVOID context = model_callback->context;
    PVOID argument1 = drvlint_any_pointer(), argument2 = drvlint_any_pointer();

    RUN_AT_EITHER("CALLBACK_FUNCTION", function, context, argument1, argument2);
}

void model_run_queued_work(void)
{
    if (model_dpc && drvlint_choose())
        run_queued_dpc();
    else if (model_ktimer && drvlint_choose())
        run_kernel_timer();
    else if (model_io_work_item && drvlint_choose())
        run_io_work_item();
    else if (model_queued_item && drvlint_choose())
        run_queued_item();
    else if (model_thread && drvlint_choose())
        run_thread();
    else if (model_ex_timer && drvlint_choose())
        run_ex_timer();
    else if (model_callback && drvlint_choose())
        run_callback();
}

void model_finish_queued_work(void)
{
    run_io_work_item();
    run_queued_item();
    run_thread();
}

/* ---- DPCs and timers ---- */

void KeInitializeDpc(PRKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine, PVOID DeferredContext)
{
    Dpc->DeferredRoutine = DeferredRoutine;
    Dpc->DeferredContext = DeferredContext;
}

void KeInitializeThreadedDpc(PRKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine, PVOID DeferredContext)
{
    Dpc->DeferredRoutine = DeferredRoutine;
    Dpc->DeferredContext = DeferredContext;
}

/* Was it queued by this call? */
BOOLEAN KeInsertQueueDpc(PRKDPC Dpc, PVOID SystemArgument1, PVOID SystemArgument2)
{
    Dpc->SystemArgument1 = SystemArgument1;
    Dpc->SystemArgument2 = SystemArgument2;
    FOLLOW(model_dpc, Dpc);
    return model_any_boolean();
}

BOOLEAN KeRemoveQueueDpc(PRKDPC Dpc)
{
    if (Dpc == model_dpc)
        model_dpc = NULL;
    return model_any_boolean();
}

void KeFlushQueuedDpcs(void)
{
    run_queued_dpc();
}

NO_EFFECT(KeSetImportanceDpc, (PRKDPC Dpc, KDPC_IMPORTANCE Importance))
NO_EFFECT(KeSetTargetProcessorDpc, (PRKDPC Dpc, CCHAR Number))
ANY_RESULT(KeSetTargetProcessorDpcEx, (PKDPC Dpc, PPROCESSOR_NUMBER ProcNumber))

NO_EFFECT(KeInitializeTimer, (PKTIMER Timer))
NO_EFFECT(KeInitializeTimerEx, (PKTIMER Timer, TIMER_TYPE Type))
ANY_BOOLEAN(KeReadStateTimer, (PKTIMER Timer))

static BOOLEAN set_kernel_timer(PKTIMER timer, LONG period, PRKDPC dpc)
{
    timer->Dpc = dpc;
    timer->Period = (ULONG)period;
    if (dpc)
        FOLLOW(model_ktimer, timer);
    return model_any_boolean();
}

BOOLEAN KeSetTimer(PKTIMER Timer, LARGE_INTEGER DueTime, PKDPC Dpc)
{
    return set_kernel_timer(Timer, 0, Dpc);
}

BOOLEAN KeSetTimerEx(PKTIMER Timer, LARGE_INTEGER DueTime, LONG Period, PKDPC Dpc)
{
    return set_kernel_timer(Timer, Period, Dpc);
}

BOOLEAN KeSetCoalescableTimer(PKTIMER Timer, LARGE_INTEGER DueTime, ULONG Period,
                              ULONG TolerableDelay, PKDPC Dpc)
{
    return set_kernel_timer(Timer, (LONG)Period, Dpc);
}

BOOLEAN KeCancelTimer(PKTIMER Timer)
{
    if (Timer == model_ktimer)
        model_ktimer = NULL;
    return model_any_boolean();
}

PEX_TIMER ExAllocateTimer(PEXT_CALLBACK Callback, PVOID CallbackContext, ULONG Attributes)
{
    struct model_ex_timer *timer;

    if (drvlint_choose())
        return NULL;
    timer = (struct model_ex_timer *)drvlint_fresh();
    timer->function = Callback;
    timer->context = CallbackContext;
    return (PEX_TIMER)timer;
}

BOOLEAN ExSetTimer(PEX_TIMER Timer, LONGLONG DueTime, LONGLONG Period,
                   PEXT_SET_PARAMETERS Parameters)
{
    FOLLOW(model_ex_timer, (struct model_ex_timer *)Timer);
    return model_any_boolean();
}

BOOLEAN ExCancelTimer(PEX_TIMER Timer, PVOID Parameters)
{
    if ((struct model_ex_timer *)Timer == model_ex_timer)
        model_ex_timer = NULL;
    return model_any_boolean();
}

BOOLEAN ExDeleteTimer(PEX_TIMER Timer, BOOLEAN Cancel, BOOLEAN Wait,
                      PEXT_DELETE_PARAMETERS Parameters)
{
    if ((struct model_ex_timer *)Timer == model_ex_timer)
        model_ex_timer = NULL;
    drvlint_free(Timer);
    return model_any_boolean();
}

/* ---- work items ---- */

PIO_WORKITEM IoAllocateWorkItem(PDEVICE_OBJECT DeviceObject)
{
    struct model_io_work_item *item;

    if (drvlint_choose())
        return NULL;
    item = (struct model_io_work_item *)drvlint_fresh();
    item->object = DeviceObject;
    return (PIO_WORKITEM)item;
}

void IoInitializeWorkItem(PVOID IoObject, PIO_WORKITEM IoWorkItem)
{
    ((struct model_io_work_item *)IoWorkItem)->object = IoObject;
}

void IoFreeWorkItem(PIO_WORKITEM IoWorkItem)
{
    if ((struct model_io_work_item *)IoWorkItem == model_io_work_item)
        model_io_work_item = NULL;
    drvlint_free(IoWorkItem);
}

void IoUninitializeWorkItem(PIO_WORKITEM IoWorkItem)
{
    if ((struct model_io_work_item *)IoWorkItem == model_io_work_item)
        model_io_work_item = NULL;
}

void IoQueueWorkItem(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE WorkerRoutine,
                     WORK_QUEUE_TYPE QueueType, PVOID Context)
{
    struct model_io_work_item *item = (struct model_io_work_item *)IoWorkItem;

    item->routine = WorkerRoutine;
    item->context = Context;
    FOLLOW(model_io_work_item, item);
}

void IoQueueWorkItemEx(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE_EX WorkerRoutine,
                       WORK_QUEUE_TYPE QueueType, PVOID Context)
{
    struct model_io_work_item *item = (struct model_io_work_item *)IoWorkItem;

    item->routine = NULL;
    item->routine_ex = WorkerRoutine;
    item->context = Context;
    FOLLOW(model_io_work_item, item);
}

ANY_VALUE(ULONG, IoSizeofWorkItem, (void))

void ExInitializeWorkItem(PWORK_QUEUE_ITEM Item, PWORKER_THREAD_ROUTINE Routine, PVOID Context)
{
    Item->WorkerRoutine = Routine;
    Item->Parameter = Context;
}

void ExQueueWorkItem(PWORK_QUEUE_ITEM WorkItem, WORK_QUEUE_TYPE QueueType)
{
    FOLLOW(model_queued_item, WorkItem);
}

/* ---- threads ---- */

NTSTATUS PsCreateSystemThread(PHANDLE ThreadHandle, ULONG DesiredAccess,
                              POBJECT_ATTRIBUTES ObjectAttributes, HANDLE ProcessHandle,
                              PCLIENT_ID ClientId, PKSTART_ROUTINE StartRoutine, PVOID StartContext)
{
    if (drvlint_choose())
        return model_failure();
    *ThreadHandle = drvlint_fresh();
    if (!model_thread || drvlint_choose()) {
        model_thread = StartRoutine;
        model_thread_context = StartContext;
    }
    return STATUS_SUCCESS;
}

/* It does not return; what stands behind the call is the end of the thread's routine anyway. */
ANY_RESULT(PsTerminateSystemThread, (NTSTATUS ExitStatus))
ANY_VALUE(KPRIORITY, KeSetPriorityThread, (PKTHREAD Thread, KPRIORITY Priority))
ANY_VALUE(KPRIORITY, KeQueryPriorityThread, (PKTHREAD Thread))
ANY_VALUE(LONG, KeQueryRuntimeThread, (PKTHREAD Thread, PULONG UserTime))

/* ---- callback objects: other drivers and the power manager notify them ---- */

NTSTATUS ExCreateCallback(PCALLBACK_OBJECT *CallbackObject, POBJECT_ATTRIBUTES ObjectAttributes,
                          BOOLEAN Create, BOOLEAN AllowMultipleCallbacks)
{
    if (drvlint_choose())
        return model_failure();
    *CallbackObject = (PCALLBACK_OBJECT)drvlint_fresh();
    return STATUS_SUCCESS;
}

PVOID ExRegisterCallback(PCALLBACK_OBJECT CallbackObject, PCALLBACK_FUNCTION CallbackFunction,
                         PVOID CallbackContext)
{
    struct model_callback *callback;

    if (drvlint_choose())
        return NULL;
    callback = (struct model_callback *)drvlint_fresh();
    callback->function = CallbackFunction;
    callback->context = CallbackContext;
    FOLLOW(model_callback, callback);
    return callback;
}

void ExUnregisterCallback(PVOID CallbackRegistration)
{
    if (CallbackRegistration == model_callback)
        model_callback = NULL;
    drvlint_free(CallbackRegistration);
}

NO_EFFECT(ExNotifyCallback, (PVOID CallbackObject, PVOID Argument1, PVOID Argument2))
ANY_POINTER(PVOID, KeRegisterProcessorChangeCallback,
            (PPROCESSOR_CALLBACK_FUNCTION CallbackFunction, PVOID CallbackContext, ULONG Flags))
NO_EFFECT(KeDeregisterProcessorChangeCallback, (PVOID CallbackHandle))
ANY_BOOLEAN(KeRegisterBugCheckReasonCallback, (PKBUGCHECK_REASON_CALLBACK_RECORD CallbackRecord,
                                               PKBUGCHECK_REASON_CALLBACK_ROUTINE CallbackRoutine,
                                               KBUGCHECK_CALLBACK_REASON Reason, PUCHAR Component))
ANY_BOOLEAN(KeDeregisterBugCheckReasonCallback, (PKBUGCHECK_REASON_CALLBACK_RECORD CallbackRecord))
ANY_RESULT(PsSetCreateProcessNotifyRoutine,
           (PCREATE_PROCESS_NOTIFY_ROUTINE NotifyRoutine, BOOLEAN Remove))
