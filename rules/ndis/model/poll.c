/* Polling of the data path (NDIS 6.85). One registration is followed.
 *
 * Pages: nf-poll-ndisregisterpoll, nc-poll-ndis_poll, nc-poll-ndis_set_poll_notification. */
#include "model.h"

/* What a poll handle points at. */
struct model_poll {
    NDIS_POLL *poll;
    NDIS_SET_POLL_NOTIFICATION *set_notification;
    PVOID context;
};
static struct model_poll *model_poll;

void model_run_poll(void)
{
    NDIS_SET_POLL_NOTIFICATION *set_notification;
    NDIS_POLL *poll;
    PVOID context;

    if (!model_poll)
        return;
    context = model_poll->context;
    poll = model_poll->poll;
    set_notification = model_poll->set_notification;
    if (poll && drvlint_choose()) {
        PNDIS_POLL_DATA data = (PNDIS_POLL_DATA)drvlint_fresh();
        RUN(DISPATCH_LEVEL, "NDIS_POLL", poll, context, data);
    } else if (set_notification) {
        PNDIS_POLL_NOTIFICATION notification = (PNDIS_POLL_NOTIFICATION)drvlint_fresh();
        RUN(DISPATCH_LEVEL, "NDIS_SET_POLL_NOTIFICATION", set_notification, context, notification);
    }
}

void model_forget_poll(void)
{
    model_poll = NULL;
}

NDIS_STATUS NdisRegisterPoll(NDIS_HANDLE NdisHandle, void *Context,
                             const NDIS_POLL_CHARACTERISTICS *Characteristics,
                             NDIS_HANDLE *PollHandle)
{
    struct model_poll *poll;

    if (drvlint_choose())
        return model_failure();
    poll = (struct model_poll *)drvlint_fresh();
    poll->poll = Characteristics->PollHandler;
    poll->set_notification = Characteristics->SetPollNotificationHandler;
    poll->context = Context;
    FOLLOW(model_poll, poll);
    *PollHandle = poll;
    return NDIS_STATUS_SUCCESS;
}

void NdisDeregisterPoll(NDIS_HANDLE PollHandle)
{
    if (PollHandle == model_poll)
        model_poll = NULL;
    drvlint_free(PollHandle);
}

NO_EFFECT(NdisRequestPoll, (NDIS_HANDLE PollHandle, void *Reserved))
NO_EFFECT(NdisSetPollAffinity, (NDIS_HANDLE PollHandle, const PROCESSOR_NUMBER *PollAffinity))
