/* Names come from debug info: of locals in memory, of values after their variable, of parameters that
 * arrive by reference or packed. */
typedef struct {
    int x, y;
} POINT;
typedef struct {
    int v[8];
} BIG;

int Use(int *, POINT *);

int values(int a, int unused)
{
    int copy = a, sum = copy + 1;
    if (sum > 3)
        sum = a * 2;
    return sum;
}

int memory(POINT packed, BIG by_reference, POINT *pointer)
{
    int kept = 1;
    POINT local = packed, list[3];
    list[1] = local;
    return Use(&kept, list) + by_reference.v[1] + pointer->y;
}

int shadow(int i)
{
    {
        int i = Use(0, 0);
        if (i)
            return i;
    }
    return i;
}
