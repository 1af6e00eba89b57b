/* The solution turned into what the engine reads: rows of sets by function and instruction. */
#include "model/internal.h"

#include <stdlib.h>

leaf_id unknown_leaf(struct points_to *pt, func_id function)
{
    if (!pt->unknown_leaf[function])
        pt->unknown_leaf[function] = leaf_new(&pt->layouts) + 1;
    return pt->unknown_leaf[function] - 1;
}

static int compare_ids(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Sorts and drops repetitions; returns how many are left. */
static size_t sort_ids(uint32_t *ids, size_t len)
{
    if (len < 2)
        return len;
    qsort(ids, len, sizeof(*ids), compare_ids);
    size_t kept = 1;
    for (size_t i = 1; i < len; i++)
        if (ids[i] != ids[kept - 1])
            ids[kept++] = ids[i];
    return kept;
}

/* ---- classes ---- */

struct collector {
    struct points_to *pt;
    struct model *model;
    struct leaf_list leaves; /* of the instruction at hand */
    VEC(leaf_id) leaf_of;    /* [class] */
    VEC(struct call_edge) edges;
};

/* Classes are numbered in the order in which instructions first touch them. */
static class_id class_of(struct collector *c, leaf_id leaf)
{
    struct points_to *pt = c->pt;
    leaf = leaf_find(&pt->layouts, leaf);
    while (pt->class_of.len <= leaf)
        vec_push(pt->arena, &pt->class_of, 0);
    if (!pt->class_of.items[leaf]) {
        vec_push(pt->arena, &c->leaf_of, leaf);
        pt->class_of.items[leaf] = (class_id)c->leaf_of.len;
    }
    return pt->class_of.items[leaf] - 1;
}

/* The set of the leaves collected; empties the list. */
static struct class_set take_set(struct collector *c)
{
    struct leaf_list *leaves = &c->leaves;
    for (size_t i = 0; i < leaves->items.len; i++)
        leaves->items.items[i] = class_of(c, leaves->items.items[i]);
    size_t len = sort_ids(leaves->items.items, leaves->items.len);
    leaves->items.len = 0;
    if (!len)
        return (struct class_set){0};
    class_id *ids = arena_new_array(c->pt->arena, len, class_id);
    for (size_t i = 0; i < len; i++)
        ids[i] = leaves->items.items[i];
    return (struct class_set){ids, (uint32_t)len};
}

/* Adds what an access through an operand of an instance touches. */
static void touch_operand(struct collector *c, const struct instance *instance,
                          const struct operand *address, uint64_t size)
{
    node_id id = node_of_operand(c->pt, instance, address);
    for (uint32_t i = 0; id && i < c->pt->nodes.items[id].len; i++)
        target_touch(c->pt, c->pt->nodes.items[id].items[i], size, &c->leaves);
}

static struct class_set access_set(struct collector *c, func_id function,
                                   const struct operand *address, uint64_t size)
{
    struct points_to *pt = c->pt;
    for (uint32_t at = pt->instance_of[function]; at; at = pt->instances.items[at - 1].next)
        touch_operand(c, &pt->instances.items[at - 1], address, size);
    if (!c->leaves.items.len)
        vec_push(pt->arena, &c->leaves.items, unknown_leaf(pt, function));
    return take_set(c);
}

static uint64_t constant_size(const struct operand *size)
{
    return size->kind == OPERAND_CONST ? size->value : 0;
}

/* What functions without a body may write: where their arguments point. Intrinsics write nothing
 * but for drvlint_havoc(); what drvlint_free() forgets is not read again. */
static struct class_set call_writes(struct collector *c, func_id function, const struct instr *call,
                                    const struct target_set *targets)
{
    struct points_to *pt = c->pt;
    bool writes = targets->unknown;
    uint32_t nargs = call->nextra;
    uint64_t size = 0;
    for (uint32_t i = 0; i < targets->len; i++) {
        const struct function *callee = &pt->program->functions[targets->items[i]];
        enum intrinsic what = intrinsic_of(callee);
        writes |= !callee->defined && (what == INTRINSIC_NONE || what == INTRINSIC_HAVOC);
        if (what == INTRINSIC_HAVOC && call->nextra > 1) {
            nargs = 1;
            size = constant_size(&call->extra[1]);
        }
    }
    if (!writes)
        return (struct class_set){0};
    for (uint32_t at = pt->instance_of[function]; at; at = pt->instances.items[at - 1].next)
        for (uint32_t i = 0; i < nargs; i++)
            touch_operand(c, &pt->instances.items[at - 1], &call->extra[i], size);
    return take_set(c);
}

/* ---- targets ---- */

static void find_shape_targets(struct points_to *pt, const struct instr *call,
                               struct leaf_list *found)
{
    for (func_id f = 0; f < pt->program->nfunctions; f++)
        if (call_fits(pt->program, call, f))
            vec_push(pt->arena, &found->items, f);
}

/* Functions that the callee operand may be; *ret_known is false if it may be anything else. */
static void find_value_targets(struct points_to *pt, func_id function, const struct instr *call,
                               struct leaf_list *found, bool *ret_known)
{
    *ret_known = true;
    for (uint32_t at = pt->instance_of[function]; at; at = pt->instances.items[at - 1].next) {
        node_id id = node_of_operand(pt, &pt->instances.items[at - 1], &call->a);
        for (uint32_t i = 0; id && i < pt->nodes.items[id].len; i++) {
            func_id callee = target_function(pt, pt->nodes.items[id].items[i]);
            if (callee != ID_NONE)
                vec_push(pt->arena, &found->items, callee);
            else
                *ret_known = false;
        }
    }
}

static struct target_set call_targets(struct collector *c, func_id function,
                                      const struct instr *call, enum call_resolution *ret_how)
{
    struct points_to *pt = c->pt;
    struct leaf_list found = {.arena = pt->arena};
    bool known = true;
    *ret_how = CALL_DIRECT;
    if (call->a.kind == OPERAND_FUNC) {
        vec_push(pt->arena, &found.items, call->a.index);
    } else {
        *ret_how = CALL_BY_VALUE;
        find_value_targets(pt, function, call, &found, &known);
        if (!found.items.len && !pt->program->functions[function].from_model) {
            *ret_how = CALL_BY_TYPE;
            find_shape_targets(pt, call, &found);
            known = found.items.len > 0;
        }
    }
    size_t len = sort_ids(found.items.items, found.items.len);
    return (struct target_set){found.items.items, (uint32_t)len,
                               !known && !pt->program->functions[function].from_model};
}

/* ---- rows ---- */

static void collect_call(struct collector *c, func_id function, instr_id i)
{
    const struct instr *call = &c->pt->program->functions[function].instrs[i];
    struct target_set *targets = &c->model->targets[function][i];
    enum call_resolution how;
    *targets = call_targets(c, function, call, &how);
    c->model->writes[function][i] = call_writes(c, function, call, targets);
    for (uint32_t k = 0; k < targets->len; k++) {
        struct call_edge edge = {function, targets->items[k], i, how};
        vec_push(c->pt->arena, &c->edges, edge);
    }
}

static void collect_instr(struct collector *c, func_id function, instr_id i)
{
    struct model *model = c->model;
    const struct instr *in = &c->pt->program->functions[function].instrs[i];
    struct class_set *reads = &model->reads[function][i], *writes = &model->writes[function][i];
    if (in->op == INSTR_LOAD) {
        *reads = access_set(c, function, &in->a, in->size);
    } else if (in->op == INSTR_STORE) {
        *writes = access_set(c, function, &in->b, in->size);
    } else if (in->op == INSTR_MEMSET) {
        *writes = access_set(c, function, &in->a, constant_size(&in->c));
    } else if (in->op == INSTR_MEMCPY) {
        *writes = access_set(c, function, &in->a, constant_size(&in->c));
        *reads = access_set(c, function, &in->b, constant_size(&in->c));
    } else if (in->op == INSTR_CALL) {
        collect_call(c, function, i);
    }
}

static void collect_function(struct collector *c, func_id function)
{
    struct arena *arena = c->pt->arena;
    uint32_t n = c->pt->program->functions[function].ninstrs;
    c->model->reads[function] = arena_new_array(arena, n, struct class_set);
    c->model->writes[function] = arena_new_array(arena, n, struct class_set);
    c->model->targets[function] = arena_new_array(arena, n, struct target_set);
    for (instr_id i = 0; c->pt->instance_of[function] && i < n; i++)
        collect_instr(c, function, i);
}

void accesses_collect(struct points_to *pt, struct model *model)
{
    struct collector c = {.pt = pt, .model = model, .leaves = {.arena = pt->arena}};
    uint32_t n = pt->program->nfunctions;
    model->reads = arena_new_array(pt->arena, n, struct class_set *);
    model->writes = arena_new_array(pt->arena, n, struct class_set *);
    model->targets = arena_new_array(pt->arena, n, struct target_set *);
    model->edges_of = arena_new_array(pt->arena, n + 1, uint32_t);
    for (func_id f = 0; f < n; f++) {
        if (pt->program->functions[f].defined)
            collect_function(&c, f);
        model->edges_of[f + 1] = (uint32_t)c.edges.len;
    }
    model->edges = c.edges.items;
    model->nedges = (uint32_t)c.edges.len;
    model->nclasses = (uint32_t)c.leaf_of.len;
    model->class_names = class_names(pt, c.leaf_of.items, model->nclasses);
}

static struct class_set known_classes(const struct points_to *pt, struct leaf_list *leaves)
{
    size_t len = 0;
    for (size_t i = 0; i < leaves->items.len; i++) {
        leaf_id leaf = leaf_find(&pt->layouts, leaves->items.items[i]);
        if (leaf < pt->class_of.len && pt->class_of.items[leaf])
            leaves->items.items[len++] = pt->class_of.items[leaf] - 1;
    }
    return (struct class_set){leaves->items.items, (uint32_t)sort_ids(leaves->items.items, len)};
}

struct class_set classes_of_place(const struct points_to *pt, struct arena *arena, uint32_t memory,
                                  uint64_t offset, uint64_t size)
{
    struct leaf_list leaves = {.arena = arena};
    memory_touch(pt, memory, offset, size, &leaves);
    return known_classes(pt, &leaves);
}

/* ---- queries: they only read the model ---- */

struct class_set model_global_classes(const struct model *model, struct arena *arena,
                                      uint32_t global, uint64_t offset, uint64_t size)
{
    const struct points_to *pt = model->points_to;
    const struct global *g = &model->program->globals[global];
    struct leaf_list leaves = {.arena = arena};
    if (layout_is_record(&pt->layouts, g->type)) {
        layout_touch(&pt->layouts, g->type, offset, size, &leaves);
    } else {
        leaf_id leaf = global_leaf(pt, global);
        if (leaf != ID_NONE)
            vec_push(arena, &leaves.items, leaf);
    }
    return known_classes(pt, &leaves);
}

struct class_set model_pointee(const struct model *model, struct arena *arena, func_id function,
                               const struct operand *address, uint64_t size)
{
    const struct points_to *pt = model->points_to;
    if (address->kind == OPERAND_GLOBAL) {
        const struct global *g = &model->program->globals[address->index];
        if (!size && layout_is_record(&pt->layouts, g->type))
            size = layout_member_extent(&pt->layouts, g->type, address->value);
        return model_global_classes(model, arena, address->index, address->value, size);
    }
    struct leaf_list leaves = {.arena = arena};
    for (uint32_t at = pt->instance_of[function]; at; at = pt->instances.items[at - 1].next) {
        node_id id = node_of_value(pt, &pt->instances.items[at - 1], address);
        for (uint32_t i = 0; id && i < pt->nodes.items[id].len; i++)
            target_touch(pt, pt->nodes.items[id].items[i], size, &leaves);
    }
    return known_classes(pt, &leaves);
}
