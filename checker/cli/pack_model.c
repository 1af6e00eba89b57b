/* The OS model as bitcode. Compiling it takes longer than checking a small driver, so the build
 * compiles it once, into a file with a fingerprint of everything that it was made from:
 *
 *     drvlint model 1\n  FINGERPRINT\n  COUNT\n  then COUNT times  LENGTH NAME\n
 *
 * followed by the bitcode of each, each at a multiple of 16 bytes. */
#include "cli/pack.h"

#include "base/file.h"
#include "base/map.h"
#include "base/path.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16 };

static const char magic[] = "drvlint model 1";

typedef VEC(struct model_bitcode) model_list;

/* Hash of the names and contents of all files in a directory and below. */
static uint64_t hash_tree(struct arena *scratch, const char *directory, uint64_t hash)
{
    char **names, *text;
    size_t count, length;
    struct diag ignored;
    if (!path_list(scratch, directory, &names, &count))
        return hash;
    diag_init(&ignored, scratch);
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(scratch, directory, names[i]);
        hash = hash_u64(hash ^ hash_bytes(names[i], strlen(names[i])));
        if (path_is_directory(path))
            hash = hash_tree(scratch, path, hash);
        else if (file_read(path, scratch, &text, &length, &ignored))
            hash = hash_u64(hash ^ hash_bytes(text, length));
    }
    return hash;
}

/* Everything that the compiled model depends on, except for the compiler. */
static uint64_t fingerprint(const struct arena *like, const struct rule_pack *pack,
                            const char *target)
{
    struct arena scratch;
    arena_init(&scratch, like->on_fail, like->context);
    uint64_t hash = hash_bytes(target, strlen(target));
    for (size_t i = 0; i < pack->constants.len; i++)
        hash =
            hash_u64(hash ^ hash_bytes(pack->constants.items[i], strlen(pack->constants.items[i])));
    for (size_t i = 0; i < pack->model_directories.len; i++)
        hash = hash_tree(&scratch, pack->model_directories.items[i], hash);
    for (size_t i = 0; i < pack->include_directories.len; i++)
        hash = hash_tree(&scratch, pack->include_directories.items[i], hash);
    arena_finish(&scratch);
    return hash;
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

/* Reads a compiled model; false if there is none, it was made from other text, or is broken. */
static bool read_compiled(struct arena *arena, const char *file, const char *want_fingerprint,
                          model_list *model)
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
    if (!made_from || strcmp(made_from, want_fingerprint) != 0)
        return false;
    const char *count = take_line(text, length, &at);
    for (unsigned long n = count ? strtoul(count, NULL, 10) : 0; n > 0; n--) {
        char *line = take_line(text, length, &at), *name;
        if (!line)
            return false;
        size_t size = strtoull(line, &name, 10);
        vec_push(arena, model, (struct model_bitcode){.file = name + 1, .length = size});
    }
    for (size_t i = 0; i < model->len; i++) {
        at = aligned(at);
        if (at > length || model->items[i].length > length - at)
            return false;
        model->items[i].data = text + at;
        at += model->items[i].length;
    }
    return model->len > 0;
}

/* C text with one variable per constant, the n-th (from 0) in line n + 2, so that the compiler's
 * complaints tell which one it is. */
static char *constants_text(struct arena *arena, const struct rule_pack *pack)
{
    const char *header = NULL;
    for (size_t i = 0; i < pack->model_directories.len; i++) {
        const char *path = path_join(arena, pack->model_directories.items[i], "model.h");
        if (path_exists(path))
            header = path;
    }
    for (size_t i = 0; i < pack->recognise_includes.len && !header; i++)
        header = pack->recognise_includes.items[i];
    VEC(char) text = {0};
    const char *line = header ? arena_printf(arena, "#include \"%s\"\n", header) : "\n";
    for (size_t i = 0;; i++) {
        size_t length = strlen(line);
        vec_reserve(arena, &text, text.len + length + 1);
        memcpy(text.items + text.len, line, length + 1);
        text.len += length;
        if (i == pack->constants.len)
            return text.items;
        const char *name = pack->constants.items[i];
        line = arena_printf(arena,
                            "const unsigned long long drvlint_constant_%s = "
                            "(unsigned long long)(%s);\n",
                            name, name);
    }
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
static void report_constants(const struct rule_pack *pack, const char *file,
                             const struct diag *from, struct diag *to)
{
    for (size_t i = 0; i < from->messages.len; i++) {
        const struct diag_message *message = &from->messages.items[i];
        const char *where = message->place.file;
        size_t index = (size_t)message->place.line - 2;
        if (!where || strcmp(path_base(where), path_base(file)) != 0 || message->place.line < 2 ||
            index >= pack->constants.len) {
            diag_add(to, *message);
        } else if (message->level == DIAG_ERROR) {
            const char *name = pack->constants.items[index];
            diag_error(to, place_of_constant(pack, name),
                       "'%s' is no constant of the pack's headers", name);
        }
    }
}

static bool compile_constants(struct arena *arena, const struct rule_pack *pack,
                              const struct frontend_options *options, model_list *model,
                              struct diag *diag)
{
    char *directory = file_temporary_directory(arena, diag);
    if (!directory)
        return false;
    const char *file = path_join(arena, directory, "constants.c");
    const char *text = constants_text(arena, pack);
    struct model_bitcode bitcode = {.file = "constants.c"};
    struct diag messages;
    char *data = NULL;
    diag_init(&messages, arena);
    bool ok = file_write(file, text, strlen(text), diag) &&
              frontend_compile_model(arena, file, options, &data, &bitcode.length, &messages);
    bitcode.data = data;
    report_constants(pack, file, &messages, diag);
    file_remove_tree(directory);
    if (ok)
        vec_push(arena, model, bitcode);
    return ok;
}

static bool compile_model(struct arena *arena, const struct rule_pack *pack, const char *target,
                          model_list *model, struct diag *diag)
{
    struct frontend_options options = pack_model_options(arena, pack, target);
    bool ok = true;
    for (size_t i = 0; i < pack->model_files.len; i++) {
        struct model_bitcode bitcode = {.file = pack->model_files.items[i]};
        char *data = NULL;
        if (frontend_compile_model(arena, bitcode.file, &options, &data, &bitcode.length, diag)) {
            bitcode.data = data;
            vec_push(arena, model, bitcode);
        } else {
            ok = false;
        }
    }
    return compile_constants(arena, pack, &options, model, diag) && ok;
}

static const char *fingerprint_text(struct arena *arena, const struct rule_pack *pack,
                                    const char *target)
{
    return arena_printf(arena, "%016" PRIx64, fingerprint(arena, pack, target));
}

bool pack_load_model(struct arena *arena, const struct rule_pack *pack,
                     const struct pack_place *place, const char *target,
                     struct model_bitcode **ret_model, size_t *ret_count, struct diag *diag)
{
    model_list model = {0};
    bool ready = place->compiled && read_compiled(arena, place->compiled,
                                                  fingerprint_text(arena, pack, target), &model);
    if (!ready) {
        model.len = 0;
        if (!compile_model(arena, pack, target, &model, diag))
            return false;
    }
    *ret_model = model.items;
    *ret_count = model.len;
    return true;
}

typedef VEC(char) byte_buffer;

static void put(struct arena *arena, byte_buffer *out, const void *data, size_t length)
{
    vec_reserve(arena, out, out->len + length);
    memcpy(out->items + out->len, data, length);
    out->len += length;
}

bool pack_compile(struct arena *arena, const struct rule_pack *pack, const char *target,
                  const char *file, struct diag *diag)
{
    model_list model = {0};
    if (!compile_model(arena, pack, target, &model, diag))
        return false;
    byte_buffer out = {0};
    const char *head = arena_printf(arena, "%s\n%s\n%zu\n", magic,
                                    fingerprint_text(arena, pack, target), model.len);
    put(arena, &out, head, strlen(head));
    for (size_t i = 0; i < model.len; i++) {
        const char *line =
            arena_printf(arena, "%zu %s\n", model.items[i].length, path_base(model.items[i].file));
        put(arena, &out, line, strlen(line));
    }
    static const char padding[ALIGNMENT];
    for (size_t i = 0; i < model.len; i++) {
        put(arena, &out, padding, aligned(out.len) - out.len);
        put(arena, &out, model.items[i].data, model.items[i].length);
    }
    return file_write(file, out.items, out.len, diag);
}
