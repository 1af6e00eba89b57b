/* What was known before. */
#include "triage/internal.h"

#include "base/json.h"
#include "base/path.h"

#include <string.h>

char *triage_baseline(struct results *results, const char *root, struct arena *arena)
{
    size_t count;
    struct finding **findings = triage_findings(results, arena, &count);
    struct json *baseline = json_new_object(arena->on_fail, arena->context);
    json_add_string(baseline, "schema", "drvlint-baseline");
    json_add_number(baseline, "version", 1);
    struct json *list = json_add_array(baseline, "findings");
    for (size_t i = 0; i < count; i++) {
        const struct finding *finding = findings[i];
        if (finding->suppression)
            continue;
        struct json *item = json_add_object(list, NULL);
        json_add_string(item, "fingerprint", finding->fingerprint);
        json_add_string(item, "rule", finding->rule);
        if (finding->place.file)
            json_add_string(item, "file", path_seen_from(arena, finding->place.file, root));
        if (finding->place.file && finding->place.line)
            json_add_number(item, "line", finding->place.line);
        if (finding->function)
            json_add_string(item, "function", finding->function);
        json_add_string(item, "message", finding->message ? finding->message : "");
    }
    char *text = json_text(baseline), *copy = arena_strdup(arena, text);
    json_text_free(text);
    json_free(baseline);
    return copy;
}

static bool is_baseline(const struct json *root)
{
    const struct json *schema = json_get(root, "schema"), *version = json_get(root, "version");
    const char *name = schema ? json_string(schema) : NULL;
    return name && strcmp(name, "drvlint-baseline") == 0 && version && json_number(version) < 1.5;
}

static const char *member(const struct json *item, const char *key)
{
    const struct json *value = json_get(item, key);
    const char *text = value ? json_string(value) : NULL;
    return text ? text : "";
}

/* Keeps what is known of a finding that is not there any more. False: it is known already, from
 * another baseline. */
static bool add_gone(struct arena *arena, const char *root, const struct json *item,
                     struct results *results)
{
    const char *fingerprint = member(item, "fingerprint"), *file = member(item, "file");
    const char *function = member(item, "function");
    for (size_t i = 0; i < results->gone.len; i++)
        if (strcmp(results->gone.items[i].fingerprint, fingerprint) == 0)
            return false;
    const char *rule = member(item, "rule"), *message = member(item, "message");
    struct gone gone = {.rule = arena_strdup(arena, rule),
                        .fingerprint = arena_strdup(arena, fingerprint),
                        .message = *message ? arena_strdup(arena, message)
                                            : arena_printf(arena, "a finding of '%s'", rule)};
    const struct json *line = json_get(item, "line");
    double number = line ? json_number(line) : 0;
    if (*file)
        gone.place = place_file(path_normalize(arena, path_join(arena, root, file)));
    if (*file && number >= 1 && number <= INT32_MAX)
        gone.place.line = (uint32_t)number;
    if (*function)
        gone.function = arena_strdup(arena, function);
    vec_push(arena, &results->gone, gone);
    return true;
}

/* What a baseline is compared with. */
struct comparison {
    struct arena *arena;
    const char *name, *root;
    struct finding **findings;
    size_t count;
    bool tell_gone;
    struct results *results;
};

static void compare_one(struct comparison *c, const struct json *item)
{
    const char *fingerprint = member(item, "fingerprint"), *rule = member(item, "rule");
    size_t i = 0;
    while (i < c->count && strcmp(c->findings[i]->fingerprint, fingerprint) != 0)
        i++;
    if (i < c->count) {
        c->findings[i]->baseline = BASELINE_UNCHANGED;
        return;
    }
    if (!triage_is_decided(c->results, rule) || !add_gone(c->arena, c->root, item, c->results) ||
        !c->tell_gone)
        return;
    const char *text = arena_printf(c->arena, "'%s' has a finding of '%s' in '%s' that is gone",
                                    c->name, rule, member(item, "file"));
    vec_push(c->arena, &c->results->remarks, (struct remark){.text = text});
}

bool triage_compare(struct arena *arena, const char *name, const char *root, const char *text,
                    size_t length, bool tell_gone, struct results *results, struct diag *diag)
{
    struct json *baseline = json_parse(name, text, length, diag);
    if (!baseline)
        return false;
    bool ok = is_baseline(baseline);
    if (!ok) {
        diag_error(diag, place_file(name), "this is no baseline; 'drvlint baseline' makes one");
        goto out;
    }
    struct comparison c = {.arena = arena, .name = name, .root = root, .tell_gone = tell_gone,
                           .results = results};
    c.findings = triage_findings(results, arena, &c.count);
    for (size_t i = 0; i < c.count; i++)
        if (c.findings[i]->baseline == BASELINE_NONE)
            c.findings[i]->baseline = BASELINE_NEW;
    const struct json *known = json_get(baseline, "findings");
    for (size_t i = 0; known && i < json_count(known); i++)
        compare_one(&c, json_at(known, i));
out:
    json_free(baseline);
    return ok;
}
