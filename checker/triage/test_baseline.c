/* What a baseline keeps, and what it says of the next run. */
#include "test/check.h"
#include "triage/triage.h"

static void add(struct arena *arena, struct results *results, const char *rule,
                const char *fingerprint, const char *suppression)
{
    struct rule_result result = {.rule = rule, .verdict = VERDICT_DEFECT};
    struct finding finding = {.rule = rule,
                              .place = {"/src/a.c", 3, 1, 0},
                              .function = "F",
                              .message = "wrong",
                              .fingerprint = fingerprint,
                              .suppression = suppression};
    vec_push(arena, &result.findings, finding);
    vec_push(arena, &results->rules, result);
}

static enum baseline baseline_of(const struct results *results, size_t rule)
{
    return results->rules.items[rule].findings.items[0].baseline;
}

static void test_next_run(struct arena *arena)
{
    struct diag diag;
    diag_init(&diag, arena);
    struct results before = {0}, after = {0};
    add(arena, &before, "Lock", "11", NULL);
    add(arena, &before, "Irql", "22", NULL);
    add(arena, &before, "Timer", "33", "tested by hand");
    add(arena, &before, "Oid", "44", NULL);
    const char *text = triage_baseline(&before, "/src", arena);
    CHECK(strstr(text, "\"file\": \"a.c\""), "names are relative");

    add(arena, &after, "Lock", "11", NULL);
    add(arena, &after, "Irql", "23", NULL);
    add(arena, &after, "Timer", "33", NULL);
    add(arena, &after, "Oid", "45", NULL);
    after.rules.items[3].verdict = VERDICT_UNKNOWN;
    CHECK(triage_compare(arena, "b.json", "/src", text, strlen(text), true, &after, &diag), "a baseline");
    CHECK(baseline_of(&after, 0) == BASELINE_UNCHANGED, "known");
    CHECK(baseline_of(&after, 1) == BASELINE_NEW, "another one");
    CHECK(baseline_of(&after, 2) == BASELINE_NEW, "no longer suppressed");
    CHECK(!finding_is_open(&after.rules.items[0].findings.items[0]), "known ones do not count");
    CHECK(finding_is_open(&after.rules.items[1].findings.items[0]), "new ones do");
    CHECK(after.remarks.len == 1, "of an undecided rule nothing is known to be gone");
    CHECK_TEXT(after.remarks.items[0].text,
               "'b.json' has a finding of 'Irql' in 'a.c' that is gone", "gone");
    CHECK(after.gone.len == 1, "it is kept");
    const struct gone *gone = &after.gone.items[0];
    CHECK_TEXT(gone->fingerprint, "22", "who it was");
    CHECK_TEXT(gone->rule, "Irql", "its rule");
    CHECK_TEXT(gone->place.file, "/src/a.c", "its file");
    CHECK(gone->place.line == 3, "its line");
    CHECK_TEXT(gone->function, "F", "its function");
    CHECK_TEXT(gone->message, "wrong", "its message");

    struct results second = {0};
    add(arena, &second, "Irql", "23", NULL);
    const char *more = triage_baseline(&second, "/src", arena);
    CHECK(triage_compare(arena, "c.json", "/src", more, strlen(more), false, &after, &diag), "one more");
    CHECK(triage_compare(arena, "b.json", "/src", text, strlen(text), true, &after, &diag) &&
              after.gone.len == 1 && after.remarks.len == 1,
          "what is gone is gone once");
    CHECK(baseline_of(&after, 0) == BASELINE_UNCHANGED, "stays known");
    CHECK(baseline_of(&after, 1) == BASELINE_UNCHANGED, "known from the other one");
}

static void test_errors(struct arena *arena)
{
    static const char *const rows[] = {
        "",
        "[]",
        "{}",
        "{\"schema\": \"drvlint-results\", \"version\": 1}",
        "{\"schema\": \"drvlint-baseline\"}",
        "{\"schema\": \"drvlint-baseline\", \"version\": 2, \"findings\": []}",
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct diag diag;
        struct results results = {0};
        diag_init(&diag, arena);
        CHECK(!triage_compare(arena, "b.json", "/", rows[i], strlen(rows[i]), true, &results, &diag),
              rows[i]);
        CHECK(diag.errors == 1, rows[i]);
    }
    /* What is missing in an entry makes it match nothing. */
    static const char odd[] = "{\"schema\": \"drvlint-baseline\", \"version\": 1,"
                              " \"findings\": [1, {}, {\"fingerprint\": 11}]}";
    struct diag diag;
    struct results results = {0};
    diag_init(&diag, arena);
    add(arena, &results, "Lock", "11", NULL);
    CHECK(triage_compare(arena, "b.json", "/", odd, strlen(odd), true, &results, &diag), "odd entries");
    CHECK(baseline_of(&results, 0) == BASELINE_NEW, "odd entries are nobody");
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    test_next_run(&arena);
    test_errors(&arena);
    arena_finish(&arena);
    return check_status();
}
