/* What is not represented: floating point, more than 64 bits, vectors, assembler, variable
 * arguments, segment-relative memory. Results are unknown, written bytes become unknown. */
typedef float vector __attribute__((vector_size(16)));
typedef struct {
    float f;
    double d;
    __int128 wide;
    vector v;
    int tail;
} MIXED;

unsigned __int64 __readgsqword(unsigned long);
void __writegsbyte(unsigned long, unsigned char);
unsigned char _BitScanForward(unsigned long *, unsigned long);

double floats(MIXED *m, float x)
{
    m->f = x;
    m->d = 0.5;
    m->f = 0;
    if (m->d > x)
        m->tail = (int)m->d;
    return m->f * 2;
}

long long wide(MIXED *m, __int128 a)
{
    m->wide = a + 1;
    m->wide = 0;
    return (long long)(m->wide >> 3);
}

void vectors(MIXED *m, vector v)
{
    m->v += v;
}

int assembler(int *p, int n)
{
    int out;
    __asm__("cpuid" : "=a"(out) : "a"(n) : "ebx", "ecx", "edx");
    __asm__ volatile("movl %1, %0" : "=m"(*p) : "r"(n));
    __asm__ volatile("nop");
    return out;
}

int arguments(int n, ...)
{
    __builtin_va_list list, copy;
    __builtin_va_start(list, n);
    __builtin_va_copy(copy, list);
    int x = __builtin_va_arg(list, int);
    __builtin_va_end(list);
    return x;
}

unsigned long others(unsigned long bits)
{
    unsigned long index;
    __writegsbyte(4, 1);
    if (!_BitScanForward(&index, bits))
        return (unsigned long)__readgsqword(0x20);
    return __builtin_popcount(bits) + index + __builtin_bswap16((short)bits);
}

int expected(int a)
{
    __builtin_assume(a > 0);
    if (__builtin_expect(a == 3, 0))
        __builtin_trap();
    return __builtin_object_size(&a, 0) > 4 || __builtin_constant_p(a);
}
