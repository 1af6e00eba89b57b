/* Random programs are run and analysed: instructions that touched the same byte must share a class.
 * usage: test_random [PROGRAMS [SEED]]
 *
 * A program runs until it does something that C does not define (a field of a record that is not
 * there, an index outside of its array); what was touched until then counts. */
#include "model/test_build.h"

#include <stdlib.h>

enum {
    FUNCTIONS = 5, /* the last one is run */
    INSTRS = 14,
    PARAMS = 2,
    OBJECT_SIZE = 96,
    MAX_OBJECTS = 64,
    MAX_POINTERS = 4096,
    MAX_TOUCHES = 24,
    MAX_STEPS = 400,
};

/* ---- the machine ---- */

struct pointer {
    uint32_t object;
    int32_t offset, lo, hi; /* it may be moved by an index within [lo, hi) */
};

struct touch {
    func_id function;
    instr_id instr;
    bool is_write;
};

struct object {
    type_id type; /* 0: bytes, which get the types that they are used as */
    int32_t size;
    bool is_heap;
    uint32_t slots[OBJECT_SIZE / 8]; /* pointers stored there: index + 1 */
    type_id used_as[OBJECT_SIZE];    /* record that starts there, in memory without a type */
    struct touch touches[OBJECT_SIZE][MAX_TOUCHES];
    uint32_t ntouches[OBJECT_SIZE];
};

struct machine {
    struct build *b;
    const struct layouts *layouts;
    struct object *objects;
    uint32_t nobjects;
    struct pointer pointers[MAX_POINTERS];
    uint32_t npointers;
    uint32_t global_objects[4];
    func_id fresh;
    uint32_t steps;
    bool stuck;
};

static uint32_t new_object(struct machine *m, type_id type, uint64_t size)
{
    if (m->nobjects == MAX_OBJECTS) {
        m->stuck = true;
        return 0;
    }
    memset(&m->objects[m->nobjects], 0, sizeof(struct object));
    m->objects[m->nobjects].type = type;
    m->objects[m->nobjects].size = (int32_t)size;
    return m->nobjects++;
}

/* Values are 0 or a pointer's index + 1. */
static uint32_t make_pointer(struct machine *m, struct pointer pointer)
{
    if (m->npointers == MAX_POINTERS) {
        m->stuck = true;
        return 0;
    }
    m->pointers[m->npointers++] = pointer;
    return m->npointers;
}

static uint32_t whole_pointer(struct machine *m, uint32_t object)
{
    return make_pointer(m, (struct pointer){object, 0, 0, m->objects[object].size});
}

static bool contains_record(struct machine *m, struct object *object, int32_t offset, type_id type)
{
    int32_t size = (int32_t)m->b->program.types[type].size;
    if (offset < 0 || offset + size > object->size)
        return false;
    if (object->type)
        return layout_contains(m->layouts, object->type, (uint64_t)offset, type);
    for (int32_t at = 0; at < object->size; at++) { /* no other record may lie across */
        type_id other = object->used_as[at];
        int32_t end = at + (other ? (int32_t)m->b->program.types[other].size : 0);
        if (!other || end <= offset || at >= offset + size)
            continue;
        return at <= offset && end >= offset + size &&
               layout_contains(m->layouts, other, (uint64_t)(offset - at), type);
    }
    object->used_as[offset] = type;
    return true;
}

static struct pointer *pointer_at(struct machine *m, uint32_t value)
{
    if (!value)
        m->stuck = true;
    return value ? &m->pointers[value - 1] : NULL;
}

/* Notes an access; false if it is not defined. */
static bool touch(struct machine *m, uint32_t value, uint64_t size, struct touch what)
{
    struct pointer *p = pointer_at(m, value);
    if (!p || p->offset < p->lo || p->offset + (int32_t)size > p->hi || p->offset < 0 ||
        p->offset + (int32_t)size > m->objects[p->object].size) {
        m->stuck = true;
        return false;
    }
    struct object *object = &m->objects[p->object];
    for (int32_t at = p->offset; at < p->offset + (int32_t)size; at++)
        if (object->ntouches[at] < MAX_TOUCHES)
            object->touches[at][object->ntouches[at]++] = what;
    return true;
}

static void put_slot(struct machine *m, struct pointer *p, uint64_t size, uint32_t value)
{
    struct object *object = &m->objects[p->object];
    bool is_whole = p->offset % 8 == 0 && size == 8;
    for (int32_t at = p->offset; at < p->offset + (int32_t)size; at++)
        object->slots[at / 8] = is_whole ? value : 0;
}

static void copy_slots(struct machine *m, struct pointer *to, struct pointer *from, uint64_t size)
{
    uint32_t copy[OBJECT_SIZE / 8];
    bool aligned = to->offset % 8 == 0 && from->offset % 8 == 0;
    memcpy(copy, m->objects[from->object].slots, sizeof(copy));
    for (int32_t at = 0; at < (int32_t)size; at += 8) {
        bool is_whole = aligned && at + 8 <= (int32_t)size;
        m->objects[to->object].slots[(to->offset + at) / 8] =
            is_whole ? copy[(from->offset + at) / 8] : 0;
    }
}

static uint32_t run(struct machine *m, func_id function, const uint32_t *args);

struct frame {
    struct machine *m;
    const uint32_t *args;
    uint32_t values[INSTRS + 8];
};

static uint32_t value_of(struct frame *frame, const struct operand *operand)
{
    struct machine *m = frame->m;
    if (operand->kind == OPERAND_INSTR)
        return frame->values[operand->index];
    if (operand->kind == OPERAND_PARAM)
        return frame->args[operand->index];
    if (operand->kind != OPERAND_GLOBAL)
        return 0;
    return whole_pointer(m, m->global_objects[operand->index]);
}

static uint32_t select_field(struct machine *m, uint32_t value, const struct instr *in)
{
    struct pointer *p = pointer_at(m, value);
    const struct field *field = &m->b->program.types[in->type].fields[in->field];
    if (!p || !contains_record(m, &m->objects[p->object], p->offset, in->type)) {
        m->stuck = true;
        return 0;
    }
    int32_t at = p->offset + (int32_t)field->offset;
    return make_pointer(m, (struct pointer){p->object, at, at, at + (int32_t)field->size});
}

/* Constants lead on within the member or back to the start of the object; indexes stay. */
static uint32_t move(struct machine *m, uint32_t value, const struct instr *in)
{
    struct pointer *p = pointer_at(m, value);
    if (!p)
        return 0;
    struct pointer moved = *p;
    moved.offset += (int32_t)in->offset;
    if (in->b.kind == OPERAND_CONST)
        moved.offset += (int32_t)(in->scale * in->b.value);
    bool inside = moved.offset >= moved.lo && moved.offset < moved.hi;
    if (moved.offset == 0 && in->b.kind == OPERAND_NONE && in->offset < 0) {
        moved.lo = 0;
        moved.hi = m->objects[p->object].size;
    } else if (!inside || in->offset < 0) {
        m->stuck = true;
    }
    return make_pointer(m, moved);
}

static void run_memory(struct frame *frame, const struct instr *in, struct touch what)
{
    struct machine *m = frame->m;
    uint32_t to = value_of(frame, &in->a);
    what.is_write = true;
    if (!touch(m, to, in->c.value, what))
        return;
    if (in->op == INSTR_MEMSET) {
        struct pointer *p = pointer_at(m, to);
        for (uint64_t at = 0; at < in->c.value; at++)
            m->objects[p->object].slots[((uint64_t)p->offset + at) / 8] = 0;
        return;
    }
    uint32_t from = value_of(frame, &in->b);
    what.is_write = false;
    if (touch(m, from, in->c.value, what))
        copy_slots(m, pointer_at(m, to), pointer_at(m, from), in->c.value);
}

static uint32_t run_call(struct frame *frame, const struct instr *in)
{
    uint32_t args[PARAMS] = {0};
    for (uint32_t i = 0; i < in->nextra; i++)
        args[i] = value_of(frame, &in->extra[i]);
    if (in->a.index == frame->m->fresh) {
        uint32_t object = new_object(frame->m, 0, OBJECT_SIZE);
        frame->m->objects[object].is_heap |= !frame->m->stuck;
        return whole_pointer(frame->m, object);
    }
    return run(frame->m, in->a.index, args);
}

static uint32_t run_instr(struct frame *frame, const struct instr *in, struct touch what)
{
    struct machine *m = frame->m;
    if (in->op == INSTR_ALLOCA)
        return whole_pointer(m, new_object(m, in->type, in->size));
    if (in->op == INSTR_PTRADD)
        return in->field != ID_NONE ? select_field(m, value_of(frame, &in->a), in)
                                    : move(m, value_of(frame, &in->a), in);
    if (in->op == INSTR_SELECT)
        return value_of(frame, in->a.value ? &in->b : &in->c);
    if (in->op == INSTR_CALL)
        return run_call(frame, in);
    if (in->op == INSTR_MEMSET || in->op == INSTR_MEMCPY) {
        run_memory(frame, in, what);
        return 0;
    }
    what.is_write = in->op == INSTR_STORE;
    uint32_t address = value_of(frame, what.is_write ? &in->b : &in->a);
    if (!touch(m, address, in->size, what))
        return 0;
    struct pointer *p = pointer_at(m, address);
    if (what.is_write) {
        put_slot(m, p, in->size, value_of(frame, &in->a));
        return 0;
    }
    return in->size == 8 && p->offset % 8 == 0 ? m->objects[p->object].slots[p->offset / 8] : 0;
}

static uint32_t run(struct machine *m, func_id function, const uint32_t *args)
{
    const struct function *f = &m->b->program.functions[function];
    struct frame frame = {m, args, {0}};
    for (instr_id i = 0; i < f->ninstrs; i++) {
        if (m->stuck || ++m->steps > MAX_STEPS)
            return 0;
        if (f->instrs[i].op == INSTR_RETURN)
            return value_of(&frame, &f->instrs[i].a);
        frame.values[i] = run_instr(&frame, &f->instrs[i], (struct touch){function, i, false});
    }
    return 0;
}

/* ---- random programs ---- */

static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (uint32_t)(hash_u64(random_state) % n);
}

/* Records nested in records, in arrays, in unions. */
static void add_types(struct build *b)
{
    type_id inner = build_type(b, "_INNER", 16);
    build_field(b, inner, "x", 0, 4, 0, 1);
    build_field(b, inner, "y", 4, 4, 0, 1);
    build_field(b, inner, "p", 8, 8, 0, 1);
    type_id view = build_type(b, NULL, 16);
    build_field(b, view, "q", 0, 8, 0, 1);
    build_field(b, view, "n", 8, 4, 0, 1);
    type_id either = build_type(b, "_EITHER", 16);
    b->program.types[either].is_union = true;
    build_field(b, either, "in", 0, 16, inner, 1);
    build_field(b, either, "view", 0, 16, view, 1);
    build_field(b, either, "bytes", 0, 8, 0, 8);
    type_id outer = build_type(b, "_OUTER", 88);
    build_field(b, outer, "first", 0, 8, 0, 1);
    build_field(b, outer, "in", 8, 16, inner, 1);
    build_field(b, outer, "many", 24, 32, inner, 2);
    build_field(b, outer, "either", 56, 16, either, 1);
    build_field(b, outer, "tail", 72, 16, 0, 2);
    type_id ring = build_type(b, "_RING", 32);
    build_field(b, ring, "next", 0, 8, 0, 1);
    build_field(b, ring, "outer", 8, 8, 0, 1);
    build_field(b, ring, "in", 16, 16, inner, 1);
}

static type_id random_type(const struct build *b)
{
    return 1 + random_below(b->program.ntypes - 1);
}

static struct operand random_operand(const struct build *b)
{
    const struct function *f = &b->program.functions[b->now];
    uint32_t choice = random_below(10);
    for (uint32_t tries = 0; choice < 8 && f->ninstrs && tries < 8; tries++) {
        uint32_t back = random_below(f->ninstrs < 5 ? f->ninstrs : 5);
        const struct instr *in = &f->instrs[f->ninstrs - 1 - back];
        if (in->width == 64)
            return (struct operand){OPERAND_INSTR, 64, f->ninstrs - 1 - back, 0};
    }
    if (f->nparams && choice < 9)
        return op_param(random_below(f->nparams));
    return op_global(random_below(b->program.nglobals), 0);
}

static void add_random_call(struct build *b, func_id first)
{
    struct operand args[PARAMS] = {random_operand(b), random_operand(b)};
    if (b->now == first || random_below(4) == 0)
        build_call(b, op_func(first - 1), 64, 0, NULL); /* the allocator */
    else
        build_call(b, op_func(first + random_below(b->now - first)), 64, PARAMS, args);
}

static void add_random_move(struct build *b)
{
    static const int64_t offsets[] = {4, 8, 16, -8, -16, -24, -32, -56, -72};
    if (random_below(2)) {
        static const uint64_t scales[] = {4, 8, 16};
        build_index(b, random_operand(b), op_const(random_below(3)), scales[random_below(3)]);
    } else {
        build_add(b, random_operand(b), offsets[random_below(ARRAY_LEN(offsets))]);
    }
}

static void add_random_instr(struct build *b, func_id first)
{
    static const uint64_t sizes[] = {4, 8, 8, 16, 24};
    struct operand a = random_operand(b), c = op_const(sizes[random_below(ARRAY_LEN(sizes))]);
    type_id type = random_type(b);
    switch (random_below(12)) {
    case 0:
        type = random_below(4) ? type : 0;
        build_alloca(b, "l", type ? b->program.types[type].size : OBJECT_SIZE, type);
        break;
    case 1:
    case 2:
    case 3:
        build_select_field(b, a, type, random_below(b->program.types[type].nfields));
        break;
    case 4:
        add_random_move(b);
        break;
    case 5:
    case 6:
        build_load(b, a, random_below(4) ? 8 : 4);
        break;
    case 7:
    case 8:
        build_store(b, random_operand(b), a, random_below(4) ? 8 : 4);
        break;
    case 9:
        build_instr(b, (struct instr){.op = random_below(2) ? INSTR_MEMCPY : INSTR_MEMSET,
                                      .a = a,
                                      .b = random_operand(b),
                                      .c = c});
        break;
    case 10:
        build_instr(b, (struct instr){.op = INSTR_SELECT,
                                      .width = 64,
                                      .a = op_const(random_below(2)),
                                      .b = a,
                                      .c = random_operand(b)});
        break;
    default:
        add_random_call(b, first);
        break;
    }
}

static func_id add_random_program(struct build *b, func_id *ret_fresh)
{
    add_types(b);
    build_global(b, "gPointer", 8, 0);
    build_global(b, "gOuter", 88, 4);
    build_global(b, "gBytes", 64, 0);
    *ret_fresh = build_declare(b, "drvlint_fresh", 0, 64);
    func_id allocate = build_function(b, "Allocate", 0, 64);
    b->program.functions[allocate].from_model = true;
    build_return(b, build_call(b, op_func(*ret_fresh), 64, 0, NULL));
    for (uint32_t i = 0; i < FUNCTIONS; i++) {
        build_function(b, i + 1 < FUNCTIONS ? "Function" : "Main", i + 1 < FUNCTIONS ? PARAMS : 0,
                       64);
        for (uint32_t k = 0; k < INSTRS; k++)
            add_random_instr(b, allocate + 1);
        build_return(b, random_operand(b));
    }
    return b->now;
}

/* ---- the check ---- */

static const char *operand_text(struct build *b, const struct operand *o)
{
    static const char *const kinds[] = {"none", "%", "$", "", "@", "&", "undef"};
    unsigned long long number = o->kind == OPERAND_CONST ? o->value : o->index;
    return o->kind == OPERAND_NONE ? "-"
                                   : arena_printf(&b->arena, "%s%llu", kinds[o->kind], number);
}

/* The program of a failed check, for people. */
static void print_program(struct build *b)
{
    static const char *const names[] = {"alloca",  "load",   "store",  "ptradd", "binary",
                                        "compare", "cast",   "select", "phi",    "call",
                                        "memset",  "memcpy", "opaque", "return"};
    for (func_id f = 0; f < b->program.nfunctions; f++) {
        const struct function *fn = &b->program.functions[f];
        fprintf(stderr, "function %u\n", f);
        for (instr_id i = 0; i < fn->ninstrs; i++) {
            const struct instr *in = &fn->instrs[i];
            fprintf(stderr, "  #%u %s %s %s %s", i, names[in->op], operand_text(b, &in->a),
                    operand_text(b, &in->b), operand_text(b, &in->c));
            for (uint32_t k = 0; k < in->nextra; k++)
                fprintf(stderr, " (%s)", operand_text(b, &in->extra[k]));
            fprintf(stderr, " type %u field %d offset %d scale %u size %u\n", in->type,
                    (int)in->field, (int)in->offset, (unsigned)in->scale, (unsigned)in->size);
        }
    }
}

static struct class_set classes_of(const struct model *model, const struct touch *t)
{
    return t->is_write ? model->writes[t->function][t->instr] : model->reads[t->function][t->instr];
}

static uint32_t check_byte(struct build *build, const struct model *model,
                           const struct object *object, int32_t at, uint64_t seed)
{
    uint32_t pairs = 0;
    for (uint32_t i = 0; i < object->ntouches[at]; i++) {
        for (uint32_t k = 0; k < i; k++, pairs++) {
            const struct touch *a = &object->touches[at][i], *b = &object->touches[at][k];
            if (sets_meet(classes_of(model, a), classes_of(model, b)))
                continue;
            fprintf(stderr,
                    "seed %llu: function %u #%u {%s} and function %u #%u {%s} touch byte %d "
                    "of an object of type %u, no class in common\n",
                    (unsigned long long)seed, a->function, a->instr,
                    set_text(build, model, classes_of(model, a)), b->function, b->instr,
                    set_text(build, model, classes_of(model, b)), at, object->type);
            check_failures++;
        }
    }
    return pairs;
}

static bool has_type(const struct points_to *pt, const struct memory *memory, type_id type)
{
    for (size_t i = 0; i < memory->types.len; i++)
        if (layout_contains(&pt->layouts, memory->types.items[i].type, 0, type))
            return true;
    return false;
}

/* New memory that is surely of one type and perhaps of another is taken to have the former only.
 * Random programs use it as both, drivers do not. */
static bool has_mixed_heap(const struct points_to *pt)
{
    for (size_t i = 0; i < pt->members.len; i++) {
        const struct node *base = &pt->nodes.items[pt->members.items[i].base];
        for (uint32_t k = 0; k < base->len; k++) {
            const struct memory *memory = target_memory(pt, base->items[k]);
            if (memory && memory->kind == MEMORY_HEAP &&
                !has_type(pt, memory, pt->members.items[i].type))
                return true;
        }
    }
    return false;
}

static uint32_t check_program(uint64_t seed, struct object *objects, struct machine *m)
{
    struct build b;
    build_init(&b);
    random_state = seed;
    func_id fresh;
    func_id main_function = add_random_program(&b, &fresh);
    struct model model = build_model(&b);
    *m = (struct machine){
        .b = &b, .layouts = &model.points_to->layouts, .objects = objects, .fresh = fresh};
    for (uint32_t g = 0; g < b.program.nglobals; g++)
        m->global_objects[g] = new_object(m, b.program.globals[g].type, b.program.globals[g].size);
    run(m, main_function, NULL);
    uint32_t pairs = 0;
    int failures = check_failures;
    bool mixed = has_mixed_heap(model.points_to);
    for (uint32_t i = 0; i < m->nobjects; i++)
        for (int32_t at = 0;
             at < objects[i].size && check_failures == failures && !(mixed && objects[i].is_heap);
             at++)
            pairs += check_byte(&b, &model, &objects[i], at, seed);
    if (check_failures > failures)
        print_program(&b);
    arena_finish(&b.arena);
    return pairs;
}

int main(int argc, char **argv)
{
    uint64_t programs = argc > 1 ? strtoull(argv[1], NULL, 10) : 2000;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    struct object *objects = calloc(MAX_OBJECTS, sizeof(*objects));
    struct machine *machine = calloc(1, sizeof(*machine));
    uint64_t pairs = 0;
    for (uint64_t i = 0; i < programs && check_failures < 5; i++)
        pairs += check_program(seed + i, objects, machine);
    CHECK(pairs > programs / 4, "programs that touch some byte twice");
    if (argc > 1)
        printf("%llu pairs of accesses\n", (unsigned long long)pairs);
    free(machine);
    free(objects);
    return check_status();
}
