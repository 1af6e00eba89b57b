/* Rule packs as the program uses them: where they are, and their OS model as bitcode. */
#ifndef DRVLINT_CLI_PACK_H
#define DRVLINT_CLI_PACK_H

#include "frontend/frontend.h"
#include "program/program.h"
#include "report/report.h"
#include "rule/rule.h"

/* The target when nobody names one. */
extern const char pack_default_target[];

struct pack_place {
    const char *directory; /* that has its pack.json */
    const char
        *compiled; /* file with the compiled OS model for the target; may not exist. NULL: none */
};

/* Finds the pack: `directory` (the pack itself or a directory of packs) if not NULL, else what was
 * installed with the program at `self`, or the source tree that it was built from. No environment
 * variable counts. */
bool pack_find(struct arena *arena, const char *self, const char *name, const char *directory,
               const char *target, struct pack_place *ret_place, struct diag *diag);

/* Options for compiling a driver for the pack, and for compiling the pack's own model. */
struct frontend_options pack_driver_options(const struct rule_pack *pack, const char *target);
struct frontend_options pack_model_options(struct arena *arena, const struct rule_pack *pack,
                                           const char *target);

/* The OS model and the constants of the pack's rules as one module: from place->compiled if that
 * was made from the very same text, else compiled now, or by an earlier run with that `cache`,
 * which may be NULL. A constant that the headers do not have is reported at its place in the rule
 * file. */
bool pack_load_model(struct arena *arena, const struct rule_pack *pack,
                     const struct pack_place *place, const char *target, struct cache *cache,
                     struct model_bitcode *ret_model, struct diag *diag);

/* Reads cwe.tsv of the pack and of those that it extends: of which entry of the CWE list findings
 * are cases. One row per line with the columns rule or set, number, title; '#' begins a comment. */
bool pack_load_weaknesses(struct arena *arena, const struct rule_pack *pack,
                          struct weakness_table *ret_table, struct diag *diag);

/* Compiles the model and writes it to `file`, to be found as place->compiled. */
bool pack_compile(struct arena *arena, const struct rule_pack *pack, const char *target,
                  const char *file, struct diag *diag);

#endif
