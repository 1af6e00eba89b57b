#include "report/internal.h"

#include <string.h>

const struct report_format report_formats[] = {
    {"text", "findings with their paths, then the verdict on every rule", false, report_text},
    {"json", "everything, for programs (docs/formats.md)", false, report_json},
    {"sarif", "SARIF 2.1.0, for editors and code scanning", true, report_sarif},
    {"github", "workflow commands: annotations on GitHub", true, report_github},
    {"gitlab", "code quality report of GitLab", true, report_gitlab},
    {"junit", "rules as test cases, for continuous integration", true, report_junit},
    {NULL, NULL, false, NULL},
};

const struct report_format *report_find(const char *name)
{
    for (const struct report_format *format = report_formats; format->name; format++)
        if (strcmp(format->name, name) == 0)
            return format;
    return NULL;
}

int report_exit_status(const struct results *results)
{
    bool undecided = false;
    for (size_t i = 0; i < results->rules.len; i++) {
        for (size_t k = 0; k < results->rules.items[i].findings.len; k++)
            if (finding_is_open(&results->rules.items[i].findings.items[k]))
                return 1;
        undecided |= results->rules.items[i].verdict == VERDICT_UNKNOWN;
    }
    for (size_t i = 0; i < results->left_out.len; i++)
        undecided |= results->left_out.items[i].blocks_pass;
    return undecided ? 3 : 0;
}
