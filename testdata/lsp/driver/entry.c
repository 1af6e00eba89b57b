#include "work.h"

int DriverEntry(void)
{
    GATE gate;
    int status = GateOpen(&gate);

    if (status != GATE_OK)
        return status;
    status = Work();
    /* ä😀 */ if (status != 0) return status;
    GateClose(gate);
    return 0;
}
