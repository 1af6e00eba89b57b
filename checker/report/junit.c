/* Verdicts as the results of tests, for the many programs that read JUnit's XML: a rule is a test
 * case. A rule that does not apply was skipped; an undecided one, and a source that could not be
 * analysed, is an error, for that is no pass. */
#include "report/internal.h"

#include <libxml/xmlwriter.h>
#include <stdlib.h>
#include <string.h>

struct junit {
    struct writer *writer;
    xmlTextWriter *xml;
    const char *suite;
};

/* libxml2's calls fail only for want of memory. */
static void must(struct junit *junit, int status)
{
    if (status < 0)
        arena_out_of_memory(junit->writer->scratch, 0);
}

static void start(struct junit *junit, const char *element)
{
    must(junit, xmlTextWriterStartElement(junit->xml, BAD_CAST element));
}

static void end(struct junit *junit)
{
    must(junit, xmlTextWriterEndElement(junit->xml));
}

static void attribute(struct junit *junit, const char *name, const char *value)
{
    const char *clean = clean_text(junit->writer->scratch, value ? value : "");
    must(junit, xmlTextWriterWriteAttribute(junit->xml, BAD_CAST name, BAD_CAST clean));
}

static void number(struct junit *junit, const char *name, size_t value)
{
    attribute(junit, name, arena_printf(junit->writer->scratch, "%zu", value));
}

/* What became of a case other than well: its message in short, and at length. */
static void outcome(struct junit *junit, const char *element, const char *type, const char *message,
                    const char *text)
{
    start(junit, element);
    if (type)
        attribute(junit, "type", type);
    attribute(junit, "message", message);
    if (text)
        must(junit, xmlTextWriterWriteString(junit->xml, BAD_CAST text));
    end(junit);
}

/* The findings as the report for people has them. */
static const char *findings_text(struct junit *junit, const struct rule_result *rule)
{
    char *text = NULL;
    size_t length = 0;
    struct arena *arena = junit->writer->scratch;
    FILE *memory = open_memstream(&text, &length);
    if (!memory)
        arena_out_of_memory(arena, 0);
    struct writer writer = *junit->writer;
    writer.out = memory;
    for (size_t i = 0; i < rule->findings.len; i++)
        if (finding_is_open(&rule->findings.items[i]))
            put_finding(&writer, &rule->findings.items[i]);
    junit->writer->sources = writer.sources;
    if (fclose(memory) != 0)
        arena_out_of_memory(arena, length);
    const char *copy = arena_strndup(arena, text, length);
    free(text);
    return copy;
}

static void start_case(struct junit *junit, const char *name)
{
    start(junit, "testcase");
    attribute(junit, "classname", junit->suite);
    attribute(junit, "name", name);
}

static size_t open_findings(const struct rule_result *rule, const struct finding **ret_first)
{
    size_t count = 0;
    for (size_t i = rule->findings.len; i-- > 0;) {
        if (!finding_is_open(&rule->findings.items[i]))
            continue;
        *ret_first = &rule->findings.items[i];
        count++;
    }
    return count;
}

static void put_rule(struct junit *junit, const struct rule_result *rule)
{
    const struct finding *first = NULL;
    size_t count = open_findings(rule, &first);
    start_case(junit, rule->rule);
    if (first && first->place.file) {
        attribute(junit, "file", shown_path(junit->writer, first->place.file));
        number(junit, "line", first->place.line);
    }
    if (count) {
        const char *more = arena_printf(junit->writer->scratch, "%zu findings, the first one: %s",
                                        count, first->message ? first->message : "");
        outcome(junit, "failure", severity_name(first->severity), count > 1 ? more : first->message,
                findings_text(junit, rule));
    } else if (rule->verdict == VERDICT_UNKNOWN) {
        outcome(junit, "error", verdict_name(rule->verdict), rule->reason, NULL);
    } else if (rule->verdict == VERDICT_NOT_APPLICABLE) {
        outcome(junit, "skipped", NULL, rule->reason, NULL);
    }
    end(junit);
}

/* One case more: that the whole driver was looked at. */
static void put_left_out(struct junit *junit, const struct results *results, size_t missing)
{
    struct arena *arena = junit->writer->scratch;
    const char *text = "";
    start_case(junit, "everything is analysed");
    for (size_t i = 0; i < results->left_out.len; i++) {
        const struct left_out *item = &results->left_out.items[i];
        if (!left_out_of_driver(item))
            continue;
        const char *place = shown_place(junit->writer, &item->place);
        text = arena_printf(arena, "%s%s%s%s\n", text, place, *place ? ": " : "",
                            clean_text(arena, item->what));
    }
    if (missing)
        outcome(junit, "error", "left out",
                "something was left out; rules that it may matter to are unknown", text);
    end(junit);
}

static void put_suite(struct junit *junit, const struct results *results)
{
    size_t failures = 0, unknown = 0, skipped = 0, missing = 0;
    for (size_t i = 0; i < results->rules.len; i++) {
        const struct finding *first;
        failures += open_findings(&results->rules.items[i], &first) > 0;
        unknown += results->rules.items[i].verdict == VERDICT_UNKNOWN;
        skipped += results->rules.items[i].verdict == VERDICT_NOT_APPLICABLE;
    }
    for (size_t i = 0; i < results->left_out.len; i++)
        missing += left_out_of_driver(&results->left_out.items[i]);
    start(junit, "testsuites");
    start(junit, "testsuite");
    attribute(junit, "name", junit->suite);
    number(junit, "tests", results->rules.len + 1);
    number(junit, "failures", failures);
    number(junit, "errors", unknown + (missing > 0));
    number(junit, "skipped", skipped);
    for (size_t i = 0; i < results->rules.len; i++)
        put_rule(junit, &results->rules.items[i]);
    put_left_out(junit, results, missing);
    end(junit);
    end(junit);
}

bool report_junit(const struct results *results, const struct report_options *options,
                  struct arena *scratch, FILE *out)
{
    struct report_options mine;
    struct writer writer = checkout_writer(results, options, &mine, scratch, out);
    mine.colour = false;
    const char *driver = options->driver ? options->driver : "driver";
    struct junit junit = {.writer = &writer, .suite = arena_printf(scratch, "drvlint.%s", driver)};
    xmlBuffer *buffer = xmlBufferCreate();
    junit.xml = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL;
    if (!junit.xml)
        arena_out_of_memory(scratch, 0);
    must(&junit, xmlTextWriterSetIndent(junit.xml, 1));
    must(&junit, xmlTextWriterStartDocument(junit.xml, NULL, "UTF-8", NULL));
    put_suite(&junit, results);
    must(&junit, xmlTextWriterEndDocument(junit.xml));
    xmlFreeTextWriter(junit.xml);
    fputs((const char *)xmlBufferContent(buffer), out);
    xmlBufferFree(buffer);
    return writer_end(&writer);
}
