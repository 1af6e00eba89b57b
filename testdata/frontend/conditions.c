// Every shape of condition in C. Behind "br:" the texts of the branches, switches and selects that
// debug info puts on the line, in the order of the code, separated by " ; ".
typedef unsigned long ULONG;
typedef unsigned char BOOLEAN;
typedef long NTSTATUS;
typedef struct Adapter {
    int Count, Limit;
    struct Adapter *Next;
    ULONG Flags;
    BOOLEAN Up;
    int (*Handler)(int);
} ADAPTER;
struct Pair { int x, y; };
enum { ZERO, ONE };

int f(int);
int g(void);
void v(void);
extern int table[10], other[10];
extern struct Pair p1, p2;

#define TRUE 1
#define FALSE 0
#define NULL ((void *)0)
#define NT_SUCCESS(Status) (((NTSTATUS)(Status)) >= 0)
#define HAS_FLAG(x) ((x)->Flags & 4)
#define BOTH(x, y) ((x) && (y))
#define READY(a) ((a)->Up && (a)->Next != NULL)
#define AND_UP && a->Up
#define UP_AND a->Up &&
#define IF_CALL(c) if (c) f(99)
#define FREE_IT(p) do { if ((p)->Next != NULL) { f(98); } } while (0)
#define WAIT_FOR(p, n) while ((p)->Count < (n) && g()) v()
#define FOR_EACH(p, list) for ((p) = (list); (p) != NULL; (p) = (p)->Next)
#define OUTER(p) do { FREE_IT(p); } while (0)
#define CHOOSE(c, a, b) ((c) ? (a) : (b))
#define PASS(x) x
#define IS_ZERO(x) x == 0
#define DEBUG 0
#define VERIFY(e) ((!(e)) ? (v(), FALSE) : TRUE)
#define LIMIT 16
#define MULTI(p) \
    do { \
        if ((p)->Count > 3 && /* deep */ \
            (p)->Up) \
            f(97); \
    } while (0)

void if_statements(ADAPTER *a, int x, int y, int z)
{
    if (x) f(1); // br: x
    if (x > y) f(1); // br: x > y
    if (!x) f(1); // br: x
    if (!!x) f(1); // br: x
    if (((x))) f(1); // br: x
    if ( ( x == 1 ) ) f(1); // br: x == 1
    if (x == /* comment */ 1) f(1); // br: x == 1
    if ((x = g()) != 0) f(1); // br: (x = g()) != 0
    if (g()) f(1); // br: g()
    if (a) f(1); // br: a
    if (a->Up) f(1); // br: a->Up
    if (a->Next->Flags & 2) f(1); // br: a->Next->Flags & 2
    if ((a->Flags & 2) == 0) f(1); // br: (a->Flags & 2) == 0
    if (!(a->Flags & 2)) f(1); // br: a->Flags & 2
    if ((BOOLEAN)x) f(1); // br: (BOOLEAN)x
    if ((x, y)) f(1); // br: x, y
    if (~x) f(1); // br: ~x
    if (x++) f(1); // br: x++
    if (x & ONE) f(1); // br: x & ONE
    if (table[x]) f(1); // br: table[x]
    if (a->Handler) f(1); // br: a->Handler
    if (a->Handler(x) == 7) f(1); // br: a->Handler(x) == 7
    if (__builtin_expect(x, 1)) f(1); // br: __builtin_expect(x, 1)
    if (sizeof(x) == 8) f(1);
    if (DEBUG) f(x ? 1 : y);
    if (TRUE) f(1); else if (x) f(2);
    if (x) f(1); else if (y) f(2); else f(3); // br: x ; y
    if (x) { if (y) f(1); } // br: x ; y
    if (f(x > y ? f(1) : f(2))) f(3); // br: x > y ; f(x > y ? f(1) : f(2))
    if (x // br: x > y
        > y) f(1);
    if (f(x) == f(y) + f(z) + table[x] + table[y] + table[z] + other[x] + other[y] + 1000000) // br: f(x) == f(y) + f(z) + table[x] + table[y] + table[z] + other[x] + other[y] + ...
        f(1);
}

void logical_in_if(ADAPTER *a, int x, int y, int z)
{
    if (x && y) f(1); // br: x ; y
    if (x || y) f(1); // br: x ; y
    if (x && y > 3 && !z) f(1); // br: x ; y > 3 ; z
    if (x || (y && z)) f(1); // br: x ; y ; z
    if ((x || y) && z) f(1); // br: x ; y ; z
    if (!(x || y)) f(1); // br: x ; y
    if (!(x & 1) && !(y & 2)) f(1); // br: x & 1 ; y & 2
    if (x && (y || z) && g()) f(1); // br: x ; y ; z ; g()
    if ((x && y) == 1) f(1); // br: x ; (x && y) == 1
    if (x && f(y || z)) f(1); // br: x ; y ; f(y || z)
    if ((BOOLEAN)(x && y)) f(1); // br: x ; (BOOLEAN)(x && y)
    if (DEBUG && x) f(1);
    if (TRUE && x) f(1); // br: x
    if (x && TRUE) f(1); // br: x
    if (x || FALSE) f(1); // br: x
    if (DEBUG || x) f(1); // br: x
    if (x == 1 && // br: x == 1 ; z == 3
        y == 2 && // br: y == 2
        z == 3) f(1);
    if (x == 1 // br: z == 3
        && y == 2 // br: x == 1
        || z == 3) f(1); // br: y == 2
    if (a && a->Next && a->Next->Up == TRUE) f(1); // br: a ; a->Next ; a->Next->Up == TRUE
    if (x ? y : z) f(1); // br: x ; y ; z
    if (x ? g() : !y) f(1); // br: x ; g() ; y
    if (w_ok(x) && (x ? y : z)) f(1); // br: w_ok(x) ; x ; y ; z
    if (x && (y, z)) f(1); // br: x ; y, z
    if (x /* && */ && y) f(1); // br: x ; y
    if (f("&&"[x]) && y) f(1); // br: f("&&"[x]) ; y
}

void loops(ADAPTER *a, int x, int y)
{
    while (x) f(1); // br: x
    while (!x) f(1); // br: !x
    while ((x)) f(1); // br: x
    while (x && y) f(1); // br: x ; x && y
    while (!(x && y)) f(1); // br: x ; !(x && y)
    while (x ? y : g()) f(1); // br: x ; x ? y : g()
    while (g()) { if (x) break; } // br: g() ; x
    while (1) { if (x) break; } // br: x
    while (a->Next != NULL && a->Next->Up) a = a->Next; // br: a->Next != NULL ; a->Next != NULL && a->Next->Up
    do { f(1); } while (x); // br: x
    do f(1); while (x); // br: x
    do { f(1); } while (!x); // br: !x
    do { f(1); } while (x && y); // br: x ; x && y
    do { } while (g()); // br: g()
    do { if (x) continue; f(2); } while (--y); // br: x ; --y
    do { f(1); } while (0);
    do {
        f(1);
    } while (x > y); // br: x > y
    for (int i = 0; i < x; i++) f(i); // br: i < x
    for (; x; ) f(1); // br: x
    for (x = 1; y; ) f(1); // br: y
    for (; y; x++) f(1); // br: y
    for (; x && y; ) f(1); // br: x ; x && y
    for (x = 1; ; x++) { if (y) break; } // br: y
    for (;;) { if (y) break; } // br: y
    for (x = y && g(); x < (y ? f(1) : 2); x += y || g()) f(1); // br: y ; y ; x < (y ? f(1) : 2) ; y
    for (int i = 0, /* ; */ k = ';'; i < k; i++) f(1); // br: i < k
}

int switches(int x, int y)
{
    switch (x) { case 1: f(1); break; default: break; } // br: x
    switch (g() + y) { case ONE: f(1); } // br: g() + y
    switch ((x)) { case 1: if (y) f(1); } // br: x ; y
    switch (x && y) { case 1: f(1); } // br: x ; x && y
    switch (x) { // br: x
    case 1:
        if (y) // br: y
            return 2;
    case 2:
        return y ? f(1) : 3; // br: y
    }
    return 0;
}

int values(ADAPTER *a, int x, int y, int z)
{
    int r = x && y; // br: x
    const char *text;
    int *place;
    int (*call)(int);
    struct Pair pair;
    r = x || g() > 3; // br: x
    r = !(x && y); // br: x
    r = x && y && z; // br: x ; y
    r = (x || y) && z; // br: x ; y
    r = x ? f(1) : f(2); // br: x
    r = !x ? f(1) : f(2); // br: x
    r = x && y ? f(1) : f(2); // br: x ; y
    r = x ? 1 : 2; // br: x
    r = !x ? 1 : 2; // br: !x
    r = x && y ? TRUE : FALSE; // br: x ; x && y
    r = x ? -1 : (int)sizeof(int); // br: x
    r = x ? y : 2; // br: x
    r = x ? (y ? 1 : 2) : 3; // br: x ; y
    r = x ? 1 : y ? 2 : 3; // br: x ; y
    r = (x ? y : z) > 1; // br: x
    r |= x && y; // br: x
    text = x ? "up" : "down"; // br: x
    place = x ? &table[0] : &other[0]; // br: x
    place = x ? table : other; // br: x
    place = x ? NULL : table + y; // br: x
    call = x ? f : a->Handler; // br: x
    call = x ? f : 0; // br: x
    pair = x ? p1 : p2; // br: x
    x ? v() : (void)f(1); // br: x
    x && f(2); // br: x
    f(x && y); // br: x
    f(x > y ? f(1) : f(2)); // br: x > y
    table[x && y] = x ? g() : 3; // br: x ; x
    if (x) return y && z; // br: x ; y
    r = sizeof(x ? 1 : y);
    r = DEBUG ? x && y : z || y; // br: z
    struct Pair made = { x && y, x ? f(1) : g() }; // br: x ; x
    return r + (x ? f(1) : 2) + made.x + (text == NULL) + (place == NULL) + (call == NULL) + pair.x; // br: x
}

void macros(ADAPTER *a, int x, int y, NTSTATUS Status)
{
    if (NT_SUCCESS(Status)) f(1); // br: NT_SUCCESS(Status)
    if (!NT_SUCCESS(Status)) f(1); // br: NT_SUCCESS(Status)
    if (!NT_SUCCESS(Status) && x) f(1); // br: NT_SUCCESS(Status) ; x
    if (NT_SUCCESS(f(x && y))) f(1); // br: x ; NT_SUCCESS(f(x && y))
    if (HAS_FLAG(a)) f(1); // br: HAS_FLAG(a)
    if (HAS_FLAG(a) && HAS_FLAG(a->Next)) f(1); // br: HAS_FLAG(a) ; HAS_FLAG(a->Next)
    if (HAS_FLAG(a) == 4) f(1); // br: HAS_FLAG(a) == 4
    if (4 == HAS_FLAG(a)) f(1); // br: 4 == HAS_FLAG(a)
    if (3 < PASS(x)) f(1); // br: 3 < PASS(x)
    if (PASS(x) < 3) f(1); // br: PASS(x) < 3
    if (PASS(x > 7)) f(1); // br: x > 7
    if (PASS(x && y)) f(1); // br: x ; y
    if (IS_ZERO(x)) f(1); // br: IS_ZERO(x)
    if (BOTH(x, y > 1)) f(1); // br: x ; y > 1
    if (READY(a)) f(1); // br: a->Up ; a->Next != NULL
    if (x && READY(a->Next)) f(1); // br: x ; a->Next->Up ; a->Next->Next != NULL
    if (READY((a + 1))) f(1); // br: ((a + 1))->Up ; ((a + 1))->Next != NULL
    if (x AND_UP) f(1); // br: x ; a->Up
    if (UP_AND x) f(1); // br: a->Up ; x
    IF_CALL(x > 7); // br: x > 7
    IF_CALL(x && y); // br: x ; y
    IF_CALL(g()); // br: g()
    FREE_IT(a); // br: a->Next != NULL
    FREE_IT(a->Next); // br: a->Next->Next != NULL
    OUTER(a); // br: OUTER(a)
    WAIT_FOR(a, y); // br: a->Count < y ; a->Count < y && g()
    FOR_EACH(a, a->Next) f(1); // br: a != NULL
    MULTI(a); // br: a->Count > 3 ; a->Up
    x = CHOOSE(y, f(1), f(2)); // br: y
    x = CHOOSE(y > 2, 1, 2); // br: y > 2
    while (READY(a)) a = a->Next; // br: a->Up ; READY(a)
    if (!VERIFY(x < LIMIT)) f(1); // br: x < LIMIT
    if (VERIFY(a->Next) && y) f(1); // br: a->Next ; y
    if (PASS(x < LIMIT)) f(1); // br: x < LIMIT
    if (LIMIT < PASS(x + LIMIT)) f(1); // br: LIMIT < PASS(x + LIMIT)
    if (x == 3 // br: y == 4
#ifdef NEVER
        && z_is_unknown
#endif
        && y == 4) // br: x == 3
        f(1);
    do { if (x) break; } while (TRUE); // br: x
    if (READY(a) || READY(a->Next)) f(1); // br: a->Up ; a->Next != NULL ; a->Next->Up ; a->Next->Next != NULL
}

int guarded(ADAPTER *a, int x)
{
    int r = 0;
    __try {
        if (a->Up) f(1); // br: a->Up
        if (x == 3) __leave; // br: x == 3
        r = g();
    } __except (x > 1 ? 1 : 0) { // br: x > 1
        if (x) f(2); // br: x
    }
    __try {
        f(4);
    } __finally {
        if (x) f(5); // br: x
    }
    return r;
}
