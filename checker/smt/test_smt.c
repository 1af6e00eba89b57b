/* Terms, answers, limits, cores. What folding does is checked against the solver, which sees the same
 * operands as variables. */
#include "smt/smt.h"
#include "test/check.h"

#include <setjmp.h>
#include <stdlib.h>

enum { NO_LIMIT = 0, PLENTY = 1000000 };

static struct arena arena;
static struct smt smt;

static void begin(void)
{
    arena_init(&arena, NULL, NULL);
    smt_init(&smt, &arena);
}

static smt_term k(unsigned width, uint64_t value)
{
    return smt_const(&smt, width, value);
}

static smt_term bin(enum smt_op op, smt_term a, smt_term b)
{
    return smt_binary(&smt, op, a, b);
}

static smt_term eq(smt_term a, smt_term b)
{
    return smt_compare(&smt, SMT_EQ, a, b);
}

/* ---- terms ---------------------------------------------------------------------------------- */

static void test_equal_terms_are_one(void)
{
    begin();
    smt_term x = smt_var(&smt, 32), y = smt_var(&smt, 32);
    CHECK(x != y, "each variable is a value of its own");
    CHECK(bin(SMT_ADD, x, y) == bin(SMT_ADD, y, x), "order of a sum");
    CHECK(bin(SMT_SUB, x, y) != bin(SMT_SUB, y, x), "order of a difference");
    CHECK(bin(SMT_SUB, bin(SMT_ADD, x, k(32, 12)), k(32, 12)) == x, "there and back");
    CHECK(eq(bin(SMT_ADD, x, k(32, 4)), bin(SMT_ADD, x, k(32, 8))) == k(1, 0), "other offsets");
    CHECK(smt_not(&smt, smt_not(&smt, eq(x, y))) == eq(x, y), "not not");
    CHECK(eq(smt_zext(&smt, smt_extract(&smt, x, 0, 8), 32), k(32, 256)) == k(1, 0), "too wide");
    CHECK(smt_ite(&smt, eq(x, y), k(1, 1), k(1, 0)) == eq(x, y), "a condition as a value");
    CHECK(eq(smt_ite(&smt, eq(x, y), k(8, 5), k(8, 6)), k(8, 5)) == eq(x, y), "and back");
    smt_term bytes = smt_extract(&smt, x, 0, 8);
    for (unsigned low = 8; low < 32; low += 8)
        bytes = smt_concat(&smt, smt_extract(&smt, x, low, 8), bytes);
    CHECK(bytes == x, "read byte by byte");
    arena_finish(&arena);
}

/* Is a op b the same for constants, where it is folded, and for variables, where Z3 computes it? */
static void check_fold(enum smt_op op, unsigned width, uint64_t x, uint64_t y)
{
    bool compares = op >= SMT_EQ && op <= SMT_SLT;
    begin();
    smt_term a = smt_var(&smt, width), b = smt_var(&smt, width);
    smt_term folded = compares ? smt_compare(&smt, op, k(width, x), k(width, y))
                               : bin(op, k(width, x), k(width, y));
    smt_term computed = compares ? smt_compare(&smt, op, a, b) : bin(op, a, b);
    CHECK(smt_is_const(&smt, folded, NULL), "constants are folded");
    smt_assert(&smt, eq(a, k(width, x)), 0);
    smt_assert(&smt, eq(b, k(width, y)), 1);
    smt_assert(&smt, smt_not(&smt, eq(computed, folded)), 2);
    char why[80];
    snprintf(why, sizeof why, "op %d at %u bits of %llx, %llx", op, width, (unsigned long long)x,
             (unsigned long long)y);
    CHECK(smt_check(&smt, NO_LIMIT) == SMT_UNSAT, why);
    arena_finish(&arena);
}

static void test_folding_is_the_solvers(void)
{
    static const enum smt_op ops[] = {SMT_UDIV, SMT_SDIV, SMT_UREM, SMT_SREM, SMT_SHL, SMT_LSHR,
                                      SMT_ASHR, SMT_SUB,  SMT_MUL,  SMT_ULT,  SMT_SLT};
    static const struct {
        unsigned width;
        uint64_t x, y;
    } cases[] = {
        {8, 200, 0}, {8, 100, 0},   {8, 128, 255}, {8, 129, 8},
        {8, 7, 254}, {3, 5, 2},     {64, UINT64_C(1) << 63, UINT64_MAX},
        {64, 3, 64}, {32, 0x80000000, 31},
    };
    for (size_t o = 0; o < sizeof ops / sizeof *ops; o++)
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            check_fold(ops[o], cases[i].width, cases[i].x, cases[i].y);
}

/* ---- answers -------------------------------------------------------------------------------- */

static smt_term masked(smt_term x, uint64_t mask, uint64_t value)
{
    unsigned width = smt_width(&smt, x);
    return eq(bin(SMT_AND, x, k(width, mask)), k(width, value));
}

static void test_answers(void)
{
    static const struct {
        const char *why;
        int which;
        enum smt_answer want;
    } cases[] = {
        {"a bit is clear and set", 0, SMT_UNSAT},
        {"other bits of the same word", 1, SMT_SAT},
        {"twice something is odd", 2, SMT_UNSAT},
        {"three times something is odd", 3, SMT_SAT},
        {"a sum below its smaller part that did not wrap", 4, SMT_UNSAT},
        {"a sum wraps", 5, SMT_SAT},
        {"a round-up that is not aligned", 6, SMT_UNSAT},
        {"bits that went through xor twice", 7, SMT_UNSAT},
        {"sign extended and not negative", 8, SMT_UNSAT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin();
        smt_term x = smt_var(&smt, 32), y = smt_var(&smt, 32), sum = bin(SMT_ADD, x, y);
        smt_term low = smt_compare(&smt, SMT_ULT, sum, x);
        switch (cases[i].which) {
        case 0:
            smt_assert(&smt, masked(x, 1, 0), 0);
            smt_assert(&smt, masked(x, 3, 3), 1);
            break;
        case 1:
            smt_assert(&smt, masked(x, 1, 0), 0);
            smt_assert(&smt, masked(x, 3, 2), 1);
            break;
        case 2:
        case 3:
            smt_assert(&smt, masked(bin(SMT_MUL, x, k(32, (uint64_t)cases[i].which)), 1, 1), 0);
            break;
        case 4:
            smt_assert(&smt, smt_compare(&smt, SMT_ULT, x, k(32, 0x80000000)), 2);
            smt_assert(&smt, smt_compare(&smt, SMT_ULT, y, k(32, 0x80000000)), 1);
            smt_assert(&smt, low, 0);
            break;
        case 5:
            smt_assert(&smt, low, 0);
            break;
        case 6:
            sum = bin(SMT_AND, bin(SMT_ADD, x, k(32, 7)), k(32, ~UINT64_C(7)));
            smt_assert(&smt, smt_not(&smt, masked(sum, 7, 0)), 0);
            break;
        case 7:
            smt_assert(&smt, smt_not(&smt, eq(bin(SMT_XOR, bin(SMT_XOR, x, y), y), x)), 0);
            break;
        case 8:
            smt_assert(&smt, smt_compare(&smt, SMT_SLT, x, k(32, 0)), 0);
            sum = smt_extract(&smt, smt_sext(&smt, x, 64), 40, 8);
            smt_assert(&smt, eq(sum, k(8, 0)), 1);
            break;
        }
        CHECK(smt_check(&smt, PLENTY) == cases[i].want, cases[i].why);
        arena_finish(&arena);
    }
}

static void test_nothing_to_ask(void)
{
    begin();
    CHECK(smt_check(&smt, PLENTY) == SMT_SAT && smt.effort == 0, "no assertion");
    smt_assert(&smt, k(1, 1), 4);
    CHECK(smt.assertions.len == 0, "what is true is not kept");
    smt_assert(&smt, k(1, 0), 7);
    CHECK(smt_check(&smt, PLENTY) == SMT_UNSAT && smt.effort == 0, "false by itself");
    CHECK(smt.ncore == 1 && smt.core[0] == 7, "and named");
    arena_finish(&arena);
}

static void test_core(void)
{
    begin();
    smt_term x = smt_var(&smt, 32), y = smt_var(&smt, 32);
    smt_assert(&smt, masked(y, 1, 1), 30);
    smt_assert(&smt, masked(x, 1, 0), 20);
    smt_assert(&smt, smt_compare(&smt, SMT_ULT, y, k(32, 9)), 5);
    smt_assert(&smt, masked(x, 3, 3), 10);
    smt_assert(&smt, smt_compare(&smt, SMT_ULT, x, y), 20);
    CHECK(smt_check(&smt, PLENTY) == SMT_UNSAT, "two contradict each other");
    CHECK(smt.ncore == 2 && smt.core[0] == 10 && smt.core[1] == 20, "these, sorted, and no other");
    CHECK(smt.effort > 0, "the solver counts its steps");
    arena_finish(&arena);
}

/* ---- limits --------------------------------------------------------------------------------- */

/* Two factors of a number: much work for so small a question. */
static enum smt_answer ask_hard(unsigned limit)
{
    begin();
    smt_term x = smt_var(&smt, 64), y = smt_var(&smt, 64);
    smt_assert(&smt, eq(bin(SMT_MUL, x, y), k(64, UINT64_C(0xfffffffb) * 0xfffffffd)), 0);
    smt_assert(&smt, smt_compare(&smt, SMT_ULT, x, k(64, UINT64_C(1) << 32)), 1);
    smt_assert(&smt, smt_compare(&smt, SMT_ULT, y, k(64, UINT64_C(1) << 32)), 2);
    smt_assert(&smt, smt_compare(&smt, SMT_ULT, k(64, 1), x), 3);
    smt_assert(&smt, smt_compare(&smt, SMT_ULT, k(64, 1), y), 4);
    return smt_check(&smt, limit);
}

static void test_limit(void)
{
    uint64_t effort[2];
    for (int i = 0; i < 2; i++) {
        CHECK(ask_hard(100000) == SMT_UNKNOWN, "the limit ends it");
        effort[i] = smt.effort;
        arena_finish(&arena);
    }
    CHECK(effort[0] == effort[1], "at the same step each time");
    CHECK(effort[0] < 1000000, "soon");
}

static void test_depth(void)
{
    for (unsigned depth = SMT_MOST_DEPTH - 2; depth < SMT_MOST_DEPTH + 2; depth++) {
        begin();
        smt_term x = smt_var(&smt, 8);
        for (unsigned i = 0; i < depth; i++)
            x = bin(SMT_OR, smt_var(&smt, 8), x);
        smt_assert(&smt, eq(x, k(8, 3)), 0);
        CHECK((smt_check(&smt, PLENTY) == SMT_SAT) == (depth < SMT_MOST_DEPTH), "bounded depth");
        arena_finish(&arena);
    }
}

static void test_same_each_time(void)
{
    uint64_t effort = 0;
    for (int round = 0; round < 3; round++) {
        begin();
        smt_term x = smt_var(&smt, 16), y = smt_var(&smt, 16);
        smt_assert(&smt, eq(bin(SMT_MUL, x, y), k(16, 143)), 0);
        smt_assert(&smt, smt_compare(&smt, SMT_ULT, k(16, 1), x), 1);
        smt_assert(&smt, smt_compare(&smt, SMT_ULT, x, y), 2);
        CHECK(smt_check(&smt, PLENTY) == SMT_SAT, "11 * 13");
        CHECK(round == 0 || smt.effort == effort, "the same effort");
        effort = smt.effort;
        arena_finish(&arena);
    }
}

/* ---- text, memory --------------------------------------------------------------------------- */

static void test_text(void)
{
    begin();
    smt_term x = smt_var(&smt, 8);
    smt_var(&smt, 8);
    smt_assert(&smt, smt_not(&smt, smt_compare(&smt, SMT_ULT, smt_zext(&smt, x, 16), k(16, 3))), 0);
    CHECK_TEXT(smt_text(&smt, &arena),
               "(set-logic QF_BV)\n"
               "(declare-const t1 (_ BitVec 8))\n"
               "(define-fun t3 () (_ BitVec 16) (_ bv3 16))\n"
               "(define-fun t4 () (_ BitVec 16) ((_ zero_extend 8) t1))\n"
               "(define-fun t5 () (_ BitVec 1) (ite (bvult t4 t3) #b1 #b0))\n"
               "(define-fun t6 () (_ BitVec 1) (_ bv1 1))\n"
               "(define-fun t7 () (_ BitVec 1) (bvxor t5 t6))\n"
               "(assert (= t7 #b1))\n"
               "(check-sat)\n",
               "what is used, once");
    arena_finish(&arena);
}

static jmp_buf out_of_memory;

static void jump(void *context, size_t size)
{
    (void)context, (void)size;
    longjmp(out_of_memory, 1);
}

/* The n-th request fails, for all n until none does: nothing of Z3's may stay behind (the sanitizers
 * would tell). */
static void test_no_memory(void)
{
    static volatile unsigned n;
    volatile bool done = false;
    for (n = 1; n < 100 && !done; n++) {
        if (setjmp(out_of_memory) == 0) {
            arena_init(&arena, jump, NULL);
            arena.fail_after = n;
            smt_init(&smt, &arena);
            for (unsigned i = 0; i < 3000; i++)
                smt_assert(&smt, eq(bin(SMT_MUL, smt_var(&smt, 8), k(8, i | 1)), k(8, 3)), i);
            done = smt_check(&smt, PLENTY) == SMT_SAT;
        }
        arena_finish(&arena);
    }
    CHECK(done && n > 3, "some requests failed, then none");
}

int main(void)
{
    test_equal_terms_are_one();
    test_folding_is_the_solvers();
    test_answers();
    test_nothing_to_ask();
    test_core();
    test_limit();
    test_depth();
    test_same_each_time();
    test_text();
    test_no_memory();
    return check_status();
}
