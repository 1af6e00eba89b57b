/* Memory as a log: what was written, newest last. A read looks for the newest entry that can be about its
 * bytes. Entries about a known object are linked with each other, and those about none. */
#include "replay/internal.h"

enum { MOST_CHOICES = 8 }; /* stores that a read may have met, before it is any value */

/* ---- objects -------------------------------------------------------------------------------- */

uint32_t object_make(struct replay *r, enum object_kind kind, uint32_t index)
{
    struct object o = {.kind = kind, .index = index,
                       .base = smt_var(&r->smt, r->program->pointer_bits)};
    vec_push(r->arena, &r->objects, o);
    uint32_t id = (uint32_t)r->objects.len - 1;
    map_set(&r->object_of, r->arena, o.base, id);
    return id;
}

static smt_term address_of(struct replay *r, struct map *known, enum object_kind kind,
                           uint32_t index)
{
    uint64_t *slot = map_slot(known, r->arena, index);
    if (!*slot)
        *slot = object_make(r, kind, index);
    return r->objects.items[*slot].base;
}

smt_term global_address(struct replay *r, uint32_t global)
{
    return address_of(r, &r->globals, OBJECT_GLOBAL, global);
}

smt_term function_address(struct replay *r, func_id function)
{
    return address_of(r, &r->functions, OBJECT_FUNCTION, function);
}

static uint32_t object_of(const struct replay *r, smt_term base)
{
    const uint64_t *known = map_get(&r->object_of, base);
    return known ? (uint32_t)*known : 0;
}

func_id function_at(struct replay *r, smt_term address)
{
    const struct object *o = &r->objects.items[object_of(r, address)];
    return address && o->base == address && o->kind == OBJECT_FUNCTION ? o->index : ID_NONE;
}

void mark_outside(struct replay *r, smt_term variable)
{
    map_set(&r->outside, r->arena, variable, 1);
}

/* ---- addresses ------------------------------------------------------------------------------ */

static int64_t as_offset(const struct replay *r, uint64_t value)
{
    unsigned up = 64 - r->program->pointer_bits;
    return (int64_t)(value << up) >> up;
}

/* Takes constants off a sum; of what is left one part may be an object's base. */
static void take_apart(struct replay *r, smt_term address, struct area *area)
{
    const struct smt_node n = *smt_get(&r->smt, address);
    uint64_t k;
    area->object = object_of(r, address);
    area->root = address;
    if (n.op != SMT_ADD || area->object)
        return;
    if (smt_is_const(&r->smt, n.b, &k)) {
        take_apart(r, n.a, area);
        area->offset += as_offset(r, k);
        return;
    }
    for (int swap = 0; swap < 2; swap++) {
        struct area part = {0};
        smt_term other = swap ? n.a : n.b;
        take_apart(r, swap ? n.b : n.a, &part);
        if (!part.object)
            continue;
        *area = part;
        area->index = part.index ? smt_binary(&r->smt, SMT_ADD, part.index, other) : other;
        return;
    }
}

struct area area_at(struct replay *r, smt_term address, uint64_t size)
{
    struct area area = {0};
    take_apart(r, address, &area);
    area.size = size;
    area.address = address;
    return area;
}

void bound_address(struct replay *r, smt_term address)
{
    enum { FIRST_PAGES = 0x10000 };
    struct area area = area_at(r, address, 1);
    struct object *o = &r->objects.items[area.object];
    unsigned width = r->program->pointer_bits;
    uint64_t last = (UINT64_MAX >> (64 - width)) - 0xffffff;
    if (!area.object || o->bounded)
        return;
    o->bounded = true;
    smt_term low = smt_const(&r->smt, width, FIRST_PAGES), high = smt_const(&r->smt, width, last);
    smt_term base = o->base;
    smt_assert(&r->smt, smt_not(&r->smt, smt_compare(&r->smt, SMT_ULT, base, low)), ID_NONE);
    smt_assert(&r->smt, smt_compare(&r->smt, SMT_ULT, base, high), ID_NONE);
}

/* ---- two areas ------------------------------------------------------------------------------ */

enum overlap { APART, COVERED, PARTLY, UNCERTAIN };

static bool sets_meet(const struct class_set *a, const struct class_set *b)
{
    uint32_t i = 0, k = 0;
    if (!a->len || !b->len)
        return true; /* nothing is known about one of them */
    while (i < a->len && k < b->len) {
        if (a->items[i] == b->items[k])
            return true;
        if (a->items[i] < b->items[k])
            i++;
        else
            k++;
    }
    return false;
}

static bool is_outside(const struct replay *r, const struct area *area)
{
    return !area->object && map_get(&r->outside, area->root);
}

/* Is the area that is read inside the one that was written? */
static enum overlap overlap(const struct replay *r, const struct area *read,
                            const struct area *written, bool classes_meet)
{
    if (read->root != written->root) {
        bool outside = is_outside(r, read) && is_outside(r, written);
        if ((read->object && written->object) || (!classes_meet && !outside) ||
            (is_outside(r, read) && written->object) || (is_outside(r, written) && read->object))
            return APART;
        return UNCERTAIN;
    }
    if (written->size == 0)
        return written->object ? COVERED : UNCERTAIN;
    if (read->index != written->index)
        return classes_meet ? UNCERTAIN : APART;
    int64_t end = read->offset + (int64_t)read->size;
    int64_t written_end = written->offset + (int64_t)written->size;
    if (end <= written->offset || written_end <= read->offset)
        return APART;
    return read->offset >= written->offset && end <= written_end ? COVERED : PARTLY;
}

/* ---- reading -------------------------------------------------------------------------------- */

static smt_term look(struct replay *r, const struct area *area, const struct class_set *reads,
                     uint32_t before, unsigned choices);

static smt_term from_bytes(struct replay *r, const struct area *area,
                           const struct class_set *reads, uint32_t before, unsigned choices)
{
    smt_term all = 0;
    for (uint64_t i = 0; i < area->size; i++) {
        struct area one = *area;
        one.offset += (int64_t)i;
        one.size = 1;
        one.address = smt_binary(&r->smt, SMT_ADD, area->address,
                                 smt_const(&r->smt, smt_width(&r->smt, area->address), i));
        smt_term byte = look(r, &one, reads, before, choices);
        if (!byte)
            return 0;
        all = all ? smt_concat(&r->smt, byte, all) : byte;
    }
    return all;
}

static smt_term repeat(struct replay *r, smt_term byte, uint64_t size)
{
    smt_term all = byte;
    for (uint64_t i = 1; i < size; i++)
        all = smt_concat(&r->smt, byte, all);
    return all;
}

/* What an entry says about an area inside its own; 0: nothing. */
static smt_term from_entry(struct replay *r, const struct area *area, uint32_t index,
                           unsigned choices)
{
    const struct entry e = r->log.items[index];
    unsigned within = (unsigned)(area->offset - e.area.offset);
    struct area source = e.source;
    switch (e.kind) {
    case ENTRY_STORE:
        return smt_extract(&r->smt, e.value, within * 8, (unsigned)area->size * 8);
    case ENTRY_FILL:
        return repeat(r, e.value, area->size);
    case ENTRY_COPY:
        source.offset += within;
        source.size = area->size;
        source.address = smt_binary(&r->smt, SMT_ADD, source.address,
                                    smt_const(&r->smt, smt_width(&r->smt, source.address), within));
        return look(r, &source, &e.reads, index, choices);
    case ENTRY_FORGET:
    case ENTRY_HAVOC:
        return 0;
    }
    BUG_ON(true);
}

/* The store may have been to what is read: that depends on the addresses. */
static smt_term from_uncertain(struct replay *r, const struct area *area,
                               const struct class_set *reads, uint32_t index, unsigned choices)
{
    const struct entry e = r->log.items[index];
    struct smt *smt = &r->smt;
    unsigned width = r->program->pointer_bits;
    if (e.kind != ENTRY_STORE || e.area.size != area->size || choices >= MOST_CHOICES)
        return 0;
    smt_term otherwise = look(r, area, reads, index, choices + 1);
    if (!otherwise)
        return 0;
    smt_term ahead = smt_binary(smt, SMT_SUB, area->address, e.area.address);
    smt_term behind = smt_binary(smt, SMT_SUB, e.area.address, area->address);
    smt_term size = smt_const(smt, width, area->size);
    smt_term partly = smt_binary(smt, SMT_OR, smt_compare(smt, SMT_ULT, ahead, size),
                                 smt_compare(smt, SMT_ULT, behind, size));
    smt_term other = smt_ite(smt, partly, any(r, (unsigned)area->size * 8), otherwise);
    bound_address(r, area->address);
    bound_address(r, e.area.address);
    return smt_ite(smt, equal(r, area->address, e.area.address), e.value, other);
}

static bool same_area(const struct area *a, const struct area *b)
{
    return a->root == b->root && a->index == b->index && a->offset == b->offset &&
           a->size == b->size;
}

static smt_term initializer(struct replay *r, const struct area *area, const struct global *g)
{
    for (uint32_t i = 0; i < g->ninits; i++) {
        const struct init *init = &g->inits[i];
        uint64_t from = (uint64_t)area->offset, to = from + area->size;
        if (to <= init->offset || init->offset + init->size <= from)
            continue;
        if (from < init->offset || to > init->offset + init->size || init->size > 8)
            return 0; /* several, or of unknown contents */
        smt_term value = operand_value(r, NULL, &init->value);
        value = value ? to_width(r, value, init->size * 8) : 0;
        return value ? smt_extract(&r->smt, value, (unsigned)(from - init->offset) * 8,
                                   (unsigned)area->size * 8)
                     : 0;
    }
    return smt_const(&r->smt, (unsigned)area->size * 8, 0);
}

/* What was there from the start: the same each time. */
static smt_term first_contents(struct replay *r, const struct area *area)
{
    const struct object *o = &r->objects.items[area->object];
    unsigned width = (unsigned)area->size * 8;
    smt_term value = 0;
    if (area->object && o->kind == OBJECT_MADE && o->zeroed)
        return smt_const(&r->smt, width, 0);
    if (area->object && o->kind == OBJECT_GLOBAL && r->program->globals[o->index].defined) {
        const struct global *g = &r->program->globals[o->index];
        if (!area->index && area->offset >= 0)
            value = initializer(r, area, g);
        if (value || (!area->index && area->size > 1))
            return value; /* or byte by byte */
    }
    uint64_t key = hash_u64(hash_u64((uint64_t)area->root << 32 | area->index) ^
                            (hash_u64((uint64_t)area->offset) + area->size));
    for (;; key++) {
        uint64_t *slot = map_slot(&r->first_of, r->arena, key);
        if (!*slot) {
            value = any(r, width);
            if (is_outside(r, area)) /* what is outside leads outside */
                mark_outside(r, value);
            vec_push(r->arena, &r->first, (struct entry){.area = *area, .value = value});
            *slot = r->first.len;
        }
        const struct entry *known = &r->first.items[*slot - 1];
        if (same_area(&known->area, area))
            return known->value;
    }
}

/* The newest entry before `index` that may be about the object, or any if there is none. */
static uint32_t older(const struct replay *r, uint32_t object, uint32_t *own, uint32_t *wild,
                      uint32_t before)
{
    if (!object)
        return before ? before - 1 : 0;
    while (*own >= before)
        *own = r->log.items[*own].previous;
    while (*wild >= before)
        *wild = r->log.items[*wild].previous;
    return *own > *wild ? *own : *wild;
}

static bool has_class(const uint64_t *bits, const struct class_set *set)
{
    for (uint32_t i = 0; i < set->len; i++)
        if (bits[set->items[i] / 64] >> (set->items[i] % 64) & 1)
            return true;
    return set->len == 0;
}

/* The contents of the area before entry `before`; 0: they may be anything. */
static smt_term look(struct replay *r, const struct area *area, const struct class_set *reads,
                     uint32_t before, unsigned choices)
{
    uint32_t own = r->objects.items[area->object].last, wild = r->last_wild;
    if (area->object && r->objects.items[area->object].device)
        return 0;
    for (uint32_t i = older(r, area->object, &own, &wild, before); i;
         i = older(r, area->object, &own, &wild, i)) {
        const struct entry *e = &r->log.items[i];
        if (e->kind == ENTRY_HAVOC) {
            if (has_class(e->classes, reads))
                return 0;
            continue;
        }
        switch (overlap(r, area, &e->area, sets_meet(&e->writes, reads))) {
        case APART:
            continue;
        case COVERED:
            return from_entry(r, area, i, choices);
        case PARTLY:
            return from_bytes(r, area, reads, before, choices);
        case UNCERTAIN:
            return from_uncertain(r, area, reads, i, choices);
        }
    }
    smt_term first = first_contents(r, area);
    return first ? first : from_bytes(r, area, reads, before, choices);
}

static void add_entry(struct replay *r, struct entry e)
{
    uint32_t *last = e.kind != ENTRY_HAVOC && e.area.object ? &r->objects.items[e.area.object].last
                                                            : &r->last_wild;
    e.previous = *last;
    vec_push(r->arena, &r->log, e);
    *last = (uint32_t)r->log.len - 1;
}

smt_term memory_load(struct replay *r, const struct area *area, const struct class_set *reads)
{
    smt_term value = look(r, area, reads, (uint32_t)r->log.len, 0);
    if (value && smt_get(&r->smt, value)->depth <= MOST_DEPTH)
        return value;
    value = any(r, (unsigned)area->size * 8);
    if (!area->object || !r->objects.items[area->object].device) /* the next read finds the same */
        add_entry(r, (struct entry){.kind = ENTRY_STORE, .area = *area, .value = value,
                                    .writes = *reads});
    return value;
}

/* ---- writing -------------------------------------------------------------------------------- */

void memory_store(struct replay *r, const struct area *area, const struct class_set *writes,
                  smt_term value)
{
    add_entry(r, (struct entry){.kind = ENTRY_STORE, .area = *area, .value = value,
                                .writes = *writes});
}

void memory_fill(struct replay *r, const struct area *area, const struct class_set *writes,
                 smt_term byte)
{
    add_entry(r, (struct entry){.kind = ENTRY_FILL, .area = *area, .value = byte,
                                .writes = *writes});
}

void memory_copy(struct replay *r, const struct area *to, const struct class_set *writes,
                 const struct area *from, const struct class_set *reads)
{
    add_entry(r, (struct entry){.kind = ENTRY_COPY, .area = *to, .source = *from,
                                .reads = *reads, .writes = *writes});
}

void memory_forget(struct replay *r, const struct area *area, const struct class_set *writes)
{
    add_entry(r, (struct entry){.kind = ENTRY_FORGET, .area = *area, .writes = *writes});
}

void memory_havoc(struct replay *r, const uint64_t *classes)
{
    add_entry(r, (struct entry){.kind = ENTRY_HAVOC, .classes = classes});
}

void memory_havoc_set(struct replay *r, const struct class_set *classes)
{
    uint64_t *bits = arena_new_array(r->arena, r->words, uint64_t);
    for (uint32_t i = 0; i < classes->len; i++)
        bits[classes->items[i] / 64] |= UINT64_C(1) << (classes->items[i] % 64);
    memory_havoc(r, bits);
}

uint64_t memory_stored_size(const struct replay *r, const struct area *area)
{
    uint32_t own = r->objects.items[area->object].last, wild = r->last_wild;
    for (uint32_t i = older(r, area->object, &own, &wild, (uint32_t)r->log.len); i;
         i = older(r, area->object, &own, &wild, i)) {
        const struct entry *e = &r->log.items[i];
        if (e->kind == ENTRY_STORE && e->area.root == area->root &&
            e->area.index == area->index && e->area.offset == area->offset)
            return e->area.size;
    }
    return 0;
}
