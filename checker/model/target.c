#include "model/internal.h"

/* ---- interning ---- */

static uint64_t hash_target(const struct target *t)
{
    return hash_u64(((uint64_t)t->region << 32 | t->offset) ^ hash_u64(t->extent));
}

static void grow_targets(struct points_to *pt)
{
    pt->ntarget_slots = pt->ntarget_slots ? pt->ntarget_slots * 2 : 1024;
    pt->target_slots = arena_new_array(pt->arena, pt->ntarget_slots, uint32_t);
    for (uint32_t i = 0; i < pt->targets.len; i++) {
        uint64_t at = hash_target(&pt->targets.items[i]);
        while (pt->target_slots[at & (pt->ntarget_slots - 1)])
            at++;
        pt->target_slots[at & (pt->ntarget_slots - 1)] = i + 1;
    }
}

target_id target_of(struct points_to *pt, uint32_t region, uint32_t offset, uint64_t extent)
{
    struct target want = {region, offset, extent <= UINT32_MAX ? (uint32_t)extent : 0};
    if (pt->targets.len * 2 >= pt->ntarget_slots)
        grow_targets(pt);
    for (uint64_t at = hash_target(&want);; at++) {
        uint32_t *slot = &pt->target_slots[at & (pt->ntarget_slots - 1)];
        if (!*slot) {
            vec_push(pt->arena, &pt->targets, want);
            *slot = (uint32_t)pt->targets.len;
            return *slot - 1;
        }
        const struct target *t = &pt->targets.items[*slot - 1];
        if (t->region == want.region && t->offset == want.offset && t->extent == want.extent)
            return *slot - 1;
    }
}

target_id target_of_type(struct points_to *pt, type_id type, uint64_t offset, uint64_t extent)
{
    return target_of(pt, pt->layouts.canonical[type], (uint32_t)offset, extent);
}

static uint64_t memory_key(enum memory_kind kind, func_id function, uint32_t index,
                           uint32_t context)
{
    return hash_u64((uint64_t)kind << 32 | context) ^ ((uint64_t)function << 32 | index);
}

static uint32_t memory_get(struct points_to *pt, enum memory_kind kind, func_id function,
                           uint32_t index, uint32_t context)
{
    /* Two different ones with one key are very unlikely. */
    for (uint64_t key = memory_key(kind, function, index, context);; key = hash_u64(key + 1)) {
        uint64_t *slot = map_slot(&pt->memory_ids, pt->arena, key);
        if (!*slot) {
            struct memory memory = {
                .kind = kind, .function = function, .index = index, .context = context};
            if (kind != MEMORY_FUNCTION)
                memory.leaf = leaf_new(&pt->layouts);
            vec_push(pt->arena, &pt->memories, memory);
            return (uint32_t)(*slot = pt->memories.len) - 1;
        }
        const struct memory *m = &pt->memories.items[*slot - 1];
        if (m->kind == kind && m->function == function && m->index == index &&
            m->context == context)
            return (uint32_t)*slot - 1;
    }
}

target_id target_of_memory(struct points_to *pt, enum memory_kind kind, func_id function,
                           uint32_t index, uint32_t context)
{
    uint32_t memory = memory_get(pt, kind, function, index, context);
    return target_of(pt, pt->program->ntypes + memory, 0, 0);
}

target_id target_of_global(struct points_to *pt, uint32_t global, uint64_t offset)
{
    const struct global *g = &pt->program->globals[global];
    if (layout_is_record(&pt->layouts, g->type)) {
        uint64_t at = offset;
        bool exact = layout_member_start(&pt->layouts, g->type, offset, &at);
        uint64_t extent = layout_member_extent(&pt->layouts, g->type, offset);
        return target_of_type(pt, g->type, exact ? at : offset, extent);
    }
    uint32_t memory = memory_get(pt, MEMORY_GLOBAL, 0, global, 0);
    return target_of(pt, pt->program->ntypes + memory, (uint32_t)offset, 0);
}

/* ---- questions ---- */

leaf_id global_leaf(const struct points_to *pt, uint32_t global)
{
    for (uint64_t key = memory_key(MEMORY_GLOBAL, 0, global, 0);; key = hash_u64(key + 1)) {
        const uint64_t *slot = map_get(&pt->memory_ids, key);
        if (!slot)
            return ID_NONE;
        const struct memory *m = &pt->memories.items[*slot - 1];
        if (m->kind == MEMORY_GLOBAL && m->index == global)
            return m->leaf;
    }
}

struct memory *target_memory(const struct points_to *pt, target_id target)
{
    uint32_t region = pt->targets.items[target].region;
    if (region < pt->program->ntypes)
        return NULL;
    return &pt->memories.items[region - pt->program->ntypes];
}

func_id target_function(const struct points_to *pt, target_id target)
{
    const struct memory *memory = target_memory(pt, target);
    return memory && memory->kind == MEMORY_FUNCTION ? memory->index : ID_NONE;
}

bool memory_type_at(const struct points_to *pt, const struct memory_type *type, uint32_t offset,
                    uint64_t *ret_offset)
{
    uint64_t size = layout_size(&pt->layouts, type->type);
    if (offset < type->base)
        return false;
    uint64_t inside = offset - type->base;
    if (inside >= size && !type->repeats && !type->is_anywhere)
        return false;
    *ret_offset = size && !type->is_anywhere ? inside % size : 0;
    return true;
}

/* Leaves of [offset, offset + size) in one of a memory's records; size 0: all behind offset. */
static void touch_record(const struct points_to *pt, const struct memory_type *type,
                         uint32_t offset, uint64_t size, struct leaf_list *list)
{
    uint64_t inside = 0;
    if (size && offset + size <= type->base)
        return;
    if (offset < type->base) { /* begins in front of it */
        size = size ? offset + size - type->base : 0;
    } else if (!memory_type_at(pt, type, offset, &inside)) {
        return;
    }
    if ((!size && type->repeats) || type->is_anywhere)
        inside = size = 0;
    layout_touch(&pt->layouts, type->type, inside, size, list);
}

void target_touch(const struct points_to *pt, target_id target, uint64_t size,
                  struct leaf_list *list)
{
    struct target t = pt->targets.items[target];
    uint64_t bytes = t.extent == EXTENT_REST ? 0 : size ? size : t.extent;
    const struct memory *memory = target_memory(pt, target);
    if (!memory) {
        layout_touch(&pt->layouts, t.region, t.offset, bytes, list);
        return;
    }
    if (memory->kind != MEMORY_FUNCTION)
        memory_touch(pt, t.region - pt->program->ntypes, t.offset, bytes, list);
}

void memory_touch(const struct points_to *pt, uint32_t memory, uint64_t offset, uint64_t size,
                  struct leaf_list *list)
{
    const struct memory *m = &pt->memories.items[memory];
    vec_push(list->arena, &list->items, m->leaf);
    for (size_t i = 0; i < m->types.len; i++)
        touch_record(pt, &m->types.items[i], (uint32_t)offset, size, list);
}

/* ---- types of targets ---- */

bool target_fits(const struct points_to *pt, target_id target, type_id type)
{
    struct target t = pt->targets.items[target];
    const struct memory *memory = target_memory(pt, target);
    if (!memory)
        return layout_contains(&pt->layouts, t.region, t.offset, type) ||
               (t.offset == 0 && layout_contains(&pt->layouts, type, 0, t.region));
    for (size_t i = 0; i < memory->types.len; i++) {
        const struct memory_type *own = &memory->types.items[i];
        uint64_t inside = 0;
        if (!memory_type_at(pt, own, t.offset, &inside) && t.extent != EXTENT_REST)
            continue;
        if (layout_contains(&pt->layouts, own->type, inside, type) ||
            (inside == 0 && layout_contains(&pt->layouts, type, 0, own->type)))
            return true;
    }
    return false;
}

bool node_fits(const struct points_to *pt, node_id base, type_id type)
{
    for (uint32_t i = 0; i < pt->nodes.items[base].len; i++)
        if (target_fits(pt, pt->nodes.items[base].items[i], type))
            return true;
    return false;
}

/* ---- pointer arithmetic ---- */

/* The records around an inner one: CONTAINING_RECORD leads to where they start. `before` is how far
 * the address lies before the start of `inner`. */
static bool add_containers(struct points_to *pt, type_id inner, int64_t before, unsigned depth,
                           node_id node)
{
    bool found = false;
    uint32_t at = pt->layouts.nested_in[inner];
    while (at && depth < 6) {
        struct nesting nesting = pt->layouts.nestings.items[at - 1];
        int64_t position = (int64_t)nesting.offset - before;
        if (position == 0) {
            uint64_t size = layout_size(&pt->layouts, nesting.outer);
            node_add(pt, node, target_of_type(pt, nesting.outer, 0, size));
            found = true;
        } else if (position < 0) {
            found |= add_containers(pt, nesting.outer, -position, depth + 1, node);
        }
        at = nesting.next;
    }
    return found;
}

/* An index is taken to be positive: code that walks backwards starts at a constant offset. */
static void shift_in_memory(struct points_to *pt, struct target t, int64_t offset, uint64_t scale,
                            node_id node)
{
    /* Few offsets are kept apart: loops that walk a buffer end at "somewhere behind". */
    enum { FARTHEST = 1 << 16, APART = 16 };
    int64_t at = (int64_t)t.offset + offset;
    bool many = offset != 0 && pt->nodes.items[node].len > APART;
    uint32_t extent = scale || many || t.extent == EXTENT_REST ? EXTENT_REST : 0;
    if (at < 0 || (many && offset < 0)) {
        at = 0;
        extent = EXTENT_REST;
    } else if (at > FARTHEST || (extent && at > (int64_t)t.offset && !scale)) {
        at = t.offset;
        extent = EXTENT_REST;
    }
    node_add(pt, node, target_of(pt, t.region, (uint32_t)at, extent));
}

/* Back by a constant is from a member to the record around it, or from one array element to
 * another. What does neither comes from a list whose links are members of other records, too. */
static void shift_back(struct points_to *pt, struct target t, int64_t offset, node_id node)
{
    int64_t at = (int64_t)t.offset + offset;
    uint64_t size = layout_size(&pt->layouts, t.region);
    uint64_t element = layout_element_size(&pt->layouts, t.region, t.offset);
    if (element && (uint64_t)-offset % element == 0)
        node_add(pt, node, target_of(pt, t.region, t.offset, t.extent));
    if (at < 0)
        add_containers(pt, t.region, -at, 0, node);
    else if (layout_record_starts(&pt->layouts, t.region, (uint64_t)at))
        node_add(pt, node, target_of(pt, t.region, (uint32_t)at, size - (uint64_t)at));
}

static void shift_in_type(struct points_to *pt, struct target t, int64_t offset, node_id node)
{
    int64_t size = (int64_t)layout_size(&pt->layouts, t.region);
    if (size == 0 || offset % size == 0) { /* another element of an array of these */
        node_add(pt, node, target_of(pt, t.region, t.offset, t.extent));
        return;
    }
    if (offset < 0) {
        shift_back(pt, t, offset, node);
        return;
    }
    int64_t at = ((int64_t)t.offset + offset) % size;
    uint64_t start = 0;
    if (!layout_member_start(&pt->layouts, t.region, (uint64_t)at, &start)) {
        node_add(pt, node, target_of(pt, t.region, 0, EXTENT_REST));
        return;
    }
    /* It ends where it ended before, so that a loop over an array leads to no new targets. */
    bool inside = t.extent && offset < (int64_t)t.extent;
    uint64_t end = inside ? (uint64_t)t.offset + t.extent : (uint64_t)size;
    node_add(pt, node, target_of(pt, t.region, (uint32_t)start, end - start));
}

/* Whether steps of `scale` bytes from there are steps from one array element to the next: of the
 * member pointed at, or of an array that it is an element of. */
static bool stays_in_array(const struct points_to *pt, const struct target *t, uint64_t scale)
{
    uint64_t size = layout_size(&pt->layouts, t->region);
    if (size && scale % size == 0)
        return true;
    if (t->extent && scale >= t->extent)
        return true;
    const struct layout *layout = &pt->layouts.of[t->region];
    for (uint32_t i = 0; i < layout->nspans; i++) {
        const struct span *span = &layout->spans[i];
        if (span->start == t->offset && (scale % span->element == 0 || span->stride == scale))
            return t->extent <= span->size || span->stride == scale;
    }
    return false;
}

void target_shift(struct points_to *pt, target_id target, int64_t offset, uint64_t scale,
                  node_id node)
{
    struct target t = pt->targets.items[target];
    const struct memory *memory = target_memory(pt, target);
    if (memory && memory->kind == MEMORY_FUNCTION)
        return;
    if (memory) {
        shift_in_memory(pt, t, offset, scale, node);
        return;
    }
    if (t.extent == EXTENT_REST) {
        node_add(pt, node, offset < 0 ? target_of(pt, t.region, 0, EXTENT_REST) : target);
        return;
    }
    if (scale && !stays_in_array(pt, &t, scale)) {
        node_add(pt, node, target_of(pt, t.region, offset < 0 ? 0 : t.offset, EXTENT_REST));
        return;
    }
    shift_in_type(pt, t, offset, node);
}
