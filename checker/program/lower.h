/* Lowering of one function body: the state that lower*.c share. */
#ifndef DRVLINT_PROGRAM_LOWER_H
#define DRVLINT_PROGRAM_LOWER_H

#include "program/internal.h"

/* A reachable LLVM block. */
struct source_block {
    LLVMBasicBlockRef block;
    LLVMBasicBlockRef *succs; /* along normal control flow only */
    uint32_t nsuccs;
};

/* The scalars that a first-class aggregate consists of. */
struct aggregate {
    struct operand *leaves;
    uint32_t nleaves;
};

struct pending_phi {
    LLVMValueRef phi;
    instr_id id;
};

struct lower {
    struct module *m;
    struct builder *b;
    struct function *function;
    LLVMValueRef fn;
    struct arena scratch;           /* of this function */
    VEC(struct source_block) order; /* reverse postorder: index is block_id */
    struct map block_ids;           /* LLVM block -> block_id + 1 */
    VEC(struct instr) instrs;
    VEC(struct operand) operands;
    struct map values; /* LLVM value -> index + 1 into operands */
    VEC(struct aggregate) aggregates;
    struct map aggregate_of; /* LLVM value -> index + 1 into aggregates */
    struct map hints;        /* LLVM pointer -> debug type of what it points at */
    struct map variables;    /* LLVM value -> DILocalVariable that it is the value or home of */
    VEC(struct pending_phi) phis;
    block_id block;       /* being filled */
    loc_id loc;           /* of the LLVM instruction being lowered */
    struct operand frame; /* SEH: address of the escaped locals' table; kind NONE: not needed */
};

/* Aggregates with more scalars are not followed. */
enum { MAX_LEAVES = 16 };

/* lower.c */
struct operand emit(struct lower *l, struct instr instr);
/* The operand for a value; emits instructions for constant expressions that need some. */
struct operand use(struct lower *l, LLVMValueRef value);
void define(struct lower *l, LLVMValueRef value, struct operand operand);
/* What debug info says about the memory that the pointer addresses, stripped; NULL: nothing. */
LLVMMetadataRef hint_of(struct lower *l, LLVMValueRef pointer);
void set_hint(struct lower *l, LLVMValueRef pointer, LLVMMetadataRef type);
unsigned value_width(const struct lower *l, LLVMValueRef value);

/* Shorthands that fold constants. `width` is the result's. */
struct operand emit_binary(struct lower *l, enum binary_op op, struct operand a, struct operand b);
struct operand emit_compare(struct lower *l, enum compare_op op, struct operand a,
                            struct operand b);
struct operand emit_select(struct lower *l, struct operand c, struct operand a, struct operand b);
struct operand emit_resize(struct lower *l, struct operand a, unsigned width, bool is_signed);
struct operand emit_opaque(struct lower *l, unsigned width);
struct operand emit_offset(struct lower *l, struct operand base, int64_t offset);
struct operand emit_load(struct lower *l, struct operand address, unsigned width, uint64_t size,
                         bool is_volatile);
void emit_store(struct lower *l, struct operand value, struct operand address, uint64_t size,
                bool is_volatile);

/* lower_value.c: everything but calls and control flow */
void lower_value(struct lower *l, LLVMValueRef instruction);
/* A constant expression as instructions. */
struct operand lower_expression(struct lower *l, LLVMValueRef expression);
/* The scalars of a first-class aggregate; false if they are not known. */
bool aggregate_leaves(struct lower *l, LLVMValueRef value, struct aggregate *ret_aggregate);
void define_aggregate(struct lower *l, LLVMValueRef value, const struct operand *leaves,
                      uint32_t nleaves);

/* lower_call.c: calls and intrinsics */
void lower_call(struct lower *l, LLVMValueRef call);
/* Inline assembler. */
void lower_asm(struct lower *l, LLVMValueRef call);

/* seh.c: locals that __finally blocks share with their function */
void seh_enter_function(struct lower *l);
void seh_escape(struct lower *l, LLVMValueRef call);
struct operand seh_recover(struct lower *l, LLVMValueRef call);

#endif
