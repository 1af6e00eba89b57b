/* Which memory instructions touch: one function per idea. */
#include <ndis.h>

typedef struct _INNER {
    ULONG X;
    ULONG Y;
} INNER;

typedef struct _ADAPTER {
    NDIS_HANDLE Handle;
    INNER In;
    INNER Many[4];
    UCHAR Bytes[16];
    LIST_ENTRY Link;
    union {
        ULONG Whole;
        USHORT Half[2];
    } U;
} ADAPTER;

typedef struct _RING {
    ULONG Head;
    ULONG Tail;
} RING;

ADAPTER *gAdapter;
ULONG gCount;

/* The innermost field; an unknown index stays in its array. */
void Fields(ADAPTER *A, ULONG i)
{
    A->In.Y = A->In.X;
    A->Many[i].X = 1;
    A->Bytes[i] = 2;
}

/* Members of a union are one class, whatever their size. */
void Unions(ADAPTER *A)
{
    A->U.Half[1] = (USHORT)A->U.Whole;
}

static void Set(NDIS_HANDLE *Where)
{
    *Where = NULL;
}

/* Set() writes what its callers give it: a field and a local variable. */
NDIS_HANDLE AddressTaken(ADAPTER *A)
{
    NDIS_HANDLE Local;
    Set(&Local);
    Set(&A->Handle);
    return Local;
}

/* A struct in a buffer of bytes: both names of the memory are touched. */
ULONG Cast(void)
{
    UCHAR Buffer[64];
    ((INNER *)Buffer)->Y = 5;
    return Buffer[4];
}

/* From a link back to the record that it is in. */
void Containing(LIST_ENTRY *Entry)
{
    ADAPTER *A = CONTAINING_RECORD(Entry, ADAPTER, Link);
    NdisZeroMemory(A, sizeof(*A));
}

static PVOID Allocate(ULONG Size)
{
    return NdisAllocateMemoryWithTagPriority(gAdapter->Handle, Size, 'tseT', NormalPoolPriority);
}

/* Two objects from one allocator, each with its own type. */
void Allocated(void)
{
    ADAPTER *A = Allocate(sizeof(*A));
    RING *R = Allocate(sizeof(*R));
    ULONG *Plain = Allocate(100);
    NdisZeroMemory(A, sizeof(*A));
    NdisZeroMemory(R, sizeof(*R));
    Plain[gCount] = 7;
    R->Head = 1;
    gAdapter = A;
    InitializeListHead(&A->Link);
    Containing(A->Link.Flink);
}
