/* Shared by the report formats: what is shown of paths, texts and source lines. */
#ifndef DRVLINT_REPORT_INTERNAL_H
#define DRVLINT_REPORT_INTERNAL_H

#include "base/map.h"
#include "report/report.h"

/* A source file read again for its lines. */
struct source_text {
    const char *path;
    const char *text;   /* NULL: it cannot be read */
    const char **lines; /* starts of lines */
    size_t nlines;
};

struct writer {
    const struct report_options *options;
    struct arena *scratch;
    FILE *out;
    const char *root; /* absolute, or NULL */
    VEC(struct source_text) sources;
};

struct writer writer_make(const struct report_options *options, struct arena *scratch, FILE *out);

/* Whether all was written. */
bool writer_end(struct writer *writer);

/* `path` as reports show it: relative to the root if it lies below it. */
const char *shown_path(const struct writer *writer, const char *path);

/* "file:line:column", as much of it as is known; "" for no place. */
const char *shown_place(const struct writer *writer, const struct place *place);

/* One line of well-formed UTF-8 without control characters: sources come in any encoding, and a
 * terminal obeys what it is sent. */
const char *clean_text(struct arena *arena, const char *text);

/* Terminal styles; they write nothing if colours are off. */
enum style {
    STYLE_NONE,
    STYLE_ERROR,
    STYLE_WARNING,
    STYLE_NOTE,
    STYLE_GOOD,
    STYLE_STRONG,
    STYLE_FAINT
};
void set_style(const struct writer *writer, enum style style);
void put_styled(const struct writer *writer, enum style style, const char *text);

/* The source line at a place with a caret below. `line` is its text, or NULL to read the file;
 * writes nothing if that is impossible. */
void put_snippet(struct writer *writer, const struct place *place, const char *line,
                 enum style style);

/* All findings in the order of finding_compare(). */
const struct finding **sorted_findings(const struct results *results, struct arena *arena,
                                       size_t *ret_count);

bool report_text(const struct results *results, const struct report_options *options,
                 struct arena *scratch, FILE *out);
bool report_json(const struct results *results, const struct report_options *options,
                 struct arena *scratch, FILE *out);

#endif
