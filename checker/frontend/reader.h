/* One translation unit being read with libclang: what facts.c, condition.c and registration.c
 * share. */
#ifndef DRVLINT_FRONTEND_READER_H
#define DRVLINT_FRONTEND_READER_H

#include "frontend/internal.h"
#include "frontend/text.h"

#include <clang-c/Index.h>

/* A position in a file. */
struct spot {
    CXFile file;
    unsigned line, column, offset;
};

/* A static function and who refers to it, to find those that clang would not emit. */
struct static_function {
    const char *name;
    bool defined, reached;
    VEC(uint32_t) uses; /* numbers of static functions that its body refers to */
};

struct reader {
    struct arena *arena;
    CXTranslationUnit unit;
    const struct setup *setup;
    bool cxx;
    bool is_head;              /* it is a head that is read */
    struct replaced_text main; /* what is read in the place of the source, if it has a path */
    bool roles_only;           /* pass over everything but roles */
    struct facts *facts;
    struct map files;         /* CXFile -> normalized path */
    bool has_line_directives; /* then debug info may tell other places than the file's own */
    struct interner names;
    struct map roles_seen; /* (function, role) */
    struct map declared;   /* names in facts->declared */
    VEC(struct missing_header) missing;
    struct map statics;    /* name -> number + 1 */
    VEC(struct static_function) functions;
    VEC(uint32_t) static_roots;
    const char *whole; /* text of the condition that the branches being read are parts of */
    uint32_t current;  /* number + 1 of the static function whose body is read; 0: another */
};

/* -- cursors -- */

enum { MAX_CHILDREN = 8 };

/* The first MAX_CHILDREN children. */
struct children {
    CXCursor items[MAX_CHILDREN];
    size_t count; /* at most MAX_CHILDREN */
};

struct children children_of(CXCursor cursor);

/* Without parentheses; also without implicit casts if `casts`, and explicit ones. */
CXCursor strip_parens(CXCursor cursor);
CXCursor strip_casts(CXCursor cursor);

/* Where debug info puts a location: the start of the outermost macro use if it is within one. */
struct spot spot_of(CXSourceLocation location);
/* Where its text is: in the #define for what a macro's body gives. */
struct spot spelling_of(CXSourceLocation location);
bool same_spot(struct spot a, struct spot b);
/* True if the cursor starts within a macro use. */
bool starts_in_macro(CXCursor cursor);
struct spot start_of(CXCursor cursor);

struct text text_of_file(struct reader *r, CXFile file);

/* Interned normalized path. */
const char *path_of_file(struct reader *r, CXFile file);

/* A place as debug info has it, #line directives obeyed. */
struct place place_of_spot(struct reader *r, struct spot spot);

const char *intern_cxstring(struct reader *r, CXString string);

/* -- facts -- */

/* Reads a function body: conditions, registrations and references. */
void read_body(struct reader *r, CXCursor body);

/* Sorts the conditions and numbers those that share a place. */
void finish_conditions(struct reader *r);

/* Reads the initializer of a variable or anything else outside of functions. */
void read_initializer(struct reader *r, CXCursor variable);

/* `a.Field = Function`; false if it is no such thing. */
void registration_of_assignment(struct reader *r, CXCursor left, CXCursor right, CXCursor whole);

/* The registrations in an initializer list for an object of that type. */
void registrations_of_list(struct reader *r, CXType type, CXCursor list);

/* Adds a role unless it is known. */
void add_role(struct reader *r, struct role_decl role);

/* Has `r` read the source behind a head: takes what was read of that, the text without its
 * #include, and flags. False if the source does not begin with it. */
bool head_take(struct reader *r, const struct head *head, const struct source *source,
               strings *flags, struct parsed *parsed);

/* A reference to a function. */
void note_reference(struct reader *r, CXCursor reference);

#endif
