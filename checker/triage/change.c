/* Which lines a revision does not have, as git tells it, and which paths run over them. */
#include "triage/internal.h"

#include "base/file.h"
#include "base/path.h"
#include "base/process.h"

#include <stdlib.h>
#include <string.h>

/* ---- what git says -------------------------------------------------------------------------- */

static struct process_result git(struct arena *arena, const char *directory,
                                 const char *const *words)
{
    VEC(const char *) argv = {0};
    vec_push(arena, &argv, "git");
    vec_push(arena, &argv, "-C");
    vec_push(arena, &argv, directory);
    for (; *words; words++)
        vec_push(arena, &argv, *words);
    vec_push(arena, &argv, NULL);
    return process_run(arena, argv.items, NULL, 0);
}

static const char *first_line(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strcspn(text, "\r\n"));
}

/* The file of a line "+++ b/NAME": quoted as in C if it has odd characters, with a tab behind if it
 * has blanks. NULL: the file is gone. */
static const char *new_file(struct arena *arena, const char *root, const char *line, size_t length)
{
    char *name = arena_strndup(arena, line, length), *out = name;
    const char *in = name;
    bool quoted = *in == '"';
    for (in += quoted; *in && *in != '\t' && !(quoted && *in == '"'); in++) {
        static const char codes[] = "abtnvfr", meant[] = "\a\b\t\n\v\f\r";
        if (!quoted || *in != '\\' || !in[1]) {
            *out++ = *in;
            continue;
        }
        in++;
        const char *code = strchr(codes, *in);
        if (*in >= '0' && *in <= '3' && in[1] && in[2]) {
            *out++ = (char)((in[0] - '0') << 6 | (in[1] - '0') << 3 | (in[2] - '0'));
            in += 2;
        } else {
            *out++ = code ? meant[code - codes] : *in;
        }
    }
    *out = '\0';
    return strncmp(name, "b/", 2) == 0 ? path_join(arena, root, name + 2) : NULL;
}

static void add_file(struct arena *arena, struct changes *changes, const char *file, bool whole)
{
    vec_push(arena, &changes->files, (struct changed_file){.file = file, .whole = whole});
}

/* "@@ -3,2 +5 @@": two lines from 3 on became one, 5. Lines that are gone leave the two beside the
 * place where they were. Returns how many lines of text follow. */
static size_t read_hunk(struct arena *arena, const char *at, struct changed_file *file)
{
    char *end;
    unsigned long was = 1, is = 1, first;
    strtoul(at + strlen("@@ -"), &end, 10);
    if (*end == ',')
        was = strtoul(end + 1, &end, 10);
    first = strtoul(end + strspn(end, " +"), &end, 10);
    if (*end == ',')
        is = strtoul(end + 1, &end, 10);
    if (file)
        vec_push(arena, &file->spans,
                 (struct span){(uint32_t)first, (uint32_t)(is ? first + is - 1 : first + 1)});
    return was + is;
}

void changes_read(struct arena *arena, const char *root, const char *diff, size_t length,
                  struct changes *changes)
{
    const char *end = diff + length;
    struct changed_file *file = NULL;
    for (size_t text = 0; diff < end;) {
        const char *stop = memchr(diff, '\n', (size_t)(end - diff));
        size_t size = (size_t)((stop ? stop : end) - diff);
        if (text > 0) { /* may look like anything */
            text -= *diff != '\\'; /* "\ No newline at end of file" */
        } else if (strncmp(diff, "+++ ", 4) == 0) {
            const char *name = new_file(arena, root, diff + 4, size - 4);
            file = NULL;
            if (name) {
                add_file(arena, changes, name, false);
                file = &vec_last(&changes->files);
            }
        } else if (strncmp(diff, "@@ -", 4) == 0) {
            text = read_hunk(arena, diff, file);
        }
        diff += size + (stop != NULL);
    }
}

/* Files that git does not have yet, but would take. */
static void read_untracked(struct arena *arena, const char *root, struct changes *changes)
{
    static const char *const ask[] = {"ls-files", "-z", "--others", "--exclude-standard", NULL};
    struct process_result names = git(arena, root, ask);
    const char *end = names.output + names.output_length;
    for (const char *name = names.output; names.status == 0 && name < end; name += strlen(name) + 1)
        add_file(arena, changes, path_join(arena, root, name), true);
}

/* The commit that a name means, NULL after saying why there is none. *ret_first: nothing was ever
 * committed, and all that is there is a change. */
static const char *find_commit(struct arena *arena, const char *root, const char *revision,
                               bool *ret_first, struct diag *diag)
{
    const char *const ask[] = {"rev-parse", "-q", "--verify",
                               arena_printf(arena, "%s^{commit}", revision), NULL};
    struct process_result found = {.status = 1};
    if (revision[0] != '-')
        found = git(arena, root, ask);
    *ret_first = found.status != 0 && strcmp(revision, "HEAD") == 0;
    if (found.status == 0 || *ret_first)
        return found.status == 0 ? first_line(arena, found.output) : NULL;
    diag_error(diag, place_none(),
               "git does not know the revision '%s'; a shallow clone has only the last ones",
               revision);
    return NULL;
}

/* Sets *ret_first instead of reading if nothing was ever committed. */
static bool read_changes(struct arena *arena, const char *directory, const char *revision,
                         struct changes *ret_changes, bool *ret_first, struct diag *diag)
{
    static const char *const top[] = {"rev-parse", "--show-toplevel", NULL};
    struct process_result found = git(arena, directory, top);
    if (found.status != 0)
        return diag_error(diag, place_none(), "--since needs a git checkout around '%s' (%s)",
                          directory,
                          found.status < 0 ? strerror(found.error)
                                           : first_line(arena, found.errors));
    const char *root = first_line(arena, found.output);
    const char *commit = find_commit(arena, root, revision, ret_first, diag);
    if (!commit)
        return *ret_first;
    /* Whatever the user's configuration says. */
    const char *const ask[] = {"-c", "core.quotePath=false", "-c", "diff.relative=false", "diff",
                               "--no-color", "--no-ext-diff", "--no-textconv", "--text",
                               "--find-renames", "--unified=0", "--inter-hunk-context=0",
                               "--submodule=short", "--src-prefix=a/", "--dst-prefix=b/", commit,
                               "--", NULL};
    struct process_result diff = git(arena, root, ask);
    if (diff.status != 0)
        return diag_error(diag, place_none(), "cannot compare with '%s': %s", revision,
                          first_line(arena, diff.errors));
    changes_read(arena, root, diff.output, diff.output_length, ret_changes);
    read_untracked(arena, root, ret_changes);
    return true;
}

/* ---- paths ---------------------------------------------------------------------------------- */

/* The file's own name: links may lead to a checkout. Each is looked up once. */
static const char *real_name(struct arena *arena, struct changes *changes, const char *file)
{
    for (size_t i = 0; i < changes->names.len; i++)
        if (strcmp(changes->names.items[i].file, file) == 0)
            return changes->names.items[i].real;
    char *found = realpath(file, NULL);
    struct real_name name = {file, found ? arena_strdup(arena, found) : file};
    free(found);
    vec_push(arena, &changes->names, name);
    return name.real;
}

/* Whether lines `first` to `last` have a change. */
static bool is_changed(struct arena *arena, struct changes *changes, const char *file,
                       uint32_t first, uint32_t last)
{
    const char *real = real_name(arena, changes, file);
    for (size_t i = 0; i < changes->files.len; i++) {
        const struct changed_file *changed = &changes->files.items[i];
        if (strcmp(changed->file, real) != 0 && strcmp(changed->file, file) != 0)
            continue;
        if (changed->whole)
            return true;
        for (size_t k = 0; k < changed->spans.len; k++)
            if (changed->spans.items[k].first <= last && changed->spans.items[k].last >= first)
                return true;
    }
    return false;
}

/* The first line of the function around a place, or its own line. */
static uint32_t function_begin(const struct triage_sources *sources, const struct place *place)
{
    for (size_t i = 0; i < sources->functions.len; i++) {
        const struct extent *extent = &sources->functions.items[i];
        if (extent->first <= place->line && place->line <= extent->last &&
            strcmp(extent->file, place->file) == 0)
            return extent->first;
    }
    return place->line;
}

static bool is_same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* The step before in the same run of the same function, or NULL. A call's own step is its caller's. */
static const struct step *step_before(const struct finding *finding, size_t i)
{
    const struct step *step = &finding->steps.items[i];
    while (i-- > 0) {
        const struct step *before = &finding->steps.items[i];
        if (before->depth < step->depth || before->kind == STEP_LEAVE)
            return NULL;
        if (before->depth == step->depth)
            return before->kind != STEP_RETURN && is_same(before->function, step->function) &&
                           is_same(before->place.file, step->place.file)
                       ? before
                       : NULL;
        /* Deeper ones are what was called in between. */
    }
    return NULL;
}

bool changes_touch(struct arena *arena, struct changes *changes,
                   const struct triage_sources *sources, const struct finding *finding)
{
    const struct place *at = &finding->place;
    if (at->file && is_changed(arena, changes, at->file, at->line, at->line))
        return true;
    for (size_t i = 0; i < finding->related.len; i++) {
        at = &finding->related.items[i].place;
        if (at->file && is_changed(arena, changes, at->file, at->line, at->line))
            return true;
    }
    for (size_t i = 0; i < finding->steps.len; i++) {
        at = &finding->steps.items[i].place;
        const struct step *before = step_before(finding, i);
        uint32_t from = before ? before->place.line : at->file ? function_begin(sources, at) : 0;
        uint32_t first = from < at->line ? from : at->line, last = from + at->line - first;
        if (at->file && is_changed(arena, changes, at->file, first, last))
            return true;
    }
    return false;
}

/* git knows the file only; where the lines of the other text are in it nobody does. */
static bool is_other_text(struct arena *arena, const struct unsaved_file *file)
{
    struct diag ignored;
    char *text;
    size_t length;
    diag_init(&ignored, arena);
    return !file_read(file->path, arena, &text, &length, &ignored) || length != file->length ||
           memcmp(text, file->text, length) != 0;
}

bool triage_since(struct arena *arena, const char *directory, const char *revision,
                  const struct triage_sources *sources, struct results *results, struct diag *diag)
{
    struct changes changes = {0};
    bool first = false;
    if (!read_changes(arena, directory, revision, &changes, &first, diag))
        return false;
    for (size_t i = 0; results->unsaved && i < results->unsaved->items.len; i++)
        if (is_other_text(arena, &results->unsaved->items.items[i]))
            add_file(arena, &changes, results->unsaved->items.items[i].path, true);
    size_t count;
    struct finding **findings = triage_findings(results, arena, &count);
    for (size_t i = 0; i < count && !first; i++)
        if (!changes_touch(arena, &changes, sources, findings[i]))
            findings[i]->baseline = BASELINE_UNCHANGED;
    return true;
}
