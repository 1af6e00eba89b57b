/* Results as bytes. What triage adds is not among it: that depends on comments, baselines and the
 * checkout, and is found out in every run. */
#include "cache/internal.h"

/* -- writing -- */

static void write_step(struct serial_writer *writer, const struct step *step)
{
    serial_put_number(writer, step->kind);
    serial_put_place(writer, step->place);
    serial_put_number(writer, step->depth);
    serial_put_text(writer, step->text);
    serial_put_text(writer, step->state);
    serial_put_text(writer, step->irql);
    serial_put_text(writer, step->function);
}

static void write_finding(struct serial_writer *writer, const struct finding *finding)
{
    serial_put_text(writer, finding->rule);
    serial_put_number(writer, finding->severity);
    serial_put_place(writer, finding->place);
    serial_put_text(writer, finding->function);
    serial_put_text(writer, finding->message);
    serial_put_number(writer, finding->steps.len);
    for (size_t i = 0; i < finding->steps.len; i++)
        write_step(writer, &finding->steps.items[i]);
    serial_put_number(writer, finding->related.len);
    for (size_t i = 0; i < finding->related.len; i++) {
        serial_put_place(writer, finding->related.items[i].place);
        serial_put_text(writer, finding->related.items[i].text);
    }
}

static void write_rule(struct serial_writer *writer, const struct rule_result *rule)
{
    serial_put_text(writer, rule->rule);
    serial_put_text(writer, rule->title);
    serial_put_number(writer, rule->verdict);
    serial_put_text(writer, rule->reason);
    serial_put_number(writer, rule->steps);
    serial_put_number(writer, rule->findings.len);
    for (size_t i = 0; i < rule->findings.len; i++)
        write_finding(writer, &rule->findings.items[i]);
}

static void write_texts(struct serial_writer *writer, const char *const *texts, size_t count)
{
    serial_put_number(writer, count);
    for (size_t i = 0; i < count; i++)
        serial_put_text(writer, texts[i]);
}

void cache_write_results(struct serial_writer *writer, const struct results *results)
{
    serial_put_number(writer, results->rules.len);
    for (size_t i = 0; i < results->rules.len; i++)
        write_rule(writer, &results->rules.items[i]);
    serial_put_number(writer, results->callbacks.len);
    for (size_t i = 0; i < results->callbacks.len; i++) {
        const struct callback_info *callback = &results->callbacks.items[i];
        serial_put_text(writer, callback->function);
        serial_put_text(writer, callback->role);
        serial_put_place(writer, callback->place);
        serial_put_text(writer, callback->how);
    }
    serial_put_number(writer, results->left_out.len);
    for (size_t i = 0; i < results->left_out.len; i++) {
        serial_put_number(writer, results->left_out.items[i].kind);
        serial_put_place(writer, results->left_out.items[i].place);
        serial_put_text(writer, results->left_out.items[i].what);
    }
    write_texts(writer, results->files.items, results->files.len);
    write_texts(writer, results->assumptions.items, results->assumptions.len);
    serial_put_number(writer, results->functions);
    serial_put_number(writer, results->functions_analysed);
    cache_write_coverage(writer, &results->coverage);
}

/* -- reading -- */

static struct step read_step(struct serial_reader *reader)
{
    struct step step = {.kind = (enum step_kind)serial_choice(reader, STEP_ERROR)};
    step.place = serial_place(reader);
    step.depth = serial_choice(reader, UINT32_MAX);
    step.text = serial_text(reader);
    step.state = serial_text(reader);
    step.irql = serial_text(reader);
    step.function = serial_text(reader);
    return step;
}

static struct finding read_finding(struct serial_reader *reader)
{
    struct finding finding = {.rule = serial_text(reader)};
    finding.severity = (enum severity)serial_choice(reader, SEVERITY_NOTE);
    finding.place = serial_place(reader);
    finding.function = serial_text(reader);
    finding.message = serial_text(reader);
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--)
        vec_push(reader->arena, &finding.steps, read_step(reader));
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--) {
        struct related related = {.place = serial_place(reader)};
        related.text = serial_text(reader);
        vec_push(reader->arena, &finding.related, related);
    }
    return finding;
}

static struct rule_result read_rule(struct serial_reader *reader)
{
    struct rule_result rule = {.rule = serial_text(reader)};
    rule.title = serial_text(reader);
    rule.verdict = (enum verdict)serial_choice(reader, VERDICT_NOT_APPLICABLE);
    rule.reason = serial_text(reader);
    rule.steps = serial_number(reader);
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--)
        vec_push(reader->arena, &rule.findings, read_finding(reader));
    return rule;
}

static struct callback_info read_callback(struct serial_reader *reader)
{
    struct callback_info callback = {.function = serial_text(reader)};
    callback.role = serial_text(reader);
    callback.place = serial_place(reader);
    callback.how = serial_text(reader);
    return callback;
}

static struct left_out read_left_out(struct serial_reader *reader)
{
    struct left_out left_out = {
        .kind = (enum left_out_kind)serial_choice(reader, LEFT_OUT_REST)};
    left_out.place = serial_place(reader);
    left_out.what = serial_text(reader);
    return left_out;
}

void cache_read_results(struct serial_reader *reader, struct results *ret_results)
{
    struct arena *arena = reader->arena;
    struct results results = {0};
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--)
        vec_push(arena, &results.rules, read_rule(reader));
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--)
        vec_push(arena, &results.callbacks, read_callback(reader));
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--)
        vec_push(arena, &results.left_out, read_left_out(reader));
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--)
        vec_push(arena, &results.files, serial_text(reader));
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--)
        vec_push(arena, &results.assumptions, serial_text(reader));
    results.functions = (size_t)serial_number(reader);
    results.functions_analysed = (size_t)serial_number(reader);
    cache_read_coverage(reader, &results.coverage);
    *ret_results = results;
}
