/* Texts of conditions, without clang. */
#include "frontend/text.h"
#include "test/check.h"

static struct text text(const char *bytes)
{
    return (struct text){bytes, strlen(bytes)};
}

static void test_fold(struct arena *arena)
{
    static const struct {
        const char *why, *source, *want;
    } cases[] = {
        {"blanks at the ends go", "  a == b ", "a == b"},
        {"lines become one", "a &&\n\t  b", "a && b"},
        {"comments are blanks", "a/* why */==// end\nb", "a == b"},
        {"joined lines", "a \\\n  && b", "a && b"},
        {"literals keep their blanks", "f(\"a  //  b\", ' ')", "f(\"a  //  b\", ' ')"},
        {"an escaped quote does not end a literal", "f(\"\\\"  /* \")", "f(\"\\\"  /* \")"},
        {"an open comment ends with the text", "a /* b", "a"},
        {"80 bytes fit",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
        {"81 do not",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..."},
        {"a character is not cut",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xc3\xa4xxxx"
         "x",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..."},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text source = text(cases[i].source);
        CHECK_TEXT(text_fold(arena, source, 0, source.size), cases[i].want, cases[i].why);
    }
}

static void test_parens(struct arena *arena)
{
    static const struct {
        const char *source, *want;
    } cases[] = {
        {"(a)", "a"},
        {"( (a == b) )", "a == b"},
        {"(a) == (b)", "(a) == (b)"},
        {"((a) + (b))", "(a) + (b)"},
        {"a", "a"},
        {"f(a)", "f(a)"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text source = text(cases[i].source);
        size_t from = 0, to = source.size;
        text_strip_parens(source, &from, &to);
        CHECK_TEXT(text_fold(arena, source, from, to), cases[i].want, cases[i].source);
    }
}

static void test_places(void)
{
    struct text use = text("X (f(a, ')'), \"(\") + 1");
    CHECK(text_invocation_end(use, 0) == strlen("X (f(a, ')'), \"(\")"), "arguments with literals");
    use = text("X + (1)");
    CHECK(text_invocation_end(use, 0) == 1, "no arguments");
    size_t at;
    struct text sum = text("a /* && */ && b");
    CHECK(text_last_operator(sum, 1, sum.size, "&&", &at) && at == 11, "not in a comment");
    CHECK(!text_last_operator(sum, 1, 11, "&&", &at), "not behind the end");
    struct text conditional = text("a\n#ifdef X\n && x\n#endif\n && b");
    CHECK(text_last_operator(conditional, 1, conditional.size, "&&", &at) && at == 25, "the last");
    CHECK(text_has_comma(text("a, b"), 0, 4), "comma");
    CHECK(!text_has_comma(text("f(a, b)"), 0, 7), "comma in parentheses");
}

static void test_for(void)
{
    static const struct {
        const char *source;
        bool complete, parts[3];
    } cases[] = {
        {"for (i = 0; i < n; i++) x;", true, {true, true, true}},
        {"for (;;) x;", true, {false, false, false}},
        {"for(;i;)", true, {false, true, false}},
        {"for (f(';', (a, b)); /* ; */ ; i++)", true, {true, false, true}},
        {"for (x : range)", false, {false}},
        {"for (a; b; c", false, {false}},
        {"for_each(x)", false, {false}},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        bool parts[3] = {0};
        bool complete = text_for_parts(text(cases[i].source), 0, parts);
        CHECK(complete == cases[i].complete, cases[i].source);
        for (int k = 0; complete && k < 3; k++)
            CHECK(parts[k] == cases[i].parts[k], cases[i].source);
    }
}

static void test_macros(struct arena *arena)
{
    static const struct {
        const char *why, *define, *at, *use, *want;
        enum part part;
    } cases[] = {
        {"an argument in the place of its parameter", "#define M(p) if (p->a)", "p->a", "M(x)",
         "x->a", PART_OPERAND},
        {"parentheses that are not needed go", "#define M(p) if ((p)->a)", "(p)->a", "M(x->y)",
         "x->y->a", PART_OPERAND},
        {"those that are stay", "#define M(p) if ((p)->a)", "(p)->a", "M(x + y)", "(x + y)->a",
         PART_OPERAND},
        {"those of a call stay", "#define M(p) if (f(p))", "f(p)", "M(x)", "f(x)", PART_OPERAND},
        {"operands end at operators", "#define M(p) if ((p)->a && (p)->b)", "(p)->a", "M(x)",
         "x->a", PART_OPERAND},
        {"heads do not", "#define M(p) while ((p)->a && (p)->b) f(p)", "(p)->a", "M(x)",
         "x->a && x->b", PART_WHOLE},
        {"nested operators are inside", "#define M(p) if (((p) && a) == 1 && b)", "((p) && a)",
         "M(x)", "(x && a) == 1", PART_OPERAND},
        {"several lines", "#define M(p) \\\n  if (a == \\\n      p) f()", "a ==", "M(x)", "a == x",
         PART_OPERAND},
        {"no parameters", "#define M if (a > 3) f()", "a >", "M", "a > 3", PART_OPERAND},
        {"another macro's body", "#define N(p) if (p > 3)", "p >", "M(x)", NULL, PART_OPERAND},
        {"pasted tokens", "#define M(p) if (a##p > 3)", "a##", "M(x)", NULL, PART_OPERAND},
        {"arguments with commas in parentheses", "#define M(p, q) if (p > q)", "p > q",
         "M(f(1, 2), y)", "f(1, 2) > y", PART_OPERAND},
        {"other number of arguments", "#define M(p, ...) if (p > 3)", "p >", "M(1, 2, 3)", NULL,
         PART_OPERAND},
        {"a variable that is called like a part of a parameter", "#define M(p) if (pp > p)", "pp >",
         "M(x)", "pp > x", PART_OPERAND},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text body = text(cases[i].define);
        size_t at = (size_t)(strstr(cases[i].define + 10, cases[i].at) - cases[i].define);
        CHECK_TEXT(text_macro_part(arena, body, at, cases[i].part, text(cases[i].use), 0),
                   cases[i].want, cases[i].why);
    }
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    test_fold(&arena);
    test_parens(&arena);
    test_places();
    test_for();
    test_macros(&arena);
    arena_finish(&arena);
    return check_status();
}
