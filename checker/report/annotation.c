/* Findings where a code review happens: GitHub's workflow commands and GitLab's code quality
 * report. Both have open findings only, with file names from the top of the checkout. */
#include "report/internal.h"

#include "base/json.h"

#include <string.h>

/* ---- GitHub: https://docs.github.com/actions/reference/workflow-commands-for-github-actions ---
 */

/* Percent-encodes what would end a command's value, or in a property the property. */
static const char *command_text(struct arena *arena, const char *text, bool property)
{
    VEC(char) out = {0};
    for (const char *s = text; *s; s++) {
        bool special = strchr("%\r\n", *s) || (property && strchr(":,", *s));
        const char *piece = special ? arena_printf(arena, "%%%02X", (unsigned char)*s) : NULL;
        for (size_t i = 0; piece && piece[i]; i++)
            vec_push(arena, &out, piece[i]);
        if (!piece)
            vec_push(arena, &out, *s);
    }
    vec_push(arena, &out, '\0');
    return out.items;
}

static void put_property(struct writer *writer, const char *separator, const char *name,
                         const char *value)
{
    const char *clean = clean_text(writer->scratch, value);
    fprintf(writer->out, "%s%s=%s", separator, name, command_text(writer->scratch, clean, true));
}

/* `text` may have several lines. */
static void put_command(struct writer *writer, const char *command, const char *title,
                        const struct place *place, const char *text)
{
    fprintf(writer->out, "::%s", command);
    put_property(writer, " ", "title", title);
    if (place->file)
        put_property(writer, ",", "file", shown_path(writer, place->file));
    if (place->file && place->line)
        fprintf(writer->out, ",line=%u", (unsigned)place->line);
    if (place->file && place->line && place->column)
        fprintf(writer->out, ",col=%u", (unsigned)place->column);
    fprintf(writer->out, "::%s\n", command_text(writer->scratch, text, false));
}

/* The message, and below it where the rule's state changed. */
static const char *annotation(struct writer *writer, const struct finding *finding)
{
    struct arena *arena = writer->scratch;
    struct shown_path path = path_shown(writer, finding, PATH_MOST);
    const char *text = clean_text(arena, finding->message ? finding->message : "");
    for (size_t i = 0; i < path.count; i++) {
        const struct shown_step *step = &path.steps[i];
        if (step->essential && step->step->kind != STEP_ERROR)
            text = arena_printf(arena, "%s\n%s: %s", text, shown_place(writer, &step->step->place),
                                step->text);
    }
    return text;
}

bool report_github(const struct results *results, const struct report_options *options,
                   struct arena *scratch, FILE *out)
{
    static const char *const commands[] = {
        [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_NOTE] = "notice"};
    struct report_options mine;
    struct writer writer = checkout_writer(results, options, &mine, scratch, out);
    size_t count;
    const struct finding **findings = sorted_findings(results, scratch, &count);
    for (size_t i = 0; i < count; i++)
        if (finding_is_open(findings[i]))
            put_command(&writer, commands[findings[i]->severity], findings[i]->rule,
                        &findings[i]->place, annotation(&writer, findings[i]));
    for (size_t i = 0; i < results->rules.len; i++) {
        const struct rule_result *rule = &results->rules.items[i];
        struct place nowhere = place_none();
        if (rule->verdict == VERDICT_UNKNOWN)
            put_command(&writer, "warning", rule->rule, &nowhere,
                        arena_printf(scratch, "unknown whether the rule holds: %s",
                                     clean_text(scratch, rule->reason ? rule->reason : "")));
    }
    for (size_t i = 0; i < results->left_out.len; i++) {
        const struct left_out *item = &results->left_out.items[i];
        put_command(&writer, left_out_of_driver(item) ? "warning" : "notice", "drvlint", &item->place,
                    clean_text(scratch, item->what));
    }
    for (size_t i = 0; i < results->remarks.len; i++)
        put_command(&writer, "warning", "drvlint", &results->remarks.items[i].place,
                    clean_text(scratch, results->remarks.items[i].text));
    return writer_end(&writer);
}

/* ---- GitLab: https://docs.gitlab.com/ci/testing/code_quality/ ------------------------------- */

static void add_issue(struct writer *writer, struct json *list, const struct finding *finding)
{
    static const char *const severities[] = {
        [SEVERITY_ERROR] = "critical", [SEVERITY_WARNING] = "major", [SEVERITY_NOTE] = "minor"};
    struct json *issue = json_add_object(list, NULL);
    json_add_string(issue, "description", finding->message ? finding->message : "");
    json_add_string(issue, "check_name", finding->rule);
    json_add_string(issue, "fingerprint", finding->fingerprint ? finding->fingerprint : "");
    json_add_string(issue, "severity", severities[finding->severity]);
    struct json *location = json_add_object(issue, "location");
    json_add_string(location, "path", shown_path(writer, finding->place.file));
    json_add_number(json_add_object(location, "lines"), "begin",
                    finding->place.line ? finding->place.line : 1);
}

bool report_gitlab(const struct results *results, const struct report_options *options,
                   struct arena *scratch, FILE *out)
{
    struct report_options mine;
    struct writer writer = checkout_writer(results, options, &mine, scratch, out);
    struct json *root = json_new_array(scratch->on_fail, scratch->context);
    size_t count;
    const struct finding **findings = sorted_findings(results, scratch, &count);
    for (size_t i = 0; i < count; i++)
        if (finding_is_open(findings[i]) && findings[i]->place.file)
            add_issue(&writer, root, findings[i]);
    put_json(&writer, root);
    return writer_end(&writer);
}
