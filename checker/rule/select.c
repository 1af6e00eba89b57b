#include "rule/internal.h"

#include <string.h>

const struct rule *rule_find(const struct rule_pack *pack, const char *id)
{
    for (size_t i = 0; i < pack->rules.len; i++)
        if (strcmp(pack->rules.items[i].id, id) == 0)
            return &pack->rules.items[i];
    return NULL;
}

bool rule_unknown(const struct rule_pack *pack, const char *id, struct diag *diag)
{
    struct suggestion near = suggestion_for(id);
    for (size_t i = 0; i < pack->rules.len; i++)
        suggestion_offer(&near, pack->rules.items[i].id);
    return diag_error(diag, place_none(), "there is no rule '%s'%s", id,
                      suggestion_text(&near, diag->arena));
}

static bool in_set(const struct rule *rule, const char *set)
{
    for (size_t i = 0; i < rule->sets.len; i++)
        if (strcmp(rule->sets.items[i], set) == 0)
            return true;
    return false;
}

static bool has_name(const struct rule *rule, const char *name)
{
    return strcmp(name, "all") == 0 || strcmp(rule->id, name) == 0 || in_set(rule, name);
}

static void offer_names(const struct rule_pack *pack, struct suggestion *suggestion)
{
    for (size_t i = 0; i < pack->rules.len; i++) {
        const struct rule *rule = &pack->rules.items[i];
        suggestion_offer(suggestion, rule->id);
        for (size_t k = 0; k < rule->sets.len; k++)
            suggestion_offer(suggestion, rule->sets.items[k]);
    }
    suggestion_offer(suggestion, "all");
}

bool rule_set_severity(struct rule_pack *pack, const char *name, enum severity severity,
                       struct suggestion *suggestion)
{
    bool known = false;
    for (size_t i = 0; i < pack->rules.len; i++) {
        struct rule *rule = &pack->rules.items[i];
        if (!has_name(rule, name))
            continue;
        rule->severity = rule->rule_severity = severity;
        known = true;
    }
    if (!known)
        offer_names(pack, suggestion);
    return known;
}

static bool unknown_name(const struct rule_pack *pack, const char *name, struct diag *diag)
{
    struct suggestion near = suggestion_for(name);
    offer_names(pack, &near);
    return diag_error(diag, place_none(), "there is no rule or set '%s'%s", name,
                      suggestion_text(&near, diag->arena));
}

/* One item: "Locking", "-Warning". */
static bool apply(const struct rule_pack *pack, const char *item, bool *selected, struct diag *diag)
{
    bool remove = *item == '-';
    const char *name = remove ? item + 1 : item;
    bool known = false;
    for (size_t i = 0; i < pack->rules.len; i++) {
        if (has_name(&pack->rules.items[i], name)) {
            selected[i] = !remove;
            known = true;
        }
    }
    if (!*name)
        return diag_error(diag, place_none(), "the rule selection has an empty item");
    return known || unknown_name(pack, name, diag);
}

static char *trimmed(struct arena *arena, const char *start, size_t length)
{
    while (length && strchr(" \t\r\n", *start)) {
        start++;
        length--;
    }
    while (length && strchr(" \t\r\n", start[length - 1]))
        length--;
    return arena_strndup(arena, start, length);
}

static bool apply_all(const struct rule_pack *pack, const char *selection, bool *selected,
                      struct diag *diag)
{
    bool ok = true;
    for (const char *at = selection;; at++) {
        size_t length = strcspn(at, ",");
        ok &= apply(pack, trimmed(diag->arena, at, length), selected, diag);
        at += length;
        if (!*at)
            return ok;
    }
}

static bool select_default(const struct rule_pack *pack, bool *selected, struct diag *diag)
{
    return apply_all(pack, pack->default_selection ? pack->default_selection : "all", selected,
                     diag);
}

bool rule_select(const struct rule_pack *pack, const char *selection, bool *ret_selected,
                 struct diag *diag)
{
    size_t count = pack->rules.len;
    bool *selected = arena_new_array(diag->arena, count ? count : 1, bool);
    bool starts_empty = selection && selection[strspn(selection, " \t\r\n")] != '-';
    if (!starts_empty && !select_default(pack, selected, diag))
        return false;
    if (selection && !apply_all(pack, selection, selected, diag))
        return false;
    size_t chosen = 0;
    for (size_t i = 0; i < count; i++)
        chosen += selected[i];
    if (!chosen)
        return diag_error(diag, place_none(), "the rule selection '%s' leaves no rule",
                          selection ? selection : "default");
    memcpy(ret_selected, selected, count * sizeof(*selected));
    return true;
}
