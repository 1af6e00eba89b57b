/* How much of a driver was analysed: files, functions, callbacks, the functions of the system that it
 * calls, headers that are missing. */
#ifndef DRVLINT_COVERAGE_H
#define DRVLINT_COVERAGE_H

#include "frontend/frontend.h"
#include "model/model.h"
#include "result/result.h"

/* Tells `results` what there is in the driver, from what the front end made of the sources and the model
 * of the program that they are: .coverage, .callbacks, .functions, and functions without a model behind
 * what else is left out. All of it lives in `arena`; strings may be those of the units. */
void coverage_collect(struct arena *arena, struct unit *const *units, size_t nunits,
                      const struct model *model, struct results *results);

#endif
