/* Lowering of instructions that are neither calls nor control flow. */
#include "program/lower.h"

static uint64_t key_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

/* Segment-relative memory (gs:, fs:, ss:), as __readgsqword uses it, is no memory of the program.
 */
static bool is_segment(LLVMValueRef pointer)
{
    unsigned space = LLVMGetPointerAddressSpace(LLVMTypeOf(pointer));
    return space >= 256 && space <= 258;
}

/* -- arithmetic -- */

static bool binary_op_of(LLVMOpcode opcode, enum binary_op *ret_op)
{
    static const struct {
        LLVMOpcode opcode;
        enum binary_op op;
    } table[] = {
        {LLVMAdd, BIN_ADD},   {LLVMSub, BIN_SUB},   {LLVMMul, BIN_MUL},   {LLVMUDiv, BIN_UDIV},
        {LLVMSDiv, BIN_SDIV}, {LLVMURem, BIN_UREM}, {LLVMSRem, BIN_SREM}, {LLVMShl, BIN_SHL},
        {LLVMLShr, BIN_LSHR}, {LLVMAShr, BIN_ASHR}, {LLVMAnd, BIN_AND},   {LLVMOr, BIN_OR},
        {LLVMXor, BIN_XOR},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (table[i].opcode == opcode) {
            *ret_op = table[i].op;
            return true;
        }
    return false;
}

static struct operand lower_binary(struct lower *l, enum binary_op op, LLVMValueRef value)
{
    if (!value_width(l, value))
        return operand_undef(0);
    struct operand a = use(l, LLVMGetOperand(value, 0));
    return emit_binary(l, op, a, use(l, LLVMGetOperand(value, 1)));
}

static enum compare_op compare_op_of(LLVMIntPredicate predicate)
{
    switch (predicate) {
    case LLVMIntEQ:
        return CMP_EQ;
    case LLVMIntNE:
        return CMP_NE;
    case LLVMIntUGT:
        return CMP_UGT;
    case LLVMIntUGE:
        return CMP_UGE;
    case LLVMIntULT:
        return CMP_ULT;
    case LLVMIntULE:
        return CMP_ULE;
    case LLVMIntSGT:
        return CMP_SGT;
    case LLVMIntSGE:
        return CMP_SGE;
    case LLVMIntSLT:
        return CMP_SLT;
    case LLVMIntSLE:
        return CMP_SLE;
    }
    BUG_ON(true);
    return CMP_EQ;
}

static struct operand lower_compare(struct lower *l, LLVMValueRef value)
{
    if (value_width(l, value) != 1)
        return operand_undef(0); /* of vectors */
    struct operand a = use(l, LLVMGetOperand(value, 0));
    struct operand b = use(l, LLVMGetOperand(value, 1));
    if (!a.width)
        return emit_opaque(l, 1);
    return emit_compare(l, compare_op_of(LLVMGetICmpPredicate(value)), a, b);
}

/* `kind` of equal widths. */
static struct operand emit_cast(struct lower *l, enum cast_op kind, struct operand a)
{
    if (a.kind != OPERAND_INSTR && a.kind != OPERAND_PARAM)
        return a;
    return emit(l, (struct instr){.op = INSTR_CAST, .sub = kind, .width = a.width, .a = a});
}

static struct operand lower_cast(struct lower *l, LLVMOpcode opcode, LLVMValueRef value)
{
    unsigned width = value_width(l, value);
    LLVMValueRef source = LLVMGetOperand(value, 0);
    struct operand a = use(l, source);
    if (!width)
        return operand_undef(0);
    if (!a.width)
        return emit_opaque(l, width);
    switch (opcode) {
    case LLVMSExt:
        return emit_resize(l, a, width, true);
    case LLVMPtrToInt:
        return emit_resize(l, emit_cast(l, CAST_PTRTOINT, a), width, false);
    case LLVMIntToPtr:
        return emit_cast(l, CAST_INTTOPTR, emit_resize(l, a, width, false));
    case LLVMBitCast:
        return emit_cast(l, CAST_SAME, a);
    case LLVMAddrSpaceCast: {
        /* 270: __ptr32 __sptr, sign-extended; 271: __uptr */
        bool is_signed = LLVMGetPointerAddressSpace(LLVMTypeOf(source)) == 270;
        struct operand resized = emit_resize(l, a, width, is_signed);
        return a.width == width ? emit_cast(l, CAST_SAME, a) : resized;
    }
    default: /* trunc, zext */
        return emit_resize(l, a, width, false);
    }
}

/* -- addresses -- */

/* base + index * size. Constant parts gather in *pending. */
static struct operand step_index(struct lower *l, struct operand base, LLVMValueRef index,
                                 uint64_t size, uint64_t count, uint64_t *pending)
{
    if (LLVMIsAConstantInt(index)) {
        *pending += (uint64_t)LLVMConstIntGetSExtValue(index) * size;
        return base;
    }
    struct operand unit = emit_resize(l, use(l, index), base.width, true);
    if (unit.kind == OPERAND_CONST) {
        *pending += unit.value * size;
        return base;
    }
    struct instr instr = {.op = INSTR_PTRADD,
                          .width = base.width,
                          .a = base,
                          .b = unit,
                          .offset = (int64_t)*pending,
                          .scale = size,
                          .count = count,
                          .field = ID_NONE};
    *pending = 0;
    return emit(l, instr);
}

/* The declared type of the member that the field at `offset` stands for. */
static LLVMMetadataRef member_hint(struct lower *l, const struct layout *layout, uint64_t offset)
{
    struct record *record = layout->record;
    if (!record)
        return NULL;
    record_members(l->m, record);
    for (uint32_t i = 0; i < record->nmembers; i++) {
        const struct member *member = &record->members[i];
        if (member->offset == offset && !member->is_bitfield && member->size)
            return debug_strip(l->m, member->type);
    }
    return NULL;
}

static struct operand emit_field(struct lower *l, struct operand base, uint64_t offset,
                                 type_id type, uint32_t field)
{
    return emit(l, (struct instr){.op = INSTR_PTRADD,
                                  .width = base.width,
                                  .a = base,
                                  .offset = (int64_t)offset,
                                  .type = type,
                                  .field = field});
}

struct gep {
    struct operand at;    /* address so far, without `pending` */
    uint64_t pending;     /* constant part that is not in an instruction yet */
    LLVMTypeRef type;     /* LLVM type at the address */
    LLVMMetadataRef hint; /* debug type at the address, or NULL */
};

static void step_field(struct lower *l, struct gep *gep, LLVMValueRef index)
{
    struct layout layout = *layout_of(l->m, gep->type, gep->hint);
    unsigned element = (unsigned)LLVMConstIntGetZExtValue(index);
    uint64_t offset = LLVMOffsetOfElement(l->m->layout, gep->type, element);
    const struct type *type = &l->b->types.items[layout.type];
    uint32_t field = layout.type && !type->is_union ? type_field_at(type, offset) : ID_NONE;
    if (field != ID_NONE && gep->at.kind != OPERAND_CONST) {
        gep->at = emit_offset(l, gep->at, (int64_t)gep->pending);
        gep->at = emit_field(l, gep->at, offset, layout.type, field);
        gep->pending = 0;
    } else {
        gep->pending += offset;
    }
    gep->type = LLVMStructGetTypeAtIndex(gep->type, element);
    gep->hint = member_hint(l, &layout, offset);
}

static bool hint_fits(struct lower *l, LLVMMetadataRef hint, LLVMTypeRef type)
{
    return hint && LLVMDITypeGetSizeInBits(hint) == 8 * size_of(l->m, type);
}

/* A chain of PTRADDs: one per selected field, one per variable index. */
static struct operand lower_gep(struct lower *l, LLVMValueRef value)
{
    struct gep gep = {.at = use(l, LLVMGetOperand(value, 0)),
                      .type = LLVMGetGEPSourceElementType(value),
                      .hint = hint_of(l, LLVMGetOperand(value, 0))};
    if (!value_width(l, value) || !gep.at.width)
        return operand_undef(value_width(l, value));
    int count = LLVMGetNumOperands(value);
    for (int i = 1; i < count; i++) {
        LLVMValueRef index = LLVMGetOperand(value, (unsigned)i);
        if (i == 1) {
            bool moves = !LLVMIsAConstantInt(index) || LLVMConstIntGetZExtValue(index);
            gep.at = step_index(l, gep.at, index, size_of(l->m, gep.type), 0, &gep.pending);
            if (moves && !hint_fits(l, gep.hint, gep.type))
                gep.hint = NULL;
        } else if (LLVMGetTypeKind(gep.type) == LLVMStructTypeKind) {
            step_field(l, &gep, index);
        } else {
            uint64_t length =
                LLVMGetTypeKind(gep.type) == LLVMArrayTypeKind ? LLVMGetArrayLength2(gep.type) : 0;
            gep.type = LLVMGetElementType(gep.type);
            gep.hint = debug_element(l->m, gep.hint);
            gep.at = step_index(l, gep.at, index, size_of(l->m, gep.type), length, &gep.pending);
        }
    }
    set_hint(l, value, gep.hint);
    return emit_offset(l, gep.at, (int64_t)gep.pending);
}

/* How far refine_address() has come. */
struct refinement {
    struct operand at;
    uint64_t offset; /* still to go from `at` */
    type_id type;    /* of the memory at `at` */
};

static void move(struct lower *l, struct refinement *r, uint64_t offset, type_id type)
{
    r->at = emit_offset(l, r->at, (int64_t)offset);
    r->offset -= offset;
    r->type = type;
}

/* Enters the array element that has all of the accessed bytes. */
static bool enter_element(struct lower *l, struct refinement *r, uint64_t element_size,
                          type_id element, uint64_t size)
{
    if (!element || !element_size || r->offset % element_size + size > element_size)
        return false;
    move(l, r, r->offset - r->offset % element_size, element);
    return true;
}

/* Enters the field that has all of the accessed bytes. */
static bool enter_field(struct lower *l, struct refinement *r, uint64_t size)
{
    const struct type *type = &l->b->types.items[r->type];
    uint32_t index = type->is_union ? ID_NONE : type_field_at(type, r->offset);
    if (index == ID_NONE)
        return false;
    struct field field = type->fields[index];
    if (r->offset < field.offset || r->offset + size > field.offset + field.size)
        return false;
    r->at = emit_field(l, r->at, field.offset, r->type, index);
    r->offset -= field.offset;
    r->type = field.type;
    if (field.count == 1)
        return field.type != 0;
    return field.count && enter_element(l, r, field.size / field.count, field.type, size);
}

/* The address of an access with all fields that it selects. clang selects none for bit-fields at
 * the start of a struct, and LLVM folds away the selection of first members of globals. */
static struct operand refine_address(struct lower *l, LLVMValueRef pointer, struct operand address,
                                     uint64_t size)
{
    struct refinement r = {.at = address};
    if (address.kind == OPERAND_GLOBAL) {
        r.type = l->b->globals.items[address.index].type;
        r.offset = address.value;
        r.at.value = 0;
    } else {
        r.type = type_of_debug(l->m, hint_of(l, pointer));
    }
    for (bool more = r.type != 0; more;) {
        const struct type *type = &l->b->types.items[r.type];
        more = type->array_count
                   ? enter_element(l, &r, type->size / type->array_count, type->element, size)
                   : enter_field(l, &r, size);
    }
    return emit_offset(l, r.at, (int64_t)r.offset);
}

/* -- first-class aggregates -- */

static bool is_aggregate(LLVMTypeRef type)
{
    LLVMTypeKind kind = LLVMGetTypeKind(type);
    return kind == LLVMStructTypeKind || kind == LLVMArrayTypeKind;
}

/* A scalar of an aggregate: what it is and where. */
struct leaf {
    LLVMTypeRef type;
    uint64_t offset;
};

/* Appends the scalars of `type`; false if there are too many. */
static bool list_leaves(struct lower *l, LLVMTypeRef type, uint64_t offset, struct leaf *leaves,
                        uint32_t *count)
{
    if (!is_aggregate(type)) {
        if (*count == MAX_LEAVES)
            return false;
        leaves[(*count)++] = (struct leaf){type, offset};
        return true;
    }
    bool is_struct = LLVMGetTypeKind(type) == LLVMStructTypeKind;
    uint64_t n = is_struct ? LLVMCountStructElementTypes(type) : LLVMGetArrayLength2(type);
    for (uint64_t i = 0; i < n; i++) {
        LLVMTypeRef element =
            is_struct ? LLVMStructGetTypeAtIndex(type, (unsigned)i) : LLVMGetElementType(type);
        uint64_t at = is_struct ? LLVMOffsetOfElement(l->m->layout, type, (unsigned)i)
                                : i * size_of(l->m, element);
        if (!list_leaves(l, element, offset + at, leaves, count))
            return false;
    }
    return true;
}

void define_aggregate(struct lower *l, LLVMValueRef value, const struct operand *leaves,
                      uint32_t nleaves)
{
    struct aggregate made = {.nleaves = nleaves};
    made.leaves = arena_new_array(&l->scratch, nleaves + 1, struct operand);
    for (uint32_t i = 0; i < nleaves; i++)
        made.leaves[i] = leaves[i];
    vec_push(&l->scratch, &l->aggregates, made);
    map_set(&l->aggregate_of, &l->scratch, key_of(value), l->aggregates.len);
}

static void constant_leaves(struct lower *l, LLVMValueRef value, struct aggregate *out)
{
    LLVMTypeRef type = LLVMTypeOf(value);
    if (!is_aggregate(type)) {
        out->leaves[out->nleaves++] = use(l, value);
        return;
    }
    unsigned n = LLVMGetTypeKind(type) == LLVMStructTypeKind ? LLVMCountStructElementTypes(type)
                                                             : (unsigned)LLVMGetArrayLength2(type);
    for (unsigned i = 0; i < n; i++)
        constant_leaves(l, LLVMGetAggregateElement(value, i), out);
}

bool aggregate_leaves(struct lower *l, LLVMValueRef value, struct aggregate *ret_aggregate)
{
    uint64_t *known = map_get(&l->aggregate_of, key_of(value));
    if (known) {
        *ret_aggregate = l->aggregates.items[*known - 1];
        return true;
    }
    struct leaf leaves[MAX_LEAVES];
    uint32_t count = 0;
    if (!list_leaves(l, LLVMTypeOf(value), 0, leaves, &count))
        return false;
    struct aggregate made = {.leaves = arena_new_array(&l->scratch, MAX_LEAVES, struct operand)};
    if (LLVMIsConstant(value)) {
        constant_leaves(l, value, &made);
    } else {
        for (; made.nleaves < count; made.nleaves++)
            made.leaves[made.nleaves] = operand_undef(width_of(l->m, leaves[made.nleaves].type));
    }
    *ret_aggregate = made;
    return true;
}

/* The leaves that the indices of an insertvalue or extractvalue select: [*ret_first, + *ret_count).
 */
static bool selected_leaves(struct lower *l, LLVMValueRef value, uint32_t *ret_first,
                            uint32_t *ret_count)
{
    LLVMTypeRef type = LLVMTypeOf(LLVMGetOperand(value, 0));
    const unsigned *indices = LLVMGetIndices(value);
    unsigned depth = LLVMGetNumIndices(value);
    struct leaf leaves[MAX_LEAVES];
    uint32_t first = 0;
    for (unsigned d = 0; d < depth; d++) {
        bool is_struct = LLVMGetTypeKind(type) == LLVMStructTypeKind;
        for (unsigned i = 0; i <= indices[d]; i++) {
            LLVMTypeRef element =
                is_struct ? LLVMStructGetTypeAtIndex(type, i) : LLVMGetElementType(type);
            if (i == indices[d]) {
                type = element;
                break;
            }
            uint32_t count = 0;
            if (!list_leaves(l, element, 0, leaves, &count))
                return false;
            first += count;
        }
    }
    uint32_t count = 0;
    if (!list_leaves(l, type, 0, leaves, &count))
        return false;
    *ret_first = first;
    *ret_count = count;
    return true;
}

static void lower_extract(struct lower *l, LLVMValueRef value)
{
    struct aggregate from;
    uint32_t first, count;
    if (!aggregate_leaves(l, LLVMGetOperand(value, 0), &from) ||
        !selected_leaves(l, value, &first, &count) || first + count > from.nleaves)
        return;
    if (is_aggregate(LLVMTypeOf(value)))
        define_aggregate(l, value, from.leaves + first, count);
    else if (value_width(l, value))
        define(l, value, from.leaves[first]);
}

static void lower_insert(struct lower *l, LLVMValueRef value)
{
    struct aggregate into, part;
    uint32_t first, count;
    if (!aggregate_leaves(l, LLVMGetOperand(value, 0), &into) ||
        !selected_leaves(l, value, &first, &count) || first + count > into.nleaves)
        return;
    LLVMValueRef element = LLVMGetOperand(value, 1);
    struct operand single = operand_undef(0);
    if (is_aggregate(LLVMTypeOf(element))) {
        if (!aggregate_leaves(l, element, &part))
            return;
    } else {
        single = use(l, element);
        part = (struct aggregate){.leaves = &single, .nleaves = 1};
    }
    struct operand leaves[MAX_LEAVES];
    for (uint32_t i = 0; i < into.nleaves; i++)
        leaves[i] = i >= first && i < first + count ? part.leaves[i - first] : into.leaves[i];
    define_aggregate(l, value, leaves, into.nleaves);
}

/* -- memory -- */

static uint64_t store_size(const struct lower *l, LLVMTypeRef type)
{
    return LLVMStoreSizeOfType(l->m->layout, type);
}

static void load_aggregate(struct lower *l, LLVMValueRef value, struct operand address,
                           bool is_volatile)
{
    LLVMTypeRef type = LLVMTypeOf(value);
    struct leaf leaves[MAX_LEAVES];
    struct operand loaded[MAX_LEAVES];
    uint32_t count = 0;
    if (!list_leaves(l, type, 0, leaves, &count)) {
        emit_load(l, address, 0, store_size(l, type), is_volatile);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        loaded[i] =
            emit_load(l, emit_offset(l, address, (int64_t)leaves[i].offset),
                      width_of(l->m, leaves[i].type), store_size(l, leaves[i].type), is_volatile);
    define_aggregate(l, value, loaded, count);
}

static void lower_load(struct lower *l, LLVMValueRef value)
{
    LLVMValueRef pointer = LLVMGetOperand(value, 0);
    LLVMTypeRef type = LLVMTypeOf(value);
    unsigned width = value_width(l, value);
    bool is_volatile = LLVMGetVolatile(value);
    if (is_segment(pointer)) {
        define(l, value, emit_opaque(l, width));
        return;
    }
    struct operand address = use(l, pointer);
    if (is_aggregate(type)) {
        load_aggregate(l, value, address, is_volatile);
        return;
    }
    address = refine_address(l, pointer, address, store_size(l, type));
    struct operand result = emit_load(l, address, width, store_size(l, type), is_volatile);
    if (!width)
        return;
    define(l, value, result);
    if (LLVMGetTypeKind(type) == LLVMPointerTypeKind && !map_get(&l->variables, key_of(value)))
        set_hint(l, value, debug_pointee(l->m, hint_of(l, pointer)));
}

/* Zeroes or the scalars of an aggregate; unknown bytes where these are not known. */
static void store_aggregate(struct lower *l, LLVMValueRef value, struct operand address,
                            bool is_volatile)
{
    LLVMTypeRef type = LLVMTypeOf(value);
    uint64_t size = store_size(l, type);
    struct aggregate parts;
    struct leaf leaves[MAX_LEAVES];
    uint32_t count = 0;
    if (LLVMIsConstant(value) && LLVMIsNull(value)) {
        emit(l, (struct instr){.op = INSTR_MEMSET,
                               .a = address,
                               .b = operand_const(0, 8),
                               .c = operand_const(size, l->b->pointer_bits),
                               .is_volatile = is_volatile});
        return;
    }
    if (!list_leaves(l, type, 0, leaves, &count) || !aggregate_leaves(l, value, &parts) ||
        parts.nleaves != count) {
        emit_store(l, operand_undef(0), address, size, is_volatile);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        emit_store(l, parts.leaves[i], emit_offset(l, address, (int64_t)leaves[i].offset),
                   store_size(l, leaves[i].type), is_volatile);
}

static void lower_store(struct lower *l, LLVMValueRef store)
{
    LLVMValueRef value = LLVMGetOperand(store, 0), pointer = LLVMGetOperand(store, 1);
    LLVMTypeRef type = LLVMTypeOf(value);
    uint64_t bits, size = store_size(l, type);
    if (is_segment(pointer))
        return;
    struct operand address = use(l, pointer);
    bool is_float = constant_float_bits(l->m, value, &bits);
    bool is_wide_zero =
        !is_float && !value_width(l, value) && LLVMIsConstant(value) && LLVMIsNull(value);
    if (is_aggregate(type) || is_wide_zero) {
        store_aggregate(l, value, address, LLVMGetVolatile(store));
        return;
    }
    struct operand stored = is_float ? operand_const(bits, (unsigned)size * 8) : use(l, value);
    address = refine_address(l, pointer, address, size);
    emit_store(l, stored, address, size, LLVMGetVolatile(store));
}

/* An array of run-time length keeps its length in `a`. */
static void lower_alloca(struct lower *l, LLVMValueRef value)
{
    LLVMTypeRef type = LLVMGetAllocatedType(value);
    LLVMValueRef count = LLVMGetOperand(value, 0);
    uint64_t *variable = map_get(&l->variables, key_of(value));
    struct instr instr = {.op = INSTR_ALLOCA, .width = value_width(l, value)};
    uint64_t size = size_of(l->m, type);
    if (LLVMIsAConstantInt(count)) {
        instr.size = size * LLVMConstIntGetZExtValue(count);
        if (variable)
            instr.type = type_of_debug(l->m, hint_of(l, value));
        if (!instr.type || l->b->types.items[instr.type].size != instr.size)
            instr.type = instr.size == size ? type_of_llvm(l->m, type, NULL) : 0;
    } else {
        struct operand length = emit_resize(l, use(l, count), instr.width, false);
        instr.a = emit_binary(l, BIN_MUL, length, operand_const(size, instr.width));
    }
    define(l, value, emit(l, instr));
}

/* -- atomics: one thread's view, as a sequence; not volatile, because the value that is compared or
 * returned is the one that is in memory then -- */

static struct operand update(struct lower *l, LLVMAtomicRMWBinOp op, struct operand old,
                             struct operand value)
{
    switch (op) {
    case LLVMAtomicRMWBinOpXchg:
        return value;
    case LLVMAtomicRMWBinOpAdd:
        return emit_binary(l, BIN_ADD, old, value);
    case LLVMAtomicRMWBinOpSub:
        return emit_binary(l, BIN_SUB, old, value);
    case LLVMAtomicRMWBinOpAnd:
        return emit_binary(l, BIN_AND, old, value);
    case LLVMAtomicRMWBinOpNand:
        return emit_binary(l, BIN_XOR, emit_binary(l, BIN_AND, old, value),
                           operand_const(UINT64_MAX, old.width));
    case LLVMAtomicRMWBinOpOr:
        return emit_binary(l, BIN_OR, old, value);
    case LLVMAtomicRMWBinOpXor:
        return emit_binary(l, BIN_XOR, old, value);
    case LLVMAtomicRMWBinOpMax:
        return emit_select(l, emit_compare(l, CMP_SGT, old, value), old, value);
    case LLVMAtomicRMWBinOpMin:
        return emit_select(l, emit_compare(l, CMP_SLE, old, value), old, value);
    case LLVMAtomicRMWBinOpUMax:
        return emit_select(l, emit_compare(l, CMP_UGT, old, value), old, value);
    case LLVMAtomicRMWBinOpUMin:
        return emit_select(l, emit_compare(l, CMP_ULE, old, value), old, value);
    default: /* floating point, wrapping counters */
        return operand_undef(old.width);
    }
}

static void lower_atomic_update(struct lower *l, LLVMValueRef value)
{
    LLVMValueRef pointer = LLVMGetOperand(value, 0);
    uint64_t size = store_size(l, LLVMTypeOf(value));
    unsigned width = value_width(l, value);
    struct operand operand = use(l, LLVMGetOperand(value, 1));
    struct operand address = refine_address(l, pointer, use(l, pointer), size);
    struct operand old = emit_load(l, address, width, size, false);
    struct operand new =
        width ? update(l, LLVMGetAtomicRMWBinOp(value), old, operand) : operand_undef(0);
    emit_store(l, new, address, size, false);
    if (width)
        define(l, value, old);
}

static void lower_exchange(struct lower *l, LLVMValueRef value)
{
    LLVMValueRef pointer = LLVMGetOperand(value, 0);
    LLVMTypeRef type = LLVMTypeOf(LLVMGetOperand(value, 1));
    uint64_t size = store_size(l, type);
    unsigned width = width_of(l->m, type);
    struct operand expected = use(l, LLVMGetOperand(value, 1));
    struct operand wanted = use(l, LLVMGetOperand(value, 2));
    struct operand address = refine_address(l, pointer, use(l, pointer), size);
    struct operand old = emit_load(l, address, width, size, false);
    struct operand equal = width ? emit_compare(l, CMP_EQ, old, expected) : emit_opaque(l, 1);
    struct operand new = width ? emit_select(l, equal, wanted, old) : operand_undef(0);
    emit_store(l, new, address, size, false);
    const struct operand pair[] = {old, equal};
    define_aggregate(l, value, pair, 2);
}

/* -- dispatch -- */

static struct operand lower_select(struct lower *l, LLVMValueRef value)
{
    struct operand c = use(l, LLVMGetOperand(value, 0));
    if (!value_width(l, value) || c.width != 1)
        return operand_undef(value_width(l, value));
    struct operand a = use(l, LLVMGetOperand(value, 1));
    return emit_select(l, c, a, use(l, LLVMGetOperand(value, 2)));
}

/* Instructions with one scalar result, also as constant expressions. */
static struct operand lower_scalar(struct lower *l, LLVMOpcode opcode, LLVMValueRef value)
{
    enum binary_op op;
    if (binary_op_of(opcode, &op))
        return lower_binary(l, op, value);
    switch (opcode) {
    case LLVMGetElementPtr:
        return lower_gep(l, value);
    case LLVMTrunc:
    case LLVMZExt:
    case LLVMSExt:
    case LLVMPtrToInt:
    case LLVMIntToPtr:
    case LLVMBitCast:
    case LLVMAddrSpaceCast:
        return lower_cast(l, opcode, value);
    case LLVMICmp:
        return lower_compare(l, value);
    case LLVMSelect:
        return lower_select(l, value);
    case LLVMFreeze:
        return use(l, LLVMGetOperand(value, 0));
    default: /* floating point, vectors, va_arg */
        return emit_opaque(l, value_width(l, value));
    }
}

struct operand lower_expression(struct lower *l, LLVMValueRef expression)
{
    return lower_scalar(l, LLVMGetConstOpcode(expression), expression);
}

void lower_value(struct lower *l, LLVMValueRef value)
{
    LLVMOpcode opcode = LLVMGetInstructionOpcode(value);
    switch (opcode) {
    case LLVMAlloca:
        lower_alloca(l, value);
        return;
    case LLVMLoad:
        lower_load(l, value);
        return;
    case LLVMStore:
        lower_store(l, value);
        return;
    case LLVMAtomicRMW:
        lower_atomic_update(l, value);
        return;
    case LLVMAtomicCmpXchg:
        lower_exchange(l, value);
        return;
    case LLVMExtractValue:
        lower_extract(l, value);
        return;
    case LLVMInsertValue:
        lower_insert(l, value);
        return;
    case LLVMCall:
        lower_call(l, value);
        return;
    case LLVMFence:
        return;
    default:
        break;
    }
    struct operand result = lower_scalar(l, opcode, value);
    if (result.width)
        define(l, value, result);
}
