/* Suggestions for mistyped words. */
#ifndef DRVLINT_BASE_SUGGEST_H
#define DRVLINT_BASE_SUGGEST_H

#include "base/arena.h"

/* Offer every word that would have been right, then look at .best: the nearest of those that are
 * near enough to be meant, the first one if several are, or NULL. */
struct suggestion {
    const char *word;
    const char *best; /* points at the offered text */
    unsigned distance;
};

struct suggestion suggestion_for(const char *word);
void suggestion_offer(struct suggestion *suggestion, const char *candidate);

/* "; did you mean 'files'?", or "" if nothing is near: to append to a message. */
const char *suggestion_text(const struct suggestion *suggestion, struct arena *arena);

#endif
