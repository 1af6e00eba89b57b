/* Numbers have seven bits in a byte, lowest first, and the eighth bit in all but the last (LEB128).
 * A text is a number: 0 for NULL, n for the n-th text so far, or one more than there are; then its
 * length, its bytes and a NUL follow. */
#include "base/serial.h"

#include <string.h>

/* -- writing -- */

void serial_writer_init(struct serial_writer *writer, struct arena *arena)
{
    *writer = (struct serial_writer){.arena = arena};
    interner_init(&writer->texts, arena);
}

static void put(struct serial_writer *writer, const void *data, size_t length)
{
    vec_reserve(writer->arena, &writer->bytes, writer->bytes.len + length);
    if (length)
        memcpy(writer->bytes.items + writer->bytes.len, data, length);
    writer->bytes.len += length;
}

void serial_put_number(struct serial_writer *writer, uint64_t number)
{
    unsigned char bytes[10];
    size_t count = 0;
    for (; number >= 0x80; number >>= 7)
        bytes[count++] = (unsigned char)(number | 0x80);
    bytes[count++] = (unsigned char)number;
    put(writer, bytes, count);
}

void serial_put_bytes(struct serial_writer *writer, const void *data, size_t length)
{
    serial_put_number(writer, length);
    put(writer, data, length);
}

void serial_put_text(struct serial_writer *writer, const char *text)
{
    if (!text) {
        serial_put_number(writer, 0);
        return;
    }
    uint64_t key = (uint64_t)(uintptr_t)intern(&writer->texts, text);
    uint64_t *number = map_slot(&writer->numbers, writer->arena, key);
    bool is_new = !*number;
    if (is_new)
        *number = writer->numbers.len;
    serial_put_number(writer, *number);
    if (is_new)
        serial_put_bytes(writer, text, strlen(text) + 1);
}

void serial_put_place(struct serial_writer *writer, struct place place)
{
    serial_put_text(writer, place.file);
    serial_put_number(writer, place.line);
    serial_put_number(writer, place.column);
    serial_put_number(writer, place.length);
}

void serial_put_messages(struct serial_writer *writer, const struct diag_message *messages,
                         size_t count)
{
    serial_put_number(writer, count);
    for (size_t i = 0; i < count; i++) {
        serial_put_number(writer, messages[i].level);
        serial_put_place(writer, messages[i].place);
        serial_put_text(writer, messages[i].text);
        serial_put_text(writer, messages[i].source_line);
        serial_put_text(writer, messages[i].origin);
    }
}

/* -- reading -- */

void serial_reader_init(struct serial_reader *reader, struct arena *arena, const void *data,
                        size_t length)
{
    *reader =
        (struct serial_reader){.arena = arena, .at = data, .end = (const char *)data + length};
}

static void fail(struct serial_reader *reader)
{
    reader->failed = true;
    reader->at = reader->end;
}

uint64_t serial_number(struct serial_reader *reader)
{
    uint64_t number = 0;
    for (int shift = 0; shift < 64 && reader->at < reader->end; shift += 7) {
        unsigned char byte = (unsigned char)*reader->at++;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return number;
    }
    fail(reader);
    return 0;
}

bool serial_bool(struct serial_reader *reader)
{
    return serial_choice(reader, 1);
}

unsigned serial_choice(struct serial_reader *reader, unsigned most)
{
    uint64_t number = serial_number(reader);
    if (number <= most)
        return (unsigned)number;
    fail(reader);
    return 0;
}

static uint32_t number_32(struct serial_reader *reader)
{
    return serial_choice(reader, UINT32_MAX);
}

size_t serial_count(struct serial_reader *reader)
{
    uint64_t number = serial_number(reader);
    if (number <= (uint64_t)(reader->end - reader->at))
        return (size_t)number;
    fail(reader);
    return 0;
}

const char *serial_bytes(struct serial_reader *reader, size_t *ret_length)
{
    *ret_length = serial_count(reader);
    const char *bytes = reader->at;
    reader->at += *ret_length;
    return bytes;
}

const char *serial_text(struct serial_reader *reader)
{
    uint64_t number = serial_number(reader);
    if (number == 0)
        return NULL;
    if (number <= reader->texts.len)
        return reader->texts.items[number - 1];
    size_t length;
    const char *text = serial_bytes(reader, &length);
    if (number != reader->texts.len + 1 || !length || text[length - 1] ||
        strlen(text) != length - 1) {
        fail(reader);
        return NULL;
    }
    vec_push(reader->arena, &reader->texts, text);
    return text;
}

struct place serial_place(struct serial_reader *reader)
{
    struct place place = {.file = serial_text(reader)};
    place.line = number_32(reader);
    place.column = number_32(reader);
    place.length = number_32(reader);
    return place;
}

void serial_messages(struct serial_reader *reader, struct diag *diag)
{
    size_t count = serial_count(reader);
    for (size_t i = 0; i < count; i++) {
        struct diag_message message = {.level = serial_choice(reader, DIAG_ERROR)};
        message.place = serial_place(reader);
        message.text = serial_text(reader);
        message.source_line = serial_text(reader);
        message.origin = serial_text(reader);
        if (!message.text)
            fail(reader);
        if (reader->failed)
            return;
        diag_add(diag, message);
    }
}

bool serial_end(const struct serial_reader *reader)
{
    return !reader->failed && reader->at == reader->end;
}
