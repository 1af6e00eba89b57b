#include "frontend/repair_internal.h"

#include <stdlib.h>
#include <string.h>

void edit(struct repair *repair, CXFile file, struct span span, const char *with)
{
    vec_push(repair->arena, &repair->edits, (struct edit){file, span, with});
}

static int compare_edits(const void *a, const void *b)
{
    const struct edit *left = a, *right = b;
    if (left->file != right->file)
        return (uintptr_t)left->file < (uintptr_t)right->file ? -1 : 1;
    if (left->span.start != right->span.start)
        return left->span.start < right->span.start ? -1 : 1;
    return left->span.end < right->span.end ? 1 : left->span.end > right->span.end ? -1 : 0;
}

size_t line_start(struct text text, size_t at)
{
    while (at > 0 && text.bytes[at - 1] != '\n')
        at--;
    return at;
}

bool is_continued(struct text text, size_t line)
{
    size_t end = line - (line > 0);
    end -= end > 0 && text.bytes[end - 1] == '\r';
    return end > 0 && text.bytes[end - 1] == '\\';
}

/* True if the line that starts at `line` is part of one for the preprocessor. */
static bool is_directive(struct text text, size_t line)
{
    while (is_continued(text, line))
        line = line_start(text, line - 1);
    while (line < text.size && (text.bytes[line] == ' ' || text.bytes[line] == '\t'))
        line++;
    return line < text.size && text.bytes[line] == '#';
}

/* The bytes that take a span's place: the new text and then blanks, so that everything behind it
 * stays in its line, and in its column if the new text is not longer. Lines of the preprocessor
 * stay: an #if may have its #endif elsewhere. */
static const char *padded(struct repair *repair, struct text text, const struct edit *edit)
{
    size_t length = strlen(edit->with), old = edit->span.end - edit->span.start;
    char *bytes = arena_alloc(repair->arena, length + old + 1), *out = stpcpy(bytes, edit->with);
    bool first = true;
    for (size_t at = edit->span.start; at < edit->span.end; first = false) {
        const char *line = text.bytes + at;
        const char *newline = memchr(line, '\n', edit->span.end - at);
        size_t width = newline ? (size_t)(newline - line) : edit->span.end - at;
        if (!first && is_directive(text, at))
            memcpy(out, line, width);
        else
            memset(out, ' ', width);
        out += !first ? width : width > length ? width - length : 0;
        if (newline)
            *out++ = '\n';
        at += width + (newline != NULL);
    }
    *out = '\0';
    return bytes;
}

void store_text(struct repair *repair, const char *path, const char *bytes, size_t length)
{
    struct replaced_text text = {.path = path, .bytes = bytes, .length = length};
    for (size_t i = 0; i < repair->texts.len; i++) {
        if (!strcmp(repair->texts.items[i].path, path)) {
            repair->texts.items[i] = text;
            return;
        }
    }
    vec_push(repair->arena, &repair->texts, text);
}

/* Applies the edits [first, end), which are of one file and sorted. */
static void edit_file(struct repair *repair, size_t first, size_t end)
{
    CXFile file = repair->edits.items[first].file;
    struct text text = text_of_file(repair->r, file);
    VEC(char) whole = {0};
    size_t at = 0;
    for (size_t i = first; i <= end; i++) {
        const struct edit *one = i < end ? &repair->edits.items[i] : NULL;
        if (one && one->span.start < at)
            continue; /* inside the one before */
        size_t upto = one ? one->span.start : text.size;
        const char *with = one ? padded(repair, text, one) : "";
        size_t more = upto - at, length = strlen(with);
        vec_reserve(repair->arena, &whole, whole.len + more + length + 1);
        memcpy(whole.items + whole.len, text.bytes + at, more);
        memcpy(whole.items + whole.len + more, with, length);
        whole.len += more + length;
        at = one ? one->span.end : at;
    }
    whole.items[whole.len] = '\0';
    CXString name = clang_getFileName(file);
    store_text(repair, arena_strdup(repair->arena, clang_getCString(name)), whole.items, whole.len);
    clang_disposeString(name);
}

void apply_edits(struct repair *repair)
{
    qsort(repair->edits.items, repair->edits.len, sizeof(struct edit), compare_edits);
    for (size_t i = 0, end; i < repair->edits.len; i = end) {
        for (end = i + 1; end < repair->edits.len &&
                          repair->edits.items[end].file == repair->edits.items[i].file;)
            end++;
        edit_file(repair, i, end);
    }
}
