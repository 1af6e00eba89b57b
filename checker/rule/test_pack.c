/* Packs: the test packs, and the ones that we ship.
 *
 *     test_pack TEST-PACKS RULES DOCS [--accept]
 *
 * The documentation of every shipped rule must be complete, and DOCS/<pack>/<rule>.md must be what
 * rule_explain() makes of it; --accept writes those pages. */
#include "base/file.h"
#include "base/path.h"
#include "rule/internal.h"
#include "test/check.h"

struct run {
    struct arena arena;
    struct interner names;
    struct diag diag;
    struct rule_pack pack;
    bool ok;
};

static void run_init(struct run *run, const char *directory)
{
    *run = (struct run){0};
    arena_init(&run->arena, NULL, NULL);
    interner_init(&run->names, &run->arena);
    diag_init(&run->diag, &run->arena);
    run->ok = rule_pack_load(directory, &run->names, &run->pack, &run->diag);
}

/* "file:line:column: text" of every message; files without their directories. */
static const char *messages(struct run *run)
{
    struct text text = {.arena = &run->arena};
    for (size_t i = 0; i < run->diag.messages.len; i++) {
        const struct diag_message *message = &run->diag.messages.items[i];
        const char *file = message->place.file ? path_base(message->place.file) : "-";
        text_printf(&text, "%s%s:%u:%u: %s", i ? "; " : "", file, message->place.line,
                    message->place.column, message->text);
    }
    return text_string(&text);
}

/* The list's names without the directory of the packs. */
static const char *joined(struct run *run, const char *root, const char *const *names, size_t count)
{
    struct text text = {.arena = &run->arena};
    for (size_t i = 0; i < count; i++) {
        size_t prefix = strncmp(names[i], root, strlen(root)) == 0 ? strlen(root) + 1 : 0;
        text_printf(&text, "%s%s", i ? " " : "", names[i] + prefix);
    }
    return text_string(&text);
}

#define JOINED(run, root, list) joined((run), (root), (list).items, (list).len)

static void check_top(struct run *run, const char *packs)
{
    const struct rule_pack *pack = &run->pack;
    CHECK_TEXT(messages(run), "", "nothing to report");
    CHECK(run->ok, "loads");
    CHECK_TEXT(pack->name, "top", "the pack's own name");
    CHECK_TEXT(pack->version, "2.0", "the pack's own version");
    CHECK_TEXT(pack->default_selection, "Quick", "the pack's own default");
    CHECK_TEXT(JOINED(run, packs, pack->packs), "base 1.0 middle 1.5 top 2.0", "bases first, once");
    CHECK_TEXT(JOINED(run, packs, pack->include_directories),
               "top/include middle/first middle/second base/include", "own headers first");
    CHECK_TEXT(JOINED(run, packs, pack->model_directories), "base/model top/model", "bases first");
    CHECK_TEXT(JOINED(run, packs, pack->model_files), "base/model/a.c base/model/b.c top/model/c.c",
               "sorted, C files only");
    CHECK_TEXT(JOINED(run, packs, pack->role_files), "top/roles.tsv", "found by its name");
    CHECK_TEXT(JOINED(run, packs, pack->recognise_includes), "top.h", "of the pack itself");
    CHECK_TEXT(JOINED(run, packs, pack->recognise_functions), "TopRegister TopStart",
               "of the pack itself");
    CHECK_TEXT(JOINED(run, packs, pack->constants), "LIMIT_A LIMIT_B", "sorted, once");
    struct text ids = {.arena = &run->arena};
    for (size_t i = 0; i < pack->rules.len; i++)
        text_printf(&ids, "%s/%s ", pack->rules.items[i].id,
                    pack->rules.items[i].part ? pack->rules.items[i].part : "");
    CHECK_TEXT(text_string(&ids), "Base/ Parts/second Parts/first Top/ ",
               "sorted by id, parts as in the file, subfolders too");
}

static void test_extends(const char *packs)
{
    struct run run;
    char path[4096];
    snprintf(path, sizeof(path), "%s/top/", packs);
    run_init(&run, path);
    check_top(&run, packs);
    arena_finish(&run.arena);
}

static void test_broken(const char *packs)
{
    static const struct {
        const char *pack, *want, *why;
    } cases[] = {
        {"absent", ": cannot read", "no such pack"},
        {"not_json", "pack.json:3:3: not valid JSON here", "a comma is missing"},
        {"unknown_key", "pack.json:4:3: unknown key 'extend'; did you mean 'extends'?",
         "misspelled"},
        {"wrong_type",
         "pack.json:4:14: 'include' must be an array of strings; "
         "pack.json:5:16: 'recognise' must be an object",
         "two wrong values"},
        {"wrong_item", "pack.json:4:36: 'functions' must be a string", "a number in a list"},
        {"nameless", "pack.json:0:0: the pack has no \"name\"", "no name"},
        {"cycle_a", "pack.json:0:0: the pack extends itself through 'cycle_a'", "through another"},
        {"no_directory", "pack.json:0:0: there is no directory", "include names nothing"},
        {"two_rules", "b.rule:1:6: there is already a rule 'Same'; a.rule:1:6: the other rule",
         "ids are unique in a pack"},
        {"no_base", ": cannot read", "the pack that it extends is not there"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run run;
        char path[4096];
        snprintf(path, sizeof(path), "%s/%s", packs, cases[i].pack);
        run_init(&run, path);
        CHECK(!run.ok, cases[i].why);
        CHECK(!run.pack.name, "not written on failure");
        const char *got = messages(&run);
        CHECK(strstr(got, cases[i].want), arena_printf(&run.arena, "%s: %s", path, got));
        arena_finish(&run.arena);
    }
}

/* ---- the packs that we ship ----------------------------------------------------------------- */

static void check_documented(const struct rule *rule)
{
    CHECK(rule->why && rule->bad && rule->good, rule->id);
    CHECK(rule->limits && rule->references.len, rule->id);
    CHECK(rule->bad && rule->good && strcmp(rule->bad, rule->good) != 0, rule->id);
    size_t length = strlen(rule->title);
    CHECK(length > 0 && length <= 100 && rule->title[length - 1] != '.', rule->id);
}

static void check_page(struct run *run, const char *directory, const struct rule *rule, bool accept)
{
    const char *path = arena_printf(&run->arena, "%s/%s.md", directory, rule->id);
    const char *want = rule_explain(rule, &run->arena);
    char *text;
    size_t length;
    if (accept) {
        CHECK(file_write(path, want, strlen(want), &run->diag), path);
        return;
    }
    bool ok = file_read(path, &run->arena, &text, &length, &run->diag);
    CHECK(ok && strcmp(text, want) == 0,
          arena_printf(&run->arena, "%s is stale; write it anew with --accept", path));
}

/* No page is left of a rule that is gone. */
static void check_no_other_pages(struct run *run, const char *directory)
{
    char **names;
    size_t count;
    CHECK(path_list(&run->arena, directory, &names, &count), directory);
    for (size_t i = 0; i < count; i++) {
        size_t stem = strlen(names[i]) - strlen(path_extension(names[i]));
        CHECK(rule_find(&run->pack, arena_strndup(&run->arena, names[i], stem)), names[i]);
    }
}

static void test_shipped(const char *rules, const char *docs, const char *name, bool accept)
{
    struct run run;
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", rules, name);
    run_init(&run, path);
    CHECK_TEXT(messages(&run), "", "a shipped pack has no errors and no warnings");
    CHECK(run.ok && run.pack.rules.len > 0, name);
    const char *pages = arena_printf(&run.arena, "%s/%s", docs, name);
    for (size_t i = 0; run.ok && i < run.pack.rules.len; i++) {
        const struct rule *rule = &run.pack.rules.items[i];
        if (rule->part_index != 0)
            continue;
        check_documented(rule);
        check_page(&run, pages, rule, accept);
    }
    if (run.ok)
        check_no_other_pages(&run, pages);
    arena_finish(&run.arena);
}

/* The example at the top of the language reference is a rule without mistakes. */
static void test_reference(const char *docs)
{
    struct run run = {0};
    char *text;
    size_t length;
    arena_init(&run.arena, NULL, NULL);
    interner_init(&run.names, &run.arena);
    diag_init(&run.diag, &run.arena);
    const char *path = path_join(&run.arena, path_directory(&run.arena, docs), "rule-language.md");
    bool ok = file_read(path, &run.arena, &text, &length, &run.diag);
    char *start = ok ? strstr(text, "\n    rule ") : NULL, *end = start;
    CHECK(start, path);
    while (end && (strncmp(end, "\n    ", 5) == 0 || strncmp(end, "\n\n", 2) == 0))
        end = strchr(end + 1, '\n');
    if (end)
        *end = '\0';
    CHECK(start && rule_parse(path, start, &run.names, &run.pack, &run.diag), path);
    CHECK(run.pack.rules.len == 1, "one rule");
    CHECK_TEXT(messages(&run), "", "the example of the reference");
    arena_finish(&run.arena);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: test_pack TEST-PACKS RULES DOCS [--accept]\n");
        return 2;
    }
    bool accept = argc > 4 && strcmp(argv[4], "--accept") == 0;
    test_extends(argv[1]);
    test_broken(argv[1]);
    test_shipped(argv[2], argv[3], "ndis", accept);
    test_reference(argv[3]);
    return check_status();
}
