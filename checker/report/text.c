/* The report for people: findings as a compiler shows them, each with its path, then what became of
 * every rule. */
#include "report/internal.h"

#include <string.h>

enum { WIDEST_PLACE = 44, DEEPEST = 16 };

static enum style severity_style(enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return STYLE_ERROR;
    case SEVERITY_WARNING:
        return STYLE_WARNING;
    case SEVERITY_NOTE:
        return STYLE_NOTE;
    }
    BUG_ON(true);
}

static const char *clean(const struct writer *writer, const char *text)
{
    return clean_text(writer->scratch, text ? text : "");
}

static void put_head(struct writer *writer, const struct place *place, enum style style,
                     const char *level, const char *text)
{
    if (place->file) {
        set_style(writer, STYLE_STRONG);
        fprintf(writer->out, "%s: ", shown_place(writer, place));
        set_style(writer, STYLE_NONE);
    }
    put_styled(writer, style, level);
    fprintf(writer->out, ": %s", clean(writer, text));
}

/* ---- the path ---- */

const char *plural(struct arena *arena, size_t count, const char *one, const char *many)
{
    return arena_printf(arena, "%zu %s", count, count == 1 ? one : many);
}

static int digits(size_t number)
{
    int count = 1;
    for (; number >= 10; number /= 10)
        count++;
    return count;
}

/* " (state: held, IRQL: DISPATCH_LEVEL)": what this step changed. */
static void put_changes(struct writer *writer, const struct step *step, const char **state,
                        const char **irql)
{
    bool new_state = step->state && (!*state || strcmp(step->state, *state) != 0);
    bool new_irql = step->irql && (!*irql || strcmp(step->irql, *irql) != 0);
    if (!new_state && !new_irql)
        return;
    set_style(writer, STYLE_FAINT);
    fprintf(writer->out, "  (%s%s%s%s%s)", new_state ? "state: " : "",
            new_state ? clean(writer, step->state) : "", new_state && new_irql ? ", " : "",
            new_irql ? "IRQL: " : "", new_irql ? clean(writer, step->irql) : "");
    set_style(writer, STYLE_NONE);
    if (new_state)
        *state = step->state;
    if (new_irql)
        *irql = step->irql;
}

static void put_step(struct writer *writer, const struct step *step, int place_width)
{
    uint32_t depth = step->depth < DEEPEST ? step->depth : DEEPEST;
    set_style(writer, STYLE_FAINT);
    fprintf(writer->out, "%-*s", place_width, shown_place(writer, &step->place));
    set_style(writer, STYLE_NONE);
    fprintf(writer->out, "  %*s", (int)depth * 2, "");
    bool strong = step->kind == STEP_ERROR || step->kind == STEP_STATE;
    put_styled(writer, strong ? STYLE_STRONG : STYLE_NONE, clean(writer, step->text));
}

static void put_path(struct writer *writer, const struct finding *finding)
{
    int widest = 0;
    const char *state = NULL, *irql = NULL;
    struct shown_path path = path_shown(writer, finding, PATH_MOST);
    for (size_t i = 0; i < path.count; i++) {
        int width = (int)strlen(shown_place(writer, &path.steps[i].step->place));
        if (width > widest && width <= WIDEST_PLACE)
            widest = width;
    }
    for (size_t i = 0; i < path.count; i++) {
        int width = digits(path.count);
        if (path.steps[i].left_out)
            fprintf(writer->out, "  %*s  (%s left out)\n", width, "",
                    plural(writer->scratch, path.steps[i].left_out, "step", "steps"));
        fprintf(writer->out, "  %*zu. ", width, i + 1);
        put_step(writer, path.steps[i].step, widest);
        put_changes(writer, path.steps[i].step, &state, &irql);
        fputc('\n', writer->out);
    }
}

void put_finding(struct writer *writer, const struct finding *finding)
{
    enum style style = severity_style(finding->severity);
    put_head(writer, &finding->place, style, severity_name(finding->severity), finding->message);
    fprintf(writer->out, " [%s]\n", clean(writer, finding->rule));
    put_snippet(writer, &finding->place, NULL, style);
    if (finding->steps.len)
        put_path(writer, finding);
    for (size_t i = 0; i < finding->related.len; i++) {
        const struct related *related = &finding->related.items[i];
        put_head(writer, &related->place, STYLE_NOTE, "note", related->text);
        fputc('\n', writer->out);
        put_snippet(writer, &related->place, NULL, STYLE_NOTE);
    }
    fputc('\n', writer->out);
}

/* ---- what became of every rule ---- */

static enum style verdict_style(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_PASS:
        return STYLE_GOOD;
    case VERDICT_DEFECT:
        return STYLE_ERROR;
    case VERDICT_UNKNOWN:
        return STYLE_WARNING;
    case VERDICT_NOT_APPLICABLE:
        return STYLE_FAINT;
    }
    BUG_ON(true);
}

struct standing {
    size_t open, suppressed, known;
};

static struct standing standing_of(const struct rule_result *rule)
{
    struct standing standing = {0};
    for (size_t i = 0; i < rule->findings.len; i++) {
        const struct finding *finding = &rule->findings.items[i];
        standing.open += finding_is_open(finding);
        standing.suppressed += finding->suppression != NULL;
        standing.known += !finding->suppression && !finding_is_open(finding);
    }
    return standing;
}

/* ", 1 suppressed, 2 known" */
static const char *not_open_words(struct arena *arena, const struct standing *standing)
{
    const char *text = "";
    if (standing->suppressed)
        text = arena_printf(arena, ", %zu suppressed", standing->suppressed);
    if (standing->known)
        text = arena_printf(arena, "%s, %zu known", text, standing->known);
    return text;
}

static const char *findings_words(struct arena *arena, const struct rule_result *rule)
{
    struct standing standing = standing_of(rule);
    const char *open = plural(arena, standing.open, "finding", "findings");
    const char *others = not_open_words(arena, &standing);
    if (!standing.open && *others)
        return others + 2;
    return arena_printf(arena, "%s%s", open, others);
}

static void put_verdicts(struct writer *writer, const struct results *results)
{
    int widest = 0;
    if (!results->rules.len)
        return;
    put_styled(writer, STYLE_STRONG, "rules");
    fputc('\n', writer->out);
    for (size_t i = 0; i < results->rules.len; i++)
        if ((int)strlen(results->rules.items[i].rule) > widest)
            widest = (int)strlen(results->rules.items[i].rule);
    for (size_t i = 0; i < results->rules.len; i++) {
        const struct rule_result *rule = &results->rules.items[i];
        const char *reason = clean(writer, rule->reason);
        if (rule->verdict == VERDICT_DEFECT)
            reason = findings_words(writer->scratch, rule);
        set_style(writer, verdict_style(rule->verdict));
        fprintf(writer->out, "  %-14s", verdict_name(rule->verdict));
        set_style(writer, STYLE_NONE);
        if (*reason)
            fprintf(writer->out, "  %-*s  %s\n", widest, rule->rule, reason);
        else
            fprintf(writer->out, "  %s\n", rule->rule);
    }
}

static void put_assumptions(struct writer *writer, const struct results *results)
{
    if (!results->assumptions.len)
        return;
    put_styled(writer, STYLE_STRONG, "assumed");
    fputc('\n', writer->out);
    for (size_t i = 0; i < results->assumptions.len; i++)
        fprintf(writer->out, "  - %s\n", clean(writer, results->assumptions.items[i]));
}

static void put_left_out(struct writer *writer, const struct results *results)
{
    if (!results->left_out.len)
        return;
    put_styled(writer, STYLE_STRONG, "left out");
    fputc('\n', writer->out);
    for (size_t i = 0; i < results->left_out.len; i++) {
        const struct left_out *item = &results->left_out.items[i];
        const char *place = shown_place(writer, &item->place);
        fprintf(writer->out, "  - %s%s%s%s\n", place, *place ? ": " : "", clean(writer, item->what),
                item->kind == LEFT_OUT_REST ? " (no rule can pass)" : "");
    }
}

/* "2 defects in 1 rule, 3 pass, 1 unknown, 1 suppressed; 2 files, 40 functions" */
static void put_summary(struct writer *writer, const struct results *results)
{
    size_t counts[4] = {0}, broken = 0;
    struct standing all = {0};
    for (size_t i = 0; i < results->rules.len; i++) {
        struct standing standing = standing_of(&results->rules.items[i]);
        counts[results->rules.items[i].verdict]++;
        broken += standing.open > 0;
        all.open += standing.open;
        all.suppressed += standing.suppressed;
        all.known += standing.known;
    }
    struct arena *arena = writer->scratch;
    fprintf(writer->out, "%s", plural(arena, all.open, "defect", "defects"));
    if (all.open)
        fprintf(writer->out, " in %s", plural(arena, broken, "rule", "rules"));
    for (enum verdict v = VERDICT_PASS; v <= VERDICT_NOT_APPLICABLE; v++)
        if (v != VERDICT_DEFECT && (counts[v] || v == VERDICT_PASS))
            fprintf(writer->out, ", %zu %s", counts[v], verdict_name(v));
    fputs(not_open_words(arena, &all), writer->out);
    fprintf(writer->out, "; %s", plural(arena, results->files.len, "file", "files"));
    if (results->functions && results->functions_analysed < results->functions)
        fprintf(writer->out, ", %zu of %s analysed", results->functions_analysed,
                plural(arena, results->functions, "function", "functions"));
    else if (results->functions)
        fprintf(writer->out, ", %s", plural(arena, results->functions, "function", "functions"));
    fputc('\n', writer->out);
}

bool report_text(const struct results *results, const struct report_options *options,
                 struct arena *scratch, FILE *out)
{
    struct writer writer = writer_make(options, scratch, out);
    size_t count;
    const struct finding **findings = sorted_findings(results, scratch, &count);
    for (size_t i = 0; i < count; i++)
        if (finding_is_open(findings[i]))
            put_finding(&writer, findings[i]);
    if (!options->quiet) {
        put_verdicts(&writer, results);
        put_assumptions(&writer, results);
        put_left_out(&writer, results);
        put_coverage(&writer, results);
        put_summary(&writer, results);
    }
    return writer_end(&writer);
}

/* ---- diagnostics ---- */

void report_diagnostics(const struct diag *diag, const struct report_options *options,
                        struct arena *scratch, FILE *out)
{
    static const struct {
        const char *name;
        enum style style;
    } levels[] = {
        [DIAG_NOTE] = {"note", STYLE_NOTE},
        [DIAG_WARNING] = {"warning", STYLE_WARNING},
        [DIAG_ERROR] = {"error", STYLE_ERROR},
    };
    struct writer writer = writer_make(options, scratch, out);
    for (size_t i = 0; i < diag->messages.len; i++) {
        const struct diag_message *message = &diag->messages.items[i];
        enum style style = levels[message->level].style;
        put_head(&writer, &message->place, style, levels[message->level].name, message->text);
        if (message->origin)
            fprintf(out, " [%s]", clean(&writer, message->origin));
        fputc('\n', out);
        put_snippet(&writer, &message->place, message->source_line, style);
    }
    writer_end(&writer);
}
