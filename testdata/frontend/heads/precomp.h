// What the sources begin with. It has no guard: reading it twice is an error.
#include <ndis_sample.h>
#include "generated.h"

#pragma pack(push, 1)
typedef struct _WIRE {
    unsigned char Kind;
    ULONG Length;
} WIRE;
#pragma pack(pop)

typedef struct _ADAPTER {
    ULONG Flags;
    WIRE Wire;
} ADAPTER;

MINIPORT_INITIALIZE HeadInitialize;
MINIPORT_HALT HeadHalt;
static MINIPORT_HALT Unreferenced;

int Conflict(int);

#define IS_UP(a) ((a)->Flags & 1)

static inline int Ready(ADAPTER *Adapter)
{
    if (IS_UP(Adapter) && Adapter->Wire.Kind)
        return 1;
    return Adapter->Wire.Length > 4 ? 2 : 3;
}

static int Shared(ADAPTER *Adapter)
{
    return Ready(Adapter);
}
