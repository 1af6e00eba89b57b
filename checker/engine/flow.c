/* Control flow facts of every function: reverse postorder, loops, postdominators (Cooper, Harvey,
 * Kennedy, "A Simple, Fast Dominance Algorithm", 2001) and control dependence (Ferrante, Ottenstein,
 * Warren, TOPLAS 1987). Blocks that never reach a return (bug checks, endless loops) do not take part
 * in postdominance: what follows a test for such an end does not depend on it. */
#include "engine/internal.h"

struct builder {
    struct arena *arena;
    const struct function *f;
    struct flow *flow;
    uint32_t *post;      /* postorder number on the reverse graph; ID_NONE: does not reach a return */
    block_id *reverse;   /* blocks in that postorder */
    uint32_t nreverse;
    uint8_t *on_stack;
};

static void number_forward(struct builder *b, block_id id, uint32_t *next)
{
    struct flow_block *block = &b->flow->blocks[id];
    block->rpo = 0; /* seen */
    b->on_stack[id] = 1;
    for (uint32_t i = 0; i < b->f->blocks[id].nsuccs; i++) {
        block_id s = b->f->blocks[id].succs[i];
        if (b->on_stack[s])
            b->flow->blocks[s].loop_head = true;
        if (b->flow->blocks[s].rpo == ID_NONE)
            number_forward(b, s, next);
    }
    b->on_stack[id] = 0;
    b->flow->order[--*next] = id;
}

static void number_backward(struct builder *b, block_id id)
{
    b->post[id] = 0;
    for (uint32_t i = 0; i < b->f->blocks[id].npreds; i++) {
        block_id p = b->f->blocks[id].preds[i];
        if (b->post[p] == ID_NONE && b->flow->blocks[p].rpo != ID_NONE)
            number_backward(b, p);
    }
    b->post[id] = b->nreverse;
    b->reverse[b->nreverse++] = id;
}

static bool is_return(const struct function *f, block_id id)
{
    const struct block *block = &f->blocks[id];
    return f->instrs[block->first + block->count - 1].op == INSTR_RETURN;
}

/* Meets two blocks in the postdominator tree; ID_NONE is the virtual exit. */
static block_id intersect(const struct builder *b, block_id x, block_id y)
{
    while (x != y) {
        if (x == ID_NONE || y == ID_NONE)
            return ID_NONE;
        if (b->post[x] < b->post[y])
            x = b->flow->blocks[x].ipdom;
        else
            y = b->flow->blocks[y].ipdom;
    }
    return x;
}

static bool update_ipdom(struct builder *b, block_id id, const uint8_t *done)
{
    const struct block *block = &b->f->blocks[id];
    block_id found = ID_NONE;
    bool first = true;
    if (is_return(b->f, id))
        return false;
    for (uint32_t i = 0; i < block->nsuccs; i++) {
        block_id s = block->succs[i];
        if (b->post[s] == ID_NONE || !done[s])
            continue;
        found = first ? s : intersect(b, found, s);
        first = false;
    }
    bool changed = !done[id] || found != b->flow->blocks[id].ipdom;
    b->flow->blocks[id].ipdom = found;
    return changed && !first;
}

static void find_postdominators(struct builder *b)
{
    uint8_t *done = arena_new_array(b->arena, b->f->nblocks, uint8_t);
    for (block_id id = 0; id < b->f->nblocks; id++)
        b->flow->blocks[id].ipdom = ID_NONE;
    for (uint32_t i = 0; i < b->nreverse; i++)
        done[b->reverse[i]] = is_return(b->f, b->reverse[i]);
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = b->nreverse; i-- > 0;) {
            block_id id = b->reverse[i];
            if (is_return(b->f, id))
                continue;
            if (update_ipdom(b, id, done)) {
                done[id] = 1;
                changed = true;
            }
        }
    }
}

static void add_control(struct builder *b, block_id block, block_id by)
{
    struct flow_block *fb = &b->flow->blocks[block];
    for (uint32_t i = 0; i < fb->ncontrols; i++)
        if (fb->controls[i] == by)
            return;
    if ((fb->ncontrols & (fb->ncontrols - 1)) == 0) { /* grows at powers of two */
        uint32_t cap = fb->ncontrols ? fb->ncontrols * 2 : 1;
        fb->controls = arena_grow(b->arena, fb->controls, fb->ncontrols * sizeof(block_id),
                                  cap * sizeof(block_id));
    }
    fb->controls[fb->ncontrols++] = by;
}

static void find_controls(struct builder *b)
{
    for (uint32_t n = 0; n < b->flow->norder; n++) {
        block_id a = b->flow->order[n];
        const struct block *block = &b->f->blocks[a];
        if (block->nsuccs < 2)
            continue;
        block_id stop = b->flow->blocks[a].ipdom;
        for (uint32_t i = 0; i < block->nsuccs; i++)
            for (block_id s = block->succs[i]; s != ID_NONE && s != stop;
                 s = b->flow->blocks[s].ipdom) {
                add_control(b, s, a);
                if (b->post[s] == ID_NONE)
                    break; /* never returns: the blocks behind it depend on it through their own tests */
            }
    }
}

/* Blocks that can reach the back edge's source without passing the head form its loop. */
static void find_loops(struct builder *b)
{
    block_id *stack = arena_new_array(b->arena, b->f->nblocks, block_id);
    uint32_t *mark = arena_new_array(b->arena, b->f->nblocks, uint32_t);
    for (uint32_t n = 0; n < b->flow->norder; n++) { /* outer heads first: inner ones overwrite */
        block_id head = b->flow->order[n];
        if (!b->flow->blocks[head].loop_head)
            continue;
        uint32_t depth = 0;
        mark[head] = head + 1;
        b->flow->blocks[head].loop = head;
        for (uint32_t i = 0; i < b->f->blocks[head].npreds; i++) {
            block_id p = b->f->blocks[head].preds[i];
            if (b->flow->blocks[p].rpo != ID_NONE &&
                b->flow->blocks[p].rpo >= b->flow->blocks[head].rpo && mark[p] != head + 1) {
                mark[p] = head + 1;
                stack[depth++] = p;
            }
        }
        while (depth > 0) {
            block_id x = stack[--depth];
            b->flow->blocks[x].loop = head;
            for (uint32_t i = 0; i < b->f->blocks[x].npreds; i++) {
                block_id p = b->f->blocks[x].preds[i];
                if (mark[p] != head + 1 && b->flow->blocks[p].rpo != ID_NONE) {
                    mark[p] = head + 1;
                    stack[depth++] = p;
                }
            }
        }
    }
}

bool flow_in_loop(const struct flow *flow, block_id block, block_id head)
{
    uint32_t limit = flow->norder + 1;
    for (block_id h = flow->blocks[block].loop; h != ID_NONE && limit--;) {
        if (h == head)
            return true;
        block_id next = flow->blocks[h].loop;
        if (next == h)
            break;
        h = next;
    }
    return false;
}

static void build_one(struct arena *arena, const struct function *f, struct flow *flow)
{
    struct builder b = {.arena = arena, .f = f, .flow = flow};
    uint32_t next = f->nblocks;
    flow->blocks = arena_new_array(arena, f->nblocks, struct flow_block);
    flow->order = arena_new_array(arena, f->nblocks, block_id);
    b.post = arena_new_array(arena, f->nblocks, uint32_t);
    b.reverse = arena_new_array(arena, f->nblocks, block_id);
    b.on_stack = arena_new_array(arena, f->nblocks, uint8_t);
    for (block_id id = 0; id < f->nblocks; id++) {
        flow->blocks[id].rpo = ID_NONE;
        flow->blocks[id].loop = ID_NONE;
        b.post[id] = ID_NONE;
    }
    number_forward(&b, 0, &next);
    flow->norder = f->nblocks - next;
    flow->order += next;
    for (uint32_t i = 0; i < flow->norder; i++)
        flow->blocks[flow->order[i]].rpo = i;
    for (uint32_t i = 0; i < flow->norder; i++)
        if (is_return(f, flow->order[i]))
            number_backward(&b, flow->order[i]);
    find_postdominators(&b);
    find_controls(&b);
    find_loops(&b);
}

struct flow *flow_build(struct arena *arena, const struct program *program)
{
    struct flow *flows = arena_new_array(arena, program->nfunctions, struct flow);
    for (func_id id = 0; id < program->nfunctions; id++)
        if (program->functions[id].defined)
            build_one(arena, &program->functions[id], &flows[id]);
    return flows;
}
