/* Memory functions. */
#ifndef DRVLINT_MEMORY_H
#define DRVLINT_MEMORY_H

#include "string.h"

#endif
