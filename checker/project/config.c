/* drvlint.json: what to check, kept beside the driver. */
#include "project/internal.h"

#include "base/file.h"
#include "base/json.h"
#include "base/path.h"
#include "base/suggest.h"

#include <string.h>
#include <unistd.h>

struct config {
    struct arena *arena;
    struct diag *diag;
    const char *file, *text;
    size_t length;
    const char *directory;
    const struct json *files, *include;
    string_list defines, flags;
    struct project *project;
};

static bool error_at(const struct config *config, size_t offset, const char *message)
{
    return diag_error_in_text(config->diag, config->file, config->text, config->length, offset,
                              "%s", message);
}

static bool take_text(struct config *config, const struct json *value, const char *key,
                      const char **ret_text)
{
    if (!json_string(value) || !*json_string(value))
        return error_at(config, json_offset(value),
                        arena_printf(config->arena, "'%s' must be a string", key));
    *ret_text = arena_strdup(config->arena, json_string(value));
    return true;
}

static bool is_text_list(struct config *config, const struct json *value, const char *key)
{
    bool list = json_kind(value) == JSON_ARRAY;
    if (!list)
        error_at(config, json_offset(value),
                 arena_printf(config->arena, "'%s' must be an array of strings", key));
    for (size_t i = 0; list && i < json_count(value); i++) {
        const struct json *item = json_at(value, i);
        if (!json_string(item) || !*json_string(item))
            list = error_at(config, json_offset(item),
                            arena_printf(config->arena, "'%s' must have strings only", key));
    }
    return list;
}

static bool take_list(struct config *config, const struct json *value, const char *key,
                      string_list *list)
{
    if (!is_text_list(config, value, key))
        return false;
    for (size_t i = 0; i < json_count(value); i++)
        vec_push(config->arena, list, arena_strdup(config->arena, json_string(json_at(value, i))));
    return true;
}

static bool take_name(struct config *config, const struct json *value)
{
    return take_text(config, value, "name", &config->project->name);
}

static bool take_pack(struct config *config, const struct json *value)
{
    return take_text(config, value, "pack", &config->project->pack);
}

static bool take_target(struct config *config, const struct json *value)
{
    return take_text(config, value, "target", &config->project->target);
}

static bool take_rules(struct config *config, const struct json *value)
{
    return take_text(config, value, "rules", &config->project->rules);
}

static bool take_files(struct config *config, const struct json *value)
{
    config->files = value;
    return is_text_list(config, value, "files");
}

static bool take_include(struct config *config, const struct json *value)
{
    config->include = value;
    return is_text_list(config, value, "include");
}

static bool take_defines(struct config *config, const struct json *value)
{
    return take_list(config, value, "defines", &config->defines);
}

static bool take_flags(struct config *config, const struct json *value)
{
    return take_list(config, value, "flags", &config->flags);
}

static const struct {
    const char *key;
    bool (*take)(struct config *config, const struct json *value);
} keys[] = {
    {"name", take_name},       {"files", take_files},   {"include", take_include},
    {"defines", take_defines}, {"target", take_target}, {"pack", take_pack},
    {"rules", take_rules},     {"flags", take_flags},
};

static bool take_member(struct config *config, const struct json *value, const char *key)
{
    struct suggestion suggestion = suggestion_for(key);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (strcmp(keys[i].key, key) == 0)
            return keys[i].take(config, value);
        suggestion_offer(&suggestion, keys[i].key);
    }
    return error_at(config, json_key_offset(value),
                    arena_printf(config->arena, "unknown key '%s'%s", key,
                                 suggestion_text(&suggestion, config->arena)));
}

/* All members are looked at, so that one run shows every mistake. */
static bool take_members(struct config *config, const struct json *json)
{
    if (json_kind(json) != JSON_OBJECT)
        return error_at(config, json_offset(json), "a drvlint project must be an object");
    bool ok = true;
    for (size_t i = 0; i < json_count(json); i++) {
        const struct json *value = json_at(json, i);
        const char *key = json_key(json, i);
        if (json_get(json, key) != value)
            ok = error_at(config, json_key_offset(value),
                          arena_printf(config->arena, "second '%s'", key));
        else
            ok &= take_member(config, value, key);
    }
    return ok;
}

/* In the order of the search: "include", "defines", "flags". */
static bool make_flags(struct config *config, struct flag_set *flags)
{
    struct arena *arena = config->arena;
    bool ok = true;
    for (size_t i = 0; i < json_count(config->include); i++) {
        const struct json *item = json_at(config->include, i);
        const char *path = locate(arena, config->directory, json_string(item));
        if (!path_is_directory(path))
            ok = error_at(config, json_offset(item),
                          arena_printf(arena, "cannot find directory '%s'", json_string(item)));
        vec_push(arena, &flags->flags, "-I");
        vec_push(arena, &flags->flags, path);
    }
    for (size_t i = 0; i < config->defines.len; i++) {
        vec_push(arena, &flags->flags, "-D");
        vec_push(arena, &flags->flags, config->defines.items[i]);
    }
    flags_take(arena, flags, FLAGS_CLANG, config->directory, config->flags.items,
               config->flags.len);
    return ok;
}

static bool add_one_file(struct config *config, const struct json *item, const struct tree *tree,
                         const struct flag_set *flags)
{
    const char *name = json_string(item);
    const char *path = locate(config->arena, config->directory, name);
    if (access(path, R_OK) < 0 || path_is_directory(path))
        return error_at(config, json_offset(item),
                        arena_printf(config->arena, "cannot find '%s'", name));
    if (!name_is_source(path))
        return error_at(config, json_offset(item),
                        arena_printf(config->arena, "'%s' is not a C or C++ source", name));
    const char *below = path_relative(path, tree->root);
    if (below != path)
        add_tree_source(config->arena, config->project, tree, below, flags);
    else
        add_source(config->arena, config->project, path, config->directory, flags);
    return true;
}

static bool add_pattern(struct config *config, const struct json *item, const struct tree *tree,
                        const struct flag_set *flags)
{
    const char *pattern = path_normalize(config->arena, json_string(item));
    bool found = false;
    for (size_t i = 0; i < tree->sources.len; i++) {
        if (!glob_match(pattern, tree->sources.items[i]))
            continue;
        add_tree_source(config->arena, config->project, tree, tree->sources.items[i], flags);
        found = true;
    }
    if (!found)
        return error_at(
            config, json_offset(item),
            arena_printf(config->arena, "no C or C++ source matches '%s'", json_string(item)));
    return true;
}

static bool add_files(struct config *config, const struct json *json, const struct flag_set *flags)
{
    struct tree tree;
    if (!tree_read(config->arena, config->directory, &tree, config->diag))
        return false;
    bool ok = true;
    for (size_t i = 0; i < json_count(config->files); i++) {
        const struct json *item = json_at(config->files, i);
        if (glob_has_wildcard(json_string(item)))
            ok &= add_pattern(config, item, &tree, flags);
        else
            ok &= add_one_file(config, item, &tree, flags);
    }
    if (!config->files)
        for (size_t i = 0; i < tree.sources.len; i++)
            add_tree_source(config->arena, config->project, &tree, tree.sources.items[i], flags);
    if (ok && !config->project->sources.len)
        return error_at(config, json_offset(config->files ? config->files : json),
                        "the project has no C or C++ source");
    return ok;
}

bool load_config(struct arena *arena, const char *file, struct project *project, struct diag *diag)
{
    char *text;
    struct config config = {.arena = arena, .diag = diag, .file = file, .project = project};
    if (!file_read(file, arena, &text, &config.length, diag))
        return false;
    config.text = text;
    config.directory = path_absolute(arena, path_directory(arena, file));
    struct json *json = json_parse(file, text, config.length, diag);
    if (!json)
        return false;
    struct flag_set flags = {0};
    bool ok = take_members(&config, json);
    if (ok) {
        ok = make_flags(&config, &flags);
        ok &= add_files(&config, json, &flags); /* also then, to show every mistake */
    }
    json_free(json);
    return ok;
}
