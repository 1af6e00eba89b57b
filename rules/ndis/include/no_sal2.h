/* SAL 2 annotations, defined away. */
#ifndef DRVLINT_NO_SAL2_H
#define DRVLINT_NO_SAL2_H

#include "sal.h"

#endif
