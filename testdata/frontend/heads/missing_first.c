#include "not_there.h"
int first(int x)
{
    return x ? 1 : 2;
}
