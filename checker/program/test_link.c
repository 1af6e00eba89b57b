/* What several files become: names, definitions, types, places. The texts start with line markers,
 * so that debug info has the paths of an imaginary driver and rule pack. */
#include "program/test_compile.h"
#include "test/check.h"

static const char *clang;

struct input {
    const char *file, *text; /* file NULL: end of the list; starts with "/pack/": of the model */
};

enum { MAX_INPUTS = 4 };

struct built {
    struct arena arena;
    struct interner names;
    struct diag diag;
    struct unit *units[MAX_INPUTS];
    size_t nunits;
    struct model_bitcode model[MAX_INPUTS];
    size_t nmodel;
    struct program program;
    bool ok;
};

static void build_for(struct built *built, const struct input *inputs, const char *target)
{
    *built = (struct built){0};
    arena_init(&built->arena, NULL, NULL);
    interner_init(&built->names, &built->arena);
    diag_init(&built->diag, &built->arena);
    for (const struct input *i = inputs; i->file; i++) {
        char *text = arena_printf(&built->arena, "# 1 \"%s\"\n%s", i->file, i->text);
        if (!strncmp(i->file, "/pack/", 6))
            built->model[built->nmodel++] =
                test_compile_model(&built->arena, clang, target, i->file, text);
        else
            built->units[built->nunits++] =
                test_compile(&built->arena, clang, target, i->file, text);
    }
}

static void link_built(struct built *built)
{
    built->ok = program_build(&built->arena, &built->names, built->units, built->nunits,
                              built->model, built->nmodel, "/pack/", &built->program, &built->diag);
}

static void build(struct built *built, const struct input *inputs)
{
    build_for(built, inputs, "x86_64-pc-windows-msvc");
    link_built(built);
    CHECK(built->ok, "the program can be built");
    if (!built->ok)
        test_show_messages(&built->diag);
}

static const struct function *function(const struct built *built, const char *name)
{
    func_id id = program_find_function(&built->program, name);
    if (id == ID_NONE) {
        fprintf(stderr, "there is no function '%s'\n", name);
        exit(1);
    }
    return &built->program.functions[id];
}

static const struct global *global(const struct built *built, const char *name)
{
    uint32_t id = program_find_global(&built->program, name);
    if (id == ID_NONE) {
        fprintf(stderr, "there is no global '%s'\n", name);
        exit(1);
    }
    return &built->program.globals[id];
}

/* The name of the function that the first direct call in `caller` reaches. */
static const char *callee(const struct built *built, const char *caller)
{
    const struct function *f = function(built, caller);
    for (uint32_t i = 0; i < f->ninstrs; i++)
        if (f->instrs[i].op == INSTR_CALL && f->instrs[i].a.kind == OPERAND_FUNC)
            return built->program.functions[f->instrs[i].a.index].name;
    return NULL;
}

static const struct instr *named(const struct built *built, const char *name, const char *result)
{
    const struct function *f = function(built, name);
    for (uint32_t i = 0; i < f->ninstrs; i++)
        if (f->instrs[i].name && !strcmp(f->instrs[i].name, result))
            return &f->instrs[i];
    fprintf(stderr, "'%s' has no '%s'\n", name, result);
    exit(1);
}

static const char *message(const struct built *built, size_t index)
{
    return index < built->diag.messages.len ? built->diag.messages.items[index].text : NULL;
}

static void test_local_names(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c",
         "static int n = 1; static int Help(void) { return n; } int A(void) { return Help(); }"},
        {"/drv/b.c",
         "static int n = 2; static int Help(void) { return n; } int B(void) { return Help(); }"},
        {"/drv/c.c", "int Help(void) { return 3; } int C(void) { return Help(); }"},
        {NULL, NULL},
    };
    struct built built;
    build(&built, inputs);
    CHECK_TEXT(callee(&built, "A"), "Help.2", "a static function gives way to a visible one");
    CHECK_TEXT(callee(&built, "B"), "Help.3", "static functions of two files are two");
    CHECK_TEXT(callee(&built, "C"), "Help", "the visible one keeps its name");
    CHECK_TEXT(function(&built, "Help.3")->display, "Help", "people see the name of the source");
    CHECK(function(&built, "Help.2")->is_static && !function(&built, "Help")->is_static, "static");
    CHECK(global(&built, "n")->inits[0].value.value == 1, "the first file's variable");
    CHECK(global(&built, "n.2")->inits[0].value.value == 2, "the second file's variable");
    CHECK_TEXT(global(&built, "n.2")->display, "n", "people see the name of the source");
    CHECK(!built.diag.messages.len, "that is no reason for a message");
    arena_finish(&built.arena);
}

static void test_duplicates(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c", "int Entry(void) { return 1; }\nint Halt(void) { return 1; } int A(void) { "
                     "return Entry(); }"},
        {"/drv/b.c", "int Entry(void) { return 2; }\nint Halt(void) { return 2; } int B(void) { "
                     "return Entry(); }"},
        {"/drv/c.c", "int Entry(void); int C(void) { return Entry(); }"},
        {NULL, NULL},
    };
    struct built built;
    build(&built, inputs);
    CHECK_TEXT(callee(&built, "A"), "Entry", "the first definition");
    CHECK_TEXT(callee(&built, "B"), "Entry.2", "a file uses its own definition");
    CHECK_TEXT(callee(&built, "C"), "Entry", "other files use the first one");
    CHECK(built.diag.warnings == 1 && built.diag.messages.len == 2,
          "one message per pair of files");
    CHECK_TEXT(
        message(&built, 0),
        "'Entry' is already defined in 'a.c'; each of these files uses its own, others the first",
        "the message");
    CHECK_TEXT(message(&built, 1), "the same for 'Halt'", "the other names");
    CHECK_TEXT(built.diag.messages.items[0].place.file, "/drv/b.c", "its place");
    CHECK(built.diag.messages.items[0].place.line == 1, "its line");
    arena_finish(&built.arena);
}

static void test_variables(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c",
         "int Shared; int Size[2]; extern int Outside; int A(void) { return Shared + Outside; }"},
        {"/drv/b.c", "int Shared; int Size[4]; int B(void) { return Shared; }"},
        {"/drv/c.c", "int Shared = 7; extern int Size[]; int *C(void) { return Size; }"},
        {NULL, NULL},
    };
    struct built built;
    build(&built, inputs);
    CHECK(global(&built, "Shared")->ninits == 1,
          "a real initializer wins over tentative definitions");
    CHECK(global(&built, "Size")->size == 16, "the largest of tentative definitions");
    CHECK(!global(&built, "Outside")->defined, "declared only");
    CHECK(built.program.nglobals == 3, "no variable twice");
    CHECK(!built.diag.messages.len, "a variable in a header is no reason for a message");
    arena_finish(&built.arena);
}

static void test_model(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c", "void Lock(int *l); void Sleep(int);\nint Mine(void) { return 1; }\n"
                     "int A(int *l) { Lock(l); Sleep(1); return Mine(); }"},
        {"/pack/ndis/model/lock.c",
         "int drvlint_choose(void); int model_irql;\n"
         "int Mine(void) { return 2; }\n"
         "void Lock(int *l) { *l = drvlint_choose(); model_irql = 2 + Mine(); }"},
        {NULL, NULL},
    };
    struct built built;
    build(&built, inputs);
    const struct function *lock = function(&built, "Lock");
    CHECK(lock->defined && lock->from_model, "the model's definition");
    CHECK(!function(&built, "A")->from_model, "the driver's function");
    CHECK(!function(&built, "Sleep")->from_model, "mentioned by the driver, defined nowhere");
    CHECK(function(&built, "drvlint_choose")->from_model, "mentioned by the model only");
    CHECK(global(&built, "model_irql")->from_model, "the model's variable");
    CHECK(built.program.locs[lock->loc].in_model, "a place in the pack");
    CHECK(!built.program.locs[function(&built, "A")->loc].in_model, "a place in the driver");
    CHECK(!function(&built, "Mine")->from_model, "the driver's definition wins");
    CHECK_TEXT(callee(&built, "A"), "Lock", "the driver calls the model");
    CHECK_TEXT(message(&built, 0),
               "'Mine' is defined by the driver and by the OS model; the driver uses its own",
               "the message");
    char *text = program_print(&built.program, &built.arena, false);
    CHECK(!strstr(text, "function Lock") && strstr(text, "function A"), "without the model");
    CHECK(strstr(program_print(&built.program, &built.arena, true), "function Lock"), "with it");
    arena_finish(&built.arena);
}

static bool is_there(const struct built *built, const char *name)
{
    return program_find_function(&built->program, name) != ID_NONE;
}

/* Of the model only what can be reached from the harness, the driver, or another file of the model.
 */
static void test_needed_model(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c", "void Used(void); void A(void) { Used(); }"},
        {"/pack/model/harness.c", "void A(void); void Inner(void); static void Local(void) { }\n"
                                  "void drvlint_harness(void) { A(); Local(); }\n"
                                  "void Used(void) { Inner(); } void Unused(void) { Inner(); }"},
        {"/pack/model/other.c", "int model_state; void Deep(void) { model_state = 1; }\n"
                                "void Inner(void) { Deep(); } void Alone(void) { Deep(); }\n"
                                "void Pointed(void) { } void (*model_hook)(void) = Pointed;"},
        {NULL, NULL},
    };
    struct built built;
    build(&built, inputs);
    CHECK(is_there(&built, "drvlint_harness") && is_there(&built, "Local"), "the harness");
    CHECK(is_there(&built, "Used"), "what the driver calls");
    CHECK(is_there(&built, "Inner") && is_there(&built, "Deep"), "what that calls in turn");
    CHECK(is_there(&built, "Pointed"), "what a variable points at");
    CHECK(!is_there(&built, "Unused") && !is_there(&built, "Alone"), "nothing else");
    CHECK(!function(&built, "Used")->is_static, "still visible");
    CHECK(built.program.locs[function(&built, "Inner")->loc].in_model, "in the pack");
    arena_finish(&built.arena);
}

/* A call through a wrong prototype gets the definition's shape. */
static void test_prototypes(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c", "int Wide(char c); void Gone(int); int Old(); int Late();\n"
                     "int A(void) { return Wide('a'); }\n"
                     "int B(void) { Gone(1); return Old(1, 2); }\n"
                     "int C(void) { return Late(); }"},
        {"/drv/b.c", "long long Wide(int i, int j) { return i + j; } int Gone(void) { return 1; }\n"
                     "int Old(int a); int D(void) { return Old(3); }"},
        {NULL, NULL},
    };
    struct built built;
    build(&built, inputs);
    const struct function *a = function(&built, "A");
    CHECK(a->instrs[0].width == 64 && a->instrs[0].nextra == 2, "the definition's shape");
    CHECK(a->instrs[0].extra[0].width == 32 && a->instrs[0].extra[1].kind == OPERAND_UNDEF,
          "widened and missing arguments");
    CHECK(a->instrs[1].op == INSTR_CAST && a->instrs[1].sub == CAST_TRUNC, "the caller's width");
    const struct function *b = function(&built, "B");
    CHECK(b->instrs[0].nextra == 0 && b->instrs[0].width == 32, "an argument too many");
    CHECK(!function(&built, "Old")->variadic && function(&built, "Old")->nparams == 1,
          "a prototype says more than none");
    CHECK(function(&built, "Late")->variadic, "no prototype anywhere");
    arena_finish(&built.arena);
}

static uint32_t types_named(const struct built *built, const char *name)
{
    uint32_t count = 0;
    for (type_id i = 1; i < built->program.ntypes; i++)
        count += !strcmp(built->program.types[i].display, name);
    return count;
}

static void test_types(void)
{
#define HEADER                                                                                     \
    "# 1 \"/drv/h.h\"\ntypedef struct { int a, b; struct { int c; } in; } CTX, *PCTX;\n"           \
    "struct S { int x; };\n"
    static const struct input inputs[] = {
        {"/drv/a.c",
         HEADER "# 1 \"/drv/a.c\"\nstruct L { int x; }; int A(PCTX c, struct S *s, struct L *l)"
                " { return c->in.c + s->x + l->x; }"},
        {"/drv/b.c",
         HEADER "# 1 \"/drv/b.c\"\nstruct L { char *y; }; int B(void *c, struct S s, struct L *l)"
                " { CTX d = *(CTX *)c; return d.in.c + s.x + (l->y != 0); }"},
        {NULL, NULL},
    };
#undef HEADER
    struct built built;
    build(&built, inputs);
    CHECK(types_named(&built, "S") == 1, "a struct of a header is one type");
    CHECK(types_named(&built, "CTX") == 1,
          "also a nameless one of which a file has only the pointer");
    CHECK(types_named(&built, "CTX.in") + types_named(&built, "(h.h:1).in") == 1,
          "and what is in it");
    CHECK(types_named(&built, "L") == 2, "two structs of one name are two types");
    CHECK(function(&built, "A")->params[0].pointee == named(&built, "B", "d")->type,
          "the same type by parameter and by local");
    arena_finish(&built.arena);
}

static void test_pack_headers(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c", "# 1 \"/pack/ndis/include/ndis.h\"\n"
                     "static inline int Inline(int a) { return a; } const int Guid = 1;\n"
                     "# 1 \"/drv/a.c\"\n"
                     "int A(void) { return Inline(Guid); }"},
        {NULL, NULL},
    };
    struct built built;
    build(&built, inputs);
    CHECK(function(&built, "Inline")->from_model, "an inline function of the pack");
    CHECK(global(&built, "Guid")->from_model, "a variable of the pack");
    CHECK(!function(&built, "A")->from_model, "the driver's function");
    arena_finish(&built.arena);
}

static void test_kept_functions(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c", "static int Callback(void) { return 1; }\n"
                     "static inline int Twice(int a) { return 2 * a; }\n"
                     "static void *drvlint_keep[] __attribute__((used)) = { (void *)Callback };\n"
                     "int A(void) { return Twice(1); }"},
        {NULL, NULL},
    };
    struct built built;
    build(&built, inputs);
    const struct function *callback = function(&built, "Callback");
    CHECK(callback->defined && !callback->address_taken, "kept, but nobody takes its address");
    CHECK(program_find_global(&built.program, "drvlint_keep") == ID_NONE, "the array is not there");
    arena_finish(&built.arena);
}

static void test_places(void)
{
    static const struct input inputs[] = {
        {"/drv/sub/../a.c",
         "\n\nint\nA(int n)\n{\n    if (n)\n        return 1;\n    return 2;\n}\n"},
        {NULL, NULL},
    };
    struct built built;
    build_for(&built, inputs, "x86_64-pc-windows-msvc");
    struct facts facts = {.file = "/drv/a.c"};
    vec_push(&built.arena, &facts.functions, (struct function_extent){"A", "/drv/a.c", 4, 1, 9, 1});
    built.units[0]->facts = &facts;
    link_built(&built);
    CHECK(built.ok, "the program can be built");
    const struct function *a = function(&built, "A");
    const struct loc *loc = &built.program.locs[a->loc], *end = &built.program.locs[a->end];
    CHECK_TEXT(loc->file, "/drv/a.c", "paths are normalized");
    CHECK(loc->line == 4 && loc->column == 1, "the name's place");
    CHECK(end->line == 9 && end->column == 1, "the closing brace");
    const struct loc *jump = &built.program.locs[a->instrs[a->blocks[1].first].loc];
    CHECK(jump->line == 7 && jump->column == 9, "the place of a return statement");
    CHECK(built.program.nfacts == 1 && built.program.facts[0] == &facts, "the facts are kept");
    arena_finish(&built.arena);
}

static void test_signatures(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c", "int F(void *p, int i) { return i; } int G(long long p, int i) { return i; }\n"
                     "int H(int (*f)(void *, int)) { return f(0, 1); }"},
        {NULL, NULL},
    };
    struct built built;
    build(&built, inputs);
    const struct function *h = function(&built, "H");
    CHECK(h->instrs[0].op == INSTR_CALL, "the call");
    CHECK(h->instrs[0].signature == function(&built, "F")->signature, "the same shape");
    CHECK(h->instrs[0].signature != function(&built, "G")->signature, "a number is no pointer");
    arena_finish(&built.arena);
}

static void test_failures(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c", "int A(void) { return 1; }"},
        {NULL, NULL},
    };
    struct built built;
    build_for(&built, inputs, "x86_64-pc-windows-msvc");
    built.units[0]->bitcode_length /= 2;
    link_built(&built);
    CHECK(!built.ok && built.diag.errors, "half of a file's bitcode is an error");
    arena_finish(&built.arena);

    build_for(&built, inputs, "x86_64-pc-windows-msvc");
    built.model[built.nmodel++] = test_compile_model(&built.arena, clang, "x86_64-pc-windows-msvc",
                                                     "/pack/m.c", "int M(void) { return 2; }");
    built.model[0].length /= 2;
    link_built(&built);
    CHECK(!built.ok && built.diag.errors, "half of the model's bitcode is an error");
    arena_finish(&built.arena);

    build_for(&built, inputs, "x86_64-pc-windows-msvc");
    built.model[built.nmodel++] = test_compile_model(&built.arena, clang, "i686-pc-windows-msvc",
                                                     "/pack/m.c", "int M(void) { return 2; }");
    link_built(&built);
    CHECK(!built.ok, "files for different machines");
    CHECK_TEXT(message(&built, 0),
               "'/pack/m.c' is compiled for 32-bit pointers, other files for 64-bit ones",
               "the message");
    arena_finish(&built.arena);

    build_for(&built, inputs, "x86_64-pc-windows-msvc");
    built.units[0]->bitcode = NULL;
    link_built(&built);
    CHECK(built.ok && !built.program.nfunctions, "a file that did not compile is left out");
    arena_finish(&built.arena);
}

static void test_bitcode_text(void)
{
    static const struct input inputs[] = {
        {"/drv/a.c", "int A(int n) { int m = n; return m; }"},
        {NULL, NULL},
    };
    struct built built;
    build_for(&built, inputs, "x86_64-pc-windows-msvc");
    char *text = program_dump_bitcode(&built.arena, built.units, 1, NULL, 0, &built.diag);
    CHECK(text && strstr(text, "; file '/drv/a.c'"), "the file's name");
    CHECK(text && strstr(text, "define dso_local i32 @A") && !strstr(text, "alloca"),
          "as it is when it is lowered");
    arena_finish(&built.arena);
}

int main(int argc, char **argv)
{
    clang = argc > 1 ? argv[1] : "clang-19";
    test_local_names();
    test_duplicates();
    test_variables();
    test_model();
    test_needed_model();
    test_prototypes();
    test_types();
    test_pack_headers();
    test_kept_functions();
    test_places();
    test_signatures();
    test_failures();
    test_bitcode_text();
    return check_status();
}
