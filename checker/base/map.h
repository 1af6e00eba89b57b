/* Hash map from 64-bit keys to 64-bit values in an arena. Iteration is in insertion order, so that
 * nothing observable depends on hashing. There is no removal. A zeroed map is empty. */
#ifndef DRVLINT_BASE_MAP_H
#define DRVLINT_BASE_MAP_H

#include "base/arena.h"

struct map_entry {
    uint64_t key, value;
};

struct map {
    struct map_entry *entries; /* insertion order; len of them */
    uint32_t *slots;           /* entry index + 1; 0: free */
    size_t len, cap, nslots;
};

/* Points at the value of `key`, or NULL. Valid until the next map_set(). */
uint64_t *map_get(const struct map *map, uint64_t key);

/* Points at the value of `key`, which is 0 when it was not there. Valid until the next insertion. */
uint64_t *map_slot(struct map *map, struct arena *arena, uint64_t key);

void map_set(struct map *map, struct arena *arena, uint64_t key, uint64_t value);

/* Well-mixed hash of a 64-bit number (splitmix64 finalizer, Steele, Lea, Flood, OOPSLA 2014). */
uint64_t hash_u64(uint64_t x);
/* FNV-1a over bytes, finished with hash_u64(). */
uint64_t hash_bytes(const void *data, size_t length);

#endif
