#include "triage/internal.h"

#include "base/path.h"

static const char *standing(const struct finding *finding)
{
    if (finding->suppression)
        return "suppressed";
    switch (finding->baseline) {
    case BASELINE_NONE:
        return "open";
    case BASELINE_NEW:
        return "new";
    case BASELINE_UNCHANGED:
        return "known";
    }
    BUG_ON(true);
}

char *triage_print(struct results *results, const char *root, struct arena *arena)
{
    size_t count;
    struct finding **findings = triage_findings(results, arena, &count);
    char *text = arena_strdup(arena, "");
    for (size_t i = 0; i < count; i++) {
        const struct place *place = &findings[i]->place;
        const char *file = place->file ? path_seen_from(arena, place->file, root) : "?";
        text = arena_printf(arena, "%s%s %s %s:%u %s\n", text, findings[i]->fingerprint,
                            standing(findings[i]), file, (unsigned)place->line, findings[i]->rule);
    }
    return text;
}
