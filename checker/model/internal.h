/* Shared by the module's own files, in the order in which model_build() uses them.
 *
 *   layout.c      struct types as rows of leaves; which leaves are the same memory
 *   target.c      abstract addresses: what an access through one touches, pointer arithmetic
 *   solve.c       sets of addresses, links between them, the fixpoint
 *   instance.c    functions and their nodes; those that hand out memory are cloned per call
 *   constraint.c  instructions to links
 *   complete.c    what the instructions leave open: memory from outside, casts, calls by type
 *   access.c      the solution as reads, writes, targets, edges; queries
 *   hole.c        what code that was left out may do
 *   once.c        objects that exist once, addresses of one place in them
 *   name.c        names of classes
 *   callback.c    roles; roles.tsv
 *   graph.c       call graph as DOT and JSON
 *   print.c       --dump=model */
#ifndef DRVLINT_MODEL_INTERNAL_H
#define DRVLINT_MODEL_INTERNAL_H

#include "base/map.h"
#include "model/model.h"

/* ---- layouts ------------------------------------------------------------------------------ */

/* The smallest pieces of memory that are told apart: scalar fields of struct types, whole objects
 * without a struct type, "anything else" of a function. Fields of one record that share bytes are
 * united; ids are compared and stored after leaf_find() only. Members of a union that are records
 * with a name are not: else all lists of a program would be one because some union has a LIST_ENTRY
 * in it. An access to such a member by way of the union touches what else lies there, too. */
typedef uint32_t leaf_id;

/* Where a leaf lies in a type: [start, start + size), and if it is inside an array of structs again
 * every `stride` bytes up to `end`. */
struct span {
    uint64_t start, size, end;
    uint64_t stride;  /* 0: not in an array of structs */
    uint64_t element; /* bytes of one element if the leaf itself is an array of scalars */
    leaf_id leaf;
    bool is_foreign; /* in a record with a name of its own, which is used elsewhere, too */
};

struct layout {
    struct span *spans; /* sorted by start */
    uint32_t nspans;
    bool is_record; /* a struct or union with fields, or an array of them */
    bool is_done;
};

/* A type that is a member of another one. */
struct nesting {
    type_id outer;
    uint64_t offset;
    uint32_t next; /* further nesting of the same inner type: index + 1; 0: none */
};

struct layouts {
    struct arena *arena; /* of the model: for what it names */
    const struct program *program;
    struct layout *of;   /* [type] */
    leaf_id *first_leaf; /* [type]: of field 0; one more behind its fields for bytes between */
    leaf_id ntype_leaves;
    type_id *canonical;  /* [type]: the first type of its name, size and fields */
    VEC(leaf_id) parent; /* union-find over all leaves, those of objects included */
    uint32_t *nested_in; /* [type]: index into nestings + 1; 0: in none */
    VEC(struct nesting) nestings;
};

/* Leaves that something touches; the same one may be there more than once. */
struct leaf_list {
    struct arena *arena;
    VEC(leaf_id) items;
};

void layouts_init(struct layouts *layouts, struct arena *arena, const struct program *program);

leaf_id leaf_new(struct layouts *layouts);
leaf_id leaf_find(const struct layouts *layouts, leaf_id leaf);

bool layout_is_record(const struct layouts *layouts, type_id type);
uint64_t layout_size(const struct layouts *layouts, type_id type);

/* Adds the leaves of [offset, offset + size) in a record or an array of such records; size 0: to
 * the end. */
void layout_touch(const struct layouts *layouts, type_id type, uint64_t offset, uint64_t size,
                  struct leaf_list *list);

/* The offset in the first element of every array around it, if `offset` is where a member or an
 * array element of scalars starts; false if it is inside one or between members. */
bool layout_member_start(const struct layouts *layouts, type_id type, uint64_t offset,
                         uint64_t *ret_offset);

/* Bytes of an element of the array of scalars that starts at `offset`; 0: none does. */
uint64_t layout_element_size(const struct layouts *layouts, type_id type, uint64_t offset);

/* Whether the type itself or a member that is a record starts at `offset`. */
bool layout_record_starts(const struct layouts *layouts, type_id type, uint64_t offset);

/* Size of the outermost member that starts at `offset`; the whole for offset 0. */
uint64_t layout_member_extent(const struct layouts *layouts, type_id type, uint64_t offset);

/* Whether a record of type `inner` lies at `offset` in `outer`; also true if both are the same. */
bool layout_contains(const struct layouts *layouts, type_id outer, uint64_t offset, type_id inner);

/* "_ADAPTER", "_ADAPTER.Interrupt". */
const char *layout_type_name(const struct layouts *layouts, type_id type);
const char *layout_leaf_name(const struct layouts *layouts, leaf_id leaf);

/* ---- targets ------------------------------------------------------------------------------ */

enum memory_kind {
    MEMORY_GLOBAL,   /* index: global that is no record */
    MEMORY_LOCAL,    /* index: alloca that is no record, in `context` */
    MEMORY_HEAP,     /* index: call of an intrinsic or an unmodelled DDI, in `context` */
    MEMORY_PARAM,    /* index: parameter whose callers are not known */
    MEMORY_POINTEE,  /* index: leaf whose contents come from outside */
    MEMORY_FUNCTION, /* index: function */
};

/* A record in memory. */
struct memory_type {
    type_id type;
    uint32_t base;    /* offset in the memory */
    bool repeats;     /* an array of these */
    bool is_anywhere; /* at any offset from base on */
};

/* One abstract object. Records whose type is known from the start need none: addresses of them are
 * addresses of "any object of that type". */
struct memory {
    enum memory_kind kind;
    func_id function;
    uint32_t index, context;
    leaf_id leaf;                  /* what is accessed without type information */
    VEC(struct memory_type) types; /* that it is accessed as; the biggest first */
    bool has_new_types;            /* that accesses through its addresses do not know yet */
};

enum { MAX_TYPES = 4 }; /* memory with more types is a pool that hands out parts of itself */

/* An address: in any object of type `region` (< ntypes), or in memories[region - ntypes]. The
 * pointer was made to point at `extent` bytes; 0: to the end. EXTENT_REST: how far behind `offset`
 * the address is, is not known. */
struct target {
    uint32_t region, offset, extent;
};

#define EXTENT_REST UINT32_MAX
typedef uint32_t target_id;

/* ---- nodes and links ---------------------------------------------------------------------- */

typedef uint32_t node_id; /* 0: none */

/* The addresses that a value, or the contents of a leaf, may be. */
struct node {
    target_id *items; /* in the order of their arrival */
    uint32_t len, cap;
    uint32_t done;   /* items before it went through all links */
    uint32_t links;  /* index + 1 */
    uint32_t *slots; /* hash table of items once they are many */
    uint32_t nslots;
    bool queued;
};

enum link_kind {
    LINK_COPY,    /* `other` has all that the node has */
    LINK_SHIFT,   /* ... after pointer arithmetic */
    LINK_LOAD,    /* the node is an address: `other` has the contents there */
    LINK_STORE,   /* the node is an address: the contents there have what `other` has */
    LINK_COPY_TO, /* the node is the destination of copies[other] */
    LINK_COPY_FROM,
    LINK_CALL, /* the node is the callee of calls[other] */
};

struct link {
    enum link_kind kind;
    uint32_t other;
    uint32_t next;  /* index + 1 */
    int64_t offset; /* SHIFT */
    uint64_t scale; /* SHIFT: bytes per unit of an unknown index; 0: none */
    uint64_t size;  /* LOAD, STORE: bytes; 0: the whole extent */
    bool is_filled; /* LOAD: nothing from outside is there */
};

/* A leaf in the bytes of a memcpy; lo and hi count from where the copy starts. */
struct piece {
    leaf_id leaf;
    uint64_t lo, hi;
};

struct pieces {
    VEC(struct piece) items;
};

/* Bytes of a copy that some pieces of one of its ends are, and what those hold or get, by kind of
 * target; see solve.c. */
struct copy_range {
    uint64_t lo, hi;
    VEC(node_id) nodes; /* [kind]; 0: no target of that kind has such a piece */
};

struct copy_end {
    node_id address;
    struct map targets; /* that `address` may be, as far as they were handled */
    VEC(struct copy_range) ranges;
    struct map range_ids; /* lo << 32 | hi -> index + 1 */
};

enum { COPY_TO, COPY_FROM };

/* A memcpy. */
struct copy {
    struct copy_end ends[2];
    uint64_t size;      /* 0: not known */
    struct map numbers; /* target, of both ends -> number + 1 */
    uint32_t nbits;     /* of the numbers that are told apart */
};

/* An indirect call in an instance. */
struct indirect {
    uint32_t instance;
    instr_id instr;
    bool by_type; /* nothing is known of the callee: resolved by its shape */
};

/* Selection of a field: `result` = address of `field` of the `type` that `base` points at. */
struct member {
    node_id base, result;
    type_id type;
    uint32_t field;
    struct seen {
        uint32_t targets; /* of the base when it was last looked at */
        uint32_t types;   /* points_to.types_given at that time */
    } for_types, for_casts;
};

/* A function in a context. Context 0 stands for all callers together. */
struct instance {
    func_id function;
    uint32_t context;
    node_id first; /* of its parameters, then of its values */
    node_id result;
    uint32_t next; /* of the same function: index + 1 */
};

/* Why a function is analysed apart: called at `site` in `parent`. */
struct context {
    uint32_t parent, depth;
    func_id function;
    instr_id site;
};

struct points_to {
    struct arena *arena;
    struct interner *names;
    const struct program *program;
    const struct role_table *roles; /* may be NULL */
    struct layouts layouts;
    VEC(struct memory) memories;
    struct map memory_ids; /* hash of kind, function, index, context -> index + 1 */
    VEC(struct target) targets;
    uint32_t *target_slots;
    uint32_t ntarget_slots;
    VEC(struct node) nodes; /* nodes[0] unused */
    VEC(struct link) links;
    VEC(node_id) queue;
    VEC(node_id) contents; /* [leaf] */
    struct map copied;     /* from << 32 | to: links made while solving */
    VEC(struct copy) copies;
    VEC(struct indirect) indirects;
    VEC(struct member) members;
    uint32_t types_given;   /* counts changes of what types memories have */
    VEC(node_id) addresses; /* that something is accessed through */
    VEC(struct instance) instances;
    size_t generated;             /* instances before it have their links */
    VEC(struct context) contexts; /* contexts[0]: no context */
    struct map context_ids;       /* parent << 32 | number of the site -> index */
    struct map instance_ids;      /* function << 32 | context -> index + 1 */
    uint32_t *first_site;         /* [function]: number of its first instruction */
    uint32_t *instance_of;        /* [function]: newest instance, index + 1 */
    uint32_t **value_of;          /* [function][instr]: number among its values + 1 */
    uint32_t *nvalues;            /* [function] */
    uint8_t *is_cloned;           /* [function] */
    uint8_t *is_called;           /* [function] */
    node_id *global_nodes, *function_nodes;
    leaf_id *unknown_leaf;                /* [function]: + 1 */
    struct map functions_by_name;         /* interned name -> index + 1 */
    struct map bound;                     /* indirect << 32 | function: already bound */
    VEC(class_id) class_of;               /* [leaf after leaf_find()]: + 1; 0: never accessed */
    struct leaf_list scratch[2];          /* for lists that live no longer than a function call */
    struct pieces pieces;                 /* likewise */
};

/* ---- target.c ---- */
target_id target_of(struct points_to *pt, uint32_t region, uint32_t offset, uint64_t extent);
target_id target_of_memory(struct points_to *pt, enum memory_kind kind, func_id function,
                           uint32_t index, uint32_t context);
target_id target_of_type(struct points_to *pt, type_id type, uint64_t offset, uint64_t extent);
target_id target_of_global(struct points_to *pt, uint32_t global, uint64_t offset);
/* The leaf of a global that is no record, or ID_NONE if no instruction mentions it. */
leaf_id global_leaf(const struct points_to *pt, uint32_t global);
/* Where `offset` in a memory is in one of its records, counted in the first if they repeat, 0 if
 * nobody knows; false if it is in front of or behind them. */
bool memory_type_at(const struct points_to *pt, const struct memory_type *type, uint32_t offset,
                    uint64_t *ret_offset);
/* The memory that a target lies in, or NULL for "any object of a type". */
struct memory *target_memory(const struct points_to *pt, target_id target);
/* The function that is the target, or ID_NONE. */
func_id target_function(const struct points_to *pt, target_id target);
/* Adds the leaves that an access of `size` bytes touches; 0: the whole extent. */
void target_touch(const struct points_to *pt, target_id target, uint64_t size,
                  struct leaf_list *list);
/* The same for bytes of a memory. */
void memory_touch(const struct points_to *pt, uint32_t memory, uint64_t offset, uint64_t size,
                  struct leaf_list *list);
/* Whether a record of `type` may lie at the target as far as the type of what is there is known;
 * for a node: at one of its targets. */
bool target_fits(const struct points_to *pt, target_id target, type_id type);
bool node_fits(const struct points_to *pt, node_id node, type_id type);
/* Adds to `node` what the target is after `offset` and any multiple of `scale` were added. */
void target_shift(struct points_to *pt, target_id target, int64_t offset, uint64_t scale,
                  node_id node);

/* ---- solve.c ---- */
node_id node_new(struct points_to *pt, uint32_t count);
bool node_add(struct points_to *pt, node_id node, target_id target);
bool node_has(const struct points_to *pt, node_id node, target_id target);
bool node_has_function(const struct points_to *pt, node_id node); /* node 0: none */
node_id node_of_contents(struct points_to *pt, leaf_id leaf);
/* Adds a link to `node`; what the node has already goes through it at once. No-op for node 0. */
void link_add(struct points_to *pt, node_id node, struct link link);
/* What accesses through a target touch has changed: they are handled once more. */
void access_again(struct points_to *pt, node_id node, target_id target);
void solve(struct points_to *pt);

/* ---- instance.c ---- */
void instances_init(struct points_to *pt);
uint32_t instance_get(struct points_to *pt, func_id function, uint32_t context);
/* The instance of `callee` for a call at `site` of `caller`. */
uint32_t instance_of_call(struct points_to *pt, uint32_t caller, instr_id site, func_id callee);
/* The context in which that call would analyse `callee`, if it did; makes none. */
uint32_t context_of_call(const struct points_to *pt, uint32_t context, func_id caller,
                         instr_id site, func_id callee);
/* Defined in the OS model or inline in its headers: not the driver's own code. */
bool is_system(const struct program *program, func_id function);
/* The node of a value in an instance; 0: it holds no address. */
node_id node_of_operand(struct points_to *pt, const struct instance *instance,
                        const struct operand *operand);
/* The same for results of instructions and parameters only. */
node_id node_of_value(const struct points_to *pt, const struct instance *instance,
                      const struct operand *operand);

/* ---- constraint.c ---- */
void constraints_add(struct points_to *pt, uint32_t instance);
void constraints_add_globals(struct points_to *pt);
/* `callee` may be called by that instruction of that instance. */
void call_bind(struct points_to *pt, uint32_t instance, instr_id site, func_id callee);
/* What an intrinsic does to memory; INTRINSIC_NONE also for functions that are none. */
enum intrinsic {
    INTRINSIC_NONE,
    INTRINSIC_OBJECT,
    INTRINSIC_FUNCTION,
    INTRINSIC_DECLARED,
    INTRINSIC_HAVOC,
    INTRINSIC_NOTHING
};
enum intrinsic intrinsic_of(const struct function *function);

/* ---- complete.c ---- */
/* Adds what the first solution lacks and solves again until nothing changes. */
void complete(struct points_to *pt);
/* Whether a call through a pointer that nothing is known of may reach `function`. */
bool call_fits(const struct program *program, const struct instr *call, func_id function);

/* ---- access.c ---- */
void accesses_collect(struct points_to *pt, struct model *model);

/* ---- hole.c ---- */

/* Fills in model->holes, and what they may write. */
void holes_collect(struct points_to *pt, struct model *model);
/* The classes of bytes in a memory; size 0: to its end. */
struct class_set classes_of_place(const struct points_to *pt, struct arena *arena, uint32_t memory,
                                  uint64_t offset, uint64_t size);
/* The leaf that stands for memory accessed in a function through an address nothing is known of. */
leaf_id unknown_leaf(struct points_to *pt, func_id function);

/* ---- once.c ---- */
void once_collect(struct points_to *pt, struct model *model);

/* ---- name.c ---- */
const char **class_names(struct points_to *pt, const leaf_id *leaves, uint32_t count);

/* ---- callback.c ---- */
void callbacks_collect(struct points_to *pt, struct model *model);
/* What a role is called after the aliases of the table are applied; interned. */
const char *role_canonical(const struct role_table *roles, struct interner *names,
                           const char *role);
func_id function_named(const struct points_to *pt, const char *name);

/* ---- print.c ---- */

/* Text under construction. */
struct text {
    struct arena *arena;
    VEC(char) bytes; /* with a final NUL that does not count */
};

void text_add(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);
const char *function_shown(const struct program *program, func_id function);

#endif
