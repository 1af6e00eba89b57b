/* Overlays of the file system, as clang reads them: JSON in the format of LLVM's
 * VirtualFileSystem.h. */
#include "frontend/internal.h"

#include "base/file.h"

#include <string.h>

static const char *quoted(struct arena *arena, const char *text)
{
    char *copy = arena_alloc(arena, 2 * strlen(text) + 3), *out = copy;
    *out++ = '"';
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            *out++ = '\\';
        *out++ = *text;
    }
    *out = '"';
    return copy;
}

bool overlay_write(struct arena *arena, const struct overlay *overlay, const char *file,
                   struct diag *diag)
{
    static const char head[] = "{\"version\": 0, \"case-sensitive\": \"true\", "
                               "\"overlay-relative\": \"false\", \"roots\": [\n";
    static const char tail[] = "]}\n";
    strings lines = {0};
    size_t length = 0;
    for (size_t i = 0; i < overlay->files.len; i++) {
        const struct overlay_file *one = &overlay->files.items[i];
        const char *line =
            arena_printf(arena,
                         "%s{\"type\": \"file\", \"name\": %s, \"external-contents\": %s, "
                         "\"use-external-name\": \"%s\"}",
                         i ? ",\n" : "", quoted(arena, one->path), quoted(arena, one->contents),
                         one->keep_name ? "false" : "true");
        length += strlen(line);
        vec_push(arena, &lines, line);
    }
    char *text = arena_alloc(arena, sizeof(head) + length + sizeof(tail)), *out = text;
    out = stpcpy(out, head);
    for (size_t i = 0; i < lines.len; i++)
        out = stpcpy(out, lines.items[i]);
    out = stpcpy(out, tail);
    return file_write(file, text, (size_t)(out - text), diag);
}
