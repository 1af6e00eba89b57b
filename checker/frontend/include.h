/* What the sources include, as a graph: who decides the key of a source reads it. */
#ifndef DRVLINT_FRONTEND_INCLUDE_H
#define DRVLINT_FRONTEND_INCLUDE_H

#include "base/digest.h"
#include "frontend/internal.h"

/* An #include, or a #define that may be the name in one. */
struct directive {
    const char *name;
    uint32_t line;
    bool quoted, define;
};

/* A file, read once. */
struct include_text {
    const char *real; /* as the system calls it */
    const char *bytes;
    size_t length;
    struct digest_value digest; /* of the bytes; only if the whole is wanted */
    bool readable;
    bool unusual; /* it may include, or ask for, what the directives do not tell */
    bool traced;  /* it was read for trace functions */
    VEC(struct directive) directives;
};

/* Where a directive leads. */
struct inclusion_edge {
    const char *path;  /* that clang tries and finds, interned; NULL: there is no such file */
    struct header *to; /* NULL: no file, or one of clang's own, or one that nobody asked for */
};

/* A file as it is included by files in certain directories, which decide where its "..." lead. */
struct header {
    const char *path; /* as clang calls it, interned */
    struct include_text *text;
    bool cut;   /* its directives were not followed */
    bool aside; /* nothing in it counts for the overlay */
    VEC(struct inclusion_edge) edges;
};

struct scan;

/* Reads the includes of the sources. `whole`: all that a source's key needs, or only what the
 * overlay is made of. Lives in `arena`. */
struct scan *scan_includes(struct arena *arena, const struct setup *setup, struct work *works,
                           size_t nworks, bool whole);

/* Writes the overlay for includes that clang alone would not find, if there are any. Errors only if
 * it cannot be written. */
bool scan_write_overlay(struct scan *scan, struct run *run, struct diag *diag);

/* A digest of what the overlay has. It counts for every source: a stub that is there because of one
 * can be found by another. */
struct digest_value scan_overlay(struct scan *scan);

/* Files in the directories of that search path that have names of clang's own headers, and would be
 * found instead by clang's own. */
void scan_shadows(struct scan *scan, const struct search_path *path, strings *ret_files);

/* Whether the scan knows a file of that normalized path. */
const char *scan_path(const struct scan *scan, const char *path);

#endif
