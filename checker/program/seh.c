/* Structured exception handling. clang turns each __finally block into a function that gets the
 * frame address of its parent and finds the parent's locals at numbered slots (llvm.localescape,
 * llvm.localrecover). Here the frame is an object of its own, a table of the locals' addresses: the
 * parent fills it, the block's function loads from it. Nested blocks get the outermost frame, so
 * one table serves the whole family: parent first, then the blocks in order.
 *
 * Exceptions themselves are assumed not to happen: what only unwinding reaches is left out. */
#include "program/lower.h"
#include <string.h>

static uint64_t key_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

static bool is_block_function(LLVMValueRef function)
{
    size_t length;
    const char *name = LLVMGetValueName2(function, &length);
    return !strncmp(name, "?fin$", 5) || !strncmp(name, "?filt$", 6);
}

static LLVMValueRef function_around(LLVMValueRef instruction)
{
    return LLVMGetBasicBlockParent(LLVMGetInstructionParent(instruction));
}

/* The function that is no block of another one, following who uses the block. */
static LLVMValueRef outermost(LLVMValueRef function)
{
    for (int depth = 0; depth < 64 && is_block_function(function); depth++) {
        LLVMValueRef parent = NULL;
        for (LLVMUseRef use = LLVMGetFirstUse(function); use && !parent;
             use = LLVMGetNextUse(use)) {
            LLVMValueRef user = LLVMGetUser(use);
            if (LLVMIsAInstruction(user) && function_around(user) != function)
                parent = function_around(user);
        }
        if (!parent)
            return function;
        function = parent;
    }
    return function;
}

/* Reserves slots for the locals that `function` escapes, behind those of its family so far. */
static void number_slots(struct module *m, LLVMValueRef function, unsigned count)
{
    struct arena *scratch = &m->builder->scratch;
    uint64_t *total = map_slot(&m->frame_slots, scratch, key_of(outermost(function)));
    uint64_t base = *total;
    *total += count;
    map_set(&m->slot_base, scratch, key_of(function), base + 1);
}

/* Calls of an intrinsic in a function that is (not) a block. */
static void number_escapes(struct module *m, LLVMValueRef escape, bool blocks)
{
    for (LLVMValueRef f = LLVMGetFirstFunction(m->llvm); f; f = LLVMGetNextFunction(f)) {
        if (LLVMIsDeclaration(f) || is_block_function(f) != blocks)
            continue;
        for (LLVMUseRef use = LLVMGetFirstUse(escape); use; use = LLVMGetNextUse(use))
            if (function_around(LLVMGetUser(use)) == f)
                number_slots(m, f, LLVMGetNumArgOperands(LLVMGetUser(use)));
    }
}

void seh_open(struct module *m)
{
    LLVMValueRef escape = LLVMGetNamedFunction(m->llvm, "llvm.localescape");
    if (escape) {
        number_escapes(m, escape, false);
        number_escapes(m, escape, true);
    }
    LLVMValueRef address = LLVMGetNamedFunction(m->llvm, "llvm.localaddress");
    for (LLVMUseRef use = address ? LLVMGetFirstUse(address) : NULL; use; use = LLVMGetNextUse(use))
        map_slot(&m->frame_slots, &m->builder->scratch, key_of(function_around(LLVMGetUser(use))));
}

void seh_enter_function(struct lower *l)
{
    unsigned pointer = l->b->pointer_bits;
    if (is_block_function(l->fn) && l->function->nparams >= 2 &&
        l->function->params[1].width == pointer) {
        l->frame = (struct operand){.kind = OPERAND_PARAM, .width = pointer, .index = 1};
        return;
    }
    uint64_t *slots = map_get(&l->m->frame_slots, key_of(l->fn));
    if (slots)
        l->frame = emit(l, (struct instr){.op = INSTR_ALLOCA,
                                          .width = pointer,
                                          .size = (*slots ? *slots : 1) * (pointer / 8),
                                          .field = ID_NONE});
}

void seh_escape(struct lower *l, LLVMValueRef call)
{
    uint64_t *base = map_get(&l->m->slot_base, key_of(l->fn));
    if (!base || l->frame.kind == OPERAND_NONE)
        return;
    unsigned bytes = l->b->pointer_bits / 8;
    unsigned count = LLVMGetNumArgOperands(call);
    for (unsigned i = 0; i < count; i++) {
        struct operand local = use(l, LLVMGetOperand(call, i));
        struct operand slot = emit_offset(l, l->frame, (int64_t)((*base - 1 + i) * bytes));
        emit_store(l, local, slot, bytes, false);
    }
}

struct operand seh_recover(struct lower *l, LLVMValueRef call)
{
    uint64_t *base = map_get(&l->m->slot_base, key_of(LLVMGetOperand(call, 0)));
    LLVMValueRef index = LLVMGetOperand(call, 2);
    if (!base || !LLVMIsAConstantInt(index))
        return emit_opaque(l, l->b->pointer_bits);
    unsigned bytes = l->b->pointer_bits / 8;
    uint64_t slot = *base - 1 + LLVMConstIntGetZExtValue(index);
    struct operand address =
        emit_offset(l, use(l, LLVMGetOperand(call, 1)), (int64_t)(slot * bytes));
    return emit_load(l, address, l->b->pointer_bits, bytes, false);
}
