/* Reading bitcode: one LLVM context per module, so that equal struct names of two files do not meet
 * before types.c compares what they mean. */
#include "program/internal.h"
#include <llvm-c/BitReader.h>
#include <llvm-c/Error.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <string.h>

/* LLVM's own messages would go to stderr otherwise. */
static void on_llvm_message(LLVMDiagnosticInfoRef info, void *context)
{
    struct module *module = context;
    char *text = LLVMGetDiagInfoDescription(info);
    if (LLVMGetDiagInfoSeverity(info) == LLVMDSError)
        diag_error(module->builder->diag, place_file(module->file), "bitcode: %s", text);
    else if (LLVMGetDiagInfoSeverity(info) == LLVMDSWarning)
        diag_warning(module->builder->diag, place_file(module->file), "bitcode: %s", text);
    LLVMDisposeMessage(text);
}

/* Locals whose address is not taken become registers; nothing else changes, so that every branch
 * and call keeps its place. */
static bool run_passes(struct module *module, struct diag *diag)
{
    LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
    LLVMErrorRef error = LLVMRunPasses(module->llvm, "function(mem2reg)", NULL, options);
    LLVMDisposePassBuilderOptions(options);
    if (!error)
        return true;
    char *text = LLVMGetErrorMessage(error);
    diag_error(diag, place_file(module->file), "cannot simplify bitcode: %s", text);
    LLVMDisposeErrorMessage(text);
    return false;
}

bool module_open(struct module *module, const char *data, size_t length, struct diag *diag)
{
    module->context = LLVMContextCreate();
    LLVMContextSetDiagnosticHandler(module->context, on_llvm_message, module);
    module->buffer = LLVMCreateMemoryBufferWithMemoryRange(data, length, module->file, false);
    if (LLVMParseBitcodeInContext2(module->context, module->buffer, &module->llvm)) {
        module->llvm = NULL;
        return diag_error(diag, place_file(module->file), "cannot read the bitcode of '%s'",
                          module->file);
    }
    if (!run_passes(module, diag))
        return false;
    LLVMSetIsNewDbgInfoFormat(module->llvm, false);
    module->layout = LLVMGetModuleDataLayout(module->llvm);
    return true;
}

void module_close(struct module *module)
{
    if (module->llvm)
        LLVMDisposeModule(module->llvm);
    if (module->buffer)
        LLVMDisposeMemoryBuffer(module->buffer);
    if (module->context)
        LLVMContextDispose(module->context);
    module->llvm = NULL;
    module->buffer = NULL;
    module->context = NULL;
}
