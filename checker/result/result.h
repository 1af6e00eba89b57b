/* Results: plain data that the engine fills and reports render. No behaviour beyond ordering.
 * All strings and arrays live in the arena that the maker used, normally the run's. */
#ifndef DRVLINT_RESULT_H
#define DRVLINT_RESULT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/vec.h"

enum verdict {
    VERDICT_PASS,           /* no path breaks the rule, under the run's assumptions */
    VERDICT_DEFECT,         /* at least one finding, with its path */
    VERDICT_UNKNOWN,        /* undecided; `reason` says why */
    VERDICT_NOT_APPLICABLE, /* the driver has nothing that the rule speaks of */
};

/* "pass", "defect", "unknown", "not applicable". */
const char *verdict_name(enum verdict verdict);

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };
const char *severity_name(enum severity severity);

enum step_kind {
    STEP_ENTER,    /* the operating system calls a callback */
    STEP_LEAVE,    /* the callback returned to the operating system */
    STEP_CALL,     /* a call inside the driver, into a function of the driver */
    STEP_RETURN,   /* that function returned */
    STEP_DECISION, /* a condition had this outcome */
    STEP_ASSUME,   /* what an operating system function did, e.g. "returns NDIS_STATUS_RESOURCES" */
    STEP_STATE,    /* an event that changed the rule's state */
    STEP_ERROR,    /* the event that breaks the rule; the last step */
};

/* One step of a path. */
struct step {
    enum step_kind kind;
    struct place place;   /* in the driver's sources; never in the OS model */
    uint32_t depth;       /* nesting: 0 for callbacks called by the harness */
    const char *text;     /* one sentence without full stop: "'Status != 0' is true" */
    const char *state;    /* the rule's state after the step, or NULL for rules without states */
    const char *irql;     /* "PASSIVE_LEVEL", ..., or NULL if unknown */
    const char *function; /* the function that the place is in */
};

/* A place that matters besides the primary one: where the interrupt was registered, ... */
struct related {
    struct place place;
    const char *text;
};

/* Whether a finding was there before. */
enum baseline {
    BASELINE_NONE, /* nothing to compare with */
    BASELINE_NEW,
    BASELINE_UNCHANGED, /* known, or not touched by a change: it does not count */
};

/* A finding of a baseline that is not there any more; what is not known of it is NULL. */
struct gone {
    const char *rule, *fingerprint, *message;
    struct place place; /* where it was; the file need not be there any more either */
    const char *function;
};

struct finding {
    const char *rule;
    enum severity severity;
    struct place place;   /* where the violating event happens */
    const char *function; /* function of that place */
    const char *message;  /* filled template */
    VEC(struct step) steps;
    VEC(struct related) related;
    /* What triage found out; zero before. */
    const char
        *fingerprint; /* the same after edits elsewhere; differs from all others of the run */
    const char *suppression; /* the reason given in the source; NULL: not suppressed */
    struct place suppressed_at;
    enum baseline baseline;
};

/* Whether somebody has to do something about it: neither suppressed nor known. */
bool finding_is_open(const struct finding *finding);

struct rule_result {
    const char *rule;
    const char *title;
    enum verdict verdict;
    const char *reason;           /* for UNKNOWN and NOT_APPLICABLE, else NULL */
    VEC(struct finding) findings; /* sorted by place; one per place and message */
    uint64_t steps;               /* effort spent */
};

/* One callback that the harness calls or a role declaration names. */
struct callback_info {
    const char *function, *role;
    struct place place; /* of the function */
    const char *how;    /* "registered", "declared", "guessed" */
};

enum left_out_kind {
    LEFT_OUT_ASSUMED,  /* nothing: a function without a model may do and return anything */
    LEFT_OUT_STAND_IN, /* a name that nothing declares stands for an unknown value or type */
    LEFT_OUT_HOLE,     /* a part of a function; rules that it may touch do not pass */
    LEFT_OUT_REST,     /* a file, a function, a declaration: no rule passes */
};

/* "assumption", "stand-in", "hole", "rest". */
const char *left_out_kind_name(enum left_out_kind kind);

/* What could not be analysed or was assumed. */
struct left_out {
    enum left_out_kind kind;
    struct place place;
    const char *what; /* "file 'x.c' does not compile", "no model for 'NdisFoo'" */
};

/* Something of the driver itself is missing: exit status 3. */
bool left_out_of_driver(const struct left_out *item);

/* How much of a source or header of the driver was analysed. */
struct file_coverage {
    const char *file;          /* absolute */
    bool lost;                 /* it does not compile: nothing in it was looked at */
    size_t whole, holes, none; /* functions: without holes, with some, left out */
};

enum function_lack { LACK_HOLES, LACK_BODY, LACK_CALLER };

/* A function that was not analysed in whole. */
struct function_coverage {
    enum function_lack lack; /* CALLER: no callback leads to it, so that it is never executed */
    const char *function;
    struct place place;      /* of its name; file NULL: it is not known */
    size_t holes;
};

enum ddi_knowledge {
    DDI_MODELLED,  /* the OS model says what it does */
    DDI_DEFAULTED, /* the pack's headers declare it; it may return anything */
    DDI_UNKNOWN,   /* nobody knows it; likewise */
};

/* "modelled", "defaulted", "unknown". */
const char *ddi_knowledge_name(enum ddi_knowledge knowledge);

/* A function that the driver calls and does not define. */
struct ddi_coverage {
    const char *name;
    enum ddi_knowledge knowledge;
    struct place place; /* of the first call */
    size_t calls;
};

/* A file that the driver includes and that is nowhere. */
struct header_coverage {
    const char *name;   /* as written */
    struct place place; /* of the first #include */
    bool harmless;      /* made by a tool whose output is not needed */
};

/* How much of the driver was analysed, and what the analysis does not know. */
struct coverage {
    VEC(struct file_coverage) files;         /* sources in their order, then headers with functions */
    VEC(struct function_coverage) functions; /* those that lack something, by file and line */
    VEC(struct ddi_coverage) ddis;           /* sorted by name */
    VEC(struct header_coverage) headers;
    size_t whole, holes, none, unreached;    /* functions; the last are among the first two */
    size_t registered, declared, guessed;    /* callbacks */
};

/* What is odd about a suppression or a baseline; nothing is hidden by it. */
struct remark {
    struct place place;
    const char *text;
    bool unused; /* a suppression of something that is not there (any more) */
};

/* The checkout that the driver is in. */
struct revision {
    const char *root;            /* absolute: its top directory; NULL: it is in none */
    const char *repository;      /* address without user and password, or NULL */
    const char *commit, *branch; /* or NULL */
};

struct results {
    VEC(struct rule_result) rules; /* in order of rule id */
    VEC(struct callback_info) callbacks;
    VEC(struct left_out) left_out;
    VEC(const char *) files;       /* sources checked, as the user named them */
    VEC(const char *) assumptions; /* sentences that every pass rests on */
    size_t functions, functions_analysed;
    struct coverage coverage;
    const struct unsaved_files *unsaved; /* what was read in the place of sources, or NULL */
    /* Made by triage/: */
    struct revision revision;
    VEC(struct remark) remarks;
    VEC(struct gone) gone; /* of rules that were decided */
};

/* Orders by file, line, column, rule, message; for qsort. */
int finding_compare(const void *a, const void *b);

#endif
