/* usage: test_golden EXPECTED INPUT... [-- FLAG...]
 *
 * What --dump=frontend says of the inputs must be the text in EXPECTED. With DRVLINT_ACCEPT set in
 * the environment, EXPECTED is written instead. */
#include "base/file.h"
#include "frontend/frontend.h"
#include "test/check.h"

#include <stdlib.h>

static char *dump(struct arena *arena, int count, char **args, struct diag *diag)
{
    int ninputs = 0;
    while (ninputs < count && strcmp(args[ninputs], "--"))
        ninputs++;
    int nflags = ninputs < count ? count - ninputs - 1 : 0;
    struct interner names;
    interner_init(&names, arena);
    struct project project;
    struct frontend_options options = {0};
    struct unit **units;
    size_t nunits;
    if (!project_load(arena, (const char *const *)args, (size_t)ninputs,
                      (const char *const *)args + ninputs + 1, (size_t)nflags, &project, diag) ||
        !frontend_run(arena, &names, &project, &options, &units, &nunits, diag))
        return NULL;
    return frontend_print(units, nunits, arena);
}

/* The first line that differs, for a message that helps. */
static void report(struct arena *arena, const char *got, const char *want)
{
    unsigned line = 1;
    while (*got && *got == *want) {
        line += *got == '\n';
        got++, want++;
    }
    CHECK(false, arena_printf(arena, "line %u: got '%.*s', want '%.*s'", line,
                              (int)strcspn(got, "\n"), got, (int)strcspn(want, "\n"), want));
}

int main(int argc, char **argv)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    struct diag diag;
    diag_init(&diag, &arena);
    char *got = argc > 2 ? dump(&arena, argc - 2, argv + 2, &diag) : NULL, *want = NULL;
    size_t length;
    if (got && getenv("DRVLINT_ACCEPT"))
        file_write(argv[1], got, strlen(got), &diag);
    else if (got && file_read(argv[1], &arena, &want, &length, &diag) && strcmp(got, want))
        report(&arena, got, want);
    CHECK(got, "the front end runs");
    for (size_t i = 0; i < diag.messages.len; i++)
        CHECK(false, diag.messages.items[i].text);
    arena_finish(&arena);
    return check_status();
}
