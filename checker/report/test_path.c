/* Which steps of a path are shown, and in which words. */
#include "base/file.h"
#include "base/path.h"
#include "report/internal.h"
#include "rule/rule.h"
#include "test/check.h"

#include <stdlib.h>

struct fixture {
    struct arena arena;
    struct diag diag;
    struct interner names;
    struct rule_pack pack;
    char *directory;
    struct writer writer;
    struct report_options options;
};

static const char rules[] = "rule Lock\n"
                            "title \"t\"\nsets Locking\n"
                            "watch lock\nstates free, held\n"
                            "on return Acquire(_, lock) free -> held\n"
                            "on call Release(&lock) held -> free\n"
                            "on leave HALT held -> error \"left\"\n";

static void set_up(struct fixture *f)
{
    *f = (struct fixture){0};
    arena_init(&f->arena, NULL, NULL);
    diag_init(&f->diag, &f->arena);
    interner_init(&f->names, &f->arena);
    f->directory = file_temporary_directory(&f->arena, &f->diag);
    CHECK(rule_parse("test.rule", rules, &f->names, &f->pack, &f->diag), "the rule");
    rule_pack_finish(&f->pack, &f->arena);
    f->options = (struct report_options){.rules = &f->pack};
    f->writer = writer_make(&f->options, &f->arena, stdout);
}

static void add(struct fixture *f, struct finding *finding, struct step step)
{
    vec_push(&f->arena, &finding->steps, step);
}

/* Every tenth step changes the state, the others decide something, deep in calls. */
static struct finding long_finding(struct fixture *f, size_t count, size_t every)
{
    struct finding finding = {.rule = "Lock"};
    bool held = false;
    for (size_t i = 0; i < count; i++) {
        bool changes = i % every == every - 1;
        held ^= changes;
        struct step step = {.kind = changes ? STEP_STATE : STEP_DECISION,
                            .depth = (uint32_t)(i % 7),
                            .text = "x",
                            .state = held ? "held" : "free"};
        add(f, &finding, step);
    }
    finding.steps.items[count - 1].kind = STEP_ERROR;
    return finding;
}

static size_t count_essential(const struct shown_path *path)
{
    size_t count = 0;
    for (size_t i = 0; i < path->count; i++)
        count += path->steps[i].essential;
    return count;
}

static void test_length(struct fixture *f)
{
    static const struct {
        const char *why;
        size_t count, every, shown;
    } rows[] = {
        {"short paths are shown whole", 40, 10, 40},
        {"exactly as many as allowed", 100, 10, 100},
        {"long ones are cut", 700, 10, 100},
        {"all changes are shown, however many", 700, 2, 350},
    };
    for (size_t r = 0; r < ARRAY_LEN(rows); r++) {
        struct finding finding = long_finding(f, rows[r].count, rows[r].every);
        struct shown_path path = path_shown(&f->writer, &finding, 100);
        size_t all = path.count, changes = rows[r].count / rows[r].every;
        for (size_t i = 0; i < path.count; i++)
            all += path.steps[i].left_out;
        CHECK(path.count == rows[r].shown, rows[r].why);
        CHECK(all == rows[r].count, "what is left out is said");
        CHECK(count_essential(&path) == changes, "no change is lost");
        CHECK(path.steps[path.count - 1].step->kind == STEP_ERROR, "the error is last");
        for (size_t i = 1; i < path.count; i++)
            CHECK(path.steps[i - 1].step < path.steps[i].step, "in order");
    }
    struct finding none = {.rule = "Lock"};
    CHECK(path_shown(&f->writer, &none, 100).count == 0, "no path at all");
}

/* The call around a change is worth more than any decision. */
static void test_frames(struct fixture *f)
{
    struct finding finding = {.rule = "Lock"};
    add(f, &finding, (struct step){.kind = STEP_ENTER, .text = "enter"});
    add(f, &finding, (struct step){.kind = STEP_CALL, .text = "call"});
    for (size_t i = 0; i < 50; i++)
        add(f, &finding, (struct step){.kind = STEP_DECISION, .depth = 1, .text = "decide"});
    add(f, &finding, (struct step){.kind = STEP_STATE, .depth = 1, .text = "s", .state = "held"});
    add(f, &finding, (struct step){.kind = STEP_ERROR, .text = "error", .state = "held"});
    struct shown_path path = path_shown(&f->writer, &finding, 5);
    CHECK(path.count == 5, "five steps");
    static const enum step_kind kinds[] = {STEP_ENTER, STEP_CALL, STEP_DECISION, STEP_STATE,
                                           STEP_ERROR};
    for (size_t i = 0; i < path.count && i < 5; i++)
        CHECK(path.steps[i].step->kind == kinds[i], "the calls around the change");
    CHECK(path.steps[2].left_out == 49, "those far from it are left out");
}

/* The report for people says where steps are missing. */
static void test_text(struct fixture *f)
{
    char *text = NULL;
    size_t length = 0, lines = 0;
    FILE *memory = open_memstream(&text, &length);
    struct writer writer = f->writer;
    struct finding finding = long_finding(f, 300, 10);
    writer.out = memory;
    put_finding(&writer, &finding);
    fclose(memory);
    for (const char *s = text; (s = strstr(s, "left out)\n")); s++)
        lines++;
    CHECK(lines > 0 && strstr(text, "  100. "), "a hundred steps, and what is between them");
    CHECK(!strstr(text, "  101. "), "no more");
    free(text);
}

static void test_objects(struct fixture *f)
{
    static const struct {
        const char *why, *line, *object;
        uint32_t column;
    } rows[] = {
        {"by value", "    Acquire(Adapter, Adapter->Lock);", "Adapter->Lock", 5},
        {"through a pointer", "Release(&Adapter->Lock);", "Adapter->Lock", 1},
        {"through a variable", "Release(Lock);", "*Lock", 1},
        {"through an expression", "Release(Lock + 1);", "*(Lock + 1)", 1},
        {"commas inside", "Acquire(F(1, \",)\", ')', 2), Locks[G(1, 2)]);", "Locks[G(1, 2)]", 1},
        {"several lines", "Acquire(A, // first, (\n   Adapter /* of,) */\n  ->Lock);",
         "Adapter ->Lock", 1},
        {"spaces", "Acquire (A,   & B )", "B", 1},
        {"another name there", "AcquireAll(A, B);", "lock", 1},
        {"too few arguments", "Acquire(A);", "lock", 1},
        {"no end", "Acquire(A, B", "lock", 1},
        {"too long to read",
         "Acquire(A, Somewhere->Deep->In->Many->Structures->That->Nobody->Can->Remember->Lock)",
         "lock", 1},
        {"a macro", "LOCK(A)", "lock", 1},
        {"behind the line", "Acquire(A, B)", "lock", 40},
    };
    for (size_t r = 0; r < ARRAY_LEN(rows); r++) {
        const char *name = arena_printf(&f->arena, "%zu.c", r);
        const char *file = path_join(&f->arena, f->directory, name);
        CHECK(file_write(file, rows[r].line, strlen(rows[r].line), &f->diag), "file");
        struct finding finding = {.rule = "Lock"};
        struct place place = {file, 1, rows[r].column, 0};
        add(f, &finding, (struct step){.kind = STEP_ENTER, .text = "enter", .state = "free"});
        add(f, &finding,
            (struct step){.kind = STEP_STATE, .place = place, .text = "s", .state = "held"});
        struct shown_path path = path_shown(&f->writer, &finding, 100);
        CHECK_TEXT(path.object, rows[r].object, rows[r].why);
        CHECK_TEXT(path.steps[1].text,
                   arena_printf(&f->arena, "'%s': free -> held", rows[r].object), rows[r].why);
    }
}

static void test_words(struct fixture *f)
{
    static const struct {
        struct step step;
        const char *want;
    } rows[] = {
        {{.text = "start", .irql = "PASSIVE_LEVEL", .state = "free"}, "start"},
        {{.text = "raised", .irql = "DISPATCH_LEVEL"},
         "raised; IRQL: PASSIVE_LEVEL -> DISPATCH_LEVEL"},
        {{.text = "not known", .state = "free"}, "not known"},
        {{.kind = STEP_STATE, .text = "s", .state = "held", .irql = "HIGH_LEVEL"},
         "the rule's state: free -> held; IRQL: DISPATCH_LEVEL -> HIGH_LEVEL"},
        {{.kind = STEP_LEAVE, .text = "left", .state = "free"},
         "left; the rule's state: held -> free"},
    };
    struct finding finding = {.rule = "Unknown"};
    for (size_t r = 0; r < ARRAY_LEN(rows); r++)
        add(f, &finding, rows[r].step);
    struct shown_path path = path_shown(&f->writer, &finding, 100);
    for (size_t r = 0; r < ARRAY_LEN(rows); r++)
        CHECK_TEXT(path.steps[r].text, rows[r].want, "words");
    CHECK(!path.object, "nothing is watched");
    CHECK_TEXT(path.steps[2].irql, "DISPATCH_LEVEL", "stays as long as nothing else is known");
}

int main(void)
{
    struct fixture f;
    set_up(&f);
    if (!f.directory)
        return 2;
    test_length(&f);
    test_frames(&f);
    test_text(&f);
    test_objects(&f);
    test_words(&f);
    file_remove_tree(f.directory);
    arena_finish(&f.arena);
    return check_status();
}
