#include "report/internal.h"

#include <string.h>

const struct report_format report_formats[] = {
    {"text", "findings with their paths, then the verdict on every rule", false, report_text},
    {"json", "everything, for programs (docs/formats.md)", false, report_json},
    {"sarif", "SARIF 2.1.0, for editors and code scanning", true, report_sarif},
    {"github", "workflow commands: annotations on GitHub", true, report_github},
    {"gitlab", "code quality report of GitLab", true, report_gitlab},
    {"junit", "rules as test cases, for continuous integration", true, report_junit},
    {"html", "a page with paths beside the source, for a browser", false, report_html},
    {NULL, NULL, false, NULL},
};

const struct report_format *report_find(const char *name)
{
    for (const struct report_format *format = report_formats; format->name; format++)
        if (strcmp(format->name, name) == 0)
            return format;
    return NULL;
}

/* Severities are in the order from the worst on. */
static bool fails(const struct rule_result *rule, enum severity least)
{
    for (size_t i = 0; i < rule->findings.len; i++)
        if (finding_is_open(&rule->findings.items[i]) && rule->findings.items[i].severity <= least)
            return true;
    return false;
}

int report_exit_status(const struct results *results, enum severity least)
{
    bool undecided = false;
    for (size_t i = 0; i < results->rules.len; i++) {
        if (fails(&results->rules.items[i], least))
            return 1;
        undecided |= results->rules.items[i].verdict == VERDICT_UNKNOWN;
    }
    for (size_t i = 0; i < results->left_out.len; i++)
        undecided |= left_out_of_driver(&results->left_out.items[i]);
    return undecided ? 3 : 0;
}
