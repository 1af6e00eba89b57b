/* Shared by the engine's own files.
 *
 *   flow.c     control flow facts of each function: order, postdominators, control dependence
 *   slice.c    relevance: what of the program a rule group's events can depend on
 *   blur.c     which memory can be followed without knowing where many pointers lead
 *   value.c    hash-consed values and their simplification
 *   range.c    what is known of a value: interval, bits, small sets
 *   pmap.c     persistent maps with sharing (stores, registers, facts)
 *   state.c    states: facts, fresh objects and symbols, garbage
 *   memory.c   loads, stores, fills and copies
 *   join.c     states that are the same or nearly so
 *   step.c     one instruction, symbolically
 *   event.c    rule automata: matching events, watched objects, errors
 *   place.c    places that are watched in runs of their own
 *   live.c     registers that a block needs
 *   explore.c  functions, blocks, merging, loops
 *   call.c     calls, intrinsics
 *   meet.c     which states are joined as a whole
 *   merge.c    the join of whole states, for runs that only ask whether there is an error
 *   frame.c    what of a state a function can touch
 *   summary.c  what a function does to a state, remembered
 *   witness.c  from trace to path
 *   feasible.c whether a path is possible, as others see it (replay/)
 *   group.c    which rules share a run (see also group.h)
 *   run.c      the runs of a group
 *   verdict.c  from runs to verdicts and findings
 *   engine.c   all of it
 */
#ifndef DRVLINT_ENGINE_INTERNAL_H
#define DRVLINT_ENGINE_INTERNAL_H

#include "base/map.h"
#include "engine/engine.h"

typedef uint32_t value_id;
typedef uint32_t object_id;
typedef uint32_t range_id; /* 0: nothing known */
typedef uint32_t pmap_id;  /* 0: empty */
typedef uint32_t context_id;
typedef uint32_t trace_id;

/* ---- values ------------------------------------------------------------------------------- */

enum value_kind {
    VALUE_TOP,    /* not tracked: may be anything, nothing that matters depends on it. id 0 */
    VALUE_CONST,  /* imm */
    VALUE_SYMBOL, /* sub: enum symbol_kind; a, b, c, imm name it */
    VALUE_ADDR,   /* object a, byte offset imm */
    VALUE_FUNC,   /* function a */
    VALUE_BINARY, /* sub: enum binary_op */
    VALUE_COMPARE,/* sub: CMP_EQ, CMP_ULT or CMP_SLT only; others are written with these and a xor 1 */
    VALUE_CAST,   /* sub: CAST_TRUNC, CAST_ZEXT, CAST_SEXT */
};

enum symbol_kind {
    SYMBOL_CHOICE,  /* a: context, b: instr, c: how many-th that is alive */
    SYMBOL_INIT,    /* initial contents: a: object, b: symbolic part of the offset or 0, c: version; imm: offset */
    SYMBOL_JOIN,    /* made by a join: a: context, b: block, c: number alive */
};

struct value {
    uint8_t kind, width, sub, depth; /* depth: of the expression, at most 255 */
    uint32_t a, b, c;
    uint64_t imm;
    uint64_t mask;  /* Bloom filter of the symbols and objects inside */
};

enum object_kind { OBJECT_GLOBAL, OBJECT_LOCAL, OBJECT_HEAP, OBJECT_ONCE, OBJECT_POINTEE };

struct object {
    enum object_kind kind;
    uint32_t a, b, c; /* GLOBAL: global; LOCAL: depth, func, instr; HEAP: context, instr, number;
                         ONCE: index into model.objects, 1 if it is the one before; POINTEE: value */
    uint64_t size;    /* 0: not known */
    bool zeroed;      /* HEAP, ONCE: initial contents */
    bool device;      /* HEAP: a device answers; reads are never known, writes do not last */
};

/* ---- ranges ------------------------------------------------------------------------------- */

enum { RANGE_SET = 12 };

struct range {
    uint64_t lo, hi;      /* unsigned, inclusive */
    uint64_t zeros, ones; /* bits known */
    uint8_t width;
    uint8_t kind;         /* 0: no set; 1: one of set; 2: none of set */
    uint8_t nset;
    uint64_t set[RANGE_SET]; /* sorted */
};

/* ---- states ------------------------------------------------------------------------------- */

struct state {
    pmap_id store;   /* cell key -> value | size << 32 */
    pmap_id regs;    /* depth << 32 | register -> value */
    pmap_id facts;   /* value -> range */
    uint32_t prop;   /* interned automaton states of the group's rules */
    uint32_t roles;  /* interned stack of roles entered */
    pmap_id apart;    /* branch in policy.apart -> the way that was taken last, plus 1 */
    uint64_t holes;   /* parts for which it has passed code that was left out: bit number modulo 64 */
    uint16_t inexact; /* index of a reason; 0: every value of the state is exact */
    uint8_t failures; /* what policy.failures counts, at most 255 */
    trace_id trace;
};

enum trace_kind { TRACE_START, TRACE_BRANCH, TRACE_CALL, TRACE_RETURN, TRACE_ENTER, TRACE_LEAVE,
                  TRACE_EVENT, TRACE_RESULT, TRACE_JOIN, TRACE_SUMMARY, TRACE_ERROR };

struct trace {
    trace_id parent, other; /* other: second parent of a join; SUMMARY: where its first use entered,
                               data being where that left the function */
    enum trace_kind kind;
    uint32_t func, instr;
    context_id context;
    uint32_t data;   /* BRANCH: successor; EVENT, ERROR: index into sim.firings; RESULT: value; roles */
    loc_id loc;      /* RETURN: the statement */
    uint8_t irql;    /* 255: not known */
    uint32_t prop;
    const char *words; /* RESULT: the value in words, or NULL if it says nothing */
    value_id condition; /* BRANCH: what was decided ... */
    bool holds;         /* ... and how; condition 0: nothing new */
    bool open;          /* BRANCH: taken without looking, see slice.open */
};

/* A call chain: function `func` called by `instr` of the caller in `parent`. */
struct context {
    context_id parent;
    uint32_t caller, instr, func;
    uint32_t depth;
    uint32_t place; /* see model_context() */
};

struct flow_block {
    block_id ipdom;        /* ID_NONE: the virtual exit */
    block_id *controls;    /* blocks whose terminator this block depends on */
    uint32_t ncontrols;
    uint32_t rpo;          /* position in reverse postorder; ID_NONE: unreachable */
    bool loop_head;
    block_id loop;         /* head of the innermost loop around, or ID_NONE */
};

struct flow {
    struct flow_block *blocks;
    block_id *order;       /* blocks in reverse postorder */
    uint32_t norder;
};

/* Control flow of all functions with a body; shared by the groups, read-only. */
struct flow *flow_build(struct arena *arena, const struct program *program);
bool flow_in_loop(const struct flow *flow, block_id block, block_id head);

/* Bytes [start, end) of an object were filled: with zeros, with unknown contents of a version, or
 * with what another object initially had at the same place plus delta. A list, newest first. */
enum fill_kind { FILL_ZERO, FILL_UNKNOWN, FILL_COPY };
struct fill {
    int64_t start, end, delta;
    enum fill_kind kind;
    uint32_t version; /* UNKNOWN: a symbol; COPY: that of the source object */
    uint32_t object;  /* COPY */
    uint32_t prev;    /* next older, 0: none */
};

/* A cell at a symbolic offset. */
struct rest_cell {
    value_id rest;
    int64_t offset;
};

/* ---- relevance ---------------------------------------------------------------------------- */

/* A function is executed at every call, or at the calls that are in the slice. */
enum { SLICE_WHERE_CALLED = 1, SLICE_EVERYWHERE };

/* What of a value is needed: where it leads as an address, which may be known without computing it
 * (model_spot()), or all of it. */
enum { NEED_ADDRESS = 1, NEED_VALUE };

struct slice {
    uint8_t **instrs;      /* [func][instr]: to be executed, NEED_* of its result */
    uint8_t *funcs;        /* SLICE_*; 0: at most for its result */
    uint8_t **params;      /* [func][param]: NEED_* */
    uint8_t *results;      /* [func]: returned value needed */
    uint8_t **blurred;     /* [func][instr]: a load or copy of what is not followed, see policy.blur */
    bool lost;             /* with policy.blur: an event looks at what is not followed */
    uint8_t **open;        /* [func][block]: beyond the horizon; its branch goes every way */
    size_t count;          /* instructions marked */
};

struct automaton;          /* one rule part of the group */

/* ---- the simulation of one group ----------------------------------------------------------- */

struct firing {            /* an event that moved a rule */
    uint32_t part;         /* index into sim.parts */
    uint32_t event, transition;
    uint32_t from;
    int to;
    const char *message;   /* filled, for errors */
};

/* Cells are named by their object and their offset plus this. */
#define CELL_BIAS INT64_C(0x40000000)
/* The mark of a place at `offset` that was let pass is at GHOST_OFFSET + offset. */
#define GHOST_OFFSET (-0x3ffffff0LL)
#define GHOST_RANGE 0x20000000u

/* What the judge said of a path, see feasible.c. */
enum feasibility { NOT_ASKED, FEASIBLE, INFEASIBLE, UNDECIDED };

struct candidate {         /* an error state reached */
    uint32_t part;
    loc_id loc;
    uint32_t func;
    uint32_t event, transition;
    trace_id trace;        /* of kind TRACE_ERROR */
    uint32_t inexact;
    enum feasibility answer;
    const char *why;       /* UNDECIDED: the reason */
};

struct binding {           /* event bound to a function or role */
    uint32_t part, event;
};

typedef VEC(struct binding) binding_list;

struct state_list {
    struct state *items;
    size_t len, cap;
};

/* A place that a rule may watch, see place.h. */
struct watch_place {
    enum object_kind kind; /* GLOBAL or ONCE */
    uint32_t index;        /* into program.globals or model.objects */
    uint64_t offset;       /* bytes */
};

struct policy {
    bool merge_facts;      /* states that differ in facts only are joined */
    bool blur;             /* memory that is written through addresses which lead to more than one
                              place is not followed: what is read from it may be anything */
    bool join;             /* states that meet become one, see merge.c; no path is kept */
    bool join_early;       /* also where nothing meets: in every block */
    bool join_alike;       /* not those of which the function that they are in has other results */
    bool drop;             /* where a loop would be widened drop the state, and say so */
    bool only_if_small;    /* not at all if many instructions matter */
    uint32_t rounds;       /* how often loops of the OS model go round: callbacks that follow each
                              other; 0: any number */
    uint32_t beam;         /* of states that differ in nothing that joins keep apart only so many go
                              on from a block; 0: all */
    uint32_t failures;     /* with `beam`: calls of the system that fail on a path, at most; with `trail`:
                              decisions of the driver's that leave it */
    uint32_t horizon;      /* the slice follows one control dependence less than that; 0: all */
    const struct watch_place *places; /* NULL, or what may be watched: the first place only; */
    size_t nplaces;
    bool others;           /* with `places`: all but those */
    const struct map *allowed; /* branch decisions to follow where `known` has a branch, or NULL: all */
    const struct slice *known;
    bool trail;            /* `allowed` is of one path: branches that are not on it go any way */
    const struct map *apart; /* branches whose decisions keep states apart, see decision_key(); or NULL */
};

struct sim {
    struct arena arena;            /* everything of this run */
    const struct program *program;
    const struct model *model;
    const struct flow *flow;
    const struct rule_pack *pack;
    struct interner *names;
    const struct unsaved_files *unsaved; /* read in the place of sources, or NULL */

    VEC(const struct rule *) parts;
    uint64_t left_out;             /* parts that take no part: bit number modulo 64 */
    VEC(uint32_t) guards;          /* globals that guards read */
    bool guards_ask_role;
    bool asks_of_unwatched;        /* some rule has errors in its initial state */
    struct map ghost_memo;
    uint8_t *eventful;             /* [func]: it may fire events */
    uint64_t **footprints;         /* [func]: bit set of classes that it may touch, see frame.c */
    uint32_t footprint_words;
    struct map cell_class_index, frame_memo;
    VEC(struct class_set) cell_class_sets;
    struct map tainted;            /* symbols of joins that may be an object that is watched */
    uint64_t late;                 /* parts that began to watch an object after it was made: bit
                                      number modulo 64 */
    VEC(value_id) renamed;         /* symbols to which joins gave a new meaning, in order */
    struct slice slice;
    binding_list *by_function;     /* [func] */
    struct map roles_bound;        /* interned role -> index + 1 into role_bindings */
    VEC(binding_list) role_bindings;
    const char *irql_name;         /* "irql" */
    uint32_t irql_global;          /* global model_irql or ID_NONE */

    struct policy policy;
    uint64_t steps, budget;
    bool exhausted;                /* out of budget: the result is unknown */
    uint64_t *hole_parts;          /* [model.holes]: parts whose events may be there */
    uint64_t holed;                /* parts for which code that was left out is not represented: a run
                                      that finds no error shows nothing; bit number modulo 64 */
    uint32_t first_hole;           /* the first in model.holes that was met; ID_NONE: none */
    uint64_t doubtful;             /* policy.join: parts with an error, bit number modulo 64 */
    bool dropped;                  /* a state was dropped by policy.drop */
    struct map routes_tried;       /* candidate_key() -> other paths that were judged */
    struct map undecided;          /* candidate_key() -> paths that could not be decided */
    struct map separators;         /* branches whose decisions made paths infeasible */

    VEC(struct value) values;
    uint32_t *value_slots;
    uint32_t value_nslots;
    VEC(struct object) objects;
    struct map object_index;
    VEC(struct range) ranges;
    struct map range_index;
    struct pnode *pnodes;
    uint32_t npnodes, pnodes_cap, pnode_nslots;
    uint32_t *pnode_slots;
    VEC(uint32_t *) props;         /* encoded automaton states, see event.c */
    uint32_t prop_words;
    struct map prop_index;
    VEC(struct context) contexts;
    struct map context_index;
    VEC(struct trace) traces;
    struct rolestack { uint32_t parent; const char *role; uint32_t func; } *rolestacks;
    uint32_t nrolestacks, rolestacks_cap;
    VEC(struct firing) firings;
    VEC(struct candidate) candidates;
    struct map candidate_index;    /* part, loc, transition -> number of candidates kept */
    VEC(const char *) reasons;     /* of inexactness; [0] unused */
    struct map expr_globals;       /* rule expression -> global + 1 */
    struct map states_in;          /* function -> states that reached its blocks */
    struct map unmodelled;         /* functions without a model that were met */
    struct map visited;            /* function -> its liveness, once executed */
    context_id at_context;         /* the instruction being executed: names new symbols */
    uint32_t at_instr;
    VEC(struct fill) fills;
    struct map fill_index;
    VEC(struct rest_cell) rest_cells;
    struct map rest_index;
    struct map collect_memo;
    VEC(struct summary *) summaries;
    struct map summary_index;
    uint32_t *value_epoch, *object_epoch; /* marks of state_collect() */
    uint32_t *dead_epoch, dead_now; /* values found dead */
    uint32_t epoch, value_epochs, object_epochs;
    uint32_t *mention_epoch;       /* marks of searches for a symbol or object */
    uint32_t mention_epochs, mention_epoch_now;
    uint64_t unique;               /* names given once */
    value_id split;                /* set by a step that needs a decision first */
    struct engine_stats stats;
};

/* value.c */
void values_init(struct sim *sim);
value_id value_const(struct sim *sim, unsigned width, uint64_t imm);
value_id value_symbol(struct sim *sim, enum symbol_kind kind, unsigned width, uint32_t a, uint32_t b,
                      uint32_t c, uint64_t imm);
value_id value_addr(struct sim *sim, object_id object, uint64_t offset);
value_id value_func(struct sim *sim, func_id func);
value_id value_binary(struct sim *sim, enum binary_op op, unsigned width, value_id a, value_id b);
value_id value_compare(struct sim *sim, enum compare_op op, value_id a, value_id b);
value_id value_cast(struct sim *sim, enum cast_op op, unsigned width, value_id a);
value_id value_not(struct sim *sim, value_id boolean);
const struct value *value_get(const struct sim *sim, value_id id);
bool value_is_const(const struct sim *sim, value_id id, uint64_t *ret_imm);
/* Whether `part` (a symbol, or an address's object) occurs inside `id`. */
bool value_mentions(struct sim *sim, value_id id, value_id part);
/* A search looks at each value once: true the first time since mention_search_begins(). */
void mention_search_begins(struct sim *sim);
bool mention_first_visit(struct sim *sim, value_id id);
bool value_mentions_object(struct sim *sim, value_id id, object_id object);
/* What an object adds to a value's mask. */
uint64_t object_bloom(object_id object);
/* The object behind an address that may be cast or shortened; ID_NONE: it is no known address. */
object_id value_root(const struct sim *sim, value_id id);
char *value_text(const struct sim *sim, value_id id, struct arena *arena);
object_id object_get(struct sim *sim, enum object_kind kind, uint32_t a, uint32_t b, uint32_t c,
                     uint64_t size);
uint64_t width_mask(unsigned width);
int64_t sign_extend(uint64_t value, unsigned width);

/* range.c */
range_id range_intern(struct sim *sim, const struct range *range);
struct range range_full(unsigned width);
struct range range_single(unsigned width, uint64_t value);
bool range_normalize(struct range *range); /* false: empty */
bool range_meet(struct range *range, const struct range *other);
struct range range_join(const struct range *a, const struct range *b);
bool range_contains(const struct range *range, uint64_t value);
bool range_is_single(const struct range *range, uint64_t *ret_value);
struct range range_of(struct sim *sim, const struct state *state, value_id value);

/* pmap.c */
struct pnode {
    uint64_t key;    /* leaf: key; branch: common prefix */
    uint64_t value;  /* leaf only */
    uint64_t mask;   /* union of the leaf values' Bloom filters */
    uint32_t left, right;
    uint8_t bit;     /* branch: deciding bit; 255: leaf */
};
typedef void pmap_visit_fn(void *context, uint64_t key, uint64_t value);
typedef void pmap_diff_fn(void *context, uint64_t key, const uint64_t *a, const uint64_t *b);
const uint64_t *pmap_get(const struct sim *sim, pmap_id map, uint64_t key);
/* mask: Bloom filter of what the entry mentions. */
pmap_id pmap_set(struct sim *sim, pmap_id map, uint64_t key, uint64_t value, uint64_t mask);
pmap_id pmap_remove(struct sim *sim, pmap_id map, uint64_t key);
/* `to` with the entry that `from` has, if any. */
pmap_id pmap_take(struct sim *sim, pmap_id to, pmap_id from, uint64_t key);
/* Visits entries with first <= key <= last in order. */
void pmap_each(const struct sim *sim, pmap_id map, uint64_t first, uint64_t last,
               pmap_visit_fn *visit, void *context);
/* Visits those entries only that may mention something of the Bloom filter. */
void pmap_each_masked(const struct sim *sim, pmap_id map, uint64_t mask, pmap_visit_fn *visit,
                      void *context);
/* What is in either; of entries with the same key that of `a`. */
pmap_id pmap_union(struct sim *sim, pmap_id a, pmap_id b);
/* The entries of `a` whose keys are not in `b`. */
pmap_id pmap_without(struct sim *sim, pmap_id a, pmap_id b);
pmap_id pmap_remove_range(struct sim *sim, pmap_id map, uint64_t first, uint64_t last);
/* Visits keys whose values differ; shared parts are skipped. */
void pmap_diff(const struct sim *sim, pmap_id a, pmap_id b, pmap_diff_fn *visit, void *context);
uint64_t pmap_mask(const struct sim *sim, pmap_id map);

/* state.c */
enum truth { FALSE_ = 0, TRUE_ = 1, MAYBE_ = 2 };
/* Keeps only what `value` may be according to `range`; false: nothing is left. */
bool state_narrow(struct sim *sim, struct state *state, value_id value, const struct range *range);
enum truth state_truth(struct sim *sim, const struct state *state, value_id condition);
/* Adds the fact; false: the state is impossible. */
bool state_assume(struct sim *sim, struct state *state, value_id condition, bool holds);
/* A symbol named by the place that is not mentioned in the state yet. */
value_id state_fresh_symbol(struct sim *sim, const struct state *state, enum symbol_kind kind,
                            unsigned width, context_id context, uint32_t instr);
/* The same, named by the instruction being executed. */
value_id state_fresh_here(struct sim *sim, const struct state *state, unsigned width);
object_id state_fresh_object(struct sim *sim, struct state *state, bool zeroed, bool device);
/* The life of model.objects[index] begins; its object. */
object_id state_begin_once(struct sim *sim, struct state *state, uint32_t index);
object_id once_object(struct sim *sim, uint32_t index);
bool state_mentions_object(struct sim *sim, const struct state *state, object_id object);
bool state_mentions(struct sim *sim, const struct state *state, value_id symbol);

/* Memory. An address is resolved into object, constant offset and symbolic rest. */
struct target {
    object_id object;
    int64_t offset;
    value_id rest;  /* 0: none */
};
enum access { ACCESS_OK, ACCESS_NULL, ACCESS_UNKNOWN, ACCESS_SPLIT };
enum access state_resolve(struct sim *sim, const struct state *state, value_id address,
                          struct target *ret_target);
/* ACCESS_SPLIT: sim->split must be decided first. */
enum access state_load(struct sim *sim, struct state *state, value_id address, uint32_t size,
                       unsigned width, value_id *ret_value);
enum access state_store(struct sim *sim, struct state *state, value_id address, uint32_t size,
                        value_id value);
enum access state_fill(struct sim *sim, struct state *state, value_id address, value_id byte,
                       value_id length);
enum access state_copy(struct sim *sim, struct state *state, value_id to, value_id from,
                       value_id length);
/* Contents of [address, address + size) unknown; size 0: the whole object. */
void state_havoc(struct sim *sim, struct state *state, value_id address, uint64_t size);
/* Interned. */
uint32_t fill_get(struct sim *sim, struct fill fill);
void state_fill_unknown(struct sim *sim, struct state *state, object_id object, value_id version);
/* Under policy.join what has no entry in the store does not exist: a new object has one from the start. */
void state_begin_contents(struct sim *sim, struct state *state, object_id object);
void state_forget_object(struct sim *sim, struct state *state, object_id object);
/* Drops unreachable objects and facts on what nothing can read again. */
void state_collect(struct sim *sim, struct state *state);
bool state_same(const struct state *a, const struct state *b);       /* all but the trace */
uint64_t state_hash(const struct state *state, bool with_facts);
/* Joins b into a. Facts only: exact unless correlated. With values: lossy, marks inexact. */
void state_join_facts(struct sim *sim, struct state *a, const struct state *b);
void state_join(struct sim *sim, struct state *a, const struct state *b, bool widen,
                context_id context, uint32_t block);
/* meet.c: what states must have in common to be joined under policy.join; and in the midst of a function of
 * that depth. */
uint64_t merge_key(struct sim *sim, const struct state *state);
uint64_t merge_key_in(struct sim *sim, const struct state *state, func_id func, uint32_t depth);
/* merge.c: the join of `other` into `into`; widen: ranges that grow are given up. */
void state_merge(struct sim *sim, struct state *into, const struct state *other, bool widen);
/* Whether a value may be an object that is watched since it was made, if it is not its address. */
bool merge_may_be_watched(struct sim *sim, value_id value);
/* A name for a watched value that joins leave alone; what holds the value now has that name. */
value_id merge_watch(struct sim *sim, struct state *state, value_id value, uint32_t index);
struct range range_widen(const struct range *old, const struct range *joined);
uint32_t sim_reason(struct sim *sim, const char *text);
trace_id sim_trace(struct sim *sim, struct state *state, enum trace_kind kind, uint32_t func,
                   uint32_t instr, context_id context, uint32_t data);

/* slice.c */
void slice_build(struct sim *sim);

/* blur.c: where addresses lead, and classes of memory that are written through wild ones. */
enum lead { LEADS, APART, WILD };
struct blur {
    const struct program *program;
    const struct model *model;
    uint8_t *classes; /* [class]: is blurred */
    uint8_t **params; /* [func][param]: enum lead */
};
void blur_find(struct blur *blur, struct arena *arena, const struct program *program,
               const struct model *model);
enum lead blur_lead(const struct blur *blur, func_id func, const struct operand *address);

/* event.c */
void events_init(struct sim *sim);
struct call_site {
    uint32_t func, instr;   /* caller */
    context_id context;     /* of the caller */
    const char *name;       /* function or role */
    const value_id *args;
    uint32_t nargs;
    value_id result;
    loc_id loc;
};
/* Runs the events of that kind on every state of the list; new states are appended to ret. */
void events_fire(struct sim *sim, const binding_list *bindings, enum event_kind kind,
                 const struct call_site *site, const struct state *state, struct state_list *ret);
/* A value in words for messages: a number, "a failure status", "an unknown value". */
const char *value_words(struct sim *sim, const struct state *state, value_id value);
/* "DISPATCH_LEVEL"; 255: unknown. */
const char *irql_name(uint8_t irql);
const char *prop_state_name(const struct sim *sim, uint32_t prop, uint32_t part);
void prop_each_value(const struct sim *sim, uint32_t prop, void (*visit)(void *, value_id), void *context);
uint64_t prop_mask(const struct sim *sim, uint32_t prop);
/* Watched places in one object are now in another one. */
uint32_t prop_with_object(struct sim *sim, uint32_t prop, object_id from, object_id to);

/* step.c */
enum outcome { STEP_OK, STEP_DEAD, STEP_SPLIT };
value_id step_operand(struct sim *sim, const struct state *state, uint32_t func, uint32_t depth,
                      const struct operand *operand);
/* The operand where all that matters is where it leads: 0 only if nobody knows. */
value_id step_address(struct sim *sim, const struct state *state, uint32_t func, uint32_t depth,
                      const struct operand *operand);
/* The same for a function's argument, which may be NULL; 0 if it was not computed. */
value_id step_argument(struct sim *sim, const struct state *state, uint32_t func, uint32_t depth,
                       const struct operand *operand);
/* With policy.blur: a pointer that stands for unknown memory, anew each time. */
bool is_made_up(const struct sim *sim, uint32_t func, instr_id id);
enum outcome step_instr(struct sim *sim, struct state *state, uint32_t func, context_id context,
                        uint32_t depth, instr_id instr);
void state_set_reg(struct sim *sim, struct state *state, uint32_t depth, uint32_t reg, value_id value);

/* live.c: [block]: bit set of the registers (then parameters) that are needed behind its phis. */
uint64_t **live_build(struct sim *sim, func_id func);

/* summary.c: what a function did to a state. Keyed by the function, its relevant arguments and its frame;
 * the slice has removed from the state what does not matter to the group's rules. After Sharir, Pnueli, 1981; Reps, Horwitz, Sagiv, POPL 1995. */
struct exit_state {
    struct state state;   /* regs: the callers' and nothing else */
    value_id result;
};
struct new_name {         /* given by the function: not to be mixed up with what a caller has */
    value_id symbol;      /* or 0 */
    object_id object;
};
struct summary {
    func_id func;
    struct state entry;   /* the frame */
    pmap_id kept;         /* see frame_split() */
    value_id *params;
    uint32_t nparams;
    VEC(struct exit_state) exits;
    VEC(struct new_name) names;
    uint64_t mask;        /* Bloom filter of the names */
    uint32_t next;        /* with the same hash; index + 1 */
};
/* The summary for that frame, or NULL. `depth`: of the function. */
const struct summary *summary_find(struct sim *sim, func_id func, const struct state *entry,
                                   uint32_t depth, pmap_id kept);
/* Remembers the exits that a function made from a frame; `renamed`: length of sim.renamed before. */
const struct summary *summary_add(struct sim *sim, func_id func, const struct state *entry,
                                  uint32_t depth, pmap_id kept, const struct summary *made,
                                  size_t renamed);
/* Whether a name that the function gives is one that the rest of a caller's state has. */
bool summary_clashes(struct sim *sim, const struct summary *summary, const struct state *rest);

/* frame.c: before the run; then the part of a state that a function of that depth can touch, and the
 * rest (store, registers, facts); frame_join() puts the rest back. Returns what both mention: it is in
 * registers from KEPT_REGS on, so that it stays alive. */
enum { KEPT_REGS = 0x7f000000 };
void frames_init(struct sim *sim);
pmap_id frame_split(struct sim *sim, func_id func, uint32_t depth, const struct state *state,
                    struct state *ret_inner, struct state *ret_rest);
void frame_join(struct sim *sim, func_id func, struct state *state, const struct state *rest);

/* Walks a trace backwards, into the functions that summaries stand for. */
struct trace_cursor {
    const struct sim *sim;
    trace_id at;                  /* 0: the end */
    struct splice {
        trace_id stop, back;      /* when `stop` is reached go on at `back` */
        struct splice *outer;
    } *splices;
    struct arena *arena;
};
struct trace_cursor trace_begin(const struct sim *sim, trace_id last, struct arena *arena);
void trace_next(struct trace_cursor *cursor);

/* explore.c: a function from all states of `entry`, those in which it ends appended to `out` */
void explore(struct sim *sim, func_id harness);
void explore_function(struct sim *sim, func_id func, context_id context, uint32_t depth,
                      const struct state_list *entry, struct state_list *out);
void mark_inexact(struct sim *sim, struct state *state, const char *reason);

/* call.c: replaces the states by those behind the call. */
void explore_call(struct sim *sim, uint32_t func, context_id context, uint32_t depth, instr_id instr,
                  struct state_list *states);
/* Goes on behind code that was left out: index into model.holes. */
void pass_hole(struct sim *sim, struct state *state, uint32_t hole);
/* Remembers that a joined state, or an error, was also reached along another path. */
void join_traces(struct sim *sim, trace_id into, trace_id other);
void list_push(struct sim *sim, struct state_list *list, struct state state);
context_id context_get(struct sim *sim, context_id parent, uint32_t caller, uint32_t instr, uint32_t func);

/* witness.c */
void witness_build(struct sim *sim, const struct candidate *candidate, struct arena *arena,
                   struct finding *ret_finding);
struct place place_of(const struct sim *sim, loc_id loc);
loc_id driver_loc(const struct sim *sim, uint32_t func, uint32_t instr, context_id context,
                  uint32_t *ret_func);
/* Do the decisions of the candidate's own path contradict each other? Joins of facts can do that. */
bool witness_consistent(struct sim *sim, const struct candidate *candidate);
/* feasible.c: whether some input takes the candidate's path, as replay/ sees it. */
enum feasibility candidate_judge(struct sim *sim, struct candidate *candidate);
/* The same for other paths to the same error, which met with its own somewhere, if that is infeasible.
 * FEASIBLE: the candidate has such a path now. INFEASIBLE: none of them is possible. */
enum feasibility candidate_judge_others(struct sim *sim, struct candidate *candidate);
/* Names the error: equal for candidates of one. */
uint64_t candidate_key(const struct candidate *candidate);
/* Collects the decisions on all paths to the candidates, joined ones included. */
void witness_decisions(const struct sim *sim, struct arena *arena, struct map *ret_allowed);
/* Whether the function of the OS model runs in no callback of the driver's. */
bool is_between_callbacks(const struct sim *sim, func_id func, context_id context);
/* Those on one path to each candidate, the one that was found. */
void witness_trail(const struct sim *sim, struct arena *arena, struct map *ret_allowed);
uint64_t decision_key(func_id func, uint32_t instr, uint32_t successor);

#endif
