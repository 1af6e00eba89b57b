/* What comes by itself once the driver has started it, and what may happen while a thread waits. */
#include "model.h"

void model_run_asynchronous(void)
{
    switch (drvlint_any_u32()) {
    case 0:
        model_run_interrupt();
        break;
    case 1:
        model_run_timer();
        break;
    case 2:
        model_run_work_item();
        break;
    case 3:
        model_run_sg_list();
        break;
    case 4:
        model_run_shared_memory();
        break;
    case 5:
        model_run_poll();
        break;
    case 6:
        model_run_queued_work();
        break;
    case 7:
        model_run_callout();
        break;
    case 8:
        model_run_socket();
        break;
    default:
        break;
    }
}

/* A thread that waits gives the rest of the driver time. What may run then runs between the
 * callbacks, too, and is looked at there only: if every wait could call every callback, everything
 * in a driver would matter to everything, and nothing would be decided in a useful time. Only the
 * completion of an open or close is sure to come, and the waiting driver goes on with its result. Who
 * waits is taken to be at an IRQL that allows it: the IRQL rules look at that, and no other one should have to
 * follow it. */
void model_let_others_run(void)
{
    model_run_open_or_close();
}

/* What waits in such work does not wait for more of it. */
void model_finish_work(void)
{
    static BOOLEAN finishing;

    if (finishing)
        return;
    finishing = TRUE;
    model_run_work_item();
    model_finish_queued_work();
    finishing = FALSE;
}

void model_forget_started(void)
{
    switch (drvlint_any_u32()) {
    case 0:
        model_run_timer();
        break;
    case 1:
        model_run_work_item();
        break;
    case 2:
        model_run_queued_work();
        break;
    default:
        break;
    }
    model_indicated_list = NULL;
    model_work_item = NULL;
    model_forget_timers();
    model_forget_poll();
    model_forget_queued_work();
}
