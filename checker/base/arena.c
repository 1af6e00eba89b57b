#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Chunks come zeroed from calloc and their bytes are handed out once, so allocations need no
 * memset, and big ones cost no more than the pages that are touched. */
struct arena_chunk {
    struct arena_chunk *older;
    max_align_t data[];
};

enum { ALIGNMENT = sizeof(max_align_t), FIRST_CHUNK = 32 * 1024, LARGEST_CHUNK = 1024 * 1024 };

void arena_init(struct arena *arena, arena_fail_fn *on_fail, void *context)
{
    *arena = (struct arena){.on_fail = on_fail, .context = context};
}

void arena_finish(struct arena *arena)
{
    for (struct arena_chunk *chunk = arena->chunks, *older; chunk; chunk = older) {
        older = chunk->older;
        free(chunk);
    }
    uint64_t fail_after = arena->fail_after;
    arena_init(arena, arena->on_fail, arena->context);
    arena->fail_after = fail_after;
}

_Noreturn void arena_out_of_memory(struct arena *arena, size_t size)
{
    if (arena->on_fail)
        arena->on_fail(arena->context, size);
    BUG_ON(arena->on_fail); /* on_fail returned */
    bug_report(__FILE__, __LINE__, "out of memory");
}

static struct arena_chunk *take_chunk(struct arena *arena, size_t size)
{
    struct arena_chunk *chunk = NULL;
    bool fail = arena->fail_after && --arena->fail_after == 0;
    if (!fail && size <= SIZE_MAX - sizeof(*chunk))
        chunk = calloc(1, sizeof(*chunk) + size);
    if (!chunk)
        arena_out_of_memory(arena, size);
    arena->reserved += size;
    return chunk;
}

static size_t chunk_size(const struct arena *arena)
{
    size_t size = FIRST_CHUNK;
    while (size < LARGEST_CHUNK && size < arena->reserved)
        size *= 2;
    return size;
}

static size_t rounded(size_t size)
{
    return size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT)
        arena_out_of_memory(arena, size);
    size = rounded(size);
    arena->bytes += size;
    if (size <= (size_t)(arena->end - arena->next)) {
        void *block = arena->next;
        arena->next += size;
        return block;
    }
    size_t usual = chunk_size(arena);
    if (size > usual / 4 && arena->chunks) {
        /* A block of its own, put behind the newest chunk, whose free space stays in use. */
        struct arena_chunk *chunk = take_chunk(arena, size);
        chunk->older = arena->chunks->older;
        arena->chunks->older = chunk;
        return chunk->data;
    }
    if (usual < size)
        usual = size;
    struct arena_chunk *chunk = take_chunk(arena, usual);
    chunk->older = arena->chunks;
    arena->chunks = chunk;
    arena->next = (char *)chunk->data + size;
    arena->end = (char *)chunk->data + usual;
    return chunk->data;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        arena_out_of_memory(arena, SIZE_MAX);
    return arena_alloc(arena, count * size);
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
    if (!old)
        return arena_alloc(arena, new_size);
    if (new_size <= old_size)
        return old;
    if (new_size <= SIZE_MAX - ALIGNMENT && (char *)old + rounded(old_size) == arena->next) {
        size_t more = rounded(new_size) - rounded(old_size);
        if (more <= (size_t)(arena->end - arena->next)) {
            arena->next += more;
            arena->bytes += more;
            return old;
        }
    }
    void *block = arena_alloc(arena, new_size);
    memcpy(block, old, old_size);
    return block;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX)
        arena_out_of_memory(arena, length);
    char *copy = arena_alloc(arena, length + 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    BUG_ON(length < 0);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
