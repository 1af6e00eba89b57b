#include "project/internal.h"

#include "base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const char *const c_extensions[] = {".c"};
static const char *const cxx_extensions[] = {".cpp", ".cc", ".cxx"};
static const char *const header_extensions[] = {".h",   ".hpp", ".hxx", ".hh",
                                                ".inl", ".inc", ".tmh"};

static bool has_extension(const char *path, const char *const *extensions, size_t count)
{
    const char *extension = path_extension(path);
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(extension, extensions[i]) == 0)
            return true;
    return false;
}

static bool name_is_cxx(const char *path)
{
    return has_extension(path, cxx_extensions, ARRAY_LEN(cxx_extensions));
}

bool name_is_source(const char *path)
{
    return has_extension(path, c_extensions, ARRAY_LEN(c_extensions)) || name_is_cxx(path);
}

bool name_is_header(const char *path)
{
    return has_extension(path, header_extensions, ARRAY_LEN(header_extensions));
}

/* What CMake makes to try the compiler is no source of the driver. */
static bool is_passed_over(const char *name)
{
    return name[0] == '.' || strcmp(name, "CMakeFiles") == 0;
}

/* Adds what is in root/below; `below` is "" or ends in '/'. */
static bool read_directory(struct arena *arena, struct tree *tree, const char *below,
                           struct diag *diag)
{
    const char *directory = path_normalize(arena, path_join(arena, tree->root, below));
    char **names;
    size_t count;
    if (!path_list(arena, directory, &names, &count))
        return diag_error(diag, place_none(), "cannot read directory '%s': %s", directory,
                          strerror(errno));
    bool ok = true, headers = false;
    for (size_t i = 0; i < count; i++) {
        struct stat link, info;
        const char *path = path_join(arena, directory, names[i]);
        if (is_passed_over(names[i]) || lstat(path, &link) < 0 || stat(path, &info) < 0)
            continue;
        if (S_ISDIR(link.st_mode)) {
            ok &= read_directory(arena, tree, arena_printf(arena, "%s%s/", below, names[i]), diag);
        } else if (S_ISREG(info.st_mode)) {
            headers |= name_is_header(names[i]);
            if (name_is_source(names[i]))
                vec_push(arena, &tree->sources, arena_printf(arena, "%s%s", below, names[i]));
        }
    }
    if (headers)
        vec_push(arena, &tree->header_directories, below);
    return ok;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(string_list *names)
{
    if (names->len)
        qsort(names->items, names->len, sizeof(*names->items), compare_names);
}

bool tree_read(struct arena *arena, const char *root, struct tree *ret_tree, struct diag *diag)
{
    struct tree tree = {.root = root};
    if (!read_directory(arena, &tree, "", diag))
        return false;
    sort(&tree.sources);
    sort(&tree.header_directories);
    *ret_tree = tree;
    return true;
}

bool glob_has_wildcard(const char *pattern)
{
    return strpbrk(pattern, "*?") != NULL;
}

bool glob_match(const char *pattern, const char *name)
{
    if (strncmp(pattern, "**/", 3) == 0) { /* any number of directories, also none */
        for (const char *rest = name; rest; rest = strchr(rest, '/')) {
            rest += *rest == '/';
            if (glob_match(pattern + 3, rest))
                return true;
        }
        return false;
    }
    if (*pattern == '*') {
        for (const char *rest = name;; rest++) {
            if (glob_match(pattern + 1, rest))
                return true;
            if (!*rest || *rest == '/')
                return false;
        }
    }
    if (!*pattern || !*name)
        return *pattern == *name;
    bool same = *pattern == '?' ? *name != '/' : *pattern == *name;
    return same && glob_match(pattern + 1, name + 1);
}

/* A command line may name the standards of both languages, or cl.exe's for either. */
static bool suits(const char *flag, bool is_cxx)
{
    return strncmp(flag, "-std=", 5) != 0 || (strstr(flag, "++") != NULL) == is_cxx;
}

void append_flags(struct arena *arena, struct source *source, const string_list *more)
{
    const char **flags = arena_new_array(arena, source->nflags + more->len + 1, const char *);
    size_t count = 0;
    for (size_t i = 0; i < source->nflags; i++)
        flags[count++] = source->flags[i];
    for (size_t i = 0; i < more->len; i++)
        if (suits(more->items[i], source->is_cxx))
            flags[count++] = more->items[i];
    source->flags = flags;
    source->nflags = count;
}

void add_source(struct arena *arena, struct project *project, const char *path,
                const char *directory, const struct flag_set *flags)
{
    for (size_t i = 0; i < project->sources.len; i++)
        if (strcmp(project->sources.items[i].path, path) == 0)
            return;
    struct source source = {.path = path,
                            .shown = path_seen_from(arena, path, project->root),
                            .directory = directory,
                            .is_cxx = flags->language == LANGUAGE_BY_EXTENSION
                                          ? name_is_cxx(path)
                                          : flags->language == LANGUAGE_CXX};
    append_flags(arena, &source, &flags->flags);
    vec_push(arena, &project->sources, source);
}

/* How many bytes of directory names two relative names share. */
static size_t common_directories(const char *a, const char *b)
{
    size_t common = 0;
    for (size_t i = 0; a[i] && a[i] == b[i]; i++)
        if (a[i] == '/')
            common = i + 1;
    return common;
}

static bool has_include(const struct flag_set *set, const char *directory)
{
    for (size_t i = 0; i + 1 < set->flags.len; i++)
        if (strcmp(set->flags.items[i], "-I") == 0 &&
            strcmp(set->flags.items[i + 1], directory) == 0)
            return true;
    return false;
}

void add_tree_source(struct arena *arena, struct project *project, const struct tree *tree,
                     const char *name, const struct flag_set *flags)
{
    struct flag_set all = {.language = flags->language};
    for (size_t i = 0; i < flags->flags.len; i++)
        vec_push(arena, &all.flags, flags->flags.items[i]);
    /* Longest common prefix first; within one length in the order of the names. */
    for (size_t length = strlen(name) + 1; length-- > 0;) {
        for (size_t i = 0; i < tree->header_directories.len; i++) {
            const char *below = tree->header_directories.items[i];
            const char *path = path_normalize(arena, path_join(arena, tree->root, below));
            if (common_directories(name, below) != length || has_include(&all, path))
                continue;
            vec_push(arena, &all.flags, "-I");
            vec_push(arena, &all.flags, path);
        }
    }
    add_source(arena, project, path_join(arena, tree->root, name), tree->root, &all);
}
