/* Places that rules watch: members of variables and of objects that exist once. */
#include "engine/place.h"

#include <string.h>

static bool same_place(const struct watch_place *a, const struct watch_place *b)
{
    return a->kind == b->kind && a->index == b->index && a->offset == b->offset;
}

bool place_among(const struct watch_place *places, size_t count, const struct watch_place *place)
{
    for (size_t i = 0; i < count; i++)
        if (same_place(&places[i], place))
            return true;
    return false;
}

bool place_of_value(const struct sim *sim, value_id value, struct watch_place *ret_place)
{
    const struct value *v = value_get(sim, value);
    while (v->kind == VALUE_CAST)
        v = value_get(sim, v->a);
    if (v->kind != VALUE_ADDR)
        return false;
    const struct object *o = &sim->objects.items[v->a];
    *ret_place = (struct watch_place){o->kind, o->a, v->imm};
    return o->kind == OBJECT_ONCE || o->kind == OBJECT_GLOBAL;
}

/* The address of a variable, or of a member at a constant offset in one. */
static bool in_variable(const struct program *program, func_id func, const struct operand *o,
                        struct watch_place *ret_place)
{
    uint64_t offset = 0;
    while (o->kind == OPERAND_INSTR) {
        const struct instr *in = &program->functions[func].instrs[o->index];
        if (in->op != INSTR_PTRADD || in->b.kind != OPERAND_NONE)
            return false;
        offset += (uint64_t)in->offset;
        o = &in->a;
    }
    if (o->kind != OPERAND_GLOBAL)
        return false;
    *ret_place = (struct watch_place){OBJECT_GLOBAL, o->index, offset + o->value};
    return true;
}

bool place_of_operand(const struct program *program, const struct model *model, func_id func,
                      const struct operand *address, struct watch_place *ret_place)
{
    struct spot spot;
    if (in_variable(program, func, address, ret_place))
        return true;
    if (!model_spot(model, func, address, &spot))
        return false;
    *ret_place = (struct watch_place){OBJECT_ONCE, spot.object, spot.offset};
    return true;
}

const struct pattern *place_pattern(const struct event *event, size_t *ret_argument)
{
    for (size_t i = 0; i < event->arguments.len && !event->any_arguments; i++)
        if (event->arguments.items[i].watch >= 0) {
            *ret_argument = i;
            return &event->arguments.items[i];
        }
    return NULL;
}

bool place_rule(const struct rule *rule)
{
    size_t argument;
    if (rule->watches.len != 1)
        return false;
    for (size_t i = 0; i < rule->events.len; i++) {
        const struct event *e = &rule->events.items[i];
        const struct pattern *p = place_pattern(e, &argument);
        if ((p && p->kind != PATTERN_BIND) || e->result.watch >= 0)
            return false;
        for (size_t t = 0; !p && t < e->transitions.len; t++)
            if (e->transitions.items[t].from & 1)
                return false;
    }
    return true;
}

static bool names_function(const struct event *e, const char *name)
{
    bool calls = e->kind == EVENT_CALL || e->kind == EVENT_RETURN;
    for (size_t n = 0; calls && n < e->names.len; n++)
        if (!strcmp(e->names.items[n], name))
            return true;
    return false;
}

/* What the calls of one function tell of a rule's places. */
static void look_at_call(struct places *places, const struct program *program,
                         const struct model *model, const struct rule *rule,
                         const struct call_edge *edge, struct arena *arena)
{
    const struct instr *call = &program->functions[edge->caller].instrs[edge->call];
    for (size_t i = 0; i < rule->events.len; i++) {
        struct watch_place place;
        size_t argument = 0;
        if (!names_function(&rule->events.items[i], program->functions[edge->callee].name) ||
            !place_pattern(&rule->events.items[i], &argument) || argument >= call->nextra)
            continue;
        if (places->known.len < MAX_PLACES &&
            place_of_operand(program, model, edge->caller, &call->extra[argument], &place)) {
            if (!place_among(places->known.items, places->known.len, &place))
                vec_push(arena, &places->known, place);
        } else {
            places->others = true;
        }
    }
}

void places_add(struct places *places, const struct program *program, const struct model *model,
                const struct rule *rule, struct arena *arena)
{
    for (uint32_t i = 0; i < model->nedges; i++)
        if (!program->functions[model->edges[i].caller].from_model)
            look_at_call(places, program, model, rule, &model->edges[i], arena);
}
