/* Sending: what the credit does not cover waits for the next tick. */
#include "shaper.h"

static VOID Append(PSHAPER_QUEUE Queue, PNET_BUFFER_LIST List)
{
    NET_BUFFER_LIST_NEXT_NBL(List) = NULL;
    if (Queue->First == NULL)
        Queue->First = List;
    else
        NET_BUFFER_LIST_NEXT_NBL(Queue->Last) = List;
    Queue->Last = List;
    Queue->Count++;
}

static PNET_BUFFER_LIST TakeFirst(PSHAPER_QUEUE Queue)
{
    PNET_BUFFER_LIST List = Queue->First;

    if (List != NULL) {
        Queue->First = NET_BUFFER_LIST_NEXT_NBL(List);
        NET_BUFFER_LIST_NEXT_NBL(List) = NULL;
        Queue->Count--;
    }
    return List;
}

static ULONG LengthOf(PNET_BUFFER_LIST List)
{
    PNET_BUFFER Buffer;
    ULONG Length = 0;

    for (Buffer = NET_BUFFER_LIST_FIRST_NB(List); Buffer != NULL; Buffer = NET_BUFFER_NEXT_NB(Buffer))
        Length += NET_BUFFER_DATA_LENGTH(Buffer);
    return Length;
}

static VOID SetStatus(PNET_BUFFER_LIST Lists, NDIS_STATUS Status)
{
    for (; Lists != NULL; Lists = NET_BUFFER_LIST_NEXT_NBL(Lists))
        NET_BUFFER_LIST_STATUS(Lists) = Status;
}

static ULONG CompleteFlags(BOOLEAN AtDispatch)
{
    return AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0;
}

/* With the lock. */
static BOOLEAN Covered(PSHAPER_MODULE Module, PNET_BUFFER_LIST List)
{
    ULONG Length = LengthOf(List);

    if (Length > Module->Credit && Module->Credit != Module->Rate)
        return FALSE;
    Module->Credit = Length < Module->Credit ? Module->Credit - Length : 0;
    return TRUE;
}

/* With the lock: sorts lists into those that go now, wait, or have no place to wait. */
static VOID Sort(PSHAPER_MODULE Module, PNET_BUFFER_LIST Lists, PSHAPER_QUEUE Now,
                 PSHAPER_QUEUE Refused)
{
    PNET_BUFFER_LIST List, Next;

    for (List = Lists; List != NULL; List = Next) {
        Next = NET_BUFFER_LIST_NEXT_NBL(List);
        if (Module->State != ShaperRunning) {
            NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
            Append(Refused, List);
        } else if (Module->Waiting.First == NULL && Covered(Module, List)) {
            Module->Statistics.Passed++;
            Append(Now, List);
        } else if (Module->Waiting.Count < SHAPER_QUEUE_LIMIT) {
            Module->Statistics.Delayed++;
            Append(&Module->Waiting, List);
        } else {
            Module->Statistics.Dropped++;
            NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_RESOURCES;
            Append(Refused, List);
        }
    }
}

VOID ShaperSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList,
                NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PSHAPER_MODULE Module = FilterModuleContext;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
    SHAPER_QUEUE Now = {0}, Refused = {0};

    /* Other ports are other lines. */
    if (PortNumber != NDIS_DEFAULT_PORT_NUMBER) {
        NdisFSendNetBufferLists(Module->Filter, NetBufferList, PortNumber, SendFlags);
        return;
    }

    if (AtDispatch)
        NdisDprAcquireSpinLock(&Module->Lock);
    else
        NdisAcquireSpinLock(&Module->Lock);
    Module->IdleTicks = 0;
    Sort(Module, NetBufferList, &Now, &Refused);
    if (AtDispatch)
        NdisDprReleaseSpinLock(&Module->Lock);
    else
        NdisReleaseSpinLock(&Module->Lock);

    if (Now.First != NULL)
        NdisFSendNetBufferLists(Module->Filter, Now.First, PortNumber, SendFlags);
    if (Refused.First != NULL)
        NdisFSendNetBufferListsComplete(Module->Filter, Refused.First, CompleteFlags(AtDispatch));
}

/* Our own frames are among those of others. Returns whether the last one was waited for. */
static BOOLEAN CountOwnSend(PSHAPER_MODULE Module, LONG Count, BOOLEAN AtDispatch)
{
    BOOLEAN Ends = FALSE;

    if (AtDispatch)
        NdisDprAcquireSpinLock(&Module->Lock);
    else
        NdisAcquireSpinLock(&Module->Lock);
    Module->OwnSends -= Count;
    if (Module->OwnSends == 0 && Module->PausePending) {
        Module->PausePending = FALSE;
        Module->State = ShaperPaused;
        Ends = TRUE;
    }
    if (AtDispatch)
        NdisDprReleaseSpinLock(&Module->Lock);
    else
        NdisReleaseSpinLock(&Module->Lock);
    return Ends;
}

VOID ShaperSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList,
                        ULONG SendCompleteFlags)
{
    PSHAPER_MODULE Module = FilterModuleContext;
    BOOLEAN AtDispatch = NDIS_TEST_SEND_COMPLETE_AT_DISPATCH_LEVEL(SendCompleteFlags);
    SHAPER_QUEUE Others = {0};
    PNET_BUFFER_LIST List, Next;
    LONG Own = 0;

    for (List = NetBufferList; List != NULL; List = Next) {
        Next = NET_BUFFER_LIST_NEXT_NBL(List);
        if (List->SourceHandle == Module->Filter) {
            ShaperFreeProbe(List);
            Own++;
        } else {
            Append(&Others, List);
        }
    }
    if (Others.First != NULL)
        NdisFSendNetBufferListsComplete(Module->Filter, Others.First, SendCompleteFlags);
    if (Own != 0 && CountOwnSend(Module, Own, AtDispatch))
        NdisFPauseComplete(Module->Filter);
}

/* Takes lists with that id out of what waits; those below us are cancelled by whoever has them. */
VOID ShaperCancelSend(NDIS_HANDLE FilterModuleContext, PVOID CancelId)
{
    PSHAPER_MODULE Module = FilterModuleContext;
    SHAPER_QUEUE Keep = {0}, Cancelled = {0};
    PNET_BUFFER_LIST List;

    NdisAcquireSpinLock(&Module->Lock);
    while ((List = TakeFirst(&Module->Waiting)) != NULL) {
        if (NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(List) == CancelId)
            Append(&Cancelled, List);
        else
            Append(&Keep, List);
    }
    Module->Waiting = Keep;
    NdisReleaseSpinLock(&Module->Lock);

    if (Cancelled.First != NULL) {
        SetStatus(Cancelled.First, NDIS_STATUS_SEND_ABORTED);
        NdisFSendNetBufferListsComplete(Module->Filter, Cancelled.First, 0);
    }
    NdisFCancelSendNetBufferLists(Module->Filter, CancelId);
}

VOID ShaperFlush(PSHAPER_MODULE Module, NDIS_STATUS Status)
{
    PNET_BUFFER_LIST Lists;

    NdisAcquireSpinLock(&Module->Lock);
    Lists = Module->Waiting.First;
    NdisZeroMemory(&Module->Waiting, sizeof(Module->Waiting));
    NdisReleaseSpinLock(&Module->Lock);

    if (Lists != NULL) {
        SetStatus(Lists, Status);
        NdisFSendNetBufferListsComplete(Module->Filter, Lists, 0);
    }
}

static VOID SetTimer(PSHAPER_MODULE Module)
{
    LARGE_INTEGER Due;

    Due.QuadPart = -10000LL * SHAPER_TICK;
    NdisSetTimerObject(Module->Timer, Due, 0, NULL);
}

VOID ShaperStartTicking(PSHAPER_MODULE Module)
{
    BOOLEAN Set;

    NdisAcquireSpinLock(&Module->Lock);
    Set = (BOOLEAN)(Module->State == ShaperRunning && !Module->Ticking);
    if (Set) {
        Module->Ticking = TRUE;
        NdisResetEvent(&Module->TimerIdle);
    }
    NdisReleaseSpinLock(&Module->Lock);
    if (Set)
        SetTimer(Module);
}

VOID ShaperStopTicking(PSHAPER_MODULE Module)
{
    if (NdisCancelTimerObject(Module->Timer)) {
        NdisAcquireSpinLock(&Module->Lock);
        Module->Ticking = FALSE;
        NdisReleaseSpinLock(&Module->Lock);
        return;
    }
    /* It was not set, or its function runs: that one sees the state and does not set it again. */
    NdisWaitEvent(&Module->TimerIdle, 0);
}

/* With the lock: what the new credit covers, in order, and a frame of our own if it is quiet. */
static PNET_BUFFER_LIST NextBatch(PSHAPER_MODULE Module, PNET_BUFFER_LIST *Probe)
{
    SHAPER_QUEUE Batch = {0};

    Module->Credit = Module->Rate;
    while (Module->Waiting.First != NULL && Covered(Module, Module->Waiting.First)) {
        Module->Statistics.Passed++;
        Append(&Batch, TakeFirst(&Module->Waiting));
    }
    *Probe = NULL;
    if (Batch.First != NULL) {
        Module->IdleTicks = 0;
    } else if (++Module->IdleTicks >= SHAPER_PROBE_TICKS) {
        Module->IdleTicks = 0;
        *Probe = ShaperMakeProbe(Module);
        if (*Probe != NULL) {
            Module->OwnSends++;
            Module->Statistics.Probes++;
        }
    }
    return Batch.First;
}

VOID ShaperTick(PVOID SystemSpecific1, PVOID FunctionContext, PVOID SystemSpecific2,
                PVOID SystemSpecific3)
{
    PSHAPER_MODULE Module = FunctionContext;
    PNET_BUFFER_LIST Batch = NULL, Probe = NULL;
    BOOLEAN Again;

    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);

    NdisDprAcquireSpinLock(&Module->Lock);
    if (Module->State == ShaperRunning)
        Batch = NextBatch(Module, &Probe);
    NdisDprReleaseSpinLock(&Module->Lock);

    if (Batch != NULL)
        NdisFSendNetBufferLists(Module->Filter, Batch, NDIS_DEFAULT_PORT_NUMBER,
                                NDIS_SEND_FLAGS_DISPATCH_LEVEL);
    if (Probe != NULL)
        NdisFSendNetBufferLists(Module->Filter, Probe, NDIS_DEFAULT_PORT_NUMBER,
                                NDIS_SEND_FLAGS_DISPATCH_LEVEL);

    NdisDprAcquireSpinLock(&Module->Lock);
    Again = (BOOLEAN)(Module->State == ShaperRunning);
    if (Again) {
        /* With the lock, so that a pause either prevents this or finds the timer set. */
        SetTimer(Module);
    } else {
        Module->Ticking = FALSE;
        NdisSetEvent(&Module->TimerIdle);
    }
    NdisDprReleaseSpinLock(&Module->Lock);
}
