/* From the results of a check (docs/formats.md) to what an editor shows. */
#include "lsp/internal.h"

#include "base/file.h"
#include "base/path.h"

#include <string.h>
#include <strings.h>

enum { MOST_LINES = 40 /* of one entry in the log */ };

enum { SEVERITY_OF_ERROR = 1, SEVERITY_OF_WARNING, SEVERITY_OF_NOTE, SEVERITY_OF_HINT };
enum { TAG_UNNECESSARY = 1 };

/* -- places -- */

struct source {
    const char *path;
    struct text text;
};

/* What is needed while results are taken. Findings live in `arena`, the rest in the server's
 * scratch. */
struct taking {
    struct server *server;
    struct driver *driver;
    struct arena *arena;
    VEC(struct source) sources;
};

/* The text that was checked. */
static struct text source_text(struct taking *taking, const char *path)
{
    for (size_t i = 0; i < taking->sources.len; i++)
        if (strcmp(taking->sources.items[i].path, path) == 0)
            return taking->sources.items[i].text;
    const struct check *check = &taking->server->check;
    struct arena *scratch = &taking->server->scratch;
    struct source source = {.path = path, .text = {"", 0}};
    struct diag ignored;
    char *bytes;
    size_t length;
    diag_init(&ignored, scratch);
    const struct snapshot *snapshot = NULL;
    for (size_t i = 0; i < check->snapshots.len; i++)
        if (strcmp(check->snapshots.items[i].path, path) == 0)
            snapshot = &check->snapshots.items[i];
    if (snapshot)
        source.text = snapshot->text;
    else if (file_read(path, scratch, &bytes, &length, &ignored))
        source.text = (struct text){bytes, length};
    vec_push(scratch, &taking->sources, source);
    return source.text;
}

/* The path and range of an object with "file", "line" and "column"; false without a file. */
static bool take_place(struct taking *taking, const struct json *object, const char **ret_path,
                       struct range *ret_range)
{
    const char *file = get_text(object, "file");
    if (!file)
        return false;
    *ret_path = path_normalize(taking->arena, path_join(taking->arena, taking->driver->root, file));
    *ret_range =
        text_word(source_text(taking, *ret_path), (uint32_t)json_number(json_get(object, "line")),
                  (uint32_t)json_number(json_get(object, "column")), taking->server->encoding);
    return true;
}

/* -- findings -- */

static int severity_of(const char *name)
{
    static const struct {
        const char *name;
        int severity;
    } rows[] = {{"error", SEVERITY_OF_ERROR}, {"warning", SEVERITY_OF_WARNING}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (name && strcmp(name, rows[i].name) == 0)
            return rows[i].severity;
    return SEVERITY_OF_NOTE;
}

static const char *copy(struct taking *taking, const struct json *object, const char *key)
{
    const char *text = get_text(object, key);
    return arena_strdup(taking->arena, text ? text : "");
}

/* The steps of the path, which are numbered: not every editor keeps their order. */
static void take_path(struct taking *taking, const struct json *path, struct diagnostic *diagnostic)
{
    for (size_t i = 0; i < json_count(path); i++) {
        const struct json *step = json_at(path, i);
        struct location related;
        if (!take_place(taking, step, &related.path, &related.range))
            continue;
        const char *text = get_text(step, "text");
        related.text = arena_printf(taking->arena, "%zu. %s", i + 1, text ? text : "");
        vec_push(taking->arena, &diagnostic->related, related);
    }
}

/* Suppressed and known findings do not count. */
static bool is_open(const struct json *finding)
{
    const char *baseline = get_text(finding, "baseline");
    return !json_get(finding, "suppression") && !(baseline && strcmp(baseline, "unchanged") == 0);
}

static void take_finding(struct taking *taking, const struct json *finding)
{
    struct diagnostic diagnostic = {.severity = severity_of(get_text(finding, "severity")),
                                    .rule = copy(taking, finding, "rule"),
                                    .message = copy(taking, finding, "message")};
    if (!is_open(finding))
        return;
    if (!take_place(taking, finding, &diagnostic.path, &diagnostic.range)) {
        log_message(taking->server, MESSAGE_WARNING, diagnostic.message);
        return;
    }
    take_path(taking, json_get(finding, "path"), &diagnostic);
    vec_push(taking->arena, &taking->driver->found.items, diagnostic);
}

/* What is odd about a suppression. If it has become needless, that is no fault. */
static void take_remark(struct taking *taking, const struct json *remark)
{
    struct diagnostic diagnostic = {.severity = SEVERITY_OF_WARNING,
                                    .message = copy(taking, remark, "text"),
                                    .unnecessary = json_bool(json_get(remark, "unused"))};
    if (diagnostic.unnecessary)
        diagnostic.severity = SEVERITY_OF_HINT;
    if (!take_place(taking, remark, &diagnostic.path, &diagnostic.range))
        return;
    if (diagnostic.unnecessary) { /* all of the comment, not its first word */
        struct position *end = &diagnostic.range.end;
        struct text line = text_line(source_text(taking, diagnostic.path), end->line);
        end->character = text_units(line, line.length, taking->server->encoding);
    }
    vec_push(taking->arena, &taking->driver->found.items, diagnostic);
}

static void take_help(struct taking *taking, const struct json *help)
{
    for (size_t i = 0; i < json_count(help); i++) {
        const struct json *item = json_at(help, i);
        const char *address = get_text(item, "address");
        struct help one = {.rule = arena_strdup(taking->arena, json_key(help, i)),
                           .text = copy(taking, item, "text")};
        if (address)
            one.address = arena_strdup(taking->arena, address);
        vec_push(taking->arena, &taking->driver->found.help, one);
    }
}

/* -- telling the client -- */

static void add_related(struct server *server, struct json *object,
                        const struct diagnostic *diagnostic)
{
    struct json *list = json_add_array(object, "relatedInformation");
    for (size_t i = 0; i < diagnostic->related.len; i++) {
        const struct location *related = &diagnostic->related.items[i];
        const struct document *document = document_of_path(server, related->path);
        struct json *item = json_add_object(list, NULL);
        struct json *location = json_add_object(item, "location");
        json_add_string(location, "uri",
                        document ? document->uri : uri_of_path(&server->scratch, related->path));
        add_range(location, "range", related->range);
        json_add_string(item, "message", related->text);
    }
}

static void add_diagnostic(struct server *server, struct json *list,
                           const struct diagnostic *diagnostic)
{
    struct json *object = json_add_object(list, NULL);
    add_range(object, "range", diagnostic->range);
    json_add_number(object, "severity", diagnostic->severity);
    json_add_string(object, "source", "drvlint");
    json_add_string(object, "message", diagnostic->message);
    if (diagnostic->rule) {
        const struct help *help = help_of(server, diagnostic->rule);
        json_add_string(object, "code", diagnostic->rule);
        if (help && help->address && server->client.code_description)
            json_add_string(json_add_object(object, "codeDescription"), "href", help->address);
    }
    if (diagnostic->unnecessary && server->client.tags)
        json_add_number(json_add_array(object, "tags"), NULL, TAG_UNNECESSARY);
    if (diagnostic->related.len && server->client.related)
        add_related(server, object, diagnostic);
}

/* Everything that is known of a file: two drivers may share it. */
static void publish(struct server *server, const char *path)
{
    const struct document *document = document_of_path(server, path);
    const struct check *check = &server->check;
    struct json *params;
    struct json *message = notification_new(server, "textDocument/publishDiagnostics", &params);
    json_add_string(params, "uri", document ? document->uri : uri_of_path(&server->scratch, path));
    for (size_t i = 0; server->client.versions && document && i < check->snapshots.len; i++)
        if (strcmp(check->snapshots.items[i].path, path) == 0)
            json_add_number(params, "version", check->snapshots.items[i].version);
    struct json *list = json_add_array(params, "diagnostics");
    for (size_t i = 0; i < server->drivers.len; i++) {
        const struct findings *found = &server->drivers.items[i]->found;
        for (size_t k = 0; k < found->items.len; k++)
            if (strcmp(found->items.items[k].path, path) == 0)
                add_diagnostic(server, list, &found->items.items[k]);
    }
    message_send(server, message);
}

typedef VEC(const char *) path_set;

static void add_path(struct server *server, path_set *paths, const char *path)
{
    for (size_t i = 0; i < paths->len; i++)
        if (strcmp(paths->items[i], path) == 0)
            return;
    vec_push(&server->scratch, paths, arena_strdup(&server->scratch, path));
}

static void add_paths(struct server *server, path_set *paths, const struct findings *found)
{
    for (size_t i = 0; i < found->items.len; i++)
        add_path(server, paths, found->items.items[i].path);
}

void diagnostics_clear(struct server *server, struct driver *driver)
{
    path_set paths = {0};
    add_paths(server, &paths, &driver->found);
    struct arena old = driver->found.arena;
    driver->found = (struct findings){.arena = server_arena(server)};
    for (size_t i = 0; i < paths.len; i++)
        publish(server, paths.items[i]);
    arena_finish(&old);
}

/* -- the log -- */

struct summary {
    struct arena *arena;
    VEC(const char *) lines; /* of what is not as good as a pass */
    size_t counts[4];
    bool doubt; /* a pass may be worth less than it looks */
};

static const char *const verdicts[] = {"defect", "pass", "unknown", "not applicable"};
enum { VERDICT_IS_UNKNOWN = 2 };

static void sum_verdicts(struct summary *summary, const struct json *list)
{
    for (size_t i = 0; i < json_count(list); i++) {
        const char *verdict = get_text(json_at(list, i), "verdict");
        const char *rule = get_text(json_at(list, i), "rule");
        const char *reason = get_text(json_at(list, i), "reason");
        size_t kind = 0;
        while (kind < ARRAY_LEN(verdicts) && (!verdict || strcmp(verdict, verdicts[kind]) != 0))
            kind++;
        if (kind == ARRAY_LEN(verdicts))
            continue;
        summary->counts[kind]++;
        if (kind != VERDICT_IS_UNKNOWN)
            continue;
        summary->doubt = true;
        vec_push(summary->arena, &summary->lines,
                 arena_printf(summary->arena, "unknown: %s: %s", rule ? rule : "",
                              reason ? reason : ""));
    }
}

static void sum_left_out(struct summary *summary, const struct json *list)
{
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *item = json_at(list, i);
        const char *file = get_text(item, "file"), *what = get_text(item, "what");
        summary->doubt |= json_bool(json_get(item, "blocksPass"));
        const char *place = file ? arena_printf(summary->arena, "%s:%u: ", file,
                                                (unsigned)json_number(json_get(item, "line")))
                                 : "";
        vec_push(summary->arena, &summary->lines,
                 arena_printf(summary->arena, "left out: %s%s", place, what ? what : ""));
    }
}

static bool is_source(const char *path)
{
    static const char *const extensions[] = {".c", ".cpp", ".cc", ".cxx"};
    for (size_t i = 0; i < ARRAY_LEN(extensions); i++)
        if (strcasecmp(path_extension(path), extensions[i]) == 0)
            return true;
    return false;
}

/* Open sources that the driver does not have. */
static void sum_strangers(struct taking *taking, struct summary *summary, const struct json *files)
{
    struct server *server = taking->server;
    for (size_t i = 0; i < server->documents.len; i++) {
        const struct document *document = server->documents.items[i];
        if (!document->open || document->driver != taking->driver || !is_source(document->path))
            continue;
        bool known = false;
        for (size_t k = 0; k < json_count(files); k++) {
            const char *file = json_string(json_at(files, k));
            known |= file &&
                     strcmp(path_normalize(summary->arena,
                                           path_join(summary->arena, taking->driver->root, file)),
                            document->path) == 0;
        }
        if (!known)
            vec_push(summary->arena, &summary->lines,
                     arena_printf(summary->arena, "'%s' is none of the driver's sources",
                                  path_relative(document->path, taking->driver->root)));
    }
}

static void log_summary(struct taking *taking, const struct json *results)
{
    struct arena *arena = &taking->server->scratch;
    struct summary summary = {.arena = arena};
    sum_verdicts(&summary, json_get(results, "verdicts"));
    sum_left_out(&summary, json_get(results, "leftOut"));
    sum_strangers(taking, &summary, json_get(results, "files"));
    const char *text = arena_printf(arena, "checked '%s':", path_base(taking->driver->root));
    for (size_t i = 0; i < ARRAY_LEN(verdicts); i++)
        text =
            arena_printf(arena, "%s%s %zu %s", text, i ? "," : "", summary.counts[i], verdicts[i]);
    for (size_t i = 0; i < summary.lines.len && i < MOST_LINES; i++)
        text = arena_printf(arena, "%s\n%s", text, summary.lines.items[i]);
    if (summary.lines.len > MOST_LINES)
        text = arena_printf(arena, "%s\n%zu more; 'drvlint check' shows all", text,
                            summary.lines.len - MOST_LINES);
    log_message(taking->server, summary.doubt ? MESSAGE_WARNING : MESSAGE_INFO, text);
}

/* -- public -- */

void diagnostics_take(struct server *server, const struct json *results)
{
    struct driver *driver = server->check.driver;
    struct findings old = driver->found;
    driver->found = (struct findings){.arena = server_arena(server)};
    driver->trouble = NULL;
    struct taking taking = {.server = server, .driver = driver, .arena = &driver->found.arena};
    const struct json *findings = json_get(results, "results");
    const struct json *remarks = json_get(results, "remarks");
    for (size_t i = 0; i < json_count(findings); i++)
        take_finding(&taking, json_at(findings, i));
    for (size_t i = 0; i < json_count(remarks); i++)
        take_remark(&taking, json_at(remarks, i));
    take_help(&taking, json_get(results, "help"));
    path_set paths = {0};
    for (size_t i = 0; i < server->documents.len; i++)
        if (server->documents.items[i]->open && server->documents.items[i]->driver == driver)
            add_path(server, &paths, server->documents.items[i]->path);
    add_paths(server, &paths, &old);
    add_paths(server, &paths, &driver->found);
    for (size_t i = 0; i < paths.len; i++)
        publish(server, paths.items[i]);
    arena_finish(&old.arena);
    log_summary(&taking, results);
}

void diagnostics_move(struct server *server, const struct document *document, struct range range,
                      uint32_t lines)
{
    uint32_t removed = range.end.line - range.start.line;
    for (size_t i = 0; document->path && i < server->drivers.len; i++) {
        struct findings *found = &server->drivers.items[i]->found;
        for (size_t k = 0; k < found->items.len; k++) {
            struct diagnostic *diagnostic = &found->items.items[k];
            struct position start = diagnostic->range.start;
            bool behind = start.line > range.end.line ||
                          (start.line == range.end.line && start.character >= range.end.character);
            if (!behind || strcmp(diagnostic->path, document->path) != 0)
                continue;
            diagnostic->range.start.line += lines - removed;
            diagnostic->range.end.line += lines - removed;
        }
    }
}
