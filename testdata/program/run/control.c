/* Branches, loops, switches, jumps. */
#include "run.h"

static int classify(int n)
{
    switch (n) {
    case -1:
        return 10;
    case 0:
    case 1:
        n += 5; /* falls through */
    case 2:
        n++;
        break;
    case 1000:
        return n / 2;
    default:
        if (n > 50)
            return 50;
        n = 0;
    }
    return n;
}

static int big_switch(u64 n)
{
    switch (n) {
    case 0xffffffffffffffffull:
        return 1;
    case 0x100000000ull:
        return 2;
    }
    return 3;
}

static int search(const u8 *list, int n, u8 wanted)
{
    int i = 0;
    while (1) {
        if (i == n)
            goto missing;
        if (list[i] == wanted)
            break;
        i++;
    }
    return i;
missing:
    return -1;
}

static int machine(const char *program)
{
    static void *const labels[] = { &&stop, &&inc, &&twice };
    int value = 1;
    goto *labels[(int)*program];
inc:
    value++;
    program++;
    goto *labels[(int)*program];
twice:
    value *= 2;
    program++;
    goto *labels[(int)*program];
stop:
    return value;
}

static int order;

static int step(int result)
{
    order = order * 10 + result;
    return result;
}

int test_switch(void)
{
    CHECK(classify(-1) == 10 && classify(0) == 6 && classify(1) == 7 && classify(2) == 3);
    CHECK(classify(1000) == 500 && classify(51) == 50 && classify(7) == 0);
    CHECK(big_switch(-1) == 1 && big_switch(0x100000000ull) == 2 && big_switch(0) == 3);
    return 0;
}

int test_loops(void)
{
    int sum = 0, i, j;
    for (i = 0; i < 5; i++) {
        if (i == 2)
            continue;
        for (j = i; j > 0; j--) {
            if (j == 3)
                break;
            sum += i * 10 + j;
        }
    }
    CHECK(sum == 11 + 44);
    do {
        sum--;
    } while (sum > 50);
    CHECK(sum == 50 && i == 5 && j == 3);
    return 0;
}

int test_goto(void)
{
    const u8 list[] = { 5, 6, 7 };
    CHECK(search(list, 3, 7) == 2 && search(list, 3, 8) == -1);
    CHECK(machine("\1\1\2\1") == 7);
    return 0;
}

int test_short_circuit(void)
{
    order = 0;
    CHECK((step(1) && step(0)) == 0 && order == 10);
    order = 0;
    CHECK((step(0) && step(2)) == 0 && order == 0);
    order = 0;
    CHECK((step(3) || step(2)) == 1 && order == 3);
    order = 0;
    if (step(0) || (step(4) && !step(5)))
        return __LINE__;
    CHECK(order == 45);
    return 0;
}

int test_swap_in_loop(void)
{
    /* Two values that depend on each other around a loop: phis read the old ones. */
    int a = 1, b = 2;
    for (int i = 0; i < 5; i++) {
        int t = a;
        a = b;
        b = t;
    }
    CHECK(a == 2 && b == 1);
    return 0;
}
