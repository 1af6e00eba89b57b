/* What to check: sources with their compiler flags. */
#ifndef DRVLINT_PROJECT_H
#define DRVLINT_PROJECT_H

#include "base/diag.h"
#include "base/vec.h"

struct source {
    const char *path;      /* absolute */
    const char *shown;     /* as the user named it, relative to the working directory if below it */
    const char *directory; /* working directory of its compilation */
    const char *const *flags; /* clang options (-I, -D, -U, -include, -std...), NULL-terminated */
    size_t nflags;
    bool is_cxx;
};

/* A member of an object in drvlint.json whose meaning others know, and where it stands. */
struct project_entry {
    const char *key, *value;
    struct place place;      /* of the key */
    const char *source_line; /* that has it */
};

struct project {
    VEC(struct source) sources; /* in the order given; directories: sorted by path */
    const char *name;           /* of the driver: from drvlint.json, else the directory's */
    const char *pack;           /* "ndis" */
    const char *target;         /* triple or NULL */
    const char *rules;          /* selection from drvlint.json, or NULL */
    const char *root;           /* directory that reports are relative to */
    /* More of drvlint.json; all may be empty. File names are absolute. */
    VEC(struct project_entry) levels;  /* rule or set -> "error", "warning" or "note" */
    VEC(struct project_entry) outputs; /* format -> file */
    VEC(const char *) rule_files;      /* rules of the driver's own: files, or directories of them */
    VEC(const char *) model_files;     /* parts of the OS model of its own, *.c */
    const char *baseline;              /* file with known findings, or NULL */
};

/* How inputs are taken. Which configuration of a Visual Studio project; NULL: Release, and x64, where
 * there is such. */
struct project_choice {
    const char *configuration, *platform;
    bool isolated; /* drvlint.json of a directory does not count */
};

/* Makes a project of the command line's inputs: source files, one directory (searched for *.c,
 * *.cpp, *.cc, *.cxx; if it has a drvlint.json or compile_commands.json that is used), one
 * compile_commands.json, one drvlint.json, one *.vcxproj, or one *.sln or *.slnx that has one
 * driver. `flags` are the options behind "--", added to every source. On failure says why and what
 * to do. */
bool project_load_choice(struct arena *arena, const char *const *inputs, size_t ninputs,
                         const char *const *flags, size_t nflags,
                         const struct project_choice *choice, struct project *ret_project,
                         struct diag *diag);

/* The same without a choice. */
bool project_load(struct arena *arena, const char *const *inputs, size_t ninputs,
                  const char *const *flags, size_t nflags, struct project *ret_project,
                  struct diag *diag);

/* The drvlint.json of the working directory, or of the nearest directory above that has one, as seen
 * from the working directory; NULL if there is none. */
const char *project_find(struct arena *arena);

/* Makes the text of a drvlint.json for the directory from what is there: its project of Visual Studio
 * or its compile_commands.json, if that can be read, else its sources. The project is what the file
 * will mean. On failure says why. */
bool project_init(struct arena *arena, const char *directory, char **ret_text,
                  struct project *ret_project, struct diag *diag);

/* Stable text for --dump=project. */
char *project_print(const struct project *project, struct arena *arena);

#endif
