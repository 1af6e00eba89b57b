/* What only the Windows target has: SEH blocks and interlocked functions. Not run on this machine. */
#include "run.h"

long _InterlockedIncrement(long volatile *);
long _InterlockedDecrement(long volatile *);
long _InterlockedExchange(long volatile *, long);
long _InterlockedExchangeAdd(long volatile *, long);
long _InterlockedCompareExchange(long volatile *, long, long);
long _InterlockedAnd(long volatile *, long);
long _InterlockedOr(long volatile *, long);
long _InterlockedXor(long volatile *, long);
u8 _interlockedbittestandset(long volatile *, long);
u8 _interlockedbittestandreset(long volatile *, long);
u8 _bittestandcomplement(long *, long);
u8 _bittest(const long *, long);
void *_InterlockedCompareExchangePointer(void *volatile *, void *, void *);
u16 _byteswap_ushort(u16);
u32 _rotl(u32, int);
u32 _rotr(u32, int);

int test_interlocked(void)
{
    long volatile n = 5;
    CHECK(_InterlockedIncrement(&n) == 6 && n == 6);
    CHECK(_InterlockedDecrement(&n) == 5 && n == 5);
    CHECK(_InterlockedExchange(&n, 9) == 5 && n == 9);
    CHECK(_InterlockedExchangeAdd(&n, 3) == 9 && n == 12);
    CHECK(_InterlockedCompareExchange(&n, 1, 12) == 12 && n == 1);
    CHECK(_InterlockedCompareExchange(&n, 7, 12) == 1 && n == 1);
    CHECK(_InterlockedOr(&n, 6) == 1 && n == 7);
    CHECK(_InterlockedAnd(&n, 3) == 7 && n == 3);
    CHECK(_InterlockedXor(&n, 1) == 3 && n == 2);
    return 0;
}

int test_bits(void)
{
    long words[3] = { 0, 0, 0 };
    CHECK(_interlockedbittestandset(words, 4) == 0 && words[0] == 16);
    CHECK(_interlockedbittestandset(words, 4) == 1 && words[0] == 16);
    CHECK(_interlockedbittestandreset(words, 4) == 1 && words[0] == 0);
    CHECK(_bittestandcomplement(words, 33) == 0 && words[1] == 2 && words[0] == 0);
    CHECK(_bittest(words, 33) == 1 && _bittest(words, 34) == 0);
    long at = 65;
    CHECK(_interlockedbittestandset(words, at) == 0 && words[2] == 2);
    CHECK(_interlockedbittestandset(&words[1], -32) == 0 && words[0] == 1);
    return 0;
}

int test_pointer_exchange(void)
{
    int a, b;
    void *volatile p = &a;
    CHECK(_InterlockedCompareExchangePointer(&p, &b, &a) == &a && p == &b);
    CHECK(_InterlockedCompareExchangePointer(&p, &a, &a) == &b && p == &b);
    return 0;
}

int test_swaps(void)
{
    u32 x = 0x12345678;
    CHECK(_byteswap_ushort((u16)x) == 0x7856);
    CHECK(_rotl(x, 8) == 0x34567812 && _rotr(x, 4) == 0x81234567);
    return 0;
}

static int finally_order(int how, int *out)
{
    int n = 1;
    __try {
        n = n * 10 + 2;
        if (how == 1)
            __leave;
        if (how == 2)
            return n;
        n = n * 10 + 3;
    } __finally {
        n = n * 10 + 4;
        *out = n;
    }
    return -n;
}

static int nested(int *out)
{
    int n = 1;
    __try {
        __try {
            n = n * 10 + 2;
        } __finally {
            int inner = n + 1;
            __try {
                n = inner * 10 + 3;
            } __finally {
                inner++;
                n = n * 10 + (inner - 10);
            }
        }
    } __finally {
        n++;
        *out = n;
    }
    return n;
}

static int guarded(const int *p)
{
    int r = 1;
    __try {
        r = *p;
    } __except (1) {
        r = -1;
    }
    return r;
}

int test_finally(void)
{
    int out = 0;
    CHECK(finally_order(0, &out) == -1234 && out == 1234);
    CHECK(finally_order(1, &out) == -124 && out == 124);
    CHECK(finally_order(2, &out) == 12 && out == 124);
    CHECK(nested(&out) == 1335 && out == 1335);
    return 0;
}

int test_except(void)
{
    int x = 7;
    CHECK(guarded(&x) == 7);
    return 0;
}
