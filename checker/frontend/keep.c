/* Units and models that earlier runs left in the cache, and what this one leaves. */
#include "frontend/key.h"
#include "frontend/repair.h"

#include "base/path.h"
#include "cache/cache.h"

#include <string.h>

/* -- units as bytes -- */

static void write_facts(struct serial_writer *writer, const struct facts *facts)
{
    serial_put_text(writer, facts->file);
    serial_put_number(writer, facts->roles.len);
    for (size_t i = 0; i < facts->roles.len; i++) {
        serial_put_text(writer, facts->roles.items[i].function);
        serial_put_text(writer, facts->roles.items[i].role);
        serial_put_place(writer, facts->roles.items[i].place);
    }
    serial_put_number(writer, facts->conditions.len);
    for (size_t i = 0; i < facts->conditions.len; i++) {
        const struct condition *condition = &facts->conditions.items[i];
        serial_put_text(writer, condition->file);
        serial_put_number(writer, condition->line);
        serial_put_number(writer, condition->column);
        serial_put_text(writer, condition->text);
        serial_put_number(writer, condition->nth);
        serial_put_number(writer, condition->count);
        serial_put_text(writer, condition->whole);
    }
    serial_put_number(writer, facts->functions.len);
    for (size_t i = 0; i < facts->functions.len; i++) {
        const struct function_extent *extent = &facts->functions.items[i];
        serial_put_text(writer, extent->function);
        serial_put_text(writer, extent->file);
        serial_put_number(writer, extent->line);
        serial_put_number(writer, extent->column);
        serial_put_number(writer, extent->end_line);
        serial_put_number(writer, extent->end_column);
    }
    serial_put_number(writer, facts->registrations.len);
    for (size_t i = 0; i < facts->registrations.len; i++) {
        const struct registration *registration = &facts->registrations.items[i];
        serial_put_text(writer, registration->function);
        serial_put_text(writer, registration->field);
        serial_put_text(writer, registration->record);
        serial_put_place(writer, registration->place);
    }
    serial_put_number(writer, facts->declared.len);
    for (size_t i = 0; i < facts->declared.len; i++)
        serial_put_text(writer, facts->declared.items[i]);
}

static void write_unit(struct serial_writer *writer, const struct unit *unit)
{
    serial_put_number(writer, unit->failed);
    serial_put_number(writer, unit->partial);
    serial_put_messages(writer, unit->diag.messages.items, unit->diag.messages.len);
    serial_put_number(writer, unit->omissions.len);
    for (size_t i = 0; i < unit->omissions.len; i++) {
        serial_put_number(writer, unit->omissions.items[i].kind);
        serial_put_place(writer, unit->omissions.items[i].place);
        serial_put_text(writer, unit->omissions.items[i].what);
    }
    serial_put_number(writer, unit->headers.len);
    for (size_t i = 0; i < unit->headers.len; i++) {
        serial_put_text(writer, unit->headers.items[i].name);
        serial_put_place(writer, unit->headers.items[i].place);
        serial_put_number(writer, unit->headers.items[i].harmless);
    }
    serial_put_number(writer, unit->facts != NULL);
    if (unit->facts)
        write_facts(writer, unit->facts);
    serial_put_bytes(writer, unit->bitcode, unit->bitcode_length);
}

static uint32_t read_32(struct serial_reader *reader)
{
    return serial_choice(reader, UINT32_MAX);
}

/* A text that is one of the caller's table from here on. */
static const char *read_name(struct serial_reader *reader, struct interner *names)
{
    return intern(names, serial_text(reader));
}

static struct place read_place(struct serial_reader *reader, struct interner *names)
{
    struct place place = serial_place(reader);
    place.file = intern(names, place.file);
    return place;
}

static struct condition read_condition(struct serial_reader *reader, struct interner *names)
{
    struct condition condition = {.file = read_name(reader, names)};
    condition.line = read_32(reader);
    condition.column = read_32(reader);
    condition.text = read_name(reader, names);
    condition.nth = read_32(reader);
    condition.count = read_32(reader);
    condition.whole = read_name(reader, names);
    return condition;
}

static struct function_extent read_extent(struct serial_reader *reader, struct interner *names)
{
    struct function_extent extent = {.function = read_name(reader, names)};
    extent.file = read_name(reader, names);
    extent.line = read_32(reader);
    extent.column = read_32(reader);
    extent.end_line = read_32(reader);
    extent.end_column = read_32(reader);
    return extent;
}

static struct facts *read_facts(struct serial_reader *reader, struct interner *names)
{
    struct arena *arena = reader->arena;
    struct facts *facts = arena_new(arena, struct facts);
    facts->file = read_name(reader, names);
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--) {
        struct role_decl role = {.function = read_name(reader, names)};
        role.role = read_name(reader, names);
        role.place = read_place(reader, names);
        vec_push(arena, &facts->roles, role);
    }
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--)
        vec_push(arena, &facts->conditions, read_condition(reader, names));
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--)
        vec_push(arena, &facts->functions, read_extent(reader, names));
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--) {
        struct registration registration = {.function = read_name(reader, names)};
        registration.field = read_name(reader, names);
        registration.record = read_name(reader, names);
        registration.place = read_place(reader, names);
        vec_push(arena, &facts->registrations, registration);
    }
    for (size_t i = serial_count(reader); i > 0 && !reader->failed; i--)
        vec_push(arena, &facts->declared, read_name(reader, names));
    return facts;
}

/* NULL if the bytes are none. */
static struct unit *read_unit(struct arena *arena, struct interner *names, const char *bytes,
                              size_t length)
{
    struct serial_reader reader;
    struct unit *unit = arena_new(arena, struct unit);
    diag_init(&unit->diag, arena);
    serial_reader_init(&reader, arena, bytes, length);
    unit->failed = serial_bool(&reader);
    unit->partial = serial_bool(&reader);
    serial_messages(&reader, &unit->diag);
    for (size_t i = serial_count(&reader); i > 0 && !reader.failed; i--) {
        struct omission omission = {
            .kind = (enum omission_kind)serial_choice(&reader, OMISSION_REST)};
        omission.place = read_place(&reader, names);
        omission.what = read_name(&reader, names);
        vec_push(arena, &unit->omissions, omission);
    }
    for (size_t i = serial_count(&reader); i > 0 && !reader.failed; i--) {
        struct missing_header header = {.name = read_name(&reader, names)};
        header.place = read_place(&reader, names);
        header.harmless = serial_bool(&reader);
        vec_push(arena, &unit->headers, header);
    }
    if (serial_bool(&reader))
        unit->facts = read_facts(&reader, names);
    const char *bitcode = serial_bytes(&reader, &unit->bitcode_length);
    if (!serial_end(&reader))
        return NULL;
    unit->bitcode = arena_alloc(arena, unit->bitcode_length); /* LLVM wants it to be aligned */
    memcpy(unit->bitcode, bitcode, unit->bitcode_length);
    return unit;
}

/* -- taking -- */

static struct digest source_digest(const struct run *run, const struct work *work)
{
    struct digest digest = cache_key(run->setup.options->cache, CACHE_UNIT);
    digest_text(&digest, work->source->path);
    digest_text(&digest, work->source->shown);
    digest_text(&digest, work->source->directory);
    return digest;
}

static struct digest_value unit_digest(const struct work *work, const char *bytes, size_t length)
{
    struct digest digest = {0};
    digest_add(&digest, work->key);
    digest_block(&digest, bytes, length);
    return digest_value(&digest);
}

static struct unit *take(struct run *run, const struct work *work, struct arena *arena,
                         struct interner *names)
{
    const char *bytes;
    size_t length;
    if (!work->sure ||
        !cache_get(run->setup.options->cache, CACHE_UNIT, work->key, arena, &bytes, &length))
        return NULL;
    struct unit *unit = read_unit(arena, names, bytes, length);
    if (unit) {
        unit->source = work->source;
        unit->digest = unit_digest(work, bytes, length);
    }
    return unit;
}

void kept_take(struct run *run, struct scan *scan, struct arena *arena, struct interner *names)
{
    struct work *left = arena_new_array(&run->arena, run->nworks, struct work);
    size_t nleft = 0;
    struct map paths;
    setup_identify(&run->setup, &run->arena);
    for (size_t i = 0; i < run->nworks; i++) {
        struct work *work = &run->works[i];
        work->number = i;
        work->sure = key_make(scan, &run->arena, &run->setup, work, source_digest(run, work),
                              &work->key, &paths);
        *work->unit = take(run, work, arena, names);
        if (!*work->unit)
            left[nleft++] = *work;
    }
    run->all = run->works;
    run->nall = run->nworks;
    run->works = left;
    run->nworks = nleft;
}

/* -- storing -- */

static bool is_below(const char *path, const char *directory)
{
    size_t length = directory ? strlen(directory) : 0;
    return length && !strncmp(path, directory, length) && path[length] == '/';
}

/* Whether the key counts all files that libclang read. Clang's own and ours do not change. */
static bool has_all(const struct run *run, const struct scan *scan, const struct map *paths,
                    const strings *files)
{
    for (size_t i = 0; i < files->len; i++) {
        const char *path = files->items[i], *known = scan_path(scan, path);
        bool own = is_below(path, run->setup.resources) || is_below(path, run->directory) ||
                   !strcmp(path, REPAIR_PRELUDE);
        if (!own && !(known && map_get(paths, (uint64_t)(uintptr_t)known)))
            return false;
    }
    return true;
}

/* Whether the files are still those that the key was made of when clang had read them. */
static bool is_unchanged(const struct run *run, struct scan *scan, const struct work *work,
                         struct arena *scratch)
{
    struct map paths;
    struct digest_value key;
    const struct parsed *parsed = &work->parsed;
    return key_make(scan, scratch, &run->setup, &run->all[work->number], source_digest(run, work),
                    &key, &paths) &&
           digest_equal(key, work->key) && has_all(run, scan, &paths, &parsed->inclusions) &&
           (!parsed->head || has_all(run, scan, &paths, &parsed->head->inclusions));
}

void kept_store(struct run *run)
{
    struct arena scratch;
    if (!run->nworks)
        return;
    arena_init(&scratch, run->arena.on_fail, run->arena.context);
    struct scan *scan = scan_includes(&scratch, &run->setup, run->all, run->nall, true);
    for (size_t i = 0; i < run->nworks; i++) {
        struct work *work = &run->works[i];
        struct unit *unit = *work->unit;
        struct serial_writer writer;
        serial_writer_init(&writer, &scratch);
        write_unit(&writer, unit);
        unit->digest = unit_digest(work, writer.bytes.items, writer.bytes.len);
        /* That a file failed may have been the machine's fault. */
        if (work->sure && unit->bitcode && unit->facts && is_unchanged(run, scan, work, &scratch))
            cache_put(run->setup.options->cache, CACHE_UNIT, work->key, writer.bytes.items,
                      writer.bytes.len);
    }
    arena_finish(&scratch);
}

/* -- models -- */

static bool model_key(const struct run *run, struct scan *scan, struct arena *arena,
                      const struct work *work, struct digest_value *ret_key)
{
    struct map paths;
    struct digest digest = cache_key(run->setup.options->cache, CACHE_MODEL);
    return key_make(scan, arena, &run->setup, work, digest, ret_key, &paths);
}

bool kept_take_models(struct run *run)
{
    bool all = true;
    setup_identify(&run->setup, &run->arena);
    struct scan *scan = scan_includes(&run->arena, &run->setup, run->works, run->nworks, true);
    for (size_t i = 0; i < run->nworks; i++) {
        struct work *work = &run->works[i];
        const char *bytes;
        work->sure = model_key(run, scan, &run->arena, work, &work->key);
        work->compiled = work->sure && cache_get(run->setup.options->cache, CACHE_MODEL, work->key,
                                                 &run->arena, &bytes, &work->input.length);
        if (work->compiled)
            work->input.bitcode = (char *)bytes; /* nobody changes it; it is copied */
        all &= work->compiled;
    }
    return all;
}

void kept_store_models(struct run *run)
{
    struct arena scratch;
    struct digest_value key;
    arena_init(&scratch, run->arena.on_fail, run->arena.context);
    struct scan *scan = scan_includes(&scratch, &run->setup, run->works, run->nworks, true);
    for (size_t i = 0; i < run->nworks; i++) {
        struct work *work = &run->works[i];
        if (work->compiled && work->sure && model_key(run, scan, &scratch, work, &key) &&
            digest_equal(key, work->key))
            cache_put(run->setup.options->cache, CACHE_MODEL, key, work->input.bitcode,
                      work->input.length);
    }
    arena_finish(&scratch);
}
