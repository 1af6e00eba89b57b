/* Which driver a document belongs to: the nearest folder above it that says what a driver consists
 * of; else the folder of the workspace; else the document's own. */
#include "lsp/internal.h"

#include "base/path.h"

#include <string.h>
#include <strings.h>

static bool is_below(const char *path, const char *directory)
{
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 &&
           (strchr("/", path[length]) || (length && directory[length - 1] == '/'));
}

/* The innermost folder of the workspace that has the file, or NULL. */
static const char *folder_of(const struct server *server, const char *path)
{
    const char *found = NULL;
    for (size_t i = 0; i < server->folders.len; i++) {
        const char *folder = server->folders.items[i];
        if (is_below(path, folder) && (!found || strlen(folder) > strlen(found)))
            found = folder;
    }
    return found;
}

/* The project of Visual Studio in a directory: *ret_count is how many there are. */
static const char *find_vcxproj(struct arena *arena, const char *directory, size_t *ret_count)
{
    char **names;
    size_t count;
    const char *found = NULL;
    *ret_count = 0;
    if (!path_list(arena, directory, &names, &count))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(path_extension(names[i]), ".vcxproj") != 0)
            continue;
        found = names[i];
        ++*ret_count;
    }
    return found;
}

static bool has_file(struct arena *arena, const char *directory)
{
    static const char *const names[] = {"drvlint.json", "compile_commands.json"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (path_exists(path_join(arena, directory, names[i])))
            return true;
    return false;
}

static bool has_project(struct arena *arena, const char *directory)
{
    size_t count;
    return has_file(arena, directory) || find_vcxproj(arena, directory, &count);
}

const char *driver_input(struct arena *arena, const char *root)
{
    size_t count;
    const char *project = has_file(arena, root) ? NULL : find_vcxproj(arena, root, &count);
    return project && count == 1 ? arena_printf(arena, "./%s", project) : ".";
}

static const char *find_root(struct server *server, const char *path)
{
    struct arena *arena = &server->scratch;
    const char *folder = folder_of(server, path), *own = path_directory(arena, path);
    if (!folder)
        return own;
    for (const char *at = own;; at = path_directory(arena, at)) {
        if (has_project(arena, at))
            return at;
        if (strcmp(at, folder) == 0 || !is_below(at, folder))
            return folder;
    }
}

static struct driver *driver_new(struct server *server)
{
    for (size_t i = 0; i < server->drivers.len; i++)
        if (!server->drivers.items[i]->used)
            return server->drivers.items[i];
    struct driver *driver = arena_new(server->arena, struct driver);
    driver->arena = server_arena(server);
    driver->found.arena = server_arena(server);
    vec_push(server->arena, &server->drivers, driver);
    return driver;
}

static struct driver *driver_of_root(struct server *server, const char *root)
{
    for (size_t i = 0; i < server->drivers.len; i++) {
        struct driver *driver = server->drivers.items[i];
        if (driver->used && strcmp(driver->root, root) == 0)
            return driver;
    }
    struct driver *driver = driver_new(server);
    driver->used = true;
    driver->wanted = false;
    driver->root = arena_strdup(&driver->arena, root);
    return driver;
}

void driver_assign(struct server *server, struct document *document)
{
    const struct driver *was = document->driver;
    document->driver = driver_of_root(server, find_root(server, document->path));
    if (was && was != document->driver)
        drivers_prune(server);
}

void drivers_reassign(struct server *server)
{
    for (size_t i = 0; i < server->documents.len; i++) {
        struct document *document = server->documents.items[i];
        const struct driver *was = document->driver;
        if (!document->open || !document->path)
            continue;
        document->driver = driver_of_root(server, find_root(server, document->path));
        if (was != document->driver)
            check_want_one(server, document->driver);
    }
    drivers_prune(server);
}

void drivers_prune(struct server *server)
{
    for (size_t i = 0; i < server->drivers.len; i++) {
        struct driver *driver = server->drivers.items[i];
        bool open = false;
        for (size_t k = 0; k < server->documents.len; k++)
            open |=
                server->documents.items[k]->open && server->documents.items[k]->driver == driver;
        if (!driver->used || open)
            continue;
        driver->used = driver->wanted = false;
        check_stop(server, driver);
        diagnostics_clear(server, driver);
        driver->trouble = NULL;
        arena_finish(&driver->arena);
    }
}
