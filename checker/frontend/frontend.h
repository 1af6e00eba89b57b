/* The front end: one translation unit -> bitcode (by the clang program) and source facts (by
 * libclang) that bitcode does not carry. The only user of libclang. */
#ifndef DRVLINT_FRONTEND_H
#define DRVLINT_FRONTEND_H

#include "base/diag.h"
#include "base/intern.h"
#include "base/vec.h"
#include "project/project.h"

/* A function declared with a role type: `MINIPORT_HALT MPHalt;`. */
struct role_decl {
    const char *function, *role;
    struct place place;
};

/* A condition of the source: text of the expression that a branch or switch decides. */
struct condition {
    const char *file;            /* interned */
    uint32_t line, column;       /* where clang's debug info puts the branch or switch for it */
    const char *text;            /* one line, white space folded, at most 80 bytes (then ends in "...") */
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

/* drvlint:ignore comments are read with the file; see docs. */
struct facts {
    const char *file;
    VEC(struct role_decl) roles;
    VEC(struct condition) conditions;
    VEC(struct function_extent) functions;
    VEC(struct registration) registrations;
};

/* One translation unit and what the front end made of it. */
struct unit {
    const struct source *source;
    char *bitcode;               /* bytes, or NULL if it does not compile */
    size_t bitcode_length;
    struct facts *facts;         /* NULL only if libclang could not read the file at all */
    struct diag diag;            /* clang's messages and ours, for this unit only */
    bool failed;                 /* no bitcode: the file is left out */
    bool partial;                /* compiled after removing what clang rejected (later) */
};

struct frontend_options {
    const char *clang;           /* program to run; NULL: clang-19, else clang of a fitting version */
    const char *target;          /* triple; NULL: x86_64-pc-windows-msvc */
    const char *const *pack_includes; /* the pack's header directories, searched after the user's */
    size_t npack_includes;
    unsigned jobs;               /* 0: number of processors */
};

/* Compiles all sources in parallel. ret_units has one unit per source in the same order, whatever
 * the number of jobs; units and their contents live in `arena`. Returns false only if nothing can be
 * done at all (no clang); files that do not compile are units with .failed. */
bool frontend_run(struct arena *arena, struct interner *names, const struct project *project,
                  const struct frontend_options *options, struct unit ***ret_units,
                  size_t *ret_count, struct diag *diag);

/* Compiles one file of the OS model to bitcode in memory with the same target and includes. */
bool frontend_compile_model(struct arena *arena, const char *file,
                            const struct frontend_options *options, char **ret_bitcode,
                            size_t *ret_length, struct diag *diag);

#endif
