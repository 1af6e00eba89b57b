/* Objects that exist once, and addresses that can only be one place in one of them.
 *
 * What a driver allocates on the way through a callback that runs once in the life of a device (the
 * roles that roles.tsv calls `once`), outside of loops and by one call, is one object at a time. An
 * address that may point nowhere else is a constant, however far it has travelled: nothing of what
 * it was computed from has to be known to say where it leads. Most of a driver's memory accesses go
 * to its device's context, which is such an object. */
#include "model/internal.h"

#include <string.h>

enum verdict { UNDECIDED, ONCE, NOT_ONCE };
enum { DEEPEST_ALLOCATION = 8 };

struct finder {
    struct points_to *pt;
    struct model *model;
    uint8_t *of_function; /* [function]: enum verdict */
    uint32_t *ncallers;   /* [function] */
    uint32_t *caller;     /* [function]: one of the edges that lead to it */
    uint32_t *first_in, *next_in; /* [function], [edge]: edges to a function; index + 1 */
    uint32_t *object_of;  /* [memory]: index into model->objects + 1 */
};

static bool reaches(const struct function *f, block_id from, block_id to, uint8_t *seen)
{
    for (uint32_t i = 0; i < f->blocks[from].nsuccs; i++) {
        block_id next = f->blocks[from].succs[i];
        if (next == to)
            return true;
        if (seen[next])
            continue;
        seen[next] = 1;
        if (reaches(f, next, to, seen))
            return true;
    }
    return false;
}

static bool in_loop(struct finder *finder, func_id function, instr_id instr)
{
    const struct function *f = &finder->pt->program->functions[function];
    block_id block = f->instrs[instr].block;
    if (f->nblocks == 0)
        return false;
    return reaches(f, block, block, arena_new_array(finder->pt->arena, f->nblocks, uint8_t));
}

static bool role_is_once(const struct points_to *pt, const char *role)
{
    for (size_t i = 0; pt->roles && i < pt->roles->rows.len; i++)
        if (pt->roles->rows.items[i].role == role &&
            strcmp(pt->roles->rows.items[i].where, "once") == 0)
            return true;
    return false;
}

/* A callback that the harness runs once in a device's life; what it calls by name is the driver's
 * entry. */
static bool callback_is_once(const struct finder *finder, func_id function)
{
    const struct model *m = finder->model;
    bool any = m->edges[finder->caller[function]].how == CALL_DIRECT;
    for (uint32_t i = 0; i < m->ncallbacks; i++) {
        if (m->callbacks[i].function != function)
            continue;
        if (!role_is_once(finder->pt, m->callbacks[i].role))
            return m->edges[finder->caller[function]].how == CALL_DIRECT &&
                   finder->ncallers[function] == 1;
        any = true;
    }
    return any;
}

static bool runs_once(struct finder *finder, func_id function)
{
    uint8_t *verdict = &finder->of_function[function];
    if (*verdict != UNDECIDED)
        return *verdict == ONCE;
    *verdict = NOT_ONCE; /* for recursion */
    if (!finder->ncallers[function])
        return false;
    const struct call_edge *e = &finder->model->edges[finder->caller[function]];
    bool once;
    if (finder->pt->program->functions[e->caller].from_model)
        once = callback_is_once(finder, function);
    else
        once = finder->ncallers[function] == 1 && !in_loop(finder, e->caller, e->call) &&
               runs_once(finder, e->caller);
    *verdict = once ? ONCE : NOT_ONCE;
    return once;
}

/* The number of ways, at most 2, in which the OS model's function `from` comes to execute `to`. */
static unsigned ways(struct finder *finder, func_id from, func_id to, unsigned depth)
{
    const struct model *m = finder->model;
    unsigned found = from == to;
    if (depth > DEEPEST_ALLOCATION)
        return 2;
    for (uint32_t i = m->edges_of[from]; i < m->edges_of[from + 1] && found < 2; i++) {
        const struct call_edge *e = &m->edges[i];
        const struct function *callee = &m->program->functions[e->callee];
        if (!callee->defined || !callee->from_model)
            continue;
        unsigned more = ways(finder, e->callee, to, depth + 1);
        found += more && in_loop(finder, from, e->call) ? 2 : more;
    }
    return found;
}

/* The function that a call in the driver enters by name, or ID_NONE. */
static func_id called_at(const struct program *program, func_id function, instr_id site)
{
    const struct operand *callee = &program->functions[function].instrs[site].a;
    return callee->kind == OPERAND_FUNC ? callee->index : ID_NONE;
}

static bool is_made_once(struct finder *finder, const struct memory *memory)
{
    struct points_to *pt = finder->pt;
    const struct program *program = pt->program;
    if (memory->kind != MEMORY_HEAP || in_loop(finder, memory->function, memory->index))
        return false;
    struct context c = pt->contexts.items[memory->context];
    func_id last = memory->function;
    if (memory->context && is_system(program, last)) {
        func_id entered = called_at(program, c.function, c.site);
        if (entered == ID_NONE || !is_system(program, entered)) /* too deep: contexts are shared */
            return false;
        if (ways(finder, entered, last, 0) != 1)
            return false;
    } else if (memory->context && called_at(program, c.function, c.site) != last) {
        return false;
    }
    for (uint32_t at = memory->context; at; at = c.parent) {
        c = pt->contexts.items[at];
        if (in_loop(finder, c.function, c.site))
            return false;
        if (c.parent && called_at(program, pt->contexts.items[c.parent].function,
                                  pt->contexts.items[c.parent].site) != c.function)
            return false;
        last = c.function;
    }
    return !is_system(program, last) && runs_once(finder, last);
}

/* Where its life begins or ends all of its contents are new. */
static void add_writes(struct finder *finder, func_id function, instr_id site, uint32_t memory)
{
    struct points_to *pt = finder->pt;
    struct class_set *row = &finder->model->writes[function][site];
    struct class_set own = classes_of_place(pt, pt->arena, memory, 0, 0);
    class_id *all = arena_new_array(pt->arena, row->len + own.len + 1, class_id);
    uint32_t n = 0;
    for (uint32_t a = 0, b = 0; a < row->len || b < own.len;) {
        class_id x = a < row->len ? row->items[a] : ID_NONE;
        class_id y = b < own.len ? own.items[b] : ID_NONE;
        all[n++] = x < y ? x : y;
        a += x <= y;
        b += y <= x;
    }
    *row = (struct class_set){all, n};
}

static void find_objects(struct finder *finder)
{
    struct points_to *pt = finder->pt;
    VEC(struct once_object) objects = {0};
    finder->object_of = arena_new_array(pt->arena, pt->memories.len + 1, uint32_t);
    for (size_t i = 0; i < pt->memories.len; i++) {
        const struct memory *m = &pt->memories.items[i];
        if (!is_made_once(finder, m))
            continue;
        func_id made_by = called_at(pt->program, m->function, m->index);
        const char *name = made_by == ID_NONE ? "" : pt->program->functions[made_by].name;
        if (strcmp(name, "drvlint_fresh") != 0 && strcmp(name, "drvlint_fresh_zeroed") != 0)
            continue; /* nobody says when the memory begins */
        struct once_object o = {.function = m->function, .site = m->index, .context = m->context,
                                .zeroed = strcmp(name, "drvlint_fresh_zeroed") == 0,
                                .memory = (uint32_t)i};
        vec_push(pt->arena, &objects, o);
        finder->object_of[i] = (uint32_t)objects.len;
        add_writes(finder, m->function, m->index, (uint32_t)i);
    }
    finder->model->objects = objects.items;
    finder->model->nobjects = (uint32_t)objects.len;
}

/* Marks a type and those of its members. */
static void track_type(const struct program *program, uint8_t *tracked, type_id type)
{
    while (type && program->types[type].array_count)
        type = program->types[type].element;
    if (!type || tracked[type])
        return;
    tracked[type] = 1;
    for (uint32_t i = 0; i < program->types[type].nfields; i++)
        track_type(program, tracked, program->types[type].fields[i].type);
}

static void find_tracked_types(struct finder *finder)
{
    struct points_to *pt = finder->pt;
    const struct program *program = pt->program;
    uint8_t *tracked = arena_new_array(pt->arena, program->ntypes + 1, uint8_t);
    for (uint32_t g = 0; g < program->nglobals; g++)
        track_type(program, tracked, program->globals[g].type);
    for (func_id f = 0; f < program->nfunctions; f++)
        for (instr_id i = 0; program->functions[f].defined && i < program->functions[f].ninstrs; i++)
            if (program->functions[f].instrs[i].op == INSTR_ALLOCA)
                track_type(program, tracked, program->functions[f].instrs[i].type);
    for (size_t m = 0; m < pt->memories.len; m++)
        for (size_t t = 0; finder->object_of[m] && t < pt->memories.items[m].types.len; t++)
            track_type(program, tracked, pt->memories.items[m].types.items[t].type);
    for (type_id t = 1; t < program->ntypes; t++) /* copies of a type that another file has */
        if (tracked[t])
            tracked[pt->layouts.canonical[t]] = 1;
    finder->model->tracked_types = tracked;
    finder->model->once_of = finder->object_of;
}

/* ---- places ------------------------------------------------------------------------------- */

static struct spot spot_of_target(const struct finder *finder, target_id target)
{
    const struct points_to *pt = finder->pt;
    struct spot none = {ID_NONE, 0};
    struct target t = pt->targets.items[target];
    if (t.region < pt->program->ntypes || t.extent == EXTENT_REST)
        return none;
    uint32_t object = finder->object_of[t.region - pt->program->ntypes];
    return object ? (struct spot){object - 1, t.offset} : none;
}

static struct spot spot_of_node(const struct finder *finder, node_id id)
{
    const struct points_to *pt = finder->pt;
    if (!id || pt->nodes.items[id].len != 1)
        return (struct spot){ID_NONE, 0};
    return spot_of_target(finder, pt->nodes.items[id].items[0]);
}

/* Where the value is an address in every instance of its function. */
static struct spot spot_of_value(const struct finder *finder, func_id function, struct operand value)
{
    const struct points_to *pt = finder->pt;
    struct spot found = {ID_NONE, 0};
    for (uint32_t at = pt->instance_of[function]; at; at = pt->instances.items[at - 1].next) {
        node_id id = node_of_value(pt, &pt->instances.items[at - 1], &value);
        struct spot s = spot_of_node(finder, id);
        if (s.object == ID_NONE || (found.object != ID_NONE && (found.object != s.object ||
                                                                found.offset != s.offset)))
            return (struct spot){ID_NONE, 0};
        found = s;
    }
    return found;
}

static struct spot *spot_slot(const struct model *m, func_id function, const struct operand *value)
{
    if (!m->spots[function])
        return NULL;
    if (value->kind == OPERAND_INSTR)
        return &m->spots[function][value->index];
    if (value->kind == OPERAND_PARAM)
        return &m->spots[function][m->program->functions[function].ninstrs + value->index];
    return NULL;
}

/* The one target at which a record of `type` may lie: as elsewhere in this module, an address that does
 * not fit is none if another one fits. */
static struct spot spot_of_fitting(const struct finder *finder, node_id id, type_id type)
{
    const struct points_to *pt = finder->pt;
    struct spot found = {ID_NONE, 0};
    for (uint32_t i = 0; id && i < pt->nodes.items[id].len; i++) {
        target_id target = pt->nodes.items[id].items[i];
        struct spot s = spot_of_target(finder, target);
        if (!target_fits(pt, target, type))
            continue;
        if (s.object == ID_NONE || found.object != ID_NONE)
            return (struct spot){ID_NONE, 0};
        found = s;
    }
    return found;
}

/* The base of a field selection. */
static struct spot spot_of_base(const struct finder *finder, func_id function, const struct instr *in)
{
    const struct points_to *pt = finder->pt;
    struct spot found = {ID_NONE, 0};
    if (in->field == ID_NONE || !layout_is_record(&pt->layouts, in->type))
        return found;
    for (uint32_t at = pt->instance_of[function]; at; at = pt->instances.items[at - 1].next) {
        node_id id = node_of_value(pt, &pt->instances.items[at - 1], &in->a);
        struct spot s = spot_of_fitting(finder, id, in->type);
        if (s.object == ID_NONE || (found.object != ID_NONE && (found.object != s.object ||
                                                                found.offset != s.offset)))
            return (struct spot){ID_NONE, 0};
        found = s;
    }
    return found;
}

/* A member of an object, by way of the address of the object. */
static struct spot spot_of_instr(const struct finder *finder, func_id function, instr_id i)
{
    const struct instr *in = &finder->pt->program->functions[function].instrs[i];
    bool steps = in->op == INSTR_PTRADD && in->b.kind == OPERAND_NONE;
    const struct spot *base = NULL;
    struct spot fitting = {ID_NONE, 0};
    if (steps || (in->op == INSTR_CAST && in->width == finder->pt->program->pointer_bits))
        base = spot_slot(finder->model, function, &in->a);
    if (steps && (!base || base->object == ID_NONE)) {
        fitting = spot_of_base(finder, function, in);
        base = &fitting;
    }
    if (base && base->object != ID_NONE && (!steps || (int64_t)base->offset + in->offset >= 0))
        return (struct spot){base->object,
                             (uint32_t)(base->offset + (steps ? (int64_t)in->offset : 0))};
    return spot_of_value(finder, function, (struct operand){.kind = OPERAND_INSTR, .index = i});
}

/* What every call of the function gives for the parameter. */
static struct spot spot_of_param(const struct finder *finder, func_id function, uint32_t param)
{
    const struct model *m = finder->model;
    struct spot found = {ID_NONE, 0};
    for (uint32_t e = finder->first_in[function]; e; e = finder->next_in[e - 1]) {
        const struct call_edge *edge = &m->edges[e - 1];
        const struct instr *call = &m->program->functions[edge->caller].instrs[edge->call];
        const struct spot *s =
            param < call->nextra ? spot_slot(m, edge->caller, &call->extra[param]) : NULL;
        if (!s || s->object == ID_NONE ||
            (found.object != ID_NONE && (found.object != s->object || found.offset != s->offset)))
            return (struct spot){ID_NONE, 0};
        found = *s;
    }
    return found;
}

/* One round over all functions; whether a place was found that was not known before. */
static bool refine_spots(struct finder *finder)
{
    const struct program *program = finder->pt->program;
    struct model *m = finder->model;
    bool changed = false;
    for (func_id f = 0; f < program->nfunctions; f++) {
        const struct function *fn = &program->functions[f];
        for (uint32_t p = 0; m->spots[f] && p < fn->nparams; p++) {
            struct spot *s = &m->spots[f][fn->ninstrs + p];
            if (s->object == ID_NONE) {
                *s = spot_of_param(finder, f, p);
                changed |= s->object != ID_NONE;
            }
        }
        for (instr_id i = 0; m->spots[f] && i < fn->ninstrs; i++) {
            struct spot *s = &m->spots[f][i];
            if (s->object == ID_NONE && fn->instrs[i].width == program->pointer_bits) {
                *s = spot_of_instr(finder, f, i);
                changed |= s->object != ID_NONE;
            }
        }
    }
    return changed;
}

static void find_spots(struct finder *finder)
{
    enum { ROUNDS = 8 }; /* a longer chain of calls is not worth it */
    struct points_to *pt = finder->pt;
    const struct program *program = pt->program;
    struct model *m = finder->model;
    m->spots = arena_new_array(pt->arena, program->nfunctions, struct spot *);
    for (func_id f = 0; f < program->nfunctions; f++) {
        const struct function *fn = &program->functions[f];
        if (!fn->defined || !pt->instance_of[f])
            continue;
        m->spots[f] = arena_new_array(pt->arena, fn->ninstrs + fn->nparams + 1, struct spot);
        for (uint32_t i = 0; i < fn->ninstrs + fn->nparams; i++)
            m->spots[f][i].object = ID_NONE;
        for (uint32_t p = 0; p < fn->nparams; p++)
            m->spots[f][fn->ninstrs + p] = spot_of_value(
                finder, f, (struct operand){.kind = OPERAND_PARAM, .index = p});
    }
    for (int round = 0; round < ROUNDS && refine_spots(finder); round++)
        continue;
}

/* The calls that end the lives of such objects. */
static void end_lives(struct finder *finder)
{
    struct points_to *pt = finder->pt;
    func_id release = function_named(pt, "drvlint_free");
    for (uint32_t e = 0; release != ID_NONE && e < finder->model->nedges; e++) {
        const struct call_edge *edge = &finder->model->edges[e];
        if (edge->callee != release)
            continue;
        const struct instr *call = &pt->program->functions[edge->caller].instrs[edge->call];
        for (uint32_t at = pt->instance_of[edge->caller]; at && call->nextra;
             at = pt->instances.items[at - 1].next) {
            node_id id = node_of_value(pt, &pt->instances.items[at - 1], &call->extra[0]);
            for (uint32_t i = 0; id && i < pt->nodes.items[id].len; i++) {
                struct target t = pt->targets.items[pt->nodes.items[id].items[i]];
                if (t.region >= pt->program->ntypes && t.offset == 0 &&
                    finder->object_of[t.region - pt->program->ntypes])
                    add_writes(finder, edge->caller, edge->call, t.region - pt->program->ntypes);
            }
        }
    }
}

/* Functions that run only inside callbacks that run once: all are taken for such until a caller says
 * otherwise. */
static void find_setup(struct finder *finder)
{
    struct model *m = finder->model;
    const struct program *program = finder->pt->program;
    uint8_t *setup = arena_new_array(finder->pt->arena, program->nfunctions + 1, uint8_t);
    for (func_id f = 0; f < program->nfunctions; f++)
        setup[f] = finder->ncallers[f] > 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t e = 0; e < m->nedges; e++) {
            func_id callee = m->edges[e].callee, caller = m->edges[e].caller;
            bool enters = program->functions[caller].from_model &&
                          !program->functions[callee].from_model;
            if (!setup[callee] || (enters ? callback_is_once(finder, callee) : setup[caller]))
                continue;
            setup[callee] = 0;
            changed = true;
        }
    }
    m->is_setup = setup;
}

/* Objects that no instruction of the driver accesses are handles: that they exist once is of no use. */
static void drop_handles(struct finder *finder)
{
    struct model *m = finder->model;
    const struct program *program = finder->pt->program;
    uint8_t *used = arena_new_array(finder->pt->arena, m->nobjects + 1, uint8_t);
    for (func_id f = 0; f < program->nfunctions; f++)
        for (instr_id i = 0; m->spots[f] && !is_system(program, f) && i < program->functions[f].ninstrs;
             i++) {
            const struct instr *in = &program->functions[f].instrs[i];
            struct spot spot;
            if ((in->op == INSTR_LOAD && model_spot(m, f, &in->a, &spot)) ||
                (in->op == INSTR_STORE && model_spot(m, f, &in->b, &spot)) ||
                (in->op == INSTR_PTRADD && model_spot(m, f, &in->a, &spot)))
                used[spot.object] = 1;
        }
    for (uint32_t i = 0; i < m->nobjects; i++)
        if (!used[i])
            m->objects[i].function = ID_NONE;
    for (func_id f = 0; f < program->nfunctions; f++)
        for (uint32_t i = 0;
             m->spots[f] && i < program->functions[f].ninstrs + program->functions[f].nparams; i++)
            if (m->spots[f][i].object != ID_NONE && !used[m->spots[f][i].object])
                m->spots[f][i].object = ID_NONE;
    for (size_t i = 0; i < finder->pt->memories.len; i++)
        if (finder->object_of[i] && !used[finder->object_of[i] - 1])
            finder->object_of[i] = 0;
}

void once_collect(struct points_to *pt, struct model *model)
{
    uint32_t n = pt->program->nfunctions;
    struct finder finder = {.pt = pt, .model = model};
    finder.of_function = arena_new_array(pt->arena, n + 1, uint8_t);
    finder.ncallers = arena_new_array(pt->arena, n + 1, uint32_t);
    finder.caller = arena_new_array(pt->arena, n + 1, uint32_t);
    finder.first_in = arena_new_array(pt->arena, n + 1, uint32_t);
    finder.next_in = arena_new_array(pt->arena, model->nedges + 1, uint32_t);
    for (uint32_t e = 0; e < model->nedges; e++) {
        func_id callee = model->edges[e].callee;
        finder.next_in[e] = finder.first_in[callee];
        finder.first_in[callee] = e + 1;
        finder.ncallers[callee]++;
        if (finder.ncallers[callee] == 1 ||
            !pt->program->functions[model->edges[e].caller].from_model)
            finder.caller[callee] = e; /* a call in the driver counts more than the harness's */
    }
    find_objects(&finder);
    find_setup(&finder);
    find_spots(&finder);
    drop_handles(&finder);
    find_tracked_types(&finder);
    end_lives(&finder);
}

/* ---- queries ------------------------------------------------------------------------------ */

bool model_spot(const struct model *model, func_id function, const struct operand *address,
                struct spot *ret_spot)
{
    const struct spot *spot = spot_slot(model, function, address);
    if (!spot || spot->object == ID_NONE)
        return false;
    *ret_spot = *spot;
    return true;
}

static bool target_elsewhere(const struct model *model, target_id target)
{
    const struct points_to *pt = model->points_to;
    struct target t = pt->targets.items[target];
    const struct memory *m = target_memory(pt, target);
    if (!m)
        return !model->tracked_types[t.region];
    return m->kind != MEMORY_GLOBAL && m->kind != MEMORY_LOCAL &&
           !model->once_of[t.region - pt->program->ntypes];
}

static bool node_elsewhere(const struct model *model, node_id id, type_id type)
{
    const struct points_to *pt = model->points_to;
    bool typed = type && layout_is_record(&pt->layouts, type) && node_fits(pt, id, type);
    for (uint32_t i = 0; i < pt->nodes.items[id].len; i++) {
        target_id target = pt->nodes.items[id].items[i];
        if ((!typed || target_fits(pt, target, type)) && !target_elsewhere(model, target))
            return false;
    }
    return true;
}

bool model_elsewhere(const struct model *model, func_id function, const struct operand *address,
                     type_id type)
{
    const struct points_to *pt = model->points_to;
    if (address->kind != OPERAND_INSTR && address->kind != OPERAND_PARAM)
        return false;
    for (uint32_t at = pt->instance_of[function]; at; at = pt->instances.items[at - 1].next) {
        node_id id = node_of_value(pt, &pt->instances.items[at - 1], address);
        if (id && !node_elsewhere(model, id, type))
            return false;
    }
    return true;
}

uint32_t model_context(const struct model *model, uint32_t context, func_id caller, instr_id site,
                       func_id callee)
{
    return context_of_call(model->points_to, context, caller, site, callee);
}

struct class_set model_object_classes(const struct model *model, struct arena *arena,
                                      uint32_t object, uint64_t offset, uint64_t size)
{
    return classes_of_place(model->points_to, arena, model->objects[object].memory, offset, size);
}

uint32_t model_object_made(const struct model *model, func_id function, instr_id site,
                           uint32_t context)
{
    for (uint32_t i = 0; i < model->nobjects; i++)
        if (model->objects[i].function == function && model->objects[i].site == site &&
            model->objects[i].context == context)
            return i;
    return ID_NONE;
}
