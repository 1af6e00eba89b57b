#include "project/project.h"

#include "base/file.h"
#include "base/json.h"
#include "base/path.h"
#include "base/suggest.h"
#include "project/internal.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool cannot_find(struct arena *arena, const char *input, struct diag *diag)
{
    char **names;
    size_t count = 0;
    struct suggestion suggestion = suggestion_for(path_base(input));
    if (path_list(arena, path_directory(arena, input), &names, &count))
        for (size_t i = 0; i < count; i++)
            suggestion_offer(&suggestion, names[i]);
    if (suggestion.best && path_base(input) != input)
        suggestion.best = path_join(arena, path_directory(arena, input), suggestion.best);
    return diag_error(diag, place_none(), "cannot find '%s'%s", input,
                      suggestion_text(&suggestion, arena));
}

static bool load_tree(struct arena *arena, const char *directory, const char *shown,
                      struct project *project, struct diag *diag)
{
    struct tree tree;
    if (!tree_read(arena, directory, &tree, diag))
        return false;
    if (!tree.sources.len)
        return diag_error(
            diag, place_none(),
            "no sources in '%s'; looked for *.c, *.cpp, *.cc and *.cxx in it and below", shown);
    struct flag_set none = {0};
    for (size_t i = 0; i < tree.sources.len; i++)
        add_tree_source(arena, project, &tree, tree.sources.items[i], &none);
    return true;
}

/* The name of the directory that `path`, which is absolute, is in. */
static const char *name_of_directory(struct arena *arena, const char *path)
{
    return arena_strdup(arena, path_base(path_directory(arena, path)));
}

static bool load_directory(struct arena *arena, const char *directory, const char *shown,
                           const struct project_choice *choice, struct project *project,
                           struct diag *diag)
{
    project->name = arena_strdup(arena, path_base(directory));
    const char *config = path_normalize(arena, path_join(arena, shown, "drvlint.json"));
    if (!choice->isolated && path_exists(config))
        return load_config(arena, config, choice, project, diag);
    const char *database = path_normalize(arena, path_join(arena, shown, "compile_commands.json"));
    if (path_exists(database))
        return load_compile_commands(arena, database, project, diag);
    return load_tree(arena, directory, shown, project, diag);
}

/* An array is a compilation database whatever its name, everything else is meant as a project. */
static bool load_json(struct arena *arena, const char *path, const char *shown,
                      const struct project_choice *choice, struct project *project,
                      struct diag *diag)
{
    char *text;
    size_t length;
    project->name = name_of_directory(arena, path);
    if (!file_read(shown, arena, &text, &length, diag))
        return false;
    size_t start = strspn(text, " \t\r\n\xef\xbb\xbf");
    bool database = text[start] == '[' || strcmp(path_base(path), "compile_commands.json") == 0;
    return database ? load_compile_commands(arena, shown, project, diag)
                    : load_config(arena, shown, choice, project, diag);
}

static bool load_source(struct arena *arena, const char *path, const char *shown,
                        struct project *project, struct diag *diag)
{
    if (!name_is_source(path))
        return diag_error(diag, place_none(),
                          "cannot check '%s'; give C or C++ sources, a directory, a *.vcxproj, a "
                          "compile_commands.json or a drvlint.json",
                          shown);
    if (access(path, R_OK) < 0)
        return diag_error(diag, place_none(), "cannot read '%s': %s", shown, strerror(errno));
    if (!project->name)
        project->name = name_of_directory(arena, path);
    struct flag_set none = {0};
    add_source(arena, project, path, project->root, &none);
    return true;
}

bool is_visual_studio(const char *name)
{
    const char *extension = path_extension(name);
    return strcasecmp(extension, ".vcxproj") == 0 || strcasecmp(extension, ".sln") == 0 ||
           strcasecmp(extension, ".slnx") == 0;
}

bool load_visual_studio(struct arena *arena, const char *file, const struct project_choice *choice,
                        struct project *project, struct diag *diag)
{
    return strcasecmp(path_extension(file), ".vcxproj") == 0
               ? load_vcxproj(arena, file, choice, project, diag)
               : load_solution(arena, file, choice, project, diag);
}

static bool load_input(struct arena *arena, const char *input, bool only,
                       const struct project_choice *choice, struct project *project,
                       struct diag *diag)
{
    const char *path = path_absolute(arena, input);
    if (!path || !path_exists(path))
        return cannot_find(arena, input, diag);
    bool directory = path_is_directory(path);
    bool json = !directory && strcasecmp(path_extension(path), ".json") == 0;
    bool visual_studio = !directory && is_visual_studio(path);
    if ((directory || json || visual_studio) && !only)
        return diag_error(diag, place_none(),
                          "'%s' must be the only input: one driver is checked at a time", input);
    if (directory)
        return load_directory(arena, path, input, choice, project, diag);
    if (json)
        return load_json(arena, path, input, choice, project, diag);
    if (visual_studio)
        return load_visual_studio(arena, path, choice, project, diag);
    return load_source(arena, path, input, project, diag);
}

/* The command line has the last word: its flags come behind every source's own. */
static void take_flags(struct arena *arena, struct project *project, const struct flag_set *more)
{
    for (size_t i = 0; i < project->sources.len; i++) {
        struct source *source = &project->sources.items[i];
        if (more->language != LANGUAGE_BY_EXTENSION)
            source->is_cxx = more->language == LANGUAGE_CXX;
        append_flags(arena, source, &more->flags);
    }
}

bool project_load(struct arena *arena, const char *const *inputs, size_t ninputs,
                  const char *const *flags, size_t nflags, struct project *ret_project,
                  struct diag *diag)
{
    const struct project_choice none = {0};
    return project_load_choice(arena, inputs, ninputs, flags, nflags, &none, ret_project, diag);
}

bool project_load_choice(struct arena *arena, const char *const *inputs, size_t ninputs,
                         const char *const *flags, size_t nflags,
                         const struct project_choice *choice, struct project *ret_project,
                         struct diag *diag)
{
    struct project project = {.pack = "ndis"};
    project.root = path_absolute(arena, ".");
    if (!project.root)
        return diag_error(diag, place_none(), "cannot find the working directory: %s",
                          strerror(errno));
    if (!ninputs)
        return diag_error(diag, place_none(), "nothing to check; give sources or a directory");
    bool ok = true;
    for (size_t i = 0; i < ninputs; i++)
        ok &= load_input(arena, inputs[i], ninputs == 1, choice, &project, diag);
    if (!ok)
        return false;
    struct flag_set more = {0};
    flags_take(arena, &more, FLAGS_CLANG, project.root, flags, nflags);
    take_flags(arena, &project, &more);
    *ret_project = project;
    return true;
}

const char *project_find(struct arena *arena)
{
    const char *here = path_absolute(arena, "."), *config = "drvlint.json";
    for (const char *at = here; at && !path_exists(config); at = path_directory(arena, at)) {
        if (strcmp(at, "/") == 0)
            return NULL;
        config = arena_printf(arena, "../%s", config);
    }
    return here ? config : NULL;
}

static void print_source(const struct source *source, const char *root, struct arena *arena,
                         string_list *lines)
{
    vec_push(arena, lines, arena_printf(arena, "source %s\n", source->shown));
    vec_push(arena, lines, source->is_cxx ? "  language c++\n" : "  language c\n");
    const char *directory = path_seen_from(arena, source->directory, root);
    if (strcmp(directory, root) == 0)
        directory = ".";
    vec_push(arena, lines, arena_printf(arena, "  directory %s\n", directory));
    for (size_t i = 0; i < source->nflags; i++) {
        const char *flag = source->flags[i], *value = "";
        if ((flag_has_path(flag) || !strcmp(flag, "-D") || !strcmp(flag, "-U")) &&
            i + 1 < source->nflags)
            value = path_seen_from(arena, source->flags[++i], root);
        if (strcmp(value, root) == 0)
            value = ".";
        vec_push(arena, lines,
                 arena_printf(arena, "  flag %s%s%s\n", flag, *value ? " " : "", value));
    }
}

static void print_files(struct arena *arena, const char *what, const char *const *files,
                        size_t count, const char *root, string_list *lines)
{
    for (size_t i = 0; i < count; i++)
        vec_push(arena, lines,
                 arena_printf(arena, "%s %s\n", what, path_seen_from(arena, files[i], root)));
}

char *project_print(const struct project *project, struct arena *arena)
{
    string_list lines = {0};
    vec_push(arena, &lines, arena_printf(arena, "name %s\n", project->name));
    vec_push(arena, &lines, arena_printf(arena, "pack %s\n", project->pack));
    vec_push(arena, &lines,
             arena_printf(arena, "target %s\n", project->target ? project->target : "(default)"));
    vec_push(arena, &lines,
             arena_printf(arena, "rules %s\n", project->rules ? project->rules : "(default)"));
    const char *root = project->root;
    for (size_t i = 0; i < project->levels.len; i++)
        vec_push(arena, &lines,
                 arena_printf(arena, "level %s %s\n", project->levels.items[i].key,
                              project->levels.items[i].value));
    for (size_t i = 0; i < project->outputs.len; i++)
        vec_push(arena, &lines,
                 arena_printf(arena, "output %s %s\n", project->outputs.items[i].key,
                              path_seen_from(arena, project->outputs.items[i].value, root)));
    print_files(arena, "rule file", project->rule_files.items, project->rule_files.len, root,
                &lines);
    print_files(arena, "model file", project->model_files.items, project->model_files.len, root,
                &lines);
    print_files(arena, "baseline", &project->baseline, project->baseline != NULL, root, &lines);
    for (size_t i = 0; i < project->sources.len; i++)
        print_source(&project->sources.items[i], project->root, arena, &lines);
    size_t length = 0;
    for (size_t i = 0; i < lines.len; i++)
        length += strlen(lines.items[i]);
    char *text = arena_alloc(arena, length + 1), *end = text;
    for (size_t i = 0; i < lines.len; i++)
        end = stpcpy(end, lines.items[i]);
    return text;
}
