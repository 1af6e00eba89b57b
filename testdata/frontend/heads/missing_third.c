#include "not_there.h"
int third(int x)
{
    return x ? 1 : 2;
}
