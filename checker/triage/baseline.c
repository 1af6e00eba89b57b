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
            json_add_string(item, "file", path_relative(finding->place.file, root));
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

static void compare(struct arena *arena, const char *name, const struct json *known,
                    struct finding **findings, size_t count, bool tell_gone,
                    struct results *results)
{
    for (size_t k = 0; k < json_count(known); k++) {
        const struct json *item = json_at(known, k);
        const char *fingerprint = member(item, "fingerprint"), *rule = member(item, "rule");
        size_t i = 0;
        while (i < count && strcmp(findings[i]->fingerprint, fingerprint) != 0)
            i++;
        if (i < count)
            findings[i]->baseline = BASELINE_UNCHANGED;
        else if (tell_gone && triage_is_decided(results, rule))
            vec_push(arena, &results->remarks,
                     (struct remark){.text = arena_printf(arena,
                                                          "'%s' has a finding of '%s' in '%s' "
                                                          "that is gone",
                                                          name, rule, member(item, "file"))});
    }
}

bool triage_compare(struct arena *arena, const char *name, const char *text, size_t length,
                    bool tell_gone, struct results *results, struct diag *diag)
{
    struct json *root = json_parse(name, text, length, diag);
    if (!root)
        return false;
    bool ok = is_baseline(root);
    if (!ok) {
        diag_error(diag, place_file(name), "this is no baseline; 'drvlint baseline' makes one");
        goto out;
    }
    size_t count;
    struct finding **findings = triage_findings(results, arena, &count);
    for (size_t i = 0; i < count; i++)
        if (findings[i]->baseline == BASELINE_NONE)
            findings[i]->baseline = BASELINE_NEW;
    const struct json *known = json_get(root, "findings");
    if (known)
        compare(arena, name, known, findings, count, tell_gone, results);
out:
    json_free(root);
    return ok;
}
