/* The manual page: the tables, and what else a page of section 1 says. */
#include "cli/internal.h"

#include <string.h>

/* Text as roff takes it literally. */
static const char *roff(struct arena *arena, const char *plain)
{
    cli_text text = {0};
    if (*plain == '.' || *plain == '\'')
        cli_put(arena, &text, "\\&");
    for (const char *s = plain; *s; s++) {
        if (*s == '\\')
            cli_put(arena, &text, "\\e");
        else if (*s == '-')
            cli_put(arena, &text, "\\-");
        else
            vec_push(arena, &text, *s);
    }
    return cli_text_end(arena, &text);
}

static const char head[] =
    ".SH NAME\n"
    "drvlint \\- check the source of Windows drivers against rules\n"
    ".SH SYNOPSIS\n"
    ".B drvlint\n"
    ".I COMMAND\n"
    ".RI [ OPTIONS ]\n"
    "\\&...\n"
    ".SH DESCRIPTION\n"
    "drvlint compiles the sources of a driver together with a model of the operating system and\n"
    "simulates rules about how drivers use the system over all paths, across functions, files and\n"
    "callbacks.\n"
    "For every rule there is a verdict: pass, defect, unknown or not applicable.\n"
    "A defect comes with the path that leads to it.\n"
    ".PP\n"
    "An\n"
    ".I INPUT\n"
    "is a directory, sources, a\n"
    ".IR drvlint.json ,\n"
    "a\n"
    ".IR compile_commands.json ,\n"
    "or a project of Visual Studio\n"
    ".RI ( *.vcxproj ,\n"
    ".IR *.sln ,\n"
    ".IR *.slnx ).\n"
    "One driver is checked at a time.\n"
    "Without any input it is the driver of the\n"
    ".I drvlint.json\n"
    "in the working directory or above.\n"
    "What follows\n"
    ".B \\-\\-\n"
    "is for clang.\n";

static const char tail[] =
    ".SH EXIT STATUS\n"
    ".TP\n"
    ".B 0\n"
    "No defect, and nothing was left out that could hide one.\n"
    ".TP\n"
    ".B 1\n"
    "At least one defect that is neither suppressed nor known.\n"
    ".TP\n"
    ".B 2\n"
    "Wrong use, or input that cannot be read.\n"
    ".TP\n"
    ".B 3\n"
    "No defect, but a rule is undecided, or something could not be analysed.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n"
    ".B NO_COLOR\n"
    "If it is not empty, nothing is coloured unless\n"
    ".B \\-\\-color=always\n"
    "says so.\n"
    ".TP\n"
    ".B TERM\n"
    "On a terminal that is\n"
    ".B dumb\n"
    "there are neither colours nor progress.\n"
    ".TP\n"
    ".B TMPDIR\n"
    "Where temporary files go.\n"
    ".SH FILES\n"
    ".TP\n"
    ".I drvlint.json\n"
    "What to check, and how; kept beside the driver.\n"
    ".B drvlint init\n"
    "writes one.\n"
    ".SH EXAMPLES\n"
    ".TP\n"
    ".B drvlint check src\n"
    "Check the driver whose sources are in\n"
    ".I src\n"
    "and below.\n"
    ".TP\n"
    ".B drvlint check src \\-\\-rules=Locking \\-\\-output html=src.html\n"
    "Check one set of rules, and write a page for the browser as well.\n"
    ".TP\n"
    ".B drvlint explain SpinLock\n"
    "Say what a rule checks, and why.\n"
    ".SH SEE ALSO\n"
    ".BR clang (1),\n"
    ".BR git (1)\n";

static void put_commands(struct arena *arena, cli_text *text)
{
    cli_put(arena, text, ".SH COMMANDS\n");
    for (const struct command_row *row = cli_commands; row->name; row++)
        if (!row->hidden)
            cli_put(arena, text,
                    arena_printf(arena, ".TP\n.B %s%s%s\n%s.\n", row->name,
                                 *row->arguments ? " " : "", roff(arena, row->arguments),
                                 roff(arena, row->summary)));
}

/* The commands that have an option; the first of them is *ret_first. */
static const char *commands_of(struct arena *arena, const struct option_row *option,
                               const struct command_row **ret_first)
{
    const char *names = "";
    *ret_first = NULL;
    for (const struct command_row *row = cli_commands; row->name; row++) {
        if (row->hidden || !(option->commands & 1u << row->command))
            continue;
        names = arena_printf(arena, "%s%s%s", names, *names ? ", " : "", row->name);
        *ret_first = *ret_first ? *ret_first : row;
    }
    return names;
}

static void put_options(struct arena *arena, cli_text *text, const char *const *stages)
{
    cli_put(arena, text, ".SH OPTIONS\nBehind each is which commands have it.\n");
    for (const struct option_row *row = cli_options; row->name || row->letter; row++) {
        const struct command_row *first;
        const char *names = row->help ? commands_of(arena, row, &first) : "";
        if (!*names)
            continue;
        const char *letter = row->letter ? row->letter : "", *name = row->name ? row->name : "";
        const char *value =
            row->value ? arena_printf(arena, "%s%s", *name ? "=" : " ", row->value) : "";
        const char *term =
            arena_printf(arena, "%s%s%s%s", letter, *letter && *name ? ", " : "", name, value);
        cli_put(arena, text,
                arena_printf(arena, ".TP\n.B %s\n%s (%s)\n", roff(arena, term),
                             roff(arena, cli_option_help(arena, row, first, stages)), names));
    }
}

char *cli_manual(struct arena *arena, const char *version, const char *const *stages)
{
    cli_text text = {0};
    cli_put(arena, &text,
            arena_printf(arena,
                         ".\\\" Made by 'drvlint manual'.\n"
                         ".TH DRVLINT 1 \"\" \"drvlint %s\" \"User Commands\"\n",
                         version));
    cli_put(arena, &text, head);
    put_commands(arena, &text);
    put_options(arena, &text, stages);
    cli_put(arena, &text, tail);
    return cli_text_end(arena, &text);
}
