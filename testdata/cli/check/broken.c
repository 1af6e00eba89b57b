#include <gate.h>

int DriverEntry(void)
{
    return Undeclared + 1;
}
