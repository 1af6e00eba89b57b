/* The front end: one translation unit -> bitcode (by the clang program) and source facts (by
 * libclang) that bitcode does not carry. The only user of libclang. */
#ifndef DRVLINT_FRONTEND_H
#define DRVLINT_FRONTEND_H

#include "base/diag.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/progress.h"
#include "base/vec.h"
#include "project/project.h"

struct cache;

/* A function declared with a role type: `MINIPORT_HALT MPHalt;`. */
struct role_decl {
    const char *function, *role;
    struct place place;
};

/* A condition of the source: text of the expression that a branch, switch or select decides. Its
 * value is the text's: `if (!up)` branches on "up". Where && || ! ?: make up the condition of an `if`,
 * each operand has a branch of its own. */
struct condition {
    const char *file;            /* interned */
    uint32_t line, column;       /* where clang's debug info puts the branch or switch for it */
    const char *text;            /* one line, white space folded, at most 80 bytes (then ends in "...") */
    uint32_t nth, count;         /* several branches have one place in macro uses and for `c ? x : y` in
                                    a condition: which of how many, in the order of clang's code */
    const char *whole;           /* if count > 1: what all branches at this place are parts of */
};

/* A function definition. */
struct function_extent {
    const char *function;        /* name */
    const char *file;
    uint32_t line, column, end_line, end_column; /* name; closing brace */
};

/* `ident.Field = Function;`, `{ .Field = Function }` or a positional initializer: where a function
 * pointer member gets its value. */
struct registration {
    const char *function, *field, *record; /* record: struct name */
    struct place place;
};

/* drvlint:ignore comments are read with the file; see docs. Only of the source and of headers that
 * are not the system's (-isystem) or the pack's. All strings are interned; files are absolute and
 * normalized. In source order but for conditions. */
struct facts {
    const char *file;
    VEC(struct role_decl) roles;
    VEC(struct condition) conditions; /* sorted by file, line, column, nth */
    VEC(struct function_extent) functions;
    VEC(struct registration) registrations;
    VEC(const char *) declared; /* functions of the system's headers that the source refers to */
};

/* An #include whose file is nowhere. */
struct missing_header {
    const char *name; /* as written */
    struct place place;
    bool harmless;    /* what it would declare is known, or means nothing: *.tmh, classes of WMI */
};

enum omission_kind {
    OMISSION_NAME,      /* what nothing declares stands for an unknown value or type */
    OMISSION_VALUE,     /* an expression has an unknown value; calls in it may happen */
    OMISSION_STATEMENT, /* a statement may do anything to what it names, and call it */
    OMISSION_BODY,      /* so may all of a function's body */
    OMISSION_LINE,      /* a line of the preprocessor that decides nothing: #error */
    OMISSION_FUNCTION,  /* a function: nobody knows what would be different */
    OMISSION_REST,      /* likewise a declaration, a line of the preprocessor */
};

/* Something that clang rejected and that the bitcode does without. In its place the code calls
 *     drvlint_hole("names that it has", addresses of variables that it has...)
 * where the statement or the body was; a name "$" in front says that it also decided what is executed.
 * An unknown value is the result of drvlint_hole_value(), or in C++ of a conversion from drvlint_unknown;
 * a name that nothing declares is a variable whose name begins with FRONTEND_MISSING. */
struct omission {
    enum omission_kind kind;
    struct place place;
    const char *what;            /* "this statement is left out; it may do anything", "'X' is not declared;
                                    it is taken as an unknown value" ... */
};

/* One translation unit and what the front end made of it. */
struct unit {
    const struct source *source;
    char *bitcode;               /* bytes, or NULL if it does not compile */
    size_t bitcode_length;
    struct facts *facts;         /* NULL only if libclang could not read the file at all */
    struct diag diag;            /* clang's messages and ours, for this unit only */
    bool failed;                 /* no bitcode: the file is left out */
    bool partial;                /* compiled without something that clang rejected: its messages are
                                    warnings here, and .omissions tells what the code does without */
    VEC(struct omission) omissions;
    VEC(struct missing_header) headers;
    struct digest_value digest;  /* of all this, and of what it was made from; only with a cache */
};

/* For --stats. Seconds of parsing and compiling are sums over threads. */
struct frontend_stats {
    size_t units, batches;       /* batches: runs of clang, if no file failed */
    size_t kept;                 /* units that the cache had; they are not among .units */
    size_t heads, behind;        /* headers that were read once for several sources; those */
    double scan_seconds, parse_seconds, compile_seconds;
};

struct frontend_options {
    const char *clang;           /* program to run; NULL: clang-19, else clang of a fitting version */
    const char *target;          /* triple; NULL: x86_64-pc-windows-msvc */
    const char *const *pack_includes; /* the pack's header directories, searched after the user's */
    size_t npack_includes;
    const struct unsaved_files *unsaved; /* read in the place of files, or NULL */
    unsigned jobs;               /* 0: number of processors */
    const struct progress *progress; /* told of every source that is read; NULL: nobody */
    struct cache *cache;         /* where units of earlier runs are, or NULL */
    struct frontend_stats *stats; /* filled in by frontend_run() unless NULL */
};

/* A static function that nothing in the source refers to is compiled nevertheless (it may be a
 * callback that is only declared with its role). For that the module gets an array of this name, with
 * internal linkage, whose elements are such functions; it is not the driver's and does not take a
 * function's address in earnest. Linking may append ".N" to the name. */
#define FRONTEND_KEEP "drvlint_keep"

#define FRONTEND_MISSING "drvlint_missing."

/* Compiles all sources in parallel. ret_units has one unit per source in the same order, whatever
 * the number of jobs; units and their contents live in `arena`. Returns false only if nothing can be
 * done at all (no clang); files that do not compile are units with .failed. */
bool frontend_run(struct arena *arena, struct interner *names, const struct project *project,
                  const struct frontend_options *options, struct unit ***ret_units,
                  size_t *ret_count, struct diag *diag);

/* The condition that the nth (from 0) of `count` branches at that place of one function decides, in
 * the order of the code; NULL if it is not known. If the code has another number of branches there
 * than the source had, the answer is what they are parts of. */
const char *frontend_condition(const struct facts *facts, const char *file, uint32_t line,
                               uint32_t column, uint32_t nth, uint32_t count);

/* Stable text for --dump=frontend: per unit its flags, messages and facts. Paths below the directory
 * that the sources' shown names are relative to are shown like these. */
char *frontend_print(struct unit *const *units, size_t nunits, struct arena *arena);

struct bitcode {
    char *bytes;
    size_t length;
};

/* Compiles files of the OS model to bitcode in memory with the same target and includes; ret_bitcodes
 * has room for nfiles and is written on success only. Cheaper than one after the other. */
bool frontend_compile_models(struct arena *arena, const char *const *files, size_t nfiles,
                             const struct frontend_options *options, struct bitcode *ret_bitcodes,
                             struct diag *diag);

/* The same for one file. */
bool frontend_compile_model(struct arena *arena, const char *file,
                            const struct frontend_options *options, char **ret_bitcode,
                            size_t *ret_length, struct diag *diag);

#endif
