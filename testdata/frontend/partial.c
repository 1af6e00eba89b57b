// Where something is missing, the smallest part that needs it is left out, and the rest is analysed.
#include <ndis_sample.h>
#include "not_there.h"
#ifndef BUILD_VERSION
#error the build defines BUILD_VERSION
#endif

typedef struct _ADAPTER {
    ULONG Count;
    FOREIGN_HANDLE Foreign;
    UCHAR_FROM_ELSEWHERE Address[FOREIGN_LENGTH];
} ADAPTER;

static const struct { int a; } Broken[] = {
    { ] },
    { 2 ) },
};
int *Odd = &(int[]){ 1, + };
FOREIGN_CALLBACK ForeignCallback;
struct Unfinished Value;

int Values(ADAPTER *Adapter, int x)
{
    int r = x + FOREIGN_CONSTANT;
    Adapter->Foreign = FOREIGN_MACRO(x);
    if (x == FOREIGN_STATUS) // the branch stays
        r = 1;
    switch (x) {
    case FOREIGN_CASE:
        return 2;
    }
    return r;
}

int Statements(ADAPTER *Adapter, int x)
{
    int kept = x > 3 ? 1 : 2;
    int *p = &Adapter->NoSuchField;
    Adapter->NoSuchField = 3;
    x = Adapter->NoSuchField + kept;
    if (Adapter->NoSuchField == x) {
        kept = 5;
    }
    for (x = Adapter->NoSuchField; x < Adapter->NoSuchField; x += Adapter->NoSuchField)
        kept++;
    Values(&Adapter->NoSuch, x +);
    return Adapter->NoSuchField;
}

int Initials(int x)
{
    return Broken[x].a + *Odd;
}

int Whole(int x)
{
    FOREIGN_LOOP(x) {
        int y = ] x;
    }
    if (x) {
#ifdef NEVER
    } else {
#endif
        x = ) 2;
    }
    return x;
}

void ForeignCallback(int x)
{
    if (x) Whole(x);
}

int Rest(int x)
{
    return x ? 1 : 2;
}
