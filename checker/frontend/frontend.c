/* The front end's journey: find clang, look the includes of all sources up, let workers read facts
 * and compile, and copy what they found to the caller, in the order of the sources. */
#include "frontend/include.h"

#include "base/file.h"
#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* -- runs -- */

static size_t size_of_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && info.st_size > 0 ? (size_t)info.st_size : 0;
}

/* Memory for a run over sources; run_finish() releases it whatever happens in between. */
static void run_init(struct run *run, const struct arena *like, size_t nsources)
{
    *run = (struct run){0};
    arena_init(&run->arena, like->on_fail, like->context);
    pthread_mutex_init(&run->lock, NULL);
    run->works = arena_new_array(&run->arena, nsources, struct work);
    run->nworks = nsources;
}

static void run_finish(struct run *run)
{
    if (run->directory)
        file_remove_tree(run->directory);
    for (size_t i = 0; i < run->batches.len; i++)
        arena_finish(&run->batches.items[i].arena);
    for (size_t i = 0; i < run->heads.len; i++)
        arena_finish(&run->heads.items[i]->arena);
    pthread_mutex_destroy(&run->lock);
    arena_finish(&run->arena);
}

const char *run_directory(struct run *run, struct arena *arena, struct diag *diag)
{
    if (!run->directory)
        run->directory = file_temporary_directory(arena, diag);
    return run->directory;
}

static void prepare_works(struct run *run)
{
    for (size_t i = 0; i < run->nworks; i++) {
        struct work *work = &run->works[i];
        flags_of_source(&run->arena, &run->setup, work->source, &work->flags);
        if (run->setup.includes.overlay) {
            vec_push(&run->arena, &work->flags, "-ivfsoverlay");
            vec_push(&run->arena, &work->flags, run->setup.includes.overlay);
        }
        work->size = size_of_file(work->source->path);
        work->input.path = work->source->path;
    }
}

/* -- results -- */

static struct place publish_place(struct interner *names, struct place place)
{
    place.file = intern(names, place.file);
    return place;
}

/* Copies what a worker found to the caller's arena, its strings to the caller's table. */
static struct facts *publish_facts(struct arena *arena, struct interner *names,
                                   const struct facts *from)
{
    struct facts *to = arena_new(arena, struct facts);
    to->file = intern(names, from->file);
    for (size_t i = 0; i < from->roles.len; i++) {
        struct role_decl role = from->roles.items[i];
        role.function = intern(names, role.function);
        role.role = intern(names, role.role);
        role.place = publish_place(names, role.place);
        vec_push(arena, &to->roles, role);
    }
    vec_reserve(arena, &to->conditions, from->conditions.len);
    for (size_t i = 0; i < from->conditions.len; i++) {
        struct condition condition = from->conditions.items[i];
        condition.file = intern(names, condition.file);
        condition.text = intern(names, condition.text);
        condition.whole = intern(names, condition.whole);
        vec_push(arena, &to->conditions, condition);
    }
    for (size_t i = 0; i < from->functions.len; i++) {
        struct function_extent extent = from->functions.items[i];
        extent.function = intern(names, extent.function);
        extent.file = intern(names, extent.file);
        vec_push(arena, &to->functions, extent);
    }
    for (size_t i = 0; i < from->registrations.len; i++) {
        struct registration registration = from->registrations.items[i];
        registration.function = intern(names, registration.function);
        registration.field = intern(names, registration.field);
        registration.record = intern(names, registration.record);
        registration.place = publish_place(names, registration.place);
        vec_push(arena, &to->registrations, registration);
    }
    for (size_t i = 0; i < from->declared.len; i++)
        vec_push(arena, &to->declared, intern(names, from->declared.items[i]));
    return to;
}

static char *copy_bitcode(struct arena *arena, const struct compile_input *input)
{
    char *bitcode = arena_alloc(arena, input->length);
    memcpy(bitcode, input->bitcode, input->length);
    return bitcode;
}

static struct unit *publish_unit(struct arena *arena, struct interner *names,
                                 const struct work *work)
{
    struct unit *unit = arena_new(arena, struct unit);
    unit->source = work->source;
    diag_init(&unit->diag, arena);
    diag_merge(&unit->diag, &work->parsed.diag);
    if (work->parsed.facts)
        unit->facts = publish_facts(arena, names, work->parsed.facts);
    unit->failed = !work->compiled;
    unit->partial = work->compiled && work->parsed.partial;
    for (size_t i = 0; i < work->parsed.omissions.len; i++) {
        const struct omission *omission = &work->parsed.omissions.items[i];
        vec_push(arena, &unit->omissions,
                 (struct omission){.kind = omission->kind,
                                   .place = publish_place(names, omission->place),
                                   .what = intern(names, omission->what)});
    }
    for (size_t i = 0; i < work->parsed.headers.len; i++) {
        struct missing_header header = work->parsed.headers.items[i];
        header.name = intern(names, header.name);
        header.place = publish_place(names, header.place);
        vec_push(arena, &unit->headers, header);
    }
    if (work->compiled) {
        unit->bitcode = copy_bitcode(arena, &work->input);
        unit->bitcode_length = work->input.length;
    }
    return unit;
}

static void tell_stats(const struct run *run, size_t nsources, double scan_seconds,
                       struct frontend_stats *stats)
{
    if (!stats)
        return;
    *stats = (struct frontend_stats){.units = run->nworks,
                                     .batches = run->batches.len,
                                     .kept = nsources - run->nworks,
                                     .scan_seconds = scan_seconds};
    for (size_t i = 0; i < run->nworks; i++)
        stats->behind += run->works[i].parsed.head != NULL;
    for (size_t i = 0; i < run->heads.len; i++) {
        stats->heads += run->heads.items[i]->file != NULL;
        stats->parse_seconds += run->heads.items[i]->seconds;
    }
    for (size_t i = 0; i < run->batches.len; i++) {
        stats->parse_seconds += run->batches.items[i].parse_seconds;
        stats->compile_seconds += run->batches.items[i].compile_seconds;
    }
}

/* -- public -- */

/* Does what the cache does not have. */
static void work(struct run *run, struct arena *arena, struct interner *names, unsigned jobs)
{
    run->facts_wanted = true;
    run->progress = run->setup.options->progress;
    prepare_works(run);
    heads_find(run);
    batches_cut(run);
    batches_work(run, jobs);
    for (size_t i = 0; i < run->nworks; i++)
        *run->works[i].unit = publish_unit(arena, names, &run->works[i]);
}

bool frontend_run(struct arena *arena, struct interner *names, const struct project *project,
                  const struct frontend_options *options, struct unit ***ret_units,
                  size_t *ret_count, struct diag *diag)
{
    struct run run;
    size_t count = project->sources.len;
    struct unit **units = arena_new_array(arena, count, struct unit *);
    run_init(&run, arena, count);
    double start = seconds_now();
    bool ok = setup_find_clang(&run.arena, options, &run.setup, diag);
    for (size_t i = 0; i < count; i++) {
        run.works[i].source = &project->sources.items[i];
        run.works[i].unit = &units[i];
    }
    ok = ok && overlay_write_unsaved(&run, diag);
    if (ok) {
        struct scan *scan = scan_includes(&run.arena, &run.setup, run.works, count, options->cache);
        if (options->cache)
            kept_take(&run, scan, arena, names);
        double scanned = seconds_now();
        ok = !run.nworks || scan_write_overlay(scan, &run, diag);
        if (ok && run.nworks)
            work(&run, arena, names, options->jobs);
        if (ok && options->cache)
            kept_store(&run);
        tell_stats(&run, count, scanned - start, options->stats);
    }
    if (ok) {
        *ret_units = units;
        *ret_count = count;
    }
    run_finish(&run);
    return ok;
}

bool frontend_compile_models(struct arena *arena, const char *const *files, size_t nfiles,
                             const struct frontend_options *options, struct bitcode *ret_bitcodes,
                             struct diag *diag)
{
    struct run run;
    run_init(&run, arena, nfiles);
    struct source *sources = arena_new_array(&run.arena, nfiles, struct source);
    bool ok = setup_find_clang(&run.arena, options, &run.setup, diag);
    for (size_t i = 0; ok && i < nfiles; i++) {
        const char *path = path_absolute(&run.arena, files[i]);
        sources[i] = (struct source){.path = path ? path : files[i], .shown = files[i]};
        run.works[i].source = &sources[i];
    }
    if (ok && !(options->cache && kept_take_models(&run))) {
        prepare_works(&run);
        batches_cut(&run);
        batches_work(&run, options->jobs);
        if (options->cache)
            kept_store_models(&run);
    }
    for (size_t i = 0; ok && i < nfiles; i++)
        diag_merge(diag, &run.works[i].parsed.diag);
    for (size_t i = 0; i < nfiles; i++)
        ok = ok && run.works[i].compiled;
    for (size_t i = 0; ok && i < nfiles; i++)
        ret_bitcodes[i] = (struct bitcode){.bytes = copy_bitcode(arena, &run.works[i].input),
                                           .length = run.works[i].input.length};
    run_finish(&run);
    return ok;
}

bool frontend_compile_model(struct arena *arena, const char *file,
                            const struct frontend_options *options, char **ret_bitcode,
                            size_t *ret_length, struct diag *diag)
{
    struct bitcode bitcode;
    if (!frontend_compile_models(arena, &file, 1, options, &bitcode, diag))
        return false;
    *ret_bitcode = bitcode.bytes;
    *ret_length = bitcode.length;
    return true;
}

/* The first condition at a place; its .count - 1 companions follow. */
static const struct condition *first_condition(const struct facts *facts, const char *file,
                                               uint32_t line, uint32_t column)
{
    size_t low = 0, high = facts->conditions.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct condition *at = &facts->conditions.items[middle];
        int order = strcmp(at->file, file);
        if (!order)
            order = at->line < line ? -1 : at->line > line;
        if (!order)
            order = at->column < column ? -1 : at->column > column;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == facts->conditions.len)
        return NULL;
    const struct condition *found = &facts->conditions.items[low];
    bool there = found->line == line && found->column == column && !strcmp(found->file, file);
    return there ? found : NULL;
}

const char *frontend_condition(const struct facts *facts, const char *file, uint32_t line,
                               uint32_t column, uint32_t nth, uint32_t count)
{
    const struct condition *first = first_condition(facts, file, line, column);
    if (!first)
        return NULL;
    if (first->count == count && nth < count)
        return first[nth].text;
    return first->count == 1 ? first->text : first->whole;
}
