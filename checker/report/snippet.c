/* A line of source with a caret. */
#include "report/internal.h"

#include "base/file.h"

#include <ctype.h>
#include <string.h>

enum {
    TAB = 4,          /* columns between tab stops: what driver sources are written with */
    WIDEST = 100,     /* columns of a line that are shown */
    BEFORE_CARET = 60 /* columns kept before the caret if the line is longer */
};

/* ---- reading ---- */

static void split_lines(struct arena *arena, struct source_text *source, size_t length)
{
    VEC(const char *) lines = {0};
    const char *at = source->text, *end = source->text + length;
    while (at <= end) {
        vec_push(arena, &lines, at);
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            break;
        at = stop + 1;
    }
    source->lines = lines.items;
    source->nlines = lines.len;
}

const struct source_text *source_of(struct writer *writer, const char *path)
{
    for (size_t i = 0; i < writer->sources.len; i++)
        if (strcmp(writer->sources.items[i].path, path) == 0)
            return &writer->sources.items[i];
    struct source_text source = {.path = path};
    struct diag diag; /* a report does without lines that it cannot have */
    diag_init(&diag, writer->scratch);
    char *text;
    size_t length;
    if (unsaved_read(writer->options->unsaved, path, writer->scratch, &text, &length, &diag)) {
        source.text = text;
        split_lines(writer->scratch, &source, length);
    }
    vec_push(writer->scratch, &writer->sources, source);
    return &vec_last(&writer->sources);
}

const char *source_line(struct writer *writer, const char *path, uint32_t line)
{
    const struct source_text *source = path ? source_of(writer, path) : NULL;
    if (!source || !source->text || !line || line > source->nlines)
        return NULL;
    const char *start = source->lines[line - 1];
    return arena_strndup(writer->scratch, start, strcspn(start, "\r\n"));
}

static size_t bytes_of_character(const char *s)
{
    unsigned char lead = (unsigned char)*s;
    size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    for (size_t i = 1; i < length; i++)
        if (((unsigned char)s[i] & 0xc0) != 0x80)
            return 1;
    return length;
}

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

const char *source_word(struct writer *writer, const struct place *place)
{
    const char *line = source_line(writer, place->file, place->line);
    if (!line || !place->column || place->column > strlen(line))
        return "";
    const char *start = line + place->column - 1;
    size_t length = place->length;
    while (!place->length && in_name(start[length]))
        length++;
    if (!length)
        length = bytes_of_character(start);
    return arena_strndup(writer->scratch, start, strnlen(start, length));
}

/* UTF-16 code units of the first `bytes` bytes of a line; bytes that are no UTF-8 are shown as one
 * character each. */
static uint32_t code_units(struct arena *arena, const char *line, size_t bytes)
{
    uint32_t units = 0;
    const char *text = clean_text(arena, arena_strndup(arena, line, bytes));
    for (const unsigned char *s = (const unsigned char *)text; *s; s++)
        units += (*s & 0xc0) == 0x80 ? 0 : *s >= 0xf0 ? 2 : 1;
    return units;
}

bool source_units(struct writer *writer, const struct place *place, uint32_t *ret_start,
                  uint32_t *ret_end)
{
    const char *line = source_line(writer, place->file, place->line);
    const char *word = source_word(writer, place);
    if (!*word)
        return false;
    *ret_start = code_units(writer->scratch, line, place->column - 1);
    *ret_end = code_units(writer->scratch, line, place->column - 1 + strlen(word));
    return true;
}

/* ---- columns ---- */

/* One character as it is shown. */
struct cell {
    const char *text; /* bytes; NULL: spaces */
    uint32_t length;  /* bytes */
    uint32_t width;   /* columns */
    uint32_t byte;    /* where it stands in the line, from 0 */
};

struct cells {
    VEC(struct cell) items;
};

static uint32_t code_point(const unsigned char *s, size_t length)
{
    static const unsigned char first_mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t code = s[0] & first_mask[length];
    for (size_t i = 1; i < length; i++)
        code = code << 6 | (s[i] & 0x3f);
    return code;
}

/* Columns of a character on a terminal: the ranges of Unicode's East Asian Width W and F that
 * matter, and combining marks. */
static uint32_t character_width(uint32_t code)
{
    static const struct {
        uint32_t first, last, width;
    } ranges[] = {
        {0x0300, 0x036f, 0}, {0x1100, 0x115f, 2}, {0x200b, 0x200f, 0},   {0x2e80, 0xa4cf, 2},
        {0xac00, 0xd7a3, 2}, {0xf900, 0xfaff, 2}, {0xfe30, 0xfe6f, 2},   {0xfeff, 0xfeff, 0},
        {0xff00, 0xff60, 2}, {0xffe0, 0xffe6, 2}, {0x1f300, 0x1faff, 2}, {0x20000, 0x3fffd, 2},
    };
    for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return ranges[i].width;
    return 1;
}

/* The line as cells. Bytes that are no UTF-8 and control characters become one replacement each. */
static struct cells split_cells(struct arena *arena, const char *line)
{
    struct cells cells = {0};
    uint32_t column = 0;
    for (const char *s = line; *s;) {
        size_t length = bytes_of_character(s);
        struct cell cell = {s, (uint32_t)length, 1, (uint32_t)(s - line)};
        const char *shown = arena_strndup(arena, s, length);
        if (*s == '\t') {
            cell.text = NULL;
            cell.width = TAB - column % TAB;
        } else if (clean_text(arena, shown) != shown) {
            cell.text = "\xef\xbf\xbd";
            cell.length = 3;
        } else {
            cell.width = character_width(code_point((const unsigned char *)s, length));
        }
        vec_push(arena, &cells.items, cell);
        column += cell.width;
        s += length;
    }
    return cells;
}

static uint32_t width_of(const struct cells *cells, size_t from, size_t to)
{
    uint32_t width = 0;
    for (size_t i = from; i < to; i++)
        width += cells->items.items[i].width;
    return width;
}

/* Cells [*ret_from, *ret_to) of a long line: some before the caret, the rest behind it. */
static void choose_window(const struct cells *cells, size_t caret, size_t *ret_from, size_t *ret_to)
{
    size_t from = 0, to = cells->items.len;
    if (width_of(cells, from, to) > WIDEST) {
        while (from < caret && width_of(cells, from, caret) > BEFORE_CARET)
            from++;
        while (to > from && to > caret + 1 && width_of(cells, from, to) > WIDEST)
            to--;
    }
    *ret_from = from;
    *ret_to = to;
}

static void put_cells(struct writer *writer, const struct cells *cells, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct cell *cell = &cells->items.items[i];
        if (cell->text)
            fwrite(cell->text, 1, cell->length, writer->out);
        else
            fprintf(writer->out, "%*s", (int)cell->width, "");
    }
}

static void put_underline(struct writer *writer, const struct cells *cells, size_t caret,
                          uint32_t end_byte, size_t to)
{
    fputc('^', writer->out);
    uint32_t more = 0;
    for (size_t i = caret; i < to && cells->items.items[i].byte < end_byte; i++)
        more += cells->items.items[i].width;
    for (uint32_t i = 1; i < more; i++)
        fputc('~', writer->out);
}

static void put_margin(struct writer *writer, const char *number)
{
    set_style(writer, STYLE_FAINT);
    fprintf(writer->out, "%6s | ", number);
    set_style(writer, STYLE_NONE);
}

void put_snippet(struct writer *writer, const struct place *place, const char *line,
                 enum style style)
{
    if (!place->file || !place->line)
        return;
    if (!line)
        line = source_line(writer, place->file, place->line);
    if (!line || !line[strspn(line, " \t")])
        return;
    struct cells cells = split_cells(writer->scratch, line);
    size_t caret = 0, from, to;
    while (caret < cells.items.len && place->column &&
           cells.items.items[caret].byte + 1 < place->column)
        caret++;
    choose_window(&cells, caret, &from, &to);
    put_margin(writer, arena_printf(writer->scratch, "%u", (unsigned)place->line));
    fputs(from ? "..." : "", writer->out);
    put_cells(writer, &cells, from, to);
    fputs(to < cells.items.len ? "...\n" : "\n", writer->out);
    if (!place->column || place->column > strlen(line) + 1)
        return;
    put_margin(writer, "");
    fprintf(writer->out, "%*s", (int)(width_of(&cells, from, caret) + (from ? 3 : 0)), "");
    set_style(writer, style);
    put_underline(writer, &cells, caret, place->column - 1 + place->length, to);
    set_style(writer, STYLE_NONE);
    fputc('\n', writer->out);
}
