/* Interrupts: registration, the ISR and its DPC, synchronization.
 *
 * Pages: nf-ndis-ndismregisterinterruptex, nf-ndis-ndismderegisterinterruptex,
 * nf-ndis-ndismsynchronizewithinterruptex, nf-ndis-ndismqueuedpc, nc-ndis-miniport_isr. */
#include "model.h"

struct model_interrupt model_interrupt;

static void line_dpc(PVOID dpc_context)
{
    NDIS_HANDLE context = model_interrupt.context;
    MINIPORT_INTERRUPT_DPC *dpc = model_interrupt.dpc;
    PVOID throttle = drvlint_fresh(), reserved = drvlint_any_pointer();

    if (dpc)
        RUN(DISPATCH_LEVEL, "MINIPORT_INTERRUPT_DPC", dpc, context, dpc_context, throttle,
            reserved);
}

static void message_dpc(ULONG message, PVOID dpc_context)
{
    NDIS_HANDLE context = model_interrupt.context;
    MINIPORT_MESSAGE_INTERRUPT_DPC *dpc = model_interrupt.message_dpc;
    PVOID throttle = drvlint_fresh(), reserved = drvlint_any_pointer();

    if (dpc)
        RUN(DISPATCH_LEVEL, "MINIPORT_MESSAGE_INTERRUPT_DPC", dpc, context, message, dpc_context,
            throttle, reserved);
}

/* Is the default DPC to run? */
static BOOLEAN line_isr(void)
{
    NDIS_HANDLE context = model_interrupt.context;
    MINIPORT_ISR *isr = model_interrupt.isr;
    BOOLEAN recognized, queue = FALSE;
    ULONG processors = 0;
    PBOOLEAN ret_queue = &queue;
    PULONG ret_processors = &processors;

    if (!isr)
        return FALSE;
    RUN_FOR(recognized, MODEL_DEVICE_LEVEL, "MINIPORT_ISR", isr, context, ret_queue,
            ret_processors);
    return recognized && queue;
}

static BOOLEAN message_isr(ULONG message)
{
    NDIS_HANDLE context = model_interrupt.context;
    MINIPORT_MESSAGE_INTERRUPT *isr = model_interrupt.message_isr;
    BOOLEAN recognized, queue = FALSE;
    ULONG processors = 0;
    PBOOLEAN ret_queue = &queue;
    PULONG ret_processors = &processors;

    if (!isr)
        return FALSE;
    RUN_FOR(recognized, MODEL_DEVICE_LEVEL, "MINIPORT_MESSAGE_INTERRUPT", isr, context, message,
            ret_queue, ret_processors);
    return recognized && queue;
}

/* NDIS disables and enables the device's interrupts on its own, too. */
static void disable_and_enable(void)
{
    NDIS_HANDLE context = model_interrupt.context;
    MINIPORT_DISABLE_INTERRUPT *disable = model_interrupt.disable;
    MINIPORT_ENABLE_INTERRUPT *enable = model_interrupt.enable;

    if (disable)
        RUN(MODEL_DEVICE_LEVEL, "MINIPORT_DISABLE_INTERRUPT", disable, context);
    if (enable)
        RUN(MODEL_DEVICE_LEVEL, "MINIPORT_ENABLE_INTERRUPT", enable, context);
}

static void disable_and_enable_message(ULONG message)
{
    NDIS_HANDLE context = model_interrupt.context;
    MINIPORT_DISABLE_MESSAGE_INTERRUPT *disable = model_interrupt.disable_message;
    MINIPORT_ENABLE_MESSAGE_INTERRUPT *enable = model_interrupt.enable_message;

    if (disable)
        RUN(MODEL_DEVICE_LEVEL, "MINIPORT_DISABLE_MESSAGE_INTERRUPT", disable, context, message);
    if (enable)
        RUN(MODEL_DEVICE_LEVEL, "MINIPORT_ENABLE_MESSAGE_INTERRUPT", enable, context, message);
}

/* One interrupt: the ISR, then the DPC if the ISR or anybody before it has asked for one. */
void model_run_interrupt(void)
{
    PVOID none = NULL;
    ULONG message;
    BOOLEAN queue;

    if (!model_interrupt.handle)
        return;
    message = drvlint_any_u32();
    queue = model_interrupt.message_based ? message_isr(message) : line_isr();
    if (queue) {
        if (model_interrupt.message_based)
            message_dpc(message, none);
        else
            line_dpc(none);
    }
    if (model_interrupt.dpc_requested) {
        PVOID requested = model_interrupt.dpc_context;

        model_interrupt.dpc_requested = FALSE;
        if (model_interrupt.message_based)
            message_dpc(message, requested);
        else
            line_dpc(requested);
    }
    if (drvlint_choose()) {
        if (model_interrupt.message_based)
            disable_and_enable_message(message);
        else
            disable_and_enable();
    }
}

static void copy_interrupt(PNDIS_MINIPORT_INTERRUPT_CHARACTERISTICS from)
{
    model_interrupt.isr = from->InterruptHandler;
    model_interrupt.dpc = from->InterruptDpcHandler;
    model_interrupt.disable = from->DisableInterruptHandler;
    model_interrupt.enable = from->EnableInterruptHandler;
    model_interrupt.message_isr = from->MessageInterruptHandler;
    model_interrupt.message_dpc = from->MessageInterruptDpcHandler;
    model_interrupt.disable_message = from->DisableMessageInterruptHandler;
    model_interrupt.enable_message = from->EnableMessageInterruptHandler;
}

/* The driver's handle is not written when this fails. Interrupts may come from the moment of the
 * registration on: the first while the adapter is still being initialized, and any number later. */
NDIS_STATUS
NdisMRegisterInterruptEx(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportInterruptContext,
                         PNDIS_MINIPORT_INTERRUPT_CHARACTERISTICS MiniportInterruptCharacteristics,
                         PNDIS_HANDLE NdisInterruptHandle)
{
    if (drvlint_choose())
        return model_failure();
    copy_interrupt(MiniportInterruptCharacteristics);
    model_interrupt.handle = drvlint_fresh();
    model_interrupt.context = MiniportInterruptContext;
    model_interrupt.dpc_requested = FALSE;
    if (MiniportInterruptCharacteristics->MsiSupported && drvlint_choose()) {
        model_interrupt.message_based = TRUE;
        MiniportInterruptCharacteristics->InterruptType = NDIS_CONNECT_MESSAGE_BASED;
        MiniportInterruptCharacteristics->MessageInfoTable =
            (PIO_INTERRUPT_MESSAGE_INFO)drvlint_fresh();
    } else {
        model_interrupt.message_based = FALSE;
        MiniportInterruptCharacteristics->InterruptType = NDIS_CONNECT_LINE_BASED;
        MiniportInterruptCharacteristics->MessageInfoTable = NULL;
    }
    *NdisInterruptHandle = model_interrupt.handle;
    if (drvlint_choose())
        model_run_interrupt();
    return NDIS_STATUS_SUCCESS;
}

void model_forget_interrupt(void)
{
    NdisZeroMemory(&model_interrupt, sizeof(model_interrupt));
}

/* Waits for running DPCs; none follows. */
void NdisMDeregisterInterruptEx(NDIS_HANDLE NdisInterruptHandle)
{
    if (NdisInterruptHandle == model_interrupt.handle)
        model_forget_interrupt();
}

BOOLEAN NdisMSynchronizeWithInterruptEx(NDIS_HANDLE NdisInterruptHandle, ULONG MessageId,
                                        MINIPORT_SYNCHRONIZE_INTERRUPT_HANDLER SynchronizeFunction,
                                        PVOID SynchronizeContext)
{
    BOOLEAN result;

    RUN_FOR(result, MODEL_DEVICE_LEVEL, "MINIPORT_SYNCHRONIZE_INTERRUPT", SynchronizeFunction,
            SynchronizeContext);
    return result;
}

ULONG NdisMQueueDpc(NDIS_HANDLE NdisInterruptHandle, ULONG MessageId, ULONG TargetProcessors,
                    PVOID MiniportDpcContext)
{
    model_interrupt.dpc_requested = TRUE;
    model_interrupt.dpc_context = MiniportDpcContext;
    return drvlint_any_u32();
}

KAFFINITY NdisMQueueDpcEx(NDIS_HANDLE NdisInterruptHandle, ULONG MessageId,
                          PGROUP_AFFINITY TargetProcessors, PVOID MiniportDpcContext)
{
    model_interrupt.dpc_requested = TRUE;
    model_interrupt.dpc_context = MiniportDpcContext;
    return (KAFFINITY)drvlint_any_u64();
}

NDIS_STATUS NdisMConfigMSIXTableEntry(NDIS_HANDLE NdisMiniportHandle,
                                      PNDIS_MSIX_CONFIG_PARAMETERS MSIXConfigParameters)
{
    return model_any_result();
}
