/* __finally blocks share their function's locals through a table of addresses; __except blocks need
 * an exception and are left out. */
int Try(int *);
void Unlock(void *);

int finally(int *p, void *lock)
{
    int result = 0;
    __try {
        if (!p)
            __leave;
        result = Try(p);
        if (result == 2)
            return 7;
    } __finally {
        Unlock(lock);
        result++;
    }
    return result;
}

int nested(int *p)
{
    int n = 1;
    __try {
        n = Try(p);
    } __finally {
        int inner = n;
        __try {
            inner += Try(&n);
        } __finally {
            n = inner;
        }
    }
    return n;
}

int except(int *p)
{
    int r;
    __try {
        r = Try(p);
    } __except (r == 3 ? 1 : 0) {
        r = -1;
    }
    return r;
}
