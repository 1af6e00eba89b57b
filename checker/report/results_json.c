/* The report for programs. docs/formats.md describes it, docs/drvlint-results.schema.json exactly.
 */
#include "report/internal.h"

#include "rule/rule.h"

static const char *const kind_names[] = {
    [STEP_ENTER] = "enter",   [STEP_LEAVE] = "leave",       [STEP_CALL] = "call",
    [STEP_RETURN] = "return", [STEP_DECISION] = "decision", [STEP_ASSUME] = "assume",
    [STEP_STATE] = "state",   [STEP_ERROR] = "error",
};

static void add_text(struct json *object, const char *key, const char *text)
{
    if (text)
        json_add_string(object, key, text);
}

/* What is not known of a place is left out. */
static void add_place(const struct writer *writer, struct json *object, const struct place *place)
{
    add_text(object, "file", shown_path(writer, place->file));
    if (place->file && place->line)
        json_add_number(object, "line", place->line);
    if (place->file && place->line && place->column)
        json_add_number(object, "column", place->column);
}

static struct json *add_step(const struct writer *writer, struct json *path,
                             const struct step *step)
{
    struct json *object = json_add_object(path, NULL);
    json_add_string(object, "kind", kind_names[step->kind]);
    json_add_number(object, "depth", step->depth);
    add_text(object, "text", step->text ? step->text : "");
    add_place(writer, object, &step->place);
    add_text(object, "function", step->function);
    add_text(object, "state", step->state);
    add_text(object, "irql", step->irql);
    return object;
}

static void add_path(const struct writer *writer, struct json *object,
                     const struct finding *finding)
{
    struct json *path = json_add_array(object, "path");
    for (size_t i = 0; i < finding->steps.len; i++)
        add_step(writer, path, &finding->steps.items[i]);
}

/* The steps that matter, with what a page shows of them. */
static void add_shown_path(struct writer *writer, struct json *object,
                           const struct finding *finding)
{
    struct shown_path path = path_shown(writer, finding, PATH_MOST);
    struct json *list = json_add_array(object, "path");
    add_text(object, "object", path.object);
    for (size_t i = 0; i < path.count; i++) {
        struct step step = *path.steps[i].step;
        uint32_t start, end;
        step.text = path.steps[i].text;
        step.state = *path.steps[i].state ? path.steps[i].state : NULL;
        step.irql = *path.steps[i].irql ? path.steps[i].irql : NULL;
        struct json *item = add_step(writer, list, &step);
        json_add_bool(item, "essential", path.steps[i].essential);
        json_add_number(item, "leftOut", (double)path.steps[i].left_out);
        if (!source_units(writer, &step.place, &start, &end))
            continue;
        json_add_number(item, "start", start);
        json_add_number(item, "end", end);
    }
}

/* `shown`: for a page, else for programs. */
static void add_finding(struct writer *writer, struct json *list, const struct finding *finding,
                        bool shown)
{
    struct json *object = json_add_object(list, NULL);
    add_text(object, "rule", finding->rule);
    json_add_string(object, "severity", severity_name(finding->severity));
    add_text(object, "message", finding->message ? finding->message : "");
    add_place(writer, object, &finding->place);
    add_text(object, "function", finding->function);
    add_text(object, "fingerprint", finding->fingerprint);
    if (finding->baseline != BASELINE_NONE)
        json_add_string(object, "baseline",
                        finding->baseline == BASELINE_NEW ? "new" : "unchanged");
    if (finding->suppression) {
        struct json *suppression = json_add_object(object, "suppression");
        json_add_string(suppression, "reason", finding->suppression);
        add_place(writer, suppression, &finding->suppressed_at);
    }
    if (shown)
        add_shown_path(writer, object, finding);
    else
        add_path(writer, object, finding);
    struct json *related = json_add_array(object, "related");
    for (size_t i = 0; i < finding->related.len; i++) {
        struct json *note = json_add_object(related, NULL);
        const char *text = finding->related.items[i].text;
        add_text(note, "text", text ? text : "");
        add_place(writer, note, &finding->related.items[i].place);
    }
}

static void add_verdicts(struct json *root, const struct results *results)
{
    struct json *list = json_add_array(root, "verdicts");
    for (size_t i = 0; i < results->rules.len; i++) {
        const struct rule_result *rule = &results->rules.items[i];
        struct json *object = json_add_object(list, NULL);
        add_text(object, "rule", rule->rule);
        add_text(object, "title", rule->title);
        json_add_string(object, "verdict", verdict_name(rule->verdict));
        add_text(object, "reason", rule->reason);
        json_add_number(object, "findings", (double)rule->findings.len);
        json_add_number(object, "steps", (double)rule->steps);
    }
}

static void add_callbacks(const struct writer *writer, struct json *root,
                          const struct results *results)
{
    struct json *list = json_add_array(root, "callbacks");
    for (size_t i = 0; i < results->callbacks.len; i++) {
        const struct callback_info *callback = &results->callbacks.items[i];
        struct json *object = json_add_object(list, NULL);
        add_text(object, "function", callback->function);
        add_text(object, "role", callback->role);
        add_text(object, "how", callback->how);
        add_place(writer, object, &callback->place);
    }
}

static void add_left_out(const struct writer *writer, struct json *root,
                         const struct results *results)
{
    struct json *list = json_add_array(root, "leftOut");
    for (size_t i = 0; i < results->left_out.len; i++) {
        const struct left_out *item = &results->left_out.items[i];
        struct json *object = json_add_object(list, NULL);
        add_text(object, "what", item->what ? item->what : "");
        add_place(writer, object, &item->place);
        json_add_string(object, "kind", left_out_kind_name(item->kind));
        json_add_bool(object, "blocksPass", left_out_of_driver(item));
    }
}

static void add_remarks(const struct writer *writer, struct json *root,
                        const struct results *results)
{
    struct json *list = json_add_array(root, "remarks");
    for (size_t i = 0; i < results->remarks.len; i++) {
        struct json *object = json_add_object(list, NULL);
        json_add_string(object, "text", results->remarks.items[i].text);
        add_place(writer, object, &results->remarks.items[i].place);
        if (results->remarks.items[i].unused)
            json_add_bool(object, "unused", true);
    }
}

static void add_gone(const struct writer *writer, struct json *root, const struct results *results)
{
    struct json *list = json_add_array(root, "gone");
    for (size_t i = 0; i < results->gone.len; i++) {
        const struct gone *gone = &results->gone.items[i];
        struct json *object = json_add_object(list, NULL);
        add_text(object, "fingerprint", gone->fingerprint);
        add_text(object, "rule", gone->rule);
        add_place(writer, object, &gone->place);
        add_text(object, "function", gone->function);
        add_text(object, "message", gone->message);
    }
}

static void add_strings(struct json *root, const char *key, const char *const *items, size_t count)
{
    struct json *list = json_add_array(root, key);
    for (size_t i = 0; i < count; i++)
        add_text(list, NULL, items[i] ? items[i] : "");
}

static void add_tool(struct json *root, const struct report_options *options)
{
    struct json *tool = json_add_object(root, "tool");
    json_add_string(tool, "name", "drvlint");
    add_text(tool, "version", options->version);
    add_text(tool, "pack", options->pack);
}

struct json *results_json(struct writer *writer, const struct results *results, bool shown)
{
    struct arena *scratch = writer->scratch;
    struct json *root = json_new_object(scratch->on_fail, scratch->context);
    json_add_string(root, "schema", "drvlint-results");
    json_add_number(root, "version", 1);
    add_tool(root, writer->options);
    add_strings(root, "files", results->files.items, results->files.len);
    struct json *counts = json_add_object(root, "functions");
    json_add_number(counts, "total", (double)results->functions);
    json_add_number(counts, "analysed", (double)results->functions_analysed);
    size_t count;
    const struct finding **findings = sorted_findings(results, scratch, &count);
    struct json *list = json_add_array(root, "results");
    for (size_t i = 0; i < count; i++)
        add_finding(writer, list, findings[i], shown);
    add_verdicts(root, results);
    add_callbacks(writer, root, results);
    add_left_out(writer, root, results);
    add_coverage(writer, root, results);
    add_remarks(writer, root, results);
    add_gone(writer, root, results);
    add_strings(root, "assumptions", results->assumptions.items, results->assumptions.len);
    return root;
}

/* What the rules with findings are about: "help" has, by the rule's name, the "text" and perhaps an
 * "address". */
static void add_help(struct writer *writer, struct json *root, const struct results *results)
{
    const struct rule_pack *pack = writer->options->rules;
    struct json *help = json_add_object(root, "help");
    for (size_t i = 0; pack && i < results->rules.len; i++) {
        const struct rule_result *result = &results->rules.items[i];
        const struct rule *rule = result->findings.len ? rule_find(pack, result->rule) : NULL;
        if (!rule)
            continue;
        struct json *object = json_add_object(help, result->rule);
        json_add_string(object, "text", rule_explain(rule, writer->scratch));
        if (rule->references.len)
            json_add_string(object, "address",
                            rule_reference_url(rule->references.items[0], writer->scratch));
    }
}

bool report_json(const struct results *results, const struct report_options *options,
                 struct arena *scratch, FILE *out)
{
    struct writer writer = writer_make(options, scratch, out);
    struct json *root = results_json(&writer, results, options->editor);
    if (options->editor)
        add_help(&writer, root, results);
    put_json(&writer, root);
    return writer_end(&writer);
}
