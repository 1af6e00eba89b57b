#include "model/internal.h"

#include <stdlib.h>

/* ---- leaves ---- */

leaf_id leaf_new(struct layouts *layouts)
{
    leaf_id leaf = (leaf_id)layouts->parent.len;
    vec_push(layouts->arena, &layouts->parent, leaf);
    return leaf;
}

leaf_id leaf_find(const struct layouts *layouts, leaf_id leaf)
{
    const leaf_id *parent = layouts->parent.items;
    while (parent[leaf] != leaf)
        leaf = parent[leaf];
    return leaf;
}

/* The smaller id stays: names then come from the type that the program has first. */
static void unite(struct layouts *layouts, leaf_id a, leaf_id b)
{
    a = leaf_find(layouts, a);
    b = leaf_find(layouts, b);
    if (a < b)
        layouts->parent.items[b] = a;
    else
        layouts->parent.items[a] = b;
}

/* Later searches take one step and write nothing: queries come from several threads. */
static void flatten_classes(struct layouts *layouts)
{
    for (leaf_id leaf = 0; leaf < layouts->parent.len; leaf++)
        layouts->parent.items[leaf] = leaf_find(layouts, leaf);
}

/* ---- spans ---- */

static const struct type *type_at(const struct layouts *layouts, type_id type)
{
    return &layouts->program->types[type];
}

bool layout_is_record(const struct layouts *layouts, type_id type)
{
    return type && type < layouts->program->ntypes && layouts->of[type].is_record;
}

uint64_t layout_size(const struct layouts *layouts, type_id type)
{
    return type_at(layouts, type)->size;
}

/* The record that an array type, nested ones too, has as elements; the type itself else. */
static type_id element_of(const struct program *program, type_id type)
{
    while (type && program->types[type].array_count)
        type = program->types[type].element;
    return type;
}

static bool touches_period(const struct span *span, uint64_t lo, uint64_t hi)
{
    if (hi <= span->start || lo >= span->end)
        return false;
    if (!span->stride)
        return true;
    if (lo < span->start || hi - lo >= span->stride)
        return true;
    uint64_t inside = (lo - span->start) % span->stride;
    return inside < span->size || inside + (hi - lo) > span->stride;
}

static bool spans_overlap(const struct span *a, const struct span *b)
{
    if (a->stride && a->stride == b->stride) {
        if (a->end <= b->start || b->end <= a->start)
            return false;
        uint64_t stride = a->stride;
        uint64_t a_in_b = (a->start + stride - b->start % stride) % stride;
        uint64_t b_in_a = (b->start + stride - a->start % stride) % stride;
        return a_in_b < b->size || b_in_a < a->size;
    }
    if (!a->stride)
        return touches_period(b, a->start, a->end);
    if (!b->stride)
        return touches_period(a, b->start, b->end);
    return a->start < b->end && b->start < a->end;
}

static int compare_spans(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->leaf < y->leaf ? -1 : x->leaf > y->leaf;
}

/* Unites leaves of two rows whose bytes overlap, but none of records that have a name of their own;
 * `b` may be `a`. */
static void unite_overlaps(struct layouts *layouts, const struct layout *a, const struct layout *b)
{
    for (uint32_t i = 0; i < a->nspans; i++) {
        for (uint32_t k = a == b ? i + 1 : 0; k < b->nspans; k++) {
            const struct span *x = &a->spans[i], *y = &b->spans[k];
            if (y->start >= x->end)
                break;
            if (x->leaf != y->leaf && !x->is_foreign && !y->is_foreign && spans_overlap(x, y))
                unite(layouts, x->leaf, y->leaf);
        }
    }
}

/* ---- rows of leaves ---- */

struct row {
    struct arena *arena;
    VEC(struct span) spans;
};

static void row_add_records(const struct layouts *layouts, struct row *row, type_id record,
                            uint64_t offset, uint64_t count)
{
    const struct layout *inner = &layouts->of[record];
    uint64_t size = layout_size(layouts, record);
    for (uint32_t i = 0; i < inner->nspans; i++) {
        struct span span = inner->spans[i];
        span.is_foreign |= type_at(layouts, record)->name != NULL;
        if (count > 1) {
            /* Arrays in arrays: the inner one counts as one piece. */
            span.size = span.end - span.start;
            span.element = span.stride ? span.size : span.element;
            span.stride = size;
            span.end += (count - 1) * size;
        }
        span.start += offset;
        span.end += offset;
        vec_push(row->arena, &row->spans, span);
    }
}

static void layout_make(struct layouts *layouts, type_id type);

/* A field's record type and how often it is repeated; 0 for scalars and arrays of scalars. */
static type_id field_record(struct layouts *layouts, const struct field *field, uint64_t *ret_count)
{
    const struct program *program = layouts->program;
    type_id record = element_of(program, field->type);
    if (!record)
        return 0;
    layout_make(layouts, record);
    uint64_t size = program->types[record].size;
    *ret_count = size ? field->size / size : 1;
    return layouts->of[record].is_record ? record : 0;
}

static void row_add_field(struct layouts *layouts, struct row *row, type_id type, uint32_t index)
{
    const struct field *field = &type_at(layouts, type)->fields[index];
    uint64_t count = 1;
    type_id record = field_record(layouts, field, &count);
    if (record) {
        row_add_records(layouts, row, record, field->offset, count);
        return;
    }
    uint64_t size = field->size ? field->size : 1; /* a flexible array has some bytes */
    uint64_t element = field->count > 1 && size >= field->count ? size / field->count : size;
    if (!field->size || field->count == 0)
        element = 1;
    vec_push(row->arena, &row->spans,
             (struct span){field->offset, size, field->offset + size, 0, element,
                           layouts->first_leaf[type] + index, false});
}

static void layout_make(struct layouts *layouts, type_id type)
{
    struct layout *layout = &layouts->of[type];
    if (layout->is_done)
        return;
    layout->is_done = true; /* also ends the recursion of a type that (wrongly) contains itself */
    const struct type *t = type_at(layouts, type);
    struct row row = {.arena = layouts->arena};
    if (t->array_count) {
        type_id record = element_of(layouts->program, type);
        if (record)
            layout_make(layouts, record);
        layout->is_record = record && layouts->of[record].is_record;
        uint64_t size = record ? layout_size(layouts, record) : 0;
        if (layout->is_record && size)
            row_add_records(layouts, &row, record, 0, t->size / size);
    } else {
        for (uint32_t i = 0; i < t->nfields; i++)
            row_add_field(layouts, &row, type, i);
        layout->is_record = t->nfields > 0;
    }
    if (row.spans.len)
        qsort(row.spans.items, row.spans.len, sizeof(*row.spans.items), compare_spans);
    layout->spans = row.spans.items;
    layout->nspans = (uint32_t)row.spans.len;
    unite_overlaps(layouts, layout, layout);
}

/* ---- types of the same name ---- */

static bool same_shape(const struct type *a, const struct type *b)
{
    if (a->size != b->size || a->nfields != b->nfields || a->is_union != b->is_union ||
        a->array_count != b->array_count)
        return false;
    for (uint32_t i = 0; i < a->nfields; i++)
        if (a->fields[i].offset != b->fields[i].offset || a->fields[i].size != b->fields[i].size)
            return false;
    return true;
}

/* Translation units may each bring their own copy of a type, also with other fields (an #ifdef):
 * the same name is the same memory. */
static void unite_namesakes(struct layouts *layouts)
{
    struct map first = {0};
    for (type_id t = 1; t < layouts->program->ntypes; t++) {
        const struct type *type = type_at(layouts, t);
        layouts->canonical[t] = t;
        if (!type->name || type->array_count || !type->nfields)
            continue;
        uint64_t *slot = map_slot(&first, layouts->arena, (uint64_t)(uintptr_t)type->name);
        if (!*slot) {
            *slot = t;
            continue;
        }
        type_id other = (type_id)*slot;
        unite_overlaps(layouts, &layouts->of[other], &layouts->of[t]);
        if (same_shape(type_at(layouts, other), type))
            layouts->canonical[t] = other;
    }
}

static void note_nestings(struct layouts *layouts)
{
    for (type_id t = layouts->program->ntypes; t-- > 1;) {
        const struct type *type = type_at(layouts, t);
        for (uint32_t i = type->nfields; i-- > 0;) {
            uint64_t count;
            type_id inner = field_record(layouts, &type->fields[i], &count);
            if (!inner)
                continue;
            struct nesting nesting = {t, type->fields[i].offset, layouts->nested_in[inner]};
            vec_push(layouts->arena, &layouts->nestings, nesting);
            layouts->nested_in[inner] = (uint32_t)layouts->nestings.len;
        }
    }
}

void layouts_init(struct layouts *layouts, struct arena *arena, const struct program *program)
{
    *layouts = (struct layouts){.arena = arena, .program = program};
    layouts->of = arena_new_array(arena, program->ntypes, struct layout);
    layouts->first_leaf = arena_new_array(arena, program->ntypes, leaf_id);
    layouts->canonical = arena_new_array(arena, program->ntypes, type_id);
    layouts->nested_in = arena_new_array(arena, program->ntypes, uint32_t);
    for (type_id t = 1; t < program->ntypes; t++) {
        layouts->first_leaf[t] = layouts->ntype_leaves;
        layouts->ntype_leaves += program->types[t].nfields + 1;
    }
    vec_reserve(arena, &layouts->parent, layouts->ntype_leaves + 64);
    for (leaf_id leaf = 0; leaf < layouts->ntype_leaves; leaf++)
        leaf_new(layouts);
    for (type_id t = 1; t < program->ntypes; t++)
        layout_make(layouts, t);
    unite_namesakes(layouts);
    flatten_classes(layouts);
    note_nestings(layouts);
}

/* ---- questions ---- */

void layout_touch(const struct layouts *layouts, type_id type, uint64_t offset, uint64_t size,
                  struct leaf_list *list)
{
    const struct layout *layout = &layouts->of[type];
    uint64_t total = layout_size(layouts, type);
    if (total && offset >= total)
        offset %= total;
    if (!size)
        size = total > offset ? total - offset : 1;
    uint64_t end = offset + size;
    if (total && end > total && size > 1) { /* goes on in the next element of an array */
        offset = 0;
        end = total;
    }
    bool found = false;
    for (uint32_t i = 0; i < layout->nspans && layout->spans[i].start < end; i++) {
        if (touches_period(&layout->spans[i], offset, end)) {
            vec_push(list->arena, &list->items, leaf_find(layouts, layout->spans[i].leaf));
            found = true;
        }
    }
    if (!found)
        vec_push(list->arena, &list->items,
                 layouts->first_leaf[type] + type_at(layouts, type)->nfields);
}

bool layout_member_start(const struct layouts *layouts, type_id type, uint64_t offset,
                         uint64_t *ret_offset)
{
    const struct layout *layout = &layouts->of[type];
    bool found = false;
    for (uint32_t i = 0; i < layout->nspans; i++) {
        const struct span *span = &layout->spans[i];
        if (offset < span->start || offset >= span->end)
            continue;
        uint64_t inside = offset - span->start;
        if (span->stride)
            inside %= span->stride;
        if (inside >= span->size || inside % span->element)
            continue;
        if (!inside) {
            *ret_offset = span->start;
            return true;
        }
        *ret_offset = span->start; /* an array of scalars is one member; go on for a better one */
        found = true;
    }
    return found;
}

uint64_t layout_element_size(const struct layouts *layouts, type_id type, uint64_t offset)
{
    const struct layout *layout = &layouts->of[type];
    for (uint32_t i = 0; i < layout->nspans; i++)
        if (layout->spans[i].start == offset && layout->spans[i].element < layout->spans[i].size)
            return layout->spans[i].element;
    return 0;
}

bool layout_record_starts(const struct layouts *layouts, type_id type, uint64_t offset)
{
    if (offset == 0)
        return true;
    type_id record = element_of(layouts->program, type);
    uint64_t size = record ? layout_size(layouts, record) : 0;
    const struct type *t = type_at(layouts, record);
    if (!size)
        return false;
    offset %= size;
    for (uint32_t i = 0; i < t->nfields; i++) {
        const struct field *field = &t->fields[i];
        if (offset >= field->offset && offset < field->offset + field->size &&
            layout_is_record(layouts, field->type) &&
            layout_record_starts(layouts, field->type, offset - field->offset))
            return true;
    }
    return offset == 0;
}

uint64_t layout_member_extent(const struct layouts *layouts, type_id type, uint64_t offset)
{
    const struct type *t = type_at(layouts, type);
    if (offset == 0)
        return t->size;
    if (t->array_count) {
        type_id element = t->element;
        if (!layout_is_record(layouts, element) || !layout_size(layouts, element))
            return t->size - offset;
        uint64_t inside = offset % layout_size(layouts, element);
        return inside ? layout_member_extent(layouts, element, inside) : t->size - offset;
    }
    for (uint32_t i = 0; i < t->nfields; i++) {
        const struct field *field = &t->fields[i];
        if (offset < field->offset || offset >= field->offset + field->size)
            continue;
        if (offset == field->offset)
            return field->size;
        type_id record = element_of(layouts->program, field->type);
        if (!layout_is_record(layouts, record) || !layout_size(layouts, record))
            return field->offset + field->size - offset;
        uint64_t inside = (offset - field->offset) % layout_size(layouts, record);
        return inside ? layout_member_extent(layouts, record, inside)
                      : layout_size(layouts, record);
    }
    return t->size > offset ? t->size - offset : 1;
}

bool layout_contains(const struct layouts *layouts, type_id outer, uint64_t offset, type_id inner)
{
    if (layouts->canonical[outer] == layouts->canonical[inner] && offset == 0)
        return true;
    const struct type *t = type_at(layouts, outer);
    if (t->array_count) {
        type_id element = t->element;
        if (!layout_is_record(layouts, element) || !layout_size(layouts, element))
            return false;
        return layout_contains(layouts, element, offset % layout_size(layouts, element), inner);
    }
    for (uint32_t i = 0; i < t->nfields; i++) {
        const struct field *field = &t->fields[i];
        type_id record = element_of(layouts->program, field->type);
        if (!layout_is_record(layouts, record) || offset < field->offset ||
            offset >= field->offset + field->size || record == outer)
            continue;
        uint64_t size = layout_size(layouts, record);
        uint64_t inside = offset - field->offset;
        if (layout_contains(layouts, record, size ? inside % size : inside, inner))
            return true;
    }
    return false;
}

/* ---- names ---- */

const char *layout_type_name(const struct layouts *layouts, type_id type)
{
    const struct type *t = type_at(layouts, type);
    if (t->display || t->name)
        return t->display ? t->display : t->name;
    return arena_printf(layouts->arena, "type %u", (unsigned)type);
}

const char *layout_leaf_name(const struct layouts *layouts, leaf_id leaf)
{
    type_id lo = 1, hi = layouts->program->ntypes;
    while (hi - lo > 1) { /* the last type whose leaves start at or before `leaf` */
        type_id middle = lo + (hi - lo) / 2;
        if (layouts->first_leaf[middle] <= leaf)
            lo = middle;
        else
            hi = middle;
    }
    const struct type *type = type_at(layouts, lo);
    uint32_t field = leaf - layouts->first_leaf[lo];
    const char *name = layout_type_name(layouts, lo);
    if (field >= type->nfields)
        return arena_printf(layouts->arena, "%s.(between)", name);
    const char *member = type->fields[field].name;
    if (member && member[0])
        return arena_printf(layouts->arena, "%s.%s", name, member);
    return arena_printf(layouts->arena, "%s.(%llu)", name,
                        (unsigned long long)type->fields[field].offset);
}
