/* Exploration of one function: blocks in reverse postorder, states merged where they meet, loops to a
 * fixpoint. A call explores its callee for all states that reach it at once. */
#include "engine/internal.h"

#include <stdlib.h>
#include <string.h>

struct block_work {
    struct state_list pending, seen;
    uint32_t *slots;     /* seen states by hash */
    uint32_t nslots;
    uint32_t rounds;     /* loop heads: how often the loop was entered or gone round */
    uint32_t open_exits;    /* decisions to leave the loop or stay that facts did not make */
    uint32_t counted_exits; /* comparisons of a loop counter that facts decided */
    struct state_list widened; /* loop heads: one per property */
    struct joined *joined;     /* policy.join: per seen state */
    size_t njoined;
};

/* A state that others are joined to. */
struct joined {
    uint64_t key;
    uint32_t waiting;  /* index into pending + 1; 0: it has been taken */
};

struct frame {
    struct sim *sim;
    func_id func;
    const struct function *f;
    const struct flow *flow;
    context_id context;
    uint32_t depth;
    uint64_t **live;     /* [block]: registers needed after its phis */
    struct block_work *work;
    struct state_list *out;
    struct summary *summary; /* being made, or NULL */
    struct block_work ends;  /* policy.join: states at the function's end, their result in a register */
};

/* A loop that counts to a known end is followed to it, one that may end at any time for some rounds;
 * what still changes then is widened. */
enum { RESULT_REG = 0x7ffffff0, MANY_STATES = 16 }; /* see end_joined() */
enum { MAX_DEPTH = 200, MAX_RECURSION = 6, MAX_ROUNDS = 520, MAX_OPEN_ROUNDS = 12 };

void list_push(struct sim *sim, struct state_list *list, struct state state)
{
    vec_push(&sim->arena, list, state);
}

context_id context_get(struct sim *sim, context_id parent, uint32_t caller, uint32_t instr,
                       uint32_t func)
{
    uint64_t key = hash_u64(hash_u64((uint64_t)parent << 32 | instr) ^ ((uint64_t)caller << 32 | func));
    for (;; key++) {
        uint64_t *slot = map_slot(&sim->context_index, &sim->arena, key);
        if (!*slot) {
            uint32_t depth = sim->contexts.items[parent].depth + 1;
            uint32_t place = model_context(sim->model, sim->contexts.items[parent].place, caller,
                                           instr, func);
            *slot = sim->contexts.len;
            vec_push(&sim->arena, &sim->contexts,
                     (struct context){parent, caller, instr, func, depth, place});
        }
        const struct context *c = &sim->contexts.items[*slot];
        if (c->parent == parent && c->caller == caller && c->instr == instr && c->func == func)
            return (context_id)*slot;
    }
}

/* ---- liveness ----------------------------------------------------------------------------- */

struct liveness {
    struct sim *sim;
    const struct function *f;
    uint32_t words;
    uint64_t **in;
};

static void use(struct liveness *l, uint64_t *set, const struct operand *o)
{
    uint32_t reg;
    if (o->kind == OPERAND_INSTR)
        reg = o->index;
    else if (o->kind == OPERAND_PARAM)
        reg = l->f->ninstrs + o->index;
    else
        return;
    set[reg / 64] |= UINT64_C(1) << (reg % 64);
}

static void live_through(struct liveness *l, func_id func, block_id b, uint64_t *set)
{
    const struct block *block = &l->f->blocks[b];
    for (uint32_t i = block->count; i-- > 0;) {
        instr_id id = block->first + i;
        const struct instr *in = &l->f->instrs[id];
        if (in->op == INSTR_PHI || !l->sim->slice.instrs[func][id])
            continue;
        set[id / 64] &= ~(UINT64_C(1) << (id % 64));
        use(l, set, &in->a);
        use(l, set, &in->b);
        use(l, set, &in->c);
        for (uint32_t e = 0; e < in->nextra; e++)
            use(l, set, &in->extra[e]);
    }
}

static void live_from_successor(struct liveness *l, func_id func, block_id from, block_id to,
                                uint64_t *set)
{
    const struct block *block = &l->f->blocks[to];
    uint64_t *in = l->in[to];
    for (uint32_t w = 0; w < l->words; w++)
        set[w] |= in[w];
    for (instr_id id = block->first; l->f->instrs[id].op == INSTR_PHI; id++) {
        if (!l->sim->slice.instrs[func][id])
            continue;
        for (uint32_t p = 0; p < block->npreds; p++)
            if (block->preds[p] == from)
                use(l, set, &l->f->instrs[id].extra[p]);
    }
}

/* Registers needed at each block's entry behind its phis; skips over irrelevant branches count. */
static uint64_t **liveness(struct sim *sim, func_id func)
{
    const struct function *f = &sim->program->functions[func];
    const struct flow *flow = &sim->flow[func];
    struct liveness l = {.sim = sim, .f = f, .words = (f->ninstrs + f->nparams + 63) / 64};
    uint64_t *set = arena_new_array(&sim->arena, l.words + 1, uint64_t);
    l.in = arena_new_array(&sim->arena, f->nblocks, uint64_t *);
    for (block_id b = 0; b < f->nblocks; b++)
        l.in[b] = arena_new_array(&sim->arena, l.words + 1, uint64_t);
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t n = flow->norder; n-- > 0;) {
            block_id b = flow->order[n];
            memset(set, 0, l.words * sizeof *set);
            for (uint32_t s = 0; s < f->blocks[b].nsuccs; s++)
                live_from_successor(&l, func, b, f->blocks[b].succs[s], set);
            if (flow->blocks[b].ipdom != ID_NONE)
                for (uint32_t w = 0; w < l.words; w++)
                    set[w] |= l.in[flow->blocks[b].ipdom][w];
            live_through(&l, func, b, set);
            for (uint32_t w = 0; w < l.words; w++) {
                changed |= (set[w] & ~l.in[b][w]) != 0;
                l.in[b][w] |= set[w];
            }
        }
    }
    return l.in;
}

struct pruning {
    struct sim *sim;
    const uint64_t *live;
    pmap_id regs;
};

static void prune(void *context, uint64_t key, uint64_t value)
{
    struct pruning *p = context;
    uint32_t reg = (uint32_t)key;
    (void)value;
    if (reg < KEPT_REGS && !(p->live[reg / 64] >> (reg % 64) & 1))
        p->regs = pmap_remove(p->sim, p->regs, key);
}

static void drop_dead(struct frame *fr, struct state *state, block_id block)
{
    struct pruning p = {fr->sim, fr->live[block], state->regs};
    uint64_t base = (uint64_t)fr->depth << 32;
    pmap_each(fr->sim, state->regs, base, base | 0xffffffff, prune, &p);
    state->regs = p.regs;
}

/* ---- merging ------------------------------------------------------------------------------- */

static uint32_t *find_seen(struct frame *fr, struct block_work *w, const struct state *state)
{
    struct sim *sim = fr->sim;
    bool facts = !sim->policy.merge_facts;
    if (w->seen.len * 2 >= w->nslots) {
        w->nslots = w->nslots ? w->nslots * 4 : 8;
        w->slots = arena_new_array(&sim->arena, w->nslots, uint32_t);
        for (uint32_t i = 0; i < w->seen.len; i++) {
            uint32_t s = (uint32_t)state_hash(&w->seen.items[i], facts) & (w->nslots - 1);
            while (w->slots[s])
                s = (s + 1) & (w->nslots - 1);
            w->slots[s] = i + 1;
        }
    }
    uint32_t s = (uint32_t)state_hash(state, facts) & (w->nslots - 1);
    for (; w->slots[s]; s = (s + 1) & (w->nslots - 1)) {
        struct state other = w->seen.items[w->slots[s] - 1];
        if (!facts)
            other.facts = state->facts;
        if (state_same(&other, state))
            break;
    }
    return &w->slots[s];
}

void join_traces(struct sim *sim, trace_id into, trace_id other)
{
    struct trace *t = &sim->traces.items[into];
    if ((t->kind != TRACE_JOIN && t->kind != TRACE_ERROR) || into == other)
        return;
    struct trace chain = {.kind = TRACE_JOIN, .parent = other, .other = t->other,
                          .prop = t->prop, .irql = t->irql};
    vec_push(&sim->arena, &sim->traces, chain);
    sim->traces.items[into].other = (trace_id)sim->traces.len - 1;
}

static void mark_inexact(struct sim *sim, struct state *state, const char *reason)
{
    if (!state->inexact)
        state->inexact = sim_reason(sim, reason);
}

/* A loop that does not settle: the state is joined with what came before. false: nothing new. */
static bool widen(struct frame *fr, struct block_work *w, block_id block, struct state *state)
{
    struct sim *sim = fr->sim;
    for (size_t i = 0; i < w->widened.len; i++) {
        struct state *old = &w->widened.items[i];
        if (old->prop != state->prop || old->roles != state->roles)
            continue;
        struct state joined = *old;
        state_join(sim, &joined, state, true, fr->context, block);
        state_collect(sim, &joined);
        sim->stats.joins++;
        mark_inexact(sim, &joined, "a loop was summarized");
        joined.trace = state->trace;
        bool same = state_same(&joined, old);
        *old = joined;
        *state = joined;
        return !same;
    }
    mark_inexact(sim, state, "a loop was summarized");
    list_push(sim, &w->widened, *state);
    return true;
}

/* Joins a state to the one with the same key. */
static void add_joined(struct frame *fr, struct block_work *w, uint64_t key, bool widen,
                       struct state state)
{
    enum { FOREVER = 200 };
    struct sim *sim = fr->sim;
    size_t i = 0;
    while (i < w->njoined && w->joined[i].key != key)
        i++;
    if (i == w->njoined) {
        list_push(sim, &w->seen, state);
        list_push(sim, &w->pending, state);
        w->joined = arena_grow(&sim->arena, w->joined, i * sizeof *w->joined,
                               (i + 1) * sizeof *w->joined);
        w->joined[w->njoined++] = (struct joined){key, (uint32_t)w->pending.len};
        sim->stats.states++;
        ++*map_slot(&sim->states_in, &sim->arena, fr->func);
        return;
    }
    struct state joined = w->seen.items[i];
    state_merge(sim, &joined, &state, widen);
    if (w->rounds > FOREVER)
        sim->exhausted = true;
    if (state_same(&joined, &w->seen.items[i]))
        return;
    w->seen.items[i] = joined;
    if (w->joined[i].waiting && w->joined[i].waiting <= w->pending.len) {
        w->pending.items[w->joined[i].waiting - 1] = joined;
        return;
    }
    list_push(sim, &w->pending, joined);
    w->joined[i].waiting = (uint32_t)w->pending.len;
}

static void enqueue(struct frame *fr, block_id block, struct state state)
{
    enum { ROUNDS_KEPT = 3 }; /* before a loop's ranges are widened */
    struct sim *sim = fr->sim;
    struct block_work *w = &fr->work[block];
    state_collect(sim, &state);
    if (sim->policy.join && fr->f->blocks[block].npreds < 2 && w->pending.len < MANY_STATES) {
        list_push(sim, &w->pending, state); /* nothing meets here */
        return;
    }
    if (sim->policy.join) {
        add_joined(fr, w, merge_key(sim, &state), w->rounds > ROUNDS_KEPT, state);
        return;
    }
    if (w->rounds > (w->open_exits && !w->counted_exits ? MAX_OPEN_ROUNDS : MAX_ROUNDS)) {
        if (sim->policy.drop) {
            sim->dropped = true;
            return;
        }
        if (!widen(fr, w, block, &state))
            return;
    }
    if (sim->policy.merge_facts)
        sim_trace(sim, &state, TRACE_JOIN, fr->func, 0, fr->context, 0);
    uint32_t *slot = find_seen(fr, w, &state);
    if (*slot) {
        struct state *old = &w->seen.items[*slot - 1];
        struct state joined = *old;
        sim->stats.merges++;
        join_traces(sim, old->trace, state.trace);
        if (!sim->policy.merge_facts)
            return;
        state_join_facts(sim, &joined, &state);
        if (joined.facts == old->facts)
            return; /* covered */
        old->facts = joined.facts;
        for (size_t i = 0; i < w->pending.len; i++)
            if (w->pending.items[i].trace == old->trace) {
                w->pending.items[i].facts = joined.facts;
                return;
            }
        list_push(sim, &w->pending, *old);
        return;
    }
    list_push(sim, &w->seen, state);
    *slot = (uint32_t)w->seen.len;
    list_push(sim, &w->pending, state);
    sim->stats.states++;
    ++*map_slot(&sim->states_in, &sim->arena, fr->func);
}

/* ---- edges and ends ----------------------------------------------------------------------- */

static void set_result(struct sim *sim, context_id context, uint32_t depth, struct state *state,
                       value_id result)
{
    if (depth > 0)
        state_set_reg(sim, state, depth - 1, sim->contexts.items[context].instr, result);
}

/* States that leave with the same result meet, too; those with different constants do not. */
static void end_joined(struct frame *fr, struct state state, value_id result)
{
    struct sim *sim = fr->sim;
    const struct value *v = value_get(sim, result);
    bool apart = v->kind == VALUE_CONST || v->kind == VALUE_ADDR;
    state_set_reg(sim, &state, fr->depth, RESULT_REG, result);
    state_collect(sim, &state);
    uint64_t key = hash_u64(merge_key(sim, &state) ^ (apart ? result : 0));
    add_joined(fr, &fr->ends, key, false, state);
}

static void leave_with(struct frame *fr, struct state state, value_id result);

static void leave_function(struct frame *fr, struct state state, value_id result, loc_id loc)
{
    struct sim *sim = fr->sim;
    uint64_t base = (uint64_t)fr->depth << 32;
    state.regs = pmap_remove_range(sim, state.regs, base, base | (KEPT_REGS - 1));
    for (instr_id i = 0; i < fr->f->ninstrs; i++)
        if (fr->f->instrs[i].op == INSTR_ALLOCA && sim->slice.instrs[fr->func][i])
            state_forget_object(sim, &state, object_get(sim, OBJECT_LOCAL, fr->depth, fr->func, i,
                                                        fr->f->instrs[i].size));
    if (!fr->f->from_model) {
        trace_id t = sim_trace(sim, &state, TRACE_RETURN, fr->func, 0, fr->context, 0);
        sim->traces.items[t].loc = loc;
    }
    if (sim->policy.join) {
        end_joined(fr, state, result);
        return;
    }
    leave_with(fr, state, result);
}

static void leave_with(struct frame *fr, struct state state, value_id result)
{
    struct sim *sim = fr->sim;
    if (fr->summary)
        vec_push(&sim->arena, &fr->summary->exits, (struct exit_state){state, result});
    set_result(sim, fr->context, fr->depth, &state, result);
    list_push(sim, fr->out, state);
}

static bool only_returns(const struct function *f, block_id block)
{
    instr_id i = f->blocks[block].first;
    while (f->instrs[i].op == INSTR_PHI)
        i++;
    return f->instrs[i].op == INSTR_RETURN;
}

static value_id phi_value(struct frame *fr, const struct state *state, instr_id phi, uint32_t pred)
{
    struct sim *sim = fr->sim;
    if (!is_made_up(sim, fr->func, phi))
        return step_operand(sim, state, fr->func, fr->depth, &fr->f->instrs[phi].extra[pred]);
    sim->at_context = fr->context;
    sim->at_instr = phi;
    return state_fresh_here(sim, state, fr->f->instrs[phi].width);
}

static void follow(struct frame *fr, block_id from, block_id to, struct state state)
{
    struct sim *sim = fr->sim;
    const struct block *block = &fr->f->blocks[to];
    uint32_t pred = 0;
    value_id values[64];
    unsigned n = 0;
    while (pred < block->npreds && block->preds[pred] != from)
        pred++;
    for (instr_id i = block->first; fr->f->instrs[i].op == INSTR_PHI; i++)
        if (n < ARRAY_LEN(values))
            values[n++] = sim->slice.instrs[fr->func][i] && pred < block->npreds
                              ? phi_value(fr, &state, i, pred)
                              : 0;
    for (unsigned k = 0; k < n; k++)
        state_set_reg(sim, &state, fr->depth, block->first + k, values[k]);
    if (only_returns(fr->f, to)) {
        const struct instr *ret = &fr->f->instrs[block->first + block->count - 1];
        const struct instr *last = &fr->f->instrs[fr->f->blocks[from].first +
                                                  fr->f->blocks[from].count - 1];
        value_id result = sim->slice.results[fr->func]
                              ? step_operand(sim, &state, fr->func, fr->depth, &ret->a)
                              : 0;
        leave_function(fr, state, result, last->op == INSTR_JUMP ? last->loc : ret->loc);
        return;
    }
    drop_dead(fr, &state, to);
    enqueue(fr, to, state);
}

/* Is the operand computed from a phi of the loop's head? */
static bool is_counter(const struct frame *fr, const struct operand *o, block_id head, int depth)
{
    const struct instr *in = &fr->f->instrs[o->index];
    if (o->kind != OPERAND_INSTR || depth > 4)
        return false;
    if (in->op == INSTR_PHI)
        return in->block == head;
    return (in->op == INSTR_CAST || in->op == INSTR_BINARY) &&
           is_counter(fr, &in->a, head, depth + 1);
}

/* Keeps account of how the innermost loop around a decision can end. */
static void count_exit(struct frame *fr, block_id from, instr_id instr, bool open)
{
    const struct block *b = &fr->f->blocks[from];
    const struct operand *o = &fr->f->instrs[instr].a;
    block_id head = fr->flow->blocks[from].loop;
    bool leaves = false;
    for (uint32_t i = 0; i < b->nsuccs && head != ID_NONE; i++)
        leaves |= !flow_in_loop(fr->flow, b->succs[i], head);
    if (!leaves)
        return;
    const struct instr *c = &fr->f->instrs[o->index];
    if (open)
        fr->work[head].open_exits++;
    else if (o->kind == OPERAND_INSTR && c->op == INSTR_COMPARE &&
             (is_counter(fr, &c->a, head, 0) || is_counter(fr, &c->b, head, 0)))
        fr->work[head].counted_exits++;
}

static bool allowed(const struct frame *fr, block_id from, instr_id instr, uint32_t succ)
{
    const struct policy *p = &fr->sim->policy;
    if (!p->allowed || (p->known && !p->known->instrs[fr->func][instr] &&
                        !p->known->open[fr->func][from]))
        return true;
    return map_get(p->allowed, decision_key(fr->func, instr, succ)) != NULL;
}

/* condition: what had to be decided for this successor, or 0 if facts had done it. */
static void take(struct frame *fr, block_id from, uint32_t succ, instr_id instr, struct state state,
                 value_id condition, bool holds)
{
    struct sim *sim = fr->sim;
    if (!allowed(fr, from, instr, succ))
        return;
    trace_id t = sim_trace(sim, &state, TRACE_BRANCH, fr->func, instr, fr->context, succ);
    sim->traces.items[t].condition = condition;
    sim->traces.items[t].holds = holds;
    count_exit(fr, from, instr, condition != 0);
    follow(fr, from, fr->f->blocks[from].succs[succ], state);
}

static void branch(struct frame *fr, block_id from, instr_id instr, struct state state)
{
    struct sim *sim = fr->sim;
    value_id c = step_operand(sim, &state, fr->func, fr->depth, &fr->f->instrs[instr].a);
    enum truth t = state_truth(sim, &state, c);
    for (uint32_t succ = 0; succ < 2; succ++) {
        struct state s = state;
        if (t != MAYBE_ && (t == TRUE_) != (succ == 0))
            continue;
        if (t == MAYBE_ && !state_assume(sim, &s, c, succ == 0))
            continue;
        take(fr, from, succ, instr, s, t == MAYBE_ ? c : 0, succ == 0);
    }
}

static void switch_on(struct frame *fr, block_id from, instr_id instr, struct state state)
{
    struct sim *sim = fr->sim;
    const struct instr *in = &fr->f->instrs[instr];
    value_id v = step_operand(sim, &state, fr->func, fr->depth, &in->a);
    bool possible = true;
    for (uint32_t i = 0; i < in->nextra && possible; i++) {
        value_id k = value_const(sim, value_get(sim, v)->width ? value_get(sim, v)->width : 32,
                                 in->extra[i].value);
        value_id equal = value_compare(sim, CMP_EQ, v, k);
        struct state s = state;
        enum truth t = state_truth(sim, &state, equal);
        if (t != FALSE_ && (t == TRUE_ || state_assume(sim, &s, equal, true)))
            take(fr, from, i + 1, instr, s, t == TRUE_ ? 0 : equal, true);
        possible = t != TRUE_ && (t == FALSE_ || state_assume(sim, &state, equal, false));
    }
    if (possible)
        take(fr, from, 0, instr, state, 0, false);
}

/* A branch beyond the horizon: every way, whatever its condition. */
static void fan_out(struct frame *fr, block_id from, instr_id instr, struct state state)
{
    const struct block *b = &fr->f->blocks[from];
    for (uint32_t succ = 0; succ < b->nsuccs; succ++) {
        struct state s = state;
        bool again = false;
        for (uint32_t other = 0; other < succ; other++)
            again |= b->succs[other] == b->succs[succ];
        if (again || !allowed(fr, from, instr, succ))
            continue;
        trace_id t = sim_trace(fr->sim, &s, TRACE_BRANCH, fr->func, instr, fr->context, succ);
        fr->sim->traces.items[t].open = true;
        count_exit(fr, from, instr, true);
        follow(fr, from, b->succs[succ], s);
    }
}

static void end_block(struct frame *fr, block_id block, struct state state)
{
    struct sim *sim = fr->sim;
    const struct block *b = &fr->f->blocks[block];
    instr_id last = b->first + b->count - 1;
    const struct instr *in = &fr->f->instrs[last];
    switch (in->op) {
    case INSTR_RETURN: {
        value_id v = sim->slice.results[fr->func]
                         ? step_operand(sim, &state, fr->func, fr->depth, &in->a)
                         : 0;
        leave_function(fr, state, v, in->loc);
        return;
    }
    case INSTR_JUMP:
        follow(fr, block, b->succs[0], state);
        return;
    case INSTR_BRANCH:
    case INSTR_SWITCH:
        if (sim->slice.instrs[fr->func][last]) {
            if (in->op == INSTR_BRANCH)
                branch(fr, block, last, state);
            else
                switch_on(fr, block, last, state);
        } else if (sim->slice.open[fr->func][block]) {
            fan_out(fr, block, last, state);
        } else if (fr->flow->blocks[block].ipdom != ID_NONE) {
            follow(fr, block, fr->flow->blocks[block].ipdom, state); /* nothing between matters */
        } else {
            for (uint32_t s = 0; s < b->nsuccs; s++)
                follow(fr, block, b->succs[s], state);
        }
        return;
    default:
        return; /* unreachable: the path ends */
    }
}

/* ---- blocks ------------------------------------------------------------------------------- */

static void step_all(struct frame *fr, instr_id id, struct state_list *states)
{
    struct sim *sim = fr->sim;
    struct state_list todo = *states, done = {0};
    *states = (struct state_list){0};
    for (size_t i = 0; i < todo.len; i++) {
        struct state s = todo.items[i];
        sim->steps++;
        switch (step_instr(sim, &s, fr->func, fr->context, fr->depth, id)) {
        case STEP_OK:
            list_push(sim, &done, s);
            break;
        case STEP_DEAD:
            break;
        case STEP_SPLIT: {
            value_id condition = sim->split;
            for (int holds = 1; holds >= 0; holds--) {
                struct state part = todo.items[i];
                if (state_assume(sim, &part, condition, holds) &&
                    state_truth(sim, &part, condition) != MAYBE_)
                    list_push(sim, &todo, part);
            }
            break;
        }
        }
        if (sim->steps > sim->budget)
            sim->exhausted = true;
        if (sim->exhausted)
            break;
    }
    *states = done;
}

static void run_block(struct frame *fr, block_id block, struct state_list states)
{
    struct sim *sim = fr->sim;
    const struct block *b = &fr->f->blocks[block];
    for (instr_id i = b->first; i + 1 < b->first + b->count && states.len; i++) {
        const struct instr *in = &fr->f->instrs[i];
        if (in->op == INSTR_PHI || !sim->slice.instrs[fr->func][i])
            continue;
        if (in->op == INSTR_CALL)
            explore_call(sim, fr->func, fr->context, fr->depth, i, &states);
        else
            step_all(fr, i, &states);
        if (sim->exhausted)
            return;
    }
    for (size_t i = 0; i < states.len && !sim->exhausted; i++) {
        sim->steps++;
        end_block(fr, block, states.items[i]);
    }
}

static void explore_body(struct sim *sim, func_id func, context_id context, uint32_t depth,
                         const struct state_list *entry, struct state_list *out,
                         struct summary *summary)
{
    const struct function *f = &sim->program->functions[func];
    struct frame fr = {.sim = sim, .func = func, .f = f, .flow = &sim->flow[func],
                       .context = context, .depth = depth, .out = out, .summary = summary};
    sim->stats.calls++;
    uint64_t *slot = map_slot(&sim->visited, &sim->arena, func);
    if (!*slot)
        *slot = (uint64_t)(uintptr_t)liveness(sim, func);
    fr.live = (uint64_t **)(uintptr_t)*slot;
    fr.work = arena_new_array(&sim->arena, f->nblocks, struct block_work);
    for (size_t i = 0; i < entry->len; i++) {
        struct state s = entry->items[i];
        if (only_returns(f, 0)) {
            const struct instr *ret = &f->instrs[f->blocks[0].first + f->blocks[0].count - 1];
            leave_function(&fr, s, sim->slice.results[func]
                                       ? step_operand(sim, &s, func, depth, &ret->a)
                                       : 0,
                           ret->loc);
            continue;
        }
        drop_dead(&fr, &s, 0);
        enqueue(&fr, 0, s);
    }
    for (uint32_t n = 0; n < fr.flow->norder && !sim->exhausted;) {
        block_id b = fr.flow->order[n];
        struct state_list todo = fr.work[b].pending;
        if (todo.len == 0) {
            n++;
            continue;
        }
        fr.work[b].pending = (struct state_list){0};
        for (size_t i = 0; i < fr.work[b].njoined; i++)
            fr.work[b].joined[i].waiting = 0;
        fr.work[b].rounds += fr.flow->blocks[b].loop_head;
        run_block(&fr, b, todo);
        n = 0; /* back edges may have filled earlier blocks */
    }
    for (size_t i = 0; i < fr.ends.seen.len; i++) {
        struct state s = fr.ends.seen.items[i];
        const uint64_t *result = pmap_get(sim, s.regs, (uint64_t)depth << 32 | RESULT_REG);
        value_id v = result ? (value_id)*result : 0;
        state_set_reg(sim, &s, depth, RESULT_REG, 0);
        leave_with(&fr, s, v);
    }
}

/* The exits of a function in a caller's state. `fresh`: they were just made, their path is the state's. */
static void apply_summary(struct sim *sim, const struct summary *summary, context_id context,
                          uint32_t depth, const struct state *entry, const struct state *rest,
                          bool fresh, struct state_list *out)
{
    sim->stats.summary_hits += !fresh;
    for (size_t i = 0; i < summary->exits.len; i++) {
        struct state s = summary->exits.items[i].state;
        trace_id last = s.trace;
        frame_join(sim, summary->func, &s, rest);
        if (!fresh) {
            s.trace = entry->trace;
            sim_trace(sim, &s, TRACE_SUMMARY, 0, 0, context, last);
            sim->traces.items[s.trace].other = summary->entry.trace;
        }
        set_result(sim, context, depth, &s, summary->exits.items[i].result);
        list_push(sim, out, s);
    }
    sim->steps += summary->exits.len + 1;
    for (size_t i = 0; i < summary->names.len && sim->policy.join && !fresh; i++)
        if (summary->names.items[i].symbol)
            vec_push(&sim->arena, &sim->renamed, summary->names.items[i].symbol);
}

static const struct summary *make_summary(struct sim *sim, func_id func, context_id context,
                                          uint32_t depth, const struct state *inner,
                                          pmap_id kept)
{
    struct state_list one = {0}, exits = {0};
    struct summary made = {0};
    size_t renamed = sim->renamed.len;
    list_push(sim, &one, *inner);
    explore_body(sim, func, context, depth, &one, &exits, &made);
    return sim->exhausted ? NULL : summary_add(sim, func, inner, depth, kept, &made, renamed);
}

/* The states are taken one by one, so that what the function does to its frame can be remembered. */
static void explore_function(struct sim *sim, func_id func, context_id context, uint32_t depth,
                             const struct state_list *entry, struct state_list *out)
{
    if (sim->program->functions[func].nblocks == 1) {
        explore_body(sim, func, context, depth, entry, out, NULL);
        return;
    }
    for (size_t i = 0; i < entry->len && !sim->exhausted; i++) {
        struct state state = entry->items[i], inner, rest;
        state_collect(sim, &state);
        pmap_id kept = frame_split(sim, func, depth, &state, &inner, &rest);
        const struct summary *s = summary_find(sim, func, &inner, depth, kept);
        bool fresh = !s;
        if (!s)
            s = make_summary(sim, func, context, depth, &inner, kept);
        if (s && !summary_clashes(sim, s, &rest)) {
            apply_summary(sim, s, context, depth, &state, &rest, fresh, out);
        } else if (s) { /* names have to be found anew, with all of the state in view */
            struct state_list whole = {0};
            list_push(sim, &whole, state);
            explore_body(sim, func, context, depth, &whole, out, NULL);
        }
    }
}

/* ---- calls -------------------------------------------------------------------------------- */

struct call {
    struct sim *sim;
    func_id func;        /* caller */
    context_id context;
    uint32_t depth;
    instr_id id;
    const struct instr *in;
    func_id target;
    const struct function *callee;
    value_id *args;
};

static const char *literal(struct call *c, unsigned arg)
{
    const char *text = arg < c->in->nextra
                           ? model_literal(c->sim->program, &c->sim->arena, &c->in->extra[arg])
                           : NULL;
    return text ? intern(c->sim->names, text) : NULL;
}

static void choose_function(struct call *c, struct state state, struct target_set set,
                            struct state_list *out)
{
    struct sim *sim = c->sim;
    for (uint32_t i = 0; i < set.len; i++) {
        struct state s = state;
        state_set_reg(sim, &s, c->depth, c->id, value_func(sim, set.items[i]));
        list_push(sim, out, s);
    }
    if (set.len == 0) {
        state_set_reg(sim, &state, c->depth, c->id, value_const(sim, sim->program->pointer_bits, 0));
        list_push(sim, out, state);
    }
}

static struct call_site site_of(struct call *c, const char *name, value_id result)
{
    return (struct call_site){.func = c->func, .instr = c->id, .context = c->context, .name = name,
                              .args = c->args, .nargs = c->in->nextra, .result = result};
}

/* Where the callback that just ran returned. */
static loc_id returned_from(struct call *c, const struct state *state, func_id *ret_func)
{
    struct sim *sim = c->sim;
    struct trace_cursor at = trace_begin(sim, state->trace, &sim->arena);
    for (; at.at; trace_next(&at)) {
        const struct trace *tr = &sim->traces.items[at.at];
        if (tr->kind == TRACE_RETURN && sim->contexts.items[tr->context].caller == c->func) {
            *ret_func = tr->func;
            return tr->loc ? tr->loc : sim->program->functions[tr->func].end;
        }
        if (tr->kind == TRACE_ENTER)
            break;
    }
    return 0;
}

static uint32_t push_role(struct sim *sim, uint32_t parent, const char *role)
{
    for (uint32_t i = 1; i < sim->nrolestacks; i++)
        if (sim->rolestacks[i].parent == parent && sim->rolestacks[i].role == role)
            return i;
    if (sim->nrolestacks >= sim->rolestacks_cap) {
        uint32_t cap = sim->rolestacks_cap ? sim->rolestacks_cap * 2 : 32;
        sim->rolestacks = arena_grow(&sim->arena, sim->rolestacks,
                                     sim->rolestacks_cap * sizeof *sim->rolestacks,
                                     cap * sizeof *sim->rolestacks);
        sim->rolestacks_cap = cap;
        if (sim->nrolestacks == 0)
            sim->nrolestacks = 1;
    }
    sim->rolestacks[sim->nrolestacks].parent = parent;
    sim->rolestacks[sim->nrolestacks].role = role;
    return sim->nrolestacks++;
}

static void role_event(struct call *c, struct state state, bool enter, struct state_list *out)
{
    struct sim *sim = c->sim;
    const char *role = literal(c, 0);
    static const binding_list none;
    const uint64_t *bound = role ? map_get(&sim->roles_bound, (uintptr_t)role) : NULL;
    const binding_list *bindings = bound ? &sim->role_bindings.items[*bound - 1] : &none;
    struct call_site site = site_of(c, role ? role : "?", 0);
    struct state_list after = {0};
    site.args = c->args + 1;
    site.nargs = c->in->nextra ? c->in->nextra - 1 : 0;
    if (enter) {
        state.roles = push_role(sim, state.roles, role);
        sim_trace(sim, &state, TRACE_ENTER, c->func, c->id, c->context, state.roles);
        events_fire(sim, bindings, EVENT_ENTER, &site, &state, out);
        return;
    }
    site.result = site.nargs ? site.args[0] : 0;
    site.loc = returned_from(c, &state, &site.func);
    site.nargs = 0;
    events_fire(sim, bindings, EVENT_LEAVE, &site, &state, &after);
    for (size_t i = 0; i < after.len; i++) {
        struct state *s = &after.items[i];
        sim_trace(sim, s, TRACE_LEAVE, c->func, c->id, c->context, s->roles);
        s->roles = s->roles ? sim->rolestacks[s->roles].parent : 0;
        list_push(sim, out, *s);
    }
}

static unsigned result_width(const struct call *c)
{
    return c->in->width ? c->in->width : 0;
}

/* A new object, or the one that exists once. */
static value_id begin_object(struct call *c, struct state *state, const char *how)
{
    struct sim *sim = c->sim;
    uint32_t once = model_object_made(sim->model, c->func, c->id,
                                      sim->contexts.items[c->context].place);
    if (once != ID_NONE)
        return value_addr(sim, state_begin_once(sim, state, once), 0);
    return value_addr(sim, state_fresh_object(sim, state, !strcmp(how, "fresh_zeroed"),
                                              !strcmp(how, "fresh_device")), 0);
}

static void end_object(struct call *c, struct state *state)
{
    struct sim *sim = c->sim;
    value_id address = step_address(sim, state, c->func, c->depth, &c->in->extra[0]);
    if (address && value_root(sim, address) != ID_NONE)
        state_forget_object(sim, state, value_root(sim, address));
}

static bool intrinsic(struct call *c, struct state state, struct state_list *out)
{
    struct sim *sim = c->sim;
    const char *name = c->callee->name;
    value_id r = 0;
    struct target_set one = {0};
    func_id found;
    if (strncmp(name, "drvlint_", 8) != 0)
        return false;
    name += 8;
    if (!strcmp(name, "enter") || !strcmp(name, "leave")) {
        role_event(c, state, name[0] == 'e', out);
        return true;
    }
    if (!strcmp(name, "assume")) {
        value_id v = c->args[0];
        if (!v || state_assume(sim, &state, v, true))
            list_push(sim, out, state);
        return true;
    }
    if (!strcmp(name, "function")) {
        const char *wanted = literal(c, 0);
        found = wanted ? program_find_function(sim->program, wanted) : ID_NONE;
        if (found != ID_NONE && sim->program->functions[found].defined) {
            one.items = &found;
            one.len = 1;
        }
        choose_function(c, state, one, out);
        return true;
    }
    if (!strcmp(name, "declared")) {
        const char *role = literal(c, 0);
        if (role)
            one = model_declared(sim->model, &sim->arena, role);
        choose_function(c, state, one, out);
        return true;
    }
    if (!strcmp(name, "fresh") || !strcmp(name, "fresh_zeroed") || !strcmp(name, "fresh_device"))
        r = begin_object(c, &state, name);
    else if (!strcmp(name, "choose"))
        r = value_cast(sim, CAST_ZEXT, 32, state_fresh_here(sim, &state, 1));
    else if (!strncmp(name, "any_", 4))
        r = state_fresh_here(sim, &state, result_width(c));
    else if (!strcmp(name, "free"))
        end_object(c, &state);
    else if (!strcmp(name, "havoc") && c->args[0]) {
        uint64_t n = 0;
        if (c->in->nextra > 1 && c->args[1])
            value_is_const(sim, c->args[1], &n);
        state_havoc(sim, &state, c->args[0], n);
    }
    state_set_reg(sim, &state, c->depth, c->id, r);
    list_push(sim, out, state);
    return true;
}

/* A function that nobody described: unknown result, and it may write through its pointers. */
static void unknown_function(struct call *c, struct state state, struct state_list *out)
{
    struct sim *sim = c->sim;
    if (c->target != ID_NONE && !c->callee->from_model)
        *map_slot(&sim->unmodelled, &sim->arena, c->target) = 1;
    if (sim->model->writes[c->func][c->id].len)
        for (uint32_t i = 0; i < c->in->nextra; i++) {
            object_id o = c->args[i] ? value_root(sim, c->args[i]) : ID_NONE;
            if (o == ID_NONE || sim->objects.items[o].kind == OBJECT_GLOBAL)
                continue;
            bool local = sim->objects.items[o].kind == OBJECT_LOCAL;
            if (local || value_get(sim, c->args[i])->imm)
                state_havoc(sim, &state, c->args[i], local ? 0 : 8);
        }
    if (c->in->width)
        state_set_reg(sim, &state, c->depth, c->id, state_fresh_here(sim, &state, c->in->width));
    list_push(sim, out, state);
}

static bool too_deep(struct call *c)
{
    unsigned same = 0;
    for (context_id x = c->context; x; x = c->sim->contexts.items[x].parent)
        same += c->sim->contexts.items[x].func == c->target;
    return same >= MAX_RECURSION || c->depth >= MAX_DEPTH;
}

static value_id give_argument(struct call *c, const struct state *state, uint32_t param)
{
    const struct operand *o = &c->in->extra[param];
    if (c->sim->slice.params[c->target][param] == NEED_ADDRESS)
        return step_address(c->sim, state, c->func, c->depth, o);
    return step_argument(c->sim, state, c->func, c->depth, o);
}

static void enter_function(struct call *c, const struct state_list *in, struct state_list *out)
{
    struct sim *sim = c->sim;
    context_id inner = context_get(sim, c->context, c->func, c->id, c->target);
    struct state_list entry = {0};
    bool live = sim->slice.funcs[c->target] || sim->slice.results[c->target];
    bool callback = sim->program->functions[c->func].from_model && !c->callee->from_model;
    for (size_t i = 0; i < in->len; i++) {
        struct state s = in->items[i];
        if (!c->callee->from_model && (live || callback))
            sim_trace(sim, &s, TRACE_CALL, c->func, c->id, inner, c->target);
        if (live)
            for (uint32_t p = 0; p < c->callee->nparams && p < c->in->nextra; p++)
                if (sim->slice.params[c->target][p])
                    state_set_reg(sim, &s, c->depth + 1, c->callee->ninstrs + p,
                                  give_argument(c, &s, p));
        if (!live && callback) {
            trace_id t = sim_trace(sim, &s, TRACE_RETURN, c->target, 0, inner, 0);
            sim->traces.items[t].loc = c->callee->end;
        }
        list_push(sim, live ? &entry : out, s);
    }
    if (live)
        explore_function(sim, c->target, inner, c->depth + 1, &entry, out);
}

static void load_args(struct call *c, const struct state *state)
{
    for (uint32_t i = 0; i < c->in->nextra; i++)
        c->args[i] = step_argument(c->sim, state, c->func, c->depth, &c->in->extra[i]);
}

static void dispatch(struct call *c, const struct state_list *in, struct state_list *out)
{
    struct sim *sim = c->sim;
    if (c->callee->defined && !too_deep(c)) {
        enter_function(c, in, out);
        return;
    }
    for (size_t i = 0; i < in->len; i++) {
        struct state s = in->items[i];
        load_args(c, &s);
        sim->at_context = c->context;
        sim->at_instr = c->id;
        if (c->callee->defined)
            mark_inexact(sim, &s, "recursion is deeper than what is followed");
        if (c->callee->defined || !intrinsic(c, s, out))
            unknown_function(c, s, out);
    }
}

static value_id call_result(struct call *c, const struct state *state)
{
    struct operand self = {.kind = OPERAND_INSTR, .index = c->id};
    return step_operand(c->sim, state, c->func, c->depth, &self);
}

static void trace_result(struct call *c, struct state *state)
{
    struct sim *sim = c->sim;
    value_id v = call_result(c, state);
    const struct value *value = value_get(sim, v);
    trace_id t = sim_trace(sim, state, TRACE_RESULT, c->func, c->id, c->context, v);
    const char *words = NULL;
    if (!v || !c->in->width)
        return;
    if (value->kind == VALUE_ADDR)
        words = "a new object";
    else if (value->kind == VALUE_CONST && value->width == sim->program->pointer_bits &&
             value->imm == 0)
        words = "NULL";
    else if (value->kind == VALUE_CONST || range_of(sim, state, v).lo > 0)
        words = value_words(sim, state, v);
    sim->traces.items[t].words = words;
}

/* One target: events before, the call, events after. */
static void call_target(struct call *c, const struct state_list *in, struct state_list *out)
{
    struct sim *sim = c->sim;
    const binding_list *bindings = &sim->by_function[c->target];
    bool events = bindings->len && !sim->program->functions[c->func].from_model;
    bool ddi = !sim->program->functions[c->func].from_model && c->callee->from_model;
    struct state_list before = {0}, after = {0};
    if (!events) {
        dispatch(c, in, ddi ? &after : out);
    } else {
        for (size_t i = 0; i < in->len; i++) {
            load_args(c, &in->items[i]);
            struct call_site site = site_of(c, c->callee->name, 0);
            events_fire(sim, bindings, EVENT_CALL, &site, &in->items[i], &before);
        }
        dispatch(c, &before, &after);
    }
    for (size_t i = 0; i < after.len && (events || ddi); i++) {
        struct state s = after.items[i];
        if (ddi)
            trace_result(c, &s);
        if (!events) {
            list_push(sim, out, s);
            continue;
        }
        load_args(c, &s);
        struct call_site site = site_of(c, c->callee->name, call_result(c, &s));
        events_fire(sim, bindings, EVENT_RETURN, &site, &s, out);
    }
}

static void call_one(struct call *c, func_id target, const struct state_list *in,
                     struct state_list *out)
{
    if (in->len == 0)
        return;
    c->target = target;
    c->callee = &c->sim->program->functions[target];
    call_target(c, in, out);
}

/* States by the function that the pointer holds in them; unknown pointers try every candidate. */
static void indirect(struct call *c, const struct state_list *in, struct state_list *out)
{
    struct sim *sim = c->sim;
    const struct target_set *candidates = &sim->model->targets[c->func][c->id];
    struct map groups = {0};
    VEC(struct state_list) lists = {0};
    VEC(func_id) order = {0};
    for (size_t i = 0; i < in->len; i++) {
        value_id p = step_operand(sim, &in->items[i], c->func, c->depth, &c->in->a);
        const struct value v = *value_get(sim, p);
        uint32_t n = v.kind == VALUE_FUNC ? 1 : candidates->len;
        uint64_t k;
        if (v.kind == VALUE_CONST && (v.imm == 0 || value_is_const(sim, p, &k)))
            continue; /* a call through NULL ends the path */
        for (uint32_t t = 0; t < n; t++) {
            func_id f = v.kind == VALUE_FUNC ? v.a : candidates->items[t];
            struct state s = in->items[i];
            if (v.kind != VALUE_FUNC && p &&
                !state_assume(sim, &s, value_compare(sim, CMP_EQ, p, value_func(sim, f)), true))
                continue;
            uint64_t *slot = map_slot(&groups, &sim->arena, f);
            if (!*slot) {
                vec_push(&sim->arena, &lists, (struct state_list){0});
                vec_push(&sim->arena, &order, f);
                *slot = lists.len;
            }
            list_push(sim, &lists.items[*slot - 1], s);
        }
        if (n == 0) {
            struct state s = in->items[i];
            sim->at_context = c->context;
            sim->at_instr = c->id;
            c->target = ID_NONE;
            load_args(c, &s);
            unknown_function(c, s, out);
        }
    }
    for (size_t i = 0; i < lists.len; i++)
        call_one(c, order.items[i], &lists.items[i], out);
}

/* States that became equal are one. */
static void join_many(struct sim *sim, struct state_list *states)
{
    uint64_t *keys = arena_new_array(&sim->arena, states->len, uint64_t);
    size_t kept = 0;
    for (size_t i = 0; i < states->len; i++) {
        uint64_t key = merge_key(sim, &states->items[i]);
        size_t k = 0;
        while (k < kept && keys[k] != key)
            k++;
        if (k < kept) {
            state_merge(sim, &states->items[k], &states->items[i], false);
            continue;
        }
        keys[kept] = key;
        states->items[kept++] = states->items[i];
    }
    states->len = kept;
}

static void dedupe(struct sim *sim, struct state_list *states)
{
    struct map seen = {0};
    size_t kept = 0;
    for (size_t i = 0; i < states->len; i++) {
        uint64_t key = state_hash(&states->items[i], !sim->policy.merge_facts);
        bool dup = false;
        uint64_t *slot = map_slot(&seen, &sim->arena, key);
        if (*slot) {
            struct state other = states->items[*slot - 1];
            if (sim->policy.merge_facts)
                other.facts = states->items[i].facts;
            dup = state_same(&other, &states->items[i]);
        }
        if (dup) {
            struct state *kept_state = &states->items[*slot - 1];
            if (sim->policy.merge_facts) {
                join_traces(sim, kept_state->trace, states->items[i].trace);
                state_join_facts(sim, kept_state, &states->items[i]);
            }
            sim->stats.merges++;
            continue;
        }
        states->items[kept++] = states->items[i];
        if (!*slot)
            *slot = kept;
    }
    states->len = kept;
}

void explore_call(struct sim *sim, uint32_t func, context_id context, uint32_t depth, instr_id id,
                  struct state_list *states)
{
    const struct instr *in = &sim->program->functions[func].instrs[id];
    struct call c = {.sim = sim, .func = func, .context = context, .depth = depth, .id = id,
                     .in = in};
    struct state_list out = {0};
    sim->steps += states->len;
    c.args = arena_new_array(&sim->arena, in->nextra + 1, value_id);
    if (in->a.kind == OPERAND_FUNC)
        call_one(&c, in->a.index, states, &out);
    else
        indirect(&c, states, &out);
    for (size_t i = 0; i < out.len; i++) {
        if (sim->policy.merge_facts)
            sim_trace(sim, &out.items[i], TRACE_JOIN, func, id, context, 0);
        state_collect(sim, &out.items[i]);
    }
    dedupe(sim, &out);
    if (sim->policy.join && out.len > MANY_STATES)
        join_many(sim, &out);
    *states = out;
}

void explore(struct sim *sim, func_id harness)
{
    struct state_list entry = {0}, out = {0};
    struct state start = {.inexact = sim->policy.join ? sim_reason(sim, "states were joined") : 0};
    vec_push(&sim->arena, &sim->contexts, (struct context){.func = harness});
    vec_push(&sim->arena, &sim->traces, (struct trace){.kind = TRACE_START, .irql = 255});
    list_push(sim, &entry, start);
    frames_init(sim);
    if (sim->slice.funcs[harness])
        explore_function(sim, harness, 0, 0, &entry, &out);
    sim->stats.steps += sim->steps;
}
