/* Follows one path through the program exactly, and asks whether any input takes it.
 *
 * A path is told by its decisions: the branches, calls and rule events that whoever found it thinks
 * matter. The replay shares nothing with the one who found it but the program and the answers of
 * checker/model/. It executes the whole program along the path, with values that are terms over unknown
 * bits, and collects what each decision asks of them; whether all of that can hold at once is decided bit
 * by bit (checker/smt/).
 *
 * It errs on one side only. Where the path does not tell which way a branch goes, because nothing that
 * was thought to matter depends on it, and the values do not tell either, what lies between the branch
 * and the place where its ways meet may have written anything that it can write. What is read through a
 * pointer that may lead to several places may be what was stored in any of them. So a path that is
 * infeasible here is infeasible in the program. */
#ifndef DRVLINT_REPLAY_H
#define DRVLINT_REPLAY_H

#include "model/model.h"
#include "program/program.h"
#include "rule/rule.h"

enum replay_kind {
    REPLAY_BRANCH, /* data: the successor that is taken */
    REPLAY_CALL,   /* data: the function of the driver that is called */
    REPLAY_EVENT,  /* data: index into rule.events; its transition is taken */
};

struct replay_step {
    enum replay_kind kind;
    func_id func;
    instr_id instr;      /* branch, switch or call; of a leave event the model's call that says so */
    uint32_t data;
    uint32_t transition; /* EVENT: index into the event's transitions */
    uint32_t from;       /* EVENT: state of the rule before it */
};

struct replay_path {
    const struct program *program;
    const struct model *model;
    const struct rule *rule;
    func_id start;
    uint8_t *const *decided;  /* [func][instr]: not 0 if the path has a step for each time the branch is
                                 executed, or follows the call */
    const uint8_t *entered;   /* [func]: not 0 if the path has steps for what is inside */
    const struct replay_step *steps; /* in order; the path ends with the last one */
    size_t nsteps;
};

enum replay_answer {
    REPLAY_FEASIBLE,
    REPLAY_INFEASIBLE,
    REPLAY_UNDECIDED, /* the solver's limit was not enough, or the path could not be followed */
};

struct replay_result {
    enum replay_answer answer;
    const char *reason;   /* UNDECIDED: why, for people */
    const uint32_t *core; /* INFEASIBLE: steps that contradict each other, sorted indices */
    size_t ncore;
    size_t conditions;    /* that were asked about */
    uint64_t executed;    /* instructions */
    uint64_t effort;      /* the solver's, see smt.effort */
    const char *text;     /* the question in SMT-LIB, if it was wanted */
};

/* What the result points at lives in `arena`. Deterministic. Thread-safe: the program and the model are
 * only read. `limit`: of the solver, see smt_check(); 0: the default. */
void replay_follow(struct arena *arena, const struct replay_path *path, unsigned limit,
                   bool with_text, struct replay_result *ret_result);

#endif
