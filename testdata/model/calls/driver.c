/* Calls through pointers. */
#include <ndis.h>

typedef ULONG READ(PVOID Context);
typedef VOID WRITE(PVOID Context, ULONG Value);

typedef struct _OPS {
    READ *Read;
    WRITE *Write;
} OPS;

typedef struct _DEVICE {
    const OPS *Ops;
    READ *Late;
    WRITE *Never;
} DEVICE;

static ULONG ReadOne(PVOID Context)
{
    return *(ULONG *)Context;
}

static ULONG ReadTwo(PVOID Context)
{
    return *(ULONG *)Context + 1;
}

static VOID WriteOne(PVOID Context, ULONG Value)
{
    *(ULONG *)Context = Value;
}

static const OPS gOps[2] = {{ReadOne, WriteOne}, {ReadTwo, WriteOne}};

/* Both tables' functions; the other field's are not among them. */
ULONG ByTable(DEVICE *Device, ULONG i)
{
    Device->Ops = &gOps[i];
    return Device->Ops->Read(Device);
}

/* Only what is stored there. */
ULONG ByField(DEVICE *Device)
{
    Device->Late = ReadTwo;
    return Device->Late(Device);
}

/* Nothing is ever stored: any function of that shape whose address is taken. */
VOID ByType(DEVICE *Device)
{
    Device->Never(Device, 1);
}

/* No function has that shape. */
VOID Unknown(VOID (*Callback)(ULONG64, ULONG64, ULONG64))
{
    Callback(1, 2, 3);
}

VOID Recursive(DEVICE *Device, ULONG n)
{
    if (n)
        Recursive(Device, n - 1);
}
