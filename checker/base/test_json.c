/* JSON in and out, and the places of diagnostics. */
#include "base/json.h"
#include "test/check.h"

#include <stdlib.h>

static void test_errors(struct arena *arena)
{
    static const struct {
        const char *why, *text;
        uint32_t line, column;
        const char *source_line;
    } cases[] = {
        {"value is missing", "{\n  \"a\": ,\n}", 2, 8, "  \"a\": ,"},
        {"bare word", "[1, two]", 1, 5, "[1, two]"},
        {"text behind the value", "{}\r\n {}", 2, 2, " {}"},
        {"comment", "// no\n{}", 1, 1, "// no"},
        {"ends too early", "{\"a\": [1\n\n", 1, 9, "{\"a\": [1"},
        {"empty", "", 1, 1, ""},
        {"white space only", " \n", 1, 1, " "},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct diag diag;
        diag_init(&diag, arena);
        struct json *json = json_parse("x.json", cases[i].text, strlen(cases[i].text), &diag);
        CHECK(!json && diag.errors == 1, cases[i].why);
        json_free(json);
        if (!diag.errors)
            continue;
        struct diag_message *message = &diag.messages.items[0];
        CHECK(message->place.line == cases[i].line, cases[i].why);
        CHECK(message->place.column == cases[i].column, cases[i].why);
        CHECK_TEXT(message->source_line, cases[i].source_line, cases[i].why);
    }
}

static void test_reading(struct arena *arena)
{
    static const char text[] =
        "{ \"n\": -1.5e1, \"s\" : \"a\\\"]\\u00e4\", \"l\":[true,null, {}],\n\"\": {}}";
    struct diag diag;
    diag_init(&diag, arena);
    struct json *json = json_parse("x.json", text, strlen(text), &diag);
    CHECK(json && json_kind(json) == JSON_OBJECT && json_count(json) == 4, "an object of four");
    if (!json)
        return;
    CHECK(json_number(json_get(json, "n")) < -14.9, "number");
    CHECK_TEXT(json_string(json_get(json, "s")), "a\"]\xc3\xa4", "escapes");
    CHECK(!json_get(json, "N"), "keys differ in case");
    CHECK(!json_string(json_get(json, "n")) && !json_string(NULL), "no string");
    const struct json *list = json_get(json, "l");
    CHECK(json_bool(json_at(list, 0)) && json_kind(json_at(list, 1)) == JSON_NULL, "list");
    CHECK(text[json_offset(json_at(list, 2))] == '{', "a value's place");
    CHECK(!strncmp(text + json_key_offset(list), "\"l\"", 3), "a key's place");
    CHECK(!strncmp(text + json_key_offset(json_at(json, 3)), "\"\"", 2), "behind a nested value");
    json_free(json);
}

static void test_writing(void)
{
    struct json *json = json_new_object(NULL, NULL);
    json_add_number(json, "int", 4294967296.0);
    json_add_number(json, "real", 0.1);
    json_add_string(json, "text", "tab\t \"q\" \\ \x01 \xc3\xa4 \xe4 \xed\xa0\x80");
    json_add_string(json, "none", NULL);
    json_add_array(json, "empty");
    struct json *list = json_add_array(json, "list");
    json_add_bool(list, NULL, true);
    json_add_bool(json_add_object(list, NULL), "b", false);
    char *text = json_text(json);
    CHECK_TEXT(text,
               "{\n  \"int\": 4294967296,\n  \"real\": 0.1,\n"
               "  \"text\": \"tab\\t \\\"q\\\" \\\\ \\u0001 \xc3\xa4 \xef\xbf\xbd "
               "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\",\n"
               "  \"none\": null,\n  \"empty\": [],\n  \"list\": [\n    true,\n    {\n"
               "      \"b\": false\n    }\n  ]\n}\n",
               "layout, escapes, and bytes that are not UTF-8");
    json_text_free(text);
    json_free(json);
    json_free(NULL);
    struct json *array = json_new_array(NULL, NULL);
    json_add_number(array, NULL, 1);
    text = json_text(array);
    CHECK_TEXT(text, "[\n  1\n]\n", "an array as the whole value");
    json_text_free(text);
    json_free(array);
}

static void test_copying(struct arena *arena)
{
    static const char text[] = "{\"a\": [1, true, null, {\"b\": \"c\"}], \"d\": -0.5}";
    struct diag diag;
    diag_init(&diag, arena);
    struct json *from = json_parse("x.json", text, strlen(text), &diag);
    struct json *list = json_new_array(NULL, NULL);
    json_add_copy(list, NULL, from);
    json_free(from);
    char *copy = json_text(list);
    CHECK_TEXT(copy,
               "[\n  {\n    \"a\": [\n      1,\n      true,\n      null,\n      {\n"
               "        \"b\": \"c\"\n      }\n    ],\n    \"d\": -0.5\n  }\n]\n",
               "a copy outlives what it was made of");
    json_text_free(copy);
    json_free(list);
}

static void test_merge(struct arena *arena)
{
    struct arena other;
    arena_init(&other, NULL, NULL);
    struct diag from, to;
    diag_init(&from, &other);
    diag_init(&to, arena);
    CHECK(!diag_error(&from, place_file("a.c"), "x %d", 1), "diag_error gives false");
    diag_note(&from, place_none(), "n");
    diag_warning(&from, place_none(), "w");
    diag_merge(&to, &from);
    arena_finish(&other);
    CHECK(to.errors == 1 && to.warnings == 1 && to.messages.len == 3, "counts");
    CHECK_TEXT(to.messages.items[0].text, "x 1", "texts outlive the other arena");
    CHECK_TEXT(to.messages.items[0].place.file, "a.c", "places outlive the other arena");
}

static void test_merge_new(struct arena *arena)
{
    struct diag from, to;
    struct place here = {.file = "a.h", .line = 3, .column = 1}, there = here;
    there.column = 2;
    diag_init(&from, arena);
    diag_init(&to, arena);
    diag_warning(&from, here, "w");
    diag_note(&from, here, "n");
    diag_merge_new(&to, &from);
    diag_merge_new(&to, &from);
    CHECK(to.warnings == 1 && to.messages.len == 2, "said once, with its note");
    diag_init(&from, arena);
    diag_warning(&from, there, "w");
    diag_error(&from, here, "w");
    diag_warning(&from, here, "other");
    diag_note(&from, here, "n");
    diag_merge_new(&to, &from);
    CHECK(to.warnings == 3 && to.errors == 1 && to.messages.len == 6,
          "another place, level or text is another message");
    diag_init(&from, arena);
    diag_warning(&from, place_none(), "w");
    diag_merge_new(&to, &from);
    diag_merge_new(&to, &from);
    CHECK(to.messages.len == 8, "what has no place is not compared");
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    test_errors(&arena);
    test_reading(&arena);
    test_writing();
    test_copying(&arena);
    test_merge(&arena);
    test_merge_new(&arena);
    arena_finish(&arena);
    return check_status();
}
