/* The program as stable text. docs/program.md explains how to read it. */
#include "program/program.h"
#include "base/path.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Where the comment of an instruction starts. */
enum { COMMENT_COLUMN = 56 };

static const char *const binary_names[] = {
    [BIN_ADD] = "add",   [BIN_SUB] = "sub",   [BIN_MUL] = "mul",   [BIN_UDIV] = "udiv",
    [BIN_SDIV] = "sdiv", [BIN_UREM] = "urem", [BIN_SREM] = "srem", [BIN_SHL] = "shl",
    [BIN_LSHR] = "lshr", [BIN_ASHR] = "ashr", [BIN_AND] = "and",   [BIN_OR] = "or",
    [BIN_XOR] = "xor",
};

static const char *const compare_names[] = {
    [CMP_EQ] = "eq",   [CMP_NE] = "ne",   [CMP_ULT] = "ult", [CMP_ULE] = "ule", [CMP_UGT] = "ugt",
    [CMP_UGE] = "uge", [CMP_SLT] = "slt", [CMP_SLE] = "sle", [CMP_SGT] = "sgt", [CMP_SGE] = "sge",
};

static const char *const cast_names[] = {
    [CAST_TRUNC] = "trunc",       [CAST_ZEXT] = "zext",         [CAST_SEXT] = "sext",
    [CAST_PTRTOINT] = "ptrtoint", [CAST_INTTOPTR] = "inttoptr", [CAST_SAME] = "same",
};

struct text {
    const struct program *program;
    const struct function *function; /* being printed, or NULL */
    struct arena *arena;
    VEC(char) chars;
    size_t line; /* index of the first character of the current line */
};

static void put(struct text *t, const char *format, ...) PRINTF_LIKE(2, 3);
static void put(struct text *t, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    BUG_ON(length < 0);
    vec_reserve(t->arena, &t->chars, t->chars.len + (size_t)length + 1);
    vsnprintf(t->chars.items + t->chars.len, (size_t)length + 1, format, again);
    va_end(again);
    t->chars.len += (size_t)length;
}

static void end_line(struct text *t)
{
    put(t, "\n");
    t->line = t->chars.len;
}

static char *result(struct text *t)
{
    put(t, "%s", ""); /* at least the final NUL */
    return t->chars.items;
}

/* -- operands -- */

/* Small numbers as signed decimals, the rest in hexadecimal. */
static void put_number(struct text *t, uint64_t value, unsigned width)
{
    int64_t number =
        width && width < 64 ? (int64_t)(value << (64 - width)) >> (64 - width) : (int64_t)value;
    if (width == 1)
        put(t, "%" PRIu64, value);
    else if (number > -65536 && number < 65536)
        put(t, "%" PRId64, number);
    else
        put(t, "0x%" PRIx64, value);
}

static void put_param(struct text *t, uint32_t index)
{
    const struct param *param = &t->function->params[index];
    if (param->name)
        put(t, "$%s", param->name);
    else
        put(t, "$%" PRIu32, index);
}

static void put_operand(struct text *t, struct operand operand)
{
    switch (operand.kind) {
    case OPERAND_NONE:
        put(t, "none");
        break;
    case OPERAND_INSTR:
        put(t, "%%%" PRIu32, operand.index);
        break;
    case OPERAND_PARAM:
        put_param(t, operand.index);
        break;
    case OPERAND_CONST:
        put_number(t, operand.value, operand.width);
        break;
    case OPERAND_GLOBAL:
        put(t, "@%s", t->program->globals[operand.index].name);
        if (operand.value)
            put(t, "%+" PRId64, (int64_t)operand.value);
        break;
    case OPERAND_FUNC:
        put(t, "&%s", t->program->functions[operand.index].name);
        break;
    case OPERAND_UNDEF:
        put(t, "undef");
        break;
    }
}

/* With its width, where nothing else tells it. */
static void put_typed(struct text *t, struct operand operand)
{
    put_operand(t, operand);
    if (operand.kind == OPERAND_CONST || operand.kind == OPERAND_UNDEF)
        put(t, ":%u", operand.width);
}

static void put_type(struct text *t, type_id type)
{
    put(t, "%s", type ? t->program->types[type].display : "-");
}

/* line:column, with the file if it is not the function's. */
static void put_loc(struct text *t, loc_id id)
{
    const struct loc *loc = &t->program->locs[id];
    const struct loc *around = &t->program->locs[t->function ? t->function->loc : 0];
    if (loc->file != around->file)
        put(t, "%s:", path_base(loc->file));
    put(t, "%" PRIu32, loc->line);
    if (loc->column)
        put(t, ":%" PRIu32, loc->column);
}

/* -- instructions -- */

static void put_ptradd(struct text *t, const struct instr *instr)
{
    put(t, "ptradd ");
    put_operand(t, instr->a);
    if (instr->offset || instr->b.kind == OPERAND_NONE)
        put(t, ", %" PRId64, instr->offset);
    if (instr->b.kind != OPERAND_NONE) {
        put(t, ", ");
        put_operand(t, instr->b);
        put(t, " * %" PRIu64, instr->scale);
    }
    if (instr->count)
        put(t, " [%" PRIu64 "]", instr->count);
    if (instr->type) {
        const struct type *type = &t->program->types[instr->type];
        const char *name = type->fields[instr->field].name;
        put(t, " (%s.%s)", type->display, *name ? name : "-");
    }
}

static void put_call(struct text *t, const struct instr *instr)
{
    put(t, "call ");
    put_operand(t, instr->a);
    put(t, "(");
    for (uint32_t i = 0; i < instr->nextra; i++) {
        put(t, "%s", i ? ", " : "");
        put_typed(t, instr->extra[i]);
    }
    put(t, ")");
}

static void put_phi(struct text *t, const struct instr *instr)
{
    const struct block *block = &t->function->blocks[instr->block];
    put(t, "phi");
    for (uint32_t i = 0; i < instr->nextra; i++) {
        put(t, "%s bb%" PRIu32 " ", i ? "," : "", block->preds[i]);
        put_operand(t, instr->extra[i]);
    }
}

static void put_switch(struct text *t, const struct instr *instr)
{
    const struct block *block = &t->function->blocks[instr->block];
    put(t, "switch ");
    put_typed(t, instr->a);
    for (uint32_t i = 0; i < instr->nextra; i++) {
        put(t, ", ");
        put_operand(t, instr->extra[i]);
        put(t, " bb%" PRIu32, block->succs[i + 1]);
    }
    put(t, ", else bb%" PRIu32, block->succs[0]);
}

static void put_three(struct text *t, const char *name, const struct instr *instr)
{
    put(t, "%s ", name);
    put_operand(t, instr->a);
    put(t, ", ");
    put_operand(t, instr->b);
    put(t, ", ");
    put_operand(t, instr->c);
}

static void put_two(struct text *t, const char *name, struct operand a, struct operand b)
{
    put(t, "%s ", name);
    put_operand(t, a);
    put(t, ", ");
    put_operand(t, b);
}

static void put_body(struct text *t, const struct instr *instr)
{
    const struct block *block = &t->function->blocks[instr->block];
    switch (instr->op) {
    case INSTR_ALLOCA:
        put(t, "alloca ");
        if (instr->a.kind == OPERAND_NONE)
            put(t, "%" PRIu64, instr->size);
        else
            put_operand(t, instr->a);
        if (instr->type) {
            put(t, " ");
            put_type(t, instr->type);
        }
        break;
    case INSTR_LOAD:
        put(t, "load %" PRIu64 " ", instr->size);
        put_operand(t, instr->a);
        break;
    case INSTR_STORE:
        put(t, "store %" PRIu64 " ", instr->size);
        put_operand(t, instr->a);
        put(t, " -> ");
        put_operand(t, instr->b);
        break;
    case INSTR_PTRADD:
        put_ptradd(t, instr);
        break;
    case INSTR_BINARY:
        put_two(t, binary_names[instr->sub], instr->a, instr->b);
        break;
    case INSTR_COMPARE:
        put_two(t, compare_names[instr->sub], instr->a, instr->b);
        break;
    case INSTR_CAST:
        put(t, "%s ", cast_names[instr->sub]);
        put_operand(t, instr->a);
        break;
    case INSTR_SELECT:
        put_three(t, "select", instr);
        break;
    case INSTR_PHI:
        put_phi(t, instr);
        break;
    case INSTR_CALL:
        put_call(t, instr);
        break;
    case INSTR_MEMSET:
        put_three(t, "memset", instr);
        break;
    case INSTR_MEMCPY:
        put_three(t, "memcpy", instr);
        break;
    case INSTR_OPAQUE:
        put(t, "opaque");
        break;
    case INSTR_RETURN:
        put(t, "return");
        if (instr->a.kind != OPERAND_NONE) {
            put(t, " ");
            put_operand(t, instr->a);
        }
        break;
    case INSTR_JUMP:
        put(t, "jump bb%" PRIu32, block->succs[0]);
        break;
    case INSTR_BRANCH:
        put(t, "branch ");
        put_operand(t, instr->a);
        put(t, ", bb%" PRIu32 ", bb%" PRIu32, block->succs[0], block->succs[1]);
        break;
    case INSTR_SWITCH:
        put_switch(t, instr);
        break;
    case INSTR_UNREACHABLE:
        put(t, "unreachable");
        break;
    }
}

static void put_instr(struct text *t, instr_id id)
{
    const struct instr *instr = &t->function->instrs[id];
    put(t, "    ");
    if (instr->width)
        put(t, "%%%" PRIu32 ":%u = ", id, instr->width);
    put_body(t, instr);
    if (instr->is_volatile)
        put(t, " volatile");
    if (!instr->loc && !instr->name)
        return;
    size_t used = t->chars.len - t->line;
    put(t, "%*s;", used < COMMENT_COLUMN ? (int)(COMMENT_COLUMN - used) : 1, "");
    if (instr->loc) {
        put(t, " ");
        put_loc(t, instr->loc);
    }
    if (instr->name)
        put(t, " %s", instr->name);
}

/* -- functions, globals, types -- */

static void put_header(struct text *t, const struct function *f)
{
    put(t, "%s%sfunction %s(", f->defined ? "" : "declare ", f->is_static ? "static " : "",
        f->name);
    for (uint32_t i = 0; i < f->nparams; i++) {
        put(t, "%s", i ? ", " : "");
        put_param(t, i);
        put(t, ":%u", f->params[i].width);
        if (f->params[i].pointee) {
            put(t, " -> ");
            put_type(t, f->params[i].pointee);
        }
    }
    put(t, "%s)", !f->variadic ? "" : f->nparams ? ", ..." : "...");
    if (f->result_width)
        put(t, ":%" PRIu32, f->result_width);
    if (f->display != f->name)
        put(t, " \"%s\"", f->display);
    if (f->address_taken)
        put(t, " address-taken");
    if (f->from_model)
        put(t, " model");
}

static void put_function(struct text *t, const struct function *f)
{
    t->function = f;
    put_header(t, f);
    if (f->loc) {
        put(t, " ; %s:", path_base(t->program->locs[f->loc].file));
        put_loc(t, f->loc);
        if (f->end) {
            put(t, " to ");
            put_loc(t, f->end);
        }
    }
    end_line(t);
    for (block_id b = 0; b < f->nblocks; b++) {
        const struct block *block = &f->blocks[b];
        put(t, "bb%" PRIu32 ":", b);
        end_line(t);
        for (uint32_t i = 0; i < block->count; i++) {
            put_instr(t, block->first + i);
            end_line(t);
        }
    }
    if (f->defined)
        end_line(t);
    t->function = NULL;
}

static void put_global(struct text *t, const struct global *g)
{
    put(t, "%sglobal %s %" PRIu64, g->defined ? "" : "declare ", g->name, g->size);
    if (g->type) {
        put(t, " ");
        put_type(t, g->type);
    }
    if (g->is_constant)
        put(t, " constant");
    if (g->from_model)
        put(t, " model");
    if (strcmp(g->display, g->name))
        put(t, " \"%s\"", g->display);
    if (g->loc) {
        put(t, " ; %s:", path_base(t->program->locs[g->loc].file));
        put(t, "%" PRIu32, t->program->locs[g->loc].line);
    }
    end_line(t);
    for (uint32_t i = 0; i < g->ninits; i++) {
        put(t, "    %" PRIu64 ":%" PRIu32 " = ", g->inits[i].offset, g->inits[i].size);
        put_operand(t, g->inits[i].value);
        end_line(t);
    }
}

static void put_type_definition(struct text *t, const struct type *type)
{
    put(t, "%s %s %" PRIu64, type->is_union ? "union" : "struct", type->display, type->size);
    end_line(t);
    for (uint32_t i = 0; i < type->nfields; i++) {
        const struct field *field = &type->fields[i];
        put(t, "    %" PRIu64 ":%" PRIu64 " %s", field->offset, field->size,
            *field->name ? field->name : "-");
        if (field->type) {
            put(t, " ");
            put_type(t, field->type);
        }
        if (field->count != 1)
            put(t, " [%" PRIu64 "]", field->count);
        end_line(t);
    }
}

char *program_print(const struct program *program, struct arena *arena, bool with_model)
{
    struct text t = {.program = program, .arena = arena};
    for (type_id i = 1; i < program->ntypes; i++)
        if (!program->types[i].array_count)
            put_type_definition(&t, &program->types[i]);
    for (uint32_t i = 0; i < program->nglobals; i++)
        if (with_model || !program->globals[i].from_model)
            put_global(&t, &program->globals[i]);
    for (func_id i = 0; i < program->nfunctions; i++)
        if (with_model || !program->functions[i].from_model)
            put_function(&t, &program->functions[i]);
    return result(&t);
}

char *program_print_function(const struct program *program, func_id function, struct arena *arena)
{
    struct text t = {.program = program, .arena = arena};
    put_function(&t, &program->functions[function]);
    return result(&t);
}

char *program_print_instr(const struct program *program, func_id function, instr_id instr,
                          struct arena *arena)
{
    struct text t = {.program = program, .arena = arena, .function = &program->functions[function]};
    put_instr(&t, instr);
    char *text = result(&t);
    return text + strspn(text, " ");
}
