/* Places that rules watch: members of variables and of objects that exist once.
 *
 * A rule that watches places by their addresses asks the same of each. Followed together, the places
 * multiply: each is in some state of the rule, and was let pass or not. One run for each, and one for
 * whatever else may be watched, add up instead; and what concerns only one of them is little. */
#ifndef DRVLINT_ENGINE_PLACE_H
#define DRVLINT_ENGINE_PLACE_H

#include "engine/internal.h"

enum { MAX_PLACES = 24 };

/* The places that the driver's calls name in a rule's events, each once. */
struct places {
    VEC(struct watch_place) known;
    bool others;               /* some call may name a place that is not known */
};

/* Whether all that the rule watches is one address, which its events name as an argument, and those that
 * name none say nothing of the initial state. */
bool place_rule(const struct rule *rule);

/* Adds the places that `rule`, for which place_rule() holds, watches in the driver. At most MAX_PLACES
 * are known. */
void places_add(struct places *places, const struct program *program, const struct model *model,
                const struct rule *rule, struct arena *arena);

/* The argument in which the event names what is watched, or NULL; ret_argument: its number. */
const struct pattern *place_pattern(const struct event *event, size_t *ret_argument);

/* The place that the operand of `func`, or the value, surely is an address of; false: not known. */
bool place_of_operand(const struct program *program, const struct model *model, func_id func,
                      const struct operand *address, struct watch_place *ret_place);
bool place_of_value(const struct sim *sim, value_id value, struct watch_place *ret_place);

bool place_among(const struct watch_place *places, size_t count, const struct watch_place *place);

#endif
