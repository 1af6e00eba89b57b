#include "report/sarif.h"

#include "base/path.h"

#include <stdio.h>
#include <string.h>

enum { AROUND = 2 /* lines of context before and behind */ };

/* An address: percent-encoded but for what may stand in a path. */
static const char *encoded(struct arena *arena, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-._~/!$&'()*+,;=@";
    VEC(char) text = {0};
    for (const unsigned char *s = (const unsigned char *)path; *s; s++) {
        char code[4] = {(char)*s};
        if (!strchr(plain, *s))
            snprintf(code, sizeof(code), "%%%02X", *s);
        for (const char *c = code; *c; c++)
            vec_push(arena, &text, *c);
    }
    vec_push(arena, &text, '\0');
    return text.items;
}

void sarif_add_artifact(struct sarif *sarif, struct json *parent, const char *key, const char *path)
{
    struct arena *arena = sarif->writer->scratch;
    const char *shown = shown_path(sarif->writer, path);
    const char *normal = path_normalize(arena, shown);
    bool elsewhere = *normal == '/';
    struct json *artifact = json_add_object(parent, key);
    json_add_string(artifact, "uri", encoded(arena, normal + elsewhere));
    json_add_string(artifact, "uriBaseId", elsewhere ? SARIF_ELSEWHERE : SARIF_ROOT);
    sarif->elsewhere |= elsewhere;
}

static void add_snippet(struct json *region, const char *text)
{
    json_add_string(json_add_object(region, "snippet"), "text", text);
}

static void add_region(struct sarif *sarif, struct json *physical, const struct place *place)
{
    struct writer *writer = sarif->writer;
    uint32_t start, end;
    struct json *region = json_add_object(physical, "region");
    json_add_number(region, "startLine", place->line);
    if (!source_units(writer, place, &start, &end)) {
        json_add_number(region, "startColumn", place->column ? place->column : 1);
        return;
    }
    json_add_number(region, "startColumn", start + 1);
    json_add_number(region, "endLine", place->line);
    json_add_number(region, "endColumn", end + 1);
    add_snippet(region, clean_text(writer->scratch, source_word(writer, place)));
}

static void add_context(struct sarif *sarif, struct json *physical, const struct place *place)
{
    struct writer *writer = sarif->writer;
    const char *text = "";
    uint32_t first = place->line > AROUND ? place->line - AROUND : 1, last = first;
    for (uint32_t i = first; i <= place->line + AROUND; i++) {
        const char *line = source_line(writer, place->file, i);
        if (!line)
            break;
        text = arena_printf(writer->scratch, "%s%s\n", text,
                            line); /* columns count in the lines as they are */
        last = i;
    }
    if (!*text)
        return;
    struct json *region = json_add_object(physical, "contextRegion");
    json_add_number(region, "startLine", first);
    json_add_number(region, "endLine", last);
    add_snippet(region, text);
}

void sarif_add_place(struct sarif *sarif, struct json *location, const struct place *place,
                     const char *function, bool context)
{
    if (place->file) {
        struct json *physical = json_add_object(location, "physicalLocation");
        sarif_add_artifact(sarif, physical, "artifactLocation", place->file);
        struct place start = *place;
        if (!start.line) /* the whole file: GitHub takes no location without a line */
            start = (struct place){place->file, 1, 1, 0};
        add_region(sarif, physical, &start);
        if (context)
            add_context(sarif, physical, &start);
    }
    if (!function)
        return;
    struct json *logical = json_add_object(json_add_array(location, "logicalLocations"), NULL);
    json_add_string(logical, "fullyQualifiedName", clean_text(sarif->writer->scratch, function));
    json_add_string(logical, "kind", "function");
}
