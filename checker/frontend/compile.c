/* Runs of the clang program: sources to bitcode. */
#include "frontend/internal.h"

#include "base/path.h"
#include "base/process.h"

#include <stdlib.h>
#include <string.h>

/* Passes for the -O0 code would cost time, and the program module runs its own. Functions are not
 * marked optnone so that it can. Without -gcolumn-info there are no columns for this target. */
static const char *const code_flags[] = {
    "-c",
    "-emit-llvm",
    "-O0",
    "-gdwarf",
    "-gcolumn-info",
    "-Xclang",
    "-disable-O0-optnone",
    "-Xclang",
    "-no-emit-llvm-uselists",
    "-o",
    "-",
};

static const char *const *command(struct arena *arena, const struct setup *setup,
                                  const strings *flags, const struct compile_input *inputs,
                                  size_t ninputs)
{
    strings argv = {0};
    vec_push(arena, &argv, setup->clang);
    overlay_flags(arena, setup, &argv);
    for (size_t i = 0; i < flags->len; i++)
        vec_push(arena, &argv, flags->items[i]);
    for (size_t i = 0; i < ARRAY_LEN(code_flags); i++)
        vec_push(arena, &argv, code_flags[i]);
    /* The compiler proper takes several inputs and writes one module after the other; the driver
     * in front of it would start one process for each. */
    for (size_t i = 0; i + 1 < ninputs; i++) {
        vec_push(arena, &argv, "-Xclang");
        vec_push(arena, &argv, inputs[i].path);
    }
    vec_push(arena, &argv, inputs[ninputs - 1].path);
    vec_push(arena, &argv, NULL);
    return argv.items;
}

void compile(struct arena *arena, const struct setup *setup, const strings *flags,
             struct compile_input *inputs, size_t ninputs, struct compile_result *ret_result)
{
    struct process_result run =
        process_run(arena, command(arena, setup, flags, inputs, ninputs), NULL, 0);
    *ret_result =
        (struct compile_result){.status = run.status, .error = run.error, .errors = run.errors};
    /* The caller owns the arena, so the bytes may be cut up in place. */
    ret_result->ok =
        run.status == 0 && bitcode_split((char *)run.output, run.output_length, inputs, ninputs);
}

/* -- bitcode -- */

static uint32_t word_at(const char *bytes)
{
    uint32_t word = 0;
    for (int i = 3; i >= 0; i--)
        word = word << 8 | (unsigned char)bytes[i];
    return word;
}

/* A module is the magic word and blocks behind it. A block starts with abbreviation id 1 in two
 * bits; the next word is its length in words (LLVM bitcode file format, "Blocks"). */
bool bitcode_split(char *bytes, size_t length, struct compile_input *inputs, size_t count)
{
    enum { ENTER_SUBBLOCK = 1 };
    static const char magic[4] = {'B', 'C', '\xc0', '\xde'};
    size_t found = 0, at = 0, start = 0;
    while (at + 4 <= length) {
        if (!memcmp(bytes + at, magic, 4)) {
            if (found == count)
                return false;
            if (found)
                inputs[found - 1].length = at - start;
            start = at;
            inputs[found++].bitcode = bytes + at;
            at += 4;
            continue;
        }
        if (!found || (word_at(bytes + at) & 3) != ENTER_SUBBLOCK || at + 8 > length)
            return false;
        size_t words = word_at(bytes + at + 4);
        if (words > (length - at - 8) / 4)
            return false;
        at += 8 + 4 * words;
    }
    if (at != length || found != count)
        return false;
    if (found)
        inputs[found - 1].length = length - start;
    return true;
}

/* -- messages -- */

struct severity {
    const char *name;
    enum diag_level level;
};

static const struct severity severities[] = {
    {"fatal error: ", DIAG_ERROR},
    {"error: ", DIAG_ERROR},
    {"warning: ", DIAG_WARNING},
    {"note: ", DIAG_NOTE},
};

/* "file:line:column" in front of a message; the numbers may be missing. */
static struct place place_of(struct arena *arena, const char *text, size_t length)
{
    struct place place = {0};
    uint32_t numbers[2] = {0}; /* from the right */
    size_t count = 0;
    while (count < 2) {
        size_t digits = 0;
        while (digits < length && text[length - 1 - digits] >= '0' &&
               text[length - 1 - digits] <= '9')
            digits++;
        if (!digits || digits == length || text[length - 1 - digits] != ':')
            break;
        numbers[count++] = (uint32_t)strtoul(text + length - digits, NULL, 10);
        length -= digits + 1;
    }
    place.line = count ? numbers[count - 1] : 0;
    place.column = count == 2 ? numbers[0] : 0;
    place.file = path_normalize(arena, arena_strndup(arena, text, length));
    return place;
}

/* One line of clang's error output; false if it is no message. */
static bool add_line(struct diag *diag, const char *line, size_t length)
{
    const char *text = arena_strndup(diag->arena, line, length);
    for (size_t i = 0; i < ARRAY_LEN(severities); i++) {
        /* "place: error: text", or without a place. */
        const char *at = text;
        while ((at = strstr(at, severities[i].name)) && at > text && strncmp(at - 2, ": ", 2))
            at++;
        if (!at)
            continue;
        struct diag_message message = {.level = severities[i].level,
                                       .text = at + strlen(severities[i].name),
                                       .origin = "clang"};
        if (at > text && strncmp(text, "clang", strlen("clang")))
            message.place = place_of(diag->arena, text, (size_t)(at - 2 - text));
        diag_add(diag, message);
        return true;
    }
    return false;
}

void compile_explain(const struct setup *setup, const struct compile_result *result,
                     const char *path, struct diag *diag)
{
    size_t before = diag->errors;
    if (result->status < 0) {
        diag_error(diag, place_none(), "cannot start '%s': %s", setup->clang,
                   strerror(result->error));
        return;
    }
    for (const char *line = result->errors; *line;) {
        size_t length = strcspn(line, "\n");
        add_line(diag, line, length);
        line += length + (line[length] == '\n');
    }
    if (result->status > 128)
        diag_error(diag, place_file(path), "clang crashed (signal %d); '%s' is left out",
                   result->status - 128, path);
    else if (diag->errors == before)
        diag_error(diag, place_file(path), "clang failed (exit status %d) without saying why",
                   result->status);
}
