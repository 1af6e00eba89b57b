/* Operators at every width, with the conversions of C between them. */
#include "run.h"

static u32 id(u32 x)
{
    return x;
}

static int signs(i8 a, u8 b, i16 c, u16 d)
{
    CHECK(a < 0 && a == -1);
    CHECK(b == 255 && b > 0);
    CHECK((i32)a * 2 == -2);
    CHECK((u32)c == 0xffff8000u);
    CHECK((u32)d == 0x8000u);
    CHECK((i64)c < (i64)d);
    CHECK((u64)a == 0xffffffffffffffffull);
    CHECK((u16)a == 0xffff);
    CHECK((c >> 4) == -2048);
    CHECK((d >> 4) == 2048);
    return 0;
}

int test_conversions(void)
{
    int line = signs(-1, 255, -32768, 32768);
    CHECK(line == 0);
    CHECK((u8)id(0x1ff) == 0xff);
    CHECK((i8)id(0x80) == -128);
    CHECK((_Bool)id(256) == 1);
    CHECK((_Bool)id(0) == 0);
    CHECK((u64)(i32)id(0x80000000u) == 0xffffffff80000000ull);
    CHECK((u64)id(0x80000000u) == 0x80000000ull);
    return 0;
}

int test_division(void)
{
    i32 a = -7, b = 2;
    u32 c = id(0xfffffff9u), d = id(2);
    CHECK(a / b == -3);
    CHECK(a % b == -1);
    CHECK(c / d == 0x7ffffffcu);
    CHECK(c % d == 1);
    i64 big = -0x7fffffffffffffffll;
    CHECK(big / 3 == -3074457345618258602ll);
    CHECK((u64)big % 10 == 9);
    return 0;
}

int test_shifts(void)
{
    u32 n = id(31);
    CHECK((1u << n) == 0x80000000u);
    CHECK(((i32)0x80000000 >> n) == -1);
    CHECK((0x80000000u >> n) == 1);
    CHECK((1ull << (n + 32)) == 0x8000000000000000ull);
    CHECK(((i64)0x8000000000000000ull >> (n + 32)) == -1);
    return 0;
}

int test_wrap(void)
{
    u8 a = (u8)id(250);
    a += 10;
    CHECK(a == 4);
    u16 b = (u16)id(0);
    b--;
    CHECK(b == 0xffff);
    u32 c = id(0xffffffffu);
    CHECK(c + 1 == 0);
    CHECK(c * c == 1);
    u64 d = (u64)c * c;
    CHECK(d == 0xfffffffe00000001ull);
    CHECK(-(i32)id(5) == -5);
    CHECK(~id(0) == 0xffffffffu);
    CHECK((id(12) ^ 10) == 6 && (id(12) & 10) == 8 && (id(12) | 10) == 14);
    return 0;
}

int test_compare(void)
{
    i32 a = (i32)id(0xffffffffu), b = (i32)id(1);
    u32 c = id(0xffffffffu), d = id(1);
    CHECK(a < b && a <= b && !(a > b) && !(a >= b) && a != b);
    CHECK(c > d && c >= d && !(c < d) && !(c <= d) && c != d);
    CHECK((a < b) + (c > d) == 2);
    CHECK(!a == 0 && !!a == 1);
    return 0;
}

int test_choice(void)
{
    u32 x = id(3);
    u32 y = x > 2 ? id(10) : id(20);
    CHECK(y == 10);
    CHECK((x == 3 ? 1 : 2) == 1);
    CHECK((x ? x : 7) == 3);
    CHECK(((id(0), id(4))) == 4);
    return 0;
}

int test_rotate_and_swap(void)
{
    u32 x = id(0x12345678);
    CHECK(__builtin_bswap32(x) == 0x78563412u);
    CHECK(__builtin_bswap16((u16)x) == 0x7856);
    CHECK(__builtin_bswap64((u64)x << 32 | 0x9abcdef0u) == 0xf0debc9a78563412ull);
    CHECK((x << 8 | x >> 24) == 0x34567812u);
    return 0;
}

int test_overflow(void)
{
    i32 s;
    u32 u;
    i64 l;
    u64 v;
    CHECK(!__builtin_add_overflow((i32)id(5), 6, &s) && s == 11);
    CHECK(__builtin_add_overflow((i32)id(0x7fffffff), 1, &s));
    CHECK(__builtin_sub_overflow((i32)id(0x80000000u), 1, &s));
    CHECK(!__builtin_sub_overflow((i32)id(5), 6, &s) && s == -1);
    CHECK(__builtin_sub_overflow((i32)id(5), (i32)id(0x80000000u), &s));
    CHECK(__builtin_add_overflow(id(0xffffffffu), 1u, &u) && u == 0);
    CHECK(!__builtin_add_overflow(id(0xfffffffeu), 1u, &u));
    CHECK(__builtin_sub_overflow(id(0), 1u, &u));
    CHECK(__builtin_mul_overflow(id(0x10000), id(0x10000), &u));
    CHECK(!__builtin_mul_overflow(id(0x10000), id(0xffff), &u) && u == 0xffff0000u);
    CHECK(!__builtin_mul_overflow(id(0), id(0xffff), &u) && u == 0);
    CHECK(__builtin_mul_overflow((u64)id(1) << 40, (u64)id(1) << 40, &v));
    CHECK(__builtin_add_overflow((i64)0x7fffffffffffffffll, (i64)id(1), &l));
    return 0;
}
