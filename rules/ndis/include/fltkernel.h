/* File system filters; network drivers include it for ntifs.h. */
#ifndef DRVLINT_FLTKERNEL_H
#define DRVLINT_FLTKERNEL_H

#include "ntifs.h"

#endif
