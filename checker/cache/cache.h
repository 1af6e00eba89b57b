/* The cache: what earlier runs made, in files that are found again by a digest of everything that
 * decides it. It changes nothing but the time: whatever is missing, broken or of another drvlint is
 * made anew, and where no file can be written, none is.
 *
 * Several processes may use one directory. A file gets its name when it is complete, and is never
 * changed. Those that were used last are kept. */
#ifndef DRVLINT_CACHE_H
#define DRVLINT_CACHE_H

#include "base/digest.h"
#include "base/serial.h"
#include "result/result.h"

enum cache_kind {
    CACHE_UNIT,    /* what the front end makes of a source */
    CACHE_MODEL,   /* bitcode of an OS model */
    CACHE_RESULTS, /* of a whole check */
    CACHE_KINDS,
};

/* "sources", "models", "results". */
const char *cache_kind_name(enum cache_kind kind);

struct cache;

/* Where the cache is if nobody says: below XDG_CACHE_HOME, LOCALAPPDATA or HOME, the first of them
 * that is set. NULL: nowhere. */
const char *cache_default_directory(struct arena *arena);

/* Makes ready to use a directory, which need not exist, and keep at most `limit` bytes in it.
 * `self` is the program, whose content counts in every key. Never NULL; touches no file in the
 * directory. */
struct cache *cache_open(struct arena *arena, const char *directory, uint64_t limit,
                         const char *self);

/* Its directory, absolute. */
const char *cache_place(const struct cache *cache);

/* If something was stored, removes what was not used for the longest time, down to the limit. */
void cache_close(struct cache *cache);

/* A digest to which the caller adds all that decides what is stored. */
struct digest cache_key(const struct cache *cache, enum cache_kind kind);

/* Reads what was stored with that key; false if there is nothing, or nothing that is whole. The
 * bytes live in `arena`. */
bool cache_get(struct cache *cache, enum cache_kind kind, struct digest_value key,
               struct arena *arena, const char **ret_bytes, size_t *ret_length);

void cache_put(struct cache *cache, enum cache_kind kind, struct digest_value key,
               const void *bytes, size_t length);

/* What lies in the directory. */
struct cache_usage {
    uint64_t entries[CACHE_KINDS], bytes[CACHE_KINDS];
};

void cache_usage(struct cache *cache, struct cache_usage *ret_usage);

/* Removes everything that is the cache's, and nothing else. */
void cache_clear(struct cache *cache);

/* Results as the engine leaves them, before triage. Reading fails as readers do; texts then point
 * into what is read. */
void cache_write_results(struct serial_writer *writer, const struct results *results);
void cache_read_results(struct serial_reader *reader, struct results *ret_results);

#endif
