/* The command line of clang: one place for libclang and the clang program, so that both read the
 * same text in the same way. */
#include "frontend/internal.h"

#include "base/path.h"
#include "base/process.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_TARGET "x86_64-pc-windows-msvc"
#define CLANG_MAJOR "19"

/* -- finding clang -- */

/* Where a clang program of our version has its own files, or NULL. The usual place beside the
 * program is looked up without starting it, which would take as long as compiling a file. */
static const char *resources_of(struct arena *arena, const char *clang)
{
    char *real = realpath(clang, NULL);
    if (real) {
        const char *path = path_normalize(
            arena, path_join(arena, path_directory(arena, real), "../lib/clang/" CLANG_MAJOR));
        bool is_clang = !strncmp(path_base(real), "clang", strlen("clang"));
        free(real);
        if (is_clang && path_exists(path_join(arena, path, "include/stddef.h")))
            return path;
    }
    const char *argv[] = {clang, "-print-resource-dir", NULL};
    struct process_result result = process_run(arena, argv, NULL, 0);
    if (result.status != 0)
        return NULL;
    const char *path = arena_strndup(arena, result.output, strcspn(result.output, "\r\n"));
    size_t digits = strlen(CLANG_MAJOR);
    const char *version = path_base(path); /* "19" or "19.1.7" */
    bool fits =
        !strncmp(version, CLANG_MAJOR, digits) && (!version[digits] || version[digits] == '.');
    return fits ? path : NULL;
}

bool setup_find_clang(struct arena *arena, const struct frontend_options *options,
                      struct setup *ret_setup, struct diag *diag)
{
    const char *const usual[] = {"clang-" CLANG_MAJOR, "clang"};
    const char *const *names = options->clang ? &options->clang : usual;
    size_t count = options->clang ? 1 : ARRAY_LEN(usual);
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        const char *clang = process_find(arena, names[i]);
        const char *resources = clang ? resources_of(arena, clang) : NULL;
        found = found || clang;
        if (!resources)
            continue;
        *ret_setup = (struct setup){.options = options,
                                    .clang = clang,
                                    .resources = resources,
                                    .target = options->target ? options->target : DEFAULT_TARGET};
        return true;
    }
    const char *name = options->clang ? options->clang : "clang-" CLANG_MAJOR;
    if (found)
        return diag_error(diag, place_none(),
                          "'%s' is not clang " CLANG_MAJOR "; install clang " CLANG_MAJOR
                          " (package clang-" CLANG_MAJOR " in most distributions)",
                          options->clang ? options->clang : "clang");
    return diag_error(diag, place_none(),
                      "cannot find '%s'; install clang " CLANG_MAJOR " (package clang-" CLANG_MAJOR
                      " in most distributions) and have it on PATH",
                      name);
}

/* -- what every source gets -- */

/* Before the user's flags, which may change them. */
static const char *const dialect[] = {
    "-fms-extensions",
    "-fms-compatibility",
    "-fms-compatibility-version=19.39",
    "-fno-exceptions", /* drivers are compiled with /kernel */
    "-fno-rtti",
    "-fno-threadsafe-statics",
    "-fno-access-control", /* rules of access differ in detail, and decide nothing here */
    "-nostdlibinc",        /* the result must not depend on a compiler's environment variables */
    "-D_KERNEL_MODE=1",
    "-DWINNT=1",
};

/* Behind the user's flags. What MSVC only warns of must not be an error, and warnings are the
 * business of the driver's own build. */
static const char *const messages[] = {
    "-Wno-everything",        "-fno-spell-checking",          "-fno-color-diagnostics",
    "-fno-caret-diagnostics", "-fno-diagnostics-show-option", "-ferror-limit=0",
};

/* What the build environment for drivers defines per processor. */
static const struct {
    const char *arch; /* start of the triple */
    const char *defines[3];
} processors[] = {
    {"x86_64", {"-D_AMD64_=1", "-DAMD64=1", NULL}},
    {"i686", {"-D_X86_=1", "-Di386=1", "-DSTD_CALL=1"}},
    {"aarch64", {"-D_ARM64_=1", "-DARM64=1", NULL}},
};

void strings_append(struct arena *arena, strings *to, const strings *from)
{
    vec_reserve(arena, to, to->len + from->len);
    for (size_t i = 0; i < from->len; i++)
        vec_push(arena, to, from->items[i]);
}

static void push_all(struct arena *arena, strings *flags, const char *const *items, size_t count)
{
    for (size_t i = 0; i < count && items[i]; i++)
        vec_push(arena, flags, items[i]);
}

static void push_pair(struct arena *arena, strings *flags, const char *flag, const char *value)
{
    vec_push(arena, flags, flag);
    vec_push(arena, flags, value);
}

void flags_of_source(struct arena *arena, const struct setup *setup, const struct source *source,
                     strings *ret_flags)
{
    strings flags = {0};
    push_pair(arena, &flags, "-x", source->is_cxx ? "c++" : "c");
    vec_push(arena, &flags, arena_printf(arena, "--target=%s", setup->target));
    push_pair(arena, &flags, "-resource-dir", setup->resources);
    /* GNU C17 still knows implicit functions and old-style definitions, as MSVC does. */
    vec_push(arena, &flags, source->is_cxx ? "-std=c++17" : "-std=gnu17");
    if (source
            ->is_cxx) /* a class's fields are described even where its constructors are not used */
        vec_push(arena, &flags, "-fstandalone-debug");
    push_all(arena, &flags, dialect, ARRAY_LEN(dialect));
    for (size_t i = 0; i < ARRAY_LEN(processors); i++)
        if (!strncmp(setup->target, processors[i].arch, strlen(processors[i].arch)))
            push_all(arena, &flags, processors[i].defines, ARRAY_LEN(processors[i].defines));
    push_all(arena, &flags, source->flags, source->nflags);
    for (size_t i = 0; i < setup->options->npack_includes; i++)
        push_pair(arena, &flags, "-isystem", setup->options->pack_includes[i]);
    push_all(arena, &flags, messages, ARRAY_LEN(messages));
    *ret_flags = flags;
}

/* -- the search path -- */

enum search_kind { SEARCH_QUOTED, SEARCH_USER, SEARCH_SYSTEM, SEARCH_AFTER, SEARCH_FORCED };

static const struct {
    const char *flag;
    enum search_kind kind;
} search_flags[] = {
    {"-iquote", SEARCH_QUOTED},  {"-isystem", SEARCH_SYSTEM}, {"-idirafter", SEARCH_AFTER},
    {"-imacros", SEARCH_FORCED}, {"-include", SEARCH_FORCED}, {"-I", SEARCH_USER},
};

/* The value of the search flag at *i, which is moved to the flag's last argument; NULL if it is
 * another flag. */
static const char *search_flag(const struct source *source, size_t *i, enum search_kind *ret_kind)
{
    const char *arg = source->flags[*i];
    for (size_t k = 0; k < ARRAY_LEN(search_flags); k++) {
        size_t length = strlen(search_flags[k].flag);
        if (strncmp(arg, search_flags[k].flag, length))
            continue;
        *ret_kind = search_flags[k].kind;
        if (arg[length])
            return arg + length;
        return *i + 1 < source->nflags ? source->flags[++*i] : NULL;
    }
    return NULL;
}

void search_path_of(struct arena *arena, const struct setup *setup, const struct source *source,
                    struct search_path *ret_path)
{
    struct search_path path = {0};
    strings system = {0}, after = {0};
    for (size_t i = 0; i < source->nflags; i++) {
        enum search_kind kind;
        const char *value = search_flag(source, &i, &kind);
        if (!value)
            continue;
        strings *list = NULL;
        switch (kind) {
        case SEARCH_QUOTED:
            list = &path.quoted;
            break;
        case SEARCH_USER:
            list = &path.angled;
            break;
        case SEARCH_SYSTEM:
            list = &system;
            break;
        case SEARCH_AFTER:
            list = &after;
            break;
        case SEARCH_FORCED:
            vec_push(arena, &path.forced, value);
            continue;
        }
        vec_push(arena, list, path_normalize(arena, value));
    }
    push_all(arena, &path.angled, system.items, system.len);
    push_all(arena, &path.angled, after.items, after.len);
    path.own = path.angled.len;
    for (size_t i = 0; i < setup->options->npack_includes; i++)
        vec_push(arena, &path.angled, path_normalize(arena, setup->options->pack_includes[i]));
    vec_push(arena, &path.angled, path_join(arena, setup->resources, "include"));
    *ret_path = path;
}
