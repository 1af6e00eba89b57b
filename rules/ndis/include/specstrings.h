/* Older name of the annotations. */
#ifndef DRVLINT_SPECSTRINGS_H
#define DRVLINT_SPECSTRINGS_H

#include "sal.h"

#endif
