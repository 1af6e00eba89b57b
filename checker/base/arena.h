/* Arenas: memory tied to a phase, released in one call.
 *
 * arena_alloc() never returns NULL. When the system has no memory the arena calls `on_fail`, which
 * must not return (main's prints one line and exits with the tool-error status, a test's jumps
 * back). That is the program's only out-of-memory path. An arena is used by one thread at a time. */
#ifndef DRVLINT_BASE_ARENA_H
#define DRVLINT_BASE_ARENA_H

#include "base/bug.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Called with the number of bytes that could not be had. Must not return. */
typedef void arena_fail_fn(void *context, size_t size);

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; /* newest first */
    char *next, *end;           /* free space of the newest chunk */
    size_t bytes;               /* bytes handed out, for --stats */
    size_t reserved;            /* bytes taken from the system */
    uint64_t fail_after;        /* testing: the n-th system request fails; 0: never */
    arena_fail_fn *on_fail;     /* NULL: bug_report */
    void *context;
};

/* Makes an empty arena; takes no memory yet. */
void arena_init(struct arena *arena, arena_fail_fn *on_fail, void *context);

/* Frees everything allocated from it; the arena is empty and usable afterwards. */
void arena_finish(struct arena *arena);

/* Returns `size` zeroed bytes aligned for any object; never NULL. Lives until arena_finish(). */
void *arena_alloc(struct arena *arena, size_t size);

/* Like arena_alloc() for `count` elements; overflow is treated as out of memory. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);

/* Returns a bigger copy of the block at `old` (old_size bytes used); extends in place if it is the
 * newest allocation. `old` may be NULL with old_size 0. */
void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size);

/* Calls on_fail: for the few who take memory elsewhere. */
_Noreturn void arena_out_of_memory(struct arena *arena, size_t size);

/* Copies `length` bytes and a final NUL. */
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_strdup(struct arena *arena, const char *text);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list args);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_new_array(arena, count, type)                                                        \
    ((type *)arena_alloc_array((arena), (count), sizeof(type)))

#endif
