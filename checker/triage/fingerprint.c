/* Who a finding is, whatever else is edited. */
#include "triage/internal.h"

#include "base/map.h"
#include "base/path.h"

#include <ctype.h>
#include <string.h>

struct digest {
    uint64_t high, low;
};

static void digest_add(struct digest *digest, const char *bytes, size_t length)
{
    uint64_t hash = hash_bytes(bytes, length);
    digest->high = hash_u64(digest->high ^ hash);
    digest->low = hash_u64(digest->low + hash * 3 + length);
}

static void digest_text(struct digest *digest, const char *text)
{
    digest_add(digest, text ? text : "", text ? strlen(text) : 0);
}

/* A message but for the numbers behind the word "line": they move with every edit. */
static void digest_message(struct digest *digest, const char *message)
{
    const char *at = message ? message : "";
    for (const char *line; (line = strstr(at, "line ")); at = line + strspn(line, "0123456789")) {
        line += strlen("line ");
        digest_add(digest, at, (size_t)(line - at));
    }
    digest_text(digest, at);
}

/* The start of a line, and *ret_end behind it. */
static const char *line_at(const struct text *text, uint32_t line, const char **ret_end)
{
    const char *at = text->bytes, *end = at + text->length, *stop;
    for (uint32_t i = 1; i < line && at < end; i++) {
        stop = memchr(at, '\n', (size_t)(end - at));
        at = stop ? stop + 1 : end;
    }
    stop = memchr(at, '\n', (size_t)(end - at));
    *ret_end = stop ? stop : end;
    return at;
}

/* The text of a line without white space and comments: its layout and what is said of it do not
 * count. What looks like a comment in a string goes, too, which does no harm. */
static void digest_line(struct digest *digest, struct texts *texts, const struct place *place)
{
    VEC(char) line = {0};
    if (place->file && place->line) {
        const char *end, *at = line_at(texts_get(texts, place->file), place->line, &end);
        while (at < end && !(end - at >= 2 && strncmp(at, "//", 2) == 0)) {
            bool comment = end - at >= 4 && strncmp(at, "/*", 2) == 0;
            const char *close = comment ? strstr(at + 2, "*/") : NULL;
            if (!comment && !isspace((unsigned char)*at))
                vec_push(texts->arena, &line, *at);
            at = comment ? (close && close < end ? close + 2 : end) : at + 1;
        }
    }
    digest_add(digest, line.items ? line.items : "", line.len);
}

static struct digest digest_of(struct texts *texts, const struct finding *finding)
{
    struct digest digest = {0};
    digest_text(&digest, finding->rule);
    digest_text(&digest, finding->place.file ? path_base(finding->place.file) : "");
    digest_text(&digest, finding->function);
    digest_message(&digest, finding->message);
    digest_line(&digest, texts, &finding->place);
    for (size_t i = 0; i < finding->related.len; i++) {
        digest_text(&digest, finding->related.items[i].text);
        digest_line(&digest, texts, &finding->related.items[i].place);
    }
    return digest;
}

void triage_fingerprints(struct arena *arena, struct results *results)
{
    size_t count;
    struct finding **findings = triage_findings(results, arena, &count);
    struct texts texts = {.arena = arena, .unsaved = results->unsaved};
    struct map seen = {0}; /* how many of each digest there are so far */
    for (size_t i = 0; i < count; i++) {
        struct digest digest = digest_of(&texts, findings[i]);
        uint64_t *twins = map_slot(&seen, arena, digest.high);
        digest_text(&digest, arena_printf(arena, "%llu", (unsigned long long)*twins));
        ++*twins;
        findings[i]->fingerprint =
            arena_printf(arena, "%016llx%016llx", (unsigned long long)digest.high,
                         (unsigned long long)digest.low);
    }
}
