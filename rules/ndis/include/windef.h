/* Names of user mode for code that is shared with it. */
#ifndef DRVLINT_WINDEF_H
#define DRVLINT_WINDEF_H

#include "minwindef.h"



#endif
