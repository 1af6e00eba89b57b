/* Heads change nothing but the time: sources that are read together say what each says alone. */
#include "base/file.h"
#include "base/path.h"
#include "frontend/frontend.h"
#include "test/check.h"

#include <sys/stat.h>

static const char *const flags[] = {"-isystem", "includes/pack"};

static const char *const sources[] = {"heads/first.c",  "heads/second.c", "heads/third.c",
                                      "heads/fourth.c", "heads/fifth.c",  "heads/sixth.c"};

struct result {
    struct unit **units;
    size_t count;
    struct frontend_stats stats;
};

static struct result run(struct arena *arena, const char *const *inputs, size_t ninputs,
                         const char *const *more, size_t nmore, const char *clang)
{
    struct result result = {0};
    struct project project;
    struct interner *names = arena_new(arena, struct interner);
    struct frontend_options options = {.clang = clang, .stats = &result.stats};
    struct diag diag;
    interner_init(names, arena);
    diag_init(&diag, arena);
    bool ok = project_load(arena, inputs, ninputs, more, nmore, &project, &diag) &&
              frontend_run(arena, names, &project, &options, &result.units, &result.count, &diag);
    CHECK(ok && result.count == ninputs, "a unit for each source");
    if (!ok)
        result.count = 0;
    return result;
}

/* Everything but the bitcode, whose names of types depend on what was compiled before. */
static void check_same(struct arena *arena, struct unit *together, struct unit *alone,
                       const char *why)
{
    CHECK_TEXT(frontend_print(&together, 1, arena), frontend_print(&alone, 1, arena), why);
    CHECK(together->failed == alone->failed && together->partial == alone->partial, why);
    CHECK(together->omissions.len == alone->omissions.len, why);
    CHECK((together->bitcode == NULL) == (alone->bitcode == NULL), why);
}

static void test_alone(struct arena *arena)
{
    struct result together = run(arena, sources, ARRAY_LEN(sources), flags, ARRAY_LEN(flags), NULL);
    CHECK(together.stats.heads == 1, "one header is read for all");
    CHECK(together.stats.behind == 4, "all but the one that begins otherwise and the one that "
                                      "needs a change in the header");
    for (size_t i = 0; i < together.count; i++) {
        struct result alone = run(arena, &sources[i], 1, flags, ARRAY_LEN(flags), NULL);
        CHECK(alone.stats.heads == 0, "a source alone has none");
        if (alone.count)
            check_same(arena, together.units[i], alone.units[0], sources[i]);
        CHECK(!together.units[i]->failed, sources[i]);
    }
}

/* Who has no head, and why. */
static void test_without(struct arena *arena)
{
    static const char *const missing[] = {"heads/missing_first.c", "heads/missing_second.c",
                                          "heads/missing_third.c"};
    static const char *const forced[] = {"-isystem", "includes/pack", "-include", "stdbool.h"};
    static const char *const broken[] = {"-isystem", "includes/pack", "-DMINIPORT_HALT=+"};
    struct result r = run(arena, sources, 2, flags, ARRAY_LEN(flags), NULL);
    CHECK(r.stats.heads == 0, "two sources are too few");
    r = run(arena, sources, ARRAY_LEN(sources), forced, ARRAY_LEN(forced), NULL);
    CHECK(r.stats.heads == 0, "something else comes first");
    r = run(arena, missing, ARRAY_LEN(missing), flags, ARRAY_LEN(flags), NULL);
    CHECK(r.stats.heads == 0, "the header does not exist");
    r = run(arena, sources, ARRAY_LEN(sources), broken, ARRAY_LEN(broken), NULL);
    CHECK(r.stats.heads == 0, "the header has errors");
}

/* A clang that does not understand what libclang wrote. */
static void test_other_clang(struct arena *arena, const char *directory)
{
    static const char text[] =
        "#!/bin/sh\n"
        "case \"$*\" in *-include-pch*) echo tried >> \"$0.log\"; exit 1;; esac\n"
        "exec clang-19 \"$@\"\n";
    struct diag diag;
    diag_init(&diag, arena);
    const char *clang = path_join(arena, directory, "clang");
    file_write(clang, text, strlen(text), &diag);
    chmod(clang, 0755);
    struct result other = run(arena, sources, ARRAY_LEN(sources), flags, ARRAY_LEN(flags), clang);
    struct result usual = run(arena, sources, ARRAY_LEN(sources), flags, ARRAY_LEN(flags), NULL);
    CHECK(path_exists(arena_printf(arena, "%s.log", clang)), "clang is given the head");
    for (size_t i = 0; i < other.count && i < usual.count; i++)
        check_same(arena, other.units[i], usual.units[i], "compiled without the head");
}

int main(void)
{
    struct arena arena;
    struct diag diag;
    arena_init(&arena, NULL, NULL);
    diag_init(&diag, &arena);
    const char *directory = file_temporary_directory(&arena, &diag);
    CHECK(directory, "a temporary directory");
    test_alone(&arena);
    test_without(&arena);
    test_other_clang(&arena, directory);
    file_remove_tree(directory);
    arena_finish(&arena);
    return check_status();
}
