/* Each branch, switch and select of the bitcode has the right condition: compiles the samples and
 * compares the texts on every line with its "br:" comment, and the polarity with the code. */
#include "base/file.h"
#include "base/path.h"
#include "frontend/frontend.h"
#include "test/check.h"

#include <llvm-c/BitReader.h>
#include <llvm-c/Core.h>
#include <llvm-c/DebugInfo.h>

#include <ctype.h>
#include <stdlib.h>

/* An instruction that decides something, and where debug info puts it. */
struct decision {
    LLVMValueRef instruction;
    LLVMValueRef condition;
    unsigned line, column;
    unsigned nth, count; /* of those of its function at the same place */
};

typedef VEC(struct decision) decisions;

static LLVMValueRef condition_of(LLVMValueRef instruction)
{
    switch (LLVMGetInstructionOpcode(instruction)) {
    case LLVMBr:
        return LLVMIsConditional(instruction) ? LLVMGetCondition(instruction) : NULL;
    case LLVMSwitch:
    case LLVMSelect:
        return LLVMGetOperand(instruction, 0);
    default:
        return NULL;
    }
}

static void number_decisions(decisions *all, size_t first)
{
    for (size_t i = first; i < all->len; i++) {
        struct decision *one = &all->items[i];
        one->nth = one->count = 0;
        for (size_t k = first; k < all->len; k++) {
            bool same = all->items[k].line == one->line && all->items[k].column == one->column;
            one->nth += same && k < i;
            one->count += same;
        }
    }
}

static void collect(struct arena *arena, LLVMModuleRef module, decisions *all)
{
    for (LLVMValueRef f = LLVMGetFirstFunction(module); f; f = LLVMGetNextFunction(f)) {
        size_t first = all->len;
        for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(f); b; b = LLVMGetNextBasicBlock(b)) {
            for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i)) {
                LLVMValueRef condition = condition_of(i);
                if (!condition || LLVMIsConstant(condition))
                    continue; /* nothing to decide */
                vec_push(arena, all,
                         (struct decision){.instruction = i,
                                           .condition = condition,
                                           .line = LLVMGetDebugLocLine(i),
                                           .column = LLVMGetDebugLocColumn(i)});
            }
        }
        number_decisions(all, first);
    }
}

/* What the code of a comparison must be for texts like "x", "!x" and "x > y". */
static void check_polarity(const struct decision *decision, const char *text, const char *why)
{
    static const struct {
        const char *op;
        LLVMIntPredicate predicate;
    } comparisons[] = {{"==", LLVMIntEQ}, {"!=", LLVMIntNE}, {">", LLVMIntSGT}, {"<", LLVMIntSLT}};
    if (LLVMGetInstructionOpcode(decision->instruction) == LLVMSwitch)
        return;
    const char *name = text + (*text == '!');
    size_t length = 0;
    while (isalnum((unsigned char)name[length]))
        length++;
    if (length && !name[length]) {
        bool negated = LLVMIsAInstruction(decision->condition) &&
                       LLVMGetInstructionOpcode(decision->condition) == LLVMXor;
        CHECK(negated == (*text == '!'), why);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(comparisons); i++) {
        char pattern[8];
        snprintf(pattern, sizeof(pattern), " %s ", comparisons[i].op);
        const char *at = strstr(text, pattern);
        if (!at || strpbrk(text, "(&|?") || !LLVMIsAICmpInst(decision->condition))
            continue;
        CHECK(LLVMGetICmpPredicate(decision->condition) == comparisons[i].predicate, why);
    }
}

/* The texts of all decisions on a line, separated by " ; ". */
static const char *texts_on_line(struct arena *arena, const struct unit *unit, const decisions *all,
                                 unsigned line)
{
    const char *result = "";
    for (size_t i = 0; i < all->len; i++) {
        const struct decision *one = &all->items[i];
        if (one->line != line)
            continue;
        const char *text = frontend_condition(unit->facts, unit->facts->file, line, one->column,
                                              one->nth, one->count);
        if (text)
            check_polarity(one, text, arena_printf(arena, "polarity in line %u: %s", line, text));
        result =
            arena_printf(arena, "%s%s%s", result, *result ? " ; " : "", text ? text : "(none)");
    }
    return result;
}

static const char *expected_on_line(struct arena *arena, const char *line, size_t length)
{
    static const char mark[] = "// br: ";
    const char *at = memmem(line, length, mark, strlen(mark));
    if (!at)
        return "";
    at += strlen(mark);
    return arena_strndup(arena, at, (size_t)(line + length - at));
}

static size_t check_file(struct arena *arena, const struct unit *unit, const decisions *all)
{
    char *text;
    size_t length, expected = 0;
    struct diag diag;
    diag_init(&diag, arena);
    if (!file_read(unit->source->path, arena, &text, &length, &diag))
        return 0;
    unsigned number = 1;
    for (const char *line = text; *line; number++) {
        size_t width = strcspn(line, "\n");
        const char *want = expected_on_line(arena, line, width);
        expected += *want != '\0';
        CHECK_TEXT(texts_on_line(arena, unit, all, number), want,
                   arena_printf(arena, "%s:%u", unit->source->shown, number));
        line += width + (line[width] == '\n');
    }
    return expected;
}

static void check_unit(struct arena *arena, const struct unit *unit)
{
    for (size_t i = 0; i < unit->diag.messages.len; i++)
        CHECK(false, unit->diag.messages.items[i].text);
    CHECK(!unit->failed && unit->facts, unit->source->shown);
    if (unit->failed || !unit->facts)
        return;
    LLVMContextRef context = LLVMContextCreate();
    LLVMMemoryBufferRef buffer =
        LLVMCreateMemoryBufferWithMemoryRangeCopy(unit->bitcode, unit->bitcode_length, "bitcode");
    LLVMModuleRef module;
    bool read = !LLVMParseBitcodeInContext2(context, buffer, &module);
    CHECK(read, "the bitcode can be read");
    if (read) {
        decisions all = {0};
        collect(arena, module, &all);
        CHECK(check_file(arena, unit, &all) > 0, "the sample has expectations");
        LLVMDisposeModule(module);
    }
    LLVMDisposeMemoryBuffer(buffer);
    LLVMContextDispose(context);
}

static void check_target(struct arena *arena, const char *target, int count, char **files)
{
    struct interner names;
    interner_init(&names, arena);
    struct diag diag;
    diag_init(&diag, arena);
    struct project project;
    struct unit **units;
    size_t nunits;
    struct frontend_options options = {.target = target};
    bool ok =
        project_load(arena, (const char *const *)files, (size_t)count, NULL, 0, &project, &diag) &&
        frontend_run(arena, &names, &project, &options, &units, &nunits, &diag);
    for (size_t i = 0; i < diag.messages.len; i++)
        CHECK(false, diag.messages.items[i].text);
    CHECK(ok, target);
    for (size_t i = 0; ok && i < nunits; i++)
        check_unit(arena, units[i]);
}

int main(int argc, char **argv)
{
    static const char *const targets[] = {"x86_64-pc-windows-msvc", "i686-pc-windows-msvc",
                                          "aarch64-pc-windows-msvc"};
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    for (size_t i = 0; i < ARRAY_LEN(targets); i++)
        check_target(&arena, targets[i], argc - 1, argv + 1);
    arena_finish(&arena);
    return check_status();
}
