/* A run without a program to run, for this module's tests: its states are made by hand. */
#ifndef DRVLINT_ENGINE_TEST_SIM_H
#define DRVLINT_ENGINE_TEST_SIM_H

#include "engine/internal.h"

#include <string.h>

static inline void sim_begin(struct sim *sim, const struct program *program, bool join)
{
    memset(sim, 0, sizeof *sim);
    arena_init(&sim->arena, NULL, NULL);
    sim->program = program;
    sim->policy.join = join;
    sim->irql_global = ID_NONE;
    sim->names = arena_new(&sim->arena, struct interner);
    interner_init(sim->names, &sim->arena);
    sim->irql_name = intern(sim->names, "irql");
    vec_push(&sim->arena, &sim->reasons, "");
    vec_push(&sim->arena, &sim->contexts, (struct context){0});
    vec_push(&sim->arena, &sim->traces, (struct trace){.kind = TRACE_START, .irql = 255});
    values_init(sim);
}

static inline object_id global_of(struct sim *sim, uint32_t global)
{
    return object_get(sim, OBJECT_GLOBAL, global, 0, 0, sim->program->globals[global].size);
}

/* The address of a byte in a global. */
static inline value_id at(struct sim *sim, uint32_t global, uint64_t offset)
{
    return value_addr(sim, global_of(sim, global), offset);
}

static inline value_id load(struct sim *sim, const struct state *state, value_id address,
                            uint32_t size)
{
    struct state copy = *state;
    value_id v = 0;
    return state_load(sim, &copy, address, size, size * 8, &v) == ACCESS_OK ? v : 0;
}

static inline void store_number(struct sim *sim, struct state *state, value_id address,
                                uint32_t size, uint64_t number)
{
    state_store(sim, state, address, size, value_const(sim, size * 8, number));
}

static inline value_id reg(const struct sim *sim, const struct state *state, uint32_t depth,
                           uint32_t number)
{
    const uint64_t *v = pmap_get(sim, state->regs, (uint64_t)depth << 32 | number);
    return v ? (value_id)*v : 0;
}

/* Whether a value may be that number. */
static inline bool may_be(struct sim *sim, const struct state *state, value_id value,
                          uint64_t number)
{
    struct range r = range_of(sim, state, value);
    return range_contains(&r, number);
}

static inline uint64_t random_below(uint64_t *seed, uint64_t below)
{
    *seed = hash_u64(*seed + 0x9e3779b97f4a7c15u);
    return *seed % below;
}

#endif
