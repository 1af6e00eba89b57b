/* Whole files, and texts that stand in for them. */
#ifndef DRVLINT_BASE_FILE_H
#define DRVLINT_BASE_FILE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/vec.h"

/* Reads a whole file; *ret_text has a final NUL that does not count in *ret_length. On failure says
 * why ("cannot read 'x': Permission denied") and returns false. */
bool file_read(const char *path, struct arena *arena, char **ret_text, size_t *ret_length,
               struct diag *diag);

/* The same with the standard input, up to its end. */
bool file_read_input(struct arena *arena, char **ret_text, size_t *ret_length, struct diag *diag);

/* A text that is read in a file's place: what an editor has and did not save yet. */
struct unsaved_file {
    const char *path; /* absolute and normalized */
    const char *text; /* has a NUL behind its `length` bytes */
    size_t length;
};

struct unsaved_files {
    VEC(struct unsaved_file) items; /* one per path at most */
};

/* The text in the file's place, or NULL. `unsaved` may be NULL: there are none. */
const struct unsaved_file *unsaved_find(const struct unsaved_files *unsaved, const char *path);

/* file_read(), but for a text in the file's place; then a copy of that. */
bool unsaved_read(const struct unsaved_files *unsaved, const char *path, struct arena *arena,
                  char **ret_text, size_t *ret_length, struct diag *diag);

/* Writes the file beside its place and renames it, so that no reader ever sees half of it. */
bool file_write(const char *path, const void *data, size_t length, struct diag *diag);

/* Makes a new empty directory for temporary files, removed by file_remove_tree(). */
char *file_temporary_directory(struct arena *arena, struct diag *diag);
/* The same with that name, or with another one while another process has it. One that is a day old
 * was left by a process that was killed; it is removed. */
char *file_temporary_place(struct arena *arena, const char *name, struct diag *diag);

void file_remove_tree(const char *directory);

#endif
