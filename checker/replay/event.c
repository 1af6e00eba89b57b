/* Rule events on the path: their guards have to hold, and what they speak of has to be what the rule
 * watches. After docs/rule-language.md; what is not known of a value asks for nothing. */
#include "replay/internal.h"

#include <string.h>

struct environment {
    const struct event *event;
    smt_term watch[RULE_MOST_WATCHES];
    struct {
        const char *name;
        smt_term value;
    } names[RULE_MOST_VARIABLES];
    unsigned count;
};

/* What a pointer argument points at has the size with which it was written last. */
static smt_term pointed_at(struct replay *r, smt_term address)
{
    static const struct class_set any_class;
    if (!address)
        return 0;
    struct area area = area_at(r, address, 0);
    area.size = memory_stored_size(r, &area);
    return area.size >= 1 && area.size <= 8 ? memory_load(r, &area, &any_class) : 0;
}

static void bind(struct replay *r, struct environment *env, const struct pattern *p, smt_term value)
{
    if (p->kind == PATTERN_ANY)
        return;
    if (p->kind == PATTERN_DEREF)
        value = pointed_at(r, value);
    if (p->watch >= 0)
        env->watch[p->watch] = value;
    if (p->name && env->count < RULE_MOST_VARIABLES) {
        env->names[env->count].name = p->name;
        env->names[env->count++].value = value;
    }
}

/* ---- guards --------------------------------------------------------------------------------- */

/* A value with what the language wants to know of constants. `term` 0: not known. */
struct operand_of_guard {
    smt_term term;
    bool constant, negative;
};

static struct operand_of_guard eval(struct replay *r, const struct environment *env,
                                    const struct expr *e);

static struct operand_of_guard number(struct replay *r, uint64_t value)
{
    return (struct operand_of_guard){smt_const(&r->smt, 64, value), true, value >> 63};
}

static struct operand_of_guard constant(struct replay *r, const char *name)
{
    uint32_t g = program_find_global(r->program,
                                     arena_printf(r->arena, "drvlint_constant_%s", name));
    const struct global *global = g == ID_NONE ? NULL : &r->program->globals[g];
    return number(r, global && global->ninits ? global->inits[0].value.value : 0);
}

static struct operand_of_guard model_variable(struct replay *r, const char *name)
{
    uint32_t g = program_find_global(r->program, arena_printf(r->arena, "model_%s", name));
    if (g == ID_NONE || r->program->globals[g].size > 8 || r->program->globals[g].size == 0)
        return (struct operand_of_guard){0};
    uint64_t size = r->program->globals[g].size;
    struct area area = area_at(r, global_address(r, g), size);
    struct class_set reads = model_global_classes(r->model, r->arena, g, 0, size);
    return (struct operand_of_guard){memory_load(r, &area, &reads), false, false};
}

static smt_term in_role(struct replay *r, const struct expr *e)
{
    const char *role = r->roles.len ? vec_last(&r->roles) : NULL;
    bool found = false;
    for (size_t i = 0; i < e->roles.len; i++)
        found |= role && !strcmp(role, e->roles.items[i]);
    return smt_const(&r->smt, 1, found);
}

/* Both sides at the width of the driver's value, or the smaller one. */
static void same_width(struct replay *r, struct operand_of_guard *a, struct operand_of_guard *b)
{
    unsigned wa = smt_width(&r->smt, a->term), wb = smt_width(&r->smt, b->term);
    unsigned width = wa < wb ? wa : wb;
    a->term = smt_extract(&r->smt, a->term, 0, width);
    b->term = smt_extract(&r->smt, b->term, 0, width);
}

static smt_term compare(struct replay *r, enum expr_op op, struct operand_of_guard a,
                        struct operand_of_guard b)
{
    bool is_signed = (a.constant && a.negative) || (b.constant && b.negative);
    enum smt_op less = is_signed ? SMT_SLT : SMT_ULT;
    struct smt *smt = &r->smt;
    bool swap = op == OP_GT || op == OP_LE;
    smt_term x = swap ? b.term : a.term, y = swap ? a.term : b.term;
    if (op == OP_EQ || op == OP_NE) {
        smt_term same = equal(r, x, y);
        return op == OP_EQ ? same : smt_not(smt, same);
    }
    bound_address(r, x);
    bound_address(r, y);
    smt_term holds = smt_compare(smt, less, x, y);
    return op == OP_LT || op == OP_GT ? holds : smt_not(smt, holds);
}

static enum smt_op operator_of(enum expr_op op)
{
    if (op == OP_AND || op == OP_BITAND)
        return SMT_AND;
    if (op == OP_OR || op == OP_BITOR)
        return SMT_OR;
    return op == OP_PLUS ? SMT_ADD : SMT_SUB;
}

static struct operand_of_guard binary(struct replay *r, const struct environment *env,
                                      const struct expr *e)
{
    struct operand_of_guard a = eval(r, env, e->left), b = eval(r, env, e->right), result = {0};
    if (!a.term || !b.term)
        return result;
    same_width(r, &a, &b);
    if (e->op <= OP_GE)
        result.term = compare(r, e->op, a, b);
    else
        result.term = smt_binary(&r->smt, operator_of(e->op), a.term, b.term);
    return result;
}

static struct operand_of_guard unary(struct replay *r, const struct environment *env,
                                     const struct expr *e)
{
    struct operand_of_guard a = eval(r, env, e->left);
    if (!a.term)
        return a;
    unsigned width = smt_width(&r->smt, a.term);
    smt_term zero = smt_const(&r->smt, width, 0), ones = smt_const(&r->smt, width, UINT64_MAX);
    if (e->op == OP_NEGATE)
        a.term = smt_binary(&r->smt, SMT_SUB, zero, a.term);
    else
        a.term = smt_binary(&r->smt, SMT_XOR, a.term, ones); /* of a condition the other one */
    a.constant = false;
    return a;
}

static struct operand_of_guard eval(struct replay *r, const struct environment *env,
                                    const struct expr *e)
{
    struct operand_of_guard unknown = {0};
    switch (e->kind) {
    case EXPR_NUMBER:
        return number(r, e->number);
    case EXPR_CONSTANT:
        return constant(r, e->name);
    case EXPR_VARIABLE:
        for (unsigned i = 0; i < env->count; i++)
            if (env->names[i].name == e->name)
                return (struct operand_of_guard){env->names[i].value, false, false};
        if (e->watch >= 0)
            unknown.term = env->watch[e->watch] ? env->watch[e->watch] : r->watched[e->watch];
        return unknown;
    case EXPR_MODEL:
        return model_variable(r, e->name);
    case EXPR_IN_ROLE:
        unknown.term = in_role(r, e);
        return unknown;
    case EXPR_UNARY:
        return unary(r, env, e);
    case EXPR_BINARY:
        return binary(r, env, e);
    }
    BUG_ON(true);
}

/* The first transition from the state whose guard holds is taken. */
static void demand_guards(struct replay *r, const struct environment *env,
                          const struct replay_step *step)
{
    for (uint32_t i = 0; i <= step->transition; i++) {
        const struct transition *t = &env->event->transitions.items[i];
        if (!(t->from >> step->from & 1) || !t->guard)
            continue;
        smt_term holds = eval(r, env, t->guard).term;
        if (holds && smt_width(&r->smt, holds) == 1)
            demand(r, i == step->transition ? holds : smt_not(&r->smt, holds));
    }
}

/* ---- what is watched ------------------------------------------------------------------------- */

static void demand_same(struct replay *r, smt_term a, smt_term b)
{
    unsigned wa = smt_width(&r->smt, a), wb = smt_width(&r->smt, b), width = wa < wb ? wa : wb;
    if (width)
        demand(r, equal(r, smt_extract(&r->smt, a, 0, width), smt_extract(&r->smt, b, 0, width)));
}

static void watch(struct replay *r, const struct environment *env, const struct replay_step *step)
{
    int to = env->event->transitions.items[step->transition].to;
    for (size_t i = 0; i < r->path->rule->watches.len; i++) {
        if (step->from != 0 && env->watch[i] && r->watched[i])
            demand_same(r, env->watch[i], r->watched[i]);
        if (step->from == 0 && to > 0)
            r->watched[i] = env->watch[i];
        if (to == 0)
            r->watched[i] = 0;
    }
}

static bool is_at(const struct replay_step *step, const struct event *event, enum event_kind kind,
                  const struct frame *fr, instr_id instr)
{
    /* Where a callback was left is told by the call of the model, not by who made it. */
    return event->kind == kind && step->instr == instr &&
           (kind == EVENT_LEAVE || step->func == fr->func);
}

void take_event(struct replay *r, enum event_kind kind, const struct frame *fr, instr_id instr,
                const smt_term *args, uint32_t nargs, smt_term result)
{
    if (r->ended || r->at >= r->path->nsteps || fr->aside)
        return;
    const struct replay_step *step = &r->path->steps[r->at];
    if (step->kind != REPLAY_EVENT)
        return;
    struct environment env = {.event = &r->path->rule->events.items[step->data]};
    if (!is_at(step, env.event, kind, fr, instr))
        return;
    for (size_t i = 0; i < env.event->arguments.len && !env.event->any_arguments; i++)
        bind(r, &env, &env.event->arguments.items[i], i < nargs ? args[i] : 0);
    bind(r, &env, &env.event->result, result);
    demand_guards(r, &env, step);
    watch(r, &env, step);
    if (++r->at == r->path->nsteps)
        r->ended = true;
}
