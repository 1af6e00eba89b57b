/* Reading bitcode: one LLVM context per module, so that modules can be read side by side and equal
 * struct names of two files do not meet before types.c compares what they mean. */
#include "program/internal.h"
#include <llvm-c/BitReader.h>
#include <llvm-c/Error.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { MAX_THREADS = 8 };

/* LLVM's own messages would go to stderr otherwise. The first error counts, else the first warning.
 */
static void on_llvm_message(LLVMDiagnosticInfoRef info, void *context)
{
    struct module *m = context;
    LLVMDiagnosticSeverity severity = LLVMGetDiagInfoSeverity(info);
    bool is_error = severity == LLVMDSError;
    if ((severity != LLVMDSWarning && !is_error) || (m->message && m->failed >= is_error))
        return;
    if (m->message)
        LLVMDisposeMessage(m->message);
    m->message = LLVMGetDiagInfoDescription(info);
    m->failed = is_error;
}

/* Locals whose address is not taken become registers; nothing else changes, so that every branch
 * and call keeps its place. */
static bool run_passes(struct module *m)
{
    LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
    LLVMErrorRef error = LLVMRunPasses(m->llvm, "function(mem2reg)", NULL, options);
    LLVMDisposePassBuilderOptions(options);
    LLVMConsumeError(error);
    return !error;
}

/* Runs in any thread: touches nothing but the module, and no arena of the builder. So does
 * take_needed(). */
static void open_module(struct module *m)
{
    m->context = LLVMContextCreate();
    LLVMContextSetDiagnosticHandler(m->context, on_llvm_message, m);
    m->buffer =
        LLVMCreateMemoryBufferWithMemoryRange(m->bitcode, m->bitcode_length, m->file, false);
    m->failed = LLVMParseBitcodeInContext2(m->context, m->buffer, &m->llvm);
    if (m->failed)
        m->llvm = NULL;
}

/* Drops what is not needed of the model. Then mem2reg. */
static void take_needed(struct module *m)
{
    if (m->from_model)
        needed_keep(m);
    if (m->failed || !run_passes(m)) {
        m->failed = true;
        return;
    }
    LLVMSetIsNewDbgInfoFormat(m->llvm, false);
    m->layout = LLVMGetModuleDataLayout(m->llvm);
    m->has_traps = LLVMGetNamedFunction(m->llvm, "llvm.trap") ||
                   LLVMGetNamedFunction(m->llvm, "llvm.ubsantrap");
}

struct queue {
    struct builder *builder;
    void (*work)(struct module *m);
    size_t next; /* module that nobody has taken */
    pthread_mutex_t lock;
};

static void *run_queue(void *context)
{
    struct queue *queue = context;
    for (;;) {
        pthread_mutex_lock(&queue->lock);
        size_t index = queue->next++;
        pthread_mutex_unlock(&queue->lock);
        if (index >= queue->builder->nmodules)
            return NULL;
        queue->work(&queue->builder->modules[index]);
    }
}

static void in_parallel(struct builder *b, void (*work)(struct module *m))
{
    struct queue queue = {.builder = b, .work = work};
    pthread_t threads[MAX_THREADS];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t started = 0, wanted = processors > 1 ? (size_t)processors : 1;
    if (wanted > b->nmodules)
        wanted = b->nmodules;
    pthread_mutex_init(&queue.lock, NULL);
    while (started + 1 < wanted && started < MAX_THREADS &&
           !pthread_create(&threads[started], NULL, run_queue, &queue))
        started++;
    run_queue(&queue);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&queue.lock);
}

/* Which modules mention a name: 0 none, n + 1 the one with that number, MANY several. */
enum { MANY = 0x7fffffff };

static void note_mentions(struct builder *b, struct map *mentions)
{
    for (size_t i = 0; i < b->nmodules; i++) {
        LLVMModuleRef llvm = b->modules[i].llvm;
        for (LLVMValueRef f = LLVMGetFirstFunction(llvm); f; f = LLVMGetNextFunction(f)) {
            if (LLVMGetIntrinsicID(f))
                continue;
            size_t length;
            const char *name = LLVMGetValueName2(f, &length);
            uint64_t key = (uint64_t)(uintptr_t)intern_n(b->names, name, length);
            uint64_t *slot = map_slot(mentions, &b->scratch, key);
            *slot = !*slot || *slot == i + 1 ? i + 1 : MANY;
        }
    }
}

/* Those of the model's functions that the harness or another file starts from. */
static void want_functions(struct module *m, const struct map *mentions)
{
    struct builder *b = m->builder;
    for (LLVMValueRef f = LLVMGetFirstFunction(m->llvm); f; f = LLVMGetNextFunction(f)) {
        if (LLVMIsDeclaration(f) || LLVMGetLinkage(f) == LLVMInternalLinkage)
            continue;
        size_t length;
        const char *name = LLVMGetValueName2(f, &length);
        uint64_t key = (uint64_t)(uintptr_t)intern_n(b->names, name, length);
        if (*map_get(mentions, key) == MANY || !strcmp(name, PROGRAM_HARNESS))
            vec_push(&b->scratch, &m->wanted, f);
    }
}

static void report(struct module *m, struct diag *diag)
{
    struct place place = place_file(m->file);
    if (m->failed)
        diag_error(diag, place, "cannot read the bitcode of '%s'%s%s", m->file,
                   m->message ? ": " : "", m->message ? m->message : "");
    else if (m->message)
        diag_warning(diag, place, "bitcode of '%s': %s", m->file, m->message);
    if (m->message)
        LLVMDisposeMessage(m->message);
    m->message = NULL;
}

/* Tells what went wrong so far. */
static bool all_fine(struct builder *b)
{
    bool ok = true;
    for (size_t i = 0; i < b->nmodules; i++) {
        ok &= !b->modules[i].failed;
        report(&b->modules[i], b->diag);
    }
    return ok;
}

bool modules_open(struct builder *b)
{
    struct map mentions = {0};
    in_parallel(b, open_module);
    if (!all_fine(b))
        return false;
    note_mentions(b, &mentions);
    for (size_t i = 0; i < b->nmodules; i++)
        if (b->modules[i].from_model)
            want_functions(&b->modules[i], &mentions);
    in_parallel(b, take_needed);
    return all_fine(b);
}

static void close_module(struct module *m)
{
    if (m->llvm)
        LLVMDisposeModule(m->llvm);
    if (m->buffer)
        LLVMDisposeMemoryBuffer(m->buffer);
    if (m->context)
        LLVMContextDispose(m->context);
    m->llvm = NULL;
    m->buffer = NULL;
    m->context = NULL;
}

void modules_close(struct builder *b)
{
    in_parallel(b, close_module);
}
