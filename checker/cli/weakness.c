#include "cli/pack.h"

#include "base/file.h"
#include "base/path.h"

#include <string.h>

/* The next column of the line at *at, which it moves behind. */
static const char *column(struct arena *arena, const char **at)
{
    size_t length = strcspn(*at, "\t\r\n");
    const char *text = arena_strndup(arena, *at, length);
    *at += length + ((*at)[length] == '\t');
    return text;
}

static bool take_row(struct arena *arena, struct place place, const char *line,
                     struct weakness_table *table, struct diag *diag)
{
    struct weakness row = {.rule = column(arena, &line)};
    row.number = column(arena, &line);
    row.title = column(arena, &line);
    bool number = *row.number && row.number[strspn(row.number, "0123456789")] == '\0';
    if (!*row.rule || !number || !*row.title)
        return diag_error(diag, place, "expected a rule or set, a number and a title between tabs");
    vec_push(arena, &table->rows, row);
    return true;
}

static bool load(struct arena *arena, const char *file, struct weakness_table *table,
                 struct diag *diag)
{
    char *text;
    size_t length;
    bool ok = true;
    if (!path_exists(file))
        return true;
    if (!file_read(file, arena, &text, &length, diag))
        return false;
    uint32_t number = 1;
    for (const char *at = text; *at; number++) {
        if (*at != '#' && *at != '\n' && *at != '\r')
            ok &= take_row(arena, (struct place){file, number, 0, 0}, at, table, diag);
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return ok;
}

bool pack_load_weaknesses(struct arena *arena, const struct rule_pack *pack,
                          struct weakness_table *ret_table, struct diag *diag)
{
    bool ok = true;
    const char *beside = path_directory(arena, pack->directory);
    for (size_t i = 0; i < pack->packs.len; i++) {
        const char *name = pack->packs.items[i];
        const char *base = path_join(arena, beside, arena_strndup(arena, name, strcspn(name, " ")));
        const char *directory = i + 1 < pack->packs.len ? base : pack->directory;
        ok &= load(arena, path_join(arena, directory, "cwe.tsv"), ret_table, diag);
    }
    return ok;
}
