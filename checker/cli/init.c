#include "cli/init.h"

#include "base/file.h"
#include "base/path.h"
#include "project/project.h"

#include <string.h>

/* Whether a source includes or calls what drivers for the pack do. */
static bool is_recognised(struct arena *arena, const struct rule_pack *pack,
                          const struct source *source)
{
    char *text;
    size_t length;
    struct diag ignored;
    diag_init(&ignored, arena);
    if (!file_read(source->path, arena, &text, &length, &ignored))
        return false;
    bool found = false;
    for (size_t i = 0; i < pack->recognise_includes.len; i++)
        found |= strcasestr(text, pack->recognise_includes.items[i]) != NULL;
    for (size_t i = 0; i < pack->recognise_functions.len; i++)
        found |= strstr(text, pack->recognise_functions.items[i]) != NULL;
    return found;
}

static void warn_of_others(struct arena *arena, const struct rule_pack *pack,
                           const struct project *project, struct diag *diag)
{
    bool found = !pack->recognise_includes.len && !pack->recognise_functions.len;
    for (size_t i = 0; !found && i < project->sources.len; i++)
        found = is_recognised(arena, pack, &project->sources.items[i]);
    if (!found)
        diag_warning(
            diag, place_none(), "no source includes '%s'; the rules of the pack '%s' may not apply",
            pack->recognise_includes.len ? pack->recognise_includes.items[0] : "", pack->name);
}

bool cli_init(struct arena *arena, const char *directory, const struct rule_pack *pack,
              const char **ret_text, struct diag *diag)
{
    char *text;
    struct project project;
    const char *file = path_normalize(arena, path_join(arena, directory, "drvlint.json"));
    if (path_exists(file))
        return diag_error(diag, place_none(),
                          "there is a '%s' already; edit it, or remove it first", file);
    if (!project_init(arena, directory, &text, &project, diag) ||
        !file_write(file, text, strlen(text), diag))
        return false;
    warn_of_others(arena, pack, &project, diag);
    bool here = strcmp(directory, ".") == 0;
    *ret_text =
        arena_printf(arena, "wrote %s: driver '%s', %zu source%s\n'drvlint check%s%s' checks it\n",
                     file, project.name, project.sources.len, project.sources.len == 1 ? "" : "s",
                     here ? "" : " ", here ? "" : directory);
    return true;
}
