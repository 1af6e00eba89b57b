/* Positions in texts, addresses of files, and messages on a stream. */
#include "lsp/internal.h"
#include "test/check.h"

#include <string.h>
#include <unistd.h>

static struct text text_of(const char *bytes)
{
    return (struct text){bytes, strlen(bytes)};
}

static void test_lines(void)
{
    static const struct {
        const char *why, *text;
        uint32_t line;
        const char *want;
    } rows[] = {
        {"the first", "a\nb", 0, "a"},
        {"the last, without an end", "a\nb", 1, "b"},
        {"behind it", "a\nb", 2, ""},
        {"far behind it", "a\nb", 4000000000u, ""},
        {"the empty one behind the last end", "a\n", 1, ""},
        {"ends of Windows", "a\r\nb\r\n", 1, "b"},
        {"ends of old", "a\rb\rc", 1, "b"},
        {"all kinds", "\n\r\r\n\nx", 4, "x"},
        {"nothing at all", "", 0, ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct text line = text_line(text_of(rows[i].text), rows[i].line);
        CHECK(line.length == strlen(rows[i].want) &&
                  memcmp(line.bytes, rows[i].want, line.length) == 0,
              rows[i].why);
    }
}

static void test_positions(void)
{
    /* a umlaut, an emoji of two UTF-16 units, and a byte that is no UTF-8 */
    static const char bytes[] = "first\na\xc3\xa4\xf0\x9f\x98\x80z\xe4!\nlast";
    static const struct {
        const char *why;
        uint32_t line, utf16, utf8;
        size_t offset;
    } rows[] = {
        {"the start", 0, 0, 0, 0},
        {"behind one byte", 1, 1, 1, 7},
        {"behind two bytes", 1, 2, 3, 9},
        {"behind four bytes", 1, 4, 7, 13},
        {"a letter", 1, 5, 8, 14},
        {"behind what is no UTF-8", 1, 6, 9, 15},
        {"the end of the line", 1, 7, 10, 16},
        {"the last line", 2, 4, 4, 21},
    };
    struct text text = text_of(bytes);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct text line = text_line(text, rows[i].line);
        size_t in_line = rows[i].offset - (size_t)(line.bytes - bytes);
        struct position utf16 = {rows[i].line, rows[i].utf16}, utf8 = {rows[i].line, rows[i].utf8};
        CHECK(text_offset(text, utf16, ENCODING_UTF16) == rows[i].offset, rows[i].why);
        CHECK(text_offset(text, utf8, ENCODING_UTF8) == rows[i].offset, rows[i].why);
        CHECK(text_units(line, in_line, ENCODING_UTF16) == rows[i].utf16, rows[i].why);
        CHECK(text_units(line, in_line, ENCODING_UTF8) == rows[i].utf8, rows[i].why);
    }
    struct position inside = {1, 3}, beyond = {1, 99}, below = {9, 9};
    CHECK(text_offset(text, inside, ENCODING_UTF16) == 9, "in the middle of a character");
    CHECK(text_offset(text, beyond, ENCODING_UTF16) == 16, "beyond the line");
    CHECK(text_offset(text, below, ENCODING_UTF16) == 21, "beyond the text");
}

static void test_words(void)
{
    static const struct {
        const char *why, *text;
        uint32_t line, column, start_line, start, end;
    } rows[] = {
        {"a name", "  lock_2(x);", 1, 3, 0, 2, 8},
        {"a character", "  (x);", 1, 3, 0, 2, 3},
        {"a wide one", "a \xf0\x9f\x98\x80 b", 1, 3, 0, 2, 4},
        {"no column: the line but for blanks in front", "x\n\tint y;", 2, 0, 1, 1, 7},
        {"a column that the line does not have", "  abc", 1, 99, 0, 2, 5},
        {"a line that the text does not have", "abc", 7, 3, 6, 0, 0},
        {"no line: the first", "abc d", 0, 0, 0, 0, 5},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct range range =
            text_word(text_of(rows[i].text), rows[i].line, rows[i].column, ENCODING_UTF16);
        CHECK(range.start.line == rows[i].start_line && range.end.line == rows[i].start_line &&
                  range.start.character == rows[i].start && range.end.character == rows[i].end,
              rows[i].why);
    }
}

static void test_addresses(struct arena *arena)
{
    static const struct {
        const char *uri, *path;
    } rows[] = {
        {"file:///home/me/a.c", "/home/me/a.c"},
        {"file://localhost/home/a.c", "/home/a.c"},
        {"FILE:///a%20b/%C3%A4%2b.c", "/a b/\xc3\xa4+.c"},
        {"file:///a/./b/../c.c#L5", "/a/c.c"},
        {"file:///100%", "/100%"},
        {"file:///a%4", "/a%4"},
        {"untitled:Untitled-1", NULL},
        {"file://", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *path = uri_path(arena, rows[i].uri);
        CHECK_TEXT(path ? path : "none", rows[i].path ? rows[i].path : "none", rows[i].uri);
    }
    static const char odd[] = "/a b/\xc3\xa4%20+#?.c";
    CHECK_TEXT(uri_of_path(arena, odd), "file:///a%20b/%C3%A4%2520%2B%23%3F.c", "an address");
    CHECK_TEXT(uri_path(arena, uri_of_path(arena, odd)), odd, "and back");
}

/* However the bytes are cut, the same is taken from them. */
static void test_stream(struct arena *arena)
{
    static const char bytes[] = "Content-Length: 2\r\n\r\nabX: y\r\ncontent-length:3 \r\n\r\ncdeno "
                                "headerContent-Length: 1\n\nfContent-Length: 0\r\n\r\n";
    static const char want[] = "[ab][cde]?[f][]";
    for (size_t step = 1; step <= sizeof(bytes); step++) {
        struct stream stream;
        int fds[2];
        const char *got = "", *text;
        size_t length;
        stream_init(&stream, arena);
        for (size_t at = 0; at < strlen(bytes); at += step) {
            size_t now = strlen(bytes) - at < step ? strlen(bytes) - at : step;
            CHECK(pipe(fds) == 0 && write(fds[1], bytes + at, now) == (ssize_t)now, "a pipe");
            CHECK(stream_read(&stream, fds[0]), "bytes are there");
            close(fds[0]);
            close(fds[1]);
            for (;;) {
                enum taken taken = stream_take(&stream, arena, &text, &length);
                if (taken == TAKEN_NOTHING)
                    break;
                got = taken == TAKEN_MESSAGE ? arena_printf(arena, "%s[%s]", got, text)
                                             : arena_printf(arena, "%s?", got);
            }
        }
        CHECK_TEXT(got, want, arena_printf(arena, "in pieces of %zu bytes", step));
        stream_finish(&stream);
    }
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    test_lines();
    test_positions();
    test_words();
    test_addresses(&arena);
    test_stream(&arena);
    arena_finish(&arena);
    return check_status();
}
