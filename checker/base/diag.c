#include "base/diag.h"

#include <string.h>

void diag_init(struct diag *diag, struct arena *arena)
{
    *diag = (struct diag){.arena = arena};
}

void diag_add(struct diag *diag, struct diag_message message)
{
    vec_push(diag->arena, &diag->messages, message);
    switch (message.level) {
    case DIAG_NOTE:
        break;
    case DIAG_WARNING:
        diag->warnings++;
        break;
    case DIAG_ERROR:
        diag->errors++;
        break;
    }
}

static struct place copy_place(struct arena *arena, struct place place)
{
    if (place.file)
        place.file = arena_strdup(arena, place.file);
    return place;
}

static void add(struct diag *diag, enum diag_level level, struct place place, const char *format,
                va_list args)
{
    diag_add(diag, (struct diag_message){.level = level,
                                         .place = copy_place(diag->arena, place),
                                         .text = arena_vprintf(diag->arena, format, args)});
}

bool diag_error(struct diag *diag, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(diag, DIAG_ERROR, place, format, args);
    va_end(args);
    return false;
}

void diag_warning(struct diag *diag, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(diag, DIAG_WARNING, place, format, args);
    va_end(args);
}

void diag_note(struct diag *diag, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(diag, DIAG_NOTE, place, format, args);
    va_end(args);
}

bool diag_error_in_text(struct diag *diag, const char *file, const char *text, size_t length,
                        size_t offset, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(diag, DIAG_ERROR, place_in_text(file, text, length, offset), format, args);
    va_end(args);
    vec_last(&diag->messages).source_line = line_of_text(diag->arena, text, length, offset);
    return false;
}

static const char *copy_text(struct arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

static void merge_message(struct diag *to, struct diag_message message)
{
    message.place = copy_place(to->arena, message.place);
    message.text = copy_text(to->arena, message.text);
    message.source_line = copy_text(to->arena, message.source_line);
    message.origin = copy_text(to->arena, message.origin);
    diag_add(to, message);
}

void diag_merge(struct diag *to, const struct diag *from)
{
    for (size_t i = 0; i < from->messages.len; i++)
        merge_message(to, from->messages.items[i]);
}

bool place_same(const struct place *a, const struct place *b)
{
    return a->line == b->line && a->column == b->column && !a->file == !b->file &&
           (!a->file || !strcmp(a->file, b->file));
}

static bool is_said(const struct diag *diag, const struct diag_message *message)
{
    for (size_t i = 0; i < diag->messages.len; i++) {
        const struct diag_message *m = &diag->messages.items[i];
        if (m->level == message->level && place_same(&m->place, &message->place) &&
            !strcmp(m->text, message->text))
            return true;
    }
    return false;
}

void diag_merge_new(struct diag *to, const struct diag *from)
{
    bool said = false;
    for (size_t i = 0; i < from->messages.len; i++) {
        const struct diag_message *message = &from->messages.items[i];
        if (message->level != DIAG_NOTE)
            said = message->place.file && is_said(to, message);
        if (!said)
            merge_message(to, *message);
    }
}

struct place place_file(const char *file)
{
    return (struct place){.file = file};
}

struct place place_none(void)
{
    return (struct place){0};
}

static size_t line_start(const char *text, size_t offset)
{
    while (offset > 0 && text[offset - 1] != '\n')
        offset--;
    return offset;
}

struct place place_in_text(const char *file, const char *text, size_t length, size_t offset)
{
    BUG_ON(offset > length);
    uint32_t line = 1;
    for (size_t i = 0; i < offset; i++)
        line += text[i] == '\n';
    return (struct place){
        .file = file, .line = line, .column = (uint32_t)(offset - line_start(text, offset)) + 1};
}

const char *line_of_text(struct arena *arena, const char *text, size_t length, size_t offset)
{
    BUG_ON(offset > length);
    size_t start = line_start(text, offset), end = start;
    while (end < length && text[end] != '\n' && text[end] != '\r')
        end++;
    return arena_strndup(arena, text + start, end - start);
}
