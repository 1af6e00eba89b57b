#include "model/internal.h"

#include <string.h>

enum { LINEAR = 8 }; /* smaller sets are searched one by one */

node_id node_new(struct points_to *pt, uint32_t count)
{
    if (!pt->nodes.len)
        vec_push(pt->arena, &pt->nodes, (struct node){0});
    node_id first = (node_id)pt->nodes.len;
    vec_reserve(pt->arena, &pt->nodes, first + (size_t)count);
    memset(pt->nodes.items + first, 0, count * sizeof(*pt->nodes.items));
    pt->nodes.len += count;
    return first;
}

static uint32_t *find_item(const struct node *node, target_id target)
{
    for (uint64_t at = hash_u64(target);; at++) {
        uint32_t *slot = &node->slots[at & (node->nslots - 1)];
        if (!*slot || *slot == target + 1)
            return slot;
    }
}

bool node_has(const struct points_to *pt, node_id id, target_id target)
{
    const struct node *node = &pt->nodes.items[id];
    if (node->nslots)
        return *find_item(node, target) != 0;
    for (uint32_t i = 0; i < node->len; i++)
        if (node->items[i] == target)
            return true;
    return false;
}

bool node_has_function(const struct points_to *pt, node_id node)
{
    for (uint32_t i = 0; i < pt->nodes.items[node].len; i++)
        if (target_function(pt, pt->nodes.items[node].items[i]) != ID_NONE)
            return true;
    return false;
}

static void rehash(struct points_to *pt, struct node *node)
{
    node->nslots = node->nslots ? node->nslots * 4 : LINEAR * 4;
    node->slots = arena_new_array(pt->arena, node->nslots, uint32_t);
    for (uint32_t i = 0; i < node->len; i++)
        *find_item(node, node->items[i]) = node->items[i] + 1;
}

bool node_add(struct points_to *pt, node_id id, target_id target)
{
    if (!id || node_has(pt, id, target))
        return false;
    struct node *node = &pt->nodes.items[id];
    if (node->len == node->cap) {
        uint32_t cap = node->cap ? node->cap * 2 : 4;
        node->items = arena_grow(pt->arena, node->items, node->cap * sizeof(*node->items),
                                 cap * sizeof(*node->items));
        node->cap = cap;
    }
    node->items[node->len++] = target;
    if (node->nslots ? node->len * 2 > node->nslots : node->len > LINEAR)
        rehash(pt, node);
    else if (node->nslots)
        *find_item(node, target) = target + 1;
    if (!node->queued) {
        node->queued = true;
        vec_push(pt->arena, &pt->queue, id);
    }
    return true;
}

node_id node_of_contents(struct points_to *pt, leaf_id leaf)
{
    leaf = leaf_find(&pt->layouts, leaf);
    if (leaf >= pt->contents.len) {
        size_t old = pt->contents.len;
        vec_reserve(pt->arena, &pt->contents, pt->layouts.parent.len);
        pt->contents.len = pt->contents.cap;
        memset(pt->contents.items + old, 0, (pt->contents.len - old) * sizeof(*pt->contents.items));
    }
    if (!pt->contents.items[leaf])
        pt->contents.items[leaf] = node_new(pt, 1);
    return pt->contents.items[leaf];
}

/* A copy link found while solving; the same one is found often. */
static void copy_once(struct points_to *pt, node_id from, node_id to)
{
    if (!from || !to || from == to)
        return;
    uint64_t *slot = map_slot(&pt->copied, pt->arena, (uint64_t)from << 32 | to);
    if (*slot)
        return;
    *slot = 1;
    link_add(pt, from, (struct link){.kind = LINK_COPY, .other = to});
}

/* ---- memory copies ---- */

/* Pieces of [offset, offset + size) of a record, `shift` bytes behind the start of the copy. */
static void add_type_pieces(struct points_to *pt, type_id type, uint64_t offset, uint64_t size,
                            uint64_t shift, struct pieces *pieces)
{
    const struct layout *layout = &pt->layouts.of[type];
    for (uint32_t i = 0; i < layout->nspans; i++) {
        const struct span *span = &layout->spans[i];
        if (span->end <= offset || (size && span->start >= offset + size))
            continue;
        uint64_t lo = span->start > offset ? span->start - offset : 0;
        struct piece piece = {leaf_find(&pt->layouts, span->leaf), lo + shift,
                              span->end - offset + shift};
        vec_push(pt->arena, &pieces->items, piece);
    }
}

static void add_memory_pieces(struct points_to *pt, const struct memory *memory, uint32_t offset,
                              uint64_t size, struct pieces *pieces)
{
    for (size_t i = 0; i < memory->types.len; i++) {
        const struct memory_type *type = &memory->types.items[i];
        uint64_t inside = 0;
        uint64_t shift = type->base > offset ? type->base - offset : 0;
        bool behind = type->base <= offset && !memory_type_at(pt, type, offset, &inside);
        size_t first = pieces->items.len;
        if (type->is_anywhere)
            add_type_pieces(pt, type->type, 0, 0, 0, pieces);
        else if (!behind && (!size || shift < size))
            add_type_pieces(pt, type->type, inside, size ? size - shift : 0, shift, pieces);
        for (size_t k = first; type->is_anywhere && k < pieces->items.len; k++)
            pieces->items.items[k] = (struct piece){pieces->items.items[k].leaf, 0, UINT64_MAX};
    }
    struct piece all = {memory->leaf, 0, UINT64_MAX};
    vec_push(pt->arena, &pieces->items, all);
}

/* What a copy of `size` bytes (0: not known) at the target consists of. */
static void find_pieces(struct points_to *pt, target_id target, uint64_t size,
                        struct pieces *pieces)
{
    struct target t = pt->targets.items[target];
    const struct memory *memory = target_memory(pt, target);
    bool anywhere = t.extent == EXTENT_REST;
    uint64_t offset = t.offset, copied = size;
    pieces->items.len = 0;
    if (memory && memory->kind == MEMORY_FUNCTION)
        return;
    if (!size || anywhere)
        size = anywhere ? 0 : t.extent;
    else if (t.extent && t.extent < size && offset > 0)
        size = t.extent; /* more than the member: some other record's link, or a flexible array */
    if (memory) {
        add_memory_pieces(pt, memory, t.offset, size, pieces);
    } else {
        uint64_t total = layout_size(&pt->layouts, t.region);
        if (offset + size > total) { /* goes on in the next element of an array */
            offset = 0;
            size = total;
        }
        add_type_pieces(pt, t.region, offset, size, 0, pieces);
    }
    for (size_t i = 0; i < pieces->items.len; i++) {
        struct piece *piece = &pieces->items.items[i];
        if (anywhere)
            *piece = (struct piece){piece->leaf, 0, UINT64_MAX};
        else if (copied && piece->hi > copied && piece->lo < copied)
            piece->hi = copied; /* where pieces end behind the copy tells nothing */
    }
}

/* What lies in the source goes to where it lies in the destination. Each piece with each would be
 * too many: pieces meet by way of nodes for ranges of bytes, one per range and end. What may be
 * source and destination is only copied onto itself, which changes nothing, so pieces of one target
 * must not meet. Targets have numbers, and two different ones differ in a bit: for each bit there are
 * nodes for those that have it and for those that do not, and they lead to the nodes of the others.
 * Once targets are many there is no use in that: what they hold has met in one of the others. */
enum { MOST_BITS = 4, EVERYTHING = 2 * MOST_BITS };

static uint32_t kind_of_target(uint64_t number, uint32_t bit)
{
    return bit < MOST_BITS ? 2 * bit + (uint32_t)(number >> bit & 1) : EVERYTHING;
}

/* Where the bytes lie is of no interest once an end has many ranges. */
static struct copy_range *range_of(struct points_to *pt, struct copy_end *end, uint64_t lo,
                                   uint64_t hi)
{
    enum { MOST_RANGES = 128 };
    if (hi != UINT64_MAX && end->ranges.len >= MOST_RANGES)
        return range_of(pt, end, 0, UINT64_MAX);
    uint64_t key = (lo < UINT32_MAX ? lo : UINT32_MAX) << 32 | (hi < UINT32_MAX ? hi : UINT32_MAX);
    uint64_t *slot = map_slot(&end->range_ids, pt->arena, key);
    if (!*slot) {
        vec_push(pt->arena, &end->ranges, (struct copy_range){.lo = lo, .hi = hi});
        *slot = end->ranges.len;
    }
    return &end->ranges.items[*slot - 1];
}

/* The node for targets of one kind; a new one is linked with those of the other end. */
static node_id range_node(struct points_to *pt, struct copy *copy, int end, uint64_t lo, uint64_t hi,
                          uint32_t kind)
{
    struct copy_range *range = range_of(pt, &copy->ends[end], lo, hi);
    while (range->nodes.len <= kind)
        vec_push(pt->arena, &range->nodes, 0);
    if (range->nodes.items[kind])
        return range->nodes.items[kind];
    node_id node = node_new(pt, 1);
    uint32_t opposite = kind == EVERYTHING ? kind : kind ^ 1;
    range->nodes.items[kind] = node;
    for (size_t i = 0; i < copy->ends[!end].ranges.len; i++) {
        const struct copy_range *other = &copy->ends[!end].ranges.items[i];
        bool meets = other->lo < range->hi && range->lo < other->hi;
        if (!meets || other->nodes.len <= opposite)
            continue;
        node_id met = other->nodes.items[opposite];
        copy_once(pt, end == COPY_FROM ? node : met, end == COPY_FROM ? met : node);
    }
    return node;
}

/* Links the pieces of a target with the nodes for bits of its number from `bit` on. */
static void copy_bits(struct points_to *pt, struct copy *copy, int end, target_id target,
                      uint32_t bit)
{
    uint64_t number = *map_get(&copy->numbers, target) - 1;
    if (bit < copy->nbits)
        find_pieces(pt, target, copy->size, &pt->pieces);
    for (; bit < copy->nbits; bit++) {
        for (size_t i = 0; i < pt->pieces.items.len; i++) {
            struct piece piece = pt->pieces.items.items[i];
            node_id node = range_node(pt, copy, end, piece.lo, piece.hi,
                                      kind_of_target(number, bit));
            node_id contents = node_of_contents(pt, piece.leaf);
            copy_once(pt, end == COPY_FROM ? contents : node, end == COPY_FROM ? node : contents);
        }
    }
}

/* A target of one end; there may be more later. */
static void copy_target(struct points_to *pt, struct copy *copy, int end, target_id target)
{
    uint64_t *number = map_slot(&copy->numbers, pt->arena, target);
    if (!*number)
        *number = copy->numbers.len;
    uint32_t before = copy->nbits;
    while (copy->nbits <= MOST_BITS && copy->numbers.len > UINT64_C(1) << copy->nbits)
        copy->nbits++;
    for (int e = COPY_TO; before < copy->nbits && e <= COPY_FROM; e++)
        for (size_t i = 0; i < copy->ends[e].targets.len; i++)
            copy_bits(pt, copy, e, (target_id)copy->ends[e].targets.entries[i].key, before);
    map_set(&copy->ends[end].targets, pt->arena, target, 1);
    copy_bits(pt, copy, end, target, copy->nbits > MOST_BITS ? MOST_BITS : 0);
}

/* ---- links ---- */

/* Contents of many leaves flow to or from one value. */
static void apply_access(struct points_to *pt, const struct link *link, target_id target)
{
    struct leaf_list *touched = &pt->scratch[0];
    touched->items.len = 0;
    target_touch(pt, target, link->size, touched);
    for (size_t i = 0; i < touched->items.len; i++) {
        node_id contents = node_of_contents(pt, touched->items.items[i]);
        if (link->kind == LINK_LOAD)
            copy_once(pt, contents, link->other);
        else
            copy_once(pt, link->other, contents);
    }
}

static void apply(struct points_to *pt, const struct link *link, target_id target)
{
    switch (link->kind) {
    case LINK_COPY:
        node_add(pt, link->other, target);
        break;
    case LINK_SHIFT:
        target_shift(pt, target, link->offset, link->scale, link->other);
        break;
    case LINK_LOAD:
    case LINK_STORE:
        apply_access(pt, link, target);
        break;
    case LINK_COPY_TO:
    case LINK_COPY_FROM:
        copy_target(pt, &pt->copies.items[link->other],
                    link->kind == LINK_COPY_TO ? COPY_TO : COPY_FROM, target);
        break;
    case LINK_CALL: {
        func_id callee = target_function(pt, target);
        struct indirect call = pt->indirects.items[link->other];
        uint64_t *bound = callee == ID_NONE ? NULL
                                            : map_slot(&pt->bound, pt->arena,
                                                       (uint64_t)link->other << 32 | callee);
        if (bound && !*bound) {
            *bound = 1;
            call_bind(pt, call.instance, call.instr, callee);
        }
        break;
    }
    }
}

void link_add(struct points_to *pt, node_id id, struct link link)
{
    if (!id)
        return;
    link.next = pt->nodes.items[id].links;
    vec_push(pt->arena, &pt->links, link);
    pt->nodes.items[id].links = (uint32_t)pt->links.len;
    for (uint32_t i = 0; i < pt->nodes.items[id].done; i++)
        apply(pt, &link, pt->nodes.items[id].items[i]);
}

/* Sends what arrived since the last time through all links. The set may grow meanwhile. */
static void propagate(struct points_to *pt, node_id id)
{
    pt->nodes.items[id].queued = false;
    uint32_t from = pt->nodes.items[id].done;
    uint32_t to = pt->nodes.items[id].len;
    pt->nodes.items[id].done = to;
    for (uint32_t at = pt->nodes.items[id].links; at; at = pt->links.items[at - 1].next) {
        struct link link = pt->links.items[at - 1];
        for (uint32_t i = from; i < to; i++)
            apply(pt, &link, pt->nodes.items[id].items[i]);
    }
}

void access_again(struct points_to *pt, node_id id, target_id target)
{
    for (uint32_t at = pt->nodes.items[id].links; at; at = pt->links.items[at - 1].next) {
        struct link link = pt->links.items[at - 1];
        if (link.kind == LINK_LOAD || link.kind == LINK_STORE || link.kind == LINK_COPY_TO ||
            link.kind == LINK_COPY_FROM)
            apply(pt, &link, target);
    }
}

void solve(struct points_to *pt)
{
    for (;;) {
        while (pt->generated < pt->instances.len)
            constraints_add(pt, (uint32_t)pt->generated++);
        if (!pt->queue.len)
            return;
        propagate(pt, pt->queue.items[--pt->queue.len]);
    }
}
