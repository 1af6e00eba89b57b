/* What is known about the program before any simulation: call graph with indirect calls resolved,
 * callback roles, and which memory an instruction may read or write.
 *
 * Memory is divided into *location classes*: one per (struct type, byte offset of the innermost
 * scalar field), per scalar global, per scalar alloca, and per object that is accessed without type
 * information. Two accesses that may touch the same byte share at least one class. The analysis is
 * inclusion-based, field-based for struct members, flow-insensitive (Andersen 1994; field-based
 * after Heintze and Tardieu, PLDI 2001); functions that hand out memory are analysed once per call.
 *
 * What "may touch" takes for granted:
 * - an index stays in its array, and is not negative if added to a constant offset;
 * - going back by a constant leads to the start of a record around, or to another array element;
 * - memory that is surely of one record type, and of another one only if a pointer that may point
 *   at several objects points at it, has the former;
 * - memory from outside (what a DDI without a model returns or leaves in a field, a parameter of a
 *   function that nobody calls) is none of the program's objects;
 * - a function without a body writes where its arguments point, not further. */
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

/* One callback: a function of the driver that has a role by declaration, by its name, by registration
 * in a characteristics structure's field or as an argument of a registering DDI. */
struct callback {
    func_id function;
    const char *role;
    struct place declared;    /* with its role, or its body if its name means the role; file NULL: not */
    struct place registered;  /* the assignment, initializer or call; file NULL: not seen */
    bool mentioned;           /* its address is taken somewhere in the driver, registered or not */
};

/* Where roles come from besides role types: the pack's roles.tsv, one row per line with the columns
 *   record    field  role     a function stored in that field of that structure has the role
 *   function  #n     role     a function given as the n-th argument (from 1) of that DDI has it
 *   =         alias  role     a declaration with the role type `alias` means `role`
 *   name      f      role     the function f has the role: the harness calls it by its name
 *   once      *      role     it runs once in the life of the device, binding or driver that the
 *                             harness follows: what it allocates is one object at a time
 * '#' at the start of a line begins a comment. */
struct role_row {
    const char *where, *what, *role; /* interned */
    uint32_t argument;               /* n of "#n"; 0: a field or an alias */
};

struct role_table {
    VEC(struct role_row) rows;
};

/* Appends the rows of one roles.tsv to *table, whose strings live in `names`. Broken lines are
 * reported; false if there were any. */
bool model_roles_parse(struct arena *arena, struct interner *names, const char *file,
                       const char *text, size_t length, struct role_table *table,
                       struct diag *diag);

/* An object that exists once: made by the intrinsic called at `site` of `function` in a context. */
struct once_object {
    func_id function; /* ID_NONE: of no use to anybody */
    instr_id site;
    uint32_t context; /* see model_context() */
    uint32_t memory;  /* private */
    bool zeroed;
};

/* A place in such an object. */
struct spot {
    uint32_t object;  /* index into model.objects; ID_NONE: no single place */
    uint32_t offset;  /* bytes */
};

/* Code of the driver that was left out: the call in its place, or the load of a name that nothing
 * declares (see struct omission in frontend.h). The model's writes at the call are all that the code may
 * write, the functions that it calls included. */
struct hole {
    func_id function;
    instr_id at;
    bool is_value;              /* it is an unknown value, and nothing happens */
    bool is_address;            /* which is used as an address */
    bool decides;               /* the code also decides what is executed, in a way that is lost */
    struct target_set may_call; /* functions that it names, and those that they may call */
};

struct model {
    const struct program *program;
    const char *root;              /* absolute: the graphs' file names below it are relative to it.
                                      NULL after model_build(), for the caller to set */
    uint32_t nclasses;
    const char **class_names;      /* "_ADAPTER.Interrupt", "global gDriver", "local X in Foo" */
    struct class_set **reads;      /* [function][instr]: LOAD, MEMCPY (source) */
    struct class_set **writes;     /* [function][instr]: STORE, MEMSET, MEMCPY (destination);
                                      for CALLs of functions without a body: what they may write
                                      through pointer arguments; of intrinsics that make or free
                                      objects which exist once: all of these */
    struct target_set **targets;   /* [function][instr]: CALL, direct ones included */
    struct call_edge *edges;       /* sorted by caller, call, callee */
    uint32_t nedges;
    uint32_t *edges_of;            /* [function]: first edge of that caller; and one more entry */
    struct callback *callbacks;    /* sorted by role, function name */
    uint32_t ncallbacks;
    struct once_object *objects;
    uint32_t nobjects;
    uint32_t *once_of;             /* private */
    uint8_t *is_setup;             /* [function]: runs only inside callbacks that run once */
    uint8_t *tracked_types;        /* [type]: part of a variable, a local or such an object */
    struct spot **spots;           /* [function][instr, then parameters]: where the value can only be,
                                      if it is an address at all; NULL for functions not analysed */
    struct hole *holes;            /* sorted by function, at */
    uint32_t nholes;
    struct points_to *points_to;   /* private: what the queries below read */
};

/* Analyses a program. `roles` may be NULL. Everything lives in `arena`; afterwards the model is
 * only read, also by threads. Linear in practice; a few milliseconds for a driver of some thousand
 * lines. reads, writes and targets have rows for functions with a body only (else NULL). Model
 * functions that nothing calls are not analysed: their rows are empty sets. */
void model_build(struct arena *arena, struct interner *names, const struct program *program,
                 const struct role_table *roles, struct model *ret_model);

/* Classes that an access of `size` bytes at `address`, an operand in `function`, may touch; size 0:
 * all of the object or member that it points at. Empty if nothing is known about the address. The
 * set lives in `arena`. */
struct class_set model_pointee(const struct model *model, struct arena *arena, func_id function,
                               const struct operand *address, uint64_t size);

/* Classes of `size` bytes at `offset` in a global; size 0: to its end. */
struct class_set model_global_classes(const struct model *model, struct arena *arena,
                                      uint32_t global, uint64_t offset, uint64_t size);

/* Whether `address`, an operand in `function`, is an address of one place in an object that exists once
 * if it is an address at all (it may be NULL, or not yet set). */
bool model_spot(const struct model *model, func_id function, const struct operand *address,
                struct spot *ret_spot);

/* Whether `address` surely leads to memory that is neither a variable, nor a local, nor an object that
 * exists once. `type`: the record whose field is selected there, which addresses that do not fit cannot
 * be; 0: not known. */
bool model_elsewhere(const struct model *model, func_id function, const struct operand *address,
                     type_id type);

/* Contexts in which functions that hand out memory are told apart: the one of `callee` if `caller`, in
 * `context`, calls it at `site`. The harness's is 0. */
uint32_t model_context(const struct model *model, uint32_t context, func_id caller, instr_id site,
                       func_id callee);

/* Classes of `size` bytes at `offset` in an object that exists once; size 0: to its end. */
struct class_set model_object_classes(const struct model *model, struct arena *arena,
                                      uint32_t object, uint64_t offset, uint64_t size);

/* The object that exists once and begins with that call of an intrinsic, or ID_NONE. */
uint32_t model_object_made(const struct model *model, func_id function, instr_id site,
                           uint32_t context);

/* Whether that is the linkage name of something that the driver uses and nothing declares. */
bool model_is_missing(const char *name);

/* The hole that an instruction stands for, or ID_NONE. */
uint32_t model_hole(const struct model *model, func_id function, instr_id at);

/* What drvlint_declared(role) may return: functions of the driver that are declared with the role
 * and that nothing in the driver mentions. Sorted; lives in `arena`. */
struct target_set model_declared(const struct model *model, struct arena *arena, const char *role);

/* The string that a constant operand points at, or NULL: for literal arguments of intrinsics. */
const char *model_literal(const struct program *program, struct arena *arena,
                          const struct operand *operand);

/* Call graph as text. DOT for people and pictures, JSON (docs/formats.md, schema version 1) for
 * programs: nodes with kind (driver, ddi, model), callbacks with role and registration place, edges
 * with call places and how an indirect call was resolved. The OS model's own functions are left
 * out; calls that the harness makes are edges from a node "NDIS". */
char *model_graph_dot(const struct model *model, struct arena *arena);
char *model_graph_json(const struct model *model, struct arena *arena);

/* Stable text for --dump=model: callbacks, and for the driver's own functions the classes that
 * their instructions touch and what their calls may reach. */
char *model_print(const struct model *model, struct arena *arena);

#endif
