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
    default:
        break;
    }
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
