/* Growable arrays whose storage lives in an arena. A zeroed vector is empty.
 *
 *     VEC(struct step) steps = {0};
 *     vec_push(arena, &steps, step);
 *     for (size_t i = 0; i < steps.len; i++) use(&steps.items[i]);
 */
#ifndef DRVLINT_BASE_VEC_H
#define DRVLINT_BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t len, cap;                                                                           \
    }

/* Makes room for at least `want` elements. */
#define vec_reserve(arena, v, want)                                                                \
    vec_reserve_((arena), (void **)&(v)->items, (v)->len, &(v)->cap, (want), sizeof(*(v)->items))

/* Appends by value. */
#define vec_push(arena, v, ...)                                                                    \
    do {                                                                                           \
        vec_reserve((arena), (v), (v)->len + 1);                                                   \
        (v)->items[(v)->len++] = (__VA_ARGS__);                                                    \
    } while (0)

#define vec_last(v) ((v)->items[(v)->len - 1])

void vec_reserve_(struct arena *arena, void **items, size_t len, size_t *cap, size_t want,
                  size_t size);

#endif
