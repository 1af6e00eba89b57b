// Braces, parentheses and directives that are lost: functions are told apart by their layout.
#include <ndis_sample.h>
#define LOCK(x) ((x)++)
int Before(int x)
{
    return x ? 1 : 2;
}
int Unclosed(int x)
{
    LOCK(x;
    return x;
}
int Between(int x)
{
    return x ? 3 : 4;
}
int Nested(int x)
{
    if (x) {
        x = 3;
    return x;
}
int After(int x)
{
#ifif x
    return x ? 5 : 6;
#endif
}
int TooMany(int x) {
    if (x) }
        return 1;
    }
    return 2;
}
#if 1
int Last(int x)
{
    return x ? 7 : 8;
}
