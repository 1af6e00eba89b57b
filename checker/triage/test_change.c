/* Lines that changed, as git tells of them, and the paths that run over them. */
#include "test/check.h"
#include "triage/internal.h"

/* ---- git's words ---------------------------------------------------------------------------- */

static const char *print(struct arena *arena, const struct changes *changes)
{
    const char *text = "";
    for (size_t i = 0; i < changes->files.len; i++) {
        const struct changed_file *file = &changes->files.items[i];
        text = arena_printf(arena, "%s%s:", text, file->file);
        for (size_t k = 0; k < file->spans.len; k++)
            text = arena_printf(arena, "%s %u-%u", text, (unsigned)file->spans.items[k].first,
                                (unsigned)file->spans.items[k].last);
        text = arena_printf(arena, "%s\n", text);
    }
    return text;
}

static void test_reading(struct arena *arena)
{
    static const struct {
        const char *why, *diff, *want;
    } rows[] = {
        {"nothing", "", ""},
        {"lines that changed", "+++ b/a.c\n@@ -3,2 +5,3 @@ int F(void)\n-a\n-b\n+a\n+b\n+c\n",
         "/r/a.c: 5-7\n"},
        {"one line", "+++ b/a.c\n@@ -3 +3 @@\n-a\n+b\n", "/r/a.c: 3-3\n"},
        {"a line more", "+++ b/a.c\n@@ -3,0 +4 @@\n+b\n", "/r/a.c: 4-4\n"},
        {"lines that are gone", "+++ b/a.c\n@@ -3,2 +2,0 @@\n-a\n-b\n", "/r/a.c: 2-3\n"},
        {"the first line is gone", "+++ b/a.c\n@@ -1 +0,0 @@\n-a\n", "/r/a.c: 0-1\n"},
        {"two places", "+++ b/a.c\n@@ -3 +3 @@\n-a\n+b\n@@ -9 +9 @@\n-a\n+b\n", "/r/a.c: 3-3 9-9\n"},
        {"two files", "+++ b/a.c\n@@ -3 +3 @@\n-a\n+b\n+++ b/d/b.c\n@@ -1 +1 @@\n-a\n+b\n",
         "/r/a.c: 3-3\n/r/d/b.c: 1-1\n"},
        {"a file that is gone", "--- a/a.c\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n", ""},
        {"text that looks like a head",
         "+++ b/a.c\n@@ -3,2 +3,2 @@\n--- a/x.c\n-@@ -1 +1 @@\n+++ b/y.c\n+@@ -7 +7 @@\n@@ -9 +9 @@\n-a\n+b\n",
         "/r/a.c: 3-4 9-9\n"},
        {"no newline at the end",
         "+++ b/a.c\n@@ -3 +3 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of "
         "file\n+++ b/b.c\n@@ -1 +1 @@\n-a\n+b\n",
         "/r/a.c: 3-3\n/r/b.c: 1-1\n"},
        {"a blank in the name", "+++ b/my file.c\t\n@@ -3 +3 @@\n-a\n+b\n", "/r/my file.c: 3-3\n"},
        {"a quoted name", "+++ \"b/a\\\"\\t\\303\\244.c\"\n@@ -3 +3 @@\n-a\n+b\n",
         "/r/a\"\t\xc3\xa4.c: 3-3\n"},
        {"cut off", "+++ b/a.c\n@@ -3", "/r/a.c: 0-0\n"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct changes changes = {0};
        changes_read(arena, "/r", rows[i].diff, strlen(rows[i].diff), &changes);
        CHECK_TEXT(print(arena, &changes), rows[i].want, rows[i].why);
    }
}

/* ---- paths ---------------------------------------------------------------------------------- */

static void add(struct arena *arena, struct finding *finding, enum step_kind kind, uint32_t depth,
                const char *function, uint32_t line)
{
    struct step step = {.kind = kind, .depth = depth, .function = function,
                        .place = {"/r/a.c", line, 1, 0}};
    vec_push(arena, &finding->steps, step);
}

/* Main, lines 10 to 30, calls Help, lines 40 to 60, twice. */
static void test_paths(struct arena *arena)
{
    struct finding finding = {.rule = "R", .place = {"/r/a.c", 28, 5, 0}};
    struct related related = {.place = {"/r/b.h", 3, 1, 0}, .text = "why"};
    struct triage_sources sources = {0};
    struct extent main_lines = {"/r/a.c", 10, 30}, help_lines = {"/r/a.c", 40, 60};
    vec_push(arena, &sources.functions, main_lines);
    vec_push(arena, &sources.functions, help_lines);
    vec_push(arena, &finding.related, related);
    add(arena, &finding, STEP_ENTER, 0, "Main", 10);
    add(arena, &finding, STEP_DECISION, 0, "Main", 14);
    add(arena, &finding, STEP_CALL, 0, "Main", 16);
    add(arena, &finding, STEP_DECISION, 1, "Help", 50);
    add(arena, &finding, STEP_RETURN, 1, "Help", 52);
    add(arena, &finding, STEP_CALL, 0, "Main", 20);
    add(arena, &finding, STEP_DECISION, 1, "Help", 45);
    add(arena, &finding, STEP_RETURN, 1, "Help", 46);
    add(arena, &finding, STEP_ERROR, 0, "Main", 28);
    static const struct {
        const char *why, *file;
        uint32_t first, last;
        bool want;
    } rows[] = {
        {"a step", "/r/a.c", 14, 14, true},
        {"where the rule is broken", "/r/a.c", 28, 28, true},
        {"a place that matters", "/r/b.h", 3, 3, true},
        {"another line of that file", "/r/b.h", 4, 9, false},
        {"between two steps of a function", "/r/a.c", 15, 15, true},
        {"between the calls that it makes", "/r/a.c", 18, 18, true},
        {"behind the last call", "/r/a.c", 25, 25, true},
        {"the begin of a function that is called", "/r/a.c", 42, 42, true},
        {"behind the end of the path in it", "/r/a.c", 29, 30, false},
        {"behind the last step in a function", "/r/a.c", 53, 60, false},
        {"between the functions", "/r/a.c", 31, 39, false},
        {"before all of them", "/r/a.c", 1, 9, false},
        {"removed beside a step", "/r/a.c", 52, 53, true},
        {"another file", "/r/c.c", 14, 14, false},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct changes changes = {0};
        struct changed_file file = {.file = rows[i].file};
        struct span span = {rows[i].first, rows[i].last};
        vec_push(arena, &file.spans, span);
        vec_push(arena, &changes.files, file);
        CHECK(changes_touch(arena, &changes, &sources, &finding) == rows[i].want, rows[i].why);
    }
    struct changes whole = {0};
    struct changed_file file = {.file = "/r/b.h", .whole = true};
    vec_push(arena, &whole.files, file);
    CHECK(changes_touch(arena, &whole, &sources, &finding), "a whole file");
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    test_reading(&arena);
    test_paths(&arena);
    arena_finish(&arena);
    return check_status();
}
