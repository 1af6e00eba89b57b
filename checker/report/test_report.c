/* Golden tests: the same results in every format. usage: test_report DIRECTORY [--accept] */
#include "base/file.h"
#include "base/path.h"
#include "report/report.h"
#include "rule/rule.h"
#include "test/check.h"

#include <stdlib.h>

struct fixture {
    struct arena arena;
    const char *directory, *driver;
    bool accept;
};

static struct place at(const struct fixture *f, uint32_t line, uint32_t column, uint32_t length)
{
    return (struct place){f->driver, line, column, length};
}

static void add_step(struct fixture *f, struct finding *finding, enum step_kind kind,
                     struct place place, uint32_t depth, const char *text, const char *state,
                     const char *irql)
{
    struct step step = {kind, place, depth, text, state, irql, "MPInitialize"};
    vec_push(&f->arena, &finding->steps, step);
}

static struct finding leak(struct fixture *f)
{
    struct finding finding = {.rule = "Init_DeRegisterInterrupt",
                              .severity = SEVERITY_ERROR,
                              .place = at(f, 7, 2, 24),
                              .function = "MPInitialize",
                              .message = "the interrupt registered at line 4 is not deregistered"};
    add_step(f, &finding, STEP_ENTER, at(f, 2, 13, 0), 0, "NDIS calls MPInitialize", "unregistered",
             "PASSIVE_LEVEL");
    add_step(f, &finding, STEP_STATE, at(f, 4, 23, 0), 1,
             "NdisMRegisterInterruptEx returns NDIS_STATUS_SUCCESS", "registered", "PASSIVE_LEVEL");
    add_step(f, &finding, STEP_DECISION, at(f, 5, 6, 0), 1,
             "'Status != NDIS_STATUS_SUCCESS' is false", "registered", "PASSIVE_LEVEL");
    add_step(f, &finding, STEP_CALL, at(f, 7, 9, 0), 1, "calls StartHardware", "registered",
             "PASSIVE_LEVEL");
    add_step(f, &finding, STEP_RETURN, at(f, 7, 9, 0), 2,
             "StartHardware returns NDIS_STATUS_FAILURE", "registered", NULL);
    add_step(f, &finding, STEP_ERROR, at(f, 7, 2, 0), 0,
             "MPInitialize returns with the interrupt registered", NULL, NULL);
    struct related related = {at(f, 4, 23, 24), "the interrupt is registered here"};
    vec_push(&f->arena, &finding.related, related);
    return finding;
}

static void add_rule(struct fixture *f, struct results *results, const char *rule,
                     enum verdict verdict, const char *reason, const struct finding *finding)
{
    struct rule_result result = {
        .rule = rule, .title = "a title", .verdict = verdict, .reason = reason, .steps = 1234};
    if (finding)
        vec_push(&f->arena, &result.findings, *finding);
    vec_push(&f->arena, &results->rules, result);
}

static void fill_coverage(struct fixture *f, struct coverage *coverage)
{
    struct file_coverage file = {.file = f->driver, .whole = 9, .holes = 2, .none = 1};
    struct function_coverage functions[] = {
        {LACK_HOLES, "MPPause", {f->driver, 11, 1, 0}, 1},
        {LACK_CALLER, "Forgotten", {f->driver, 12, 1, 0}, 0},
        {LACK_BODY, NULL, {f->driver, 13, 1, 0}, 0},
    };
    struct ddi_coverage ddis[] = {
        {"NdisBar", DDI_MODELLED, {f->driver, 2, 1, 0}, 1},
        {"NdisFoo", DDI_DEFAULTED, {f->driver, 3, 1, 0}, 2},
        {"Odd\033Name", DDI_UNKNOWN, {f->driver, 4, 1, 0}, 1},
    };
    struct header_coverage headers[] = {{"trace.tmh", {f->driver, 1, 10, 0}, true},
                                        {"gone.h", {f->driver, 2, 10, 0}, false}};
    vec_push(&f->arena, &coverage->files, file);
    for (size_t i = 0; i < ARRAY_LEN(functions); i++)
        vec_push(&f->arena, &coverage->functions, functions[i]);
    for (size_t i = 0; i < ARRAY_LEN(ddis); i++)
        vec_push(&f->arena, &coverage->ddis, ddis[i]);
    for (size_t i = 0; i < ARRAY_LEN(headers); i++)
        vec_push(&f->arena, &coverage->headers, headers[i]);
    coverage->whole = 9;
    coverage->holes = 2;
    coverage->none = coverage->unreached = 1;
    coverage->registered = 4;
    coverage->declared = 1;
}

static struct results sample(struct fixture *f)
{
    struct results results = {.functions = 12, .functions_analysed = 11};
    struct finding first = leak(f);
    struct finding odd = {.rule = "Odd",
                          .severity = SEVERITY_WARNING,
                          .place = at(f, 10, 47, 8),
                          .function = "MPHalt",
                          .message = "bytes \x1b[0m that no terminal should see \xe9"};
    struct finding far = {.rule = "Odd",
                          .severity = SEVERITY_NOTE,
                          .place = at(f, 12, 104, 4),
                          .message = "a caret far to the right"};
    struct finding wide = {.rule = "Odd",
                           .severity = SEVERITY_NOTE,
                           .place = at(f, 11, 37, 4),
                           .message = "wide characters before the caret"};
    struct finding gone = {.rule = "SpinLock",
                           .severity = SEVERITY_ERROR,
                           .message = "no such file",
                           .place = {"missing/lock.c", 3, 1, 0}};
    add_rule(f, &results, "Init_DeRegisterInterrupt", VERDICT_DEFECT, NULL, &first);
    add_rule(f, &results, "Irql_Interrupt_Function", VERDICT_PASS, NULL, NULL);
    add_rule(f, &results, "NdisFDeregisterFilterDriver", VERDICT_NOT_APPLICABLE,
             "no FILTER_ATTACH callback", NULL);
    add_rule(f, &results, "Odd", VERDICT_DEFECT, NULL, &odd);
    vec_push(&f->arena, &results.rules.items[3].findings, wide);
    vec_push(&f->arena, &results.rules.items[3].findings, far);
    add_rule(f, &results, "SpinLock", VERDICT_DEFECT, NULL, &gone);
    add_rule(f, &results, "Timer", VERDICT_UNKNOWN, "more than 4000000 steps", NULL);
    struct callback_info callback = {"MPHalt", "MINIPORT_HALT", at(f, 10, 26, 0), "registered"};
    vec_push(&f->arena, &results.callbacks, callback);
    struct left_out missing = {LEFT_OUT_ASSUMED, place_none(), "no model for 'NdisFoo'"};
    struct left_out broken = {LEFT_OUT_REST, {f->driver, 9, 0, 0}, "function 'Broken' does not compile"};
    vec_push(&f->arena, &results.left_out, missing);
    vec_push(&f->arena, &results.left_out, broken);
    fill_coverage(f, &results.coverage);
    vec_push(&f->arena, &results.files, "driver.c");
    vec_push(&f->arena, &results.assumptions, "NDIS calls callbacks in the documented order");
    return results;
}

/* Compares with a file of the directory, or writes it. */
static void check_golden(struct fixture *f, const char *name, const char *text)
{
    struct diag diag;
    diag_init(&diag, &f->arena);
    char *path = path_join(&f->arena, f->directory, name), *want = NULL;
    size_t length;
    if (f->accept) {
        CHECK(file_write(path, text, strlen(text), &diag), name);
        return;
    }
    CHECK(file_read(path, &f->arena, &want, &length, &diag), name);
    if (want && strcmp(want, text) != 0) {
        fprintf(stderr, "%s: got\n%s", name, text);
        check_failures++;
    }
}

static void check_writer(struct fixture *f, const struct report_format *format,
                         struct report_options options, const struct results *results,
                         const char *golden)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    struct arena scratch;
    arena_init(&scratch, NULL, NULL);
    options.version = "0.1.0";
    options.pack = "ndis 1.0";
    options.root = f->directory;
    CHECK(format->write(results, &options, &scratch, out), format->name);
    fclose(out);
    check_golden(f, golden, text);
    arena_finish(&scratch);
    free(text);
}

static void check_format(struct fixture *f, const char *format, struct report_options options,
                         const struct results *results, const char *golden)
{
    check_writer(f, report_find(format), options, results, golden);
}

static void test_coverage(struct fixture *f, const struct results *results,
                          const struct results *nothing)
{
    static const struct report_format doctor = {.name = "doctor", .write = report_doctor},
                                      ddis = {.name = "ddis", .write = report_ddis},
                                      json = {.name = "ddis", .write = report_ddis_json};
    check_writer(f, &doctor, (struct report_options){0}, results, "doctor.txt");
    check_writer(f, &doctor, (struct report_options){0}, nothing, "nothing_doctor.txt");
    check_writer(f, &ddis, (struct report_options){0}, results, "ddis.txt");
    check_writer(f, &json, (struct report_options){0}, results, "ddis.json");
}

static const char rules[] =
    "rule Init_DeRegisterInterrupt\n"
    "title \"interrupt stays registered\"\nsets DDIUsage, Default\n"
    "why \"\"\"\nAn interrupt that\nis forgotten.\n\nMore.\n\"\"\"\n"
    "see nf-ndis-ndismregisterinterruptex\n"
    "watch handle\nstates unregistered, registered\n"
    "on return NdisMRegisterInterruptEx(_, _, _, &handle) unregistered -> registered\n"
    "on call NdisMDeregisterInterruptEx(handle) registered -> unregistered\n"
    "on leave MINIPORT_INITIALIZE registered -> error \"left\"\n";

/* The same results when triage has marked them, for the formats that tell more. */
static void test_for_programs(struct fixture *f, struct results *results,
                              const struct results *nothing)
{
    struct diag diag;
    struct interner names;
    struct rule_pack pack = {0};
    struct weakness_table weaknesses = {0};
    diag_init(&diag, &f->arena);
    interner_init(&names, &f->arena);
    CHECK(rule_parse("test.rule", rules, &names, &pack, &diag), "the rule");
    rule_pack_finish(&pack, &f->arena);
    struct weakness leak = {"DDIUsage", "772", "Missing Release of Resource"};
    vec_push(&f->arena, &weaknesses.rows, leak);
    struct report_options options = {.driver = "e100",
                                     .homepage = "https://example.org/",
                                     .rules = &pack,
                                     .weaknesses = &weaknesses};
    struct finding *odd = results->rules.items[3].findings.items;
    odd[0].suppression = "the bytes are wanted";
    odd[0].suppressed_at = at(f, 10, 4, 0);
    odd[1].baseline = BASELINE_UNCHANGED;
    odd[2].baseline = BASELINE_NEW;
    struct remark remark = {at(f, 2, 1, 0), "nothing to suppress: no finding of 'Odd' on this line",
                            true};
    vec_push(&f->arena, &results->remarks, remark);
    struct gone gone = {.rule = "SpinLock",
                        .fingerprint = "fedcba9876543210fedcba9876543210",
                        .message = "the lock of [a](b) is still held",
                        .place = {path_join(&f->arena, f->directory, "old.c"), 7, 0, 0},
                        .function = "MPOld"};
    struct gone bare = {.rule = "Odd", .fingerprint = "00", .message = "a finding of 'Odd'"};
    vec_push(&f->arena, &results->gone, gone);
    vec_push(&f->arena, &results->gone, bare);
    results->rules.items[0].findings.items[0].fingerprint = "0123456789abcdef0123456789abcdef";
    check_format(f, "sarif", options, results, "results.sarif");
    check_format(f, "sarif", options, nothing, "nothing.sarif");
    check_format(f, "text", options, results, "marked.txt");
    check_format(f, "json", options, results, "marked.json");
    check_format(f, "github", options, results, "results.github");
    check_format(f, "github", options, nothing, "nothing.github");
    check_format(f, "gitlab", options, results, "results.gitlab");
    check_format(f, "gitlab", options, nothing, "nothing.gitlab");
    check_format(f, "junit", options, results, "results.junit");
    check_format(f, "junit", options, nothing, "nothing.junit");
    options.profile = PROFILE_GITHUB;
    check_format(f, "sarif", options, results, "github.sarif");
}

static void test_diagnostics(struct fixture *f)
{
    struct diag diag;
    diag_init(&diag, &f->arena);
    diag_error(&diag, place_none(), "no place");
    diag_warning(&diag, place_file("whole.c"), "a file");
    diag_note(&diag, at(f, 5, 6, 6), "a line that is read again");
    struct diag_message message = {
        DIAG_ERROR, {"pack.rule", 3, 4, 2}, "a line that is given", "ab\tcd ef", "clang"};
    diag_add(&diag, message);
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    struct report_options options = {.root = f->directory};
    report_diagnostics(&diag, &options, &f->arena, out);
    fclose(out);
    check_golden(f, "diagnostics.txt", text);
    free(text);
}

static void test_exit_status(struct fixture *f)
{
    struct results results = {0};
    CHECK(report_exit_status(&results, SEVERITY_NOTE) == 0, "nothing at all");
    add_rule(f, &results, "A", VERDICT_PASS, NULL, NULL);
    struct left_out harmless = {LEFT_OUT_ASSUMED, place_none(), "no model"};
    vec_push(&f->arena, &results.left_out, harmless);
    CHECK(report_exit_status(&results, SEVERITY_NOTE) == 0, "clean");
    results.left_out.items[0].kind = LEFT_OUT_HOLE;
    CHECK(report_exit_status(&results, SEVERITY_NOTE) == 3, "something left out");
    results.left_out.len = 0;
    add_rule(f, &results, "B", VERDICT_UNKNOWN, "budget", NULL);
    CHECK(report_exit_status(&results, SEVERITY_NOTE) == 3, "undecided");
    struct finding finding = leak(f);
    add_rule(f, &results, "C", VERDICT_DEFECT, NULL, &finding);
    CHECK(report_exit_status(&results, SEVERITY_NOTE) == 1, "a defect wins");
    struct finding *only = results.rules.items[2].findings.items;
    only->severity = SEVERITY_WARNING;
    CHECK(report_exit_status(&results, SEVERITY_WARNING) == 1, "as severe as that");
    CHECK(report_exit_status(&results, SEVERITY_ERROR) == 3, "not as severe as that");
    only->suppression = "why";
    CHECK(report_exit_status(&results, SEVERITY_NOTE) == 3, "suppressed");
    CHECK(!report_find("xml") && report_find("json"), "formats by name");
}

/* A full disk is not a clean report. */
static void test_write_error(const struct results *results)
{
    struct arena scratch;
    arena_init(&scratch, NULL, NULL);
    FILE *out = fopen("/dev/full", "w");
    struct report_options options = {0};
    for (const struct report_format *format = report_formats; out && format->name; format++)
        CHECK(!format->write(results, &options, &scratch, out), "no space left");
    if (out)
        fclose(out);
    arena_finish(&scratch);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    struct fixture f = {.accept = argc > 2};
    arena_init(&f.arena, NULL, NULL);
    f.directory = path_absolute(&f.arena, argv[1]);
    f.driver = path_join(&f.arena, f.directory, "driver.c");
    struct results results = sample(&f);
    struct results nothing = {0};
    check_format(&f, "text", (struct report_options){0}, &results, "results.txt");
    check_format(&f, "text", (struct report_options){.colour = true}, &results, "colours.txt");
    check_format(&f, "text", (struct report_options){.quiet = true}, &results, "quiet.txt");
    check_format(&f, "text", (struct report_options){0}, &nothing, "nothing.txt");
    check_format(&f, "json", (struct report_options){0}, &results, "results.json");
    check_format(&f, "json", (struct report_options){0}, &nothing, "nothing.json");
    test_coverage(&f, &results, &nothing);
    test_for_programs(&f, &results, &nothing);
    test_diagnostics(&f);
    test_exit_status(&f);
    test_write_error(&results);
    arena_finish(&f.arena);
    return check_status();
}
