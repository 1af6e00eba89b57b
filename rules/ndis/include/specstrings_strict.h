/* Older name of the annotations. */
#ifndef DRVLINT_SPECSTRINGS_STRICT_H
#define DRVLINT_SPECSTRINGS_STRICT_H

#include "sal.h"

#endif
