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

/* Whether the rule was run and decided: a finding of it that is not there is none. */
bool triage_is_decided(const struct results *results, const char *rule);

/* The address of a repository as everybody may know it, or NULL if it has none. */
const char *triage_repository(struct arena *arena, const char *remote);

#endif
