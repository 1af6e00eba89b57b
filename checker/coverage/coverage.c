#include "coverage/coverage.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

struct collector {
    struct arena *arena;
    struct unit *const *units;
    size_t nunits;
    const struct model *model;
    const struct program *program;
    struct coverage *coverage;
    uint8_t *reached; /* [function]: something that the system calls leads to it */
};

/* ---- files -------------------------------------------------------------------------------- */

static struct file_coverage *file_of(struct collector *c, const char *file)
{
    for (size_t i = 0; i < c->coverage->files.len; i++)
        if (!strcmp(c->coverage->files.items[i].file, file))
            return &c->coverage->files.items[i];
    vec_push(c->arena, &c->coverage->files, (struct file_coverage){.file = file});
    return &vec_last(&c->coverage->files);
}

static void add_sources(struct collector *c)
{
    for (size_t i = 0; i < c->nunits; i++)
        file_of(c, c->units[i]->source->path)->lost |= c->units[i]->failed;
}

/* ---- functions ---------------------------------------------------------------------------- */

static void mark_reached(struct collector *c, func_id function)
{
    VEC(func_id) queue = {0};
    c->reached[function] = 1;
    vec_push(c->arena, &queue, function);
    while (queue.len) {
        func_id from = queue.items[--queue.len];
        for (uint32_t e = c->model->edges_of[from]; e < c->model->edges_of[from + 1]; e++) {
            func_id to = c->model->edges[e].callee;
            if (!c->reached[to])
                vec_push(c->arena, &queue, to);
            c->reached[to] = 1;
        }
    }
}

/* The system's own functions are where calls come from; code that was left out may call, too. */
static void find_reached(struct collector *c)
{
    c->reached = arena_new_array(c->arena, c->program->nfunctions, uint8_t);
    func_id harness = program_find_function(c->program, "drvlint_harness");
    if (harness != ID_NONE)
        mark_reached(c, harness);
    for (uint32_t i = 0; i < c->model->ncallbacks; i++)
        mark_reached(c, c->model->callbacks[i].function);
    for (uint32_t i = 0; i < c->model->nholes; i++)
        for (uint32_t k = 0; k < c->model->holes[i].may_call.len; k++)
            mark_reached(c, c->model->holes[i].may_call.items[k]);
}

static bool is_hole(const struct omission *omission)
{
    return omission->kind == OMISSION_VALUE || omission->kind == OMISSION_STATEMENT ||
           omission->kind == OMISSION_BODY;
}

/* Sources that share a header tell of the same holes in it: only the first counts. */
static size_t holes_in(const struct collector *c, const struct loc *from, const struct loc *to)
{
    size_t most = 0;
    for (size_t i = 0; i < c->nunits; i++) {
        size_t holes = 0;
        for (size_t k = 0; k < c->units[i]->omissions.len; k++) {
            const struct omission *omission = &c->units[i]->omissions.items[k];
            const struct place *place = &omission->place;
            holes += is_hole(omission) && place->file && !strcmp(place->file, from->file) &&
                     place->line >= from->line && place->line <= to->line;
        }
        most = holes > most ? holes : most;
    }
    return most;
}

static void lack(struct collector *c, enum function_lack lack, const char *function,
                 struct place place, size_t holes)
{
    vec_push(c->arena, &c->coverage->functions,
             (struct function_coverage){lack, function, place, holes});
}

static void add_function(struct collector *c, func_id id)
{
    const struct function *f = &c->program->functions[id];
    const struct loc *from = &c->program->locs[f->loc], *to = &c->program->locs[f->end];
    if (!f->loc || !from->file || !strncmp(f->display, "__finally in ", 13))
        return;
    struct place place = {.file = from->file, .line = from->line, .column = from->column};
    size_t holes = holes_in(c, from, f->end && to->file ? to : from);
    struct file_coverage *file = file_of(c, from->file);
    c->coverage->whole += !holes;
    c->coverage->holes += holes > 0;
    file->whole += !holes;
    file->holes += holes > 0;
    if (holes)
        lack(c, LACK_HOLES, f->display, place, holes);
    if (!c->reached[id])
        lack(c, LACK_CALLER, f->display, place, 0);
    c->coverage->unreached += !c->reached[id];
}

/* Functions of a file that does not compile, as far as they could be told apart. */
static void add_lost_file(struct collector *c, const struct unit *unit)
{
    for (size_t i = 0; unit->facts && i < unit->facts->functions.len; i++) {
        const struct function_extent *extent = &unit->facts->functions.items[i];
        struct place place = {.file = extent->file, .line = extent->line, .column = extent->column};
        file_of(c, extent->file)->none++;
        c->coverage->none++;
        lack(c, LACK_BODY, extent->function, place, 0);
    }
}

static void add_lost_functions(struct collector *c, const struct unit *unit)
{
    for (size_t i = 0; i < unit->omissions.len; i++) {
        const struct omission *omission = &unit->omissions.items[i];
        if (omission->kind != OMISSION_FUNCTION || !omission->place.file)
            continue;
        file_of(c, omission->place.file)->none++;
        c->coverage->none++;
        lack(c, LACK_BODY, NULL, omission->place, 0);
    }
}

static int compare_places(const struct place *a, const struct place *b)
{
    int order = strcmp(a->file, b->file);
    if (order || a->line != b->line)
        return order ? order : a->line < b->line ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

static int compare_functions(const void *a, const void *b)
{
    const struct function_coverage *left = a, *right = b;
    int order = compare_places(&left->place, &right->place);
    return order ? order : (int)left->lack - (int)right->lack;
}

static void add_functions(struct collector *c)
{
    for (func_id f = 0; f < c->program->nfunctions; f++)
        if (c->program->functions[f].defined && !c->program->functions[f].from_model)
            add_function(c, f);
    for (size_t i = 0; i < c->nunits; i++) {
        if (c->units[i]->failed)
            add_lost_file(c, c->units[i]);
        else
            add_lost_functions(c, c->units[i]);
    }
    if (c->coverage->functions.len)
        qsort(c->coverage->functions.items, c->coverage->functions.len,
              sizeof *c->coverage->functions.items, compare_functions);
}

/* ---- callbacks ---------------------------------------------------------------------------- */

static void add_callbacks(struct collector *c, struct results *results)
{
    for (uint32_t i = 0; i < c->model->ncallbacks; i++) {
        const struct callback *callback = &c->model->callbacks[i];
        const struct function *f = &c->program->functions[callback->function];
        const struct loc *l = &c->program->locs[f->loc];
        bool registered = callback->registered.file != NULL;
        bool found = registered || !strcmp(callback->role, "DRIVER_INITIALIZE"); /* by its name */
        c->coverage->registered += found;
        c->coverage->declared += !found;
        vec_push(
            c->arena, &results->callbacks,
            (struct callback_info){
                .function = f->display,
                .role = callback->role,
                .place = {.file = f->loc ? l->file : NULL, .line = l->line, .column = l->column},
                .how = registered ? "registered" : "declared"});
    }
}

/* ---- the system's functions --------------------------------------------------------------- */

static bool is_declared(const struct collector *c, const char *name)
{
    for (size_t i = 0; i < c->nunits; i++) {
        const struct facts *facts = c->units[i]->facts;
        for (size_t k = 0; facts && k < facts->declared.len; k++)
            if (!strcmp(facts->declared.items[k], name))
                return true;
    }
    return false;
}

static int compare_ddis(const void *a, const void *b)
{
    const struct ddi_coverage *left = a, *right = b;
    return strcmp(left->name, right->name);
}

static void add_call(struct collector *c, const struct call_edge *edge, struct map *index,
                     struct results *results)
{
    const struct function *caller = &c->program->functions[edge->caller];
    const struct function *callee = &c->program->functions[edge->callee];
    bool own = callee->defined && !callee->from_model;
    if (caller->from_model || own || model_is_missing(callee->name) ||
        !strncmp(callee->name, "drvlint_", 8) ||
        model_hole(c->model, edge->caller, edge->call) != ID_NONE)
        return;
    uint64_t *slot = map_slot(index, c->arena, edge->callee);
    if (!*slot) {
        const struct loc *loc = &c->program->locs[caller->instrs[edge->call].loc];
        struct ddi_coverage ddi = {.name = callee->display};
        ddi.knowledge = callee->defined                ? DDI_MODELLED
                        : is_declared(c, callee->name) ? DDI_DEFAULTED
                                                       : DDI_UNKNOWN;
        ddi.place = (struct place){.file = loc->file, .line = loc->line, .column = loc->column};
        vec_push(c->arena, &c->coverage->ddis, ddi);
        *slot = c->coverage->ddis.len;
        if (ddi.knowledge != DDI_MODELLED)
            vec_push(c->arena, &results->left_out,
                     (struct left_out){.place = ddi.place,
                                       .what = arena_printf(c->arena,
                                                            "no model for '%s': any "
                                                            "result is assumed",
                                                            callee->display)});
    }
    c->coverage->ddis.items[*slot - 1].calls++;
}

static void add_ddis(struct collector *c, struct results *results)
{
    struct map index = {0};
    for (uint32_t i = 0; i < c->model->nedges; i++)
        add_call(c, &c->model->edges[i], &index, results);
    if (c->coverage->ddis.len)
        qsort(c->coverage->ddis.items, c->coverage->ddis.len, sizeof *c->coverage->ddis.items,
              compare_ddis);
}

/* ---- headers ------------------------------------------------------------------------------ */

static void add_header(struct collector *c, const struct missing_header *header)
{
    for (size_t i = 0; i < c->coverage->headers.len; i++)
        if (!strcmp(c->coverage->headers.items[i].name, header->name))
            return;
    vec_push(c->arena, &c->coverage->headers,
             (struct header_coverage){header->name, header->place, header->harmless});
}

/* ---- public ------------------------------------------------------------------------------- */

void coverage_collect(struct arena *arena, struct unit *const *units, size_t nunits,
                      const struct model *model, struct results *results)
{
    struct collector c = {.arena = arena,
                          .units = units,
                          .nunits = nunits,
                          .model = model,
                          .program = model->program,
                          .coverage = &results->coverage};
    results->coverage = (struct coverage){0};
    add_sources(&c);
    find_reached(&c);
    add_functions(&c);
    add_callbacks(&c, results);
    add_ddis(&c, results);
    results->functions_analysed = c.coverage->whole + c.coverage->holes;
    results->functions = results->functions_analysed + c.coverage->none;
    for (size_t i = 0; i < nunits; i++)
        for (size_t k = 0; k < units[i]->headers.len; k++)
            add_header(&c, &units[i]->headers.items[k]);
}
