/* Checked integer arithmetic: STATUS_INTEGER_OVERFLOW instead of a wrong result. */
#ifndef DRVLINT_NTINTSAFE_H
#define DRVLINT_NTINTSAFE_H

#include "ntdef.h"
#include "ntstatus.h"

EXTERN_C_START

FORCEINLINE NTSTATUS RtlUInt8Add(UINT8 a, UINT8 b, UINT8 *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt8Sub(UINT8 a, UINT8 b, UINT8 *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt8Mult(UINT8 a, UINT8 b, UINT8 *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUShortAdd(USHORT a, USHORT b, USHORT *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUShortSub(USHORT a, USHORT b, USHORT *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUShortMult(USHORT a, USHORT b, USHORT *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUIntAdd(unsigned int a, unsigned int b, unsigned int *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUIntSub(unsigned int a, unsigned int b, unsigned int *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUIntMult(unsigned int a, unsigned int b, unsigned int *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt32Add(UINT32 a, UINT32 b, UINT32 *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt32Sub(UINT32 a, UINT32 b, UINT32 *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt32Mult(UINT32 a, UINT32 b, UINT32 *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongAdd(ULONG a, ULONG b, ULONG *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongSub(ULONG a, ULONG b, ULONG *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongMult(ULONG a, ULONG b, ULONG *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongLongAdd(ULONGLONG a, ULONGLONG b, ULONGLONG *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongLongSub(ULONGLONG a, ULONGLONG b, ULONGLONG *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongLongMult(ULONGLONG a, ULONGLONG b, ULONGLONG *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt64Add(UINT64 a, UINT64 b, UINT64 *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt64Sub(UINT64 a, UINT64 b, UINT64 *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt64Mult(UINT64 a, UINT64 b, UINT64 *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlSizeTAdd(SIZE_T a, SIZE_T b, SIZE_T *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlSizeTSub(SIZE_T a, SIZE_T b, SIZE_T *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlSizeTMult(SIZE_T a, SIZE_T b, SIZE_T *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongPtrAdd(ULONG_PTR a, ULONG_PTR b, ULONG_PTR *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongPtrSub(ULONG_PTR a, ULONG_PTR b, ULONG_PTR *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongPtrMult(ULONG_PTR a, ULONG_PTR b, ULONG_PTR *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlLongAdd(LONG a, LONG b, LONG *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlLongSub(LONG a, LONG b, LONG *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlLongMult(LONG a, LONG b, LONG *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlLongLongAdd(LONGLONG a, LONGLONG b, LONGLONG *result)
{
    return __builtin_add_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlLongLongSub(LONGLONG a, LONGLONG b, LONGLONG *result)
{
    return __builtin_sub_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlLongLongMult(LONGLONG a, LONGLONG b, LONGLONG *result)
{
    return __builtin_mul_overflow(a, b, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlSizeTToULong(SIZE_T operand, ULONG *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlSizeTToUInt32(SIZE_T operand, UINT32 *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlSizeTToUShort(SIZE_T operand, USHORT *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongToUShort(ULONG operand, USHORT *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongToUChar(ULONG operand, UCHAR *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongLongToULong(ULONGLONG operand, ULONG *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongLongToSizeT(ULONGLONG operand, SIZE_T *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt64ToUInt32(UINT64 operand, UINT32 *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlLongToULong(LONG operand, ULONG *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongToLong(ULONG operand, LONG *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt32ToUShort(UINT32 operand, USHORT *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlUInt32ToUInt8(UINT32 operand, UINT8 *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RtlULongPtrToULong(ULONG_PTR operand, ULONG *result)
{
    return __builtin_add_overflow(operand, 0, result) ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

EXTERN_C_END

#endif
