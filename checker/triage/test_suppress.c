/* Comments that suppress findings: which lines they are about, and what is odd about them. */
#include "base/file.h"
#include "base/path.h"
#include "test/check.h"
#include "triage/comment.h"

/* ---- reading -------------------------------------------------------------------------------- */

static void test_reading(struct arena *arena)
{
    static const struct {
        const char *why, *text, *want; /* want: SCOPE place -> line RULES reason, or "broken" */
    } rows[] = {
        {"behind code", "F(); // drvlint:ignore R -- why", "line 1:9 -> 1 R (why)"},
        {"on a line of its own", "\n // drvlint:ignore R -- why\n\n// more\nF();",
         "line 2:5 -> 5 R (why)"},
        {"before code of its line", "/* drvlint:ignore R -- why */ F();\nG();",
         "line 1:4 -> 1 R (why)"},
        {"nothing behind it", "F();\n// drvlint:ignore R -- why\n", "line 2:4 -> 0 R (why)"},
        {"two above one line", "// drvlint:ignore R -- why\n// drvlint:ignore S -- so\nF();",
         "line 1:4 -> 3 R (why)\nline 2:4 -> 3 S (so)"},
        {"several rules", "F(); // drvlint:ignore R, S,T -- why", "line 1:9 -> 1 R S T (why)"},
        {"a function", "// drvlint:ignore-function R -- why\nF();", "function 1:4 -> 2 R (why)"},
        {"a file", "/* drvlint:ignore-file R -- why */", "file 1:4 -> 0 R (why)"},
        {"a block of lines", "/*\n * drvlint:ignore R -- why\n * more\n */\nF();",
         "line 2:4 -> 5 R (why)"},
        {"a line of a block behind code", "F(); /* more\n * drvlint:ignore R -- why */\nG();",
         "line 2:4 -> 3 R (why)"},
        {"dashes in the reason", "F(); // drvlint:ignore R -- a -- b ", "line 1:9 -> 1 R (a -- b)"},
        {"carriage returns", "F(); // drvlint:ignore R -- why\r\n", "line 1:9 -> 1 R (why)"},
        {"tabs", "F();\t//\tdrvlint:ignore\tR\t--\twhy", "line 1:9 -> 1 R (why)"},
        {"no reason", "F(); // drvlint:ignore R", "line 1:9 -> 1 R ()"},
        {"an empty reason", "F(); // drvlint:ignore R -- ", "line 1:9 -> 1 R ()"},
        {"no rule", "F(); // drvlint:ignore", "broken"},
        {"no rule but a reason", "F(); // drvlint:ignore -- why", "broken"},
        {"no dashes", "F(); // drvlint:ignore R because", "broken"},
        {"another word", "F(); // drvlint:ignored R -- why", "broken"},
        {"an unknown scope", "F(); // drvlint:ignore-block R -- why", "broken"},
        {"in the middle of a comment", "F(); // see drvlint:ignore R -- why", ""},
        {"in a string", "F(\"// drvlint:ignore R -- why\");", ""},
        {"behind a quoted quote", "F('\"'); // drvlint:ignore R -- why", "line 1:12 -> 1 R (why)"},
        {"behind a quoted backslash", "F(\"\\\\\"); // drvlint:ignore R -- why",
         "line 1:13 -> 1 R (why)"},
        {"an apostrophe that ends with its line", "#error don't\nF(); // drvlint:ignore R -- why",
         "line 2:9 -> 2 R (why)"},
        {"no end of a comment", "/* drvlint:ignore R -- why", "line 1:4 -> 0 R (why)"},
        {"a slash at the end", "// drvlint:ignore R -- why\nF(); /", "line 1:4 -> 2 R (why)"},
    };
    static const char *const scopes[] = {"line", "function", "file"};
    for (size_t r = 0; r < ARRAY_LEN(rows); r++) {
        struct text text = {"x.c", rows[r].text, strlen(rows[r].text)};
        struct directives directives = {0};
        const char *got = "";
        comment_read(arena, &text, &directives);
        for (size_t i = 0; i < directives.items.len; i++) {
            const struct directive *d = &directives.items.items[i];
            const char *rules = "";
            for (size_t k = 0; k < d->rules.len; k++)
                rules = arena_printf(arena, "%s%s ", rules, d->rules.items[k]);
            const char *one =
                arena_printf(arena, "%s %u:%u -> %u %s(%s)", scopes[d->scope], d->place.line,
                             d->place.column, d->line, rules, d->reason);
            got = arena_printf(arena, "%s%s%s", got, i ? "\n" : "", d->broken ? "broken" : one);
        }
        CHECK_TEXT(got, rows[r].want, rows[r].why);
    }
}

/* ---- marking -------------------------------------------------------------------------------- */

static const char source[] = "// drvlint:ignore-file Timer -- tested by hand\n"     /* 1 */
                             "void F(void)\n"                                       /* 2 */
                             "{\n"                                                  /* 3 */
                             "    A(); // drvlint:ignore Lock -- held on purpose\n" /* 4 */
                             "    // drvlint:ignore Lock, Irql -- above\n"          /* 5 */
                             "    B();\n"                                           /* 6 */
                             "    C(); // drvlint:ignore Lock\n"                    /* 7 */
                             "}\n"                                                  /* 8 */
                             "// drvlint:ignore-function Lock -- all of G\n"        /* 9 */
                             "void G(void)\n"                                       /* 10 */
                             "{\n"                                                  /* 11 */
                             "    A();\n"                                           /* 12 */
                             "    B(); // drvlint:ignore Lok -- misspelled\n"       /* 13 */
                             "} // drvlint:ignore Lock -- unused\n"                 /* 14 */
                             "// drvlint:ignore Late, Off -- not known\n"           /* 15 */
                             "int x;\n";                                            /* 16 */

struct marks {
    struct arena arena;
    struct results results;
    const char *file;
};

static void add(struct marks *m, const char *rule, enum verdict verdict, uint32_t line)
{
    struct rule_result result = {.rule = rule, .verdict = verdict};
    struct finding finding = {.rule = rule, .place = {m->file, line, 5, 0}};
    if (line)
        vec_push(&m->arena, &result.findings, finding);
    vec_push(&m->arena, &m->results.rules, result);
}

static void test_marking(struct marks *m)
{
    static const char *const rules[] = {"Irql", "Late", "Lock", "Off", "Timer"};
    static const struct {
        const char *why, *rule, *suppression;
        uint32_t line;
    } rows[] = {
        {"on its line", "Lock", "held on purpose", 4},
        {"on the line below", "Lock", "above", 6},
        {"another rule there", "Irql", "above", 6},
        {"another rule", "Irql", NULL, 4},
        {"without a reason", "Lock", NULL, 7},
        {"the function below", "Lock", "all of G", 12},
        {"not misspelled", "Lock", "all of G", 13},
        {"behind the function", "Lock", NULL, 16},
        {"the file", "Timer", "tested by hand", 12},
    };
    static const char *const remarks[] = {
        "7: this suppresses nothing, for it gives no reason; write '-- reason' behind the rule",
        "13: there is no rule 'Lok'; did you mean 'Lock'?",
        "14: nothing to suppress: no finding of 'Lock' on this line",
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        add(m, rows[i].rule, VERDICT_DEFECT, rows[i].line);
    add(m, "Late", VERDICT_UNKNOWN, 0);
    struct triage_sources sources = {0};
    vec_push(&m->arena, &sources.files, m->file);
    vec_push(&m->arena, &sources.functions, (struct extent){m->file, 10, 14});
    vec_push(&m->arena, &sources.functions, (struct extent){m->file, 2, 8});
    triage_suppress(&m->arena, &sources, rules, ARRAY_LEN(rules), &m->results);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        CHECK_TEXT(m->results.rules.items[i].findings.items[0].suppression, rows[i].suppression,
                   rows[i].why);
    CHECK(m->results.remarks.len == ARRAY_LEN(remarks), "number of remarks");
    for (size_t i = 0; i < m->results.remarks.len && i < ARRAY_LEN(remarks); i++) {
        const struct remark *remark = &m->results.remarks.items[i];
        const char *got = arena_printf(&m->arena, "%u: %s", remark->place.line, remark->text);
        CHECK_TEXT(got, remarks[i], "remark");
    }
}

int main(void)
{
    struct marks m = {0};
    struct diag diag;
    arena_init(&m.arena, NULL, NULL);
    diag_init(&diag, &m.arena);
    char *directory = file_temporary_directory(&m.arena, &diag);
    if (!directory)
        return 2;
    m.file = path_join(&m.arena, directory, "lock.c");
    CHECK(file_write(m.file, source, strlen(source), &diag), "source");
    test_reading(&m.arena);
    test_marking(&m);
    file_remove_tree(directory);
    arena_finish(&m.arena);
    return check_status();
}
