/* How much of the driver was analysed, and what to do about the rest. */
#include "report/internal.h"

#include <string.h>

static size_t count_ddis(const struct coverage *coverage, enum ddi_knowledge knowledge)
{
    size_t count = 0;
    for (size_t i = 0; i < coverage->ddis.len; i++)
        count += coverage->ddis.items[i].knowledge == knowledge;
    return count;
}

static size_t count_lacks(const struct coverage *coverage, enum function_lack lack)
{
    size_t count = 0;
    for (size_t i = 0; i < coverage->functions.len; i++)
        count += coverage->functions.items[i].lack == lack;
    return count;
}

static size_t count_headers(const struct coverage *coverage)
{
    size_t count = 0;
    for (size_t i = 0; i < coverage->headers.len; i++)
        count += !coverage->headers.items[i].harmless;
    return count;
}

static size_t count_left_out(const struct results *results)
{
    size_t count = 0;
    for (size_t i = 0; i < results->left_out.len; i++)
        count += left_out_of_driver(&results->left_out.items[i]);
    return count;
}

bool coverage_is_full(const struct results *results)
{
    const struct coverage *coverage = &results->coverage;
    return !coverage->holes && !coverage->none && !count_headers(coverage) &&
           !count_left_out(results);
}

/* ---- in few words --------------------------------------------------------------------------- */

static const char *function_words(struct arena *arena, const struct coverage *coverage)
{
    size_t all = coverage->whole + coverage->holes + coverage->none;
    const char *text = arena_printf(arena, "%zu of %zu whole", coverage->whole, all);
    if (coverage->holes)
        text = arena_printf(arena, "%s, %zu with holes", text, coverage->holes);
    if (coverage->none)
        text = arena_printf(arena, "%s, %zu not at all", text, coverage->none);
    if (coverage->unreached)
        text = arena_printf(arena, "%s; no callback leads to %zu", text, coverage->unreached);
    return text;
}

static const char *callback_words(struct arena *arena, const struct coverage *coverage)
{
    const char *text = arena_printf(arena, "%zu registered", coverage->registered);
    if (coverage->declared)
        text = arena_printf(arena, "%s, %zu only declared", text, coverage->declared);
    if (coverage->guessed)
        text = arena_printf(arena, "%s, %zu guessed", text, coverage->guessed);
    return text;
}

static const char *ddi_words(struct arena *arena, const struct coverage *coverage)
{
    const char *text = arena_printf(arena, "%zu modelled", count_ddis(coverage, DDI_MODELLED));
    for (enum ddi_knowledge k = DDI_DEFAULTED; k <= DDI_UNKNOWN; k++)
        if (count_ddis(coverage, k))
            text = arena_printf(arena, "%s, %zu %s", text, count_ddis(coverage, k),
                                ddi_knowledge_name(k));
    return text;
}

static const char *header_words(struct arena *arena, const struct coverage *coverage)
{
    const char *text = arena_printf(arena, "%zu missing", count_headers(coverage));
    bool first = true;
    for (size_t i = 0; i < coverage->headers.len; i++) {
        if (coverage->headers.items[i].harmless)
            continue;
        text = arena_printf(arena, "%s%s%s", text, first ? ": " : ", ",
                            clean_text(arena, coverage->headers.items[i].name));
        first = false;
    }
    return text;
}

const char *coverage_summary(struct arena *arena, const struct results *results)
{
    const struct coverage *coverage = &results->coverage;
    const char *text = arena_printf(arena, "functions: %s; callbacks: %s; DDIs: %s",
                                    function_words(arena, coverage),
                                    callback_words(arena, coverage), ddi_words(arena, coverage));
    if (count_headers(coverage))
        text = arena_printf(arena, "%s; headers: %s", text, header_words(arena, coverage));
    return text;
}

static void put_summary(struct writer *writer, const struct coverage *coverage)
{
    struct arena *arena = writer->scratch;
    put_styled(writer, STYLE_STRONG, "coverage");
    fprintf(writer->out, "\n  functions  %s\n", function_words(arena, coverage));
    fprintf(writer->out, "  callbacks  %s\n", callback_words(arena, coverage));
    fprintf(writer->out, "  DDIs       %s\n", ddi_words(arena, coverage));
    if (count_headers(coverage))
        fprintf(writer->out, "  headers    %s\n", header_words(arena, coverage));
}

void put_coverage(struct writer *writer, const struct results *results)
{
    if (coverage_is_full(results))
        return;
    put_summary(writer, &results->coverage);
    fputs("  'drvlint doctor' tells what to do about it\n", writer->out);
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static void add_place(const struct writer *writer, struct json *object, const struct place *place)
{
    if (!place->file)
        return;
    json_add_string(object, "file", shown_path(writer, place->file));
    if (place->line)
        json_add_number(object, "line", place->line);
    if (place->line && place->column)
        json_add_number(object, "column", place->column);
}

static void add_files(const struct writer *writer, struct json *root,
                      const struct coverage *coverage)
{
    struct json *list = json_add_array(root, "files");
    for (size_t i = 0; i < coverage->files.len; i++) {
        const struct file_coverage *file = &coverage->files.items[i];
        struct json *object = json_add_object(list, NULL);
        json_add_string(object, "file", shown_path(writer, file->file));
        json_add_bool(object, "lost", file->lost);
        json_add_number(object, "whole", (double)file->whole);
        json_add_number(object, "holes", (double)file->holes);
        json_add_number(object, "none", (double)file->none);
    }
}

static void add_functions(const struct writer *writer, struct json *root,
                          const struct coverage *coverage)
{
    static const char *const lacks[] = {
        [LACK_HOLES] = "holes", [LACK_BODY] = "body", [LACK_CALLER] = "caller"};
    struct json *object = json_add_object(root, "functions");
    json_add_number(object, "whole", (double)coverage->whole);
    json_add_number(object, "holes", (double)coverage->holes);
    json_add_number(object, "none", (double)coverage->none);
    json_add_number(object, "unreached", (double)coverage->unreached);
    struct json *list = json_add_array(object, "incomplete");
    for (size_t i = 0; i < coverage->functions.len; i++) {
        const struct function_coverage *function = &coverage->functions.items[i];
        struct json *item = json_add_object(list, NULL);
        if (function->function)
            json_add_string(item, "function", clean_text(writer->scratch, function->function));
        json_add_string(item, "lacks", lacks[function->lack]);
        if (function->lack == LACK_HOLES)
            json_add_number(item, "holes", (double)function->holes);
        add_place(writer, item, &function->place);
    }
}

static void add_ddis(const struct writer *writer, struct json *root, const char *key,
                     const struct coverage *coverage)
{
    struct json *list = json_add_array(root, key);
    for (size_t i = 0; i < coverage->ddis.len; i++) {
        const struct ddi_coverage *ddi = &coverage->ddis.items[i];
        struct json *object = json_add_object(list, NULL);
        json_add_string(object, "name", clean_text(writer->scratch, ddi->name));
        json_add_string(object, "knowledge", ddi_knowledge_name(ddi->knowledge));
        json_add_number(object, "calls", (double)ddi->calls);
        add_place(writer, object, &ddi->place);
    }
}

void add_coverage(const struct writer *writer, struct json *root, const struct results *results)
{
    const struct coverage *coverage = &results->coverage;
    struct json *object = json_add_object(root, "coverage");
    json_add_string(object, "summary", coverage_summary(writer->scratch, results));
    add_files(writer, object, coverage);
    add_functions(writer, object, coverage);
    struct json *callbacks = json_add_object(object, "callbacks");
    json_add_number(callbacks, "registered", (double)coverage->registered);
    json_add_number(callbacks, "declared", (double)coverage->declared);
    json_add_number(callbacks, "guessed", (double)coverage->guessed);
    add_ddis(writer, object, "ddis", coverage);
    struct json *headers = json_add_array(object, "missingHeaders");
    for (size_t i = 0; i < coverage->headers.len; i++) {
        const struct header_coverage *header = &coverage->headers.items[i];
        struct json *item = json_add_object(headers, NULL);
        json_add_string(item, "name", clean_text(writer->scratch, header->name));
        json_add_bool(item, "harmless", header->harmless);
        add_place(writer, item, &header->place);
    }
}

/* ---- drvlint model coverage ------------------------------------------------------------------ */

bool report_ddis_json(const struct results *results, const struct report_options *options,
                      struct arena *scratch, FILE *out)
{
    struct writer writer = writer_make(options, scratch, out);
    struct json *root = json_new_object(scratch->on_fail, scratch->context);
    json_add_string(root, "schema", "drvlint-ddis");
    json_add_number(root, "version", 1);
    add_ddis(&writer, root, "ddis", &results->coverage);
    put_json(&writer, root);
    return writer_end(&writer);
}

bool report_ddis(const struct results *results, const struct report_options *options,
                 struct arena *scratch, FILE *out)
{
    struct writer writer = writer_make(options, scratch, out);
    const struct coverage *coverage = &results->coverage;
    int widest = 0;
    for (size_t i = 0; i < coverage->ddis.len; i++)
        if ((int)strlen(coverage->ddis.items[i].name) > widest)
            widest = (int)strlen(coverage->ddis.items[i].name);
    for (enum ddi_knowledge k = DDI_UNKNOWN + 1; k-- > DDI_MODELLED;)
        for (size_t i = 0; i < coverage->ddis.len; i++) {
            const struct ddi_coverage *ddi = &coverage->ddis.items[i];
            if (ddi->knowledge == k)
                fprintf(out, "%-9s  %-*s  %s, first at %s\n", ddi_knowledge_name(k), widest,
                        clean_text(scratch, ddi->name),
                        plural(scratch, ddi->calls, "call", "calls"),
                        shown_place(&writer, &ddi->place));
        }
    fprintf(out, "%s of the system: %s\n",
            plural(scratch, coverage->ddis.len, "function", "functions"),
            ddi_words(scratch, coverage));
    return writer_end(&writer);
}

/* ---- drvlint doctor -------------------------------------------------------------------------- */

static void put_title(struct writer *writer, const char *title)
{
    fputc('\n', writer->out);
    put_styled(writer, STYLE_STRONG, title);
    fputc('\n', writer->out);
}

static void put_item(struct writer *writer, const struct place *place, const char *text)
{
    const char *shown = shown_place(writer, place);
    fprintf(writer->out, "  - %s%s%s\n", shown, *shown ? ": " : "",
            clean_text(writer->scratch, text));
}

static void put_advice(struct writer *writer, const char *text)
{
    fprintf(writer->out, "  > %s\n", text);
}

static void put_headers(struct writer *writer, const struct coverage *coverage)
{
    if (!count_headers(coverage))
        return;
    put_title(writer, "headers that are nowhere");
    for (size_t i = 0; i < coverage->headers.len; i++)
        if (!coverage->headers.items[i].harmless)
            put_item(writer, &coverage->headers.items[i].place,
                     arena_printf(writer->scratch, "'%s'", coverage->headers.items[i].name));
    put_advice(writer,
               "Put each below the driver's folder, or name its folder: -I DIR, or \"include\" in "
               "drvlint.json.");
    put_advice(writer,
               "If the build makes it, check after a build; or write one with what the driver "
               "needs of it.");
}

static void put_left_out(struct writer *writer, const struct results *results,
                         enum left_out_kind kind, const char *title, const char *const *advice)
{
    bool any = false;
    for (size_t i = 0; i < results->left_out.len; i++) {
        const struct left_out *item = &results->left_out.items[i];
        if (item->kind != kind)
            continue;
        if (!any)
            put_title(writer, title);
        any = true;
        put_item(writer, &item->place, item->what);
    }
    for (; any && *advice; advice++)
        put_advice(writer, *advice);
}

static void put_lacking(struct writer *writer, const struct coverage *coverage,
                        enum function_lack lack, const char *title, const char *advice)
{
    if (!count_lacks(coverage, lack))
        return;
    put_title(writer, title);
    for (size_t i = 0; i < coverage->functions.len; i++) {
        const struct function_coverage *function = &coverage->functions.items[i];
        const char *name = function->function ? function->function : "(its head is broken)";
        if (function->lack != lack)
            continue;
        if (lack == LACK_HOLES)
            name = arena_printf(writer->scratch, "%s: %s", name,
                                plural(writer->scratch, function->holes, "hole", "holes"));
        put_item(writer, &function->place, name);
    }
    put_advice(writer, advice);
}

static void put_ddis(struct writer *writer, const struct coverage *coverage,
                     enum ddi_knowledge knowledge, const char *title, const char *advice)
{
    if (!count_ddis(coverage, knowledge))
        return;
    put_title(writer, title);
    for (size_t i = 0; i < coverage->ddis.len; i++) {
        const struct ddi_coverage *ddi = &coverage->ddis.items[i];
        if (ddi->knowledge == knowledge)
            put_item(writer, &ddi->place,
                     arena_printf(writer->scratch, "%s, %s", ddi->name,
                                  plural(writer->scratch, ddi->calls, "call", "calls")));
    }
    put_advice(writer, advice);
}

static void put_callbacks(struct writer *writer, const struct results *results)
{
    bool any = false;
    for (size_t i = 0; i < results->callbacks.len; i++) {
        const struct callback_info *callback = &results->callbacks.items[i];
        if (!strcmp(callback->how, "registered") || !strcmp(callback->role, "DRIVER_INITIALIZE"))
            continue;
        if (!any)
            put_title(writer, "callbacks whose registration is nowhere to be seen");
        any = true;
        put_item(writer, &callback->place,
                 arena_printf(writer->scratch, "%s (%s), %s", callback->function, callback->role,
                              callback->how));
    }
    if (any)
        put_advice(writer,
                   "They are called with an unknown context. Is a source missing, in which they "
                   "are registered?");
}

bool report_doctor(const struct results *results, const struct report_options *options,
                   struct arena *scratch, FILE *out)
{
    static const char *const lost[] = {
        "No rule can pass without them: clang's messages say what is wrong with them.", NULL};
    static const char *const holes[] = {"Rules that these may matter to do not pass. clang's "
                                        "messages say what is wrong; often a header or a "
                                        "macro is missing.",
                                        NULL};
    static const char *const stand_ins[] = {
        "Name the folder of the header that declares it (-I DIR), or define it: -DNAME=VALUE, or "
        "\"defines\" in drvlint.json.",
        NULL};
    struct writer writer = writer_make(options, scratch, out);
    const struct coverage *coverage = &results->coverage;
    put_summary(&writer, coverage);
    put_headers(&writer, coverage);
    put_left_out(&writer, results, LEFT_OUT_REST, "what is left out", lost);
    put_left_out(&writer, results, LEFT_OUT_STAND_IN, "names that nothing declares", stand_ins);
    put_left_out(&writer, results, LEFT_OUT_HOLE, "holes", holes);
    put_lacking(&writer, coverage, LACK_HOLES, "functions with holes",
                "The holes are listed above.");
    put_lacking(&writer, coverage, LACK_BODY, "functions that are not analysed",
                "Calls to them may return anything.");
    put_ddis(
        &writer, coverage, DDI_UNKNOWN, "functions that nobody knows",
        "Is a source missing, or a library of the driver's? Else describe them: \"modelFiles\" "
        "in drvlint.json (writing-models.md).");
    put_ddis(&writer, coverage, DDI_DEFAULTED, "functions of the system without a model",
             "They may return anything, and no rule knows what they do. Where that matters "
             "describe them: "
             "\"modelFiles\" in drvlint.json (writing-models.md).");
    put_callbacks(&writer, results);
    put_lacking(
        &writer, coverage, LACK_CALLER, "functions that no callback leads to",
        "They are never executed. Is the callback that calls them registered, or declared with its "
        "role type?");
    if (coverage_is_full(results) && !count_ddis(coverage, DDI_UNKNOWN))
        fputs("\nEverything is analysed.\n", out);
    return writer_end(&writer);
}
