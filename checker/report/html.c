/* The report as one page that needs nothing else: html/page.html with its style and its script, the
 * results, and the sources that they speak of. The script shows it all; here is only data. */
#include "report/internal.h"

#include "rule/rule.h"

#include <string.h>

/* ---- data ----------------------------------------------------------------------------------- */

static bool has_key(const struct json *object, const char *key)
{
    return json_get(object, key) != NULL;
}

static void add_source(struct writer *writer, struct json *sources, const struct place *place)
{
    const char *name = shown_path(writer, place->file);
    if (!place->file || has_key(sources, name))
        return;
    const struct source_text *source = source_of(writer, place->file);
    if (source->text)
        json_add_string(sources, name, source->text);
}

static void add_sources(struct writer *writer, struct json *root, const struct results *results)
{
    struct json *sources = json_add_object(root, "sources");
    for (size_t i = 0; i < results->rules.len; i++) {
        for (size_t k = 0; k < results->rules.items[i].findings.len; k++) {
            const struct finding *finding = &results->rules.items[i].findings.items[k];
            add_source(writer, sources, &finding->place);
            for (size_t s = 0; s < finding->steps.len; s++)
                add_source(writer, sources, &finding->steps.items[s].place);
        }
    }
}

static void add_rules(struct writer *writer, struct json *root, const struct results *results)
{
    struct json *rules = json_add_object(root, "rules");
    const struct rule_pack *pack = writer->options->rules;
    for (size_t i = 0; i < results->rules.len; i++) {
        const char *id = results->rules.items[i].rule;
        const struct rule *rule = pack ? rule_find(pack, id) : NULL;
        if (rule)
            json_add_string(rules, id, rule_explain(rule, writer->scratch));
    }
}

/* ---- page ----------------------------------------------------------------------------------- */

/* JSON in a script element. '<' occurs in strings only, where it may be written as an escape; so
 * nothing in them ends the element. */
static void put_data(struct writer *writer, const char *text)
{
    for (size_t length; *text; text += length) {
        length = strcspn(text, "<");
        fwrite(text, 1, length, writer->out);
        if (text[length] == '<') {
            fputs("\\u003c", writer->out);
            length++;
        }
    }
}

static void put_page(struct writer *writer, const char *data, const char *graph)
{
    static const char *const names[] = {"@STYLE@", "@DATA@", "@GRAPH@", "@SCRIPT@"};
    const char *at = html_page;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) { /* in the order of the page */
        const char *mark = strstr(at, names[i]);
        BUG_ON(!mark);
        fwrite(at, 1, (size_t)(mark - at), writer->out);
        if (i == 0)
            fputs(html_style, writer->out);
        else if (i == 3)
            fputs(html_script, writer->out);
        else
            put_data(writer, i == 1 ? data : graph);
        at = mark + strlen(names[i]);
    }
    fputs(at, writer->out);
}

bool report_html(const struct results *results, const struct report_options *options,
                 struct arena *scratch, FILE *out)
{
    static const char no_graph[] = "{\"nodes\": [], \"edges\": []}";
    struct writer writer = writer_make(options, scratch, out);
    struct json *root = results_json(&writer, results, true);
    json_add_string(root, "driver", options->driver ? options->driver : "driver");
    add_rules(&writer, root, results);
    add_sources(&writer, root, results);
    char *data = json_text(root);
    put_page(&writer, data, options->graph ? options->graph : no_graph);
    json_text_free(data);
    json_free(root);
    return writer_end(&writer);
}
