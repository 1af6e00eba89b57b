#include "cli/internal.h"

#define BIT(command) (1u << (command))

enum {
    REPORTS = BIT(COMMAND_CHECK),
    CHECKS = BIT(COMMAND_CHECK) | BIT(COMMAND_BASELINE),
    READS = CHECKS | BIT(COMMAND_GRAPH), /* driver sources */
    USES_PACK = READS | BIT(COMMAND_RULES) | BIT(COMMAND_EXPLAIN) | BIT(COMMAND_COMPILE_PACK),
    PRINTS = READS | BIT(COMMAND_RULES) | BIT(COMMAND_EXPLAIN),
    ALL = ~0,
};

const struct command_row cli_commands[] = {
    {"check",
     COMMAND_CHECK,
     "INPUT... [-- FLAGS]",
     "check a driver against the rules",
     1,
     -1u,
     "nothing to check; give sources, a directory, a drvlint.json or a compile_commands.json",
     {"text", "json", "sarif", "github", "gitlab", "junit"},
     false},
    {"baseline",
     COMMAND_BASELINE,
     "INPUT... [-- FLAGS]",
     "print the findings of today, for 'check --baseline'",
     1,
     -1u,
     "nothing to check; give sources, a directory, a drvlint.json or a compile_commands.json",
     {NULL},
     false},
    {"graph",
     COMMAND_GRAPH,
     "INPUT... [-- FLAGS]",
     "print a driver's call graph",
     1,
     -1u,
     "nothing to read; give sources, a directory, a drvlint.json or a compile_commands.json",
     {"dot", "json"},
     false},
    {"rules", COMMAND_RULES, "", "list the rules", 0, 0, NULL, {"text", "json"}, false},
    {"explain",
     COMMAND_EXPLAIN,
     "RULE",
     "say what a rule checks, why, and give examples",
     1,
     1,
     "which rule? 'drvlint rules' lists them",
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
    {"version", COMMAND_VERSION, "", "show the version", 0, 0, NULL, {NULL}, false},
    {NULL, COMMAND_HELP, NULL, NULL, 0, 0, NULL, {NULL}, false},
};

#define FIELD(name) offsetof(struct cli, name)

const struct option_row cli_options[] = {
    {"--rules", NULL, "SELECTION", OPTION_TEXT, FIELD(rules), CHECKS,
     "rules and rule sets to check, with '-' to leave out: Locking,-Warning or all"},
    {NULL, "-I", "DIR", OPTION_COMPILER, 0, READS, "look for included files in DIR"},
    {NULL, "-D", "NAME[=VALUE]", OPTION_COMPILER, 0, READS, "define a macro"},
    {NULL, "-U", "NAME", OPTION_COMPILER, 0, READS, "undefine a macro"},
    {"--target", NULL, "TRIPLE", OPTION_TEXT, FIELD(target), READS | BIT(COMMAND_COMPILE_PACK),
     "target of the driver (default: x86_64-pc-windows-msvc)"},
    {"--pack-dir", NULL, "DIR", OPTION_TEXT, FIELD(pack_directory), PRINTS,
     "use the rule pack in DIR"},
    {"--format", NULL, "FORMAT", OPTION_FORMAT, FIELD(format),
     REPORTS | BIT(COMMAND_GRAPH) | BIT(COMMAND_RULES), "format of the output: "},
    {"--output", "-o", "[FORMAT=]FILE", OPTION_OUTPUT, FIELD(output), REPORTS,
     "write to FILE instead of the standard output; with a format, any number of times: one more "
     "report"},
    {"--output", "-o", "FILE", OPTION_TEXT, FIELD(output), USES_PACK & ~REPORTS,
     "write to FILE instead of the standard output"},
    {"--profile", NULL, "NAME", OPTION_PROFILE, FIELD(profile), REPORTS,
     "SARIF for: full (default) or github (open findings only)"},
    {"--baseline", NULL, "FILE", OPTION_TEXT, FIELD(baseline), REPORTS,
     "findings that 'drvlint baseline' wrote to FILE are known and do not count"},
    {"--since", NULL, "REVISION", OPTION_TEXT, FIELD(since), REPORTS,
     "findings that git's REVISION has, too, are known and do not count"},
    {"--quiet", "-q", NULL, OPTION_FLAG, FIELD(quiet), REPORTS,
     "print findings only, no table of verdicts"},
    {"--color", NULL, "WHEN", OPTION_COLOUR, FIELD(colour), PRINTS,
     "colours: auto, always or never (default: auto; NO_COLOR is respected)"},
    {"--jobs", "-j", "N", OPTION_NUMBER, FIELD(jobs), READS,
     "work with N threads (default: one per processor)"},
    {"--budget", NULL, "N", OPTION_NUMBER, FIELD(budget), CHECKS,
     "give a rule up as unknown after N steps"},
    {"--stats", NULL, NULL, OPTION_FLAG, FIELD(stats), READS,
     "print time, memory and counters of each stage to standard error"},
    {"--dump", NULL, "STAGE", OPTION_STAGE, FIELD(dump), READS,
     "print what STAGE made, and stop: "},
    {"--stop-after", NULL, "STAGE", OPTION_STAGE, FIELD(stop_after), READS,
     "go on until STAGE is done, and stop without a report"},
    {"--directory", NULL, "DIR", OPTION_TEXT, FIELD(directory), CHECKS, NULL},
    {"--outside", NULL, "DIR", OPTION_TEXT, FIELD(outside), CHECKS, NULL},
    {"--fail-allocation", NULL, "N", OPTION_NUMBER, FIELD(fail_allocation), (unsigned)ALL, NULL},
    {"--help", "-h", NULL, OPTION_HELP, 0, (unsigned)ALL, "show help"},
    {"--version", "-V", NULL, OPTION_VERSION, 0, BIT(COMMAND_HELP), "show the version"},
    {NULL, NULL, NULL, OPTION_FLAG, 0, 0, NULL},
};

const struct command_row *cli_command(enum command command)
{
    const struct command_row *row = cli_commands;
    while (row->command != command)
        row++;
    BUG_ON(!row->name);
    return row;
}
