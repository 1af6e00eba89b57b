#include "rule/internal.h"

#include <stdio.h>
#include <string.h>

void text_put_n(struct text *text, const char *bytes, size_t length)
{
    if (!length)
        return;
    vec_reserve(text->arena, &text->bytes, text->bytes.len + length);
    memcpy(text->bytes.items + text->bytes.len, bytes, length);
    text->bytes.len += length;
}

void text_put(struct text *text, const char *string)
{
    text_put_n(text, string, strlen(string));
}

void text_printf(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_put(text, arena_vprintf(text->arena, format, args));
    va_end(args);
}

char *text_string(struct text *text)
{
    return arena_strndup(text->arena, text->bytes.len ? text->bytes.items : "", text->bytes.len);
}

static const char *source_line(struct source *source, uint32_t line)
{
    const char *at = source->text;
    for (uint32_t i = 1; i < line; i++) {
        const char *end = strchr(at, '\n');
        if (!end)
            return NULL;
        at = end + 1;
    }
    return arena_strndup(source->diag->arena, at, strcspn(at, "\r\n"));
}

static void report(struct source *source, enum diag_level level, struct place place,
                   const char *format, va_list args)
{
    diag_add(source->diag,
             (struct diag_message){.level = level,
                                   .place = place,
                                   .text = arena_vprintf(source->diag->arena, format, args),
                                   .source_line = source_line(source, place.line)});
}

void source_error(struct source *source, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(source, DIAG_ERROR, place, format, args);
    va_end(args);
}

void source_warning(struct source *source, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(source, DIAG_WARNING, place, format, args);
    va_end(args);
}

void source_note(struct source *source, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(source, DIAG_NOTE, place, format, args);
    va_end(args);
}
