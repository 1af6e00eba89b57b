/* Variable arguments, under the name that compilers include. */
#ifndef DRVLINT_VADEFS_H
#define DRVLINT_VADEFS_H

#include "stdarg.h"

#endif
