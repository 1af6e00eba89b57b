/* Rules, notifications and weaknesses as reporting descriptors. */
#include "report/sarif.h"

#include <ctype.h>
#include <string.h>

enum { MOST_TAGS = 10 /* that GitHub shows */ };

const struct sarif_message_row sarif_messages[] = {
    [SARIF_FAIL] = {"fail", "fail", "{0}."},
    [SARIF_PASS] = {"pass", "pass", "No path breaks the rule '{0}'."},
    [SARIF_OPEN] = {"open", "open", "Whether the rule '{0}' holds is not known: '{1}'."},
    [SARIF_NOT_APPLICABLE] = {"notApplicable", "notApplicable",
                              "The rule '{0}' does not apply: '{1}'."},
};

/* What is reported of the analysis itself. */
static const struct {
    const char *id, *name, *level, *title, *text;
} notices[] = {
    {"leftOut", "AnalysisIsIncomplete", "warning", "Something was not analysed",
     "Something of the driver could not be analysed. Rules that it may matter to do not pass."},
    {"assumed", "ResultIsAssumed", "note", "Something is assumed",
     "The result of something that drvlint knows nothing of is taken to be arbitrary."},
    {"missingHeader", "HeaderIsMissing", "warning", "A header is missing",
     "A file that the driver includes is nowhere to be found; an empty one is taken in its place."},
    {"coverage", "HowMuchWasAnalysed", "note", "How much was analysed",
     "How many functions were analysed, and which of the system's functions are known."},
    {"remark", "SuppressionOrBaselineIsOdd", "warning", "A suppression or a baseline is odd",
     "A comment suppresses nothing, or a finding of the baseline is gone."},
};

/* ---- descriptors ---------------------------------------------------------------------------- */

static const char *page(const struct sarif *sarif)
{
    return sarif->writer->options->homepage;
}

static void add_text(struct json *parent, const char *key, const char *text)
{
    json_add_string(json_add_object(parent, key), "text", text);
}

/* "timer is still set" -> "TimerIsStillSet", "OID request" -> "OidRequest": how names are written.
 */
static const char *pascal_case(struct arena *arena, const char *text)
{
    char *name = arena_alloc(arena, strlen(text) + 1), *to = name;
    bool start = true;
    for (const char *s = text; *s; s++) {
        bool letter = isalnum((unsigned char)*s), after_capital = to > name && isupper(to[-1]);
        if (letter && after_capital)
            *to++ = (char)tolower((unsigned char)*s);
        else if (letter)
            *to++ = start ? (char)toupper((unsigned char)*s) : *s;
        start = !letter;
    }
    return name;
}

/* The first paragraph of a text, on one line. */
static const char *first_paragraph(struct arena *arena, const char *text)
{
    const char *end = strstr(text, "\n\n");
    char *line = arena_strndup(arena, text, end ? (size_t)(end - text) : strlen(text));
    for (char *s = line; *s; s++)
        if (*s == '\n')
            *s = ' ';
    while (*line && line[strlen(line) - 1] == ' ')
        line[strlen(line) - 1] = '\0';
    return line;
}

static void add_messages(struct json *descriptor)
{
    struct json *messages = json_add_object(descriptor, "messageStrings");
    for (enum sarif_message i = SARIF_FAIL; i <= SARIF_NOT_APPLICABLE; i++)
        add_text(messages, sarif_messages[i].id, sarif_messages[i].text);
}

static void add_properties(struct json *descriptor, const struct rule *rule)
{
    static const char *const levels[] = {[SEVERITY_ERROR] = "error",
                                         [SEVERITY_WARNING] = "warning",
                                         [SEVERITY_NOTE] = "recommendation"};
    struct json *properties = json_add_object(descriptor, "properties");
    json_add_string(properties, "precision", "very-high");
    json_add_string(properties, "problem.severity", levels[rule ? rule->severity : SEVERITY_ERROR]);
    struct json *tags = json_add_array(properties, "tags");
    for (size_t i = 0; rule && i < rule->sets.len && i < MOST_TAGS; i++)
        json_add_string(tags, NULL, rule->sets.items[i]);
}

static void add_relationships(struct sarif *sarif, struct json *descriptor, const char *rule)
{
    size_t from = 0;
    struct json *list = NULL;
    for (const struct weakness *w; (w = sarif_weakness(sarif, rule, &from));) {
        if (!list)
            list = json_add_array(descriptor, "relationships");
        struct json *relation = json_add_object(list, NULL);
        struct json *target = json_add_object(relation, "target");
        json_add_string(target, "id", w->number);
        json_add_number(target, "index", (double)sarif_weakness_index(sarif, w->number));
        struct json *component = json_add_object(target, "toolComponent");
        json_add_string(component, "name", "CWE");
        json_add_number(component, "index", 0);
        json_add_string(json_add_array(relation, "kinds"), NULL, "superset");
    }
}

static void add_rule(struct sarif *sarif, struct json *rules, const struct rule_result *result)
{
    struct arena *arena = sarif->writer->scratch;
    const struct rule *rule = sarif->pack ? rule_find(sarif->pack, result->rule) : NULL;
    const char *title = result->title ? result->title : result->rule;
    const char *why = rule && rule->why ? first_paragraph(arena, rule->why) : title;
    const char *help = rule ? rule_explain(rule, arena) : title;
    const char *address = rule && rule->references.len
                              ? rule_reference_url(rule->references.items[0], arena)
                              : page(sarif);
    struct json *descriptor = json_add_object(rules, NULL);
    json_add_string(descriptor, "id", result->rule);
    json_add_string(descriptor, "name", pascal_case(arena, title));
    add_text(descriptor, "shortDescription", sarif_sentence(sarif, title));
    add_text(descriptor, "fullDescription", sarif_sentence(sarif, why));
    struct json *text = json_add_object(descriptor, "help");
    json_add_string(text, "text", sarif_sentence(sarif, help));
    json_add_string(text, "markdown", help);
    if (address)
        json_add_string(descriptor, "helpUri", address);
    add_messages(descriptor);
    /* GitHub reads no overrides. */
    enum severity severity = rule ? rule->own_severity : SEVERITY_ERROR;
    if (rule && sarif->github)
        severity = rule->severity;
    json_add_string(json_add_object(descriptor, "defaultConfiguration"), "level",
                    severity_name(severity));
    add_properties(descriptor, rule);
    add_relationships(sarif, descriptor, result->rule);
}

void sarif_add_rules(struct sarif *sarif, struct json *driver)
{
    struct json *rules = json_add_array(driver, "rules");
    for (size_t i = 0; i < sarif->results->rules.len; i++)
        add_rule(sarif, rules, &sarif->results->rules.items[i]);
}

void sarif_add_overrides(struct sarif *sarif, struct json *invocation)
{
    struct json *list = NULL;
    for (size_t i = 0; !sarif->github && i < sarif->results->rules.len; i++) {
        const char *id = sarif->results->rules.items[i].rule;
        const struct rule *rule = sarif->pack ? rule_find(sarif->pack, id) : NULL;
        if (!rule || rule->severity == rule->own_severity)
            continue;
        if (!list)
            list = json_add_array(invocation, "ruleConfigurationOverrides");
        struct json *item = json_add_object(list, NULL);
        struct json *descriptor = json_add_object(item, "descriptor");
        json_add_string(descriptor, "id", id);
        json_add_number(descriptor, "index", (double)i);
        json_add_string(json_add_object(item, "configuration"), "level",
                        severity_name(rule->severity));
    }
}

void sarif_add_notification_rules(struct sarif *sarif, struct json *driver)
{
    struct json *list = json_add_array(driver, "notifications");
    for (size_t i = 0; i < ARRAY_LEN(notices); i++) {
        struct json *descriptor = json_add_object(list, NULL);
        const char *title = sarif_sentence(sarif, notices[i].title);
        json_add_string(descriptor, "id", notices[i].id);
        json_add_string(descriptor, "name", notices[i].name);
        add_text(descriptor, "shortDescription", title);
        add_text(descriptor, "fullDescription", notices[i].text);
        struct json *help = json_add_object(descriptor, "help");
        json_add_string(help, "text", notices[i].text);
        json_add_string(help, "markdown", notices[i].text);
        if (page(sarif))
            json_add_string(descriptor, "helpUri", page(sarif));
        json_add_string(json_add_object(descriptor, "defaultConfiguration"), "level",
                        notices[i].level);
    }
}

/* ---- weaknesses ----------------------------------------------------------------------------- */

static bool concerns(const struct sarif *sarif, const struct weakness *weakness, const char *id)
{
    if (strcmp(weakness->rule, id) == 0)
        return true;
    const struct rule *rule = sarif->pack ? rule_find(sarif->pack, id) : NULL;
    for (size_t i = 0; rule && i < rule->sets.len; i++)
        if (strcmp(rule->sets.items[i], weakness->rule) == 0)
            return true;
    return false;
}

const struct weakness *sarif_weakness(const struct sarif *sarif, const char *rule, size_t *from)
{
    const struct weakness_table *table = sarif->writer->options->weaknesses;
    while (table && *from < table->rows.len) {
        const struct weakness *row = &table->rows.items[(*from)++];
        if (concerns(sarif, row, rule))
            return row;
    }
    return NULL;
}

size_t sarif_weakness_index(const struct sarif *sarif, const char *number)
{
    size_t i = 0;
    while (i < sarif->weaknesses.len && strcmp(sarif->weaknesses.items[i], number) != 0)
        i++;
    return i;
}

static void add_taxon(struct sarif *sarif, struct json *taxa, const struct weakness *weakness)
{
    struct arena *arena = sarif->writer->scratch;
    struct json *taxon = json_add_object(taxa, NULL);
    json_add_string(taxon, "id", weakness->number);
    json_add_string(taxon, "name", pascal_case(arena, weakness->title));
    add_text(taxon, "shortDescription", sarif_sentence(sarif, weakness->title));
    json_add_string(
        taxon, "helpUri",
        arena_printf(arena, "https://cwe.mitre.org/data/definitions/%s.html", weakness->number));
}

/* Those weaknesses that the rules of this run are about. */
void sarif_add_taxonomies(struct sarif *sarif, struct json *run)
{
    struct json *taxa = NULL;
    for (size_t i = 0; i < sarif->results->rules.len; i++) {
        size_t from = 0;
        const char *rule = sarif->results->rules.items[i].rule;
        for (const struct weakness *w; (w = sarif_weakness(sarif, rule, &from));) {
            if (sarif_weakness_index(sarif, w->number) < sarif->weaknesses.len)
                continue;
            if (!taxa) {
                struct json *cwe = json_add_object(json_add_array(run, "taxonomies"), NULL);
                json_add_string(cwe, "name", "CWE");
                json_add_string(cwe, "organization", "MITRE");
                json_add_string(cwe, "version", "4.15");
                json_add_string(cwe, "informationUri", "https://cwe.mitre.org/");
                add_text(cwe, "shortDescription", "Common Weakness Enumeration.");
                json_add_bool(cwe, "isComprehensive", false);
                taxa = json_add_array(cwe, "taxa");
            }
            vec_push(sarif->writer->scratch, &sarif->weaknesses, w->number);
            add_taxon(sarif, taxa, w);
        }
    }
}
