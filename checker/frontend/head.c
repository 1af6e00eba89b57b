/* Heads: what the sources of a directory begin with is usually one header, and that header with the
 * system's in it is most of what the compiler reads. It is read once, by libclang, which writes it
 * down for itself and for the clang program (a precompiled header); its facts go to every source.
 *
 * A head changes nothing but the time. Sources share one if their first directive is the same
 * #include, in the same directory and with the same flags; each is then read from the line behind
 * that. Whatever goes wrong with a head or behind it is tried again without. */
#include "frontend/reader.h"

#include "base/file.h"
#include "base/path.h"

#include <ctype.h>
#include <string.h>

enum {
    SOURCES_LEAST = 3, /* making a head takes as long as reading the header twice */
};

/* -- the first directive -- */

static const char *skip_comment(const char *at)
{
    if (at[1] == '/')
        return at + strcspn(at, "\n");
    const char *end = strstr(at + 2, "*/");
    return end ? end + 2 : at + strlen(at);
}

static bool starts_comment(const char *at)
{
    return at[0] == '/' && (at[1] == '/' || at[1] == '*');
}

/* Behind blanks and comments; those on this line only, if so wanted. */
static const char *skip_white(const char *at, bool this_line)
{
    for (;;) {
        if (starts_comment(at))
            at = skip_comment(at);
        else if (isspace((unsigned char)*at) && !(this_line && *at == '\n'))
            at++;
        else
            return at;
    }
}

/* The #include that a text begins with. */
struct begin {
    size_t offset, length;
    const char *name; /* with its quotes or brackets; points into the text, without an end */
    size_t name_length;
};

/* False if the text begins otherwise. */
static bool find_begin(const char *text, struct begin *ret_begin)
{
    static const char mark[] = "\xef\xbb\xbf";
    const char *at = strncmp(text, mark, strlen(mark)) ? text : text + strlen(mark);
    const char *hash = at = skip_white(at, false);
    if (*at != '#')
        return false;
    at = skip_white(at + 1, true);
    if (strncmp(at, "include", strlen("include")))
        return false;
    const char *name = at = skip_white(at + strlen("include"), true);
    if (*at != '"' && *at != '<')
        return false;
    size_t length = strcspn(at + 1, *at == '<' ? ">\n" : "\"\n");
    if (!length || at[1 + length] != (*at == '<' ? '>' : '"'))
        return false;
    at += length + 2;
    *ret_begin = (struct begin){.offset = (size_t)(hash - text),
                                .length = (size_t)(at - hash),
                                .name = name,
                                .name_length = length + 2};
    at = skip_white(at, true);
    return !*at || *at == '\n';
}

static bool has_forced_includes(const strings *flags)
{
    for (size_t i = 0; i < flags->len; i++)
        if (!strncmp(flags->items[i], "-include", strlen("-include")) ||
            !strncmp(flags->items[i], "-imacros", strlen("-imacros")))
            return true;
    return false;
}

static const char *first_include(struct run *run, const struct work *work)
{
    struct arena scratch;
    struct diag ignored;
    struct begin begin;
    char *text;
    size_t length;
    const char *name = NULL;
    if (has_forced_includes(&work->flags))
        return NULL;
    arena_init(&scratch, run->arena.on_fail, run->arena.context);
    diag_init(&ignored, &scratch);
    if (unsaved_read(run->setup.options->unsaved, work->source->path, &scratch, &text, &length,
                     &ignored) &&
        find_begin(text, &begin))
        name = arena_strndup(&run->arena, begin.name, begin.name_length);
    arena_finish(&scratch);
    return name;
}

/* -- finding -- */

static struct head *head_of(struct run *run, const struct work *work, const char *name)
{
    const char *directory = path_directory(&run->arena, work->source->path);
    for (size_t i = 0; i < run->heads.len; i++) {
        struct head *head = run->heads.items[i];
        if (!strcmp(head->name, name) && !strcmp(head->directory, directory) &&
            head->is_cxx == work->source->is_cxx && same_flags(head->flags, &work->flags))
            return head;
    }
    struct head *head = arena_new(&run->arena, struct head);
    *head = (struct head){.directory = directory,
                          .name = name,
                          .flags = &work->flags,
                          .is_cxx = work->source->is_cxx,
                          .number = run->heads.len};
    arena_init(&head->arena, run->arena.on_fail, run->arena.context);
    vec_push(&run->arena, &run->heads, head);
    return head;
}

void heads_find(struct run *run)
{
    if (run->nworks < SOURCES_LEAST)
        return;
    for (size_t i = 0; i < run->nworks; i++) {
        const char *name = first_include(run, &run->works[i]);
        if (!name)
            continue;
        run->works[i].head = head_of(run, &run->works[i], name);
        run->works[i].head->count++;
    }
    for (size_t i = 0; i < run->nworks; i++)
        if (run->works[i].head && run->works[i].head->count < SOURCES_LEAST)
            run->works[i].head = NULL;
}

/* -- making -- */

void head_make(struct run *run, struct head *head)
{
    if (head->count < SOURCES_LEAST)
        return;
    struct diag ignored;
    diag_init(&ignored, &head->arena);
    pthread_mutex_lock(&run->lock);
    const char *directory = run_directory(run, &head->arena, &ignored);
    pthread_mutex_unlock(&run->lock);
    if (!directory)
        return;
    const char *file = arena_printf(&head->arena, "%s/head-%zu.pch", directory, head->number);
    double start = seconds_now();
    if (head_read(&run->setup, head, file))
        head->file = file;
    head->seconds = seconds_now() - start;
}

/* -- using -- */

void head_flags(struct arena *arena, const struct head *head, strings *flags)
{
    vec_push(arena, flags, "-include-pch");
    vec_push(arena, flags, head->file);
}

static struct place own_place(struct reader *r, struct place place)
{
    place.file = intern(&r->names, place.file);
    return place;
}

static void take_roles(struct reader *r, const struct facts *from)
{
    for (size_t i = 0; i < from->roles.len; i++) {
        struct role_decl role = from->roles.items[i];
        role.function = intern(&r->names, role.function);
        role.role = intern(&r->names, role.role);
        role.place = own_place(r, role.place);
        add_role(r, role);
    }
}

static void take_statics(struct reader *r, const struct reader *from)
{
    /* Numbers are those of the head, because its functions come first. */
    for (size_t i = 0; i < from->functions.len; i++) {
        struct static_function function = from->functions.items[i];
        function.name = intern(&r->names, function.name);
        uint32_t *uses = arena_new_array(r->arena, function.uses.len, uint32_t);
        if (function.uses.len)
            memcpy(uses, function.uses.items, function.uses.len * sizeof(*uses));
        function.uses.items = uses;
        function.uses.cap = function.uses.len;
        vec_push(r->arena, &r->functions, function);
        map_set(&r->statics, r->arena, (uint64_t)(uintptr_t)function.name, r->functions.len);
    }
    for (size_t i = 0; i < from->static_roots.len; i++)
        vec_push(r->arena, &r->static_roots, from->static_roots.items[i]);
}

static void take_facts(struct reader *r, const struct reader *from)
{
    take_roles(r, from->facts);
    take_statics(r, from);
    struct facts *to = r->facts;
    for (size_t i = 0; i < from->facts->conditions.len; i++) {
        struct condition condition = from->facts->conditions.items[i];
        condition.file = intern(&r->names, condition.file);
        vec_push(r->arena, &to->conditions, condition);
    }
    for (size_t i = 0; i < from->facts->functions.len; i++)
        vec_push(r->arena, &to->functions, from->facts->functions.items[i]);
    for (size_t i = 0; i < from->facts->registrations.len; i++)
        vec_push(r->arena, &to->registrations, from->facts->registrations.items[i]);
}

bool head_take(struct reader *r, const struct head *head, const struct source *source,
               strings *flags, struct parsed *parsed)
{
    struct diag ignored;
    struct begin begin;
    char *text;
    size_t length;
    diag_init(&ignored, r->arena);
    if (!unsaved_read(r->setup->options->unsaved, source->path, r->arena, &text, &length,
                      &ignored) ||
        !find_begin(text, &begin) || begin.name_length != strlen(head->name) ||
        strncmp(begin.name, head->name, begin.name_length))
        return false;
    parsed->begin = arena_strndup(r->arena, text + begin.offset, begin.length);
    parsed->begin_offset = begin.offset;
    memset(text + begin.offset, ' ', begin.length);
    r->main = (struct replaced_text){source->path, text, length};
    head_flags(r->arena, head, flags);
    take_facts(r, head->reader);
    return true;
}

void head_leave(struct arena *arena, const struct source *source, struct parsed *parsed)
{
    for (size_t i = 0; i < parsed->replaced.len; i++) {
        struct replaced_text *text = &parsed->replaced.items[i];
        if (strcmp(text->path, source->path))
            continue;
        char *bytes = arena_strndup(arena, text->bytes, text->length);
        memcpy(bytes + parsed->begin_offset, parsed->begin, strlen(parsed->begin));
        text->bytes = bytes;
    }
    parsed->head = NULL;
}
