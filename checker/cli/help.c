#include "cli/internal.h"

#include <string.h>

enum { WIDTH = 80, COMMAND_COLUMN = 34, OPTION_COLUMN = 23 };

void cli_put(struct arena *arena, cli_text *text, const char *more)
{
    for (; *more; more++)
        vec_push(arena, text, *more);
}

/* A term and its explanation in two columns; the explanation is wrapped between words. */
static void put_row(struct arena *arena, cli_text *text, size_t start, const char *term,
                    const char *help)
{
    size_t column = 2 + strlen(term);
    cli_put(arena, text, arena_printf(arena, "  %s", term));
    if (column + 2 > start) {
        cli_put(arena, text, "\n");
        column = 0;
    }
    cli_put(arena, text, arena_printf(arena, "%*s", (int)(start - column), ""));
    column = start;
    while (*help) {
        size_t length = strcspn(help, " ");
        if (column > start && column + 1 + length > WIDTH) {
            cli_put(arena, text, arena_printf(arena, "\n%*s", (int)start, ""));
            column = start;
        }
        if (column > start) {
            cli_put(arena, text, " ");
            column++;
        }
        cli_put(arena, text, arena_strndup(arena, help, length));
        column += length;
        help += length + strspn(help + length, " ");
    }
    cli_put(arena, text, "\n");
}

static const char *option_term(struct arena *arena, const struct option_row *row)
{
    const char *letter = row->letter ? row->letter : "", *name = row->name ? row->name : "";
    const char *comma = *letter && *name ? ", " : "";
    const char *value = row->value ? arena_printf(arena, *name ? "=%s" : " %s", row->value) : "";
    return arena_printf(arena, "%s%s%s%s", letter, comma, name, value);
}

const char *cli_option_help(struct arena *arena, const struct option_row *option,
                            const struct command_row *command, const char *const *stages)
{
    const char *const *names = cli_values(option, command, stages);
    const char *help = option->help;
    size_t length = strlen(help);
    if (length < 2 || strcmp(help + length - 2, ": ") != 0)
        return help;
    if (length == 2)
        help = "";
    for (size_t i = 0; names && names[i]; i++)
        help = arena_printf(arena, "%s%s%s", help, i ? ", " : "", names[i]);
    return help;
}

char *cli_text_end(struct arena *arena, cli_text *text)
{
    vec_push(arena, text, '\0');
    return text->items;
}

static char *help_for_all(struct arena *arena)
{
    cli_text text = {0};
    cli_put(arena, &text,
            "usage: drvlint COMMAND [OPTIONS] ...\n\n"
            "Checks Windows driver sources against rules about how drivers use the "
            "system.\n\ncommands:\n");
    for (const struct command_row *row = cli_commands; row->name; row++) {
        if (row->hidden)
            continue;
        const char *space = *row->arguments ? " " : "";
        const char *term = arena_printf(arena, "%s%s%s", row->name, space, row->arguments);
        put_row(arena, &text, COMMAND_COLUMN, term, row->summary);
    }
    cli_put(arena, &text,
            "\n'drvlint help COMMAND' shows the options of a command.\n\n"
            "exit status: 0 no defect, 1 defects, 2 wrong use or broken input,\n"
            "3 no defect found but something could not be analysed\n");
    return cli_text_end(arena, &text);
}

char *cli_help(struct arena *arena, enum command command, bool all, const char *const *stages)
{
    if (command == COMMAND_HELP)
        return help_for_all(arena);
    cli_text text = {0};
    const struct command_row *about = cli_command(command);
    bool more = false;
    cli_put(arena, &text,
            arena_printf(arena, "usage: drvlint %s [OPTIONS]%s%s\n\n%s\n\noptions:\n", about->name,
                         *about->arguments ? " " : "", about->arguments, about->summary));
    for (const struct option_row *row = cli_options; row->name || row->letter; row++) {
        bool has = row->help && row->commands & 1u << command;
        more |= has && row->rare && !all;
        if (has && (!row->rare || all))
            put_row(arena, &text, OPTION_COLUMN, option_term(arena, row),
                    cli_option_help(arena, row, about, stages));
    }
    if (more)
        cli_put(
            arena, &text,
            arena_printf(arena, "'drvlint help --all %s' shows rare ones, too.\n", about->name));
    return cli_text_end(arena, &text);
}
