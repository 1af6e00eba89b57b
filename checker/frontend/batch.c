/* Workers: each takes a batch of sources, reads the facts of each with libclang, and compiles those
 * without errors in one run of clang. Batches are cut from the sources alone, so that nothing depends
 * on the number of workers. */
#include "frontend/internal.h"

#include "base/file.h"
#include "base/path.h"

#include <clang-c/Index.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    BATCH_MOST = 4,   /* sources per run of clang */
    BATCHES_LEAST = 2 /* if there are so many sources: most machines have two processors */
};

double seconds_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* -- batches -- */

static bool same_flags(const strings *a, const strings *b)
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
    size_t nbatches = (count + BATCH_MOST - 1) / BATCH_MOST;
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
            if (taken[k] || !same_flags(&run->works[i].flags, &run->works[k].flags))
                continue;
            taken[k] = true;
            group[count++] = &run->works[k];
        }
        cut_group(run, group, count);
    }
}

/* -- workers -- */

/* The text of a source with an array behind its last line that refers to its unused static
 * functions, written to a file of its own; NULL if that cannot be done. */
static const char *write_keeping(struct run *run, struct arena *arena, const struct work *work)
{
    static const char head[] = "\n\nstatic void *const " FRONTEND_KEEP
                               "[] __attribute__((used)) = {";
    struct diag ignored; /* without it, the functions are left out, as they are by clang */
    diag_init(&ignored, arena);
    pthread_mutex_lock(&run->lock);
    const char *directory = run_directory(run, arena, &ignored);
    pthread_mutex_unlock(&run->lock);
    char *text;
    size_t length;
    if (!directory || !file_read(work->source->path, arena, &text, &length, &ignored))
        return NULL;
    VEC(char) whole = {0};
    const strings *unused = &work->parsed.unused;
    size_t room = length + sizeof(head) + sizeof("};\n");
    for (size_t i = 0; i < unused->len; i++)
        room += strlen(unused->items[i]) + sizeof("(void *), ");
    vec_reserve(arena, &whole, room);
    memcpy(whole.items, text, length);
    char *out = stpcpy(whole.items + length, head);
    for (size_t i = 0; i < unused->len; i++)
        out = stpcpy(stpcpy(stpcpy(out, "(void *)"), unused->items[i]), ", ");
    out = stpcpy(out, "};\n");
    const char *name = arena_printf(arena, "%s/%zu%s", directory, (size_t)(work - run->works),
                                    path_extension(work->source->path));
    bool written = file_write(name, whole.items, (size_t)(out - whole.items), &ignored);
    return written ? name : NULL;
}

/* A static function that nothing refers to would be left out by clang, though it may be a callback
 * that the OS model calls by its role. */
static void keep_unused(struct run *run, struct arena *arena, struct work *work)
{
    /* ';' is the separator of the option that puts one file in another's place. */
    if (work->parsed.unused.len && !strchr(work->source->path, ';'))
        work->input.instead = write_keeping(run, arena, work);
}

static void compile_alone(struct run *run, struct batch *batch, struct work *work)
{
    struct compile_result result;
    compile(&batch->arena, &run->setup, &work->flags, &work->input, 1, &result);
    work->compiled = result.ok;
    if (!result.ok)
        compile_explain(&run->setup, &result, work->source->shown, &work->parsed.diag);
}

static void compile_batch(struct run *run, struct batch *batch)
{
    struct compile_input *inputs =
        arena_new_array(&batch->arena, batch->count, struct compile_input);
    struct work **good = arena_new_array(&batch->arena, batch->count, struct work *);
    size_t count = 0;
    for (size_t i = 0; i < batch->count; i++) {
        struct work *work = batch->works[i];
        if (work->parsed.diag.errors)
            continue;
        keep_unused(run, &batch->arena, work);
        good[count] = work;
        inputs[count++] = work->input;
    }
    struct compile_result result = {0};
    if (count > 1)
        compile(&batch->arena, &run->setup, &good[0]->flags, inputs, count, &result);
    for (size_t i = 0; i < count; i++) {
        /* One that fails takes the others with it, so each is tried alone. */
        if (!result.ok) {
            compile_alone(run, batch, good[i]);
            continue;
        }
        good[i]->input = inputs[i];
        good[i]->compiled = true;
    }
}

static void parse_batch(struct run *run, struct batch *batch)
{
    CXIndex index = clang_createIndex(0, 0);
    for (size_t i = 0; i < batch->count; i++) {
        struct work *work = batch->works[i];
        facts_read(&batch->arena, index, &run->setup, work->source, &work->flags, &work->parsed);
    }
    clang_disposeIndex(index);
}

static void run_batch(struct run *run, struct batch *batch)
{
    double start = seconds_now();
    for (size_t i = 0; i < batch->count; i++)
        diag_init(&batch->works[i]->parsed.diag, &batch->arena);
    if (run->facts_wanted)
        parse_batch(run, batch);
    double parsed = seconds_now();
    compile_batch(run, batch);
    batch->parse_seconds = parsed - start;
    batch->compile_seconds = seconds_now() - parsed;
}

static void *worker(void *context)
{
    struct run *run = context;
    for (;;) {
        pthread_mutex_lock(&run->lock);
        size_t i = run->next++;
        pthread_mutex_unlock(&run->lock);
        if (i >= run->batches.len)
            return NULL;
        run_batch(run, &run->batches.items[i]);
    }
}

void batches_work(struct run *run, unsigned jobs)
{
    if (!jobs) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        jobs = processors > 0 ? (unsigned)processors : 1;
    }
    if (jobs > run->batches.len)
        jobs = (unsigned)run->batches.len;
    pthread_t *threads = arena_new_array(&run->arena, jobs ? jobs : 1, pthread_t);
    unsigned started = 0;
    while (started + 1 < jobs && !pthread_create(&threads[started], NULL, worker, run))
        started++;
    worker(run);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

