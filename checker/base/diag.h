/* Diagnostics about the user's input and our limits: collected, not printed. Library folders report
 * here; only main, cli/ and report/ write to streams. */
#ifndef DRVLINT_BASE_DIAG_H
#define DRVLINT_BASE_DIAG_H

#include "base/arena.h"
#include "base/vec.h"

enum diag_level {
    DIAG_NOTE,    /* additional information about the diagnostic before it */
    DIAG_WARNING, /* analysis goes on, something may be lost */
    DIAG_ERROR,   /* some input cannot be used */
};

/* A place in a text file. file NULL: no place. line and column count from 1; 0: unknown. */
struct place {
    const char *file;
    uint32_t line, column;
    uint32_t length; /* characters to underline from column; 0: one */
};

struct diag_message {
    enum diag_level level;
    struct place place;
    const char *text; /* no capital, no full stop; what happened first, subject in 'quotes' */
    const char *source_line; /* the text of that line for a caret display, or NULL */
    const char *origin; /* who said it if not drvlint ("clang"), or NULL */
};

struct diag {
    struct arena *arena;
    VEC(struct diag_message) messages;
    size_t errors, warnings;
};

/* Messages live as long as `arena`. */
void diag_init(struct diag *diag, struct arena *arena);

/* Adds an error and returns false, so that callers can write `return diag_error(...)`. */
bool diag_error(struct diag *diag, struct place place, const char *format, ...) PRINTF_LIKE(3, 4);
void diag_warning(struct diag *diag, struct place place, const char *format, ...)
    PRINTF_LIKE(3, 4);
void diag_note(struct diag *diag, struct place place, const char *format, ...) PRINTF_LIKE(3, 4);

/* Adds a message that is already made; its strings must live as long as the diag's arena. */
void diag_add(struct diag *diag, struct diag_message message);

/* Appends all messages of `from` (copied into to's arena): per-thread collections meet here, in a
 * fixed order. */
void diag_merge(struct diag *to, const struct diag *from);

/* The same without what is said of a place already, and its notes: a header's messages come from every source
 * that includes it. */
void diag_merge_new(struct diag *to, const struct diag *from);

/* Whether both are the same line and column of a file, whatever is underlined. */
bool place_same(const struct place *a, const struct place *b);

/* The place "whole file" and the place "nowhere". */
struct place place_file(const char *file);
struct place place_none(void);

/* The place of byte `offset` in a text; columns count bytes. */
struct place place_in_text(const char *file, const char *text, size_t length, size_t offset);

/* A copy of the line of `text` that has byte `offset`, without its line end: for .source_line. */
const char *line_of_text(struct arena *arena, const char *text, size_t length, size_t offset);

/* Adds an error about byte `offset` of a text, with the line for the caret display; returns false. */
bool diag_error_in_text(struct diag *diag, const char *file, const char *text, size_t length,
                        size_t offset, const char *format, ...) PRINTF_LIKE(6, 7);

#endif
