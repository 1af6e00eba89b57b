/* A question in SMT-LIB 2. Shared terms are defined once, under their number. */
#include "smt/internal.h"

#include <string.h>

static const char *const names[] = {
    [SMT_ADD] = "bvadd",   [SMT_SUB] = "bvsub",   [SMT_MUL] = "bvmul",   [SMT_UDIV] = "bvudiv",
    [SMT_SDIV] = "bvsdiv", [SMT_UREM] = "bvurem", [SMT_SREM] = "bvsrem", [SMT_SHL] = "bvshl",
    [SMT_LSHR] = "bvlshr", [SMT_ASHR] = "bvashr", [SMT_AND] = "bvand",   [SMT_OR] = "bvor",
    [SMT_XOR] = "bvxor",   [SMT_EQ] = "=",        [SMT_ULT] = "bvult",   [SMT_SLT] = "bvslt",
    [SMT_CONCAT] = "concat",
};

static char *meaning(const struct smt *smt, smt_term t, struct arena *arena)
{
    const struct smt_node *n = smt_get(smt, t);
    unsigned low = (unsigned)n->imm, more = n->width - smt_width(smt, n->a);
    switch (n->op) {
    case SMT_CONST:
        return arena_printf(arena, "(_ bv%llu %u)", (unsigned long long)n->imm, n->width);
    case SMT_EXTRACT:
        return arena_printf(arena, "((_ extract %u %u) t%u)", low + n->width - 1, low, n->a);
    case SMT_ZEXT:
        return arena_printf(arena, "((_ zero_extend %u) t%u)", more, n->a);
    case SMT_SEXT:
        return arena_printf(arena, "((_ sign_extend %u) t%u)", more, n->a);
    case SMT_ITE:
        return arena_printf(arena, "(ite (= t%u #b1) t%u t%u)", n->a, n->b, n->c);
    case SMT_EQ:
    case SMT_ULT:
    case SMT_SLT:
        return arena_printf(arena, "(ite (%s t%u t%u) #b1 #b0)", names[n->op], n->a, n->b);
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
        return arena_printf(arena, "(%s t%u t%u)", names[n->op], n->a, n->b);
    case SMT_VAR:
        break;
    }
    BUG_ON(true);
}

struct text {
    struct arena *arena;
    VEC(char) bytes;
};

static void add(struct text *text, const char *piece)
{
    size_t length = strlen(piece);
    vec_reserve(text->arena, &text->bytes, text->bytes.len + length + 1);
    memcpy(text->bytes.items + text->bytes.len, piece, length + 1);
    text->bytes.len += length;
}

char *smt_text(const struct smt *smt, struct arena *arena)
{
    const uint8_t *used = smt_used(smt);
    struct text text = {.arena = arena};
    add(&text, "(set-logic QF_BV)\n");
    for (smt_term t = 1; t < smt->nodes.len; t++) {
        const struct smt_node *n = smt_get(smt, t);
        if (!used[t])
            continue;
        if (n->op == SMT_VAR)
            add(&text, arena_printf(arena, "(declare-const t%u (_ BitVec %u))\n", t, n->width));
        else
            add(&text, arena_printf(arena, "(define-fun t%u () (_ BitVec %u) %s)\n", t, n->width,
                                    meaning(smt, t, arena)));
    }
    for (size_t i = 0; i < smt->assertions.len; i++)
        add(&text, arena_printf(arena, "(assert (= t%u #b1))\n",
                                smt->assertions.items[i].condition));
    add(&text, "(check-sat)\n");
    return text.bytes.items;
}
