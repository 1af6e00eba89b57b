/* Structs, unions, bit-fields, arrays, pointers: the right bytes at the right place. */
#include "run.h"

struct point {
    i16 x, y;
};

struct item {
    u8 kind;
    struct point at[3];
    union {
        u64 whole;
        u32 half[2];
        u8 byte[8];
    } value;
    struct item *next;
    struct {
        int first;
        int second;
    };
};

struct flags {
    u32 a : 3;
    u32 b : 7;
    i32 c : 5;
    u32 : 0;
    u32 d : 32;
    u8 e : 1;
    u8 f : 4;
    u16 g : 9;
};

static struct item table[2] = {
    { .kind = 1, .at = { { 1, 2 }, { 3, 4 } }, .value.half = { 7, 8 }, .next = &table[1] },
    { .kind = 2, .value.whole = 0x0102030405060708ull, .first = 5, .second = -5 },
};

static const char text[] = "hello";
static u16 matrix[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };

static struct item *pick(u32 i)
{
    return &table[i];
}

static u32 id(u32 x)
{
    return x;
}

int test_initializers(void)
{
    CHECK(table[0].kind == 1 && table[0].at[1].y == 4 && table[0].at[2].x == 0);
    CHECK(table[0].value.whole == 0x800000007ull);
    CHECK(table[0].next->second == -5);
    CHECK(table[0].next->next == 0);
    CHECK(table[1].value.byte[0] == 8 && table[1].value.half[1] == 0x01020304);
    CHECK(text[0] == 'h' && text[4] == 'o' && text[5] == 0 && sizeof(text) == 6);
    CHECK(matrix[1][2] == 6 && matrix[id(0)][id(1)] == 2);
    return 0;
}

int test_fields(void)
{
    struct item *p = pick(id(1));
    p->at[id(2)].y = 77;
    CHECK(table[1].at[2].y == 77 && table[1].at[2].x == 0 && table[1].at[1].y == 0);
    p->second = 9;
    CHECK(p->first == 5 && p->second == 9);
    p->value.byte[id(7)] = 0xff;
    CHECK(p->value.whole == 0xff02030405060708ull);
    pick(0)->next = p;
    CHECK(pick(0)->next->kind == 2);
    CHECK((u8 *)&p->next - (u8 *)p == (i64) __builtin_offsetof(struct item, next));
    CHECK(p - pick(0) == 1);
    return 0;
}

int test_container(void)
{
    struct item one;
    memset(&one, 0, sizeof(one));
    one.kind = 42;
    struct point *inner = &one.at[1];
    struct item *outer = (struct item *)((char *)inner - __builtin_offsetof(struct item, at[1]));
    CHECK(outer == &one && outer->kind == 42);
    return 0;
}

int test_bitfields(void)
{
    struct flags f;
    memset(&f, 0xff, sizeof(f));
    f.a = 5;
    f.b = 100;
    f.c = -3;
    f.d = 0x12345678;
    f.e = 0;
    f.f = 9;
    f.g = 300;
    CHECK(f.a == 5 && f.b == 100 && f.c == -3 && f.d == 0x12345678);
    CHECK(f.e == 0 && f.f == 9 && f.g == 300);
    f.b++;
    CHECK(f.b == 101 && f.a == 5 && f.c == -3);
    f.a = 15;
    CHECK(f.a == 7);
    struct flags g = f;
    g.c = 1;
    CHECK(f.c == -3 && g.c == 1 && g.b == 101);
    return 0;
}

int test_copies(void)
{
    struct item a = table[0], b;
    b = a;
    a.kind = 99;
    CHECK(b.kind == 1 && b.value.half[1] == 8);
    struct item list[2] = { a, b };
    CHECK(list[0].kind == 99 && list[1].kind == 1);
    memcpy(&list[0], &list[1], sizeof(list[0]));
    CHECK(list[0].kind == 1);
    return 0;
}

int test_arrays(void)
{
    i32 values[10];
    for (u32 i = 0; i < 10; i++)
        values[i] = (i32)(i * i);
    i32 *end = values + 10, sum = 0;
    for (i32 *p = values; p != end; p++)
        sum += *p;
    CHECK(sum == 285);
    CHECK(end[-1] == 81 && *(end - id(2)) == 64);
    u8 index = 200;
    u8 bytes[256];
    bytes[index] = 3;
    CHECK(bytes[200] == 3);
    i8 back = -1;
    CHECK((values + 5)[back] == 16);
    return 0;
}

int test_lengths(void)
{
    u32 n = id(6);
    u16 list[n];
    for (u32 i = 0; i < n; i++)
        list[i] = (u16)(i + 1);
    CHECK(sizeof(list) == 12 && list[5] == 6);
    return 0;
}

int test_first_members(void)
{
    static struct {
        struct {
            u32 low, high;
        } inner;
        u8 tail;
    } g;
    g.inner.low = id(3);
    g.inner.high = 4;
    CHECK(g.inner.low == 3 && g.inner.high == 4 && g.tail == 0);
    u32 *p = &g.inner.low;
    *p = 8;
    CHECK(g.inner.low == 8);
    return 0;
}
