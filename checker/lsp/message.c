/* What is said to the client: JSON-RPC 2.0. */
#include "lsp/internal.h"

#include <string.h>

static struct json *message_new(struct server *server)
{
    struct json *message = json_new_object(server->arena->on_fail, server->arena->context);
    json_add_string(message, "jsonrpc", "2.0");
    return message;
}

struct json *response_new(struct server *server, const struct json *id)
{
    struct json *message = message_new(server);
    if (id)
        json_add_copy(message, "id", id);
    else
        json_add_string(message, "id", NULL);
    return message;
}

void respond_error(struct server *server, const struct json *id, enum error_code code,
                   const char *text)
{
    struct json *message = response_new(server, id), *error = json_add_object(message, "error");
    json_add_number(error, "code", code);
    json_add_string(error, "message", text);
    message_send(server, message);
}

struct json *notification_new(struct server *server, const char *method, struct json **ret_params)
{
    struct json *message = message_new(server);
    json_add_string(message, "method", method);
    *ret_params = json_add_object(message, "params");
    return message;
}

struct json *request_new(struct server *server, double number, const char *method,
                         struct json **ret_params)
{
    struct json *message = notification_new(server, method, ret_params);
    json_add_number(message, "id", number);
    return message;
}

void message_send(struct server *server, struct json *message)
{
    char *text = json_text(message);
    if (!server->gone && !stream_write(server->out, text, strlen(text)))
        server->gone = true;
    json_text_free(text);
    json_free(message);
}

static void say(struct server *server, const char *method, enum message_type type, const char *text)
{
    struct json *params, *message = notification_new(server, method, &params);
    json_add_number(params, "type", type);
    json_add_string(params, "message", text);
    message_send(server, message);
}

void log_message(struct server *server, enum message_type type, const char *text)
{
    say(server, "window/logMessage", type, text);
}

void show_message(struct server *server, enum message_type type, const char *text)
{
    say(server, "window/showMessage", type, text);
}

/* -- values -- */

static void add_position(struct json *parent, const char *key, struct position position)
{
    struct json *value = json_add_object(parent, key);
    json_add_number(value, "line", position.line);
    json_add_number(value, "character", position.character);
}

void add_range(struct json *parent, const char *key, struct range range)
{
    struct json *value = json_add_object(parent, key);
    add_position(value, "start", range.start);
    add_position(value, "end", range.end);
}

static bool get_number(const struct json *value, uint32_t *ret_number)
{
    double number = json_number(value);
    if (!value || json_kind(value) != JSON_NUMBER || !(number >= 0 && number <= INT32_MAX))
        return false;
    *ret_number = (uint32_t)number;
    return true;
}

bool get_position(const struct json *value, struct position *ret_position)
{
    return get_number(json_get(value, "line"), &ret_position->line) &&
           get_number(json_get(value, "character"), &ret_position->character);
}

bool get_range(const struct json *value, struct range *ret_range)
{
    return get_position(json_get(value, "start"), &ret_range->start) &&
           get_position(json_get(value, "end"), &ret_range->end);
}

const char *get_text(const struct json *object, const char *key)
{
    return json_string(json_get(object, key));
}
