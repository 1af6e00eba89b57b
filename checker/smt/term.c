/* Terms: hash-consing, and what can be seen without a solver. */
#include "smt/internal.h"

static uint64_t mask(unsigned width)
{
    return width >= 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
}

static int64_t as_signed(uint64_t value, unsigned width)
{
    unsigned up = 64 - width;
    return (int64_t)(value << up) >> up;
}

void smt_init(struct smt *smt, struct arena *arena)
{
    *smt = (struct smt){.arena = arena};
    vec_push(arena, &smt->nodes, (struct smt_node){0});
}

const struct smt_node *smt_get(const struct smt *smt, smt_term term)
{
    return &smt->nodes.items[term];
}

unsigned smt_width(const struct smt *smt, smt_term term)
{
    return smt->nodes.items[term].width;
}

bool smt_is_const(const struct smt *smt, smt_term term, uint64_t *ret_value)
{
    const struct smt_node *n = smt_get(smt, term);
    if (!term || n->op != SMT_CONST)
        return false;
    if (ret_value)
        *ret_value = n->imm;
    return true;
}

static bool same_node(const struct smt_node *x, const struct smt_node *y)
{
    return x->op == y->op && x->width == y->width && x->a == y->a && x->b == y->b &&
           x->c == y->c && x->imm == y->imm;
}

static unsigned depth_of(const struct smt *smt, const struct smt_node *n)
{
    const smt_term operands[] = {n->a, n->b, n->c};
    unsigned depth = 0;
    for (size_t i = 0; i < 3; i++)
        if (operands[i] && smt_get(smt, operands[i])->depth >= depth)
            depth = smt_get(smt, operands[i])->depth + 1;
    return depth;
}

static smt_term make(struct smt *smt, struct smt_node n)
{
    uint64_t key = hash_u64(hash_u64((uint64_t)n.op << 32 | n.width) ^ n.imm);
    key = hash_u64(key ^ ((uint64_t)n.a << 32 | n.b));
    BUG_ON(n.width < 1 || n.width > 64);
    for (key = hash_u64(key ^ n.c);; key++) {
        uint64_t *slot = map_slot(&smt->index, smt->arena, key);
        if (!*slot) {
            *slot = smt->nodes.len;
            n.depth = depth_of(smt, &n);
            vec_push(smt->arena, &smt->nodes, n);
        }
        if (same_node(smt_get(smt, (smt_term)*slot), &n))
            return (smt_term)*slot;
    }
}

smt_term smt_const(struct smt *smt, unsigned width, uint64_t value)
{
    return make(smt, (struct smt_node){.op = SMT_CONST, .width = width, .imm = value & mask(width)});
}

smt_term smt_var(struct smt *smt, unsigned width)
{
    return make(smt, (struct smt_node){.op = SMT_VAR, .width = width, .imm = smt->nvars++});
}

/* ---- arithmetic ---------------------------------------------------------------------------- */

static uint64_t divide(enum smt_op op, uint64_t x, uint64_t y, unsigned width)
{
    int64_t sx = as_signed(x, width), sy = as_signed(y, width);
    switch (op) {
    case SMT_UDIV:
        return y ? x / y : UINT64_MAX;
    case SMT_UREM:
        return y ? x % y : x;
    case SMT_SDIV:
        if (sy == 0)
            return sx < 0 ? 1 : UINT64_MAX;
        return sy == -1 ? (uint64_t)0 - x : (uint64_t)(sx / sy);
    case SMT_SREM:
        if (sy == 0)
            return x;
        return sy == -1 ? 0 : (uint64_t)(sx % sy);
    default:
        BUG_ON(true);
    }
    return 0;
}

static uint64_t fold(enum smt_op op, uint64_t x, uint64_t y, unsigned width)
{
    switch (op) {
    case SMT_ADD:
        return x + y;
    case SMT_SUB:
        return x - y;
    case SMT_MUL:
        return x * y;
    case SMT_SHL:
        return y < width ? x << y : 0;
    case SMT_LSHR:
        return y < width ? x >> y : 0;
    case SMT_ASHR:
        return (uint64_t)(as_signed(x, width) >> (y < width ? y : width - 1));
    case SMT_AND:
        return x & y;
    case SMT_OR:
        return x | y;
    case SMT_XOR:
        return x ^ y;
    default:
        return divide(op, x, y, width);
    }
}

static bool commutes(enum smt_op op)
{
    return op == SMT_ADD || op == SMT_MUL || op == SMT_AND || op == SMT_OR || op == SMT_XOR;
}

/* x op k, if that is something simpler, else 0. */
static smt_term with_const(struct smt *smt, enum smt_op op, smt_term x, uint64_t k)
{
    const struct smt_node n = *smt_get(smt, x);
    uint64_t inner;
    if (k == 0 && (op == SMT_AND || op == SMT_MUL))
        return smt_const(smt, n.width, 0);
    if (k == 0 && op != SMT_UDIV && op != SMT_SDIV && op != SMT_UREM && op != SMT_SREM)
        return x;
    if (k == 1 && (op == SMT_MUL || op == SMT_UDIV))
        return x;
    if (k == mask(n.width) && op == SMT_AND)
        return x;
    if (k == mask(n.width) && op == SMT_OR)
        return smt_const(smt, n.width, k);
    bool joins = op == SMT_ADD || op == SMT_XOR || op == SMT_AND || op == SMT_OR;
    if (joins && n.op == op && smt_is_const(smt, n.b, &inner))
        return smt_binary(smt, op, n.a, smt_const(smt, n.width, fold(op, inner, k, n.width)));
    return 0;
}

static smt_term with_itself(struct smt *smt, enum smt_op op, smt_term x)
{
    if (op == SMT_AND || op == SMT_OR)
        return x;
    return op == SMT_XOR || op == SMT_SUB ? smt_const(smt, smt_width(smt, x), 0) : 0;
}

smt_term smt_binary(struct smt *smt, enum smt_op op, smt_term a, smt_term b)
{
    unsigned width = smt_width(smt, a);
    uint64_t x, y;
    BUG_ON(op < SMT_ADD || op > SMT_XOR || width != smt_width(smt, b));
    bool ca = smt_is_const(smt, a, &x), cb = smt_is_const(smt, b, &y);
    if (ca && cb)
        return smt_const(smt, width, fold(op, x, y, width));
    if (commutes(op) && (ca || (!cb && b < a))) {
        smt_term swap = a;
        a = b;
        b = swap;
        y = x;
        cb = ca;
    }
    if (op == SMT_SUB && cb)
        return smt_binary(smt, SMT_ADD, a, smt_const(smt, width, 0 - y));
    smt_term simple = cb ? with_const(smt, op, a, y) : a == b ? with_itself(smt, op, a) : 0;
    if (simple)
        return simple;
    return make(smt, (struct smt_node){.op = op, .width = width, .a = a, .b = b});
}

/* ---- conditions ---------------------------------------------------------------------------- */

smt_term smt_not(struct smt *smt, smt_term condition)
{
    return smt_binary(smt, SMT_XOR, condition, smt_const(smt, 1, 1));
}

/* What is added to what: x + 3 is 3 behind x. */
static smt_term without_offset(struct smt *smt, smt_term x, uint64_t *ret_offset)
{
    const struct smt_node *n = smt_get(smt, x);
    *ret_offset = 0;
    if (n->op != SMT_ADD || !smt_is_const(smt, n->b, ret_offset))
        return x;
    return n->a;
}

/* x == k, if that is something simpler, else 0. */
static smt_term equals_const(struct smt *smt, smt_term x, uint64_t k)
{
    const struct smt_node n = *smt_get(smt, x);
    uint64_t c, d;
    if (n.width == 1)
        return k ? x : smt_not(smt, x);
    if (n.op == SMT_ADD && smt_is_const(smt, n.b, &c))
        return smt_compare(smt, SMT_EQ, n.a, smt_const(smt, n.width, k - c));
    if (n.op == SMT_XOR && smt_is_const(smt, n.b, &c))
        return smt_compare(smt, SMT_EQ, n.a, smt_const(smt, n.width, k ^ c));
    if (n.op == SMT_ZEXT) {
        unsigned inner = smt_width(smt, n.a);
        if (k & ~mask(inner))
            return smt_const(smt, 1, 0);
        return smt_compare(smt, SMT_EQ, n.a, smt_const(smt, inner, k));
    }
    if (n.op == SMT_ITE && smt_is_const(smt, n.b, &c) && smt_is_const(smt, n.c, &d)) {
        if (c != k && d != k)
            return smt_const(smt, 1, 0);
        return c == k ? n.a : smt_not(smt, n.a); /* c and d differ, or there was no choice */
    }
    return 0;
}

smt_term smt_compare(struct smt *smt, enum smt_op op, smt_term a, smt_term b)
{
    unsigned width = smt_width(smt, a);
    uint64_t x, y;
    BUG_ON(op < SMT_EQ || op > SMT_SLT || width != smt_width(smt, b));
    bool ca = smt_is_const(smt, a, &x), cb = smt_is_const(smt, b, &y);
    if (a == b)
        return smt_const(smt, 1, op == SMT_EQ);
    if (ca && cb)
        return smt_const(smt, 1, op == SMT_EQ    ? x == y
                                 : op == SMT_ULT ? x < y
                                                 : as_signed(x, width) < as_signed(y, width));
    if (op == SMT_ULT && ((cb && y == 0) || (ca && x == mask(width))))
        return smt_const(smt, 1, 0);
    if (op == SMT_EQ) {
        uint64_t oa, ob;
        if (ca || (!cb && b < a))
            return smt_compare(smt, SMT_EQ, b, a);
        smt_term simple = cb ? equals_const(smt, a, y) : 0;
        if (simple)
            return simple;
        if (without_offset(smt, a, &oa) == without_offset(smt, b, &ob))
            return smt_const(smt, 1, oa == ob);
    }
    return make(smt, (struct smt_node){.op = op, .width = 1, .a = a, .b = b});
}

smt_term smt_ite(struct smt *smt, smt_term condition, smt_term yes, smt_term no)
{
    unsigned width = smt_width(smt, yes);
    uint64_t c, x, y;
    BUG_ON(smt_width(smt, condition) != 1 || width != smt_width(smt, no));
    if (smt_is_const(smt, condition, &c))
        return c ? yes : no;
    if (yes == no)
        return yes;
    if (width == 1 && smt_is_const(smt, yes, &x) && smt_is_const(smt, no, &y))
        return x ? condition : smt_not(smt, condition);
    return make(smt, (struct smt_node){
                         .op = SMT_ITE, .width = width, .a = condition, .b = yes, .c = no});
}

/* ---- widths -------------------------------------------------------------------------------- */

smt_term smt_extract(struct smt *smt, smt_term a, unsigned low, unsigned width)
{
    const struct smt_node n = *smt_get(smt, a);
    BUG_ON(width < 1 || low + width > n.width);
    if (width == n.width)
        return a;
    if (n.op == SMT_CONST)
        return smt_const(smt, width, n.imm >> low);
    if (n.op == SMT_EXTRACT)
        return smt_extract(smt, n.a, (unsigned)n.imm + low, width);
    if (n.op == SMT_ZEXT || n.op == SMT_SEXT) {
        unsigned inner = smt_width(smt, n.a);
        if (low + width <= inner)
            return smt_extract(smt, n.a, low, width);
        if (n.op == SMT_ZEXT && low >= inner)
            return smt_const(smt, width, 0);
        if (low == 0)
            return n.op == SMT_ZEXT ? smt_zext(smt, n.a, width) : smt_sext(smt, n.a, width);
    }
    if (n.op == SMT_CONCAT) {
        unsigned border = smt_width(smt, n.b);
        if (low + width <= border)
            return smt_extract(smt, n.b, low, width);
        if (low >= border)
            return smt_extract(smt, n.a, low - border, width);
    }
    return make(smt, (struct smt_node){.op = SMT_EXTRACT, .width = width, .a = a, .imm = low});
}

smt_term smt_zext(struct smt *smt, smt_term a, unsigned width)
{
    const struct smt_node n = *smt_get(smt, a);
    BUG_ON(width < n.width);
    if (width == n.width)
        return a;
    if (n.op == SMT_CONST)
        return smt_const(smt, width, n.imm);
    if (n.op == SMT_ZEXT)
        a = n.a;
    return make(smt, (struct smt_node){.op = SMT_ZEXT, .width = width, .a = a});
}

smt_term smt_sext(struct smt *smt, smt_term a, unsigned width)
{
    const struct smt_node n = *smt_get(smt, a);
    BUG_ON(width < n.width);
    if (width == n.width)
        return a;
    if (n.op == SMT_CONST)
        return smt_const(smt, width, (uint64_t)as_signed(n.imm, n.width));
    if (n.op == SMT_ZEXT) /* its sign is 0 */
        return smt_zext(smt, n.a, width);
    if (n.op == SMT_SEXT)
        a = n.a;
    return make(smt, (struct smt_node){.op = SMT_SEXT, .width = width, .a = a});
}

smt_term smt_concat(struct smt *smt, smt_term high, smt_term low)
{
    const struct smt_node h = *smt_get(smt, high), l = *smt_get(smt, low);
    unsigned width = h.width + l.width;
    BUG_ON(width > 64);
    if (h.op == SMT_CONST && l.op == SMT_CONST)
        return smt_const(smt, width, h.imm << l.width | l.imm);
    if (h.op == SMT_CONST && h.imm == 0)
        return smt_zext(smt, low, width);
    if (h.op == SMT_EXTRACT && h.imm == l.width && low == smt_extract(smt, h.a, 0, l.width))
        return smt_extract(smt, h.a, 0, width); /* the low bytes of a value, read one by one */
    if (h.op == SMT_EXTRACT && l.op == SMT_EXTRACT && h.a == l.a && h.imm == l.imm + l.width)
        return smt_extract(smt, h.a, (unsigned)l.imm, width);
    return make(smt, (struct smt_node){.op = SMT_CONCAT, .width = width, .a = high, .b = low});
}

/* ---- assertions ---------------------------------------------------------------------------- */

void smt_assert(struct smt *smt, smt_term condition, uint32_t label)
{
    uint64_t value;
    BUG_ON(smt_width(smt, condition) != 1);
    if (smt_is_const(smt, condition, &value) && value)
        return;
    vec_push(smt->arena, &smt->assertions, (struct smt_assertion){condition, label});
}

uint8_t *smt_used(const struct smt *smt)
{
    uint8_t *used = arena_new_array(smt->arena, smt->nodes.len, uint8_t);
    for (size_t i = 0; i < smt->assertions.len; i++)
        used[smt->assertions.items[i].condition] = 1;
    for (smt_term t = (smt_term)smt->nodes.len; t-- > 1;) { /* operands have smaller numbers */
        const struct smt_node *n = smt_get(smt, t);
        if (used[t])
            used[n->a] = used[n->b] = used[n->c] = 1;
    }
    return used;
}
