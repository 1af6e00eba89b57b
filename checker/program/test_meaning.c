/* The meaning of lowered code: a small interpreter of program.h runs every test_*() of the given
 * files, which check themselves (testdata/program/run). It shares nothing with the lowering but the
 * header. */
#include "program/test_compile.h"
#include "test/check.h"

enum { MEMORY = 1 << 20, GLOBALS_AT = 4096, FUNCTIONS_AT = 0x40000000, MAX_STEPS = 1000000 };

struct machine {
    const struct program *program;
    unsigned char *memory;
    uint64_t *global_at; /* address of each global */
    uint64_t stack;      /* first free address */
    unsigned long steps;
    const char *error; /* what went wrong, or NULL */
};

static uint64_t cut_to(uint64_t value, unsigned width)
{
    return width < 64 ? value & ((UINT64_C(1) << width) - 1) : value;
}

static int64_t signed_of(uint64_t value, unsigned width)
{
    return width < 64 ? (int64_t)(value << (64 - width)) >> (64 - width) : (int64_t)value;
}

static bool in_memory(struct machine *m, uint64_t address, uint64_t size)
{
    if (address >= GLOBALS_AT && address < MEMORY && size <= MEMORY - address)
        return true;
    m->error = "access outside of memory";
    return false;
}

static uint64_t read_memory(struct machine *m, uint64_t address, uint64_t size)
{
    uint64_t value = 0;
    if (in_memory(m, address, size))
        memcpy(&value, m->memory + address, size < 8 ? size : 8);
    return value;
}

static void write_memory(struct machine *m, uint64_t address, uint64_t size, uint64_t value)
{
    if (in_memory(m, address, size))
        memcpy(m->memory + address, &value, size < 8 ? size : 8);
}

static uint64_t reserve(struct machine *m, uint64_t size)
{
    uint64_t address = (m->stack + 15) / 16 * 16;
    m->stack = address + size;
    if (m->stack > MEMORY)
        m->error = "out of memory";
    return address;
}

static uint64_t evaluate(struct machine *m, struct operand operand, const uint64_t *results,
                         const uint64_t *args)
{
    switch (operand.kind) {
    case OPERAND_INSTR:
        return results[operand.index];
    case OPERAND_PARAM:
        return args[operand.index];
    case OPERAND_CONST:
        return operand.value;
    case OPERAND_GLOBAL:
        return m->global_at[operand.index] + operand.value;
    case OPERAND_FUNC:
        return FUNCTIONS_AT + 16 * (uint64_t)operand.index;
    case OPERAND_UNDEF:
    case OPERAND_NONE:
        break;
    }
    return 0;
}

static uint64_t binary(struct machine *m, enum binary_op op, uint64_t a, uint64_t b, unsigned width)
{
    int64_t x = signed_of(a, width), y = signed_of(b, width);
    if (op >= BIN_UDIV && op <= BIN_SREM && !b) {
        m->error = "division by zero";
        return 0;
    }
    if (op >= BIN_SHL && op <= BIN_ASHR && b >= width) {
        m->error = "shift too wide";
        return 0;
    }
    switch (op) {
    case BIN_ADD:
        return a + b;
    case BIN_SUB:
        return a - b;
    case BIN_MUL:
        return a * b;
    case BIN_UDIV:
        return a / b;
    case BIN_SDIV:
        return (uint64_t)(x / y);
    case BIN_UREM:
        return a % b;
    case BIN_SREM:
        return (uint64_t)(x % y);
    case BIN_SHL:
        return a << b;
    case BIN_LSHR:
        return a >> b;
    case BIN_ASHR:
        return (uint64_t)(x >> b);
    case BIN_AND:
        return a & b;
    case BIN_OR:
        return a | b;
    case BIN_XOR:
        return a ^ b;
    }
    return 0;
}

static bool compare(enum compare_op op, uint64_t a, uint64_t b, unsigned width)
{
    int64_t x = signed_of(a, width), y = signed_of(b, width);
    switch (op) {
    case CMP_EQ:
        return a == b;
    case CMP_NE:
        return a != b;
    case CMP_ULT:
        return a < b;
    case CMP_ULE:
        return a <= b;
    case CMP_UGT:
        return a > b;
    case CMP_UGE:
        return a >= b;
    case CMP_SLT:
        return x < y;
    case CMP_SLE:
        return x <= y;
    case CMP_SGT:
        return x > y;
    case CMP_SGE:
        return x >= y;
    }
    return false;
}

static uint64_t run(struct machine *m, func_id id, const uint64_t *args, uint32_t nargs);

static uint64_t run_call(struct machine *m, const struct instr *i, const uint64_t *results,
                         const uint64_t *args)
{
    uint64_t target = evaluate(m, i->a, results, args), values[16] = {0};
    if (target < FUNCTIONS_AT || (target - FUNCTIONS_AT) / 16 >= m->program->nfunctions) {
        m->error = "call of what is no function";
        return 0;
    }
    func_id callee = (func_id)((target - FUNCTIONS_AT) / 16);
    if (m->program->functions[callee].signature != i->signature)
        m->error = "the call's signature is not the function's";
    for (uint32_t e = 0; e < i->nextra && e < 16; e++)
        values[e] = evaluate(m, i->extra[e], results, args);
    return run(m, callee, values, i->nextra);
}

static void copy_memory(struct machine *m, uint64_t to, uint64_t from, uint64_t length)
{
    if (in_memory(m, to, length) && in_memory(m, from, length))
        memmove(m->memory + to, m->memory + from, length);
}

/* One instruction that is no phi and no terminator. */
static uint64_t step(struct machine *m, const struct instr *i, const uint64_t *results,
                     const uint64_t *args)
{
    uint64_t a = evaluate(m, i->a, results, args), b = evaluate(m, i->b, results, args);
    uint64_t c = evaluate(m, i->c, results, args);
    switch (i->op) {
    case INSTR_ALLOCA:
        return reserve(m, i->size ? i->size : a);
    case INSTR_LOAD:
        return read_memory(m, a, i->size);
    case INSTR_STORE:
        write_memory(m, b, i->size, a);
        return 0;
    case INSTR_PTRADD:
        return a + (uint64_t)i->offset + b * i->scale;
    case INSTR_BINARY:
        return binary(m, i->sub, a, b, i->width);
    case INSTR_COMPARE:
        return compare(i->sub, a, b, i->a.width);
    case INSTR_CAST:
        return i->sub == CAST_SEXT ? (uint64_t)signed_of(a, i->a.width) : a;
    case INSTR_SELECT:
        return a ? b : c;
    case INSTR_CALL:
        return run_call(m, i, results, args);
    case INSTR_MEMSET:
        if (in_memory(m, a, c))
            memset(m->memory + a, (int)b, c);
        return 0;
    case INSTR_MEMCPY:
        copy_memory(m, a, b, c);
        return 0;
    case INSTR_OPAQUE:
        return UINT64_C(0xa5a5a5a5a5a5a5a5); /* as good as any other */
    default:
        m->error = "terminator inside of a block";
        return 0;
    }
}

/* The block to go to, or ID_NONE at a return, whose value is in *ret_result. */
static block_id leave_block(struct machine *m, const struct block *block, const struct instr *i,
                            const uint64_t *results, const uint64_t *args, uint64_t *ret_result)
{
    uint64_t a = evaluate(m, i->a, results, args);
    switch (i->op) {
    case INSTR_JUMP:
        return block->succs[0];
    case INSTR_BRANCH:
        return block->succs[a ? 0 : 1];
    case INSTR_SWITCH:
        for (uint32_t e = 0; e < i->nextra; e++)
            if (i->extra[e].value == a)
                return block->succs[e + 1];
        return block->succs[0];
    case INSTR_RETURN:
        *ret_result = a;
        return ID_NONE;
    default:
        m->error = "unreachable code reached";
        return ID_NONE;
    }
}

/* Phis read all inputs before any result changes. */
static uint32_t enter_block(struct machine *m, const struct function *f, block_id id, block_id from,
                            uint64_t *results, const uint64_t *args)
{
    const struct block *block = &f->blocks[id];
    uint64_t inputs[64];
    uint32_t pred = 0, count = 0;
    while (pred < block->npreds && block->preds[pred] != from)
        pred++;
    for (; count < block->count && f->instrs[block->first + count].op == INSTR_PHI; count++)
        inputs[count % 64] =
            evaluate(m, f->instrs[block->first + count].extra[pred], results, args);
    for (uint32_t i = 0; i < count; i++)
        results[block->first + i] = inputs[i];
    return count;
}

static uint64_t run(struct machine *m, func_id id, const uint64_t *args, uint32_t nargs)
{
    const struct function *f = &m->program->functions[id];
    uint64_t result = 0, stack = m->stack;
    if (!f->defined || nargs < f->nparams) {
        m->error = "call of a function without a body or arguments";
        return 0;
    }
    uint64_t *results = calloc(f->ninstrs, sizeof(*results));
    block_id block = 0, from = ID_NONE;
    while (block != ID_NONE && !m->error) {
        uint32_t n = enter_block(m, f, block, from, results, args);
        instr_id at = f->blocks[block].first + n;
        for (; n + 1 < f->blocks[block].count && !m->error; n++, at++) {
            const struct instr *i = &f->instrs[at];
            results[at] = cut_to(step(m, i, results, args), i->width ? i->width : 64);
            if (++m->steps > MAX_STEPS)
                m->error = "does not end";
        }
        if (m->error)
            break;
        from = block;
        block = leave_block(m, &f->blocks[block], &f->instrs[at], results, args, &result);
    }
    free(results);
    m->stack = stack;
    return result;
}

static void place_globals(struct machine *m, struct arena *arena)
{
    const struct program *p = m->program;
    m->stack = GLOBALS_AT;
    m->global_at = arena_new_array(arena, p->nglobals + 1, uint64_t);
    for (uint32_t g = 0; g < p->nglobals; g++)
        m->global_at[g] = reserve(m, p->globals[g].size);
    for (uint32_t g = 0; g < p->nglobals; g++)
        for (uint32_t i = 0; i < p->globals[g].ninits; i++) {
            const struct init *init = &p->globals[g].inits[i];
            write_memory(m, m->global_at[g] + init->offset, init->size,
                         evaluate(m, init->value, NULL, NULL));
        }
}

static int run_tests(const struct program *program, struct arena *arena, const char *file)
{
    int count = 0;
    for (func_id id = 0; id < program->nfunctions; id++) {
        const struct function *f = &program->functions[id];
        if (!f->defined || strncmp(f->name, "test_", 5) != 0)
            continue;
        struct machine m = {.program = program};
        m.memory = arena_alloc(arena, MEMORY);
        place_globals(&m, arena);
        uint64_t line = run(&m, id, NULL, 0);
        CHECK(!m.error && !line, arena_printf(arena, "%s: %s: line %d, %s", file, f->name,
                                              (int)line, m.error ? m.error : "wrong result"));
        count++;
    }
    return count;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: test_meaning CLANG TARGET FILE...\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        struct arena arena;
        struct interner names;
        struct diag diag;
        struct program program;
        arena_init(&arena, NULL, NULL);
        interner_init(&names, &arena);
        diag_init(&diag, &arena);
        struct unit *unit = test_compile(&arena, argv[1], argv[2], argv[i], NULL);
        bool ok = program_build(&arena, &names, &unit, 1, NULL, 0, NULL, &program, &diag);
        test_show_messages(&diag);
        CHECK(ok, argv[i]);
        if (ok)
            CHECK(run_tests(&program, &arena, argv[i]) > 0, "no tests in this file");
        arena_finish(&arena);
    }
    return check_status();
}
