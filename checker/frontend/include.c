/* #include as Windows resolves it: names without regard to case, backslashes, and files that only a
 * Windows build would have generated.
 *
 * clang turns backslashes into slashes itself. For the rest, the includes of all sources are read
 * before clang runs, and the ones that it would miss are put into an overlay of the file system:
 * usually none, and then nothing is written and nothing costs time. Conditions are not evaluated;
 * an entry for an include that is not reached does no harm. */
#include "frontend/include.h"

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

/* The directories whose files include one another, innermost first and each once: "..." is searched
 * in all of them, as the Microsoft compiler does. A chain of the same directories is the same
 * object. The outermost has no directory: it is where a search path begins. */
struct includer {
    const char *directory; /* as clang knows it, from the names in #includes; interned */
    struct includer *parent;
    struct map children; /* by directory */
    struct map headers;  /* that are included from here: by path, struct header * */
};

/* A file that an #include leads to. */
struct found {
    const char *path; /* as clang will call it; normalized */
    const char *real; /* as the system does */
    bool own;         /* of the pack or of clang */
    bool clangs;      /* of clang */
};

struct scan {
    struct arena *arena;
    const struct setup *setup;
    bool whole;
    struct interner names;
    struct map directories;  /* interned path -> struct directory *, or 0 if there is none */
    struct map texts;        /* interned path -> struct include_text * */
    struct map visited;      /* of files, for the current search path */
    struct map redirections; /* interned path that clang tries -> interned path of the file */
    const struct search_path *search;
    struct includer *outermost; /* for the current search path */
    unsigned depth;
    VEC(struct missing_include) missing;
    struct wpp wpp;
    struct mof mof;
    struct map classes_read; /* interned directories whose *.mof files have been read */
    const char *stubs[STUB_KINDS];
};

static uint64_t key_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

static const char *text_of_key(uint64_t key)
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

/* -- chains of includers -- */

static struct includer *chain_child(struct scan *scan, struct includer *parent,
                                    const char *directory)
{
    uint64_t *slot = map_slot(&parent->children, scan->arena, key_of(directory));
    if (!*slot) {
        struct includer *child = arena_new(scan->arena, struct includer);
        child->directory = directory;
        child->parent = parent;
        *slot = key_of(child);
    }
    return (struct includer *)(uintptr_t)*slot;
}

static struct includer *chain_without(struct scan *scan, struct includer *chain,
                                      const char *directory)
{
    if (!chain->directory)
        return chain;
    if (chain->directory == directory)
        return chain->parent;
    return chain_child(scan, chain_without(scan, chain->parent, directory), chain->directory);
}

/* The chain with that directory innermost. */
static struct includer *chain_with(struct scan *scan, struct includer *chain, const char *directory)
{
    directory = intern(&scan->names, directory);
    if (chain->directory == directory)
        return chain;
    return chain_child(scan, chain_without(scan, chain, directory), directory);
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
    *ret_found = (struct found){.path = path, .real = intern(&scan->names, real)};
    return true;
}

/* Where an include leads. */
static bool search(struct scan *scan, const char *name, bool quoted, const struct includer *from,
                   struct found *ret_found)
{
    const struct search_path *path = scan->search;
    for (const struct includer *i = from; quoted && i->directory; i = i->parent)
        if (try_directory(scan, i->directory, name, ret_found))
            return true;
    for (size_t i = 0; quoted && i < path->quoted.len; i++)
        if (try_directory(scan, path->quoted.items[i], name, ret_found))
            return true;
    for (size_t i = 0; i < path->angled.len; i++) {
        if (!try_directory(scan, path->angled.items[i], name, ret_found))
            continue;
        ret_found->own = i >= path->own;
        ret_found->clangs = i + 1 == path->angled.len;
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
            unsaved_read(scan->setup->options->unsaved, path_join(scan->arena, real, name),
                         scan->arena, &bytes, &length, &ignored))
            mof_read(scan->arena, &scan->mof, name, bytes, length);
    }
}

/* The *.mof files beside the files that include one another, and in the user's search path. */
static void read_all_classes(struct scan *scan, const struct includer *from)
{
    for (const struct includer *i = from; i->directory; i = i->parent)
        read_classes(scan, i->directory);
    for (size_t i = 0; i < scan->search->own; i++)
        read_classes(scan, scan->search->angled.items[i]);
}

/* Has a stub stand in for the file; returns its path. */
static const char *missing(struct scan *scan, const struct includer *from, const char *file,
                           const struct directive *directive)
{
    const struct search_path *path = scan->search;
    const char *name = directive->name;
    const char *directory = directive->quoted ? from->directory : vec_last(&path->angled);
    const char *tried = path_normalize(scan->arena, path_join(scan->arena, directory, name));
    enum stub_kind kind = STUB_EMPTY;
    if (!strcasecmp(path_extension(name), ".tmh")) {
        kind = STUB_TRACED;
    } else {
        read_all_classes(scan, from);
        kind = mof_makes(&scan->mof, name) ? STUB_CLASSES : STUB_EMPTY;
    }
    /* Their numbers are no paths; write_overlay() gives them those of the stubs. */
    tried = intern(&scan->names, tried);
    map_set(&scan->redirections, scan->arena, key_of(tried), kind);
    vec_push(scan->arena, &scan->missing,
             (struct missing_include){
                 .file = file, .line = directive->line, .name = name, .kind = kind});
    return tried;
}

/* A directive behind its '#'. `#define HEADER "x.h"` may be included by name. */
static void read_directive(struct scan *scan, struct cursor *c, struct include_text *text)
{
    static const char *const others[] = {"include_next", "import", "embed"};
    const char *start;
    size_t length;
    struct directive directive = {.line = c->line};
    skip_blanks(c);
    if (!word(c, &start, &length))
        return;
    bool include = length == 7 && !memcmp(start, "include", 7);
    directive.define = length == 6 && !memcmp(start, "define", 6);
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        text->unusual |= length == strlen(others[i]) && !memcmp(start, others[i], length);
    if (!include && !directive.define)
        return;
    if (directive.define) {
        skip_blanks(c);
        if (!word(c, &start, &length))
            return;
    }
    directive.name = header_name(scan, c, &directive.quoted);
    if (directive.name && (include || !strcasecmp(path_extension(directive.name), ".h")))
        vec_push(scan->arena, &text->directives, directive);
    text->unusual |= include && !directive.name;
}

/* True if only blanks lie between `at` and the start of its line. */
static bool starts_line(const struct cursor *c, const char *at)
{
    while (at > c->text && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at == c->text || at[-1] == '\n';
}

static void read_directives(struct scan *scan, struct include_text *file)
{
    static const char mark[] = "\xef\xbb\xbf"; /* of UTF-8 */
    const char *text = file->bytes, *end = text + file->length;
    if (file->length >= strlen(mark) && !memcmp(text, mark, strlen(mark)))
        text += strlen(mark);
    struct cursor c = {.text = text, .at = text, .end = end, .line = 1};
    const char *counted = text;
    while (c.at < c.end && (c.at = memchr(c.at, '#', (size_t)(c.end - c.at)))) {
        const char *hash = c.at++;
        if (!starts_line(&c, hash))
            continue;
        for (; counted < hash; counted++)
            c.line += *counted == '\n';
        read_directive(scan, &c, file);
    }
}

static bool has_word(const struct include_text *text, const char *word)
{
    return memmem(text->bytes, text->length, word, strlen(word));
}

static struct include_text *text_of(struct scan *scan, const char *real)
{
    uint64_t *slot = map_slot(&scan->texts, scan->arena, key_of(real));
    if (*slot)
        return (struct include_text *)(uintptr_t)*slot;
    struct include_text *text = arena_new(scan->arena, struct include_text);
    *slot = key_of(text);
    struct diag ignored; /* clang says what is wrong with the file */
    diag_init(&ignored, scan->arena);
    char *bytes;
    text->real = real;
    text->readable = unsaved_read(scan->setup->options->unsaved, real, scan->arena, &bytes,
                                  &text->length, &ignored);
    if (!text->readable)
        return text;
    text->bytes = bytes;
    read_directives(scan, text);
    if (!scan->whole)
        return text;
    struct digest digest = {0};
    digest_bytes(&digest, text->bytes, text->length);
    text->digest = digest_value(&digest);
    text->unusual |= has_word(text, "__has_include") || has_word(text, "__has_embed") ||
                     has_word(text, "include_alias");
    return text;
}

static struct header *header_of(struct scan *scan, const struct found *file,
                                struct includer *parent);

/* Where a directive leads. `aside`: whatever it is, it does not count for the overlay. */
static struct inclusion_edge follow(struct scan *scan, struct includer *from, const char *file,
                                    const struct directive *directive, bool aside)
{
    struct found found;
    struct inclusion_edge edge = {0};
    if (!search(scan, directive->name, directive->quoted, from, &found)) {
        if (!aside && !directive->define)
            edge.path = missing(scan, from, file, directive);
        return edge;
    }
    if (found.real != found.path && !aside)
        map_set(&scan->redirections, scan->arena, key_of(found.path), key_of(found.real));
    edge.path = found.path;
    found.own |= aside;
    if (!found.clangs && (scan->whole || !found.own))
        edge.to = header_of(scan, &found, from);
    return edge;
}

static void follow_all(struct scan *scan, struct header *header, struct includer *parent)
{
    struct include_text *text = header->text;
    struct includer *self = chain_with(scan, parent, path_directory(scan->arena, header->path));
    header->cut = scan->depth >= DEEPEST_INCLUDE;
    header->edges.len = 0;
    scan->depth++;
    for (size_t i = 0; i < text->directives.len && !header->cut; i++)
        vec_push(scan->arena, &header->edges,
                 follow(scan, self, text->real, &text->directives.items[i], header->aside));
    scan->depth--;
    if (header->aside || !text->readable || text->traced || header->cut)
        return;
    wpp_read(scan->arena, &scan->wpp, text->bytes, text->length);
    text->traced = true;
}

/* A header that sources with the same search path share is read once, unless the whole is wanted:
 * then once for every chain of includers, the first of which decides on the overlay. */
static struct header *header_of(struct scan *scan, const struct found *file,
                                struct includer *parent)
{
    uint64_t *visited = map_slot(&scan->visited, scan->arena, key_of(file->path));
    bool aside = file->own || *visited;
    if (*visited && !scan->whole)
        return NULL;
    *visited |= !file->own;
    uint64_t *slot = map_slot(&parent->headers, scan->arena, key_of(file->path));
    struct header *header = (struct header *)(uintptr_t)*slot;
    if (header && (aside || !header->aside))
        return header;
    if (!header) {
        header = arena_new(scan->arena, struct header);
        *slot = key_of(header);
        header->path = file->path;
        header->text = text_of(scan, file->real);
    }
    header->aside = aside;
    follow_all(scan, header, parent);
    return header;
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

static struct header *read_source(struct scan *scan, const struct source *source)
{
    struct search_path *path = arena_new(scan->arena, struct search_path);
    search_path_of(scan->arena, scan->setup, source, path);
    /* A header that sources with the same search path share is read once. */
    if (!scan->search || !same_path(scan->search, path)) {
        scan->visited = (struct map){0};
        scan->outermost = arena_new(scan->arena, struct includer);
    }
    scan->search = path;
    struct header *root = arena_new(scan->arena, struct header);
    struct includer *base =
        chain_with(scan, scan->outermost, source->directory ? source->directory : ".");
    for (size_t i = 0; i < path->forced.len; i++) {
        struct directive forced = {.name = path->forced.items[i], .quoted = true, .define = true};
        vec_push(scan->arena, &root->edges, follow(scan, base, NULL, &forced, false));
    }
    const char *file = intern(&scan->names, path_normalize(scan->arena, source->path));
    struct found found = {.path = file, .real = file};
    struct inclusion_edge edge = {file, header_of(scan, &found, scan->outermost)};
    vec_push(scan->arena, &root->edges, edge);
    return root;
}

struct scan *scan_includes(struct arena *arena, const struct setup *setup, struct work *works,
                           size_t nworks, bool whole)
{
    struct scan *scan = arena_new(arena, struct scan);
    *scan = (struct scan){.arena = arena, .setup = setup, .whole = whole};
    interner_init(&scan->names, arena);
    for (size_t i = 0; i < nworks; i++)
        works[i].includes = read_source(scan, works[i].source);
    return scan;
}

/* -- the overlay -- */

static const char *stub_text(struct scan *scan, enum stub_kind kind)
{
    if (scan->stubs[kind])
        return scan->stubs[kind];
    switch (kind) {
    case STUB_EMPTY:
    case STUB_KINDS:
        return "";
    case STUB_TRACED:
        return scan->stubs[kind] = wpp_stub(scan->arena, &scan->wpp);
    case STUB_CLASSES:
        return scan->stubs[kind] = mof_header(scan->arena, &scan->mof);
    }
    BUG_ON(true);
    return NULL;
}

static bool write_overlay(struct scan *scan, struct run *run, struct diag *diag)
{
    const char *directory = run_directory(run, scan->arena, diag);
    if (!directory)
        return false;
    struct include_map *map = &run->setup.includes;
    static const char *const names[STUB_KINDS] = {"missing.h", "missing.tmh", "classes.h"};
    const char *file = path_join(scan->arena, directory, "overlay.json");
    for (size_t i = 0; i < STUB_KINDS; i++)
        map->stubs[i] = path_join(scan->arena, directory, names[i]);
    struct overlay overlay = {0};
    for (size_t i = 0; i < scan->redirections.len; i++) {
        const struct map_entry *entry = &scan->redirections.entries[i];
        bool is_stub = entry->value < STUB_KINDS;
        const char *real = is_stub ? map->stubs[entry->value] : text_of_key(entry->value);
        vec_push(scan->arena, &overlay.files,
                 (struct overlay_file){.path = text_of_key(entry->key), .contents = real});
    }
    bool ok = overlay_write(scan->arena, &overlay, file, diag);
    for (size_t i = 0; ok && i < STUB_KINDS; i++) {
        const char *text = stub_text(scan, (enum stub_kind)i);
        ok = file_write(map->stubs[i], text, strlen(text), diag);
    }
    map->overlay = ok ? file : NULL;
    return ok;
}

bool scan_write_overlay(struct scan *scan, struct run *run, struct diag *diag)
{
    for (size_t i = 0; i < scan->missing.len; i++)
        vec_push(&run->arena, &run->setup.includes.missing, scan->missing.items[i]);
    return scan->redirections.len == 0 || write_overlay(scan, run, diag);
}

/* -- for keys -- */

static int compare_entries(const void *a, const void *b)
{
    const struct map_entry *left = a, *right = b;
    return strcmp(text_of_key(left->key), text_of_key(right->key));
}

struct digest_value scan_overlay(struct scan *scan)
{
    struct digest digest = {0};
    bool stubs[STUB_KINDS] = {false};
    size_t count = scan->redirections.len;
    struct map_entry *entries = arena_new_array(scan->arena, count + 1, struct map_entry);
    if (count) {
        memcpy(entries, scan->redirections.entries, count * sizeof(*entries));
        qsort(entries, count, sizeof(*entries), compare_entries);
    }
    for (size_t i = 0; i < count; i++) {
        bool is_stub = entries[i].value < STUB_KINDS;
        digest_text(&digest, text_of_key(entries[i].key));
        digest_text(&digest, is_stub ? NULL : text_of_key(entries[i].value));
        if (is_stub) {
            digest_number(&digest, entries[i].value);
            stubs[entries[i].value] = true;
        }
    }
    for (size_t i = 0; i < STUB_KINDS; i++)
        if (stubs[i])
            digest_text(&digest, stub_text(scan, (enum stub_kind)i));
    return digest_value(&digest);
}

static void find_shadows(struct scan *scan, const char *directory, const struct directory *own,
                         strings *files)
{
    const char *real;
    const struct directory *other = directory_of(scan, directory, &real);
    for (size_t i = 0; other && i < other->count; i++)
        if (directory_find(own, other->names[i]))
            vec_push(scan->arena, files, path_join(scan->arena, real, other->names[i]));
}

void scan_shadows(struct scan *scan, const struct search_path *path, strings *ret_files)
{
    const char *real;
    const struct directory *own = directory_of(scan, vec_last(&path->angled), &real);
    *ret_files = (strings){0};
    for (size_t i = 0; own && i < path->quoted.len; i++)
        find_shadows(scan, path->quoted.items[i], own, ret_files);
    for (size_t i = 0; own && i + 1 < path->angled.len; i++)
        find_shadows(scan, path->angled.items[i], own, ret_files);
}

const char *scan_path(const struct scan *scan, const char *path)
{
    return intern_find(&scan->names, path);
}
