/* The invariants of program.h, checked. Every consumer relies on them without asking again. */
#include "program/program.h"
#include <inttypes.h>
#include <string.h>

/* What is looked at, so that messages can say where. */
struct check {
    const struct program *program;
    const struct function *function;
    func_id id;
    instr_id instr;       /* ID_NONE: the function as a whole */
    block_id *dominators; /* immediate, of reachable blocks; of the function */
    struct arena *arena;  /* for the message */
    struct arena scratch;
    char *message; /* of the first broken invariant, or NULL */
};

static bool broken(struct check *c, const char *format, ...) PRINTF_LIKE(2, 3);
static bool broken(struct check *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *what = arena_vprintf(c->arena, format, args);
    va_end(args);
    if (!c->function)
        c->message = what;
    else if (c->instr == ID_NONE)
        c->message = arena_printf(c->arena, "function '%s': %s", c->function->name, what);
    else
        c->message =
            arena_printf(c->arena, "function '%s', bb%" PRIu32 ", '%%%" PRIu32 "': %s",
                         c->function->name, c->function->instrs[c->instr].block, c->instr, what);
    return false;
}

/* -- control flow -- */

static bool is_terminator(enum opcode op)
{
    return op >= INSTR_RETURN;
}

static uint32_t successors_of(const struct instr *last)
{
    switch (last->op) {
    case INSTR_JUMP:
        return 1;
    case INSTR_BRANCH:
        return 2;
    case INSTR_SWITCH:
        return last->nextra + 1;
    default:
        return 0;
    }
}

static bool check_block(struct check *c, block_id id, instr_id first)
{
    const struct function *f = c->function;
    const struct block *block = &f->blocks[id];
    if (block->first != first || !block->count || block->count > f->ninstrs - first)
        return broken(c, "the instructions of bb%" PRIu32 " are not consecutive", id);
    bool phis_over = false;
    for (uint32_t i = 0; i < block->count; i++) {
        const struct instr *instr = &f->instrs[first + i];
        if (instr->block != id)
            return broken(c, "instruction %" PRIu32 " names another block", first + i);
        if (is_terminator(instr->op) != (i + 1 == block->count))
            return broken(c, "bb%" PRIu32 " must have one terminator, its last", id);
        if (instr->op == INSTR_PHI && phis_over)
            return broken(c, "a phi of bb%" PRIu32 " is not at its start", id);
        phis_over = instr->op != INSTR_PHI;
    }
    if (block->nsuccs != successors_of(&f->instrs[first + block->count - 1]))
        return broken(c, "bb%" PRIu32 " has a wrong number of successors", id);
    for (uint32_t s = 0; s < block->nsuccs; s++)
        if (block->succs[s] >= f->nblocks || !block->succs[s])
            return broken(c, "bb%" PRIu32 " has a wrong successor", id);
    return true;
}

/* preds are the reverse of succs, in that order. */
static bool check_preds(struct check *c)
{
    const struct function *f = c->function;
    uint32_t *seen = arena_new_array(&c->scratch, f->nblocks, uint32_t);
    for (block_id b = 0; b < f->nblocks; b++)
        for (uint32_t s = 0; s < f->blocks[b].nsuccs; s++) {
            block_id to = f->blocks[b].succs[s];
            if (seen[to] >= f->blocks[to].npreds || f->blocks[to].preds[seen[to]++] != b)
                return broken(c, "the predecessors of bb%" PRIu32 " are wrong", to);
        }
    for (block_id b = 0; b < f->nblocks; b++)
        if (seen[b] != f->blocks[b].npreds)
            return broken(c, "bb%" PRIu32 " has too many predecessors", b);
    return true;
}

static block_id meet(const block_id *dominators, block_id a, block_id b)
{
    while (a != b) {
        while (a > b)
            a = dominators[a];
        while (b > a)
            b = dominators[b];
    }
    return a;
}

/* Block ids are a reverse postorder, so the iteration of Cooper, Harvey and Kennedy ("A Simple,
 * Fast Dominance Algorithm", 2001) needs no order of its own. */
static bool find_dominators(struct check *c)
{
    const struct function *f = c->function;
    c->dominators = arena_new_array(&c->scratch, f->nblocks, block_id);
    for (block_id b = 1; b < f->nblocks; b++)
        c->dominators[b] = ID_NONE;
    for (bool changed = true; changed;) {
        changed = false;
        for (block_id b = 1; b < f->nblocks; b++) {
            block_id found = ID_NONE;
            for (uint32_t p = 0; p < f->blocks[b].npreds; p++) {
                block_id pred = f->blocks[b].preds[p];
                if (c->dominators[pred] != ID_NONE)
                    found = found == ID_NONE ? pred : meet(c->dominators, found, pred);
            }
            if (found == ID_NONE)
                return broken(c, "bb%" PRIu32 " comes before all of its predecessors", b);
            changed |= found != c->dominators[b];
            c->dominators[b] = found;
        }
    }
    return true;
}

static bool dominates(const struct check *c, block_id a, block_id b)
{
    while (b > a)
        b = c->dominators[b];
    return a == b;
}

/* -- operands -- */

static bool check_operand(struct check *c, struct operand operand, const char *what)
{
    const struct program *p = c->program;
    const struct function *f = c->function;
    if (operand.width > 64)
        return broken(c, "%s is wider than 64 bits", what);
    switch (operand.kind) {
    case OPERAND_NONE:
        return true;
    case OPERAND_INSTR:
        if (!f || operand.index >= f->ninstrs || !f->instrs[operand.index].width)
            return broken(c, "%s names no result", what);
        if (f->instrs[operand.index].width != operand.width)
            return broken(c, "%s has not the width of %%%" PRIu32, what, operand.index);
        return true;
    case OPERAND_PARAM:
        if (!f || operand.index >= f->nparams)
            return broken(c, "%s names no parameter", what);
        if (f->params[operand.index].width != operand.width)
            return broken(c, "%s has not the parameter's width", what);
        return true;
    case OPERAND_CONST:
        if (!operand.width || (operand.width < 64 && operand.value >> operand.width))
            return broken(c, "%s has bits beyond its width", what);
        return true;
    case OPERAND_GLOBAL:
        if (operand.index >= p->nglobals || operand.width != p->pointer_bits)
            return broken(c, "%s names no global, or not with a pointer's width", what);
        return true;
    case OPERAND_FUNC:
        if (operand.index >= p->nfunctions || operand.width != p->pointer_bits)
            return broken(c, "%s names no function, or not with a pointer's width", what);
        return true;
    case OPERAND_UNDEF:
        return true;
    }
    return broken(c, "%s is of no kind", what);
}

/* A value of that width must be there. */
static bool check_value(struct check *c, struct operand operand, unsigned width, const char *what)
{
    if (!check_operand(c, operand, what))
        return false;
    if (operand.kind == OPERAND_NONE)
        return broken(c, "%s is missing", what);
    if (operand.width != width)
        return broken(c, "%s is %u bits wide, not %u", what, (unsigned)operand.width, width);
    return true;
}

static bool check_none(struct check *c, struct operand operand, const char *what)
{
    return operand.kind == OPERAND_NONE || broken(c, "%s must be missing", what);
}

static bool check_address(struct check *c, struct operand operand, const char *what)
{
    if (!check_operand(c, operand, what))
        return false;
    if (operand.kind == OPERAND_NONE || !operand.width)
        return broken(c, "%s is no address", what);
    return true;
}

/* Definitions come before uses: in the block, or in one that dominates it. */
static bool check_defined(struct check *c, struct operand operand, block_id user, const char *what)
{
    if (operand.kind != OPERAND_INSTR)
        return true;
    block_id block = c->function->instrs[operand.index].block;
    bool fine = block == user ? operand.index < c->instr : dominates(c, block, user);
    return fine || broken(c, "%s, %%%" PRIu32 ", is not defined there", what, operand.index);
}

/* -- instructions -- */

static bool check_ptradd(struct check *c, const struct instr *i)
{
    if (!check_value(c, i->a, i->width, "the base"))
        return false;
    if (i->b.kind != OPERAND_NONE && (!check_value(c, i->b, i->width, "the index") || i->type))
        return c->message ? false : broken(c, "it selects a field and moves by an index");
    if (!i->type)
        return i->field == ID_NONE || broken(c, "it has a field but no type");
    const struct type *type = &c->program->types[i->type];
    if (i->field >= type->nfields)
        return broken(c, "type '%s' has no such field", type->display);
    uint64_t start = type->fields[i->field].offset, offset = (uint64_t)i->offset;
    if (offset < start || offset > start + type->fields[i->field].size)
        return broken(c, "its offset is outside the field");
    return true;
}

static bool check_call(struct check *c, const struct instr *i)
{
    if (!check_value(c, i->a, c->program->pointer_bits, "the callee"))
        return false;
    const struct function *callee =
        i->a.kind == OPERAND_FUNC ? &c->program->functions[i->a.index] : NULL;
    if (callee && (callee->variadic ? i->nextra < callee->nparams : i->nextra != callee->nparams))
        return broken(c, "'%s' takes another number of arguments", callee->name);
    if (callee && i->width != callee->result_width)
        return broken(c, "'%s' has another result width", callee->name);
    for (uint32_t e = 0; e < i->nextra; e++) {
        if (!check_operand(c, i->extra[e], "an argument"))
            return false;
        if (callee && e < callee->nparams && i->extra[e].width != callee->params[e].width)
            return broken(c, "argument %" PRIu32 " has a wrong width", e);
    }
    return true;
}

static bool check_cast(struct check *c, const struct instr *i)
{
    if (!check_operand(c, i->a, "the operand") || !i->a.width)
        return c->message ? false : broken(c, "the operand has no value");
    bool fine = i->sub == CAST_TRUNC                         ? i->width < i->a.width
                : i->sub == CAST_ZEXT || i->sub == CAST_SEXT ? i->width > i->a.width
                                                             : i->width == i->a.width;
    return fine || broken(c, "cannot cast %u to %u bits so", (unsigned)i->a.width, i->width);
}

static bool check_phi(struct check *c, const struct instr *i)
{
    const struct block *block = &c->function->blocks[i->block];
    if (i->nextra != block->npreds)
        return broken(c, "it has not one input per predecessor");
    for (uint32_t p = 0; p < i->nextra; p++) {
        if (!check_value(c, i->extra[p], i->width, "an input"))
            return false;
        struct operand input = i->extra[p];
        if (input.kind == OPERAND_INSTR &&
            !dominates(c, c->function->instrs[input.index].block, block->preds[p]))
            return broken(c, "%%%" PRIu32 " does not reach the end of bb%" PRIu32, input.index,
                          block->preds[p]);
    }
    return true;
}

static bool check_access(struct check *c, const struct instr *i, struct operand address)
{
    if (!check_address(c, address, "the address"))
        return false;
    return i->size || broken(c, "it has no size");
}

static bool check_switch(struct check *c, const struct instr *i)
{
    if (!check_operand(c, i->a, "the value") || !i->a.width)
        return c->message ? false : broken(c, "it has no value");
    for (uint32_t e = 0; e < i->nextra; e++)
        if (i->extra[e].kind != OPERAND_CONST)
            return broken(c, "a case is no constant");
        else if (!check_value(c, i->extra[e], i->a.width, "a case"))
            return false;
    return true;
}

static bool check_operands(struct check *c, const struct instr *i)
{
    switch (i->op) {
    case INSTR_ALLOCA:
        return (i->a.kind == OPERAND_NONE || check_value(c, i->a, i->width, "the length")) &&
               check_none(c, i->b, "b") && check_none(c, i->c, "c");
    case INSTR_LOAD:
        if (i->width > 8 * i->size)
            return broken(c, "its result is wider than what it reads");
        return check_access(c, i, i->a) && check_none(c, i->b, "b") && check_none(c, i->c, "c");
    case INSTR_STORE:
        if (!check_operand(c, i->a, "the value") || i->a.kind == OPERAND_NONE)
            return c->message ? false : broken(c, "the value is missing");
        if (!i->a.width && i->a.kind != OPERAND_UNDEF)
            return broken(c, "it stores a value without a width");
        if (i->a.width > 8 * i->size)
            return broken(c, "its value is wider than what it writes");
        return check_access(c, i, i->b) && check_none(c, i->c, "c");
    case INSTR_PTRADD:
        return check_ptradd(c, i) && check_none(c, i->c, "c");
    case INSTR_BINARY:
        return check_value(c, i->a, i->width, "a") && check_value(c, i->b, i->width, "b") &&
               check_none(c, i->c, "c");
    case INSTR_COMPARE:
        if (i->width != 1 || !i->a.width)
            return broken(c, "it must compare values to one bit");
        return check_value(c, i->a, i->a.width, "a") && check_value(c, i->b, i->a.width, "b");
    case INSTR_CAST:
        return check_cast(c, i);
    case INSTR_SELECT:
        return check_value(c, i->a, 1, "the condition") && check_value(c, i->b, i->width, "b") &&
               check_value(c, i->c, i->width, "c");
    case INSTR_PHI:
        return check_phi(c, i);
    case INSTR_CALL:
        return check_call(c, i);
    case INSTR_MEMSET:
        return check_address(c, i->a, "the address") && check_value(c, i->b, 8, "the byte") &&
               check_value(c, i->c, c->program->pointer_bits, "the length");
    case INSTR_MEMCPY:
        return check_address(c, i->a, "the destination") && check_address(c, i->b, "the source") &&
               check_value(c, i->c, c->program->pointer_bits, "the length");
    case INSTR_OPAQUE:
        return i->width || broken(c, "it has no result");
    case INSTR_RETURN:
        if (!c->function->result_width)
            return check_none(c, i->a, "the result");
        return check_value(c, i->a, c->function->result_width, "the result");
    case INSTR_JUMP:
    case INSTR_UNREACHABLE:
        return check_none(c, i->a, "a");
    case INSTR_BRANCH:
        return check_value(c, i->a, 1, "the condition");
    case INSTR_SWITCH:
        return check_switch(c, i);
    }
    return broken(c, "it has no opcode");
}

/* Opcodes with a result always, sometimes, never. */
static bool check_result(struct check *c, const struct instr *i)
{
    if (i->width > 64)
        return broken(c, "its result is wider than 64 bits");
    switch (i->op) {
    case INSTR_LOAD:
    case INSTR_CALL:
        return true;
    case INSTR_ALLOCA:
    case INSTR_PTRADD:
    case INSTR_BINARY:
    case INSTR_COMPARE:
    case INSTR_CAST:
    case INSTR_SELECT:
    case INSTR_PHI:
    case INSTR_OPAQUE:
        return i->width || broken(c, "it has no result");
    default:
        return !i->width || broken(c, "it has a result");
    }
}

static bool check_instr(struct check *c, const struct instr *i)
{
    const struct program *p = c->program;
    if (i->loc >= p->nlocs || i->type >= p->ntypes)
        return broken(c, "its place or type does not exist");
    if (i->op != INSTR_PTRADD && i->field != ID_NONE)
        return broken(c, "it has a field");
    if (!check_result(c, i) || !check_operands(c, i))
        return false;
    if (i->op == INSTR_PHI)
        return true;
    if (!check_defined(c, i->a, i->block, "a") || !check_defined(c, i->b, i->block, "b") ||
        !check_defined(c, i->c, i->block, "c"))
        return false;
    for (uint32_t e = 0; e < i->nextra; e++)
        if (!check_defined(c, i->extra[e], i->block, "an argument"))
            return false;
    return true;
}

static bool check_function(struct check *c)
{
    const struct function *f = c->function;
    c->instr = ID_NONE;
    if (f->loc >= c->program->nlocs || f->end >= c->program->nlocs)
        return broken(c, "its place does not exist");
    if (f->defined != (f->nblocks > 0))
        return broken(c, "it must have blocks if and only if it is defined");
    instr_id first = 0;
    for (block_id b = 0; b < f->nblocks; b++) {
        if (!check_block(c, b, first))
            return false;
        first += f->blocks[b].count;
    }
    if (first != f->ninstrs)
        return broken(c, "it has instructions outside of blocks");
    if (!f->nblocks)
        return true;
    if (f->blocks[0].npreds)
        return broken(c, "its entry has predecessors");
    if (!check_preds(c) || !find_dominators(c))
        return false;
    for (c->instr = 0; c->instr < f->ninstrs; c->instr++)
        if (!check_instr(c, &f->instrs[c->instr]))
            return false;
    return true;
}

/* -- globals and types -- */

static bool check_global(struct check *c, const struct global *g)
{
    uint64_t end = 0;
    if (g->type >= c->program->ntypes || g->loc >= c->program->nlocs)
        return broken(c, "global '%s': its type or place does not exist", g->name);
    if (!g->defined && g->ninits)
        return broken(c, "global '%s': initialized, but not defined", g->name);
    for (uint32_t i = 0; i < g->ninits; i++) {
        const struct init *init = &g->inits[i];
        if (init->offset < end || !init->size)
            return broken(c, "global '%s': its initializers are not in order", g->name);
        end = init->offset + init->size;
        if (!check_operand(c, init->value, "an initializer"))
            return false;
        if (init->value.kind < OPERAND_CONST || init->value.width > 8 * init->size)
            return broken(c, "global '%s': an initializer is no constant", g->name);
    }
    return end <= g->size || !g->size ||
           broken(c, "global '%s': an initializer is behind its end", g->name);
}

static bool check_type(struct check *c, type_id id)
{
    const struct type *type = &c->program->types[id];
    if (!type->display)
        return broken(c, "type %" PRIu32 " has no name to show", id);
    if (type->element && type->element >= id)
        return broken(c, "type '%s' has later elements", type->display);
    for (uint32_t i = 0; i < type->nfields; i++) {
        const struct field *field = &type->fields[i];
        if (!field->name || (field->type && field->type >= id))
            return broken(c, "field %" PRIu32 " of '%s' has no name or a later type", i,
                          type->display);
        if (field->offset > type->size)
            return broken(c, "field '%s' of '%s' is behind its end", field->name, type->display);
    }
    return true;
}

static bool check_program(struct check *c)
{
    const struct program *p = c->program;
    for (type_id i = 1; i < p->ntypes; i++)
        if (!check_type(c, i))
            return false;
    for (loc_id i = 1; i < p->nlocs; i++)
        if (!p->locs[i].file || !p->locs[i].line)
            return broken(c, "place %" PRIu32 " has no file or line", i);
    for (uint32_t i = 0; i < p->nglobals; i++)
        if (!check_global(c, &p->globals[i]))
            return false;
    for (c->id = 0; c->id < p->nfunctions; c->id++) {
        c->function = &p->functions[c->id];
        if (!check_function(c))
            return false;
        arena_finish(&c->scratch);
    }
    return true;
}

char *program_verify(const struct program *program, struct arena *arena)
{
    struct check c = {.program = program, .arena = arena, .instr = ID_NONE};
    arena_init(&c.scratch, arena->on_fail, arena->context);
    check_program(&c);
    arena_finish(&c.scratch);
    return c.message;
}
