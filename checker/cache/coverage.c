/* How much of a driver was analysed, as bytes. */
#include "cache/internal.h"

void cache_write_coverage(struct serial_writer *writer, const struct coverage *coverage)
{
    serial_put_number(writer, coverage->files.len);
    for (size_t i = 0; i < coverage->files.len; i++) {
        const struct file_coverage *file = &coverage->files.items[i];
        serial_put_text(writer, file->file);
        serial_put_number(writer, file->lost);
        serial_put_number(writer, file->whole);
        serial_put_number(writer, file->holes);
        serial_put_number(writer, file->none);
    }
    serial_put_number(writer, coverage->functions.len);
    for (size_t i = 0; i < coverage->functions.len; i++) {
        const struct function_coverage *function = &coverage->functions.items[i];
        serial_put_number(writer, function->lack);
        serial_put_text(writer, function->function);
        serial_put_place(writer, function->place);
        serial_put_number(writer, function->holes);
    }
    serial_put_number(writer, coverage->ddis.len);
    for (size_t i = 0; i < coverage->ddis.len; i++) {
        const struct ddi_coverage *ddi = &coverage->ddis.items[i];
        serial_put_text(writer, ddi->name);
        serial_put_number(writer, ddi->knowledge);
        serial_put_place(writer, ddi->place);
        serial_put_number(writer, ddi->calls);
    }
    serial_put_number(writer, coverage->headers.len);
    for (size_t i = 0; i < coverage->headers.len; i++) {
        const struct header_coverage *header = &coverage->headers.items[i];
        serial_put_text(writer, header->name);
        serial_put_place(writer, header->place);
        serial_put_number(writer, header->harmless);
    }
    const size_t counts[] = {coverage->whole,     coverage->holes,      coverage->none,
                             coverage->unreached, coverage->registered, coverage->declared,
                             coverage->guessed};
    for (size_t i = 0; i < ARRAY_LEN(counts); i++)
        serial_put_number(writer, counts[i]);
}

static void read_files(struct serial_reader *reader, struct coverage *coverage)
{
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--) {
        struct file_coverage file = {.file = serial_text(reader)};
        file.lost = serial_bool(reader);
        file.whole = (size_t)serial_number(reader);
        file.holes = (size_t)serial_number(reader);
        file.none = (size_t)serial_number(reader);
        vec_push(reader->arena, &coverage->files, file);
    }
}

static void read_functions(struct serial_reader *reader, struct coverage *coverage)
{
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--) {
        struct function_coverage function = {
            .lack = (enum function_lack)serial_choice(reader, LACK_CALLER)};
        function.function = serial_text(reader);
        function.place = serial_place(reader);
        function.holes = (size_t)serial_number(reader);
        vec_push(reader->arena, &coverage->functions, function);
    }
}

static void read_ddis(struct serial_reader *reader, struct coverage *coverage)
{
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--) {
        struct ddi_coverage ddi = {.name = serial_text(reader)};
        ddi.knowledge = (enum ddi_knowledge)serial_choice(reader, DDI_UNKNOWN);
        ddi.place = serial_place(reader);
        ddi.calls = (size_t)serial_number(reader);
        vec_push(reader->arena, &coverage->ddis, ddi);
    }
}

void cache_read_coverage(struct serial_reader *reader, struct coverage *ret_coverage)
{
    struct coverage coverage = {0};
    read_files(reader, &coverage);
    read_functions(reader, &coverage);
    read_ddis(reader, &coverage);
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--) {
        struct header_coverage header = {.name = serial_text(reader)};
        header.place = serial_place(reader);
        header.harmless = serial_bool(reader);
        vec_push(reader->arena, &coverage.headers, header);
    }
    size_t *const counts[] = {&coverage.whole,     &coverage.holes,      &coverage.none,
                              &coverage.unreached, &coverage.registered, &coverage.declared,
                              &coverage.guessed};
    for (size_t i = 0; i < ARRAY_LEN(counts); i++)
        *counts[i] = (size_t)serial_number(reader);
    *ret_coverage = coverage;
}
