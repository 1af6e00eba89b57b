/* Fingerprints stay when a driver is edited elsewhere, and tell findings apart. */
#include "base/file.h"
#include "base/path.h"
#include "test/check.h"
#include "triage/internal.h"

#include <sys/stat.h>

struct fixture {
    struct arena arena;
    struct diag diag;
    char *directory;
};

static const char *write_source(struct fixture *f, const char *name, const char *text)
{
    const char *path = path_join(&f->arena, f->directory, name);
    CHECK(file_write(path, text, strlen(text), &f->diag), name);
    return path;
}

/* A finding that is broken on one line and whose state changed on another. */
struct sighting {
    const char *name, *file, *text; /* text: of the file */
    uint32_t line, state_line;
    const char *rule, *function, *message;
};

static struct finding finding_of(struct fixture *f, const struct sighting *s)
{
    const char *path = write_source(f, s->file, s->text);
    struct finding finding = {.rule = s->rule,
                              .place = {path, s->line, 5, 0},
                              .function = s->function,
                              .message = s->message};
    struct related related = {{path, s->state_line, 5, 0}, "the rule's state becomes 'held'"};
    vec_push(&f->arena, &finding.related, related);
    return finding;
}

static const char *fingerprint_of(struct fixture *f, const struct sighting *s)
{
    struct results results = {0};
    struct rule_result rule = {.rule = s->rule};
    vec_push(&f->arena, &rule.findings, finding_of(f, s));
    vec_push(&f->arena, &results.rules, rule);
    triage_fingerprints(&f->arena, &results);
    return results.rules.items[0].findings.items[0].fingerprint;
}

static void test_same(struct fixture *f)
{
    static const char text[] = "void F(void)\n{\n    Lock();\n    return;\n}\n";
    static const struct sighting first = {
        "first", "lock.c", text, 4, 3, "SpinLock", "F", "the lock taken at line 3 is held"};
    static const struct sighting same[] = {
        {"lines before it", "lock.c",
         "int x;\nint y;\nvoid F(void)\n{\n    Lock();\n    return;\n}\n", 6, 5, "SpinLock", "F",
         "the lock taken at line 5 is held"},
        {"lines between", "lock.c", "void F(void)\n{\n    Lock();\n    x = 1;\n    return;\n}\n", 5,
         3, "SpinLock", "F", "the lock taken at line 3 is held"},
        {"another layout", "lock.c", "void F(void)\n{\n\tLock( );\n\treturn ;\n}\n", 4, 3,
         "SpinLock", "F", "the lock taken at line 3 is held"},
        {"comments", "lock.c",
         "void F(void)\n{\n    Lock(/* now */);\n    return; // drvlint:ignore\n}\n", 4, 3,
         "SpinLock", "F", "the lock taken at line 3 is held"},
        {"another folder", "sub-lock/lock.c", text, 4, 3, "SpinLock", "F",
         "the lock taken at line 3 is held"},
    };
    static const struct sighting other[] = {
        {"another rule", "lock.c", text, 4, 3, "Other", "F", "the lock taken at line 3 is held"},
        {"another function", "lock.c", text, 4, 3, "SpinLock", "G",
         "the lock taken at line 3 is held"},
        {"another message", "lock.c", text, 4, 3, "SpinLock", "F",
         "the lock taken at line 3 is free"},
        {"another line", "lock.c", text, 5, 3, "SpinLock", "F", "the lock taken at line 3 is held"},
        {"another state line", "lock.c", text, 4, 2, "SpinLock", "F",
         "the lock taken at line 3 is held"},
        {"another file", "other.c", text, 4, 3, "SpinLock", "F",
         "the lock taken at line 3 is held"},
    };
    const char *want = fingerprint_of(f, &first);
    CHECK(strlen(want) == 32, want);
    CHECK_TEXT(want, "7b377161284895d0a012d0732a0f20a0", "as in earlier versions");
    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        CHECK_TEXT(fingerprint_of(f, &same[i]), want, same[i].name);
    for (size_t i = 0; i < ARRAY_LEN(other); i++)
        CHECK(strcmp(fingerprint_of(f, &other[i]), want) != 0, other[i].name);
}

/* Two findings that are alike in everything are still two. */
static void test_twins(struct fixture *f)
{
    static const struct sighting s = {"twin", "twin.c", "a;\na;\n", 1, 1, "R", "F", "twice"};
    struct results results = {0};
    struct rule_result rule = {.rule = "R"};
    vec_push(&f->arena, &rule.findings, finding_of(f, &s));
    vec_push(&f->arena, &rule.findings, finding_of(f, &s));
    rule.findings.items[1].place.line = 2;
    vec_push(&f->arena, &results.rules, rule);
    triage_fingerprints(&f->arena, &results);
    const struct finding *twins = results.rules.items[0].findings.items;
    CHECK(strcmp(twins[0].fingerprint, twins[1].fingerprint) != 0, "told apart");
    CHECK_TEXT(twins[0].fingerprint, fingerprint_of(f, &s), "the first one is as if alone");
}

static void test_repositories(struct fixture *f)
{
    static const struct {
        const char *remote, *want;
    } rows[] = {
        {"https://example.org/team/lan.git", "https://example.org/team/lan.git"},
        {"https://me:secret@example.org/lan.git", "https://example.org/lan.git"},
        {"https://me@corp:se@cret@example.org/a@b", "https://example.org/a@b"},
        {"ssh://git@example.org:22/lan.git", "ssh://example.org:22/lan.git"},
        {"git@example.org:team/lan.git", "https://example.org/team/lan.git"},
        {"example.org:/lan.git", "https://example.org/lan.git"},
        {"file:///home/me/lan", NULL},
        {"/home/me/lan", NULL},
        {"../lan", NULL},
        {"C:/lan", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        CHECK_TEXT(triage_repository(&f->arena, rows[i].remote), rows[i].want, rows[i].remote);
}

int main(void)
{
    struct fixture f = {0};
    arena_init(&f.arena, NULL, NULL);
    diag_init(&f.diag, &f.arena);
    f.directory = file_temporary_directory(&f.arena, &f.diag);
    if (!f.directory)
        return 2;
    CHECK(mkdir(path_join(&f.arena, f.directory, "sub-lock"), 0777) == 0, "folder");
    test_same(&f);
    test_twins(&f);
    test_repositories(&f);
    file_remove_tree(f.directory);
    arena_finish(&f.arena);
    return check_status();
}
