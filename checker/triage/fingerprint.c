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

/* The text of a line without white space, so that its layout does not count. */
static void digest_line(struct digest *digest, struct texts *texts, const struct place *place)
{
    VEC(char) line = {0};
    const struct text *text = place->file ? texts_get(texts, place->file) : NULL;
    const char *at = text ? text->bytes : "", *end = text ? at + text->length : at;
    for (uint32_t i = 1; i < place->line && at < end; i++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        at = stop ? stop + 1 : end;
    }
    for (; place->line && at < end && *at != '\n'; at++)
        if (!isspace((unsigned char)*at))
            vec_push(texts->arena, &line, *at);
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
    struct texts texts = {.arena = arena};
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
