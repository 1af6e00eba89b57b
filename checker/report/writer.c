#include "report/internal.h"

#include "base/path.h"
#include <stdlib.h>
#include <string.h>

struct writer writer_make(const struct report_options *options, struct arena *scratch, FILE *out)
{
    struct writer writer = {.options = options, .scratch = scratch, .out = out};
    if (options->root)
        writer.root = path_absolute(scratch, options->root);
    return writer;
}

struct writer checkout_writer(const struct results *results, const struct report_options *options,
                              struct report_options *ret_options, struct arena *scratch, FILE *out)
{
    *ret_options = *options;
    if (results->revision.root)
        ret_options->root = results->revision.root;
    else if (options->home)
        ret_options->root = options->home;
    struct writer writer = writer_make(ret_options, scratch, out);
    writer.below = true;
    return writer;
}

void put_json(struct writer *writer, struct json *root)
{
    char *text = json_text(root);
    fputs(text, writer->out);
    json_text_free(text);
    json_free(root);
}

bool writer_end(struct writer *writer)
{
    return fflush(writer->out) == 0 && !ferror(writer->out);
}

const char *shown_path(const struct writer *writer, const char *path)
{
    if (!path || !writer->root)
        return path;
    const char *absolute = path_absolute(writer->scratch, path);
    if (!absolute)
        return path;
    bool named = strcmp(path, absolute) != 0; /* relative as it is */
    const char *relative = writer->below || named
                               ? path_relative(absolute, writer->root)
                               : path_seen_from(writer->scratch, absolute, writer->root);
    return relative == absolute ? path : relative;
}

const char *shown_place(const struct writer *writer, const struct place *place)
{
    if (!place->file)
        return "";
    const char *path = clean_text(writer->scratch, shown_path(writer, place->file));
    if (!place->line)
        return path;
    if (!place->column)
        return arena_printf(writer->scratch, "%s:%u", path, (unsigned)place->line);
    return arena_printf(writer->scratch, "%s:%u:%u", path, (unsigned)place->line,
                        (unsigned)place->column);
}

/* ---- text ---- */

/* Bytes of the well-formed UTF-8 character at `s`; 0 if there is none. */
static size_t character_length(const unsigned char *s)
{
    if (s[0] < 0x80)
        return 1;
    size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
    bool beyond = (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf4 && s[1] > 0x8f);
    bool no_character = s[0] == 0xef && s[1] == 0xbf && s[2] >= 0xbe; /* U+FFFE, U+FFFF */
    return overlong || beyond || no_character ? 0 : length;
}

static bool is_clean(const char *text)
{
    for (const unsigned char *s = (const unsigned char *)text; *s;) {
        size_t length = character_length(s);
        if (!length || *s < ' ' || *s == 0x7f || (*s == 0xc2 && s[1] < 0xa0))
            return false;
        s += length;
    }
    return true;
}

const char *clean_text(struct arena *arena, const char *text)
{
    if (!text || is_clean(text))
        return text;
    VEC(char) out = {0};
    vec_reserve(arena, &out, strlen(text) * 3 + 1); /* U+FFFD has three bytes */
    for (const unsigned char *s = (const unsigned char *)text; *s;) {
        size_t length = character_length(s);
        bool control = *s < ' ' || *s == 0x7f || (*s == 0xc2 && length && s[1] < 0xa0);
        if (!length) {
            memcpy(out.items + out.len, "\xef\xbf\xbd", 3);
            out.len += 3;
            s++;
            continue;
        }
        if (control)
            out.items[out.len++] = ' ';
        for (size_t i = 0; i < length && !control; i++)
            out.items[out.len++] = (char)s[i];
        s += length;
    }
    out.items[out.len] = '\0';
    return out.items;
}

/* ---- styles ---- */

void set_style(const struct writer *writer, enum style style)
{
    static const char *const codes[] = {
        [STYLE_NONE] = "\33[0m",    [STYLE_ERROR] = "\33[1;31m", [STYLE_WARNING] = "\33[1;35m",
        [STYLE_NOTE] = "\33[1;36m", [STYLE_GOOD] = "\33[32m",    [STYLE_STRONG] = "\33[1m",
        [STYLE_FAINT] = "\33[2m",
    };
    if (writer->options->colour)
        fputs(codes[style], writer->out);
}

void put_styled(const struct writer *writer, enum style style, const char *text)
{
    set_style(writer, style);
    fputs(text, writer->out);
    set_style(writer, STYLE_NONE);
}

/* ---- findings ---- */

static int compare_findings(const void *a, const void *b)
{
    return finding_compare(*(const struct finding *const *)a, *(const struct finding *const *)b);
}

const struct finding **sorted_findings(const struct results *results, struct arena *arena,
                                       size_t *ret_count)
{
    VEC(const struct finding *) all = {0};
    for (size_t i = 0; i < results->rules.len; i++)
        for (size_t k = 0; k < results->rules.items[i].findings.len; k++)
            vec_push(arena, &all, &results->rules.items[i].findings.items[k]);
    if (all.len)
        qsort(all.items, all.len, sizeof(*all.items), compare_findings);
    *ret_count = all.len;
    return all.items;
}
