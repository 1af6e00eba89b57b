/* One case of testdata/program: compiled, lowered, printed, compared with the text beside it.
 *
 *     test_golden [--accept] CLANG CASE.c EXPECTED.txt */
#include "base/file.h"
#include "program/test_compile.h"
#include "test/check.h"

/* Shows the first line that differs. */
static void show_difference(const char *got, const char *want, const char *expected)
{
    int line = 1;
    while (*got && *got == *want) {
        size_t a = strcspn(got, "\n"), b = strcspn(want, "\n");
        if (a != b || strncmp(got, want, a) != 0)
            break;
        got += a + (got[a] == '\n');
        want += b + (want[b] == '\n');
        line++;
    }
    fprintf(stderr, "%s:%d: want: %.*s\n", expected, line, (int)strcspn(want, "\n"), want);
    fprintf(stderr, "%s:%d: got:  %.*s\n", expected, line, (int)strcspn(got, "\n"), got);
}

/* Messages come first, each as a comment. */
static char *dump(struct arena *arena, const char *clang, const char *file)
{
    struct interner names;
    struct diag diag;
    struct program program;
    interner_init(&names, arena);
    diag_init(&diag, arena);
    struct unit *unit = test_compile(arena, clang, "x86_64-pc-windows-msvc", file, NULL);
    char *text = arena_strdup(arena, "");
    if (program_build(arena, &names, &unit, 1, NULL, 0, NULL, &program, &diag))
        text = program_print(&program, arena, false);
    for (size_t i = diag.messages.len; i-- > 0;)
        text = arena_printf(arena, "; %s\n%s", diag.messages.items[i].text, text);
    return text;
}

int main(int argc, char **argv)
{
    bool accept = argc > 1 && !strcmp(argv[1], "--accept");
    argv += accept;
    if (argc != 4 + accept) {
        fprintf(stderr, "usage: test_golden [--accept] CLANG CASE EXPECTED\n");
        return 2;
    }
    struct arena arena;
    struct diag diag;
    char *want = NULL;
    size_t length;
    arena_init(&arena, NULL, NULL);
    diag_init(&diag, &arena);
    char *got = dump(&arena, argv[1], argv[2]);
    if (accept)
        CHECK(file_write(argv[3], got, strlen(got), &diag), argv[3]);
    else if (!file_read(argv[3], &arena, &want, &length, &diag))
        CHECK(false, argv[3]);
    else if (strcmp(got, want) != 0) {
        show_difference(got, want, argv[3]);
        CHECK(false, "the program is not as expected; --accept takes it as it is");
    }
    test_show_messages(&diag);
    arena_finish(&arena);
    return check_status();
}
