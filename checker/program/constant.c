/* Constants: operands, and the initializers of globals. */
#include "program/internal.h"
#include <math.h>
#include <string.h>

unsigned width_of(const struct module *m, LLVMTypeRef type)
{
    switch (LLVMGetTypeKind(type)) {
    case LLVMIntegerTypeKind: {
        unsigned width = LLVMGetIntTypeWidth(type);
        return width <= 64 ? width : 0;
    }
    case LLVMPointerTypeKind:
        return 8 * LLVMPointerSizeForAS(m->layout, LLVMGetPointerAddressSpace(type));
    default:
        return 0;
    }
}

uint64_t size_of(const struct module *m, LLVMTypeRef type)
{
    return LLVMTypeIsSized(type) ? LLVMABISizeOfType(m->layout, type) : 0;
}

uint64_t cut(uint64_t value, unsigned width)
{
    return width < 64 ? value & ((UINT64_C(1) << width) - 1) : value;
}

struct operand operand_const(uint64_t value, unsigned width)
{
    return (struct operand){.kind = OPERAND_CONST, .width = width, .value = cut(value, width)};
}

struct operand operand_undef(unsigned width)
{
    return (struct operand){.kind = OPERAND_UNDEF, .width = width};
}

uint64_t constant_label(LLVMValueRef function, LLVMBasicBlockRef block)
{
    uint64_t number = 1;
    for (LLVMBasicBlockRef at = LLVMGetFirstBasicBlock(function); at && at != block;
         at = LLVMGetNextBasicBlock(at))
        number++;
    return number;
}

static struct operand symbol_operand(struct module *m, LLVMValueRef value, unsigned width)
{
    const struct symbol *symbol = link_find(m, value);
    if (!symbol)
        return operand_undef(width);
    switch (symbol->kind) {
    case SYMBOL_FUNCTION:
        return (struct operand){.kind = OPERAND_FUNC, .width = width, .index = symbol->id};
    case SYMBOL_GLOBAL:
        return (struct operand){.kind = OPERAND_GLOBAL, .width = width, .index = symbol->id};
    case SYMBOL_ALIAS:
        return constant_operand(symbol->module, LLVMAliasGetAliasee(symbol->value));
    }
    return operand_undef(width);
}

/* base + offset where that is a constant. */
static struct operand moved(struct operand base, int64_t offset)
{
    if (base.kind == OPERAND_CONST)
        return operand_const(base.value + (uint64_t)offset, base.width);
    if (base.kind == OPERAND_GLOBAL) {
        base.value += (uint64_t)offset;
        return base;
    }
    return offset ? operand_undef(base.width) : base;
}

static struct operand gep_operand(struct module *m, LLVMValueRef gep, unsigned width)
{
    struct operand base = constant_operand(m, LLVMGetOperand(gep, 0));
    LLVMTypeRef type = LLVMGetGEPSourceElementType(gep);
    uint64_t offset = 0;
    int count = LLVMGetNumOperands(gep);
    for (int i = 1; i < count; i++) {
        LLVMValueRef index = LLVMGetOperand(gep, (unsigned)i);
        if (!LLVMIsAConstantInt(index))
            return operand_undef(width);
        if (i == 1) {
            offset += (uint64_t)LLVMConstIntGetSExtValue(index) * size_of(m, type);
        } else if (LLVMGetTypeKind(type) == LLVMStructTypeKind) {
            unsigned element = (unsigned)LLVMConstIntGetZExtValue(index);
            offset += LLVMOffsetOfElement(m->layout, type, element);
            type = LLVMStructGetTypeAtIndex(type, element);
        } else {
            type = LLVMGetElementType(type);
            offset += (uint64_t)LLVMConstIntGetSExtValue(index) * size_of(m, type);
        }
    }
    return moved(base, (int64_t)offset);
}

static struct operand sum_operand(struct module *m, LLVMValueRef value, bool minus)
{
    struct operand a = constant_operand(m, LLVMGetOperand(value, 0));
    struct operand b = constant_operand(m, LLVMGetOperand(value, 1));
    if (b.kind == OPERAND_CONST)
        return moved(a, (int64_t)(minus ? 0 - b.value : b.value));
    if (a.kind == OPERAND_CONST && !minus)
        return moved(b, (int64_t)a.value);
    if (minus && a.kind == OPERAND_GLOBAL && b.kind == OPERAND_GLOBAL && a.index == b.index)
        return operand_const(a.value - b.value, a.width);
    return operand_undef(a.width);
}

static struct operand expression_operand(struct module *m, LLVMValueRef value, unsigned width)
{
    switch (LLVMGetConstOpcode(value)) {
    case LLVMGetElementPtr:
        return gep_operand(m, value, width);
    case LLVMAdd:
        return sum_operand(m, value, false);
    case LLVMSub:
        return sum_operand(m, value, true);
    case LLVMPtrToInt:
    case LLVMIntToPtr:
    case LLVMBitCast:
    case LLVMAddrSpaceCast:
    case LLVMTrunc: {
        struct operand inner = constant_operand(m, LLVMGetOperand(value, 0));
        if (inner.kind == OPERAND_CONST)
            return operand_const(inner.value, width);
        return inner.width == width ? inner : operand_undef(width);
    }
    default:
        return operand_undef(width);
    }
}

struct operand constant_operand(struct module *m, LLVMValueRef value)
{
    unsigned width = width_of(m, LLVMTypeOf(value));
    switch (LLVMGetValueKind(value)) {
    case LLVMConstantIntValueKind:
        return width ? operand_const(LLVMConstIntGetZExtValue(value), width) : operand_undef(0);
    case LLVMConstantPointerNullValueKind:
        return operand_const(0, width);
    case LLVMFunctionValueKind:
    case LLVMGlobalVariableValueKind:
    case LLVMGlobalAliasValueKind:
        return symbol_operand(m, value, width);
    case LLVMBlockAddressValueKind:
        return operand_const(constant_label(LLVMGetBlockAddressFunction(value),
                                            LLVMGetBlockAddressBasicBlock(value)),
                             width);
    case LLVMConstantExprValueKind:
        return expression_operand(m, value, width);
    default:
        return operand_undef(width);
    }
}

bool constant_float_bits(const struct module *m, LLVMValueRef value, uint64_t *ret_bits)
{
    (void)m;
    if (LLVMGetValueKind(value) != LLVMConstantFPValueKind)
        return false;
    LLVMTypeKind kind = LLVMGetTypeKind(LLVMTypeOf(value));
    LLVMBool inexact;
    double number = LLVMConstRealGetDouble(value, &inexact);
    if (inexact || isnan(number)) /* the bits of a NaN get lost */
        return false;
    if (kind == LLVMDoubleTypeKind) {
        memcpy(ret_bits, &number, sizeof(number));
        return true;
    }
    if (kind == LLVMFloatTypeKind) {
        float single = (float)number;
        uint32_t bits;
        memcpy(&bits, &single, sizeof(single));
        *ret_bits = bits;
        return true;
    }
    return false;
}

/* -- initializers -- */

struct filler {
    struct module *module;
    VEC(struct init) inits; /* in the program's arena, in order of offset: LLVM's order is that */
};

static void add_init(struct filler *f, uint64_t offset, uint64_t size, struct operand value)
{
    if (!size || (value.kind == OPERAND_CONST && !value.value))
        return;
    vec_push(f->module->builder->arena, &f->inits,
             (struct init){.offset = offset, .size = (uint32_t)size, .value = value});
}

static void add_bytes(struct filler *f, LLVMValueRef value, uint64_t offset)
{
    size_t length;
    const char *bytes = LLVMGetAsString(value, &length);
    for (size_t i = 0; i < length; i++)
        add_init(f, offset + i, 1, operand_const((unsigned char)bytes[i], 8));
}

static void add_scalar(struct filler *f, LLVMValueRef value, uint64_t offset)
{
    struct module *m = f->module;
    uint64_t bits, size = LLVMStoreSizeOfType(m->layout, LLVMTypeOf(value));
    if (LLVMIsNull(value) || LLVMIsUndef(value))
        return;
    if (constant_float_bits(m, value, &bits))
        add_init(f, offset, size, operand_const(bits, (unsigned)size * 8));
    else
        add_init(f, offset, size, constant_operand(m, value));
}

static void add_value(struct filler *f, LLVMValueRef value, uint64_t offset)
{
    struct module *m = f->module;
    LLVMTypeRef type = LLVMTypeOf(value);
    LLVMTypeKind kind = LLVMGetTypeKind(type);
    if (kind != LLVMStructTypeKind && kind != LLVMArrayTypeKind && kind != LLVMVectorTypeKind) {
        add_scalar(f, value, offset);
        return;
    }
    if (LLVMIsNull(value) || LLVMIsUndef(value))
        return;
    if (LLVMIsAConstantDataSequential(value) && LLVMIsConstantString(value)) {
        add_bytes(f, value, offset);
        return;
    }
    unsigned count = kind == LLVMStructTypeKind  ? LLVMCountStructElementTypes(type)
                     : kind == LLVMArrayTypeKind ? (unsigned)LLVMGetArrayLength2(type)
                                                 : LLVMGetVectorSize(type);
    for (unsigned i = 0; i < count; i++) {
        uint64_t at = kind == LLVMStructTypeKind ? LLVMOffsetOfElement(m->layout, type, i)
                                                 : i * size_of(m, LLVMGetElementType(type));
        add_value(f, LLVMGetAggregateElement(value, i), offset + at);
    }
}

void constant_initializer(struct module *m, LLVMValueRef value, struct global *global)
{
    LLVMValueRef initializer = LLVMGetInitializer(value);
    if (!initializer)
        return;
    struct filler filler = {.module = m};
    add_value(&filler, initializer, 0);
    global->inits = filler.inits.items;
    global->ninits = (uint32_t)filler.inits.len;
}
