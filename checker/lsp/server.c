/* The loop: messages of the client, and what a check writes, as they come. */
#include "lsp/internal.h"

#include "base/file.h"
#include "base/path.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>

struct arena server_arena(const struct server *server)
{
    struct arena arena;
    arena_init(&arena, server->arena->on_fail, server->arena->context);
    arena.fail_after = server->arena->fail_after;
    return arena;
}

const char *server_directory(struct server *server)
{
    struct diag ignored;
    diag_init(&ignored, &server->scratch);
    if (!server->directory)
        server->directory = file_temporary_directory(server->arena, &ignored);
    return server->directory;
}

/* -- folders of the workspace -- */

static void add_folder(struct server *server, const char *uri)
{
    const char *path = uri ? uri_path(&server->folder_arena, uri) : NULL;
    if (path)
        vec_push(&server->folder_arena, &server->folders, path);
}

static void remove_folder(struct server *server, const char *uri)
{
    const char *path = uri ? uri_path(&server->scratch, uri) : NULL;
    size_t kept = 0;
    for (size_t i = 0; i < server->folders.len; i++)
        if (!path || strcmp(server->folders.items[i], path) != 0)
            server->folders.items[kept++] = server->folders.items[i];
    server->folders.len = kept;
}

static void folders_changed(struct server *server, const struct json *params)
{
    const struct json *event = json_get(params, "event");
    const struct json *removed = json_get(event, "removed"), *added = json_get(event, "added");
    for (size_t i = 0; i < json_count(removed); i++)
        remove_folder(server, get_text(json_at(removed, i), "uri"));
    for (size_t i = 0; i < json_count(added); i++)
        add_folder(server, get_text(json_at(added, i), "uri"));
    drivers_reassign(server);
}

static void take_folders(struct server *server, const struct json *params)
{
    const struct json *folders = json_get(params, "workspaceFolders");
    for (size_t i = 0; i < json_count(folders); i++)
        add_folder(server, get_text(json_at(folders, i), "uri"));
    if (json_count(folders))
        return;
    const char *root = get_text(params, "rootPath");
    if (get_text(params, "rootUri"))
        add_folder(server, get_text(params, "rootUri"));
    else if (root)
        add_folder(server, uri_of_path(&server->scratch, root));
}

/* -- the client's life -- */

/* A value deep in an object: "a.b.c"; NULL if it is not there. */
static const struct json *deep(struct server *server, const struct json *object, const char *path)
{
    for (size_t length; object && *path; path += length + (path[length] == '.')) {
        length = strcspn(path, ".");
        object = json_get(object, arena_strndup(&server->scratch, path, length));
    }
    return object;
}

static bool has_text(const struct json *list, const char *text)
{
    if (!list || json_kind(list) != JSON_ARRAY)
        return false;
    for (size_t i = 0; i < json_count(list); i++) {
        const char *item = json_string(json_at(list, i));
        if (item && strcmp(item, text) == 0)
            return true;
    }
    return false;
}

static void take_capabilities(struct server *server, const struct json *capabilities)
{
    struct client *client = &server->client;
    const struct {
        const char *path;
        bool *field;
    } flags[] = {
        {"textDocument.publishDiagnostics.relatedInformation", &client->related},
        {"textDocument.publishDiagnostics.codeDescriptionSupport", &client->code_description},
        {"textDocument.publishDiagnostics.versionSupport", &client->versions},
        {"window.workDoneProgress", &client->progress},
        {"window.showDocument.support", &client->show_document},
        {"workspace.workspaceEdit.documentChanges", &client->document_changes},
    };
    for (size_t i = 0; i < ARRAY_LEN(flags); i++)
        *flags[i].field = json_bool(deep(server, capabilities, flags[i].path));
    client->tags =
        deep(server, capabilities, "textDocument.publishDiagnostics.tagSupport.valueSet");
    client->literal_actions =
        deep(server, capabilities, "textDocument.codeAction.codeActionLiteralSupport");
    client->markdown =
        has_text(deep(server, capabilities, "textDocument.hover.contentFormat"), "markdown");
    if (has_text(deep(server, capabilities, "general.positionEncodings"), "utf-8"))
        server->encoding = ENCODING_UTF8;
}

static void add_capabilities(struct server *server, struct json *result)
{
    struct json *capabilities = json_add_object(result, "capabilities");
    json_add_string(capabilities, "positionEncoding",
                    server->encoding == ENCODING_UTF8 ? "utf-8" : "utf-16");
    struct json *sync = json_add_object(capabilities, "textDocumentSync");
    json_add_bool(sync, "openClose", true);
    json_add_number(sync, "change", 2); /* by edits */
    json_add_bool(sync, "save", true);
    json_add_bool(capabilities, "hoverProvider", true);
    if (server->client.literal_actions) {
        struct json *actions = json_add_object(capabilities, "codeActionProvider");
        json_add_string(json_add_array(actions, "codeActionKinds"), NULL, "quickfix");
    } else {
        json_add_bool(capabilities, "codeActionProvider", true);
    }
    struct json *commands = json_add_object(capabilities, "executeCommandProvider");
    json_add_string(json_add_array(commands, "commands"), NULL, EXPLAIN_COMMAND);
    struct json *workspace = json_add_object(capabilities, "workspace");
    struct json *folders = json_add_object(workspace, "workspaceFolders");
    json_add_bool(folders, "supported", true);
    json_add_bool(folders, "changeNotifications", true);
}

static void initialize(struct server *server, const struct json *id, const struct json *params)
{
    if (server->life != LIFE_NEW) {
        respond_error(server, id, ERROR_INVALID_REQUEST, "the server is initialized already");
        return;
    }
    take_folders(server, params);
    take_capabilities(server, json_get(params, "capabilities"));
    struct json *response = response_new(server, id), *result = json_add_object(response, "result");
    add_capabilities(server, result);
    struct json *info = json_add_object(result, "serverInfo");
    json_add_string(info, "name", "drvlint");
    json_add_string(info, "version", server->options->version);
    message_send(server, response);
    server->life = LIFE_RUNNING;
}

static void shutdown_server(struct server *server, const struct json *id, const struct json *params)
{
    (void)params;
    check_stop(server, NULL);
    server->shutdown = true;
    server->life = LIFE_SHUTDOWN;
    struct json *response = response_new(server, id);
    json_add_string(response, "result", NULL);
    message_send(server, response);
}

static void exit_server(struct server *server, const struct json *params)
{
    (void)params;
    server->life = LIFE_OVER;
}

static void progress_cancelled(struct server *server, const struct json *params)
{
    check_cancelled(server, json_get(params, "token"));
}

/* Something outside of the documents is different, a project file for example. */
static void files_changed(struct server *server, const struct json *params)
{
    (void)params;
    drivers_reassign(server);
    for (size_t i = 0; i < server->drivers.len; i++)
        if (server->drivers.items[i]->used)
            check_want(server, server->drivers.items[i]);
}

/* -- messages -- */

static const struct {
    const char *method;
    void (*answer)(struct server *server, const struct json *id, const struct json *params);
} requests[] = {
    {"initialize", initialize},
    {"shutdown", shutdown_server},
    {"textDocument/hover", help_hover},
    {"textDocument/codeAction", help_actions},
    {"workspace/executeCommand", help_command},
};

/* All others may be ignored, $/cancelRequest too: requests are answered in their order, at once. */
static const struct {
    const char *method;
    void (*hear)(struct server *server, const struct json *params);
} notifications[] = {
    {"exit", exit_server},
    {"textDocument/didOpen", document_opened},
    {"textDocument/didChange", document_changed},
    {"textDocument/didSave", document_saved},
    {"textDocument/didClose", document_closed},
    {"window/workDoneProgress/cancel", progress_cancelled},
    {"workspace/didChangeWatchedFiles", files_changed},
    {"workspace/didChangeWorkspaceFolders", folders_changed},
};

static void take_request(struct server *server, const char *method, const struct json *id,
                         const struct json *params)
{
    if (server->life == LIFE_SHUTDOWN) {
        respond_error(server, id, ERROR_INVALID_REQUEST, "the server is shut down");
        return;
    }
    if (server->life == LIFE_NEW && strcmp(method, "initialize") != 0) {
        respond_error(server, id, ERROR_NOT_INITIALIZED, "the server is not initialized");
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(requests); i++)
        if (strcmp(requests[i].method, method) == 0) {
            requests[i].answer(server, id, params);
            return;
        }
    respond_error(server, id, ERROR_NO_METHOD,
                  arena_printf(&server->scratch, "there is no method '%s'", method));
}

static void take_notification(struct server *server, const char *method, const struct json *params)
{
    for (size_t i = 0; i < ARRAY_LEN(notifications); i++)
        if (strcmp(notifications[i].method, method) == 0 &&
            (server->life == LIFE_RUNNING || notifications[i].hear == exit_server))
            notifications[i].hear(server, params);
}

static void take_message(struct server *server, const struct json *message)
{
    const char *method = get_text(message, "method");
    const struct json *id = json_get(message, "id"), *params = json_get(message, "params");
    bool named = id && (json_kind(id) == JSON_NUMBER || json_kind(id) == JSON_STRING);
    if (method && named)
        take_request(server, method, id, params);
    else if (method && !id)
        take_notification(server, method, params);
    else if (!method && id && (json_get(message, "result") || json_get(message, "error")))
        check_progress_answered(server, json_number(id), !json_get(message, "error"));
    else
        respond_error(server, named ? id : NULL, ERROR_INVALID_REQUEST,
                      "this is no request, notification or response");
}

static void take_text(struct server *server, const char *text, size_t length)
{
    struct diag diag;
    diag_init(&diag, &server->scratch);
    struct json *message = json_parse("message", text, length, &diag);
    if (message)
        take_message(server, message);
    else
        respond_error(server, NULL, ERROR_PARSE, vec_last(&diag.messages).text);
    json_free(message);
}

/* Takes all messages that are there. */
static void take_messages(struct server *server)
{
    while (server->life != LIFE_OVER) {
        const char *text;
        size_t length;
        enum taken taken = stream_take(&server->in, &server->scratch, &text, &length);
        switch (taken) {
        case TAKEN_NOTHING:
            return;
        case TAKEN_MESSAGE:
            take_text(server, text, length);
            break;
        case TAKEN_NO_HEADER:
            respond_error(server, NULL, ERROR_PARSE,
                          "there is no header with a Content-Length in front of a message");
            break;
        case TAKEN_TOO_LONG:
            respond_error(server, NULL, ERROR_INVALID_REQUEST,
                          arena_printf(&server->scratch, "a message is longer than %d bytes",
                                       (int)MOST_MESSAGE));
            break;
        }
        arena_finish(&server->scratch);
    }
}

/* -- the loop -- */

enum { ENDING_SIGNALS = 3 };
static const int ending_signals[ENDING_SIGNALS] = {SIGHUP, SIGINT, SIGTERM};

struct signals {
    sigset_t mask;
    struct sigaction actions[ENDING_SIGNALS], pipe;
};

static void wake_up(int signal)
{
    (void)signal;
}

/* Signals that ask to end come while we wait for something, and at no other time: then nothing but
 * the wait has to know of them. */
static void hold_signals(struct signals *was)
{
    sigset_t held;
    struct sigaction wake = {.sa_handler = wake_up}, ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&held);
    sigemptyset(&wake.sa_mask);
    sigemptyset(&ignore.sa_mask);
    for (size_t i = 0; i < ENDING_SIGNALS; i++)
        sigaddset(&held, ending_signals[i]);
    sigprocmask(SIG_BLOCK, &held, &was->mask);
    for (size_t i = 0; i < ENDING_SIGNALS; i++)
        sigaction(ending_signals[i], &wake, &was->actions[i]);
    sigaction(SIGPIPE, &ignore, &was->pipe);
}

/* One that came while we were ending anyway has no effect any more. */
static void release_signals(const struct signals *was)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    for (size_t i = 0; i < ENDING_SIGNALS; i++)
        sigaction(ending_signals[i], &ignore, NULL);
    sigprocmask(SIG_SETMASK, &was->mask, NULL);
    for (size_t i = 0; i < ENDING_SIGNALS; i++)
        sigaction(ending_signals[i], &was->actions[i], NULL);
    sigaction(SIGPIPE, &was->pipe, NULL);
}

/* Waits for the client or the check, and reads what is there. False when it is time to end. */
static bool wait_and_read(struct server *server, int in, const sigset_t *mask)
{
    struct process *process = &server->check.process;
    bool running = server->check.driver;
    struct pollfd polled[] = {{.fd = in, .events = POLLIN},
                              {.fd = running ? process->output.fd : -1, .events = POLLIN},
                              {.fd = running ? process->errors.fd : -1, .events = POLLIN}};
    if (ppoll(polled, ARRAY_LEN(polled), NULL, mask) < 0)
        return false;
    if (polled[0].revents && !stream_read(&server->in, in))
        return false;
    if (polled[1].revents)
        check_read(server, &process->output);
    if (polled[2].revents && server->check.driver)
        check_read(server, &process->errors);
    return true;
}

static void finish(struct server *server)
{
    check_stop(server, NULL);
    for (size_t i = 0; i < server->documents.len; i++)
        arena_finish(&server->documents.items[i]->arena);
    for (size_t i = 0; i < server->drivers.len; i++) {
        arena_finish(&server->drivers.items[i]->arena);
        arena_finish(&server->drivers.items[i]->found.arena);
    }
    if (server->directory)
        file_remove_tree(server->directory);
    stream_finish(&server->in);
    arena_finish(&server->folder_arena);
    arena_finish(&server->scratch);
}

bool lsp_serve(struct arena *arena, const struct lsp_options *options, int in, int out)
{
    struct server server = {.options = options, .arena = arena, .out = out};
    struct signals signals;
    server.scratch = server_arena(&server);
    server.folder_arena = server_arena(&server);
    stream_init(&server.in, arena);
    hold_signals(&signals);
    bool there = true;
    while (there && server.life != LIFE_OVER && !server.gone) {
        check_start(&server);
        arena_finish(&server.scratch);
        there = wait_and_read(&server, in, &signals.mask);
        take_messages(&server);
        arena_finish(&server.scratch);
    }
    finish(&server);
    release_signals(&signals);
    return server.shutdown;
}
