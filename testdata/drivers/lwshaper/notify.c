/* What the adapter and the system tell: it passes on, and a new link speed is looked up. */
#include "shaper.h"

/* One item is enough: it goes on until it has seen the last change. */
static VOID QueueWork(PSHAPER_MODULE Module)
{
    BOOLEAN Queue = FALSE;

    NdisAcquireSpinLock(&Module->Lock);
    if (Module->State == ShaperRunning) {
        Module->LinkChanged = TRUE;
        Queue = (BOOLEAN)!Module->WorkQueued;
    }
    if (Queue) {
        Module->WorkQueued = TRUE;
        NdisResetEvent(&Module->WorkIdle);
    }
    NdisReleaseSpinLock(&Module->Lock);
    if (Queue)
        NdisQueueIoWorkItem(Module->WorkItem, ShaperWork, Module);
}

/* Whether there is something to do; if not, the work has ended. */
static BOOLEAN TakeChange(PSHAPER_MODULE Module)
{
    BOOLEAN Changed;

    NdisAcquireSpinLock(&Module->Lock);
    Changed = Module->LinkChanged;
    Module->LinkChanged = FALSE;
    if (!Changed) {
        Module->WorkQueued = FALSE;
        NdisSetEvent(&Module->WorkIdle);
    }
    NdisReleaseSpinLock(&Module->Lock);
    return Changed;
}

VOID ShaperWork(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle)
{
    PSHAPER_MODULE Module = WorkItemContext;
    NDIS_LINK_STATE State;

    UNREFERENCED_PARAMETER(NdisIoWorkItemHandle);

    while (TakeChange(Module)) {
        if (ShaperQuery(Module, OID_GEN_LINK_STATE, &State, sizeof(State)) != NDIS_STATUS_SUCCESS)
            continue;
        NdisAcquireSpinLock(&Module->Lock);
        Module->Statistics.LinkSpeed = State.XmitLinkSpeed;
        NdisReleaseSpinLock(&Module->Lock);
    }
}

VOID ShaperStatus(NDIS_HANDLE FilterModuleContext, PNDIS_STATUS_INDICATION StatusIndication)
{
    PSHAPER_MODULE Module = FilterModuleContext;

    if (StatusIndication->StatusCode == NDIS_STATUS_LINK_STATE)
        QueueWork(Module);
    NdisFIndicateStatus(Module->Filter, StatusIndication);
}

VOID ShaperDevicePnPEvent(NDIS_HANDLE FilterModuleContext, PNET_DEVICE_PNP_EVENT NetDevicePnPEvent)
{
    PSHAPER_MODULE Module = FilterModuleContext;

    /* What waits would only come back with an error. */
    if (NetDevicePnPEvent->DevicePnPEvent == NdisDevicePnPEventSurpriseRemoved)
        ShaperFlush(Module, NDIS_STATUS_ADAPTER_REMOVED);
    NdisFDevicePnPEventNotify(Module->Filter, NetDevicePnPEvent);
}

NDIS_STATUS ShaperNetPnPEvent(NDIS_HANDLE FilterModuleContext,
                              PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    PSHAPER_MODULE Module = FilterModuleContext;

    return NdisFNetPnPEvent(Module->Filter, NetPnPEventNotification);
}
