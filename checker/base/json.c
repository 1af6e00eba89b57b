#include "base/json.h"

#include "base/vec.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Values live in an arena that belongs to the root; cJSON reads and writes text. */
struct json {
    enum json_kind kind;
    bool truth;
    double number;
    const char *string;
    const char *key; /* of a member */
    size_t offset, key_offset;
    VEC(struct json *) items;
    struct arena *arena;
};

struct root {
    struct arena arena;
};

/* The arena's own place is in the arena. */
static struct json *new_root(arena_fail_fn *on_fail, void *context)
{
    struct arena arena;
    arena_init(&arena, on_fail, context);
    struct root *root = arena_new(&arena, struct root);
    struct json *value = arena_new(&arena, struct json);
    root->arena = arena;
    value->arena = &root->arena;
    return value;
}

static struct json *new_item(struct json *parent, enum json_kind kind, const char *key)
{
    BUG_ON((parent->kind == JSON_OBJECT) != (key != NULL));
    struct json *value = arena_new(parent->arena, struct json);
    value->kind = kind;
    value->arena = parent->arena;
    if (key)
        value->key = arena_strdup(parent->arena, key);
    vec_push(parent->arena, &parent->items, value);
    return value;
}

/* Walks over a text that cJSON has accepted, to know where each value stands. */
struct scanner {
    const char *text;
    size_t at, length;
};

static void skip_space(struct scanner *scanner)
{
    while (scanner->at < scanner->length && (unsigned char)scanner->text[scanner->at] <= ' ')
        scanner->at++;
}

static void skip_string(struct scanner *scanner)
{
    for (scanner->at++; scanner->at < scanner->length; scanner->at++) {
        if (scanner->text[scanner->at] == '\\')
            scanner->at++;
        else if (scanner->text[scanner->at] == '"')
            break;
    }
    scanner->at++;
}

static void skip_scalar(struct scanner *scanner)
{
    while (scanner->at < scanner->length && (unsigned char)scanner->text[scanner->at] > ' ' &&
           !strchr(",]}", scanner->text[scanner->at]))
        scanner->at++;
}

static enum json_kind kind_of(const cJSON *node)
{
    switch (node->type & 0xff) {
    case cJSON_True:
    case cJSON_False:
        return JSON_BOOL;
    case cJSON_Number:
        return JSON_NUMBER;
    case cJSON_String:
        return JSON_STRING;
    case cJSON_Array:
        return JSON_ARRAY;
    case cJSON_Object:
        return JSON_OBJECT;
    default:
        return JSON_NULL;
    }
}

static void take_value(const cJSON *node, struct json *value, struct scanner *scanner);

static void take_items(const cJSON *node, struct json *value, struct scanner *scanner)
{
    scanner->at++; /* [ or { */
    for (const cJSON *child = node->child; child; child = child->next) {
        const char *key = value->kind == JSON_OBJECT ? child->string : NULL;
        struct json *item = new_item(value, kind_of(child), key);
        skip_space(scanner);
        item->key_offset = scanner->at;
        if (key) {
            skip_string(scanner);
            skip_space(scanner);
            scanner->at++; /* : */
        }
        take_value(child, item, scanner);
        skip_space(scanner);
        scanner->at += child->next != NULL; /* , */
    }
    skip_space(scanner);
    scanner->at++; /* ] or } */
}

/* Depth is bounded by cJSON's nesting limit. */
static void take_value(const cJSON *node, struct json *value, struct scanner *scanner)
{
    skip_space(scanner);
    value->kind = kind_of(node);
    value->offset = scanner->at;
    if (!value->key)
        value->key_offset = scanner->at;
    switch (value->kind) {
    case JSON_STRING:
        value->string = arena_strdup(value->arena, node->valuestring);
        skip_string(scanner);
        return;
    case JSON_ARRAY:
    case JSON_OBJECT:
        take_items(node, value, scanner);
        return;
    case JSON_NUMBER:
        value->number = node->valuedouble;
        break;
    case JSON_BOOL:
        value->truth = cJSON_IsTrue(node);
        break;
    case JSON_NULL:
        break;
    }
    skip_scalar(scanner);
}

static size_t after_byte_order_mark(const char *text, size_t length)
{
    return length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

struct json *json_parse(const char *file, const char *text, size_t length, struct diag *diag)
{
    const char *end = text;
    struct scanner scanner = {.text = text, .length = length};
    scanner.at = after_byte_order_mark(text, length);
    /* With the NUL in its length cJSON can tell an early end from a wrong last character. */
    cJSON *node =
        cJSON_ParseWithLengthOpts(text + scanner.at, length + 1 - scanner.at, &end, false);
    struct scanner rest = {.text = text, .at = (size_t)(end - text), .length = length};
    skip_space(&rest);
    if (rest.at > length)
        rest.at = length;
    if (!node || rest.at < length) {
        cJSON_Delete(node);
        if (!node && rest.at == length) /* the last line that has something */
            while (rest.at > 0 && (unsigned char)text[rest.at - 1] <= ' ')
                rest.at--;
        const char *what = rest.at < length && text[rest.at] > ' ' ? "not valid JSON here"
                                                                   : "JSON text ends too early";
        if (node)
            what = "text after the end of the JSON value";
        diag_error_in_text(diag, file, text, length, rest.at, "%s", what);
        return NULL;
    }
    struct json *root = new_root(diag->arena->on_fail, diag->arena->context);
    take_value(node, root, &scanner);
    cJSON_Delete(node);
    return root;
}

void json_free(struct json *value)
{
    if (!value)
        return;
    struct arena arena = *value->arena; /* a copy: the original goes with its memory */
    arena_finish(&arena);
}

enum json_kind json_kind(const struct json *value)
{
    return value->kind;
}

const char *json_string(const struct json *value)
{
    return value && value->kind == JSON_STRING ? value->string : NULL;
}

double json_number(const struct json *value)
{
    return value && value->kind == JSON_NUMBER ? value->number : 0;
}

bool json_bool(const struct json *value)
{
    return value && value->kind == JSON_BOOL && value->truth;
}

size_t json_count(const struct json *value)
{
    return value ? value->items.len : 0;
}

const struct json *json_at(const struct json *value, size_t index)
{
    BUG_ON(index >= value->items.len);
    return value->items.items[index];
}

const char *json_key(const struct json *object, size_t index)
{
    return json_at(object, index)->key;
}

const struct json *json_get(const struct json *object, const char *key)
{
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->items.len; i++)
        if (strcmp(object->items.items[i]->key, key) == 0)
            return object->items.items[i];
    return NULL;
}

size_t json_offset(const struct json *value)
{
    return value->offset;
}

size_t json_key_offset(const struct json *value)
{
    return value->key_offset;
}

struct json *json_new_object(arena_fail_fn *on_fail, void *context)
{
    struct json *value = new_root(on_fail, context);
    value->kind = JSON_OBJECT;
    return value;
}

struct json *json_new_array(arena_fail_fn *on_fail, void *context)
{
    struct json *value = new_root(on_fail, context);
    value->kind = JSON_ARRAY;
    return value;
}

struct json *json_add_object(struct json *parent, const char *key)
{
    return new_item(parent, JSON_OBJECT, key);
}

struct json *json_add_array(struct json *parent, const char *key)
{
    return new_item(parent, JSON_ARRAY, key);
}

void json_add_string(struct json *parent, const char *key, const char *text)
{
    struct json *value = new_item(parent, text ? JSON_STRING : JSON_NULL, key);
    if (text)
        value->string = arena_strdup(parent->arena, text);
}

void json_add_number(struct json *parent, const char *key, double number)
{
    new_item(parent, JSON_NUMBER, key)->number = number;
}

void json_add_bool(struct json *parent, const char *key, bool truth)
{
    new_item(parent, JSON_BOOL, key)->truth = truth;
}

void json_add_copy(struct json *parent, const char *key, const struct json *value)
{
    struct json *copy = new_item(parent, value->kind, key);
    copy->number = value->number;
    copy->truth = value->truth;
    if (value->string)
        copy->string = arena_strdup(parent->arena, value->string);
    for (size_t i = 0; i < value->items.len; i++)
        json_add_copy(copy, value->kind == JSON_OBJECT ? value->items.items[i]->key : NULL,
                      value->items.items[i]);
}

/* Text being written; malloc'ed, because it outlives the value. */
struct writer {
    char *text;
    size_t len, cap;
    struct arena *arena; /* for its on_fail */
};

static void put(struct writer *writer, const char *text, size_t length)
{
    if (writer->cap - writer->len <= length) {
        size_t cap = (writer->cap + length + 1) * 2;
        char *bigger = cap > length ? realloc(writer->text, cap) : NULL;
        if (!bigger) {
            free(writer->text);
            arena_out_of_memory(writer->arena, cap);
        }
        writer->text = bigger;
        writer->cap = cap;
    }
    memcpy(writer->text + writer->len, text, length);
    writer->len += length;
}

static void put_text(struct writer *writer, const char *text)
{
    put(writer, text, strlen(text));
}

/* Length of the UTF-8 sequence at `text` (RFC 3629), or 0 if it is none. */
static size_t utf8_length(const unsigned char *text)
{
    static const struct {
        unsigned char first, last, low, high; /* lead byte range; second byte range */
        size_t length;
    } forms[] = {
        {0x01, 0x7f, 0x00, 0xff, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        if (text[0] < forms[i].first || text[0] > forms[i].last)
            continue;
        if (forms[i].length > 1 && (text[1] < forms[i].low || text[1] > forms[i].high))
            return 0;
        for (size_t k = 2; k < forms[i].length; k++)
            if ((text[k] & 0xc0) != 0x80)
                return 0;
        return forms[i].length;
    }
    return 0;
}

static void put_escaped(struct writer *writer, unsigned char c)
{
    char escape[8];
    switch (c) {
    case '"':
    case '\\':
        snprintf(escape, sizeof(escape), "\\%c", c);
        break;
    case '\n':
        snprintf(escape, sizeof(escape), "\\n");
        break;
    case '\t':
        snprintf(escape, sizeof(escape), "\\t");
        break;
    case '\r':
        snprintf(escape, sizeof(escape), "\\r");
        break;
    default:
        snprintf(escape, sizeof(escape), "\\u%04x", c);
        break;
    }
    put_text(writer, escape);
}

/* Source text may be in any encoding; JSON is UTF-8, so other bytes become U+FFFD. */
static void put_string(struct writer *writer, const char *text)
{
    put_text(writer, "\"");
    while (*text) {
        size_t length = utf8_length((const unsigned char *)text);
        unsigned char c = (unsigned char)*text;
        if (length == 0)
            put_text(writer, "\xef\xbf\xbd");
        else if (length == 1 && (c < ' ' || c == '"' || c == '\\' || c == 0x7f))
            put_escaped(writer, c);
        else
            put(writer, text, length);
        text += length ? length : 1;
    }
    put_text(writer, "\"");
}

/* The shortest of two precisions that reads back as the same number. */
static void put_number(struct writer *writer, double number)
{
    char text[32];
    if (!isfinite(number)) {
        put_text(writer, "null");
        return;
    }
    snprintf(text, sizeof(text), "%.15g", number);
    if (strtod(text, NULL) < number || strtod(text, NULL) > number)
        snprintf(text, sizeof(text), "%.17g", number);
    put_text(writer, text);
}

static void put_line(struct writer *writer, unsigned depth)
{
    put_text(writer, "\n");
    for (unsigned i = 0; i < depth; i++)
        put_text(writer, "  ");
}

static void put_value(struct writer *writer, const struct json *value, unsigned depth);

static void put_items(struct writer *writer, const struct json *value, unsigned depth)
{
    bool object = value->kind == JSON_OBJECT;
    put_text(writer, object ? "{" : "[");
    for (size_t i = 0; i < value->items.len; i++) {
        if (i)
            put_text(writer, ",");
        put_line(writer, depth + 1);
        if (object) {
            put_string(writer, value->items.items[i]->key);
            put_text(writer, ": ");
        }
        put_value(writer, value->items.items[i], depth + 1);
    }
    if (value->items.len)
        put_line(writer, depth);
    put_text(writer, object ? "}" : "]");
}

static void put_value(struct writer *writer, const struct json *value, unsigned depth)
{
    switch (value->kind) {
    case JSON_NULL:
        put_text(writer, "null");
        break;
    case JSON_BOOL:
        put_text(writer, value->truth ? "true" : "false");
        break;
    case JSON_NUMBER:
        put_number(writer, value->number);
        break;
    case JSON_STRING:
        put_string(writer, value->string);
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        put_items(writer, value, depth);
        break;
    }
}

char *json_text(const struct json *value)
{
    struct writer writer = {.arena = value->arena};
    put_value(&writer, value, 0);
    put(&writer, "\n", sizeof("\n"));
    return writer.text;
}

void json_text_free(char *text)
{
    free(text);
}
