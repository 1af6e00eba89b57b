#pragma once
#define REGS_MAGIC 7
#define REGS_LAST 100
// Found beside the file that includes the includer, as the Microsoft compiler does.
#include "Once.h"
