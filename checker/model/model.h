/* What is known about the program before any simulation: call graph with indirect calls resolved,
 * callback roles, and which memory an instruction may read or write.
 *
 * Memory is divided into *location classes*: one per (struct type, byte offset of the innermost
 * scalar field), per scalar global, per scalar alloca, and per object that is accessed without type
 * information. Two accesses that may touch the same byte share at least one class. The analysis is
 * inclusion-based, field-based for struct members, flow- and context-insensitive (Andersen 1994;
 * field-based after Heintze and Tardieu, PLDI 2001). */
#ifndef DRVLINT_MODEL_MODEL_H
#define DRVLINT_MODEL_MODEL_H

#include "program/program.h"

typedef uint32_t class_id;

/* Sorted, without duplicates. */
struct class_set {
    const class_id *items;
    uint32_t len;
};

/* Functions that a call may reach; sorted. */
struct target_set {
    const func_id *items;
    uint32_t len;
    bool unknown; /* it may also reach functions that are not known */
};

enum call_resolution { CALL_DIRECT, CALL_BY_VALUE, CALL_BY_TYPE };

struct call_edge {
    func_id caller, callee;
    instr_id call;
    enum call_resolution how;
};

/* One callback: a function of the driver that has a role by declaration, by registration in a
 * characteristics structure's field, or both. */
struct callback {
    func_id function;
    const char *role;
    struct place declared;    /* file NULL: not declared with its role */
    struct place registered;  /* the assignment or initializer; file NULL: not seen */
};

struct model {
    const struct program *program;
    uint32_t nclasses;
    const char **class_names;      /* "_ADAPTER.Interrupt", "global gDriver", "local Status in Foo" */
    struct class_set **reads;      /* [function][instr]: LOAD, MEMCPY (source) */
    struct class_set **writes;     /* [function][instr]: STORE, MEMSET, MEMCPY (destination);
                                      for CALLs of functions without a body: what they may write
                                      through pointer arguments */
    struct target_set **targets;   /* [function][instr]: CALL, direct ones included */
    struct call_edge *edges;       /* sorted by caller, call, callee */
    uint32_t nedges;
    uint32_t *edges_of;            /* [function]: first edge of that caller; nfunctions + 1 entries */
    struct callback *callbacks;    /* sorted by role, function name */
    uint32_t ncallbacks;
};

/* Analyses a program. Everything lives in `arena`. Linear in practice; a few milliseconds for a
 * driver of some thousand lines. */
void model_build(struct arena *arena, struct interner *names, const struct program *program,
                 struct model *ret_model);

/* Call graph as text. DOT for people and pictures, JSON (docs/formats.md, schema version 1) for
 * programs: nodes with kind (driver, ddi, model), callbacks with role and registration place, edges
 * with call places and how an indirect call was resolved. The OS model's own functions are left out;
 * calls that the harness makes are edges from a node "NDIS". */
char *model_graph_dot(const struct model *model, struct arena *arena);
char *model_graph_json(const struct model *model, struct arena *arena);

/* Stable text for --dump=model: classes, targets, callbacks. */
char *model_print(const struct model *model, struct arena *arena);

#endif
