/* The solver: Z3. A context of its own for each question, so that an answer depends on nothing that was
 * asked before, here or in another thread. While it lives nothing is taken from the arena, whose failure
 * would not come back. */
#include "smt/internal.h"

#include <stdlib.h>
#include <string.h>
#include <z3.h>

struct question {
    const struct smt *smt;
    const uint8_t *used;
    Z3_context z3;
    Z3_ast *terms;    /* [term] */
    Z3_ast *labels;   /* what is assumed, one for each different label */
    uint32_t *values; /* the labels themselves, sorted */
    unsigned nlabels;
};

/* Errors are asked for afterwards; Z3's own handler would end the process. */
static void keep_going(Z3_context z3, Z3_error_code code)
{
    (void)z3, (void)code;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void collect_labels(struct question *q)
{
    const struct smt *smt = q->smt;
    unsigned kept = 0;
    q->values = arena_new_array(smt->arena, smt->assertions.len + 1, uint32_t);
    for (size_t i = 0; i < smt->assertions.len; i++)
        q->values[i] = smt->assertions.items[i].label;
    qsort(q->values, smt->assertions.len, sizeof *q->values, by_value);
    for (size_t i = 0; i < smt->assertions.len; i++)
        if (kept == 0 || q->values[kept - 1] != q->values[i])
            q->values[kept++] = q->values[i];
    q->nlabels = kept;
}

static unsigned place_of_label(const struct question *q, uint32_t label)
{
    const uint32_t *found =
        bsearch(&label, q->values, q->nlabels, sizeof *q->values, by_value);
    return (unsigned)(found - q->values);
}

static Z3_ast bit(const struct question *q, Z3_ast condition)
{
    Z3_sort sort = Z3_mk_bv_sort(q->z3, 1);
    return Z3_mk_ite(q->z3, condition, Z3_mk_unsigned_int64(q->z3, 1, sort),
                     Z3_mk_unsigned_int64(q->z3, 0, sort));
}

static Z3_ast is_set(const struct question *q, Z3_ast one_bit)
{
    return Z3_mk_eq(q->z3, one_bit, Z3_mk_unsigned_int64(q->z3, 1, Z3_mk_bv_sort(q->z3, 1)));
}

static Z3_ast translate(const struct question *q, const struct smt_node *n)
{
    typedef Z3_ast binary_fn(Z3_context, Z3_ast, Z3_ast);
    static binary_fn *const binary[] = {
        [SMT_ADD] = Z3_mk_bvadd,   [SMT_SUB] = Z3_mk_bvsub,   [SMT_MUL] = Z3_mk_bvmul,
        [SMT_UDIV] = Z3_mk_bvudiv, [SMT_SDIV] = Z3_mk_bvsdiv, [SMT_UREM] = Z3_mk_bvurem,
        [SMT_SREM] = Z3_mk_bvsrem, [SMT_SHL] = Z3_mk_bvshl,   [SMT_LSHR] = Z3_mk_bvlshr,
        [SMT_ASHR] = Z3_mk_bvashr, [SMT_AND] = Z3_mk_bvand,   [SMT_OR] = Z3_mk_bvor,
        [SMT_XOR] = Z3_mk_bvxor,   [SMT_EQ] = Z3_mk_eq,       [SMT_ULT] = Z3_mk_bvult,
        [SMT_SLT] = Z3_mk_bvslt,   [SMT_CONCAT] = Z3_mk_concat,
    };
    Z3_context z3 = q->z3;
    Z3_ast a = q->terms[n->a], b = q->terms[n->b], c = q->terms[n->c];
    unsigned low = (unsigned)n->imm, more = n->width - smt_width(q->smt, n->a);
    switch (n->op) {
    case SMT_CONST:
        return Z3_mk_unsigned_int64(z3, n->imm, Z3_mk_bv_sort(z3, n->width));
    case SMT_VAR:
        return Z3_mk_const(z3, Z3_mk_int_symbol(z3, (int)n->imm), Z3_mk_bv_sort(z3, n->width));
    case SMT_EQ:
    case SMT_ULT:
    case SMT_SLT:
        return bit(q, binary[n->op](z3, a, b));
    case SMT_ADD:
    case SMT_SUB:
    case SMT_MUL:
    case SMT_UDIV:
    case SMT_SDIV:
    case SMT_UREM:
    case SMT_SREM:
    case SMT_SHL:
    case SMT_LSHR:
    case SMT_ASHR:
    case SMT_AND:
    case SMT_OR:
    case SMT_XOR:
    case SMT_CONCAT:
        return binary[n->op](z3, a, b);
    case SMT_EXTRACT:
        return Z3_mk_extract(z3, low + n->width - 1, low, a);
    case SMT_ZEXT:
        return Z3_mk_zero_ext(z3, more, a);
    case SMT_SEXT:
        return Z3_mk_sign_ext(z3, more, a);
    case SMT_ITE:
        return Z3_mk_ite(z3, is_set(q, a), b, c);
    }
    BUG_ON(true);
}

static bool failed(const struct question *q)
{
    return Z3_get_error_code(q->z3) != Z3_OK;
}

/* Each label is a condition of its own that implies what is asserted under it. false: Z3 has failed. */
static bool assert_all(struct question *q, Z3_solver solver)
{
    const struct smt *smt = q->smt;
    for (smt_term t = 1; t < smt->nodes.len; t++) {
        if (q->used[t])
            q->terms[t] = translate(q, smt_get(smt, t));
        if (failed(q))
            return false;
    }
    for (unsigned i = 0; i < q->nlabels; i++)
        q->labels[i] = Z3_mk_fresh_const(q->z3, "label", Z3_mk_bool_sort(q->z3));
    for (size_t i = 0; i < smt->assertions.len; i++) {
        const struct smt_assertion *a = &smt->assertions.items[i];
        Z3_ast holds = is_set(q, q->terms[a->condition]);
        Z3_solver_assert(q->z3, solver,
                         Z3_mk_implies(q->z3, q->labels[place_of_label(q, a->label)], holds));
        if (failed(q))
            return false;
    }
    return true;
}

static void set_limit(const struct question *q, Z3_solver solver, unsigned limit)
{
    Z3_params params = Z3_mk_params(q->z3);
    Z3_params_inc_ref(q->z3, params);
    Z3_params_set_uint(q->z3, params, Z3_mk_string_symbol(q->z3, "rlimit"), limit);
    Z3_params_set_bool(q->z3, params, Z3_mk_string_symbol(q->z3, "core.minimize"), true);
    Z3_solver_set_params(q->z3, solver, params);
    Z3_params_dec_ref(q->z3, params);
}

static uint64_t effort(const struct question *q, Z3_solver solver)
{
    uint64_t count = 0;
    Z3_stats stats = Z3_solver_get_statistics(q->z3, solver);
    if (failed(q))
        return 0;
    Z3_stats_inc_ref(q->z3, stats);
    for (unsigned i = 0; i < Z3_stats_size(q->z3, stats); i++)
        if (!strcmp(Z3_stats_get_key(q->z3, stats, i), "rlimit count") &&
            Z3_stats_is_uint(q->z3, stats, i))
            count = Z3_stats_get_uint_value(q->z3, stats, i);
    Z3_stats_dec_ref(q->z3, stats);
    return count;
}

static void read_core(const struct question *q, Z3_solver solver, struct smt *smt)
{
    Z3_ast_vector core = Z3_solver_get_unsat_core(q->z3, solver);
    Z3_ast_vector_inc_ref(q->z3, core);
    unsigned n = Z3_ast_vector_size(q->z3, core);
    for (unsigned i = 0; i < q->nlabels; i++)
        for (unsigned k = 0; k < n; k++)
            if (Z3_is_eq_ast(q->z3, Z3_ast_vector_get(q->z3, core, k), q->labels[i]))
                smt->core[smt->ncore++] = q->values[i];
    Z3_ast_vector_dec_ref(q->z3, core);
}

static enum smt_answer ask(struct question *q, struct smt *smt, unsigned limit)
{
    enum smt_answer answer = SMT_UNKNOWN;
    Z3_solver solver = Z3_mk_simple_solver(q->z3);
    Z3_solver_inc_ref(q->z3, solver);
    set_limit(q, solver, limit);
    if (assert_all(q, solver)) {
        Z3_lbool found = Z3_solver_check_assumptions(q->z3, solver, q->nlabels, q->labels);
        if (failed(q))
            found = Z3_L_UNDEF;
        smt->effort = effort(q, solver);
        answer = found == Z3_L_TRUE ? SMT_SAT : found == Z3_L_FALSE ? SMT_UNSAT : SMT_UNKNOWN;
        if (answer == SMT_UNSAT)
            read_core(q, solver, smt);
    }
    Z3_solver_dec_ref(q->z3, solver);
    return answer;
}

/* An assertion that is false by itself. */
static bool is_trivial(struct smt *smt)
{
    uint64_t value;
    for (size_t i = 0; i < smt->assertions.len; i++)
        if (smt_is_const(smt, smt->assertions.items[i].condition, &value) && !value) {
            smt->core[smt->ncore++] = smt->assertions.items[i].label;
            return true;
        }
    return false;
}

static bool is_too_deep(const struct smt *smt)
{
    for (size_t i = 0; i < smt->assertions.len; i++)
        if (smt_get(smt, smt->assertions.items[i].condition)->depth > SMT_MOST_DEPTH)
            return true;
    return false;
}

enum smt_answer smt_check(struct smt *smt, unsigned limit)
{
    struct question q = {.smt = smt};
    smt->effort = 0;
    smt->ncore = 0;
    smt->core = arena_new_array(smt->arena, smt->assertions.len + 1, uint32_t);
    if (smt->assertions.len == 0)
        return SMT_SAT;
    if (is_trivial(smt))
        return SMT_UNSAT;
    if (is_too_deep(smt))
        return SMT_UNKNOWN;
    collect_labels(&q);
    q.used = smt_used(smt);
    q.terms = arena_new_array(smt->arena, smt->nodes.len, Z3_ast);
    q.labels = arena_new_array(smt->arena, q.nlabels, Z3_ast);
    Z3_config config = Z3_mk_config();
    Z3_set_param_value(config, "model", "false");
    q.z3 = Z3_mk_context(config);
    Z3_del_config(config);
    if (!q.z3)
        return SMT_UNKNOWN;
    Z3_set_error_handler(q.z3, keep_going);
    enum smt_answer answer = ask(&q, smt, limit);
    Z3_del_context(q.z3);
    return answer;
}
