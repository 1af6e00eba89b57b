#include "model/internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- roles.tsv ---- */

/* Cuts the next column off *text, up to `end`; NULL if there is none. */
static const char *take_column(struct interner *names, const char **text, const char *end)
{
    const char *start = *text;
    while (start < end && (*start == ' ' || *start == '\t'))
        start++;
    const char *stop = start;
    while (stop < end && *stop != ' ' && *stop != '\t' && *stop != '\r')
        stop++;
    *text = stop;
    return stop > start ? intern_n(names, start, (size_t)(stop - start)) : NULL;
}

static bool parse_row(struct interner *names, struct place place, const char *line, const char *end,
                      struct role_row *row, struct diag *diag)
{
    row->where = take_column(names, &line, end);
    row->what = take_column(names, &line, end);
    row->role = take_column(names, &line, end);
    if (!row->role)
        return diag_error(diag, place,
                          "row has fewer than three columns; write 'record field role'");
    if (take_column(names, &line, end))
        return diag_error(diag, place, "row has more than three columns");
    if (row->what[0] != '#')
        return true;
    char *stop;
    unsigned long argument = strtoul(row->what + 1, &stop, 10);
    if (*stop || argument == 0 || argument > 64)
        return diag_error(diag, place, "'%s' is not an argument number; write '#1' for the first",
                          row->what);
    row->argument = (uint32_t)argument;
    return true;
}

bool model_roles_parse(struct arena *arena, struct interner *names, const char *file,
                       const char *text, size_t length, struct role_table *table, struct diag *diag)
{
    bool ok = true;
    uint32_t number = 0;
    const char *stop = text + length;
    for (const char *line = text; line < stop;) {
        const char *end = memchr(line, '\n', (size_t)(stop - line));
        if (!end)
            end = stop;
        struct place place = {file, ++number, 1, 0};
        const char *first = line;
        while (first < end && strchr(" \t\r", *first))
            first++;
        struct role_row row = {0};
        if (first < end && *first != '#') {
            if (parse_row(names, place, line, end, &row, diag))
                vec_push(arena, &table->rows, row);
            else
                ok = false;
        }
        line = end + 1;
    }
    return ok;
}

const char *role_canonical(const struct role_table *roles, struct interner *names, const char *role)
{
    role = intern(names, role);
    for (size_t i = 0; roles && i < roles->rows.len; i++)
        if (roles->rows.items[i].what == role && strcmp(roles->rows.items[i].where, "=") == 0)
            return roles->rows.items[i].role;
    return role;
}

/* ---- callbacks ---- */

struct gathering {
    struct points_to *pt;
    VEC(struct callback) callbacks;
};

func_id function_named(const struct points_to *pt, const char *name)
{
    const char *known = intern_find(pt->names, name);
    const uint64_t *slot =
        known ? map_get(&pt->functions_by_name, (uint64_t)(uintptr_t)known) : NULL;
    return slot ? (func_id)*slot - 1 : ID_NONE;
}

static struct callback *callback_of(struct gathering *g, func_id function, const char *role)
{
    for (size_t i = 0; i < g->callbacks.len; i++) {
        struct callback *known = &g->callbacks.items[i];
        if (known->function == function && known->role == role)
            return known;
    }
    struct callback callback = {.function = function, .role = role};
    callback.mentioned = g->pt->program->functions[function].address_taken;
    vec_push(g->pt->arena, &g->callbacks, callback);
    return &vec_last(&g->callbacks);
}

/* The driver's own function of that id; ID_NONE for those of the OS model and undefined ones. */
static bool is_drivers(const struct points_to *pt, func_id function)
{
    return function != ID_NONE && pt->program->functions[function].defined &&
           !is_system(pt->program, function);
}

static void register_callback(struct gathering *g, func_id function, const char *role,
                              struct place place)
{
    if (!is_drivers(g->pt, function))
        return;
    struct callback *callback = callback_of(g, function, role);
    if (!callback->registered.file)
        callback->registered = place;
}

static struct place place_of(const struct program *program, loc_id id)
{
    const struct loc *loc = &program->locs[id];
    return id && loc->file ? (struct place){loc->file, loc->line, loc->column, 0} : place_none();
}

/* The role of what is stored in a field, or NULL. */
static const char *field_role(const struct points_to *pt, const char *record, const char *field)
{
    for (size_t i = 0; pt->roles && record && field && i < pt->roles->rows.len; i++) {
        const struct role_row *row = &pt->roles->rows.items[i];
        if (!row->argument && strcmp(row->where, record) == 0 && strcmp(row->what, field) == 0)
            return row->role;
    }
    return NULL;
}

/* What the front end saw has the best places: it comes first. */
static void gather_facts(struct gathering *g)
{
    struct points_to *pt = g->pt;
    for (uint32_t i = 0; i < pt->program->nfacts; i++) {
        const struct facts *facts = pt->program->facts[i];
        for (size_t k = 0; facts && k < facts->roles.len; k++) {
            const struct role_decl *decl = &facts->roles.items[k];
            func_id function = function_named(pt, decl->function);
            if (!is_drivers(pt, function))
                continue;
            const char *role = role_canonical(pt->roles, pt->names, decl->role);
            struct callback *callback = callback_of(g, function, role);
            if (!callback->declared.file)
                callback->declared = decl->place;
        }
        for (size_t k = 0; facts && k < facts->registrations.len; k++) {
            const struct registration *r = &facts->registrations.items[k];
            const char *role = field_role(pt, r->record, r->field);
            if (role)
                register_callback(g, function_named(pt, r->function), role, r->place);
        }
    }
}

/* Functions that the harness calls by name: the name declares the role. */
static void gather_names(struct gathering *g)
{
    struct points_to *pt = g->pt;
    for (size_t i = 0; pt->roles && i < pt->roles->rows.len; i++) {
        const struct role_row *row = &pt->roles->rows.items[i];
        func_id function = strcmp(row->where, "name") ? ID_NONE : function_named(pt, row->what);
        if (!is_drivers(pt, function))
            continue;
        struct callback *callback = callback_of(g, function, row->role);
        if (!callback->declared.file)
            callback->declared = place_of(pt->program, pt->program->functions[function].loc);
    }
}

/* The field that starts at `offset`, in the innermost record. */
static const char *role_at(const struct points_to *pt, type_id type, uint64_t offset,
                           unsigned depth)
{
    const struct type *t = &pt->program->types[type];
    for (uint32_t i = 0; i < t->nfields && depth < 8; i++) {
        const struct field *field = &t->fields[i];
        if (offset < field->offset || offset >= field->offset + field->size)
            continue;
        const char *role = offset == field->offset ? field_role(pt, t->name, field->name) : NULL;
        if (!role && layout_is_record(&pt->layouts, field->type))
            role = role_at(pt, field->type, offset - field->offset, depth + 1);
        if (role)
            return role;
    }
    return NULL;
}

static void register_all(struct gathering *g, node_id value, const char *role, loc_id loc)
{
    struct points_to *pt = g->pt;
    for (uint32_t i = 0; value && i < pt->nodes.items[value].len; i++)
        register_callback(g, target_function(pt, pt->nodes.items[value].items[i]), role,
                          place_of(pt->program, loc));
}

/* A function pointer stored in a field that has a role, whatever way it took there. */
static void gather_store(struct gathering *g, const struct instance *instance,
                         const struct instr *store)
{
    struct points_to *pt = g->pt;
    node_id value = node_of_operand(pt, instance, &store->a);
    node_id address = node_of_operand(pt, instance, &store->b);
    if (!value || !address || !node_has_function(pt, value))
        return;
    for (uint32_t i = 0; i < pt->nodes.items[address].len; i++) {
        struct target t = pt->targets.items[pt->nodes.items[address].items[i]];
        if (t.region >= pt->program->ntypes || t.extent == EXTENT_REST)
            continue;
        const char *role = role_at(pt, t.region, t.offset, 0);
        if (role)
            register_all(g, value, role, store->loc);
    }
}

static void gather_call(struct gathering *g, const struct instance *instance,
                        const struct instr *call)
{
    struct points_to *pt = g->pt;
    if (call->a.kind != OPERAND_FUNC || !pt->roles)
        return;
    const char *name = pt->program->functions[call->a.index].name;
    for (size_t i = 0; i < pt->roles->rows.len; i++) {
        const struct role_row *row = &pt->roles->rows.items[i];
        if (row->argument && row->argument <= call->nextra && strcmp(row->where, name) == 0)
            register_all(g, node_of_operand(pt, instance, &call->extra[row->argument - 1]),
                         row->role, call->loc);
    }
}

static void gather_code(struct gathering *g)
{
    struct points_to *pt = g->pt;
    size_t ninstances = pt->instances.len;
    for (size_t i = 0; i < ninstances; i++) {
        struct instance instance = pt->instances.items[i];
        const struct function *f = &pt->program->functions[instance.function];
        for (instr_id k = 0; !is_system(pt->program, instance.function) && k < f->ninstrs; k++) {
            if (f->instrs[k].op == INSTR_STORE)
                gather_store(g, &instance, &f->instrs[k]);
            else if (f->instrs[k].op == INSTR_CALL)
                gather_call(g, &instance, &f->instrs[k]);
        }
    }
}

static void gather_globals(struct gathering *g)
{
    const struct program *program = g->pt->program;
    for (uint32_t i = 0; i < program->nglobals; i++) {
        const struct global *global = &program->globals[i];
        for (uint32_t k = 0; !global->from_model && k < global->ninits; k++) {
            const struct init *init = &global->inits[k];
            if (init->value.kind != OPERAND_FUNC ||
                !layout_is_record(&g->pt->layouts, global->type))
                continue;
            uint64_t at = init->offset;
            layout_member_start(&g->pt->layouts, global->type, init->offset, &at);
            type_id type = global->type;
            while (program->types[type].array_count)
                type = program->types[type].element;
            const char *role = role_at(g->pt, type, at, 0);
            if (role)
                register_callback(g, init->value.index, role, place_of(program, global->loc));
        }
    }
}

static bool comes_before(const struct program *program, const struct callback *a,
                         const struct callback *b)
{
    int order = strcmp(a->role, b->role);
    if (!order)
        order = strcmp(program->functions[a->function].name, program->functions[b->function].name);
    return order < 0;
}

/* Keeps the array sorted while adding: callbacks are few. */
static void insert_sorted(struct model *model, struct callback callback)
{
    uint32_t at = model->ncallbacks++;
    for (; at > 0 && comes_before(model->program, &callback, &model->callbacks[at - 1]); at--)
        model->callbacks[at] = model->callbacks[at - 1];
    model->callbacks[at] = callback;
}

void callbacks_collect(struct points_to *pt, struct model *model)
{
    struct gathering g = {.pt = pt};
    gather_facts(&g);
    gather_names(&g);
    gather_globals(&g);
    gather_code(&g);
    model->callbacks = arena_new_array(pt->arena, g.callbacks.len + 1, struct callback);
    for (size_t i = 0; i < g.callbacks.len; i++)
        insert_sorted(model, g.callbacks.items[i]);
}

struct target_set model_declared(const struct model *model, struct arena *arena, const char *role)
{
    struct target_set set = {0};
    const struct points_to *pt = model->points_to;
    const char *canonical = role;
    for (size_t i = 0; pt->roles && i < pt->roles->rows.len; i++) {
        const struct role_row *row = &pt->roles->rows.items[i];
        if (strcmp(row->where, "=") == 0 && strcmp(row->what, role) == 0)
            canonical = row->role;
    }
    func_id *found = arena_new_array(arena, model->ncallbacks + 1, func_id);
    for (uint32_t i = 0; i < model->ncallbacks; i++) {
        const struct callback *callback = &model->callbacks[i];
        if (!callback->declared.file || callback->mentioned || strcmp(callback->role, canonical))
            continue;
        uint32_t at = set.len++;
        for (; at > 0 && found[at - 1] > callback->function; at--)
            found[at] = found[at - 1];
        found[at] = callback->function;
    }
    set.items = found;
    return set;
}
