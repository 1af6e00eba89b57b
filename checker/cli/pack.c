#include "cli/pack.h"

#include "base/file.h"
#include "base/path.h"

#include <string.h>

const char pack_default_target[] = "x86_64-pc-windows-msvc";

static bool is_pack(struct arena *arena, const char *directory)
{
    return path_exists(path_join(arena, directory, "pack.json"));
}

static bool no_pack(struct arena *arena, const char *name, const char *directory, struct diag *diag)
{
    return diag_error(diag, place_none(), "cannot find the rule pack '%s'; there is no '%s'", name,
                      path_join(arena, directory, "pack.json"));
}

/* Beside a program that was built but not installed is a file that names the source tree's packs.
 */
static const char *source_packs(struct arena *arena, const char *program_directory)
{
    const char *file = path_join(arena, program_directory, "rules.path");
    char *text;
    size_t length;
    struct diag ignored;
    diag_init(&ignored, arena);
    if (!path_exists(file) || !file_read(file, arena, &text, &length, &ignored))
        return NULL;
    text[strcspn(text, "\r\n")] = '\0';
    return text;
}

bool pack_find(struct arena *arena, const char *self, const char *name, const char *directory,
               const char *target, struct pack_place *ret_place, struct diag *diag)
{
    if (directory) {
        const char *below = path_join(arena, directory, name);
        const char *place = is_pack(arena, directory) ? directory : below;
        if (!is_pack(arena, place))
            return diag_error(diag, place_none(), "no rule pack in '%s'; there is no '%s'",
                              directory, path_join(arena, directory, "pack.json"));
        *ret_place = (struct pack_place){.directory = path_absolute(arena, place)};
        return true;
    }
    if (!self)
        return diag_error(diag, place_none(), "cannot find the rule packs; give --pack-dir");
    const char *beside = path_directory(arena, self);
    const char *share = path_normalize(arena, path_join(arena, beside, "../share/drvlint"));
    const char *packs = source_packs(arena, beside);
    const char *compiled = packs ? beside : path_join(arena, share, "models");
    if (!packs)
        packs = path_join(arena, share, "rules");
    const char *place = path_join(arena, packs, name);
    if (!is_pack(arena, place))
        return no_pack(arena, name, place, diag);
    const char *file = arena_printf(arena, "%s.%s.model", name, target);
    *ret_place =
        (struct pack_place){.directory = place, .compiled = path_join(arena, compiled, file)};
    return true;
}

struct frontend_options pack_driver_options(const struct rule_pack *pack, const char *target)
{
    return (struct frontend_options){.target = target,
                                     .pack_includes = pack->include_directories.items,
                                     .npack_includes = pack->include_directories.len};
}

/* Model files also see each other's headers. */
struct frontend_options pack_model_options(struct arena *arena, const struct rule_pack *pack,
                                           const char *target)
{
    VEC(const char *) includes = {0};
    for (size_t i = pack->model_directories.len; i-- > 0;) /* own first */
        vec_push(arena, &includes, pack->model_directories.items[i]);
    for (size_t i = 0; i < pack->include_directories.len; i++)
        vec_push(arena, &includes, pack->include_directories.items[i]);
    return (struct frontend_options){
        .target = target, .pack_includes = includes.items, .npack_includes = includes.len};
}
