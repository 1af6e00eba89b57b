// What clang rejects is told as clang tells it; facts of the rest are there.
int Before(int x)
{
    return x ? 1 : 2;
}

int Broken(int x)
{
    return x +;
}

int Broken(long x);

struct Unfinished Value;
