#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void bug_report(const char *file, int line, const char *condition)
{
    fprintf(stderr, "drvlint: internal error at %s:%d: %s\n", file, line, condition);
    abort();
}
