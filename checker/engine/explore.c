/* Exploration of one function: blocks in reverse postorder, states merged where they meet, loops to a
 * fixpoint. A call explores its callee for all states that reach it at once. */
#include "engine/internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A state that others are joined to, or how many have the same key. */
struct joined {
    uint64_t key;
    uint32_t waiting;  /* index into pending + 1; 0: it has been taken. With policy.beam: states */
};

struct block_work {
    struct state_list pending, seen;
    uint32_t *slots;     /* seen states by hash */
    uint32_t nslots;
    uint32_t rounds;     /* loop heads: how often the loop was entered or gone round */
    uint32_t open_exits;    /* decisions to leave the loop or stay that facts did not make */
    uint32_t counted_exits; /* comparisons of a loop counter that facts decided */
    uint32_t open_since;    /* the first round in which they did not */
    struct state_list widened; /* loop heads: one per property */
    VEC(struct joined) joined; /* policy.join: per seen state; policy.beam: since the last visit */
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
enum { MAX_ROUNDS = 520, MAX_OPEN_ROUNDS = 12 };

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

/* ---- what a block needs --------------------------------------------------------------------- */

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

void mark_inexact(struct sim *sim, struct state *state, const char *reason)
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
    while (i < w->joined.len && w->joined.items[i].key != key)
        i++;
    if (i == w->joined.len) {
        list_push(sim, &w->seen, state);
        list_push(sim, &w->pending, state);
        vec_push(&sim->arena, &w->joined, (struct joined){key, (uint32_t)w->pending.len});
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
    joined.trace = state.trace; /* what is new came that way */
    w->seen.items[i] = joined;
    if (w->joined.items[i].waiting && w->joined.items[i].waiting <= w->pending.len) {
        w->pending.items[w->joined.items[i].waiting - 1] = joined;
        return;
    }
    list_push(sim, &w->pending, joined);
    w->joined.items[i].waiting = (uint32_t)w->pending.len;
}

/* Too many states like this one have come since the block was last visited, or too much has failed: few
 * errors need many failures at once. */
static bool is_beyond_beam(struct frame *fr, struct block_work *w, uint64_t key, unsigned failures,
                           uint32_t width)
{
    struct sim *sim = fr->sim;
    size_t i = 0;
    key = hash_u64(key ^ failures);
    while (i < w->joined.len && w->joined.items[i].key != key)
        i++;
    if (i == w->joined.len)
        vec_push(&sim->arena, &w->joined, (struct joined){key, 0});
    bool beyond = failures > sim->policy.failures || ++w->joined.items[i].waiting > width;
    sim->dropped |= beyond;
    return beyond;
}

static void enqueue(struct frame *fr, block_id block, struct state state)
{
    enum { ROUNDS_KEPT = 3 }; /* before a loop's ranges are widened */
    enum { MANY_KEYS = 48 };  /* what a function has decided is more than can be kept apart */
    enum { WIDER = 4 };       /* on a trail few states leave a function, and more are in it */
    struct sim *sim = fr->sim;
    struct block_work *w = &fr->work[block];
    bool alone = fr->f->blocks[block].npreds < 2; /* nothing meets here */
    if (alone && !sim->policy.join && block != 0) {
        list_push(sim, &w->pending, state);
        return;
    }
    state_collect(sim, &state);
    if (alone && !sim->policy.join_early && w->pending.len < MANY_STATES) {
        list_push(sim, &w->pending, state);
        return;
    }
    if (sim->policy.join) {
        uint64_t key = w->joined.len < MANY_KEYS ? merge_key_in(sim, &state, fr->func, fr->depth)
                                                 : merge_key(sim, &state);
        add_joined(fr, w, key, w->rounds > ROUNDS_KEPT, state);
        return;
    }
    uint32_t width = sim->policy.beam * (sim->policy.trail ? WIDER : 1);
    if (width && is_beyond_beam(fr, w, merge_key(sim, &state), state.failures, width))
        return;
    if (w->rounds > (w->open_exits && !w->counted_exits ? MAX_OPEN_ROUNDS : MAX_ROUNDS)) {
        if (sim->policy.drop) {
            sim->dropped = true;
            return;
        }
        if (!widen(fr, w, block, &state))
            return;
    }
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
    const struct value *v = value_get(sim, result);
    bool apart = v->kind == VALUE_CONST || v->kind == VALUE_ADDR;
    if (sim->policy.beam &&
        is_beyond_beam(fr, &fr->ends, hash_u64(merge_key(sim, &state) ^ (apart ? result : 0)),
                       state.failures, sim->policy.beam))
        return;
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
    bool counts = o->kind == OPERAND_INSTR && c->op == INSTR_COMPARE &&
                  (is_counter(fr, &c->a, head, 0) || is_counter(fr, &c->b, head, 0));
    fr->work[head].open_exits += open;
    if (open && counts && !fr->work[head].open_since)
        fr->work[head].open_since = fr->work[head].rounds;
    fr->work[head].counted_exits += !open && counts;
}

/* Of a branch that the trail does not come to it says nothing. */
static bool is_on_trail(const struct frame *fr, block_id from, instr_id instr)
{
    for (uint32_t succ = 0; succ < fr->f->blocks[from].nsuccs; succ++)
        if (map_get(fr->sim->policy.allowed, decision_key(fr->func, instr, succ)))
            return true;
    return false;
}

/* The run that the trail is from did not see all that a path needs: in loops the driver may leave it, and
 * elsewhere as often as the policy says. What the system does between callbacks is as on the trail. */
static bool leaves_trail(const struct frame *fr, block_id from, instr_id instr, uint32_t succ,
                         struct state *state)
{
    if (!is_on_trail(fr, from, instr) ||
        map_get(fr->sim->policy.allowed, decision_key(fr->func, instr, succ)))
        return false;
    if (fr->flow->blocks[from].loop == ID_NONE)
        state->failures += state->failures < UINT8_MAX;
    return is_between_callbacks(fr->sim, fr->func, fr->context);
}

/* Whether the policy follows that decision. */
static bool allowed(const struct frame *fr, block_id from, instr_id instr, uint32_t succ,
                    struct state *state)
{
    const struct policy *p = &fr->sim->policy;
    if (p->trail)
        return !leaves_trail(fr, from, instr, succ, state);
    if (!p->allowed || (p->known && !p->known->instrs[fr->func][instr] &&
                        !p->known->open[fr->func][from]))
        return true;
    return map_get(p->allowed, decision_key(fr->func, instr, succ)) != NULL;
}

/* Another round of a loop of the OS model, behind as many as policy.rounds allows; or of a loop of the
 * driver's behind some in which it could have ended: few errors need a certain number. */
static bool goes_round_again(const struct frame *fr, block_id from, uint32_t succ)
{
    enum { ENOUGH = 3 };
    const struct block *b = &fr->f->blocks[from];
    const struct policy *policy = &fr->sim->policy;
    block_id head = fr->flow->blocks[from].loop;
    bool leaves = false;
    if (!policy->rounds || head == ID_NONE)
        return false;
    const struct block_work *w = &fr->work[head];
    if (fr->f->from_model ? w->rounds <= policy->rounds
                          : !w->open_since || w->rounds < w->open_since + ENOUGH)
        return false;
    for (uint32_t i = 0; i < b->nsuccs; i++)
        leaves |= !flow_in_loop(fr->flow, b->succs[i], head);
    return leaves && flow_in_loop(fr->flow, b->succs[succ], head);
}

/* condition: what had to be decided for this successor, or 0 if facts had done it. */
static void take(struct frame *fr, block_id from, uint32_t succ, instr_id instr, struct state state,
                 value_id condition, bool holds)
{
    struct sim *sim = fr->sim;
    if (!allowed(fr, from, instr, succ, &state))
        return;
    if (goes_round_again(fr, from, succ)) {
        sim->dropped = true;
        return;
    }
    if (sim->policy.apart && map_get(sim->policy.apart, decision_key(fr->func, instr, 0)))
        state.apart = pmap_set(sim, state.apart, decision_key(fr->func, instr, 0), succ + 1, 0);
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
        if (again || !allowed(fr, from, instr, succ, &s))
            continue;
        if (goes_round_again(fr, from, succ)) {
            fr->sim->dropped = true;
            continue;
        }
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
    enum { MOST_BYTES = 1 << 30 };
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
        if (sim->steps > sim->budget || sim->arena.reserved > MOST_BYTES)
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

static unsigned nesting(const struct frame *fr, block_id block)
{
    unsigned loops = 0;
    for (block_id h = 0; h < fr->f->nblocks; h++)
        loops += fr->flow->blocks[h].loop_head && flow_in_loop(fr->flow, block, h);
    return loops;
}

/* In reverse postorder, so that states meet. Who looks along few paths goes to the end of a device's life
 * first, before the many things that may happen in it. */
static block_id next_block(const struct frame *fr)
{
    bool hurries = fr->sim->policy.beam && fr->f->from_model;
    block_id best = ID_NONE;
    unsigned best_nesting = UINT_MAX;
    for (uint32_t n = 0; n < fr->flow->norder; n++) {
        block_id b = fr->flow->order[n];
        if (fr->work[b].pending.len == 0)
            continue;
        if (!hurries)
            return b;
        unsigned loops = nesting(fr, b);
        if (loops < best_nesting) {
            best = b;
            best_nesting = loops;
        }
    }
    return best;
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
        *slot = (uint64_t)(uintptr_t)live_build(sim, func);
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
    for (block_id b; (b = next_block(&fr)) != ID_NONE && !sim->exhausted;) {
        struct state_list todo = fr.work[b].pending;
        fr.work[b].pending = (struct state_list){0};
        for (size_t i = 0; i < fr.work[b].joined.len; i++)
            fr.work[b].joined.items[i].waiting = 0; /* for the beam the same: counted anew */
        fr.work[b].rounds += fr.flow->blocks[b].loop_head;
        run_block(&fr, b, todo);
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
        unsigned failures = entry->failures + s.failures - (unsigned)summary->entry.failures;
        s.failures = failures < UINT8_MAX ? (uint8_t)failures : UINT8_MAX;
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
void explore_function(struct sim *sim, func_id func, context_id context, uint32_t depth,
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
