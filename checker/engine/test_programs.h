/* Small programs and their models for this module's tests. They are made in a file of their own,
 * because the model's private header has names that are also the engine's. */
#ifndef DRVLINT_ENGINE_TEST_PROGRAMS_H
#define DRVLINT_ENGINE_TEST_PROGRAMS_H

#include "model/model.h"

/* struct _ADAPTER { a; b; } is allocated once:
 *
 *     DriverEntry()  { adapter = fresh(); adapter->a = 0; adapter->b = 0;
 *                      outside = guard = watched = 0; Outer(&local); Idle(); Locks(); }
 *     Outer(p)       { Touch(p); }
 *     Touch(p)       { x = inside; adapter->a = x; *p = 1; Event(); }
 *     Idle()         { x = inside; }
 *     Lock(p)        { }
 *     Locks()        { Lock(&watched); }
 *
 * Event() has no body. */
struct frame_program {
    struct arena arena;
    const struct program *program;
    struct model model;
    uint32_t inside, outside, adapter, guard, watched;
    func_id entry, outer, touch, idle, event, lock, locks;
    uint32_t object; /* index into model.objects */
};
void frame_program_make(struct frame_program *made);

enum { BLUR_CASES = 16 };

/* Addresses in functions, each with a name; what they lead to is told by test_blur.c. */
struct blur_program {
    struct arena arena;
    const struct program *program;
    struct model model;
    struct blur_case {
        const char *name;
        func_id func;
        struct operand address;
    } cases[BLUR_CASES];
    unsigned ncases;
    func_id same, mixed, elements; /* functions with one parameter */
    func_id writer;                /* its stores: through a wild address, through a leading one */
    instr_id wild_store, good_store, element_store;
};
void blur_program_make(struct blur_program *made);

#endif
