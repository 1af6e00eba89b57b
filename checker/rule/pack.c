/* Rule packs: pack.json, the packs that it extends, and the files in their directories. */
#include "rule/internal.h"

#include "base/file.h"
#include "base/json.h"
#include "base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef VEC(const char *) string_list;

/* One pack.json. */
struct manifest {
    const char *file, *directory;
    const char *text;
    size_t length;
    const char *name, *version, *default_selection;
    string_list extends, models, includes, recognise_includes, recognise_functions;
};

struct loader {
    struct interner *names;
    struct arena *arena;
    struct diag *diag;
    struct rule_pack *pack;
    string_list loading; /* directories on the way to this pack: a pack may not extend itself */
    string_list loaded;
};

/* ---- pack.json ------------------------------------------------------------------------------ */

static bool wrong_value(struct loader *loader, const struct manifest *manifest,
                        const struct json *value, const char *key, const char *wanted)
{
    return diag_error_in_text(loader->diag, manifest->file, manifest->text, manifest->length,
                              json_offset(value), "'%s' must be %s", key, wanted);
}

static bool read_string(struct loader *loader, const struct manifest *manifest,
                        const struct json *value, const char *key, const char **ret_string)
{
    const char *string = json_string(value);
    if (!string || !*string)
        return wrong_value(loader, manifest, value, key, "a string");
    *ret_string = intern(loader->names, string);
    return true;
}

static bool read_strings(struct loader *loader, const struct manifest *manifest,
                         const struct json *value, const char *key, string_list *ret_strings)
{
    if (json_kind(value) != JSON_ARRAY)
        return wrong_value(loader, manifest, value, key, "an array of strings");
    for (size_t i = 0; i < json_count(value); i++) {
        const char *string;
        if (!read_string(loader, manifest, json_at(value, i), key, &string))
            return false;
        vec_push(loader->arena, ret_strings, string);
    }
    return true;
}

/* Keys of an object: each is a string or a list of strings. */
struct key {
    const char *name;
    const char **string;
    string_list *strings;
};

static bool unknown_key(struct loader *loader, const struct manifest *manifest,
                        const struct json *value, const char *name, const struct key *keys,
                        size_t nkeys)
{
    struct suggestion near = suggestion_for(name);
    for (size_t i = 0; i < nkeys; i++)
        suggestion_offer(&near, keys[i].name);
    return diag_error_in_text(loader->diag, manifest->file, manifest->text, manifest->length,
                              json_key_offset(value), "unknown key '%s'%s", name,
                              suggestion_text(&near, loader->diag->arena));
}

static bool read_recognise(struct loader *loader, struct manifest *manifest,
                           const struct json *value);

static bool read_key(struct loader *loader, struct manifest *manifest, const struct json *value,
                     const char *name, const struct key *keys, size_t nkeys)
{
    for (size_t i = 0; i < nkeys; i++) {
        if (strcmp(keys[i].name, name) != 0)
            continue;
        if (keys[i].string)
            return read_string(loader, manifest, value, name, keys[i].string);
        if (keys[i].strings)
            return read_strings(loader, manifest, value, name, keys[i].strings);
        return read_recognise(loader, manifest, value);
    }
    return unknown_key(loader, manifest, value, name, keys, nkeys);
}

static bool read_object(struct loader *loader, struct manifest *manifest, const struct json *object,
                        const struct key *keys, size_t nkeys)
{
    bool ok = true;
    for (size_t i = 0; i < json_count(object); i++)
        ok &= read_key(loader, manifest, json_at(object, i), json_key(object, i), keys, nkeys);
    return ok;
}

static bool read_recognise(struct loader *loader, struct manifest *manifest,
                           const struct json *value)
{
    const struct key keys[] = {
        {"include", NULL, &manifest->recognise_includes},
        {"functions", NULL, &manifest->recognise_functions},
    };
    if (json_kind(value) != JSON_OBJECT)
        return wrong_value(loader, manifest, value, "recognise", "an object");
    return read_object(loader, manifest, value, keys, ARRAY_LEN(keys));
}

static bool read_manifest(struct loader *loader, struct manifest *manifest, const struct json *root)
{
    const struct key keys[] = {
        {"name", &manifest->name, NULL},
        {"version", &manifest->version, NULL},
        {"extends", NULL, &manifest->extends},
        {"recognise", NULL, NULL},
        {"default", &manifest->default_selection, NULL},
        {"models", NULL, &manifest->models},
        {"include", NULL, &manifest->includes},
    };
    if (json_kind(root) != JSON_OBJECT)
        return wrong_value(loader, manifest, root, "pack.json", "an object");
    if (!read_object(loader, manifest, root, keys, ARRAY_LEN(keys)))
        return false;
    struct place place = place_file(manifest->file);
    if (!manifest->name)
        return diag_error(loader->diag, place, "the pack has no \"name\"");
    if (!manifest->version)
        return diag_error(loader->diag, place, "the pack has no \"version\"");
    return true;
}

static bool load_manifest(struct loader *loader, const char *directory, struct manifest *manifest)
{
    char *text;
    *manifest = (struct manifest){.directory = directory};
    manifest->file = path_join(loader->arena, directory, "pack.json");
    if (!file_read(manifest->file, loader->arena, &text, &manifest->length, loader->diag))
        return false;
    manifest->text = text;
    digest_text(&loader->pack->digest, manifest->file);
    digest_block(&loader->pack->digest, text, manifest->length);
    struct json *root = json_parse(manifest->file, text, manifest->length, loader->diag);
    bool ok = root && read_manifest(loader, manifest, root);
    json_free(root);
    return ok;
}

/* ---- directories ---------------------------------------------------------------------------- */

static bool list_directory(struct loader *loader, const char *directory, char ***ret_names,
                           size_t *ret_count)
{
    if (path_list(loader->arena, directory, ret_names, ret_count))
        return true;
    return diag_error(loader->diag, place_none(), "cannot read the directory '%s': %s", directory,
                      strerror(errno));
}

static bool load_rule_file(struct loader *loader, const char *file)
{
    char *text;
    size_t length;
    if (!file_read(file, loader->arena, &text, &length, loader->diag))
        return false;
    digest_text(&loader->pack->digest, file);
    digest_block(&loader->pack->digest, text, length);
    if (strlen(text) != length)
        return diag_error(loader->diag, place_file(file), "a rule file cannot have NUL characters");
    return rule_parse(file, text, loader->names, loader->pack, loader->diag);
}

/* All *.rule files in a directory and below it, by name. */
static bool load_rules(struct loader *loader, const char *directory)
{
    char **names;
    size_t count;
    bool ok = true;
    if (!list_directory(loader, directory, &names, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(loader->arena, directory, names[i]);
        if (path_is_directory(path))
            ok &= load_rules(loader, path);
        else if (strcmp(path_extension(path), ".rule") == 0)
            ok &= load_rule_file(loader, path);
    }
    return ok;
}

static bool add_model_directory(struct loader *loader, const char *directory)
{
    char **names;
    size_t count;
    if (!list_directory(loader, directory, &names, &count))
        return false;
    vec_push(loader->arena, &loader->pack->model_directories, directory);
    for (size_t i = 0; i < count; i++)
        if (strcmp(path_extension(names[i]), ".c") == 0)
            vec_push(loader->arena, &loader->pack->model_files,
                     path_join(loader->arena, directory, names[i]));
    return true;
}

/* A pack's headers come before those of the packs that it extends, which are there already. */
static bool add_includes(struct loader *loader, const struct manifest *manifest)
{
    struct arena *arena = loader->arena;
    struct rule_pack *pack = loader->pack;
    string_list all = {0};
    bool ok = true;
    for (size_t i = 0; i < manifest->includes.len; i++) {
        const char *path = path_join(arena, manifest->directory, manifest->includes.items[i]);
        vec_push(arena, &all, path);
        if (!path_is_directory(path))
            ok = diag_error(loader->diag, place_file(manifest->file), "there is no directory '%s'",
                            path);
    }
    for (size_t i = 0; i < pack->include_directories.len; i++)
        vec_push(arena, &all, pack->include_directories.items[i]);
    pack->include_directories.len = 0;
    for (size_t i = 0; i < all.len; i++)
        vec_push(arena, &pack->include_directories, all.items[i]);
    return ok;
}

static bool add_directories(struct loader *loader, const struct manifest *manifest)
{
    struct arena *arena = loader->arena;
    bool ok = add_includes(loader, manifest);
    for (size_t i = 0; i < manifest->models.len; i++)
        ok &= add_model_directory(loader,
                                  path_join(arena, manifest->directory, manifest->models.items[i]));
    const char *roles = path_join(arena, manifest->directory, "roles.tsv");
    if (path_exists(roles))
        vec_push(arena, &loader->pack->role_files, roles);
    return ok;
}

/* ---- packs ---------------------------------------------------------------------------------- */

static bool contains(const string_list *list, const char *name)
{
    for (size_t i = 0; i < list->len; i++)
        if (strcmp(list->items[i], name) == 0)
            return true;
    return false;
}

static bool load_pack(struct loader *loader, const char *directory, struct manifest *manifest);

static bool load_bases(struct loader *loader, const struct manifest *manifest)
{
    bool ok = true;
    const char *siblings = path_directory(loader->arena, manifest->directory);
    for (size_t i = 0; i < manifest->extends.len; i++) {
        const char *base = path_join(loader->arena, siblings, manifest->extends.items[i]);
        struct manifest ignored;
        if (contains(&loader->loading, base))
            return diag_error(loader->diag, place_file(manifest->file),
                              "the pack extends itself through '%s'", manifest->extends.items[i]);
        if (!contains(&loader->loaded, base))
            ok &= load_pack(loader, base, &ignored);
    }
    return ok;
}

static bool load_pack(struct loader *loader, const char *directory, struct manifest *manifest)
{
    if (!load_manifest(loader, directory, manifest))
        return false;
    vec_push(loader->arena, &loader->loading, directory);
    bool ok = load_bases(loader, manifest);
    loader->loading.len--;
    vec_push(loader->arena, &loader->loaded, directory);
    vec_push(loader->arena, &loader->pack->packs,
             arena_printf(loader->arena, "%s %s", manifest->name, manifest->version));
    ok &= add_directories(loader, manifest);
    ok &= load_rules(loader, directory);
    return ok;
}

static int compare_rules(const void *a, const void *b)
{
    const struct rule *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    if (order)
        return order;
    if (x->place.line != y->place.line) /* two rules with one id: reported, but kept apart */
        return x->place.line < y->place.line ? -1 : 1;
    return x->part_index < y->part_index ? -1 : x->part_index > y->part_index;
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void collect_constants(struct rule_pack *pack, struct arena *arena, const struct expr *expr)
{
    if (!expr)
        return;
    if (expr->kind == EXPR_CONSTANT)
        vec_push(arena, &pack->constants, expr->name);
    collect_constants(pack, arena, expr->left);
    collect_constants(pack, arena, expr->right);
}

static void collect_rule(struct rule_pack *pack, struct arena *arena, const struct rule *rule)
{
    for (size_t i = 0; i < rule->events.len; i++)
        for (size_t k = 0; k < rule->events.items[i].transitions.len; k++)
            collect_constants(pack, arena, rule->events.items[i].transitions.items[k].guard);
}

void rule_pack_finish(struct rule_pack *pack, struct arena *arena)
{
    if (pack->rules.len)
        qsort(pack->rules.items, pack->rules.len, sizeof(*pack->rules.items), compare_rules);
    pack->constants.len = 0;
    for (size_t i = 0; i < pack->rules.len; i++)
        collect_rule(pack, arena, &pack->rules.items[i]);
    if (!pack->constants.len)
        return;
    qsort(pack->constants.items, pack->constants.len, sizeof(*pack->constants.items),
          compare_strings);
    size_t kept = 1;
    for (size_t i = 1; i < pack->constants.len; i++)
        if (pack->constants.items[i] != pack->constants.items[kept - 1])
            pack->constants.items[kept++] = pack->constants.items[i];
    pack->constants.len = kept;
}

/* A directory whose siblings can be named. */
static const char *pack_directory(struct arena *arena, const char *directory)
{
    char *path = path_normalize(arena, directory);
    const char *base = path_base(path);
    if (strcmp(base, ".") == 0 || strcmp(base, "..") == 0) {
        char *absolute = path_absolute(arena, path);
        return absolute ? absolute : path;
    }
    return path;
}

bool rule_pack_load(const char *directory, struct interner *names, struct rule_pack *ret_pack,
                    struct diag *diag)
{
    struct rule_pack pack = {0};
    struct loader loader = {.names = names, .arena = names->arena, .diag = diag, .pack = &pack};
    struct manifest manifest;
    pack.directory = pack_directory(loader.arena, directory);
    if (!load_pack(&loader, pack.directory, &manifest))
        return false;
    pack.name = manifest.name;
    pack.version = manifest.version;
    pack.default_selection = manifest.default_selection;
    for (size_t i = 0; i < manifest.recognise_includes.len; i++)
        vec_push(loader.arena, &pack.recognise_includes, manifest.recognise_includes.items[i]);
    for (size_t i = 0; i < manifest.recognise_functions.len; i++)
        vec_push(loader.arena, &pack.recognise_functions, manifest.recognise_functions.items[i]);
    rule_pack_finish(&pack, loader.arena);
    *ret_pack = pack;
    return true;
}

static bool has_rule(const struct rule_pack *pack, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pack->rules.items[i].id, id) == 0)
            return true;
    return false;
}

bool rule_pack_add(struct rule_pack *pack, struct interner *names, const char *const *rule_files,
                   size_t nrule_files, const char *const *model_files, size_t nmodel_files,
                   struct diag *diag)
{
    struct arena *arena = names->arena;
    struct loader loader = {.names = names, .arena = arena, .diag = diag, .pack = pack};
    size_t before = pack->rules.len;
    bool ok = true;
    for (size_t i = 0; i < nrule_files; i++)
        ok &= path_is_directory(rule_files[i]) ? load_rules(&loader, rule_files[i])
                                               : load_rule_file(&loader, rule_files[i]);
    const char *selection = pack->default_selection ? pack->default_selection : "all";
    for (size_t i = before; i < pack->rules.len; i++)
        if (!has_rule(pack, i, pack->rules.items[i].id))
            selection = arena_printf(arena, "%s,%s", selection, pack->rules.items[i].id);
    if (pack->rules.len > before)
        pack->default_selection = selection;
    for (size_t i = 0; i < nmodel_files; i++)
        vec_push(arena, &pack->model_files, model_files[i]);
    pack->own_models |= nmodel_files > 0;
    rule_pack_finish(pack, arena);
    return ok;
}
