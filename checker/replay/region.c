/* Parts of a function that the path passes over: where they end, and what they may have written. */
#include "replay/internal.h"

/* ---- where ways meet ------------------------------------------------------------------------ */

static bool is_return(const struct function *f, block_id block)
{
    const struct block *b = &f->blocks[block];
    return f->instrs[b->first + b->count - 1].op == INSTR_RETURN;
}

/* Marks the blocks behind `block` that can be reached without `stop`; whether one of them returns. */
static bool mark_behind(struct replay *r, const struct function *f, block_id block, block_id stop,
                        uint8_t *ret_marks)
{
    block_id *todo = arena_new_array(r->arena, f->nblocks + 1, block_id);
    uint32_t n = 0;
    bool returns = false;
    todo[n++] = block;
    while (n > 0) {
        const struct block *b = &f->blocks[todo[--n]];
        for (uint32_t i = 0; i < b->nsuccs; i++) {
            block_id s = b->succs[i];
            if (s == stop || ret_marks[s])
                continue;
            ret_marks[s] = 1;
            returns |= is_return(f, s);
            todo[n++] = s;
        }
    }
    return returns;
}

static uint8_t *new_marks(struct replay *r, const struct function *f)
{
    return arena_new_array(r->arena, f->nblocks + 1, uint8_t);
}

/* Blocks from which the function never returns (bug checks) do not count: what comes after does not depend
 * on how they end. */
block_id meeting_place(struct replay *r, const struct function *f, block_id block)
{
    uint8_t *behind = new_marks(r, f);
    block_id found = ID_NONE;
    if (!mark_behind(r, f, block, ID_NONE, behind))
        return ID_NONE;
    for (block_id b = 0; b < f->nblocks; b++) {
        if (!behind[b] || b == block)
            continue;
        uint8_t *marks = new_marks(r, f);
        if (mark_behind(r, f, block, b, marks))
            continue; /* there is a way around */
        if (found == ID_NONE || !marks[found]) /* it comes before the one that was found */
            found = b;
    }
    return found;
}

/* ---- what may be written -------------------------------------------------------------------- */

static void add_set(uint64_t *bits, const struct class_set *set)
{
    for (uint32_t i = 0; i < set->len; i++)
        bits[set->items[i] / 64] |= UINT64_C(1) << (set->items[i] % 64);
}

static bool add_bits(struct replay *r, uint64_t *to, const uint64_t *from)
{
    bool changed = false;
    for (size_t w = 0; from && w < r->words; w++) {
        changed |= (from[w] & ~to[w]) != 0;
        to[w] |= from[w];
    }
    return changed;
}

static void find_writes(struct replay *r)
{
    const struct model *m = r->model;
    r->may_write = arena_new_array(r->arena, r->program->nfunctions + 1, uint64_t *);
    for (func_id f = 0; f < r->program->nfunctions; f++) {
        const struct function *fn = &r->program->functions[f];
        r->may_write[f] = arena_new_array(r->arena, r->words, uint64_t);
        for (instr_id i = 0; fn->defined && m->writes[f] && i < fn->ninstrs; i++)
            add_set(r->may_write[f], &m->writes[f][i]);
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t e = m->nedges; e-- > 0;)
            changed |= add_bits(r, r->may_write[m->edges[e].caller],
                                r->may_write[m->edges[e].callee]);
    }
}

const uint64_t *function_writes(struct replay *r, func_id func)
{
    if (!r->may_write)
        find_writes(r);
    return r->may_write[func];
}

const uint64_t *region_writes(struct replay *r, func_id func, block_id block, block_id stop)
{
    uint64_t *slot = map_slot(&r->regions, r->arena, (uint64_t)func << 32 | block);
    if (*slot)
        return (const uint64_t *)(uintptr_t)*slot;
    const struct function *f = &r->program->functions[func];
    uint8_t *marks = new_marks(r, f);
    uint64_t *bits = arena_new_array(r->arena, r->words, uint64_t);
    *slot = (uint64_t)(uintptr_t)bits;
    mark_behind(r, f, block, stop, marks);
    for (instr_id i = 0; i < f->ninstrs && r->model->writes[func]; i++) {
        if (!marks[f->instrs[i].block])
            continue;
        add_set(bits, &r->model->writes[func][i]);
        const struct target_set *t = &r->model->targets[func][i];
        for (uint32_t k = 0; f->instrs[i].op == INSTR_CALL && k < t->len; k++)
            add_bits(r, bits, function_writes(r, t->items[k]));
    }
    return bits;
}
