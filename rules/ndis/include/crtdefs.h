/* Types that all parts of the C library share. */
#ifndef DRVLINT_CRTDEFS_H
#define DRVLINT_CRTDEFS_H

#include "sal.h"

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef __INTPTR_TYPE__ intptr_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef size_t rsize_t;
#ifndef __cplusplus
typedef __WCHAR_TYPE__ wchar_t;
#endif
typedef unsigned short wint_t;
typedef unsigned short wctype_t;
typedef int errno_t;
typedef long __time32_t;
typedef long long __time64_t;

#define _TRUNCATE ((size_t)-1)
#define __CRTDECL
#define _CRTIMP
#define _CRTIMP_ALTERNATIVE
#ifndef _W64
#define _W64
#endif

#endif
