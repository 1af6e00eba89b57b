/* Of the OS model's module only what the harness and the driver lead to. LLVM's own linker could do
 * that, but it takes struct types that have equal elements for one: a queued work item and a filter
 * module would have the same fields. */
#include "program/internal.h"

struct reach {
    struct arena scratch;
    struct map seen;             /* LLVMValueRef */
    VEC(LLVMValueRef) functions; /* their bodies are still to be looked at */
};

static void reach_value(struct reach *r, LLVMValueRef value);

static void reach_operands(struct reach *r, LLVMValueRef value)
{
    int count = LLVMGetNumOperands(value);
    for (int i = 0; i < count; i++) {
        LLVMValueRef operand = LLVMGetOperand(value, (unsigned)i);
        if (operand && LLVMIsAConstant(operand))
            reach_value(r, operand);
    }
}

static void reach_value(struct reach *r, LLVMValueRef value)
{
    if (LLVMGetNumOperands(value) == 0 && !LLVMIsAGlobalValue(value))
        return; /* a number */
    uint64_t *seen = map_slot(&r->seen, &r->scratch, (uint64_t)(uintptr_t)value);
    if (*seen)
        return;
    *seen = 1;
    if (LLVMIsAFunction(value))
        vec_push(&r->scratch, &r->functions, value);
    else
        reach_operands(r, value);
}

static void reach_body(struct reach *r, LLVMValueRef function)
{
    for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b; b = LLVMGetNextBasicBlock(b))
        for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i))
            reach_operands(r, i);
}

static bool is_local(LLVMValueRef value)
{
    LLVMLinkage linkage = LLVMGetLinkage(value);
    return linkage == LLVMInternalLinkage || linkage == LLVMPrivateLinkage;
}

static void delete_rest(struct reach *r, LLVMModuleRef llvm)
{
    LLVMValueRef next;
    for (LLVMValueRef f = LLVMGetFirstFunction(llvm); f; f = next) {
        next = LLVMGetNextFunction(f);
        if (map_get(&r->seen, (uint64_t)(uintptr_t)f) || LLVMGetIntrinsicID(f))
            continue;
        LLVMReplaceAllUsesWith(f, LLVMGetUndef(LLVMTypeOf(f)));
        LLVMDeleteFunction(f);
    }
    for (LLVMValueRef g = LLVMGetFirstGlobal(llvm); g; g = next) {
        next = LLVMGetNextGlobal(g);
        if (map_get(&r->seen, (uint64_t)(uintptr_t)g))
            continue;
        LLVMReplaceAllUsesWith(g, LLVMGetUndef(LLVMTypeOf(g)));
        LLVMDeleteGlobal(g);
    }
}

void needed_keep(struct module *m)
{
    struct reach r = {0};
    arena_init(&r.scratch, m->builder->scratch.on_fail, m->builder->scratch.context);
    for (size_t i = 0; i < m->wanted.len; i++)
        reach_value(&r, m->wanted.items[i]);
    for (LLVMValueRef g = LLVMGetFirstGlobal(m->llvm); g; g = LLVMGetNextGlobal(g))
        if (!is_local(g))
            reach_value(&r, g);
    while (r.functions.len > 0)
        reach_body(&r, r.functions.items[--r.functions.len]);
    delete_rest(&r, m->llvm);
    arena_finish(&r.scratch);
}
