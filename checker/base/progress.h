/* What is being done, told while it is done. */
#ifndef DRVLINT_BASE_PROGRESS_H
#define DRVLINT_BASE_PROGRESS_H

#include <stddef.h>

/* Somebody who wants to know. `tell` may be called by several threads at a time: "compiling",
 * "main.c", the 3rd of 12. The texts live for the call. Nothing that is told is a result: the order
 * depends on the threads. */
struct progress {
    void (*tell)(void *context, const char *doing, const char *what, size_t nth, size_t total);
    void *context;
};

/* Tells, unless nobody listens (NULL). */
void progress_tell(const struct progress *progress, const char *doing, const char *what, size_t nth,
                   size_t total);

#endif
