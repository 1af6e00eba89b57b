/* What a rule is about, where the editor's user asks for it. */
#include "lsp/internal.h"

#include "base/file.h"
#include "base/path.h"

#include <string.h>

const struct help *help_of(const struct server *server, const char *rule)
{
    for (size_t i = 0; i < server->drivers.len; i++) {
        const struct findings *found = &server->drivers.items[i]->found;
        for (size_t k = 0; k < found->help.len; k++)
            if (strcmp(found->help.items[k].rule, rule) == 0)
                return &found->help.items[k];
    }
    return NULL;
}

/* -- hover -- */

/* Text in which nothing is Markdown. */
static const char *escaped(struct arena *arena, const char *text)
{
    char *copy = arena_alloc(arena, 2 * strlen(text) + 1), *to = copy;
    for (; *text; text++) {
        if (strchr("\\`*_{}[]<>#|~", *text))
            *to++ = '\\';
        *to++ = *text;
    }
    return copy;
}

/* The path, in the words and with the places of the report. */
static const char *path_text(struct server *server, const struct driver *driver,
                             const struct diagnostic *diagnostic)
{
    struct arena *arena = &server->scratch;
    const char *text = "";
    for (size_t i = 0; i < diagnostic->related.len; i++) {
        const struct location *related = &diagnostic->related.items[i];
        text = arena_printf(arena, "%s%s  (%s:%u)\n", text, related->text,
                            path_relative(related->path, driver->root),
                            (unsigned)related->range.start.line + 1);
    }
    return text;
}

static const char *hover_text(struct server *server, const struct driver *driver,
                              const struct diagnostic *diagnostic)
{
    struct arena *arena = &server->scratch;
    bool markdown = server->client.markdown;
    const struct help *help = diagnostic->rule ? help_of(server, diagnostic->rule) : NULL;
    const char *path = path_text(server, driver, diagnostic), *fence = markdown ? "```" : "";
    const char *text = markdown ? escaped(arena, diagnostic->message) : diagnostic->message;
    if (*path)
        text = arena_printf(arena, "%s\n\n%s%s%s%s", text, fence, markdown ? "text\n" : "", path,
                            fence);
    return help ? arena_printf(arena, "%s\n\n%s", text, help->text) : text;
}

static bool is_at(const struct diagnostic *diagnostic, const char *path, struct position position)
{
    struct range range = diagnostic->range;
    if (strcmp(diagnostic->path, path) != 0 || position.line < range.start.line ||
        position.line > range.end.line)
        return false;
    return (position.line > range.start.line || position.character >= range.start.character) &&
           (position.line < range.end.line || position.character <= range.end.character);
}

static void add_hover(struct server *server, struct json *response, const char *text,
                      struct range range)
{
    struct json *result = json_add_object(response, "result");
    struct json *contents = json_add_object(result, "contents");
    json_add_string(contents, "kind", server->client.markdown ? "markdown" : "plaintext");
    json_add_string(contents, "value", text);
    add_range(result, "range", range);
}

void help_hover(struct server *server, const struct json *id, const struct json *params)
{
    const char *uri = get_text(json_get(params, "textDocument"), "uri"), *text = NULL;
    const char *path = uri ? uri_path(&server->scratch, uri) : NULL;
    struct position position;
    struct range range = {{0, 0}, {0, 0}};
    if (!uri || !get_position(json_get(params, "position"), &position)) {
        respond_error(server, id, ERROR_INVALID_PARAMS, "a hover needs a document and a position");
        return;
    }
    for (size_t i = 0; path && i < server->drivers.len; i++) {
        const struct driver *driver = server->drivers.items[i];
        for (size_t k = 0; k < driver->found.items.len; k++) {
            const struct diagnostic *diagnostic = &driver->found.items.items[k];
            if (!is_at(diagnostic, path, position))
                continue;
            const char *one = hover_text(server, driver, diagnostic);
            text = text ? arena_printf(&server->scratch, "%s\n\n---\n\n%s", text, one) : one;
            range = diagnostic->range;
        }
    }
    struct json *response = response_new(server, id);
    if (text)
        add_hover(server, response, text, range);
    else
        json_add_string(response, "result", NULL);
    message_send(server, response);
}

/* -- code actions -- */

static bool ends_in(struct text line, const char *end)
{
    size_t length = strlen(end);
    return line.length >= length && memcmp(line.bytes + line.length - length, end, length) == 0;
}

/* Where a comment has its effect on a line: behind it, or, where it has a comment already, on a
 * line of its own above. False in the middle of a macro, where neither is possible. */
static bool suppression_edit(struct server *server, const struct document *document, uint32_t line,
                             const char *rule, struct position *ret_position, const char **ret_text)
{
    struct arena *arena = &server->scratch;
    struct text at = text_line(document->text, line);
    struct text before = line ? text_line(document->text, line - 1) : (struct text){"", 0};
    const char *comment = arena_printf(arena, "// drvlint:ignore %s -- ", rule);
    bool commented = memmem(at.bytes, at.length, "//", 2) || memmem(at.bytes, at.length, "/*", 2) ||
                     memmem(at.bytes, at.length, "*/", 2);
    if (!commented && !ends_in(at, "\\")) {
        while (at.length && strchr(" \t", at.bytes[at.length - 1]))
            at.length--;
        *ret_position = (struct position){line, text_units(at, at.length, server->encoding)};
        *ret_text = arena_printf(arena, " %s", comment);
        return true;
    }
    if (ends_in(before, "\\"))
        return false;
    size_t indent = 0;
    while (indent < at.length && strchr(" \t", at.bytes[indent]))
        indent++;
    const char *end = at.bytes + at.length;
    *ret_position = (struct position){line, 0};
    *ret_text = arena_printf(arena, "%.*s%s%s", (int)indent, at.bytes, comment,
                             end[0] == '\r' && end[1] == '\n' ? "\r\n" : "\n");
    return true;
}

static void add_edit(struct server *server, struct json *action, const struct document *document,
                     struct position position, const char *text)
{
    struct json *edit = json_add_object(action, "edit"), *edits;
    if (server->client.document_changes) {
        struct json *change = json_add_object(json_add_array(edit, "documentChanges"), NULL);
        struct json *identifier = json_add_object(change, "textDocument");
        json_add_string(identifier, "uri", document->uri);
        json_add_number(identifier, "version", document->version);
        edits = json_add_array(change, "edits");
    } else {
        edits = json_add_array(json_add_object(edit, "changes"), document->uri);
    }
    struct json *one = json_add_object(edits, NULL);
    add_range(one, "range", (struct range){position, position});
    json_add_string(one, "newText", text);
}

static void add_explain_command(struct json *parent, const char *title, const char *rule)
{
    json_add_string(parent, "title", title);
    json_add_string(parent, "command", EXPLAIN_COMMAND);
    json_add_string(json_add_array(parent, "arguments"), NULL, rule);
}

static struct json *add_action(struct json *list, const char *title, const struct json *diagnostic)
{
    struct json *action = json_add_object(list, NULL);
    json_add_string(action, "title", title);
    json_add_string(action, "kind", "quickfix");
    json_add_copy(json_add_array(action, "diagnostics"), NULL, diagnostic);
    return action;
}

/* What can be done about one of the client's diagnostics, if it is ours. */
static void add_actions(struct server *server, struct json *list, const struct document *document,
                        const struct json *diagnostic)
{
    struct arena *arena = &server->scratch;
    const char *source = get_text(diagnostic, "source"), *rule = get_text(diagnostic, "code");
    struct range range;
    if (!source || strcmp(source, "drvlint") != 0 || !rule)
        return;
    const char *title = arena_printf(arena, "Explain %s", rule), *text;
    if (help_of(server, rule)) {
        if (server->client.literal_actions)
            add_explain_command(json_add_object(add_action(list, title, diagnostic), "command"),
                                title, rule);
        else
            add_explain_command(json_add_object(list, NULL), title, rule);
    }
    struct position position;
    if (!document || !server->client.literal_actions ||
        !get_range(json_get(diagnostic, "range"), &range) ||
        !suppression_edit(server, document, range.start.line, rule, &position, &text))
        return;
    title = arena_printf(arena, "Suppress %s on this line", rule);
    add_edit(server, add_action(list, title, diagnostic), document, position, text);
}

/* Whether the client wants actions of that kind; kinds are a hierarchy. */
static bool wants_fixes(const struct json *context)
{
    const struct json *only = json_get(context, "only");
    if (!only || json_kind(only) != JSON_ARRAY)
        return true;
    for (size_t i = 0; i < json_count(only); i++) {
        const char *kind = json_string(json_at(only, i));
        if (kind && (!*kind || strcmp(kind, "quickfix") == 0))
            return true;
    }
    return false;
}

void help_actions(struct server *server, const struct json *id, const struct json *params)
{
    const char *uri = get_text(json_get(params, "textDocument"), "uri");
    const struct json *context = json_get(params, "context");
    const struct json *diagnostics = json_get(context, "diagnostics");
    if (!uri || !diagnostics || json_kind(diagnostics) != JSON_ARRAY) {
        respond_error(server, id, ERROR_INVALID_PARAMS,
                      "code actions need a document and diagnostics");
        return;
    }
    struct json *response = response_new(server, id);
    struct json *list = json_add_array(response, "result");
    for (size_t i = 0; wants_fixes(context) && i < json_count(diagnostics); i++)
        add_actions(server, list, document_find(server, uri), json_at(diagnostics, i));
    message_send(server, response);
}

/* -- the command -- */

/* Shows the explanation as a document if the client can, else as a message. */
static void show_explanation(struct server *server, const char *rule, const char *text)
{
    const char *directory = server->client.show_document ? server_directory(server) : NULL;
    const char *file =
        directory ? arena_printf(&server->scratch, "%s/%s.md", directory, rule) : NULL;
    struct diag ignored;
    diag_init(&ignored, &server->scratch);
    if (!file || !file_write(file, text, strlen(text), &ignored)) {
        show_message(server, MESSAGE_INFO, text);
        return;
    }
    struct json *params;
    struct json *request =
        request_new(server, ++server->last_request, "window/showDocument", &params);
    json_add_string(params, "uri", uri_of_path(&server->scratch, file));
    json_add_bool(params, "takeFocus", true);
    message_send(server, request);
}

void help_command(struct server *server, const struct json *id, const struct json *params)
{
    const char *command = get_text(params, "command"), *rule = NULL;
    const struct json *arguments = json_get(params, "arguments");
    if (arguments && json_kind(arguments) == JSON_ARRAY && json_count(arguments))
        rule = json_string(json_at(arguments, 0));
    const struct help *help = rule ? help_of(server, rule) : NULL;
    if (!command || strcmp(command, EXPLAIN_COMMAND) != 0 || !rule) {
        respond_error(server, id, ERROR_INVALID_PARAMS,
                      "the only command is " EXPLAIN_COMMAND ", with the name of a rule");
        return;
    }
    if (!help) {
        respond_error(server, id, ERROR_INVALID_PARAMS,
                      arena_printf(&server->scratch, "there is no finding of a rule '%s'", rule));
        return;
    }
    show_explanation(server, rule, help->text);
    struct json *response = response_new(server, id);
    json_add_string(response, "result", help->text);
    message_send(server, response);
}
