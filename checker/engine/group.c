/* Which rules apply to the driver, and which share a run. */
#include "engine/group.h"

#include <string.h>

/* ---- applicability ------------------------------------------------------------------------ */

static bool driver_calls(const struct engine *e, const char *name)
{
    func_id f = program_find_function(e->program, name);
    for (uint32_t i = 0; f != ID_NONE && i < e->model->nedges; i++)
        if (e->model->edges[i].callee == f &&
            !e->program->functions[e->model->edges[i].caller].from_model)
            return true;
    for (uint32_t i = 0; f != ID_NONE && i < e->model->nholes; i++) /* code that is left out */
        for (uint32_t k = 0; k < e->model->holes[i].may_call.len; k++)
            if (e->model->holes[i].may_call.items[k] == f)
                return true;
    return false;
}

static bool has_role(const struct engine *e, const char *role)
{
    if (!strcmp(role, "DRIVER_INITIALIZE") &&
        program_find_function(e->program, "DriverEntry") != ID_NONE)
        return true;
    for (uint32_t i = 0; i < e->model->ncallbacks; i++)
        if (!strcmp(e->model->callbacks[i].role, role))
            return true;
    return false;
}

const char *why_not_applicable(const struct engine *e, const struct rule *rule)
{
    bool found = rule->needs.len == 0, calls = false, called = false;
    for (size_t i = 0; i < rule->needs.len; i++)
        found |= has_role(e, rule->needs.items[i]);
    if (!found)
        return arena_printf(e->arena, "the driver has no callback with the role %s",
                            rule->needs.items[0]);
    for (size_t i = 0; i < rule->events.len; i++) {
        const struct event *ev = &rule->events.items[i];
        if (ev->kind != EVENT_CALL && ev->kind != EVENT_RETURN)
            continue;
        calls = true;
        for (size_t n = 0; n < ev->names.len && !called; n++)
            called = driver_calls(e, ev->names.items[n]);
    }
    if (calls && !called)
        return "the driver calls none of the functions that the rule is about";
    return NULL;
}

/* ---- groups ------------------------------------------------------------------------------- */

static bool stateless(const struct rule *rule)
{
    return rule->states.len == 0 && rule->watches.len == 0;
}

/* Functions whose events make an object leave the initial state: where watching begins. */
static bool binds_at(const struct rule *rule, const char *name)
{
    for (size_t i = 0; i < rule->events.len; i++) {
        const struct event *ev = &rule->events.items[i];
        bool named = false, binds = false;
        for (size_t n = 0; n < ev->names.len; n++)
            named |= !strcmp(ev->names.items[n], name);
        for (size_t t = 0; t < ev->transitions.len; t++)
            binds |= (ev->transitions.items[t].from & 1) && ev->transitions.items[t].to > 0;
        if (named && binds)
            return true;
    }
    return false;
}

static bool binds_where(const struct rule *a, const struct rule *b)
{
    for (size_t i = 0; i < a->events.len; i++)
        for (size_t n = 0; n < a->events.items[i].names.len; n++) {
            const char *name = a->events.items[i].names.items[n];
            if (binds_at(a, name) && !binds_at(b, name))
                return false;
        }
    return true;
}

/* Whether an expression of `rule` asks for that model variable; name NULL: for the role. */
static bool expr_asks(const struct expr *e, const char *name)
{
    if (!e)
        return false;
    bool here = name ? e->kind == EXPR_MODEL && !strcmp(e->name, name) : e->kind == EXPR_IN_ROLE;
    return here || expr_asks(e->left, name) || expr_asks(e->right, name);
}

static bool rule_asks(const struct rule *rule, const char *name)
{
    for (size_t i = 0; i < rule->events.len; i++)
        for (size_t t = 0; t < rule->events.items[i].transitions.len; t++)
            if (expr_asks(rule->events.items[i].transitions.items[t].guard, name))
                return true;
    return false;
}

static bool expr_is_covered(const struct expr *e, const struct rule *by)
{
    return !e || ((e->kind != EXPR_MODEL || rule_asks(by, e->name)) &&
                  expr_is_covered(e->left, by) && expr_is_covered(e->right, by));
}

static bool asks_no_more(const struct rule *rule, const struct rule *than)
{
    for (size_t i = 0; i < rule->events.len; i++)
        for (size_t t = 0; t < rule->events.items[i].transitions.len; t++)
            if (!expr_is_covered(rule->events.items[i].transitions.items[t].guard, than))
                return false;
    return true;
}

/* Rules that ask for the same may share a run; of others each would pay for all. */
static bool ask_alike(const struct rule *a, const struct rule *b)
{
    return rule_asks(a, NULL) == rule_asks(b, NULL) && asks_no_more(a, b) && asks_no_more(b, a);
}

/* Rules that begin to watch at the same calls and ask for the same make the same choices and share
 * a run; so do those without states. Others would only multiply each other's states. */
static bool belongs(const struct engine *e, const struct group *g, const struct rule *rule)
{
    const struct rule *first = &e->pack->rules.items[g->parts.items[0]];
    if (!ask_alike(rule, first))
        return false;
    if (stateless(rule) || stateless(first))
        return stateless(rule) && stateless(first);
    return rule->watches.len && rule->watches.len == first->watches.len &&
           binds_where(rule, first) && binds_where(first, rule);
}

void make_groups(struct engine *e, const bool *selected)
{
    e->groups = arena_new_array(e->arena, e->pack->rules.len + 1, struct group);
    for (uint32_t r = 0; r < e->pack->rules.len; r++) {
        const struct rule *rule = &e->pack->rules.items[r];
        size_t g = 0;
        if (!selected[r] || rule->failed || e->not_applicable[r])
            continue;
        while (g < e->ngroups && !belongs(e, &e->groups[g], rule))
            g++;
        if (g == e->ngroups)
            arena_init(&e->groups[e->ngroups++].arena, e->arena->on_fail, e->arena->context);
        vec_push(e->arena, &e->groups[g].parts, r);
    }
}
