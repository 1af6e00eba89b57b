/* Checks of a whole automaton, done when its parts are right one by one. */
#include "rule/internal.h"

#include <string.h>

/* States that can be reached from the initial one by transitions into others than `avoid` (-1: into
 * any); whether guards can hold is not looked at. */
static uint32_t reachable(const struct rule *rule, int avoid)
{
    uint32_t known = 1, before;
    do {
        before = known;
        for (size_t i = 0; i < rule->events.len; i++) {
            const struct event *event = &rule->events.items[i];
            for (size_t k = 0; k < event->transitions.len; k++) {
                const struct transition *transition = &event->transitions.items[k];
                if (transition->to >= 0 && transition->to != avoid && (transition->from & known))
                    known |= UINT32_C(1) << transition->to;
            }
        }
    } while (known != before);
    return known;
}

static void check_reachable(struct checker *checker, uint32_t known)
{
    const struct rule *rule = checker->rule;
    for (size_t i = 0; i < rule->states.len; i++)
        if (!(known >> i & 1))
            source_warning(checker->source, checker->part->states.items[i].place,
                           "state '%s' cannot be reached from '%s'", rule->states.items[i],
                           rule->states.items[0]);
}

/* {at STATE} in a message must have a place whenever the message is given. */
static void check_at(struct checker *checker, const struct transition *transition,
                     const struct message_part *part, uint32_t known)
{
    const struct rule *rule = checker->rule;
    uint32_t without = reachable(rule, part->state) & transition->from & known;
    for (size_t i = 0; i < rule->states.len; i++) {
        if (!(without >> i & 1))
            continue;
        if ((int)i == part->state)
            check_error(checker, part->place,
                        "'%s' is the initial state: there need not be an event that led to it",
                        part->text);
        else
            check_error(checker, part->place,
                        "'%s' can be reached without entering '%s', so there may be no such place",
                        rule->states.items[i], part->text);
        return;
    }
}

static void check_messages(struct checker *checker, uint32_t known)
{
    const struct rule *rule = checker->rule;
    for (size_t i = 0; i < rule->events.len; i++) {
        const struct event *event = &rule->events.items[i];
        for (size_t k = 0; k < event->transitions.len; k++) {
            const struct transition *transition = &event->transitions.items[k];
            for (size_t m = 0; m < transition->parts.len; m++)
                if (transition->parts.items[m].kind == MESSAGE_AT)
                    check_at(checker, transition, &transition->parts.items[m], known);
        }
    }
}

/* A transition is dead if earlier ones without a guard take all its states. */
static void check_order(struct checker *checker)
{
    const struct rule *rule = checker->rule;
    for (size_t i = 0; i < rule->events.len; i++) {
        const struct event *event = &rule->events.items[i];
        uint32_t taken = 0;
        for (size_t k = 0; k < event->transitions.len; k++) {
            const struct transition *transition = &event->transitions.items[k];
            if (!(transition->from & ~taken))
                source_warning(
                    checker->source, transition->place,
                    "this transition is never taken: earlier ones take its states first");
            if (!transition->guard)
                taken |= transition->from;
        }
    }
}

static bool binds(const struct event *event, int watch)
{
    for (size_t i = 0; i < event->arguments.len; i++)
        if (event->arguments.items[i].watch == watch)
            return true;
    return event->result.watch == watch;
}

/* Were a transition out of the initial state possible in an event that leaves a watched variable
 * open, it would speak of every object there is. */
static void check_binding(struct checker *checker, const struct event *event)
{
    const struct rule *rule = checker->rule;
    for (size_t w = 0; w < rule->watches.len; w++) {
        if (binds(event, (int)w))
            continue;
        for (size_t k = 0; k < event->transitions.len; k++) {
            const struct transition *transition = &event->transitions.items[k];
            if (!(transition->from & 1) || transition->to == 0)
                continue;
            check_error(
                checker, transition->place,
                "this leaves the initial state '%s', but the event does not name the watched "
                "variable '%s'",
                rule->states.items[0], rule->watches.items[w]);
            source_note(checker->source, event->place,
                        "without '%s' it would apply to every object that there is",
                        rule->watches.items[w]);
            return;
        }
    }
}

static void check_watches(struct checker *checker)
{
    const struct rule *rule = checker->rule;
    for (size_t w = 0; w < rule->watches.len; w++) {
        bool found = false;
        for (size_t i = 0; i < rule->events.len; i++)
            found |= binds(&rule->events.items[i], (int)w);
        if (!found)
            check_error(checker, checker->part->watches.items[w].place,
                        "no event binds the watched variable '%s'", rule->watches.items[w]);
    }
    for (size_t i = 0; i < rule->events.len; i++)
        check_binding(checker, &rule->events.items[i]);
}

static bool can_report(const struct rule *rule)
{
    for (size_t i = 0; i < rule->events.len; i++)
        for (size_t k = 0; k < rule->events.items[i].transitions.len; k++)
            if (rule->events.items[i].transitions.items[k].to < 0)
                return true;
    return false;
}

static const struct event *find_event(const struct rule *rule, size_t before, enum event_kind kind,
                                      const char *name)
{
    for (size_t i = 0; i < before; i++) {
        const struct event *event = &rule->events.items[i];
        if (event->kind == kind && name_index(event->names.items, event->names.len, name) >= 0)
            return event;
    }
    return NULL;
}

/* One event of the program belongs to one event of the automaton, so that order matters only among
 * transitions that stand together. */
static void check_apart(struct checker *checker)
{
    const struct rule *rule = checker->rule;
    for (size_t i = 0; i < rule->events.len; i++) {
        const struct event *event = &rule->events.items[i];
        for (size_t n = 0; n < event->names.len; n++) {
            const struct event *other = find_event(rule, i, event->kind, event->names.items[n]);
            if (!other)
                continue;
            check_error(checker, event->place,
                        "'%s' is in another event of this kind; put the transitions together",
                        event->names.items[n]);
            source_note(checker->source, other->place, "the other event");
        }
    }
}

void states_check(struct checker *checker)
{
    const struct rule *rule = checker->rule;
    if (!rule->events.len) {
        check_error(checker, checker->part->place, "%s has no events; 'on' begins one",
                    rule->part ? "the part" : "the rule");
        return;
    }
    check_apart(checker);
    if (!can_report(rule))
        check_error(checker, checker->part->place,
                    "%s can never report anything: it has no transition to 'error'",
                    rule->part ? "the part" : "the rule");
    check_watches(checker);
    if (rule->states.len && !checker->failed) {
        uint32_t known = reachable(rule, -1);
        check_messages(checker, known);
        check_reachable(checker, known);
    }
    if (!checker->failed)
        check_order(checker);
}
