/* The rule language: what comes out of the parser and the checker, selections, robustness.
 *
 *     test_rule DIRECTORY          testdata/rule, for inputs to damage */
#include "base/file.h"
#include "base/path.h"
#include "rule/internal.h"
#include "test/check.h"

#include <setjmp.h>
#include <stdlib.h>

struct run {
    struct arena arena;
    struct interner names;
    struct diag diag;
    struct rule_pack pack;
};

static void run_init(struct run *run, arena_fail_fn *on_fail, void *context)
{
    *run = (struct run){0};
    arena_init(&run->arena, on_fail, context);
    interner_init(&run->names, &run->arena);
    diag_init(&run->diag, &run->arena);
}

static const struct rule *parse_one(struct run *run, const char *text)
{
    run_init(run, NULL, NULL);
    CHECK(rule_parse("x.rule", text, &run->names, &run->pack, &run->diag), text);
    CHECK(run->diag.messages.len == 0, text);
    return &run->pack.rules.items[0];
}

/* ---- the automaton --------------------------------------------------------------------------- */

static const char watched[] = "rule Watched\n"
                              "title \"t\"\n"
                              "sets  A\n"
                              "watch handle, other\n"
                              "states none, held, gone\n"
                              "on return Open, OpenEx(other, _, &handle) = status\n"
                              "    when failed(status): none -> gone\n"
                              "    none, gone -> held\n"
                              "on call Close\n"
                              "    held -> error \"{handle}: {call} {role} {irql} {at held}{{\"\n"
                              "on leave MINIPORT_HALT\n"
                              "    * -> none\n";

static void test_automaton(void)
{
    struct run run;
    const struct rule *rule = parse_one(&run, watched);
    CHECK(!rule->failed && rule->nparts == 1 && !rule->part, "one part without a name");
    CHECK(rule->watches.len == 2 && rule->states.len == 3 && rule->events.len == 3, "sizes");
    CHECK(rule->severity == SEVERITY_ERROR, "the default severity");
    const struct event *open = &rule->events.items[0];
    CHECK(open->kind == EVENT_RETURN && open->names.len == 2 && !open->any_arguments, "event");
    CHECK(open->arguments.len == 3, "three arguments");
    CHECK(open->arguments.items[0].kind == PATTERN_BIND && open->arguments.items[0].watch == 1,
          "bound to a watched variable");
    CHECK(open->arguments.items[1].kind == PATTERN_ANY && open->arguments.items[1].watch == -1,
          "_");
    CHECK(open->arguments.items[2].kind == PATTERN_DEREF && open->arguments.items[2].watch == 0,
          "&");
    CHECK(open->result.kind == PATTERN_BIND && open->result.watch == -1, "a variable of the event");
    CHECK(open->transitions.items[1].from == 5 && open->transitions.items[1].to == 1, "bit set");
    CHECK(!open->transitions.items[1].guard && !open->transitions.items[1].message, "no error");
    CHECK(rule->events.items[1].any_arguments, "no argument list");
    CHECK(rule->events.items[2].any_arguments, "leave has no arguments");
    CHECK(rule->events.items[2].transitions.items[0].from == 7, "* is every state");
    arena_finish(&run.arena);
}

static void test_message(void)
{
    static const enum message_part_kind kinds[] = {
        MESSAGE_VARIABLE, MESSAGE_TEXT, MESSAGE_CALL, MESSAGE_TEXT, MESSAGE_ROLE,
        MESSAGE_TEXT,     MESSAGE_IRQL, MESSAGE_TEXT, MESSAGE_AT,   MESSAGE_TEXT};
    struct run run;
    const struct rule *rule = parse_one(&run, watched);
    const struct transition *error = &rule->events.items[1].transitions.items[0];
    CHECK(error->to == -1 && error->parts.len == ARRAY_LEN(kinds), "all parts are there");
    for (size_t i = 0; i < error->parts.len && i < ARRAY_LEN(kinds); i++)
        CHECK(error->parts.items[i].kind == kinds[i], "kind");
    CHECK(error->parts.items[0].watch == 0, "a watched variable that the event does not bind");
    CHECK_TEXT(error->parts.items[1].text, ": ", "text");
    CHECK(error->parts.items[8].state == 1, "state");
    CHECK_TEXT(error->parts.items[9].text, "{", "a doubled brace is one");
    CHECK_TEXT(error->message, "{handle}: {call} {role} {irql} {at held}{{", "as written");
    CHECK(error->parts.items[8].place.line == 10 && error->parts.items[8].place.column == 51,
          "place");
    arena_finish(&run.arena);
}

/* One event for all rows with the same values; the values stand where the columns were. */
static void test_tables(void)
{
    static const char text[] =
        "rule Tabled\n"
        "title \"t\"\n"
        "sets  A\n"
        "table levels  lowest highest\n"
        "    Sleep     0      LEVEL\n"
        "    Free      0      2\n"
        "    Wait      0      LEVEL\n"
        "on call levels(size)\n"
        "    when model.irql > highest && size != 0: error \"{highest}, {size}, {lowest}\"\n";
    struct run run;
    const struct rule *rule = parse_one(&run, text);
    CHECK(rule->tables.len == 1 && rule->tables.items[0].names.len == 3, "the table is kept");
    CHECK(rule->tables.items[0].cells.len == 6, "row by row");
    CHECK(rule->events.len == 2, "one event for each pair of values");
    const struct event *wait = &rule->events.items[0], *other = &rule->events.items[1];
    CHECK(wait->names.len == 2 && other->names.len == 1, "functions by their values");
    CHECK_TEXT(wait->names.items[1], "Wait", "in the order of the table");
    CHECK(wait->written && wait->written == other->written, "made of one event");
    const struct transition *first = &wait->transitions.items[0];
    CHECK(first->guard->left->right->kind == EXPR_CONSTANT, "a constant for the column");
    CHECK(other->transitions.items[0].guard->left->right->number == 2, "a number for it");
    CHECK(first->guard->right->left->kind == EXPR_VARIABLE, "variables of the event stay");
    CHECK(first->parts.items[0].kind == MESSAGE_TEXT, "in messages, too");
    CHECK_TEXT(first->parts.items[0].text, "LEVEL", "as the table has it");
    CHECK(first->parts.items[2].kind == MESSAGE_VARIABLE, "a variable of the event");
    CHECK(wait->written->transitions.items[0].guard->left->right->kind == EXPR_VARIABLE,
          "what was written is not touched");
    CHECK(run.pack.constants.len == 0, "not collected yet");
    rule_pack_finish(&run.pack, &run.arena);
    CHECK(run.pack.constants.len == 1, "constants of tables are known to the pack");
    arena_finish(&run.arena);
}

static const struct expr *guard_of(struct run *run, const char *guard)
{
    run_init(run, NULL, NULL);
    const char *text = arena_printf(&run->arena,
                                    "rule G\ntitle \"t\"\nsets A\non return F(a, b) = status\n"
                                    "    when %s: error \"{a} {b} {status}\"\n",
                                    guard);
    CHECK(rule_parse("g.rule", text, &run->names, &run->pack, &run->diag), guard);
    return run->pack.rules.items[0].events.items[0].transitions.items[0].guard;
}

static void test_guards(void)
{
    struct run run;
    const struct expr *guard = guard_of(&run, "failed(status)");
    CHECK(guard->kind == EXPR_BINARY && guard->op == OP_LE, "status <= -1");
    CHECK(guard->left->kind == EXPR_VARIABLE && guard->left->watch == -1, "the status");
    CHECK(guard->right->kind == EXPR_NUMBER && guard->right->number == UINT64_MAX, "minus one");
    arena_finish(&run.arena);
    guard = guard_of(&run, "succeeded(status)");
    CHECK(guard->op == OP_GT && guard->right->number == UINT64_MAX, "status > -1");
    arena_finish(&run.arena);
    guard = guard_of(&run, "a == NULL");
    CHECK(guard->right->kind == EXPR_NUMBER && guard->right->number == 0, "NULL is 0");
    CHECK(run.pack.constants.len == 0, "and no constant of the headers");
    arena_finish(&run.arena);
    guard = guard_of(&run, "a == -5");
    CHECK(guard->right->kind == EXPR_NUMBER && guard->right->number == (uint64_t)-5, "a number");
    arena_finish(&run.arena);
    guard = guard_of(&run, "!in(MINIPORT_HALT, FILTER_DETACH) && model.irql == LEVEL");
    CHECK(guard->left->op == OP_NOT && guard->left->left->kind == EXPR_IN_ROLE, "in()");
    CHECK(guard->left->left->roles.len == 2, "two roles");
    CHECK(guard->right->left->kind == EXPR_MODEL, "model variable");
    CHECK_TEXT(guard->right->left->name, "irql", "without its prefix");
    CHECK(guard->right->right->kind == EXPR_CONSTANT, "a capital makes a constant");
    arena_finish(&run.arena);
}

/* The canonical text shows how operators bind. */
static void test_precedence(void)
{
    static const struct {
        const char *guard, *want;
    } cases[] = {
        {"a & 4 == 4", "a & 4 == 4"},
        {"(a & 4) == 4", "a & 4 == 4"},
        {"a + b & 3 | 4 == 7", "a + b & 3 | 4 == 7"},
        {"a + (b & 3) == 7", "a + (b & 3) == 7"},
        {"a - (b - status) == 0", "a - (b - status) == 0"},
        {"(a - b) - status == 0", "a - b - status == 0"},
        {"a == 1 || b == 1 && status == 1", "a == 1 || b == 1 && status == 1"},
        {"(a == 1 || b == 1) && status == 1", "(a == 1 || b == 1) && status == 1"},
        {"!(a == 1) && ~b != -1", "!(a == 1) && ~b != -1"},
        {"a <= -1 && b > -1", "failed(a) && succeeded(b)"},
        {"a == 0x400 && b == 1023", "a == 0x400 && b == 1023"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run run;
        guard_of(&run, cases[i].guard);
        char *text = rule_print(&run.pack.rules.items[0], &run.arena);
        char *start = strstr(text, "when "), *end = strstr(text, ": error");
        CHECK(start && end, text);
        *end = '\0';
        CHECK_TEXT(start + 5, cases[i].want, cases[i].guard);
        arena_finish(&run.arena);
    }
}

static void test_failed(void)
{
    struct run run;
    run_init(&run, NULL, NULL);
    const char *text = "rule Good\ntitle \"t\"\nsets A\non call F\n    error \"x\"\n"
                       "rule Bad\ntitle \"t\"\nsets A\npart one\non call F\n    error \"x\"\n"
                       "part two\non call G\n    error \"{x}\"\n";
    CHECK(!rule_parse("f.rule", text, &run.names, &run.pack, &run.diag), "an error");
    CHECK(run.pack.rules.len == 3 && run.diag.errors == 1, "all are added");
    CHECK(!run.pack.rules.items[0].failed, "the good rule");
    CHECK(run.pack.rules.items[1].failed && run.pack.rules.items[2].failed,
          "all parts of the bad one");
    CHECK(rule_parse("e.rule", "// nothing\n", &run.names, &run.pack, &run.diag), "an empty file");
    arena_finish(&run.arena);
}

/* ---- small things ---------------------------------------------------------------------------- */

static void test_blocks(void)
{
    static const struct {
        const char *why, *raw, *want;
    } cases[] = {
        {"one line", " text ", "text\n"},
        {"nothing", "", ""},
        {"only blanks", "\n   \n\t\n", ""},
        {"common indentation", "\n    a\n      b\n    c\n    ", "a\n  b\nc\n"},
        {"the first line does not count", "a\n    b\n      c\n", "a\nb\n  c\n"},
        {"blank lines inside are kept, at the ends not", "\n\n  a\n\n\n  b\n\n", "a\n\n\nb\n"},
        {"carriage returns", "\r\n  a\r\n  b\r\n", "a\nb\n"},
        {"blanks at line ends", "\n  a  \n  b\t\n", "a\nb\n"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena arena;
        arena_init(&arena, NULL, NULL);
        CHECK_TEXT(block_text(&arena, cases[i].raw, strlen(cases[i].raw)), cases[i].want,
                   cases[i].why);
        arena_finish(&arena);
    }
}

static void test_urls(void)
{
    static const struct {
        const char *page, *want;
    } cases[] = {
        {"nf-ndis-ndismsleep", "ddi/ndis/nf-ndis-ndismsleep"},
        {"nc-ndis-miniport_halt", "ddi/ndis/nc-ndis-miniport_halt"},
        {"nf-nblapi-ndisfreenetbuffer", "ddi/nblapi/nf-nblapi-ndisfreenetbuffer"},
        {"ndis-init-registersg", "devtest/ndis-init-registersg"},
        {"network/halting-a-miniport-adapter", "network/halting-a-miniport-adapter"},
        {"nx", "devtest/nx"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena arena;
        arena_init(&arena, NULL, NULL);
        char *want = arena_printf(&arena, "https://learn.microsoft.com/windows-hardware/drivers/%s",
                                  cases[i].want);
        CHECK_TEXT(rule_reference_url(cases[i].page, &arena), want, cases[i].page);
        arena_finish(&arena);
    }
}

/* ---- selection ------------------------------------------------------------------------------- */

static const char family[] =
    "rule Alpha\ntitle \"t\"\nsets Locks, Default\non call F\n    error \"x\"\n"
    "rule Beta\ntitle \"t\"\nsets Locks\npart one\non call F\n    error \"x\"\n"
    "part two\non call G\n    error \"x\"\n"
    "rule Gamma\ntitle \"t\"\nsets Irql, Default\non call F\n    error \"x\"\n";

static void test_select(void)
{
    static const struct {
        const char *selection, *want; /* one letter per entry; NULL: an error */
        const char *message;
    } cases[] = {
        {NULL, "A--G", NULL},
        {"all", "ABBG", NULL},
        {"Beta", "-BB-", NULL},
        {"Locks", "ABB-", NULL},
        {" Locks , -Beta ", "A---", NULL},
        {"all,-Locks", "---G", NULL},
        {"all,-Locks,Beta", "-BBG", NULL},
        {"-Alpha", "---G", NULL},
        {"lokcs", NULL, "there is no rule or set 'lokcs'; did you mean 'Locks'?"},
        {"Alfa", NULL, "there is no rule or set 'Alfa'; did you mean 'Alpha'?"},
        {"Nothing", NULL, "there is no rule or set 'Nothing'"},
        {"Gama", NULL, "there is no rule or set 'Gama'; did you mean 'Gamma'?"},
        {"Alpha,,Beta", NULL, "the rule selection has an empty item"},
        {"", NULL, "the rule selection has an empty item"},
        {"-", NULL, "the rule selection has an empty item"},
        {"Alpha,-Locks", NULL, "the rule selection 'Alpha,-Locks' leaves no rule"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run run;
        bool selected[4] = {false, false, false, false};
        char got[5] = "----";
        const char *why = cases[i].selection ? cases[i].selection : "the default";
        parse_one(&run, family);
        run.pack.default_selection = "Default";
        bool ok = rule_select(&run.pack, cases[i].selection, selected, &run.diag);
        CHECK(ok == (cases[i].want != NULL), why);
        for (size_t k = 0; k < 4; k++)
            if (selected[k])
                got[k] = run.pack.rules.items[k].id[0];
        CHECK_TEXT(got, cases[i].want ? cases[i].want : "----", why);
        CHECK_TEXT(run.diag.messages.len ? run.diag.messages.items[0].text : NULL, cases[i].message,
                   why);
        arena_finish(&run.arena);
    }
}

static void test_find(void)
{
    struct run run;
    parse_one(&run, family);
    const struct rule *beta = rule_find(&run.pack, "Beta");
    CHECK(beta && beta->part_index == 0 && beta->nparts == 2, "the first part");
    CHECK(!rule_find(&run.pack, "beta"), "ids are exact");
    CHECK(!rule_unknown(&run.pack, "beta", &run.diag), "returns false");
    CHECK_TEXT(run.diag.messages.items[0].text, "there is no rule 'beta'; did you mean 'Beta'?",
               "");
    CHECK_TEXT(rule_explain(beta, &run.arena), rule_explain(beta + 1, &run.arena),
               "any part gives the whole documentation");
    arena_finish(&run.arena);
}

/* ---- robustness ------------------------------------------------------------------------------ */

static _Noreturn void jump_back(void *context, size_t size)
{
    (void)size;
    longjmp(*(jmp_buf *)context, 1);
}

static void parse_and_print(struct run *run, const char *text)
{
    rule_parse("r.rule", text, &run->names, &run->pack, &run->diag);
    for (size_t i = 0; i < run->pack.rules.len; i++) {
        const struct rule *rule = &run->pack.rules.items[i];
        if (rule->failed)
            continue;
        rule_print(rule, &run->arena);
        rule_explain(rule, &run->arena);
    }
}

static void test_out_of_memory(const char *text)
{
    jmp_buf back;
    struct run run;
    volatile unsigned failures = 0;
    for (volatile uint64_t n = 1; n < 60; n++) {
        run_init(&run, jump_back, &back);
        run.arena.fail_after = n;
        if (setjmp(back) == 0)
            parse_and_print(&run, text);
        else
            failures++;
        arena_finish(&run.arena);
    }
    CHECK(failures > 0 && failures < 59, "some requests fail, and with enough memory none does");
}

static void parse_damaged(const char *text)
{
    struct run run;
    run_init(&run, NULL, NULL);
    parse_and_print(&run, text);
    arena_finish(&run.arena);
}

/* Every prefix, and every byte replaced by others: nothing crashes, hangs, or is accepted and then
 * not printed. */
static void test_damage(const char *text)
{
    static const char replacements[] = "\"{}(),:-*&=x \n\\\x80";
    size_t length = strlen(text);
    char *copy = malloc(length + 1);
    BUG_ON(!copy);
    for (size_t i = 0; i < length; i++) {
        memcpy(copy, text, length + 1);
        copy[i] = '\0';
        parse_damaged(copy);
        copy[i] = replacements[i % (sizeof(replacements) - 1)];
        parse_damaged(copy);
    }
    free(copy);
}

static void test_files(const char *directory)
{
    static const char *const files[] = {"print/everything.rule", "errors/every_construct.rule",
                                        "errors/lexical.rule", "errors/names.rule",
                                        "errors/tables.rule"};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct run run;
        run_init(&run, NULL, NULL);
        char *text;
        size_t length;
        char *path = path_join(&run.arena, directory, files[i]);
        bool ok = file_read(path, &run.arena, &text, &length, &run.diag);
        CHECK(ok, path);
        if (ok) {
            test_damage(text);
            test_out_of_memory(text);
        }
        arena_finish(&run.arena);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: test_rule DIRECTORY\n");
        return 2;
    }
    test_automaton();
    test_message();
    test_tables();
    test_guards();
    test_precedence();
    test_failed();
    test_blocks();
    test_urls();
    test_select();
    test_find();
    test_files(argv[1]);
    return check_status();
}
