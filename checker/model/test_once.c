/* Objects that exist once, and addresses of one place in them. */
#include "model/test_build.h"

/* How the driver made by make() gets its memory. */
enum shape {
    PLAIN,
    IN_LOOP,
    CALLED_IN_LOOP,
    CALLED_TWICE,
    CALLED_FROM_TWO,
    TWO_OBJECTS,
    OTHER_ROLE,
    TWO_ROLES,
    NOT_CALLED,
    HANDLE_ONLY,
    ANY_POINTER
};

/* Setup() makes an object by way of a wrapper, and keeps its address in a variable; Send() finds it
 * there and gives it to Helper(). */
struct driver {
    struct build b;
    type_id adapter, other;
    uint32_t kept;
    func_id fresh, allocate, wrapper, setup, init, send, helper, shared;
    struct operand made_in_allocate, made, member_in_setup, found, member, scratch, either,
        either_member, local, scalar, rough, rough_member, far;
    struct model model;
};

static void loop_forever(struct build *b, func_id f)
{
    struct block *block = arena_new(&b->arena, struct block);
    static block_id self[] = {0};
    *block = (struct block){.count = b->program.functions[f].ninstrs, .succs = self, .nsuccs = 1};
    b->program.functions[f].blocks = block;
    b->program.functions[f].nblocks = 1;
}

static void make_types(struct driver *d)
{
    struct build *b = &d->b;
    d->adapter = build_type(b, "_ADAPTER", 16);
    build_field(b, d->adapter, "a", 0, 8, 0, 1);
    build_field(b, d->adapter, "b", 8, 8, 0, 1);
    d->other = build_type(b, "_OTHER", 24);
    build_field(b, d->other, "x", 0, 24, 0, 3);
}

static void make_allocators(struct driver *d, enum shape shape)
{
    struct build *b = &d->b;
    d->fresh = build_declare(b, shape == ANY_POINTER ? "drvlint_any_pointer" : "drvlint_fresh_zeroed", 0, 64);
    d->allocate = build_function(b, "ExAllocatePool", 0, 64);
    b->program.functions[d->allocate].from_model = true;
    d->made_in_allocate = build_call(b, op_func(d->fresh), 64, 0, NULL);
    build_return(b, d->made_in_allocate);
    d->wrapper = build_function(b, "MyAllocate", 0, 64);
    build_return(b, build_call(b, op_func(d->allocate), 64, 0, NULL));
}

static void make_setup(struct driver *d, enum shape shape)
{
    struct build *b = &d->b;
    d->helper = build_function(b, "Helper", 1, 0);
    if (shape != HANDLE_ONLY)
        build_load(b, build_select_field(b, op_param(0), d->adapter, 0), 8);
    d->shared = build_function(b, "Shared", 0, 0);
    d->setup = build_function(b, "Setup", 0, 0);
    d->made = build_call(b, op_func(d->wrapper), 64, 0, NULL);
    build_store(b, d->made, op_global(d->kept, 0), 8);
    if (shape != HANDLE_ONLY) {
        d->member_in_setup = build_select_field(b, d->made, d->adapter, 1);
        build_store(b, op_const(1), d->member_in_setup, 8);
    }
    if (shape == TWO_OBJECTS) {
        struct operand second = build_call(b, op_func(d->wrapper), 64, 0, NULL);
        build_store(b, op_const(1), build_select_field(b, second, d->adapter, 0), 8);
    }
    build_call(b, op_func(d->shared), 0, 0, NULL);
    if (shape == IN_LOOP)
        loop_forever(b, d->setup);
    d->init = build_function(b, "Init", 0, 0);
    build_call(b, op_func(d->setup), 0, 0, NULL);
    if (shape == CALLED_TWICE)
        build_call(b, op_func(d->setup), 0, 0, NULL);
    if (shape == CALLED_IN_LOOP)
        loop_forever(b, d->init);
}

static void make_send(struct driver *d, enum shape shape)
{
    struct build *b = &d->b;
    uint32_t mixed = build_global(b, "mixed", 8, 0);
    uint32_t rough = build_global(b, "rough", 8, 0), far = build_global(b, "far", 8, 0);
    uint32_t record = build_global(b, "record", 24, d->other);
    d->send = build_function(b, "Send", 0, 0);
    d->found = build_load(b, op_global(d->kept, 0), 8);
    build_call1(b, d->helper, d->found);
    build_store(b, d->found, op_global(mixed, 0), 8);
    build_store(b, op_global(record, 0), op_global(mixed, 0), 8);
    d->local = build_alloca(b, "Local", 24, d->other);
    d->scalar = build_alloca(b, "Scalar", 8, 0);
    build_store(b, op_const(1), d->scalar, 8);
    d->scratch = build_call(b, op_func(d->wrapper), 64, 0, NULL);
    build_store(b, d->scratch, op_global(far, 0), 8);
    build_store(b, op_global(record, 0), op_global(far, 0), 8);
    d->far = build_load(b, op_global(far, 0), 8);
    if (shape != HANDLE_ONLY) {
        d->member = build_select_field(b, d->found, d->adapter, 1);
        build_store(b, op_const(2), d->member, 8);
        d->either = build_load(b, op_global(mixed, 0), 8);
        d->either_member = build_select_field(b, d->either, d->adapter, 1);
        build_store(b, op_const(3), d->either_member, 8);
        build_store(b, op_const(1), build_select_field(b, d->scratch, d->adapter, 1), 8);
        build_store(b, d->found, op_global(rough, 0), 8);
        build_store(b, d->scratch, op_global(rough, 0), 8);
        d->rough = build_load(b, op_global(rough, 0), 8);
        d->rough_member = build_select_field(b, d->rough, d->adapter, 1);
    }
    build_call(b, op_func(d->shared), 0, 0, NULL);
    if (shape == CALLED_FROM_TWO)
        build_call(b, op_func(d->setup), 0, 0, NULL);
}

/* The harness calls what is stored in variables of its own. */
static void make_harness(struct driver *d, enum shape shape)
{
    struct build *b = &d->b;
    struct init *inits = arena_new_array(&b->arena, 2, struct init);
    inits[0] = (struct init){0, 8, op_func(d->init)};
    inits[1] = (struct init){0, 8, op_func(d->send)};
    uint32_t handlers[] = {build_global(b, "onInit", 8, 0), build_global(b, "onSend", 8, 0)};
    func_id harness = build_function(b, "drvlint_harness", 0, 0);
    b->program.functions[harness].from_model = true;
    for (uint32_t i = shape == NOT_CALLED; i < 2; i++) {
        b->program.globals[handlers[i]].inits = &inits[i];
        b->program.globals[handlers[i]].ninits = 1;
        build_call(b, build_load(b, op_global(handlers[i], 0), 8), 0, 0, NULL);
    }
    struct place place = {"driver.c", 1, 1, 0};
    vec_push(&b->arena, &b->facts.roles,
             (struct role_decl){"Init", shape == OTHER_ROLE ? "SEND" : "INIT", place});
    vec_push(&b->arena, &b->facts.roles, (struct role_decl){"Send", "SEND", place});
    if (shape == TWO_ROLES)
        vec_push(&b->arena, &b->facts.roles, (struct role_decl){"Init", "SEND", place});
}

static void make(struct driver *d, enum shape shape)
{
    static const char roles[] = "once * INIT\n";
    struct diag diag;
    *d = (struct driver){0};
    build_init(&d->b);
    diag_init(&diag, &d->b.arena);
    model_roles_parse(&d->b.arena, &d->b.names, "roles.tsv", roles, strlen(roles), &d->b.roles,
                      &diag);
    d->kept = build_global(&d->b, "kept", 8, 0);
    make_types(d);
    make_allocators(d, shape);
    make_setup(d, shape);
    make_send(d, shape);
    make_harness(d, shape);
    d->model = build_model(&d->b);
}

static unsigned count_objects(const struct model *model)
{
    unsigned found = 0;
    for (uint32_t i = 0; i < model->nobjects; i++)
        found += model->objects[i].function != ID_NONE;
    return found;
}

static bool is_spot(const struct driver *d, func_id f, struct operand value, uint32_t offset)
{
    struct spot spot;
    return model_spot(&d->model, f, &value, &spot) && spot.offset == offset &&
           d->model.objects[spot.object].function == d->allocate;
}

static void test_objects(void)
{
    static const struct {
        enum shape shape;
        unsigned want;
        const char *why;
    } cases[] = {
        {PLAIN, 1, "what a role that runs once makes; not what the other one makes"},
        {IN_LOOP, 0, "made in a loop"},
        {CALLED_IN_LOOP, 0, "made by what is called in a loop"},
        {CALLED_TWICE, 0, "made by what is called twice"},
        {CALLED_FROM_TWO, 0, "made by what another role calls, too"},
        {TWO_OBJECTS, 2, "two calls of a wrapper are two objects"},
        {OTHER_ROLE, 0, "made in a role that runs often"},
        {TWO_ROLES, 0, "made in a callback that has another role, too"},
        {NOT_CALLED, 0, "made by what nobody calls"},
        {HANDLE_ONLY, 0, "never accessed by the driver"},
        {ANY_POINTER, 0, "nobody says where the memory begins"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct driver d;
        make(&d, cases[i].shape);
        CHECK(count_objects(&d.model) == cases[i].want, cases[i].why);
        struct spot spot;
        bool known = model_spot(&d.model, d.send, &d.found, &spot);
        CHECK(known == (cases[i].want > 0), cases[i].why);
        arena_finish(&d.b.arena);
    }
}

static void test_made(void)
{
    struct driver d;
    make(&d, PLAIN);
    uint32_t context = model_context(&d.model, 0, d.setup, d.made.index, d.wrapper);
    context = model_context(&d.model, context, d.wrapper, 0, d.allocate);
    uint32_t object =
        model_object_made(&d.model, d.allocate, d.made_in_allocate.index, context);
    CHECK(object != ID_NONE, "begins with that call of the intrinsic in that context");
    CHECK(object == ID_NONE || d.model.objects[object].zeroed, "its contents are zero");
    CHECK(model_object_made(&d.model, d.allocate, d.made_in_allocate.index, 0) == ID_NONE,
          "not in another context");
    struct class_set begin = d.model.writes[d.allocate][d.made_in_allocate.index];
    CHECK(sets_meet(begin, d.model.writes[d.send][d.member.index + 1]),
          "all that it holds is new when it begins");
    if (object != ID_NONE)
        CHECK(sets_meet(model_object_classes(&d.model, &d.b.arena, object, 8, 8),
                        d.model.writes[d.send][d.member.index + 1]),
              "bytes of the object");
    arena_finish(&d.b.arena);
}

static void test_spots(void)
{
    struct driver d;
    make(&d, PLAIN);
    CHECK(is_spot(&d, d.setup, d.made, 0), "what the wrapper returned");
    CHECK(is_spot(&d, d.setup, d.member_in_setup, 8), "a member");
    CHECK(is_spot(&d, d.send, d.found, 0), "loaded from memory");
    CHECK(is_spot(&d, d.send, d.member, 8), "a member of that");
    CHECK(is_spot(&d, d.helper, op_param(0), 0), "what all calls give");
    CHECK(!is_spot(&d, d.send, d.either, 0), "one of two");
    CHECK(is_spot(&d, d.send, d.either_member, 8), "of two the one that has the member");
    CHECK(!is_spot(&d, d.send, d.rough, 0), "one of two of a type");
    CHECK(!is_spot(&d, d.send, d.rough_member, 8), "a member that both have");
    CHECK(!is_spot(&d, d.send, d.scratch, 0), "memory that is made often");
    CHECK(!is_spot(&d, d.send, d.local, 0), "a local");
    struct spot spot;
    struct operand none = op_const(0), global = op_global(d.kept, 0);
    CHECK(!model_spot(&d.model, d.send, &none, &spot), "a number");
    CHECK(!model_spot(&d.model, d.send, &global, &spot), "a variable");
    arena_finish(&d.b.arena);
}

static void test_elsewhere(void)
{
    struct driver d;
    make(&d, PLAIN);
    CHECK(model_elsewhere(&d.model, d.send, &d.scratch, 0), "memory that is made often");
    CHECK(!model_elsewhere(&d.model, d.send, &d.found, 0), "the object");
    CHECK(!model_elsewhere(&d.model, d.send, &d.member, 0), "its member");
    CHECK(!model_elsewhere(&d.model, d.send, &d.local, 0), "a local record");
    CHECK(!model_elsewhere(&d.model, d.send, &d.scalar, 0), "a local");
    CHECK(!model_elsewhere(&d.model, d.send, &d.either, d.other), "a variable of that type");
    CHECK(!model_elsewhere(&d.model, d.send, &d.far, 0), "perhaps a variable");
    CHECK(model_elsewhere(&d.model, d.send, &d.far, d.adapter), "no variable of that type");
    CHECK(!model_elsewhere(&d.model, d.send, &d.rough, d.adapter), "perhaps the object");
    struct operand global = op_global(d.kept, 0);
    CHECK(!model_elsewhere(&d.model, d.send, &global, 0), "a variable");
    arena_finish(&d.b.arena);
}

static void test_setup(void)
{
    struct driver d;
    make(&d, PLAIN);
    CHECK(d.model.is_setup[d.init], "the role itself");
    CHECK(d.model.is_setup[d.setup], "what only it calls");
    CHECK(!d.model.is_setup[d.send], "another role");
    CHECK(!d.model.is_setup[d.helper], "what another role calls");
    CHECK(!d.model.is_setup[d.shared], "what both call");
    arena_finish(&d.b.arena);
    make(&d, CALLED_TWICE);
    CHECK(d.model.is_setup[d.setup], "twice is no other role");
    arena_finish(&d.b.arena);
    make(&d, NOT_CALLED);
    CHECK(!d.model.is_setup[d.init], "never called");
    arena_finish(&d.b.arena);
}

int main(void)
{
    test_objects();
    test_made();
    test_spots();
    test_elsewhere();
    test_setup();
    return check_status();
}
