/* Device registers and ports: reading gives any value. Names in parentheses: the headers have
 * macros of the same names that convert the arguments.
 *
 * Pages: nf-ndis-ndisreadregisterulong, nf-ndis-ndisrawreadportulong and their families. */
#include "model.h"

void(NdisReadRegisterUchar)(PUCHAR Register, PUCHAR Data)
{
    *Data = drvlint_any_u8();
}

void(NdisReadRegisterUshort)(PUSHORT Register, PUSHORT Data)
{
    *Data = drvlint_any_u16();
}

void(NdisReadRegisterUlong)(PULONG Register, PULONG Data)
{
    *Data = drvlint_any_u32();
}

NO_EFFECT(NdisWriteRegisterUchar, (PUCHAR Register, UCHAR Data))
NO_EFFECT(NdisWriteRegisterUshort, (PUSHORT Register, USHORT Data))
NO_EFFECT(NdisWriteRegisterUlong, (PULONG Register, ULONG Data))

void(NdisRawReadPortUchar)(ULONG_PTR Port, PUCHAR Data)
{
    *Data = drvlint_any_u8();
}

void(NdisRawReadPortUshort)(ULONG_PTR Port, PUSHORT Data)
{
    *Data = drvlint_any_u16();
}

void(NdisRawReadPortUlong)(ULONG_PTR Port, PULONG Data)
{
    *Data = drvlint_any_u32();
}

void(NdisRawReadPortBufferUchar)(ULONG_PTR Port, PUCHAR Buffer, ULONG Length)
{
    drvlint_havoc(Buffer, Length);
}

void(NdisRawReadPortBufferUshort)(ULONG_PTR Port, PUSHORT Buffer, ULONG Length)
{
    drvlint_havoc(Buffer, (unsigned long long)Length * sizeof(USHORT));
}

void(NdisRawReadPortBufferUlong)(ULONG_PTR Port, PULONG Buffer, ULONG Length)
{
    drvlint_havoc(Buffer, (unsigned long long)Length * sizeof(ULONG));
}

NO_EFFECT(NdisRawWritePortUchar, (ULONG_PTR Port, UCHAR Data))
NO_EFFECT(NdisRawWritePortUshort, (ULONG_PTR Port, USHORT Data))
NO_EFFECT(NdisRawWritePortUlong, (ULONG_PTR Port, ULONG Data))
NO_EFFECT(NdisRawWritePortBufferUchar, (ULONG_PTR Port, PUCHAR Buffer, ULONG Length))
NO_EFFECT(NdisRawWritePortBufferUshort, (ULONG_PTR Port, PUSHORT Buffer, ULONG Length))
NO_EFFECT(NdisRawWritePortBufferUlong, (ULONG_PTR Port, PULONG Buffer, ULONG Length))
