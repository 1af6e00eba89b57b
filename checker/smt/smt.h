/* Questions about bit vectors: terms, assertions, and whether all assertions can hold at once.
 *
 * Terms are hash-consed and folded when they are made, so that equal terms are one number and most
 * questions that have an easy answer never reach the solver. The operators mean what SMT-LIB's of the
 * theory FixedSizeBitVectors mean: everything wraps, a shift by the width or more leaves zeros (or
 * signs), x / 0 is all ones and x % 0 is x. Conditions are terms of one bit. Nothing outlives the
 * arena; the solver itself lives only inside smt_check(), so that there is nothing to release. */
#ifndef DRVLINT_SMT_H
#define DRVLINT_SMT_H

#include "base/map.h"
#include "base/vec.h"

typedef uint32_t smt_term; /* 0: none */

enum smt_op {
    SMT_CONST, /* imm */
    SMT_VAR,   /* imm: a number of its own */
    SMT_ADD,
    SMT_SUB,
    SMT_MUL,
    SMT_UDIV,
    SMT_SDIV,
    SMT_UREM,
    SMT_SREM,
    SMT_SHL,
    SMT_LSHR,
    SMT_ASHR,
    SMT_AND,
    SMT_OR,
    SMT_XOR,
    SMT_EQ,      /* result width 1 */
    SMT_ULT,     /* likewise */
    SMT_SLT,     /* likewise */
    SMT_EXTRACT, /* bits imm ... of a */
    SMT_ZEXT,    /* of a */
    SMT_SEXT,    /* of a */
    SMT_CONCAT,  /* a: the high bits, b: the low ones */
    SMT_ITE,     /* a ? b : c */
};

/* Solvers recurse; what is nested deeper than this is not asked. */
enum { SMT_MOST_DEPTH = 2000 };

struct smt_node {
    enum smt_op op;
    unsigned width; /* 1 to 64 bits */
    unsigned depth; /* operators nested inside each other; 0 for constants and variables */
    smt_term a, b, c;
    uint64_t imm;
};

struct smt_assertion {
    smt_term condition;
    uint32_t label;
};

enum smt_answer { SMT_SAT, SMT_UNSAT, SMT_UNKNOWN };

struct smt {
    struct arena *arena;
    VEC(struct smt_node) nodes; /* [term]; [0] unused */
    struct map index;
    uint64_t nvars;
    VEC(struct smt_assertion) assertions;
    uint32_t *core; /* after SMT_UNSAT: labels of assertions that cannot hold together; sorted, once each */
    size_t ncore;
    uint64_t effort; /* of the last smt_check() in the solver's own count; 0: it was not asked */
};

void smt_init(struct smt *smt, struct arena *arena);

/* Valid until the next term is made. */
const struct smt_node *smt_get(const struct smt *smt, smt_term term);
unsigned smt_width(const struct smt *smt, smt_term term);
/* ret_value may be NULL. */
bool smt_is_const(const struct smt *smt, smt_term term, uint64_t *ret_value);

/* Bits beyond the width are cut off. */
smt_term smt_const(struct smt *smt, unsigned width, uint64_t value);
/* A value of its own: any. */
smt_term smt_var(struct smt *smt, unsigned width);
/* SMT_ADD to SMT_XOR: both operands and the result are of one width. */
smt_term smt_binary(struct smt *smt, enum smt_op op, smt_term a, smt_term b);
/* SMT_EQ, SMT_ULT, SMT_SLT: both operands of one width. */
smt_term smt_compare(struct smt *smt, enum smt_op op, smt_term a, smt_term b);
/* Of a condition. */
smt_term smt_not(struct smt *smt, smt_term condition);
/* `width` bits from bit `low` on. */
smt_term smt_extract(struct smt *smt, smt_term a, unsigned low, unsigned width);
/* To at least as many bits; the same width gives the same term. */
smt_term smt_zext(struct smt *smt, smt_term a, unsigned width);
smt_term smt_sext(struct smt *smt, smt_term a, unsigned width);
/* At most 64 bits in all. */
smt_term smt_concat(struct smt *smt, smt_term high, smt_term low);
/* Both values of one width. */
smt_term smt_ite(struct smt *smt, smt_term condition, smt_term yes, smt_term no);

/* The condition has to hold. Several assertions may have the same label. */
void smt_assert(struct smt *smt, smt_term condition, uint32_t label);

/* Can all assertions hold at once? `limit` bounds the effort in the solver's steps, which do not depend
 * on time or machine; 0: any. Same terms and assertions, made in the same order, give the same answer.
 * SMT_UNKNOWN: the limit, or memory, was not enough, or a term is too deep. */
enum smt_answer smt_check(struct smt *smt, unsigned limit);

/* The question in SMT-LIB 2, to ask another solver. */
char *smt_text(const struct smt *smt, struct arena *arena);

#endif
