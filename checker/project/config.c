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
    const struct project_choice *choice;
    const struct json *files, *include;
    string_list defines, flags;
    struct project *project;
    bool named; /* has a "name" */
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
    config->named = take_text(config, value, "name", &config->project->name);
    return config->named;
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

/* Editors look there for the schema; to us it says nothing. */
static bool take_schema(struct config *config, const struct json *value)
{
    const char *ignored;
    return take_text(config, value, "$schema", &ignored);
}

static bool take_baseline(struct config *config, const struct json *value)
{
    const char *name;
    if (!take_text(config, value, "baseline", &name))
        return false;
    config->project->baseline = locate(config->arena, config->directory, name);
    return true;
}

/* An object of strings, each with the place of its key. */
static bool take_entries(struct config *config, const struct json *value, const char *key,
                         struct project_entry **ret_entries)
{
    struct arena *arena = config->arena;
    if (json_kind(value) != JSON_OBJECT)
        return error_at(config, json_offset(value),
                        arena_printf(arena, "'%s' must be an object", key));
    struct project_entry *entries =
        arena_new_array(arena, json_count(value) + 1, struct project_entry);
    bool ok = true;
    for (size_t i = 0; i < json_count(value); i++) {
        const struct json *item = json_at(value, i);
        size_t offset = json_key_offset(item);
        entries[i] = (struct project_entry){
            .key = arena_strdup(arena, json_key(value, i)),
            .place = place_in_text(config->file, config->text, config->length, offset),
            .source_line = line_of_text(arena, config->text, config->length, offset)};
        if (json_get(value, entries[i].key) != item)
            ok = error_at(config, offset, arena_printf(arena, "second '%s'", entries[i].key));
        ok &= take_text(config, item, entries[i].key, &entries[i].value);
    }
    *ret_entries = entries;
    return ok;
}

static bool is_level(struct config *config, const struct json *value, const char *level)
{
    static const char *const levels[] = {"error", "warning", "note"};
    struct suggestion suggestion = suggestion_for(level);
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        if (strcmp(levels[i], level) == 0)
            return true;
        suggestion_offer(&suggestion, levels[i]);
    }
    bool off = strcmp(level, "off") == 0 || strcmp(level, "none") == 0;
    return error_at(config, json_offset(value),
                    arena_printf(config->arena, "a level is error, warning or note, not '%s'%s",
                                 level,
                                 off ? "; to leave a rule out, write \"rules\": \"-RULE\""
                                     : suggestion_text(&suggestion, config->arena)));
}

static bool take_levels(struct config *config, const struct json *value)
{
    struct project_entry *entries;
    if (!take_entries(config, value, "levels", &entries))
        return false;
    bool ok = true;
    for (size_t i = 0; i < json_count(value); i++) {
        ok &= is_level(config, json_at(value, i), entries[i].value);
        vec_push(config->arena, &config->project->levels, entries[i]);
    }
    return ok;
}

static bool take_outputs(struct config *config, const struct json *value)
{
    struct project_entry *entries;
    if (!take_entries(config, value, "outputs", &entries))
        return false;
    for (size_t i = 0; i < json_count(value); i++) {
        entries[i].value = path_join(config->arena, config->directory, entries[i].value);
        vec_push(config->arena, &config->project->outputs, entries[i]);
    }
    return true;
}

/* Files, or directories, that have the extension. */
static bool take_paths(struct config *config, const struct json *value, const char *key,
                       const char *extension, string_list *list)
{
    struct arena *arena = config->arena;
    bool ok = is_text_list(config, value, key);
    for (size_t i = 0; ok && i < json_count(value); i++) {
        const char *name = json_string(json_at(value, i));
        const char *path = locate(arena, config->directory, name);
        const char *wrong = NULL;
        if (!path_exists(path))
            wrong = arena_printf(arena, "cannot find '%s'", name);
        else if (!path_is_directory(path) && strcmp(path_extension(path), extension) != 0)
            wrong = arena_printf(arena, "'%s' is neither a '*%s' file nor a directory", name,
                                 extension);
        ok = !wrong || error_at(config, json_offset(json_at(value, i)), wrong);
        vec_push(arena, list, path);
    }
    return ok;
}

static bool take_rule_files(struct config *config, const struct json *value)
{
    string_list list = {0};
    bool ok = take_paths(config, value, "ruleFiles", ".rule", &list);
    for (size_t i = 0; i < list.len; i++)
        vec_push(config->arena, &config->project->rule_files, list.items[i]);
    return ok;
}

/* A directory stands for the *.c files in it. */
static bool take_model_files(struct config *config, const struct json *value)
{
    struct arena *arena = config->arena;
    string_list list = {0};
    bool ok = take_paths(config, value, "modelFiles", ".c", &list);
    for (size_t i = 0; i < list.len; i++) {
        char **names;
        size_t count;
        if (!path_is_directory(list.items[i]))
            vec_push(arena, &config->project->model_files, list.items[i]);
        else if (path_list(arena, list.items[i], &names, &count))
            for (size_t k = 0; k < count; k++)
                if (strcmp(path_extension(names[k]), ".c") == 0)
                    vec_push(arena, &config->project->model_files,
                             path_join(arena, list.items[i], names[k]));
    }
    return ok;
}

static const struct {
    const char *key;
    bool (*take)(struct config *config, const struct json *value);
} keys[] = {
    {"name", take_name},
    {"files", take_files},
    {"include", take_include},
    {"defines", take_defines},
    {"target", take_target},
    {"pack", take_pack},
    {"rules", take_rules},
    {"flags", take_flags},
    {"levels", take_levels},
    {"ruleFiles", take_rule_files},
    {"modelFiles", take_model_files},
    {"outputs", take_outputs},
    {"baseline", take_baseline},
    {"$schema", take_schema},
};

static bool take_member(struct config *config, const struct json *value, const char *key)
{
    struct suggestion suggestion = suggestion_for(key);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (strcmp(keys[i].key, key) == 0)
            return keys[i].take(config, value);
        suggestion_offer(&suggestion, keys[i].key);
    }
    const char *hint = suggestion_text(&suggestion, config->arena);
    for (size_t i = 0; !suggestion.best && i < ARRAY_LEN(keys); i++)
        hint = arena_printf(config->arena, "%s%s%s", hint, i ? ", " : "; there are ", keys[i].key);
    return error_at(config, json_key_offset(value),
                    arena_printf(config->arena, "unknown key '%s'%s", key, hint));
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

/* A part of the OS model is none of the driver, whatever the patterns say. */
static void add_found(struct config *config, const struct tree *tree, const char *name,
                      const struct flag_set *flags)
{
    const char *path = path_join(config->arena, tree->root, name);
    for (size_t i = 0; i < config->project->model_files.len; i++)
        if (strcmp(config->project->model_files.items[i], path) == 0)
            return;
    add_tree_source(config->arena, config->project, tree, name, flags);
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
        add_found(config, tree, tree->sources.items[i], flags);
        found = true;
    }
    if (!found)
        return error_at(
            config, json_offset(item),
            arena_printf(config->arena, "no C or C++ source matches '%s'", json_string(item)));
    return true;
}

/* "files": ["driver.vcxproj"]: sources and flags are another build's, and ours come behind. */
static const char *other_build(struct config *config)
{
    const char *name = json_count(config->files) == 1 ? json_string(json_at(config->files, 0)) : "";
    bool known = strcmp(path_base(name), "compile_commands.json") == 0 || is_visual_studio(name);
    return known ? locate(config->arena, config->directory, name) : NULL;
}

static bool add_other_build(struct config *config, const char *file, const struct flag_set *flags)
{
    struct project *project = config->project;
    const char *name = project->name, *target = project->target;
    if (!path_exists(file))
        return error_at(config, json_offset(json_at(config->files, 0)),
                        arena_printf(config->arena, "cannot find '%s'",
                                     json_string(json_at(config->files, 0))));
    const char *shown = path_seen_from(config->arena, file, project->root);
    bool ok = is_visual_studio(file)
                  ? load_visual_studio(config->arena, file, config->choice, project, config->diag)
                  : load_compile_commands(config->arena, shown, project, config->diag);
    for (size_t i = 0; ok && i < project->sources.len; i++)
        append_flags(config->arena, &project->sources.items[i], &flags->flags);
    if (config->named) /* what the configuration says itself wins */
        project->name = name;
    if (target)
        project->target = target;
    return ok;
}

static bool add_files(struct config *config, const struct json *json, const struct flag_set *flags)
{
    struct tree tree;
    const char *other = other_build(config);
    if (other)
        return add_other_build(config, other, flags);
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
            add_found(config, &tree, tree.sources.items[i], flags);
    if (ok && !config->project->sources.len)
        return error_at(config, json_offset(config->files ? config->files : json),
                        "the project has no C or C++ source");
    return ok;
}

bool load_config(struct arena *arena, const char *file, const struct project_choice *choice,
                 struct project *project, struct diag *diag)
{
    char *text;
    struct config config = {
        .arena = arena, .diag = diag, .file = file, .choice = choice, .project = project};
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
