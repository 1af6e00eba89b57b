/* The directory as a whole: 256 directories with the first two digits of keys, for what would
 * become slow to search if it were one. */
#include "cache/internal.h"

#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DIGITS = 32, DIRECTORY_DIGITS = 2, ABANDONED_SECONDS = 3600 };

static const struct {
    const char *name, *extension;
} kinds[CACHE_KINDS] = {
    [CACHE_UNIT] = {"sources", ".unit"},
    [CACHE_MODEL] = {"models", ".model"},
    [CACHE_RESULTS] = {"results", ".results"},
};

const char *cache_kind_name(enum cache_kind kind)
{
    return kinds[kind].name;
}

const char *cache_path(struct arena *arena, const struct cache *cache, enum cache_kind kind,
                       struct digest_value key)
{
    const char *digits = digest_hex(arena, key);
    return arena_printf(arena, "%s/%.*s/%s%s", cache->directory, DIRECTORY_DIGITS, digits,
                        digits + DIRECTORY_DIGITS, kinds[kind].extension);
}

static bool are_digits(const char *text, size_t count)
{
    return strspn(text, "0123456789abcdef") >= count;
}

/* Whether a file of that name is the cache's. file_write() puts six characters behind the name of
 * what is not complete. */
static bool takes_name(const char *name, struct cache_file *file)
{
    if (!are_digits(name, DIGITS - DIRECTORY_DIGITS))
        return false;
    const char *extension = name + DIGITS - DIRECTORY_DIGITS;
    for (int i = 0; i < CACHE_KINDS; i++) {
        size_t length = strlen(kinds[i].extension);
        if (strncmp(extension, kinds[i].extension, length) != 0)
            continue;
        const char *rest = extension + length;
        file->kind = (enum cache_kind)i;
        file->unfinished = *rest;
        return !*rest || (*rest == '.' && strlen(rest) == strlen(".XXXXXX"));
    }
    return false;
}

static void list_directory(struct arena *arena, const char *directory, cache_files *files)
{
    char **names;
    size_t count;
    if (!path_list(arena, directory, &names, &count))
        return;
    for (size_t i = 0; i < count; i++) {
        struct stat info;
        struct cache_file file = {.path = path_join(arena, directory, names[i])};
        if (!takes_name(names[i], &file) || lstat(file.path, &info) != 0 || !S_ISREG(info.st_mode))
            continue;
        file.size = (uint64_t)info.st_size;
        file.used = info.st_mtim;
        vec_push(arena, files, file);
    }
}

static bool is_directory_name(const char *name)
{
    return strlen(name) == DIRECTORY_DIGITS && are_digits(name, DIRECTORY_DIGITS);
}

void cache_list(struct arena *arena, const struct cache *cache, cache_files *ret_files)
{
    char **names;
    size_t count;
    *ret_files = (cache_files){0};
    if (!path_list(arena, cache->directory, &names, &count))
        return;
    for (size_t i = 0; i < count; i++)
        if (is_directory_name(names[i]))
            list_directory(arena, path_join(arena, cache->directory, names[i]), ret_files);
}

static int compare_used(const void *a, const void *b)
{
    const struct cache_file *x = a, *y = b;
    if (x->used.tv_sec != y->used.tv_sec)
        return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
    if (x->used.tv_nsec != y->used.tv_nsec)
        return x->used.tv_nsec < y->used.tv_nsec ? -1 : 1;
    return strcmp(x->path, y->path);
}

/* Another process may be about to finish it. */
static bool is_abandoned(const struct cache_file *file)
{
    return file->unfinished && file->used.tv_sec + ABANDONED_SECONDS < time(NULL);
}

void cache_close(struct cache *cache)
{
    struct arena scratch;
    cache_files files;
    uint64_t total = 0;
    if (!cache->stored)
        return;
    cache->stored = false;
    arena_init(&scratch, cache->arena->on_fail, cache->arena->context);
    cache_list(&scratch, cache, &files);
    for (size_t i = 0; i < files.len; i++)
        total += files.items[i].size;
    if (files.len)
        qsort(files.items, files.len, sizeof(*files.items), compare_used);
    for (size_t i = 0; i < files.len; i++) {
        if (total <= cache->limit && !is_abandoned(&files.items[i]))
            continue;
        unlink(files.items[i].path);
        total -= files.items[i].size;
    }
    arena_finish(&scratch);
}

void cache_usage(struct cache *cache, struct cache_usage *ret_usage)
{
    struct arena scratch;
    cache_files files;
    *ret_usage = (struct cache_usage){0};
    arena_init(&scratch, cache->arena->on_fail, cache->arena->context);
    cache_list(&scratch, cache, &files);
    for (size_t i = 0; i < files.len; i++) {
        ret_usage->entries[files.items[i].kind] += !files.items[i].unfinished;
        ret_usage->bytes[files.items[i].kind] += files.items[i].size;
    }
    arena_finish(&scratch);
}

void cache_clear(struct cache *cache)
{
    struct arena scratch;
    cache_files files;
    char **names;
    size_t count = 0;
    arena_init(&scratch, cache->arena->on_fail, cache->arena->context);
    cache_list(&scratch, cache, &files);
    for (size_t i = 0; i < files.len; i++)
        unlink(files.items[i].path);
    if (path_list(&scratch, cache->directory, &names, &count))
        for (size_t i = 0; i < count; i++)
            if (is_directory_name(names[i]))
                rmdir(path_join(&scratch, cache->directory, names[i])); /* unless others use it */
    arena_finish(&scratch);
}
