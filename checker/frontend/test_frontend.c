/* Runs as a whole: number of jobs, files that fail, clang that fails, functions that are kept,
 * time. */
#include "base/file.h"
#include "base/path.h"
#include "frontend/frontend.h"
#include "test/check.h"

#include <stdlib.h>
#include <sys/stat.h>

static const char *const include_flags[] = {"-isystem", "includes/pack"};

struct result {
    bool ok;
    struct unit **units;
    size_t count;
    struct diag diag;
};

static struct result run(struct arena *arena, const char *const *inputs, size_t ninputs,
                         const struct frontend_options *options)
{
    struct result result = {0};
    struct project project;
    struct interner *names = arena_new(arena, struct interner);
    interner_init(names, arena);
    diag_init(&result.diag, arena);
    result.ok =
        project_load(arena, inputs, ninputs, include_flags, ARRAY_LEN(include_flags), &project,
                     &result.diag) &&
        frontend_run(arena, names, &project, options, &result.units, &result.count, &result.diag);
    return result;
}

static bool contains(const struct unit *unit, const char *text)
{
    return unit->bitcode && memmem(unit->bitcode, unit->bitcode_length, text, strlen(text));
}

static bool says(const struct diag *diag, const char *text)
{
    for (size_t i = 0; i < diag->messages.len; i++)
        if (strstr(diag->messages.items[i].text, text))
            return true;
    return false;
}

static void test_jobs(struct arena *arena)
{
    static const char *const inputs[] = {"conditions.c",       "roles.c",     "errors.c",
                                         "tolerated.c",        "classes.cpp", "unused.c",
                                         "includes/src/main.c"};
    struct frontend_options one = {.jobs = 1}, many = {.jobs = 5};
    struct result a = run(arena, inputs, ARRAY_LEN(inputs), &one);
    struct result b = run(arena, inputs, ARRAY_LEN(inputs), &many);
    CHECK(a.ok && b.ok && a.count == ARRAY_LEN(inputs) && b.count == a.count, "units");
    if (!a.ok || !b.ok)
        return;
    CHECK_TEXT(frontend_print(a.units, a.count, arena), frontend_print(b.units, b.count, arena),
               "the number of jobs changes nothing");
    for (size_t i = 0; i < a.count; i++) {
        const struct unit *left = a.units[i], *right = b.units[i];
        CHECK(strstr(left->source->path, inputs[i]), "units in the order of the sources");
        CHECK(left->bitcode_length == right->bitcode_length &&
                  (!left->bitcode || !memcmp(left->bitcode, right->bitcode, left->bitcode_length)),
              "the same bitcode whatever the number of jobs");
        CHECK(left->failed == !left->bitcode, "bitcode unless it failed");
    }
}

static void test_targets(struct arena *arena)
{
    static const char *const targets[] = {"i686-pc-windows-msvc", "aarch64-pc-windows-msvc"};
    static const char *const inputs[] = {"roles.c", "tolerated.c", "conditions.c"};
    for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
        struct frontend_options options = {.target = targets[i]};
        struct result r = run(arena, inputs, ARRAY_LEN(inputs), &options);
        CHECK(r.ok && r.count == ARRAY_LEN(inputs), "all sources are compiled for other targets");
        for (size_t k = 0; r.ok && k < r.count; k++)
            CHECK(contains(r.units[k], targets[i]), "the bitcode is of the target");
    }
}

static void test_kept(struct arena *arena)
{
    static const char *const inputs[] = {"unused.c", "roles.c"};
    static const char *const kept[] = {"OnlyDeclared", "Helper", "Odd", "Even", FRONTEND_KEEP};
    struct frontend_options options = {0};
    struct result r = run(arena, inputs, 2, &options);
    CHECK(r.ok && r.count == 2, "units");
    if (!r.ok)
        return;
    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        CHECK(contains(r.units[0], kept[i]), kept[i]);
    CHECK(!contains(r.units[0], "Inline"), "inline functions are left out as ever");
    CHECK(!contains(r.units[1], FRONTEND_KEEP), "nothing to keep");
    CHECK(r.units[1]->facts->registrations.len > 0, "facts");
}

static void test_missing_source(struct arena *arena, const char *directory)
{
    const char *path = path_join(arena, directory, "gone.c");
    struct diag diag;
    diag_init(&diag, arena);
    file_write(path, "int x;\n", strlen("int x;\n"), &diag);
    struct project project;
    struct interner names;
    interner_init(&names, arena);
    const char *inputs[] = {path, "roles.c"};
    struct unit **units;
    size_t count;
    struct frontend_options options = {0};
    bool ok = project_load(arena, inputs, 2, include_flags, 2, &project, &diag);
    remove(path);
    ok = ok && frontend_run(arena, &names, &project, &options, &units, &count, &diag);
    CHECK(ok && count == 2, "a source that is gone does not stop the others");
    if (!ok)
        return;
    CHECK(units[0]->failed && says(&units[0]->diag, "cannot read"), "source that is gone");
    CHECK(!units[1]->failed, "the other one");
}

/* A program in clang's place that does what `action` says when it is to compile. */
static const char *fake_clang(struct arena *arena, const char *directory, const char *action)
{
    struct diag diag;
    diag_init(&diag, arena);
    const char *path = path_join(arena, directory, "fake");
    const char *text = arena_printf(arena,
                                    "#!/bin/sh\n"
                                    "case \"$*\" in *-print-resource-dir*)\n"
                                    "    exec clang-19 -print-resource-dir;;\n"
                                    "*classes.cpp*|*conditions.c*|*roles.c*)\n"
                                    "    %s;;\n"
                                    "esac\n"
                                    "exec clang-19 \"$@\"\n",
                                    action);
    file_write(path, text, strlen(text), &diag);
    chmod(path, 0755);
    return path;
}

static void test_failing_clang(struct arena *arena, const char *directory)
{
    static const struct {
        const char *why, *action, *message;
    } cases[] = {
        {"a crash", "kill -SEGV $$", "clang crashed (signal 11)"},
        {"no bitcode at all", "exit 0", "clang failed (exit status 0)"},
        {"a message", "echo 'x.c:3:4: error: cannot compile this yet' >&2; exit 1",
         "cannot compile this yet"},
        {"a message without a place", "echo 'error: no space left' >&2; exit 1", "no space left"},
        {"output that is no bitcode", "echo hello; exit 0", "clang failed"},
    };
    static const char *const inputs[] = {"roles.c", "unused.c", "tolerated.c"};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct frontend_options options = {.clang = fake_clang(arena, directory, cases[i].action)};
        struct result r = run(arena, inputs, ARRAY_LEN(inputs), &options);
        CHECK(r.ok && r.count == 3, cases[i].why);
        if (!r.ok)
            continue;
        CHECK(r.units[0]->failed && says(&r.units[0]->diag, cases[i].message), cases[i].why);
        CHECK(r.units[0]->facts != NULL, "facts do not need the program");
        CHECK(!r.units[1]->failed && !r.units[2]->failed, "its neighbours are compiled alone");
    }
}

static void test_no_clang(struct arena *arena, const char *directory)
{
    static const char *const inputs[] = {"roles.c"};
    struct frontend_options options = {.clang = path_join(arena, directory, "none")};
    struct result r = run(arena, inputs, 1, &options);
    CHECK(!r.ok && says(&r.diag, "cannot find"), "no such program");
    options.clang = "/bin/sh";
    r = run(arena, inputs, 1, &options);
    CHECK(!r.ok && says(&r.diag, "is not clang 19"), "another program");
    char *path = strdup(getenv("PATH"));
    setenv("PATH", directory, 1);
    options.clang = NULL;
    r = run(arena, inputs, 1, &options);
    CHECK(!r.ok && says(&r.diag, "install clang 19"), "nothing on PATH");
    setenv("PATH", path, 1);
    free(path);
}

static void test_models(struct arena *arena)
{
    static const char *const good[] = {"roles.c", "unused.c", "tolerated.c"};
    static const char *const packs[] = {"includes/pack"};
    struct frontend_options options = {.pack_includes = packs, .npack_includes = 1};
    struct bitcode bitcodes[3] = {{0}};
    struct diag diag;
    diag_init(&diag, arena);
    CHECK(frontend_compile_models(arena, good, 3, &options, bitcodes, &diag), "models");
    for (size_t i = 0; i < 3; i++)
        CHECK(bitcodes[i].length > 4 && !memcmp(bitcodes[i].bytes, "BC\xc0\xde", 4), good[i]);
    CHECK(diag.messages.len == 0, "no messages");
    char *one = NULL;
    size_t length = 0;
    CHECK(!frontend_compile_model(arena, "errors.c", &options, &one, &length, &diag), "errors");
    CHECK(!one && says(&diag, "expected expression"), "clang's words");
    CHECK(diag.messages.len && diag.messages.items[0].place.line == 10 &&
              diag.messages.items[0].place.column == 19 &&
              !strcmp(path_base(diag.messages.items[0].place.file), "errors.c"),
          "clang's place");
    CHECK(!frontend_compile_model(arena, "none.c", &options, &one, &length, &diag), "no such file");
    CHECK(says(&diag, "no such file"), "clang's words");
}

/* Blanks, quotes and the like in names; a source that needs an overlay, a repair and a kept
 * function. */
static void test_odd_names(struct arena *arena, const char *directory)
{
    static const char text[] = "#include \"Header.H\"\n"
                               "#include \"none.tmh\"\n"
                               "int f(void *x);\n"
                               "int f(int *x) { return *x + HEADER; }\n"
                               "static int unused(int x) { return x; }\n";
    static const char header[] = "#define HEADER 3\n";
    struct diag diag;
    diag_init(&diag, arena);
    const char *odd = path_join(arena, directory, "a 'b' \"c\";d\xc3\xa4");
    const char *source = path_join(arena, odd, "s o.c");
    CHECK(!mkdir(odd, 0755) && file_write(source, text, strlen(text), &diag) &&
              file_write(path_join(arena, odd, "header.h"), header, strlen(header), &diag),
          "files");
    struct frontend_options options = {0};
    struct result r = run(arena, &source, 1, &options);
    CHECK(r.ok && r.count == 1 && !r.units[0]->failed && !r.units[0]->partial, "compiled");
    CHECK(r.ok && contains(r.units[0], "unused"), "kept");
    CHECK(r.ok && r.units[0]->diag.messages.len == 1 && says(&r.units[0]->diag, "none.tmh"),
          "one note");
}

static void test_stats(struct arena *arena)
{
    static const char *const inputs[] = {"roles.c", "unused.c", "tolerated.c"};
    struct frontend_stats stats = {0};
    struct frontend_options options = {.stats = &stats};
    struct result r = run(arena, inputs, ARRAY_LEN(inputs), &options);
    CHECK(r.ok && stats.units == 3 && stats.batches == 2, "counts");
    CHECK(stats.parse_seconds > 0 && stats.compile_seconds > 0, "times");
}

static void test_conditions(void)
{
    static struct condition items[] = {
        {.file = "a.c", .line = 3, .column = 1, .text = "x", .count = 1},
        {.file = "a.c", .line = 3, .column = 9, .text = "y", .nth = 0, .count = 2, .whole = "y z"},
        {.file = "a.c", .line = 3, .column = 9, .text = "z", .nth = 1, .count = 2, .whole = "y z"},
        {.file = "b.c", .line = 1, .column = 1, .text = "w", .count = 1},
    };
    struct facts facts = {.conditions = {.items = items, .len = ARRAY_LEN(items)}};
    CHECK_TEXT(frontend_condition(&facts, "a.c", 3, 1, 0, 1), "x", "one");
    CHECK_TEXT(frontend_condition(&facts, "a.c", 3, 1, 1, 2), "x", "one text for two branches");
    CHECK_TEXT(frontend_condition(&facts, "a.c", 3, 9, 1, 2), "z", "the second");
    CHECK_TEXT(frontend_condition(&facts, "a.c", 3, 9, 0, 1), "y z", "one of them was decided");
    CHECK_TEXT(frontend_condition(&facts, "a.c", 3, 9, 2, 3), "y z", "more than expected");
    CHECK_TEXT(frontend_condition(&facts, "b.c", 1, 1, 0, 1), "w", "the last");
    CHECK_TEXT(frontend_condition(&facts, "b.c", 1, 2, 0, 1), NULL, "none there");
    CHECK_TEXT(frontend_condition(&facts, "c.c", 1, 1, 0, 1), NULL, "no such file");
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    struct diag diag;
    diag_init(&diag, &arena);
    const char *directory = file_temporary_directory(&arena, &diag);
    CHECK(directory, "a temporary directory");
    test_conditions();
    test_jobs(&arena);
    test_targets(&arena);
    test_kept(&arena);
    test_missing_source(&arena, directory);
    test_failing_clang(&arena, directory);
    test_no_clang(&arena, directory);
    test_models(&arena);
    test_odd_names(&arena, directory);
    test_stats(&arena);
    file_remove_tree(directory);
    arena_finish(&arena);
    return check_status();
}
