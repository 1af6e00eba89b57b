/* Which memory accesses share a class. */
#include "model/test_build.h"

/* struct _INNER { int x; int y; }; struct _OUTER { PVOID first; struct _INNER in; int tail[4]; } */
static type_id inner, outer;

static void add_types(struct build *b)
{
    inner = build_type(b, "_INNER", 8);
    build_field(b, inner, "x", 0, 4, 0, 1);
    build_field(b, inner, "y", 4, 4, 0, 1);
    outer = build_type(b, "_OUTER", 32);
    build_field(b, outer, "first", 0, 8, 0, 1);
    build_field(b, outer, "in", 8, 8, inner, 1);
    build_field(b, outer, "tail", 16, 16, 0, 4);
}

static struct class_set writes_of(const struct model *model, func_id f, struct operand store)
{
    return model->writes[f][store.index];
}

static void test_fields(void)
{
    struct build b;
    build_init(&b);
    add_types(&b);
    func_id f = build_function(&b, "F", 1, 0);
    struct operand p = op_param(0);
    struct operand in = build_select_field(&b, p, outer, 1);
    struct operand x = build_store(&b, op_const(1), build_select_field(&b, in, inner, 0), 4);
    struct operand y = build_store(&b, op_const(1), build_select_field(&b, in, inner, 1), 4);
    struct operand tail = build_select_field(&b, p, outer, 2);
    struct operand element =
        build_store(&b, op_const(1), build_index(&b, tail, build_load(&b, in, 4), 4), 4);
    struct operand both = build_instr(
        &b, (struct instr){.op = INSTR_MEMSET, .a = in, .b = op_const(0), .c = op_const(8)});
    struct operand all = build_instr(
        &b, (struct instr){.op = INSTR_MEMSET, .a = p, .b = op_const(0), .c = op_const(32)});
    build_return(&b, (struct operand){0});
    b.program.functions[f].params[0].pointee = outer;
    struct model model = build_model(&b);
    CHECK_TEXT(set_text(&b, &model, writes_of(&model, f, x)), "_INNER.x", "innermost struct");
    CHECK_TEXT(set_text(&b, &model, writes_of(&model, f, y)), "_INNER.y", "second field");
    CHECK_TEXT(set_text(&b, &model, writes_of(&model, f, element)), "_OUTER.tail",
               "an unknown index stays in its array");
    CHECK_TEXT(set_text(&b, &model, writes_of(&model, f, both)), "_INNER.x, _INNER.y",
               "the member and no more");
    CHECK(writes_of(&model, f, all).len == 4, "the whole has all leaves");
    arena_finish(&b.arena);
}

/* Store 1 through each, then ask whether they meet. */
static void test_union(void)
{
    struct build b;
    build_init(&b);
    type_id u = build_type(&b, "_U", 8);
    b.program.types[u].is_union = true;
    build_field(&b, u, "whole", 0, 8, 0, 1);
    build_field(&b, u, "low", 0, 4, 0, 1);
    type_id holder = build_type(&b, "_HOLDER", 24);
    build_field(&b, holder, "u", 0, 8, u, 1);
    build_field(&b, holder, "other", 8, 8, 0, 1);
    func_id f = build_function(&b, "F", 1, 0);
    struct operand at = build_select_field(&b, op_param(0), holder, 0);
    struct operand low = build_store(&b, op_const(1), build_select_field(&b, at, u, 1), 4);
    struct operand whole = build_store(&b, op_const(1), build_select_field(&b, at, u, 0), 8);
    struct operand bare = build_store(&b, op_const(1), at, 8);
    struct operand other =
        build_store(&b, op_const(1), build_select_field(&b, op_param(0), holder, 1), 8);
    struct model model = build_model(&b);
    struct class_set low_set = writes_of(&model, f, low);
    CHECK_TEXT(set_text(&b, &model, low_set), "_U.whole|_U.low",
               "members of a union are one class");
    CHECK(sets_meet(low_set, writes_of(&model, f, whole)), "overlapping members");
    CHECK(sets_meet(low_set, writes_of(&model, f, bare)), "union member without a field");
    CHECK(!sets_meet(low_set, writes_of(&model, f, other)), "field behind the union");
    arena_finish(&b.arena);
}

/* union { struct _INNER in; ULONG64 word; } u: the struct has a life of its own elsewhere. */
static void test_union_of_records(void)
{
    struct build b;
    build_init(&b);
    add_types(&b);
    type_id u = build_type(&b, "_U", 8);
    b.program.types[u].is_union = true;
    build_field(&b, u, "in", 0, 8, inner, 1);
    build_field(&b, u, "word", 0, 8, 0, 1);
    type_id holder = build_type(&b, "_HOLDER", 16);
    build_field(&b, holder, "before", 0, 8, 0, 1);
    build_field(&b, holder, "u", 8, 8, u, 1);
    func_id f = build_function(&b, "F", 2, 0);
    struct operand at = build_select_field(&b, op_param(0), holder, 1);
    struct operand word = build_load(&b, at, 8);
    struct operand in_union = build_store(&b, op_const(1), build_select_field(&b, at, inner, 1), 4);
    struct operand local = build_alloca(&b, "Local", 8, inner);
    struct operand apart = build_store(&b, op_const(1), build_select_field(&b, local, inner, 1), 4);
    struct model model = build_model(&b);
    CHECK(sets_meet(model.reads[f][word.index], writes_of(&model, f, in_union)),
          "through the union");
    CHECK_TEXT(set_text(&b, &model, writes_of(&model, f, apart)), "_INNER.y", "outside of it");
    arena_finish(&b.arena);
}

/* A local buffer of bytes that is used as a struct, as allocators in DDI arguments are. */
static void test_cast_buffer(void)
{
    struct build b;
    build_init(&b);
    add_types(&b);
    func_id f = build_function(&b, "F", 0, 0);
    struct operand buffer = build_alloca(&b, "Buffer", 64, 0);
    struct operand typed =
        build_store(&b, op_const(1), build_select_field(&b, buffer, inner, 1), 4);
    struct operand raw = build_load(&b, build_add(&b, buffer, 4), 4);
    struct operand apart = build_load(&b, build_add(&b, buffer, 0), 4);
    struct model model = build_model(&b);
    CHECK(sets_meet(writes_of(&model, f, typed), model.reads[f][raw.index]),
          "bytes and the struct in them");
    CHECK(!sets_meet(writes_of(&model, f, typed), model.reads[f][apart.index]),
          "offsets of untyped accesses count");
    arena_finish(&b.arena);
}

/* One object seen as two structs: (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration. */
static void test_cast_struct(void)
{
    struct build b;
    build_init(&b);
    add_types(&b);
    type_id view = build_type(&b, "_VIEW", 32);
    build_field(&b, view, "words", 0, 16, 0, 4);
    build_field(&b, view, "last", 16, 16, 0, 4);
    func_id f = build_function(&b, "F", 0, 0);
    struct operand object = build_alloca(&b, "Object", 32, outer);
    struct operand in = build_select_field(&b, object, outer, 1);
    struct operand x = build_store(&b, op_const(1), build_select_field(&b, in, inner, 0), 4);
    struct operand words = build_load(&b, build_select_field(&b, object, view, 0), 4);
    struct operand deep = build_add(&b, build_select_field(&b, object, view, 0), 8);
    struct operand read = build_load(&b, deep, 4);
    struct operand last = build_load(&b, build_select_field(&b, object, view, 1), 4);
    struct model model = build_model(&b);
    CHECK(sets_meet(writes_of(&model, f, x), model.reads[f][read.index]),
          "same bytes, two structs");
    CHECK(!sets_meet(writes_of(&model, f, x), model.reads[f][last.index]), "other bytes");
    (void)words;
    arena_finish(&b.arena);
}

/* void Set(PVOID *p) { *p = 1 } called with addresses of two fields and of a local. */
static void test_address_of_field(void)
{
    struct build b;
    build_init(&b);
    add_types(&b);
    func_id set = build_function(&b, "Set", 1, 0);
    struct operand store = build_store(&b, op_const(1), op_param(0), 8);
    build_return(&b, (struct operand){0});
    func_id f = build_function(&b, "F", 1, 0);
    struct operand local = build_alloca(&b, "Local", 8, 0);
    build_call1(&b, set, build_select_field(&b, op_param(0), outer, 0));
    build_call1(&b, set, local);
    struct operand first = build_load(&b, build_select_field(&b, op_param(0), outer, 0), 8);
    struct operand scalar = build_load(&b, local, 8);
    struct model model = build_model(&b);
    CHECK_TEXT(set_text(&b, &model, writes_of(&model, set, store)),
               "_OUTER.first, local Local in F", "a parameter points at what callers give");
    CHECK(sets_meet(writes_of(&model, set, store), model.reads[f][first.index]), "the field");
    CHECK(sets_meet(writes_of(&model, set, store), model.reads[f][scalar.index]), "the local");
    arena_finish(&b.arena);
}

/* Link = &Outer->in; Outer = CONTAINING_RECORD(Link, _OUTER, in); memset(Outer). */
static void test_containing_record(void)
{
    struct build b;
    build_init(&b);
    add_types(&b);
    func_id f = build_function(&b, "F", 1, 0);
    struct operand in = build_select_field(&b, op_param(0), outer, 1);
    struct operand y = build_select_field(&b, in, inner, 1);
    struct operand back = build_add(&b, y, -12);
    struct operand clear = build_instr(
        &b, (struct instr){.op = INSTR_MEMSET, .a = back, .b = op_const(0), .c = op_const(32)});
    struct operand first = build_load(&b, build_select_field(&b, op_param(0), outer, 0), 8);
    struct model model = build_model(&b);
    CHECK(sets_meet(writes_of(&model, f, clear), model.reads[f][first.index]),
          "the record around a nested member");
    arena_finish(&b.arena);
}

/* PVOID Allocate() { return drvlint_fresh(); }: what two callers get is not the same memory. */
static void test_clones(void)
{
    struct build b;
    build_init(&b);
    func_id fresh = build_declare(&b, "drvlint_fresh", 0, 64);
    func_id allocate = build_function(&b, "ExAllocatePool", 0, 64);
    b.program.functions[allocate].from_model = true;
    build_return(&b, build_call(&b, op_func(fresh), 64, 0, NULL));
    func_id wrapper = build_function(&b, "MyAllocate", 0, 64);
    build_return(&b, build_call(&b, op_func(allocate), 64, 0, NULL));
    func_id f = build_function(&b, "F", 0, 0);
    struct operand one = build_call(&b, op_func(wrapper), 64, 0, NULL);
    struct operand two = build_call(&b, op_func(wrapper), 64, 0, NULL);
    struct operand write = build_store(&b, op_const(1), one, 8);
    struct operand same = build_load(&b, one, 8);
    struct operand other = build_load(&b, two, 8);
    struct model model = build_model(&b);
    CHECK(sets_meet(writes_of(&model, f, write), model.reads[f][same.index]), "same memory");
    CHECK(!sets_meet(writes_of(&model, f, write), model.reads[f][other.index]),
          "memory of another call, through a wrapper");
    arena_finish(&b.arena);
}

/* Every phi takes all others, as in an interpreter's loop: to follow each way would not end. */
static void test_clones_of_phis(void)
{
    enum { PHIS = 40 };
    struct build b;
    build_init(&b);
    func_id fresh = build_declare(&b, "drvlint_fresh", 0, 64);
    func_id wrapper = build_function(&b, "MyAllocate", 1, 64);
    struct operand made = build_call(&b, op_func(fresh), 64, 0, NULL);
    struct operand *all = arena_new_array(&b.arena, PHIS + 1, struct operand);
    for (uint32_t i = 0; i < PHIS; i++)
        all[i] = build_instr(
            &b, (struct instr){.op = INSTR_PHI, .width = 64, .nextra = PHIS, .extra = all});
    build_return(&b, all[0]);
    func_id not_new = build_function(&b, "MyFind", 1, 64);
    struct operand *others = arena_new_array(&b.arena, PHIS + 1, struct operand);
    for (uint32_t i = 0; i < PHIS; i++)
        others[i] = build_instr(
            &b, (struct instr){.op = INSTR_PHI, .width = 64, .nextra = PHIS + 1, .extra = others});
    others[PHIS] = op_param(0);
    build_return(&b, others[0]);
    b.program.functions[wrapper].instrs[all[PHIS - 1].index].nextra = PHIS + 1;
    all[PHIS] = made;
    func_id f = build_function(&b, "F", 1, 0);
    struct operand one = build_call1(&b, wrapper, op_const(0));
    struct operand two = build_call1(&b, wrapper, op_const(0));
    struct operand found = build_call1(&b, not_new, one);
    struct operand write = build_store(&b, op_const(1), one, 8);
    struct operand same = build_load(&b, found, 8);
    struct operand other = build_load(&b, two, 8);
    struct model model = build_model(&b);
    CHECK(sets_meet(writes_of(&model, f, write), model.reads[f][same.index]), "same memory");
    CHECK(!sets_meet(writes_of(&model, f, write), model.reads[f][other.index]),
          "memory of another call, through phis that take each other");
    arena_finish(&b.arena);
}

/* struct copy: a pointer put into one object is found in the copy, at its place only. */
static void test_memcpy(void)
{
    struct build b;
    build_init(&b);
    type_id pair = build_type(&b, "_PAIR", 16);
    build_field(&b, pair, "a", 0, 8, 0, 1);
    build_field(&b, pair, "b", 8, 8, 0, 1);
    uint32_t target = build_global(&b, "target", 8, 0);
    func_id f = build_function(&b, "F", 0, 0);
    struct operand source = build_alloca(&b, "Source", 16, pair);
    struct operand copy = build_alloca(&b, "Copy", 16, 0);
    build_store(&b, op_global(target, 0), build_select_field(&b, source, pair, 1), 8);
    build_instr(&b, (struct instr){.op = INSTR_MEMCPY, .a = copy, .b = source, .c = op_const(16)});
    struct operand found = build_load(&b, build_add(&b, copy, 8), 8);
    struct operand through = build_load(&b, found, 8);
    struct model model = build_model(&b);
    CHECK_TEXT(set_text(&b, &model, model.reads[f][through.index]), "global target",
               "pointers go with the bytes");
    arena_finish(&b.arena);
}

/* A copy between places that are many: what any holds, all others have. */
static void test_memcpy_of_many(void)
{
    enum { OBJECTS = 20 };
    struct build b;
    build_init(&b);
    uint32_t target = build_global(&b, "target", 8, 0);
    uint32_t slot = build_global(&b, "slot", 8, 0);
    func_id fresh = build_declare(&b, "drvlint_fresh", 0, 64);
    func_id f = build_function(&b, "F", 0, 0);
    struct operand first = build_call(&b, op_func(fresh), 64, 0, NULL), last = first;
    build_store(&b, first, op_global(slot, 0), 8);
    for (int i = 1; i < OBJECTS; i++) {
        last = build_call(&b, op_func(fresh), 64, 0, NULL);
        build_store(&b, last, op_global(slot, 0), 8);
    }
    struct operand to = build_load(&b, op_global(slot, 0), 8);
    struct operand from = build_load(&b, op_global(slot, 0), 8);
    build_instr(&b, (struct instr){.op = INSTR_MEMCPY, .a = to, .b = from, .c = op_const(16)});
    build_store(&b, op_global(target, 0), first, 8);
    struct operand through = build_load(&b, build_load(&b, last, 8), 8);
    struct model model = build_model(&b);
    CHECK_TEXT(set_text(&b, &model, model.reads[f][through.index]), "global target",
               "from the first to the last of many");
    arena_finish(&b.arena);
}

/* Copied onto its own place, a record keeps the members of its unions apart, and gets what is in a
 * second source. */
static void test_memcpy_of_same(void)
{
    struct build b;
    build_init(&b);
    type_id one = build_type(&b, "_ONE", 8);
    build_field(&b, one, "p", 0, 8, 0, 1);
    type_id two = build_type(&b, "_TWO", 8);
    build_field(&b, two, "q", 0, 8, 0, 1);
    type_id both = build_type(&b, "_BOTH", 8);
    b.program.types[both].is_union = true;
    build_field(&b, both, "one", 0, 8, one, 1);
    build_field(&b, both, "two", 0, 8, two, 1);
    type_id third = build_type(&b, "_THIRD", 8);
    build_field(&b, third, "r", 0, 8, 0, 1);
    uint32_t x = build_global(&b, "x", 8, 0), y = build_global(&b, "y", 8, 0);
    uint32_t slot = build_global(&b, "slot", 8, 0);
    func_id f = build_function(&b, "F", 2, 0);
    struct operand a = build_alloca(&b, "A", 8, both), c = build_alloca(&b, "C", 8, third);
    build_store(&b, a, op_global(slot, 0), 8);
    build_store(&b, c, op_global(slot, 0), 8);
    struct operand from = build_load(&b, op_global(slot, 0), 8);
    build_instr(&b, (struct instr){.op = INSTR_MEMCPY, .a = a, .b = from, .c = op_const(8)});
    build_store(&b, op_global(x, 0), build_select_field(&b, op_param(0), one, 0), 8);
    build_store(&b, op_global(y, 0), build_select_field(&b, c, third, 0), 8);
    struct operand q = build_load(&b, build_select_field(&b, op_param(1), two, 0), 8);
    struct operand through = build_load(&b, q, 8);
    struct model model = build_model(&b);
    CHECK_TEXT(set_text(&b, &model, model.reads[f][through.index]), "global y",
               "of the other source, not of the union's other member");
    arena_finish(&b.arena);
}

/* A loop over an array in the middle of a record: few addresses, and still the whole rest. */
static void test_steps_in_array(void)
{
    struct build b;
    build_init(&b);
    type_id frame = build_type(&b, "_FRAME", 24);
    build_field(&b, frame, "a", 0, 6, 0, 6);
    build_field(&b, frame, "b", 6, 6, 0, 6);
    build_field(&b, frame, "c", 12, 4, 0, 1);
    build_field(&b, frame, "d", 22, 2, 0, 1);
    func_id f = build_function(&b, "F", 1, 0);
    struct operand object = build_alloca(&b, "Frame", 24, frame);
    struct operand *inputs = arena_new_array(&b.arena, 2, struct operand);
    struct operand walk = build_instr(
        &b, (struct instr){.op = INSTR_PHI, .width = 64, .nextra = 2, .extra = inputs});
    inputs[0] = build_add(&b, object, 6);
    inputs[1] = build_add(&b, walk, 1);
    struct operand clear = build_instr(&b, (struct instr){.op = INSTR_MEMSET,
                                                          .a = build_add(&b, object, 11),
                                                          .b = op_const(0),
                                                          .c = op_param(0)});
    struct model model = build_model(&b);
    CHECK_TEXT(set_text(&b, &model, writes_of(&model, f, clear)), "_FRAME.b, _FRAME.c, _FRAME.d",
               "to the end of the record");
    const struct points_to *pt = model.points_to;
    node_id node = node_of_value(pt, &pt->instances.items[pt->instance_of[f] - 1], &walk);
    CHECK(pt->nodes.items[node].len <= 4, "one address per member and one of the end");
    arena_finish(&b.arena);
}

static void test_queries(void)
{
    struct build b;
    build_init(&b);
    add_types(&b);
    uint32_t scalar = build_global(&b, "model_irql", 1, 0);
    uint32_t record = build_global(&b, "gOuter", 32, outer);
    func_id f = build_function(&b, "F", 1, 0);
    build_store(&b, op_const(0), op_global(scalar, 0), 1);
    build_store(&b, op_const(0), op_global(record, 8), 4);
    struct operand field = build_select_field(&b, op_param(0), outer, 1);
    struct model model = build_model(&b);
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    CHECK_TEXT(set_text(&b, &model, model_global_classes(&model, &arena, scalar, 0, 0)),
               "global model_irql", "a scalar global");
    CHECK_TEXT(set_text(&b, &model, model_global_classes(&model, &arena, record, 8, 4)), "_INNER.x",
               "part of a struct global");
    CHECK_TEXT(set_text(&b, &model, model_global_classes(&model, &arena, record, 16, 4)), "",
               "never accessed: no class");
    CHECK_TEXT(set_text(&b, &model, model_pointee(&model, &arena, f, &field, 0)), "_INNER.x",
               "an address that is only computed");
    arena_finish(&arena);
    arena_finish(&b.arena);
}

/* p = p->next; without anything known about p: ends, and the accesses meet. */
static void test_unknown_list(void)
{
    struct build b;
    build_init(&b);
    func_id f = build_function(&b, "F", 1, 0);
    struct operand phi = build_instr(&b, (struct instr){.op = INSTR_PHI, .width = 64, .nextra = 2});
    struct operand next = build_load(&b, phi, 8);
    struct operand *inputs = arena_new_array(&b.arena, 2, struct operand);
    inputs[0] = op_param(0);
    inputs[1] = next;
    b.program.functions[f].instrs[phi.index].extra = inputs;
    struct operand write = build_store(&b, op_const(0), build_add(&b, next, 16), 8);
    struct model model = build_model(&b);
    CHECK(sets_meet(model.reads[f][next.index], writes_of(&model, f, write)), "any element");
    arena_finish(&b.arena);
}

/* *(int *)A->p in two functions: what the field points at is the same memory for both. */
static void test_outside(void)
{
    struct build b;
    build_init(&b);
    add_types(&b);
    func_id one = build_function(&b, "One", 1, 0);
    struct operand p = build_load(&b, build_select_field(&b, op_param(0), outer, 0), 8);
    struct operand write = build_store(&b, op_const(1), p, 4);
    func_id two = build_function(&b, "Two", 1, 0);
    struct operand q = build_load(&b, build_select_field(&b, op_param(0), outer, 0), 8);
    struct operand read = build_load(&b, q, 4);
    struct model model = build_model(&b);
    CHECK_TEXT(set_text(&b, &model, model.reads[two][read.index]), "memory at _OUTER.first",
               "an object for what nobody fills");
    CHECK(sets_meet(writes_of(&model, one, write), model.reads[two][read.index]), "the same one");
    arena_finish(&b.arena);
}

/* A name behind its struct, walked: it does not become the struct. */
static void test_buffer_behind(void)
{
    struct build b;
    build_init(&b);
    add_types(&b);
    func_id fresh = build_declare(&b, "drvlint_fresh", 0, 64);
    func_id f = build_function(&b, "F", 0, 0);
    struct operand object = build_call(&b, op_func(fresh), 64, 0, NULL);
    struct operand first =
        build_store(&b, op_const(0), build_select_field(&b, object, outer, 0), 8);
    struct operand name = build_add(&b, object, 32);
    struct operand phi = build_instr(&b, (struct instr){.op = INSTR_PHI, .width = 64, .nextra = 2});
    struct operand write = build_store(&b, op_const(1), phi, 2);
    struct operand next = build_add(&b, phi, 2);
    struct operand *inputs = arena_new_array(&b.arena, 2, struct operand);
    inputs[0] = name;
    inputs[1] = next;
    b.program.functions[f].instrs[phi.index].extra = inputs;
    struct model model = build_model(&b);
    CHECK(!sets_meet(writes_of(&model, f, first), writes_of(&model, f, write)), "apart");
    arena_finish(&b.arena);
}

/* Two lists with links of one type: going back from a link leads to the record that it is in. */
static void test_two_lists(void)
{
    struct build b;
    build_init(&b);
    type_id link = build_type(&b, "_LINK", 8);
    build_field(&b, link, "next", 0, 8, 0, 1);
    type_id one = build_type(&b, "_ONE", 40);
    build_field(&b, one, "data", 0, 32, 0, 4);
    build_field(&b, one, "link", 32, 8, link, 1);
    type_id two = build_type(&b, "_TWO", 40);
    build_field(&b, two, "a", 0, 8, 0, 1);
    build_field(&b, two, "b", 8, 16, 0, 2);
    build_field(&b, two, "link", 24, 8, link, 1);
    build_field(&b, two, "c", 32, 8, 0, 1);
    uint32_t head = build_global(&b, "head", 8, 0);
    func_id f = build_function(&b, "F", 2, 0);
    build_store(&b, build_select_field(&b, op_param(0), one, 1), op_global(head, 0), 8);
    build_store(&b, build_select_field(&b, op_param(1), two, 2), op_global(head, 0), 8);
    struct operand entry = build_load(&b, op_global(head, 0), 8);
    struct operand clear = build_instr(&b, (struct instr){.op = INSTR_MEMSET,
                                                          .a = build_add(&b, entry, -24),
                                                          .b = op_const(0),
                                                          .c = op_const(40)});
    struct model model = build_model(&b);
    CHECK_TEXT(set_text(&b, &model, writes_of(&model, f, clear)),
               "_TWO.a, _TWO.b, _LINK.next, _TWO.c", "one of the two records");
    arena_finish(&b.arena);
}

int main(void)
{
    test_fields();
    test_union();
    test_union_of_records();
    test_cast_buffer();
    test_cast_struct();
    test_address_of_field();
    test_containing_record();
    test_clones();
    test_clones_of_phis();
    test_memcpy();
    test_memcpy_of_many();
    test_memcpy_of_same();
    test_steps_in_array();
    test_queries();
    test_unknown_list();
    test_outside();
    test_buffer_behind();
    test_two_lists();
    return check_status();
}
