/* Workers: each takes a batch of sources, reads the facts of each with libclang, and compiles those
 * without errors in one run of clang. Batches are cut from the sources alone, so that nothing
 * depends on the number of workers. */
#include "frontend/internal.h"

#include "base/file.h"
#include "base/path.h"

#include <clang-c/Index.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    BATCH_MOST = 4,             /* sources per run of clang */
    BATCH_MOST_BEHIND_HEAD = 8, /* these take less time than the start of clang */
    BATCHES_LEAST = 2 /* if there are so many sources: most machines have two processors */
};

double seconds_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* -- batches -- */

bool same_flags(const strings *a, const strings *b)
{
    if (a->len != b->len)
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (strcmp(a->items[i], b->items[i]))
            return false;
    return true;
}

/* Biggest first; the order of the sources decides between equals. */
static int compare_sizes(const void *a, const void *b)
{
    const struct work *left = *(struct work *const *)a, *right = *(struct work *const *)b;
    if (left->size != right->size)
        return left->size < right->size ? 1 : -1;
    return left < right ? -1 : left > right;
}

/* Spreads sources with the same flags over batches of about the same size. */
static void cut_group(struct run *run, struct work **group, size_t count)
{
    size_t most = group[0]->head ? BATCH_MOST_BEHIND_HEAD : BATCH_MOST;
    size_t nbatches = (count + most - 1) / most;
    if (nbatches < BATCHES_LEAST)
        nbatches = count < BATCHES_LEAST ? count : BATCHES_LEAST;
    size_t first = run->batches.len;
    for (size_t i = 0; i < nbatches; i++)
        vec_push(&run->arena, &run->batches,
                 (struct batch){.works = arena_new_array(&run->arena, count, struct work *)});
    for (size_t i = first; i < run->batches.len; i++)
        arena_init(&run->batches.items[i].arena, run->arena.on_fail, run->arena.context);
    qsort(group, count, sizeof(*group), compare_sizes);
    for (size_t i = 0; i < count; i++) {
        struct batch *smallest = &run->batches.items[first];
        for (size_t k = first; k < run->batches.len; k++)
            if (run->batches.items[k].size < smallest->size)
                smallest = &run->batches.items[k];
        smallest->works[smallest->count++] = group[i];
        smallest->size += group[i]->size + 1;
    }
}

void batches_cut(struct run *run)
{
    bool *taken = arena_new_array(&run->arena, run->nworks, bool);
    struct work **group = arena_new_array(&run->arena, run->nworks, struct work *);
    for (size_t i = 0; i < run->nworks; i++) {
        if (taken[i])
            continue;
        size_t count = 0;
        for (size_t k = i; k < run->nworks; k++) {
            if (taken[k] || run->works[i].head != run->works[k].head ||
                !same_flags(&run->works[i].flags, &run->works[k].flags))
                continue;
            taken[k] = true;
            group[count++] = &run->works[k];
        }
        cut_group(run, group, count);
    }
}

/* -- workers -- */

static const struct replaced_text *replaced_text(const struct parsed *parsed, const char *path)
{
    for (size_t i = 0; i < parsed->replaced.len; i++)
        if (!strcmp(parsed->replaced.items[i].path, path))
            return &parsed->replaced.items[i];
    return NULL;
}

/* A static function that nothing refers to would be left out by clang, though it may be a callback
 * that the OS model calls by its role. So an array behind the last line of the source refers to
 * them. */
static void keep_unused(const struct unsaved_files *unsaved, struct arena *arena, struct work *work)
{
    static const char head[] =
        "\n\nstatic void *const " FRONTEND_KEEP "[] __attribute__((used)) = {";
    const strings *unused = &work->parsed.unused;
    const char *path = work->source->path;
    if (!unused->len)
        return;
    struct replaced_text *text = (struct replaced_text *)replaced_text(&work->parsed, path);
    if (!text) {
        struct diag ignored; /* without it, the functions are left out, as they are by clang */
        diag_init(&ignored, arena);
        char *bytes;
        size_t length;
        if (!unsaved_read(unsaved, path, arena, &bytes, &length, &ignored))
            return;
        vec_push(arena, &work->parsed.replaced, (struct replaced_text){path, bytes, length});
        text = &vec_last(&work->parsed.replaced);
    }
    size_t room = text->length + sizeof(head) + sizeof("};\n");
    for (size_t i = 0; i < unused->len; i++)
        room += strlen(unused->items[i]) + sizeof("(void *), ");
    char *whole = arena_alloc(arena, room);
    memcpy(whole, text->bytes, text->length);
    char *out = stpcpy(whole + text->length, head);
    for (size_t i = 0; i < unused->len; i++)
        out = stpcpy(stpcpy(stpcpy(out, "(void *)"), unused->items[i]), ", ");
    out = stpcpy(out, "};\n");
    text->bytes = whole;
    text->length = (size_t)(out - whole);
}

/* Writes the replaced texts of a source to files. */
static bool write_replaced(struct run *run, struct arena *arena, struct work *work,
                           struct overlay *overlay)
{
    struct diag *diag = &work->parsed.diag;
    pthread_mutex_lock(&run->lock);
    const char *directory = run_directory(run, arena, diag);
    pthread_mutex_unlock(&run->lock);
    for (size_t i = 0; directory && i < work->parsed.replaced.len; i++) {
        const struct replaced_text *text = &work->parsed.replaced.items[i];
        const char *file = arena_printf(arena, "%s/%zu-%zu%s", directory,
                                        (size_t)(work - run->works), i, path_extension(text->path));
        if (!file_write(file, text->bytes, text->length, diag))
            return false;
        vec_push(arena, &overlay->files,
                 (struct overlay_file){.path = path_normalize(arena, text->path),
                                       .contents = file,
                                       .keep_name = true});
    }
    return directory != NULL;
}

/* The flags of works that are compiled in one go, with an overlay for the texts that take the place
 * of files. It stands before the one for includes, whose contents it may replace. */
static bool flags_replacing(struct run *run, struct arena *arena, struct work *const *works,
                            size_t count, strings *ret_flags)
{
    struct overlay overlay = {0};
    strings flags = {0};
    for (size_t i = 0; i < count; i++)
        if (works[i]->parsed.replaced.len && !write_replaced(run, arena, works[i], &overlay))
            return false;
    if (overlay.files.len) {
        const char *file = arena_printf(arena, "%s/%zu-%zu.json", run->directory,
                                        (size_t)(works[0] - run->works), count);
        if (!overlay_write(arena, &overlay, file, &works[0]->parsed.diag))
            return false;
        vec_push(arena, &flags, "-ivfsoverlay");
        vec_push(arena, &flags, file);
    }
    strings_append(arena, &flags, &works[0]->flags);
    if (works[0]->parsed.head)
        head_flags(arena, works[0]->parsed.head, &flags);
    *ret_flags = flags;
    return true;
}

static void compile_alone(struct run *run, struct arena *arena, struct work *work)
{
    struct compile_result result;
    strings flags;
    if (!flags_replacing(run, arena, &work, 1, &flags))
        return;
    if (work->parsed.prelude) {
        vec_push(arena, &flags, "-include");
        vec_push(arena, &flags, work->parsed.prelude);
    }
    compile(arena, &run->setup, &flags, &work->input, 1, &result);
    work->compiled = result.ok;
    if (!result.ok && work->parsed.head) {
        head_leave(arena, work->source, &work->parsed);
        compile_alone(run, arena, work);
    } else if (!result.ok) {
        compile_explain(&run->setup, &result, work->source->shown, &work->parsed.diag);
    }
}

/* Compiles works that have the same head in one run of clang; false: at least one failed, and none
 * is compiled. */
static bool compile_together(struct run *run, struct arena *arena, struct work **works,
                             size_t count)
{
    struct compile_input *inputs = arena_new_array(arena, count, struct compile_input);
    struct compile_result result;
    strings flags;
    for (size_t i = 0; i < count; i++)
        inputs[i] = works[i]->input;
    if (!flags_replacing(run, arena, works, count, &flags))
        return false;
    compile(arena, &run->setup, &flags, inputs, count, &result);
    for (size_t i = 0; result.ok && i < count; i++) {
        works[i]->input = inputs[i];
        works[i]->compiled = true;
    }
    return result.ok;
}

/* Compiles those works of a batch that were read behind `head`. */
static void compile_behind(struct run *run, struct batch *batch, const struct head *head)
{
    struct work **works = arena_new_array(&batch->arena, batch->count, struct work *);
    size_t count = 0;
    for (size_t i = 0; i < batch->count; i++) {
        struct work *work = batch->works[i];
        if (work->compiled || work->parsed.diag.errors || work->parsed.head != head)
            continue;
        keep_unused(run->setup.options->unsaved, &batch->arena, work);
        if (work->parsed.prelude)
            compile_alone(run, &batch->arena, work); /* it may have headers of its own */
        else
            works[count++] = work;
    }
    if (count > 1 && compile_together(run, &batch->arena, works, count))
        return;
    for (size_t i = 0; i < count; i++)
        compile_alone(run, &batch->arena, works[i]);
}

static void parse_batch(struct run *run, struct batch *batch)
{
    CXIndex index = clang_createIndex(1, 0); /* the declarations of a head are not the source's */
    for (size_t i = 0; i < batch->count; i++) {
        struct work *work = batch->works[i];
        pthread_mutex_lock(&run->lock);
        size_t nth = ++run->told;
        pthread_mutex_unlock(&run->lock);
        progress_tell(run->progress, "compiling", work->source->shown, nth, run->nworks);
        facts_read(&batch->arena, index, &run->setup, work->source, &work->flags, work->head,
                   &work->parsed);
    }
    clang_disposeIndex(index);
}

/* A source that is compiled while it is read, in the hope that nothing needs a change. */
struct early {
    struct arena arena;
    const struct setup *setup;
    const struct work *work;
    pthread_t thread;
    bool started;
    struct compile_input input;
    struct compile_result result;
};

static void *compile_early(void *context)
{
    struct early *early = context;
    compile(&early->arena, early->setup, &early->work->flags, &early->input, 1, &early->result);
    return NULL;
}

/* Only if a processor has nothing else to do, and one source is all that there is in the batch. */
static void early_start(struct run *run, const struct batch *batch, struct early *early)
{
    *early = (struct early){.setup = &run->setup, .work = batch->works[0]};
    early->input = early->work->input;
    arena_init(&early->arena, batch->arena.on_fail, batch->arena.context);
    early->started = run->facts_wanted && run->jobs > run->batches.len && batch->count == 1 &&
                     !pthread_create(&early->thread, NULL, compile_early, early);
}

/* Takes what was compiled, if it is what would be compiled now. */
static void early_finish(struct batch *batch, struct early *early)
{
    struct work *work = batch->works[0];
    const struct parsed *parsed = &work->parsed;
    if (early->started)
        pthread_join(early->thread, NULL);
    if (early->started && early->result.ok && !parsed->diag.errors && !parsed->unused.len &&
        !parsed->replaced.len && !parsed->prelude) {
        work->input.length = early->input.length;
        work->input.bitcode = arena_alloc(&batch->arena, early->input.length);
        memcpy(work->input.bitcode, early->input.bitcode, early->input.length);
        work->compiled = true;
    }
    arena_finish(&early->arena);
}

static void run_batch(struct run *run, struct batch *batch)
{
    struct early early;
    double start = seconds_now();
    for (size_t i = 0; i < batch->count; i++)
        diag_init(&batch->works[i]->parsed.diag, &batch->arena);
    early_start(run, batch, &early);
    if (run->facts_wanted)
        parse_batch(run, batch);
    double parsed = seconds_now();
    early_finish(batch, &early);
    compile_behind(run, batch, NULL);
    if (batch->works[0]->head)
        compile_behind(run, batch, batch->works[0]->head);
    batch->parse_seconds = parsed - start;
    batch->compile_seconds = seconds_now() - parsed;
}

/* Takes the next of `count` pieces of work; false if there is none. */
static bool take(struct run *run, size_t count, size_t *ret_index)
{
    pthread_mutex_lock(&run->lock);
    *ret_index = run->next++;
    pthread_mutex_unlock(&run->lock);
    return *ret_index < count;
}

static void *head_worker(void *context)
{
    struct run *run = context;
    for (size_t i; take(run, run->heads.len, &i);)
        head_make(run, run->heads.items[i]);
    return NULL;
}

static void *batch_worker(void *context)
{
    struct run *run = context;
    for (size_t i; take(run, run->batches.len, &i);)
        run_batch(run, &run->batches.items[i]);
    return NULL;
}

static void in_threads(struct run *run, void *(*worker)(void *context), size_t count, unsigned jobs)
{
    if (jobs > count)
        jobs = (unsigned)count;
    pthread_t *threads = arena_new_array(&run->arena, jobs ? jobs : 1, pthread_t);
    unsigned started = 0;
    run->next = 0;
    while (started + 1 < jobs && !pthread_create(&threads[started], NULL, worker, run))
        started++;
    worker(run);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

void batches_work(struct run *run, unsigned jobs)
{
    if (!jobs) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        jobs = processors > 0 ? (unsigned)processors : 1;
    }
    run->jobs = jobs;
    in_threads(run, head_worker, run->heads.len, jobs);
    in_threads(run, batch_worker, run->batches.len, jobs);
}
