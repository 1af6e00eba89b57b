/* Blocks follow the source; places stay on jumps; constant conditions and dead code are gone. */
int Check(int);

int returns(int a)
{
    if (a < 0)
        return -1;
    if (a > 10 && Check(a))
        return 1;
    return 0;
}

int loops(int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++) {
        if (i == 3)
            continue;
        while (Check(i))
            sum++;
    }
    do {
        sum--;
    } while (sum > 5);
    return sum;
}

int cases(unsigned short code)
{
    switch (code) {
    case 1:
    case 2:
        return Check(1);
    case 0xffff:
        Check(2);
        /* falls through */
    case 7:
        break;
    default:
        Check(3);
    }
    return 0;
}

int forever(int a)
{
    for (;;) {
        if (Check(a))
            goto out;
        do {
            if (a == 1)
                break;
        } while (0);
    }
    Check(99);
out:
    return a ? Check(1) : 2;
}

int labels(int i)
{
    static void *const to[] = { &&one, &&two };
    goto *to[i];
one:
    return 1;
two:
    return 2;
}

_Noreturn void Stop(void);

int stops(int a)
{
    if (!a || (a & 3))
        Stop();
    return a;
}
