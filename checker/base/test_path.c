/* File names, whole files and child processes. */
#include "base/file.h"
#include "base/path.h"
#include "base/process.h"
#include "test/check.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static void test_names(struct arena *arena)
{
    static const struct {
        const char *path, *directory, *base, *extension, *normalized;
    } cases[] = {
        {"", ".", "", "", "."},
        {"a.c", ".", "a.c", ".c", "a.c"},
        {"dir/a.tar.gz", "dir", "a.tar.gz", ".gz", "dir/a.tar.gz"},
        {"..\\inc\\x.H", "../inc", "x.H", ".H", "../inc/x.H"},
        {"/a", "/", "a", "", "/a"},
        {"/", "/", "", "", "/"},
        {"a/./b//../c/", "a/./b//../c", "", "", "a/c"},
        {"../../a/..", "../../a", "..", "", "../.."},
        {"/../a", "/..", "a", "", "/a"},
        {"a/..", "a", "..", "", "."},
        {"a/../..", "a/..", "..", "", ".."},
        {"C:\\x\\..\\y.c", "C:/x/..", "y.c", ".c", "C:/y.c"},
        {"C:\\y", "C:/", "y", "", "C:/y"},
        {".hidden", ".", ".hidden", "", ".hidden"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *path = cases[i].path;
        CHECK_TEXT(path_directory(arena, path), cases[i].directory, path);
        CHECK_TEXT(path_base(path), cases[i].base, path);
        CHECK_TEXT(path_extension(path), cases[i].extension, path);
        CHECK_TEXT(path_normalize(arena, path), cases[i].normalized, path);
    }
    CHECK_TEXT(path_join(arena, "a\\b", "c\\d"), "a/b/c/d", "join");
    CHECK_TEXT(path_join(arena, "a/", "c"), "a/c", "join after a separator");
    CHECK_TEXT(path_join(arena, "a", "C:\\c"), "C:/c", "join with an absolute name");
    CHECK_TEXT(path_relative("/a/b/c", "/a"), "b/c", "relative");
    CHECK_TEXT(path_relative("/ab/c", "/a"), "/ab/c", "a name is not a prefix of letters");
    CHECK_TEXT(path_relative("/a/b", "/"), "a/b", "relative to the root");
    static const struct {
        const char *path, *directory, *seen, *why;
    } seen[] = {
        {"/a/b/c", "/a", "b/c", "below"},
        {"/a/b/c.h", "/a/b/d", "../c.h", "beside"},
        {"/a/c.h", "/a/b/d", "../../c.h", "above"},
        {"/a/bc/x", "/a/bd", "../bc/x", "names that begin alike"},
        {"/a/b/x", "/a/b/", "x", "a separator at the end"},
        {"/a/b", "/a/b/c/d", "../..", "a directory above"},
        {"/a/b", "/a/b", "/a/b", "the directory itself"},
        {"/a/b", "/a/b/", "/a/b", "the directory itself, with a separator"},
        {"/a/b", "/c/d", "/a/b", "nothing but the root in common"},
        {"/a/b", "/", "a/b", "from the root"},
        {"C:/a", "C:/b", "C:/a", "nothing but the drive in common"},
        {"C:/a/b", "C:/a/c", "../b", "on a drive"},
        {"a/b", "/a", "a/b", "relative as it is"},
    };
    for (size_t i = 0; i < ARRAY_LEN(seen); i++)
        CHECK_TEXT(path_seen_from(arena, seen[i].path, seen[i].directory), seen[i].seen, seen[i].why);
}

static void test_files(struct arena *arena)
{
    struct diag diag;
    diag_init(&diag, arena);
    char *dir = file_temporary_directory(arena, &diag);
    CHECK(dir, "temporary directory");
    if (!dir)
        return;
    char *file = path_join(arena, dir, "Data.h"), *text;
    size_t length;
    CHECK(file_write(file, "a\0b", 3, &diag), "write");
    CHECK(file_read(file, arena, &text, &length, &diag) && length == 3 && text[2] == 'b' &&
              !text[3],
          "what was written is read, with a NUL behind it");
    CHECK(mkdir(path_join(arena, dir, "Inc"), 0777) == 0, "mkdir");
    CHECK(file_write(path_join(arena, dir, "Inc/Foo.H"), "", 0, &diag), "write an empty file");
    CHECK(file_write(path_join(arena, dir, "Inc/foo.H"), "", 0, &diag), "write its twin");

    CHECK_TEXT(path_find_nocase(arena, dir, "inc\\FOO.h"), path_join(arena, dir, "Inc/Foo.H"),
               "found without regard to case, the first in byte order");
    CHECK_TEXT(path_find_nocase(arena, dir, "INC/foo.H"), path_join(arena, dir, "Inc/foo.H"),
               "an exact match wins");
    CHECK(!path_find_nocase(arena, dir, "inc/bar.h"), "absent");

    char **names;
    size_t count;
    CHECK(path_list(arena, dir, &names, &count) && count == 2 && !strcmp(names[0], "Data.h"),
          "sorted names, no temporary files left behind");
    CHECK(!diag.errors, "no error so far");
    CHECK(!file_read(path_join(arena, dir, "none"), arena, &text, &length, &diag), "absent file");
    CHECK(diag.errors == 1 && strstr(diag.messages.items[0].text, "No such file"), "says why");
    CHECK(!file_read(dir, arena, &text, &length, &diag), "a directory is no file");
    CHECK(!file_write(path_join(arena, dir, "none/x"), "", 0, &diag), "no directory to write to");
    file_remove_tree(dir);
    CHECK(!path_exists(dir), "removed");
}

static void test_processes(struct arena *arena)
{
    const char *upper[] = {"tr", "a-z", "A-Z", NULL};
    struct process_result result = process_run(arena, upper, "text", 4);
    CHECK(result.status == 0, "tr runs");
    CHECK_TEXT(result.output, "TEXT", "input goes in, output comes out");

    const char *both[] = {"sh", "-c", "echo out; echo err >&2; exit 7", NULL};
    result = process_run(arena, both, NULL, 0);
    CHECK(result.status == 7, "exit status");
    CHECK_TEXT(result.output, "out\n", "output");
    CHECK_TEXT(result.errors, "err\n", "error output");

    const char *killed[] = {"sh", "-c", "kill -9 $$", NULL};
    CHECK(process_run(arena, killed, NULL, 0).status == 128 + 9, "killed by a signal");

    const char *none[] = {"drvlint-no-such-program", NULL};
    result = process_run(arena, none, NULL, 0);
    CHECK(result.status == -1 && result.error != 0, "not started");

    /* Far more than a pipe holds, both ways. */
    size_t size = 3000000;
    char *big = arena_alloc(arena, size);
    memset(big, 'x', size);
    const char *cat[] = {"sh", "-c", "tee /dev/stderr", NULL};
    result = process_run(arena, cat, big, size);
    CHECK(result.output_length == size && result.errors_length == size, "big streams");
    CHECK(process_find(arena, "sh") && !process_find(arena, none[0]), "programs on PATH");
}

/* Until nothing comes any more. */
static void read_all_of(struct process *process, struct arena *arena)
{
    while (process->output.fd >= 0)
        process_read(&process->output, arena);
    while (process->errors.fd >= 0)
        process_read(&process->errors, arena);
}

static void test_children(struct arena *arena)
{
    const char *const both[] = {"sh", "-c", "echo \"$A\"; echo no >&2; exit 3", NULL};
    const char *const environment[] = {"A=from us", "PATH=/usr/bin:/bin", NULL};
    struct process process;
    CHECK(process_start(both, environment, &process) == 0, "a child is started");
    read_all_of(&process, arena);
    CHECK_TEXT(process.output.text.items, "from us\n", "output, with its environment");
    CHECK_TEXT(process.errors.text.items, "no\n", "errors");
    CHECK(process_end(&process, false) == 3, "its status");

    /* Its own child has the pipe, too, and would keep it open for long. */
    const char *const slow[] = {"sh", "-c", "sleep 1000 & echo started; wait", NULL};
    CHECK(process_start(slow, NULL, &process) == 0, "another one");
    process_read(&process.output, arena);
    CHECK_TEXT(process.output.text.items, "started\n", "it runs");
    struct process_stream output = process.output;
    process.output.fd = -1;
    CHECK(process_end(&process, true) == 128 + 9, "killed");
    while (output.fd >= 0)
        process_read(&output, arena);
    CHECK_TEXT(output.text.items, "started\n", "and what it had started");

    const char *const none[] = {"drvlint-no-such-program", NULL};
    CHECK(process_start(none, NULL, &process) == ENOENT, "there is no such program");
}

static void test_unsaved(struct arena *arena)
{
    struct unsaved_files unsaved = {0};
    struct diag diag;
    char *text;
    size_t length;
    diag_init(&diag, arena);
    vec_push(arena, &unsaved.items, (struct unsaved_file){"/none/a.c", "int a;", 6});
    CHECK(unsaved_read(&unsaved, "/none/a.c", arena, &text, &length, &diag), "in a file's place");
    CHECK_TEXT(text, "int a;", "the text");
    CHECK(length == 6 && text != unsaved.items.items[0].text, "a copy, with its length");
    CHECK(!unsaved_read(&unsaved, "/none/b.c", arena, &text, &length, &diag), "another file");
    CHECK(!unsaved_find(NULL, "/none/a.c"), "no texts at all");
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    test_names(&arena);
    test_files(&arena);
    test_processes(&arena);
    test_children(&arena);
    test_unsaved(&arena);
    arena_finish(&arena);
    return check_status();
}
