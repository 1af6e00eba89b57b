#include "run.h"

#include "base/file.h"
#include "base/json.h"
#include "base/path.h"
#include "cli/since.h"
#include "coverage/coverage.h"
#include "report/report.h"

#include <string.h>
#include <unistd.h>

static bool is_below(const char *path, const char *directory)
{
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && strchr("/", path[length]);
}

/* A run for --new-since must not read the sources of today instead of those of that revision. */
static bool stays_outside(struct run *run, const char *directory)
{
    for (size_t i = 0; i < run->project.sources.len; i++) {
        const struct source *source = &run->project.sources.items[i];
        bool outside = !is_below(source->path, directory);
        for (size_t k = 0; k < source->nflags; k++) {
            const char *path = strchr(source->flags[k], '/');
            outside &= !path || !is_below(path, directory);
        }
        if (!outside)
            return diag_error(&run->diag, place_none(),
                              "'%s' is named with an absolute path, or its flags have one; "
                              "an earlier version cannot be found",
                              source->shown);
    }
    return true;
}

static void add_unsaved(struct run *run, const char *path, const char *text, size_t length)
{
    struct unsaved_file file = {path_absolute(&run->arena, path), text, length};
    if (file.path)
        vec_push(&run->arena, &run->unsaved.items, file);
}

/* A name that is mistyped must not go unnoticed: what is read would count for nothing. */
static bool read_input(struct run *run, const char *name)
{
    const char *path = path_absolute(&run->arena, name);
    if (!path || !path_exists(path))
        return diag_error(&run->diag, place_none(),
                          "cannot find '%s', in whose place the standard input is to be read",
                          name);
    bool known = *path_extension(path) && strchr("hH", path_extension(path)[1]);
    for (size_t i = 0; i < run->project.sources.len; i++)
        known |= strcmp(run->project.sources.items[i].path, path) == 0;
    if (!known)
        diag_warning(&run->diag, place_none(),
                     "'%s' is none of the driver's sources; the standard input counts only where "
                     "it is included",
                     name);
    char *text;
    size_t length;
    if (!file_read_input(&run->arena, &text, &length, &run->diag))
        return false;
    add_unsaved(run, path, text, length);
    return true;
}

static bool read_texts(struct run *run, const char *file)
{
    char *text;
    size_t length;
    if (!file_read(file, &run->arena, &text, &length, &run->diag))
        return false;
    struct json *texts = json_parse(file, text, length, &run->diag);
    for (size_t i = 0; i < json_count(texts); i++) {
        const char *of_file = json_string(json_at(texts, i));
        if (of_file && json_kind(texts) == JSON_OBJECT)
            add_unsaved(run, arena_strdup(&run->arena, json_key(texts, i)),
                        arena_strdup(&run->arena, of_file), strlen(of_file));
    }
    json_free(texts);
    return texts != NULL;
}

/* Without any input it is the project that the working directory is in. */
static bool find_input(struct run *run)
{
    const char *config = run->cli.isolated ? NULL : project_find(&run->arena);
    if (!config)
        return diag_error(&run->diag, place_none(),
                          "nothing to check, and no drvlint.json here or above; give sources, a "
                          "directory, or a project, or write one with 'drvlint init'");
    vec_push(&run->arena, &run->cli.inputs, config);
    const char *path = path_absolute(&run->arena, config);
    run->home = path ? path_directory(&run->arena, path) : NULL;
    return true;
}

/* An entry of drvlint.json has a name that nothing has. */
static bool wrong_entry(struct run *run, const struct project_entry *entry, const char *what,
                        const struct suggestion *suggestion)
{
    diag_add(&run->diag,
             (struct diag_message){.level = DIAG_ERROR,
                                   .place = entry->place,
                                   .text = arena_printf(&run->arena, "there is no %s '%s'%s", what,
                                                        entry->key,
                                                        suggestion_text(suggestion, &run->arena)),
                                   .source_line = entry->source_line});
    return false;
}

static bool has_output(const struct cli *cli, const char *format)
{
    for (size_t i = 0; i < cli->outputs.len; i++)
        if (strcmp(cli->outputs.items[i].format, format) == 0)
            return true;
    return false;
}

/* Reports that the project wants, besides those of the command line, which has the last word. A
 * check for an editor is made with every save, and leaves nothing behind. */
static bool take_outputs(struct run *run)
{
    const struct cli *cli = &run->cli;
    bool ok = true, wanted = cli->command == COMMAND_CHECK && !cli->editor && !cli->stdin_filename;
    for (size_t i = 0; wanted && i < run->project.outputs.len; i++) {
        const struct project_entry *entry = &run->project.outputs.items[i];
        const struct report_format *format = report_find(entry->key);
        struct suggestion suggestion = suggestion_for(entry->key);
        for (size_t k = 0; report_formats[k].name; k++)
            suggestion_offer(&suggestion, report_formats[k].name);
        if (!format)
            ok = wrong_entry(run, entry, "format", &suggestion);
        else if (!has_output(cli, entry->key))
            vec_push(&run->arena, &run->cli.outputs,
                     (struct cli_output){format->name, entry->value});
    }
    return ok;
}

bool make_project(struct run *run)
{
    const struct cli *cli = &run->cli;
    const struct project_choice choice = {cli->configuration, cli->platform, cli->isolated};
    if (!cli->inputs.len && !find_input(run))
        return false;
    if (!project_load_choice(&run->arena, cli->inputs.items, cli->inputs.len, cli->flags.items,
                             cli->flags.len, &choice, &run->project, &run->diag))
        return false;
    if (cli->outside && !stays_outside(run, cli->outside))
        return false;
    if (cli->stdin_filename && !read_input(run, cli->stdin_filename))
        return false;
    if (cli->unsaved && !read_texts(run, cli->unsaved))
        return false;
    run->results.unsaved = &run->unsaved;
    /* The command line has the last word. */
    if (cli->target)
        run->project.target = cli->target;
    if (cli->rules)
        run->project.rules = cli->rules;
    run->target = run->project.target ? run->project.target : pack_default_target;
    if (!cli->baseline && cli->command == COMMAND_CHECK)
        run->cli.baseline = run->project.baseline;
    for (size_t i = 0; i < run->project.sources.len; i++)
        vec_push(&run->arena, &run->results.files, run->project.sources.items[i].shown);
    return take_outputs(run);
}

static bool load_roles(struct run *run)
{
    bool ok = true;
    for (size_t i = 0; i < run->pack.role_files.len; i++) {
        const char *file = run->pack.role_files.items[i];
        char *text;
        size_t length;
        bool read = file_read(file, &run->arena, &text, &length, &run->diag);
        if (read)
            digest_block(&run->pack.digest, text, length);
        ok &= read && model_roles_parse(&run->arena, &run->names, file, text, length, &run->roles,
                                        &run->diag);
    }
    return ok;
}

bool load_pack(struct run *run, const char *name)
{
    const char *self = path_self(&run->arena);
    return pack_find(&run->arena, self, name, run->cli.pack_directory, run->target,
                     &run->pack_place, &run->diag) &&
           rule_pack_load(run->pack_place.directory, &run->names, &run->pack, &run->diag);
}

/* The project's levels. A rule's own wins over those of its sets. */
static bool set_levels(struct run *run)
{
    bool ok = true;
    for (int own = 0; own < 2; own++) {
        for (size_t i = 0; i < run->project.levels.len; i++) {
            const struct project_entry *entry = &run->project.levels.items[i];
            enum severity severity = SEVERITY_ERROR;
            while (strcmp(severity_name(severity), entry->value) != 0)
                severity++;
            struct suggestion suggestion = suggestion_for(entry->key);
            bool is_rule = rule_find(&run->pack, entry->key) != NULL;
            if (is_rule == own && !rule_set_severity(&run->pack, entry->key, severity, &suggestion))
                ok = wrong_entry(run, entry, "rule or set", &suggestion);
        }
    }
    return ok;
}

/* The pack, with what the driver brings itself. */
static bool load_rules(struct run *run)
{
    const struct project *project = &run->project;
    return load_pack(run, project->pack) &&
           rule_pack_add(&run->pack, &run->names, project->rule_files.items,
                         project->rule_files.len, project->model_files.items,
                         project->model_files.len, &run->diag) &&
           set_levels(run);
}

bool make_rules(struct run *run)
{
    if (!load_rules(run) || !load_roles(run))
        return false;
    if (!pack_load_weaknesses(&run->arena, &run->pack, &run->weaknesses, &run->diag))
        return false;
    run->selected = arena_new_array(&run->arena, run->pack.rules.len + 1, bool);
    return rule_select(&run->pack, run->project.rules, run->selected, &run->diag);
}

static bool is_left_out(const struct results *results, const struct left_out *left_out)
{
    for (size_t i = 0; i < results->left_out.len; i++) {
        const struct left_out *l = &results->left_out.items[i];
        if (place_same(&l->place, &left_out->place) && !strcmp(l->what, left_out->what))
            return true;
    }
    return false;
}

/* What does not compile is not forgotten. */
static void leave_out(struct run *run, const struct unit *unit)
{
    static const enum left_out_kind kinds[] = {
        [OMISSION_NAME] = LEFT_OUT_STAND_IN, [OMISSION_VALUE] = LEFT_OUT_HOLE,
        [OMISSION_STATEMENT] = LEFT_OUT_HOLE, [OMISSION_BODY] = LEFT_OUT_HOLE,
        [OMISSION_LINE] = LEFT_OUT_STAND_IN, [OMISSION_FUNCTION] = LEFT_OUT_REST,
        [OMISSION_REST] = LEFT_OUT_REST};
    struct left_out left_out = {0};
    for (size_t i = 0; i < unit->omissions.len; i++) {
        left_out.kind = kinds[unit->omissions.items[i].kind];
        left_out.place = unit->omissions.items[i].place;
        left_out.what = unit->omissions.items[i].what;
        if (!is_left_out(&run->results, &left_out))
            vec_push(&run->arena, &run->results.left_out, left_out);
    }
    if (!unit->failed)
        return;
    left_out.kind = LEFT_OUT_REST;
    left_out.place = place_file(unit->source->path);
    left_out.what = "does not compile; nothing in it was checked";
    vec_push(&run->arena, &run->results.left_out, left_out);
}

/* One thread per processor if nothing was said; more than this are a slip of the finger. */
static unsigned jobs(const struct run *run)
{
    enum { MOST_JOBS = 256 };
    if (run->cli.jobs)
        return run->cli.jobs < MOST_JOBS ? (unsigned)run->cli.jobs : MOST_JOBS;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors > 0 && processors < MOST_JOBS ? (unsigned)processors : 1;
}

bool make_units(struct run *run)
{
    struct frontend_options options = pack_driver_options(&run->pack, run->target);
    options.jobs = jobs(run);
    options.unsaved = &run->unsaved;
    options.progress = cli_progress_listener(&run->progress);
    options.stats = &run->frontend_stats;
    options.cache = run->cache;
    if (!frontend_run(&run->arena, &run->names, &run->project, &options, &run->units, &run->nunits,
                      &run->diag))
        return false;
    for (size_t i = 0; i < run->nunits; i++) {
        diag_merge_new(&run->diag, &run->units[i]->diag);
        leave_out(run, run->units[i]);
    }
    if (!pack_load_model(&run->arena, &run->pack, &run->pack_place, run->target, run->cache,
                         &run->model_bitcode, &run->diag))
        return false;
    run->messages = run->diag.messages.len;
    find_results(run);
    return true;
}

const char *root_of_packs(struct run *run)
{
    const struct rule_pack *pack = &run->pack;
    return pack->packs.len > 1 ? path_directory(&run->arena, pack->directory) : pack->directory;
}

bool make_program(struct run *run)
{
    return program_build(&run->arena, &run->names, run->units, run->nunits, &run->model_bitcode, 1,
                         root_of_packs(run), &run->program, &run->diag);
}

bool make_model(struct run *run)
{
    model_build(&run->arena, &run->names, &run->program, &run->roles, &run->model);
    run->model.root = run->project.root;
    coverage_collect(&run->arena, run->units, run->nunits, &run->model, &run->results);
    return true;
}

/* Nobody knows which rules a missing file, function or declaration matters to. */
static void doubt_passes(struct run *run)
{
    const char *reason = NULL;
    for (size_t i = 0; i < run->results.left_out.len && !reason; i++) {
        const struct left_out *item = &run->results.left_out.items[i];
        if (item->kind == LEFT_OUT_REST && item->place.line)
            reason = arena_printf(&run->arena, "%s (%s:%u)", item->what,
                                  path_base(item->place.file), item->place.line);
        else if (item->kind == LEFT_OUT_REST)
            reason = arena_printf(&run->arena, "'%s' %s", path_base(item->place.file), item->what);
    }
    for (size_t i = 0; i < run->results.rules.len && reason; i++) {
        struct rule_result *rule = &run->results.rules.items[i];
        if (rule->verdict == VERDICT_PASS) {
            rule->verdict = VERDICT_UNKNOWN;
            rule->reason = reason;
        }
    }
}

bool make_results(struct run *run)
{
    struct engine_options options = {.budget = run->cli.budget,
                                     .jobs = jobs(run),
                                     .unsaved = &run->unsaved,
                                     .progress = cli_progress_listener(&run->progress),
                                     .trace = run->cli.dump && !strcmp(run->cli.dump, "engine")};
    engine_run(&run->arena, &run->program, &run->model, &run->pack, run->selected, &options,
               &run->results, &run->engine_stats, &run->engine_trace);
    doubt_passes(run);
    keep_results(run);
    return true;
}

/* git is asked only for formats that tell of the checkout. */
static bool wants_revision(const struct cli *cli)
{
    bool wanted = cli->format && report_find(cli->format)->of_checkout;
    for (size_t i = 0; i < cli->outputs.len; i++)
        wanted |= report_find(cli->outputs.items[i].format)->of_checkout;
    return wanted;
}

/* What the front end knows of the driver's own text. */
static struct triage_sources triage_sources(struct run *run)
{
    struct triage_sources sources = {0};
    for (size_t i = 0; i < run->nunits; i++) {
        const struct facts *facts = run->units[i]->facts;
        vec_push(&run->arena, &sources.files, run->units[i]->source->path);
        for (size_t k = 0; facts && k < facts->functions.len; k++) {
            const struct function_extent *f = &facts->functions.items[k];
            struct extent extent = {f->file, f->line, f->end_line};
            vec_push(&run->arena, &sources.functions, extent);
        }
    }
    return sources;
}

static void suppress(struct run *run, const struct triage_sources *sources)
{
    VEC(const char *) rules = {0};
    for (size_t i = 0; i < run->pack.rules.len; i++)
        vec_push(&run->arena, &rules, run->pack.rules.items[i].id);
    triage_suppress(&run->arena, sources, rules.items, rules.len, &run->results);
}

/* What a baseline's file names are seen from. */
static const char *home(const struct run *run)
{
    return run->home ? run->home : run->project.root;
}

static bool compare_with_file(struct run *run, const char *file)
{
    char *text;
    size_t length;
    return file_read(file, &run->arena, &text, &length, &run->diag) &&
           triage_compare(&run->arena, file, home(run), text, length, true, &run->results,
                          &run->diag);
}

static bool compare_with_revision(struct run *run)
{
    static const char nothing[] = "{\"schema\": \"drvlint-baseline\", \"version\": 1}";
    const char *text, *self = path_self(&run->arena);
    size_t length = 0;
    if (!self || !since_baseline(&run->arena, self, &run->cli, run->project.root, &text, &length,
                                 &run->diag))
        return false;
    if (!text) { /* the driver is new, and so are its findings */
        text = nothing;
        length = strlen(nothing);
    }
    return triage_compare(&run->arena, run->cli.new_since, home(run), text, length, false,
                          &run->results, &run->diag);
}

/* Remarks are warnings, before the report. */
static void warn(struct run *run)
{
    for (size_t i = 0; i < run->results.remarks.len; i++)
        diag_warning(&run->diag, run->results.remarks.items[i].place, "%s",
                     run->results.remarks.items[i].text);
}

bool make_triage(struct run *run)
{
    const struct cli *cli = &run->cli;
    if (wants_revision(cli))
        triage_revision(&run->arena, run->project.root, &run->results.revision);
    triage_fingerprints(&run->arena, &run->results);
    struct triage_sources sources = triage_sources(run);
    suppress(run, &sources);
    bool ok = !cli->baseline || compare_with_file(run, cli->baseline);
    ok = ok && (!cli->since || triage_since(&run->arena, run->project.root, cli->since, &sources,
                                            &run->results, &run->diag));
    ok = ok && (!cli->new_since || compare_with_revision(run));
    warn(run);
    return ok;
}

char *dump_project(struct run *run)
{
    return project_print(&run->project, &run->arena);
}

/* The selected rules, one behind the other. */
char *dump_rules(struct run *run)
{
    const char *text = "";
    for (size_t i = 0; i < run->pack.rules.len; i++)
        if (run->selected[i])
            text = arena_printf(&run->arena, "%s%s%s", text, *text ? "\n" : "",
                                rule_print(&run->pack.rules.items[i], &run->arena));
    return arena_strdup(&run->arena, text);
}

char *dump_units(struct run *run)
{
    return frontend_print(run->units, run->nunits, &run->arena);
}

char *dump_bitcode(struct run *run)
{
    return program_dump_bitcode(&run->arena, run->units, run->nunits, &run->model_bitcode, 1,
                                &run->diag);
}

char *dump_program(struct run *run)
{
    return program_print(&run->program, &run->arena, false);
}

char *dump_model(struct run *run)
{
    return model_print(&run->model, &run->arena);
}

char *dump_callgraph(struct run *run)
{
    return model_graph_json(&run->model, &run->arena);
}

char *dump_results(struct run *run)
{
    return run->engine_trace ? run->engine_trace : arena_strdup(&run->arena, "");
}

char *dump_triage(struct run *run)
{
    return triage_print(&run->results, run->project.root, &run->arena);
}
