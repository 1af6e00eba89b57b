/* A drvlint.json for a directory that has none. */
#include "project/internal.h"

#include "base/json.h"
#include "base/path.h"

#include <string.h>

/* Another build's file that describes the sources: the only one of its kind, and it can be read. */
static const char *find_build(struct arena *arena, const char *directory, char *const *names,
                              size_t count)
{
    static const char *const extensions[] = {".vcxproj", ".slnx", ".sln", ".json"};
    for (size_t e = 0; e < ARRAY_LEN(extensions); e++) {
        const char *found = NULL;
        size_t similar = 0;
        for (size_t i = 0; i < count; i++) {
            bool json = strcmp(extensions[e], ".json") == 0;
            if (strcmp(path_extension(names[i]), extensions[e]) != 0 ||
                (json && strcmp(names[i], "compile_commands.json") != 0))
                continue;
            found = names[i];
            similar++;
        }
        struct project project;
        struct diag ignored;
        const char *path = found ? path_join(arena, directory, found) : NULL;
        diag_init(&ignored, arena);
        if (similar == 1 && project_load(arena, &path, 1, NULL, 0, &project, &ignored))
            return found;
    }
    return NULL;
}

/* A pattern for each kind of source: below the directory, or only in it if there is nothing below.
 */
static void add_patterns(struct arena *arena, const struct tree *tree, struct json *files)
{
    string_list seen = {0};
    const char *prefix = "";
    for (size_t i = 0; i < tree->sources.len; i++)
        if (strchr(tree->sources.items[i], '/'))
            prefix = "**/";
    for (size_t i = 0; i < tree->sources.len; i++) {
        const char *extension = path_extension(tree->sources.items[i]);
        bool again = false;
        for (size_t k = 0; k < seen.len; k++)
            again |= strcmp(seen.items[k], extension) == 0;
        if (again)
            continue;
        vec_push(arena, &seen, extension);
        json_add_string(files, NULL, arena_printf(arena, "%s*%s", prefix, extension));
    }
}

static char *config_text(struct arena *arena, const char *name, const char *build,
                         const struct tree *tree)
{
    struct json *root = json_new_object(arena->on_fail, arena->context);
    json_add_string(root, "name", name);
    struct json *files = json_add_array(root, "files");
    if (build)
        json_add_string(files, NULL, build);
    else
        add_patterns(arena, tree, files);
    json_add_string(root, "rules", "Default");
    char *made = json_text(root), *text = arena_strdup(arena, made);
    json_text_free(made);
    json_free(root);
    return text;
}

bool project_init(struct arena *arena, const char *directory, char **ret_text,
                  struct project *ret_project, struct diag *diag)
{
    char **names;
    size_t count;
    struct tree tree = {0};
    const char *path = path_absolute(arena, directory);
    if (!path || !path_is_directory(path) || !path_list(arena, path, &names, &count))
        return diag_error(diag, place_none(), "there is no directory '%s'", directory);
    const char *build = find_build(arena, path, names, count);
    const char *input = build ? path_join(arena, directory, build) : directory;
    const struct project_choice choice = {.isolated = true};
    if (!build && !tree_read(arena, path, &tree, diag))
        return false;
    if (!project_load_choice(arena, &input, 1, NULL, 0, &choice, ret_project, diag))
        return false;
    *ret_text = config_text(arena, ret_project->name, build, &tree);
    return true;
}
