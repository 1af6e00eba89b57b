/* The engine: property simulation of rules over the program, starting at the OS model's harness.
 * docs/engine.md explains states, merging, relevance, witnesses and budgets. */
#ifndef DRVLINT_ENGINE_H
#define DRVLINT_ENGINE_H

#include "base/diag.h"
#include "base/file.h"
#include "base/progress.h"
#include "model/model.h"
#include "program/program.h"
#include "result/result.h"
#include "rule/rule.h"

struct engine_options {
    uint64_t budget;      /* steps per rule group; 0: default */
    unsigned jobs;        /* threads; results do not depend on it */
    const struct unsaved_files *unsaved; /* read in the place of files, or NULL */
    const struct progress *progress; /* told of every rule, or several that are run together; NULL: nobody */
    bool trace;           /* fill *ret_dump with every state, for --dump=engine */
};

struct engine_stats {
    uint64_t steps, states, merges, joins, calls, summary_hits, candidates, replays, paths, infeasible;
    size_t bytes;
};

/* Runs the selected rules (selected[i] for pack->rules.items[i]) and appends one rule_result per
 * selected rule to results->rules, in the pack's order. Results live in `arena`. Never fails: a rule that
 * cannot be decided is VERDICT_UNKNOWN with its reason. */
void engine_run(struct arena *arena, const struct program *program, const struct model *model,
                const struct rule_pack *pack, const bool *selected,
                const struct engine_options *options, struct results *results,
                struct engine_stats *ret_stats, char **ret_dump);

#endif
