/* From syntax to rules: looks names up and refuses what has no meaning. A part with syntax errors
 * is checked as far as it goes; what may only follow from them is not reported. */
#include "rule/internal.h"

#include <string.h>

void check_error(struct checker *checker, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    source_error(checker->source, place, "%s", arena_vprintf(checker->source->arena, format, args));
    va_end(args);
    checker->failed = true;
}

static bool starts_lower(const char *name)
{
    return name[0] >= 'a' && name[0] <= 'z';
}

bool check_role(struct checker *checker, const struct name_syntax *role)
{
    for (const char *at = role->text; *at; at++) {
        if (*at >= 'a' && *at <= 'z') {
            check_error(checker, role->place,
                        "'%s' is no role; roles are written in capitals, as MINIPORT_HALT",
                        role->text);
            return false;
        }
    }
    return true;
}

/* ---- the head ------------------------------------------------------------------------------- */

/* Copies a list of names; a repeated one is reported and dropped. */
static void take_names(struct checker *checker, const name_list *names, const char *what,
                       const char ***ret_items, size_t *ret_count)
{
    VEC(const char *) taken = {0};
    for (size_t i = 0; i < names->len; i++) {
        const struct name_syntax *name = &names->items[i];
        if (name_index(taken.items, taken.len, name->text) >= 0)
            source_warning(checker->source, name->place, "%s '%s' is named twice", what,
                           name->text);
        else
            vec_push(checker->source->arena, &taken, name->text);
    }
    *ret_items = taken.items;
    *ret_count = taken.len;
}

#define TAKE_NAMES(checker, from, what, to)                                                        \
    do {                                                                                           \
        take_names((checker), (from), (what), &(to)->items, &(to)->len);                           \
        (to)->cap = (to)->len;                                                                     \
    } while (0)

static void check_head(struct checker *checker)
{
    const struct rule_syntax *syntax = checker->syntax;
    struct rule *rule = checker->rule;
    if (!syntax->anonymous && !syntax->seen[WORD_TITLE].line)
        check_error(checker, syntax->id.place, "rule '%s' has no title", syntax->id.text);
    if (!syntax->anonymous && !syntax->seen[WORD_SETS].line)
        check_error(checker, syntax->id.place, "rule '%s' is in no set; add 'sets'",
                    syntax->id.text);
    for (size_t i = 0; i < syntax->needs.len; i++)
        check_role(checker, &syntax->needs.items[i]);
    rule->id = syntax->id.text;
    rule->place = syntax->id.place;
    rule->title = syntax->title ? syntax->title : "";
    rule->severity = rule->rule_severity = rule->own_severity = syntax->severity;
    rule->why = syntax->why;
    rule->bad = syntax->bad;
    rule->good = syntax->good;
    rule->limits = syntax->limits;
    TAKE_NAMES(checker, &syntax->sets, "set", &rule->sets);
    TAKE_NAMES(checker, &syntax->needs, "role", &rule->needs);
    TAKE_NAMES(checker, &syntax->references, "page", &rule->references);
}

static void check_unique_id(struct checker *checker, const struct rule_pack *pack)
{
    const struct rule *other = rule_find(pack, checker->syntax->id.text);
    if (!other || checker->syntax->anonymous)
        return;
    check_error(checker, checker->syntax->id.place, "there is already a rule '%s'",
                checker->syntax->id.text);
    diag_note(checker->source->diag, other->place, "the other rule");
}

/* ---- watched variables and states ----------------------------------------------------------- */

bool check_variable_name(struct checker *checker, const struct name_syntax *name)
{
    static const char *const taken[] = {"role", "irql", "at"};
    for (size_t i = 0; i < ARRAY_LEN(taken); i++) {
        if (strcmp(name->text, taken[i]) == 0) {
            check_error(
                checker, name->place,
                "'{%s}' has a meaning of its own in messages; name the variable differently",
                name->text);
            return false;
        }
    }
    if (starts_lower(name->text))
        return true;
    check_error(checker, name->place,
                "variables begin with a small letter; '%s' would be a constant in a guard",
                name->text);
    return false;
}

bool check_new_name(struct checker *checker, const name_list *names, size_t index, const char *what)
{
    for (size_t i = 0; i < index; i++) {
        if (names->items[i].text != names->items[index].text)
            continue;
        check_error(checker, names->items[index].place, "%s '%s' is declared twice", what,
                    names->items[index].text);
        return false;
    }
    return true;
}

static void check_most(struct checker *checker, const name_list *names, size_t most,
                       const char *what)
{
    if (names->len > most)
        check_error(checker, names->items[most].place,
                    "a rule can have %zu %s at most; this has %zu", most, what, names->len);
}

static void check_declarations(struct checker *checker)
{
    const struct part_syntax *part = checker->part;
    struct arena *arena = checker->source->arena;
    for (size_t i = 0; i < part->watches.len; i++) {
        check_variable_name(checker, &part->watches.items[i]);
        check_new_name(checker, &part->watches, i, "watched variable");
        vec_push(arena, &checker->rule->watches, part->watches.items[i].text);
    }
    for (size_t i = 0; i < part->states.len; i++) {
        const struct name_syntax *state = &part->states.items[i];
        if (!starts_lower(state->text))
            check_error(checker, state->place, "states begin with a small letter");
        check_new_name(checker, &part->states, i, "state");
        vec_push(arena, &checker->rule->states, state->text);
    }
    check_most(checker, &part->watches, RULE_MOST_WATCHES, "watched variables");
    check_most(checker, &part->states, RULE_MOST_STATES, "states");
    if (part->has_watch && !part->has_states && part->watches.len)
        check_error(checker, part->watches.items[0].place,
                    "a rule that watches objects needs 'states' for them to be in");
}

/* ---- transitions ---------------------------------------------------------------------------- */

static int find_state(struct checker *checker, const struct name_syntax *name)
{
    const struct rule *rule = checker->rule;
    int state = name_index(rule->states.items, rule->states.len, name->text);
    if (state >= RULE_MOST_STATES)
        return -1; /* reported with the declaration */
    if (state >= 0 || checker->part->broken_names)
        return state;
    struct suggestion near = suggestion_for(name->text);
    for (size_t i = 0; i < rule->states.len; i++)
        suggestion_offer(&near, rule->states.items[i]);
    check_error(checker, name->place, "there is no state '%s'%s", name->text,
                suggestion_text(&near, checker->source->arena));
    return -1;
}

static uint32_t all_states(const struct rule *rule)
{
    return rule->states.len >= RULE_MOST_STATES ? UINT32_MAX
                                                : (UINT32_C(1) << rule->states.len) - 1;
}

static void check_states(struct checker *checker, const struct transition_syntax *syntax,
                         struct transition *transition)
{
    const struct part_syntax *part = checker->part;
    transition->to = -1;
    if (syntax->stateless) {
        transition->from = 1;
        if (part->has_states && !part->broken_names)
            check_error(checker, syntax->place,
                        "the rule has states: say from which, as in '* -> error \"...\"'");
        return;
    }
    if (!part->has_states) {
        if (!part->broken_names)
            check_error(checker, syntax->place,
                        "the rule has no states; write 'error \"...\"' alone, or add 'states'");
        return;
    }
    if (syntax->any_state)
        transition->from = all_states(checker->rule);
    for (size_t i = 0; i < syntax->from.len; i++) {
        int state = find_state(checker, &syntax->from.items[i]);
        if (state >= 0)
            transition->from |= UINT32_C(1) << state;
    }
    if (syntax->to.text)
        transition->to = find_state(checker, &syntax->to);
}

static void check_insertion(struct checker *checker, const struct event_syntax *event,
                            struct message_part *part, bool *used)
{
    struct rule *rule = checker->rule;
    if (part->kind == MESSAGE_AT) {
        struct name_syntax name = {part->text, part->place};
        part->state = find_state(checker, &name);
    }
    if (part->kind != MESSAGE_VARIABLE)
        return;
    int binding = event_binding(event, part->text);
    if (binding >= 0)
        used[binding] = true;
    part->watch = name_index(rule->watches.items, rule->watches.len, part->text);
    if (binding >= 0 || part->watch >= 0 || event_column(checker, event, part->text) ||
        event->broken || checker->part->broken_names)
        return;
    struct suggestion near = suggestion_for(part->text);
    suggest_variables(&near, checker, event);
    suggestion_offer(&near, "call");
    suggestion_offer(&near, "role");
    suggestion_offer(&near, "irql");
    check_error(checker, part->place, "'{%s}' is not bound by this event%s", part->text,
                suggestion_text(&near, checker->source->arena));
}

static void check_transition(struct checker *checker, const struct event_syntax *event,
                             const struct transition_syntax *syntax, bool *used,
                             struct transition *transition)
{
    *transition = (struct transition){
        .place = syntax->place, .guard = syntax->guard, .message = syntax->message};
    if (syntax->guard)
        guard_check(checker, event, syntax->guard, used);
    check_states(checker, syntax, transition);
    for (size_t i = 0; i < syntax->parts.len; i++) {
        check_insertion(checker, event, &syntax->parts.items[i], used);
        vec_push(checker->source->arena, &transition->parts, syntax->parts.items[i]);
    }
}

/* ---- events --------------------------------------------------------------------------------- */

static struct pattern check_pattern(struct checker *checker, const struct pattern_syntax *syntax)
{
    const struct rule *rule = checker->rule;
    struct pattern pattern = {.kind = syntax->kind, .name = syntax->name.text, .watch = -1};
    if (!syntax->name.text)
        return pattern;
    if (check_variable_name(checker, &syntax->name))
        pattern.watch = name_index(rule->watches.items, rule->watches.len, syntax->name.text);
    return pattern;
}

static void check_twice(struct checker *checker, const struct event_syntax *event, size_t index,
                        const struct name_syntax *name)
{
    if (name->text && event_binding(event, name->text) != (int)index)
        check_error(checker, name->place, "'%s' is bound twice by this event", name->text);
}

static void check_no_column(struct checker *checker, const struct event_syntax *event,
                            const struct name_syntax *name)
{
    const struct table_syntax *table = event_table(checker, event);
    for (size_t i = 0; table && name->text && i < table->columns.len; i++) {
        if (table->columns.items[i].text != name->text)
            continue;
        check_error(checker, name->place, "'%s' is a column of the table '%s'", name->text,
                    table->name.text);
        return;
    }
}

static void check_variable_count(struct checker *checker, const struct event_syntax *event)
{
    size_t count = event->has_result && event->result.name.text;
    for (size_t i = 0; i < event->arguments.len; i++)
        count += event->arguments.items[i].name.text != NULL;
    if (count > RULE_MOST_VARIABLES)
        check_error(checker, event->place, "an event can bind %d variables at most; this binds %zu",
                    RULE_MOST_VARIABLES, count);
}

static void check_patterns(struct checker *checker, const struct event_syntax *syntax,
                           struct event *event)
{
    for (size_t i = 0; i < syntax->arguments.len; i++) {
        struct pattern pattern = check_pattern(checker, &syntax->arguments.items[i]);
        check_twice(checker, syntax, i, &syntax->arguments.items[i].name);
        check_no_column(checker, syntax, &syntax->arguments.items[i].name);
        vec_push(checker->source->arena, &event->arguments, pattern);
    }
    event->result = check_pattern(checker, &syntax->result);
    check_variable_count(checker, syntax);
    check_twice(checker, syntax, syntax->arguments.len, &syntax->result.name);
    check_no_column(checker, syntax, &syntax->result.name);
}

/* The functions or roles of an event; those of a table are in its rows. */
static void check_event_names(struct checker *checker, const struct event_syntax *event)
{
    const struct table_syntax *table = event_table(checker, event);
    bool roles = event->kind == EVENT_ENTER || event->kind == EVENT_LEAVE;
    if (table && event->names.len > 1)
        check_error(checker, event->names.items[1].place,
                    "an event that goes through a table names nothing else");
    for (size_t i = 0; roles && !table && i < event->names.len; i++)
        check_role(checker, &event->names.items[i]);
    for (size_t i = 0; roles && table && i < table->rows.len; i++)
        check_role(checker, &table->rows.items[i].name);
}

static void check_event_form(struct checker *checker, const struct event_syntax *event)
{
    bool before = event->kind == EVENT_CALL || event->kind == EVENT_ENTER;
    if (before && event->has_result)
        check_error(checker, event->place,
                    "nothing has been returned yet; the result is known to 'on %s'",
                    event->kind == EVENT_CALL ? "return" : "leave");
    if (event->kind == EVENT_LEAVE && event->arguments.len)
        check_error(checker, event->place,
                    "a 'leave' event has a result but no arguments; bind them with 'on enter'");
    check_event_names(checker, event);
    if (!event->transitions.len && !event->broken)
        check_error(checker, event->place, "the event has no transitions");
}

static void check_unused(struct checker *checker, const struct event_syntax *event,
                         const struct event *checked, const bool *used)
{
    if (checker->failed || checker->syntax->broken)
        return;
    for (size_t i = 0; i <= event->arguments.len; i++) {
        bool result = i == event->arguments.len;
        const struct pattern_syntax *pattern = result ? &event->result : &event->arguments.items[i];
        const struct pattern *known = result ? &checked->result : &checked->arguments.items[i];
        if (pattern->name.text && known->watch < 0 && !used[i])
            source_warning(checker->source, pattern->name.place,
                           "'%s' is bound but not used; write '_'", pattern->name.text);
    }
}

static void check_event(struct checker *checker, const struct event_syntax *syntax)
{
    struct arena *arena = checker->source->arena;
    struct event event = {.place = syntax->place,
                          .kind = syntax->kind,
                          .any_arguments = syntax->any_arguments || syntax->kind == EVENT_LEAVE};
    bool *used = arena_new_array(arena, syntax->arguments.len + 1, bool);
    check_event_form(checker, syntax);
    TAKE_NAMES(checker, &syntax->names, "'on' event", &event.names);
    check_patterns(checker, syntax, &event);
    for (size_t i = 0; i < syntax->transitions.len; i++) {
        struct transition transition;
        check_transition(checker, syntax, &syntax->transitions.items[i], used, &transition);
        vec_push(arena, &event.transitions, transition);
    }
    check_unused(checker, syntax, &event, used);
    const struct table_syntax *table = event_table(checker, syntax);
    if (table)
        table_expand(checker, table, &event);
    else
        vec_push(arena, &checker->rule->events, event);
}

/* ---- rules ---------------------------------------------------------------------------------- */

static void check_part_name(struct checker *checker, size_t index)
{
    const struct rule_syntax *syntax = checker->syntax;
    const struct name_syntax *name = &checker->part->name;
    if (!name->text)
        return;
    if (!starts_lower(name->text) && !syntax->broken)
        check_error(checker, name->place, "parts begin with a small letter");
    for (size_t i = 0; i < index; i++)
        if (syntax->parts.items[i].name.text == name->text)
            check_error(checker, name->place, "there is already a part '%s'", name->text);
}

static void check_part(struct checker *checker, size_t index)
{
    struct rule *rule = checker->rule;
    rule->part = checker->part->name.text;
    rule->part_index = (uint32_t)index;
    rule->nparts = (uint32_t)checker->syntax->parts.len;
    check_part_name(checker, index);
    if (checker->part->severity_at.line)
        rule->severity = rule->own_severity = checker->part->severity;
    check_declarations(checker);
    tables_check(checker);
    for (size_t i = 0; i < checker->part->events.len; i++)
        check_event(checker, &checker->part->events.items[i]);
    if (!checker->syntax->broken && !checker->failed) {
        tables_check_used(checker);
        states_check(checker);
    }
}

void rule_check(struct source *source, const struct rule_syntax *syntax, struct rule_pack *pack)
{
    struct rule head = {0};
    struct checker checker = {.source = source, .syntax = syntax, .rule = &head};
    bool failed = syntax->broken;
    check_unique_id(&checker, pack);
    check_head(&checker);
    failed |= checker.failed;
    size_t first = pack->rules.len;
    for (size_t i = 0; i < syntax->parts.len; i++) {
        struct rule rule = head;
        checker = (struct checker){
            .source = source, .syntax = syntax, .rule = &rule, .part = &syntax->parts.items[i]};
        check_part(&checker, i);
        failed |= checker.failed;
        vec_push(source->arena, &pack->rules, rule);
    }
    for (size_t i = first; i < pack->rules.len; i++)
        pack->rules.items[i].failed = failed;
}
