/* Persistent integer maps: big-endian Patricia trees (Okasaki, Gill, "Fast Mergeable Integer Maps",
 * ML Workshop 1998), hash-consed, so that equal maps are the same node. Stores of different states
 * share what they have in common; comparing and joining costs what differs. */
#include "engine/internal.h"

#include <stdlib.h>
#include <string.h>

enum { LEAF = 255 };

static uint64_t node_hash(const struct pnode *n)
{
    uint64_t h = hash_u64(n->key ^ ((uint64_t)n->bit << 56));
    h = hash_u64(h ^ n->value);
    return hash_u64(h ^ ((uint64_t)n->left << 32 | n->right));
}

static void rehash(struct sim *sim)
{
    uint32_t n = sim->pnode_nslots ? sim->pnode_nslots * 2 : 8192;
    sim->pnode_slots = arena_new_array(&sim->arena, n, uint32_t);
    sim->pnode_nslots = n;
    for (uint32_t id = 1; id < sim->npnodes; id++) {
        uint32_t slot = (uint32_t)node_hash(&sim->pnodes[id]) & (n - 1);
        while (sim->pnode_slots[slot])
            slot = (slot + 1) & (n - 1);
        sim->pnode_slots[slot] = id;
    }
}

static pmap_id make(struct sim *sim, struct pnode n)
{
    if (sim->npnodes == 0)
        sim->npnodes = 1; /* 0 is the empty map */
    if (sim->npnodes * 2 >= sim->pnode_nslots)
        rehash(sim);
    uint32_t slot = (uint32_t)node_hash(&n) & (sim->pnode_nslots - 1);
    for (; sim->pnode_slots[slot]; slot = (slot + 1) & (sim->pnode_nslots - 1)) {
        const struct pnode *o = &sim->pnodes[sim->pnode_slots[slot]];
        /* facts and registers may have the same entry, but it mentions other things */
        if (o->key == n.key && o->bit == n.bit && o->value == n.value && o->left == n.left &&
            o->right == n.right && o->mask == n.mask)
            return sim->pnode_slots[slot];
    }
    if (sim->npnodes >= sim->pnodes_cap) {
        uint32_t cap = sim->pnodes_cap ? sim->pnodes_cap * 2 : 4096;
        sim->pnodes = arena_grow(&sim->arena, sim->pnodes, sim->pnodes_cap * sizeof *sim->pnodes,
                                 cap * sizeof *sim->pnodes);
        sim->pnodes_cap = cap;
    }
    sim->pnodes[sim->npnodes] = n;
    sim->pnode_slots[slot] = sim->npnodes;
    return sim->npnodes++;
}

static pmap_id leaf(struct sim *sim, uint64_t key, uint64_t value, uint64_t mask)
{
    return make(sim, (struct pnode){.key = key, .value = value, .bit = LEAF, .mask = mask});
}

static uint64_t prefix_of(uint64_t key, unsigned bit)
{
    return bit >= 63 ? 0 : key & ~((UINT64_C(1) << (bit + 1)) - 1);
}

static pmap_id branch(struct sim *sim, uint64_t key, unsigned bit, pmap_id left, pmap_id right)
{
    if (!left)
        return right;
    if (!right)
        return left;
    return make(sim, (struct pnode){.key = prefix_of(key, bit), .bit = (uint8_t)bit, .left = left,
                                    .right = right,
                                    .mask = sim->pnodes[left].mask | sim->pnodes[right].mask});
}

const uint64_t *pmap_get(const struct sim *sim, pmap_id map, uint64_t key)
{
    while (map) {
        const struct pnode *n = &sim->pnodes[map];
        if (n->bit == LEAF)
            return n->key == key ? &n->value : NULL;
        if (prefix_of(key, n->bit) != n->key)
            return NULL;
        map = key >> n->bit & 1 ? n->right : n->left;
    }
    return NULL;
}

static const struct pnode *find_leaf(const struct sim *sim, pmap_id map, uint64_t key)
{
    while (map && sim->pnodes[map].bit != LEAF)
        map = key >> sim->pnodes[map].bit & 1 ? sim->pnodes[map].right : sim->pnodes[map].left;
    return map && sim->pnodes[map].key == key ? &sim->pnodes[map] : NULL;
}

pmap_id pmap_take(struct sim *sim, pmap_id to, pmap_id from, uint64_t key)
{
    const struct pnode *n = find_leaf(sim, from, key);
    return n ? pmap_set(sim, to, key, n->value, n->mask) : to;
}

/* Unites two trees with different prefixes. */
static pmap_id link(struct sim *sim, uint64_t key_a, pmap_id a, uint64_t key_b, pmap_id b)
{
    unsigned bit = 63 - (unsigned)__builtin_clzll(key_a ^ key_b);
    return key_a >> bit & 1 ? branch(sim, key_a, bit, b, a) : branch(sim, key_a, bit, a, b);
}

pmap_id pmap_set(struct sim *sim, pmap_id map, uint64_t key, uint64_t value, uint64_t mask)
{
    if (!map)
        return leaf(sim, key, value, mask);
    const struct pnode n = sim->pnodes[map];
    if (n.bit == LEAF) {
        if (n.key == key)
            return n.value == value ? map : leaf(sim, key, value, mask);
        return link(sim, key, leaf(sim, key, value, mask), n.key, map);
    }
    if (prefix_of(key, n.bit) != n.key)
        return link(sim, key, leaf(sim, key, value, mask), n.key, map);
    if (key >> n.bit & 1)
        return branch(sim, key, n.bit, n.left, pmap_set(sim, n.right, key, value, mask));
    return branch(sim, key, n.bit, pmap_set(sim, n.left, key, value, mask), n.right);
}

pmap_id pmap_union(struct sim *sim, pmap_id a, pmap_id b)
{
    if (!a || !b || a == b)
        return a ? a : b;
    const struct pnode x = sim->pnodes[a], y = sim->pnodes[b];
    if (x.bit == LEAF)
        return pmap_set(sim, b, x.key, x.value, x.mask);
    if (y.bit == LEAF)
        return pmap_get(sim, a, y.key) ? a : pmap_set(sim, a, y.key, y.value, y.mask);
    if (x.bit == y.bit && x.key == y.key)
        return branch(sim, x.key, x.bit, pmap_union(sim, x.left, y.left),
                      pmap_union(sim, x.right, y.right));
    if (x.bit > y.bit && prefix_of(y.key, x.bit) == x.key)
        return y.key >> x.bit & 1 ? branch(sim, x.key, x.bit, x.left, pmap_union(sim, x.right, b))
                                  : branch(sim, x.key, x.bit, pmap_union(sim, x.left, b), x.right);
    if (y.bit > x.bit && prefix_of(x.key, y.bit) == y.key)
        return x.key >> y.bit & 1 ? branch(sim, y.key, y.bit, y.left, pmap_union(sim, a, y.right))
                                  : branch(sim, y.key, y.bit, pmap_union(sim, a, y.left), y.right);
    return link(sim, x.key, a, y.key, b);
}

pmap_id pmap_without(struct sim *sim, pmap_id a, pmap_id b)
{
    if (!a || !b)
        return a;
    if (a == b)
        return 0;
    const struct pnode x = sim->pnodes[a], y = sim->pnodes[b];
    if (x.bit == LEAF)
        return pmap_get(sim, b, x.key) ? 0 : a;
    if (y.bit == LEAF)
        return pmap_remove(sim, a, y.key);
    if (x.bit == y.bit && x.key == y.key)
        return branch(sim, x.key, x.bit, pmap_without(sim, x.left, y.left),
                      pmap_without(sim, x.right, y.right));
    if (x.bit > y.bit && prefix_of(y.key, x.bit) == x.key)
        return y.key >> x.bit & 1
                   ? branch(sim, x.key, x.bit, x.left, pmap_without(sim, x.right, b))
                   : branch(sim, x.key, x.bit, pmap_without(sim, x.left, b), x.right);
    if (y.bit > x.bit && prefix_of(x.key, y.bit) == y.key)
        return pmap_without(sim, a, x.key >> y.bit & 1 ? y.right : y.left);
    return a;
}

pmap_id pmap_remove(struct sim *sim, pmap_id map, uint64_t key)
{
    return pmap_remove_range(sim, map, key, key);
}

/* The keys below a node: [first, last]. */
static void span(const struct pnode *n, uint64_t *first, uint64_t *last)
{
    *first = n->key;
    *last = n->key;
    if (n->bit != LEAF)
        *last |= n->bit >= 63 ? UINT64_MAX : (UINT64_C(1) << (n->bit + 1)) - 1;
}

pmap_id pmap_remove_range(struct sim *sim, pmap_id map, uint64_t first, uint64_t last)
{
    if (!map)
        return 0;
    const struct pnode n = sim->pnodes[map];
    uint64_t lo, hi;
    span(&n, &lo, &hi);
    if (hi < first || lo > last)
        return map;
    if (lo >= first && hi <= last)
        return 0;
    pmap_id left = pmap_remove_range(sim, n.left, first, last);
    pmap_id right = pmap_remove_range(sim, n.right, first, last);
    return left == n.left && right == n.right ? map : branch(sim, n.key, n.bit, left, right);
}

void pmap_each(const struct sim *sim, pmap_id map, uint64_t first, uint64_t last,
               pmap_visit_fn *visit, void *context)
{
    if (!map)
        return;
    const struct pnode n = sim->pnodes[map];
    uint64_t lo, hi;
    span(&n, &lo, &hi);
    if (hi < first || lo > last)
        return;
    if (n.bit == LEAF) {
        visit(context, n.key, n.value);
        return;
    }
    pmap_each(sim, n.left, first, last, visit, context);
    pmap_each(sim, n.right, first, last, visit, context);
}

void pmap_each_masked(const struct sim *sim, pmap_id map, uint64_t mask, pmap_visit_fn *visit,
                      void *context)
{
    while (map) {
        const struct pnode n = sim->pnodes[map];
        if (!(n.mask & mask))
            return;
        if (n.bit == LEAF) {
            visit(context, n.key, n.value);
            return;
        }
        pmap_each_masked(sim, n.left, mask, visit, context);
        map = n.right;
    }
}

struct one_side {
    pmap_diff_fn *visit;
    void *context;
    bool is_a;
};

static void visit_side(void *context, uint64_t key, uint64_t value)
{
    const struct one_side *side = context;
    side->visit(side->context, key, side->is_a ? &value : NULL, side->is_a ? NULL : &value);
}

static void diff_leaf(const struct sim *sim, const struct pnode *leaf_node, pmap_id other,
                      bool leaf_is_a, pmap_diff_fn *visit, void *context);

void pmap_diff(const struct sim *sim, pmap_id a, pmap_id b, pmap_diff_fn *visit, void *context)
{
    if (a == b)
        return;
    struct one_side left_only = {visit, context, true}, right_only = {visit, context, false};
    if (!a || !b) {
        pmap_each(sim, a ? a : b, 0, UINT64_MAX, visit_side, a ? &left_only : &right_only);
        return;
    }
    const struct pnode na = sim->pnodes[a], nb = sim->pnodes[b];
    if (na.bit == LEAF) {
        diff_leaf(sim, &na, b, true, visit, context);
        return;
    }
    if (nb.bit == LEAF) {
        diff_leaf(sim, &nb, a, false, visit, context);
        return;
    }
    if (na.bit == nb.bit && na.key == nb.key) {
        pmap_diff(sim, na.left, nb.left, visit, context);
        pmap_diff(sim, na.right, nb.right, visit, context);
    } else if (na.bit > nb.bit && prefix_of(nb.key, na.bit) == na.key) {
        bool right = nb.key >> na.bit & 1;
        pmap_diff(sim, na.left, right ? 0 : b, visit, context);
        pmap_diff(sim, na.right, right ? b : 0, visit, context);
    } else if (nb.bit > na.bit && prefix_of(na.key, nb.bit) == nb.key) {
        bool right = na.key >> nb.bit & 1;
        pmap_diff(sim, right ? 0 : a, nb.left, visit, context);
        pmap_diff(sim, right ? a : 0, nb.right, visit, context);
    } else {
        pmap_each(sim, a, 0, UINT64_MAX, visit_side, &left_only);
        pmap_each(sim, b, 0, UINT64_MAX, visit_side, &right_only);
    }
}

struct leaf_diff {
    pmap_diff_fn *visit;
    void *context;
    uint64_t key, value;
    bool leaf_is_a, found;
};

static void visit_against_leaf(void *context, uint64_t key, uint64_t value)
{
    struct leaf_diff *d = context;
    if (key != d->key) {
        d->visit(d->context, key, d->leaf_is_a ? NULL : &value, d->leaf_is_a ? &value : NULL);
        return;
    }
    d->found = true;
    if (value != d->value)
        d->visit(d->context, key, d->leaf_is_a ? &d->value : &value,
                 d->leaf_is_a ? &value : &d->value);
}

static void diff_leaf(const struct sim *sim, const struct pnode *leaf_node, pmap_id other,
                      bool leaf_is_a, pmap_diff_fn *visit, void *context)
{
    struct leaf_diff d = {visit, context, leaf_node->key, leaf_node->value, leaf_is_a, false};
    pmap_each(sim, other, 0, UINT64_MAX, visit_against_leaf, &d);
    if (!d.found)
        visit(context, d.key, leaf_is_a ? &d.value : NULL, leaf_is_a ? NULL : &d.value);
}

uint64_t pmap_mask(const struct sim *sim, pmap_id map)
{
    return map ? sim->pnodes[map].mask : 0;
}
