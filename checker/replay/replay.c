/* Along the path: functions, blocks, instructions. */
#include "replay/internal.h"

#include <string.h>

enum { DEFAULT_LIMIT = 1000000, MOST_INSTRUCTIONS = 1000000, MOST_ROUNDS = 64 };

/* ---- small services ------------------------------------------------------------------------- */

void give_up(struct replay *r, const char *why)
{
    if (!r->lost)
        r->lost = why;
    r->ended = true;
}

void demand(struct replay *r, smt_term condition)
{
    uint64_t value;
    smt_assert(&r->smt, condition, (uint32_t)r->at);
    if (smt_is_const(&r->smt, condition, &value) && !value)
        r->ended = true; /* the rest cannot make it possible again */
}

smt_term any(struct replay *r, unsigned width)
{
    return smt_var(&r->smt, width);
}

smt_term to_width(struct replay *r, smt_term value, unsigned width)
{
    unsigned have = smt_width(&r->smt, value);
    return have > width ? smt_extract(&r->smt, value, 0, width) : smt_zext(&r->smt, value, width);
}

/* Two objects of which none is over have different addresses. */
static bool are_different(const struct replay *r, const struct area *a, const struct area *b)
{
    const struct object *x = &r->objects.items[a->object], *y = &r->objects.items[b->object];
    return a->object && b->object && a->object != b->object && !x->freed && !y->freed &&
           !a->index && !b->index;
}

/* Below the first pages there is no object. */
static bool is_no_address(const struct replay *r, smt_term value)
{
    uint64_t k;
    return smt_is_const(&r->smt, value, &k) && k < 0x10000;
}

smt_term equal(struct replay *r, smt_term a, smt_term b)
{
    if (smt_width(&r->smt, a) == r->program->pointer_bits) {
        struct area x = area_at(r, a, 0), y = area_at(r, b, 0);
        bool null = (x.object && !x.index && is_no_address(r, b)) ||
                    (y.object && !y.index && is_no_address(r, a));
        if (null || are_different(r, &x, &y))
            return smt_const(&r->smt, 1, 0);
    }
    return smt_compare(&r->smt, SMT_EQ, a, b);
}

const struct replay_step *next_step(const struct replay *r, enum replay_kind kind,
                                    const struct frame *fr, instr_id instr)
{
    const struct replay_step *step = &r->path->steps[r->at];
    if (r->ended || fr->aside || r->at >= r->path->nsteps || step->kind != kind ||
        step->func != fr->func || step->instr != instr)
        return NULL;
    return step;
}

static unsigned width_of(const struct replay *r, const struct operand *o)
{
    return o->width ? o->width : r->program->pointer_bits;
}

/* 0: it has no representation. `fr` may be NULL for constants. */
smt_term operand_value(struct replay *r, struct frame *fr, const struct operand *o)
{
    uint32_t reg = o->index;
    switch (o->kind) {
    case OPERAND_NONE:
        return 0;
    case OPERAND_PARAM:
        reg += fr->f->ninstrs;
        /* fall through */
    case OPERAND_INSTR:
        if (!fr->values[reg] && o->width) /* it was passed over */
            fr->values[reg] = any(r, o->width);
        return fr->values[reg];
    case OPERAND_CONST:
        return smt_const(&r->smt, width_of(r, o), o->value);
    case OPERAND_GLOBAL:
        return smt_binary(&r->smt, SMT_ADD, global_address(r, o->index),
                          smt_const(&r->smt, r->program->pointer_bits, o->value));
    case OPERAND_FUNC:
        return function_address(r, o->index);
    case OPERAND_UNDEF:
        return o->width ? any(r, o->width) : 0;
    }
    BUG_ON(true);
}

/* ---- instructions --------------------------------------------------------------------------- */

/* Division by 0 and shifts by too much are undefined: then the result is any. */
static smt_term defined_if(struct replay *r, smt_term condition, smt_term value)
{
    uint64_t known;
    if (smt_is_const(&r->smt, condition, &known) && known)
        return value;
    return smt_ite(&r->smt, condition, value, any(r, smt_width(&r->smt, value)));
}

static smt_term compute(struct replay *r, enum binary_op op, smt_term a, smt_term b)
{
    static const enum smt_op ops[] = {
        [BIN_ADD] = SMT_ADD,   [BIN_SUB] = SMT_SUB,   [BIN_MUL] = SMT_MUL,   [BIN_UDIV] = SMT_UDIV,
        [BIN_SDIV] = SMT_SDIV, [BIN_UREM] = SMT_UREM, [BIN_SREM] = SMT_SREM, [BIN_SHL] = SMT_SHL,
        [BIN_LSHR] = SMT_LSHR, [BIN_ASHR] = SMT_ASHR, [BIN_AND] = SMT_AND,   [BIN_OR] = SMT_OR,
        [BIN_XOR] = SMT_XOR};
    struct smt *smt = &r->smt;
    unsigned width = smt_width(smt, a);
    smt_term value = smt_binary(smt, ops[op], a, b), zero = smt_const(smt, width, 0);
    switch (op) {
    case BIN_UDIV:
    case BIN_SDIV:
    case BIN_UREM:
    case BIN_SREM:
        return defined_if(r, smt_not(smt, smt_compare(smt, SMT_EQ, b, zero)), value);
    case BIN_SHL:
    case BIN_LSHR:
    case BIN_ASHR:
        if (width < 64 && width >> 1 == 0) /* a bit can only be shifted by nothing */
            return defined_if(r, smt_compare(smt, SMT_EQ, b, zero), value);
        return defined_if(r, smt_compare(smt, SMT_ULT, b, smt_const(smt, width, width)), value);
    case BIN_ADD:
    case BIN_SUB:
    case BIN_MUL:
    case BIN_AND:
    case BIN_OR:
    case BIN_XOR:
        return value;
    }
    BUG_ON(true);
}

static smt_term compare(struct replay *r, enum compare_op op, smt_term a, smt_term b)
{
    struct smt *smt = &r->smt;
    if (op == CMP_EQ)
        return equal(r, a, b);
    if (op == CMP_NE)
        return smt_not(smt, equal(r, a, b));
    bound_address(r, a);
    bound_address(r, b);
    switch (op) {
    case CMP_ULT:
        return smt_compare(smt, SMT_ULT, a, b);
    case CMP_ULE:
        return smt_not(smt, smt_compare(smt, SMT_ULT, b, a));
    case CMP_UGT:
        return smt_compare(smt, SMT_ULT, b, a);
    case CMP_UGE:
        return smt_not(smt, smt_compare(smt, SMT_ULT, a, b));
    case CMP_SLT:
        return smt_compare(smt, SMT_SLT, a, b);
    case CMP_SLE:
        return smt_not(smt, smt_compare(smt, SMT_SLT, b, a));
    case CMP_SGT:
        return smt_compare(smt, SMT_SLT, b, a);
    case CMP_SGE:
        return smt_not(smt, smt_compare(smt, SMT_SLT, a, b));
    case CMP_EQ:
    case CMP_NE:
        break;
    }
    BUG_ON(true);
}

static smt_term cast(struct replay *r, const struct instr *in, smt_term a)
{
    if (in->sub == CAST_SEXT && in->width >= smt_width(&r->smt, a))
        return smt_sext(&r->smt, a, in->width);
    return to_width(r, a, in->width);
}

static smt_term pointer_add(struct replay *r, const struct instr *in, smt_term base, smt_term index)
{
    struct smt *smt = &r->smt;
    unsigned width = r->program->pointer_bits;
    if (in->b.kind != OPERAND_NONE) {
        if (!index)
            return any(r, width);
        index = smt_width(smt, index) < width ? smt_sext(smt, index, width)
                                              : smt_extract(smt, index, 0, width);
        index = smt_binary(smt, SMT_MUL, index, smt_const(smt, width, in->scale));
        base = smt_binary(smt, SMT_ADD, base, index);
    }
    return smt_binary(smt, SMT_ADD, base, smt_const(smt, width, (uint64_t)in->offset));
}

static smt_term load(struct replay *r, struct frame *fr, instr_id id, smt_term address)
{
    const struct instr *in = &fr->f->instrs[id];
    if (!in->width || !address || in->size > 8 || in->size == 0)
        return in->width ? any(r, in->width) : 0;
    struct area area = area_at(r, address, in->size);
    if (in->is_volatile && !area.object)
        return any(r, in->width); /* a device, as far as we know */
    return to_width(r, memory_load(r, &area, &r->model->reads[fr->func][id]), in->width);
}

static void store(struct replay *r, struct frame *fr, instr_id id, smt_term value, smt_term address)
{
    const struct instr *in = &fr->f->instrs[id];
    const struct class_set *writes = &r->model->writes[fr->func][id];
    struct area area = area_at(r, address, in->size);
    if (!value || in->a.kind == OPERAND_UNDEF || in->size > 8 || in->size == 0)
        memory_forget(r, &area, writes);
    else
        memory_store(r, &area, writes, to_width(r, value, (unsigned)in->size * 8));
}

/* memset and memcpy: of a known length, or who knows how far. */
static void block_write(struct replay *r, struct frame *fr, instr_id id, smt_term to, smt_term with,
                        smt_term length)
{
    const struct instr *in = &fr->f->instrs[id];
    const struct class_set *writes = &r->model->writes[fr->func][id];
    uint64_t size = 0;
    bool known = length && smt_is_const(&r->smt, length, &size);
    struct area area = area_at(r, to, size);
    if (known && size == 0)
        return;
    if (!known || size > INT32_MAX || !with)
        memory_forget(r, &area, writes);
    else if (in->op == INSTR_MEMSET)
        memory_fill(r, &area, writes, to_width(r, with, 8));
    else {
        struct area from = area_at(r, with, size);
        memory_copy(r, &area, writes, &from, &r->model->reads[fr->func][id]);
    }
}

static void run_instr(struct replay *r, struct frame *fr, instr_id id)
{
    const struct instr *in = &fr->f->instrs[id];
    smt_term value = 0;
    uint32_t object;
    if (in->op == INSTR_CALL) {
        run_call(r, fr, id);
        return;
    }
    smt_term a = operand_value(r, fr, &in->a), b = operand_value(r, fr, &in->b);
    smt_term c = operand_value(r, fr, &in->c);
    switch (in->op) {
    case INSTR_ALLOCA:
        object = object_make(r, OBJECT_LOCAL, 0);
        value = r->objects.items[object].base;
        break;
    case INSTR_LOAD:
        value = load(r, fr, id, a);
        break;
    case INSTR_STORE:
        if (b)
            store(r, fr, id, a, b);
        return;
    case INSTR_PTRADD:
        value = a ? pointer_add(r, in, a, b) : 0;
        break;
    case INSTR_BINARY:
        value = a && b ? compute(r, (enum binary_op)in->sub, a, b) : 0;
        break;
    case INSTR_COMPARE:
        value = a && b ? compare(r, (enum compare_op)in->sub, a, b) : 0;
        break;
    case INSTR_CAST:
        value = a && in->width ? cast(r, in, a) : 0;
        break;
    case INSTR_SELECT:
        value = a && b && c ? smt_ite(&r->smt, to_width(r, a, 1), b, c) : 0;
        break;
    case INSTR_MEMSET:
    case INSTR_MEMCPY:
        if (a)
            block_write(r, fr, id, a, b, c);
        return;
    case INSTR_OPAQUE:
    case INSTR_PHI: /* where the block was not reached along an edge */
        break;
    case INSTR_CALL:
    case INSTR_RETURN:
    case INSTR_JUMP:
    case INSTR_BRANCH:
    case INSTR_SWITCH:
    case INSTR_UNREACHABLE:
        BUG_ON(true);
    }
    if (in->width && (!value || smt_get(&r->smt, value)->depth > MOST_DEPTH))
        value = any(r, in->width);
    fr->values[id] = value;
}

/* ---- edges ---------------------------------------------------------------------------------- */

/* All phis at once, of what their inputs were before. from ID_NONE: the edge is not known. */
static void enter_block(struct replay *r, struct frame *fr, block_id from, block_id to)
{
    const struct block *b = &fr->f->blocks[to];
    smt_term values[64];
    uint32_t pred = 0, n = 0;
    while (pred < b->npreds && b->preds[pred] != from)
        pred++;
    for (instr_id i = b->first; fr->f->instrs[i].op == INSTR_PHI; i++, n++) {
        const struct instr *phi = &fr->f->instrs[i];
        smt_term v = n < ARRAY_LEN(values) && pred < b->npreds
                         ? operand_value(r, fr, &phi->extra[pred])
                         : 0;
        if (n < ARRAY_LEN(values))
            values[n] = v;
    }
    for (uint32_t i = 0; i < n; i++) {
        const struct instr *phi = &fr->f->instrs[b->first + i];
        smt_term v = i < ARRAY_LEN(values) ? values[i] : 0;
        fr->values[b->first + i] = v || !phi->width ? v : any(r, phi->width);
    }
}

/* What has to hold for a successor to be taken. */
static smt_term condition_of(struct replay *r, const struct instr *in, smt_term value, uint32_t succ)
{
    struct smt *smt = &r->smt;
    unsigned width = smt_width(smt, value);
    if (in->op == INSTR_BRANCH) {
        smt_term zero = smt_compare(smt, SMT_EQ, value, smt_const(smt, width, 0));
        return succ == 0 ? smt_not(smt, zero) : zero;
    }
    if (succ > 0)
        return equal(r, value, smt_const(smt, width, in->extra[succ - 1].value));
    smt_term none = smt_const(smt, 1, 1);
    for (uint32_t i = 0; i < in->nextra; i++) {
        smt_term same = equal(r, value, smt_const(smt, width, in->extra[i].value));
        none = smt_binary(smt, SMT_AND, none, smt_not(smt, same));
    }
    return none;
}

/* The successor that the values decide, or ID_NONE. */
static uint32_t decided_successor(struct replay *r, const struct block *b, const struct instr *in,
                                  smt_term value)
{
    uint64_t holds;
    for (uint32_t s = 0; value && s < b->nsuccs; s++)
        if (smt_is_const(&r->smt, condition_of(r, in, value, s), &holds) && holds)
            return s;
    return ID_NONE;
}

/* A function on its way through its blocks. */
struct walk {
    struct frame *fr;
    block_id block;     /* ID_NONE: it has returned */
    block_id aside_until; /* passing over what lies before that block */
    bool passing;
    uint32_t *rounds;   /* [block] */
    smt_term result;
};

static void go(struct replay *r, struct walk *w, block_id from, block_id to)
{
    enter_block(r, w->fr, from, to);
    w->block = to;
    if (w->passing && to == w->aside_until)
        w->passing = w->fr->aside = false;
}

/* All that lies before the place where the ways meet may have happened, or not. */
static void pass_over(struct replay *r, struct walk *w, block_id block)
{
    struct frame *fr = w->fr;
    block_id meet = meeting_place(r, fr->f, block);
    memory_havoc(r, region_writes(r, fr->func, block, meet));
    if (meet == ID_NONE) { /* it returns somewhere in there */
        w->block = ID_NONE;
        return;
    }
    go(r, w, ID_NONE, meet);
}

/* A branch that the path does not tell about. */
static void take_aside(struct replay *r, struct walk *w, const struct block *b, smt_term value)
{
    struct frame *fr = w->fr;
    const struct instr *in = &fr->f->instrs[b->first + b->count - 1];
    block_id block = w->block;
    uint32_t succ = w->rounds[block]++ < MOST_ROUNDS ? decided_successor(r, b, in, value) : ID_NONE;
    if (succ == ID_NONE) {
        pass_over(r, w, block);
        return;
    }
    if (!fr->aside) { /* nothing in there is a step */
        w->aside_until = meeting_place(r, fr->f, block);
        w->passing = w->aside_until != ID_NONE;
        fr->aside = w->passing;
    }
    go(r, w, block, b->succs[succ]);
}

static void take_branch(struct replay *r, struct walk *w, const struct block *b)
{
    struct frame *fr = w->fr;
    instr_id last = b->first + b->count - 1;
    const struct instr *in = &fr->f->instrs[last];
    smt_term value = operand_value(r, fr, &in->a);
    if (fr->aside || !r->path->decided[fr->func][last]) {
        take_aside(r, w, b, value);
        return;
    }
    const struct replay_step *step = next_step(r, REPLAY_BRANCH, fr, last);
    if (!step || step->data >= b->nsuccs) {
        give_up(r, "the path leaves out a decision");
        return;
    }
    if (value)
        demand(r, condition_of(r, in, value, step->data));
    r->at++;
    r->ended |= r->at == r->path->nsteps;
    go(r, w, w->block, b->succs[step->data]);
}

static void end_block(struct replay *r, struct walk *w)
{
    struct frame *fr = w->fr;
    const struct block *b = &fr->f->blocks[w->block];
    const struct instr *in = &fr->f->instrs[b->first + b->count - 1];
    switch (in->op) {
    case INSTR_RETURN:
        w->result = operand_value(r, fr, &in->a);
        w->block = ID_NONE;
        return;
    case INSTR_JUMP:
        go(r, w, w->block, b->succs[0]);
        return;
    case INSTR_BRANCH:
    case INSTR_SWITCH:
        take_branch(r, w, b);
        return;
    case INSTR_UNREACHABLE: /* nothing comes after it */
        demand(r, smt_const(&r->smt, 1, 0));
        return;
    default:
        BUG_ON(true);
    }
}

smt_term run_function(struct replay *r, struct frame *fr)
{
    struct walk w = {.fr = fr, .rounds = arena_new_array(r->arena, fr->f->nblocks, uint32_t)};
    bool aside = fr->aside;
    while (w.block != ID_NONE && !r->ended) {
        const struct block *b = &fr->f->blocks[w.block];
        r->executed += b->count;
        if (r->executed > MOST_INSTRUCTIONS)
            give_up(r, "the path is too long");
        for (uint32_t i = 0; i + 1 < b->count && !r->ended; i++)
            if (fr->f->instrs[b->first + i].op != INSTR_PHI)
                run_instr(r, fr, b->first + i);
        if (!r->ended)
            end_block(r, &w);
    }
    fr->aside = aside;
    return w.result;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void start(struct replay *r, const struct replay_path *path, struct arena *arena)
{
    *r = (struct replay){.arena = arena, .path = path, .program = path->program,
                         .model = path->model};
    smt_init(&r->smt, arena);
    vec_push(arena, &r->objects, (struct object){0});
    vec_push(arena, &r->log, (struct entry){.kind = ENTRY_HAVOC});
    r->words = path->model->nclasses / 64 + 1;
}

static enum replay_answer ask(struct replay *r, unsigned limit, struct replay_result *ret)
{
    switch (smt_check(&r->smt, limit ? limit : DEFAULT_LIMIT)) {
    case SMT_SAT:
        return REPLAY_FEASIBLE;
    case SMT_UNSAT:
        return REPLAY_INFEASIBLE;
    case SMT_UNKNOWN:
        ret->reason = "whether the path is possible could not be decided within the solver's limit";
        return REPLAY_UNDECIDED;
    }
    BUG_ON(true);
}

/* Those that are steps: others are what is known of addresses. */
static size_t keep_core(const struct replay *r, uint32_t *core)
{
    size_t n = 0;
    for (size_t i = 0; i < r->smt.ncore; i++)
        if (r->smt.core[i] < r->path->nsteps)
            core[n++] = r->smt.core[i];
    return n;
}

void replay_follow(struct arena *arena, const struct replay_path *path, unsigned limit,
                   bool with_text, struct replay_result *ret_result)
{
    struct arena own;
    struct replay r;
    struct replay_result result = {0};
    uint32_t *core = arena_new_array(arena, path->nsteps + 1, uint32_t);
    arena_init(&own, arena->on_fail, arena->context);
    start(&r, path, &own);
    struct frame first = {.func = path->start, .f = &path->program->functions[path->start]};
    first.values = arena_new_array(&own, first.f->ninstrs + first.f->nparams + 1, smt_term);
    run_function(&r, &first);
    if (!r.ended)
        r.lost = "the path ends too early";
    result.conditions = r.smt.assertions.len;
    result.executed = r.executed;
    if (with_text)
        result.text = smt_text(&r.smt, arena);
    if (r.lost) {
        result.answer = REPLAY_UNDECIDED;
        result.reason = r.lost;
    } else {
        result.answer = ask(&r, limit, &result);
        result.effort = r.smt.effort;
        if (result.answer == REPLAY_INFEASIBLE)
            result.ncore = keep_core(&r, core);
    }
    result.core = core;
    arena_finish(&own);
    *ret_result = result;
}
