/* Documentation from rules: one page, and the list of all. */
#include "rule/internal.h"

#include "base/json.h"

#include <string.h>

enum { WIDTH = 100 };

/* "- Label: a, b, c." as a Markdown item whose lines fit. Nothing if the list is empty. */
static void put_item(struct text *text, const char *label, const char *const *names, size_t count)
{
    size_t column = (size_t)strlen(label) + 3;
    if (!count)
        return;
    text_printf(text, "- %s:", label);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(names[i]) + 2;
        bool wrap = column + length > WIDTH;
        text_printf(text, "%s%s%s", wrap ? "\n  " : " ", names[i], i + 1 < count ? "," : "");
        column = (wrap ? 2 : column + 1) + length - 1;
    }
    text_put(text, "\n");
}

typedef VEC(const char *) string_list;

static void add_once(struct arena *arena, string_list *list, const char *name)
{
    if (name_index(list->items, list->len, name) < 0)
        vec_push(arena, list, name);
}

/* Functions or roles of all parts' events, each once, in the order of the file; without those that
 * stand in a table. */
static string_list looked_at(const struct rule *first, struct arena *arena, bool functions)
{
    string_list list = {0};
    for (uint32_t p = 0; p < first->nparts; p++) {
        for (size_t i = 0; i < first[p].events.len; i++) {
            const struct event *event = &first[p].events.items[i];
            bool function = event->kind == EVENT_CALL || event->kind == EVENT_RETURN;
            bool listed = function == functions && !event->written;
            for (size_t n = 0; listed && n < event->names.len; n++)
                add_once(arena, &list, event->names.items[n]);
        }
    }
    return list;
}

static void put_code(struct text *text, const char *heading, const char *code)
{
    if (code)
        text_printf(text, "\n## %s\n\n```c\n%s```\n", heading, code);
}

static void put_prose(struct text *text, const char *heading, const char *prose)
{
    if (prose)
        text_printf(text, "\n## %s\n\n%s", heading, prose);
}

static void put_references(struct text *text, const struct rule *rule)
{
    if (!rule->references.len)
        return;
    text_put(text, "\n## See also\n\n");
    for (size_t i = 0; i < rule->references.len; i++) {
        const char *page = rule->references.items[i];
        const char *slash = strrchr(page, '/');
        text_printf(text, "- [%s](%s)\n", slash ? slash + 1 : page,
                    rule_reference_url(page, text->arena));
    }
}

char *rule_reference_url(const char *page, struct arena *arena)
{
    static const char root[] = "https://learn.microsoft.com/windows-hardware/drivers";
    if (strchr(page, '/'))
        return arena_printf(arena, "%s/%s", root, page);
    const char *header = page + 3;
    const char *end = strlen(page) > 3 ? strchr(header, '-') : NULL;
    bool is_ddi = end && page[0] == 'n' && page[2] == '-'; /* nf-ndis-..., nc-ndis-..., ns-... */
    if (is_ddi)
        return arena_printf(arena, "%s/ddi/%.*s/%s", root, (int)(end - header), header, page);
    return arena_printf(arena, "%s/devtest/%s", root, page);
}

static void put_table(struct text *text, const struct rule_table *table)
{
    size_t ncolumns = table->columns.len;
    text_printf(text, "\n| %s |", table->name);
    for (size_t c = 0; c < ncolumns; c++)
        text_printf(text, " %s |", table->columns.items[c]);
    text_put(text, "\n|---|");
    for (size_t c = 0; c < ncolumns; c++)
        text_put(text, "---|");
    for (size_t r = 0; r < table->names.len; r++) {
        text_printf(text, "\n| %s |", table->names.items[r]);
        for (size_t c = 0; c < ncolumns; c++)
            text_printf(text, " %s |",
                        cell_text(table->cells.items[r * ncolumns + c], text->arena));
    }
    text_put(text, "\n");
}

static void put_tables(struct text *text, const struct rule *first)
{
    for (uint32_t p = 0; p < first->nparts; p++)
        for (size_t i = 0; i < first[p].tables.len; i++)
            put_table(text, &first[p].tables.items[i]);
}

char *rule_explain(const struct rule *rule, struct arena *arena)
{
    const struct rule *first = rule - rule->part_index;
    struct text text = {.arena = arena};
    const char *severity = severity_name(first->rule_severity);
    string_list functions = looked_at(first, arena, true), roles = looked_at(first, arena, false);
    text_printf(&text, "# %s\n\n%s\n\n", first->id, first->title);
    put_item(&text, "Severity", &severity, 1);
    put_item(&text, "Sets", first->sets.items, first->sets.len);
    put_item(&text, "Only for drivers with", first->needs.items, first->needs.len);
    put_item(&text, "Functions", functions.items, functions.len);
    put_item(&text, "Callbacks", roles.items, roles.len);
    put_tables(&text, first);
    put_prose(&text, "Why", first->why);
    put_code(&text, "Wrong", first->bad);
    put_code(&text, "Right", first->good);
    put_prose(&text, "Limits", first->limits);
    put_references(&text, first);
    return text_string(&text);
}

/* ---- lists ---------------------------------------------------------------------------------- */

char *rule_list(const struct rule_pack *pack, struct arena *arena)
{
    struct text text = {.arena = arena};
    size_t id_width = 0, set_width = 0;
    char **sets = arena_new_array(arena, pack->rules.len + 1, char *);
    for (size_t i = 0; i < pack->rules.len; i++) {
        const struct rule *rule = &pack->rules.items[i];
        struct text list = {.arena = arena};
        for (size_t k = 0; k < rule->sets.len; k++)
            text_printf(&list, "%s%s", k ? "," : "", rule->sets.items[k]);
        sets[i] = text_string(&list);
        id_width = strlen(rule->id) > id_width ? strlen(rule->id) : id_width;
        set_width = strlen(sets[i]) > set_width ? strlen(sets[i]) : set_width;
    }
    for (size_t i = 0; i < pack->rules.len; i++) {
        const struct rule *rule = &pack->rules.items[i];
        if (rule->part_index == 0)
            text_printf(&text, "%-*s  %-7s  %-*s  %s\n", (int)id_width, rule->id,
                        severity_name(rule->rule_severity), (int)set_width, sets[i], rule->title);
    }
    return text_string(&text);
}

static void add_names(struct json *object, const char *key, const char *const *names, size_t count)
{
    struct json *array = json_add_array(object, key);
    for (size_t i = 0; i < count; i++)
        json_add_string(array, NULL, names[i]);
}

static void add_rule(struct json *array, const struct rule *rule, struct arena *arena)
{
    struct json *object = json_add_object(array, NULL);
    json_add_string(object, "id", rule->id);
    json_add_string(object, "title", rule->title);
    json_add_string(object, "severity", severity_name(rule->rule_severity));
    add_names(object, "sets", rule->sets.items, rule->sets.len);
    add_names(object, "needs", rule->needs.items, rule->needs.len);
    struct json *pages = json_add_array(object, "references");
    for (size_t i = 0; i < rule->references.len; i++)
        json_add_string(pages, NULL, rule_reference_url(rule->references.items[i], arena));
}

char *rule_list_json(const struct rule_pack *pack, struct arena *arena)
{
    struct json *root = json_new_object(arena->on_fail, arena->context);
    json_add_string(root, "pack", pack->name);
    json_add_string(root, "version", pack->version);
    struct json *rules = json_add_array(root, "rules");
    for (size_t i = 0; i < pack->rules.len; i++)
        if (pack->rules.items[i].part_index == 0)
            add_rule(rules, &pack->rules.items[i], arena);
    char *text = json_text(root);
    char *copy = arena_strdup(arena, text);
    json_text_free(text);
    json_free(root);
    return copy;
}
