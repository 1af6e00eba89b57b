/* Checks, one at a time, each a run of `drvlint check` in a process group of its own. So a check
 * that is superseded ends at once, whatever it is doing and with all compilers that it has started;
 * its memory is the system's again; and the server answers while it runs. */
#include "lsp/internal.h"

#include "base/file.h"
#include "base/path.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

extern char **environ;

typedef VEC(const char *) words;

/* -- what is wanted -- */

void check_want(struct server *server, struct driver *driver)
{
    check_stop(server, driver);
    driver->wanted = true;
}

void check_want_one(struct server *server, struct driver *driver)
{
    if (server->check.driver != driver)
        driver->wanted = true;
}

/* -- starting -- */

/* The texts that the files on disk do not have, as `drvlint check --unsaved` reads them. Below the
 * root they are named as seen from there: then nothing depends on links that lead to it. */
static const char *write_unsaved(struct server *server, struct check *check, struct diag *diag)
{
    struct json *texts = json_new_object(server->arena->on_fail, server->arena->context);
    for (size_t i = 0; i < server->documents.len; i++) {
        const struct document *document = server->documents.items[i];
        if (document->open && document->path && document_is_unsaved(server, document))
            json_add_string(texts, path_relative(document->path, check->driver->root),
                            document->text.bytes);
    }
    const char *file = path_join(&check->arena, check->directory, "unsaved.json");
    char *text = json_text(texts);
    bool ok = json_count(texts) == 0 || file_write(file, text, strlen(text), diag);
    const char *found = !ok ? NULL : json_count(texts) ? file : "";
    json_text_free(text);
    json_free(texts);
    return found;
}

static words command(struct server *server, struct check *check, const char *unsaved)
{
    struct arena *arena = &check->arena;
    words argv = {0};
    vec_push(arena, &argv, server->options->self);
    vec_push(arena, &argv, "check");
    vec_push(arena, &argv, arena_printf(arena, "--directory=%s", check->driver->root));
    vec_push(arena, &argv, "--format=json");
    vec_push(arena, &argv, "--editor");
    vec_push(arena, &argv, "--color=never");
    if (*unsaved)
        vec_push(arena, &argv, arena_printf(arena, "--unsaved=%s", unsaved));
    for (const char *const *option = server->options->options; *option; option++)
        vec_push(arena, &argv, *option);
    vec_push(arena, &argv, driver_input(arena, check->driver->root));
    vec_push(arena, &argv, "--");
    for (const char *const *flag = server->options->flags; *flag; flag++)
        vec_push(arena, &argv, *flag);
    vec_push(arena, &argv, NULL);
    return argv;
}

/* Ours, but with another place for temporary files: a check that is killed removes none. */
static words environment(struct check *check)
{
    words environment = {0};
    for (char **variable = environ; *variable; variable++)
        if (strncmp(*variable, "TMPDIR=", strlen("TMPDIR=")) != 0)
            vec_push(&check->arena, &environment, *variable);
    vec_push(&check->arena, &environment,
             arena_printf(&check->arena, "TMPDIR=%s", check->directory));
    vec_push(&check->arena, &environment, NULL);
    return environment;
}

static void take_snapshots(struct server *server, struct check *check)
{
    struct arena *arena = &check->arena;
    for (size_t i = 0; i < server->documents.len; i++) {
        const struct document *document = server->documents.items[i];
        if (!document->open || !document->path)
            continue;
        struct text text = document->text;
        text.bytes = arena_strndup(arena, text.bytes, text.length);
        vec_push(arena, &check->snapshots,
                 (struct snapshot){arena_strdup(arena, document->path), document->version, text});
    }
}

/* Asks the client for a place to show progress at. */
static void begin_progress(struct server *server)
{
    struct json *params;
    server->check.progress = ++server->last_request;
    if (!server->client.progress)
        return;
    struct json *request =
        request_new(server, server->check.progress, "window/workDoneProgress/create", &params);
    json_add_number(params, "token", server->check.progress);
    message_send(server, request);
}

static bool launch(struct server *server, struct check *check, struct diag *diag)
{
    const char *parent = server_directory(server);
    if (!parent)
        return diag_error(diag, place_none(), "cannot make a folder for temporary files");
    /* A name that was not there before: compilers of a check that was killed may still be dying in
     * its folder when that is removed. What they leave goes with the server. */
    check->directory = arena_printf(&check->arena, "%s/check-%u", parent, ++server->checks);
    if (mkdir(check->directory, 0700) < 0)
        return diag_error(diag, place_none(), "cannot make '%s': %s", check->directory,
                          strerror(errno));
    const char *unsaved = write_unsaved(server, check, diag);
    if (!unsaved)
        return false;
    words argv = command(server, check, unsaved);
    int error = process_start(argv.items, environment(check).items, &check->process);
    return !error ||
           diag_error(diag, place_none(), "cannot run '%s': %s", argv.items[0], strerror(error));
}

/* Releases everything of a check. */
static void finish(struct check *check)
{
    if (check->directory)
        file_remove_tree(check->directory);
    arena_finish(&check->arena);
    *check = (struct check){0};
}

/* Tells the user what is wrong, once. */
static void trouble(struct server *server, struct driver *driver, const char *text)
{
    const char *name = path_base(driver->root);
    const char *line = arena_printf(&server->scratch, "drvlint cannot check '%s': %.*s", name,
                                    (int)strcspn(text, "\n"), text);
    log_message(server, MESSAGE_ERROR,
                arena_printf(&server->scratch, "drvlint cannot check '%s':\n%s", name, text));
    if (driver->trouble && strcmp(driver->trouble, line) == 0)
        return;
    driver->trouble = arena_strdup(&driver->found.arena, line);
    show_message(server, MESSAGE_ERROR, line);
}

static void start(struct server *server, struct driver *driver)
{
    struct check *check = &server->check;
    struct diag diag;
    *check = (struct check){.arena = server_arena(server), .driver = driver};
    diag_init(&diag, &check->arena);
    driver->wanted = false;
    take_snapshots(server, check);
    if (launch(server, check, &diag)) {
        begin_progress(server);
    } else {
        trouble(server, driver, vec_last(&diag.messages).text);
        finish(check);
    }
}

void check_start(struct server *server)
{
    for (size_t i = 0; i < server->drivers.len && !server->check.driver; i++)
        if (server->drivers.items[i]->used && server->drivers.items[i]->wanted)
            start(server, server->drivers.items[i]);
}

/* -- progress -- */

static void tell_progress(struct server *server, const char *kind, const char *title)
{
    struct json *params, *message = notification_new(server, "$/progress", &params);
    json_add_number(params, "token", server->check.progress);
    struct json *value = json_add_object(params, "value");
    json_add_string(value, "kind", kind);
    if (title) {
        json_add_string(value, "title", title);
        json_add_bool(value, "cancellable", true);
    }
    message_send(server, message);
}

static bool is_progress(const struct server *server, double number)
{
    return server->check.driver && number > server->check.progress - 0.5 &&
           number < server->check.progress + 0.5;
}

void check_progress_answered(struct server *server, double number, bool ok)
{
    if (!is_progress(server, number) || !ok || server->check.progress_shown)
        return;
    server->check.progress_shown = true;
    tell_progress(server, "begin",
                  arena_printf(&server->scratch, "drvlint: checking %s",
                               path_base(server->check.driver->root)));
}

static void end_progress(struct server *server)
{
    if (server->check.progress_shown)
        tell_progress(server, "end", NULL);
}

/* -- ending -- */

void check_stop(struct server *server, const struct driver *driver)
{
    struct check *check = &server->check;
    if (!check->driver || (driver && driver != check->driver))
        return;
    process_end(&check->process, true);
    end_progress(server);
    finish(check);
}

void check_cancelled(struct server *server, const struct json *token)
{
    if (!token || json_kind(token) != JSON_NUMBER || !is_progress(server, json_number(token)))
        return;
    log_message(server, MESSAGE_INFO,
                arena_printf(&server->scratch, "the check of '%s' was cancelled",
                             path_base(server->check.driver->root)));
    check_stop(server, NULL);
}

static const char *text_of(const struct process_stream *stream)
{
    return stream->text.len ? stream->text.items : "";
}

/* Statuses other than 0, 1 and 3 are trouble. */
static void take_results(struct server *server, int status)
{
    struct check *check = &server->check;
    struct driver *driver = check->driver;
    struct diag diag;
    diag_init(&diag, &check->arena);
    if (status != 0 && status != 1 && status != 3) {
        const char *said = text_of(&check->process.errors);
        said += strncmp(said, "error: ", 7) == 0 ? 7 : 0;
        trouble(server, driver,
                *said ? said : arena_printf(&server->scratch, "it ended with status %d", status));
        return;
    }
    struct json *results = json_parse("results", text_of(&check->process.output),
                                      check->process.output.text.len, &diag);
    if (results)
        diagnostics_take(server, results);
    else
        trouble(server, driver, vec_last(&diag.messages).text);
    json_free(results);
}

void check_read(struct server *server, struct process_stream *stream)
{
    struct check *check = &server->check;
    process_read(stream, &check->arena);
    if (check->process.output.fd >= 0 || check->process.errors.fd >= 0)
        return;
    int status = process_end(&check->process, false);
    take_results(server, status);
    end_progress(server);
    finish(check);
}
