/* Arithmetic that does not overflow: under its user-mode name. */
#ifndef DRVLINT_INTSAFE_H
#define DRVLINT_INTSAFE_H

#include "ntintsafe.h"

#endif
