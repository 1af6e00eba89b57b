#include "cli/internal.h"

#include "base/path.h"
#include "base/suggest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct parser {
    struct arena *arena;
    struct diag *diag;
    struct cli *cli;
    const char *const *stages;
    const struct command_row *command; /* NULL before it is known */
    char *const *argv;
    int argc, at;
    bool help, version; /* --help or --version was there */
};

static bool usage_error(struct parser *parser, const char *message)
{
    return diag_error(parser->diag, place_none(), "%s", message);
}

/* "text, json or dot". */
static const char *alternatives(struct arena *arena, const char *const *names)
{
    const char *text = names[0];
    for (size_t i = 1; names[i]; i++)
        text = arena_printf(arena, "%s%s%s", text, names[i + 1] ? ", " : " or ", names[i]);
    return text;
}

/* The one of `names` that `value` is, or NULL after an error that lists them. */
static const char *choose(struct parser *parser, const char *option, const char *value,
                          const char *const *names)
{
    struct suggestion suggestion = suggestion_for(value);
    for (size_t i = 0; names[i]; i++) {
        if (strcmp(names[i], value) == 0)
            return names[i];
        suggestion_offer(&suggestion, names[i]);
    }
    usage_error(parser, arena_printf(parser->arena, "%s cannot be '%s', only %s%s", option, value,
                                     alternatives(parser->arena, names),
                                     suggestion_text(&suggestion, parser->arena)));
    return NULL;
}

static bool take_number(struct parser *parser, const char *option, const char *value,
                        uint64_t *field)
{
    char *end;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    bool digits = *value && strspn(value, "0123456789") == strlen(value);
    if (!digits || errno || number == 0)
        return usage_error(
            parser,
            arena_printf(parser->arena, "%s needs a number from 1 on, not '%s'", option, value));
    *field = number;
    return true;
}

/* For an enum whose values have these names, in their order. */
static bool take_choice(struct parser *parser, const char *option, const char *value,
                        const char *const *names, unsigned *ret_value)
{
    const char *name = choose(parser, option, value, names);
    for (unsigned i = 0; name && names[i]; i++)
        if (name == names[i])
            *ret_value = i;
    return name;
}

/* FILE, or FORMAT=FILE. A word in front of '=' is meant as a format. */
static bool take_output(struct parser *parser, const char *option, const char *value)
{
    size_t word = strspn(value, "abcdefghijklmnopqrstuvwxyz");
    if (!word || value[word] != '=') {
        parser->cli->output = value;
        return *value ||
               usage_error(parser, arena_printf(parser->arena, "%s needs a value: FILE", option));
    }
    struct cli_output output = {.file = value + word + 1};
    const char *format = arena_strndup(parser->arena, value, word);
    output.format = choose(parser, arena_printf(parser->arena, "the format of %s", option), format,
                           parser->command->formats);
    if (!output.format)
        return false;
    if (!*output.file)
        return usage_error(
            parser, arena_printf(parser->arena, "%s %s= needs a file", option, output.format));
    vec_push(parser->arena, &parser->cli->outputs, output);
    return true;
}

static bool take_option(struct parser *parser, const struct option_row *row, const char *option,
                        const char *value)
{
    struct cli *cli = parser->cli;
    void *field = (char *)cli + row->offset;
    switch (row->kind) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_TEXT:
        if (!*value)
            return usage_error(
                parser, arena_printf(parser->arena, "%s needs a value: %s", option, row->value));
        *(const char **)field = value;
        return true;
    case OPTION_NUMBER:
        return take_number(parser, option, value, field);
    case OPTION_FORMAT:
        *(const char **)field = choose(parser, option, value, parser->command->formats);
        return *(const char **)field;
    case OPTION_OUTPUT:
        return take_output(parser, option, value);
    case OPTION_PROFILE:
        return take_choice(parser, option, value, cli_profiles, field);
    case OPTION_FAIL_ON:
        return take_choice(parser, option, value, cli_levels, field);
    case OPTION_STAGE:
        *(const char **)field = choose(parser, option, value, parser->stages);
        return *(const char **)field;
    case OPTION_WHEN:
        return take_choice(parser, option, value, cli_whens, field);
    case OPTION_COMPILER:
        vec_push(parser->arena, &cli->flags, row->letter);
        vec_push(parser->arena, &cli->flags, value);
        return true;
    case OPTION_HELP:
        parser->help = true;
        return true;
    case OPTION_VERSION:
        parser->version = true;
        return true;
    }
    BUG_ON(true);
    return false;
}

/* Whether the argument is that option; then *ret_value is a value in the same argument, or NULL. */
static bool is_option(const struct option_row *row, char *arg, const char **ret_value)
{
    size_t length = row->name ? strlen(row->name) : 0;
    if (row->name && strncmp(arg, row->name, length) == 0 && strchr("=", arg[length])) {
        *ret_value = arg[length] ? arg + length + 1 : NULL;
        return true;
    }
    if (row->letter && strncmp(arg, row->letter, 2) == 0 && (!arg[2] || row->value)) {
        *ret_value = arg[2] ? arg + 2 : NULL;
        return true;
    }
    return false;
}

/* The row of "--name", "--name=value", "-j", "-j4", for the command (a bit) if it has such an
 * option. */
static const struct option_row *find_option(char *arg, unsigned command, const char **ret_value)
{
    const struct option_row *found = NULL;
    for (const struct option_row *row = cli_options; row->name || row->letter; row++)
        if ((!found || row->commands & command) && is_option(row, arg, ret_value))
            if (!found || !(found->commands & command))
                found = row;
    return found;
}

/* What `arg` without its value was probably meant to be. */
static bool unknown_option(struct parser *parser, const char *arg)
{
    static const char *const compiler[] = {"-f", "-W", "-std", "-include", "-isystem", "-m", "-x"};
    bool is_long = strncmp(arg, "--", 2) == 0;
    size_t length = is_long ? strcspn(arg, "=") : strlen(arg);
    const char *name = arena_strndup(parser->arena, arg, length);
    struct suggestion suggestion = suggestion_for(name);
    for (const struct option_row *row = cli_options; row->name || row->letter; row++)
        if (row->name && row->help)
            suggestion_offer(&suggestion, row->name);
    const char *hint = suggestion_text(&suggestion, parser->arena);
    for (size_t i = 0; i < ARRAY_LEN(compiler); i++)
        if (!*hint && strncmp(arg, compiler[i], strlen(compiler[i])) == 0)
            hint = "; options for the compiler go behind '--'";
    return usage_error(parser, arena_printf(parser->arena, "unknown option '%s'%s", name, hint));
}

static bool parse_option(struct parser *parser)
{
    char *arg = parser->argv[parser->at++];
    const char *value = NULL;
    unsigned bit = 1u << (parser->command ? parser->command->command : COMMAND_HELP);
    const struct option_row *row = find_option(arg, bit, &value);
    if (!row)
        return unknown_option(parser, arg);
    const char *option = strncmp(arg, "--", 2) == 0 ? row->name : row->letter;
    if (!(row->commands & bit))
        return usage_error(
            parser, parser->command ? arena_printf(parser->arena, "'drvlint %s' has no option %s",
                                                   parser->command->name, option)
                                    : arena_printf(parser->arena,
                                                   "%s goes behind a command, like check", option));
    if (!row->value && value)
        return usage_error(parser, arena_printf(parser->arena, "%s has no value", option));
    if (row->value && !value) {
        if (parser->at == parser->argc)
            return usage_error(
                parser, arena_printf(parser->arena, "%s needs a value: %s", option, row->value));
        value = parser->argv[parser->at++];
    }
    return take_option(parser, row, option, value);
}

static const struct command_row *find_command(struct parser *parser, const char *name)
{
    struct suggestion suggestion = suggestion_for(name);
    for (const struct command_row *row = cli_commands; row->name; row++) {
        if (strcmp(row->name, name) == 0)
            return row;
        if (!row->hidden)
            suggestion_offer(&suggestion, row->name);
    }
    const char *hint = suggestion_text(&suggestion, parser->arena);
    if (!*hint && path_exists(name))
        hint = arena_printf(parser->arena, "; did you mean 'drvlint check %s'?", name);
    if (!*hint)
        hint = "; 'drvlint help' lists them";
    usage_error(parser, arena_printf(parser->arena, "unknown command '%s'%s", name, hint));
    return NULL;
}

static bool parse_argument(struct parser *parser)
{
    const char *arg = parser->argv[parser->at++];
    if (parser->command) {
        vec_push(parser->arena, &parser->cli->inputs, arg);
        return true;
    }
    parser->command = find_command(parser, arg);
    if (!parser->command)
        return false;
    parser->cli->command = parser->command->command;
    parser->cli->format = parser->command->formats[0];
    return true;
}

/* Everything behind "--" is for clang. */
static bool parse_flags(struct parser *parser)
{
    enum command command = parser->command->command;
    if (command != COMMAND_CHECK && command != COMMAND_BASELINE && command != COMMAND_GRAPH &&
        command != COMMAND_DOCTOR && command != COMMAND_MODEL && command != COMMAND_LSP)
        return usage_error(parser, arena_printf(parser->arena,
                                                "'drvlint %s' takes no flags behind "
                                                "'--'",
                                                parser->command->name));
    while (++parser->at < parser->argc)
        vec_push(parser->arena, &parser->cli->flags, parser->argv[parser->at]);
    return true;
}

static bool check_arguments(struct parser *parser)
{
    const struct command_row *row = parser->command;
    if (!row)
        return usage_error(parser, "no command; 'drvlint help' lists them");
    struct cli *cli = parser->cli;
    if (parser->at < parser->argc && !parse_flags(parser))
        return false;
    if (cli->inputs.len < row->min)
        return usage_error(parser, row->missing);
    if (cli->inputs.len > row->max)
        return usage_error(parser,
                           arena_printf(parser->arena, "unexpected '%s'; usage: drvlint %s%s%s",
                                        cli->inputs.items[row->max], row->name,
                                        *row->arguments ? " " : "", row->arguments));
    if (row->command == COMMAND_COMPLETION)
        return choose(parser, "the shell", cli->inputs.items[0], cli_shells);
    if (row->command != COMMAND_HELP || !cli->inputs.len)
        return true;
    const struct command_row *about = find_command(parser, cli->inputs.items[0]);
    cli->help_for = about ? about->command : COMMAND_HELP;
    return about;
}

bool cli_parse(struct arena *arena, int argc, char *const *argv, const char *const *stages,
               struct cli *ret_cli, struct diag *diag)
{
    struct cli cli = {.command = COMMAND_HELP, .help_for = COMMAND_HELP, .fail_on = FAIL_ON_NOTE};
    struct parser parser = {.arena = arena,
                            .diag = diag,
                            .cli = &cli,
                            .stages = stages,
                            .argv = argv,
                            .argc = argc,
                            .at = 1};
    while (parser.at < argc && strcmp(argv[parser.at], "--") != 0) {
        bool option = argv[parser.at][0] == '-' && argv[parser.at][1];
        if (!(option ? parse_option(&parser) : parse_argument(&parser)))
            return false;
    }
    /* --help and --version win over whatever else is there or is missing. */
    if (parser.help) {
        cli.help_for = cli.command;
        cli.command = COMMAND_HELP;
    } else if (parser.version) {
        cli.command = COMMAND_VERSION;
    } else if (!check_arguments(&parser)) {
        return false;
    }
    *ret_cli = cli;
    return true;
}

bool cli_colour(const struct cli *cli, FILE *stream)
{
    const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");
    switch (cli->colour) {
    case WHEN_ALWAYS:
        return true;
    case WHEN_NEVER:
        return false;
    case WHEN_AUTO:
        return !(no && *no) && !(terminal && strcmp(terminal, "dumb") == 0) &&
               isatty(fileno(stream));
    }
    BUG_ON(true);
    return false;
}
