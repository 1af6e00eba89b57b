/* The tables that parser, help and documentation are made of. */
#ifndef DRVLINT_CLI_INTERNAL_H
#define DRVLINT_CLI_INTERNAL_H

#include "cli/cli.h"

struct command_row {
    const char *name;
    enum command command;
    const char *arguments; /* as shown in its usage line */
    const char *summary;
    unsigned min, max;      /* number of arguments */
    const char *missing;    /* what is missing if there are too few */
    const char *formats[8]; /* NULL-terminated; the first one is the default */
    bool hidden;
};

enum option_kind {
    OPTION_FLAG,     /* bool */
    OPTION_TEXT,     /* const char * */
    OPTION_NUMBER,   /* uint64_t, at least 1 */
    OPTION_FORMAT,   /* const char *: one of the command's formats */
    OPTION_OUTPUT,   /* FILE to .output, FORMAT=FILE to .outputs */
    OPTION_PROFILE,  /* enum profile */
    OPTION_FAIL_ON,  /* enum fail_on */
    OPTION_STAGE,    /* const char *: a stage's name */
    OPTION_WHEN,     /* enum when */
    OPTION_COMPILER, /* appended to .flags with its value */
    OPTION_HELP,
    OPTION_VERSION,
};

struct option_row {
    const char *name;   /* "--format", or NULL if it has a letter only */
    const char *letter; /* "-j", or NULL */
    const char *value;  /* what its value is called, or NULL if it has none. Completions know FILE, DIR
                         * and SELECTION (rules and sets) by that */
    enum option_kind kind;
    size_t offset;     /* of its field in struct cli */
    unsigned commands; /* bit set of enum command */
    const char *help;  /* NULL: not in --help. Fits its line but for rare options */
    bool rare;         /* in --help with --all only */
};

/* Both end with a row without a name or letter. */
extern const struct command_row cli_commands[];
extern const struct option_row cli_options[];

/* What the options with a choice take: --profile, --fail-on, --color; NULL-terminated. */
extern const char *const cli_profiles[], *const cli_levels[], *const cli_whens[];

/* What completion takes. */
extern const char *const cli_shells[];

/* The values that an option takes for a command, NULL-terminated; NULL: not from a list. */
const char *const *cli_values(const struct option_row *option, const struct command_row *command,
                              const char *const *stages);

/* The help of an option for a command, with the values where it ends in ": ". */
const char *cli_option_help(struct arena *arena, const struct option_row *option,
                            const struct command_row *command, const char *const *stages);

/* Text that grows: what is put behind it, and all of it in the end. */
typedef VEC(char) cli_text;
void cli_put(struct arena *arena, cli_text *text, const char *more);
char *cli_text_end(struct arena *arena, cli_text *text);

/* The row at `*at` or the first one behind it that the command has and that help shows, also a rare
 * one; *at is moved behind it. NULL: there is no more. */
const struct option_row *cli_next_option(enum command command, const struct option_row **at);

const struct command_row *cli_command(enum command command);

#endif
