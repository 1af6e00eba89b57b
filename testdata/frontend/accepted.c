// What the Microsoft compiler takes and clang does not is repaired; nothing is left out.
#include <ndis_sample.h>

typedef unsigned char UCHAR, *PUCHAR;
typedef long LONG;
NDIS_STATUS Initialize(NDIS_HANDLE Adapter, NDIS_HANDLE Context);
MINIPORT_HALT SampleHalt;
static void Helper(ULONG *Value);
struct _ADAPTER *Later(int x);
NDIS_STATUS UsesLaterTypes(NDIS_HANDLE Adapter);

typedef struct _ADAPTER {
    ULONG Count;
    void *Buffer;
} ADAPTER, *PADAPTER;

MINIPORT_HALT_HANDLER Table[] = {SampleHalt};

// The prototype has other parameter types, and is needed before the definition.
int Caller(PADAPTER Adapter)
{
    return UsesLaterTypes(Adapter) + Initialize(Adapter, 0);
}

NDIS_STATUS Initialize(PADAPTER Adapter, ADAPTER *Context)
{
    return Adapter == Context;
}

NDIS_STATUS UsesLaterTypes(PADAPTER Adapter)
{
    return Adapter->Count != 0;
}

VOID SampleHalt(PADAPTER Adapter, int Action)
{
    Helper(&Adapter->Count);
}

static void Helper(UCHAR *Value)
{
    (PUCHAR)Value += 4;
    *(PUCHAR)Value = 1;
}

void Casts(PADAPTER Adapter, void *p, unsigned long *(*add)(LONG *))
{
    (PUCHAR)p += 4;
    ((PUCHAR)p)++;
    *((PUCHAR)p)++ = 3;
    (PUCHAR)Adapter->Buffer = (PUCHAR)p + 1;
    if (add(&(LONG)Adapter->Count)) (LONG)Adapter->Count = -1;
}

UCHAR *Bytes = (UCHAR *)(__declspec(align(8)) UCHAR[]){1, 2, 3};
