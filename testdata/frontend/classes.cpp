// C++: linkage names, extern "C" roles, methods, lambdas.
extern "C" {
#include <ndis_sample.h>
MINIPORT_HALT CxxHalt;
}

namespace sample {
struct Adapter {
    int Count;
    bool Ready() const { return Count > 3 && Count < 9; }
    explicit operator bool() const { return Count != 0; }
    ~Adapter() { if (Count) Count = 0; }
};
Adapter *Find(int Key)
{
    static Adapter Only{Key};
    return Key ? &Only : nullptr;
}
}

using sample::Adapter;
using sample::Find;

void CxxHalt(NDIS_HANDLE, int Action)
{
    if (Adapter *Found = Find(Action))
        Found->Count++;
    if (int Twice = Action * 2; Twice > 4 && *Find(Twice))
        Action = 0;
    auto Check = [&](int Value) { return Value > Action || Find(Value)->Ready(); };
    int Values[] = {1, 2, 3};
    for (int Value : Values)
        if (!Check(Value))
            break;
}

class Queue {
public:
    Queue();
    int Take();
private:
    int First = 0;
};

Queue::Queue() : First(1) {}
int Queue::Take() { return First ? First-- : -1; }
#define U16 unsigned short
unsigned Halves(int x) { return 2 * U16(x) + unsigned short(x); } // no C++, but MSVC takes it
