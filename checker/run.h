/* One run of drvlint: what its stages make, and the stages. Only main.c and stages.c see it. */
#ifndef DRVLINT_RUN_H
#define DRVLINT_RUN_H

#include "cache/cache.h"
#include "cli/cli.h"
#include "cli/pack.h"
#include "cli/progress.h"
#include "engine/engine.h"
#include "model/model.h"
#include "program/program.h"
#include "project/project.h"
#include "result/result.h"
#include "rule/rule.h"
#include "triage/triage.h"

/* In the order in which the parts are made. Everything lives in `arena`. */
struct run {
    struct arena arena;
    struct diag diag;
    struct interner names;
    struct cli cli;
    struct cache *cache; /* or NULL */
    struct unsaved_files unsaved;   /* project; read in the place of files */
    struct cli_progress progress;
    struct project project;         /* project */
    const char *home;               /* its directory, if it was found above the working directory */
    const char *target;
    struct pack_place pack_place;   /* rule */
    struct rule_pack pack;
    struct role_table roles;
    struct weakness_table weaknesses;
    bool *selected;                 /* [pack.rules.len] */
    struct unit **units;            /* frontend */
    size_t nunits;
    struct frontend_stats frontend_stats;
    struct model_bitcode model_bitcode;
    struct program program;         /* program */
    struct model model;             /* model */
    struct results results;         /* frontend: files left out; engine: the rest; triage */
    struct engine_stats engine_stats;
    char *engine_trace;             /* for --dump=engine, else NULL */
    struct digest_value results_key; /* of all that decides on the results, with a cache */
    size_t messages;                 /* that were there before the stages that results spare */
    bool kept;                       /* the results are those of an earlier run: there is no program
                                        and no model */
    const char *graph;               /* with .kept: the call graph as JSON */
};

/* Each makes its part from those before it, or says why it cannot and returns false. */
bool make_project(struct run *run);
bool make_rules(struct run *run);
bool make_units(struct run *run);
bool make_program(struct run *run);
bool make_model(struct run *run);
bool make_results(struct run *run);
bool make_triage(struct run *run);

/* Stable text of what a stage made; NULL after saying why there is none. */
char *dump_project(struct run *run);
char *dump_rules(struct run *run);
char *dump_units(struct run *run);
char *dump_bitcode(struct run *run);
char *dump_program(struct run *run);
char *dump_model(struct run *run);
char *dump_callgraph(struct run *run);
char *dump_results(struct run *run);
char *dump_triage(struct run *run);

/* ---- kept.c: what earlier runs left ---- */

/* Opens the cache that the command line and the environment name; there may be none. */
void open_cache(struct run *run);

/* Takes the results of a run for which everything was as it is now, behind the frontend stage. */
void find_results(struct run *run);

/* Leaves the results to later runs, as the engine has made them. */
void keep_results(struct run *run);

/* What `drvlint cache` prints. */
char *show_cache(struct run *run);

/* A pack that extends others lies beside them. */
const char *root_of_packs(struct run *run);

/* Finds and loads the rule pack `name`, without selecting rules. */
bool load_pack(struct run *run, const char *name);

#endif
