/* Basic types of the kernel, and the macros that every driver uses. */
#ifndef DRVLINT_NTDEF_H
#define DRVLINT_NTDEF_H

#include "ctype.h"
#include "excpt.h"
#include "stdarg.h"
#include "string.h"
#include "basetsd.h"
#include "driverspecs.h"
#include "guiddef.h"
#include "sdkddkver.h"
#include "specstrings.h"
#include "sdv_driverspecs.h"

#ifndef IN
#define IN
#define OUT
#define OPTIONAL
#endif
#ifndef FAR
#define FAR
#define NEAR
#endif
#ifndef CONST
#define CONST const
#endif
#ifndef VOID
#define VOID void
#endif

#define NOTHING
#define CRITICAL
#define ANYSIZE_ARRAY 1

/* Calling conventions and import marks: there is one convention, and everything is linked. */
#define NTAPI
#define FASTCALL
#define WINAPI
#define CALLBACK
#define APIENTRY
#define STDMETHODCALLTYPE
#define STDMETHODVCALLTYPE
#define STDAPICALLTYPE
#define DECLSPEC_IMPORT
#define DECLSPEC_EXPORT
#define DECLSPEC_ALIGN(x) __declspec(align(x))
#define DECLSPEC_CACHEALIGN DECLSPEC_ALIGN(SYSTEM_CACHE_ALIGNMENT_SIZE)
#define DECLSPEC_NORETURN __declspec(noreturn)
#define DECLSPEC_NOTHROW __declspec(nothrow)
#define DECLSPEC_NOINLINE
#define DECLSPEC_NOVTABLE
#define DECLSPEC_UUID(x)
#define DECLSPEC_SELECTANY __declspec(selectany)
#define DECLSPEC_DEPRECATED
#define DECLSPEC_DEPRECATED_DDK
#define DECLSPEC_RESTRICT
#define DECLSPEC_SAFEBUFFERS
#define DECLSPEC_GUARDNOCF
#define DECLSPEC_GUARD_SUPPRESS
#define DEPRECATE_DDK_FUNCTIONS 1
#define NTSYSAPI
#define NTSYSCALLAPI
#define NTKERNELAPI
#define NTHALAPI
#define RESTRICTED_POINTER
#define UNALIGNED __unaligned
#define UNALIGNED64 __unaligned
#define NOP_FUNCTION ((void)0)

/* Plain inline: one body per program, and a call that stays visible. */
#define FORCEINLINE __inline
#define CFORCEINLINE __inline
#define DECLSPEC_CHPE_PATCHABLE

#ifdef __cplusplus
#define EXTERN_C extern "C"
#define EXTERN_C_START extern "C" {
#define EXTERN_C_END }
#else
#define EXTERN_C extern
#define EXTERN_C_START
#define EXTERN_C_END
#endif
#define STDAPI EXTERN_C HRESULT STDAPICALLTYPE
#define STDMETHODIMP HRESULT STDMETHODCALLTYPE

#if defined(_M_AMD64) || defined(_M_ARM64)
#define MEMORY_ALLOCATION_ALIGNMENT 16
#else
#define MEMORY_ALLOCATION_ALIGNMENT 8
#endif
#define MAX_NATURAL_ALIGNMENT sizeof(ULONGLONG)
#define SYSTEM_CACHE_ALIGNMENT_SIZE 64
#define TYPE_ALIGNMENT(type) __alignof(type)
#define PROBE_ALIGNMENT(type) __alignof(type)

#define FALSE 0
#define TRUE  1

EXTERN_C_START

/* Numbers and characters */

typedef char CHAR, *PCHAR, *LPCH, *PCH, *NPSTR, *LPSTR, *PSTR;
typedef const CHAR *LPCCH, *PCCH, *LPCSTR, *PCSTR;
typedef PCSTR PCZPCSTR;
typedef signed char SCHAR, *PSCHAR;
typedef unsigned char UCHAR, *PUCHAR;
typedef const UCHAR *PCUCHAR;
typedef short SHORT, *PSHORT;
typedef unsigned short USHORT, *PUSHORT;
typedef const USHORT *PCUSHORT;
typedef long LONG, *PLONG;
typedef unsigned long ULONG, *PULONG;
typedef const ULONG *PCULONG;
typedef long long LONGLONG, *PLONGLONG;
typedef unsigned long long ULONGLONG, *PULONGLONG;
typedef ULONGLONG DWORDLONG, *PDWORDLONG;
typedef unsigned long DWORD, *PDWORD, *LPDWORD;
typedef unsigned short WORD, *PWORD;
typedef unsigned char BYTE, *PBYTE, *LPBYTE;
typedef int BOOL, *PBOOL;
typedef UCHAR BOOLEAN, *PBOOLEAN;
typedef char CCHAR, *PCCHAR;
typedef short CSHORT, *PCSHORT;
typedef UCHAR FCHAR;
typedef USHORT FSHORT;
typedef ULONG FLONG;
typedef void *PVOID;
typedef void *POINTER_64 PVOID64;
typedef const void *PCVOID;
typedef float FLOAT;
typedef double DOUBLE;
typedef long HRESULT;
typedef LONG NTSTATUS, *PNTSTATUS;
typedef ULONG LOGICAL, *PLOGICAL;
typedef ULONG CLONG, *PCLONG;
typedef ULONG LCID, *PLCID;
typedef USHORT LANGID;
typedef void *HANDLE, **PHANDLE;
#define DECLARE_HANDLE(name) typedef struct name##__ *name
typedef UCHAR KIRQL, *PKIRQL;
typedef LONG KPRIORITY;
typedef ULONG_PTR KSPIN_LOCK, *PKSPIN_LOCK;

typedef wchar_t WCHAR, *PWCHAR, *LPWCH, *PWCH, *NWPSTR, *LPWSTR, *PWSTR;
typedef const WCHAR *LPCWCH, *PCWCH, *LPCWSTR, *PCWSTR;
typedef PCWSTR PCZPWSTR, PZPCWSTR;
typedef WCHAR *PZZWSTR;
typedef const WCHAR *PCZZWSTR;
typedef char TCHAR, *PTCHAR;
typedef LPSTR LPTSTR, PTSTR;
typedef LPCSTR LPCTSTR, PCTSTR;
#define __TEXT(quote) quote
#define TEXT(quote) __TEXT(quote)

#define MINCHAR   0x80
#define MAXCHAR   0x7f
#define MINSHORT  0x8000
#define MAXSHORT  0x7fff
#define MINLONG   0x80000000
#define MAXLONG   0x7fffffff
#define MAXUCHAR  0xff
#define MAXUSHORT 0xffff
#define MAXULONG  0xffffffff
#define MAXLONGLONG 0x7fffffffffffffffLL
#define MAXULONGLONG (~(ULONGLONG)0)
#define MAXDWORD  0xffffffff
#define UNICODE_NULL ((WCHAR)0)
#define ANSI_NULL ((CHAR)0)
#define UNICODE_STRING_MAX_BYTES ((USHORT)65534)
#define UNICODE_STRING_MAX_CHARS 32767

#define Int32x32To64(a, b) ((LONGLONG)(long)(a) * (LONGLONG)(long)(b))
#define UInt32x32To64(a, b) ((ULONGLONG)(unsigned int)(a) * (ULONGLONG)(unsigned int)(b))

typedef union _ULARGE_INTEGER {
    struct {
        ULONG LowPart;
        ULONG HighPart;
    };
    struct {
        ULONG LowPart;
        ULONG HighPart;
    } u;
    ULONGLONG QuadPart;
} ULARGE_INTEGER;

typedef union _LARGE_INTEGER {
    struct {
        ULONG LowPart;
        LONG HighPart;
    };
    struct {
        ULONG LowPart;
        LONG HighPart;
    } u;
    LONGLONG QuadPart;
} LARGE_INTEGER;

typedef LARGE_INTEGER *PLARGE_INTEGER;

typedef struct _LUID {
    ULONG LowPart;
    LONG HighPart;
} LUID, *PLUID;

typedef LARGE_INTEGER PHYSICAL_ADDRESS;
typedef ULARGE_INTEGER *PULARGE_INTEGER;
typedef LARGE_INTEGER *PPHYSICAL_ADDRESS;

/* Strings */

typedef struct _STRING {
    USHORT Length;
    USHORT MaximumLength;
    PCHAR Buffer;
} STRING;

typedef struct _UNICODE_STRING {
    USHORT Length;
    USHORT MaximumLength;
    PWCH Buffer;
} UNICODE_STRING;

typedef UNICODE_STRING *PUNICODE_STRING;
typedef const UNICODE_STRING *PCUNICODE_STRING;
typedef STRING *PSTRING;
typedef PSTRING PANSI_STRING;
typedef STRING ANSI_STRING;
typedef STRING OEM_STRING, *POEM_STRING, UTF8_STRING, *PUTF8_STRING;
typedef const STRING *PCANSI_STRING, *PCOEM_STRING, *PCSTRING;

#define RTL_CONSTANT_STRING(s) {sizeof(s) - sizeof((s)[0]), sizeof(s), (s)}
#define DECLARE_CONST_UNICODE_STRING(name, text) \
    const WCHAR name##_buffer[] = text; \
    const UNICODE_STRING name = {sizeof(text) - sizeof(WCHAR), sizeof(text), (PWCH)name##_buffer}
#define DECLARE_GLOBAL_CONST_UNICODE_STRING(name, text) \
    extern const __declspec(selectany) UNICODE_STRING name = RTL_CONSTANT_STRING(text)
#define DECLARE_UNICODE_STRING_SIZE(name, size) \
    WCHAR name##_buffer[size]; \
    UNICODE_STRING name = {0, (size) * sizeof(WCHAR), name##_buffer}

/* Lists */

typedef struct _SINGLE_LIST_ENTRY {
    struct _SINGLE_LIST_ENTRY *Next;
} SINGLE_LIST_ENTRY;

typedef struct _LIST_ENTRY {
    struct _LIST_ENTRY *Flink;
    struct _LIST_ENTRY *Blink;
} LIST_ENTRY;
typedef struct _LIST_ENTRY *PLIST_ENTRY, *PRLIST_ENTRY;
typedef struct _SINGLE_LIST_ENTRY *PSINGLE_LIST_ENTRY;

/* Objects, processors, waiting */

typedef struct _OBJECT_ATTRIBUTES {
    ULONG Length;
    HANDLE RootDirectory;
    PUNICODE_STRING ObjectName;
    ULONG Attributes;
    PVOID SecurityDescriptor;
    PVOID SecurityQualityOfService;
} OBJECT_ATTRIBUTES;

typedef OBJECT_ATTRIBUTES *POBJECT_ATTRIBUTES;
typedef const OBJECT_ATTRIBUTES *PCOBJECT_ATTRIBUTES;

#define OBJ_INHERIT          0x00000002
#define OBJ_PERMANENT        0x00000010
#define OBJ_EXCLUSIVE        0x00000020
#define OBJ_CASE_INSENSITIVE 0x00000040
#define OBJ_OPENIF           0x00000080
#define OBJ_OPENLINK         0x00000100
#define OBJ_KERNEL_HANDLE    0x00000200
#define OBJ_FORCE_ACCESS_CHECK 0x00000400
#define OBJ_DONT_REPARSE     0x00001000
#define OBJ_VALID_ATTRIBUTES 0x00001FF2

#define InitializeObjectAttributes(Attributes_, Name, Flags, Root, Security) \
    do { \
        (Attributes_)->Length = sizeof(OBJECT_ATTRIBUTES); \
        (Attributes_)->RootDirectory = (Root); \
        (Attributes_)->Attributes = (Flags); \
        (Attributes_)->ObjectName = (Name); \
        (Attributes_)->SecurityDescriptor = (Security); \
        (Attributes_)->SecurityQualityOfService = NULL; \
    } while (0)

typedef struct _PROCESSOR_NUMBER {
    USHORT Group;
    UCHAR Number;
    UCHAR Reserved;
} PROCESSOR_NUMBER, *PPROCESSOR_NUMBER;

typedef enum _EVENT_TYPE {
    NotificationEvent,
    SynchronizationEvent,
} EVENT_TYPE, *PEVENT_TYPE;

typedef struct _GROUP_AFFINITY {
    KAFFINITY Mask;
    USHORT Group;
    USHORT Reserved[3];
} GROUP_AFFINITY, *PGROUP_AFFINITY;

typedef enum _WAIT_TYPE {
    WaitAll,
    WaitAny,
} WAIT_TYPE, *PWAIT_TYPE;

#define LANG_ENGLISH       9
#define LANG_NEUTRAL       0
#define SUBLANG_DEFAULT    1
#define SUBLANG_ENGLISH_US 1

typedef enum _TIMER_TYPE {
    NotificationTimer,
    SynchronizationTimer,
} TIMER_TYPE;

typedef enum _NT_PRODUCT_TYPE {
    NtProductWinNt = 1,
    NtProductLanManNt,
    NtProductServer,
} NT_PRODUCT_TYPE, *PNT_PRODUCT_TYPE;

/* Status values */

#define NT_SUCCESS(Status)     ((NTSTATUS)(Status) >= 0)
#define NT_INFORMATION(Status) ((ULONG)(Status) >> 30 == 1)
#define NT_WARNING(Status)     ((ULONG)(Status) >> 30 == 2)
#define NT_ERROR(Status)       ((ULONG)(Status) >> 30 == 3)
#define SUCCEEDED(Result)      ((HRESULT)(Result) >= 0)
#define FAILED(Result)         ((HRESULT)(Result) < 0)

/* Fields, arrays, arguments */

#define ARGUMENT_PRESENT(Argument) ((Argument) != NULL)
#define UNREFERENCED_PARAMETER(P) ((void)(P))
#define DBG_UNREFERENCED_PARAMETER(P) ((void)(P))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(V) ((void)(V))
#define FIELD_OFFSET(type, field) ((LONG)__builtin_offsetof(type, field))
#define UFIELD_OFFSET(type, field) ((ULONG)__builtin_offsetof(type, field))
#define RTL_FIELD_SIZE(type, field) (sizeof(((type *)0)->field))
#define RTL_SIZEOF_THROUGH_FIELD(type, field) \
    (FIELD_OFFSET(type, field) + RTL_FIELD_SIZE(type, field))
#define RTL_CONTAINS_FIELD(Struct, Size, Field) \
    ((PCHAR)(&(Struct)->Field) + sizeof((Struct)->Field) <= (PCHAR)(Struct) + (Size))
#define CONTAINING_RECORD(address, type, field) \
    ((type *)((PCHAR)(address) - (ULONG_PTR)__builtin_offsetof(type, field)))
#define RTL_NUMBER_OF_V1(A) (sizeof(A) / sizeof((A)[0]))
#define RTL_NUMBER_OF_V2(A) RTL_NUMBER_OF_V1(A)
#define RTL_NUMBER_OF(A) RTL_NUMBER_OF_V1(A)
#define ARRAYSIZE(A) RTL_NUMBER_OF_V2(A)
#ifndef _countof
#define _countof(A) RTL_NUMBER_OF_V2(A)
#endif
#define RTL_NUMBER_OF_FIELD(type, field) RTL_NUMBER_OF(((type *)0)->field)
#define RTL_BITS_OF(x) (sizeof(x) * 8)
#define RTL_BITS_OF_FIELD(type, field) RTL_BITS_OF(RTL_FIELD_TYPE(type, field))
#define RTL_FIELD_TYPE(type, field) (((type *)0)->field)

#ifdef __cplusplus
#define C_ASSERT(e) static_assert(e, #e)
#define DEFINE_ENUM_FLAG_OPERATORS(type) \
    inline type operator|(type a, type b) { return type((int)a | (int)b); } \
    inline type operator&(type a, type b) { return type((int)a & (int)b); } \
    inline type operator~(type a) { return type(~(int)a); } \
    inline type &operator|=(type &a, type b) { return a = a | b; } \
    inline type &operator&=(type &a, type b) { return a = a & b; }
#else
#define C_ASSERT(e) _Static_assert(e, #e)
#define DEFINE_ENUM_FLAG_OPERATORS(type)
#endif

#ifndef NOMINMAX
#ifndef max
#define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
#ifndef min
#define min(a, b) (((a) < (b)) ? (a) : (b))
#endif
#endif

#define MAKELANGID(p, s) ((USHORT)(s) << 10 | (USHORT)(p))

#define LOBYTE(w) ((UCHAR)((ULONG_PTR)(w) & 0xff))
#define HIBYTE(w) ((UCHAR)((ULONG_PTR)(w) >> 8 & 0xff))
#define LOWORD(l) ((USHORT)((ULONG_PTR)(l) & 0xffff))
#define HIWORD(l) ((USHORT)((ULONG_PTR)(l) >> 16 & 0xffff))

EXTERN_C_END

#endif
