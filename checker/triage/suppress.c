/* Which findings the comments of the sources are about. */
#include "base/suggest.h"
#include "triage/comment.h"

#include <string.h>

static void remark(struct arena *arena, struct results *results, struct place place,
                   const char *text)
{
    vec_push(arena, &results->remarks, (struct remark){.place = place, .text = text});
}

/* ---- what a directive is about -------------------------------------------------------------- */

/* The function that has the line, else the first one behind it; NULL if there is none. */
static const struct extent *function_of(const struct triage_sources *sources,
                                        const struct directive *directive)
{
    const struct extent *next = NULL;
    uint32_t line = directive->place.line;
    for (size_t i = 0; i < sources->functions.len; i++) {
        const struct extent *extent = &sources->functions.items[i];
        if (strcmp(extent->file, directive->place.file) != 0)
            continue;
        if (extent->first <= line && line <= extent->last)
            return extent;
        if (extent->first > line && (!next || extent->first < next->first))
            next = extent;
    }
    return next;
}

static bool covers(const struct triage_sources *sources, const struct directive *directive,
                   const struct finding *finding)
{
    if (!finding->place.file || strcmp(finding->place.file, directive->place.file) != 0)
        return false;
    switch (directive->scope) {
    case SCOPE_LINE:
        return directive->line && finding->place.line == directive->line;
    case SCOPE_FUNCTION: {
        const struct extent *extent = function_of(sources, directive);
        return extent && extent->first <= finding->place.line &&
               finding->place.line <= extent->last;
    }
    case SCOPE_FILE:
        return true;
    }
    BUG_ON(true);
}

/* ---- what is odd about it ------------------------------------------------------------------- */

static const char *scope_words(enum scope scope)
{
    switch (scope) {
    case SCOPE_LINE:
        return "on this line";
    case SCOPE_FUNCTION:
        return "in this function";
    case SCOPE_FILE:
        return "in this file";
    }
    BUG_ON(true);
}

static bool is_rule(struct arena *arena, const char *const *rules, size_t nrules, const char *name,
                    const char **ret_hint)
{
    struct suggestion near = suggestion_for(name);
    for (size_t i = 0; i < nrules; i++) {
        if (strcmp(rules[i], name) == 0)
            return true;
        suggestion_offer(&near, rules[i]);
    }
    *ret_hint = suggestion_text(&near, arena);
    return false;
}

static bool is_well_formed(struct arena *arena, const struct directive *directive,
                           struct results *results)
{
    const char *text = NULL;
    if (directive->broken)
        text = "this suppresses nothing; the form is 'drvlint:ignore RULE -- reason'";
    else if (!*directive->reason)
        text = "this suppresses nothing, for it gives no reason; write '-- reason' behind the rule";
    if (text)
        remark(arena, results, directive->place, text);
    return !text;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static void remark_unused(struct arena *arena, const struct directive *directive, const char *rule,
                          struct results *results)
{
    remark(arena, results, directive->place,
           arena_printf(arena, "nothing to suppress: no finding of '%s' %s", rule,
                        scope_words(directive->scope)));
    vec_last(&results->remarks).unused = true;
}

static bool suppress(const struct triage_sources *sources, const struct directive *directive,
                     const char *rule, struct finding **findings, size_t count)
{
    bool used = false;
    for (size_t i = 0; i < count; i++) {
        struct finding *finding = findings[i];
        if (strcmp(finding->rule, rule) != 0 || !covers(sources, directive, finding))
            continue;
        used = true;
        if (finding->suppression)
            continue;
        finding->suppression = directive->reason;
        finding->suppressed_at = directive->place;
    }
    return used;
}

static void add_file(struct arena *arena, struct texts *texts, const char *file,
                     struct directives *directives)
{
    for (size_t i = 0; i < texts->items.len; i++)
        if (strcmp(texts->items.items[i].file, file) == 0)
            return;
    comment_read(arena, texts_get(texts, file), directives);
}

void triage_suppress(struct arena *arena, const struct triage_sources *sources,
                     const char *const *rules, size_t nrules, struct results *results)
{
    struct texts texts = {.arena = arena, .unsaved = results->unsaved};
    struct directives directives = {0};
    size_t count;
    struct finding **findings = triage_findings(results, arena, &count);
    for (size_t i = 0; i < sources->files.len; i++)
        add_file(arena, &texts, sources->files.items[i], &directives);
    for (size_t i = 0; i < sources->functions.len; i++)
        add_file(arena, &texts, sources->functions.items[i].file, &directives);
    for (size_t i = 0; i < count; i++)
        if (findings[i]->place.file)
            add_file(arena, &texts, findings[i]->place.file, &directives);
    for (size_t i = 0; i < directives.items.len; i++) {
        const struct directive *directive = &directives.items.items[i];
        if (!is_well_formed(arena, directive, results))
            continue;
        for (size_t k = 0; k < directive->rules.len; k++) {
            const char *rule = directive->rules.items[k], *hint = "";
            if (!is_rule(arena, rules, nrules, rule, &hint))
                remark(arena, results, directive->place,
                       arena_printf(arena, "there is no rule '%s'%s", rule, hint));
            else if (!suppress(sources, directive, rule, findings, count) &&
                     triage_is_decided(results, rule))
                remark_unused(arena, directive, rule, results);
        }
    }
}
