/* Whole files. */
#ifndef DRVLINT_BASE_FILE_H
#define DRVLINT_BASE_FILE_H

#include "base/arena.h"
#include "base/diag.h"

/* Reads a whole file; *ret_text has a final NUL that does not count in *ret_length. On failure says
 * why ("cannot read 'x': Permission denied") and returns false. */
bool file_read(const char *path, struct arena *arena, char **ret_text, size_t *ret_length,
               struct diag *diag);

/* Writes the file beside its place and renames it, so that no reader ever sees half of it. */
bool file_write(const char *path, const void *data, size_t length, struct diag *diag);

/* Makes a new empty directory for temporary files, removed by file_remove_tree(). */
char *file_temporary_directory(struct arena *arena, struct diag *diag);
void file_remove_tree(const char *directory);

#endif
