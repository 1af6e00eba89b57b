/* The IRQL, under NDIS names, and mutexes.
 *
 * Pages: nf-ndis-ndis_raise_irql_to_dispatch, nf-ndis-ndis_lower_irql, nf-ndis-ndis_wait_for_mutex.
 */
#include "model.h"

void NDIS_RAISE_IRQL_TO_DISPATCH(PKIRQL pIrql)
{
    *pIrql = model_irql;
    model_irql = DISPATCH_LEVEL;
}

void NDIS_LOWER_IRQL(KIRQL OldIrql, KIRQL CurrentIrql)
{
    model_irql = OldIrql;
}

NO_EFFECT(NDIS_INIT_MUTEX, (PNDIS_MUTEX Mutex))
NO_EFFECT(NDIS_RELEASE_MUTEX, (PNDIS_MUTEX Mutex))

void NDIS_WAIT_FOR_MUTEX(PNDIS_MUTEX Mutex)
{
    model_let_others_run();
}
