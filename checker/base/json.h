/* JSON values. The only users of cJSON are json.c and what stands behind this header. */
#ifndef DRVLINT_BASE_JSON_H
#define DRVLINT_BASE_JSON_H

#include "base/arena.h"
#include "base/diag.h"

struct json; /* one value */

/* Parses a whole text, which has a NUL behind its `length` bytes; every trailing character but white
 * space is an error. On failure tells diag file, line and column, with the line, and returns NULL.
 * Free with json_free(). `//` comments are not JSON. */
struct json *json_parse(const char *file, const char *text, size_t length, struct diag *diag);
void json_free(struct json *value); /* accepts NULL */

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };
enum json_kind json_kind(const struct json *value);
const char *json_string(const struct json *value); /* NULL if it is none */
double json_number(const struct json *value);      /* 0 if it is none */
bool json_bool(const struct json *value);          /* false if it is none */
size_t json_count(const struct json *value);       /* elements of an array or object */
const struct json *json_at(const struct json *value, size_t index);
const char *json_key(const struct json *object, size_t index);
const struct json *json_get(const struct json *object, const char *key); /* NULL if absent */

/* Byte offset of a parsed value, and of its key if it is an object's member (else the value's), in
 * the text that json_parse() was given: for diag_error_in_text(). 0 for values that were built. */
size_t json_offset(const struct json *value);
size_t json_key_offset(const struct json *value);

/* Building. Every function that adds a value returns it; the parent owns it. Out of memory is
 * reported through the root's on_fail (see json_new_object). */
struct json *json_new_object(arena_fail_fn *on_fail, void *context);
struct json *json_new_array(arena_fail_fn *on_fail, void *context);
struct json *json_add_object(struct json *parent, const char *key); /* key NULL: parent is an array */
struct json *json_add_array(struct json *parent, const char *key);
void json_add_string(struct json *parent, const char *key, const char *text); /* NULL: null */
void json_add_number(struct json *parent, const char *key, double number);
void json_add_bool(struct json *parent, const char *key, bool value);

/* A copy of a value, with all that it has. */
void json_add_copy(struct json *parent, const char *key, const struct json *value);

/* Text of a value, indented by two spaces, final newline. Free with json_text_free(). */
char *json_text(const struct json *value);
void json_text_free(char *text);

#endif
