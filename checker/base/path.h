/* File names. Both separators are understood on input; results use '/'. */
#ifndef DRVLINT_BASE_PATH_H
#define DRVLINT_BASE_PATH_H

#include "base/arena.h"

/* directory + "/" + name, or name alone if it is absolute (also "C:/..."). Backslashes become '/'. */
char *path_join(struct arena *arena, const char *directory, const char *name);
/* Everything before the last separator; "." if there is none. */
char *path_directory(struct arena *arena, const char *path);
/* The part behind the last separator; points into `path`. */
const char *path_base(const char *path);
/* The extension with its dot, or "" ; points into `path`. */
const char *path_extension(const char *path);
/* Removes "." and inner ".." without looking at the file system. */
char *path_normalize(struct arena *arena, const char *path);
/* `path` made absolute with the current directory and normalized. NULL if there is no current directory. */
char *path_absolute(struct arena *arena, const char *path);
/* `path` seen from `directory` if it lies below it, else `path` itself. Both absolute. */
const char *path_relative(const char *path, const char *directory);
/* The same, also for what lies beside it or above: "../x.c". `path` itself if the two have nothing in
 * common but the root or the drive. */
const char *path_seen_from(struct arena *arena, const char *path, const char *directory);
bool path_exists(const char *path);
bool path_is_directory(const char *path);
/* Finds `name` (may have directories) below `directory`, ignoring case in every component, as
 * Windows does. NULL if there is no such file. An exact match wins; else the first in byte order. */
char *path_find_nocase(struct arena *arena, const char *directory, const char *name);
/* Names in a directory, sorted by bytes, without "." and "..". false if it cannot be read (errno). */
bool path_list(struct arena *arena, const char *directory, char ***ret_names, size_t *ret_count);
/* The path of the running program, or NULL. */
char *path_self(struct arena *arena);

#endif
