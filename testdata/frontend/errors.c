// What cannot be repaired is told as clang tells it; facts of the rest are there.
int Before(int x)
{
    return x ? 1 : 2;
}

int Broken(int x)
{
    if (x) {
        return x +;
}

int Behind(int x);
#include <ndis_broken.h>
