/* Debug info through LLVM-C: places, names, and which struct is meant. Nodes are generic tuples
 * there; internal.h numbers the operands that we read. */
#include "program/internal.h"
#include "base/path.h"
#include <string.h>

/* DWARF tags (DWARF 5, table 7.3). */
enum {
    TAG_array = 0x01,
    TAG_class = 0x02,
    TAG_member = 0x0d,
    TAG_pointer = 0x0f,
    TAG_reference = 0x10,
    TAG_structure = 0x13,
    TAG_typedef = 0x16,
    TAG_union = 0x17,
    TAG_inheritance = 0x1c,
    TAG_const = 0x26,
    TAG_volatile = 0x35,
    TAG_restrict = 0x37,
    TAG_rvalue_reference = 0x42,
    TAG_atomic = 0x47,
};

/* Qualifiers and typedefs nest; nobody writes more of them than this. */
enum { MAX_STRIP = 64 };

static uint64_t key_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

static bool is_derived(LLVMMetadataRef node)
{
    return node && LLVMGetMetadataKind(node) == LLVMDIDerivedTypeMetadataKind;
}

static bool is_composite(LLVMMetadataRef node)
{
    return node && LLVMGetMetadataKind(node) == LLVMDICompositeTypeMetadataKind;
}

/* LLVM-C wraps a node in a value to get at its operands, and each operand again; that costs more
 * than anything else here, so nothing is asked for that is not needed. */
static LLVMValueRef operand_value(struct module *m, LLVMMetadataRef node, unsigned index)
{
    LLVMValueRef value = LLVMMetadataAsValue(m->context, node);
    return index < LLVMGetMDNodeNumOperands(value) ? LLVMGetOperand(value, index) : NULL;
}

LLVMMetadataRef debug_operand(struct module *m, LLVMMetadataRef node, unsigned index)
{
    LLVMValueRef value = operand_value(m, node, index);
    return value ? LLVMValueAsMetadata(value) : NULL;
}

const char *debug_string(struct module *m, LLVMMetadataRef node, unsigned index)
{
    LLVMValueRef value = operand_value(m, node, index);
    if (!value || !LLVMIsAMDString(value))
        return NULL;
    unsigned length;
    const char *text = LLVMGetMDString(value, &length);
    return length ? intern_n(m->builder->names, text, length) : NULL;
}

static const char *type_name(struct module *m, LLVMMetadataRef type)
{
    size_t length;
    const char *name = LLVMDITypeGetName(type, &length);
    return length ? intern_n(m->builder->names, name, length) : NULL;
}

static unsigned list_length(struct module *m, LLVMMetadataRef list)
{
    return list ? LLVMGetMDNodeNumOperands(LLVMMetadataAsValue(m->context, list)) : 0;
}

/* -- places -- */

/* The interned path of a DIFile. */
static const char *file_path(struct module *m, LLVMMetadataRef file)
{
    struct builder *b = m->builder;
    uint64_t *known = map_get(&m->debug.files, key_of(file));
    if (known)
        return (const char *)(uintptr_t)*known;
    unsigned dir_length, name_length;
    const char *dir = LLVMDIFileGetDirectory(file, &dir_length);
    const char *name = LLVMDIFileGetFilename(file, &name_length);
    char *joined = path_join(&b->scratch, arena_strndup(&b->scratch, dir ? dir : "", dir_length),
                             arena_strndup(&b->scratch, name ? name : "", name_length));
    const char *path = intern(b->names, path_normalize(&b->scratch, joined));
    map_set(&m->debug.files, &b->scratch, key_of(file), (uint64_t)(uintptr_t)path);
    return path;
}

static bool below(const char *path, const char *root)
{
    size_t length = root ? strlen(root) : 0;
    return length && !strncmp(path, root, length) && path[length] == '/';
}

/* The one loc of that place. Lines and columns beyond what the key holds are unknown. A compiled
 * model names its files as they were called where it was compiled, which may be elsewhere. */
static loc_id loc_intern(struct module *m, const char *file, uint32_t line, uint32_t column)
{
    struct builder *b = m->builder;
    if (line >= 1u << 24)
        return 0;
    if (column >= 1u << 16)
        column = 0;
    uint64_t *number = map_slot(&b->file_ids, &b->scratch, key_of(file));
    if (!*number)
        *number = b->file_ids.len;
    uint64_t key = *number << 40 | (uint64_t)line << 16 | column;
    uint64_t *id = map_slot(&b->loc_ids, &b->scratch, key);
    if (!*id) {
        *id = b->locs.len;
        vec_push(b->arena, &b->locs,
                 (struct loc){.file = file,
                              .line = line,
                              .column = column,
                              .in_model = m->from_model || below(file, b->pack_root)});
    }
    return (loc_id)*id;
}

loc_id debug_loc_at(struct module *m, LLVMMetadataRef file, uint32_t line, uint32_t column)
{
    return file && line ? loc_intern(m, file_path(m, file), line, column) : 0;
}

loc_id debug_loc(struct module *m, LLVMValueRef instruction)
{
    LLVMMetadataRef place = LLVMInstructionGetDebugLoc(instruction);
    if (!place)
        return 0;
    uint64_t *known = map_get(&m->debug.locs, key_of(place));
    if (known)
        return (loc_id)*known;
    LLVMMetadataRef scope = LLVMDILocationGetScope(place);
    loc_id id = debug_loc_at(m, scope ? LLVMDIScopeGetFile(scope) : NULL,
                             LLVMDILocationGetLine(place), LLVMDILocationGetColumn(place));
    map_set(&m->debug.locs, &m->builder->scratch, key_of(place), id);
    return id;
}

/* -- types -- */

static bool is_record(LLVMMetadataRef node)
{
    if (!is_composite(node))
        return false;
    unsigned tag = LLVMGetDINodeTag(node);
    return tag == TAG_structure || tag == TAG_union || tag == TAG_class;
}

/* A typedef directly for a nameless record gives it its name; the first one seen. */
static void note_typedef(struct module *m, LLVMMetadataRef alias, LLVMMetadataRef base)
{
    if (!is_record(base) || type_name(m, base))
        return;
    uint64_t *slot = map_slot(&m->debug.typedefs, &m->builder->scratch, key_of(base));
    if (!*slot)
        *slot = key_of(type_name(m, alias));
}

LLVMMetadataRef debug_strip(struct module *m, LLVMMetadataRef type)
{
    for (int i = 0; i < MAX_STRIP && is_derived(type); i++) {
        unsigned tag = LLVMGetDINodeTag(type);
        if (tag != TAG_typedef && tag != TAG_const && tag != TAG_volatile && tag != TAG_restrict &&
            tag != TAG_atomic)
            return type;
        LLVMMetadataRef base = debug_operand(m, type, DI_TYPE_BASE);
        if (tag == TAG_typedef)
            note_typedef(m, type, base);
        type = base;
    }
    return type;
}

LLVMMetadataRef debug_pointee(struct module *m, LLVMMetadataRef type)
{
    type = debug_strip(m, type);
    if (!is_derived(type))
        return NULL;
    unsigned tag = LLVMGetDINodeTag(type);
    if (tag != TAG_pointer && tag != TAG_reference && tag != TAG_rvalue_reference)
        return NULL;
    return debug_strip(m, debug_operand(m, type, DI_TYPE_BASE));
}

static bool is_array(LLVMMetadataRef type)
{
    return is_composite(type) && LLVMGetDINodeTag(type) == TAG_array;
}

/* The count of a subrange; 0 if it is not a positive number known now. */
static uint64_t subrange_count(struct module *m, LLVMMetadataRef range)
{
    if (LLVMGetMetadataKind(range) != LLVMDISubrangeMetadataKind)
        return 0;
    LLVMValueRef value = operand_value(m, range, 0);
    if (!value || !LLVMIsAConstantInt(value))
        return 0;
    long long count = LLVMConstIntGetSExtValue(value);
    return count > 0 ? (uint64_t)count : 0;
}

uint32_t debug_dimensions(struct module *m, LLVMMetadataRef array, uint64_t *lengths, uint32_t cap)
{
    LLVMMetadataRef elements = debug_operand(m, array, DI_TYPE_ELEMENTS);
    unsigned count = list_length(m, elements);
    for (unsigned i = 0; i < count && i < cap; i++)
        lengths[i] = subrange_count(m, debug_operand(m, elements, i));
    return count;
}

LLVMMetadataRef debug_element(struct module *m, LLVMMetadataRef type)
{
    uint64_t lengths[1];
    if (!is_array(type) || debug_dimensions(m, type, lengths, 1) != 1)
        return NULL;
    return debug_strip(m, debug_operand(m, type, DI_TYPE_BASE));
}

uint64_t debug_array(struct module *m, LLVMMetadataRef type, LLVMMetadataRef *ret_element)
{
    uint64_t count = 1;
    for (type = debug_strip(m, type); is_array(type);
         type = debug_strip(m, debug_operand(m, type, DI_TYPE_BASE))) {
        uint64_t lengths[8];
        uint32_t dims = debug_dimensions(m, type, lengths, ARRAY_LEN(lengths));
        if (dims > ARRAY_LEN(lengths) || !dims)
            count = 0;
        for (uint32_t i = 0; i < dims && i < ARRAY_LEN(lengths); i++)
            count = count > UINT32_MAX ? 0 : count * lengths[i];
    }
    *ret_element = type;
    return count;
}

/* -- records -- */

void record_set_name(struct module *m, struct record *record, const char *name)
{
    record->name = name;
    record->stem = name ? intern_n(m->builder->names, name, strcspn(name, "<")) : NULL;
}

static struct record *add_record(struct module *m, LLVMMetadataRef node)
{
    struct debug *d = &m->debug;
    struct record *record = arena_new(&m->builder->scratch, struct record);
    *record = (struct record){
        .node = node,
        .size = LLVMDITypeGetSizeInBits(node) / 8,
        .is_union = LLVMGetDINodeTag(node) == TAG_union,
        .complete = !(LLVMDITypeGetFlags(node) & LLVMDIFlagFwdDecl),
    };
    const char *name = type_name(m, node);
    uint64_t *alias = name ? NULL : map_get(&d->typedefs, key_of(node));
    record_set_name(m, record, alias ? (const char *)(uintptr_t)*alias : name);
    record->place = debug_loc_at(m, LLVMDIScopeGetFile(node), LLVMDITypeGetLine(node), 0);
    vec_push(&m->builder->scratch, &d->records, record);
    map_set(&d->record_of, &m->builder->scratch, key_of(node), key_of(record));
    return record;
}

struct record *debug_record(struct module *m, LLVMMetadataRef type)
{
    if (!is_record(type))
        return NULL;
    uint64_t *known = map_get(&m->debug.record_of, key_of(type));
    return known ? (struct record *)(uintptr_t)*known : add_record(m, type);
}

struct node_list {
    LLVMMetadataRef *items;
    size_t len, cap;
};

static void push_node(struct module *m, struct node_list *work, LLVMMetadataRef node)
{
    if (!node)
        return;
    LLVMMetadataKind kind = LLVMGetMetadataKind(node);
    if (kind != LLVMDIDerivedTypeMetadataKind && kind != LLVMDICompositeTypeMetadataKind &&
        kind != LLVMDISubroutineTypeMetadataKind)
        return;
    uint64_t *seen = map_slot(&m->debug.visited, &m->builder->scratch, key_of(node));
    if (!*seen)
        vec_push(&m->builder->scratch, work, node);
    *seen = 1;
}

static void push_list(struct module *m, struct node_list *work, LLVMMetadataRef list)
{
    unsigned count = list_length(m, list);
    for (unsigned i = 0; i < count; i++)
        push_node(m, work, debug_operand(m, list, i));
}

/* Visits every type that can be reached from the nodes in `work`. */
static void walk_types(struct module *m, struct node_list *work)
{
    while (work->len) {
        LLVMMetadataRef node = work->items[--work->len];
        LLVMMetadataRef base;
        switch (LLVMGetMetadataKind(node)) {
        case LLVMDIDerivedTypeMetadataKind:
            base = debug_operand(m, node, DI_TYPE_BASE);
            if (LLVMGetDINodeTag(node) == TAG_typedef)
                note_typedef(m, node, base);
            push_node(m, work, base);
            break;
        case LLVMDICompositeTypeMetadataKind:
            if (is_record(node)) {
                debug_record(m, node);
                push_list(m, work, debug_operand(m, node, DI_TYPE_ELEMENTS));
            } else {
                push_node(m, work, debug_operand(m, node, DI_TYPE_BASE));
            }
            break;
        case LLVMDISubroutineTypeMetadataKind:
            push_list(m, work, debug_operand(m, node, DI_SUBROUTINE_TYPES));
            break;
        default:
            break;
        }
    }
}

/* The types of all variables that calls of `function` (llvm.dbg.*) describe. */
static void push_locals(struct module *m, struct node_list *work, LLVMValueRef function)
{
    if (!function)
        return;
    for (LLVMUseRef use = LLVMGetFirstUse(function); use; use = LLVMGetNextUse(use)) {
        LLVMMetadataRef variable = LLVMValueAsMetadata(LLVMGetOperand(LLVMGetUser(use), 1));
        push_node(m, work, debug_operand(m, variable, DI_VARIABLE_TYPE));
    }
}

static void push_functions(struct module *m, struct node_list *work)
{
    for (LLVMValueRef f = LLVMGetFirstFunction(m->llvm); f; f = LLVMGetNextFunction(f)) {
        LLVMMetadataRef program = LLVMGetSubprogram(f);
        if (program)
            push_node(m, work, debug_operand(m, program, DI_SUBPROGRAM_TYPE));
    }
}

LLVMMetadataRef debug_global(struct module *m, LLVMValueRef global)
{
    uint64_t *known = map_get(&m->debug.global_types, key_of(global));
    if (known)
        return (LLVMMetadataRef)(uintptr_t)*known;
    size_t count;
    LLVMMetadataRef found = NULL;
    LLVMValueMetadataEntry *entries = LLVMGlobalCopyAllMetadata(global, &count);
    for (unsigned i = 0; i < count && !found; i++) {
        LLVMMetadataRef node = LLVMValueMetadataEntriesGetMetadata(entries, i);
        if (LLVMGetMetadataKind(node) == LLVMDIGlobalVariableExpressionMetadataKind)
            found = LLVMDIGlobalVariableExpressionGetVariable(node);
    }
    LLVMDisposeValueMetadataEntries(entries);
    map_set(&m->debug.global_types, &m->builder->scratch, key_of(global),
            (uint64_t)(uintptr_t)found);
    return found;
}

static void push_globals(struct module *m, struct node_list *work)
{
    for (LLVMValueRef g = LLVMGetFirstGlobal(m->llvm); g; g = LLVMGetNextGlobal(g)) {
        LLVMMetadataRef variable = debug_global(m, g);
        if (variable)
            push_node(m, work, debug_operand(m, variable, DI_VARIABLE_TYPE));
    }
}

/* Types that the source mentions in casts only. */
static void push_retained(struct module *m, struct node_list *work)
{
    unsigned count = LLVMGetNamedMetadataNumOperands(m->llvm, "llvm.dbg.cu");
    LLVMValueRef *units = arena_new_array(&m->builder->scratch, count + 1, LLVMValueRef);
    LLVMGetNamedMetadataOperands(m->llvm, "llvm.dbg.cu", units);
    for (unsigned i = 0; i < count; i++)
        push_list(m, work, debug_operand(m, LLVMValueAsMetadata(units[i]), DI_UNIT_RETAINED_TYPES));
}

/* Makes records findable by name. Last to first, so that chains of equal names are in order. */
static void index_records(struct module *m)
{
    struct debug *d = &m->debug;
    for (size_t i = d->records.len; i-- > 0;) {
        struct record *record = d->records.items[i];
        uint64_t *alias = map_get(&d->typedefs, key_of(record->node));
        if (!record->name && alias)
            record_set_name(m, record, (const char *)(uintptr_t)*alias);
        if (!record->name || !record->complete)
            continue;
        uint64_t *first = map_slot(&d->by_name, &m->builder->scratch, key_of(record->stem));
        record->next = (struct record *)(uintptr_t)*first;
        *first = key_of(record);
    }
}

void debug_find_records(struct module *m)
{
    if (m->debug.walked)
        return;
    m->debug.walked = true;
    struct node_list work = {0};
    push_functions(m, &work);
    push_globals(m, &work);
    push_retained(m, &work);
    push_locals(m, &work, m->debug.declare_fn);
    push_locals(m, &work, m->debug.value_fn);
    walk_types(m, &work);
    index_records(m);
}

void debug_open(struct module *m)
{
    m->debug.value_fn = LLVMGetNamedFunction(m->llvm, "llvm.dbg.value");
    m->debug.declare_fn = LLVMGetNamedFunction(m->llvm, "llvm.dbg.declare");
}

/* Storage of a bit-field: where its unit starts, and the size of its declared type. */
static void place_bitfield(struct module *m, LLVMMetadataRef node, struct member *member)
{
    uint64_t bit = LLVMDITypeGetOffsetInBits(node);
    LLVMMetadataRef base = debug_strip(m, member->type);
    uint64_t unit = base ? LLVMDITypeGetSizeInBits(base) : 8;
    LLVMValueRef extra = operand_value(m, node, DI_MEMBER_EXTRA);
    uint64_t start = extra && LLVMIsAConstantInt(extra) ? LLVMConstIntGetZExtValue(extra)
                     : unit                             ? bit / unit * unit
                                                        : bit;
    member->is_bitfield = true;
    member->offset = start / 8;
    member->size = unit / 8;
}

/* One element of a record's list; false for member functions, static members, nested types. */
static bool read_member(struct module *m, LLVMMetadataRef node, struct member *member)
{
    if (!is_derived(node))
        return false;
    unsigned tag = LLVMGetDINodeTag(node);
    LLVMDIFlags flags = LLVMDITypeGetFlags(node);
    if ((tag != TAG_member && tag != TAG_inheritance) || flags & LLVMDIFlagStaticMember)
        return false;
    member->name = type_name(m, node);
    member->type = debug_operand(m, node, DI_TYPE_BASE);
    member->offset = LLVMDITypeGetOffsetInBits(node) / 8;
    member->size = LLVMDITypeGetSizeInBits(node) / 8;
    if (tag == TAG_inheritance && member->type) {
        member->name = type_name(m, member->type);
        member->size = LLVMDITypeGetSizeInBits(member->type) / 8;
    }
    if (!member->name)
        member->name = intern(m->builder->names, "");
    if (flags & LLVMDIFlagBitField)
        place_bitfield(m, node, member);
    return true;
}

void record_members(struct module *m, struct record *record)
{
    if (record->has_members)
        return;
    record->has_members = true;
    LLVMMetadataRef list = debug_operand(m, record->node, DI_TYPE_ELEMENTS);
    unsigned count = list_length(m, list);
    record->members = arena_new_array(&m->builder->scratch, count + 1, struct member);
    for (unsigned i = 0; i < count; i++) {
        LLVMMetadataRef node = debug_operand(m, list, i);
        if (node && read_member(m, node, &record->members[record->nmembers]))
            record->nmembers++;
    }
}

/* -- names of functions -- */

/* "A::B::" for the namespaces and classes around `scope`; "" for files. */
static const char *scope_prefix(struct module *m, LLVMMetadataRef scope, int depth)
{
    if (!scope || depth > 16)
        return "";
    LLVMMetadataKind kind = LLVMGetMetadataKind(scope);
    unsigned name_index;
    if (kind == LLVMDICompositeTypeMetadataKind)
        name_index = DI_TYPE_NAME;
    else if (kind == LLVMDINamespaceMetadataKind)
        name_index = 2;
    else
        return "";
    const char *name = debug_string(m, scope, name_index);
    const char *outer = scope_prefix(m, debug_operand(m, scope, 1), depth + 1);
    return arena_printf(&m->builder->scratch, "%s%s::", outer, name ? name : "(anonymous)");
}

/* "__finally in Foo" for the functions that clang makes of SEH blocks: ?fin$0@0@Foo@@. */
static const char *seh_name(struct module *m, const char *name)
{
    const char *what = !strncmp(name, "?fin$", 5)    ? "__finally"
                       : !strncmp(name, "?filt$", 6) ? "__except filter"
                                                     : NULL;
    const char *at = what ? strstr(name, "@0@") : NULL;
    if (!at)
        return NULL;
    const char *outer = at + 3;
    outer += *outer == '?'; /* a mangled name */
    int length = (int)strcspn(outer, "@");
    return arena_printf(&m->builder->scratch, "%s in %.*s", what, length, outer);
}

/* "B::f" of "?f@B@@QEAAXXZ"; NULL for operators, templates and whatever is not that simple. */
static const char *demangle(struct module *m, const char *name)
{
    if (name[0] != '?' || name[1] == '?')
        return NULL;
    const char *result = "";
    for (const char *part = name + 1; *part != '@';) {
        size_t length = strcspn(part, "@");
        if (!length || part[length] != '@' || *part == '?' || (*part >= '0' && *part <= '9'))
            return NULL;
        result = arena_printf(&m->builder->scratch, "%.*s%s%s", (int)length, part,
                              *result ? "::" : "", result);
        part += length + 1;
    }
    return *result ? result : NULL;
}

const char *debug_function_name(struct module *m, LLVMValueRef function, const char *name)
{
    LLVMMetadataRef program = LLVMGetSubprogram(function);
    const char *short_name = program ? debug_string(m, program, DI_SUBPROGRAM_NAME) : NULL;
    const char *shown;
    if (short_name)
        shown = arena_printf(&m->builder->scratch, "%s%s",
                             scope_prefix(m, debug_operand(m, program, DI_SUBPROGRAM_SCOPE), 0),
                             short_name);
    else if (!(shown = seh_name(m, name)))
        shown = demangle(m, name);
    return shown ? intern(m->builder->names, shown) : name;
}
