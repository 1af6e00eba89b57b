/* Lock annotations. */
#ifndef DRVLINT_CONCURRENCYSAL_H
#define DRVLINT_CONCURRENCYSAL_H

#include "kernelspecs.h"

#endif
