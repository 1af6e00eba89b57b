/* The files of a cache. */
#ifndef DRVLINT_CACHE_INTERNAL_H
#define DRVLINT_CACHE_INTERNAL_H

#include "cache/cache.h"

#include <time.h>

struct cache {
    struct arena *arena;
    const char *directory;
    uint64_t limit;
    struct digest_value program;
    bool stored;     /* something, by this run */
    bool unusable;   /* the program is not known */
    bool unwritable; /* writing failed */
};

/* A file in the directory: DIRECTORY/ab/cdef....KIND, or what a writer that was stopped left. */
struct cache_file {
    const char *path;
    enum cache_kind kind;
    bool unfinished;
    uint64_t size;
    struct timespec used;
};

typedef VEC(struct cache_file) cache_files;

const char *cache_path(struct arena *arena, const struct cache *cache, enum cache_kind kind,
                       struct digest_value key);

/* All files in the cache's directory that are its own; what does not look like one is passed over.
 */
void cache_list(struct arena *arena, const struct cache *cache, cache_files *ret_files);

/* How much was analysed, as part of results. Reading fails like that of results. */
void cache_write_coverage(struct serial_writer *writer, const struct coverage *coverage);
void cache_read_coverage(struct serial_reader *reader, struct coverage *ret_coverage);

#endif
