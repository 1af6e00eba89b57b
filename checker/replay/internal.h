/* Shared by the files of replay/.
 *
 *   replay.c   functions, blocks, instructions along the path
 *   call.c     calls and intrinsics
 *   event.c    what a step of the rule asks of the values
 *   memory.c   what memory holds: a log of all that was written
 *   region.c   what a part that is passed over may have written */
#ifndef DRVLINT_REPLAY_INTERNAL_H
#define DRVLINT_REPLAY_INTERNAL_H

#include "replay/replay.h"
#include "smt/smt.h"

/* ---- memory --------------------------------------------------------------------------------- */

enum object_kind { OBJECT_GLOBAL, OBJECT_FUNCTION, OBJECT_LOCAL, OBJECT_MADE };

/* Objects are apart, and addresses of different ones differ unless one of them is over. */
struct object {
    enum object_kind kind;
    uint32_t index;   /* GLOBAL, FUNCTION */
    smt_term base;    /* its address: a variable */
    bool zeroed;      /* MADE: first contents */
    bool device;      /* MADE: each read may give something else */
    bool freed;
    bool bounded;     /* the solver has been told what an address can be */
    uint32_t last;    /* newest entry of the log about it, or 0 */
};

/* `size` bytes at address. Either an object is known, or `root` is what the address is counted from. */
struct area {
    uint32_t object;  /* 0: not known */
    smt_term root;    /* the object's base, or what is left of the address without constants */
    smt_term index;   /* what is added to it, 0: nothing */
    int64_t offset;
    uint64_t size;    /* 0: all of the object, or as far as it may go */
    smt_term address;
};

enum entry_kind {
    ENTRY_STORE,  /* value has the area's size */
    ENTRY_FILL,   /* value: one byte, repeated */
    ENTRY_COPY,   /* from `source`, as it was then */
    ENTRY_FORGET, /* anything may be in the area */
    ENTRY_HAVOC,  /* anything may be in memory of those location classes; no area */
};

struct entry {
    enum entry_kind kind;
    struct area area;
    smt_term value;
    struct area source;
    struct class_set reads;   /* COPY: of the source */
    struct class_set writes;  /* of the area; empty: not known */
    const uint64_t *classes;  /* HAVOC: bit set */
    uint32_t previous;        /* older entry about the same object; or about none */
};

/* ---- the replay ----------------------------------------------------------------------------- */

struct frame {
    func_id func;
    const struct function *f;
    smt_term *values;   /* [instr, then parameters]; 0: never computed */
    uint32_t place;     /* see model_context() */
    unsigned depth;
    bool aside;         /* nothing inside is a step of the path */
    const struct frame *caller;
};

struct replay {
    struct arena *arena;
    struct smt smt;
    const struct replay_path *path;
    const struct program *program;
    const struct model *model;
    size_t at;                       /* next step */
    const char *lost;                /* why the path cannot be followed */
    bool ended;                      /* the last step is behind us, or one that contradicts itself */
    uint64_t executed;

    VEC(struct object) objects;      /* [0] unused */
    struct map object_of;            /* base -> object */
    struct map globals, functions, once; /* index -> object */
    struct map outside;              /* variables that are no address of a known object */
    VEC(struct entry) log;           /* [0] unused */
    uint32_t last_wild;              /* newest entry about no known object */
    VEC(struct entry) first;         /* contents that nobody wrote: STORE entries */
    struct map first_of;             /* hash of the area -> index into first + 1 */

    uint64_t **may_write;            /* [func]: bit sets of location classes, with callees; or NULL */
    struct map regions;              /* block of a function -> bit set of what lies behind it */
    size_t words;                    /* of a bit set */

    VEC(const char *) roles;         /* running callbacks, innermost last */
    smt_term watched[RULE_MOST_WATCHES]; /* 0: nothing is */
};

enum { MOST_DEPTH = 200 };           /* of terms: what is deeper becomes an unknown value */

/* replay.c */
void give_up(struct replay *r, const char *why);
/* The path asks for it at its next step. */
void demand(struct replay *r, smt_term condition);
smt_term any(struct replay *r, unsigned width);
smt_term operand_value(struct replay *r, struct frame *fr, const struct operand *operand);
/* Cuts or widens, without a sign. */
smt_term to_width(struct replay *r, smt_term value, unsigned width);
/* ==, with what is known of addresses; of operands of one width. */
smt_term equal(struct replay *r, smt_term a, smt_term b);
/* From the entry of a function to its end: its result, or 0. */
smt_term run_function(struct replay *r, struct frame *fr);
/* The next step if it is of that kind, at that call, else NULL. */
const struct replay_step *next_step(const struct replay *r, enum replay_kind kind,
                                    const struct frame *fr, instr_id instr);

/* call.c */
void run_call(struct replay *r, struct frame *fr, instr_id instr);

/* event.c: takes the step if the path has one of that kind here. `args` may be 0 where not known. */
void take_event(struct replay *r, enum event_kind kind, const struct frame *fr, instr_id instr,
                const smt_term *args, uint32_t nargs, smt_term result);

/* memory.c */
uint32_t object_make(struct replay *r, enum object_kind kind, uint32_t index);
smt_term global_address(struct replay *r, uint32_t global);
smt_term function_address(struct replay *r, func_id function);
/* The function whose address that is, or ID_NONE. */
func_id function_at(struct replay *r, smt_term address);
/* Not an address of a known object: it comes from outside. */
void mark_outside(struct replay *r, smt_term variable);
struct area area_at(struct replay *r, smt_term address, uint64_t size);
/* Tells the solver what an address can be, if that is one. */
void bound_address(struct replay *r, smt_term address);
/* `area.size` is 1 to 8 bytes; the term has as many. `reads`: classes of the access, empty: not known. */
smt_term memory_load(struct replay *r, const struct area *area, const struct class_set *reads);
void memory_store(struct replay *r, const struct area *area, const struct class_set *writes,
                  smt_term value);
void memory_fill(struct replay *r, const struct area *area, const struct class_set *writes,
                 smt_term byte);
void memory_copy(struct replay *r, const struct area *to, const struct class_set *writes,
                 const struct area *from, const struct class_set *reads);
void memory_forget(struct replay *r, const struct area *area, const struct class_set *writes);
void memory_havoc(struct replay *r, const uint64_t *classes);
void memory_havoc_set(struct replay *r, const struct class_set *classes);
/* Bytes of the value that was last stored at exactly that place, 0: not known. */
uint64_t memory_stored_size(const struct replay *r, const struct area *area);

/* region.c */
/* Where all ways from the end of a block to the function's end meet first; ID_NONE: at the end. */
block_id meeting_place(struct replay *r, const struct function *f, block_id block);
/* Location classes that may be written between the end of `block` and `stop`. */
const uint64_t *region_writes(struct replay *r, func_id func, block_id block, block_id stop);
/* By a function and what it calls. */
const uint64_t *function_writes(struct replay *r, func_id func);

#endif
