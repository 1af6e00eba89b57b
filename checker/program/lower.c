/* Lowering function bodies: blocks, terminators, phis, names. Expects mem2reg to have run. Blocks
 * come out in reverse postorder, so that an operand is defined before its use except in phis;
 * blocks that normal control flow does not reach (unwinding, constant conditions) are left out. */
#include "program/lower.h"
#include <string.h>

static uint64_t key_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

/* -- building -- */

struct operand emit(struct lower *l, struct instr instr)
{
    instr.block = l->block;
    instr.loc = l->loc;
    if (instr.op != INSTR_PTRADD)
        instr.field = ID_NONE;
    vec_push(&l->scratch, &l->instrs, instr);
    return (struct operand){.kind = instr.width ? OPERAND_INSTR : OPERAND_UNDEF,
                            .width = instr.width,
                            .index = instr.width ? (uint32_t)l->instrs.len - 1 : 0};
}

void define(struct lower *l, LLVMValueRef value, struct operand operand)
{
    vec_push(&l->scratch, &l->operands, operand);
    map_set(&l->values, &l->scratch, key_of(value), l->operands.len);
}

unsigned value_width(const struct lower *l, LLVMValueRef value)
{
    return width_of(l->m, LLVMTypeOf(value));
}

struct operand use(struct lower *l, LLVMValueRef value)
{
    uint64_t *index;
    struct operand constant;
    switch (LLVMGetValueKind(value)) {
    case LLVMArgumentValueKind:
    case LLVMInstructionValueKind:
        index = map_get(&l->values, key_of(value));
        return index ? l->operands.items[*index - 1] : operand_undef(value_width(l, value));
    case LLVMConstantExprValueKind:
        if (LLVMGetConstOpcode(value) == LLVMGetElementPtr)
            return lower_expression(l, value);
        constant = constant_operand(l->m, value);
        return constant.kind == OPERAND_UNDEF ? lower_expression(l, value) : constant;
    default:
        return constant_operand(l->m, value);
    }
}

void set_hint(struct lower *l, LLVMValueRef pointer, LLVMMetadataRef type)
{
    if (type)
        map_set(&l->hints, &l->scratch, key_of(pointer), key_of(type));
}

/* What the variable's pointer points at, or the variable itself if `value` is its home or, for
 * structs passed by reference, its address. */
static LLVMMetadataRef variable_hint(struct lower *l, LLVMValueRef value)
{
    uint64_t *variable = map_get(&l->variables, key_of(value));
    if (!variable)
        return NULL;
    LLVMMetadataRef type = debug_strip(
        l->m, debug_operand(l->m, (LLVMMetadataRef)(uintptr_t)*variable, DI_VARIABLE_TYPE));
    if (LLVMIsAAllocaInst(value) || debug_record(l->m, type))
        return type;
    return debug_pointee(l->m, type);
}

LLVMMetadataRef hint_of(struct lower *l, LLVMValueRef pointer)
{
    uint64_t *known = map_get(&l->hints, key_of(pointer));
    if (known)
        return (LLVMMetadataRef)(uintptr_t)*known;
    LLVMMetadataRef type = NULL;
    if (LLVMIsAGlobalVariable(pointer)) {
        LLVMMetadataRef variable = debug_global(l->m, pointer);
        type = variable ? debug_operand(l->m, variable, DI_VARIABLE_TYPE) : NULL;
        type = debug_strip(l->m, type);
    } else if (!LLVMIsConstant(pointer)) {
        type = variable_hint(l, pointer);
    }
    map_set(&l->hints, &l->scratch, key_of(pointer), key_of(type));
    return type;
}

/* -- shorthands -- */

static int64_t as_signed(uint64_t value, unsigned width)
{
    return width < 64 ? (int64_t)(value << (64 - width)) >> (64 - width) : (int64_t)value;
}

/* The result for two constants; false where it is undefined. */
static bool fold(enum binary_op op, struct operand a, struct operand b, uint64_t *ret_value)
{
    unsigned width = a.width;
    int64_t x = as_signed(a.value, width), y = as_signed(b.value, width);
    bool is_shift = op == BIN_SHL || op == BIN_LSHR || op == BIN_ASHR;
    bool divides = op == BIN_UDIV || op == BIN_SDIV || op == BIN_UREM || op == BIN_SREM;
    if ((is_shift && b.value >= width) || (divides && (!b.value || y == -1)))
        return false;
    switch (op) {
    case BIN_ADD:
        *ret_value = a.value + b.value;
        return true;
    case BIN_SUB:
        *ret_value = a.value - b.value;
        return true;
    case BIN_MUL:
        *ret_value = a.value * b.value;
        return true;
    case BIN_UDIV:
        *ret_value = a.value / b.value;
        return true;
    case BIN_SDIV:
        *ret_value = (uint64_t)(x / y);
        return true;
    case BIN_UREM:
        *ret_value = a.value % b.value;
        return true;
    case BIN_SREM:
        *ret_value = (uint64_t)(x % y);
        return true;
    case BIN_SHL:
        *ret_value = a.value << b.value;
        return true;
    case BIN_LSHR:
        *ret_value = a.value >> b.value;
        return true;
    case BIN_ASHR:
        *ret_value = (uint64_t)(x >> b.value);
        return true;
    case BIN_AND:
        *ret_value = a.value & b.value;
        return true;
    case BIN_OR:
        *ret_value = a.value | b.value;
        return true;
    case BIN_XOR:
        *ret_value = a.value ^ b.value;
        return true;
    }
    return false;
}

struct operand emit_binary(struct lower *l, enum binary_op op, struct operand a, struct operand b)
{
    uint64_t value;
    if (a.kind == OPERAND_CONST && b.kind == OPERAND_CONST && fold(op, a, b, &value))
        return operand_const(value, a.width);
    return emit(l, (struct instr){.op = INSTR_BINARY, .sub = op, .width = a.width, .a = a, .b = b});
}

struct operand emit_compare(struct lower *l, enum compare_op op, struct operand a, struct operand b)
{
    return emit(l, (struct instr){.op = INSTR_COMPARE, .sub = op, .width = 1, .a = a, .b = b});
}

struct operand emit_select(struct lower *l, struct operand c, struct operand a, struct operand b)
{
    return emit(l, (struct instr){.op = INSTR_SELECT, .width = a.width, .a = c, .b = a, .c = b});
}

struct operand emit_resize(struct lower *l, struct operand a, unsigned width, bool is_signed)
{
    if (!width || !a.width)
        return operand_undef(width);
    if (a.width == width)
        return a;
    if (a.kind == OPERAND_UNDEF)
        return operand_undef(width);
    if (a.kind == OPERAND_CONST)
        return operand_const(is_signed ? (uint64_t)as_signed(a.value, a.width) : a.value, width);
    enum cast_op op = width < a.width ? CAST_TRUNC : is_signed ? CAST_SEXT : CAST_ZEXT;
    return emit(l, (struct instr){.op = INSTR_CAST, .sub = op, .width = width, .a = a});
}

struct operand emit_opaque(struct lower *l, unsigned width)
{
    return width ? emit(l, (struct instr){.op = INSTR_OPAQUE, .width = width}) : operand_undef(0);
}

struct operand emit_offset(struct lower *l, struct operand base, int64_t offset)
{
    if (!offset)
        return base;
    if (base.kind == OPERAND_CONST)
        return operand_const(base.value + (uint64_t)offset, base.width);
    if (base.kind == OPERAND_GLOBAL) {
        base.value += (uint64_t)offset;
        return base;
    }
    return emit(l, (struct instr){.op = INSTR_PTRADD,
                                  .width = base.width,
                                  .a = base,
                                  .offset = offset,
                                  .field = ID_NONE});
}

struct operand emit_load(struct lower *l, struct operand address, unsigned width, uint64_t size,
                         bool is_volatile)
{
    return emit(l, (struct instr){.op = INSTR_LOAD,
                                  .width = width,
                                  .a = address,
                                  .size = size,
                                  .is_volatile = is_volatile});
}

void emit_store(struct lower *l, struct operand value, struct operand address, uint64_t size,
                bool is_volatile)
{
    emit(
        l,
        (struct instr){
            .op = INSTR_STORE, .a = value, .b = address, .size = size, .is_volatile = is_volatile});
}

/* -- blocks -- */

/* Nothing runs behind __builtin_trap(), but clang does not end the block there. */
static bool ends_block(struct lower *l, LLVMValueRef instruction)
{
    if (LLVMGetInstructionOpcode(instruction) != LLVMCall || !l->m->has_traps)
        return false;
    LLVMValueRef callee = LLVMGetCalledValue(instruction);
    size_t length;
    if (!LLVMIsAFunction(callee) || !LLVMGetIntrinsicID(callee))
        return false;
    const char *name = LLVMGetValueName2(callee, &length);
    return !strcmp(name, "llvm.trap") || !strcmp(name, "llvm.ubsantrap");
}

static bool is_trapped(struct lower *l, LLVMBasicBlockRef block)
{
    if (!l->m->has_traps)
        return false;
    LLVMValueRef i = LLVMGetFirstInstruction(block);
    while (i && !ends_block(l, i))
        i = LLVMGetNextInstruction(i);
    return i != NULL;
}

/* Where control goes from a block without exceptions. */
static void find_successors(struct lower *l, struct source_block *source)
{
    if (is_trapped(l, source->block))
        return;
    LLVMValueRef last = LLVMGetBasicBlockTerminator(source->block);
    unsigned count = LLVMGetNumSuccessors(last);
    source->succs = arena_new_array(&l->scratch, count + 1, LLVMBasicBlockRef);
    switch (LLVMGetInstructionOpcode(last)) {
    case LLVMBr:
        if (LLVMIsConditional(last) && LLVMIsAConstantInt(LLVMGetCondition(last))) {
            bool taken = LLVMConstIntGetZExtValue(LLVMGetCondition(last)) != 0;
            source->succs[source->nsuccs++] = LLVMGetSuccessor(last, taken ? 0 : 1);
            return;
        }
        break;
    case LLVMInvoke:
        source->succs[source->nsuccs++] = LLVMGetNormalDest(last);
        return;
    case LLVMSwitch:
    case LLVMIndirectBr:
    case LLVMCallBr:
        break;
    default:
        return;
    }
    for (unsigned i = 0; i < count; i++)
        source->succs[source->nsuccs++] = LLVMGetSuccessor(last, i);
}

struct visit {
    uint32_t source; /* index into the list of found blocks */
    uint32_t next;   /* successors still to visit */
};

/* Finds the reachable blocks and puts them in reverse postorder. The last successor is visited
 * first: the order then follows the source text. */
static void order_blocks(struct lower *l)
{
    VEC(struct source_block) found = {0};
    VEC(struct visit) stack = {0};
    VEC(uint32_t) finished = {0};
    struct map seen = {0};
    LLVMBasicBlockRef block = LLVMGetEntryBasicBlock(l->fn);
    for (;;) {
        if (block && !map_get(&seen, key_of(block))) {
            struct source_block source = {.block = block};
            find_successors(l, &source);
            map_set(&seen, &l->scratch, key_of(block), 1);
            vec_push(&l->scratch, &found, source);
            vec_push(&l->scratch, &stack, (struct visit){(uint32_t)found.len - 1, source.nsuccs});
        }
        if (!stack.len)
            break;
        struct visit *top = &vec_last(&stack);
        block = top->next ? found.items[top->source].succs[--top->next] : NULL;
        if (!block) {
            vec_push(&l->scratch, &finished, top->source);
            stack.len--;
        }
    }
    for (size_t i = finished.len; i-- > 0;) {
        vec_push(&l->scratch, &l->order, found.items[finished.items[i]]);
        map_set(&l->block_ids, &l->scratch, key_of(vec_last(&l->order).block), l->order.len);
    }
}

static block_id block_of(const struct lower *l, LLVMBasicBlockRef block)
{
    return (block_id)(*map_get(&l->block_ids, key_of(block)) - 1);
}

static void make_edges(struct lower *l)
{
    struct function *f = l->function;
    f->nblocks = (uint32_t)l->order.len;
    f->blocks = arena_new_array(l->b->arena, f->nblocks, struct block);
    for (block_id i = 0; i < f->nblocks; i++) {
        const struct source_block *source = &l->order.items[i];
        struct block *block = &f->blocks[i];
        block->nsuccs = source->nsuccs;
        block->succs = arena_new_array(l->b->arena, source->nsuccs + 1, block_id);
        for (uint32_t s = 0; s < source->nsuccs; s++) {
            block->succs[s] = block_of(l, source->succs[s]);
            f->blocks[block->succs[s]].npreds++;
        }
    }
    for (block_id i = 0; i < f->nblocks; i++) {
        f->blocks[i].preds = arena_new_array(l->b->arena, f->blocks[i].npreds + 1, block_id);
        f->blocks[i].npreds = 0;
    }
    for (block_id i = 0; i < f->nblocks; i++)
        for (uint32_t s = 0; s < f->blocks[i].nsuccs; s++) {
            struct block *to = &f->blocks[f->blocks[i].succs[s]];
            to->preds[to->npreds++] = i;
        }
}

/* -- variables -- */

static void note_variable(struct lower *l, LLVMValueRef call)
{
    LLVMValueRef holder = LLVMGetOperand(call, 0);
    LLVMMetadataRef node = LLVMValueAsMetadata(holder);
    if (LLVMGetMetadataKind(node) != LLVMLocalAsMetadataMetadataKind)
        return; /* a constant, or a list of values */
    LLVMValueRef value;
    LLVMGetMDNodeOperands(holder, &value);
    uint64_t *slot = map_slot(&l->variables, &l->scratch, key_of(value));
    if (!*slot) /* the first variable that gets a value names it */
        *slot = key_of(LLVMValueAsMetadata(LLVMGetOperand(call, 1)));
}

static bool is_debug_call(const struct lower *l, LLVMValueRef instruction)
{
    if (LLVMGetInstructionOpcode(instruction) != LLVMCall)
        return false;
    LLVMValueRef callee = LLVMGetCalledValue(instruction);
    return callee == l->m->debug.value_fn || callee == l->m->debug.declare_fn;
}

/* A parameter that stays in memory is named by the variable that it is stored to first. */
static void note_home(struct lower *l, LLVMValueRef store)
{
    LLVMValueRef value = LLVMGetOperand(store, 0), home = LLVMGetOperand(store, 1);
    if (!LLVMIsAArgument(value) || !LLVMIsAAllocaInst(home) ||
        map_get(&l->variables, key_of(value)))
        return;
    uint64_t *variable = map_get(&l->variables, key_of(home));
    if (variable)
        map_set(&l->variables, &l->scratch, key_of(value), *variable);
}

static void note_variables(struct lower *l)
{
    LLVMValueRef i;
    for (size_t b = 0; b < l->order.len; b++)
        for (i = LLVMGetFirstInstruction(l->order.items[b].block); i; i = LLVMGetNextInstruction(i))
            if (is_debug_call(l, i))
                note_variable(l, i);
    for (i = LLVMGetFirstInstruction(l->order.items[0].block); i; i = LLVMGetNextInstruction(i))
        if (LLVMIsAStoreInst(i))
            note_home(l, i);
}

static const char *variable_name(struct lower *l, LLVMMetadataRef variable)
{
    return debug_string(l->m, variable, DI_VARIABLE_NAME);
}

static void describe_params(struct lower *l)
{
    for (uint32_t i = 0; i < l->function->nparams; i++) {
        struct param *param = &l->function->params[i];
        LLVMValueRef value = LLVMGetParam(l->fn, i);
        if (param->width)
            define(l, value,
                   (struct operand){.kind = OPERAND_PARAM, .width = param->width, .index = i});
        uint64_t *variable = map_get(&l->variables, key_of(value));
        if (!variable)
            continue;
        param->name = variable_name(l, (LLVMMetadataRef)(uintptr_t)*variable);
        if (LLVMGetTypeKind(LLVMTypeOf(value)) == LLVMPointerTypeKind)
            param->pointee = type_of_debug(l->m, hint_of(l, value));
    }
}

/* Names the instruction that made `value`, unless `value` is the address of the variable. */
static void name_result(struct lower *l, LLVMValueRef value, size_t first)
{
    uint64_t *index = map_get(&l->values, key_of(value));
    uint64_t *variable = index ? map_get(&l->variables, key_of(value)) : NULL;
    if (!variable)
        return;
    struct operand operand = l->operands.items[*index - 1];
    LLVMMetadataRef node = (LLVMMetadataRef)(uintptr_t)*variable;
    if (operand.kind != OPERAND_INSTR || operand.index < first)
        return;
    bool is_pointer = LLVMGetTypeKind(LLVMTypeOf(value)) == LLVMPointerTypeKind;
    if (is_pointer && !LLVMIsAAllocaInst(value) &&
        debug_record(l->m, debug_strip(l->m, debug_operand(l->m, node, DI_VARIABLE_TYPE))))
        return;
    l->instrs.items[operand.index].name = variable_name(l, node);
}

/* -- phis -- */

static void lower_phi(struct lower *l, LLVMValueRef phi)
{
    unsigned width = value_width(l, phi);
    if (!width)
        return;
    const struct block *block = &l->function->blocks[l->block];
    struct operand result = emit(
        l, (struct instr){.op = INSTR_PHI,
                          .width = width,
                          .extra = arena_new_array(l->b->arena, block->npreds + 1, struct operand),
                          .nextra = block->npreds});
    define(l, phi, result);
    vec_push(&l->scratch, &l->phis, (struct pending_phi){phi, result.index});
}

/* The value that comes from `from`; constants without instructions of their own. */
static struct operand incoming(struct lower *l, LLVMValueRef phi, LLVMBasicBlockRef from,
                               unsigned width)
{
    unsigned count = LLVMCountIncoming(phi);
    for (unsigned i = 0; i < count; i++) {
        if (LLVMGetIncomingBlock(phi, i) != from)
            continue;
        LLVMValueRef value = LLVMGetIncomingValue(phi, i);
        return LLVMIsConstant(value) ? constant_operand(l->m, value) : use(l, value);
    }
    return operand_undef(width);
}

static void finish_phis(struct lower *l)
{
    for (size_t i = 0; i < l->phis.len; i++) {
        struct instr *instr = &l->instrs.items[l->phis.items[i].id];
        const struct block *block = &l->function->blocks[instr->block];
        for (uint32_t p = 0; p < block->npreds; p++)
            instr->extra[p] = incoming(l, l->phis.items[i].phi,
                                       l->order.items[block->preds[p]].block, instr->width);
    }
}

/* -- terminators -- */

static void lower_switch(struct lower *l, LLVMValueRef last)
{
    uint32_t count = LLVMGetNumSuccessors(last) - 1;
    struct operand value = use(l, LLVMGetOperand(last, 0));
    struct operand *cases = arena_new_array(l->b->arena, count + 1, struct operand);
    for (uint32_t i = 0; i < count; i++)
        cases[i] = value.width ? constant_operand(l->m, LLVMGetOperand(last, 2 * i + 2))
                               : operand_const(i, 32);
    if (!value.width)
        value = operand_undef(32);
    emit(l, (struct instr){.op = INSTR_SWITCH, .a = value, .extra = cases, .nextra = count});
}

/* A jump to one of several labels. The last is the default; `value` UNDEF: any of them. */
static void lower_choice(struct lower *l, struct operand value, const uint64_t *labels)
{
    uint32_t count = l->function->blocks[l->block].nsuccs;
    if (count < 2) {
        emit(l, (struct instr){.op = count ? INSTR_JUMP : INSTR_UNREACHABLE});
        return;
    }
    struct operand *cases = arena_new_array(l->b->arena, count, struct operand);
    for (uint32_t i = 1; i < count; i++)
        cases[i - 1] = operand_const(labels ? labels[i] : i, value.width);
    emit(l, (struct instr){.op = INSTR_SWITCH, .a = value, .extra = cases, .nextra = count - 1});
}

static void lower_indirect(struct lower *l, LLVMValueRef last)
{
    unsigned count = LLVMGetNumSuccessors(last);
    uint64_t *labels = arena_new_array(&l->scratch, count + 1, uint64_t);
    for (unsigned i = 0; i < count; i++)
        labels[i] = constant_label(l->fn, LLVMGetSuccessor(last, i));
    lower_choice(l, use(l, LLVMGetOperand(last, 0)), labels);
}

static void lower_branch(struct lower *l, LLVMValueRef last)
{
    if (l->function->blocks[l->block].nsuccs == 1)
        emit(l, (struct instr){.op = INSTR_JUMP});
    else
        emit(l, (struct instr){.op = INSTR_BRANCH, .a = use(l, LLVMGetCondition(last))});
}

static void lower_return(struct lower *l, LLVMValueRef last)
{
    struct instr instr = {.op = INSTR_RETURN};
    if (l->function->result_width)
        instr.a = use(l, LLVMGetOperand(last, 0));
    emit(l, instr);
    if (!l->function->end)
        l->function->end = l->loc;
}

static void lower_terminator(struct lower *l, LLVMValueRef last)
{
    switch (LLVMGetInstructionOpcode(last)) {
    case LLVMRet:
        lower_return(l, last);
        break;
    case LLVMBr:
        lower_branch(l, last);
        break;
    case LLVMSwitch:
        lower_switch(l, last);
        break;
    case LLVMIndirectBr:
        lower_indirect(l, last);
        break;
    case LLVMInvoke:
        lower_call(l, last);
        emit(l, (struct instr){.op = INSTR_JUMP});
        break;
    case LLVMCallBr: /* assembler that jumps */
        lower_asm(l, last);
        lower_choice(l, operand_undef(32), NULL);
        break;
    default: /* unreachable, resume and other ends of unwinding */
        emit(l, (struct instr){.op = INSTR_UNREACHABLE});
        break;
    }
}

/* -- the function -- */

static void lower_instruction(struct lower *l, LLVMValueRef instruction)
{
    size_t first = l->instrs.len;
    if (is_debug_call(l, instruction))
        return;
    l->loc = debug_loc(l->m, instruction);
    if (LLVMIsATerminatorInst(instruction))
        lower_terminator(l, instruction);
    else if (LLVMGetInstructionOpcode(instruction) == LLVMPHI)
        lower_phi(l, instruction);
    else
        lower_value(l, instruction);
    name_result(l, instruction, first);
}

static void lower_block(struct lower *l, block_id id)
{
    struct block *block = &l->function->blocks[id];
    l->block = id;
    l->loc = 0;
    block->first = (instr_id)l->instrs.len;
    if (!id)
        seh_enter_function(l);
    for (LLVMValueRef i = LLVMGetFirstInstruction(l->order.items[id].block); i;
         i = LLVMGetNextInstruction(i)) {
        lower_instruction(l, i);
        if (ends_block(l, i)) {
            emit(l, (struct instr){.op = INSTR_UNREACHABLE});
            break;
        }
    }
    block->count = (uint32_t)l->instrs.len - block->first;
}

void lower_function(struct module *m, LLVMValueRef fn, func_id id)
{
    struct builder *b = m->builder;
    struct function function = b->functions.items[id]; /* the table may grow meanwhile */
    struct lower l = {.m = m, .b = b, .function = &function, .fn = fn};
    arena_init(&l.scratch, b->arena->on_fail, b->arena->context);
    order_blocks(&l);
    make_edges(&l);
    note_variables(&l);
    describe_params(&l);
    for (block_id i = 0; i < function.nblocks; i++)
        lower_block(&l, i);
    finish_phis(&l);
    function.ninstrs = (uint32_t)l.instrs.len;
    function.instrs = arena_new_array(b->arena, function.ninstrs, struct instr);
    memcpy(function.instrs, l.instrs.items, function.ninstrs * sizeof(*function.instrs));
    b->functions.items[id] = function;
    arena_finish(&l.scratch);
}
