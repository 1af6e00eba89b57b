#include "cli/internal.h"

#define BIT(command) (1u << (command))

enum {
    REPORTS = BIT(COMMAND_CHECK),
    CHECKS = BIT(COMMAND_CHECK) | BIT(COMMAND_BASELINE),
    READS = CHECKS | BIT(COMMAND_GRAPH) | BIT(COMMAND_DOCTOR) |
            BIT(COMMAND_MODEL), /* driver sources */
    SERVES = READS | BIT(COMMAND_LSP),
    USES_PACK = READS | BIT(COMMAND_RULES) | BIT(COMMAND_EXPLAIN) | BIT(COMMAND_COMPILE_PACK),
    PRINTS = READS | BIT(COMMAND_RULES) | BIT(COMMAND_EXPLAIN),
    WRITES = USES_PACK | BIT(COMMAND_COMPLETION) | BIT(COMMAND_MANUAL),
    ALL = ~0,
};

const struct command_row cli_commands[] = {
    {"check",
     COMMAND_CHECK,
     "[INPUT...] [-- FLAGS]",
     "check a driver against the rules",
     0,
     -1u,
     NULL,
     {"text", "json", "sarif", "github", "gitlab", "junit", "html"},
     false},
    {"baseline",
     COMMAND_BASELINE,
     "[INPUT...] [-- FLAGS]",
     "print today's findings, for check --baseline",
     0,
     -1u,
     NULL,
     {NULL},
     false},
    {"graph",
     COMMAND_GRAPH,
     "[INPUT...] [-- FLAGS]",
     "print a driver's call graph",
     0,
     -1u,
     NULL,
     {"dot", "json"},
     false},
    {"doctor",
     COMMAND_DOCTOR,
     "[INPUT...] [-- FLAGS]",
     "say what is not analysed, and what helps",
     0,
     -1u,
     NULL,
     {NULL},
     false},
    {"model",
     COMMAND_MODEL,
     "coverage [INPUT...]",
     "list the system's functions that it calls",
     1,
     -1u,
     "what of the model? 'drvlint model coverage' lists functions",
     {"text", "json"},
     false},
    {"rules",
     COMMAND_RULES,
     "[SELECTION]",
     "list the rules, or some of them",
     0,
     1,
     NULL,
     {"text", "json"},
     false},
    {"explain",
     COMMAND_EXPLAIN,
     "RULE",
     "say what a rule checks, why, and give examples",
     1,
     1,
     "which rule? 'drvlint rules' lists them",
     {NULL},
     false},
    {"lsp",
     COMMAND_LSP,
     "[-- FLAGS]",
     "serve an editor (Language Server Protocol)",
     0,
     0,
     NULL,
     {NULL},
     false},
    {"init",
     COMMAND_INIT,
     "[DIR]",
     "write a drvlint.json for a directory",
     0,
     1,
     NULL,
     {NULL},
     false},
    {"completion",
     COMMAND_COMPLETION,
     "SHELL",
     "print completions for bash, zsh or fish",
     1,
     1,
     "for which shell? bash, zsh or fish",
     {NULL},
     false},
    {"manual", COMMAND_MANUAL, "", "print the manual page", 0, 0, NULL, {NULL}, true},
    {"cache",
     COMMAND_CACHE,
     "",
     "show or clear what runs keep for later ones",
     0,
     0,
     NULL,
     {NULL},
     false},
    {"compile-pack",
     COMMAND_COMPILE_PACK,
     "PACK",
     "compile a rule pack's OS model",
     1,
     1,
     "give the rule pack's directory",
     {NULL},
     true},
    {"help",
     COMMAND_HELP,
     "[COMMAND]",
     "show this, or the options of a command",
     0,
     1,
     NULL,
     {NULL},
     false},
    {"version",
     COMMAND_VERSION,
     "",
     "show the version, and those of LLVM and the packs",
     0,
     0,
     NULL,
     {NULL},
     false},
    {NULL, COMMAND_HELP, NULL, NULL, 0, 0, NULL, {NULL}, false},
};

#define FIELD(name) offsetof(struct cli, name)

const struct option_row cli_options[] = {
    {"--rules", NULL, "SELECTION", OPTION_TEXT, FIELD(rules), CHECKS | BIT(COMMAND_LSP),
     "rules and sets, '-' leaves out: Locking,-Warning or all", false},
    {NULL, "-I", "DIR", OPTION_COMPILER, 0, SERVES, "look for included files in DIR", false},
    {NULL, "-D", "NAME[=VALUE]", OPTION_COMPILER, 0, SERVES, "define a macro", false},
    {NULL, "-U", "NAME", OPTION_COMPILER, 0, SERVES, "undefine a macro", true},
    {"--target", NULL, "TRIPLE", OPTION_TEXT, FIELD(target), SERVES | BIT(COMMAND_COMPILE_PACK),
     "the driver's (default: x86_64-pc-windows-msvc)", false},
    {"--config", NULL, "NAME", OPTION_TEXT, FIELD(configuration), SERVES,
     "of a Visual Studio project (default: Release)", true},
    {"--platform", NULL, "NAME", OPTION_TEXT, FIELD(platform), SERVES,
     "of a Visual Studio project (default: x64)", true},
    {"--isolated", NULL, NULL, OPTION_FLAG, FIELD(isolated), SERVES,
     "do not look for a drvlint.json", true},
    {"--pack-dir", NULL, "DIR", OPTION_TEXT, FIELD(pack_directory),
     PRINTS | SERVES | BIT(COMMAND_VERSION), "use the rule pack in DIR", false},
    {"--format", NULL, "FORMAT", OPTION_FORMAT, FIELD(format),
     REPORTS | BIT(COMMAND_GRAPH) | BIT(COMMAND_MODEL) | BIT(COMMAND_RULES), ": ", false},
    {"--output", "-o", "FILE", OPTION_OUTPUT, FIELD(output), REPORTS,
     "write there; with FORMAT=FILE one more report", false},
    {"--output", "-o", "FILE", OPTION_TEXT, FIELD(output), WRITES & ~REPORTS,
     "write to FILE instead of the standard output", false},
    {"--profile", NULL, "NAME", OPTION_PROFILE, FIELD(profile), REPORTS,
     "SARIF: full, or github (open findings only)", false},
    {"--baseline", NULL, "FILE", OPTION_TEXT, FIELD(baseline), REPORTS,
     "findings that FILE has do not count", false},
    {"--since", NULL, "REVISION", OPTION_TEXT, FIELD(since), REPORTS,
     "only paths over lines count that changed since then", false},
    {"--new-since", NULL, "REVISION", OPTION_TEXT, FIELD(new_since), REPORTS,
     "findings that git's REVISION has do not count", true},
    {"--fail-on", NULL, "LEVEL", OPTION_FAIL_ON, FIELD(fail_on), REPORTS,
     "what makes the status 1: error, warning, note (default)", false},
    {"--exit-zero", NULL, NULL, OPTION_FLAG, FIELD(exit_zero), REPORTS,
     "status 0 whatever is found (2 is still for trouble)", false},
    {"--allow-unknown", NULL, NULL, OPTION_FLAG, FIELD(allow_unknown), REPORTS,
     "status 0, not 3, if something is undecided", false},
    {"--quiet", "-q", NULL, OPTION_FLAG, FIELD(quiet), REPORTS,
     "print findings only, no table of verdicts", false},
    {"--color", NULL, "WHEN", OPTION_WHEN, FIELD(colour), PRINTS | BIT(COMMAND_INIT),
     "auto (and NO_COLOR is respected), always or never", false},
    {"--progress", NULL, "WHEN", OPTION_WHEN, FIELD(progress), READS,
     "tell on standard error what is being done: auto (on a terminal), always or never", true},
    {"--jobs", "-j", "N", OPTION_NUMBER, FIELD(jobs), SERVES,
     "work with N threads (default: one per processor)", false},
    {"--budget", NULL, "N", OPTION_NUMBER, FIELD(budget), CHECKS | BIT(COMMAND_LSP),
     "give a rule up as unknown after N steps", true},
    {"--stdin-filename", NULL, "FILE", OPTION_TEXT, FIELD(stdin_filename), READS,
     "read the standard input in the place of FILE, which is one of the driver's", true},
    {"--no-cache", NULL, NULL, OPTION_FLAG, FIELD(no_cache), SERVES,
     "use nothing that earlier runs kept, and keep nothing", true},
    {"--cache-dir", NULL, "DIR", OPTION_TEXT, FIELD(cache_directory), SERVES,
     "keep what later runs can use in DIR (default: drvlint in the user's cache directory)", true},
    {"--cache-dir", NULL, "DIR", OPTION_TEXT, FIELD(cache_directory), BIT(COMMAND_CACHE),
     "the one in DIR", false},
    {"--cache-limit", NULL, "MIB", OPTION_NUMBER, FIELD(cache_limit), SERVES,
     "keep at most MIB there (default: 512)", true},
    {"--clear", NULL, NULL, OPTION_FLAG, FIELD(clear), BIT(COMMAND_CACHE), "remove everything",
     false},
    {"--stats", NULL, NULL, OPTION_FLAG, FIELD(stats), READS,
     "print time, memory and counters of each stage to standard error", true},
    {"--dump", NULL, "STAGE", OPTION_STAGE, FIELD(dump), READS,
     "print what STAGE made, and stop: ", true},
    {"--stop-after", NULL, "STAGE", OPTION_STAGE, FIELD(stop_after), READS,
     "go on until STAGE is done, and stop without a report", true},
    {"--stdio", NULL, NULL, OPTION_FLAG, FIELD(stdio), BIT(COMMAND_LSP),
     "talk over standard input and output, as it always does", true},
    {"--directory", NULL, "DIR", OPTION_TEXT, FIELD(directory), CHECKS, NULL, false},
    {"--outside", NULL, "DIR", OPTION_TEXT, FIELD(outside), CHECKS, NULL, false},
    {"--unsaved", NULL, "FILE", OPTION_TEXT, FIELD(unsaved), REPORTS, NULL, false},
    {"--editor", NULL, NULL, OPTION_FLAG, FIELD(editor), REPORTS, NULL, false},
    {"--fail-allocation", NULL, "N", OPTION_NUMBER, FIELD(fail_allocation), (unsigned)ALL, NULL,
     false},
    {"--all", NULL, NULL, OPTION_FLAG, FIELD(help_all), BIT(COMMAND_HELP), "show rare options, too",
     false},
    {"--help", "-h", NULL, OPTION_HELP, 0, (unsigned)ALL, "show help", false},
    {"--version", "-V", NULL, OPTION_VERSION, 0, BIT(COMMAND_HELP), "show the version", false},
    {NULL, NULL, NULL, OPTION_FLAG, 0, 0, NULL, false},
};

const char *const cli_profiles[] = {"full", "github", NULL};
const char *const cli_levels[] = {"error", "warning", "note", NULL};
const char *const cli_whens[] = {"auto", "always", "never", NULL};
const char *const cli_shells[] = {"bash", "zsh", "fish", NULL};

const char *const *cli_values(const struct option_row *option, const struct command_row *command,
                              const char *const *stages)
{
    switch (option->kind) {
    case OPTION_FORMAT:
        return command->formats;
    case OPTION_PROFILE:
        return cli_profiles;
    case OPTION_FAIL_ON:
        return cli_levels;
    case OPTION_STAGE:
        return stages;
    case OPTION_WHEN:
        return cli_whens;
    case OPTION_FLAG:
    case OPTION_TEXT:
    case OPTION_NUMBER:
    case OPTION_OUTPUT:
    case OPTION_COMPILER:
    case OPTION_HELP:
    case OPTION_VERSION:
        return NULL;
    }
    BUG_ON(true);
    return NULL;
}

const struct option_row *cli_next_option(enum command command, const struct option_row **at)
{
    for (const struct option_row *row = *at; row->name || row->letter; row++) {
        if (!row->help || !(row->commands & BIT(command)))
            continue;
        *at = row + 1;
        return row;
    }
    return NULL;
}

const struct command_row *cli_command(enum command command)
{
    const struct command_row *row = cli_commands;
    while (row->command != command)
        row++;
    BUG_ON(!row->name);
    return row;
}
