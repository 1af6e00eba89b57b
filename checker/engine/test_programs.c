#include "engine/test_programs.h"

#include "model/test_build.h"

static struct operand none(void)
{
    return (struct operand){0};
}

static void call0(struct build *b, func_id callee)
{
    build_call(b, op_func(callee), 0, 0, NULL);
}

/* A harness of the OS model that calls the driver's entry: what that allocates exists once. */
static void add_harness(struct build *b, func_id entry)
{
    func_id harness = build_function(b, PROGRAM_HARNESS, 0, 0);
    b->program.functions[harness].from_model = true;
    call0(b, entry);
    build_return(b, none());
}

static void keep(struct build *b, struct arena *ret_arena, const struct program **ret_program)
{
    struct program *program = arena_new(&b->arena, struct program);
    *program = b->program;
    *ret_program = program;
    *ret_arena = b->arena;
}

void frame_program_make(struct frame_program *made)
{
    struct build b;
    build_init(&b);
    type_id record = build_type(&b, "_ADAPTER", 16);
    build_field(&b, record, "a", 0, 8, 0, 1);
    build_field(&b, record, "b", 8, 8, 0, 1);
    made->inside = build_global(&b, "inside", 8, 0);
    made->outside = build_global(&b, "outside", 8, 0);
    made->adapter = build_global(&b, "adapter", 8, 0);
    made->guard = build_global(&b, "model_guard", 1, 0);
    made->watched = build_global(&b, "watched", 8, 0);
    func_id fresh = build_declare(&b, "drvlint_fresh", 0, 64);
    made->event = build_declare(&b, "Event", 0, 0);
    made->lock = build_function(&b, "Lock", 1, 0);
    build_return(&b, none());

    made->touch = build_function(&b, "Touch", 1, 0);
    struct operand x = build_load(&b, op_global(made->inside, 0), 8);
    struct operand o = build_load(&b, op_global(made->adapter, 0), 8);
    build_store(&b, x, build_select_field(&b, o, record, 0), 8);
    build_store(&b, op_const(1), op_param(0), 8);
    call0(&b, made->event);
    build_return(&b, none());

    made->outer = build_function(&b, "Outer", 1, 0);
    build_call1(&b, made->touch, op_param(0));
    build_return(&b, none());

    made->idle = build_function(&b, "Idle", 0, 0);
    build_load(&b, op_global(made->inside, 0), 8);
    build_return(&b, none());

    made->locks = build_function(&b, "Locks", 0, 0);
    build_call1(&b, made->lock, op_global(made->watched, 0));
    build_return(&b, none());

    made->entry = build_function(&b, "DriverEntry", 0, 0);
    o = build_call(&b, op_func(fresh), 64, 0, NULL);
    build_store(&b, o, op_global(made->adapter, 0), 8);
    build_store(&b, op_const(0), build_select_field(&b, o, record, 0), 8);
    build_store(&b, op_const(0), build_select_field(&b, o, record, 1), 8);
    build_store(&b, op_const(0), op_global(made->outside, 0), 8);
    build_store(&b, op_const(0), op_global(made->guard, 0), 1);
    build_store(&b, op_const(0), op_global(made->watched, 0), 8);
    build_call1(&b, made->outer, build_alloca(&b, "Local", 8, 0));
    call0(&b, made->idle);
    call0(&b, made->locks);
    build_return(&b, none());
    add_harness(&b, made->entry);

    keep(&b, &made->arena, &made->program);
    model_build(&made->arena, &b.names, made->program, NULL, &made->model);
    made->object = 0;
}

static void add_case(struct blur_program *made, const char *name, func_id func,
                     struct operand address)
{
    made->cases[made->ncases++] = (struct blur_case){name, func, address};
}

/* A list of which nobody knows the elements: each call of Grow() makes one. */
static func_id add_grow(struct build *b, func_id fresh, uint32_t head, type_id element)
{
    func_id grow = build_function(b, "Grow", 0, 0);
    struct operand e = build_call(b, op_func(fresh), 64, 0, NULL);
    struct operand next = build_load(b, op_global(head, 0), 8);
    build_store(b, next, build_select_field(b, e, element, 0), 8);
    build_store(b, e, op_global(head, 0), 8);
    build_return(b, none());
    return grow;
}

void blur_program_make(struct blur_program *made)
{
    struct build b;
    made->ncases = 0;
    build_init(&b);
    type_id record = build_type(&b, "_RECORD", 16);
    build_field(&b, record, "a", 0, 8, 0, 1);
    build_field(&b, record, "b", 8, 8, 0, 1);
    type_id element = build_type(&b, "_ELEMENT", 16);
    build_field(&b, element, "next", 0, 8, 0, 1);
    build_field(&b, element, "value", 8, 8, 0, 1);
    uint32_t one = build_global(&b, "one", 16, record), two = build_global(&b, "two", 16, record);
    uint32_t table = build_global(&b, "table", 64, 0), head = build_global(&b, "head", 8, 0);
    uint32_t either = build_global(&b, "either", 8, 0), flag = build_global(&b, "flag", 8, 0);
    uint32_t holder = build_global(&b, "holder", 8, 0);
    func_id fresh = build_declare(&b, "drvlint_fresh", 0, 64);
    func_id grow = add_grow(&b, fresh, head, element);

    made->same = build_function(&b, "Same", 1, 0);
    build_store(&b, op_const(0), op_param(0), 8);
    build_return(&b, none());
    made->mixed = build_function(&b, "Mixed", 1, 0);
    build_store(&b, op_const(0), op_param(0), 8);
    build_return(&b, none());
    made->elements = build_function(&b, "Elements", 1, 0);
    build_load(&b, op_param(0), 8);
    build_return(&b, none());

    func_id f = made->writer = build_function(&b, "DriverEntry", 0, 0);
    struct operand local = build_alloca(&b, "Local", 16, record);
    struct operand made_here = build_call(&b, op_func(fresh), 64, 0, NULL);
    struct operand index = build_load(&b, op_global(flag, 0), 8);
    build_store(&b, made_here, op_global(holder, 0), 8);
    build_store(&b, op_const(0), build_select_field(&b, made_here, record, 0), 8);
    build_store(&b, op_global(one, 0), op_global(either, 0), 8);
    build_store(&b, op_global(two, 0), op_global(either, 0), 8);
    struct operand held = build_load(&b, op_global(holder, 0), 8);
    struct operand wild = build_load(&b, op_global(either, 0), 8);
    struct operand entry = build_load(&b, op_global(head, 0), 8);
    struct operand slot = build_index(&b, op_global(table, 0), index, 8);
    add_case(made, "a global", f, op_global(one, 8));
    add_case(made, "a number", f, op_const(0));
    add_case(made, "a local", f, local);
    add_case(made, "a member of a local", f, build_select_field(&b, local, record, 1));
    add_case(made, "a new object", f, made_here);
    add_case(made, "what exists once, loaded", f, held);
    add_case(made, "a member of it", f, build_select_field(&b, held, record, 1));
    add_case(made, "an element of a list", f, entry);
    add_case(made, "a member of one", f, build_select_field(&b, entry, element, 1));
    add_case(made, "an element of an array", f, slot);
    add_case(made, "a step behind one", f, build_add(&b, slot, 4));
    add_case(made, "either of two globals", f, wild);
    add_case(made, "a member of either", f, build_select_field(&b, wild, record, 0));
    made->wild_store = build_store(&b, op_const(1), slot, 8).index;
    made->good_store =
        build_store(&b, op_const(1), build_select_field(&b, local, record, 1), 8).index;
    made->element_store =
        build_store(&b, op_const(1), build_select_field(&b, entry, element, 1), 8).index;
    build_call1(&b, made->same, op_global(one, 0));
    build_call1(&b, made->same, op_global(two, 0));
    build_call1(&b, made->mixed, op_global(one, 0));
    build_call1(&b, made->mixed, slot);
    build_call1(&b, made->elements, entry);
    build_call1(&b, made->elements, local);
    call0(&b, grow);
    call0(&b, grow);
    build_return(&b, none());
    add_harness(&b, f);
    add_case(made, "a parameter that is one of two globals", made->same, op_param(0));
    add_case(made, "a parameter that may be an array's element", made->mixed, op_param(0));
    add_case(made, "a parameter that may be a list's element", made->elements, op_param(0));

    keep(&b, &made->arena, &made->program);
    model_build(&made->arena, &b.names, made->program, NULL, &made->model);
}
