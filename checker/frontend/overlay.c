/* Overlays of the file system, as clang reads them: JSON in the format of LLVM's
 * VirtualFileSystem.h. */
#include "frontend/internal.h"

#include "base/path.h"

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

bool overlay_write_unsaved(struct run *run, struct diag *diag)
{
    const struct unsaved_files *unsaved = run->setup.options->unsaved;
    struct arena *arena = &run->arena;
    if (!unsaved || !unsaved->items.len)
        return true;
    const char *directory = run_directory(run, arena, diag);
    if (!directory)
        return false;
    struct overlay overlay = {0};
    for (size_t i = 0; i < unsaved->items.len; i++) {
        const struct unsaved_file *file = &unsaved->items.items[i];
        const char *contents =
            arena_printf(arena, "%s/unsaved-%zu%s", directory, i, path_extension(file->path));
        if (!file_write(contents, file->text, file->length, diag))
            return false;
        vec_push(
            arena, &overlay.files,
            (struct overlay_file){.path = file->path, .contents = contents, .keep_name = true});
    }
    const char *file = path_join(arena, directory, "unsaved.json");
    run->setup.unsaved = file;
    return overlay_write(arena, &overlay, file, diag);
}

void overlay_flags(struct arena *arena, const struct setup *setup, strings *flags)
{
    if (!setup->unsaved)
        return;
    vec_push(arena, flags, "-ivfsoverlay");
    vec_push(arena, flags, setup->unsaved);
}
