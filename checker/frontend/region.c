/* Functions found by their layout, for what neither clang's tree nor brackets tell any more: nearly
 * everywhere the braces of a function stand at the start of a line, or its '{' at the end of one.
 */
#include "frontend/repair_internal.h"

#include <string.h>

static size_t next_line(struct text text, size_t at)
{
    const char *newline = memchr(text.bytes + at, '\n', text.size - at);
    return newline ? (size_t)(newline - text.bytes) + 1 : text.size;
}

static size_t line_before(struct text text, size_t line)
{
    return line ? line_start(text, line - 1) : 0;
}

static bool starts_with(struct text text, size_t line, char c)
{
    return line < text.size && text.bytes[line] == c;
}

/* From behind the '}' of the function before to the '}' of the one that `at` is in. */
static struct span region_of(struct text text, size_t at)
{
    struct span region = {0, line_start(text, at)};
    for (size_t line = region.end; line > 0 && !region.start;) {
        line = line_before(text, line);
        if (starts_with(text, line, '}'))
            region.start = next_line(text, line);
    }
    while (region.end < text.size && !starts_with(text, region.end, '}'))
        region.end = next_line(text, region.end);
    return region;
}

/* The '{' that ends the line if that could be the head of a function, else text.size. */
static size_t opened_by(struct text text, size_t line)
{
    size_t end = next_line(text, line);
    if (starts_with(text, line, '{'))
        return line;
    if (!token_is_word_byte(text.bytes[line]) || !memchr(text.bytes + line, ')', end - line))
        return text.size;
    while (end > line && strchr(" \t\r\n", text.bytes[end - 1]))
        end--;
    return end > line && text.bytes[end - 1] == '{' ? end - 1 : text.size;
}

/* What is between the braces, from the first '{' in the region or from the last before `at`. */
static bool body_in(struct text text, struct span region, size_t at, bool first,
                    struct span *ret_body)
{
    bool found = false;
    for (size_t line = region.start; line < region.end && (line <= at || !found);
         line = next_line(text, line)) {
        size_t open = opened_by(text, line);
        if (open == text.size || (found && first))
            continue;
        *ret_body = (struct span){open + 1, region.end};
        found = true;
    }
    return found;
}

bool blank_region(struct repair *repair, struct spot at, unsigned step)
{
    struct text text = text_of_file(repair->r, at.file);
    struct span region = region_of(text, at.offset), span;
    bool found = false;
    switch (step) {
    case 0:
    case 1:
        found = body_in(text, region, at.offset, step == 1, &span);
        break;
    case 2:
        if (region.start > 0)
            found = body_in(text, region_of(text, region.start - 1), region.start, true, &span);
        break;
    case REGION_ALL:
        span = (struct span){region.start, next_line(text, region.end)};
        found = span.end > span.start;
        break;
    }
    if (found)
        edit(repair, at.file, span,
             step == REGION_ALL ? "" : hole_text(repair, HOLE_BODY, text, span));
    return found;
}
