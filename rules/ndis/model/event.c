/* Waiting: events, sleep, mutexes.
 *
 * Pages: nf-ndis-ndiswaitevent, nf-ndis-ndismsleep, nf-ndis-ndisstallexecution. */
#include "model.h"

void NdisInitializeEvent(PNDIS_EVENT Event)
{
}

void NdisSetEvent(PNDIS_EVENT Event)
{
}

void NdisResetEvent(PNDIS_EVENT Event)
{
}

/* Was the event set in time? Zero milliseconds mean: no limit. */
BOOLEAN NdisWaitEvent(PNDIS_EVENT Event, UINT MsToWait)
{
    model_let_others_run();
    if (MsToWait != 0)
        return model_any_boolean();
    model_finish_work();
    return TRUE;
}

void NdisMSleep(ULONG MicrosecondsToSleep)
{
    model_let_others_run();
}

void NdisStallExecution(UINT MicroSecondsToStall)
{
}
