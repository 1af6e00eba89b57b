#define BEFORE 1
#include "precomp.h"
// Begins otherwise.
int Fifth(ADAPTER *Adapter)
{
    return Adapter->Flags == BEFORE;
}
