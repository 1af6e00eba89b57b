/* The command line: commands and options, help, colours; where rule packs are. */
#ifndef DRVLINT_CLI_H
#define DRVLINT_CLI_H

#include "base/diag.h"
#include "base/vec.h"
#include <stdio.h>

enum command {
    COMMAND_CHECK,
    COMMAND_BASELINE,
    COMMAND_GRAPH,
    COMMAND_DOCTOR,
    COMMAND_MODEL,
    COMMAND_RULES,
    COMMAND_EXPLAIN,
    COMMAND_CACHE,
    COMMAND_INIT,
    COMMAND_COMPLETION,
    COMMAND_MANUAL,       /* for the build: not in --help */
    COMMAND_LSP,
    COMMAND_COMPILE_PACK, /* for the build: not in --help */
    COMMAND_HELP,
    COMMAND_VERSION,
};

/* From which severity on findings count for the exit status. */
enum fail_on { FAIL_ON_ERROR, FAIL_ON_WARNING, FAIL_ON_NOTE };

enum profile { CLI_PROFILE_FULL, CLI_PROFILE_GITHUB };

/* A report to write besides the one that is printed: --output FORMAT=FILE. */
struct cli_output {
    const char *format, *file;
};

/* Of colours and of progress. */
enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* The parsed command line. Strings are those of argv or live in the arena. */
struct cli {
    enum command command;
    enum command help_for; /* COMMAND_HELP: that command, or COMMAND_HELP for all */
    VEC(const char *) inputs;
    VEC(const char *) flags; /* for clang: -I, -D, -U and everything behind "--" */
    const char *format;      /* one of the command's formats; never NULL for commands with any */
    const char *output;      /* where that goes; NULL: standard output */
    VEC(struct cli_output) outputs;
    enum profile profile;                        /* of SARIF logs */
    const char *rules, *target, *pack_directory; /* NULL: default */
    const char *configuration, *platform;        /* of a Visual Studio project; NULL: default */
    const char *baseline;                        /* file with known findings */
    const char *since;                           /* revision: only paths that changes touch count */
    const char *new_since;                       /* revision whose findings are known */
    const char *directory;    /* to work in. This and the next one are for a run that another one
                                 starts; not in --help */
    const char *outside;      /* a directory that no source and no header may come from */
    const char *cache_directory; /* NULL: default */
    const char *dump;         /* a stage's name or NULL */
    const char *stop_after;   /* a stage's name or NULL */
    uint64_t jobs, budget;    /* 0: default */
    uint64_t cache_limit;     /* MiB; 0: default */
    uint64_t fail_allocation; /* testing: this request for memory fails; 0: none */
    enum when colour, progress;
    enum fail_on fail_on;
    bool allow_unknown; /* what is undecided or left out does not count for the status */
    bool isolated;      /* drvlint.json of a directory does not count */
    bool exit_zero; /* findings and what is undecided do not count for the status */
    bool help_all;  /* also the rare options */
    bool no_cache, clear; /* clear: the cache */
    bool stats, quiet;

    /* What an editor has and did not save; the last two are for 'drvlint lsp', not in --help. */
    const char *stdin_filename; /* the standard input is read in this file's place */
    const char *unsaved; /* JSON file: an object with file names, and the texts in their places */
    bool stdio;          /* of 'lsp': what it does anyway */
    bool editor;         /* JSON for a server: see report_options; no other reports */
};

/* Parses argv[1..argc). `stages` are the names that --dump and --stop-after take, NULL-terminated.
 * On failure says what is wrong and what was probably meant. */
bool cli_parse(struct arena *arena, int argc, char *const *argv, const char *const *stages,
               struct cli *ret_cli, struct diag *diag);

/* Text for --help of one command, or of all (COMMAND_HELP); made from the tables. Without `all` the
 * options that few need are left out, and it fits a screen of 24 lines. */
char *cli_help(struct arena *arena, enum command command, bool all, const char *const *stages);

/* A script that completes drvlint's command line in the shell "bash", "zsh" or "fish". */
char *cli_completion(struct arena *arena, const char *shell, const char *const *stages);

/* The manual page, as roff text with man macros. `version` is drvlint's. */
char *cli_manual(struct arena *arena, const char *version, const char *const *stages);

/* Whether output to `stream` is to be coloured: the option, else NO_COLOR, else the terminal. */
bool cli_colour(const struct cli *cli, FILE *stream);

#endif
