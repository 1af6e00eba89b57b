/* One entry, and results as bytes. What happens to whole directories, between processes and to
 * broken files is tested with the program: testdata/cache/test_cache.py. */
#include "base/file.h"
#include "base/path.h"
#include "cache/cache.h"
#include "test/check.h"

/* -- entries -- */

static bool has(struct cache *cache, enum cache_kind kind, struct digest_value key,
                struct arena *arena, const char *want)
{
    const char *bytes;
    size_t length;
    return cache_get(cache, kind, key, arena, &bytes, &length) && length == strlen(want) &&
           memcmp(bytes, want, length) == 0;
}

static struct digest_value key_of(const struct cache *cache, enum cache_kind kind, const char *text)
{
    struct digest digest = cache_key(cache, kind);
    digest_text(&digest, text);
    return digest_value(&digest);
}

static void test_entries(struct arena *arena, const char *directory, const char *self)
{
    struct cache_usage usage;
    const char *place = path_join(arena, directory, "some/where");
    struct cache *cache = cache_open(arena, place, 1000, self);
    struct digest_value one = key_of(cache, CACHE_UNIT, "one"),
                        two = key_of(cache, CACHE_UNIT, "two");
    CHECK(!has(cache, CACHE_UNIT, one, arena, "first"), "nothing is there");
    CHECK(!path_exists(place), "and looking made nothing");
    cache_put(cache, CACHE_UNIT, one, "first", 5);
    CHECK(has(cache, CACHE_UNIT, one, arena, "first"), "it is there");
    CHECK(!has(cache, CACHE_UNIT, two, arena, "first"), "for its key only");
    CHECK(!has(cache, CACHE_RESULTS, one, arena, "first"), "for its kind only");
    CHECK(!digest_equal(one, key_of(cache, CACHE_RESULTS, "one")), "kinds have keys of their own");
    cache_put(cache, CACHE_UNIT, one, "second", 6);
    CHECK(has(cache, CACHE_UNIT, one, arena, "second"), "the last one stays");
    cache_put(cache, CACHE_MODEL, two, "", 0);
    CHECK(has(cache, CACHE_MODEL, two, arena, ""), "an empty one");
    cache_put(cache, CACHE_RESULTS, two, arena_alloc(arena, 1000), 1000);
    cache_usage(cache, &usage);
    CHECK(usage.entries[CACHE_UNIT] == 1 && usage.entries[CACHE_MODEL] == 1, "what is there");
    CHECK(usage.entries[CACHE_RESULTS] == 0, "what is beyond the limit is not kept");
    cache_close(cache);
    struct cache *again = cache_open(arena, place, 1000, self);
    CHECK(has(again, CACHE_UNIT, one, arena, "second"), "for another process");
    struct cache *other = cache_open(arena, place, 1000, path_join(arena, directory, "program"));
    CHECK(!digest_equal(one, key_of(other, CACHE_UNIT, "one")), "another program has other keys");
    struct cache *nobody = cache_open(arena, place, 1000, "/does/not/exist");
    cache_put(nobody, CACHE_UNIT, two, "third", 5);
    CHECK(!has(nobody, CACHE_UNIT, one, arena, "second") &&
              !has(cache, CACHE_UNIT, two, arena, "third"),
          "a program that cannot be read has no cache");
    cache_clear(again);
    CHECK(!has(again, CACHE_UNIT, one, arena, "second"), "cleared");
}

/* -- results -- */

static struct place place(uint32_t line)
{
    return (struct place){"file.c", line, line + 1, line + 2};
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_place(struct place a, struct place b)
{
    return same_text(a.file, b.file) && a.line == b.line && a.column == b.column &&
           a.length == b.length;
}

static struct results make(struct arena *arena)
{
    struct results results = {.functions = 7, .functions_analysed = 6};
    struct finding finding = {.rule = "Rule",
                              .severity = SEVERITY_WARNING,
                              .place = place(1),
                              .function = "function",
                              .message = "message"};
    struct step first = {STEP_ENTER, place(2), 3, "text", "state", "irql", "function"};
    struct step last = {.kind = STEP_ERROR, .text = "error"};
    struct rule_result rule = {
        .rule = "Rule", .title = "title", .verdict = VERDICT_DEFECT, .steps = UINT64_MAX};
    struct rule_result empty = {
        .rule = "Other", .verdict = VERDICT_NOT_APPLICABLE, .reason = "reason"};
    vec_push(arena, &finding.steps, first);
    vec_push(arena, &finding.steps, last);
    vec_push(arena, &finding.related, (struct related){place(4), "related"});
    vec_push(arena, &rule.findings, finding);
    vec_push(arena, &results.rules, rule);
    vec_push(arena, &results.rules, empty);
    vec_push(arena, &results.callbacks,
             (struct callback_info){"f", "ROLE", place(5), "registered"});
    vec_push(arena, &results.left_out, (struct left_out){LEFT_OUT_HOLE, place(6), "what"});
    vec_push(arena, &results.files, "file.c");
    vec_push(arena, &results.assumptions, "assumption");
    return results;
}

static void check_finding(const struct finding *finding)
{
    CHECK(finding->severity == SEVERITY_WARNING && same_place(finding->place, place(1)), "finding");
    CHECK_TEXT(finding->rule, "Rule", "finding");
    CHECK_TEXT(finding->function, "function", "finding");
    CHECK_TEXT(finding->message, "message", "finding");
    CHECK(finding->steps.len == 2 && finding->related.len == 1, "finding");
    const struct step *step = &finding->steps.items[0];
    CHECK(step->kind == STEP_ENTER && same_place(step->place, place(2)) && step->depth == 3,
          "step");
    CHECK_TEXT(step->text, "text", "step");
    CHECK_TEXT(step->state, "state", "step");
    CHECK_TEXT(step->irql, "irql", "step");
    CHECK_TEXT(step->function, "function", "step");
    CHECK(finding->steps.items[1].kind == STEP_ERROR, "the last step");
    CHECK_TEXT(finding->steps.items[1].state, NULL, "no state");
    CHECK(same_place(finding->related.items[0].place, place(4)), "related");
    CHECK_TEXT(finding->related.items[0].text, "related", "related");
}

static void check_results(const struct results *got)
{
    CHECK(got->functions == 7 && got->functions_analysed == 6, "numbers of functions");
    CHECK(got->rules.len == 2 && got->rules.items[0].findings.len == 1, "rules");
    const struct rule_result *rule = &got->rules.items[0], *empty = &got->rules.items[1];
    CHECK(rule->verdict == VERDICT_DEFECT && rule->steps == UINT64_MAX, "rule");
    CHECK_TEXT(rule->title, "title", "rule");
    CHECK_TEXT(rule->reason, NULL, "rule");
    CHECK(empty->verdict == VERDICT_NOT_APPLICABLE && !empty->findings.len, "rule");
    CHECK_TEXT(empty->reason, "reason", "rule");
    check_finding(&rule->findings.items[0]);
    CHECK(got->callbacks.len == 1 && same_place(got->callbacks.items[0].place, place(5)),
          "callback");
    CHECK_TEXT(got->callbacks.items[0].role, "ROLE", "callback");
    CHECK_TEXT(got->callbacks.items[0].how, "registered", "callback");
    CHECK(got->left_out.len == 1 && got->left_out.items[0].kind == LEFT_OUT_HOLE, "left out");
    CHECK_TEXT(got->left_out.items[0].what, "what", "left out");
    CHECK(got->files.len == 1 && got->assumptions.len == 1, "files and assumptions");
    CHECK_TEXT(got->assumptions.items[0], "assumption", "assumption");
}

static void test_results(struct arena *arena)
{
    struct serial_writer writer;
    struct serial_reader reader;
    struct results results = make(arena), got;
    serial_writer_init(&writer, arena);
    cache_write_results(&writer, &results);
    serial_reader_init(&reader, arena, writer.bytes.items, writer.bytes.len);
    cache_read_results(&reader, &got);
    CHECK(serial_end(&reader), "all is read");
    check_results(&got);
    for (size_t i = 0; i < writer.bytes.len; i++) {
        serial_reader_init(&reader, arena, arena_strndup(arena, writer.bytes.items, i), i);
        cache_read_results(&reader, &got);
        CHECK(!serial_end(&reader), "it ends too early");
    }
}

int main(void)
{
    struct arena arena;
    struct diag diag;
    arena_init(&arena, NULL, NULL);
    diag_init(&diag, &arena);
    char *directory = file_temporary_directory(&arena, &diag);
    const char *program = directory ? path_join(&arena, directory, "program") : NULL;
    CHECK(directory && file_write(program, "a program", 9, &diag), "a place for the test");
    if (directory)
        test_entries(&arena, directory, path_self(&arena));
    test_results(&arena);
    if (directory)
        file_remove_tree(directory);
    arena_finish(&arena);
    return check_status();
}
