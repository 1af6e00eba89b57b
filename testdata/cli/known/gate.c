#include <gate.h>

int DriverEntry(void)
{
    GATE gate;
    int status = GateOpen(&gate);

    return status;
}
