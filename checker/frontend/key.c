/* Keys: digests of everything that decides what the front end makes of a source. Files that were
 * looked for and are not there count as well, because the key has where every #include leads, with
 * the directories as they are now: a header that appears in front of another one is another key.
 *
 * Not known in this way are names that macros make, and questions that sources ask of the file
 * system (__has_include). Such sources have no key that is sure, and nor have those whose flags may
 * name files that nobody looks into. */
#include "frontend/key.h"

#include "base/file.h"
#include "base/path.h"

#include <clang-c/Index.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void setup_identify(struct setup *setup, struct arena *arena)
{
    struct digest digest = {0};
    struct stat info;
    CXString version = clang_getClangVersion();
    char *real = realpath(setup->clang, NULL);
    const char *program = arena_strdup(arena, real ? real : setup->clang);
    free(real);
    digest_text(&digest, clang_getCString(version));
    clang_disposeString(version);
    digest_text(&digest, program);
    if (stat(program, &info) == 0) {
        digest_number(&digest, (uint64_t)info.st_size);
        digest_number(&digest, (uint64_t)info.st_mtim.tv_sec);
        digest_number(&digest, (uint64_t)info.st_mtim.tv_nsec);
    }
    setup->compiler = digest_value(&digest);
}

/* -- flags -- */

/* Flags that name no file but those that the scan of the includes knows. `value`: the next argument
 * belongs to it, if nothing is joined. */
static const struct {
    const char *start;
    bool value;
} known_flags[] = {
    {"-iquote", true},
    {"-isystem", true},
    {"-idirafter", true},
    {"-imacros", true},
    {"-include", true},
    {"-I", true},
    {"-D", true},
    {"-U", true},
    {"-std=", false},
    {"-O", false},
    {"-w", false},
    {"-fms-", false},
    {"-fno-", false},
    {"-fpack-", false},
    {"-fshort-", false},
    {"-fsigned-", false},
    {"-funsigned", false},
    {"-fcommon", false},
    {"-fexceptions", false},
    {"-fgnu89-", false},
    {"-fdelayed-", false},
    {"-m32", false},
    {"-m64", false},
};

static bool is_known(const struct source *source, size_t *i)
{
    const char *flag = source->flags[*i];
    if (!strncmp(flag, "-include-pch", strlen("-include-pch")))
        return false;
    if (!strncmp(flag, "-W", 2))
        return flag[2] && !strchr(flag, ','); /* others are for another program */
    for (size_t k = 0; k < ARRAY_LEN(known_flags); k++) {
        size_t length = strlen(known_flags[k].start);
        if (strncmp(flag, known_flags[k].start, length))
            continue;
        *i += known_flags[k].value && !flag[length];
        return true;
    }
    return false;
}

static bool flags_are_known(const struct source *source)
{
    for (size_t i = 0; i < source->nflags; i++)
        if (!is_known(source, &i))
            return false;
    return true;
}

/* -- includes -- */

struct walk {
    struct scan *scan;
    struct arena *arena;
    struct digest *digest;
    struct map numbers; /* of headers in the order in which they were met */
    struct map *paths;  /* interned paths of the files */
    const char *hidden; /* interned path of a file whose name does not matter, or NULL */
    bool relative;      /* some file has a name that depends on the working directory */
    bool sure;
};

static uint64_t key_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

static void add_path(struct walk *walk, const char *path)
{
    map_set(walk->paths, walk->arena, key_of(path), 1);
    walk->relative |= *path != '/';
    digest_text(walk->digest, path == walk->hidden ? "" : path);
}

static void add_header(struct walk *walk, const struct header *header);

static void add_edge(struct walk *walk, const struct inclusion_edge *edge)
{
    if (!edge->path) {
        digest_text(walk->digest, NULL);
        return;
    }
    add_path(walk, edge->path);
    if (edge->to)
        add_header(walk, edge->to);
}

static void add_header(struct walk *walk, const struct header *header)
{
    uint64_t *number = map_slot(&walk->numbers, walk->arena, key_of(header));
    bool met = *number;
    if (!met)
        *number = walk->numbers.len;
    digest_number(walk->digest, *number);
    if (met)
        return;
    const struct include_text *text = header->text;
    if (text) {
        digest_add(walk->digest, text->digest);
        add_path(walk, text->real);
        walk->sure &= text->readable && !text->unusual && !header->cut;
    }
    digest_number(walk->digest, header->edges.len);
    for (size_t i = 0; i < header->edges.len; i++)
        add_edge(walk, &header->edges.items[i]);
}

/* Headers that would be found in the place of those that clang's own include. */
static void add_shadows(struct walk *walk, const struct setup *setup, const struct source *source)
{
    struct search_path path;
    struct diag ignored;
    strings files;
    search_path_of(walk->arena, setup, source, &path);
    scan_shadows(walk->scan, &path, &files);
    diag_init(&ignored, walk->arena);
    digest_number(walk->digest, files.len);
    for (size_t i = 0; i < files.len; i++) {
        char *text;
        size_t length;
        digest_text(walk->digest, files.items[i]);
        if (unsaved_read(setup->options->unsaved, files.items[i], walk->arena, &text, &length,
                         &ignored))
            digest_block(walk->digest, text, length);
    }
}

/* -- the whole -- */

static void add_source(struct walk *walk, const struct setup *setup, const struct source *source)
{
    strings flags;
    flags_of_source(walk->arena, setup, source, &flags);
    digest_number(walk->digest, flags.len);
    for (size_t i = 0; i < flags.len; i++)
        digest_text(walk->digest, flags.items[i]);
    walk->sure &= flags_are_known(source);
}

bool key_make(struct scan *scan, struct arena *arena, const struct setup *setup,
              const struct work *work, struct digest digest, struct digest_value *ret_key,
              struct map *ret_paths)
{
    struct walk walk = {
        .scan = scan, .arena = arena, .digest = &digest, .paths = ret_paths, .sure = true};
    *ret_paths = (struct map){0};
    if (!work->unit) /* models are compiled in a file that has another name in every run */
        walk.hidden = scan_path(scan, work->source->path);
    digest_add(&digest, setup->compiler);
    add_source(&walk, setup, work->source);
    add_shadows(&walk, setup, work->source);
    add_header(&walk, work->includes);
    digest_add(&digest, scan_overlay(scan));
    if (walk.relative)
        digest_text(&digest, path_absolute(arena, "."));
    *ret_key = digest_value(&digest);
    return walk.sure;
}
