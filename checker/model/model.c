#include "model/internal.h"

#include <string.h>

static void name_functions(struct points_to *pt)
{
    for (func_id f = 0; f < pt->program->nfunctions; f++) {
        const char *name = intern(pt->names, pt->program->functions[f].name);
        uint64_t *slot = map_slot(&pt->functions_by_name, pt->arena, (uint64_t)(uintptr_t)name);
        if (!*slot)
            *slot = (uint64_t)f + 1;
    }
}

static bool is_harness(const struct points_to *pt, func_id function)
{
    const struct function *f = &pt->program->functions[function];
    return f->defined && f->from_model && strcmp(f->name, "drvlint_harness") == 0;
}

/* Where analysis begins: the harness, and all of the driver, for nothing says which of its
 * functions are never called from outside. Functions that are cloned get an instance by being
 * called. */
static void add_roots(struct points_to *pt)
{
    for (func_id f = 0; f < pt->program->nfunctions; f++) {
        const struct function *fn = &pt->program->functions[f];
        if ((fn->defined && !fn->from_model && !pt->is_cloned[f]) || is_harness(pt, f))
            instance_get(pt, f, 0);
    }
}

static void add_uncalled(struct points_to *pt)
{
    for (func_id f = 0; f < pt->program->nfunctions; f++) {
        const struct function *fn = &pt->program->functions[f];
        if (fn->defined && !fn->from_model && !pt->instance_of[f])
            instance_get(pt, f, 0);
    }
}

void model_build(struct arena *arena, struct interner *names, const struct program *program,
                 const struct role_table *roles, struct model *ret_model)
{
    struct points_to *pt = arena_new(arena, struct points_to);
    *pt = (struct points_to){.arena = arena, .names = names, .program = program, .roles = roles};
    pt->scratch[0].arena = pt->scratch[1].arena = arena;
    layouts_init(&pt->layouts, arena, program);
    name_functions(pt);
    instances_init(pt);
    constraints_add_globals(pt);
    add_roots(pt);
    solve(pt);
    add_uncalled(pt);
    complete(pt);
    *ret_model = (struct model){.program = program, .points_to = pt};
    accesses_collect(pt, ret_model);
    holes_collect(pt, ret_model);
    callbacks_collect(pt, ret_model);
    once_collect(pt, ret_model);
}
