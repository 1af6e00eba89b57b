/* Interned strings: equal text is the same pointer, so equality is identity. */
#ifndef DRVLINT_BASE_INTERN_H
#define DRVLINT_BASE_INTERN_H

#include "base/arena.h"

struct interner {
    struct arena *arena;
    const char **slots; /* open addressing; NULL: free */
    size_t cap, len;
};

/* The strings live as long as `arena`. */
void interner_init(struct interner *table, struct arena *arena);

/* The one copy of `text` in this table. NULL gives NULL. */
const char *intern(struct interner *table, const char *text);
const char *intern_n(struct interner *table, const char *text, size_t length);

/* The interned copy if `text` was interned before, else NULL. */
const char *intern_find(const struct interner *table, const char *text);

#endif
