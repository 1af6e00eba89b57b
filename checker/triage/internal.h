/* Shared by the triage module's own files. */
#ifndef DRVLINT_TRIAGE_INTERNAL_H
#define DRVLINT_TRIAGE_INTERNAL_H

#include "triage/triage.h"

/* Source files read again, each once. */
struct text {
    const char *file;
    const char *bytes; /* "" if it cannot be read */
    size_t length;
};

struct texts {
    struct arena *arena;
    const struct unsaved_files *unsaved; /* read in the place of files, or NULL */
    VEC(struct text) items;
};

const struct text *texts_get(struct texts *texts, const char *file);

/* All findings of all rules in the order of finding_compare(). */
struct finding **triage_findings(struct results *results, struct arena *arena, size_t *ret_count);

/* Lines of a file; for lines that were removed the two beside the place where they were. */
struct span {
    uint32_t first, last;
};

struct changed_file {
    const char *file; /* absolute */
    bool whole;       /* every line of it */
    VEC(struct span) spans;
};

struct real_name {
    const char *file, *real;
};

struct changes {
    VEC(struct changed_file) files;
    VEC(struct real_name) names; /* of files that were asked about */
};

/* Appends what `git diff --unified=0` says of files below `root`. */
void changes_read(struct arena *arena, const char *root, const char *diff, size_t length,
                  struct changes *changes);

/* Whether the finding's path runs over a changed line: one with a step or another place of the
 * finding on it, or one between two steps in the same run of a function, or between the begin of
 * the function and the first of them. */
bool changes_touch(struct arena *arena, struct changes *changes,
                   const struct triage_sources *sources, const struct finding *finding);

/* Whether the rule was run and decided: a finding of it that is not there is none. */
bool triage_is_decided(const struct results *results, const char *rule);

/* The address of a repository as everybody may know it, or NULL if it has none. */
const char *triage_repository(struct arena *arena, const char *remote);

#endif
