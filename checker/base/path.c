#include "base/path.h"

#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_separator(char c)
{
    return c == '/' || c == '\\';
}

static bool has_drive(const char *path)
{
    return ((path[0] >= 'a' && path[0] <= 'z') || (path[0] >= 'A' && path[0] <= 'Z')) &&
           path[1] == ':';
}

static bool is_absolute(const char *path)
{
    return is_separator(path[0]) || (has_drive(path) && is_separator(path[2]));
}

static char *with_slashes(char *path)
{
    for (char *p = path; *p; p++)
        if (*p == '\\')
            *p = '/';
    return path;
}

char *path_join(struct arena *arena, const char *directory, const char *name)
{
    if (is_absolute(name) || !*directory)
        return with_slashes(arena_strdup(arena, name));
    const char *slash = is_separator(directory[strlen(directory) - 1]) ? "" : "/";
    return with_slashes(arena_printf(arena, "%s%s%s", directory, slash, name));
}

const char *path_base(const char *path)
{
    const char *base = path;
    for (const char *p = path; *p; p++)
        if (is_separator(*p))
            base = p + 1;
    return base;
}

char *path_directory(struct arena *arena, const char *path)
{
    size_t length = (size_t)(path_base(path) - path);
    if (length == 0)
        return arena_strdup(arena, ".");
    /* The separator goes, unless it is the root's. */
    if (length > 1 && !(length == 3 && has_drive(path)))
        length--;
    return with_slashes(arena_strndup(arena, path, length));
}

const char *path_extension(const char *path)
{
    const char *base = path_base(path), *dot = strrchr(base, '.');
    /* ".hidden" and ".." are names. */
    return dot && dot != base && strcmp(base, "..") != 0 ? dot : base + strlen(base);
}

char *path_normalize(struct arena *arena, const char *path)
{
    const char *in = path;
    char *result = arena_alloc(arena, strlen(path) + 2), *out = result;
    if (has_drive(in)) {
        *out++ = *in++;
        *out++ = *in++;
    }
    bool rooted = is_separator(*in);
    if (rooted)
        *out++ = '/';
    char *floor = out; /* ".." removes nothing before this */
    while (*in) {
        size_t length = strcspn(in, "/\\");
        if (length == 2 && memcmp(in, "..", 2) == 0 && (out > floor || rooted)) {
            while (out > floor && *--out != '/')
                ;
        } else if (length > 0 && !(length == 1 && *in == '.')) {
            if (out > result && out[-1] != '/' && out[-1] != ':')
                *out++ = '/';
            memcpy(out, in, length);
            out += length;
            if (length == 2 && memcmp(in, "..", 2) == 0)
                floor = out;
        }
        in += length + (in[length] != '\0');
    }
    if (out == result)
        *out++ = '.';
    *out = '\0';
    return result;
}

char *path_absolute(struct arena *arena, const char *path)
{
    if (is_absolute(path))
        return path_normalize(arena, path);
    char *current = getcwd(NULL, 0);
    if (!current)
        return NULL;
    char *absolute = path_normalize(arena, path_join(arena, current, path));
    free(current);
    return absolute;
}

const char *path_relative(const char *path, const char *directory)
{
    size_t length = strlen(directory);
    while (length > 0 && is_separator(directory[length - 1]))
        length--;
    if (strncmp(path, directory, length) != 0 || !is_separator(path[length]) || !path[length + 1])
        return path;
    return path + length + 1;
}

const char *path_seen_from(struct arena *arena, const char *path, const char *directory)
{
    size_t common = 0, shared = 0; /* bytes, directories */
    if (!is_absolute(path) || strcmp(path, directory) == 0)
        return path;
    for (size_t i = 0;; i++) {
        bool ends = !directory[i] || is_separator(directory[i]);
        if (ends && (is_separator(path[i]) || !path[i])) {
            shared += i > common + 1 && !(i == 2 && has_drive(path));
            common = i;
        }
        if (!directory[i] || path[i] != directory[i])
            break;
    }
    const char *rest = directory + common, *shown = path + common;
    if (!shared)
        return path_relative(path, directory);
    for (size_t i = 0; rest[i]; i++)
        if (is_separator(rest[i]) && rest[i + 1])
            shown = arena_printf(arena, "/..%s", shown);
    return *shown ? shown + 1 : path;
}

bool path_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

bool path_is_directory(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool path_list(struct arena *arena, const char *directory, char ***ret_names, size_t *ret_count)
{
    DIR *dir = opendir(directory);
    if (!dir)
        return false;
    VEC(char *) names = {0};
    struct dirent *entry;
    errno = 0;
    while ((entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            vec_push(arena, &names, arena_strdup(arena, entry->d_name));
        errno = 0;
    }
    int error = errno;
    closedir(dir);
    errno = error;
    if (error)
        return false;
    if (names.len)
        qsort(names.items, names.len, sizeof(*names.items), compare_names);
    *ret_names = names.items;
    *ret_count = names.len;
    return true;
}

/* Looks the components of `rest` up one by one; where several names differ only in case, each is
 * followed, the exact one first. */
static char *find_nocase(struct arena *arena, const char *directory, const char *rest)
{
    while (is_separator(*rest))
        rest++;
    if (!*rest)
        return arena_strdup(arena, directory);
    size_t length = strcspn(rest, "/\\");
    const char *name = arena_strndup(arena, rest, length);
    const char *exact = path_join(arena, directory, name);
    if (path_exists(exact)) {
        char *found = find_nocase(arena, exact, rest + length);
        if (found)
            return found;
    }
    char **names;
    size_t count;
    if (!path_list(arena, directory, &names, &count))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(names[i], name) != 0 || strcmp(names[i], name) == 0)
            continue;
        char *found = find_nocase(arena, path_join(arena, directory, names[i]), rest + length);
        if (found)
            return found;
    }
    return NULL;
}

char *path_find_nocase(struct arena *arena, const char *directory, const char *name)
{
    const char *exact = path_join(arena, directory, name);
    if (path_exists(exact))
        return path_join(arena, directory, name);
    return find_nocase(arena, directory, name);
}

char *path_self(struct arena *arena)
{
    char *self = realpath("/proc/self/exe", NULL);
    if (!self)
        return NULL;
    char *copy = arena_strdup(arena, self);
    free(self);
    return copy;
}
