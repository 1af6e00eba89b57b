/* Lowering of calls: arguments fitted to the function that is called, block copies, intrinsics and
 * inline assembler. */
#include "program/lower.h"
#include <string.h>

static void define_result(struct lower *l, LLVMValueRef call, struct operand result)
{
    if (result.width && result.width == value_width(l, call))
        define(l, call, result);
}

static struct operand argument(struct lower *l, LLVMValueRef call, unsigned index)
{
    return use(l, LLVMGetOperand(call, index));
}

/* -- block copies -- */

static void emit_memset(struct lower *l, struct operand to, struct operand byte,
                        struct operand length, bool is_volatile)
{
    emit(l, (struct instr){.op = INSTR_MEMSET,
                           .a = to,
                           .b = emit_resize(l, byte, 8, false),
                           .c = emit_resize(l, length, l->b->pointer_bits, false),
                           .is_volatile = is_volatile});
}

static void emit_memcpy(struct lower *l, struct operand to, struct operand from,
                        struct operand length, bool is_volatile)
{
    emit(l, (struct instr){.op = INSTR_MEMCPY,
                           .a = to,
                           .b = from,
                           .c = emit_resize(l, length, l->b->pointer_bits, false),
                           .is_volatile = is_volatile});
}

/* Functions that only fill or copy memory. Argument numbers; -1: none, a fill with zeros. */
static const struct block_function {
    const char *name;
    int nargs, to, from, byte, length;
} block_functions[] = {
    {"memcpy", 3, 0, 1, -1, 2},
    {"memmove", 3, 0, 1, -1, 2},
    {"RtlCopyMemory", 3, 0, 1, -1, 2},
    {"RtlMoveMemory", 3, 0, 1, -1, 2},
    {"RtlCopyBytes", 3, 0, 1, -1, 2},
    {"NdisMoveMemory", 3, 0, 1, -1, 2},
    {"NdisMoveMappedMemory", 3, 0, 1, -1, 2},
    {"NdisMoveToMappedMemory", 3, 0, 1, -1, 2},
    {"NdisMoveFromMappedMemory", 3, 0, 1, -1, 2},
    {"memset", 3, 0, -1, 1, 2},
    {"RtlFillMemory", 3, 0, -1, 2, 1},
    {"NdisFillMemory", 3, 0, -1, 2, 1},
    {"RtlZeroMemory", 2, 0, -1, -1, 1},
    {"RtlZeroBytes", 2, 0, -1, -1, 1},
    {"RtlSecureZeroMemory", 2, 0, -1, -1, 1},
    {"NdisZeroMemory", 2, 0, -1, -1, 1},
    {"NdisZeroMappedMemory", 2, 0, -1, -1, 1},
};

static const struct block_function *find_block_function(const struct function *callee)
{
    if (callee->defined)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(block_functions); i++)
        if (!strcmp(block_functions[i].name, callee->name))
            return &block_functions[i];
    return NULL;
}

/* The argument is a pointer; or an integer where `is_pointer` is false. */
static bool has_kind(LLVMValueRef call, int index, bool is_pointer)
{
    if (index < 0)
        return true;
    LLVMTypeKind kind = LLVMGetTypeKind(LLVMTypeOf(LLVMGetOperand(call, (unsigned)index)));
    return kind == (is_pointer ? LLVMPointerTypeKind : LLVMIntegerTypeKind);
}

/* False if the call does not look like that function's. */
static bool lower_block_function(struct lower *l, LLVMValueRef call, const struct function *callee)
{
    const struct block_function *block = find_block_function(callee);
    if (!block || (int)LLVMGetNumArgOperands(call) != block->nargs ||
        !has_kind(call, block->to, true) || !has_kind(call, block->from, true) ||
        !has_kind(call, block->byte, false) || !has_kind(call, block->length, false))
        return false;
    struct operand to = argument(l, call, (unsigned)block->to);
    struct operand length = argument(l, call, (unsigned)block->length);
    if (block->from >= 0)
        emit_memcpy(l, to, argument(l, call, (unsigned)block->from), length, false);
    else
        emit_memset(
            l, to, block->byte < 0 ? operand_const(0, 8) : argument(l, call, (unsigned)block->byte),
            length, false);
    define_result(l, call, to);
    return true;
}

/* -- ordinary calls -- */

/* A struct passed by value in memory: the callee gets a copy. */
static struct operand copied(struct lower *l, LLVMValueRef call, unsigned index,
                             struct operand address)
{
    unsigned kind = LLVMGetEnumAttributeKindForName("byval", 5);
    LLVMAttributeRef byval = LLVMGetCallSiteEnumAttribute(call, index + 1, kind);
    if (!byval)
        return address;
    LLVMTypeRef type = LLVMGetTypeAttributeValue(byval);
    uint64_t size = size_of(l->m, type);
    struct operand copy = emit(l, (struct instr){.op = INSTR_ALLOCA,
                                                 .width = address.width,
                                                 .size = size,
                                                 .type = type_of_llvm(l->m, type, NULL)});
    emit_memcpy(l, copy, address, operand_const(size, l->b->pointer_bits), false);
    return copy;
}

/* Arguments as the callee takes them, whatever the prototype at the call said. */
static struct operand *fit_arguments(struct lower *l, LLVMValueRef call,
                                     const struct function *callee, uint32_t *ret_count)
{
    uint32_t given = LLVMGetNumArgOperands(call);
    uint32_t count = !callee            ? given
                     : callee->variadic ? given > callee->nparams ? given : callee->nparams
                                        : callee->nparams;
    struct operand *args = arena_new_array(l->b->arena, count + 1, struct operand);
    for (uint32_t i = 0; i < count; i++) {
        bool fixed = callee && i < callee->nparams;
        args[i] = i < given ? argument(l, call, i) : operand_undef(0);
        if (i < given &&
            LLVMGetTypeKind(LLVMTypeOf(LLVMGetOperand(call, i))) == LLVMPointerTypeKind)
            args[i] = copied(l, call, i, args[i]);
        if (fixed)
            args[i] = emit_resize(l, args[i], callee->params[i].width, false);
    }
    *ret_count = count;
    return args;
}

static void emit_call(struct lower *l, LLVMValueRef call, struct operand target)
{
    bool known = target.kind == OPERAND_FUNC;
    /* A copy of the header: the table may grow while arguments are lowered. */
    struct function callee = known ? l->b->functions.items[target.index] : (struct function){0};
    unsigned wanted = value_width(l, call);
    struct instr instr = {.op = INSTR_CALL, .a = target};
    instr.width = known ? callee.result_width : wanted;
    instr.signature = shape_of_type(l->m, LLVMGetCalledFunctionType(call));
    instr.extra = fit_arguments(l, call, known ? &callee : NULL, &instr.nextra);
    struct operand result = emit(l, instr);
    if (wanted)
        define_result(
            l, call, result.width ? emit_resize(l, result, wanted, false) : emit_opaque(l, wanted));
}

/* -- intrinsics -- */

enum intrinsic {
    INTRINSIC_NOTHING, /* no effect on values or memory */
    INTRINSIC_FIRST,   /* the first argument */
    INTRINSIC_SECOND,  /* the second argument */
    INTRINSIC_ANY,     /* an unknown value */
    INTRINSIC_MEMCPY,
    INTRINSIC_MEMSET,
    INTRINSIC_MINMAX,
    INTRINSIC_ABS,
    INTRINSIC_OVERFLOW,
    INTRINSIC_BSWAP,
    INTRINSIC_FSHL,
    INTRINSIC_FSHR,
    INTRINSIC_SIZE, /* llvm.objectsize: not known */
    INTRINSIC_FALSE,
    INTRINSIC_VA_START,
    INTRINSIC_VA_COPY,
    INTRINSIC_ESCAPE,
    INTRINSIC_FRAME,
    INTRINSIC_RECOVER,
};

/* By the start of the name; the first match counts. */
static const struct {
    const char *prefix;
    enum intrinsic kind;
} intrinsics[] = {
    {"llvm.dbg.", INTRINSIC_NOTHING},
    {"llvm.memcpy.", INTRINSIC_MEMCPY},
    {"llvm.memmove.", INTRINSIC_MEMCPY},
    {"llvm.memset.", INTRINSIC_MEMSET},
    {"llvm.lifetime.", INTRINSIC_NOTHING},
    {"llvm.assume", INTRINSIC_NOTHING},
    {"llvm.invariant.", INTRINSIC_NOTHING},
    {"llvm.experimental.noalias.", INTRINSIC_NOTHING},
    {"llvm.sideeffect", INTRINSIC_NOTHING},
    {"llvm.pseudoprobe", INTRINSIC_NOTHING},
    {"llvm.donothing", INTRINSIC_NOTHING},
    {"llvm.prefetch", INTRINSIC_NOTHING},
    {"llvm.debugtrap", INTRINSIC_NOTHING},
    {"llvm.trap", INTRINSIC_NOTHING}, /* the block ends there: see ends_block() */
    {"llvm.ubsantrap", INTRINSIC_NOTHING},
    {"llvm.stackrestore", INTRINSIC_NOTHING},
    {"llvm.va_end", INTRINSIC_NOTHING},
    {"llvm.var.annotation", INTRINSIC_NOTHING},
    {"llvm.codeview.annotation", INTRINSIC_NOTHING},
    {"llvm.seh.", INTRINSIC_NOTHING},
    {"llvm.x86.sse2.pause", INTRINSIC_NOTHING},
    {"llvm.x86.sse2.lfence", INTRINSIC_NOTHING},
    {"llvm.x86.sse2.mfence", INTRINSIC_NOTHING},
    {"llvm.x86.sse.sfence", INTRINSIC_NOTHING},
    {"llvm.x86.sse2.clflush", INTRINSIC_NOTHING},
    {"llvm.x86.int", INTRINSIC_NOTHING},
    {"llvm.expect", INTRINSIC_FIRST},
    {"llvm.launder.invariant.", INTRINSIC_FIRST},
    {"llvm.strip.invariant.", INTRINSIC_FIRST},
    {"llvm.ptr.annotation", INTRINSIC_FIRST},
    {"llvm.annotation", INTRINSIC_FIRST},
    {"llvm.ssa.copy", INTRINSIC_FIRST},
    {"llvm.threadlocal.address", INTRINSIC_FIRST},
    {"llvm.eh.recoverfp", INTRINSIC_SECOND},
    {"llvm.eh.", INTRINSIC_ANY},
    {"llvm.umax.", INTRINSIC_MINMAX},
    {"llvm.umin.", INTRINSIC_MINMAX},
    {"llvm.smax.", INTRINSIC_MINMAX},
    {"llvm.smin.", INTRINSIC_MINMAX},
    {"llvm.abs.", INTRINSIC_ABS},
    {"llvm.uadd.with.", INTRINSIC_OVERFLOW},
    {"llvm.usub.with.", INTRINSIC_OVERFLOW},
    {"llvm.umul.with.", INTRINSIC_OVERFLOW},
    {"llvm.sadd.with.", INTRINSIC_OVERFLOW},
    {"llvm.ssub.with.", INTRINSIC_OVERFLOW},
    {"llvm.smul.with.", INTRINSIC_OVERFLOW},
    {"llvm.bswap.", INTRINSIC_BSWAP},
    {"llvm.fshl.", INTRINSIC_FSHL},
    {"llvm.fshr.", INTRINSIC_FSHR},
    {"llvm.objectsize.", INTRINSIC_SIZE},
    {"llvm.is.constant.", INTRINSIC_FALSE},
    {"llvm.va_start", INTRINSIC_VA_START},
    {"llvm.va_copy", INTRINSIC_VA_COPY},
    {"llvm.localescape", INTRINSIC_ESCAPE},
    {"llvm.localaddress", INTRINSIC_FRAME},
    {"llvm.localrecover", INTRINSIC_RECOVER},
    {"llvm.returnaddress", INTRINSIC_ANY},
    {"llvm.addressofreturnaddress", INTRINSIC_ANY},
    {"llvm.frameaddress", INTRINSIC_ANY},
    {"llvm.sponentry", INTRINSIC_ANY},
    {"llvm.stacksave", INTRINSIC_ANY},
};

/* A pointer argument and no known meaning: it may do anything to that memory. */
static void lower_unknown(struct lower *l, LLVMValueRef call, const char *name)
{
    bool has_pointer = false;
    uint32_t count = LLVMGetNumArgOperands(call);
    for (uint32_t i = 0; i < count; i++)
        has_pointer |= LLVMGetTypeKind(LLVMTypeOf(LLVMGetOperand(call, i))) == LLVMPointerTypeKind;
    if (has_pointer)
        emit_call(l, call,
                  (struct operand){.kind = OPERAND_FUNC,
                                   .width = l->b->pointer_bits,
                                   .index = link_pseudo_function(l->b, name)});
    else
        define_result(l, call, emit_opaque(l, value_width(l, call)));
}

static void lower_minmax(struct lower *l, LLVMValueRef call, const char *name)
{
    bool is_signed = name[5] == 's', is_max = name[7] == 'a';
    struct operand a = argument(l, call, 0), b = argument(l, call, 1);
    if (!a.width)
        return;
    enum compare_op op = is_signed ? (is_max ? CMP_SGT : CMP_SLT) : (is_max ? CMP_UGT : CMP_ULT);
    define_result(l, call, emit_select(l, emit_compare(l, op, a, b), a, b));
}

static void lower_abs(struct lower *l, LLVMValueRef call)
{
    struct operand a = argument(l, call, 0);
    if (!a.width)
        return;
    struct operand zero = operand_const(0, a.width);
    struct operand negative = emit_compare(l, CMP_SLT, a, zero);
    define_result(l, call, emit_select(l, negative, emit_binary(l, BIN_SUB, zero, a), a));
}

/* Signed: the result's sign is wrong. Sum: both operands differ from it; difference: the first does
 * and the operands differ from each other. */
static struct operand signed_overflow(struct lower *l, bool sum, struct operand a, struct operand b,
                                      struct operand result)
{
    struct operand x = emit_binary(l, BIN_XOR, a, result);
    struct operand y = sum ? emit_binary(l, BIN_XOR, b, result) : emit_binary(l, BIN_XOR, a, b);
    struct operand both = emit_binary(l, BIN_AND, x, y);
    return emit_compare(l, CMP_SLT, both, operand_const(0, a.width));
}

/* a * b > max, without a wider type: b > max / a, where a is not 0. */
static struct operand unsigned_product_overflow(struct lower *l, struct operand a, struct operand b)
{
    struct operand zero = operand_const(0, a.width), one = operand_const(1, a.width);
    struct operand divisor = emit_select(l, emit_compare(l, CMP_EQ, a, zero), one, a);
    struct operand limit = emit_binary(l, BIN_UDIV, operand_const(UINT64_MAX, a.width), divisor);
    return emit_compare(l, CMP_UGT, b, limit);
}

static void lower_overflow(struct lower *l, LLVMValueRef call, const char *name)
{
    bool is_signed = name[5] == 's';
    enum binary_op op = !strncmp(name + 6, "add", 3)   ? BIN_ADD
                        : !strncmp(name + 6, "sub", 3) ? BIN_SUB
                                                       : BIN_MUL;
    struct operand a = argument(l, call, 0), b = argument(l, call, 1);
    if (!a.width)
        return;
    struct operand result = emit_binary(l, op, a, b), wrong;
    if (op == BIN_MUL)
        wrong = is_signed ? emit_opaque(l, 1) : unsigned_product_overflow(l, a, b);
    else if (is_signed)
        wrong = signed_overflow(l, op == BIN_ADD, a, b, result);
    else
        wrong =
            op == BIN_ADD ? emit_compare(l, CMP_ULT, result, a) : emit_compare(l, CMP_ULT, a, b);
    const struct operand pair[] = {result, wrong};
    define_aggregate(l, call, pair, 2);
}

static void lower_bswap(struct lower *l, LLVMValueRef call)
{
    struct operand a = argument(l, call, 0);
    if (!a.width)
        return;
    struct operand result = operand_const(0, a.width);
    for (unsigned from = 0; from < a.width; from += 8) {
        unsigned to = a.width - 8 - from;
        struct operand byte = a;
        if (from)
            byte = emit_binary(l, BIN_LSHR, byte, operand_const(from, a.width));
        if (from + 8 < a.width)
            byte = emit_binary(l, BIN_AND, byte, operand_const(0xff, a.width));
        if (to)
            byte = emit_binary(l, BIN_SHL, byte, operand_const(to, a.width));
        result = from ? emit_binary(l, BIN_OR, result, byte) : byte;
    }
    define_result(l, call, result);
}

/* Funnel shift by a constant, of which rotation is the usual case. */
static void lower_funnel(struct lower *l, LLVMValueRef call, bool left)
{
    struct operand high = argument(l, call, 0), low = argument(l, call, 1);
    struct operand amount = argument(l, call, 2);
    if (!high.width)
        return;
    if (amount.kind != OPERAND_CONST) {
        define_result(l, call, emit_opaque(l, high.width));
        return;
    }
    uint64_t n = amount.value % high.width;
    if (!n) {
        define_result(l, call, left ? high : low);
        return;
    }
    n = left ? n : high.width - n;
    struct operand a = emit_binary(l, BIN_SHL, high, operand_const(n, high.width));
    struct operand b = emit_binary(l, BIN_LSHR, low, operand_const(high.width - n, high.width));
    define_result(l, call, emit_binary(l, BIN_OR, a, b));
}

static void lower_frame(struct lower *l, LLVMValueRef call)
{
    define_result(l, call,
                  l->frame.kind == OPERAND_NONE ? emit_opaque(l, value_width(l, call)) : l->frame);
}

static void lower_intrinsic(struct lower *l, LLVMValueRef call, const char *name)
{
    enum intrinsic kind = INTRINSIC_ANY;
    size_t i = 0;
    while (i < ARRAY_LEN(intrinsics) &&
           strncmp(name, intrinsics[i].prefix, strlen(intrinsics[i].prefix)))
        i++;
    if (i == ARRAY_LEN(intrinsics)) {
        lower_unknown(l, call, name);
        return;
    }
    kind = intrinsics[i].kind;
    switch (kind) {
    case INTRINSIC_NOTHING:
        break;
    case INTRINSIC_FIRST:
        define_result(l, call, argument(l, call, 0));
        break;
    case INTRINSIC_SECOND:
        define_result(l, call, argument(l, call, 1));
        break;
    case INTRINSIC_ANY:
        define_result(l, call, emit_opaque(l, value_width(l, call)));
        break;
    case INTRINSIC_MEMCPY:
        emit_memcpy(l, argument(l, call, 0), argument(l, call, 1), argument(l, call, 2),
                    argument(l, call, 3).value);
        break;
    case INTRINSIC_MEMSET:
        emit_memset(l, argument(l, call, 0), argument(l, call, 1), argument(l, call, 2),
                    argument(l, call, 3).value);
        break;
    case INTRINSIC_MINMAX:
        lower_minmax(l, call, name);
        break;
    case INTRINSIC_ABS:
        lower_abs(l, call);
        break;
    case INTRINSIC_OVERFLOW:
        lower_overflow(l, call, name);
        break;
    case INTRINSIC_BSWAP:
        lower_bswap(l, call);
        break;
    case INTRINSIC_FSHL:
    case INTRINSIC_FSHR:
        lower_funnel(l, call, kind == INTRINSIC_FSHL);
        break;
    case INTRINSIC_SIZE: /* "at least nothing" or "at most everything" */
        define_result(
            l, call,
            operand_const(argument(l, call, 1).value ? 0 : UINT64_MAX, value_width(l, call)));
        break;
    case INTRINSIC_FALSE:
        define_result(l, call, operand_const(0, 1));
        break;
    case INTRINSIC_VA_START: /* the arguments behind the last named one are not represented */
        emit_store(l, operand_undef(0), argument(l, call, 0), l->b->pointer_bits / 8, false);
        break;
    case INTRINSIC_VA_COPY:
        emit_memcpy(l, argument(l, call, 0), argument(l, call, 1),
                    operand_const(l->b->pointer_bits / 8, l->b->pointer_bits), false);
        break;
    case INTRINSIC_ESCAPE:
        seh_escape(l, call);
        break;
    case INTRINSIC_FRAME:
        lower_frame(l, call);
        break;
    case INTRINSIC_RECOVER:
        define_result(l, call, seh_recover(l, call));
        break;
    }
}

/* -- inline assembler -- */

/* "lock btsl $2, ($1)": what clang makes of _interlockedbittestandset and its kin. */
struct bit_test {
    char what;      /* 's', 'r', 'c', or 0: only test */
    unsigned width; /* of the word */
};

static bool parse_bit_test(const char *text, size_t length, struct bit_test *ret_test)
{
    char copy[24];
    if (length >= sizeof(copy))
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    const char *at = copy;
    if (!strncmp(at, "lock ", 5))
        at += 5;
    if (strncmp(at, "bt", 2))
        return false;
    at += 2;
    struct bit_test test = {0};
    if (*at && strchr("src", *at))
        test.what = *at++;
    test.width = *at == 'l' ? 32 : *at == 'q' ? 64 : 0;
    if (!test.width || strcmp(at + 1, " $2, ($1)"))
        return false;
    *ret_test = test;
    return true;
}

/* Bits beyond the first word are in the words behind it. */
static void lower_bit_test(struct lower *l, LLVMValueRef call, struct bit_test test)
{
    unsigned width = test.width, shift = width == 32 ? 5 : 6;
    struct operand base = argument(l, call, 0);
    struct operand bit = emit_resize(l, argument(l, call, 1), width, true);
    struct operand address;
    if (bit.kind == OPERAND_CONST && bit.value < width) {
        address = base;
    } else {
        struct operand word = emit_binary(l, BIN_ASHR, bit, operand_const(shift, width));
        address = emit(l, (struct instr){.op = INSTR_PTRADD,
                                         .width = base.width,
                                         .a = base,
                                         .b = emit_resize(l, word, base.width, true),
                                         .scale = width / 8,
                                         .field = ID_NONE});
        bit = emit_binary(l, BIN_AND, bit, operand_const(width - 1, width));
    }
    struct operand old = emit_load(l, address, width, width / 8, false);
    struct operand one = operand_const(1, width);
    struct operand shifted = emit_binary(l, BIN_LSHR, old, bit);
    struct operand result =
        emit_resize(l, emit_binary(l, BIN_AND, shifted, one), value_width(l, call), false);
    if (test.what) {
        struct operand mask = emit_binary(l, BIN_SHL, one, bit), new;
        if (test.what == 'r')
            new = emit_binary(l, BIN_AND, old,
                              emit_binary(l, BIN_XOR, mask, operand_const(UINT64_MAX, width)));
        else
            new = emit_binary(l, test.what == 's' ? BIN_OR : BIN_XOR, old, mask);
        emit_store(l, new, address, width / 8, false);
    }
    define_result(l, call, result);
}

void lower_asm(struct lower *l, LLVMValueRef call)
{
    LLVMValueRef text = LLVMGetCalledValue(call);
    size_t length;
    const char *code = LLVMGetInlineAsmAsmString(text, &length);
    struct bit_test test;
    if (LLVMGetNumArgOperands(call) == 2 && has_kind(call, 0, true) && has_kind(call, 1, false) &&
        parse_bit_test(code, length, &test))
        lower_bit_test(l, call, test);
    else
        lower_unknown(l, call, "inline assembler");
}

void lower_call(struct lower *l, LLVMValueRef call)
{
    LLVMValueRef callee = LLVMGetCalledValue(call);
    if (LLVMIsAInlineAsm(callee)) {
        lower_asm(l, call);
        return;
    }
    if (LLVMIsAFunction(callee) && LLVMGetIntrinsicID(callee)) {
        size_t length;
        lower_intrinsic(l, call, LLVMGetValueName2(callee, &length));
        return;
    }
    struct operand target = use(l, callee);
    if (target.kind == OPERAND_FUNC &&
        lower_block_function(l, call, &l->b->functions.items[target.index]))
        return;
    emit_call(l, call, target);
}
