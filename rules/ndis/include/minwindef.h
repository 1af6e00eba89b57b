/* Names of user mode for code that is shared with it. */
#ifndef DRVLINT_MINWINDEF_H
#define DRVLINT_MINWINDEF_H

#include "ntdef.h"

EXTERN_C_START

typedef void *LPVOID;
typedef const void *LPCVOID;
typedef ULONG *LPULONG;
typedef LONG *LPLONG;
typedef unsigned int UINT, *PUINT;
typedef int INT, *PINT;

EXTERN_C_END

#endif
