#include "base/suggest.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

enum { LONGEST = 64 }; /* longer words are not worth a guess */

static bool same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: insertions, deletions, replacements and swaps of neighbours. Case does
 * not count. */
static unsigned distance(const char *a, size_t na, const char *b, size_t nb)
{
    unsigned rows[3][LONGEST + 1];
    unsigned *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t k = 0; k <= nb; k++)
        last[k] = (unsigned)k;
    for (size_t i = 1; i <= na; i++) {
        now[0] = (unsigned)i;
        for (size_t k = 1; k <= nb; k++) {
            now[k] = last[k - 1] + !same(a[i - 1], b[k - 1]);
            now[k] = least(now[k], least(last[k], now[k - 1]) + 1);
            if (i > 1 && k > 1 && same(a[i - 1], b[k - 2]) && same(a[i - 2], b[k - 1]))
                now[k] = least(now[k], before[k - 2] + 1);
        }
        unsigned *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[nb];
}

struct suggestion suggestion_for(const char *word)
{
    return (struct suggestion){.word = word, .distance = UINT_MAX};
}

void suggestion_offer(struct suggestion *suggestion, const char *candidate)
{
    size_t length = strlen(suggestion->word), other = strlen(candidate);
    if (length > LONGEST || other > LONGEST)
        return;
    unsigned far = distance(suggestion->word, length, candidate, other);
    /* One slip in three letters; otherwise short words would be near to everything. */
    if (far <= (length + 2) / 3 && far < suggestion->distance) {
        suggestion->best = candidate;
        suggestion->distance = far;
    }
}

const char *suggestion_text(const struct suggestion *suggestion, struct arena *arena)
{
    if (!suggestion->best)
        return "";
    return arena_printf(arena, "; did you mean '%s'?", suggestion->best);
}
