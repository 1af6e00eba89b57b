/* NDIS I/O work items. The handle is the object; one that is queued is followed until it runs.
 *
 * Pages: nf-ndis-ndisallocateioworkitem, nf-ndis-ndisqueueioworkitem, nf-ndis-ndisfreeioworkitem,
 * ndis-i-o-work-items. */
#include "model.h"

struct model_work_item *model_work_item;

/* The routine may free the item, so that nothing is done with it afterwards. */
void model_run_work_item(void)
{
    struct model_work_item *item = model_work_item;
    NDIS_IO_WORKITEM_FUNCTION *routine;
    PVOID context;

    if (!item)
        return;
    model_work_item = NULL;
    routine = item->routine;
    context = item->context;
    RUN(PASSIVE_LEVEL, "NDIS_IO_WORKITEM_FUNCTION", routine, context, item);
}

NDIS_HANDLE NdisAllocateIoWorkItem(NDIS_HANDLE NdisObjectHandle)
{
    return FRESH_OR_NULL();
}

void NdisQueueIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle, NDIS_IO_WORKITEM_ROUTINE Routine,
                         PVOID WorkItemContext)
{
    struct model_work_item *item = (struct model_work_item *)NdisIoWorkItemHandle;

    item->routine = Routine;
    item->context = WorkItemContext;
    FOLLOW(model_work_item, item);
}

void NdisFreeIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle)
{
    if (NdisIoWorkItemHandle == model_work_item)
        model_work_item = NULL;
    drvlint_free(NdisIoWorkItemHandle);
}
