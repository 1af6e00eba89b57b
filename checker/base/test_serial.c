#include "base/serial.h"
#include "test/check.h"

static const uint64_t numbers[] = {0, 1, 127, 128, 300, UINT32_MAX, UINT64_MAX};

static void write_all(struct serial_writer *writer)
{
    struct diag_message message = {.level = DIAG_WARNING,
                                   .place = {"a.c", 1, 2, 3},
                                   .text = "text",
                                   .source_line = "line",
                                   .origin = "clang"};
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        serial_put_number(writer, numbers[i]);
    serial_put_text(writer, "one");
    serial_put_text(writer, NULL);
    serial_put_text(writer, "");
    serial_put_text(writer, "one");
    serial_put_bytes(writer, "a\0b", 3);
    serial_put_place(writer, (struct place){"a.c", 7, 8, 9});
    serial_put_messages(writer, &message, 1);
}

static void test_round(struct arena *arena, const struct serial_writer *writer)
{
    struct serial_reader reader;
    struct diag diag;
    size_t length;
    diag_init(&diag, arena);
    serial_reader_init(&reader, arena, writer->bytes.items, writer->bytes.len);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        CHECK(serial_number(&reader) == numbers[i], "a number");
    const char *one = serial_text(&reader);
    CHECK_TEXT(one, "one", "a text");
    CHECK_TEXT(serial_text(&reader), NULL, "no text");
    CHECK_TEXT(serial_text(&reader), "", "an empty text");
    CHECK(serial_text(&reader) == one, "a text that was there already");
    const char *bytes = serial_bytes(&reader, &length);
    CHECK(length == 3 && memcmp(bytes, "a\0b", 3) == 0, "bytes");
    struct place place = serial_place(&reader);
    CHECK_TEXT(place.file, "a.c", "a place");
    CHECK(place.line == 7 && place.column == 8 && place.length == 9, "a place");
    CHECK(!serial_end(&reader), "something is left");
    serial_messages(&reader, &diag);
    CHECK(serial_end(&reader), "all is read");
    CHECK(diag.warnings == 1 && diag.messages.len == 1, "a message");
    const struct diag_message *message = &diag.messages.items[0];
    CHECK_TEXT(message->text, "text", "a message");
    CHECK_TEXT(message->source_line, "line", "a message's line");
    CHECK_TEXT(message->origin, "clang", "who said it");
    CHECK(message->place.line == 1 && message->place.length == 3, "a message's place");
}

/* Reads as much as there is, in the order of write_all(). */
static bool read_all(struct arena *arena, const char *data, size_t size)
{
    struct serial_reader reader;
    struct diag diag;
    size_t length;
    diag_init(&diag, arena);
    serial_reader_init(&reader, arena, data, size);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        serial_number(&reader);
    for (int i = 0; i < 4; i++)
        serial_text(&reader);
    serial_bytes(&reader, &length);
    serial_place(&reader);
    serial_messages(&reader, &diag);
    return serial_end(&reader);
}

static void test_broken(struct arena *arena, const struct serial_writer *writer)
{
    size_t size = writer->bytes.len;
    CHECK(read_all(arena, writer->bytes.items, size), "as it was written");
    for (size_t i = 0; i < size; i++) {
        char *copy = arena_strndup(arena, writer->bytes.items, i); /* a byte behind is outside */
        CHECK(!read_all(arena, copy, i), "it ends too early");
    }
    /* Whatever the bytes are, reading stays within them (the sanitizers watch). */
    for (size_t i = 0; i < size; i++)
        for (int bit = 0; bit < 8; bit++) {
            char *copy = arena_strndup(arena, writer->bytes.items, size);
            copy[i] ^= (char)(1 << bit);
            read_all(arena, copy, size);
        }
    CHECK(!read_all(arena, arena_printf(arena, "%s", ""), 0), "nothing at all");
}

int main(void)
{
    struct arena arena;
    struct serial_writer writer;
    arena_init(&arena, NULL, NULL);
    serial_writer_init(&writer, &arena);
    write_all(&writer);
    test_round(&arena, &writer);
    test_broken(&arena, &writer);
    arena_finish(&arena);
    return check_status();
}
