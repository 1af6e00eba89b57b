#include "base/map.h"

uint64_t hash_u64(uint64_t x)
{
    x ^= x >> 30;
    x *= UINT64_C(0xbf58476d1ce4e5b9);
    x ^= x >> 27;
    x *= UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

uint64_t hash_bytes(const void *data, size_t length)
{
    const unsigned char *bytes = data;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    return hash_u64(hash);
}

/* The slot that holds `key`, or the free one where it belongs. */
static uint32_t *find_slot(const struct map *map, uint64_t key)
{
    size_t mask = map->nslots - 1;
    for (size_t i = hash_u64(key) & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &map->slots[i];
        if (!*slot || map->entries[*slot - 1].key == key)
            return slot;
    }
}

/* At most half of the slots are taken, so find_slot() ends. */
static void grow(struct map *map, struct arena *arena)
{
    size_t cap = map->cap ? map->cap * 2 : 8;
    BUG_ON(cap > UINT32_MAX / 2);
    map->entries = arena_grow(arena, map->entries, map->cap * sizeof(*map->entries),
                              cap * sizeof(*map->entries));
    map->cap = cap;
    map->nslots = cap * 2;
    map->slots = arena_new_array(arena, map->nslots, uint32_t);
    for (size_t i = 0; i < map->len; i++)
        *find_slot(map, map->entries[i].key) = (uint32_t)i + 1;
}

uint64_t *map_get(const struct map *map, uint64_t key)
{
    if (!map->len)
        return NULL;
    uint32_t slot = *find_slot(map, key);
    return slot ? &map->entries[slot - 1].value : NULL;
}

uint64_t *map_slot(struct map *map, struct arena *arena, uint64_t key)
{
    uint64_t *value = map_get(map, key);
    if (value)
        return value;
    if (map->len == map->cap)
        grow(map, arena);
    map->entries[map->len] = (struct map_entry){.key = key};
    *find_slot(map, key) = (uint32_t)map->len + 1;
    return &map->entries[map->len++].value;
}

void map_set(struct map *map, struct arena *arena, uint64_t key, uint64_t value)
{
    *map_slot(map, arena, key) = value;
}
