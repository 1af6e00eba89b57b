/* Positions in texts, and addresses of files. */
#include "lsp/internal.h"

#include "base/path.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* -- lines -- */

/* The offset behind the end of the line that `from` is in. */
static size_t next_line(struct text text, size_t from)
{
    size_t at = from;
    while (at < text.length && text.bytes[at] != '\n' && text.bytes[at] != '\r')
        at++;
    if (at < text.length && text.bytes[at] == '\r' && text.bytes[at + 1] == '\n')
        at++;
    return at < text.length ? at + 1 : at;
}

static size_t line_start(struct text text, uint32_t line)
{
    size_t at = 0;
    for (uint32_t i = 0; i < line; i++) {
        size_t next = next_line(text, at);
        bool last = next == text.length &&
                    (next == at || (text.bytes[next - 1] != '\n' && text.bytes[next - 1] != '\r'));
        at = next;
        if (last)
            break;
    }
    return at;
}

struct text text_line(struct text text, uint32_t line)
{
    size_t start = line_start(text, line), end = start;
    while (end < text.length && text.bytes[end] != '\n' && text.bytes[end] != '\r')
        end++;
    return (struct text){text.bytes + start, end - start};
}

/* -- characters -- */

/* Bytes of the character that begins there; what is no UTF-8 counts one by one. */
static size_t bytes_of(struct text line, size_t at)
{
    unsigned char lead = (unsigned char)line.bytes[at];
    size_t length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
    for (size_t i = 1; i < length; i++)
        if (at + i >= line.length || ((unsigned char)line.bytes[at + i] & 0xc0) != 0x80)
            return 1;
    return length;
}

static uint32_t units_of(size_t bytes, enum encoding encoding)
{
    switch (encoding) {
    case ENCODING_UTF16:
        return bytes == 4 ? 2 : 1;
    case ENCODING_UTF8:
        return (uint32_t)bytes;
    }
    BUG_ON(true);
}

uint32_t text_units(struct text line, size_t bytes, enum encoding encoding)
{
    uint32_t units = 0;
    for (size_t at = 0; at < bytes && at < line.length;) {
        size_t length = bytes_of(line, at);
        units += units_of(length, encoding);
        at += length;
    }
    return units;
}

size_t text_offset(struct text text, struct position position, enum encoding encoding)
{
    struct text line = text_line(text, position.line);
    size_t at = 0;
    for (uint32_t units = 0; at < line.length;) {
        size_t bytes = bytes_of(line, at);
        units += units_of(bytes, encoding);
        if (units > position.character)
            break;
        at += bytes;
    }
    return (size_t)(line.bytes - text.bytes) + at;
}

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

struct range text_word(struct text text, uint32_t line, uint32_t column, enum encoding encoding)
{
    uint32_t number = line ? line - 1 : 0;
    struct text bytes = text_line(text, number);
    size_t start = 0, end = bytes.length;
    if (line && column && column <= bytes.length) {
        end = start = column - 1;
        while (end < bytes.length && in_name(bytes.bytes[end]))
            end++;
        if (end == start)
            end += bytes_of(bytes, start);
    } else {
        while (start < end && isspace((unsigned char)bytes.bytes[start]))
            start++;
    }
    return (struct range){{number, text_units(bytes, start, encoding)},
                          {number, text_units(bytes, end, encoding)}};
}

/* -- addresses -- */

static int hex_digit(char c)
{
    if (!isxdigit((unsigned char)c))
        return -1;
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

const char *uri_path(struct arena *arena, const char *uri)
{
    static const char scheme[] = "file://";
    if (strncasecmp(uri, scheme, strlen(scheme)) != 0)
        return NULL;
    const char *path = strchr(uri + strlen(scheme), '/'); /* behind a host, which is this one */
    if (!path)
        return NULL;
    char *decoded = arena_alloc(arena, strlen(path) + 1), *to = decoded;
    for (const char *s = path; *s && *s != '?' && *s != '#'; s++) {
        int high = *s == '%' ? hex_digit(s[1]) : -1, low = high >= 0 ? hex_digit(s[2]) : -1;
        if (low >= 0) {
            *to++ = (char)(high * 16 + low);
            s += 2;
        } else {
            *to++ = *s;
        }
    }
    return path_normalize(arena, decoded);
}

const char *uri_of_path(struct arena *arena, const char *path)
{
    static const char hex[] = "0123456789ABCDEF";
    char *uri = arena_alloc(arena, sizeof("file://") + 3 * strlen(path)), *to = uri;
    to = stpcpy(to, "file://");
    for (const unsigned char *s = (const unsigned char *)path; *s; s++) {
        if (isalnum(*s) || strchr("/-._~", *s)) {
            *to++ = (char)*s;
        } else {
            *to++ = '%';
            *to++ = hex[*s >> 4];
            *to++ = hex[*s & 15];
        }
    }
    return uri;
}
