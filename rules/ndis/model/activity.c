/* What comes by itself once the driver has started it, and what may happen while a thread waits. */
#include "model.h"

void model_run_asynchronous(void)
{
    if (drvlint_choose())
        model_run_interrupt();
    if (drvlint_choose())
        model_run_timer();
    if (drvlint_choose())
        model_run_work_item();
    if (drvlint_choose())
        model_run_sg_list();
    if (drvlint_choose())
        model_run_shared_memory();
    if (drvlint_choose())
        model_run_poll();
    model_run_queued_work();
}

/* Set while a thread waits: what runs meanwhile does not let others run in its turn. */
static BOOLEAN model_waiting;

/* A thread that waits gives the rest of the driver time: what it waits for is done there. Above
 * APC_LEVEL nobody may wait; rules say so. */
void model_let_others_run(void)
{
    if (model_waiting || model_irql >= DISPATCH_LEVEL)
        return;
    model_waiting = TRUE;
    model_run_asynchronous();
    if (drvlint_choose())
        model_run_returned_list();
    model_run_open_or_close();
    model_waiting = FALSE;
}
