/* Field selection: nested, in arrays, first members, nameless members, containers, through pointers. */
typedef struct _LIST {
    struct _LIST *Next, *Prev;
} LIST;

typedef struct _RING {
    unsigned Head;
    struct {
        int X;
        int Y[4];
    } Slots[3];
    LIST Link;
} RING;

typedef struct _ADAPTER {
    LIST Link;
    RING Rings[2];
    union {
        int Number;
        void *Pointer;
        struct {
            short Low, High;
        } Parts;
    } Value;
    union {
        int First;
        long long Second;
    };
    struct {
        char Name;
    };
    int (*Handler)(struct _ADAPTER *, int);
} ADAPTER, *PADAPTER;

typedef struct {
    int Only;
    char Tail[];
} NAMELESS, *PNAMELESS;

ADAPTER Global;

int nested(PADAPTER A, int i, unsigned j)
{
    return A->Rings[i].Slots[j].Y[2] + A->Rings[1].Slots[i].Y[j];
}

void first_members(PADAPTER A, LIST *list)
{
    A->Link.Next = list->Next;
    list->Next = &A->Link;
    Global.Link.Next = list; /* LLVM folds these two selections away */
    Global.Rings[1].Head = 5;
}

short unions(PADAPTER A)
{
    A->Value.Number = 1;
    A->Value.Parts.High = 2;
    A->First = 3;
    A->Second = 4;
    A->Name = 5;
    return Global.Value.Parts.Low;
}

PADAPTER container(LIST *list)
{
    RING *ring = (RING *)((char *)list - __builtin_offsetof(RING, Link));
    return ring->Head ? (PADAPTER)ring : 0;
}

int nameless(PNAMELESS N, int i)
{
    return N->Only + N->Tail[i];
}

int through_casts(void *context)
{
    return ((PADAPTER)context)->Handler((PADAPTER)context, *(int *)context);
}
