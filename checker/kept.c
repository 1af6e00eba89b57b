/* What earlier runs left: which cache is used, and results that are taken from it instead of being
 * made. Those of a whole check are one entry. What decides on a rule's result is the whole driver,
 * and rules that share runs share effort; so there is little that could be kept for each alone. */
#include "run.h"

#include "base/path.h"

#include <stdlib.h>

enum { DEFAULT_LIMIT = 512, MEBIBYTE = 1024 * 1024 };

static const char *cache_directory(struct run *run)
{
    const char *variable = getenv("DRVLINT_CACHE_DIR");
    if (run->cli.cache_directory)
        return run->cli.cache_directory;
    if (variable)
        return *variable ? variable : NULL;
    return cache_default_directory(&run->arena);
}

void open_cache(struct run *run)
{
    static const enum command commands[] = {COMMAND_CHECK, COMMAND_BASELINE, COMMAND_GRAPH,
                                            COMMAND_DOCTOR, COMMAND_MODEL, COMMAND_CACHE};
    const char *directory = run->cli.no_cache ? NULL : cache_directory(run);
    uint64_t limit = run->cli.cache_limit ? run->cli.cache_limit : DEFAULT_LIMIT;
    for (size_t i = 0; directory && i < ARRAY_LEN(commands); i++)
        if (run->cli.command == commands[i])
            run->cache =
                cache_open(&run->arena, directory, limit * MEBIBYTE, path_self(&run->arena));
}

/* -- results -- */

/* What a stage prints is made anew. */
static bool wants_results(const struct run *run)
{
    const struct cli *cli = &run->cli;
    return run->cache && (cli->command == COMMAND_CHECK || cli->command == COMMAND_BASELINE) &&
           !cli->dump && !cli->stop_after;
}

static void add_rules(struct run *run, struct digest *digest)
{
    digest_add(digest, digest_value(&run->pack.digest));
    for (size_t i = 0; i < run->pack.rules.len; i++) {
        const struct rule *rule = &run->pack.rules.items[i];
        if (!run->selected[i])
            continue;
        digest_text(digest, rule->id);
        digest_number(digest, rule->severity);
        digest_number(digest, rule->rule_severity);
    }
    digest_text(digest, NULL);
    digest_text(digest, root_of_packs(run));
    digest_block(digest, run->model_bitcode.data, run->model_bitcode.length);
}

static void add_units(struct run *run, struct digest *digest)
{
    for (size_t i = 0; i < run->nunits; i++) {
        const struct source *source = run->units[i]->source;
        digest_text(digest, source->path);
        digest_text(digest, source->shown);
        digest_number(digest, source->is_cxx);
        digest_add(digest, run->units[i]->digest);
    }
    digest_text(digest, NULL);
}

static struct digest_value results_key(struct run *run)
{
    struct digest digest = cache_key(run->cache, CACHE_RESULTS);
    digest_text(&digest, run->target);
    digest_text(&digest, run->project.root);
    digest_number(&digest, run->cli.budget);
    add_rules(run, &digest);
    add_units(run, &digest);
    return digest_value(&digest);
}

void find_results(struct run *run)
{
    const char *bytes;
    size_t length;
    struct serial_reader reader;
    struct results results;
    struct diag messages;
    if (!wants_results(run))
        return;
    run->results_key = results_key(run);
    if (!cache_get(run->cache, CACHE_RESULTS, run->results_key, &run->arena, &bytes, &length))
        return;
    diag_init(&messages, &run->arena);
    serial_reader_init(&reader, &run->arena, bytes, length);
    serial_messages(&reader, &messages);
    cache_read_results(&reader, &results);
    const char *graph = serial_text(&reader);
    if (!serial_end(&reader))
        return;
    diag_merge(&run->diag, &messages);
    results.unsaved = run->results.unsaved;
    run->results = results;
    run->graph = graph;
    run->kept = true;
}

void keep_results(struct run *run)
{
    struct serial_writer writer;
    const struct diag *diag = &run->diag;
    if (!wants_results(run))
        return;
    serial_writer_init(&writer, &run->arena);
    serial_put_messages(&writer, diag->messages.items + run->messages,
                        diag->messages.len - run->messages);
    cache_write_results(&writer, &run->results);
    serial_put_text(&writer, model_graph_json(&run->model, &run->arena));
    cache_put(run->cache, CACHE_RESULTS, run->results_key, writer.bytes.items, writer.bytes.len);
}

/* -- the command -- */

char *show_cache(struct run *run)
{
    struct arena *arena = &run->arena;
    if (!run->cache)
        return arena_strdup(arena, "there is no cache: neither HOME nor XDG_CACHE_HOME is set, or "
                                   "DRVLINT_CACHE_DIR is empty\n");
    if (run->cli.clear)
        cache_clear(run->cache);
    struct cache_usage usage;
    uint64_t total = 0;
    cache_usage(run->cache, &usage);
    char *text = arena_printf(arena, "%s\n", cache_place(run->cache));
    for (int kind = 0; kind < CACHE_KINDS; kind++) {
        text = arena_printf(
            arena, "%s%-10s %8llu %10.1f MiB\n", text, cache_kind_name((enum cache_kind)kind),
            (unsigned long long)usage.entries[kind], (double)usage.bytes[kind] / MEBIBYTE);
        total += usage.bytes[kind];
    }
    return arena_printf(arena, "%s%-19s %10.1f MiB\n", text, "total", (double)total / MEBIBYTE);
}
