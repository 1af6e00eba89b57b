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

/* LLVM's own messages would go to stderr otherwise. The first error counts, else the first warning. */
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

/* Runs in any thread: touches nothing but the module, and no arena. */
static void open_module(struct module *m)
{
    m->context = LLVMContextCreate();
    LLVMContextSetDiagnosticHandler(m->context, on_llvm_message, m);
    m->buffer = LLVMCreateMemoryBufferWithMemoryRange(m->bitcode, m->bitcode_length, m->file, false);
    if (LLVMParseBitcodeInContext2(m->context, m->buffer, &m->llvm)) {
        m->llvm = NULL;
        m->failed = true;
        return;
    }
    m->failed = !run_passes(m);
    LLVMSetIsNewDbgInfoFormat(m->llvm, false);
    m->layout = LLVMGetModuleDataLayout(m->llvm);
    m->has_traps = LLVMGetNamedFunction(m->llvm, "llvm.trap") ||
                   LLVMGetNamedFunction(m->llvm, "llvm.ubsantrap");
}

struct queue {
    struct builder *builder;
    size_t next;             /* module that nobody has taken */
    pthread_mutex_t lock;
};

static void *open_modules(void *context)
{
    struct queue *queue = context;
    for (;;) {
        pthread_mutex_lock(&queue->lock);
        size_t index = queue->next++;
        pthread_mutex_unlock(&queue->lock);
        if (index >= queue->builder->nmodules)
            return NULL;
        open_module(&queue->builder->modules[index]);
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

bool modules_open(struct builder *b)
{
    struct queue queue = { .builder = b };
    pthread_t threads[MAX_THREADS];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t started = 0, wanted = processors > 1 ? (size_t)processors : 1;
    if (wanted > b->nmodules)
        wanted = b->nmodules;
    pthread_mutex_init(&queue.lock, NULL);
    while (started + 1 < wanted && started < MAX_THREADS &&
           !pthread_create(&threads[started], NULL, open_modules, &queue))
        started++;
    open_modules(&queue);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&queue.lock);
    bool ok = true;
    for (size_t i = 0; i < b->nmodules; i++) {
        ok &= !b->modules[i].failed;
        report(&b->modules[i], b->diag);
    }
    return ok;
}

void module_close(struct module *m)
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
