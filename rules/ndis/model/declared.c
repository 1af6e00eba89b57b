/* Callbacks of NDIS drivers that are declared with their role, but whose registration nobody has
 * seen. Contexts and other arguments are unknown. */
#include "model.h"

static void declared_interrupt(NDIS_HANDLE context)
{
    MINIPORT_ISR *isr = (MINIPORT_ISR *)drvlint_declared("MINIPORT_ISR");
    MINIPORT_INTERRUPT_DPC *dpc =
        (MINIPORT_INTERRUPT_DPC *)drvlint_declared("MINIPORT_INTERRUPT_DPC");
    MINIPORT_DISABLE_INTERRUPT *disable =
        (MINIPORT_DISABLE_INTERRUPT *)drvlint_declared("MINIPORT_DISABLE_INTERRUPT");
    MINIPORT_ENABLE_INTERRUPT *enable =
        (MINIPORT_ENABLE_INTERRUPT *)drvlint_declared("MINIPORT_ENABLE_INTERRUPT");
    BOOLEAN queue = FALSE, recognized;
    ULONG processors = 0;
    PBOOLEAN ret_queue = &queue;
    PULONG ret_processors = &processors;
    PVOID any = drvlint_any_pointer();

    if (isr && drvlint_choose())
        RUN_FOR(recognized, MODEL_DEVICE_LEVEL, "MINIPORT_ISR", isr, context, ret_queue,
                ret_processors);
    if (dpc && drvlint_choose())
        RUN(DISPATCH_LEVEL, "MINIPORT_INTERRUPT_DPC", dpc, context, any, any, any);
    if (disable && drvlint_choose())
        RUN(MODEL_DEVICE_LEVEL, "MINIPORT_DISABLE_INTERRUPT", disable, context);
    if (enable && drvlint_choose())
        RUN(MODEL_DEVICE_LEVEL, "MINIPORT_ENABLE_INTERRUPT", enable, context);
}

static void declared_message_interrupt(NDIS_HANDLE context)
{
    MINIPORT_MESSAGE_INTERRUPT *isr =
        (MINIPORT_MESSAGE_INTERRUPT *)drvlint_declared("MINIPORT_MESSAGE_INTERRUPT");
    MINIPORT_MESSAGE_INTERRUPT_DPC *dpc =
        (MINIPORT_MESSAGE_INTERRUPT_DPC *)drvlint_declared("MINIPORT_MESSAGE_INTERRUPT_DPC");
    MINIPORT_DISABLE_MESSAGE_INTERRUPT *disable =
        (MINIPORT_DISABLE_MESSAGE_INTERRUPT *)drvlint_declared(
            "MINIPORT_DISABLE_MESSAGE_INTERRUPT");
    MINIPORT_ENABLE_MESSAGE_INTERRUPT *enable =
        (MINIPORT_ENABLE_MESSAGE_INTERRUPT *)drvlint_declared("MINIPORT_ENABLE_MESSAGE_INTERRUPT");
    BOOLEAN queue = FALSE, recognized;
    ULONG processors = 0, message = drvlint_any_u32();
    PBOOLEAN ret_queue = &queue;
    PULONG ret_processors = &processors;
    PVOID any = drvlint_any_pointer();

    if (isr && drvlint_choose())
        RUN_FOR(recognized, MODEL_DEVICE_LEVEL, "MINIPORT_MESSAGE_INTERRUPT", isr, context, message,
                ret_queue, ret_processors);
    if (dpc && drvlint_choose())
        RUN(DISPATCH_LEVEL, "MINIPORT_MESSAGE_INTERRUPT_DPC", dpc, context, message, any, any, any);
    if (disable && drvlint_choose())
        RUN(MODEL_DEVICE_LEVEL, "MINIPORT_DISABLE_MESSAGE_INTERRUPT", disable, context, message);
    if (enable && drvlint_choose())
        RUN(MODEL_DEVICE_LEVEL, "MINIPORT_ENABLE_MESSAGE_INTERRUPT", enable, context, message);
}

/* These run inside functions as a rule, but at levels of their own. */
static void declared_inside(PVOID context)
{
    MINIPORT_SYNCHRONIZE_INTERRUPT *synchronize =
        (MINIPORT_SYNCHRONIZE_INTERRUPT *)drvlint_declared("MINIPORT_SYNCHRONIZE_INTERRUPT");
    MINIPORT_PROCESS_SG_LIST *process =
        (MINIPORT_PROCESS_SG_LIST *)drvlint_declared("MINIPORT_PROCESS_SG_LIST");
    SET_OPTIONS *set_options = (SET_OPTIONS *)drvlint_declared("SET_OPTIONS");
    BOOLEAN result;
    NDIS_STATUS status;

    if (synchronize && drvlint_choose())
        RUN_FOR(result, MODEL_DEVICE_LEVEL, "MINIPORT_SYNCHRONIZE_INTERRUPT", synchronize, context);
    if (process && drvlint_choose()) {
        PDEVICE_OBJECT device = (PDEVICE_OBJECT)drvlint_fresh();
        PVOID reserved = NULL;
        PSCATTER_GATHER_LIST list = (PSCATTER_GATHER_LIST)drvlint_fresh();
        RUN(DISPATCH_LEVEL, "MINIPORT_PROCESS_SG_LIST", process, device, reserved, list, context);
    }
    if (set_options && drvlint_choose()) {
        NDIS_HANDLE driver = drvlint_fresh();
        RUN_FOR(status, PASSIVE_LEVEL, "SET_OPTIONS", set_options, driver, context);
    }
}

static void declared_later(PVOID context)
{
    NDIS_TIMER_FUNCTION *timer = (NDIS_TIMER_FUNCTION *)drvlint_declared("NDIS_TIMER_FUNCTION");
    NDIS_IO_WORKITEM_FUNCTION *work =
        (NDIS_IO_WORKITEM_FUNCTION *)drvlint_declared("NDIS_IO_WORKITEM_FUNCTION");
    MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE *complete =
        (MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE *)drvlint_declared(
            "MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE");
    NDIS_POLL *poll = (NDIS_POLL *)drvlint_declared("NDIS_POLL");
    PVOID unused = NULL;

    if (timer && drvlint_choose())
        RUN(DISPATCH_LEVEL, "NDIS_TIMER_FUNCTION", timer, unused, context, unused, unused);
    if (work && drvlint_choose()) {
        NDIS_HANDLE item = drvlint_fresh();
        RUN(PASSIVE_LEVEL, "NDIS_IO_WORKITEM_FUNCTION", work, context, item);
    }
    if (complete && drvlint_choose()) {
        PVOID memory = FRESH_OR_NULL(), request = drvlint_any_pointer();
        PNDIS_PHYSICAL_ADDRESS address = memory ? (PNDIS_PHYSICAL_ADDRESS)drvlint_fresh() : NULL;
        ULONG length = drvlint_any_u32();
        RUN(PASSIVE_LEVEL, "MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE", complete, context, memory,
            address, length, request);
    }
    if (poll && drvlint_choose()) {
        PNDIS_POLL_DATA data = (PNDIS_POLL_DATA)drvlint_fresh();
        RUN(DISPATCH_LEVEL, "NDIS_POLL", poll, context, data);
    }
}

void model_run_declared(void)
{
    declared_interrupt(drvlint_any_pointer());
    declared_message_interrupt(drvlint_any_pointer());
    declared_inside(drvlint_any_pointer());
    declared_later(drvlint_any_pointer());
    model_run_declared_work();
}
