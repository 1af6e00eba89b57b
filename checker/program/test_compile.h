/* For the tests of this folder: C text to bitcode, with the options that the front end uses. */
#ifndef DRVLINT_PROGRAM_TEST_COMPILE_H
#define DRVLINT_PROGRAM_TEST_COMPILE_H

#include "base/path.h"
#include "base/process.h"
#include "program/program.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline const char *test_language(const char *file)
{
    const char *extension = path_extension(file);
    return !strcmp(extension, ".ll") ? "-xir" : !strcmp(extension, ".cpp") ? "-xc++" : "-xc";
}

/* A unit with the bitcode of `file`; `text` NULL: read it, else it is this text. Leaves with a
 * message if it does not compile. */
static inline struct unit *test_compile(struct arena *arena, const char *clang, const char *target,
                                        const char *file, const char *text)
{
    const char *argv[] = {clang,
                          "-O0",
                          "-Xclang",
                          "-disable-O0-optnone",
                          "-gdwarf",
                          "-gcolumn-info",
                          "-fms-extensions",
                          "-w",
                          "-c",
                          "-emit-llvm",
                          "-o",
                          "-",
                          arena_printf(arena, "--target=%s", target),
                          test_language(file),
                          text ? "-" : file,
                          "-fno-rtti",
                          NULL};
    struct process_result run = process_run(arena, argv, text, text ? strlen(text) : 0);
    if (run.status) {
        fprintf(stderr, "%s: clang: %s\n", file, run.status < 0 ? "does not start" : run.errors);
        exit(1);
    }
    struct source *source = arena_new(arena, struct source);
    source->path = source->shown = file;
    source->is_cxx = !strcmp(path_extension(file), ".cpp");
    struct unit *unit = arena_new(arena, struct unit);
    unit->source = source;
    unit->bitcode = (char *)run.output;
    unit->bitcode_length = run.output_length;
    return unit;
}

/* The same as a file of the OS model. */
static inline struct model_bitcode test_compile_model(struct arena *arena, const char *clang,
                                                      const char *target, const char *file,
                                                      const char *text)
{
    struct unit *unit = test_compile(arena, clang, target, file, text);
    return (struct model_bitcode){file, unit->bitcode, unit->bitcode_length};
}

static inline void test_show_messages(const struct diag *diag)
{
    for (size_t i = 0; i < diag->messages.len; i++)
        fprintf(stderr, "%s\n", diag->messages.items[i].text);
}

#endif
