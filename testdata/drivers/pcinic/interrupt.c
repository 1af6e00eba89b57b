/* Interrupts: line based and by message, and the DPC that both share. */
#include "nic.h"

static MINIPORT_ISR NicIsr;
static MINIPORT_INTERRUPT_DPC NicDpc;
static MINIPORT_DISABLE_INTERRUPT NicDisable;
static MINIPORT_ENABLE_INTERRUPT NicEnable;
static MINIPORT_MESSAGE_INTERRUPT NicMessageIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC NicMessageDpc;
static MINIPORT_DISABLE_MESSAGE_INTERRUPT NicDisableMessage;
static MINIPORT_ENABLE_MESSAGE_INTERRUPT NicEnableMessage;
static MINIPORT_SYNCHRONIZE_INTERRUPT NicSyncOn;
static MINIPORT_SYNCHRONIZE_INTERRUPT NicSyncOff;
static MINIPORT_SYNCHRONIZE_INTERRUPT NicSyncUnmask;

/* Takes the causes from the chip and masks it until the DPC has looked at them. */
static BOOLEAN
NicRecognize(
    PNIC_ADAPTER Adapter
    )
{
    ULONG Cause;

    if (!Adapter->InterruptsOn)
    {
        return FALSE;
    }
    Cause = HwRead(Adapter, HW_CAUSE);
    if (Cause == HW_GONE)
    {
        return FALSE;
    }
    Cause &= HW_CAUSE_ALL;
    if (Cause == 0)
    {
        return FALSE;
    }
    HwWrite(Adapter, HW_MASK, 0);
    HwWrite(Adapter, HW_CAUSE, Cause);
    InterlockedOr(&Adapter->Causes, (LONG)Cause);
    return TRUE;
}

static BOOLEAN
NicIsr(
    NDIS_HANDLE MiniportInterruptContext,
    PBOOLEAN QueueDefaultInterruptDpc,
    PULONG TargetProcessors
    )
{
    BOOLEAN Recognized = NicRecognize((PNIC_ADAPTER)MiniportInterruptContext);

    *QueueDefaultInterruptDpc = Recognized;
    *TargetProcessors = 0;
    return Recognized;
}

static BOOLEAN
NicMessageIsr(
    NDIS_HANDLE MiniportInterruptContext,
    ULONG MessageId,
    PBOOLEAN QueueDefaultInterruptDpc,
    PULONG TargetProcessors
    )
{
    UNREFERENCED_PARAMETER(MessageId);

    /* A message is not shared: whatever the causes are, it is ours. */
    *QueueDefaultInterruptDpc = NicRecognize((PNIC_ADAPTER)MiniportInterruptContext);
    *TargetProcessors = 0;
    return TRUE;
}

static VOID
NicHandleCauses(
    PNIC_ADAPTER Adapter,
    PNDIS_RECEIVE_THROTTLE_PARAMETERS Throttle
    )
{
    LONG Causes = InterlockedExchange(&Adapter->Causes, 0);
    ULONG Max = NIC_RX_MAX_BUFFERS;

    if (Causes & HW_CAUSE_FATAL)
    {
        InterlockedExchange(&Adapter->HangDetected, 1);
    }
    if (Causes & HW_CAUSE_TX)
    {
        NicTxInterrupt(Adapter);
    }
    if (Causes & HW_CAUSE_RX)
    {
        if (Throttle->MaxNblsToIndicate != NDIS_INDICATE_ALL_NBLS &&
            Throttle->MaxNblsToIndicate < Max)
        {
            Max = Throttle->MaxNblsToIndicate;
        }
        if (NicRxInterrupt(Adapter, Max))
        {
            InterlockedOr(&Adapter->Causes, HW_CAUSE_RX);
            Throttle->MoreNblsPending = 1;
            return;     /* still masked; NDIS calls again */
        }
    }
    if (Adapter->InterruptsOn)
    {
        NdisMSynchronizeWithInterruptEx(Adapter->Interrupt, 0, NicSyncUnmask, Adapter);
    }
}

static VOID
NicDpc(
    NDIS_HANDLE MiniportInterruptContext,
    PVOID MiniportDpcContext,
    PVOID ReceiveThrottleParameters,
    PVOID NdisReserved2
    )
{
    UNREFERENCED_PARAMETER(MiniportDpcContext);
    UNREFERENCED_PARAMETER(NdisReserved2);

    NicHandleCauses((PNIC_ADAPTER)MiniportInterruptContext,
                    (PNDIS_RECEIVE_THROTTLE_PARAMETERS)ReceiveThrottleParameters);
}

static VOID
NicMessageDpc(
    NDIS_HANDLE MiniportInterruptContext,
    ULONG MessageId,
    PVOID MiniportDpcContext,
    PVOID ReceiveThrottleParameters,
    PVOID NdisReserved2
    )
{
    UNREFERENCED_PARAMETER(MessageId);
    UNREFERENCED_PARAMETER(MiniportDpcContext);
    UNREFERENCED_PARAMETER(NdisReserved2);

    NicHandleCauses((PNIC_ADAPTER)MiniportInterruptContext,
                    (PNDIS_RECEIVE_THROTTLE_PARAMETERS)ReceiveThrottleParameters);
}

static VOID
NicDisable(
    NDIS_HANDLE MiniportInterruptContext
    )
{
    HwWrite((PNIC_ADAPTER)MiniportInterruptContext, HW_MASK, 0);
}

static VOID
NicEnable(
    NDIS_HANDLE MiniportInterruptContext
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportInterruptContext;

    if (Adapter->InterruptsOn)
    {
        HwWrite(Adapter, HW_MASK, HW_CAUSE_ALL);
    }
}

static VOID
NicDisableMessage(
    NDIS_HANDLE MiniportInterruptContext,
    ULONG MessageId
    )
{
    UNREFERENCED_PARAMETER(MessageId);
    NicDisable(MiniportInterruptContext);
}

static VOID
NicEnableMessage(
    NDIS_HANDLE MiniportInterruptContext,
    ULONG MessageId
    )
{
    UNREFERENCED_PARAMETER(MessageId);
    NicEnable(MiniportInterruptContext);
}

static BOOLEAN
NicSyncOn(
    NDIS_HANDLE SynchronizeContext
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)SynchronizeContext;

    Adapter->InterruptsOn = TRUE;
    HwWrite(Adapter, HW_MASK, HW_CAUSE_ALL);
    return TRUE;
}

static BOOLEAN
NicSyncOff(
    NDIS_HANDLE SynchronizeContext
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)SynchronizeContext;

    Adapter->InterruptsOn = FALSE;
    HwWrite(Adapter, HW_MASK, 0);
    return TRUE;
}

static BOOLEAN
NicSyncUnmask(
    NDIS_HANDLE SynchronizeContext
    )
{
    NicEnable(SynchronizeContext);
    return TRUE;
}

/* Interrupts stay off until NicEnableInterrupts; a shared line may call NicIsr at once. */
NDIS_STATUS
NicConnectInterrupt(
    PNIC_ADAPTER Adapter
    )
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    NDIS_STATUS Status;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = NicIsr;
    Chars.InterruptDpcHandler = NicDpc;
    Chars.DisableInterruptHandler = NicDisable;
    Chars.EnableInterruptHandler = NicEnable;
    if (Adapter->Chip->Messages && Adapter->MessageResource)
    {
        Chars.MsiSupported = TRUE;
        Chars.MsiSyncWithAllMessages = TRUE;
        Chars.MessageInterruptHandler = NicMessageIsr;
        Chars.MessageInterruptDpcHandler = NicMessageDpc;
        Chars.DisableMessageInterruptHandler = NicDisableMessage;
        Chars.EnableMessageInterruptHandler = NicEnableMessage;
    }

    Status = NdisMRegisterInterruptEx(Adapter->Handle, Adapter, &Chars, &Adapter->Interrupt);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisWriteErrorLogEntry(Adapter->Handle, NDIS_ERROR_CODE_INTERRUPT_CONNECT, 1,
                               (ULONG)Status);
        return Status;
    }
    Adapter->Has |= NIC_HAS_INTERRUPT;
    return NDIS_STATUS_SUCCESS;
}

/* Also waits for a DPC that is running. */
VOID
NicDisconnectInterrupt(
    PNIC_ADAPTER Adapter
    )
{
    if (Adapter->Has & NIC_HAS_INTERRUPT)
    {
        NdisMDeregisterInterruptEx(Adapter->Interrupt);
        Adapter->Interrupt = NULL;
        Adapter->Has &= ~NIC_HAS_INTERRUPT;
    }
}

VOID
NicEnableInterrupts(
    PNIC_ADAPTER Adapter
    )
{
    NdisMSynchronizeWithInterruptEx(Adapter->Interrupt, 0, NicSyncOn, Adapter);
}

VOID
NicDisableInterrupts(
    PNIC_ADAPTER Adapter
    )
{
    NdisMSynchronizeWithInterruptEx(Adapter->Interrupt, 0, NicSyncOff, Adapter);
}
