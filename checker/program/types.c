/* The program's types. A record of debug info becomes one type per program: equal layout and equal
 * name, or equal layout and place for nameless ones, is the same type whatever file it came from.
 * LLVM's struct types, which instructions mention, are matched to records by name, by what the
 * pointer is known to point at, or by being the only one that fits. */
#include "program/internal.h"
#include "base/path.h"
#include <ctype.h>
#include <string.h>

static uint64_t key_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

/* -- one type per meaning -- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    return hash_u64(hash * UINT64_C(0x9e3779b97f4a7c15) + value);
}

static uint64_t layout_hash(const struct type *type)
{
    uint64_t hash = mix(mix(type->size, type->is_union), type->nfields);
    hash = mix(mix(hash, type->array_count), type->element);
    for (uint32_t i = 0; i < type->nfields; i++) {
        const struct field *field = &type->fields[i];
        hash = mix(mix(mix(hash, key_of(field->name)), field->offset), field->size);
        hash = mix(mix(hash, field->type), field->count);
    }
    return hash;
}

static bool same_layout(const struct type *a, const struct type *b)
{
    if (a->size != b->size || a->is_union != b->is_union || a->nfields != b->nfields ||
        a->array_count != b->array_count || a->element != b->element)
        return false;
    for (uint32_t i = 0; i < a->nfields; i++) {
        const struct field *x = &a->fields[i], *y = &b->fields[i];
        if (x->name != y->name || x->offset != y->offset || x->size != y->size ||
            x->type != y->type || x->count != y->count)
            return false;
    }
    return true;
}

static bool same_identity(const struct builder *b, type_id id, const struct type *type,
                          struct type_identity place)
{
    const struct type_identity *known = &b->identities.items[id];
    const struct type *old = &b->types.items[id];
    if (!same_layout(old, type))
        return false;
    if (old->array_count || (old->name && old->name == type->name))
        return true;
    return place.file && place.file == known->file && place.line == known->line &&
           (!old->name || !type->name);
}

/* A name that became known later: another file has the typedef. */
static void set_name(struct builder *b, type_id id, const char *name)
{
    if (b->types.items[id].name || !name)
        return;
    b->types.items[id].name = name;
    b->types.items[id].display = name;
}

static type_id intern_type(struct builder *b, struct type type, loc_id defined_at)
{
    const struct loc *loc = &b->locs.items[defined_at];
    struct type_identity place = {.line = loc->line};
    place.file = loc->file ? intern(b->names, path_base(loc->file)) : NULL;
    uint64_t *slot = map_slot(&b->type_ids, &b->scratch, layout_hash(&type));
    for (type_id id = (type_id)*slot; id; id = b->identities.items[id].next)
        if (same_identity(b, id, &type, place)) {
            set_name(b, id, type.name);
            return id;
        }
    type_id id = (type_id)b->types.len;
    vec_push(b->arena, &b->types, type);
    place.next = (type_id)*slot;
    vec_push(&b->scratch, &b->identities, place);
    *slot = id;
    return id;
}

static type_id array_type(struct builder *b, uint64_t count, type_id element, uint64_t element_size)
{
    if (!count || !element_size || count > UINT64_MAX / element_size)
        return 0;
    const char *name =
        element ? b->types.items[element].display
                : arena_printf(&b->scratch, "i%llu", (unsigned long long)element_size * 8);
    const char *shown = arena_printf(&b->scratch, "%s[%llu]", name, (unsigned long long)count);
    return intern_type(b,
                       (struct type){.display = intern(b->names, shown),
                                     .size = count * element_size,
                                     .array_count = count,
                                     .element = element},
                       0);
}

/* -- from debug info -- */

static void fill_field(struct module *m, const struct member *member, struct field *field)
{
    LLVMMetadataRef element;
    field->name = member->name;
    field->offset = member->offset;
    field->size = member->size;
    field->count = debug_array(m, member->type, &element);
    field->type = member->is_bitfield ? 0 : type_of_debug(m, element);
}

/* Adds a bit-field to the field of its storage unit. */
static void join_bitfield(struct builder *b, struct field *field, const struct member *member)
{
    if (member->size > field->size)
        field->size = member->size;
    field->name = intern(b->names, arena_printf(&b->scratch, "%s|%s", field->name, member->name));
}

static void fill_fields(struct module *m, struct record *record, struct type *type)
{
    struct builder *b = m->builder;
    type->fields = arena_new_array(b->arena, record->nmembers ? record->nmembers : 1, struct field);
    const struct member *before = NULL;
    for (uint32_t i = 0; i < record->nmembers; i++) {
        const struct member *member = &record->members[i];
        if (member->is_bitfield && !*member->name)
            continue; /* padding */
        if (member->is_bitfield && before && before->is_bitfield && !type->is_union &&
            before->offset == member->offset)
            join_bitfield(b, &type->fields[type->nfields - 1], member);
        else
            fill_field(m, member, &type->fields[type->nfields++]);
        before = member;
    }
}

/* "_ADAPTER.Lock" for a nameless record, from the record around it and the member of this type;
 * "_ADAPTER.(25)" if the member has no name either; "(file.h:25)" if there is nothing around it. */
static const char *nameless_display(struct module *m, const struct record *record)
{
    struct builder *b = m->builder;
    const struct loc *place = &b->locs.items[record->place];
    LLVMMetadataRef scope = debug_operand(m, record->node, DI_TYPE_SCOPE);
    struct record *around = debug_record(m, scope);
    if (around) {
        record_members(m, around);
        const char *name = around->name ? around->name : nameless_display(m, around);
        for (uint32_t i = 0; i < around->nmembers; i++) {
            LLVMMetadataRef element;
            debug_array(m, around->members[i].type, &element);
            if (element == record->node && *around->members[i].name)
                return intern(b->names,
                              arena_printf(&b->scratch, "%s.%s", name, around->members[i].name));
        }
        return intern(b->names, arena_printf(&b->scratch, "%s.(%u)", name, (unsigned)place->line));
    }
    if (!place->file)
        return intern(b->names, "(nameless)");
    return intern(b->names, arena_printf(&b->scratch, "(%s:%u)", path_base(place->file),
                                         (unsigned)place->line));
}

static type_id type_of_record(struct module *m, struct record *record)
{
    if (record->type || !record->complete)
        return record->type;
    record_members(m, record);
    struct type type = {.name = record->name, .size = record->size, .is_union = record->is_union};
    fill_fields(m, record, &type);
    type.display = record->name ? record->name : nameless_display(m, record);
    record->type = intern_type(m->builder, type, record->place);
    return record->type;
}

static type_id type_of_debug_array(struct module *m, LLVMMetadataRef array)
{
    uint64_t *slot = map_slot(&m->debug.types, &m->builder->scratch, key_of(array));
    if (*slot)
        return (type_id)(*slot - 1);
    uint64_t lengths[8];
    uint32_t dims = debug_dimensions(m, array, lengths, ARRAY_LEN(lengths));
    LLVMMetadataRef base = debug_strip(m, debug_operand(m, array, DI_TYPE_BASE));
    type_id element = type_of_debug(m, base);
    uint64_t size = element ? m->builder->types.items[element].size
                    : base  ? LLVMDITypeGetSizeInBits(base) / 8
                            : 0;
    bool known = dims && dims <= ARRAY_LEN(lengths);
    for (uint32_t i = dims; known && i-- > 0;) {
        element = array_type(m->builder, lengths[i], element, size);
        size *= lengths[i];
        known = element != 0;
    }
    type_id id = known ? element : 0;
    map_set(&m->debug.types, &m->builder->scratch, key_of(array), (uint64_t)id + 1);
    return id;
}

type_id type_of_debug(struct module *m, LLVMMetadataRef type)
{
    type = debug_strip(m, type);
    if (!type || LLVMGetMetadataKind(type) != LLVMDICompositeTypeMetadataKind)
        return 0;
    struct record *record = debug_record(m, type);
    if (record)
        return type_of_record(m, record);
    LLVMMetadataRef element;
    debug_array(m, type, &element);
    return element == type ? 0 : type_of_debug_array(m, type); /* not for enumerations */
}

/* -- from LLVM -- */

/* "_ADAPTER" of "struct._ADAPTER.5"; NULL for nameless ones. */
static const char *source_name(struct module *m, LLVMTypeRef type)
{
    const char *name = LLVMGetStructName(type);
    const char *dot = name ? strchr(name, '.') : NULL;
    if (!dot)
        return NULL;
    const char *start = dot + 1;
    for (const char *colon; (colon = strstr(start, "::"));)
        start = colon + 2;
    size_t length = strlen(start);
    const char *last = strrchr(start, '.');
    if (last && last[1] && last[1 + strspn(last + 1, "0123456789")] == '\0')
        length = (size_t)(last - start);
    if (!length || (length == 4 && !strncmp(start, "anon", 4)) || memchr(start, '(', length))
        return NULL;
    return intern_n(m->builder->names, start, length);
}

/* Whether an element of the LLVM struct starts at that offset. */
static bool has_element_at(const struct module *m, LLVMTypeRef type, uint64_t offset)
{
    unsigned count = LLVMCountStructElementTypes(type);
    if (!count || offset > LLVMABISizeOfType(m->layout, type))
        return false;
    if (offset == LLVMABISizeOfType(m->layout, type)) /* a flexible array at the end */
        return LLVMOffsetOfElement(m->layout, type, count - 1) == offset;
    unsigned index = LLVMElementAtOffset(m->layout, type, offset);
    return LLVMOffsetOfElement(m->layout, type, index) == offset;
}

static bool fits(struct module *m, LLVMTypeRef type, struct record *record)
{
    if (!record->complete || !LLVMTypeIsSized(type) ||
        LLVMABISizeOfType(m->layout, type) != record->size)
        return false;
    const char *name = LLVMGetStructName(type);
    if (name && !strncmp(name, "union.", 6) != record->is_union)
        return false;
    if (record->is_union)
        return true;
    record_members(m, record);
    for (uint32_t i = 0; i < record->nmembers; i++) {
        const struct member *member = &record->members[i];
        if (!member->is_bitfield && member->size && !has_element_at(m, type, member->offset))
            return false;
    }
    return true;
}

/* The hinted record itself, or a member at its start: of a union any of them may be meant. Only if
 * it has the name that LLVM knows (nameless: none), because the hint of a cast pointer misleads. */
static struct record *find_by_hint(struct module *m, LLVMTypeRef type, const char *name,
                                   LLVMMetadataRef hint, int depth)
{
    LLVMMetadataRef element;
    debug_array(m, hint, &element);
    struct record *record = debug_record(m, element);
    if (!record || depth > 8)
        return NULL;
    if ((record->stem == name || !record->name) && !record->bound && fits(m, type, record))
        return record;
    record_members(m, record);
    for (uint32_t i = 0; i < record->nmembers; i++) {
        struct record *found =
            record->members[i].offset
                ? NULL
                : find_by_hint(m, type, name, record->members[i].type, depth + 1);
        if (found)
            return found;
    }
    return NULL;
}

static struct record *find_by_name(struct module *m, LLVMTypeRef type, const char *name)
{
    uint64_t *first = name ? map_get(&m->debug.by_name, key_of(name)) : NULL;
    struct record *any = NULL;
    for (struct record *record = first ? (struct record *)(uintptr_t)*first : NULL; record;
         record = record->next) {
        if (!fits(m, type, record))
            continue;
        if (!record->bound)
            return record;
        any = any ? any : record;
    }
    return any;
}

/* The only nameless record that fits and is not taken yet. In C++ a nameless record has no LLVM
 * name either; in C a typedef of a pointer to it may be all that debug info has. */
static struct record *find_by_layout(struct module *m, LLVMTypeRef type, const char *name)
{
    struct record *found = NULL;
    if (name && m->unit && m->unit->source && m->unit->source->is_cxx)
        return NULL;
    for (size_t i = 0; i < m->debug.records.len; i++) {
        struct record *record = m->debug.records.items[i];
        if (record->name || record->bound || !fits(m, type, record))
            continue;
        if (found)
            return NULL;
        found = record;
    }
    return found;
}

/* The record that an LLVM struct type stands for; NULL if debug info does not tell. */
static struct record *find_record(struct module *m, LLVMTypeRef type, LLVMMetadataRef hint)
{
    if (!LLVMGetStructName(type))
        return NULL; /* no struct of the source */
    const char *name = source_name(m, type);
    struct record *record = find_by_hint(m, type, name, hint, 0);
    if (record)
        return record;
    debug_find_records(m);
    record = find_by_name(m, type, name);
    return record ? record : find_by_layout(m, type, name);
}

/* The struct type at `offset` inside `type`, arrays opened; NULL if there is none. */
static LLVMTypeRef struct_at(const struct module *m, LLVMTypeRef type, uint64_t offset)
{
    if (!has_element_at(m, type, offset))
        return NULL;
    unsigned count = LLVMCountStructElementTypes(type);
    unsigned index = offset < LLVMABISizeOfType(m->layout, type)
                         ? LLVMElementAtOffset(m->layout, type, offset)
                         : count - 1;
    LLVMTypeRef element = LLVMStructGetTypeAtIndex(type, index);
    while (LLVMGetTypeKind(element) == LLVMArrayTypeKind)
        element = LLVMGetElementType(element);
    return LLVMGetTypeKind(element) == LLVMStructTypeKind ? element : NULL;
}

static void bind(struct module *m, LLVMTypeRef type, struct record *record, int depth);

/* Nameless structs inside are told apart by where they are. */
static void bind_members(struct module *m, LLVMTypeRef type, struct record *record, int depth)
{
    record_members(m, record);
    for (uint32_t i = 0; i < record->nmembers; i++) {
        LLVMMetadataRef element;
        debug_array(m, record->members[i].type, &element);
        struct record *inner = debug_record(m, element);
        LLVMTypeRef part = inner ? struct_at(m, type, record->members[i].offset) : NULL;
        if (part && !source_name(m, part) && !map_get(&m->debug.layouts, key_of(part)) &&
            !inner->bound && fits(m, part, inner))
            bind(m, part, inner, depth + 1);
    }
}

static void bind(struct module *m, LLVMTypeRef type, struct record *record, int depth)
{
    struct builder *b = m->builder;
    record->bound = true;
    if (!record->name) {
        record_set_name(m, record, source_name(m, type));
        if (record->type)
            set_name(b, record->type, record->name);
    }
    vec_push(&b->scratch, &m->debug.layouts_made,
             (struct layout){.type = type_of_record(m, record), .record = record});
    map_set(&m->debug.layouts, &b->scratch, key_of(type), m->debug.layouts_made.len);
    if (depth < 32)
        bind_members(m, type, record, depth);
}

/* A named struct that debug info does not describe: fields have offsets only. */
static type_id type_of_elements(struct module *m, LLVMTypeRef llvm, const char *name)
{
    struct builder *b = m->builder;
    if (!name || !LLVMTypeIsSized(llvm))
        return 0;
    const char *tag = LLVMGetStructName(llvm);
    struct type type = {.name = name, .display = name, .is_union = !strncmp(tag, "union.", 6)};
    type.size = LLVMABISizeOfType(m->layout, llvm);
    type.nfields = LLVMCountStructElementTypes(llvm);
    type.fields = arena_new_array(b->arena, type.nfields ? type.nfields : 1, struct field);
    for (uint32_t i = 0; i < type.nfields; i++) {
        struct field *field = &type.fields[i];
        LLVMTypeRef element = LLVMStructGetTypeAtIndex(llvm, i);
        field->name = intern(b->names, "");
        field->offset = LLVMOffsetOfElement(m->layout, llvm, i);
        field->size = LLVMABISizeOfType(m->layout, element);
        field->count = 1;
        for (; LLVMGetTypeKind(element) == LLVMArrayTypeKind; element = LLVMGetElementType(element))
            field->count *= LLVMGetArrayLength2(element);
        if (LLVMGetTypeKind(element) == LLVMStructTypeKind)
            field->type = layout_of(m, element, NULL)->type;
    }
    return intern_type(b, type, 0);
}

const struct layout *layout_of(struct module *m, LLVMTypeRef type, LLVMMetadataRef hint)
{
    struct debug *d = &m->debug;
    uint64_t *known = map_get(&d->layouts, key_of(type));
    if (known)
        return &d->layouts_made.items[*known - 1];
    struct record *record = find_record(m, type, hint);
    if (record) {
        bind(m, type, record, 0);
    } else {
        struct layout made = {.type = type_of_elements(m, type, source_name(m, type))};
        vec_push(&m->builder->scratch, &d->layouts_made, made);
        map_set(&d->layouts, &m->builder->scratch, key_of(type), d->layouts_made.len);
    }
    return &d->layouts_made.items[*map_get(&d->layouts, key_of(type)) - 1];
}

type_id type_of_llvm(struct module *m, LLVMTypeRef type, LLVMMetadataRef hint)
{
    switch (LLVMGetTypeKind(type)) {
    case LLVMStructTypeKind:
        return layout_of(m, type, hint)->type;
    case LLVMArrayTypeKind: {
        LLVMTypeRef element = LLVMGetElementType(type);
        type_id id = type_of_llvm(m, element, debug_element(m, hint));
        return array_type(m->builder, LLVMGetArrayLength2(type), id,
                          LLVMABISizeOfType(m->layout, element));
    }
    default:
        return 0;
    }
}

uint32_t type_field_at(const struct type *type, uint64_t offset)
{
    uint32_t inside = ID_NONE;
    for (uint32_t i = 0; i < type->nfields; i++) {
        const struct field *field = &type->fields[i];
        if (field->offset == offset && (field->size || i + 1 == type->nfields))
            return i;
        if (inside == ID_NONE && offset > field->offset && offset - field->offset < field->size)
            inside = i;
    }
    return inside;
}
