/* #include as Windows resolves it: names without regard to case, backslashes, and files that only a
 * Windows build would have generated.
 *
 * clang turns backslashes into slashes itself. For the rest, the includes of all sources are read
 * before clang runs, and the ones that it would miss are put into an overlay of the file system:
 * usually none, and then nothing is written and nothing costs time. Conditions are not evaluated;
 * an entry for an include that is not reached does no harm. */
#include "frontend/internal.h"

#include "base/file.h"
#include "base/path.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST_INCLUDE = 200 }; /* as clang's limit */

struct directory {
    char **names; /* sorted without regard to case, then by bytes */
    size_t count;
};

/* The directories whose files include one another, innermost first: "..." is searched in all of
 * them, as the Microsoft compiler does. */
struct includer {
    const char *directory; /* as clang knows it, from the names in #includes */
    const struct includer *parent;
    unsigned depth;
};

/* A file that an #include leads to. */
struct found {
    const char *path; /* as clang will call it; normalized */
    const char *real; /* as the system does */
    bool own;         /* of the pack or of clang */
};

struct scan {
    struct arena *arena;
    struct interner names;
    struct map directories;  /* interned path -> struct directory *, or 0 if there is none */
    struct map visited;      /* of files, for the current search path */
    struct map redirections; /* interned path that clang tries -> interned path of the file */
    const struct search_path *search;
    const struct unsaved_files *unsaved;
    struct include_map *result;
    struct wpp wpp;
    struct mof mof;
    struct map classes_read; /* interned directories whose *.mof files have been read */
};

static uint64_t key_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

static const char *text_of(uint64_t key)
{
    return (const char *)(uintptr_t)key;
}

/* -- directories -- */

static int compare_nocase(const void *a, const void *b)
{
    const char *left = *(char *const *)a, *right = *(char *const *)b;
    int order = strcasecmp(left, right);
    return order ? order : strcmp(left, right);
}

/* The name in `directory` that is `name` but for case; an exact match wins. NULL if none. */
static const char *directory_find(const struct directory *directory, const char *name)
{
    size_t low = 0, high = directory->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcasecmp(directory->names[middle], name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const char *found = NULL;
    for (size_t i = low; i < directory->count && !strcasecmp(directory->names[i], name); i++)
        if (!found || !strcmp(directory->names[i], name))
            found = directory->names[i];
    return found;
}

static const char *real_path(struct scan *scan, const char *path);

/* The directory of that normalized path, or NULL. *ret_path is how the system writes it. */
static const struct directory *directory_of(struct scan *scan, const char *path,
                                            const char **ret_path)
{
    path = intern(&scan->names, path);
    *ret_path = path;
    uint64_t *known = map_get(&scan->directories, key_of(path));
    if (known)
        return (const struct directory *)(uintptr_t)*known;
    struct directory *directory = arena_new(scan->arena, struct directory);
    if (path_list(scan->arena, path, &directory->names, &directory->count)) {
        if (directory->count)
            qsort(directory->names, directory->count, sizeof(char *), compare_nocase);
    } else {
        const char *real = strcmp(path, "/") ? real_path(scan, path) : NULL;
        directory = NULL;
        if (real && strcmp(real, path)) {
            *ret_path = real;
            return directory_of(scan, real, ret_path);
        }
    }
    map_set(&scan->directories, scan->arena, key_of(path), key_of(directory));
    return directory;
}

/* The file or directory that Windows would take for a normalized absolute path, or NULL. */
static const char *real_path(struct scan *scan, const char *path)
{
    const char *base = path_base(path);
    if (base == path)
        return NULL;
    const char *parent;
    const struct directory *directory =
        directory_of(scan, path_directory(scan->arena, path), &parent);
    const char *name = directory ? directory_find(directory, base) : NULL;
    return name ? path_join(scan->arena, parent, name) : NULL;
}

/* -- search -- */

static bool try_directory(struct scan *scan, const char *directory, const char *name,
                          struct found *ret_found)
{
    const char *path =
        intern(&scan->names, path_normalize(scan->arena, path_join(scan->arena, directory, name)));
    const char *real = real_path(scan, path);
    if (!real)
        return false;
    real = intern(&scan->names, real);
    if (real != path)
        map_set(&scan->redirections, scan->arena, key_of(path), key_of(real));
    *ret_found = (struct found){.path = path, .real = real};
    return true;
}

/* Where an include leads. */
static bool search(struct scan *scan, const char *name, bool quoted, const struct includer *from,
                   struct found *ret_found)
{
    const struct search_path *path = scan->search;
    for (const struct includer *i = quoted ? from : NULL; i; i = i->parent)
        if (try_directory(scan, i->directory, name, ret_found))
            return true;
    for (size_t i = 0; quoted && i < path->quoted.len; i++)
        if (try_directory(scan, path->quoted.items[i], name, ret_found))
            return true;
    for (size_t i = 0; i < path->angled.len; i++) {
        if (!try_directory(scan, path->angled.items[i], name, ret_found))
            continue;
        ret_found->own = i >= path->own;
        return true;
    }
    return false;
}

/* -- reading files -- */

struct cursor {
    const char *text, *at, *end;
    uint32_t line;
};

static void skip_blanks(struct cursor *c)
{
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t'))
        c->at++;
}

static bool word(struct cursor *c, const char *ret_start[1], size_t *ret_length)
{
    const char *start = c->at;
    while (c->at < c->end && (isalnum((unsigned char)*c->at) || *c->at == '_'))
        c->at++;
    *ret_start = start;
    *ret_length = (size_t)(c->at - start);
    return *ret_length > 0;
}

/* "name" or <name> on this line. */
static const char *header_name(struct scan *scan, struct cursor *c, bool *ret_quoted)
{
    skip_blanks(c);
    if (c->at == c->end || (*c->at != '"' && *c->at != '<'))
        return NULL;
    char close = *c->at == '<' ? '>' : '"';
    const char *start = ++c->at;
    while (c->at < c->end && *c->at != close && *c->at != '\n')
        c->at++;
    if (c->at == c->end || *c->at != close || c->at == start)
        return NULL;
    *ret_quoted = close == '"';
    return arena_strndup(scan->arena, start, (size_t)(c->at - start));
}

static void read_file(struct scan *scan, const struct found *file, const struct includer *parent);

static void read_classes(struct scan *scan, const char *path)
{
    const char *real;
    const struct directory *directory =
        directory_of(scan, path_normalize(scan->arena, path), &real);
    uint64_t *read = map_slot(&scan->classes_read, scan->arena, key_of(intern(&scan->names, real)));
    if (!directory || *read)
        return;
    *read = 1;
    struct diag ignored; /* the file may not concern us */
    diag_init(&ignored, scan->arena);
    for (size_t i = 0; i < directory->count; i++) {
        const char *name = directory->names[i];
        char *bytes;
        size_t length;
        if (!strcasecmp(path_extension(name), ".mof") &&
            unsaved_read(scan->unsaved, path_join(scan->arena, real, name), scan->arena, &bytes,
                         &length, &ignored))
            mof_read(scan->arena, &scan->mof, name, bytes, length);
    }
}

/* The *.mof files beside the files that include one another, and in the user's search path. */
static void read_all_classes(struct scan *scan, const struct includer *from)
{
    for (const struct includer *i = from; i; i = i->parent)
        read_classes(scan, i->directory);
    for (size_t i = 0; i < scan->search->own; i++)
        read_classes(scan, scan->search->angled.items[i]);
}

static void missing(struct scan *scan, const struct includer *from, const char *file, uint32_t line,
                    const char *name, bool quoted)
{
    const struct search_path *path = scan->search;
    const char *directory = quoted ? from->directory : vec_last(&path->angled);
    const char *tried = path_normalize(scan->arena, path_join(scan->arena, directory, name));
    enum stub_kind kind = STUB_EMPTY;
    if (!strcasecmp(path_extension(name), ".tmh")) {
        kind = STUB_TRACED;
    } else {
        read_all_classes(scan, from);
        kind = mof_makes(&scan->mof, name) ? STUB_CLASSES : STUB_EMPTY;
    }
    /* Their numbers are no paths; write_overlay() gives them those of the stubs. */
    map_set(&scan->redirections, scan->arena, key_of(intern(&scan->names, tried)), kind);
    vec_push(scan->arena, &scan->result->missing,
             (struct missing_include){.file = file, .line = line, .name = name, .kind = kind});
}

static void follow(struct scan *scan, const struct includer *from, const char *file, uint32_t line,
                   const char *name, bool quoted, bool certain)
{
    struct found found;
    if (search(scan, name, quoted, from, &found)) {
        if (!found.own)
            read_file(scan, &found, from);
    } else if (certain) {
        missing(scan, from, file, line, name, quoted);
    }
}

/* A directive behind its '#'. `#define HEADER "x.h"` may be included by name. */
static void read_directive(struct scan *scan, struct cursor *c, const char *file,
                           const struct includer *from)
{
    const char *start;
    size_t length;
    bool quoted;
    skip_blanks(c);
    if (!word(c, &start, &length))
        return;
    bool include = length == 7 && !memcmp(start, "include", 7);
    bool define = length == 6 && !memcmp(start, "define", 6);
    if (!include && !define)
        return;
    if (define) {
        skip_blanks(c);
        if (!word(c, &start, &length))
            return;
    }
    const char *name = header_name(scan, c, &quoted);
    if (name && (include || !strcasecmp(path_extension(name), ".h")))
        follow(scan, from, file, c->line, name, quoted, include);
}

/* True if only blanks lie between `at` and the start of its line. */
static bool starts_line(const struct cursor *c, const char *at)
{
    while (at > c->text && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at == c->text || at[-1] == '\n';
}

static void read_text(struct scan *scan, const char *file, const char *text, size_t length,
                      const struct includer *from)
{
    static const char mark[] = "\xef\xbb\xbf"; /* of UTF-8 */
    if (length >= strlen(mark) && !memcmp(text, mark, strlen(mark))) {
        text += strlen(mark);
        length -= strlen(mark);
    }
    struct cursor c = {.text = text, .at = text, .end = text + length, .line = 1};
    const char *counted = text;
    while (c.at < c.end && (c.at = memchr(c.at, '#', (size_t)(c.end - c.at)))) {
        const char *hash = c.at++;
        if (!starts_line(&c, hash))
            continue;
        for (; counted < hash; counted++)
            c.line += *counted == '\n';
        read_directive(scan, &c, file, from);
    }
    wpp_read(scan->arena, &scan->wpp, text, length);
}

static void read_file(struct scan *scan, const struct found *file, const struct includer *parent)
{
    uint64_t *visited = map_slot(&scan->visited, scan->arena, key_of(file->path));
    if (*visited || (parent && parent->depth >= DEEPEST_INCLUDE))
        return;
    *visited = 1;
    struct diag ignored; /* clang says what is wrong with the file */
    diag_init(&ignored, scan->arena);
    char *text;
    size_t length;
    if (!unsaved_read(scan->unsaved, file->real, scan->arena, &text, &length, &ignored))
        return;
    struct includer self = {.directory = path_directory(scan->arena, file->path),
                            .parent = parent,
                            .depth = parent ? parent->depth + 1 : 0};
    read_text(scan, file->real, text, length, &self);
}

static bool same_strings(const strings *a, const strings *b)
{
    if (a->len != b->len)
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (strcmp(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool same_path(const struct search_path *a, const struct search_path *b)
{
    return same_strings(&a->quoted, &b->quoted) && same_strings(&a->angled, &b->angled);
}

static void read_source(struct scan *scan, const struct setup *setup, const struct source *source)
{
    struct search_path *path = arena_new(scan->arena, struct search_path);
    search_path_of(scan->arena, setup, source, path);
    /* A header that sources with the same search path share is read once. */
    if (!scan->search || !same_path(scan->search, path))
        scan->visited = (struct map){0};
    scan->search = path;
    struct includer base = {.directory = source->directory ? source->directory : "."};
    for (size_t i = 0; i < path->forced.len; i++)
        follow(scan, &base, NULL, 0, path->forced.items[i], true, false);
    const char *main_file = intern(&scan->names, path_normalize(scan->arena, source->path));
    read_file(scan, &(struct found){.path = main_file, .real = main_file}, NULL);
}

/* -- the overlay -- */

static bool write_text(const char *path, const char *text, struct diag *diag)
{
    return file_write(path, text, strlen(text), diag);
}

static bool write_overlay(struct scan *scan, struct run *run, struct diag *diag)
{
    const char *directory = run_directory(run, scan->arena, diag);
    if (!directory)
        return false;
    struct include_map *map = scan->result;
    static const char *const names[STUB_KINDS] = {"missing.h", "missing.tmh", "classes.h"};
    const char *contents[STUB_KINDS] = {"", wpp_stub(scan->arena, &scan->wpp),
                                        mof_header(scan->arena, &scan->mof)};
    const char *file = path_join(scan->arena, directory, "overlay.json");
    for (size_t i = 0; i < STUB_KINDS; i++)
        map->stubs[i] = path_join(scan->arena, directory, names[i]);
    struct overlay overlay = {0};
    for (size_t i = 0; i < scan->redirections.len; i++) {
        const struct map_entry *entry = &scan->redirections.entries[i];
        bool is_stub = entry->value < STUB_KINDS;
        const char *real = is_stub ? map->stubs[entry->value] : text_of(entry->value);
        vec_push(scan->arena, &overlay.files,
                 (struct overlay_file){.path = text_of(entry->key), .contents = real});
    }
    bool ok = overlay_write(scan->arena, &overlay, file, diag);
    for (size_t i = 0; ok && i < STUB_KINDS; i++)
        ok = write_text(map->stubs[i], contents[i], diag);
    map->overlay = ok ? file : NULL;
    return ok;
}

bool include_map_build(struct run *run, struct diag *diag)
{
    struct scan scan = {.arena = &run->arena,
                        .unsaved = run->setup.options->unsaved,
                        .result = &run->setup.includes};
    interner_init(&scan.names, &run->arena);
    for (size_t i = 0; i < run->nworks; i++)
        read_source(&scan, &run->setup, run->works[i].source);
    return scan.redirections.len == 0 || write_overlay(&scan, run, diag);
}
