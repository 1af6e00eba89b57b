#include "work.h"

int Work(void)
{
    if (Random() > 3)
        return 1;
    return 0;
}
