/* What surrounds a place in a function body, without clang. The place is the '@' of each case. */
#include "frontend/statement.h"
#include "test/check.h"

static const char *const kinds[] = {
    [STATEMENT_WHOLE] = "whole",
    [STATEMENT_HEAD] = "head",
    [STATEMENT_STEP] = "step",
    [STATEMENT_VALUE] = "value",
};

static const char *piece(struct arena *arena, const char *text, struct span span)
{
    return arena_strndup(arena, text + span.start, span.end - span.start);
}

static void test_around(struct arena *arena)
{
    static const struct {
        const char *why, *source, *want; /* kind: part | statement */
    } cases[] = {
        {"a call", "{ a; f(@x); b; }", "whole: f(@x); | f(@x);"},
        {"an assigned value", "{ a = @b; }", "value:  @b | a = @b;"},
        {"what is assigned to", "{ a@->x = b; }", "whole:  b | a@->x = b;"},
        {"an initializer", "{ T a = f(1, @); }", "value:  f(1, @) | T a = f(1, @);"},
        {"a returned value", "{ return a + @; }", "value:  a + @ | return a + @;"},
        {"the end of a value", "{ return a +@; }", "value:  a +@ | return a +@;"},
        {"a condition", "{ if (a == @) b; else c; }", "head: a == @ | if (a == @) b; else c;"},
        {"the statement behind a condition", "{ if (a) b = @; else c; }", "value:  @ | b = @;"},
        {"the statement behind else", "{ if (a) b; else c(@); }", "whole: c(@); | c(@);"},
        {"else if", "{ if (a) b; else if (@) c; }", "head: @ | if (@) c;"},
        {"a loop's condition", "{ while (@) { a; } }", "head: @ | while (@) { a; }"},
        {"a loop's body", "{ while (a) { b; c(@); } }", "whole: c(@); | c(@);"},
        {"do", "{ do { a; } while (@); b; }", "head: @ | do { a; } while (@);"},
        {"in do", "{ do a(@); while (b); }", "whole: a(@); | a(@);"},
        {"first part of for", "{ for (i = @; a; i++) b; }", "step: i = @ | for (i = @; a; i++) b;"},
        {"second part of for", "{ for (i; a < @; i++) b; }",
         "head:  a < @ | for (i; a < @; i++) b;"},
        {"last part of for", "{ for (;; i += @) b; }", "step:  i += @ | for (;; i += @) b;"},
        {"switch", "{ switch (@) { case 1: a; } }", "head: @ | switch (@) { case 1: a; }"},
        {"behind a label", "{ switch (a) { case 1: b(@); } }", "whole: b(@); | b(@);"},
        {"a label", "{ switch (a) { case @: b; } }", "whole: case @: | case @:"},
        {"behind goto's label", "{ out: f(@); }", "whole: f(@); | f(@);"},
        {"a block is no value", "{ { a = @; } }", "value:  @ | a = @;"},
        {"braces of a value", "{ T a = { 1, @ }; }", "value:  { 1, @ } | T a = { 1, @ };"},
        {"the filter of __except", "{ __try { a; } __except (@) { b; } }",
         "head: @ | __except (@) { b; }"},
        {"in __finally", "{ __try { a; } __finally { b(@); } }", "whole: b(@); | b(@);"},
        {"a macro that makes a loop", "{ FOR_EACH(x) { a; b(@); } c; }", "whole: b(@); | b(@);"},
        {"a macro without semicolon at the end", "{ a; MACRO(@) }", "whole: MACRO(@)  | MACRO(@) "},
        {"lines of the preprocessor", "{\n#if X (\n a(@);\n#endif\n b; }", "whole: a(@); | a(@);"},
        {"braces that do not match", "{ if (a) { b(@); ", NULL},
        {"between statements", "{ a; @ b; }", "whole: @ b; | @ b;"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text text = {cases[i].source, strlen(cases[i].source)};
        size_t target = (size_t)(strchr(cases[i].source, '@') - cases[i].source);
        struct surroundings around;
        const char *got = NULL;
        if (statement_around(text, 0, target, &around))
            got = arena_printf(arena, "%s: %s | %s", kinds[around.kind],
                               piece(arena, cases[i].source, around.part),
                               piece(arena, cases[i].source, around.statement));
        CHECK_TEXT(got, cases[i].want, cases[i].why);
    }
}

/* Looking ahead in each branch of a long chain would never end. */
static void test_chain(struct arena *arena)
{
    const char *source = "{ if (a) b;";
    for (int i = 0; i < 60; i++)
        source = arena_printf(arena, "%s else if (a) { if (c) b; }", source);
    source = arena_printf(arena, "%s else f(@); }", source);
    struct text text = {source, strlen(source)};
    struct surroundings around;
    bool found = statement_around(text, 0, (size_t)(strchr(source, '@') - source), &around);
    CHECK(found && around.statement.end - around.statement.start == 5, "the end of a long chain");
}

static void test_operands(void)
{
    static const struct {
        const char *source, *rest;
    } cases[] = {
        {"p += 4", " += 4"},  {"p->q[1].r = 4", " = 4"},
        {"(p) = 4", " = 4"},  {"(T *)p->q + 1", " + 1"},
        {"*p++", "++"},       {"f(a, b)(c), d", ", d"},
        {"(a + b)->c)", ")"}, {"\"x\"[1]", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text text = {cases[i].source, strlen(cases[i].source)};
        CHECK_TEXT(cases[i].source + operand_end(text, 0), cases[i].rest, cases[i].source);
    }
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    test_around(&arena);
    test_chain(&arena);
    test_operands();
    arena_finish(&arena);
    return check_status();
}
