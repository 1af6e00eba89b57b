/* Integer types of known or of pointer width. */
#ifndef DRVLINT_BASETSD_H
#define DRVLINT_BASETSD_H

#include "crtdefs.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifdef _WIN64
#define POINTER_64   __ptr64
#define POINTER_32   __ptr32
#define FIRMWARE_PTR
#else
#define POINTER_64
#define POINTER_32
#define FIRMWARE_PTR
#endif

typedef signed char INT8, *PINT8;
typedef short INT16, *PINT16;
typedef int INT32, *PINT32;
typedef long long INT64, *PINT64;
typedef unsigned char UINT8, *PUINT8;
typedef unsigned short UINT16, *PUINT16;
typedef unsigned int UINT32, *PUINT32;
typedef unsigned long long UINT64, *PUINT64;
typedef int LONG32, *PLONG32;
typedef unsigned int ULONG32, *PULONG32;
typedef unsigned int DWORD32, *PDWORD32;
typedef long long LONG64, *PLONG64;
typedef unsigned long long ULONG64, *PULONG64;
typedef unsigned long long DWORD64, *PDWORD64;

#ifdef _WIN64
typedef long long INT_PTR, *PINT_PTR;
typedef unsigned long long UINT_PTR, *PUINT_PTR;
typedef long long LONG_PTR, *PLONG_PTR;
typedef unsigned long long ULONG_PTR, *PULONG_PTR;
#define MAXULONG_PTR (~(ULONG_PTR)0)
#else
typedef int INT_PTR, *PINT_PTR;
typedef unsigned int UINT_PTR, *PUINT_PTR;
typedef long LONG_PTR, *PLONG_PTR;
typedef unsigned long ULONG_PTR, *PULONG_PTR;
#define MAXULONG_PTR (~(ULONG_PTR)0)
#endif

typedef ULONG_PTR SIZE_T, *PSIZE_T;
typedef LONG_PTR SSIZE_T, *PSSIZE_T;
typedef ULONG_PTR DWORD_PTR, *PDWORD_PTR;
typedef ULONG_PTR KAFFINITY;
typedef KAFFINITY *PKAFFINITY;

#define MAXUINT8   0xff
#define MAXUINT16  0xffff
#define MAXUINT32  0xffffffffU
#define MAXUINT64  0xffffffffffffffffULL
#define MAXUINT    0xffffffffU
#define MAXINT8    0x7f
#define MAXINT16   0x7fff
#define MAXINT32   0x7fffffff
#define MAXINT64   0x7fffffffffffffffLL
#define MAXULONG32 0xffffffffU
#define MAXULONG64 0xffffffffffffffffULL
#define MAXSIZE_T  (~(SIZE_T)0)

__inline unsigned long HandleToULong(const void *h) { return (unsigned long)(ULONG_PTR)h; }
__inline long HandleToLong(const void *h) { return (long)(LONG_PTR)h; }
__inline void *ULongToHandle(unsigned long h) { return (void *)(ULONG_PTR)h; }
__inline void *LongToHandle(long h) { return (void *)(LONG_PTR)h; }
__inline unsigned long PtrToUlong(const void *p) { return (unsigned long)(ULONG_PTR)p; }
__inline unsigned int PtrToUint(const void *p) { return (unsigned int)(UINT_PTR)p; }
__inline unsigned short PtrToUshort(const void *p) { return (unsigned short)(ULONG_PTR)p; }
__inline long PtrToLong(const void *p) { return (long)(LONG_PTR)p; }
__inline int PtrToInt(const void *p) { return (int)(INT_PTR)p; }
__inline short PtrToShort(const void *p) { return (short)(LONG_PTR)p; }
__inline void *IntToPtr(int i) { return (void *)(INT_PTR)i; }
__inline void *UIntToPtr(unsigned int ui) { return (void *)(UINT_PTR)ui; }
__inline void *LongToPtr(long l) { return (void *)(LONG_PTR)l; }
__inline void *ULongToPtr(unsigned long ul) { return (void *)(ULONG_PTR)ul; }

#define PtrToULong    PtrToUlong
#define PtrToUInt     PtrToUint
#define PtrToUShort   PtrToUshort
#define UlongToPtr    ULongToPtr
#define UintToPtr     UIntToPtr
#define HandleToUlong HandleToULong
#define UlongToHandle ULongToHandle

#ifdef __cplusplus
}
#endif

#endif
