/* What the editor has open. Edits are applied as they come; a text is copied with each, which costs
 * little beside what the editor itself does with it. */
#include "lsp/internal.h"

#include "base/file.h"

#include <string.h>

static struct document *document_new(struct server *server)
{
    for (size_t i = 0; i < server->documents.len; i++)
        if (!server->documents.items[i]->open)
            return server->documents.items[i];
    struct document *document = arena_new(server->arena, struct document);
    document->arena = server_arena(server);
    vec_push(server->arena, &server->documents, document);
    return document;
}

struct document *document_find(struct server *server, const char *uri)
{
    for (size_t i = 0; uri && i < server->documents.len; i++) {
        struct document *document = server->documents.items[i];
        if (document->open && strcmp(document->uri, uri) == 0)
            return document;
    }
    return NULL;
}

struct document *document_of_path(struct server *server, const char *path)
{
    for (size_t i = 0; i < server->documents.len; i++) {
        struct document *document = server->documents.items[i];
        if (document->open && document->path && strcmp(document->path, path) == 0)
            return document;
    }
    return NULL;
}

static struct document *document_of(struct server *server, const struct json *params)
{
    return document_find(server, get_text(json_get(params, "textDocument"), "uri"));
}

/* Gives a document another text: `start` and `end` are offsets in the one it has, between which
 * `text` comes. */
static void replace(struct server *server, struct document *document, size_t start, size_t end,
                    const char *text)
{
    struct arena old = document->arena;
    struct text was = document->text;
    size_t length = strlen(text);
    document->arena = server_arena(server);
    struct arena *arena = &document->arena;
    char *bytes = arena_alloc(arena, was.length - (end - start) + length + 1), *to = bytes;
    if (start)
        memcpy(to, was.bytes, start);
    memcpy(to + start, text, length);
    if (was.length > end)
        memcpy(to + start + length, was.bytes + end, was.length - end);
    document->text = (struct text){bytes, was.length - (end - start) + length};
    document->uri = arena_strdup(arena, document->uri);
    document->path = document->path ? arena_strdup(arena, document->path) : NULL;
    arena_finish(&old);
}

bool document_is_unsaved(struct server *server, const struct document *document)
{
    struct arena scratch = server_arena(server);
    struct diag ignored;
    char *text;
    size_t length;
    diag_init(&ignored, &scratch);
    bool same = file_read(document->path, &scratch, &text, &length, &ignored) &&
                length == document->text.length && memcmp(text, document->text.bytes, length) == 0;
    arena_finish(&scratch);
    return !same;
}

void document_opened(struct server *server, const struct json *params)
{
    const struct json *item = json_get(params, "textDocument");
    const char *uri = get_text(item, "uri"), *text = get_text(item, "text");
    if (!uri || !text)
        return;
    struct document *document = document_find(server, uri);
    if (!document) {
        document = document_new(server);
        document->uri = uri;
        document->path = uri_path(&server->scratch, uri);
        document->text = (struct text){"", 0};
    }
    document->open = true;
    document->version = json_number(json_get(item, "version"));
    replace(server, document, 0, document->text.length, text);
    if (!document->path)
        return;
    driver_assign(server, document);
    if (document_is_unsaved(server, document))
        check_want(server, document->driver);
    else
        check_want_one(server, document->driver);
}

static uint32_t count_line_ends(const char *text)
{
    uint32_t count = 0;
    for (const char *s = text; *s; s++)
        count += *s == '\n' || (*s == '\r' && s[1] != '\n');
    return count;
}

static void change(struct server *server, struct document *document, const struct json *edit)
{
    const char *text = get_text(edit, "text");
    struct range range;
    if (!text)
        return;
    if (!json_get(edit, "range")) {
        replace(server, document, 0, document->text.length, text);
        return;
    }
    if (!get_range(json_get(edit, "range"), &range))
        return;
    size_t start = text_offset(document->text, range.start, server->encoding);
    size_t end = text_offset(document->text, range.end, server->encoding);
    if (end < start)
        return;
    diagnostics_move(server, document, range, count_line_ends(text));
    replace(server, document, start, end, text);
}

void document_changed(struct server *server, const struct json *params)
{
    struct document *document = document_of(server, params);
    const struct json *edits = json_get(params, "contentChanges");
    if (!document)
        return;
    document->version = json_number(json_get(json_get(params, "textDocument"), "version"));
    for (size_t i = 0; i < json_count(edits); i++)
        change(server, document, json_at(edits, i));
}

void document_saved(struct server *server, const struct json *params)
{
    struct document *document = document_of(server, params);
    const char *text = get_text(params, "text");
    if (!document || !document->path)
        return;
    if (text)
        replace(server, document, 0, document->text.length, text);
    driver_assign(server, document);
    check_want(server, document->driver);
}

void document_closed(struct server *server, const struct json *params)
{
    struct document *document = document_of(server, params);
    if (!document)
        return;
    /* What was not saved is gone with the document. */
    bool unsaved = document->path && document_is_unsaved(server, document);
    struct driver *driver = document->driver;
    document->open = false;
    document->driver = NULL;
    document->text = (struct text){"", 0};
    arena_finish(&document->arena);
    drivers_prune(server);
    if (unsaved && driver && driver->used)
        check_want(server, driver);
}
