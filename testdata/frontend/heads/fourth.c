#include "precomp.h"
// The header says otherwise, and has to be read with a change.
int Conflict(long Value, int More)
{
    return Value > 3 ? More : 0;
}
