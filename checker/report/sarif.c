/* The log, its one run, and everything of it but rules and results. */
#include "report/sarif.h"

#include <ctype.h>
#include <string.h>

/* ---- messages ------------------------------------------------------------------------------- */

const char *sarif_plain(struct arena *arena, const char *text)
{
    VEC(char) out = {0};
    if (!strstr(text, "]("))
        return text;
    for (; *text; text++) {
        if (*text == '[' || *text == ']')
            vec_push(arena, &out, '\\');
        vec_push(arena, &out, *text);
    }
    vec_push(arena, &out, '\0');
    return out.items;
}

const char *sarif_sentence(const struct sarif *sarif, const char *text)
{
    struct arena *arena = sarif->writer->scratch;
    char *sentence = arena_strdup(arena, text ? text : "");
    size_t length = strlen(sentence);
    while (length && isspace((unsigned char)sentence[length - 1]))
        sentence[--length] = '\0';
    size_t word = strspn(sentence, "abcdefghijklmnopqrstuvwxyz");
    if (strchr(" ,;:", sentence[word])) /* a word, not the name of something */
        sentence[0] = (char)toupper((unsigned char)sentence[0]);
    return length && sentence[length - 1] == '.' ? sentence : arena_printf(arena, "%s.", sentence);
}

void sarif_add_message(struct sarif *sarif, struct json *parent, const char *key, const char *text)
{
    struct arena *arena = sarif->writer->scratch;
    const char *sentence = sarif_sentence(sarif, clean_text(arena, text ? text : ""));
    json_add_string(json_add_object(parent, key), "text", sarif_plain(arena, sentence));
}

/* ---- tool, taxonomy, checkout --------------------------------------------------------------- */

static void add_tool(struct sarif *sarif, struct json *run)
{
    const struct report_options *options = sarif->writer->options;
    struct json *driver = json_add_object(json_add_object(run, "tool"), "driver");
    json_add_string(driver, "name", "drvlint");
    json_add_string(driver, "fullName", "drvlint, a rule checker for Windows drivers");
    if (options->version) {
        json_add_string(driver, "version", options->version);
        json_add_string(driver, "semanticVersion", options->version);
    }
    if (options->homepage)
        json_add_string(driver, "informationUri", options->homepage);
    json_add_string(driver, "language", "en-US");
    sarif_add_rules(sarif, driver);
    sarif_add_notification_rules(sarif, driver);
    if (options->pack)
        json_add_string(json_add_object(driver, "properties"), "pack", options->pack);
}

/* SRCROOT has no absolute address: logs of two machines are the same. */
static void add_bases(struct sarif *sarif, struct json *run)
{
    const struct revision *revision = &sarif->results->revision;
    struct json *bases = json_add_object(run, "originalUriBaseIds");
    struct json *root = json_add_object(bases, SARIF_ROOT);
    sarif_add_message(sarif, root, "description",
                      revision->root                   ? "the top directory of the checkout"
                      : sarif->writer->options->home ? "the directory of the project"
                                                     : "the directory in which drvlint was started");
    if (sarif->elsewhere) {
        struct json *elsewhere = json_add_object(bases, SARIF_ELSEWHERE);
        json_add_string(elsewhere, "uri", "file:///");
        sarif_add_message(sarif, elsewhere, "description", "the machine that drvlint ran on");
    }
    if (!revision->repository)
        return;
    struct json *entry = json_add_object(json_add_array(run, "versionControlProvenance"), NULL);
    json_add_string(entry, "repositoryUri", revision->repository);
    if (revision->commit)
        json_add_string(entry, "revisionId", revision->commit);
    if (revision->branch)
        json_add_string(entry, "branch", revision->branch);
    json_add_string(json_add_object(entry, "mappedTo"), "uriBaseId", SARIF_ROOT);
}

/* ---- what is said of the analysis itself ---------------------------------------------------- */

/* Indices into tool.driver.notifications. */
enum notice { NOTICE_LEFT_OUT, NOTICE_ASSUMED, NOTICE_HEADER, NOTICE_COVERAGE, NOTICE_REMARK };

static void add_notification(struct sarif *sarif, struct json *list, enum notice notice,
                             const struct place *place, const char *text)
{
    static const char *const ids[] = {"leftOut", "assumed", "missingHeader", "coverage", "remark"};
    struct json *notification = json_add_object(list, NULL);
    struct json *descriptor = json_add_object(notification, "descriptor");
    json_add_string(descriptor, "id", ids[notice]);
    json_add_number(descriptor, "index", notice);
    bool note = notice == NOTICE_ASSUMED || notice == NOTICE_COVERAGE;
    json_add_string(notification, "level", note ? "note" : "warning");
    sarif_add_message(sarif, notification, "message", text);
    if (place->file)
        sarif_add_place(sarif, json_add_object(json_add_array(notification, "locations"), NULL),
                        place, NULL, false);
}

static void add_coverage_notes(struct sarif *sarif, struct json *list)
{
    struct arena *arena = sarif->writer->scratch;
    const struct coverage *coverage = &sarif->results->coverage;
    struct place nowhere = place_none();
    for (size_t i = 0; i < coverage->headers.len; i++)
        if (!coverage->headers.items[i].harmless)
            add_notification(sarif, list, NOTICE_HEADER, &coverage->headers.items[i].place,
                             arena_printf(arena, "'%s' is nowhere to be found",
                                          coverage->headers.items[i].name));
    add_notification(sarif, list, NOTICE_COVERAGE, &nowhere,
                     coverage_summary(arena, sarif->results));
}

static void add_invocation(struct sarif *sarif, struct json *run)
{
    const struct results *results = sarif->results;
    struct json *invocation = json_add_object(json_add_array(run, "invocations"), NULL);
    json_add_bool(invocation, "executionSuccessful", true);
    sarif_add_overrides(sarif, invocation);
    struct json *list = json_add_array(invocation, "toolExecutionNotifications");
    for (size_t i = 0; i < results->left_out.len; i++) {
        const struct left_out *item = &results->left_out.items[i];
        add_notification(sarif, list, left_out_of_driver(item) ? NOTICE_LEFT_OUT : NOTICE_ASSUMED,
                         &item->place, item->what);
    }
    add_coverage_notes(sarif, list);
    for (size_t i = 0; i < results->remarks.len; i++)
        add_notification(sarif, list, NOTICE_REMARK, &results->remarks.items[i].place,
                         results->remarks.items[i].text);
}

static void add_artifacts(struct sarif *sarif, struct json *run)
{
    const struct results *results = sarif->results;
    struct json *list = json_add_array(run, "artifacts");
    for (size_t i = 0; i < results->files.len; i++) {
        struct json *artifact = json_add_object(list, NULL);
        sarif_add_artifact(sarif, artifact, "location", results->files.items[i]);
        json_add_string(json_add_array(artifact, "roles"), NULL, "analysisTarget");
    }
}

static void add_properties(struct sarif *sarif, struct json *run)
{
    const struct results *results = sarif->results;
    struct arena *arena = sarif->writer->scratch;
    struct json *properties = json_add_object(run, "properties");
    struct json *functions = json_add_object(properties, "functions");
    json_add_number(functions, "total", (double)results->functions);
    json_add_number(functions, "analysed", (double)results->functions_analysed);
    add_coverage(sarif->writer, properties, results);
    struct json *assumptions = json_add_array(properties, "assumptions");
    for (size_t i = 0; i < results->assumptions.len; i++)
        json_add_string(assumptions, NULL, clean_text(arena, results->assumptions.items[i]));
    struct json *callbacks = json_add_array(properties, "callbacks");
    for (size_t i = 0; i < results->callbacks.len; i++) {
        const struct callback_info *callback = &results->callbacks.items[i];
        struct json *object = json_add_object(callbacks, NULL);
        json_add_string(object, "function", callback->function);
        json_add_string(object, "role", callback->role);
        json_add_string(object, "how", callback->how);
    }
}

static void add_run(struct sarif *sarif, struct json *run)
{
    const struct report_options *options = sarif->writer->options;
    const char *driver = options->driver ? options->driver : "driver";
    sarif_add_taxonomies(sarif, run);
    add_tool(sarif, run);
    struct json *details = json_add_object(run, "automationDetails");
    json_add_string(details, "id",
                    arena_printf(sarif->writer->scratch, "drvlint/%s/",
                                 clean_text(sarif->writer->scratch, driver)));
    json_add_string(run, "columnKind", "utf16CodeUnits");
    if (!sarif->github)
        add_artifacts(sarif, run);
    sarif_add_results(sarif, run);
    add_invocation(sarif, run);
    add_bases(sarif, run);
    if (!sarif->github)
        add_properties(sarif, run);
}

bool report_sarif(const struct results *results, const struct report_options *options,
                  struct arena *scratch, FILE *out)
{
    struct report_options mine;
    struct writer writer = checkout_writer(results, options, &mine, scratch, out);
    struct sarif sarif = {.writer = &writer,
                          .results = results,
                          .pack = options->rules,
                          .github = options->profile == PROFILE_GITHUB};
    struct json *root = json_new_object(scratch->on_fail, scratch->context);
    json_add_string(root, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_add_string(root, "version", "2.1.0");
    add_run(&sarif, json_add_object(json_add_array(root, "runs"), NULL));
    put_json(&writer, root);
    return writer_end(&writer);
}
