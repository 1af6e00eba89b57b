/* compile_commands.json: https://clang.llvm.org/docs/JSONCompilationDatabase.html */
#include "project/internal.h"

#include "base/file.h"
#include "base/json.h"
#include "base/path.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

enum { DEEPEST_RESPONSE_FILE = 8 };

struct database {
    struct arena *arena;
    struct diag *diag;
    const char *file, *text;
    size_t length;
    const char *home; /* the database's own directory, absolute */
};

static bool error_at(const struct database *db, const struct json *value, const char *message)
{
    return diag_error_in_text(db->diag, db->file, db->text, db->length, json_offset(value), "%s",
                              message);
}

static void warning_at(const struct database *db, const struct json *value, const char *message)
{
    size_t offset = json_offset(value);
    diag_add(db->diag, (struct diag_message){
                           .level = DIAG_WARNING,
                           .place = place_in_text(db->file, db->text, db->length, offset),
                           .text = message,
                           .source_line = line_of_text(db->arena, db->text, db->length, offset)});
}

/* The member's text, or NULL after saying what is wrong with the entry. */
static const char *required_text(const struct database *db, const struct json *entry,
                                 const char *key, const char *example)
{
    const struct json *value = json_get(entry, key);
    if (!value)
        error_at(
            db, entry,
            arena_printf(db->arena, "entry has no '%s'; add \"%s\": \"%s\"", key, key, example));
    else if (!json_string(value))
        error_at(db, value, arena_printf(db->arena, "'%s' must be a string", key));
    return json_string(value);
}

/* A command made on Windows is quoted as Windows does it. */
static bool is_windows_command(const char *command, const char *directory)
{
    const char *end = command + strcspn(command, " \t\"");
    if (*command == '"')
        end = command + 1 + strcspn(command + 1, "\"");
    bool exe = end - command > 4 && strncasecmp(end - 4, ".exe", 4) == 0;
    bool drive = isalpha((unsigned char)directory[0]) && directory[1] == ':';
    return exe || drive || flags_style_of(command) == FLAGS_CL;
}

/* Replaces "@file" by the arguments in that file. */
static void expand(const struct database *db, const struct json *at, const char *directory,
                   bool windows, const string_list *args, unsigned depth, string_list *result)
{
    for (size_t i = 0; i < args->len; i++) {
        const char *arg = args->items[i];
        if (arg[0] != '@') {
            vec_push(db->arena, result, arg);
            continue;
        }
        const char *path = locate(db->arena, directory, arg + 1);
        char *text;
        size_t length;
        struct diag ignored;
        diag_init(&ignored, db->arena);
        if (depth == DEEPEST_RESPONSE_FILE ||
            !file_read(path, db->arena, &text, &length, &ignored)) {
            warning_at(db, at,
                       arena_printf(db->arena,
                                    "cannot read response file '%s'; the options "
                                    "in it are not known",
                                    arg + 1));
            continue;
        }
        string_list inner = {0};
        command_split(db->arena, text, windows, &inner);
        expand(db, at, directory, windows, &inner, depth + 1, result);
    }
}

static bool read_arguments(const struct database *db, const struct json *value, string_list *args)
{
    if (json_kind(value) != JSON_ARRAY || json_count(value) == 0)
        return error_at(db, value,
                        "'arguments' must be an array of strings: the compiler and its "
                        "arguments");
    for (size_t i = 0; i < json_count(value); i++) {
        const char *arg = json_string(json_at(value, i));
        if (!arg)
            return error_at(db, json_at(value, i), "an argument must be a string");
        vec_push(db->arena, args, arg);
    }
    return true;
}

/* The compiler's name and arguments, from either spelling of an entry. */
static bool read_command(const struct database *db, const struct json *entry, const char *directory,
                         string_list *ret_args)
{
    const struct json *arguments = json_get(entry, "arguments");
    const struct json *command = json_get(entry, "command");
    string_list args = {0};
    bool windows = false;
    if (arguments) {
        if (!read_arguments(db, arguments, &args))
            return false;
        windows = is_windows_command(args.items[0], directory);
    } else if (command) {
        if (!json_string(command))
            return error_at(db, command, "'command' must be a string");
        windows = is_windows_command(json_string(command), directory);
        command_split(db->arena, json_string(command), windows, &args);
        if (!args.len)
            return error_at(db, command, "'command' is empty");
    } else {
        return error_at(db, entry, "entry has neither 'arguments' nor 'command'");
    }
    expand(db, entry, directory, windows, &args, 0, ret_args);
    return true;
}

static bool read_entry(const struct database *db, const struct json *entry, struct project *project)
{
    if (json_kind(entry) != JSON_OBJECT)
        return error_at(db, entry,
                        "entry must be an object with 'directory', 'file' and 'command'");
    const char *directory = required_text(db, entry, "directory", "/path/of/the/build");
    const char *file = directory ? required_text(db, entry, "file", "driver.c") : NULL;
    if (!file)
        return false;
    struct arena *arena = db->arena;
    directory = locate(arena, db->home, directory);
    const char *path = locate(arena, directory, file);
    if (!name_is_source(path)) {
        warning_at(db, json_get(entry, "file"),
                   arena_printf(arena, "'%s' is not C or C++: left out", file));
        return true;
    }
    if (access(path, R_OK) < 0)
        return error_at(db, json_get(entry, "file"),
                        arena_printf(arena,
                                     "cannot find '%s'; make compile_commands.json anew in "
                                     "this source tree",
                                     path_seen_from(arena, path, project->root)));
    string_list args = {0};
    if (!read_command(db, entry, directory, &args))
        return false;
    /* The source's own name may look like an option of cl.exe ("/Users/x.c" like "/U"). */
    string_list options = {0};
    for (size_t i = 1; i < args.len; i++)
        if (strcmp(args.items[i], file) != 0 && strcmp(args.items[i], path) != 0)
            vec_push(arena, &options, args.items[i]);
    struct flag_set flags = {0};
    enum flag_style style = args.len ? flags_style_of(args.items[0]) : FLAGS_GCC;
    flags_take(arena, &flags, style, directory, options.items, options.len);
    size_t before = project->sources.len;
    add_source(arena, project, path, directory, &flags);
    if (project->sources.len == before)
        warning_at(db, json_get(entry, "file"),
                   arena_printf(arena, "'%s' has a second entry, which is not used", file));
    return true;
}

bool load_compile_commands(struct arena *arena, const char *file, struct project *project,
                           struct diag *diag)
{
    char *text;
    struct database db = {.arena = arena, .diag = diag, .file = file};
    if (!file_read(file, arena, &text, &db.length, diag))
        return false;
    db.text = text;
    db.home = path_absolute(arena, path_directory(arena, file));
    struct json *json = json_parse(file, text, db.length, diag);
    if (!json)
        return false;
    bool ok = true;
    if (json_kind(json) != JSON_ARRAY)
        ok = error_at(&db, json, "a compilation database must be an array of entries");
    for (size_t i = 0; ok && i < json_count(json); i++)
        ok = read_entry(&db, json_at(json, i), project);
    if (ok && !project->sources.len)
        ok = error_at(&db, json, "no entry is for a C or C++ source");
    json_free(json);
    return ok;
}
