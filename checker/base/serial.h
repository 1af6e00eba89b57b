/* Values as bytes and back, for what one run leaves to the next. A text that comes again is written
 * once. There are no types in the bytes: who reads asks for what was written. */
#ifndef DRVLINT_BASE_SERIAL_H
#define DRVLINT_BASE_SERIAL_H

#include "base/diag.h"
#include "base/intern.h"
#include "base/map.h"

struct serial_writer {
    struct arena *arena;
    VEC(char) bytes;
    struct interner texts;
    struct map numbers; /* of texts that are there already */
};

void serial_writer_init(struct serial_writer *writer, struct arena *arena);
void serial_put_number(struct serial_writer *writer, uint64_t number);
void serial_put_text(struct serial_writer *writer, const char *text); /* may be NULL */
void serial_put_bytes(struct serial_writer *writer, const void *data, size_t length);
void serial_put_place(struct serial_writer *writer, struct place place);
void serial_put_messages(struct serial_writer *writer, const struct diag_message *messages,
                         size_t count);

/* Bytes that end too early or do not make sense set .failed; everything read from then on is 0,
 * NULL or empty, so it is enough to look once, in the end. */
struct serial_reader {
    struct arena *arena;
    const char *at, *end;
    VEC(const char *) texts;
    bool failed;
};

void serial_reader_init(struct serial_reader *reader, struct arena *arena, const void *data,
                        size_t length);
uint64_t serial_number(struct serial_reader *reader);
bool serial_bool(struct serial_reader *reader);
/* At most `most`, else it fails: for enumerations. */
unsigned serial_choice(struct serial_reader *reader, unsigned most);
/* How many elements follow; each takes at least a byte, so it is never more than there are bytes.
 */
size_t serial_count(struct serial_reader *reader);
/* Texts and bytes point into the data that is read. */
const char *serial_text(struct serial_reader *reader);
const char *serial_bytes(struct serial_reader *reader, size_t *ret_length);
struct place serial_place(struct serial_reader *reader);
/* Adds messages to `diag`. */
void serial_messages(struct serial_reader *reader, struct diag *diag);
/* Whether all was read, and nothing is left. */
bool serial_end(const struct serial_reader *reader);

#endif
