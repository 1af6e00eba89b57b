/* Device property keys and types. */
#ifndef DRVLINT_DEVPROPDEF_H
#define DRVLINT_DEVPROPDEF_H

#include "ntdef.h"

typedef ULONG DEVPROPTYPE, *PDEVPROPTYPE;
typedef GUID DEVPROPGUID, *PDEVPROPGUID;
typedef ULONG DEVPROPID, *PDEVPROPID;

typedef struct _DEVPROPKEY {
    DEVPROPGUID fmtid;
    DEVPROPID pid;
} DEVPROPKEY, *PDEVPROPKEY;

#define DEVPROP_TYPEMOD_ARRAY  0x1000
#define DEVPROP_TYPEMOD_LIST   0x2000
#define DEVPROP_TYPE_EMPTY     0
#define DEVPROP_TYPE_NULL      1
#define DEVPROP_TYPE_BYTE      3
#define DEVPROP_TYPE_UINT16    5
#define DEVPROP_TYPE_INT32     6
#define DEVPROP_TYPE_UINT32    7
#define DEVPROP_TYPE_UINT64    9
#define DEVPROP_TYPE_GUID      13
#define DEVPROP_TYPE_FILETIME  16
#define DEVPROP_TYPE_BOOLEAN   17
#define DEVPROP_TYPE_STRING    18
#define DEVPROP_TYPE_BINARY    (DEVPROP_TYPEMOD_ARRAY | DEVPROP_TYPE_BYTE)
#define DEVPROP_TYPE_STRING_LIST (DEVPROP_TYPEMOD_LIST | DEVPROP_TYPE_STRING)
#define DEVPROPID_FIRST_USABLE 2

#define DEVPROP_TRUE  ((char)-1)
#define DEVPROP_FALSE ((char)0)

#endif

#undef DEFINE_DEVPROPKEY
#ifdef INITGUID
#define DEFINE_DEVPROPKEY(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8, pid) \
    EXTERN_C const DEVPROPKEY __declspec(selectany) name = \
        {{l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}, pid}
#else
#define DEFINE_DEVPROPKEY(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8, pid) \
    EXTERN_C const DEVPROPKEY name
#endif
