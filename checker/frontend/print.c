/* --dump=frontend. */
#include "frontend/internal.h"

#include "base/path.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct printer {
    struct arena *arena;
    VEC(char) text;
    const char *root; /* directory that paths are shown relative to, or "" */
};

static void print(struct printer *p, const char *format, ...) PRINTF_LIKE(2, 3);

static void print(struct printer *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *piece = arena_vprintf(p->arena, format, args);
    va_end(args);
    size_t length = strlen(piece);
    vec_reserve(p->arena, &p->text, p->text.len + length + 1);
    memcpy(p->text.items + p->text.len, piece, length + 1);
    p->text.len += length;
}

static const char *shown(const struct printer *p, const char *path)
{
    return path && *p->root ? path_relative(path, p->root) : path;
}

/* The directory that `shown` of this source is relative to, or "". */
static const char *root_of(struct arena *arena, const struct source *source)
{
    size_t length = strlen(source->path), tail = strlen(source->shown);
    if (tail >= length || strcmp(source->path + length - tail, source->shown) ||
        source->path[length - tail - 1] != '/')
        return "";
    return arena_strndup(arena, source->path, length - tail - 1);
}

static void print_flags(struct printer *p, const struct source *source)
{
    print(p, "  flags");
    for (size_t i = 0; i < source->nflags; i++)
        print(p, " %s", shown(p, source->flags[i]));
    print(p, "\n");
}

static void print_message(struct printer *p, const struct diag_message *message)
{
    static const char *const levels[] = {
        [DIAG_NOTE] = "note", [DIAG_WARNING] = "warning", [DIAG_ERROR] = "error"};
    print(p, "  %s", levels[message->level]);
    if (message->place.file)
        print(p, " %s:%u:%u", shown(p, message->place.file), message->place.line,
              message->place.column);
    print(p, " %s%s%s\n", message->origin ? message->origin : "", message->origin ? ": " : "",
          message->text);
}

static void print_facts(struct printer *p, const struct facts *facts)
{
    for (size_t i = 0; i < facts->roles.len; i++) {
        const struct role_decl *role = &facts->roles.items[i];
        print(p, "  role %s %s %s:%u:%u\n", role->role, role->function, shown(p, role->place.file),
              role->place.line, role->place.column);
    }
    for (size_t i = 0; i < facts->functions.len; i++) {
        const struct function_extent *extent = &facts->functions.items[i];
        print(p, "  function %s %s:%u:%u-%u:%u\n", extent->function, shown(p, extent->file),
              extent->line, extent->column, extent->end_line, extent->end_column);
    }
    for (size_t i = 0; i < facts->registrations.len; i++) {
        const struct registration *registration = &facts->registrations.items[i];
        print(p, "  registration %s.%s = %s %s:%u:%u\n", registration->record, registration->field,
              registration->function, shown(p, registration->place.file), registration->place.line,
              registration->place.column);
    }
    for (size_t i = 0; i < facts->conditions.len; i++) {
        const struct condition *condition = &facts->conditions.items[i];
        print(p, "  condition %s:%u:%u", shown(p, condition->file), condition->line,
              condition->column);
        if (condition->count > 1)
            print(p, " [%u of %u in '%s']", condition->nth + 1, condition->count, condition->whole);
        print(p, " '%s'\n", condition->text);
    }
}

char *frontend_print(struct unit *const *units, size_t nunits, struct arena *arena)
{
    struct printer p = {.arena = arena};
    print(&p, "%s", "");
    for (size_t i = 0; i < nunits; i++) {
        const struct unit *unit = units[i];
        p.root = root_of(arena, unit->source);
        print(&p, "%sunit %s %s%s\n", i ? "\n" : "", unit->source->shown,
              unit->source->is_cxx ? "c++" : "c",
              unit->failed    ? " failed"
              : unit->partial ? " partial"
                              : "");
        print_flags(&p, unit->source);
        for (size_t k = 0; k < unit->diag.messages.len; k++)
            print_message(&p, &unit->diag.messages.items[k]);
        if (unit->facts)
            print_facts(&p, unit->facts);
    }
    return p.text.items;
}
