/* Paths through small programs: which of them the replay takes for possible. */
#include "replay/replay.h"

#include "program/test_compile.h"
#include "test/check.h"

#include <setjmp.h>

enum { MOST_STEPS = 12, MOST_INSTRS = 4096 };

#define INTRINSICS                                                                                 \
    "typedef unsigned u; typedef unsigned char u8; typedef unsigned long long u64;"               \
    "u drvlint_choose(void), drvlint_any_u32(void); u64 drvlint_any_u64(void);"                    \
    "void *drvlint_any_pointer(void), *drvlint_fresh(void), *drvlint_fresh_zeroed(void);"          \
    "void *drvlint_fresh_device(void), *drvlint_function(const char *);"                           \
    "void drvlint_free(void *), drvlint_assume(int), drvlint_havoc(void *, u64);"                  \
    "void drvlint_enter(const char *, ...), drvlint_leave(const char *, ...);"                     \
    "void *memset(void *, int, u64), *memcpy(void *, const void *, u64);"                          \
    "__declspec(noreturn) void Stop(void); void Event(u, void *); u Unknown(void *);"              \
    "u8 model_level; u drvlint_constant_SOME_LIMIT = 7;"

/* A decision at the branch of a line: T, F, a case counted from 1, or 0 for the default. The path ends with
 * the last one. Branches of lines that are not mentioned are passed over. */
struct decision {
    unsigned line;
    char way;
};

struct test_case {
    const char *why;
    const char *text; /* from line 2 on */
    struct decision path[MOST_STEPS];
    enum replay_answer want;
};

static const struct test_case cases[] = {
    {"an even number with its lowest bit set",
     "void drvlint_harness(void) { u x = drvlint_any_u32();\n"
     "    if ((x & 1) == 0)\n"
     "        if ((x & 3) == 3) Event(x, 0);\n}",
     {{3, 'T'}, {4, 'T'}}, REPLAY_INFEASIBLE},
    {"an even number without its lowest bit",
     "void drvlint_harness(void) { u x = drvlint_any_u32();\n"
     "    if ((x & 1) == 0)\n"
     "        if ((x & 3) == 3) Event(x, 0);\n}",
     {{3, 'T'}, {4, 'F'}}, REPLAY_FEASIBLE},
    {"two reads of an input are two values",
     "void drvlint_harness(void) {\n"
     "    if ((drvlint_any_u32() & 1) == 0)\n"
     "        if (drvlint_any_u32() & 1) Event(0, 0);\n}",
     {{3, 'T'}, {4, 'T'}}, REPLAY_FEASIBLE},
    {"through memory, a helper and parts of a word",
     "struct s { u a; union { u word; u8 bytes[4]; } b; } g;\n"
     "static u second(struct s *p) { return p->b.bytes[1]; }\n"
     "void drvlint_harness(void) { struct s copy; g.b.word = drvlint_any_u32() << 16;\n"
     "    memcpy(&copy, &g, sizeof copy); g.b.word = 5;\n"
     "    if (second(&copy)) Event(0, 0);\n}",
     {{6, 'T'}}, REPLAY_INFEASIBLE},
    {"memory is filled, then a part is written",
     "u8 g[16];\n"
     "void drvlint_harness(void) { memset(g, 0x11, 16); g[6] = (u8)drvlint_any_u32();\n"
     "    if (*(u *)(g + 4) == 0x11771111)\n"
     "        if (g[6] == 0x78) Event(0, 0);\n}",
     {{4, 'T'}, {5, 'T'}}, REPLAY_INFEASIBLE},
    {"bits of a bit-field",
     "struct { u low : 3; u high : 5; } g;\n"
     "void drvlint_harness(void) { g.low = drvlint_any_u32(); g.high = 9;\n"
     "    if (g.low > 7) Event(0, 0);\n}",
     {{4, 'T'}}, REPLAY_INFEASIBLE},
    {"what a global begins with",
     "u table[4] = {1, 3, 5, 7}; static u other;\n"
     "void drvlint_harness(void) {\n"
     "    if (table[2] != 5) Event(0, 0);\n}",
     {{4, 'T'}}, REPLAY_INFEASIBLE},
    {"any element of a table",
     "u table[4] = {1, 3, 5, 7};\n"
     "void drvlint_harness(void) { u i = drvlint_any_u32() & 3;\n"
     "    if (table[i] == 5) Event(0, 0);\n}",
     {{4, 'T'}}, REPLAY_FEASIBLE},
    {"an element that was just written",
     "u table[4];\n"
     "void drvlint_harness(void) { u i = drvlint_any_u32() & 3; table[i] = 6;\n"
     "    if (table[i] & 1) Event(0, 0);\n}",
     {{4, 'T'}}, REPLAY_INFEASIBLE},
    {"a part that is passed over may have written it",
     "u g;\n"
     "void drvlint_harness(void) { u x = drvlint_any_u32(); g = 4;\n"
     "    if (x > 9)\n"
     "        g = 5;\n"
     "    if (g == 5) Event(0, 0);\n}",
     {{6, 'T'}}, REPLAY_FEASIBLE},
    {"it has written something else",
     "u g, h;\n"
     "static void set(void) { h = 5; }\n"
     "void drvlint_harness(void) { u x = drvlint_any_u32(); g = 4;\n"
     "    if (x > 9)\n"
     "        set();\n"
     "    if (g == 5) Event(0, 0);\n}",
     {{7, 'T'}}, REPLAY_INFEASIBLE},
    {"a called function that is passed over may have written it",
     "u g, h;\n"
     "static void deeper(void) { g = 5; }\n"
     "static void set(void) { h = 5; deeper(); }\n"
     "void drvlint_harness(void) { u x = drvlint_any_u32(); g = 4;\n"
     "    if (x > 9)\n"
     "        set();\n"
     "    if (g == 5) Event(0, 0);\n}",
     {{8, 'T'}}, REPLAY_FEASIBLE},
    {"a value that meets another behind what is passed over",
     "void drvlint_harness(void) { u x = drvlint_any_u32(), y = 4;\n"
     "    if (x > 9)\n"
     "        y = x;\n"
     "    if (y == 5) Event(0, 0);\n}",
     {{5, 'T'}}, REPLAY_FEASIBLE},
    {"a branch that the values decide is followed, though the path does not tell",
     "u g;\n"
     "void drvlint_harness(void) { u i; g = 4;\n"
     "    for (i = 0; i < 5; i++)\n"
     "        g += i;\n"
     "    if (g != 14) Event(0, 0);\n}",
     {{6, 'T'}}, REPLAY_INFEASIBLE},
    {"a loop without a known end",
     "u g;\n"
     "void drvlint_harness(void) { u i, n = drvlint_any_u32(); g = 4;\n"
     "    for (i = 0; i < n; i++)\n"
     "        g += i;\n"
     "    if (g != 4) Event(0, 0);\n}",
     {{6, 'T'}}, REPLAY_FEASIBLE},
    {"rounds of a loop that the path tells",
     "void drvlint_harness(void) { u i, n = drvlint_any_u32();\n"
     "    for (i = 0; i < n; i++)\n"
     "        ;\n"
     "    if (n != 2) Event(0, 0);\n}",
     {{3, 'T'}, {3, 'T'}, {3, 'F'}, {5, 'T'}}, REPLAY_INFEASIBLE},
    {"a function that nobody described writes where its argument points",
     "void drvlint_harness(void) { u x = 1;\n"
     "    Unknown(&x);\n"
     "    if (x == 2) Event(0, 0);\n}",
     {{4, 'T'}}, REPLAY_FEASIBLE},
    {"two pointers from outside may be one",
     "void drvlint_harness(void) { u *p = drvlint_any_pointer(), *q = drvlint_any_pointer();\n"
     "    *p = 1; *q = 2;\n"
     "    if (*p == 2) Event(0, 0);\n}",
     {{4, 'T'}}, REPLAY_FEASIBLE},
    {"and if they are not, they are not",
     "void drvlint_harness(void) { u *p = drvlint_any_pointer(), *q = drvlint_any_pointer();\n"
     "    *p = 1; *q = 2;\n"
     "    if (*p == 2)\n"
     "        if (p != q) if ((u64)p % 4 == 0) if ((u64)q % 4 == 0) Event(0, 0);\n}",
     {{4, 'T'}, {5, 'T'}, {5, 'T'}, {5, 'T'}}, REPLAY_INFEASIBLE},
    {"two new objects are two",
     "void drvlint_harness(void) { u *p = drvlint_fresh(), *q = drvlint_fresh();\n"
     "    *p = 1; *q = 2;\n"
     "    if (*p == 2) Event(0, 0);\n}",
     {{4, 'T'}}, REPLAY_INFEASIBLE},
    {"a new object may be where an old one was",
     "void drvlint_harness(void) { u *p = drvlint_fresh(), *q;\n"
     "    drvlint_free(p); q = drvlint_fresh();\n"
     "    if (p == q) Event(0, 0);\n}",
     {{4, 'T'}}, REPLAY_FEASIBLE},
    {"new contents are zero, if the allocator says so",
     "void drvlint_harness(void) { u *p = drvlint_fresh_zeroed();\n"
     "    if (p[3]) Event(0, 0);\n}",
     {{3, 'T'}}, REPLAY_INFEASIBLE},
    {"what memory held is the same each time",
     "void drvlint_harness(void) { u *p = drvlint_fresh();\n"
     "    if (p[3] > 5)\n"
     "        if (p[3] * 2 == 4) Event(0, 0);\n}",
     {{3, 'T'}, {4, 'T'}}, REPLAY_FEASIBLE}, /* 0x80000002 */
    {"what a device answers is not",
     "void drvlint_harness(void) { u *p = drvlint_fresh_device(); *p = 3;\n"
     "    if (*p & 1)\n"
     "        if (!(*p & 1)) Event(0, 0);\n}",
     {{3, 'T'}, {4, 'T'}}, REPLAY_FEASIBLE},
    {"an object's address is not NULL",
     "void drvlint_harness(void) { u *p = drvlint_fresh();\n"
     "    if (p == 0) Event(0, 0);\n}",
     {{3, 'T'}}, REPLAY_INFEASIBLE},
    {"bytes that are havocked",
     "void drvlint_harness(void) { u a[2]; a[0] = a[1] = 1; drvlint_havoc(a, 4);\n"
     "    if (a[0] == 2)\n"
     "        if (a[1] == 2) Event(0, 0);\n}",
     {{3, 'T'}, {4, 'T'}}, REPLAY_INFEASIBLE},
    {"an assumption counts, though nobody follows it",
     "void drvlint_harness(void) { u x = drvlint_any_u32(); drvlint_assume(x * 3 == 9);\n"
     "    if (x != 3) Event(0, 0);\n}",
     {{3, 'T'}}, REPLAY_INFEASIBLE},
    {"a division by what may be 0 says nothing then",
     "void drvlint_harness(void) { u x = drvlint_any_u32(), y = 7 / x;\n"
     "    if (y == 5) Event(0, 0);\n}",
     {{3, 'T'}}, REPLAY_FEASIBLE},
    {"a division by something else does",
     "void drvlint_harness(void) { u x = drvlint_any_u32();\n"
     "    if (x != 0)\n"
     "        if (7 / x == 5) Event(0, 0);\n}",
     {{3, 'T'}, {4, 'T'}}, REPLAY_INFEASIBLE},
    {"a shift by more than there is says nothing",
     "void drvlint_harness(void) { u x = drvlint_any_u32();\n"
     "    if ((1u << x) == 3) Event(0, 0);\n}",
     {{3, 'T'}}, REPLAY_FEASIBLE},
    {"nothing comes behind a function that does not return",
     "u g;\n"
     "void drvlint_harness(void) { g = 1;\n"
     "    if (g == 1)\n"
     "        Stop();\n"
     "    if (drvlint_choose()) Event(0, 0);\n}",
     {{6, 'T'}}, REPLAY_INFEASIBLE},
    {"a switch goes to the case",
     "void drvlint_harness(void) { u x = drvlint_any_u32();\n"
     "    switch (x >> 30) { case 0: Event(0, 0); break; case 3: Event(1, 0); break; }\n"
     "    if ((int)x < 0) Event(2, 0);\n}",
     {{3, 2}, {4, 'F'}}, REPLAY_INFEASIBLE},
    {"or to none",
     "void drvlint_harness(void) { u x = drvlint_any_u32();\n"
     "    switch (x & 1) { case 0: Event(0, 0); break; case 1: Event(1, 0); break; }\n"
     "    if (x) Event(2, 0);\n}",
     {{3, 0}, {4, 'T'}}, REPLAY_INFEASIBLE},
    {"a call through a pointer in memory",
     "static u one(void) { return 1; } static u two(void) { return 2; }\n"
     "u (*handler)(void) = two; u (*other)(void) = one;\n"
     "void drvlint_harness(void) {\n"
     "    if (handler() == 1) Event(0, 0);\n}",
     {{5, 'T'}}, REPLAY_INFEASIBLE},
    {"a pointer that was chosen",
     "void drvlint_harness(void) { u a = 1, b = 2, *p = &a;\n"
     "    if (drvlint_choose()) p = &b;\n"
     "    *p = 7;\n"
     "    if (a + b == 9) Event(0, 0);\n}",
     {{3, 'T'}, {5, 'T'}}, REPLAY_INFEASIBLE},
    {"a path that leaves out what it should tell",
     "void drvlint_harness(void) { u x = drvlint_any_u32();\n"
     "    while (x)\n"
     "        x = drvlint_any_u32();\n"
     "    if (x) Event(0, 0);\n}",
     {{3, 'T'}, {5, 'T'}}, REPLAY_UNDECIDED},
    {"a path that goes on behind the end",
     "void drvlint_harness(void) { u x = drvlint_any_u32();\n"
     "    if (x) Event(0, 0);\n}",
     {{3, 'T'}, {3, 'T'}}, REPLAY_UNDECIDED},
};

/* ---- making of ------------------------------------------------------------------------------ */

struct fixture {
    struct arena arena;
    struct interner names;
    struct diag diag;
    struct program program;
    struct model model;
    uint8_t **decided;
    uint8_t *entered;
    struct replay_step steps[MOST_STEPS];
    struct replay_path path;
};

static const char *clang;

static void build(struct fixture *x, const char *text)
{
    memset(x, 0, sizeof *x);
    arena_init(&x->arena, NULL, NULL);
    interner_init(&x->names, &x->arena);
    diag_init(&x->diag, &x->arena);
    struct model_bitcode model =
        test_compile_model(&x->arena, clang, "x86_64-pc-windows-msvc", "model.c",
                           arena_printf(&x->arena, "%s\n%s\n", INTRINSICS, text));
    if (!program_build(&x->arena, &x->names, NULL, 0, &model, 1, NULL, &x->program, &x->diag)) {
        test_show_messages(&x->diag);
        exit(1);
    }
    model_build(&x->arena, &x->names, &x->program, NULL, &x->model);
    uint32_t n = x->program.nfunctions;
    x->decided = arena_new_array(&x->arena, n, uint8_t *);
    x->entered = arena_new_array(&x->arena, n, uint8_t);
    for (func_id f = 0; f < n; f++) {
        x->decided[f] = arena_new_array(&x->arena, MOST_INSTRS, uint8_t);
        x->entered[f] = x->program.functions[f].defined;
        for (instr_id i = 0; i < x->program.functions[f].ninstrs; i++)
            x->decided[f][i] = x->program.functions[f].instrs[i].op == INSTR_CALL;
    }
    x->path = (struct replay_path){.program = &x->program, .model = &x->model,
                                   .start = program_find_function(&x->program, PROGRAM_HARNESS),
                                   .decided = x->decided, .entered = x->entered,
                                   .steps = x->steps};
}

/* The branch of the line, of several the one with that number. */
static void find_branch(struct fixture *x, unsigned line, unsigned number, struct replay_step *ret)
{
    for (func_id f = 0; f < x->program.nfunctions; f++) {
        const struct function *fn = &x->program.functions[f];
        for (instr_id i = 0; i < fn->ninstrs; i++) {
            const struct instr *in = &fn->instrs[i];
            if ((in->op != INSTR_BRANCH && in->op != INSTR_SWITCH) ||
                x->program.locs[in->loc].line != line)
                continue;
            x->decided[f][i] = 1;
            if (number-- == 0)
                *ret = (struct replay_step){.kind = REPLAY_BRANCH, .func = f, .instr = i};
        }
    }
}

/* Where several branches are in one line they come one after the other, else it is a loop. */
static void tell(struct fixture *x, const struct decision *path)
{
    for (unsigned n = 0; n < MOST_STEPS && path[n].line; n++) {
        struct replay_step *step = &x->steps[n];
        unsigned before = 0;
        for (unsigned i = 0; i < n; i++)
            before += path[i].line == path[n].line;
        *step = (struct replay_step){.func = ID_NONE};
        find_branch(x, path[n].line, before, step);
        if (step->func == ID_NONE)
            find_branch(x, path[n].line, 0, step);
        step->data = path[n].way == 'T' ? 0 : path[n].way == 'F' ? 1 : (uint32_t)path[n].way;
        x->path.nsteps = n + 1;
    }
}

static void test_cases(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture x;
        struct replay_result result, again;
        build(&x, cases[i].text);
        tell(&x, cases[i].path);
        replay_follow(&x.arena, &x.path, 0, false, &result);
        CHECK(result.answer == cases[i].want, cases[i].why);
        CHECK((result.answer == REPLAY_UNDECIDED) == (result.reason != NULL), cases[i].why);
        replay_follow(&x.arena, &x.path, 0, false, &again);
        CHECK(again.answer == result.answer && again.effort == result.effort &&
                  again.executed == result.executed && again.ncore == result.ncore,
              "the same again");
        arena_finish(&x.arena);
    }
}

/* ---- cores, limits -------------------------------------------------------------------------- */

static void test_core(void)
{
    static const struct decision path[MOST_STEPS] = {{3, 'T'}, {4, 'T'}, {5, 'T'}, {6, 'T'}};
    struct fixture x;
    struct replay_result result;
    build(&x, "void drvlint_harness(void) { u x = drvlint_any_u32(), y = drvlint_any_u32();\n"
              "    if (y > 3)\n"
              "        if (x * 3 == 9)\n"
              "            if (y & 1)\n"
              "                if (x + 1 == 5) Event(0, 0);\n}");
    tell(&x, path);
    replay_follow(&x.arena, &x.path, 0, true, &result);
    CHECK(result.answer == REPLAY_INFEASIBLE, "x is 3");
    CHECK(result.ncore == 2 && result.core[0] == 1 && result.core[1] == 3, "y does not matter");
    CHECK(result.text && strstr(result.text, "(check-sat)"), "the question, if it is wanted");
    arena_finish(&x.arena);
}

static void test_limit(void)
{
    static const struct decision path[MOST_STEPS] = {{3, 'T'}, {3, 'T'}, {4, 'T'}};
    struct fixture x;
    struct replay_result result;
    build(&x, "void drvlint_harness(void) { u64 x = drvlint_any_u64(), y = drvlint_any_u64();\n"
              "    if (x > 1 && x < 0x100000000)\n"
              "        if (x * y == 0xfffffff80000000f) Event(0, 0);\n}");
    tell(&x, path);
    replay_follow(&x.arena, &x.path, 20000, false, &result);
    CHECK(result.answer == REPLAY_UNDECIDED, "the solver is given too little");
    CHECK(result.reason && strstr(result.reason, "limit"), "and says so");
    arena_finish(&x.arena);
}

/* ---- rule events ---------------------------------------------------------------------------- */

static const char gate_rule[] = "rule Gate\n"
                                "title \"x\"\n"
                                "sets  A\n"
                                "watch gate\n"
                                "states shut, open\n"
                                "on return Open(gate) = status\n"
                                "    when succeeded(status): shut -> open\n"
                                "on call Close(gate)\n"
                                "    when model.level > 1: open -> error \"level\"\n"
                                "    when in(CALLBACK): open -> error \"role\"\n"
                                "    open -> shut\n";

static const char gate_program[] =
    "int Open(void *gate); void Close(void *gate);\n"
    "int Open(void *gate) { return (int)drvlint_any_u32(); } void Close(void *gate) { }\n"
    "void drvlint_harness(void) { u a, b; void *p = drvlint_choose() ? &a : &b; int status;\n"
    "    model_level = drvlint_any_u32() & 1; drvlint_enter(\"CALLBACK\");\n"
    "    status = Open(p);\n"
    "    if (status != 0)\n"
    "        if (status % 2) p = &b;\n"
    "    Close(p);\n"
    "    drvlint_leave(\"CALLBACK\"); }";

static struct replay_step call_of(struct fixture *x, const char *name)
{
    func_id f = x->path.start, callee = program_find_function(&x->program, name);
    const struct function *fn = &x->program.functions[f];
    for (instr_id i = 0; i < fn->ninstrs; i++)
        if (fn->instrs[i].op == INSTR_CALL && fn->instrs[i].a.kind == OPERAND_FUNC &&
            fn->instrs[i].a.index == callee)
            return (struct replay_step){.kind = REPLAY_EVENT, .func = f, .instr = i};
    return (struct replay_step){.func = ID_NONE};
}

static void test_events(void)
{
    static const struct {
        const char *why;
        uint32_t transition; /* of Close */
        char failed;         /* status != 0 */
        enum replay_answer want;
    } rows[] = {
        {"the level is 0 or 1", 0, 'F', REPLAY_INFEASIBLE},
        {"the first guard does not hold, the second does", 1, 'F', REPLAY_FEASIBLE},
        {"the second guard holds, so that there is no third", 2, 'F', REPLAY_INFEASIBLE},
        {"a status that is not 0 may be a success", 1, 'T', REPLAY_FEASIBLE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        struct rule_pack pack = {0};
        struct replay_result result;
        build(&x, gate_program);
        bool parsed = rule_parse("gate.rule", gate_rule, &x.names, &pack, &x.diag);
        test_show_messages(&x.diag);
        CHECK(parsed, "the rule");
        x.path.rule = &pack.rules.items[0];
        x.steps[0] = call_of(&x, "Open");
        find_branch(&x, 7, 0, &x.steps[1]);
        x.steps[1].data = rows[i].failed == 'T' ? 0 : 1;
        x.steps[2] = call_of(&x, "Close");
        x.steps[2].data = 1;
        x.steps[2].from = 1;
        x.steps[2].transition = rows[i].transition;
        x.path.nsteps = 3;
        if (rows[i].failed == 'T') { /* and odd: what is closed is the gate that was opened, b */
            struct replay_step odd = {0};
            find_branch(&x, 8, 0, &odd);
            x.steps[3] = x.steps[2];
            x.steps[2] = odd;
            x.path.nsteps = 4;
        }
        replay_follow(&x.arena, &x.path, 0, false, &result);
        CHECK(result.answer == rows[i].want, rows[i].why);
        arena_finish(&x.arena);
    }
}

/* ---- memory --------------------------------------------------------------------------------- */

static jmp_buf out_of_memory;

static void jump(void *context, size_t size)
{
    (void)context, (void)size;
    longjmp(out_of_memory, 1);
}

/* The replay's own arena fails as that of its caller would. */
static void test_no_memory(void)
{
    static struct fixture x;
    static struct arena arena;
    static const struct decision path[MOST_STEPS] = {{3, 'T'}, {4, 'T'}};
    struct replay_result result;
    volatile bool failed = false;
    build(&x, "void drvlint_harness(void) { u x = drvlint_any_u32();\n"
              "    if (x * x == 2)\n"
              "        if (x & 1) Event(0, 0);\n}");
    tell(&x, path);
    arena_init(&arena, jump, NULL);
    arena.fail_after = 1;
    if (setjmp(out_of_memory) == 0)
        replay_follow(&arena, &x.path, 0, false, &result);
    else
        failed = true;
    CHECK(failed, "the caller's arena gives nothing");
    arena_finish(&arena);
    arena_finish(&x.arena);
}

int main(int argc, char **argv)
{
    clang = argc > 1 ? argv[1] : "clang";
    test_cases();
    test_core();
    test_limit();
    test_events();
    test_no_memory();
    return check_status();
}
