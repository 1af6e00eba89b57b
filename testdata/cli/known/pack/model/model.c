#include "gate.h"

int drvlint_choose(void);
void *drvlint_fresh(void);
void *drvlint_function(const char *name);
void drvlint_enter(const char *role, ...);
void drvlint_leave(const char *role, ...);

int GateOpen(GATE *gate)
{
    if (drvlint_choose())
        return GATE_BUSY;
    *gate = drvlint_fresh();
    return GATE_OK;
}

void GateClose(GATE gate)
{
    (void)gate;
}

void drvlint_harness(void)
{
    int (*entry)(void) = (int (*)(void))drvlint_function("DriverEntry");
    int status;

    if (!entry)
        return;
    drvlint_enter("ENTRY");
    status = entry();
    drvlint_leave("ENTRY", status);
}
