/* drvlint: the stages of a check, and main(): options, run, exit status. */
#include "run.h"

#include "base/file.h"
#include "base/path.h"
#include "cli/init.h"
#include "cli/serve.h"
#include "report/report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The journey of a check, walked from top to bottom. A row that makes nothing is another view of
 * what is there. */
static const struct stage {
    const char *name, *summary;
    bool (*make)(struct run *run);
    char *(*dump)(struct run *run);
    bool spared; /* nobody needs it if the results are those of an earlier run */
} stages[] = {
    {"project", "inputs -> sources and their flags", make_project, dump_project, false},
    {"rule", "rule pack -> checked automata, selected", make_rules, dump_rules, false},
    {"frontend", "sources -> bitcode and source facts", make_units, dump_units, false},
    {"bitcode", "all bitcode, with the OS model's, as text", NULL, dump_bitcode, false},
    {"program", "bitcode -> our program, verified", make_program, dump_program, true},
    {"model", "program -> call graph, callbacks, memory", make_model, dump_model, true},
    {"callgraph", "the call graph as text", NULL, dump_callgraph, false},
    {"engine", "program and automata -> verdicts, paths", make_results, dump_results, true},
    {"triage", "findings -> who they are, which are open", make_triage, dump_triage, false},
};
enum { NSTAGES = ARRAY_LEN(stages), EXIT_TROUBLE = 2, EXIT_UNDECIDED = 3 };

/* What a command prints in the end, and what it writes besides; any bytes. */
struct output {
    const char *file; /* NULL: where --output says, or the standard output */
    const char *text;
    size_t length;
};

typedef VEC(struct output) output_list;

static void output_text(struct run *run, output_list *outputs, const char *text)
{
    vec_push(&run->arena, outputs, (struct output){NULL, text, strlen(text)});
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool make_stage(struct run *run, const struct stage *stage)
{
    double start = seconds();
    size_t bytes = run->arena.bytes;
    bool ok = stage->make(run);
    if (run->cli.stats)
        fprintf(stderr, "%-10s %9.1f ms %9.1f KB  %s\n", stage->name, (seconds() - start) * 1e3,
                (double)(run->arena.bytes - bytes) / 1024, stage->summary);
    return ok;
}

/* Walks the stages up to and including `last`. Sets *ret_stopped, and puts out the dump that was
 * asked for, when the command has nothing more to do. */
static bool run_stages(struct run *run, const char *last, bool *ret_stopped, output_list *outputs)
{
    const struct cli *cli = &run->cli;
    const char *stop = cli->stop_after ? cli->stop_after : cli->dump;
    *ret_stopped = false;
    for (size_t i = 0; i < NSTAGES; i++) {
        const struct stage *stage = &stages[i];
        bool spared = stage->spared && run->kept;
        if (stage->make && !spared && !make_stage(run, stage))
            return false;
        if (cli->dump && strcmp(stage->name, cli->dump) == 0) {
            const char *text = stage->dump(run);
            if (!text)
                return false;
            output_text(run, outputs, text);
        }
        *ret_stopped = stop && strcmp(stage->name, stop) == 0;
        if (*ret_stopped || strcmp(stage->name, last) == 0)
            return true;
    }
    BUG_ON(true);
    return false;
}

static void print_frontend_stats(const struct frontend_stats *stats)
{
    fprintf(stderr, "clang      %9.1f ms over all threads, %zu sources in %zu runs\n",
            stats->compile_seconds * 1e3, stats->units, stats->batches);
    fprintf(stderr, "libclang   %9.1f ms over all threads\n", stats->parse_seconds * 1e3);
    fprintf(stderr, "includes   %9.1f ms\n", stats->scan_seconds * 1e3);
}

static void print_cache_stats(const struct run *run)
{
    const struct frontend_stats *stats = &run->frontend_stats;
    fprintf(stderr, "cache      %zu of %zu sources%s\n", stats->kept, run->nunits,
            run->kept ? ", and the results" : "");
}

static void print_engine_stats(const struct engine_stats *stats)
{
    const struct {
        const char *name;
        uint64_t count;
    } counters[] = {
        {"steps", stats->steps},           {"states", stats->states},
        {"merges", stats->merges},         {"joins", stats->joins},
        {"calls", stats->calls},           {"summary hits", stats->summary_hits},
        {"candidates", stats->candidates}, {"replays", stats->replays},
        {"paths checked", stats->paths},   {"infeasible", stats->infeasible},
        {"bytes", stats->bytes},
    };
    for (size_t i = 0; i < ARRAY_LEN(counters); i++)
        fprintf(stderr, "%-14s %12llu\n", counters[i].name, (unsigned long long)counters[i].count);
}

static struct report_options report_options(const struct run *run, FILE *stream)
{
    const char *pack = run->pack.packs.len ? vec_last(&run->pack.packs) : NULL;
    bool github = run->cli.profile == CLI_PROFILE_GITHUB;
    return (struct report_options){.colour = cli_colour(&run->cli, stream) && !run->cli.output,
                                   .quiet = run->cli.quiet,
                                   .version = DRVLINT_VERSION,
                                   .pack = pack,
                                   .root = run->project.root,
                                   .home = run->home,
                                   .unsaved = &run->unsaved,
                                   .editor = run->cli.editor,
                                   .driver = run->project.name,
                                   .homepage = *DRVLINT_HOMEPAGE ? DRVLINT_HOMEPAGE : NULL,
                                   .profile = github ? PROFILE_GITHUB : PROFILE_FULL,
                                   .rules = &run->pack,
                                   .weaknesses = &run->weaknesses};
}

/* A report, as text in memory: nobody sees half of one. */
static void write_report(struct run *run, const struct report_format *format, const char *file,
                         output_list *outputs)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (!memory)
        arena_out_of_memory(&run->arena, 0);
    struct report_options options = report_options(run, stdout);
    options.colour &= !file;
    if (strcmp(format->name, "html") == 0)
        options.graph = run->kept ? run->graph : model_graph_json(&run->model, &run->arena);
    bool ok = format->write(&run->results, &options, &run->arena, memory);
    ok = fclose(memory) == 0 && ok;
    if (!ok)
        arena_out_of_memory(&run->arena, length);
    struct output output = {file, arena_strndup(&run->arena, text, length), length};
    vec_push(&run->arena, outputs, output);
    free(text);
}

static bool check(struct run *run, output_list *outputs, int *ret_status)
{
    bool stopped;
    const struct cli *cli = &run->cli;
    if (!run_stages(run, "triage", &stopped, outputs))
        return false;
    if (cli->stats)
        print_frontend_stats(&run->frontend_stats);
    if (cli->stats && run->cache)
        print_cache_stats(run);
    if (cli->stats && !stopped && !run->kept)
        print_engine_stats(&run->engine_stats);
    static const enum severity least[] = {[FAIL_ON_ERROR] = SEVERITY_ERROR,
                                          [FAIL_ON_WARNING] = SEVERITY_WARNING,
                                          [FAIL_ON_NOTE] = SEVERITY_NOTE};
    if (!cli->exit_zero)
        *ret_status = report_exit_status(&run->results, least[cli->fail_on]);
    if (*ret_status == EXIT_UNDECIDED && cli->allow_unknown)
        *ret_status = 0;
    if (stopped)
        return true;
    for (size_t i = 0; i < cli->outputs.len; i++)
        write_report(run, report_find(cli->outputs.items[i].format), cli->outputs.items[i].file, outputs);
    write_report(run, report_find(cli->format), NULL, outputs);
    return true;
}

/* The status is that of trouble only: defects are what a baseline is made of. */
static bool baseline(struct run *run, output_list *outputs)
{
    bool stopped;
    if (!run_stages(run, "triage", &stopped, outputs))
        return false;
    if (!stopped)
        output_text(run, outputs,
                    triage_baseline(&run->results, run->home ? run->home : run->project.root,
                                    &run->arena));
    return true;
}

static bool graph(struct run *run, output_list *outputs, int *ret_status)
{
    bool stopped;
    if (!run_stages(run, "model", &stopped, outputs))
        return false;
    *ret_status = report_exit_status(&run->results, SEVERITY_NOTE);
    if (!stopped)
        output_text(run, outputs,
                    strcmp(run->cli.format, "json") == 0
                        ? model_graph_json(&run->model, &run->arena)
                        : model_graph_dot(&run->model, &run->arena));
    return true;
}

static bool doctor(struct run *run, output_list *outputs, int *ret_status)
{
    static const struct report_format format = {.name = "doctor", .write = report_doctor};
    bool stopped;
    if (!run_stages(run, "model", &stopped, outputs))
        return false;
    *ret_status = report_exit_status(&run->results, SEVERITY_NOTE);
    if (!stopped)
        write_report(run, &format, NULL, outputs);
    return true;
}

/* `drvlint model coverage DRIVER`: the second word is the first input. */
static bool model(struct run *run, output_list *outputs)
{
    static const struct report_format text = {.name = "text", .write = report_ddis},
                                      json = {.name = "json", .write = report_ddis_json};
    bool stopped;
    if (strcmp(run->cli.inputs.items[0], "coverage") != 0)
        return diag_error(&run->diag, place_none(),
                          "'drvlint model' does not know '%s'; write 'drvlint model coverage'",
                          run->cli.inputs.items[0]);
    run->cli.inputs.items++;
    run->cli.inputs.len--;
    if (!run_stages(run, "model", &stopped, outputs))
        return false;
    if (!stopped)
        write_report(run, strcmp(run->cli.format, "json") == 0 ? &json : &text, NULL, outputs);
    return true;
}

/* The rules that the argument selects, or all. */
static bool select_rules(struct run *run, struct rule_pack *ret_pack)
{
    *ret_pack = run->pack;
    if (!run->cli.inputs.len)
        return true;
    bool *selected = arena_new_array(&run->arena, run->pack.rules.len + 1, bool);
    if (!rule_select(&run->pack, run->cli.inputs.items[0], selected, &run->diag))
        return false;
    ret_pack->rules.items = NULL;
    ret_pack->rules.len = ret_pack->rules.cap = 0;
    for (size_t i = 0; i < run->pack.rules.len; i++)
        if (selected[i])
            vec_push(&run->arena, &ret_pack->rules, run->pack.rules.items[i]);
    return true;
}

static bool rules(struct run *run, output_list *outputs)
{
    struct rule_pack pack;
    if (!load_pack(run, "ndis") || !select_rules(run, &pack))
        return false;
    output_text(run, outputs,
                strcmp(run->cli.format, "json") == 0 ? rule_list_json(&pack, &run->arena)
                                                     : rule_list(&pack, &run->arena));
    return true;
}

/* A pack that cannot be found is no reason to keep the rest. */
static void version(struct run *run, output_list *outputs)
{
    const char *text = "drvlint " DRVLINT_VERSION "\nLLVM " DRVLINT_LLVM_VERSION "\n";
    bool found = load_pack(run, "ndis");
    for (size_t i = 0; found && i < run->pack.packs.len; i++)
        text = arena_printf(&run->arena, "%srule pack %s\n", text, run->pack.packs.items[i]);
    output_text(run, outputs, text);
}

static bool explain(struct run *run, output_list *outputs)
{
    if (!load_pack(run, "ndis"))
        return false;
    const struct rule *rule = rule_find(&run->pack, run->cli.inputs.items[0]);
    if (!rule)
        return rule_unknown(&run->pack, run->cli.inputs.items[0], &run->diag);
    output_text(run, outputs, rule_explain(rule, &run->arena));
    return true;
}

static bool init(struct run *run, output_list *outputs)
{
    const char *text, *directory = run->cli.inputs.len ? run->cli.inputs.items[0] : ".";
    if (!load_pack(run, "ndis") || !cli_init(&run->arena, directory, &run->pack, &text, &run->diag))
        return false;
    output_text(run, outputs, text);
    return true;
}

static bool serve(struct run *run, int *ret_status)
{
    const char *self = path_self(&run->arena);
    if (!self)
        return diag_error(&run->diag, place_none(), "cannot find the program itself");
    *ret_status = cli_serve(&run->arena, &run->cli, self, DRVLINT_VERSION) ? 0 : 1;
    return true;
}

/* For the build: the OS model of the pack in that directory, compiled to --output. */
static bool compile_pack(struct run *run)
{
    run->cli.pack_directory = run->cli.inputs.items[0];
    if (!run->cli.output)
        return diag_error(&run->diag, place_none(), "--output is needed");
    return load_pack(run, "") &&
           pack_compile(&run->arena, &run->pack, run->target, run->cli.output, &run->diag);
}

static bool run_command(struct run *run, const char *const *stage_names, output_list *outputs,
                        int *ret_status)
{
    run->target = run->cli.target ? run->cli.target : pack_default_target;
    if (run->cli.directory && chdir(run->cli.directory) < 0)
        return diag_error(&run->diag, place_none(), "cannot work in '%s': %s", run->cli.directory,
                          strerror(errno));
    open_cache(run);
    switch (run->cli.command) {
    case COMMAND_CHECK:
        return check(run, outputs, ret_status);
    case COMMAND_BASELINE:
        return baseline(run, outputs);
    case COMMAND_GRAPH:
        return graph(run, outputs, ret_status);
    case COMMAND_DOCTOR:
        return doctor(run, outputs, ret_status);
    case COMMAND_MODEL:
        return model(run, outputs);
    case COMMAND_RULES:
        return rules(run, outputs);
    case COMMAND_EXPLAIN:
        return explain(run, outputs);
    case COMMAND_INIT:
        return init(run, outputs);
    case COMMAND_COMPLETION:
        output_text(run, outputs,
                    cli_completion(&run->arena, run->cli.inputs.items[0], stage_names));
        return true;
    case COMMAND_MANUAL:
        output_text(run, outputs, cli_manual(&run->arena, DRVLINT_VERSION, stage_names));
        return true;
    case COMMAND_LSP:
        return serve(run, ret_status);
    case COMMAND_CACHE:
        output_text(run, outputs, show_cache(run));
        return true;
    case COMMAND_COMPILE_PACK:
        return compile_pack(run);
    case COMMAND_HELP:
        output_text(run, outputs,
                    cli_help(&run->arena, run->cli.help_for, run->cli.help_all, stage_names));
        return true;
    case COMMAND_VERSION:
        version(run, outputs);
        return true;
    }
    BUG_ON(true);
    return false;
}

static bool write_output(const struct run *run, const struct output *output, struct diag *diag)
{
    const char *file = output->file ? output->file : run->cli.output;
    if (file)
        return file_write(file, output->text, output->length, diag);
    if (fwrite(output->text, 1, output->length, stdout) == output->length && fflush(stdout) == 0)
        return true;
    return diag_error(diag, place_none(), "cannot write to standard output: %s", strerror(errno));
}

static void print_diagnostics(struct run *run, const struct diag *diag)
{
    struct report_options options = report_options(run, stderr);
    report_diagnostics(diag, &options, &run->arena, stderr);
}

/* The one end of a run without memory; threads may still be working, so nothing is tidied up. */
static _Noreturn void out_of_memory(void *context, size_t size)
{
    (void)context, (void)size;
    fputs("drvlint: out of memory\n", stderr);
    _Exit(EXIT_TROUBLE);
}

int main(int argc, char **argv)
{
    const char *stage_names[NSTAGES + 1] = {NULL};
    for (size_t i = 0; i < NSTAGES; i++)
        stage_names[i] = stages[i].name;

    struct run run = {0};
    output_list outputs = {0};
    int status = 0;
    arena_init(&run.arena, out_of_memory, NULL);
    diag_init(&run.diag, &run.arena);
    interner_init(&run.names, &run.arena);
    bool ok = cli_parse(&run.arena, argc, argv, stage_names, &run.cli, &run.diag);
    run.arena.fail_after = run.cli.fail_allocation;
    cli_progress_begin(&run.progress, &run.cli, stderr);
    if (ok)
        ok = run_command(&run, stage_names, &outputs, &status);
    cli_progress_end(&run.progress);
    if (run.cache)
        cache_close(run.cache);

    /* Diagnostics come before the results that they explain. */
    struct diag late;
    diag_init(&late, &run.arena);
    print_diagnostics(&run, &run.diag);
    bool complete = ok;
    for (size_t i = 0; complete && i < outputs.len; i++)
        ok &= write_output(&run, &outputs.items[i], &late);
    print_diagnostics(&run, &late);
    arena_finish(&run.arena);
    return ok ? status : EXIT_TROUBLE;
}
