/* From the trace of an error to a path that a person can follow. */
#include "base/file.h"
#include "engine/internal.h"

#include <string.h>

uint64_t decision_key(func_id func, uint32_t instr, uint32_t successor)
{
    return (uint64_t)func << 36 | (uint64_t)instr << 12 | successor;
}

/* ---- decisions of all paths ----------------------------------------------------------------- */

void witness_decisions(const struct sim *sim, struct arena *arena, struct map *ret_allowed)
{
    uint8_t *seen = arena_new_array(arena, sim->traces.len + 1, uint8_t);
    VEC(trace_id) queue = {0};
    for (size_t i = 0; i < sim->candidates.len; i++)
        vec_push(arena, &queue, sim->candidates.items[i].trace);
    while (queue.len > 0) {
        trace_id t = queue.items[--queue.len];
        if (seen[t])
            continue;
        seen[t] = 1;
        const struct trace *tr = &sim->traces.items[t];
        if (tr->kind == TRACE_BRANCH)
            map_set(ret_allowed, arena, decision_key(tr->func, tr->instr, tr->data), 1);
        if (tr->parent)
            vec_push(arena, &queue, tr->parent);
        if (tr->other)
            vec_push(arena, &queue, tr->other);
        if (tr->kind == TRACE_SUMMARY)
            vec_push(arena, &queue, tr->data);
    }
}

bool is_between_callbacks(const struct sim *sim, func_id func, context_id context)
{
    bool called = !sim->program->functions[func].from_model;
    for (context_id c = context; c; c = sim->contexts.items[c].parent)
        called |= !sim->program->functions[sim->contexts.items[c].func].from_model;
    return !called;
}

/* What the system chooses between callbacks counts, and what the driver decides, if the run looked at it. */
static bool tells_the_way(const struct sim *sim, const struct trace *t)
{
    bool driver = !sim->program->functions[t->func].from_model;
    return t->kind == TRACE_BRANCH &&
           (driver ? !t->open : is_between_callbacks(sim, t->func, t->context));
}

void witness_trail(const struct sim *sim, struct arena *arena, struct map *ret_allowed)
{
    for (size_t i = 0; i < sim->candidates.len; i++) {
        struct trace_cursor c = trace_begin(sim, sim->candidates.items[i].trace, arena);
        for (; c.at; trace_next(&c)) {
            const struct trace *t = &sim->traces.items[c.at];
            if (tells_the_way(sim, t))
                map_set(ret_allowed, arena, decision_key(t->func, t->instr, t->data), 1);
        }
    }
}

static bool made_of_inputs(const struct sim *sim, value_id id)
{
    const struct value *v = value_get(sim, id);
    switch ((enum value_kind)v->kind) {
    case VALUE_BINARY:
    case VALUE_COMPARE:
        return made_of_inputs(sim, v->a) && made_of_inputs(sim, v->b);
    case VALUE_CAST:
        return made_of_inputs(sim, v->a);
    case VALUE_SYMBOL:
        return v->sub == SYMBOL_INIT; /* others may name several values along a path */
    case VALUE_TOP:
        return false;
    case VALUE_CONST:
    case VALUE_ADDR:
    case VALUE_FUNC:
        return true;
    }
    BUG_ON(true);
}

bool witness_consistent(struct sim *sim, const struct candidate *candidate)
{
    struct state facts = {0};
    struct trace_cursor c = trace_begin(sim, candidate->trace, &sim->arena);
    for (; c.at; trace_next(&c)) {
        const struct trace t = sim->traces.items[c.at];
        if (t.open)
            return false;
        if (t.kind == TRACE_BRANCH && t.condition && made_of_inputs(sim, t.condition) &&
            !state_assume(sim, &facts, t.condition, t.holds))
            return false;
    }
    return true;
}

/* ---- places ------------------------------------------------------------------------------- */

struct place place_of(const struct sim *sim, loc_id loc)
{
    const struct loc *l = &sim->program->locs[loc];
    return (struct place){.file = loc ? l->file : NULL, .line = l->line, .column = l->column};
}

loc_id driver_loc(const struct sim *sim, uint32_t func, uint32_t instr, context_id context,
                  uint32_t *ret_func)
{
    for (;;) {
        const struct function *f = &sim->program->functions[func];
        loc_id loc = f->instrs[instr].loc;
        *ret_func = func;
        if (!f->from_model && loc && !sim->program->locs[loc].in_model)
            return loc;
        if (!context)
            return loc;
        const struct context *c = &sim->contexts.items[context];
        func = c->caller;
        instr = c->instr;
        context = c->parent;
    }
}

static uint32_t depth_of(const struct sim *sim, context_id context)
{
    uint32_t depth = 0;
    for (context_id c = context; c; c = sim->contexts.items[c].parent)
        depth += !sim->program->functions[sim->contexts.items[c].func].from_model;
    return depth ? depth - 1 : 0;
}

/* Is there a return statement at that place? The jump to a function's end has a place of its own
 * that need not be one. */
static bool is_return_statement(const struct sim *sim, struct arena *arena, const struct place *p)
{
    struct arena scratch;
    struct diag diag;
    char *text;
    size_t length;
    bool found = false;
    arena_init(&scratch, arena->on_fail, arena->context);
    diag_init(&diag, &scratch);
    if (p->file && unsaved_read(sim->unsaved, p->file, &scratch, &text, &length, &diag)) {
        const char *at = text, *end = text + length;
        for (uint32_t line = 1; line < p->line && at < end; line++) {
            const char *nl = memchr(at, '\n', (size_t)(end - at));
            at = nl ? nl + 1 : end;
        }
        const char *nl = memchr(at, '\n', (size_t)(end - at));
        size_t rest = (size_t)((nl ? nl : end) - at);
        if (p->column >= 1 && p->column - 1 + 6 <= rest)
            found = !strncmp(at + p->column - 1, "return", 6);
    }
    arena_finish(&scratch);
    return found;
}

static struct place return_place(const struct sim *sim, struct arena *arena, loc_id loc,
                                 func_id func)
{
    const struct function *f = &sim->program->functions[func];
    struct place p = place_of(sim, loc);
    if (p.file && is_return_statement(sim, arena, &p))
        return p;
    for (block_id b = 0; b < f->nblocks; b++) { /* a function with one return statement */
        const struct instr *in = &f->instrs[f->blocks[b].first + f->blocks[b].count - 1];
        struct place r = place_of(sim, in->loc);
        if (in->op == INSTR_RETURN && r.file && is_return_statement(sim, arena, &r))
            return r;
    }
    return f->end ? place_of(sim, f->end) : p;
}

/* The condition that a branch decides, as it is written. Several branches of a function may have one
 * place (macros): they are told apart by their order. */
static const char *condition_text(const struct sim *sim, func_id func, instr_id instr)
{
    const struct function *f = &sim->program->functions[func];
    loc_id loc = f->instrs[instr].loc;
    const struct loc *l = &sim->program->locs[loc];
    uint32_t nth = 0, count = 0;
    for (instr_id i = 0; i < f->ninstrs; i++) {
        const struct instr *in = &f->instrs[i];
        const struct loc *o = &sim->program->locs[in->loc];
        if ((in->op != INSTR_BRANCH && in->op != INSTR_SWITCH && in->op != INSTR_SELECT) ||
            o->line != l->line || o->column != l->column || o->file != l->file)
            continue;
        nth += i < instr;
        count++;
    }
    for (uint32_t u = 0; u < sim->program->nfacts && loc; u++) {
        const struct facts *facts = sim->program->facts[u];
        const char *text =
            facts ? frontend_condition(facts, l->file, l->line, l->column, nth, count) : NULL;
        if (text)
            return text;
    }
    return NULL;
}

/* ---- steps -------------------------------------------------------------------------------- */

struct path {
    struct sim *sim;
    struct arena *arena;
    const struct candidate *candidate;
    trace_id *nodes; /* from the start to the error */
    size_t count;
    struct finding *finding;
};

static void add_step(struct path *p, enum step_kind kind, const struct trace *tr, struct place place,
                     func_id func, uint32_t depth, const char *text)
{
    struct sim *sim = p->sim;
    const char *state = prop_state_name(sim, tr->prop, p->candidate->part);
    if (!place.file)
        return;
    vec_push(p->arena, &p->finding->steps,
             (struct step){.kind = kind, .place = place, .depth = depth, .text = text,
                           .state = state ? arena_strdup(p->arena, state) : NULL,
                           .irql = tr->irql == 255 ? NULL : irql_name(tr->irql),
                           .function = sim->program->functions[func].display});
}

static void decision_step(struct path *p, const struct trace *tr)
{
    struct sim *sim = p->sim;
    const struct function *f = &sim->program->functions[tr->func];
    const struct instr *in = &f->instrs[tr->instr];
    const char *condition = condition_text(sim, tr->func, tr->instr), *text;
    if (f->from_model || !in->loc || sim->program->locs[in->loc].in_model)
        return;
    if (in->op == INSTR_SWITCH) {
        if (!condition)
            condition = "the switch value";
        text = tr->data == 0
                   ? arena_printf(p->arena, "'%s' is none of the cases", condition)
                   : arena_printf(p->arena, "'%s' is %lld", condition,
                                  (long long)sign_extend(in->extra[tr->data - 1].value,
                                                         in->extra[tr->data - 1].width));
    } else if (condition) {
        text = arena_printf(p->arena, "'%s' is %s", condition, tr->data == 0 ? "true" : "false");
    } else {
        text = arena_printf(p->arena, "the condition is %s", tr->data == 0 ? "true" : "false");
    }
    add_step(p, STEP_DECISION, tr, place_of(sim, in->loc), tr->func, depth_of(sim, tr->context),
             text);
}

static void call_step(struct path *p, const struct trace *tr)
{
    struct sim *sim = p->sim;
    const struct function *callee = &sim->program->functions[tr->data];
    uint32_t func;
    if (sim->program->functions[tr->func].from_model)
        return;
    loc_id loc = driver_loc(sim, tr->func, tr->instr, sim->contexts.items[tr->context].parent, &func);
    if (callee->loc && sim->program->locs[callee->loc].in_model)
        return; /* an inline function of the headers */
    add_step(p, STEP_CALL, tr, place_of(sim, loc), func, depth_of(sim, tr->context) - 1,
             arena_printf(p->arena, "calls '%s'", callee->display));
}

static void return_step(struct path *p, const struct trace *tr)
{
    struct sim *sim = p->sim;
    const struct function *f = &sim->program->functions[tr->func];
    const struct context *c = &sim->contexts.items[tr->context];
    if (f->loc && sim->program->locs[f->loc].in_model)
        return;
    if (sim->program->functions[c->caller].from_model)
        return; /* the leave step says it */
    add_step(p, STEP_RETURN, tr, return_place(sim, p->arena, tr->loc, tr->func), tr->func,
             depth_of(sim, tr->context), arena_printf(p->arena, "'%s' returns", f->display));
}

/* The function that the harness called behind an enter. */
static const struct trace *callback_after(struct path *p, size_t i)
{
    for (size_t k = i + 1; k < p->count; k++) {
        const struct trace *tr = &p->sim->traces.items[p->nodes[k]];
        if (tr->kind == TRACE_CALL && p->sim->program->functions[tr->func].from_model)
            return tr;
        if (tr->kind == TRACE_ENTER || tr->kind == TRACE_LEAVE)
            break;
    }
    return NULL;
}

static void enter_step(struct path *p, size_t i, const struct trace *tr)
{
    struct sim *sim = p->sim;
    const struct trace *call = callback_after(p, i);
    const char *role = sim->rolestacks[tr->data].role;
    if (!call)
        return;
    const struct function *f = &sim->program->functions[call->data];
    add_step(p, STEP_ENTER, tr, place_of(sim, f->loc), call->data, 0,
             arena_printf(p->arena, "the system calls '%s' (%s)", f->display, role));
}

static void leave_step(struct path *p, size_t i, const struct trace *tr)
{
    struct sim *sim = p->sim;
    for (size_t k = i; k-- > 0;) {
        const struct trace *r = &sim->traces.items[p->nodes[k]];
        if (r->kind == TRACE_RETURN && sim->contexts.items[r->context].caller == tr->func) {
            add_step(p, STEP_LEAVE, tr, return_place(sim, p->arena, r->loc, r->func), r->func, 0,
                     arena_printf(p->arena, "'%s' returns to the system",
                                  sim->program->functions[r->func].display));
            return;
        }
        if (r->kind == TRACE_ENTER)
            return;
    }
}

static void result_step(struct path *p, const struct trace *tr)
{
    struct sim *sim = p->sim;
    const struct instr *in = &sim->program->functions[tr->func].instrs[tr->instr];
    uint32_t func;
    if (!tr->words || in->a.kind != OPERAND_FUNC)
        return;
    loc_id loc = driver_loc(sim, tr->func, tr->instr, tr->context, &func);
    add_step(p, STEP_ASSUME, tr, place_of(sim, loc), func, depth_of(sim, tr->context),
             arena_printf(p->arena, "'%s' returns %s",
                          sim->program->functions[in->a.index].display, tr->words));
}

static void event_step(struct path *p, size_t i, const struct trace *tr)
{
    struct sim *sim = p->sim;
    const struct firing *f = &sim->firings.items[tr->data];
    const struct rule *rule = sim->parts.items[f->part];
    uint32_t func = tr->func;
    if (f->part != p->candidate->part)
        return;
    loc_id loc = tr->loc ? tr->loc : driver_loc(sim, tr->func, tr->instr, tr->context, &func);
    if (loc && sim->program->locs[loc].in_model) { /* an enter event is the callback's */
        const struct trace *call = callback_after(p, i);
        if (!call)
            return;
        func = call->data;
        loc = sim->program->functions[func].loc;
    }
    const char *text = rule->states.len
                           ? arena_printf(p->arena, "the rule's state becomes '%s'",
                                          rule->states.items[f->to])
                           : "the rule's state changes";
    struct place place = place_of(sim, loc);
    add_step(p, STEP_STATE, tr, place, func, depth_of(sim, tr->context), text);
    vec_push(p->arena, &p->finding->related, (struct related){.place = place, .text = text});
}

static void error_step(struct path *p, const struct trace *tr)
{
    struct sim *sim = p->sim;
    const struct firing *f = &sim->firings.items[tr->data];
    const struct event *e = &sim->parts.items[f->part]->events.items[f->event];
    struct finding *out = p->finding;
    out->place = e->kind == EVENT_LEAVE
                     ? return_place(sim, p->arena, p->candidate->loc, p->candidate->func)
                     : place_of(sim, p->candidate->loc);
    out->function = sim->program->functions[p->candidate->func].display;
    out->message = arena_strdup(p->arena, f->message);
    add_step(p, STEP_ERROR, tr, out->place, p->candidate->func, depth_of(sim, tr->context),
             out->message);
}

static void one_step(struct path *p, size_t i)
{
    const struct trace *tr = &p->sim->traces.items[p->nodes[i]];
    switch (tr->kind) {
    case TRACE_BRANCH:
        decision_step(p, tr);
        return;
    case TRACE_CALL:
        call_step(p, tr);
        return;
    case TRACE_RETURN:
        return_step(p, tr);
        return;
    case TRACE_ENTER:
        enter_step(p, i, tr);
        return;
    case TRACE_LEAVE:
        leave_step(p, i, tr);
        return;
    case TRACE_EVENT:
        event_step(p, i, tr);
        return;
    case TRACE_RESULT:
        result_step(p, tr);
        return;
    case TRACE_ERROR:
        error_step(p, tr);
        return;
    case TRACE_START:
    case TRACE_JOIN:
    case TRACE_SUMMARY:
        return;
    }
}

/* Calls (and callbacks) in which nothing was decided say nothing. */
static void prune_empty_calls(struct finding *f)
{
    for (bool changed = true; changed;) {
        size_t kept = 0;
        changed = false;
        for (size_t i = 0; i < f->steps.len; i++) {
            const struct step *s = &f->steps.items[i];
            const struct step *next = i + 1 < f->steps.len ? s + 1 : NULL;
            if (next && ((s->kind == STEP_CALL && next->kind == STEP_RETURN) ||
                         (s->kind == STEP_ENTER && next->kind == STEP_LEAVE &&
                          i + 2 < f->steps.len && s[2].kind != STEP_ERROR))) {
                i++;
                changed = true;
                continue;
            }
            f->steps.items[kept++] = *s;
        }
        f->steps.len = kept;
    }
}

void witness_build(struct sim *sim, const struct candidate *candidate, struct arena *arena,
                   struct finding *ret_finding)
{
    struct path p = {.sim = sim, .arena = arena, .candidate = candidate, .finding = ret_finding};
    const struct rule *rule = sim->parts.items[candidate->part];
    *ret_finding = (struct finding){.rule = rule->id, .severity = rule->severity};
    struct trace_cursor c;
    for (c = trace_begin(sim, candidate->trace, &sim->arena); c.at; trace_next(&c))
        p.count++;
    p.nodes = arena_new_array(&sim->arena, p.count + 1, trace_id);
    size_t at = p.count;
    for (c = trace_begin(sim, candidate->trace, &sim->arena); c.at; trace_next(&c))
        p.nodes[--at] = c.at;
    for (size_t i = 0; i < p.count; i++)
        one_step(&p, i);
    prune_empty_calls(ret_finding);
}
