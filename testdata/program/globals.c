/* Initializers: numbers, strings, addresses with offsets, functions, nested structs, unions, zeros. */
typedef int (*HANDLER)(void);

struct entry {
    const char *name;
    HANDLER handler;
    unsigned short flags;
    struct {
        int low, high;
    } range[2];
    union {
        double real;
        long long number;
        char bytes[8];
    } value;
};

static int Reset(void)
{
    return 0;
}

int Start(void);
extern int Elsewhere[];

static int Counter = -3;
int Uninitialized;
const unsigned short Wide[] = L"ab";
struct entry Table[] = {
    { "reset", Reset, 0xffff, { { 1, 2 }, { 0, -1 } }, { .number = -2 } },
    { "start", Start, 0, { { 0 } }, { .real = 1.5 } },
};
int *const Middle = &Table[1].range[1].high;
char *Behind = (char *)Table + sizeof(Table);
int *First = Elsewhere, *Third = &Elsewhere[2];
long long Number = (long long)&Counter;
float Ratio = 0.25f;
__int128 Huge = 5;
_Bool Yes = 1;

int next(void)
{
    static int state = 100;
    Table[0].range[1].low = 7;
    return state++ + Counter + *Middle + Third[1] + Uninitialized;
}
