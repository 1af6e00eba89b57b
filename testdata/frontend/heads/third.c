#include "precomp.h"
// What is missing here is taken as unknown; the header is in order.
int Unknown(ADAPTER *Adapter)
{
    if (Adapter->Flags == FOREIGN_CONSTANT)
        return 1;
    return Ready(Adapter);
}
