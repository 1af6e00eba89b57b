/* What the files of the repair share: repair.c looks at errors, edit.c changes texts, missing.c
 * declares names, prototype.c makes declarations agree, shape.c and region.c find what brackets that do
 * not match have broken, hole.c makes what takes the place of broken code. */
#ifndef DRVLINT_FRONTEND_REPAIR_INTERNAL_H
#define DRVLINT_FRONTEND_REPAIR_INTERNAL_H

#include "frontend/repair.h"
#include "frontend/statement.h"

/* A name that the source uses and nothing declares. */
struct missing_name {
    const char *name;
    enum { NAME_VALUE, NAME_FUNCTION, NAME_CONSTANT, NAME_TYPE, NAME_EARLY, NAME_DROPPED, NAME_EMPTY } kind;
    bool again;       /* it was dropped once, and is needed after all */
    const char *type; /* NAME_EARLY: what the source declares it as, behind its first use */
    unsigned round;   /* in which it turned up */
    size_t told;      /* number of its omission */
    size_t note;      /* and of the message behind that */
};

struct edit {
    CXFile file;
    struct span span;
    const char *with;
};

enum hole_kind {
    HOLE_STATEMENT,
    HOLE_VALUE, /* an expression that may do something besides */
    HOLE_BODY,  /* all of a function's */
};

/* Code that gave way to "anything that it names may happen". */
struct hole {
    enum hole_kind kind;
    VEC(const char *) words; /* that the code has, in repair.places */
    struct map seen;         /* the same */
    bool bound;              /* its variables are known */
    bool lost;               /* what it does to the order of statements is not represented */
    const char *code;        /* arguments, once bound */
    const char *control;     /* how it may leave its place */
};

struct repair {
    struct arena *arena;
    VEC(struct missing_name) names;
    VEC(struct replaced_text) texts;
    VEC(struct hole *) holes;
    struct interner places; /* and other words */
    struct map attempts; /* interned "file:line" -> struct attempt */
    unsigned round;      /* counts from 1 */
    VEC(struct adapted *) adapted;
    struct diag diag; /* what the user is to know */
    VEC(struct omission) omissions;
    struct reader *r; /* of the current round */
    VEC(struct edit) edits;
    bool names_changed;
    bool is_shaped;   /* brackets that do not match have been looked for */
    bool names_wait;  /* a type was declared: errors that do not tell of names may come from it */
    bool others_wait; /* a fix that other errors of the round may come from has been found */
};

/* One of clang's errors. */
struct issue {
    bool ours;            /* it is not clang's */
    const char *text;
    struct spot at;       /* in the text of the file */
    struct spot previous; /* of the declaration that a note points at; file NULL: none */
    struct spot match;    /* of the bracket that a note says is open; file NULL: none */
};

/* What has been tried in one line of the source. */
struct attempt {
    unsigned count;
    unsigned regions; /* steps of blank_region() that have been tried */
    unsigned round;   /* of the last one */
    size_t told;      /* number + 1 of the omission that the user is told of */
    size_t note;      /* number of the message that tells of it */
};

/* A prototype that has taken the place of one that did not agree with the definition. */
struct adapted {
    const char *text;
    const char *file, *old_file;
    unsigned line, old_line;
    unsigned moves;
    unsigned round; /* of the last change, in which errors still tell the old place */
};

struct attempt *attempt_at(struct repair *repair, struct spot at);

/* Tells the user of an error and of what the code does without. */
void tell(struct repair *repair, const struct issue *issue, enum omission_kind kind,
          const char *what);

/* Takes back what was told of a name. */
void untell(struct repair *repair, const struct missing_name *name);

/* -- edit.c -- */

/* Puts text in the place of a span when the round is over. */
void edit(struct repair *repair, CXFile file, struct span span, const char *with);
void apply_edits(struct repair *repair);

/* Makes `bytes` the text that clang reads for `path`. */
void store_text(struct repair *repair, const char *path, const char *bytes, size_t length);

/* The start of the line that `at` is in. */
size_t line_start(struct text text, size_t at);

/* Does the line that starts at `line` go on with the one before it? */
bool is_continued(struct text text, size_t line);

/* -- region.c -- */

enum { REGION_ALL = 3, REGION_STEPS }; /* the last step: not only the body */

/* Takes out the body of the function that the place seems to be in, more from step to step (from
 * 0); false if that step has nothing to take out. */
bool blank_region(struct repair *repair, struct spot at, unsigned step);

/* -- shape.c -- */

/* Takes out the smallest parts in which brackets do not match, in all files that may be changed, once
 * for each place; false if there are none. */
bool fix_shape(struct repair *repair);

/* -- hole.c -- */

/* What takes the place of the code in `span`: a use of a macro that the prelude defines. */
const char *hole_text(struct repair *repair, enum hole_kind kind, struct text text,
                      struct span span);

/* May the expression do anything besides having a value? */
bool has_effects(struct text text, struct span span);

/* The definitions for the prelude. */
const char *holes_define(struct repair *repair);

/* -- missing.c -- */

/* The name in quotes in clang's message, or NULL. */
const char *quoted_name(struct repair *repair, const char *message);

/* The name if it is one that was declared here, or NULL. */
struct missing_name *missing_name(struct repair *repair, const char *name);

/* Declares the name that the issue tells of, as a type or as what it looks like; false if that is
 * no help. */
bool declare_name(struct repair *repair, const struct issue *issue, bool type);

/* If clang wants a constant: makes constants of the missing names in the span, or of all if they
 * hide in macros. */
bool make_constant(struct repair *repair, const struct issue *issue, struct text text,
                   struct span span);

/* Writes the file that declares the missing names, and what takes the place of expressions. */
void write_prelude(struct repair *repair);

/* -- prototype.c -- */

/* The function body or other declaration outside of functions around a place. */
struct outer {
    struct spot at;
    CXCursor declaration; /* null: none */
    CXCursor body;        /* null: none, or the place is not in it */
};

struct outer outer_of(struct repair *repair, struct spot at);

/* Is the place within the cursor's text? */
bool cursor_holds(CXCursor cursor, struct spot at, struct span *ret_span);

/* Is the place in a file that may be changed? */
bool is_users(struct repair *repair, struct spot at);

/* Puts text in the place of a declaration with its ';'. All its declarators go. */
bool replace_declaration(struct repair *repair, struct spot at, const char *with);

/* Makes the variable outside of functions whose initializer holds the place one that is defined
 * elsewhere; false if there is none. */
bool drop_initial_value(struct repair *repair, struct spot at);

/* Two declarations that differ: the one that is no definition gives way. */
bool fix_conflict(struct repair *repair, const struct issue *issue);

/* An error in a prototype that was put there: it is moved to where its types are known. False if
 * there is no such prototype at the place; *ret_fixed says whether it could be moved. */
bool fix_adapted(struct repair *repair, const struct issue *issue, bool *ret_fixed);

#endif
