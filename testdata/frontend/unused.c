// Static functions that nothing refers to are compiled nevertheless: one may be a callback that is
// only declared with its role.
#include <ndis_sample.h>

static MINIPORT_HALT OnlyDeclared;

static int Helper(int x)
{
    return x > 3 ? x : 4;
}

static int Odd(int x);
static int Even(int x) { return x ? Odd(x - 1) : 1; }
static int Odd(int x) { return x ? Even(x - 1) : 0; }
static inline int Inline(int x) { return x; }

static void OnlyDeclared(NDIS_HANDLE Context, int Action)
{
    if (Helper(Action))
        OnlyDeclared(Context, 0);
}

static int Used(int x) { return x; }
int (*Reference)(int) = Used;
