#include "base/intern.h"

#include "base/map.h"

#include <string.h>

void interner_init(struct interner *table, struct arena *arena)
{
    *table = (struct interner){.arena = arena};
}

static const char **find_slot(const struct interner *table, const char *text, size_t length)
{
    size_t mask = table->cap - 1;
    for (size_t i = hash_bytes(text, length) & mask;; i = (i + 1) & mask) {
        const char **slot = &table->slots[i];
        if (!*slot || (strncmp(*slot, text, length) == 0 && (*slot)[length] == '\0'))
            return slot;
    }
}

static void grow(struct interner *table)
{
    struct interner bigger = *table;
    bigger.cap = table->cap ? table->cap * 2 : 256;
    bigger.slots = arena_new_array(table->arena, bigger.cap, const char *);
    for (size_t i = 0; i < table->cap; i++)
        if (table->slots[i])
            *find_slot(&bigger, table->slots[i], strlen(table->slots[i])) = table->slots[i];
    *table = bigger;
}

const char *intern_n(struct interner *table, const char *text, size_t length)
{
    /* A string ends at its first NUL, also for equality. */
    length = strnlen(text, length);
    if (table->len * 2 >= table->cap)
        grow(table);
    const char **slot = find_slot(table, text, length);
    if (!*slot) {
        *slot = arena_strndup(table->arena, text, length);
        table->len++;
    }
    return *slot;
}

const char *intern(struct interner *table, const char *text)
{
    return text ? intern_n(table, text, strlen(text)) : NULL;
}

const char *intern_find(const struct interner *table, const char *text)
{
    return text && table->cap ? *find_slot(table, text, strlen(text)) : NULL;
}
