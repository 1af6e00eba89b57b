/* What the driver's instructions alone do not say.
 *
 * Memory from outside: a parameter that nobody in the program passes, a field that nobody fills.
 * Each such place gets one object of its own.
 *
 * Casts: a field is selected in memory of another type. Then the access also touches what lies
 * there according to the memory's own type. Sets of addresses are too big, as always, so an address
 * whose type does not fit is taken for a cast only if none in the set fits.
 *
 * Calls through pointers that nothing is known of: any function of that shape. */
#include "model/internal.h"

#include <string.h>

/* ---- memory from outside ---- */

static bool add_outside_param(struct points_to *pt, const struct instance *instance, uint32_t param)
{
    const struct param *p = &pt->program->functions[instance->function].params[param];
    node_id node = instance->first + param;
    if (p->width != pt->program->pointer_bits || pt->nodes.items[node].len)
        return false;
    if (layout_is_record(&pt->layouts, p->pointee))
        return node_add(pt, node,
                        target_of_type(pt, p->pointee, 0, layout_size(&pt->layouts, p->pointee)));
    return node_add(pt, node, target_of_memory(pt, MEMORY_PARAM, instance->function, param, 0));
}

/* What an unfilled leaf holds. Memory from outside that is walked without types leads to itself: a
 * list does not get longer with every step. */
static target_id outside_contents(struct points_to *pt, target_id holder, leaf_id leaf)
{
    const struct memory *memory = target_memory(pt, holder);
    bool is_outside = memory && (memory->kind == MEMORY_HEAP || memory->kind == MEMORY_PARAM ||
                                 memory->kind == MEMORY_POINTEE);
    if (is_outside && leaf_find(&pt->layouts, memory->leaf) == leaf)
        return target_of(pt, pt->targets.items[holder].region, 0, EXTENT_REST);
    return target_of_memory(pt, MEMORY_POINTEE, 0, leaf, 0);
}

/* Which nodes are addresses that something is accessed or called through: numbers of the width of
 * an address lead nowhere. */
static bool *find_addresses(struct points_to *pt)
{
    size_t nnodes = pt->nodes.len;
    bool *is_address = arena_new_array(pt->arena, nnodes, bool);
    for (size_t i = 0; i < pt->members.len; i++)
        is_address[pt->members.items[i].base] = true;
    for (size_t i = 0; i < pt->addresses.len; i++)
        is_address[pt->addresses.items[i]] = true;
    for (bool changed = true; changed;) {
        changed = false;
        for (node_id node = (node_id)nnodes; node-- > 1;) {
            for (uint32_t at = pt->nodes.items[node].links; at && !is_address[node];) {
                const struct link *link = &pt->links.items[at - 1];
                bool passes = link->kind == LINK_COPY || link->kind == LINK_SHIFT;
                is_address[node] = !passes || is_address[link->other];
                changed |= is_address[node];
                at = link->next;
            }
        }
    }
    return is_address;
}

static bool add_outside_load(struct points_to *pt, node_id address, const struct link *load)
{
    bool changed = false;
    if (pt->nodes.items[load->other].len)
        return false;
    for (uint32_t i = 0; i < pt->nodes.items[address].len; i++) {
        target_id target = pt->nodes.items[address].items[i];
        struct leaf_list *touched = &pt->scratch[0];
        touched->items.len = 0;
        target_touch(pt, target, load->size, touched);
        for (size_t k = 0; k < touched->items.len; k++) {
            leaf_id leaf = leaf_find(&pt->layouts, touched->items.items[k]);
            node_id contents = node_of_contents(pt, leaf);
            if (!pt->nodes.items[contents].len)
                changed |= node_add(pt, contents, outside_contents(pt, target, leaf));
        }
    }
    return changed;
}

static bool add_outside(struct points_to *pt)
{
    bool changed = false;
    for (uint32_t i = 0; i < pt->instances.len; i++) {
        struct instance instance = pt->instances.items[i];
        if (pt->is_called[instance.function])
            continue;
        uint32_t nparams = pt->program->functions[instance.function].nparams;
        for (uint32_t p = 0; p < nparams; p++)
            changed |= add_outside_param(pt, &instance, p);
    }
    node_id nnodes = (node_id)pt->nodes.len;
    const bool *is_address = find_addresses(pt);
    for (node_id node = 1; node < nnodes; node++)
        for (uint32_t at = pt->nodes.items[node].links; at;) {
            struct link link = pt->links.items[at - 1];
            if (link.kind == LINK_LOAD && !link.is_filled && is_address[link.other])
                changed |= add_outside_load(pt, node, &link);
            at = link.next;
        }
    return changed;
}

/* ---- casts ---- */

/* Another place in the memory where a record of this type is. */
static bool add_place(const struct points_to *pt, struct memory_type *type, const struct target *t)
{
    struct memory_type before = *type;
    uint64_t size = layout_size(&pt->layouts, type->type);
    uint32_t apart = t->offset > type->base ? t->offset - type->base : type->base - t->offset;
    type->is_anywhere |= t->extent == EXTENT_REST || (size && apart % size != 0);
    type->repeats |= apart != 0;
    type->base = t->offset < type->base ? t->offset : type->base;
    return before.is_anywhere != type->is_anywhere || before.repeats != type->repeats ||
           before.base != type->base;
}

static bool add_type(struct points_to *pt, struct memory *memory, type_id type,
                     const struct target *t)
{
    type = pt->layouts.canonical[type];
    uint64_t size = layout_size(&pt->layouts, type);
    size_t at = 0;
    for (size_t i = 0; i < memory->types.len; i++) {
        struct memory_type *other = &memory->types.items[i];
        if (other->type == type && !add_place(pt, other, t))
            return false;
        if (other->type == type) {
            pt->types_given++;
            memory->has_new_types = true;
            return true;
        }
        if (layout_size(&pt->layouts, other->type) >= size)
            at = i + 1;
    }
    struct memory_type added = {type, t->offset, false, t->extent == EXTENT_REST};
    pt->types_given++;
    memory->has_new_types = true;
    vec_push(pt->arena, &memory->types, added);
    memmove(memory->types.items + at + 1, memory->types.items + at,
            (memory->types.len - 1 - at) * sizeof(added));
    memory->types.items[at] = added;
    return true;
}

/* Whether nothing changed for a field selection since the last call. */
static bool was_seen(const struct points_to *pt, const struct member *member, struct seen *seen)
{
    struct seen now = {pt->nodes.items[member->base].len, pt->types_given};
    bool same = seen->targets == now.targets && seen->types == now.types;
    *seen = now;
    return same;
}

/* Whether a memory may be given types: a string constant stays one, whatever it is taken for. */
static bool takes_types(const struct points_to *pt, const struct memory *memory)
{
    if (!memory || memory->kind == MEMORY_FUNCTION)
        return false;
    return memory->kind != MEMORY_GLOBAL || !pt->program->globals[memory->index].is_constant;
}

static bool has_untyped(const struct points_to *pt, const struct node *base)
{
    for (uint32_t i = 0; i < base->len; i++)
        if (takes_types(pt, target_memory(pt, base->items[i])))
            return true;
    return false;
}

/* Memory that a field selection surely reaches has that type; of several that it may reach, those
 * that have no type yet, or all if it fits none. */
static bool give_types(struct points_to *pt, const struct member *member, bool sure)
{
    const struct node *base = &pt->nodes.items[member->base];
    if (sure != (base->len == 1) || !has_untyped(pt, base))
        return false;
    bool fitting = !sure && node_fits(pt, member->base, member->type);
    bool changed = false;
    for (uint32_t i = 0; i < base->len; i++) {
        struct memory *memory = target_memory(pt, base->items[i]);
        if (!takes_types(pt, memory))
            continue;
        /* Buffers of bytes are there to be used as anything. */
        bool is_buffer = memory->kind == MEMORY_LOCAL || memory->kind == MEMORY_GLOBAL;
        if (!fitting || !memory->types.len || is_buffer)
            changed |= add_type(pt, memory, member->type, &pt->targets.items[base->items[i]]);
    }
    return changed;
}

static bool has_leaf(const struct points_to *pt, const struct leaf_list *list, leaf_id leaf)
{
    for (size_t i = 0; i < list->items.len; i++)
        if (leaf_find(&pt->layouts, list->items.items[i]) == leaf)
            return true;
    return false;
}

/* Whether something else lies where `region` has the member at `offset`: a union is around it, or
 * it is no member of that type at all. */
static bool touches_more(struct points_to *pt, const struct member *member, type_id region,
                         uint64_t offset)
{
    const struct field *field = &pt->program->types[member->type].fields[member->field];
    struct leaf_list *own = &pt->scratch[0], *there = &pt->scratch[1];
    own->items.len = there->items.len = 0;
    layout_touch(&pt->layouts, member->type, field->offset, field->size, own);
    layout_touch(&pt->layouts, region, offset + field->offset, field->size, there);
    for (size_t i = 0; i < there->items.len; i++)
        if (!has_leaf(pt, own, leaf_find(&pt->layouts, there->items.items[i])))
            return true;
    return false;
}

/* The address of a field as seen by another record. Casts of casts end at "somewhere". */
static target_id cast_target(struct points_to *pt, type_id own, uint64_t offset,
                             const struct field *field)
{
    uint64_t size = layout_size(&pt->layouts, own), start;
    if (!size || !layout_member_start(&pt->layouts, own, offset, &start))
        return target_of_type(pt, own, 0, EXTENT_REST);
    return target_of_type(pt, own, (offset + field->offset) % size, field->size);
}

/* The address that a field selection yields if the memory keeps its own type. */
static bool add_cast_target(struct points_to *pt, const struct member *member, target_id target,
                            bool fitting)
{
    struct target t = pt->targets.items[target];
    const struct field *field = &pt->program->types[member->type].fields[member->field];
    const struct memory *memory = target_memory(pt, target);
    bool anywhere = t.extent == EXTENT_REST;
    bool fits_here = target_fits(pt, target, member->type);
    type_id own = t.region;
    uint64_t inside = t.offset;
    if (memory) {
        if (memory->kind == MEMORY_FUNCTION || !memory->types.len || memory->types.len > MAX_TYPES)
            return false;
        own = memory->types.items[0].type;
        anywhere |= memory->types.items[0].is_anywhere;
        if (!memory_type_at(pt, &memory->types.items[0], t.offset, &inside) && !anywhere)
            return false;
    }
    if (own == pt->layouts.canonical[member->type] || (fitting && !fits_here))
        return false;
    if (anywhere)
        return !fits_here &&
               node_add(pt, member->result, target_of_type(pt, own, inside, EXTENT_REST));
    return touches_more(pt, member, own, inside) &&
           node_add(pt, member->result, cast_target(pt, own, inside, field));
}

static bool add_casts(struct points_to *pt)
{
    bool changed = false;
    for (size_t i = 0; i < pt->members.len; i++) {
        if (was_seen(pt, &pt->members.items[i], &pt->members.items[i].for_casts))
            continue;
        struct member member = pt->members.items[i];
        bool fitting = node_fits(pt, member.base, member.type);
        for (uint32_t k = 0; k < pt->nodes.items[member.base].len; k++)
            changed |= add_cast_target(pt, &member, pt->nodes.items[member.base].items[k], fitting);
    }
    return changed;
}

/* Accesses without types that were handled before their memory had types. */
static void repeat_accesses(struct points_to *pt)
{
    node_id nnodes = (node_id)pt->nodes.len;
    for (node_id id = 1; id < nnodes; id++)
        for (uint32_t i = 0; i < pt->nodes.items[id].done; i++) {
            target_id target = pt->nodes.items[id].items[i];
            const struct memory *memory = target_memory(pt, target);
            if (memory && memory->has_new_types)
                access_again(pt, id, target);
        }
    for (size_t i = 0; i < pt->memories.len; i++)
        pt->memories.items[i].has_new_types = false;
}

static bool add_types(struct points_to *pt)
{
    bool changed = false;
    for (size_t i = 0; i < pt->members.len; i++)
        changed |= give_types(pt, &pt->members.items[i], true);
    for (size_t i = 0; i < pt->members.len; i++)
        if (!was_seen(pt, &pt->members.items[i], &pt->members.items[i].for_types))
            changed |= give_types(pt, &pt->members.items[i], false);
    if (changed)
        repeat_accesses(pt);
    return changed;
}

/* ---- calls by shape ---- */

bool call_fits(const struct program *program, const struct instr *call, func_id function)
{
    const struct function *f = &program->functions[function];
    return f->address_taken && f->defined && !f->from_model && f->signature == call->signature;
}

/* Only for calls in the driver: the OS model calls what was registered with it and nothing else. */
static bool add_calls_by_type(struct points_to *pt)
{
    bool changed = false;
    for (size_t i = 0; i < pt->indirects.len; i++) {
        struct indirect call = pt->indirects.items[i];
        struct instance instance = pt->instances.items[call.instance];
        const struct function *f = &pt->program->functions[instance.function];
        const struct instr *in = &f->instrs[call.instr];
        if (call.by_type || f->from_model ||
            node_has_function(pt, node_of_operand(pt, &instance, &in->a)))
            continue;
        pt->indirects.items[i].by_type = true;
        for (func_id callee = 0; callee < pt->program->nfunctions; callee++) {
            if (call_fits(pt->program, in, callee)) {
                call_bind(pt, call.instance, call.instr, callee);
                changed = true;
            }
        }
    }
    return changed;
}

void complete(struct points_to *pt)
{
    bool changed = true;
    while (changed) {
        solve(pt);
        changed = add_outside(pt);
        solve(pt);
        changed |= add_types(pt);
        solve(pt);
        changed |= add_casts(pt);
        if (!changed)
            changed = add_calls_by_type(pt);
    }
    solve(pt);
}
