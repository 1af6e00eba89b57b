/* The OS model as bitcode: all of its files and the constants of the rules, compiled as one
 * translation unit, which takes a fraction of the time that they would take one by one, here and
 * when the program is built. Even so that is longer than checking a small driver, so the build does
 * it once, into a file with a fingerprint of everything that it was made from:
 *
 *     drvlint model 3\n  FINGERPRINT\n  then the bitcode from the next multiple of 16 bytes on */
#include "cli/pack.h"

#include "base/file.h"
#include "base/path.h"

#include <string.h>

enum { ALIGNMENT = 16 };

static const char magic[] = "drvlint model 3";

/* Adds the names and contents of all files in a directory and below. */
static void digest_tree(struct arena *scratch, const char *directory, struct digest *digest)
{
    char **names, *text;
    size_t count, length;
    struct diag ignored;
    if (!path_list(scratch, directory, &names, &count))
        return;
    diag_init(&ignored, scratch);
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(scratch, directory, names[i]);
        digest_text(digest, names[i]);
        if (path_is_directory(path))
            digest_tree(scratch, path, digest);
        else if (file_read(path, scratch, &text, &length, &ignored))
            digest_block(digest, text, length);
    }
}

/* Everything that the compiled model depends on, except for the compiler. */
static struct digest_value fingerprint(const struct arena *like, const struct rule_pack *pack,
                                       const char *target)
{
    struct arena scratch;
    struct digest digest = {0};
    arena_init(&scratch, like->on_fail, like->context);
    digest_text(&digest, target);
    for (size_t i = 0; i < pack->constants.len; i++)
        digest_text(&digest, pack->constants.items[i]);
    for (size_t i = 0; i < pack->model_directories.len; i++)
        digest_tree(&scratch, pack->model_directories.items[i], &digest);
    for (size_t i = 0; i < pack->include_directories.len; i++)
        digest_tree(&scratch, pack->include_directories.items[i], &digest);
    arena_finish(&scratch);
    return digest_value(&digest);
}

/* The line at *at, which is moved behind it; NULL at the end. */
static char *take_line(char *text, size_t length, size_t *at)
{
    char *line = text + *at, *end = memchr(line, '\n', length - *at);
    if (!end)
        return NULL;
    *end = '\0';
    *at = (size_t)(end + 1 - text);
    return line;
}

static size_t aligned(size_t offset)
{
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Reads a compiled model; false if there is none, or it was made from other text. */
static bool read_compiled(struct arena *arena, const char *file, const char *want_fingerprint,
                          struct model_bitcode *ret_model)
{
    char *text;
    size_t length, at = 0;
    struct diag ignored;
    diag_init(&ignored, arena);
    if (!path_exists(file) || !file_read(file, arena, &text, &length, &ignored))
        return false;
    const char *first = take_line(text, length, &at);
    if (!first || strcmp(first, magic) != 0)
        return false;
    const char *made_from = take_line(text, length, &at);
    if (!made_from || strcmp(made_from, want_fingerprint) != 0 || aligned(at) >= length)
        return false;
    *ret_model = (struct model_bitcode){
        .file = file, .data = text + aligned(at), .length = length - aligned(at)};
    return true;
}

typedef VEC(char) byte_buffer;

static void put(struct arena *arena, byte_buffer *out, const void *data, size_t length)
{
    vec_reserve(arena, out, out->len + length);
    memcpy(out->items + out->len, data, length);
    out->len += length;
}

static void put_text(struct arena *arena, byte_buffer *out, const char *text)
{
    put(arena, out, text, strlen(text));
}

/* C text that includes every model file, and then has one variable for each constant, each in a
 * line of its own: *ret_first is the first one's, so that the compiler's complaints tell which is
 * meant. */
static byte_buffer model_text(struct arena *arena, const struct rule_pack *pack,
                              uint32_t *ret_first)
{
    byte_buffer text = {0};
    for (size_t i = 0; i < pack->model_files.len; i++)
        put_text(arena, &text,
                 arena_printf(arena, "#include \"%s\"\n", pack->model_files.items[i]));
    *ret_first = (uint32_t)pack->model_files.len + 1;
    for (size_t i = 0; i < pack->constants.len; i++) {
        const char *name = pack->constants.items[i];
        put_text(arena, &text,
                 arena_printf(arena,
                              "const unsigned long long drvlint_constant_%s = "
                              "(unsigned long long)(%s);\n",
                              name, name));
    }
    return text;
}

static const struct expr *find_constant(const struct expr *expr, const char *name)
{
    if (!expr)
        return NULL;
    if (expr->kind == EXPR_CONSTANT && strcmp(expr->name, name) == 0)
        return expr;
    const struct expr *found = find_constant(expr->left, name);
    return found ? found : find_constant(expr->right, name);
}

/* Where a rule uses the constant first. */
static struct place place_of_constant(const struct rule_pack *pack, const char *name)
{
    for (size_t i = 0; i < pack->rules.len; i++) {
        const struct rule *rule = &pack->rules.items[i];
        for (size_t k = 0; k < rule->events.len; k++) {
            const struct event *event = &rule->events.items[k];
            for (size_t t = 0; t < event->transitions.len; t++) {
                const struct expr *expr = find_constant(event->transitions.items[t].guard, name);
                if (expr)
                    return expr->place;
            }
        }
    }
    return place_none();
}

/* Says what is wrong with constants at their places in the rules; other messages are passed on. */
static void report_messages(const struct rule_pack *pack, const char *file, uint32_t first,
                            const struct diag *from, struct diag *to)
{
    for (size_t i = 0; i < from->messages.len; i++) {
        const struct diag_message *message = &from->messages.items[i];
        const char *where = message->place.file;
        size_t index = (size_t)message->place.line - first;
        if (!where || strcmp(path_base(where), path_base(file)) != 0 ||
            message->place.line < first || index >= pack->constants.len) {
            diag_add(to, *message);
        } else if (message->level == DIAG_ERROR) {
            const char *name = pack->constants.items[index];
            diag_error(to, place_of_constant(pack, name),
                       "'%s' is no constant of the pack's headers", name);
        }
    }
}

static bool compile_model(struct arena *arena, const struct rule_pack *pack, const char *target,
                          struct cache *cache, struct model_bitcode *ret_model, struct diag *diag)
{
    char *directory = file_temporary_directory(arena, diag);
    if (!directory)
        return false;
    const char *file = path_join(arena, directory, "drvlint-model.c");
    uint32_t first;
    byte_buffer text = model_text(arena, pack, &first);
    struct frontend_options options = pack_model_options(arena, pack, target);
    options.cache = cache;
    struct diag messages;
    diag_init(&messages, arena);
    char *data = NULL;
    size_t length = 0;
    bool ok = file_write(file, text.items, text.len, diag) &&
              frontend_compile_model(arena, file, &options, &data, &length, &messages);
    report_messages(pack, file, first, &messages, diag);
    file_remove_tree(directory);
    if (ok)
        *ret_model =
            (struct model_bitcode){.file = pack->directory, .data = data, .length = length};
    return ok;
}

static const char *fingerprint_text(struct arena *arena, const struct rule_pack *pack,
                                    const char *target)
{
    return digest_hex(arena, fingerprint(arena, pack, target));
}

bool pack_load_model(struct arena *arena, const struct rule_pack *pack,
                     const struct pack_place *place, const char *target, struct cache *cache,
                     struct model_bitcode *ret_model, struct diag *diag)
{
    /* What own model files include is not known before they are compiled. */
    if (place->compiled && !pack->own_models &&
        read_compiled(arena, place->compiled, fingerprint_text(arena, pack, target), ret_model))
        return true;
    return compile_model(arena, pack, target, cache, ret_model, diag);
}

bool pack_compile(struct arena *arena, const struct rule_pack *pack, const char *target,
                  const char *file, struct diag *diag)
{
    struct model_bitcode model;
    if (!compile_model(arena, pack, target, NULL, &model, diag))
        return false;
    static const char padding[ALIGNMENT];
    byte_buffer out = {0};
    put_text(arena, &out,
             arena_printf(arena, "%s\n%s\n", magic, fingerprint_text(arena, pack, target)));
    put(arena, &out, padding, aligned(out.len) - out.len);
    put(arena, &out, model.data, model.length);
    return file_write(file, out.items, out.len, diag);
}
