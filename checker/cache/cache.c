#include "cache/internal.h"

#include "base/file.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The number changes with the form of the files, here or in what callers write. */
static const char magic[16] = "drvlint cache 1\n";

enum { KEY = sizeof(magic), CHECKSUM = KEY + 16, LENGTH = CHECKSUM + 16, HEADER = LENGTH + 8 };

/* A directory that backup programs need not save: https://bford.info/cachedir/ */
static const char tag[] = "Signature: 8a477f597d28d172789f06886806bc55\n"
                          "# What drvlint made in earlier runs. It may be removed at any time.\n";

const char *cache_default_directory(struct arena *arena)
{
    static const struct {
        const char *variable, *below;
    } places[] = {{"XDG_CACHE_HOME", "drvlint"},
                  {"LOCALAPPDATA", "drvlint/cache"},
                  {"HOME", ".cache/drvlint"}};
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        const char *value = getenv(places[i].variable);
        bool absolute = value && (*value == '/' || (*value && value[1] == ':'));
        if (absolute) /* others are to be passed over, says the XDG Base Directory Specification */
            return path_join(arena, value, places[i].below);
    }
    return NULL;
}

static bool digest_file(const char *path, const struct arena *like, struct digest *digest)
{
    struct arena scratch;
    struct diag ignored;
    char *text;
    size_t length;
    arena_init(&scratch, like->on_fail, like->context);
    diag_init(&ignored, &scratch);
    bool ok = file_read(path, &scratch, &text, &length, &ignored);
    if (ok)
        digest_block(digest, text, length);
    arena_finish(&scratch);
    return ok;
}

struct cache *cache_open(struct arena *arena, const char *directory, uint64_t limit,
                         const char *self)
{
    struct digest program = {0};
    struct cache *cache = arena_new(arena, struct cache);
    const char *absolute = path_absolute(arena, directory);
    *cache = (struct cache){
        .arena = arena, .directory = absolute ? absolute : directory, .limit = limit};
    /* A program that cannot say which one it is cannot trust what it finds. */
    cache->unusable = !self || !digest_file(self, arena, &program);
    cache->program = digest_value(&program);
    return cache;
}

const char *cache_place(const struct cache *cache)
{
    return cache->directory;
}

struct digest cache_key(const struct cache *cache, enum cache_kind kind)
{
    struct digest digest = {0};
    digest_add(&digest, cache->program);
    digest_number(&digest, kind);
    return digest;
}

static void store_word(char *at, uint64_t word)
{
    for (int i = 0; i < 8; i++)
        at[i] = (char)(word >> 8 * i);
}

static void make_header(char *header, struct digest_value key, const void *bytes, size_t length)
{
    struct digest digest = {0};
    digest_bytes(&digest, bytes, length);
    struct digest_value checksum = digest_value(&digest);
    memcpy(header, magic, sizeof(magic));
    store_word(header + KEY, key.high);
    store_word(header + KEY + 8, key.low);
    store_word(header + CHECKSUM, checksum.high);
    store_word(header + CHECKSUM + 8, checksum.low);
    store_word(header + LENGTH, length);
}

bool cache_get(struct cache *cache, enum cache_kind kind, struct digest_value key,
               struct arena *arena, const char **ret_bytes, size_t *ret_length)
{
    struct diag ignored;
    char *text, header[HEADER];
    size_t length;
    if (cache->unusable)
        return false;
    diag_init(&ignored, arena);
    const char *path = cache_path(arena, cache, kind, key);
    if (!path_exists(path) || !file_read(path, arena, &text, &length, &ignored) || length < HEADER)
        return false;
    make_header(header, key, text + HEADER, length - HEADER);
    if (memcmp(text, header, HEADER) != 0)
        return false;
    utimensat(AT_FDCWD, path, NULL, 0); /* used now; it does no harm where that is not allowed */
    *ret_bytes = text + HEADER;
    *ret_length = length - HEADER;
    return true;
}

/* Makes the directory of that path, and those that it is in. */
static bool make_directories(struct arena *arena, const char *path)
{
    const char *directory = path_directory(arena, path);
    if (path_is_directory(directory))
        return true;
    return strcmp(directory, path) != 0 && make_directories(arena, directory) &&
           (mkdir(directory, 0700) == 0 || errno == EEXIST);
}

static bool write_tag(struct cache *cache, struct arena *arena)
{
    struct diag ignored;
    const char *path = path_join(arena, cache->directory, "CACHEDIR.TAG");
    diag_init(&ignored, arena);
    return path_exists(path) ||
           (make_directories(arena, path) && file_write(path, tag, strlen(tag), &ignored));
}

void cache_put(struct cache *cache, enum cache_kind kind, struct digest_value key,
               const void *bytes, size_t length)
{
    struct arena scratch;
    struct diag ignored;
    if (cache->unusable || cache->unwritable || length + HEADER > cache->limit)
        return;
    arena_init(&scratch, cache->arena->on_fail, cache->arena->context);
    diag_init(&ignored, &scratch);
    const char *path = cache_path(&scratch, cache, kind, key);
    char *file = arena_alloc(&scratch, HEADER + length);
    make_header(file, key, bytes, length);
    memcpy(file + HEADER, bytes, length);
    cache->unwritable = !(cache->stored || write_tag(cache, &scratch)) ||
                        !make_directories(&scratch, path) ||
                        !file_write(path, file, HEADER + length, &ignored);
    cache->stored |= !cache->unwritable;
    arena_finish(&scratch);
}
