/* Values: hash-consed expressions. Equality is identity; what can be folded is folded when made. */
#include "engine/internal.h"

uint64_t width_mask(unsigned width)
{
    return width >= 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
}

int64_t sign_extend(uint64_t value, unsigned width)
{
    if (width == 0 || width >= 64)
        return (int64_t)value;
    uint64_t sign = UINT64_C(1) << (width - 1);
    return (int64_t)(((value & width_mask(width)) ^ sign) - sign);
}

const struct value *value_get(const struct sim *sim, value_id id)
{
    return &sim->values.items[id];
}

bool value_is_const(const struct sim *sim, value_id id, uint64_t *ret_imm)
{
    const struct value *v = value_get(sim, id);
    if (v->kind != VALUE_CONST)
        return false;
    if (ret_imm)
        *ret_imm = v->imm;
    return true;
}

static uint64_t value_hash(const struct value *v)
{
    uint64_t h = (uint64_t)v->kind | (uint64_t)v->width << 8 | (uint64_t)v->sub << 16 |
                 (uint64_t)v->a << 32;
    h = hash_u64(h) ^ ((uint64_t)v->b << 32 | v->c);
    return hash_u64(hash_u64(h) ^ v->imm);
}

static void grow_slots(struct sim *sim)
{
    uint32_t n = sim->value_nslots ? sim->value_nslots * 2 : 4096;
    sim->value_slots = arena_new_array(&sim->arena, n, uint32_t);
    sim->value_nslots = n;
    for (uint32_t id = 0; id < sim->values.len; id++) {
        uint32_t slot = (uint32_t)value_hash(&sim->values.items[id]) & (n - 1);
        while (sim->value_slots[slot])
            slot = (slot + 1) & (n - 1);
        sim->value_slots[slot] = id + 1;
    }
}

static uint64_t bloom(uint64_t x)
{
    return UINT64_C(1) << (hash_u64(x) & 63);
}

uint64_t object_bloom(object_id object)
{
    return bloom(UINT64_C(0x9e3700000000) + object);
}

static uint64_t pointee_bloom(const struct sim *sim, object_id object)
{
    const struct object *o = &sim->objects.items[object];
    uint64_t mask = object_bloom(object);
    return o->kind == OBJECT_POINTEE ? mask | sim->values.items[o->a].mask : mask;
}

static uint64_t value_bloom(const struct sim *sim, const struct value *v, value_id id)
{
    switch ((enum value_kind)v->kind) {
    case VALUE_TOP:
    case VALUE_CONST:
    case VALUE_FUNC:
        return 0;
    case VALUE_SYMBOL: {
        uint64_t mask = bloom(id);
        if (v->sub == SYMBOL_INIT)
            mask |= pointee_bloom(sim, v->a) | (v->b ? sim->values.items[v->b].mask : 0) |
                    (v->c ? sim->values.items[v->c].mask : 0);
        return mask;
    }
    case VALUE_ADDR:
        return pointee_bloom(sim, v->a);
    case VALUE_BINARY:
    case VALUE_COMPARE:
        return sim->values.items[v->a].mask | sim->values.items[v->b].mask;
    case VALUE_CAST:
        return sim->values.items[v->a].mask;
    }
    BUG_ON(true);
}

static value_id value_intern(struct sim *sim, struct value v)
{
    if (sim->values.len * 2 >= sim->value_nslots)
        grow_slots(sim);
    uint32_t slot = (uint32_t)value_hash(&v) & (sim->value_nslots - 1);
    for (; sim->value_slots[slot]; slot = (slot + 1) & (sim->value_nslots - 1)) {
        value_id id = sim->value_slots[slot] - 1;
        const struct value *o = &sim->values.items[id];
        if (o->kind == v.kind && o->width == v.width && o->sub == v.sub && o->a == v.a &&
            o->b == v.b && o->c == v.c && o->imm == v.imm)
            return id;
    }
    value_id id = (value_id)sim->values.len;
    v.mask = value_bloom(sim, &v, id);
    if (v.kind == VALUE_BINARY || v.kind == VALUE_COMPARE || v.kind == VALUE_CAST) {
        uint8_t a = sim->values.items[v.a].depth;
        uint8_t b = v.kind == VALUE_CAST ? 0 : sim->values.items[v.b].depth;
        v.depth = (uint8_t)((a > b ? a : b) + ((a > b ? a : b) < 255));
    }
    vec_push(&sim->arena, &sim->values, v);
    sim->value_slots[slot] = id + 1;
    return id;
}

void values_init(struct sim *sim)
{
    value_intern(sim, (struct value){.kind = VALUE_TOP});
    vec_push(&sim->arena, &sim->objects, (struct object){0}); /* id 0: none */
}

value_id value_const(struct sim *sim, unsigned width, uint64_t imm)
{
    return value_intern(sim, (struct value){.kind = VALUE_CONST, .width = (uint8_t)width,
                                            .imm = imm & width_mask(width)});
}

value_id value_symbol(struct sim *sim, enum symbol_kind kind, unsigned width, uint32_t a, uint32_t b,
                      uint32_t c, uint64_t imm)
{
    return value_intern(sim, (struct value){.kind = VALUE_SYMBOL, .sub = (uint8_t)kind,
                                            .width = (uint8_t)width, .a = a, .b = b, .c = c,
                                            .imm = imm});
}

value_id value_addr(struct sim *sim, object_id object, uint64_t offset)
{
    return value_intern(sim, (struct value){.kind = VALUE_ADDR,
                                            .width = (uint8_t)sim->program->pointer_bits,
                                            .a = object, .imm = offset});
}

value_id value_func(struct sim *sim, func_id func)
{
    return value_intern(sim, (struct value){.kind = VALUE_FUNC,
                                            .width = (uint8_t)sim->program->pointer_bits, .a = func});
}

object_id object_get(struct sim *sim, enum object_kind kind, uint32_t a, uint32_t b, uint32_t c,
                     uint64_t size)
{
    uint64_t key = hash_u64(hash_u64((uint64_t)a << 32 | b) ^ ((uint64_t)c << 3 | kind));
    for (;; key++) { /* the hash names the object; a clash moves on to the next key */
        uint64_t *slot = map_slot(&sim->object_index, &sim->arena, key);
        if (!*slot) {
            *slot = sim->objects.len;
            vec_push(&sim->arena, &sim->objects,
                     (struct object){.kind = kind, .a = a, .b = b, .c = c, .size = size});
            return (object_id)*slot;
        }
        const struct object *o = &sim->objects.items[*slot];
        if (o->kind == kind && o->a == a && o->b == b && o->c == c)
            return (object_id)*slot;
    }
}

/* ---- folding ------------------------------------------------------------------------------ */

static uint64_t fold(enum binary_op op, unsigned width, uint64_t a, uint64_t b, bool *ok)
{
    int64_t sa = sign_extend(a, width), sb = sign_extend(b, width);
    *ok = true;
    switch (op) {
    case BIN_ADD:
        return a + b;
    case BIN_SUB:
        return a - b;
    case BIN_MUL:
        return a * b;
    case BIN_UDIV:
        *ok = b != 0;
        return b ? a / b : 0;
    case BIN_UREM:
        *ok = b != 0;
        return b ? a % b : 0;
    case BIN_SDIV:
        *ok = sb != 0 && !(sb == -1 && sa == INT64_MIN);
        return *ok ? (uint64_t)(sa / sb) : 0;
    case BIN_SREM:
        *ok = sb != 0 && !(sb == -1 && sa == INT64_MIN);
        return *ok ? (uint64_t)(sa % sb) : 0;
    case BIN_SHL:
        *ok = b < width;
        return b < 64 ? a << b : 0;
    case BIN_LSHR:
        *ok = b < width;
        return b < 64 ? a >> b : 0;
    case BIN_ASHR:
        *ok = b < width;
        return b < 64 ? (uint64_t)(sa >> b) : 0;
    case BIN_AND:
        return a & b;
    case BIN_OR:
        return a | b;
    case BIN_XOR:
        return a ^ b;
    }
    BUG_ON(true);
}

static bool commutes(enum binary_op op)
{
    return op == BIN_ADD || op == BIN_MUL || op == BIN_AND || op == BIN_OR || op == BIN_XOR;
}

/* `id` is `op`(x, constant): gives x and the constant. */
static bool is_op_const(const struct sim *sim, value_id id, enum binary_op op, value_id *ret_x,
                        uint64_t *ret_c)
{
    const struct value *v = value_get(sim, id);
    if (v->kind != VALUE_BINARY || v->sub != op || !value_is_const(sim, v->b, ret_c))
        return false;
    *ret_x = v->a;
    return true;
}

static value_id simplify_with_const(struct sim *sim, enum binary_op op, unsigned width, value_id a,
                                    uint64_t c, bool *done)
{
    const struct value va = *value_get(sim, a);
    uint64_t mask = width_mask(width), c1;
    value_id x;
    *done = true;
    switch (op) {
    case BIN_ADD:
        if (c == 0)
            return a;
        if (va.kind == VALUE_ADDR)
            return value_addr(sim, va.a, va.imm + (uint64_t)sign_extend(c, width));
        if (is_op_const(sim, a, BIN_ADD, &x, &c1))
            return value_binary(sim, BIN_ADD, width, x, value_const(sim, width, c + c1));
        break;
    case BIN_AND:
        if (c == 0)
            return value_const(sim, width, 0);
        if (c == mask)
            return a;
        if (is_op_const(sim, a, BIN_AND, &x, &c1))
            return value_binary(sim, BIN_AND, width, x, value_const(sim, width, c & c1));
        if (is_op_const(sim, a, BIN_OR, &x, &c1)) {
            value_id low = value_binary(sim, BIN_AND, width, x, value_const(sim, width, c & ~c1));
            return value_binary(sim, BIN_OR, width, low, value_const(sim, width, c & c1));
        }
        if (va.kind == VALUE_CAST && va.sub == CAST_ZEXT) {
            unsigned inner = value_get(sim, va.a)->width;
            value_id low = value_binary(sim, BIN_AND, inner, va.a, value_const(sim, inner, c));
            return value_cast(sim, CAST_ZEXT, width, low);
        }
        break;
    case BIN_OR:
        if (c == 0)
            return a;
        if (c == mask)
            return value_const(sim, width, c);
        if (is_op_const(sim, a, BIN_OR, &x, &c1))
            return value_binary(sim, BIN_OR, width, x, value_const(sim, width, c | c1));
        if (is_op_const(sim, a, BIN_AND, &x, &c1) && ((c1 | c) & mask) != (c1 & mask) &&
            (c1 & c) != 0) /* bits that are set anyway need not be kept */
            return value_binary(sim, BIN_OR, width,
                                value_binary(sim, BIN_AND, width, x, value_const(sim, width, c1 & ~c)),
                                value_const(sim, width, c));
        break;
    case BIN_XOR:
        if (c == 0)
            return a;
        if (is_op_const(sim, a, BIN_XOR, &x, &c1))
            return value_binary(sim, BIN_XOR, width, x, value_const(sim, width, c ^ c1));
        break;
    case BIN_MUL:
        if (c == 0 || c == 1)
            return c ? a : value_const(sim, width, 0);
        break;
    case BIN_SHL:
    case BIN_LSHR:
    case BIN_ASHR:
        if (c == 0)
            return a;
        break;
    case BIN_UDIV:
    case BIN_SDIV:
        if (c == 1)
            return a;
        break;
    case BIN_SUB:
    case BIN_UREM:
    case BIN_SREM:
        break;
    }
    *done = false;
    return 0;
}

value_id value_binary(struct sim *sim, enum binary_op op, unsigned width, value_id a, value_id b)
{
    uint64_t ca, cb;
    bool a_const = value_is_const(sim, a, &ca), b_const = value_is_const(sim, b, &cb), ok;
    if (op == BIN_AND && ((a_const && ca == 0) || (b_const && cb == 0)))
        return value_const(sim, width, 0);
    if (!a || !b)
        return 0;
    if (a_const && b_const) {
        uint64_t r = fold(op, width, ca, cb, &ok);
        if (ok)
            return value_const(sim, width, r);
    }
    if (op == BIN_SUB && b_const)
        return value_binary(sim, BIN_ADD, width, a, value_const(sim, width, -cb));
    if (commutes(op) && (a_const || (!b_const && a > b && value_get(sim, a)->kind != VALUE_ADDR))) {
        value_id t = a;
        a = b;
        b = t;
        bool tc = a_const;
        a_const = b_const;
        b_const = tc;
        cb = ca;
    }
    if (commutes(op) && !b_const && value_get(sim, b)->kind == VALUE_ADDR) {
        value_id t = a;
        a = b;
        b = t;
    }
    if (b_const) {
        value_id r = simplify_with_const(sim, op, width, a, cb, &ok);
        if (ok)
            return r;
    }
    const struct value *va = value_get(sim, a), *vb = value_get(sim, b);
    if (a == b) {
        if (op == BIN_SUB || op == BIN_XOR)
            return value_const(sim, width, 0);
        if (op == BIN_AND || op == BIN_OR)
            return a;
    }
    if (op == BIN_SUB && va->kind == VALUE_ADDR && vb->kind == VALUE_ADDR && va->a == vb->a)
        return value_const(sim, width, va->imm - vb->imm);
    value_id x;
    uint64_t c;
    if (op == BIN_SUB && is_op_const(sim, a, BIN_ADD, &x, &c) && x == b)
        return value_const(sim, width, c);
    if (op == BIN_ADD && !b_const) { /* constants outward: (x + c) + y = (x + y) + c */
        if (is_op_const(sim, a, BIN_ADD, &x, &c))
            return value_binary(sim, BIN_ADD, width, value_binary(sim, BIN_ADD, width, x, b),
                                value_const(sim, width, c));
        if (is_op_const(sim, b, BIN_ADD, &x, &c))
            return value_binary(sim, BIN_ADD, width, value_binary(sim, BIN_ADD, width, a, x),
                                value_const(sim, width, c));
    }
    if (op == BIN_MUL && b_const && is_op_const(sim, a, BIN_ADD, &x, &c))
        return value_binary(sim, BIN_ADD, width, value_binary(sim, BIN_MUL, width, x, b),
                            value_const(sim, width, c * cb));
    return value_intern(sim, (struct value){.kind = VALUE_BINARY, .sub = (uint8_t)op,
                                            .width = (uint8_t)width, .a = a, .b = b});
}

value_id value_cast(struct sim *sim, enum cast_op op, unsigned width, value_id a)
{
    const struct value v = *value_get(sim, a);
    uint64_t c;
    if (!a)
        return 0;
    if (op == CAST_PTRTOINT || op == CAST_INTTOPTR || op == CAST_SAME) {
        if (v.width == width)
            return a;
        op = v.width > width ? CAST_TRUNC : CAST_ZEXT;
    }
    if (v.width == width)
        return a;
    if (v.kind == VALUE_CONST)
        return value_const(sim, width,
                           op == CAST_SEXT ? (uint64_t)sign_extend(v.imm, v.width) : v.imm);
    if (v.kind == VALUE_CAST) {
        unsigned inner = value_get(sim, v.a)->width;
        if (op == CAST_ZEXT && v.sub == CAST_ZEXT)
            return value_cast(sim, CAST_ZEXT, width, v.a);
        if (op == CAST_TRUNC && v.sub == CAST_TRUNC)
            return value_cast(sim, CAST_TRUNC, width, v.a);
        if (op == CAST_SEXT && (v.sub == CAST_SEXT || v.sub == CAST_ZEXT))
            return value_cast(sim, (enum cast_op)v.sub, width, v.a);
        if (op == CAST_TRUNC && (v.sub == CAST_ZEXT || v.sub == CAST_SEXT)) {
            if (inner >= width)
                return value_cast(sim, CAST_TRUNC, width, v.a);
            return value_cast(sim, (enum cast_op)v.sub, width, v.a);
        }
        /* an index of an interface is an address made short; widening gives the address back */
        if (op == CAST_ZEXT && v.sub == CAST_TRUNC && value_root(sim, v.a) != ID_NONE &&
            inner == width)
            return v.a;
    }
    if (op == CAST_TRUNC && v.kind == VALUE_BINARY &&
        (v.sub == BIN_AND || v.sub == BIN_OR || v.sub == BIN_XOR || v.sub == BIN_ADD) &&
        value_is_const(sim, v.b, &c))
        return value_binary(sim, (enum binary_op)v.sub, width, value_cast(sim, op, width, v.a),
                            value_const(sim, width, c));
    return value_intern(sim, (struct value){.kind = VALUE_CAST, .sub = (uint8_t)op,
                                            .width = (uint8_t)width, .a = a});
}

value_id value_not(struct sim *sim, value_id boolean)
{
    return value_binary(sim, BIN_XOR, 1, boolean, value_const(sim, 1, 1));
}

object_id value_root(const struct sim *sim, value_id id)
{
    for (;;) {
        const struct value *v = value_get(sim, id);
        if (v->kind == VALUE_ADDR)
            return v->a;
        if (v->kind != VALUE_CAST)
            return ID_NONE;
        id = v->a;
    }
}

/* Known objects have addresses that are different, not 0, and not small. */
static int compare_roots(const struct sim *sim, value_id a, value_id b)
{
    const struct value *va = value_get(sim, a), *vb = value_get(sim, b);
    object_id oa = value_root(sim, a), ob = value_root(sim, b);
    bool fa = va->kind == VALUE_FUNC, fb = vb->kind == VALUE_FUNC;
    if (oa == ID_NONE && !fa)
        return -1;
    if (vb->kind == VALUE_CONST)
        return 0;
    if (fa && fb)
        return va->a == vb->a;
    if (fa || fb)
        return ob != ID_NONE || oa != ID_NONE ? 0 : -1;
    if (ob == ID_NONE)
        return -1;
    if (oa != ob)
        return 0;
    if (va->kind == VALUE_ADDR && vb->kind == VALUE_ADDR)
        return va->imm == vb->imm;
    return -1;
}

static value_id compare_equal(struct sim *sim, value_id a, value_id b)
{
    uint64_t c, c1;
    value_id x;
    if (a == b)
        return value_const(sim, 1, 1);
    if (value_is_const(sim, a, NULL) || (!value_is_const(sim, b, NULL) && a > b)) {
        value_id t = a;
        a = b;
        b = t;
    }
    int roots = compare_roots(sim, a, b);
    if (roots < 0)
        roots = compare_roots(sim, b, a);
    if (roots >= 0)
        return value_const(sim, 1, (uint64_t)roots);
    const struct value va = *value_get(sim, a), vb = *value_get(sim, b);
    if (value_is_const(sim, b, &c)) {
        if (va.kind == VALUE_CONST)
            return value_const(sim, 1, va.imm == c);
        if (va.width == 1)
            return c ? a : value_not(sim, a);
        if (va.kind == VALUE_CAST && (va.sub == CAST_ZEXT || va.sub == CAST_SEXT)) {
            unsigned inner = value_get(sim, va.a)->width;
            uint64_t back = c & width_mask(inner);
            uint64_t again = va.sub == CAST_ZEXT ? back : (uint64_t)sign_extend(back, inner);
            if ((again & width_mask(va.width)) != c)
                return value_const(sim, 1, 0);
            return compare_equal(sim, va.a, value_const(sim, inner, back));
        }
        if (is_op_const(sim, a, BIN_ADD, &x, &c1))
            return compare_equal(sim, x, value_const(sim, va.width, c - c1));
        if (is_op_const(sim, a, BIN_XOR, &x, &c1))
            return compare_equal(sim, x, value_const(sim, va.width, c ^ c1));
        if (is_op_const(sim, a, BIN_AND, &x, &c1)) {
            if (c & ~c1)
                return value_const(sim, 1, 0);
            if (c && (c1 & (c1 - 1)) == 0) /* one bit: "== bit" is "not == 0" */
                return value_not(sim, compare_equal(sim, a, value_const(sim, va.width, 0)));
        }
        if (is_op_const(sim, a, BIN_OR, &x, &c1) && (c1 & ~c))
            return value_const(sim, 1, 0);
        if (va.kind == VALUE_BINARY && va.sub == BIN_SUB && c == 0)
            return compare_equal(sim, va.a, va.b);
    } else if (va.kind == VALUE_CAST && vb.kind == VALUE_CAST && va.sub == vb.sub &&
               va.sub != CAST_TRUNC && value_get(sim, va.a)->width == value_get(sim, vb.a)->width) {
        return compare_equal(sim, va.a, vb.a);
    } else {
        value_id y;
        uint64_t c2;
        bool ax = is_op_const(sim, a, BIN_ADD, &x, &c1), bx = is_op_const(sim, b, BIN_ADD, &y, &c2);
        if (ax && bx && x == y)
            return value_const(sim, 1, c1 == c2);
        if ((ax && x == b && c1) || (bx && y == a && c2))
            return value_const(sim, 1, 0);
    }
    return value_intern(sim, (struct value){.kind = VALUE_COMPARE, .sub = CMP_EQ, .width = 1,
                                            .a = a, .b = b});
}

static value_id compare_less(struct sim *sim, bool is_signed, value_id a, value_id b)
{
    uint64_t ca, cb;
    const struct value va = *value_get(sim, a), vb = *value_get(sim, b);
    bool ac = value_is_const(sim, a, &ca), bc = value_is_const(sim, b, &cb);
    if (a == b)
        return value_const(sim, 1, 0);
    if (ac && bc)
        return value_const(sim, 1, is_signed ? sign_extend(ca, va.width) < sign_extend(cb, vb.width)
                                             : ca < cb);
    if (!is_signed && bc && cb == 0)
        return value_const(sim, 1, 0);
    if (!is_signed && bc && cb == 1)
        return compare_equal(sim, a, value_const(sim, va.width, 0));
    if (!is_signed && ac && ca == 0)
        return value_not(sim, compare_equal(sim, b, value_const(sim, vb.width, 0)));
    if (va.kind == VALUE_CAST && va.sub == CAST_ZEXT) {
        unsigned inner = value_get(sim, va.a)->width;
        if (bc && !(is_signed && sign_extend(cb, vb.width) < 0)) {
            if (cb > width_mask(inner))
                return value_const(sim, 1, 1);
            return compare_less(sim, false, va.a, value_const(sim, inner, cb));
        }
        if (bc)
            return value_const(sim, 1, 0); /* never below a negative number */
        if (vb.kind == VALUE_CAST && vb.sub == CAST_ZEXT && value_get(sim, vb.a)->width == inner)
            return compare_less(sim, false, va.a, vb.a);
    }
    if (vb.kind == VALUE_CAST && vb.sub == CAST_ZEXT && ac) {
        unsigned inner = value_get(sim, vb.a)->width;
        if (is_signed && sign_extend(ca, va.width) < 0)
            return value_const(sim, 1, 1);
        if (ca >= width_mask(inner))
            return value_const(sim, 1, 0);
        return compare_less(sim, false, value_const(sim, inner, ca), vb.a);
    }
    /* c < x is not x < c + 1 */
    if (ac) {
        uint64_t top = is_signed ? width_mask(va.width) >> 1 : width_mask(va.width);
        if (ca == top)
            return value_const(sim, 1, 0);
        return value_not(sim, compare_less(sim, is_signed, b, value_const(sim, va.width, ca + 1)));
    }
    if (value_root(sim, a) != ID_NONE && value_root(sim, a) == value_root(sim, b) &&
        va.kind == VALUE_ADDR && vb.kind == VALUE_ADDR)
        return value_const(sim, 1, (int64_t)va.imm < (int64_t)vb.imm);
    return value_intern(sim, (struct value){.kind = VALUE_COMPARE, .width = 1, .a = a, .b = b,
                                            .sub = is_signed ? CMP_SLT : CMP_ULT});
}

value_id value_compare(struct sim *sim, enum compare_op op, value_id a, value_id b)
{
    if (!a || !b)
        return 0;
    switch (op) {
    case CMP_EQ:
        return compare_equal(sim, a, b);
    case CMP_NE:
        return value_not(sim, compare_equal(sim, a, b));
    case CMP_ULT:
    case CMP_SLT:
        return compare_less(sim, op == CMP_SLT, a, b);
    case CMP_UGT:
    case CMP_SGT:
        return compare_less(sim, op == CMP_SGT, b, a);
    case CMP_ULE:
    case CMP_SLE:
        return value_not(sim, compare_less(sim, op == CMP_SLE, b, a));
    case CMP_UGE:
    case CMP_SGE:
        return value_not(sim, compare_less(sim, op == CMP_SGE, a, b));
    }
    BUG_ON(true);
}

void mention_search_begins(struct sim *sim)
{
    sim->mention_epoch_now++;
    if (sim->mention_epochs < sim->values.len) {
        uint32_t n = (uint32_t)sim->values.cap;
        sim->mention_epoch = arena_grow(&sim->arena, sim->mention_epoch,
                                        sim->mention_epochs * sizeof(uint32_t),
                                        n * sizeof(uint32_t));
        sim->mention_epochs = n;
    }
}

bool mention_first_visit(struct sim *sim, value_id id)
{
    if (sim->mention_epoch[id] == sim->mention_epoch_now)
        return false;
    sim->mention_epoch[id] = sim->mention_epoch_now;
    return true;
}

static bool mentions(struct sim *sim, value_id id, value_id part, object_id object, uint64_t mask);

static bool object_mentions(struct sim *sim, object_id in, value_id part, object_id object,
                            uint64_t mask)
{
    const struct object *o = &sim->objects.items[in];
    if (object && in == object)
        return true;
    return o->kind == OBJECT_POINTEE && mention_first_visit(sim, o->a) &&
           mentions(sim, o->a, part, object, mask);
}

static bool operand_mentions(struct sim *sim, value_id id, value_id part, object_id object,
                             uint64_t mask)
{
    return mention_first_visit(sim, id) && mentions(sim, id, part, object, mask);
}

/* Does a symbol (part) or an object occur inside a value? Each value is looked at once per search. */
static bool mentions(struct sim *sim, value_id id, value_id part, object_id object, uint64_t mask)
{
    const struct value v = *value_get(sim, id);
    if (!object && id == part)
        return true;
    if (!(v.mask & mask))
        return false;
    switch ((enum value_kind)v.kind) {
    case VALUE_BINARY:
    case VALUE_COMPARE:
        return operand_mentions(sim, v.a, part, object, mask) ||
               operand_mentions(sim, v.b, part, object, mask);
    case VALUE_CAST:
        return operand_mentions(sim, v.a, part, object, mask);
    case VALUE_SYMBOL:
        return v.sub == SYMBOL_INIT && (object_mentions(sim, v.a, part, object, mask) ||
                                        (v.b && operand_mentions(sim, v.b, part, object, mask)) ||
                                        (v.c && operand_mentions(sim, v.c, part, object, mask)));
    case VALUE_ADDR:
        return object_mentions(sim, v.a, part, object, mask);
    case VALUE_TOP:
    case VALUE_CONST:
    case VALUE_FUNC:
        return false;
    }
    BUG_ON(true);
}

bool value_mentions(struct sim *sim, value_id id, value_id part)
{
    return mentions(sim, id, part, 0, value_get(sim, part)->mask);
}

bool value_mentions_object(struct sim *sim, value_id id, object_id object)
{
    return mentions(sim, id, 0, object, object_bloom(object));
}

static const char *const binary_names[] = {"+", "-", "*", "/u", "/s", "%u", "%s",
                                           "<<", ">>u", ">>s", "&", "|", "^"};

char *value_text(const struct sim *sim, value_id id, struct arena *arena)
{
    const struct value *v = value_get(sim, id);
    switch ((enum value_kind)v->kind) {
    case VALUE_TOP:
        return arena_strdup(arena, "*");
    case VALUE_CONST:
        return arena_printf(arena, v->imm > 255 ? "0x%llx" : "%llu", (unsigned long long)v->imm);
    case VALUE_SYMBOL:
        return arena_printf(arena, "s%u", id);
    case VALUE_ADDR: {
        const struct object *o = &sim->objects.items[v->a];
        const char *name = "o";
        if (o->kind == OBJECT_GLOBAL)
            name = sim->program->globals[o->a].name;
        return arena_printf(arena, "&%s#%u+%lld", name, v->a, (long long)v->imm);
    }
    case VALUE_FUNC:
        return arena_printf(arena, "&%s", sim->program->functions[v->a].name);
    case VALUE_BINARY:
        return arena_printf(arena, "(%s %s %s)", value_text(sim, v->a, arena), binary_names[v->sub],
                            value_text(sim, v->b, arena));
    case VALUE_COMPARE:
        return arena_printf(arena, "(%s %s %s)", value_text(sim, v->a, arena),
                            v->sub == CMP_EQ ? "==" : v->sub == CMP_ULT ? "<u" : "<s",
                            value_text(sim, v->b, arena));
    case VALUE_CAST:
        return arena_printf(arena, "(i%u)%s", v->width, value_text(sim, v->a, arena));
    }
    BUG_ON(true);
}
