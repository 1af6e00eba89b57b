/* Arguments, results, structs by value, pointers to functions, recursion. */
#include "run.h"

struct pair {
    u32 a, b;
};
struct tiny {
    u8 a, b;
};
struct odd {
    u8 a[3];
};
struct large {
    u64 v[5];
};
struct wrapped {
    struct pair pair;
};

static struct pair swap(struct pair p)
{
    struct pair r = { p.b, p.a };
    return r;
}

static struct large fill(u64 x)
{
    struct large r;
    for (int i = 0; i < 5; i++)
        r.v[i] = x + (u64)i;
    return r;
}

static u64 sum(struct large l, struct tiny t, struct odd o)
{
    u64 s = t.a + t.b + o.a[0] + o.a[1] + o.a[2];
    for (int i = 0; i < 5; i++)
        s += l.v[i];
    l.v[0] = 0; /* its own copy */
    return s;
}

static int add(int a, int b)
{
    return a + b;
}

static int sub(int a, int b)
{
    return a - b;
}

static int (*const operations[])(int, int) = { add, sub };

static int apply(int (*f)(int, int), int a, int b)
{
    return f ? f(a, b) : -1;
}

static u32 fib(u32 n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static _Bool is_even(u32 n);

static _Bool is_odd(u32 n)
{
    return n == 0 ? 0 : is_even(n - 1);
}

static _Bool is_even(u32 n)
{
    return n == 0 ? 1 : is_odd(n - 1);
}

static int count_calls(void)
{
    static int calls;
    return ++calls;
}

int test_structs(void)
{
    struct pair p = swap((struct pair){ 1, 2 });
    CHECK(p.a == 2 && p.b == 1);
    CHECK(swap(p).a == 1);
    struct wrapped w = { swap(p) };
    CHECK(w.pair.a == 1 && w.pair.b == 2);
    struct large l = fill(10);
    CHECK(l.v[4] == 14);
    struct tiny t = { 1, 2 };
    struct odd o = { { 3, 4, 5 } };
    CHECK(sum(l, t, o) == 60 + 15);
    CHECK(l.v[0] == 10);
    return 0;
}

int test_pointers(void)
{
    CHECK(apply(add, 5, 3) == 8 && apply(sub, 5, 3) == 2 && apply(0, 1, 1) == -1);
    CHECK(operations[0](1, 2) == 3 && operations[1](1, 2) == -1);
    int (*f)(int, int) = add;
    CHECK(f == operations[0] && f != sub);
    return 0;
}

int test_recursion(void)
{
    CHECK(fib(10) == 55);
    CHECK(is_even(10) && !is_even(7));
    return 0;
}

int test_static_locals(void)
{
    count_calls();
    count_calls();
    CHECK(count_calls() == 3);
    return 0;
}

static void store(u32 *to, u8 value)
{
    *to = value;
}

int test_out_parameters(void)
{
    u32 x = 0xffffffff;
    store(&x, (u8)0x1ff);
    CHECK(x == 0xff);
    return 0;
}
