/* The rule language: text to checked automata. Knows nothing of programs: the engine binds events to
 * call sites. Grammar and exact meaning: docs/rule-language.md. Everything in a pack lives in the
 * arena of the interner that it was parsed with. */
#ifndef DRVLINT_RULE_H
#define DRVLINT_RULE_H

#include "base/diag.h"
#include "base/digest.h"
#include "base/intern.h"
#include "base/suggest.h"
#include "base/vec.h"
#include "result/result.h"

/* Limits of the language; more is an error in the rule. */
enum {
    RULE_MOST_STATES = 32,    /* transition.from is a set in 32 bits */
    RULE_MOST_WATCHES = 3,
    RULE_MOST_VARIABLES = 16, /* bound by one event, watched ones included */
};

enum event_kind {
    EVENT_CALL,   /* just before a function runs */
    EVENT_RETURN, /* just after it returned */
    EVENT_ENTER,  /* the harness starts a callback of a role */
    EVENT_LEAVE,  /* the harness finished it */
};

/* How one argument of an event is matched. */
enum pattern_kind {
    PATTERN_ANY,    /* _         */
    PATTERN_BIND,   /* name      : the argument's value */
    PATTERN_DEREF,  /* &name     : the value that the argument points at (after the call, for return events) */
};

struct pattern {
    enum pattern_kind kind;
    const char *name;  /* interned; NULL for PATTERN_ANY */
    int watch;         /* index into rule.watches if the name is a watched variable, else -1 */
};

/* Expressions of guards. Values are 64-bit; comparisons are signed if an operand is a negative
 * constant (EXPR_NUMBER or EXPR_CONSTANT whose bit 63 is set; constants of signed type come sign
 * extended from clang), else unsigned, and compare at the width of the driver's value. A guard is a
 * condition: the checker has made sure that operands of ! && || are comparisons, in() or made of
 * such, and that operands of the others are not.
 *
 * There are no kinds for NT_SUCCESS: `failed(x)` is parsed as `x <= -1` and `succeeded(x)` as
 * `x > -1`, both signed at the width of x. `-1` and `NULL` are EXPR_NUMBER; a negated number is never
 * an OP_NEGATE. */
enum expr_kind {
    EXPR_NUMBER,    /* 50, 0x10 */
    EXPR_CONSTANT,  /* NDIS_STATUS_SUCCESS: evaluated by clang from the headers in use */
    EXPR_VARIABLE,  /* name bound by the event's patterns or result */
    EXPR_MODEL,     /* model.irql: the OS model's variable `model_irql` */
    EXPR_IN_ROLE,   /* in(MINIPORT_HALT, MINIPORT_INITIALIZE): innermost callback running has one of these roles */
    EXPR_UNARY,     /* ! - ~ */
    EXPR_BINARY,    /* == != < <= > >= && || & | + - */
};

enum expr_op {
    OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_AND, OP_OR, OP_BITAND, OP_BITOR, OP_PLUS, OP_MINUS,
    OP_NOT, OP_NEGATE, OP_COMPLEMENT,
};

struct expr {
    enum expr_kind kind;
    struct place place;
    enum expr_op op;
    uint64_t number;
    const char *name;       /* CONSTANT, VARIABLE, MODEL (without "model."): interned */
    int watch;              /* VARIABLE: index into rule.watches or -1 */
    struct expr *left, *right;
    VEC(const char *) roles; /* IN_ROLE */
};

/* A message template, cut into pieces in the order of the text. */
enum message_part_kind {
    MESSAGE_TEXT,     /* literally */
    MESSAGE_VARIABLE, /* {name}: value of a variable of the event or a watched variable */
    MESSAGE_CALL,     /* {call}: the function or role of the event */
    MESSAGE_ROLE,     /* {role}: the innermost role running */
    MESSAGE_IRQL,     /* {irql}: the current IRQL by name */
    MESSAGE_AT,       /* {at STATE}: "line N" of the event that last entered STATE */
};

struct message_part {
    enum message_part_kind kind;
    struct place place;
    const char *text; /* TEXT: the text; VARIABLE: the name; AT: the state's name */
    int watch;        /* VARIABLE: index into rule.watches, or -1 */
    int state;        /* AT: index into rule.states. Every path to the transition has entered it. */
};

/* state -> state, or state -> error "message". The first transition of an event whose states
 * contain the current state and whose guard holds is taken; if none, nothing happens. */
struct transition {
    struct place place;
    struct expr *guard;     /* NULL: always */
    uint32_t from;          /* bit set of states; rules without states: bit 0 */
    int to;                 /* state index; -1: error */
    const char *message;    /* for errors: template, as written; NULL for other transitions */
    VEC(struct message_part) parts; /* the same, cut */
};

struct event {
    struct place place;
    enum event_kind kind;
    VEC(const char *) names;     /* functions or roles: any of these */
    bool any_arguments;          /* written without an argument list or with (...) ; always for leave */
    VEC(struct pattern) arguments;
    struct pattern result;       /* kind PATTERN_ANY if not written */
    VEC(struct transition) transitions;
    /* An event that goes through a table is one event here for all rows with the same values, which
     * stand where the columns were. This is how it is written: it names the table. Events that were
     * made of one follow each other. NULL for others. */
    const struct event *written;
};

/* A table: what an event that goes through it is about, and the values of its columns for each. */
struct rule_table {
    const char *name;
    VEC(const char *) columns;
    VEC(const char *) names;          /* of the rows: functions or roles */
    VEC(const struct expr *) cells;   /* row by row: EXPR_NUMBER or EXPR_CONSTANT */
};

/* One automaton. Most rules are one; a rule with `part` sections is several entries of
 * rule_pack.rules, one behind the other, with the same id and documentation. Each part runs on its own;
 * the rule's result is one: the findings of all parts, and the worst of their verdicts.
 *
 * What the checker guarantees for a rule that has not .failed, on top of well-formed names:
 * - rules with watched variables have states; in a rule without states all transitions lead to error
 *   from bit 0;
 * - a transition out of the initial state belongs to an event whose patterns or result name every
 *   watched variable: an object is bound as a whole or not at all;
 * - within one part no function or role occurs in two events of the same kind;
 * - variables in guards and messages are bound by the event or watched, each at most once per event;
 * - call and enter events have no result, leave events no argument patterns. */
struct rule {
    const char *id;
    const char *part;            /* name of the part, or NULL if the rule has no parts */
    uint32_t part_index, nparts; /* 0 and 1 for a rule without parts */
    struct place place;
    const char *title;
    enum severity severity;      /* of the findings of this part */
    enum severity rule_severity; /* what the head says, for parts that say nothing */
    enum severity own_severity;  /* of this part as the file has it, whatever was set since */
    VEC(const char *) sets;
    VEC(const char *) needs;     /* roles of which the driver must have at least one; empty: none */
    const char *why;             /* documentation, Markdown; may be NULL */
    const char *bad, *good;      /* examples in C */
    const char *limits;
    VEC(const char *) references; /* documentation page names, see rule_reference_url() */
    VEC(const char *) watches;   /* watched variables, interned; empty: stateless or one global state */
    VEC(const char *) states;    /* states.items[0] is the initial one; empty: one nameless state */
    VEC(struct rule_table) tables;
    VEC(struct event) events;
    bool failed;                 /* had errors; not to be run */
};

struct rule_pack {
    const char *name, *version;
    const char *directory;
    const char *default_selection;  /* what rule_select() takes for NULL: "Default"; NULL: all */
    VEC(struct rule) rules;         /* sorted by id; parts of a rule in the order of the file */
    VEC(const char *) constants;    /* every EXPR_CONSTANT name used, sorted, once */
    /* Of this pack and those that it extends: */
    VEC(const char *) packs;        /* "name version", the base first */
    VEC(const char *) include_directories; /* DDI headers, in search order: own first */
    VEC(const char *) model_directories;   /* the OS model's, base first; on its include path, too */
    VEC(const char *) model_files;  /* every *.c in those, base first, sorted within a directory */
    bool own_models;                /* model_files has some that are not below model_directories */
    VEC(const char *) role_files;   /* every roles.tsv, base first; see model_roles_parse() */
    struct digest digest;           /* of all pack.json and rule files that were read */
    /* How a driver for this pack is recognised: it includes one of these or calls one of those. */
    VEC(const char *) recognise_includes, recognise_functions;
};

/* Parses one rule file and appends its rules in the order of the file; the pack's other fields are
 * not touched. Rules with errors are reported with file, line, column and source line, and are added
 * with .failed set. Returns false if there was any error. */
bool rule_parse(const char *file, const char *text, struct interner *names, struct rule_pack *pack,
                struct diag *diag);

/* Sorts the rules by id and collects the constants; rule_pack_load() has done it. */
void rule_pack_finish(struct rule_pack *pack, struct arena *arena);

/* Loads <directory>/pack.json, what it extends (sibling directories), and all *.rule files in it and
 * below. Everything that is wrong is reported; then returns false and *ret_pack is not written. */
bool rule_pack_load(const char *directory, struct interner *names, struct rule_pack *ret_pack,
                    struct diag *diag);

/* Adds what a driver brings itself: rule files, or directories that have such in them and below, and
 * files of the OS model. The rules belong to the default selection. Everything that is wrong is
 * reported; then returns false. */
bool rule_pack_add(struct rule_pack *pack, struct interner *names, const char *const *rule_files,
                   size_t nrule_files, const char *const *model_files, size_t nmodel_files,
                   struct diag *diag);

/* Gives the rules of that id, or in that set, another severity. False if there is none; then
 * offers all names to the suggestion. */
bool rule_set_severity(struct rule_pack *pack, const char *name, enum severity severity,
                       struct suggestion *suggestion);

/* Which rules to run: "Locking,Init_RegisterSG,-Warning": ids, sets and "all", taken from left to
 * right; '-' removes. One that begins with a removal starts from the pack's default, else from
 * nothing. NULL: the default. Unknown names are errors with a suggestion, and so is a selection that
 * leaves nothing. ret_selected has pack->rules.len flags; all parts of a rule have the same. */
bool rule_select(const struct rule_pack *pack, const char *selection, bool *ret_selected,
                 struct diag *diag);

/* First entry of the rule with that id, or NULL. */
const struct rule *rule_find(const struct rule_pack *pack, const char *id);

/* Adds an error that there is no rule `id`, with the nearest one if it looks like a misspelling. */
bool rule_unknown(const struct rule_pack *pack, const char *id, struct diag *diag);

/* Canonical text of a parsed rule in the rule language, for --dump=rule and golden tests. Parsing
 * the texts of a pack's rules, one behind the other, gives the same rules. */
char *rule_print(const struct rule *rule, struct arena *arena);

/* The rule's documentation as Markdown (docs/rules/, `drvlint explain`). `rule` is any part of it in
 * the pack's array. */
char *rule_explain(const struct rule *rule, struct arena *arena);

/* Address of a documentation page of rule.references. */
char *rule_reference_url(const char *page, struct arena *arena);

/* All rules of a pack, one line each: id, severity, sets, title (`drvlint rules`); and as JSON. */
char *rule_list(const struct rule_pack *pack, struct arena *arena);
char *rule_list_json(const struct rule_pack *pack, struct arena *arena);

#endif
