/* Completions for shells, made from the tables: every command, every option that help shows with
 * the values that it takes. Names of rules are asked of the program when they are needed. */
#include "cli/internal.h"

#include <string.h>

/* What stands behind an option. */
enum value_kind { VALUE_NONE, VALUE_LIST, VALUE_RULES, VALUE_DIRECTORY, VALUE_FILE, VALUE_OTHER };

static enum value_kind value_kind(const struct option_row *row, const char *const *values)
{
    if (!row->value)
        return VALUE_NONE;
    if (values)
        return VALUE_LIST;
    if (strcmp(row->value, "SELECTION") == 0)
        return VALUE_RULES;
    if (strcmp(row->value, "DIR") == 0)
        return VALUE_DIRECTORY;
    return strcmp(row->value, "FILE") == 0 ? VALUE_FILE : VALUE_OTHER;
}

/* The list with blanks between. */
static const char *joined(struct arena *arena, const char *const *values)
{
    const char *text = "";
    for (size_t i = 0; values[i]; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? " " : "", values[i]);
    return text;
}

/* Whether the command's arguments are names of rules, of commands, of shells; else they are files.
 */
static const char *arguments_of(struct arena *arena, const struct command_row *command)
{
    const char *names = "";
    switch (command->command) {
    case COMMAND_RULES:
    case COMMAND_EXPLAIN:
        return "RULES";
    case COMMAND_COMPLETION:
        return joined(arena, cli_shells);
    case COMMAND_HELP:
        for (const struct command_row *row = cli_commands; row->name; row++)
            if (!row->hidden)
                names = arena_printf(arena, "%s%s%s", names, *names ? " " : "", row->name);
        return names;
    default:
        return command->max ? "FILES" : "";
    }
}

/* ---- bash ----------------------------------------------------------------------------------- */

static const char bash_head[] =
    "# Completions of drvlint for bash; made by 'drvlint completion bash'.\n\n"
    "# What an option of a command takes: words, or FILES, DIRECTORIES, RULES, ANYTHING; nothing "
    "if\n"
    "# it takes no value.\n"
    "_drvlint_values() {\n"
    "    case $1:$2 in\n";

static const char bash_middle[] = "    esac\n"
                                  "}\n\n"
                                  "# The command's options; those that take a value end in '='.\n"
                                  "_drvlint_options() {\n"
                                  "    case $1 in\n";

static const char bash_arguments[] = "    esac\n"
                                     "}\n\n"
                                     "# What the command's arguments are.\n"
                                     "_drvlint_arguments() {\n"
                                     "    case $1 in\n";

static const char bash_tail[] =
    "    esac\n"
    "}\n\n"
    "# Completes $2, which begins as $1 says; in lists with commas the last item.\n"
    "_drvlint_offer() {\n"
    "    local words done=\n"
    "    case $1 in\n"
    "    FILES) mapfile -t COMPREPLY < <(compgen -f -- \"$2\"); compopt -o filenames; return ;;\n"
    "    DIRECTORIES) mapfile -t COMPREPLY < <(compgen -d -- \"$2\"); compopt -o filenames; return "
    ";;\n"
    "    RULES)\n"
    "        words=$(drvlint rules 2>/dev/null | awk '{print $1; gsub(\",\", \"\\n\", $3); print "
    "$3}' |\n"
    "            sort -u)\n"
    "        [[ $2 == *,* ]] && done=${2%,*},\n"
    "        [[ ${2##*,} == -* ]] && done+=- ;;\n"
    "    ANYTHING) return ;;\n"
    "    *) words=$1 ;;\n"
    "    esac\n"
    "    mapfile -t COMPREPLY < <(compgen -P \"$done\" -W \"$words\" -- \"${2#\"$done\"}\")\n"
    "}\n\n"
    "_drvlint() {\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} before= command= i values\n"
    "    COMPREPLY=()\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        [[ ${COMP_WORDS[i]} == -- ]] && { _drvlint_offer FILES \"$current\"; return; }\n"
    "        [[ -z $command && ${COMP_WORDS[i]} != -* ]] && command=${COMP_WORDS[i]}\n"
    "    done\n"
    "    if [[ -z $command ]]; then\n"
    "        _drvlint_offer \"$(_drvlint_arguments help) --help --version\" \"$current\"\n"
    "        return\n"
    "    fi\n"
    "    # '=' is a word of its own.\n"
    "    ((COMP_CWORD)) && before=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    if [[ $current == = ]]; then\n"
    "        current=\n"
    "    elif [[ $before == = ]]; then\n"
    "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    values=$(_drvlint_values \"$command\" \"$before\")\n"
    "    if [[ -n $values ]]; then\n"
    "        _drvlint_offer \"$values\" \"$current\"\n"
    "    elif [[ $current == -* ]]; then\n"
    "        _drvlint_offer \"$(_drvlint_options \"$command\")\" \"$current\"\n"
    "        [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
    "    else\n"
    "        _drvlint_offer \"$(_drvlint_arguments \"$command\")\" \"$current\"\n"
    "    fi\n"
    "}\n\n"
    "complete -F _drvlint drvlint\n";

static const char *bash_values(struct arena *arena, const struct option_row *row,
                               const char *const *values)
{
    switch (value_kind(row, values)) {
    case VALUE_NONE:
        return "";
    case VALUE_LIST:
        return joined(arena, values);
    case VALUE_RULES:
        return "RULES";
    case VALUE_DIRECTORY:
        return "DIRECTORIES";
    case VALUE_FILE:
        return "FILES";
    case VALUE_OTHER:
        return "ANYTHING";
    }
    BUG_ON(true);
    return "";
}

static void put_bash_values(struct arena *arena, cli_text *text, const struct command_row *command,
                            const char *const *stages)
{
    const struct option_row *at = cli_options, *row;
    while ((row = cli_next_option(command->command, &at))) {
        const char *values = bash_values(arena, row, cli_values(row, command, stages));
        const char *both = row->name && row->letter ? "|" : "";
        const char *again = *both ? arena_printf(arena, "%s:%s", command->name, row->letter) : "";
        if (*values)
            cli_put(arena, text,
                    arena_printf(arena, "    %s:%s%s%s) echo \"%s\" ;;\n", command->name,
                                 row->name ? row->name : row->letter, both, again, values));
    }
}

static void put_bash_options(struct arena *arena, cli_text *text, const struct command_row *command)
{
    const struct option_row *at = cli_options, *row;
    cli_put(arena, text, arena_printf(arena, "    %s) echo \"", command->name));
    for (const char *blank = ""; (row = cli_next_option(command->command, &at)); blank = " ")
        cli_put(arena, text,
                arena_printf(arena, "%s%s%s", blank, row->name ? row->name : row->letter,
                             row->name && row->value ? "=" : ""));
    cli_put(arena, text, "\" ;;\n");
}

static void bash(struct arena *arena, cli_text *text, const char *const *stages)
{
    cli_put(arena, text, bash_head);
    for (const struct command_row *row = cli_commands; row->name; row++)
        if (!row->hidden)
            put_bash_values(arena, text, row, stages);
    cli_put(arena, text, bash_middle);
    for (const struct command_row *row = cli_commands; row->name; row++)
        if (!row->hidden)
            put_bash_options(arena, text, row);
    cli_put(arena, text, bash_arguments);
    for (const struct command_row *row = cli_commands; row->name; row++)
        if (!row->hidden)
            cli_put(arena, text,
                    arena_printf(arena, "    %s) echo \"%s\" ;;\n", row->name,
                                 arguments_of(arena, row)));
    cli_put(arena, text, bash_tail);
}

/* ---- zsh ------------------------------------------------------------------------------------ */

/* Text within '...' where '[', ']' and ':' mean something. */
static const char *zsh_quoted(struct arena *arena, const char *help)
{
    cli_text text = {0};
    for (const char *s = help; *s; s++) {
        if (*s == '\'')
            cli_put(arena, &text, "'\\'");
        else if (strchr("[]:\\", *s))
            vec_push(arena, &text, '\\');
        vec_push(arena, &text, *s);
    }
    return cli_text_end(arena, &text);
}

static const char *zsh_action(struct arena *arena, enum value_kind kind, const char *const *values)
{
    switch (kind) {
    case VALUE_LIST:
        return arena_printf(arena, "(%s)", joined(arena, values));
    case VALUE_RULES:
        return "_drvlint_rules";
    case VALUE_DIRECTORY:
        return "_directories";
    case VALUE_FILE:
        return "_files";
    case VALUE_NONE:
    case VALUE_OTHER:
        return " ";
    }
    BUG_ON(true);
    return "";
}

static void put_zsh_option(struct arena *arena, cli_text *text, const struct command_row *command,
                           const struct option_row *row, const char *const *stages)
{
    const char *const *values = cli_values(row, command, stages);
    const char *help = zsh_quoted(arena, cli_option_help(arena, row, command, stages));
    const char *names[] = {row->letter, row->name};
    const char *ends[] = {"+", "="}; /* the value may stand in the same word */
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (!names[i])
            continue;
        cli_put(arena, text,
                arena_printf(arena, " \\\n            '*%s%s[%s]", names[i],
                             row->value ? ends[i] : "", help));
        if (row->value)
            cli_put(arena, text,
                    arena_printf(arena, ":%s:%s", zsh_quoted(arena, row->value),
                                 zsh_action(arena, value_kind(row, values), values)));
        cli_put(arena, text, "'");
    }
}

static const char *zsh_arguments(struct arena *arena, const struct command_row *command)
{
    const char *arguments = arguments_of(arena, command);
    if (strcmp(arguments, "FILES") == 0)
        return "_files";
    return strcmp(arguments, "RULES") == 0 ? "_drvlint_rules"
                                           : arena_printf(arena, "(%s)", arguments);
}

static void zsh(struct arena *arena, cli_text *text, const char *const *stages)
{
    cli_put(arena, text,
            "#compdef drvlint\n"
            "# Completions of drvlint for zsh; made by 'drvlint completion zsh'.\n\n"
            "# Rules and sets; in lists with commas the last item.\n"
            "_drvlint_rules() {\n"
            "    local -a names\n"
            "    names=(${(f)\"$(drvlint rules 2>/dev/null |\n"
            "        awk '{print $1; gsub(\",\", \"\\n\", $3); print $3}' | sort -u)\"})\n"
            "    compset -P '*,'\n"
            "    compset -P '-'\n"
            "    compadd -a names\n"
            "}\n\n"
            "_drvlint() {\n"
            "    local -a commands\n"
            "    commands=(\n");
    for (const struct command_row *row = cli_commands; row->name; row++)
        if (!row->hidden)
            cli_put(arena, text,
                    arena_printf(arena, "        '%s:%s'\n", row->name,
                                 zsh_quoted(arena, row->summary)));
    cli_put(arena, text,
            "    )\n"
            "    if ((CURRENT == 2)); then\n"
            "        _describe command commands\n"
            "        return\n"
            "    fi\n"
            "    local command=$words[2]\n"
            "    shift words\n"
            "    ((CURRENT--))\n"
            "    case $command in\n");
    for (const struct command_row *row = cli_commands; row->name; row++) {
        if (row->hidden)
            continue;
        cli_put(arena, text, arena_printf(arena, "    %s)\n        _arguments -s", row->name));
        const struct option_row *at = cli_options, *option;
        while ((option = cli_next_option(row->command, &at)))
            put_zsh_option(arena, text, row, option, stages);
        if (row->max)
            cli_put(
                arena, text,
                arena_printf(arena, " \\\n            '*:argument:%s'", zsh_arguments(arena, row)));
        cli_put(arena, text, "\n        ;;\n");
    }
    cli_put(arena, text,
            "    esac\n"
            "}\n\n"
            "# In fpath it is the function itself; a script that is sourced registers it.\n"
            "if [[ $funcstack[1] == _drvlint ]]; then\n"
            "    _drvlint \"$@\"\n"
            "else\n"
            "    compdef _drvlint drvlint\n"
            "fi\n");
}

/* ---- fish ----------------------------------------------------------------------------------- */

static const char *fish_quoted(struct arena *arena, const char *help)
{
    cli_text text = {0};
    for (const char *s = help; *s; s++) {
        if (strchr("'\\", *s))
            vec_push(arena, &text, '\\');
        vec_push(arena, &text, *s);
    }
    return cli_text_end(arena, &text);
}

static const char *fish_values(struct arena *arena, enum value_kind kind, const char *const *values)
{
    switch (kind) {
    case VALUE_NONE:
        return "";
    case VALUE_LIST:
        return arena_printf(arena, " -x -a '%s'", joined(arena, values));
    case VALUE_RULES:
        return " -x -a '(__drvlint_rules)'";
    case VALUE_DIRECTORY:
        return " -x -a '(__fish_complete_directories)'";
    case VALUE_FILE:
        return " -r -F";
    case VALUE_OTHER:
        return " -x";
    }
    BUG_ON(true);
    return "";
}

static void put_fish_command(struct arena *arena, cli_text *text, const struct command_row *command,
                             const char *const *stages)
{
    const struct option_row *at = cli_options, *row;
    const char *seen = arena_printf(arena, "-n '__fish_seen_subcommand_from %s'", command->name);
    while ((row = cli_next_option(command->command, &at))) {
        const char *const *values = cli_values(row, command, stages);
        const char *letter = row->letter ? arena_printf(arena, " -s %s", row->letter + 1) : "";
        const char *name = row->name ? arena_printf(arena, " -l %s", row->name + 2) : "";
        cli_put(arena, text,
                arena_printf(arena, "complete -c drvlint %s%s%s%s -d '%s'\n", seen, letter, name,
                             fish_values(arena, value_kind(row, values), values),
                             fish_quoted(arena, cli_option_help(arena, row, command, stages))));
    }
    const char *arguments = arguments_of(arena, command);
    if (strcmp(arguments, "FILES") == 0)
        cli_put(arena, text, arena_printf(arena, "complete -c drvlint %s -F\n", seen));
    else if (*arguments)
        cli_put(arena, text,
                arena_printf(arena, "complete -c drvlint %s -f -a '%s'\n", seen,
                             strcmp(arguments, "RULES") == 0 ? "(__drvlint_rules)" : arguments));
}

static void fish(struct arena *arena, cli_text *text, const char *const *stages)
{
    cli_put(arena, text,
            "# Completions of drvlint for fish; made by 'drvlint completion fish'.\n\n"
            "# Rules and sets; in lists with commas the last item.\n"
            "function __drvlint_rules\n"
            "    set -l done (string match -r '.*,' -- (commandline -ct | string replace -r "
            "'^--\\w+=' ''))\n"
            "    printf \"$done%s\\n\" (drvlint rules 2>/dev/null |\n"
            "        awk '{print $1; gsub(\",\", \"\\n\", $3); print $3}' | sort -u)\n"
            "end\n\n"
            "complete -c drvlint -f\n");
    for (const struct command_row *row = cli_commands; row->name; row++)
        if (!row->hidden)
            cli_put(arena, text,
                    arena_printf(arena,
                                 "complete -c drvlint -n __fish_use_subcommand -a %s -d '%s'\n",
                                 row->name, fish_quoted(arena, row->summary)));
    for (const struct command_row *row = cli_commands; row->name; row++)
        if (!row->hidden)
            put_fish_command(arena, text, row, stages);
}

char *cli_completion(struct arena *arena, const char *shell, const char *const *stages)
{
    cli_text text = {0};
    if (strcmp(shell, "bash") == 0)
        bash(arena, &text, stages);
    else if (strcmp(shell, "zsh") == 0)
        zsh(arena, &text, stages);
    else
        fish(arena, &text, stages);
    return cli_text_end(arena, &text);
}
