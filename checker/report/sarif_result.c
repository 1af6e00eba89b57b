/* Verdicts and findings as results; the path of a finding as its code flow. */
#include "report/sarif.h"

#include <string.h>

enum { MOST_LINKS = 3 /* related places that the message leads to */ };

/* ---- paths ---------------------------------------------------------------------------------- */

static void add_kind(struct json *kinds, const char *kind)
{
    json_add_string(kinds, NULL, kind);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static bool about_locks(const struct rule *rule)
{
    for (size_t i = 0; rule && i < rule->sets.len; i++)
        if (strcmp(rule->sets.items[i], "Locking") == 0)
            return true;
    return false;
}

/* Leaving the rule's first state is acquiring something, going back is releasing it. */
static void add_state_kinds(const struct sarif *sarif, struct json *kinds, const struct finding *f,
                            const struct shown_step *step, const char *before)
{
    const struct rule *rule = sarif->pack ? rule_find(sarif->pack, f->rule) : NULL;
    const char *first = rule && rule->states.len ? rule->states.items[0] : NULL;
    if (first && strcmp(before, first) == 0)
        add_kind(kinds, "acquire");
    else if (first && strcmp(step->state, first) == 0)
        add_kind(kinds, "release");
    add_kind(kinds, about_locks(rule) ? "lock" : "resource");
}

static void add_kinds(const struct sarif *sarif, struct json *location, const struct finding *f,
                      const struct shown_step *step, const char *before)
{
    struct json *kinds = json_add_array(location, "kinds");
    const char *text = step->step->text ? step->step->text : "";
    switch (step->step->kind) {
    case STEP_ENTER:
        add_kind(kinds, "enter");
        add_kind(kinds, "function");
        return;
    case STEP_LEAVE:
        add_kind(kinds, "exit");
        add_kind(kinds, "function");
        return;
    case STEP_CALL:
        add_kind(kinds, "call");
        add_kind(kinds, "function");
        return;
    case STEP_RETURN:
        add_kind(kinds, "return");
        add_kind(kinds, "function");
        return;
    case STEP_DECISION:
        add_kind(kinds, "branch");
        if (ends_with(text, " is true") || ends_with(text, " is false"))
            add_kind(kinds, ends_with(text, " is true") ? "true" : "false");
        return;
    case STEP_ASSUME:
        add_kind(kinds, "return");
        add_kind(kinds, "value");
        return;
    case STEP_STATE:
        add_state_kinds(sarif, kinds, f, step, before);
        return;
    case STEP_ERROR:
        add_kind(kinds, "danger");
        return;
    }
}

static void add_state(struct json *location, const struct shown_path *path,
                      const struct shown_step *step)
{
    const struct {
        const char *name, *value;
    } items[] = {{"state", step->state}, {"irql", step->irql}, {"object", path->object}};
    struct json *state = NULL;
    for (size_t i = 0; i < ARRAY_LEN(items); i++) {
        if (!items[i].value || !*items[i].value)
            continue;
        if (!state)
            state = json_add_object(location, "state");
        json_add_string(json_add_object(state, items[i].name), "text", items[i].value);
    }
}

static const char *importance(const struct shown_step *step)
{
    if (step->essential)
        return "essential";
    bool explains = step->step->kind == STEP_DECISION || step->step->kind == STEP_ASSUME ||
                    step->step->kind == STEP_ENTER;
    return explains ? "important" : "unimportant";
}

static void add_step(struct sarif *sarif, struct json *list, const struct finding *finding,
                     const struct shown_path *path, size_t i)
{
    struct arena *arena = sarif->writer->scratch;
    const struct shown_step *step = &path->steps[i];
    const char *text = sarif_sentence(sarif, step->text);
    if (step->left_out)
        text = arena_printf(arena, "%s Before that, %zu %s left out.", text, step->left_out,
                            step->left_out == 1 ? "step is" : "steps are");
    struct json *flow = json_add_object(list, NULL), *location = json_add_object(flow, "location");
    sarif_add_place(sarif, location, &step->step->place, step->step->function, false);
    json_add_string(json_add_object(location, "message"), "text", sarif_plain(arena, text));
    add_state(flow, path, step);
    json_add_number(flow, "nestingLevel", step->step->depth);
    json_add_number(flow, "executionOrder", (double)i + 1);
    json_add_string(flow, "importance", importance(step));
    add_kinds(sarif, flow, finding, step, i ? path->steps[i - 1].state : "");
}

static void add_code_flow(struct sarif *sarif, struct json *result, const struct finding *finding)
{
    struct shown_path path = path_shown(sarif->writer, finding, PATH_MOST);
    if (!path.count)
        return;
    struct json *flow = json_add_object(json_add_array(result, "codeFlows"), NULL);
    struct json *thread = json_add_object(json_add_array(flow, "threadFlows"), NULL);
    struct json *list = json_add_array(thread, "locations");
    for (size_t i = 0; i < path.count; i++)
        add_step(sarif, list, finding, &path, i);
}

/* ---- results -------------------------------------------------------------------------------- */

static void add_taxa(struct sarif *sarif, struct json *result, const char *rule)
{
    size_t from = 0;
    struct json *taxa = NULL;
    for (const struct weakness *w; (w = sarif_weakness(sarif, rule, &from));) {
        if (!taxa)
            taxa = json_add_array(result, "taxa");
        struct json *taxon = json_add_object(taxa, NULL);
        json_add_string(taxon, "id", w->number);
        json_add_number(taxon, "index", (double)sarif_weakness_index(sarif, w->number));
        struct json *component = json_add_object(taxon, "toolComponent");
        json_add_string(component, "name", "CWE");
        json_add_number(component, "index", 0);
    }
}

static struct json *add_result(struct sarif *sarif, struct json *list, size_t rule,
                               enum sarif_message kind, const char *level)
{
    struct json *result = json_add_object(list, NULL);
    json_add_string(result, "ruleId", sarif->results->rules.items[rule].rule);
    json_add_number(result, "ruleIndex", (double)rule);
    json_add_string(result, "kind", sarif_messages[kind].kind);
    json_add_string(result, "level", level);
    return result;
}

/* `text` is the row's text with the arguments filled in. */
static void add_result_message(struct json *result, enum sarif_message kind, const char *text,
                               const char *const *arguments, size_t count)
{
    struct json *message = json_add_object(result, "message");
    json_add_string(message, "text", text);
    json_add_string(message, "id", sarif_messages[kind].id);
    struct json *list = json_add_array(message, "arguments");
    for (size_t i = 0; i < count; i++)
        json_add_string(list, NULL, arguments[i]);
}

/* The message, and links to the places where the rule's state changed. */
static const char *message_with_links(struct sarif *sarif, const struct finding *finding)
{
    struct arena *arena = sarif->writer->scratch;
    const char *message = clean_text(arena, finding->message);
    const char *text = sarif_plain(arena, sarif_sentence(sarif, message));
    for (size_t i = 0; i < finding->related.len && i < MOST_LINKS; i++) {
        const char *link = sarif_sentence(sarif, finding->related.items[i].text);
        text = arena_printf(arena, "%s [%.*s](%zu).", text, (int)strlen(link) - 1, link, i + 1);
    }
    return text;
}

static void add_related(struct sarif *sarif, struct json *result, const struct finding *finding)
{
    if (!finding->related.len)
        return;
    struct json *list = json_add_array(result, "relatedLocations");
    for (size_t i = 0; i < finding->related.len; i++) {
        struct json *location = json_add_object(list, NULL);
        json_add_number(location, "id", (double)i + 1);
        sarif_add_place(sarif, location, &finding->related.items[i].place, NULL, false);
        sarif_add_message(sarif, location, "message", finding->related.items[i].text);
    }
}

/* What the source or the baseline says about a finding. */
static void add_triage(struct sarif *sarif, struct json *result, const struct finding *finding)
{
    if (finding->baseline != BASELINE_NONE)
        json_add_string(result, "baselineState",
                        finding->baseline == BASELINE_NEW ? "new" : "unchanged");
    struct json *list = json_add_array(result, "suppressions");
    if (!finding->suppression)
        return;
    struct json *suppression = json_add_object(list, NULL);
    json_add_string(suppression, "kind", "inSource");
    json_add_string(suppression, "status", "accepted");
    json_add_string(suppression, "justification", finding->suppression);
    if (finding->suppressed_at.file)
        sarif_add_place(sarif, json_add_object(suppression, "location"), &finding->suppressed_at,
                        NULL, false);
}

static void add_finding(struct sarif *sarif, struct json *list, size_t rule,
                        const struct finding *finding)
{
    const char *text = message_with_links(sarif, finding);
    struct json *result =
        add_result(sarif, list, rule, SARIF_FAIL, severity_name(finding->severity));
    const char *argument = arena_strndup(sarif->writer->scratch, text, strlen(text) - 1);
    add_result_message(result, SARIF_FAIL, text, &argument, 1);
    struct json *locations = json_add_array(result, "locations");
    if (finding->place.file)
        sarif_add_place(sarif, json_add_object(locations, NULL), &finding->place, finding->function,
                        true);
    add_related(sarif, result, finding);
    add_code_flow(sarif, result, finding);
    if (finding->fingerprint)
        json_add_string(json_add_object(result, "partialFingerprints"), SARIF_FINGERPRINT,
                        finding->fingerprint);
    if (sarif->github)
        return;
    add_triage(sarif, result, finding);
    add_taxa(sarif, result, finding->rule);
}

/* Where a result stands that is about the whole driver: its entry point, else its first source. */
static void add_driver_place(struct sarif *sarif, struct json *result)
{
    const struct results *results = sarif->results;
    struct place place = place_none();
    const char *function = NULL;
    for (size_t i = 0; i < results->callbacks.len && !place.file; i++) {
        const struct callback_info *callback = &results->callbacks.items[i];
        if (callback->role && strcmp(callback->role, "DRIVER_INITIALIZE") == 0) {
            place = callback->place;
            function = callback->function;
        }
    }
    if (!place.file && results->files.len)
        place = place_file(results->files.items[0]);
    struct json *locations = json_add_array(result, "locations");
    if (place.file)
        sarif_add_place(sarif, json_add_object(locations, NULL), &place, function, true);
}

/* What the baseline has and the driver has not any more. */
static void add_gone(struct sarif *sarif, struct json *list, size_t rule, const struct gone *gone)
{
    struct arena *arena = sarif->writer->scratch;
    const struct rule *known = sarif->pack ? rule_find(sarif->pack, gone->rule) : NULL;
    const char *level = severity_name(known ? known->severity : SEVERITY_ERROR);
    const char *text = sarif_sentence(sarif, sarif_plain(arena, clean_text(arena, gone->message)));
    const char *argument = arena_strndup(arena, text, strlen(text) - 1);
    struct json *result = add_result(sarif, list, rule, SARIF_FAIL, level);
    add_result_message(result, SARIF_FAIL, text, &argument, 1);
    if (gone->place.file) { /* no text of it, as it is today */
        struct json *location = json_add_object(json_add_array(result, "locations"), NULL);
        struct json *physical = json_add_object(location, "physicalLocation");
        sarif_add_artifact(sarif, physical, "artifactLocation", gone->place.file);
        struct json *region = json_add_object(physical, "region");
        json_add_number(region, "startLine", gone->place.line ? gone->place.line : 1);
        sarif_add_place(sarif, location, &(struct place){0}, gone->function, false);
    } else {
        add_driver_place(sarif, result);
    }
    json_add_string(json_add_object(result, "partialFingerprints"), SARIF_FINGERPRINT,
                    gone->fingerprint);
    json_add_string(result, "baselineState", "absent");
    add_taxa(sarif, result, gone->rule);
}

static void add_verdict(struct sarif *sarif, struct json *list, size_t index)
{
    struct arena *arena = sarif->writer->scratch;
    const struct rule_result *rule = &sarif->results->rules.items[index];
    const char *reason = clean_text(arena, rule->reason ? rule->reason : "no reason is known");
    const char *arguments[] = {rule->rule, reason};
    enum sarif_message kind = SARIF_OPEN;
    const char *text =
        arena_printf(arena, "Whether the rule '%s' holds is not known: '%s'.", rule->rule, reason);
    if (rule->verdict == VERDICT_PASS) {
        kind = SARIF_PASS;
        text = arena_printf(arena, "No path breaks the rule '%s'.", rule->rule);
    } else if (rule->verdict == VERDICT_NOT_APPLICABLE) {
        kind = SARIF_NOT_APPLICABLE;
        text = arena_printf(arena, "The rule '%s' does not apply: '%s'.", rule->rule, reason);
    }
    struct json *result = add_result(sarif, list, index, kind, "none");
    add_result_message(result, kind, text, arguments, kind == SARIF_PASS ? 1 : 2);
    add_driver_place(sarif, result);
    json_add_number(json_add_object(result, "properties"), "steps", (double)rule->steps);
}

static size_t rule_index(const struct sarif *sarif, const char *rule)
{
    size_t i = 0;
    while (strcmp(sarif->results->rules.items[i].rule, rule) != 0)
        i++;
    return i;
}

void sarif_add_results(struct sarif *sarif, struct json *run)
{
    struct json *list = json_add_array(run, "results");
    size_t count;
    const struct finding **findings =
        sorted_findings(sarif->results, sarif->writer->scratch, &count);
    for (size_t i = 0; i < count; i++)
        if (!sarif->github || (finding_is_open(findings[i]) && findings[i]->place.file))
            add_finding(sarif, list, rule_index(sarif, findings[i]->rule), findings[i]);
    for (size_t i = 0; !sarif->github && i < sarif->results->rules.len; i++)
        if (sarif->results->rules.items[i].verdict != VERDICT_DEFECT)
            add_verdict(sarif, list, i);
    for (size_t i = 0; !sarif->github && i < sarif->results->gone.len; i++) {
        const struct gone *gone = &sarif->results->gone.items[i];
        add_gone(sarif, list, rule_index(sarif, gone->rule), gone);
    }
}
