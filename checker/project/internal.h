/* What the files of project/ share. */
#ifndef DRVLINT_PROJECT_INTERNAL_H
#define DRVLINT_PROJECT_INTERNAL_H

#include "project/project.h"

typedef VEC(const char *) string_list;

enum flag_style {
    FLAGS_CLANG, /* written for drvlint: unknown options are clang's business and stay */
    FLAGS_GCC,   /* of some gcc or clang: only what decides the meaning of the source stays */
    FLAGS_CL,    /* of cl.exe or clang-cl: the same, translated to clang's spelling */
};

enum language { LANGUAGE_BY_EXTENSION, LANGUAGE_C, LANGUAGE_CXX };

struct flag_set {
    string_list flags; /* paths are absolute and arguments of their own: "-I", "/x/inc" */
    enum language language;
};

/* Appends the clang options that `args` stand for. Relative paths are below `directory`. */
void flags_take(struct arena *arena, struct flag_set *set, enum flag_style style,
                const char *directory, const char *const *args, size_t nargs);

/* The style of a compiler command by the name of its program. */
enum flag_style flags_style_of(const char *program);

/* True for options that are followed by a path of their own (-I, -include, ...). */
bool flag_has_path(const char *flag);

/* Splits a command line like a POSIX shell, or like the C start-up code of Windows. */
void command_split(struct arena *arena, const char *command, bool windows, string_list *args);

/* What kind of file a name says it is. */
bool name_is_source(const char *path);
bool name_is_header(const char *path);

/* `name` below `directory`, absolute; if there is no such file, one whose name differs in case
 * only; if there is none either, the name as it is. */
const char *locate(struct arena *arena, const char *directory, const char *name);

/* A directory tree: file names relative to its root, sorted by bytes. Hidden entries and symbolic
 * links to directories are passed over. */
struct tree {
    const char *root; /* absolute */
    string_list sources;
    string_list header_directories; /* that have a header; "" is the root */
};

bool tree_read(struct arena *arena, const char *root, struct tree *ret_tree, struct diag *diag);

/* '*' and '?' stay within a name, '**' and '/' do not; everything else stands for itself. */
bool glob_match(const char *pattern, const char *name);
bool glob_has_wildcard(const char *pattern);

/* Appends flags to those of the source, without language standards that are not its language's. */
void append_flags(struct arena *arena, struct source *source, const string_list *more);

/* Adds a source unless the project has it; takes the flags as they are. */
void add_source(struct arena *arena, struct project *project, const char *path,
                const char *directory, const struct flag_set *flags);

/* Adds the tree's source `name`, with the tree's header directories behind `flags`: those that are
 * nearer to the source come first. */
void add_tree_source(struct arena *arena, struct project *project, const struct tree *tree,
                     const char *name, const struct flag_set *flags);

/* Fill the project from a compile_commands.json or a drvlint.json. */
bool load_compile_commands(struct arena *arena, const char *file, struct project *project,
                           struct diag *diag);
bool load_config(struct arena *arena, const char *file, const struct project_choice *choice,
                 struct project *project, struct diag *diag);

/* Fill it from a project or a solution of Visual Studio. `file` is absolute. What a project names
 * and what is not there is left out with a warning. */
bool load_vcxproj(struct arena *arena, const char *file, const struct project_choice *choice,
                  struct project *project, struct diag *diag);
bool load_solution(struct arena *arena, const char *file, const struct project_choice *choice,
                   struct project *project, struct diag *diag);

/* Whether a name is that of such a file, and whichever of the two it is. */
bool is_visual_studio(const char *name);
bool load_visual_studio(struct arena *arena, const char *file, const struct project_choice *choice,
                        struct project *project, struct diag *diag);

#endif
