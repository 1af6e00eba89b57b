/* Calls: prototypes that differ from the definition, structs by value, variadic and indirect calls,
 * functions that only copy or fill memory. */
typedef struct {
    int a, b;
} PAIR;
typedef struct {
    int a, b, c;
} TRIPLE;
typedef unsigned long long SIZE_T;

int Printf(const char *format, ...);
int OldStyle();
void *memcpy(void *, const void *, SIZE_T);
void *memset(void *, int, SIZE_T);
void RtlZeroMemory(void *, SIZE_T);
void NdisMoveMemory(void *, const void *, unsigned long);
void RtlCopyMemory(int);

PAIR MakePair(int a)
{
    PAIR p = { a, 2 };
    return p;
}

TRIPLE MakeTriple(PAIR p, TRIPLE t)
{
    t.a = p.a;
    return t;
}

int by_value(int n)
{
    PAIR p = MakePair(n);
    TRIPLE t = { 1, 2, 3 };
    return MakeTriple(p, t).a;
}

int indirect(int (*f)(PAIR *, char), PAIR *p)
{
    int (*g)() = OldStyle;
    return f(p, 'x') + g(p, 1) + OldStyle(1, 2);
}

void variadic(char c, short s)
{
    Printf("%d %d", c, s);
}

char *blocks(char *to, const char *from, unsigned long n, int byte)
{
    memset(to, byte, 8);
    RtlZeroMemory(to, n);
    NdisMoveMemory(to, from, n);
    RtlCopyMemory(3); /* not the one that copies */
    TRIPLE a = { 0 }, b = a;
    return memcpy(to, &b, sizeof(b));
}

int Later();

int caller_without_prototype(void)
{
    return Later(1, (char)2);
}

int Later(long long wide, int narrow, int missing)
{
    return (int)wide + narrow + missing;
}

int passed_on(void);

void *address_taken(int which)
{
    return which ? (void *)MakePair : (void *)passed_on;
}
