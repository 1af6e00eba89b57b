#include <gate.h>

int Work(void);

int DriverEntry(void)
{
    GATE gate;
    int status = GateOpen(&gate);

    if (status != GATE_OK)
        return status;
    status = Work();
    if (status != 0)
        return status;
    GateClose(gate);
    return 0;
}
