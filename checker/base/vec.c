#include "base/vec.h"

void vec_reserve_(struct arena *arena, void **items, size_t len, size_t *cap, size_t want,
                  size_t size)
{
    if (want <= *cap)
        return;
    size_t room = *cap ? *cap * 2 : 8;
    if (room < want)
        room = want;
    if (room > SIZE_MAX / size)
        room = want; /* if that is too much as well, arena_alloc_array() says so */
    if (room > SIZE_MAX / size)
        arena_alloc_array(arena, room, size);
    /* The whole capacity counts as used: the block can then be extended in place. */
    (void)len;
    *items = arena_grow(arena, *items, *cap * size, room * size);
    *cap = room;
}
