/* Standard types. */
#ifndef DRVLINT_STDDEF_H
#define DRVLINT_STDDEF_H

#include "crtdefs.h"

#ifndef NULL
#ifdef __cplusplus
#define NULL 0
#else
#define NULL ((void *)0)
#endif
#endif

#define offsetof(type, member) __builtin_offsetof(type, member)

#endif
