/* Messages as the base protocol sends them: header lines, an empty line, and as many bytes as the
 * header says. What is no header is passed over up to something that is one. */
#include "lsp/internal.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
    ROOM = 64 * 1024,   /* bytes that are read at once */
    KEPT = 1024 * 1024, /* more is given back when nothing is left in it */
    DIGITS = 15,        /* of a length that is no nonsense */
};

static const char length_name[] = "Content-Length:";

void stream_init(struct stream *stream, const struct arena *like)
{
    *stream = (struct stream){0};
    arena_init(&stream->arena, like->on_fail, like->context);
    stream->arena.fail_after = like->fail_after;
}

void stream_finish(struct stream *stream)
{
    arena_finish(&stream->arena);
}

/* Makes room behind the bytes that are still to be taken. */
static void make_room(struct stream *stream)
{
    size_t left = stream->bytes.len - stream->taken;
    if (!left && stream->bytes.cap > KEPT) {
        arena_finish(&stream->arena);
        stream->bytes.items = NULL;
        stream->bytes.cap = 0;
    } else if (left && stream->taken) {
        memmove(stream->bytes.items, stream->bytes.items + stream->taken, left);
    }
    stream->bytes.len = left;
    stream->taken = 0;
    vec_reserve(&stream->arena, &stream->bytes, left + ROOM);
}

bool stream_read(struct stream *stream, int fd)
{
    make_room(stream);
    ssize_t got;
    do
        got = read(fd, stream->bytes.items + stream->bytes.len, ROOM);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        stream->bytes.len += (size_t)got;
    return got > 0;
}

/* -- headers -- */

/* A length, which is all of the text but for blanks around it. */
static bool read_length(const char *text, size_t length, uint64_t *ret_length)
{
    const char *end = text + length;
    while (text < end && (*text == ' ' || *text == '\t'))
        text++;
    while (end > text && isspace((unsigned char)end[-1]))
        end--;
    if (text == end || end - text > DIGITS)
        return false;
    uint64_t number = 0;
    for (; text < end; text++) {
        if (!isdigit((unsigned char)*text))
            return false;
        number = number * 10 + (uint64_t)(*text - '0');
    }
    *ret_length = number;
    return true;
}

/* Behind the last place where the name of the length stands, or NULL. It may stand behind what is
 * left of a message whose length was wrong: messages have no line end. */
static const char *find_length(const char *line, size_t length)
{
    size_t name = strlen(length_name);
    for (size_t i = length; i >= name; i--)
        if (strncasecmp(line + i - name, length_name, name) == 0)
            return line + i;
    return NULL;
}

/* "Name: value" of names as HTTP has them. */
static bool is_header(const char *line, size_t length)
{
    size_t i = 0;
    while (i < length && (isalnum((unsigned char)line[i]) || line[i] == '-'))
        i++;
    return i && i < length && line[i] == ':';
}

/* A line of a header, without its end. False if it is none. */
static bool take_line(struct stream *stream, const char *line, size_t length)
{
    const char *value = find_length(line, length);
    if (!value)
        return is_header(line, length);
    uint64_t number;
    if (!read_length(value, (size_t)(line + length - value), &number))
        return false;
    stream->length = number;
    stream->has_length = true;
    return value == line + strlen(length_name);
}

/* Whether the bytes are the first of their kind since there was a header. */
static enum taken no_header(struct stream *stream)
{
    bool told = stream->garbage;
    stream->garbage = true;
    return told ? TAKEN_NOTHING : TAKEN_NO_HEADER;
}

/* -- messages -- */

static void pass_over(struct stream *stream)
{
    size_t there = stream->bytes.len - stream->taken;
    size_t now = stream->skip < there ? (size_t)stream->skip : there;
    stream->taken += now;
    stream->skip -= now;
}

/* Takes header lines up to the empty one. *ret_done: the message follows. */
static enum taken take_header(struct stream *stream, bool *ret_done)
{
    *ret_done = false;
    for (;;) {
        const char *line = stream->bytes.items + stream->taken;
        size_t there = stream->bytes.len - stream->taken;
        const char *stop = there ? memchr(line, '\n', there) : NULL;
        if (!stop && there <= MOST_HEADER)
            return TAKEN_NOTHING;
        if (!stop) { /* the name of the length may be at its end */
            stream->taken += there - strlen(length_name);
            return no_header(stream);
        }
        size_t length = (size_t)(stop - line);
        stream->taken += length + 1;
        length -= length && stop[-1] == '\r';
        if (!length && stream->has_length) {
            *ret_done = true;
            return TAKEN_NOTHING;
        }
        if ((!length || !take_line(stream, line, length)) && no_header(stream) == TAKEN_NO_HEADER)
            return TAKEN_NO_HEADER;
    }
}

enum taken stream_take(struct stream *stream, struct arena *arena, const char **ret_text,
                       size_t *ret_length)
{
    pass_over(stream);
    if (stream->skip)
        return TAKEN_NOTHING;
    if (!stream->in_message) {
        enum taken taken = take_header(stream, &stream->in_message);
        if (!stream->in_message)
            return taken;
        stream->has_length = false;
        stream->garbage = false;
    }
    if (stream->length > MOST_MESSAGE) {
        stream->in_message = false;
        stream->skip = stream->length;
        pass_over(stream);
        return TAKEN_TOO_LONG;
    }
    if (stream->bytes.len - stream->taken < stream->length)
        return TAKEN_NOTHING;
    size_t length = (size_t)stream->length;
    *ret_text = arena_strndup(arena, stream->bytes.items + stream->taken, length);
    *ret_length = length;
    stream->taken += length;
    stream->in_message = false;
    return TAKEN_MESSAGE;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        length -= (size_t)put;
    }
    return true;
}

bool stream_write(int fd, const char *text, size_t length)
{
    char header[64];
    int size = snprintf(header, sizeof(header), "%s %zu\r\n\r\n", length_name, length);
    return write_all(fd, header, (size_t)size) && write_all(fd, text, length);
}
