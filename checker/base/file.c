#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Reads until the end; the size that stat tells is only a hint. */
static bool read_all(int fd, struct arena *arena, char **ret_text, size_t *ret_length)
{
    struct stat info;
    if (fstat(fd, &info) < 0)
        return false;
    VEC(char) text = {0};
    vec_reserve(arena, &text, (size_t)(info.st_size > 0 ? info.st_size : 0) + 2);
    for (;;) {
        if (text.len + 1 >= text.cap)
            vec_reserve(arena, &text, text.cap * 2);
        ssize_t got = read(fd, text.items + text.len, text.cap - text.len - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        text.len += (size_t)got;
    }
    text.items[text.len] = '\0';
    *ret_text = text.items;
    *ret_length = text.len;
    return true;
}

bool file_read(const char *path, struct arena *arena, char **ret_text, size_t *ret_length,
               struct diag *diag)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && read_all(fd, arena, ret_text, ret_length);
    int error = errno;
    if (fd >= 0)
        close(fd);
    if (!ok)
        return diag_error(diag, place_none(), "cannot read '%s': %s", path, strerror(error));
    return true;
}

bool file_read_input(struct arena *arena, char **ret_text, size_t *ret_length, struct diag *diag)
{
    return read_all(STDIN_FILENO, arena, ret_text, ret_length) ||
           diag_error(diag, place_none(), "cannot read the standard input: %s", strerror(errno));
}

const struct unsaved_file *unsaved_find(const struct unsaved_files *unsaved, const char *path)
{
    for (size_t i = 0; unsaved && i < unsaved->items.len; i++)
        if (strcmp(unsaved->items.items[i].path, path) == 0)
            return &unsaved->items.items[i];
    return NULL;
}

bool unsaved_read(const struct unsaved_files *unsaved, const char *path, struct arena *arena,
                  char **ret_text, size_t *ret_length, struct diag *diag)
{
    const struct unsaved_file *file = unsaved_find(unsaved, path);
    if (!file)
        return file_read(path, arena, ret_text, ret_length, diag);
    *ret_text = arena_strndup(arena, file->text, file->length);
    *ret_length = file->length;
    return true;
}

static bool write_all(int fd, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t put = write(fd, data, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        data += put;
        length -= (size_t)put;
    }
    return true;
}

/* The mode that open() would have given a new file; mkstemp() gives 0600. umask cannot be read
 * without setting it, which other threads would see. */
static mode_t mode_beside(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? info.st_mode & 0777 : 0644;
}

bool file_write(const char *path, const void *data, size_t length, struct diag *diag)
{
    struct stat info;
    bool special = stat(path, &info) == 0 && !S_ISREG(info.st_mode);
    char *name = arena_printf(diag->arena, special ? "%s" : "%s.XXXXXX", path);
    /* A device or a pipe has no "beside": it is written where it is. */
    int fd = special ? open(path, O_WRONLY | O_CLOEXEC) : mkostemp(name, O_CLOEXEC);
    bool ok = fd >= 0 && write_all(fd, data, length);
    if (ok && !special)
        ok = fchmod(fd, mode_beside(path)) == 0;
    int error = errno;
    if (fd >= 0 && close(fd) < 0 && ok) {
        error = errno;
        ok = false;
    }
    if (ok && !special && rename(name, path) < 0) {
        error = errno;
        ok = false;
    }
    if (ok)
        return true;
    if (fd >= 0 && !special)
        unlink(name);
    return diag_error(diag, place_none(), "cannot write '%s': %s", path, strerror(error));
}

static const char *temporary_parent(void)
{
    const char *parent = getenv("TMPDIR");
    return parent && *parent ? parent : "/tmp";
}

char *file_temporary_directory(struct arena *arena, struct diag *diag)
{
    const char *parent = temporary_parent();
    char *name = arena_printf(arena, "%s/drvlint.XXXXXX", parent);
    if (mkdtemp(name))
        return name;
    diag_error(diag, place_none(), "cannot make a temporary directory in '%s': %s", parent,
               strerror(errno));
    return NULL;
}

char *file_temporary_place(struct arena *arena, const char *name, struct diag *diag)
{
    enum { DAY = 24 * 60 * 60 };
    struct stat info;
    char *path = arena_printf(arena, "%s/%s", temporary_parent(), name);
    if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode) && info.st_mtim.tv_sec + DAY < time(NULL))
        file_remove_tree(path);
    return mkdir(path, 0700) == 0 ? path : file_temporary_directory(arena, diag);
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *walk)
{
    (void)info, (void)kind, (void)walk;
    remove(path);
    return 0;
}

void file_remove_tree(const char *directory)
{
    nftw(directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}
