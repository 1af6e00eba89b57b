/* Wide strings. */
#ifndef DRVLINT_WCHAR_H
#define DRVLINT_WCHAR_H

#include "ctype.h"
#include "stdio.h"
#include "string.h"

#endif
