/* Checks for unit tests: a failed one prints one line and the test goes on; main returns
 * check_status(). */
#ifndef DRVLINT_TEST_CHECK_H
#define DRVLINT_TEST_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int check_failures;

/* `why` says which case of a table failed, or what was expected. */
#define CHECK(condition, why)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, (why), #condition);             \
            check_failures++;                                                                      \
        }                                                                                          \
    } while (0)

/* Equal strings, or both NULL. */
#define CHECK_TEXT(got, want, why) check_text(__FILE__, __LINE__, (got), (want), (why))

static inline void check_text(const char *file, int line, const char *got, const char *want,
                              const char *why)
{
    if (got == want || (got && want && strcmp(got, want) == 0))
        return;
    fprintf(stderr, "%s:%d: %s: got '%s', want '%s'\n", file, line, why, got ? got : "(null)",
            want ? want : "(null)");
    check_failures++;
}

static inline int check_status(void)
{
    return check_failures != 0;
}

#endif
