/* Liveness: which registers of a function a block needs, as far as the slice executes it. */
#include "engine/internal.h"

#include <string.h>

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
uint64_t **live_build(struct sim *sim, func_id func)
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
