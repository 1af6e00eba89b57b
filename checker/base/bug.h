/* Assertions about our own mistakes, and small compile-time helpers. */
#ifndef DRVLINT_BASE_BUG_H
#define DRVLINT_BASE_BUG_H

#include <stddef.h>

/* Prints the broken invariant to stderr and aborts. Only for states that no input can cause. */
_Noreturn void bug_report(const char *file, int line, const char *condition);

/* Stops at once when `condition`, which is our own mistake, holds. Present in every build type. */
#define BUG_ON(condition)                                                                          \
    do {                                                                                           \
        if (condition)                                                                             \
            bug_report(__FILE__, __LINE__, #condition);                                            \
    } while (0)

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#if defined(__GNUC__)
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define PRINTF_LIKE(text, first)
#endif

#endif
