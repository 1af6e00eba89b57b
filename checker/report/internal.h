/* Shared by the report formats: what is shown of paths, texts and source lines. */
#ifndef DRVLINT_REPORT_INTERNAL_H
#define DRVLINT_REPORT_INTERNAL_H

#include "base/json.h"
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
    bool below;       /* only what lies below it is shown as seen from there */
    VEC(struct source_text) sources;
};

struct writer writer_make(const struct report_options *options, struct arena *scratch, FILE *out);

/* The same for formats that other programs read: file names are relative to the top of the
 * checkout, else to the project's directory, and absolute if they do not lie below it. The writer
 * refers to *ret_options. */
struct writer checkout_writer(const struct results *results, const struct report_options *options,
                              struct report_options *ret_options, struct arena *scratch, FILE *out);

/* Writes a JSON value and frees it. */
void put_json(struct writer *writer, struct json *root);

/* Whether all was written. */
bool writer_end(struct writer *writer);

/* `path` as reports show it: as seen from the root. */
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

/* ---- text.c ---- */

/* A finding as the report for people has it, with an empty line behind. */
void put_finding(struct writer *writer, const struct finding *finding);

/* "1 file", "2 files" */
const char *plural(struct arena *arena, size_t count, const char *one, const char *many);

/* ---- coverage.c ---- */

/* Was all of the driver analysed? */
bool coverage_is_full(const struct results *results);

/* One line on functions, callbacks, the system's functions and headers. */
const char *coverage_summary(struct arena *arena, const struct results *results);

/* The same as a section of the report for people; nothing if all is well. */
void put_coverage(struct writer *writer, const struct results *results);

/* The member "coverage". */
void add_coverage(const struct writer *writer, struct json *root, const struct results *results);

/* ---- snippet.c: source text ---- */

/* The file's text, read once; .text is NULL if that is impossible. */
const struct source_text *source_of(struct writer *writer, const char *path);

/* A line of it without its end, or NULL. */
const char *source_line(struct writer *writer, const char *path, uint32_t line);

/* What stands at a place: as long as the place says, else the name or the one character there. ""
 * without a source. */
const char *source_word(struct writer *writer, const struct place *place);

/* Where that is in its line: UTF-16 code units [*ret_start, *ret_end), counted from 0. Bytes that
 * are no UTF-8 are one each. False if the source does not have the place. */
bool source_units(struct writer *writer, const struct place *place, uint32_t *ret_start,
                  uint32_t *ret_end);

/* ---- results_json.c ---- */

/* The whole report as JSON. `shown`: with paths as path_shown() has them, for a page. */
struct json *results_json(struct writer *writer, const struct results *results, bool shown);

/* ---- html.c ---- */

/* The files in html/, made into C by the build. */
extern const char html_page[], html_style[], html_script[];

/* ---- path.c: paths as reports for programs and browsers show them ---- */

enum { PATH_MOST = 100 }; /* steps that are shown */

/* A step, and what the one before it left. */
struct shown_step {
    const struct step *step;
    const char *text;  /* its sentence, with what became of the rule's state and of the IRQL */
    const char *state; /* after it; "" if the rule has none */
    const char *irql;  /* the same; "" if not known */
    bool essential;    /* it changes the state or is the error */
    size_t left_out;   /* steps before it that are not shown */
};

struct shown_path {
    struct shown_step *steps;
    size_t count;
    const char *object; /* what the rule watches, as the driver calls it, or NULL */
};

/* The steps that matter: at most `most`, but all that change the rule's state. */
struct shown_path path_shown(struct writer *writer, const struct finding *finding, size_t most);

/* All findings in the order of finding_compare(). */
const struct finding **sorted_findings(const struct results *results, struct arena *arena,
                                       size_t *ret_count);

bool report_text(const struct results *results, const struct report_options *options,
                 struct arena *scratch, FILE *out);
bool report_json(const struct results *results, const struct report_options *options,
                 struct arena *scratch, FILE *out);
bool report_github(const struct results *results, const struct report_options *options,
                   struct arena *scratch, FILE *out);
bool report_gitlab(const struct results *results, const struct report_options *options,
                   struct arena *scratch, FILE *out);
bool report_html(const struct results *results, const struct report_options *options,
                 struct arena *scratch, FILE *out);
bool report_junit(const struct results *results, const struct report_options *options,
                  struct arena *scratch, FILE *out);
bool report_sarif(const struct results *results, const struct report_options *options,
                  struct arena *scratch, FILE *out);

#endif
