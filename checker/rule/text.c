#include "rule/internal.h"

#include <ctype.h>
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

enum { LONGEST = 48 }; /* words longer than this get no suggestion */

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Optimal string alignment distance, case ignored: insertions, deletions, replacements and swaps of
 * neighbours (Damerau, CACM 1964). */
static size_t edit_distance(const char *a, size_t na, const char *b, size_t nb)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= nb; j++)
        last[j] = j;
    for (size_t i = 1; i <= na; i++) {
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            int x = tolower((unsigned char)a[i - 1]), y = tolower((unsigned char)b[j - 1]);
            row[j] = smallest(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == tolower((unsigned char)b[j - 2]) &&
                y == tolower((unsigned char)a[i - 2]) && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        size_t *unused = before;
        before = last;
        last = row;
        row = unused;
    }
    return last[nb];
}

void suggestion_try(struct suggestion *suggestion, const char *candidate)
{
    size_t word = strlen(suggestion->word), length = strlen(candidate);
    if (word > LONGEST || length > LONGEST)
        return;
    size_t allowed = (word < length ? word : length) / 3;
    size_t distance = edit_distance(suggestion->word, word, candidate, length);
    if (distance > (allowed ? allowed : 1) || distance >= length)
        return;
    if (suggestion->nearest && suggestion->distance <= distance)
        return;
    suggestion->nearest = candidate;
    suggestion->distance = distance;
}

const char *suggestion_text(const struct suggestion *suggestion, struct arena *arena)
{
    return suggestion->nearest ? arena_printf(arena, "; did you mean '%s'?", suggestion->nearest)
                               : "";
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
