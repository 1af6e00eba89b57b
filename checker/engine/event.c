/* Rule automata over states: matching events, watched objects, guards, errors.
 *
 * Every part of the group has a word group in the state's interned property: its state and the
 * values it watches. "For every object" is a choice made once, when an object first leaves the
 * initial state: on one branch all parts of the group watch it, on the other they let it pass, and
 * a ghost mark on the object remembers that it is somebody else's. */
#include "base/path.h"
#include "engine/place.h"

#include <string.h>

enum { WORDS = 4, MAX_WATCH = WORDS - 1, MAX_CANDIDATES = 8 };
enum { PROP_ERROR = 0xffff };

/* ---- properties --------------------------------------------------------------------------- */

static uint32_t prop_intern(struct sim *sim, const uint32_t *words)
{
    size_t bytes = sim->prop_words * sizeof *words;
    for (uint64_t key = hash_bytes(words, bytes);; key++) {
        uint64_t *slot = map_slot(&sim->prop_index, &sim->arena, key);
        if (!*slot) {
            uint32_t *copy = arena_new_array(&sim->arena, sim->prop_words + 1, uint32_t);
            memcpy(copy, words, bytes);
            vec_push(&sim->arena, &sim->props, copy);
            *slot = sim->props.len;
            return (uint32_t)sim->props.len - 1;
        }
        if (!memcmp(sim->props.items[*slot - 1], words, bytes))
            return (uint32_t)*slot - 1;
    }
}

static const uint32_t *part_words(const struct sim *sim, uint32_t prop, uint32_t part)
{
    return sim->props.items[prop] + part * WORDS;
}

static uint32_t prop_with(struct sim *sim, uint32_t prop, uint32_t part, uint32_t state,
                          const value_id *watch, size_t nwatch)
{
    uint32_t *words = arena_new_array(&sim->arena, sim->prop_words + 1, uint32_t);
    memcpy(words, sim->props.items[prop], sim->prop_words * sizeof *words);
    words[part * WORDS] = state;
    for (size_t i = 0; watch && i < MAX_WATCH; i++)
        words[part * WORDS + 1 + i] = i < nwatch ? watch[i] : 0;
    return prop_intern(sim, words);
}

/* No more is asked of what `part` watches, by any rule. */
static uint32_t prop_ended(struct sim *sim, uint32_t prop, uint32_t part)
{
    const uint32_t *ended = part_words(sim, prop, part);
    for (uint32_t other = 0; other < sim->parts.len; other++)
        if (part_words(sim, prop, other)[1] == ended[1])
            prop = prop_with(sim, prop, other, PROP_ERROR, NULL, 0);
    return prop;
}

void prop_each_value(const struct sim *sim, uint32_t prop, void (*visit)(void *, value_id),
                     void *context)
{
    for (uint32_t part = 0; part < sim->parts.len; part++)
        for (int i = 1; i < WORDS; i++)
            if (part_words(sim, prop, part)[i])
                visit(context, part_words(sim, prop, part)[i]);
}

uint32_t prop_with_object(struct sim *sim, uint32_t prop, object_id from, object_id to)
{
    uint32_t *words = arena_new_array(&sim->arena, sim->prop_words + 1, uint32_t);
    memcpy(words, sim->props.items[prop], sim->prop_words * sizeof *words);
    for (uint32_t part = 0; part < sim->parts.len; part++)
        for (int i = 1; i < WORDS; i++) {
            value_id *word = &words[part * WORDS + i];
            const struct value *v = value_get(sim, *word);
            if (v->kind == VALUE_ADDR && v->a == from)
                *word = value_addr(sim, to, v->imm);
        }
    return prop_intern(sim, words);
}

static void add_mask(void *context, value_id value)
{
    struct {
        const struct sim *sim;
        uint64_t mask;
    } *c = context;
    c->mask |= value_get(c->sim, value)->mask;
}

uint64_t prop_mask(const struct sim *sim, uint32_t prop)
{
    struct {
        const struct sim *sim;
        uint64_t mask;
    } c = {sim, 0};
    prop_each_value(sim, prop, add_mask, &c);
    return c.mask;
}

const char *prop_state_name(const struct sim *sim, uint32_t prop, uint32_t part)
{
    const struct rule *rule = sim->parts.items[part];
    uint32_t state = part_words(sim, prop, part)[0];
    if (state == PROP_ERROR || rule->states.len == 0)
        return NULL;
    return rule->states.items[state];
}

static void bind_names(struct sim *sim, uint32_t part, uint32_t event)
{
    const struct event *e = &sim->parts.items[part]->events.items[event];
    for (size_t n = 0; n < e->names.len; n++) {
        struct binding b = {part, event};
        if (e->kind == EVENT_CALL || e->kind == EVENT_RETURN) {
            func_id f = program_find_function(sim->program, e->names.items[n]);
            if (f != ID_NONE)
                vec_push(&sim->arena, &sim->by_function[f], b);
        } else {
            uint64_t *slot = map_slot(&sim->roles_bound, &sim->arena,
                                      (uintptr_t)intern(sim->names, e->names.items[n]));
            if (!*slot) {
                vec_push(&sim->arena, &sim->role_bindings, (binding_list){0});
                *slot = sim->role_bindings.len;
            }
            vec_push(&sim->arena, &sim->role_bindings.items[*slot - 1], b);
        }
    }
}

/* Whether it matters to the rule that an object which it does not watch is none that its events made. */
static bool asks_of_unwatched(const struct rule *rule)
{
    bool asks = false;
    for (size_t e = 0; rule->watches.len && e < rule->events.len; e++)
        for (size_t t = 0; t < rule->events.items[e].transitions.len; t++) {
            const struct transition *tr = &rule->events.items[e].transitions.items[t];
            asks |= tr->to < 0 && (tr->from & 1);
        }
    return asks;
}

void events_init(struct sim *sim)
{
    sim->by_function = arena_alloc_array(&sim->arena, sim->program->nfunctions + 1,
                                         sizeof *sim->by_function);
    for (uint32_t part = 0; part < sim->parts.len; part++) {
        if (sim->left_out >> (part & 63) & 1)
            continue;
        for (uint32_t e = 0; e < sim->parts.items[part]->events.len; e++)
            bind_names(sim, part, e);
        sim->asks_of_unwatched |= asks_of_unwatched(sim->parts.items[part]);
    }
    sim->prop_words = (uint32_t)sim->parts.len * WORDS;
    uint32_t *words = arena_new_array(&sim->arena, sim->prop_words + 1, uint32_t);
    prop_intern(sim, words); /* property 0: all initial, nothing watched */
}

/* ---- matching ----------------------------------------------------------------------------- */

enum match { MATCH_NO, MATCH_YES, MATCH_SPLIT };

struct environment {
    const struct sim *sim;
    const struct event *event;
    const struct call_site *site;
    value_id watch[MAX_WATCH]; /* values of watched variables in this event */
    bool has_watch[MAX_WATCH];
    struct {
        const char *name;
        value_id value;
    } names[16];
    unsigned count;
};

static enum match bind_pattern(struct sim *sim, struct state *state, struct environment *env,
                               const struct pattern *p, value_id value)
{
    if (p->kind == PATTERN_ANY)
        return MATCH_YES;
    if (p->kind == PATTERN_DEREF) {
        struct target t;
        value_id loaded = 0;
        unsigned width = sim->program->pointer_bits;
        if (!value || state_resolve(sim, state, value, &t) != ACCESS_OK)
            return MATCH_NO;
        /* the cell has the width it was written with */
        for (unsigned size = width / 8; size >= 1; size /= 2) {
            struct state copy = *state;
            enum access a = state_load(sim, &copy, value, size, size * 8, &loaded);
            if (a == ACCESS_SPLIT)
                return MATCH_SPLIT;
            if (a != ACCESS_OK)
                return MATCH_NO;
            if (value_root(sim, loaded) != ID_NONE || value_is_const(sim, loaded, NULL))
                break;
        }
        value = loaded;
    }
    if (p->watch >= 0 && p->watch < MAX_WATCH) {
        env->watch[p->watch] = value;
        env->has_watch[p->watch] = true;
    }
    if (p->name && env->count < ARRAY_LEN(env->names)) {
        env->names[env->count].name = p->name;
        env->names[env->count++].value = value;
    }
    return MATCH_YES;
}

static enum match bind_patterns(struct sim *sim, struct state *state, struct environment *env)
{
    const struct event *e = env->event;
    const struct call_site *site = env->site;
    for (size_t i = 0; i < e->arguments.len && !e->any_arguments; i++) {
        enum match m = bind_pattern(sim, state, env, &e->arguments.items[i],
                                    i < site->nargs ? site->args[i] : 0);
        if (m != MATCH_YES)
            return m;
    }
    return bind_pattern(sim, state, env, &e->result, site->result);
}

/* Values of different widths (an index and its shortened copy) are compared at the smaller. */
static value_id same_value(struct sim *sim, value_id a, value_id b)
{
    unsigned wa = value_get(sim, a)->width, wb = value_get(sim, b)->width;
    if (!a || !b)
        return 0;
    if (wa > wb)
        a = value_cast(sim, CAST_TRUNC, wb, a);
    else if (wb > wa)
        b = value_cast(sim, CAST_TRUNC, wa, b);
    return value_compare(sim, CMP_EQ, a, b);
}

/* Where the mark of a place in an object is kept; false: it is no known place. */
static bool ghost_address(struct sim *sim, value_id value, value_id *ret_address)
{
    const struct value *v = value_get(sim, value);
    while (v->kind == VALUE_CAST)
        v = value_get(sim, v->a);
    if (v->kind != VALUE_ADDR || v->imm >= GHOST_RANGE)
        return false;
    *ret_address = value_addr(sim, v->a, (uint64_t)(GHOST_OFFSET + (int64_t)v->imm));
    return true;
}

static const uint64_t *ghost_cell(struct sim *sim, const struct state *state, value_id value)
{
    value_id address;
    if (!ghost_address(sim, value, &address))
        return NULL;
    const struct value *v = value_get(sim, address);
    return pmap_get(sim, state->store,
                    (uint64_t)v->a << 32 | (uint64_t)((int64_t)v->imm + CELL_BIAS));
}

static bool is_ghost(struct sim *sim, const struct state *state, value_id value)
{
    const uint64_t *mark = ghost_cell(sim, state, value);
    return mark && value_is_const(sim, (value_id)*mark, NULL);
}

/* Where states are joined the mark tells in which state of the rule a place is, counted from 1. Who
 * follows paths does not ask for more than the mark: the run on the branch that watches the object
 * knows the rest. */
static void set_ghost(struct sim *sim, struct state *state, value_id value, uint32_t rule_state)
{
    value_id address;
    if (!ghost_address(sim, value, &address))
        return;
    bool many = sim->objects.items[value_get(sim, address)->a].kind == OBJECT_HEAP;
    uint64_t mark = sim->policy.join && !many ? 1 + (rule_state & 0x7f) : 1;
    state_store(sim, state, address, 1, value_const(sim, 8, mark));
}

static uint32_t ghost_state(struct sim *sim, const struct state *state, value_id value)
{
    const uint64_t *mark = ghost_cell(sim, state, value);
    uint64_t v = 1; /* no mark: in the initial state */
    if (mark)
        value_is_const(sim, (value_id)*mark, &v);
    return (uint32_t)v - 1;
}

/* Which of the watched objects carries the mark: the one that this event makes. */
static value_id carrier(const struct environment *env)
{
    const struct event *e = env->event;
    for (size_t i = 0; i < e->arguments.len && !e->any_arguments; i++)
        if (e->arguments.items[i].kind == PATTERN_DEREF && e->arguments.items[i].watch >= 0)
            return env->watch[e->arguments.items[i].watch];
    if (e->result.watch >= 0 && e->result.kind != PATTERN_ANY)
        return env->watch[e->result.watch];
    return env->watch[0];
}

/* Certainly no object that an event of this rule made: NULL, another constant, or the address of
 * something that never was one. Unknown values are not. */
static bool is_foreign(struct sim *sim, const struct state *state, value_id value)
{
    struct range r = range_of(sim, state, value);
    if (!value)
        return sim->policy.join;
    if (range_is_single(&r, NULL) || value_root(sim, value) != ID_NONE)
        return !is_ghost(sim, state, value);
    return sim->policy.join; /* it may be, and that is what is asked */
}

/* ---- guards -------------------------------------------------------------------------------- */

static value_id eval(struct sim *sim, struct state *state, const struct environment *env,
                     const struct expr *e, bool *ret_negative);

static uint32_t find_global(struct sim *sim, const char *prefix, const char *name)
{
    uint64_t *slot = map_slot(&sim->expr_globals, &sim->arena, (uintptr_t)name);
    if (!*slot) /* names of rules are interned; a name is a constant's or a model variable's */
        *slot = (uint64_t)program_find_global(
                    sim->program, arena_printf(&sim->arena, "%s%s", prefix, name)) + 1;
    return (uint32_t)(*slot - 1);
}

static value_id constant_value(struct sim *sim, const char *name, bool *ret_negative)
{
    uint32_t g = find_global(sim, "drvlint_constant_", name);
    uint64_t v = 0;
    if (g != ID_NONE && sim->program->globals[g].ninits)
        v = sim->program->globals[g].inits[0].value.value;
    *ret_negative = v >> 63;
    return value_const(sim, 64, v);
}

static const char *role_now(const struct sim *sim, const struct state *state)
{
    return state->roles ? sim->rolestacks[state->roles].role : NULL;
}

/* Brings both sides to one width: that of the side which is not a constant of the rule. */
static void same_width(struct sim *sim, value_id *a, value_id *b)
{
    const struct value *va = value_get(sim, *a), *vb = value_get(sim, *b);
    if (!*a || !*b || va->width == vb->width)
        return;
    bool a_const = va->kind == VALUE_CONST, b_const = vb->kind == VALUE_CONST;
    if (a_const && va->width == 64 && vb->width < 64 && !b_const) {
        *a = value_cast(sim, CAST_TRUNC, vb->width, *a);
    } else if (b_const && vb->width == 64 && va->width < 64 && !a_const) {
        *b = value_cast(sim, CAST_TRUNC, va->width, *b);
    } else {
        unsigned w = va->width < vb->width ? va->width : vb->width;
        *a = value_cast(sim, CAST_TRUNC, w, *a);
        *b = value_cast(sim, CAST_TRUNC, w, *b);
    }
}

static const enum compare_op unsigned_ops[] = {[OP_EQ] = CMP_EQ,  [OP_NE] = CMP_NE,
                                               [OP_LT] = CMP_ULT, [OP_LE] = CMP_ULE,
                                               [OP_GT] = CMP_UGT, [OP_GE] = CMP_UGE};
static const enum compare_op signed_ops[] = {[OP_EQ] = CMP_EQ,  [OP_NE] = CMP_NE,
                                             [OP_LT] = CMP_SLT, [OP_LE] = CMP_SLE,
                                             [OP_GT] = CMP_SGT, [OP_GE] = CMP_SGE};

static value_id eval_binary(struct sim *sim, struct state *state, const struct environment *env,
                            const struct expr *e)
{
    bool na = false, nb = false;
    value_id a = eval(sim, state, env, e->left, &na), b = eval(sim, state, env, e->right, &nb);
    same_width(sim, &a, &b);
    unsigned width = value_get(sim, a)->width;
    switch (e->op) {
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
        return value_compare(sim, na || nb ? signed_ops[e->op] : unsigned_ops[e->op], a, b);
    case OP_AND:
    case OP_BITAND:
        return value_binary(sim, BIN_AND, width, a, b);
    case OP_OR:
    case OP_BITOR:
        return value_binary(sim, BIN_OR, width, a, b);
    case OP_PLUS:
        return value_binary(sim, BIN_ADD, width, a, b);
    case OP_MINUS:
        return value_binary(sim, BIN_SUB, width, a, b);
    case OP_NOT:
    case OP_NEGATE:
    case OP_COMPLEMENT:
        break;
    }
    BUG_ON(true);
}

static value_id eval_model(struct sim *sim, struct state *state, const char *name)
{
    uint32_t g = find_global(sim, "model_", name);
    value_id v = 0;
    if (g == ID_NONE)
        return 0;
    uint64_t size = sim->program->globals[g].size;
    object_id o = object_get(sim, OBJECT_GLOBAL, g, 0, 0, size);
    if (size > 8 || state_load(sim, state, value_addr(sim, o, 0), (uint32_t)size,
                               (unsigned)size * 8, &v) != ACCESS_OK)
        return 0;
    return v;
}

static value_id eval(struct sim *sim, struct state *state, const struct environment *env,
                     const struct expr *e, bool *ret_negative)
{
    bool ignored;
    value_id a;
    const char *role;
    switch (e->kind) {
    case EXPR_NUMBER:
        *ret_negative = e->number >> 63;
        return value_const(sim, 64, e->number);
    case EXPR_CONSTANT:
        return constant_value(sim, e->name, ret_negative);
    case EXPR_VARIABLE:
        for (unsigned i = 0; i < env->count; i++)
            if (env->names[i].name == e->name)
                return env->names[i].value;
        return e->watch >= 0 && e->watch < MAX_WATCH ? env->watch[e->watch] : 0;
    case EXPR_MODEL:
        return eval_model(sim, state, e->name);
    case EXPR_IN_ROLE:
        role = role_now(sim, state);
        for (size_t i = 0; i < e->roles.len; i++)
            if (role && !strcmp(role, e->roles.items[i]))
                return value_const(sim, 1, 1);
        return value_const(sim, 1, 0);
    case EXPR_UNARY:
        a = eval(sim, state, env, e->left, &ignored);
        if (e->op == OP_NOT)
            return value_get(sim, a)->width == 1
                       ? value_not(sim, a)
                       : value_compare(sim, CMP_EQ, a, value_const(sim, value_get(sim, a)->width, 0));
        if (e->op == OP_COMPLEMENT)
            return value_binary(sim, BIN_XOR, value_get(sim, a)->width, a,
                                value_const(sim, value_get(sim, a)->width, UINT64_MAX));
        return value_binary(sim, BIN_SUB, value_get(sim, a)->width,
                            value_const(sim, value_get(sim, a)->width, 0), a);
    case EXPR_BINARY:
        return eval_binary(sim, state, env, e);
    }
    BUG_ON(true);
}

/* ---- messages ----------------------------------------------------------------------------- */

const char *irql_name(uint8_t irql)
{
    static const char *const names[] = {"PASSIVE_LEVEL", "APC_LEVEL", "DISPATCH_LEVEL"};
    if (irql == 255)
        return "an unknown level";
    return irql < ARRAY_LEN(names) ? names[irql] : irql < 15 ? "device IRQL" : "HIGH_LEVEL";
}

/* Where the state was entered; the file is named if it is not that of `here`. */
static const char *line_of_state(struct sim *sim, const struct state *state, uint32_t part,
                                 int which, loc_id here)
{
    struct trace_cursor c = trace_begin(sim, state->trace, &sim->arena);
    for (; c.at; trace_next(&c)) {
        const struct trace *tr = &sim->traces.items[c.at];
        if (tr->kind != TRACE_EVENT)
            continue;
        const struct firing *f = &sim->firings.items[tr->data];
        if (f->part == part && f->to == which) {
            uint32_t func;
            loc_id loc = tr->loc ? tr->loc
                                 : driver_loc(sim, tr->func, tr->instr, tr->context, &func);
            const struct loc *l = &sim->program->locs[loc], *h = &sim->program->locs[here];
            if (!loc || l->in_model) /* an enter event */
                return "the start of the callback";
            if (!here || !strcmp(l->file, h->file))
                return arena_printf(&sim->arena, "line %u", l->line);
            return arena_printf(&sim->arena, "line %u of '%s'", l->line, path_base(l->file));
        }
    }
    return "an earlier point";
}

/* A state of which no guard asks the role forgets it inside functions; the path there knows it. */
static const char *role_on_path(struct sim *sim, const struct state *state)
{
    struct trace_cursor c = trace_begin(sim, state->trace, &sim->arena);
    unsigned left = 0;
    for (; c.at; trace_next(&c)) {
        const struct trace *tr = &sim->traces.items[c.at];
        if (tr->kind == TRACE_LEAVE)
            left++;
        else if (tr->kind == TRACE_ENTER && left-- == 0)
            return sim->rolestacks[tr->data].role;
    }
    return "an unknown context";
}

const char *value_words(struct sim *sim, const struct state *state, value_id value)
{
    struct range r = range_of(sim, state, value);
    uint64_t c;
    if (value && range_is_single(&r, &c)) {
        if (r.width == 32 && c >= 0xc0000000u)
            return arena_printf(&sim->arena, "0x%08llx", (unsigned long long)c);
        return arena_printf(&sim->arena, "%llu", (unsigned long long)c);
    }
    if (value && r.width == 32 && (r.ones & 0x80000000u))
        return "a failure status";
    if (value && !range_contains(&r, 0))
        return "a value other than 0";
    return "an unknown value";
}

static const char *fill_message(struct sim *sim, const struct state *state, uint32_t part,
                                const struct transition *tr, const struct environment *env,
                                loc_id here)
{
    char *text = arena_strdup(&sim->arena, "");
    for (size_t i = 0; i < tr->parts.len; i++) {
        const struct message_part *p = &tr->parts.items[i];
        const char *piece = "";
        struct state copy = *state;
        value_id v = 0;
        uint64_t c = 255;
        struct range r;
        switch (p->kind) {
        case MESSAGE_TEXT:
            piece = p->text;
            break;
        case MESSAGE_VARIABLE:
            for (unsigned k = 0; k < env->count; k++)
                if (!strcmp(env->names[k].name, p->text))
                    v = env->names[k].value;
            /* What is watched has an identity, not a value that says anything. */
            piece = p->watch >= 0 ? arena_printf(&sim->arena, "the %s", p->text)
                                  : value_words(sim, state, v);
            break;
        case MESSAGE_CALL:
            piece = env->site->name;
            break;
        case MESSAGE_ROLE:
            piece = role_now(sim, state) ? role_now(sim, state) : role_on_path(sim, state);
            break;
        case MESSAGE_IRQL:
            v = eval_model(sim, &copy, sim->irql_name);
            r = range_of(sim, state, v);
            piece = irql_name(v && range_is_single(&r, &c) ? (uint8_t)c : 255);
            break;
        case MESSAGE_AT:
            piece = line_of_state(sim, state, part, p->state, here);
            break;
        }
        text = arena_printf(&sim->arena, "%s%s", text, piece);
    }
    return text;
}

/* ---- firing ------------------------------------------------------------------------------- */

static uint32_t add_firing(struct sim *sim, struct firing f)
{
    vec_push(&sim->arena, &sim->firings, f);
    return (uint32_t)sim->firings.len - 1;
}

static void trace_firing(struct sim *sim, struct state *state, enum trace_kind kind,
                         const struct call_site *site, uint32_t firing)
{
    trace_id t = sim_trace(sim, state, kind, site->func, site->instr, site->context, firing);
    sim->traces.items[t].loc = site->loc;
}

/* No more is asked of that part. */
static void note_doubt(struct sim *sim, const struct state *state, const struct firing *f,
                       loc_id loc, func_id func)
{
    uint64_t before = sim->doubtful, all = sim->left_out;
    struct state end = *state;
    sim->doubtful |= UINT64_C(1) << (f->part & 63);
    if (sim->doubtful != before)
        vec_push(&sim->arena, &sim->candidates,
                 (struct candidate){.part = f->part, .loc = loc, .func = func, .event = f->event,
                                    .transition = f->transition,
                                    .trace = sim_trace(sim, &end, TRACE_ERROR, func, 0, 0, 0)});
    for (size_t p = 0; p < sim->parts.len; p++)
        if (!((all | sim->doubtful) >> (p & 63) & 1))
            return;
    sim->exhausted = true; /* nothing is left to be shown */
}

/* Who looks for an error in each part needs no more than one. */
static void stop_if_found(struct sim *sim, uint32_t part)
{
    sim->doubtful |= UINT64_C(1) << (part & 63);
    for (size_t p = 0; p < sim->parts.len; p++)
        if (!((sim->left_out | sim->doubtful) >> (p & 63) & 1))
            return;
    sim->dropped = sim->exhausted = true;
}

static void report_error(struct sim *sim, struct state *state, const struct environment *env,
                         const struct firing *f)
{
    const struct transition *tr = &sim->parts.items[f->part]->events.items[f->event]
                                       .transitions.items[f->transition];
    uint32_t func = env->site->func;
    loc_id loc = env->site->loc ? env->site->loc
                                : driver_loc(sim, func, env->site->instr, env->site->context, &func);
    uint32_t inexact = state->inexact;
    if (!inexact && state->holes >> (f->part & 63) & 1)
        inexact = sim_reason(sim, "code is left out");
    uint64_t key = hash_u64(hash_u64((uint64_t)f->part << 32 | loc) ^
                            ((uint64_t)f->event << 40 | (uint64_t)f->transition << 8 |
                             (inexact != 0)));
    if (sim->policy.join) {
        note_doubt(sim, state, f, loc, func);
        return;
    }
    struct firing filled = *f;
    struct state end = *state;
    filled.message = fill_message(sim, state, f->part, tr, env, loc);
    trace_firing(sim, &end, TRACE_ERROR, env->site, add_firing(sim, filled));
    uint64_t *count = map_slot(&sim->candidate_index, &sim->arena, key);
    if (++*count > MAX_CANDIDATES) { /* enough to look at one by one, but no path is lost */
        for (size_t i = sim->candidates.len; i-- > 0;) {
            const struct candidate *c = &sim->candidates.items[i];
            if (c->part == f->part && c->loc == loc && c->event == f->event &&
                c->transition == f->transition && !c->inexact == !state->inexact) {
                join_traces(sim, c->trace, end.trace);
                return;
            }
        }
    }
    vec_push(&sim->arena, &sim->candidates,
             (struct candidate){.part = f->part, .loc = loc, .func = func, .event = f->event,
                                .transition = f->transition, .trace = end.trace,
                                .inexact = inexact});
    if (sim->policy.beam && !inexact &&
        candidate_judge(sim, &vec_last(&sim->candidates)) == FEASIBLE)
        stop_if_found(sim, f->part);
}

/* The transition of the event that is taken from `from`; MATCH_SPLIT: a guard is undecided. */
static enum match choose_transition(struct sim *sim, struct state *state, struct environment *env,
                                    uint32_t from, uint32_t *ret)
{
    for (uint32_t i = 0; i < env->event->transitions.len; i++) {
        const struct transition *t = &env->event->transitions.items[i];
        bool negative;
        if (!(t->from >> from & 1))
            continue;
        if (t->guard) {
            value_id g = eval(sim, state, env, t->guard, &negative);
            enum truth truth = state_truth(sim, state, g);
            if (truth == MAYBE_ && g) {
                sim->split = g;
                return MATCH_SPLIT;
            }
            if (truth != TRUE_)
                continue;
        }
        *ret = i;
        return MATCH_YES;
    }
    return MATCH_NO;
}

/* The object was made by the call of this event, or by who enters the driver with it: nothing in
 * the state but what was made of its address is that object. */
static bool is_newborn(const struct sim *sim, const struct call_site *site, enum event_kind kind,
                       value_id value)
{
    const struct value *v = value_get(sim, value);
    if (v->kind != VALUE_ADDR || sim->objects.items[v->a].kind != OBJECT_HEAP)
        return false;
    context_id c = sim->objects.items[v->a].a;
    if (kind == EVENT_ENTER)
        return c == site->context;
    for (; kind == EVENT_RETURN && c; c = sim->contexts.items[c].parent) {
        const struct context *made = &sim->contexts.items[c];
        if (made->parent == site->context && made->caller == site->func &&
            made->instr == site->instr)
            return true;
    }
    return false;
}

/* Where states were joined: a value that came of joins can only be the watched object if it was
 * made of something unknown, since joins keep apart who has the object and who has not. */
static bool is_another(struct sim *sim, value_id value, value_id watched, uint32_t part)
{
    const struct value *w = value_get(sim, watched);
    return sim->policy.join && !(sim->late >> (part & 63) & 1) && w->kind == VALUE_ADDR &&
           sim->objects.items[w->a].kind == OBJECT_HEAP &&
           value_get(sim, value)->width == w->width && !merge_may_be_watched(sim, value);
}

/* Does the event concern the object that the part watches? */
static enum match match_watched(struct sim *sim, const struct state *state,
                                const struct environment *env, const uint32_t *words, uint32_t part)
{
    const struct rule *rule = sim->parts.items[part];
    for (size_t i = 0; i < rule->watches.len && i < MAX_WATCH; i++) {
        if (!env->has_watch[i])
            continue;
        value_id same = same_value(sim, env->watch[i], words[1 + i]);
        switch (state_truth(sim, state, same)) {
        case FALSE_:
            return MATCH_NO;
        case TRUE_:
            break;
        case MAYBE_:
            if (!same || is_another(sim, env->watch[i], words[1 + i], part))
                return MATCH_NO;
            sim->split = same;
            return MATCH_SPLIT;
        }
    }
    return MATCH_YES;
}

/* An unknown value may be the watched object, or not. That it is cannot be called an error: unknown memory is
 * taken to be none of the known. But it may be what ends the object's life; see FIRE_ASSUME. */
static bool would_be_error(struct sim *sim, struct state *state, struct environment *env,
                           const uint32_t *words)
{
    value_id split = sim->split;
    uint32_t transition = 0;
    enum match m = choose_transition(sim, state, env, words[0], &transition);
    sim->split = split;
    return m == MATCH_YES && env->event->transitions.items[transition].to < 0;
}

/* ASSUME: if sim->split holds this was the watched object, and no more is asked of it. */
enum fire { FIRE_DONE, FIRE_SPLIT, FIRE_ASSUME, FIRE_WANTS_CHOICE };

/* An object that is not watched goes through the states of its rule, too, so that joins keep apart states
 * in which it is in different ones. Its errors are found where it is watched. */
static enum fire fire_ghost(struct sim *sim, struct state *state, struct environment *env)
{
    uint32_t transition = 0;
    value_id object = carrier(env);
    if (value_root(sim, object) == ID_NONE)
        return FIRE_DONE;
    enum match m = choose_transition(sim, state, env, ghost_state(sim, state, object), &transition);
    if (m != MATCH_YES)
        return m == MATCH_SPLIT ? FIRE_SPLIT : FIRE_DONE;
    int to = env->event->transitions.items[transition].to;
    if (to > 0 || (to == 0 && is_ghost(sim, state, object)))
        set_ghost(sim, state, object, (uint32_t)to);
    return FIRE_DONE;
}

/* The event is about a place that is not watched in this run; of what is no known place only the run for
 * others begins to watch it. */
static bool is_elsewhere(struct sim *sim, const struct environment *env, bool watched)
{
    const struct policy *policy = &sim->policy;
    struct watch_place place;
    if (!policy->places || !env->has_watch[0])
        return false;
    if (place_of_value(sim, env->watch[0], &place))
        return place_among(policy->places, policy->nplaces, &place) == policy->others;
    return !policy->others && !watched;
}

/* Only one place is watched. Then it need not be let pass, and while its rule is in the initial state
 * nothing needs to be remembered. */
static bool one_place(const struct sim *sim)
{
    return sim->policy.places && !sim->policy.others;
}

/* The place is watched in an object that was there before the one of this event. */
static enum fire pass_by_place(struct sim *sim, const struct environment *env, uint32_t part)
{
    struct watch_place place;
    if (place_of_value(sim, env->watch[0], &place))
        sim->doubtful |= UINT64_C(1) << (part & 63);
    return FIRE_DONE;
}

/* choice: 0 not made, 1 watch the object, 2 let it pass. */
static enum fire fire_part(struct sim *sim, struct state *state, struct binding b,
                           const struct call_site *site, int choice)
{
    const struct rule *rule = sim->parts.items[b.part];
    struct environment env = {.sim = sim, .event = &rule->events.items[b.event], .site = site};
    uint32_t words[WORDS], transition = 0;
    memcpy(words, part_words(sim, state->prop, b.part), sizeof words);
    if (words[0] == PROP_ERROR || sim->doubtful >> (b.part & 63) & 1)
        return FIRE_DONE;
    enum match m = bind_patterns(sim, state, &env);
    if (m != MATCH_YES)
        return m == MATCH_SPLIT ? FIRE_SPLIT : FIRE_DONE;
    bool watched = words[1] != 0, names_all = true;
    if (is_elsewhere(sim, &env, watched))
        return FIRE_DONE;
    for (size_t i = 0; i < rule->watches.len && i < MAX_WATCH; i++)
        names_all &= env.has_watch[i];
    if (rule->watches.len && watched) {
        m = match_watched(sim, state, &env, words, b.part);
        if (m == MATCH_NO && names_all && one_place(sim))
            return pass_by_place(sim, &env, b.part);
        if (m == MATCH_NO && sim->policy.join && names_all)
            return fire_ghost(sim, state, &env);
        if (m == MATCH_SPLIT && !sim->policy.join)
            return would_be_error(sim, state, &env, words) ? FIRE_DONE : FIRE_ASSUME;
        if (m != MATCH_YES)
            return m == MATCH_SPLIT ? FIRE_SPLIT : FIRE_DONE;
        for (size_t i = 0; i < rule->watches.len && i < MAX_WATCH; i++)
            env.watch[i] = words[1 + i];
    } else if (rule->watches.len && (!names_all || is_ghost(sim, state, carrier(&env)))) {
        return names_all && sim->policy.join ? fire_ghost(sim, state, &env) : FIRE_DONE;
    }
    m = choose_transition(sim, state, &env, words[0], &transition);
    if (m != MATCH_YES)
        return m == MATCH_SPLIT ? FIRE_SPLIT : FIRE_DONE;
    const struct transition *t = &env.event->transitions.items[transition];
    struct firing f = {.part = b.part, .event = b.event, .transition = transition,
                       .from = words[0], .to = t->to};
    if (t->to < 0) {
        if (rule->watches.len && !watched && !is_foreign(sim, state, carrier(&env)))
            return FIRE_DONE; /* some object that we know too little of */
        report_error(sim, state, &env, &f);
        if (!rule->watches.len && rule->states.len == 0)
            return FIRE_DONE;
        if (rule->watches.len && !watched)
            return FIRE_DONE;
        state->prop = prop_with(sim, state->prop, b.part, PROP_ERROR, NULL, 0);
        return FIRE_DONE;
    }
    if (rule->watches.len && !watched) {
        if (t->to == 0)
            return FIRE_DONE;
        if (choice == 0 && !one_place(sim))
            return FIRE_WANTS_CHOICE;
        if (choice == 2) {
            set_ghost(sim, state, carrier(&env), (uint32_t)t->to);
            return FIRE_DONE;
        }
        if (!is_newborn(sim, site, env.event->kind, env.watch[0]))
            sim->late |= UINT64_C(1) << (b.part & 63);
        for (size_t i = 0; sim->policy.join && i < rule->watches.len && i < MAX_WATCH; i++)
            env.watch[i] = merge_watch(sim, state, env.watch[i], b.part * MAX_WATCH + (uint32_t)i);
        state->prop = prop_with(sim, state->prop, b.part, (uint32_t)t->to, env.watch,
                                rule->watches.len);
    } else {
        if ((uint32_t)t->to == words[0])
            return FIRE_DONE;
        bool over = t->to == 0 && rule->watches.len && one_place(sim);
        state->prop = prop_with(sim, state->prop, b.part, (uint32_t)t->to, over ? words : NULL, 0);
    }
    trace_firing(sim, state, TRACE_EVENT, site, add_firing(sim, f));
    return FIRE_DONE;
}

static void fire_from(struct sim *sim, const binding_list *bindings, size_t first,
                      enum event_kind kind, const struct call_site *site, struct state state,
                      int choice, struct state_list *ret);

static void fire_split(struct sim *sim, const binding_list *bindings, size_t at,
                       enum event_kind kind, const struct call_site *site, struct state state,
                       int choice, struct state_list *ret)
{
    value_id condition = sim->split;
    for (int holds = 1; holds >= 0; holds--) {
        struct state s = state;
        if (state_assume(sim, &s, condition, holds) &&
            state_truth(sim, &s, condition) != MAYBE_)
            fire_from(sim, bindings, at, kind, site, s, choice, ret);
    }
}

static void fire_from(struct sim *sim, const binding_list *bindings, size_t first,
                      enum event_kind kind, const struct call_site *site, struct state state,
                      int choice, struct state_list *ret)
{
    for (size_t i = first; i < bindings->len; i++) {
        struct binding b = bindings->items[i];
        if (sim->parts.items[b.part]->events.items[b.event].kind != kind)
            continue;
        switch (fire_part(sim, &state, b, site, choice)) {
        case FIRE_DONE:
            break;
        case FIRE_ASSUME: {
            struct state s = state;
            value_id same = sim->split;
            if (state_assume(sim, &s, same, true)) {
                s.prop = prop_ended(sim, s.prop, b.part);
                fire_from(sim, bindings, i + 1, kind, site, s, choice, ret);
            }
            if (state_assume(sim, &state, same, false))
                fire_from(sim, bindings, i + (state_truth(sim, &state, same) == MAYBE_), kind, site,
                          state, choice, ret);
            return;
        }
        case FIRE_SPLIT:
            fire_split(sim, bindings, i, kind, site, state, choice, ret);
            return;
        case FIRE_WANTS_CHOICE: /* of all parts alike: those before this one asked for none */
            fire_from(sim, bindings, i, kind, site, state, 1, ret);
            fire_from(sim, bindings, i, kind, site, state, 2, ret);
            return;
        }
    }
    list_push(sim, ret, state);
}

void events_fire(struct sim *sim, const binding_list *bindings, enum event_kind kind,
                 const struct call_site *site, const struct state *state, struct state_list *ret)
{
    fire_from(sim, bindings, 0, kind, site, *state, 0, ret);
}
