// C++: display names, bases, members, references, overloads, templates.
namespace net {
struct Base {
    int id;
    virtual int Poll(int) { return id; }
};

class Device : public Base {
    struct Inner {
        short low, high;
    } inner[2];
    static int count;

  public:
    Device(int n) : Base() { id = n; }
    int Poll(int n) override { return inner[n].high + count; }
    int Get(const Device &other) const { return other.id + id; }
};
int Device::count = 3;

template <typename T> struct Cell {
    T value, *next;
    T Take() { return next ? *next : value; }
};
} // namespace net

extern "C" int DriverEntry(int n)
{
    net::Device device(n);
    net::Base *base = &device;
    net::Cell<short> small = { 1, 0 };
    net::Cell<long long> large = { 2, 0 };
    return base->Poll(1) + device.Get(device) + small.Take() + (int)large.Take();
}

static int helper(int &r, int by = 2)
{
    auto add = [&](int n) { return r += n * by; };
    return add(1);
}

int Call(int a)
{
    enum class Mode { Off, On } mode = a ? Mode::On : Mode::Off;
    return mode == Mode::On ? helper(a) : 0;
}

int External(char *);

int Show(bool b)
{
    return (b ? 1 : 2) + External(nullptr);
}
