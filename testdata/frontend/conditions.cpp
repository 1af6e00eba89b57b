// Shapes of conditions that only C++ has; see conditions.c.
struct Adapter {
    int Count;
    Adapter *Next;
    bool Up;
    bool Ready() const;
    explicit operator bool() const;
};
int f(int);
int g();
bool h();
Adapter *Find(int);

#define IF_READY(a) do { if ((a)->Next && (a)->Ready()) f(1); } while (0)

template <class T> int Largest(T *items, int count)
{
    int best = 0;
    for (int i = 1; i < count; i++) // br: i < count ; i < count
        if (items[i] > items[best] && items[i] != 0) // br: items[i] > items[best] ; items[i] != 0 ; items[i] > items[best] ; items[i] != 0
            best = i;
    return best;
}

int UseTemplate(int *a, long *b)
{
    return Largest(a, 3) + Largest(b, 4);
}

struct Initialized {
    int value = g() ? 1 : 2; // br: g()
    int other;
    Initialized(int x) : other(x > 3 ? f(1) : f(2)) {} // br: x > 3
};
Initialized made(3);

void shapes(Adapter *a, int x, int y, int z)
{
    if (x) f(1); // br: x
    if (x && y > 1) f(1); // br: x ; y > 1
    if (Adapter *found = Find(x)) f(found->Count); // br: found
    if (int twice = g(); twice > 2 && x) f(1); // br: twice > 2 ; x
    if (Adapter *found = Find(x); !found || found->Up) f(1); // br: found ; found->Up
    while (Adapter *found = Find(x)) f(found->Count); // br: found
    for (; Adapter *found = Find(x); ) f(found->Count); // br: found
    if (*a) f(3); // br: *a
    if (a && *a) f(3); // br: a ; *a
    if (!*a) f(3); // br: *a
    if (!h() && !a->Ready()) f(3); // br: h() ; a->Ready()
    int values[3] = {1, 2, 3};
    for (int value : values) f(value); // br: values
    for (int value : values) // br: values
        if (value > x) // br: value > x
            f(value);
    switch (int key = g()) { case 1: f(9); } // br: key
    bool r = x && h(); // br: x
    r = !x || (y && h()); // br: x ; y
    r = (x ? y : z) > 1; // br: x
    f(r ? 1 : g()); // br: r
    (x ? y : z) = 3; // br: x
    IF_READY(a); // br: a->Next ; a->Ready()
    do f(3); while (h() && x); // br: h() ; h() && x
    do { f(3); } while (x ? y : z); // br: x ; x ? y : z
    auto both = [&](int k) { if (k) f(5); return k && x; }; // br: k ; k
    both(3);
    const bool debug = false;
    if (debug) f(x ? 1 : y);
    if (debug || x) f(1); // br: x
    if constexpr (sizeof(int) == 4) f(1);
    if (Find(x)->Ready() and not h()) f(1); // br: Find(x)->Ready() ; h()
}
