/* The adapter's states, and what runs on its own: timers and work items. */
#include "nic.h"

/* For one list that becomes ours, or goes out. Not in every state. */
NDIS_STATUS
NicReference(
    PNIC_ADAPTER Adapter,
    BOOLEAN ForSend,
    BOOLEAN AtDispatch
    )
{
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;

    NIC_LOCK(&Adapter->Lock, AtDispatch);
    if (Adapter->State != NicRunning)
    {
        Status = NDIS_STATUS_PAUSED;
    }
    else if (ForSend && Adapter->Resetting)
    {
        Status = NDIS_STATUS_RESET_IN_PROGRESS;
    }
    else
    {
        NdisInterlockedIncrement(&Adapter->References);
        if (ForSend)
        {
            Adapter->Sends++;
        }
    }
    NIC_UNLOCK(&Adapter->Lock, AtDispatch);
    return Status;
}

/* The last reference completes a pause that pends; the adapter may be gone afterwards. */
VOID
NicDereference(
    PNIC_ADAPTER Adapter,
    BOOLEAN ForSend
    )
{
    NDIS_HANDLE Handle = Adapter->Handle;

    if (ForSend)
    {
        NdisAcquireSpinLock(&Adapter->Lock);
        Adapter->Sends--;
        NdisReleaseSpinLock(&Adapter->Lock);
    }
    if (NdisInterlockedDecrement(&Adapter->References) == 0)
    {
        NdisAcquireSpinLock(&Adapter->Lock);
        Adapter->State = NicPaused;
        NdisReleaseSpinLock(&Adapter->Lock);
        NdisMPauseComplete(Handle);
    }
}

NDIS_STATUS
NicRestart(
    NDIS_HANDLE MiniportAdapterContext,
    PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(RestartParameters);

    NicTxReset(Adapter);
    HwStartSending(Adapter);
    NicTxEnable(Adapter, TRUE);

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->References = 1;
    Adapter->State = NicRunning;
    NdisReleaseSpinLock(&Adapter->Lock);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
NicPause(
    NDIS_HANDLE MiniportAdapterContext,
    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(PauseParameters);

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->State = NicPausing;
    NdisReleaseSpinLock(&Adapter->Lock);

    /* What has not gone out yet does not any more. */
    HwStopSending(Adapter);
    NicTxAbort(Adapter, TRUE, NDIS_STATUS_PAUSED);

    if (NdisInterlockedDecrement(&Adapter->References) != 0)
    {
        return NDIS_STATUS_PENDING;     /* NicDereference completes it */
    }
    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->State = NicPaused;
    NdisReleaseSpinLock(&Adapter->Lock);
    return NDIS_STATUS_SUCCESS;
}

BOOLEAN
NicCheckForHang(
    NDIS_HANDLE MiniportAdapterContext
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportAdapterContext;

    return (BOOLEAN)(InterlockedExchange(&Adapter->HangDetected, 0) != 0);
}

/* Work items: counted, so that halt can wait for them. */
VOID
NicWorkBegin(
    PNIC_ADAPTER Adapter
    )
{
    NdisAcquireSpinLock(&Adapter->Lock);
    if (Adapter->WorkItems++ == 0)
    {
        NdisResetEvent(&Adapter->WorkIdle);
    }
    NdisReleaseSpinLock(&Adapter->Lock);
}

VOID
NicWorkEnd(
    PNIC_ADAPTER Adapter
    )
{
    NdisAcquireSpinLock(&Adapter->Lock);
    if (--Adapter->WorkItems == 0)
    {
        NdisSetEvent(&Adapter->WorkIdle);
    }
    NdisReleaseSpinLock(&Adapter->Lock);
}

/* The chip may need milliseconds to reset, and NDIS may call at DISPATCH_LEVEL. */
NDIS_STATUS
NicReset(
    NDIS_HANDLE MiniportAdapterContext,
    PBOOLEAN AddressingReset
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportAdapterContext;
    BOOLEAN Already;

    *AddressingReset = FALSE;

    NdisAcquireSpinLock(&Adapter->Lock);
    Already = Adapter->Resetting;
    Adapter->Resetting = TRUE;
    NdisReleaseSpinLock(&Adapter->Lock);
    if (Already)
    {
        return NDIS_STATUS_RESET_IN_PROGRESS;
    }
    NicWorkBegin(Adapter);
    NdisQueueIoWorkItem(Adapter->ResetItem, NicResetWork, Adapter);
    return NDIS_STATUS_PENDING;
}

VOID
NicResetWork(
    PVOID WorkItemContext,
    NDIS_HANDLE NdisIoWorkItemHandle
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)WorkItemContext;
    NDIS_HANDLE Handle = Adapter->Handle;
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;
    BOOLEAN Busy;

    UNREFERENCED_PARAMETER(NdisIoWorkItemHandle);

    NicDisableInterrupts(Adapter);
    NicRxDisable(Adapter);
    HwStop(Adapter);
    NicAbortOid(Adapter);
    do
    {
        /* A NET_BUFFER that NDIS is mapping comes back later, and so does a request that is being
         * worked on. */
        NicTxAbort(Adapter, FALSE, NDIS_STATUS_RESET_IN_PROGRESS);
        NdisAcquireSpinLock(&Adapter->Lock);
        Busy = (BOOLEAN)(Adapter->Sends != 0 || Adapter->OidRunning);
        NdisReleaseSpinLock(&Adapter->Lock);
        if (Busy)
        {
            NdisMSleep(1000);
        }
    } while (Busy);

    if (HwReset(Adapter, HwSleep))
    {
        NicTxReset(Adapter);
        NicRxReset(Adapter);
        HwStart(Adapter);
        NicTxEnable(Adapter, FALSE);
        NicEnableInterrupts(Adapter);
    }
    else
    {
        NdisWriteErrorLogEntry(Handle, NDIS_ERROR_CODE_HARDWARE_FAILURE, 1, HW_CONTROL_RESET);
        Status = NDIS_STATUS_HARD_ERRORS;
    }

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Resetting = FALSE;
    NdisReleaseSpinLock(&Adapter->Lock);
    NdisMResetComplete(Handle, Status, TRUE);
    NicWorkEnd(Adapter);
}

/* Every two seconds: looks at the link and tells NDIS when it changes. */
VOID
NicLinkTick(
    PVOID SystemSpecific1,
    PVOID FunctionContext,
    PVOID SystemSpecific2,
    PVOID SystemSpecific3
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)FunctionContext;
    NDIS_STATUS_INDICATION Indication;
    NDIS_LINK_STATE LinkState;
    BOOLEAN FullDuplex, Up, Changed;

    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);

    Up = Adapter->Chip->ReadLink(Adapter, &FullDuplex);

    NdisDprAcquireSpinLock(&Adapter->Lock);
    Changed = (BOOLEAN)(!Adapter->Resetting &&
                        (Up != Adapter->LinkUp || FullDuplex != Adapter->FullDuplex));
    if (Changed)
    {
        Adapter->LinkUp = Up;
        Adapter->FullDuplex = FullDuplex;
    }
    NdisDprReleaseSpinLock(&Adapter->Lock);
    if (!Changed)
    {
        return;
    }

    NdisZeroMemory(&LinkState, sizeof(LinkState));
    LinkState.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    LinkState.Header.Revision = NDIS_LINK_STATE_REVISION_1;
    LinkState.Header.Size = NDIS_SIZEOF_LINK_STATE_REVISION_1;
    LinkState.MediaConnectState = Up ? MediaConnectStateConnected : MediaConnectStateDisconnected;
    LinkState.MediaDuplexState = !Up ? MediaDuplexStateUnknown
                                     : FullDuplex ? MediaDuplexStateFull : MediaDuplexStateHalf;
    LinkState.XmitLinkSpeed = Up ? Adapter->Chip->LinkSpeed : NDIS_LINK_SPEED_UNKNOWN;
    LinkState.RcvLinkSpeed = LinkState.XmitLinkSpeed;
    LinkState.PauseFunctions = NdisPauseFunctionsUnsupported;

    NdisZeroMemory(&Indication, sizeof(Indication));
    Indication.Header.Type = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    Indication.Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
    Indication.Header.Size = NDIS_SIZEOF_STATUS_INDICATION_REVISION_1;
    Indication.SourceHandle = Adapter->Handle;
    Indication.StatusCode = NDIS_STATUS_LINK_STATE;
    Indication.StatusBuffer = &LinkState;
    Indication.StatusBufferSize = sizeof(LinkState);
    NdisMIndicateStatusEx(Adapter->Handle, &Indication);
}

static VOID
NicSetWatchdog(
    PNIC_ADAPTER Adapter
    )
{
    LARGE_INTEGER DueTime;

    DueTime.QuadPart = -(LONGLONG)NIC_WATCHDOG_TIME * 10000;
    NdisSetTimerObject(Adapter->WatchdogTimer, DueTime, 0, NULL);
}

/* At DISPATCH_LEVEL, while a send is ours: halt cannot come in between. */
VOID
NicArmWatchdog(
    PNIC_ADAPTER Adapter
    )
{
    BOOLEAN Arm;

    NdisDprAcquireSpinLock(&Adapter->Lock);
    Arm = (BOOLEAN)(!Adapter->WatchdogArmed && !Adapter->Stopping);
    if (Arm)
    {
        Adapter->WatchdogArmed = TRUE;
        Adapter->WatchdogProgress = Adapter->Tx.Progress;
        NdisResetEvent(&Adapter->WatchdogIdle);
    }
    NdisDprReleaseSpinLock(&Adapter->Lock);
    if (Arm)
    {
        NicSetWatchdog(Adapter);
    }
}

/* Looks whether the chip has sent anything since the last time. Sets itself again while there is
 * something to send. */
VOID
NicWatchdogTick(
    PVOID SystemSpecific1,
    PVOID FunctionContext,
    PVOID SystemSpecific2,
    PVOID SystemSpecific3
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)FunctionContext;
    BOOLEAN Busy, Again;
    ULONG Progress;

    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);

    NdisDprAcquireSpinLock(&Adapter->TxLock);
    Busy = (BOOLEAN)(Adapter->Tx.Free != NIC_TX_DESCRIPTORS || Adapter->Tx.Waiting.Head != NULL);
    Progress = Adapter->Tx.Progress;
    NdisDprReleaseSpinLock(&Adapter->TxLock);

    if (Busy && Progress == Adapter->WatchdogProgress)
    {
        InterlockedExchange(&Adapter->HangDetected, 1);
    }

    NdisDprAcquireSpinLock(&Adapter->Lock);
    Again = (BOOLEAN)(Busy && !Adapter->Stopping);
    Adapter->WatchdogProgress = Progress;
    Adapter->WatchdogArmed = Again;
    if (!Again)
    {
        NdisSetEvent(&Adapter->WatchdogIdle);
    }
    NdisDprReleaseSpinLock(&Adapter->Lock);
    if (Again)
    {
        NicSetWatchdog(Adapter);
    }
}

/* Halt: no timer function runs or will run afterwards. */
VOID
NicStopTimers(
    PNIC_ADAPTER Adapter
    )
{
    NdisCancelTimerObject(Adapter->LinkTimer);  /* periodic: this waits for the function, too */

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Stopping = TRUE;
    NdisReleaseSpinLock(&Adapter->Lock);
    if (NdisCancelTimerObject(Adapter->WatchdogTimer))
    {
        Adapter->WatchdogArmed = FALSE;
        NdisSetEvent(&Adapter->WatchdogIdle);
    }
    NdisWaitEvent(&Adapter->WatchdogIdle, 0);
}
