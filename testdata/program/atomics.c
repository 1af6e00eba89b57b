/* Interlocked functions become what one thread sees: load, compute, store. */
long _InterlockedIncrement(long volatile *);
long _InterlockedExchange(long volatile *, long);
long _InterlockedCompareExchange(long volatile *, long, long);
long _InterlockedOr(long volatile *, long);
short _InterlockedAnd16(short volatile *, short);
unsigned char _interlockedbittestandset(long volatile *, long);
unsigned char _bittestandreset(long *, long);
unsigned char _InterlockedCompareExchange128(long long volatile *, long long, long long, long long *);
void _ReadWriteBarrier(void);

typedef struct {
    long volatile Count;
    long Flags;
    short Small;
} SHARED;

long update(SHARED *s, long n)
{
    _InterlockedIncrement(&s->Count);
    _InterlockedAnd16(&s->Small, 3);
    _ReadWriteBarrier();
    if (_InterlockedExchange(&s->Count, n) == 1)
        return s->Count;
    return _InterlockedOr(&s->Flags, 4);
}

int claim(SHARED *s)
{
    return _InterlockedCompareExchange(&s->Count, 1, 0) == 0;
}

int bits(SHARED *s, long i)
{
    return _interlockedbittestandset(&s->Flags, 2) + _bittestandreset(&s->Flags, i);
}

__attribute__((target("cx16"))) int wide(long long volatile *to, long long *expected)
{
    return _InterlockedCompareExchange128(to, 1, 2, expected);
}
