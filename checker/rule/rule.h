/* The rule language: text to checked automata. Knows nothing of programs: the engine binds events to
 * call sites. Grammar and meaning: docs/rule-language.md. Everything lives in the given arena. */
#ifndef DRVLINT_RULE_H
#define DRVLINT_RULE_H

#include "base/diag.h"
#include "base/intern.h"
#include "base/vec.h"
#include "result/result.h"

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

/* Expressions of guards. Values are 64-bit; comparisons are signed if an operand is negative
 * constant, else unsigned, and compare at the width of the driver's value. */
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

/* state -> state, or state -> error "message". The first transition of an event whose states
 * contain the current state and whose guard holds is taken; if none, nothing happens. */
struct transition {
    struct place place;
    struct expr *guard;     /* NULL: always */
    uint32_t from;          /* bit set of states; rules without states: bit 0 */
    int to;                 /* state index; -1: error */
    const char *message;    /* for errors: template, see message_part */
};

struct event {
    struct place place;
    enum event_kind kind;
    VEC(const char *) names;     /* functions or roles: any of these */
    bool any_arguments;          /* written without an argument list or with (...) */
    VEC(struct pattern) arguments;
    struct pattern result;       /* kind PATTERN_ANY if not written */
    VEC(struct transition) transitions;
};

/* Templates: "text {name} text": {name} of a variable, {call} the function or role of the event,
 * {role} the innermost running role, {irql} the current IRQL by name, {at STATE} "line N" of the
 * event that last entered STATE. */

struct rule {
    const char *id;
    struct place place;
    const char *title;
    enum severity severity;
    VEC(const char *) sets;
    VEC(const char *) needs;     /* roles of which the driver must have at least one; empty: none */
    const char *why;             /* documentation, Markdown; may be NULL */
    const char *bad, *good;      /* examples in C */
    const char *limits;
    VEC(const char *) references; /* documentation page names */
    VEC(const char *) watches;   /* watched variables, interned; empty: stateless or one global state */
    VEC(const char *) states;    /* states.items[0] is the initial one; empty: one nameless state */
    VEC(struct event) events;
    bool failed;                 /* had errors; not to be run */
};

struct rule_pack {
    const char *name, *version;
    const char *directory;
    VEC(struct rule) rules;         /* sorted by id */
    VEC(const char *) constants;    /* every EXPR_CONSTANT name used, sorted, once */
};

/* Parses one rule file. Rules with errors are reported with file, line, column and caret, and are
 * added with .failed set. Returns false if there was any error. */
bool rule_parse(const char *file, const char *text, struct interner *names, struct rule_pack *pack,
                struct diag *diag);

/* Loads <directory>/pack.json, what it extends (sibling directories), and all *.rule files. */
bool rule_pack_load(const char *directory, struct interner *names, struct rule_pack *ret_pack,
                    struct diag *diag);

/* Which rules to run: "Locking,Init_RegisterSG,-Warning" (ids, sets, "all"; '-' removes). NULL:
 * the set Default. Unknown names are errors with a suggestion. ret_selected has pack->rules.len flags. */
bool rule_select(const struct rule_pack *pack, const char *selection, bool *ret_selected,
                 struct diag *diag);

/* Canonical text of a parsed rule, for --dump=rule and golden tests. */
char *rule_print(const struct rule *rule, struct arena *arena);

/* The rule's documentation as Markdown (docs/rules/, `drvlint explain`). */
char *rule_explain(const struct rule *rule, struct arena *arena);

#endif
