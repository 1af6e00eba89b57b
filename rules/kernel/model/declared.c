/* Callbacks that are declared with their role, but whose registration nobody has seen: a library,
 * or a registration that hides from the analysis. Contexts and other arguments are unknown.
 *
 * Roles that a driver's life calls by itself (initialize, send, dispatch ...) are looked up there.
 */
#include "kernel.h"

static void any_dpc(KDEFERRED_ROUTINE *routine)
{
    PRKDPC dpc = (PRKDPC)drvlint_fresh();
    PVOID context = drvlint_any_pointer();
    PVOID argument1 = drvlint_any_pointer(), argument2 = drvlint_any_pointer();

    RUN(DISPATCH_LEVEL, "KDEFERRED_ROUTINE", routine, dpc, context, argument1, argument2);
}

static void any_completion(IO_COMPLETION_ROUTINE *routine)
{
    PDEVICE_OBJECT device = (PDEVICE_OBJECT)drvlint_any_pointer();
    PIRP irp = (PIRP)drvlint_fresh();
    PVOID context = drvlint_any_pointer();
    NTSTATUS status;

    RUN_FOR_AT_EITHER(status, "IO_COMPLETION_ROUTINE", routine, device, irp, context);
}

static void any_cancel(DRIVER_CANCEL *cancel)
{
    PDEVICE_OBJECT device = (PDEVICE_OBJECT)drvlint_fresh();
    PIRP irp = (PIRP)drvlint_fresh();

    irp->CancelIrql = PASSIVE_LEVEL;
    RUN(DISPATCH_LEVEL, "DRIVER_CANCEL", cancel, device, irp);
}

static void any_callback(CALLBACK_FUNCTION *function)
{
    PVOID context = drvlint_any_pointer();
    PVOID argument1 = drvlint_any_pointer(), argument2 = drvlint_any_pointer();

    RUN_AT_EITHER("CALLBACK_FUNCTION", function, context, argument1, argument2);
}

void model_run_declared_work(void)
{
    KDEFERRED_ROUTINE *dpc = (KDEFERRED_ROUTINE *)drvlint_declared("KDEFERRED_ROUTINE");
    KSTART_ROUTINE *thread = (KSTART_ROUTINE *)drvlint_declared("KSTART_ROUTINE");
    IO_WORKITEM_ROUTINE *work = (IO_WORKITEM_ROUTINE *)drvlint_declared("IO_WORKITEM_ROUTINE");
    WORKER_THREAD_ROUTINE *worker =
        (WORKER_THREAD_ROUTINE *)drvlint_declared("WORKER_THREAD_ROUTINE");
    IO_COMPLETION_ROUTINE *completion =
        (IO_COMPLETION_ROUTINE *)drvlint_declared("IO_COMPLETION_ROUTINE");
    DRIVER_CANCEL *cancel = (DRIVER_CANCEL *)drvlint_declared("DRIVER_CANCEL");
    CALLBACK_FUNCTION *callback = (CALLBACK_FUNCTION *)drvlint_declared("CALLBACK_FUNCTION");
    PVOID context = drvlint_any_pointer();

    if (dpc && drvlint_choose())
        any_dpc(dpc);
    if (thread && drvlint_choose())
        RUN(PASSIVE_LEVEL, "KSTART_ROUTINE", thread, context);
    if (work && drvlint_choose()) {
        PDEVICE_OBJECT device = (PDEVICE_OBJECT)drvlint_fresh();
        RUN(PASSIVE_LEVEL, "IO_WORKITEM_ROUTINE", work, device, context);
    }
    if (worker && drvlint_choose())
        RUN(PASSIVE_LEVEL, "WORKER_THREAD_ROUTINE", worker, context);
    if (completion && drvlint_choose())
        any_completion(completion);
    if (cancel && drvlint_choose())
        any_cancel(cancel);
    if (callback && drvlint_choose())
        any_callback(callback);
}
