/* The verifier finds each way to break an invariant: a table of sabotages. */
#include "program/test_compile.h"
#include "test/check.h"

static const char source[] = "struct S { int a; int b[4]; };\n"
                             "int Callee(int *p, char c); int Global = 3;\n"
                             "int F(struct S *s, int i)\n"
                             "{\n"
                             "    int local[2], sum = 0;\n"
                             "    local[0] = i;\n"
                             "    for (int k = 0; k < i; k++)\n"
                             "        sum += s->b[k] ? Callee(local, 'x') : 0;\n"
                             "    switch (sum) { case 1: return 2; case 3: return (char)i; }\n"
                             "    return sum;\n"
                             "}\n";

/* The instruction of that opcode; the nth from 0. */
static struct instr *find(struct program *program, enum opcode op, int nth)
{
    struct function *f = &program->functions[program_find_function(program, "F")];
    for (uint32_t i = 0; i < f->ninstrs; i++)
        if (f->instrs[i].op == op && nth-- == 0)
            return &f->instrs[i];
    fprintf(stderr, "no such instruction: %d\n", (int)op);
    exit(1);
}

static struct function *function_f(struct program *program)
{
    return &program->functions[program_find_function(program, "F")];
}

static void wrong_width(struct program *p)
{
    find(p, INSTR_BINARY, 0)->a.width = 16;
}

static void use_before_definition(struct program *p)
{
    struct instr *load = find(p, INSTR_LOAD, 0);
    load->a = (struct operand){
        .kind = OPERAND_INSTR, .width = 64, .index = (uint32_t)(load - function_f(p)->instrs)};
    load->width = 64;
    load->size = 8;
}

static void foreign_parameter(struct program *p)
{
    find(p, INSTR_COMPARE, 0)->b = (struct operand){.kind = OPERAND_PARAM, .width = 32, .index = 7};
}

static void big_constant(struct program *p)
{
    find(p, INSTR_STORE, 0)->a = (struct operand){.kind = OPERAND_CONST, .width = 8, .value = 256};
}

static void missing_phi_input(struct program *p)
{
    find(p, INSTR_PHI, 0)->nextra--;
}

static void missing_argument(struct program *p)
{
    find(p, INSTR_CALL, 0)->nextra--;
}

static void wrong_result(struct program *p)
{
    find(p, INSTR_CALL, 0)->width = 64;
}

static void no_size(struct program *p)
{
    find(p, INSTR_LOAD, 0)->size = 0;
}

static void no_field(struct program *p)
{
    find(p, INSTR_PTRADD, 0)->field = 9;
}

static void wrong_offset(struct program *p)
{
    find(p, INSTR_PTRADD, 0)->offset = 100;
}

static void field_and_index(struct program *p)
{
    find(p, INSTR_PTRADD, 1)->type = find(p, INSTR_PTRADD, 0)->type;
}

static void wrong_cast(struct program *p)
{
    find(p, INSTR_CAST, 0)->sub = CAST_TRUNC;
}

static void no_terminator(struct program *p)
{
    struct function *f = function_f(p);
    f->instrs[f->blocks[0].first + f->blocks[0].count - 1].op = INSTR_OPAQUE;
}

static void wrong_block(struct program *p)
{
    function_f(p)->instrs[0].block = 1;
}

static void wrong_successor(struct program *p)
{
    function_f(p)->blocks[0].succs[0] = 99;
}

static void wrong_predecessor(struct program *p)
{
    function_f(p)->blocks[1].preds[0] = 2;
}

static void entry_reached(struct program *p)
{
    function_f(p)->blocks[2].succs[0] = 0;
}

static void lost_instruction(struct program *p)
{
    function_f(p)->blocks[1].first++;
}

static void wrong_case(struct program *p)
{
    find(p, INSTR_SWITCH, 0)->extra[0].kind = OPERAND_UNDEF;
}

static void wrong_return(struct program *p)
{
    find(p, INSTR_RETURN, 0)->a.kind = OPERAND_NONE;
}

static void wrong_place(struct program *p)
{
    find(p, INSTR_CALL, 0)->loc = p->nlocs;
}

static void wrong_global(struct program *p)
{
    find(p, INSTR_LOAD, 0)->a =
        (struct operand){.kind = OPERAND_GLOBAL, .width = 64, .index = p->nglobals};
}

static void wrong_initializer(struct program *p)
{
    p->globals[0].inits[0].offset = 4;
}

static void wrong_type(struct program *p)
{
    p->types[1].fields[0].type = 1;
}

static void body_of_declaration(struct program *p)
{
    function_f(p)->defined = false;
}

static void dominance(struct program *p)
{
    /* The conditional's value is used where it need not have been computed. */
    find(p, INSTR_RETURN, 0)->a = (struct operand){
        .kind = OPERAND_INSTR,
        .width = 32,
        .index = (uint32_t)(find(p, INSTR_CALL, 0) - function_f(p)->instrs),
    };
}

static const struct {
    const char *why;
    void (*sabotage)(struct program *);
    const char *want; /* part of the message */
} cases[] = {
    {"a register's width is fixed", wrong_width, "has not the width of"},
    {"definitions come first", use_before_definition, "is not defined there"},
    {"only own parameters", foreign_parameter, "names no parameter"},
    {"constants fit their width", big_constant, "beyond its width"},
    {"one input per edge", missing_phi_input, "one input per predecessor"},
    {"calls fit the callee", missing_argument, "another number of arguments"},
    {"results fit the callee", wrong_result, "another result width"},
    {"accesses have a size", no_size, "wider than what it reads"},
    {"fields exist", no_field, "has no such field"},
    {"offsets are the field's", wrong_offset, "outside the field"},
    {"a field or an index", field_and_index, "moves by an index"},
    {"casts change the width rightly", wrong_cast, "cannot cast"},
    {"blocks end", no_terminator, "one terminator"},
    {"instructions know their block", wrong_block, "names another block"},
    {"edges lead to blocks", wrong_successor, "wrong successor"},
    {"edges have two ends", wrong_predecessor, "predecessors of bb1 are wrong"},
    {"nothing leads to the entry", entry_reached, "wrong successor"},
    {"blocks are consecutive", lost_instruction, "not consecutive"},
    {"cases are constants", wrong_case, "no constant"},
    {"results are returned", wrong_return, "is missing"},
    {"places exist", wrong_place, "place or type does not exist"},
    {"globals exist", wrong_global, "names no global"},
    {"initializers are inside", wrong_initializer, "behind its end"},
    {"types contain earlier ones", wrong_type, "later type"},
    {"declarations have no body", body_of_declaration, "if and only if it is defined"},
    {"definitions dominate uses", dominance, "is not defined there"},
};

int main(int argc, char **argv)
{
    const char *clang = argc > 1 ? argv[1] : "clang-19";
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    struct unit *unit = test_compile(&arena, clang, "x86_64-pc-windows-msvc", "f.c", source);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct interner names;
        struct diag diag;
        struct program program;
        interner_init(&names, &arena);
        diag_init(&diag, &arena);
        if (!program_build(&arena, &names, &unit, 1, NULL, 0, NULL, &program, &diag)) {
            test_show_messages(&diag);
            return 1;
        }
        CHECK(!program_verify(&program, &arena), "a program as it is built");
        cases[i].sabotage(&program);
        const char *got = program_verify(&program, &arena);
        CHECK(got && strstr(got, cases[i].want),
              arena_printf(&arena, "%s: got '%s'", cases[i].why, got ? got : "nothing"));
    }
    arena_finish(&arena);
    return check_status();
}
