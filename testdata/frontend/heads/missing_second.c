#include "not_there.h"
int second(int x)
{
    return x ? 1 : 2;
}
