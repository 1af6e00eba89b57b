/* What a revision's findings are is found out by checking that revision: a line that was removed,
 * or changed far from where a rule is broken, makes a finding new as much as one that was added. */
#include "cli/since.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/path.h"
#include "base/process.h"
#include "cli/serve.h"

#include <string.h>
#include <unistd.h>

typedef VEC(const char *) words;

static const char *option(struct arena *arena, const char *name, const char *value)
{
    return arena_printf(arena, "%s=%s", name, value);
}

/* Whether an input or flag leads to the same place in every copy of the checkout. */
static bool is_absolute(const struct cli *cli)
{
    for (size_t i = 0; i < cli->inputs.len; i++)
        if (cli->inputs.items[i][0] == '/')
            return true;
    return false;
}

static bool has_inputs(struct arena *arena, const struct cli *cli, const char *directory)
{
    for (size_t i = 0; i < cli->inputs.len; i++)
        if (!path_exists(path_join(arena, directory, cli->inputs.items[i])))
            return false;
    return true;
}

/* The first line of what a program said. */
static const char *first_line(struct arena *arena, const char *text)
{
    text += strncmp(text, "error: ", 7) == 0 ? 7 : 0;
    return arena_strndup(arena, text, strcspn(text, "\r\n"));
}

/* Writes the files of the revision below `copy`. */
static bool extract(struct arena *arena, const char *root, const char *revision, const char *copy,
                    struct diag *diag)
{
    const char *archive = path_join(arena, copy, ".tar");
    const char *const pack[] = {
        "git",    "-C", root, "archive", "--format=tar", option(arena, "--output", archive),
        revision, NULL};
    const char *const unpack[] = {"tar", "-xf", archive, "-C", copy, NULL};
    const char *const *const commands[] = {pack, unpack};
    if (revision[0] == '-')
        return diag_error(diag, place_none(), "'%s' is no revision", revision);
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        struct process_result result = process_run(arena, commands[i], NULL, 0);
        if (result.status != 0)
            return diag_error(diag, place_none(), "cannot get the sources of '%s': %s: %s",
                              revision, commands[i][0],
                              result.status < 0 ? strerror(result.error)
                                                : first_line(arena, result.errors));
    }
    return true;
}

static words command(struct arena *arena, const char *self, const struct cli *cli, const char *root,
                     const char *directory)
{
    words argv = {0};
    vec_push(arena, &argv, self);
    vec_push(arena, &argv, "baseline");
    vec_push(arena, &argv, option(arena, "--directory", directory));
    vec_push(arena, &argv, option(arena, "--outside", root));
    for (const char *const *word = cli_check_options(arena, cli); *word; word++)
        vec_push(arena, &argv, *word);
    if (cli->isolated)
        vec_push(arena, &argv, "--isolated");
    for (size_t i = 0; i < cli->inputs.len; i++)
        vec_push(arena, &argv, cli->inputs.items[i]);
    vec_push(arena, &argv, "--");
    for (size_t i = 0; i < cli->flags.len; i++)
        vec_push(arena, &argv, cli->flags.items[i]);
    vec_push(arena, &argv, NULL);
    return argv;
}

/* Checks the copy. Exit statuses other than 2 are verdicts. */
static bool run(struct arena *arena, const char *self, const struct cli *cli, const char *root,
                const char *directory, const char **ret_text, size_t *ret_length, struct diag *diag)
{
    words argv = command(arena, self, cli, root, directory);
    struct process_result result = process_run(arena, argv.items, NULL, 0);
    if (result.status < 0 || result.status == 2 || result.status > 3)
        return diag_error(diag, place_none(), "cannot check '%s': %s", cli->new_since,
                          result.status < 0 ? strerror(result.error)
                                            : first_line(arena, result.errors));
    *ret_text = result.output;
    *ret_length = result.output_length;
    return true;
}

/* It has the same place in every run, because what the cache has is about files at their places. */
static char *make_copy(struct arena *arena, const char *root, struct diag *diag)
{
    struct digest digest = {0};
    digest_text(&digest, root);
    digest_number(&digest, geteuid());
    const char *name =
        arena_printf(arena, "drvlint-since.%s", digest_hex(arena, digest_value(&digest)));
    return file_temporary_place(arena, name, diag);
}

/* Before the first commit there is no HEAD: what a hook compares with it is all new. */
static bool has_nothing(struct arena *arena, const char *root, const char *revision)
{
    const char *const ask[] = {"git", "-C", root, "rev-parse", "-q", "--verify", "HEAD", NULL};
    return strcmp(revision, "HEAD") == 0 && process_run(arena, ask, NULL, 0).status == 1;
}

bool since_baseline(struct arena *arena, const char *self, const struct cli *cli,
                    const char *directory, const char **ret_text, size_t *ret_length,
                    struct diag *diag)
{
    const char *const ask[] = {"git", "-C", directory, "rev-parse", "--show-toplevel", NULL};
    struct process_result top = process_run(arena, ask, NULL, 0);
    const char *root = first_line(arena, top.output);
    if (top.status != 0)
        return diag_error(diag, place_none(), "--new-since needs a git checkout around '%s'",
                          directory);
    if (is_absolute(cli))
        return diag_error(diag, place_none(),
                          "--new-since needs inputs that are relative to the working directory");
    const char *below = path_relative(directory, root);
    if (below == directory && strcmp(directory, root) != 0)
        return diag_error(diag, place_none(), "--new-since cannot find '%s' in the checkout '%s'",
                          directory, root);
    *ret_text = NULL;
    if (has_nothing(arena, root, cli->new_since))
        return true;
    char *copy = make_copy(arena, root, diag);
    if (!copy)
        return false;
    const char *there = below == directory ? copy : path_join(arena, copy, below);
    bool ok = extract(arena, root, cli->new_since, copy, diag);
    if (ok && has_inputs(arena, cli, there))
        ok = run(arena, self, cli, root, there, ret_text, ret_length, diag);
    file_remove_tree(copy);
    return ok;
}
