/* Newer name of crtdefs.h. */
#ifndef DRVLINT_VCRUNTIME_H
#define DRVLINT_VCRUNTIME_H

#include "crtdefs.h"

#endif
