/* The entry of the model: the life of one driver, from DriverEntry to unload.
 *
 * Pages: initializing-a-miniport-driver, unloading-a-miniport-driver, initializing-a-filter-driver,
 * unloading-a-filter-driver, nc-ndis-miniport_unload. */
#include "model.h"

static struct _DRIVER_EXTENSION model_driver_extension;
DRIVER_OBJECT model_driver_object;

/* A file or library without DriverEntry counts as loaded. */
static BOOLEAN load_driver(void)
{
    DRIVER_INITIALIZE *entry = (DRIVER_INITIALIZE *)drvlint_function("DriverEntry");
    DRIVER_OBJECT *driver = &model_driver_object;
    PUNICODE_STRING path;
    NTSTATUS status;

    model_irql = PASSIVE_LEVEL;
    if (!entry)
        return TRUE;
    model_driver_extension.DriverObject = driver;
    driver->DriverExtension = &model_driver_extension;
    path = (PUNICODE_STRING)drvlint_fresh();
    RUN_FOR(status, PASSIVE_LEVEL, "DRIVER_INITIALIZE", entry, driver, path);
    return NT_SUCCESS(status);
}

/* NDIS puts its own routine into DriverUnload when a miniport driver registers, and calls the
 * driver's UnloadHandler from there. */
static void unload_driver(void)
{
    DRIVER_OBJECT *driver = &model_driver_object;
    MINIPORT_UNLOAD *miniport = HANDLER(model_miniport.unload, "MINIPORT_UNLOAD");
    DRIVER_UNLOAD *wdm = HANDLER(driver->DriverUnload, "DRIVER_UNLOAD");

    if (miniport)
        RUN(PASSIVE_LEVEL, "MINIPORT_UNLOAD", miniport, driver);
    else if (wdm)
        RUN(PASSIVE_LEVEL, "DRIVER_UNLOAD", wdm, driver);
}

/* A driver may have several sides: a multiplexer is a protocol driver below and a miniport driver
 * above, and its adapters live while a binding does. If no registration was seen, the handlers are
 * those that are declared with a role. */
void drvlint_harness(void)
{
    BOOLEAN miniport, filter, protocol, unknown;

    if (!load_driver())
        return;
    miniport = model_miniport.driver != NULL;
    filter = model_filter.driver != NULL;
    protocol = model_protocol.driver != NULL;
    unknown = !miniport && !filter && !protocol;
    while (drvlint_choose()) {
        if ((miniport && !protocol) || unknown)
            model_run_adapter();
        if (filter || unknown)
            model_run_module();
        if (protocol || unknown)
            model_run_binding();
        model_run_device_requests();
        model_run_declared();
    }
    unload_driver();
}
