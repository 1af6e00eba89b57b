/* Golden tests of the rule language.
 *
 *     test_golden DIRECTORY [--accept]
 *
 * DIRECTORY has one folder per kind of output; NAME.rule there is compared with NAME.txt:
 *   errors/    the diagnostics; there must be an error
 *   warnings/  the diagnostics; there must be warnings and no error
 *   print/     the canonical text; parsing that must give the same text
 *   explain/   the documentation and the list of all rules, as text and JSON
 * --accept writes what comes out instead of comparing it. */
#include "base/file.h"
#include "base/path.h"
#include "rule/internal.h"
#include "test/check.h"

#include <stdlib.h>

enum kind { KIND_ERRORS, KIND_WARNINGS, KIND_PRINT, KIND_EXPLAIN };

struct run {
    struct arena arena;
    struct interner names;
    struct diag diag;
    struct rule_pack pack;
};

static void run_init(struct run *run)
{
    *run = (struct run){0};
    arena_init(&run->arena, NULL, NULL);
    interner_init(&run->names, &run->arena);
    diag_init(&run->diag, &run->arena);
    run->pack.name = "golden";
    run->pack.version = "1";
}

/* The diagnostics as the reports show them, without a directory that depends on the machine. */
static char *render(struct run *run)
{
    static const char *const levels[] = {"note", "warning", "error"};
    struct text text = {.arena = &run->arena};
    for (size_t i = 0; i < run->diag.messages.len; i++) {
        const struct diag_message *message = &run->diag.messages.items[i];
        const struct place *place = &message->place;
        text_printf(&text, "%s:%u:%u: %s: %s\n", place->file ? path_base(place->file) : "-",
                    place->line, place->column, levels[message->level], message->text);
        if (!message->source_line)
            continue;
        text_printf(&text, "    %s\n    ", message->source_line);
        for (uint32_t column = 1; column < place->column; column++)
            text_put(&text, message->source_line[column - 1] == '\t' ? "\t" : " ");
        for (uint32_t k = 0; k < (place->length ? place->length : 1); k++)
            text_put(&text, k ? "~" : "^");
        text_put(&text, "\n");
    }
    return text_string(&text);
}

static char *print_all(struct run *run, const struct rule_pack *pack)
{
    struct text text = {.arena = &run->arena};
    for (size_t i = 0; i < pack->rules.len; i++)
        text_put(&text, rule_print(&pack->rules.items[i], &run->arena));
    return text_string(&text);
}

static char *explain_all(struct run *run)
{
    struct text text = {.arena = &run->arena};
    rule_pack_finish(&run->pack, &run->arena);
    for (size_t i = 0; i < run->pack.rules.len; i++) {
        const struct rule *rule = &run->pack.rules.items[i];
        if (rule->part_index + 1 == rule->nparts)
            text_printf(&text, "%s\n", rule_explain(rule, &run->arena));
    }
    text_printf(&text, "---- list\n%s---- json\n%s", rule_list(&run->pack, &run->arena),
                rule_list_json(&run->pack, &run->arena));
    return text_string(&text);
}

static char *print_twice(struct run *run, const char *file)
{
    char *first = print_all(run, &run->pack);
    struct rule_pack again = {0};
    CHECK(rule_parse(file, first, &run->names, &again, &run->diag), file);
    CHECK_TEXT(print_all(run, &again), first, "printed, parsed and printed again");
    CHECK_TEXT(render(run), "", "no diagnostics");
    return first;
}

static char *output_of(struct run *run, enum kind kind, const char *file, const char *source)
{
    bool ok = rule_parse(file, source, &run->names, &run->pack, &run->diag);
    CHECK(ok == (kind != KIND_ERRORS), file);
    CHECK(ok == (run->diag.errors == 0), file);
    switch (kind) {
    case KIND_ERRORS:
        return render(run);
    case KIND_WARNINGS:
        CHECK(run->diag.warnings > 0, file);
        return render(run);
    case KIND_PRINT:
        return print_twice(run, file);
    case KIND_EXPLAIN:
        return explain_all(run);
    }
    BUG_ON(true);
}

static void compare(struct run *run, const char *path, const char *got, bool accept)
{
    char *want;
    size_t length;
    if (accept) {
        CHECK(file_write(path, got, strlen(got), &run->diag), path);
        return;
    }
    bool ok = file_read(path, &run->arena, &want, &length, &run->diag);
    CHECK(ok, path);
    if (!ok || strcmp(got, want) == 0)
        return;
    size_t line = 1, at = 0;
    for (; got[at] && got[at] == want[at]; at++)
        line += got[at] == '\n';
    fprintf(stderr, "%s:%zu: differs from what comes out; accept it with --accept:\n%s\n", path,
            line, got);
    check_failures++;
}

static void test_file(enum kind kind, const char *path, bool accept)
{
    struct run run;
    run_init(&run);
    char *source;
    size_t length;
    if (file_read(path, &run.arena, &source, &length, &run.diag)) {
        const char *got = output_of(&run, kind, path, source);
        size_t stem = strlen(path) - strlen(path_extension(path));
        compare(&run, arena_printf(&run.arena, "%.*s.txt", (int)stem, path), got, accept);
    } else {
        CHECK(false, path);
    }
    arena_finish(&run.arena);
}

static void test_folder(enum kind kind, const char *directory, const char *folder, bool accept)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    char *path = path_join(&arena, directory, folder);
    char **names;
    size_t count, files = 0;
    CHECK(path_list(&arena, path, &names, &count), path);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(path_extension(names[i]), ".rule") != 0)
            continue;
        test_file(kind, path_join(&arena, path, names[i]), accept);
        files++;
    }
    CHECK(files > 0, path);
    arena_finish(&arena);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: test_golden DIRECTORY [--accept]\n");
        return 2;
    }
    bool accept = argc > 2 && strcmp(argv[2], "--accept") == 0;
    test_folder(KIND_ERRORS, argv[1], "errors", accept);
    test_folder(KIND_WARNINGS, argv[1], "warnings", accept);
    test_folder(KIND_PRINT, argv[1], "print", accept);
    test_folder(KIND_EXPLAIN, argv[1], "explain", accept);
    return check_status();
}
