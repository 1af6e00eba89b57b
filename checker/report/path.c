/* Paths as reports for programs and browsers show them: the steps that matter, and in words what
 * each of them did to the rule's state. */
#include "report/internal.h"

#include "rule/rule.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_OBJECT = 60 };

/* ---- what the rule watches, as the driver calls it ------------------------------------------ */

/* The end of the string or comment that begins at `s`, or `s` if none does. */
static const char *skip_quoted(const char *s)
{
    if (s[0] == '/' && s[1] == '*') {
        const char *end = strstr(s + 2, "*/");
        return end ? end + 2 : s + strlen(s);
    }
    if (s[0] == '/' && s[1] == '/')
        return s + strcspn(s, "\n");
    if (*s != '"' && *s != '\'')
        return s;
    const char *at = s + 1;
    for (; *at && *at != *s && *at != '\n'; at++)
        at += *at == '\\' && at[1];
    return *at ? at + 1 : at;
}

/* The argument behind `open`, which is its call's '(' or a ',': up to the next comma or the end of
 * the call. */
static const char *argument_end(const char *open)
{
    unsigned depth = 0;
    for (const char *s = open + 1; *s;) {
        const char *behind = skip_quoted(s);
        if (behind != s) {
            s = behind;
            continue;
        }
        if (!depth && (*s == ',' || *s == ')'))
            return s;
        depth += *s == '(' || *s == '[' || *s == '{';
        depth -= depth && (*s == ')' || *s == ']' || *s == '}');
        s++;
    }
    return NULL;
}

/* Source text on one line without comments, or NULL if there is too much of it. */
static const char *folded(struct arena *arena, const char *start, const char *end)
{
    VEC(char) text = {0};
    for (const char *s = start; s < end;) {
        const char *behind = *s == '/' ? skip_quoted(s) : s;
        bool blank = behind != s || isspace((unsigned char)*s);
        if (!blank)
            vec_push(arena, &text, *s);
        else if (text.len && vec_last(&text) != ' ')
            vec_push(arena, &text, ' ');
        s = blank && behind != s ? behind : s + 1;
    }
    while (text.len && vec_last(&text) == ' ')
        text.len--;
    vec_push(arena, &text, '\0');
    return text.len > 1 && text.len <= LONGEST_OBJECT ? text.items : NULL;
}

/* The nth argument (from 0) of the call whose function's name stands at `place`. */
static const char *argument_text(struct writer *writer, const struct place *place, const char *name,
                                 size_t nth)
{
    const char *line = source_line(writer, place->file, place->line);
    size_t length = strlen(name);
    if (!line || !place->column || place->column > strlen(line))
        return NULL;
    const char *at = source_of(writer, place->file)->lines[place->line - 1] + place->column - 1;
    if (strncmp(at, name, length) != 0)
        return NULL;
    at += length + strspn(at + length, " \t\r\n");
    for (size_t i = 0; at && *at == (i ? ',' : '('); i++) {
        const char *end = argument_end(at);
        if (i == nth)
            return end ? folded(writer->scratch, at + 1, end) : NULL;
        at = end;
    }
    return NULL;
}

/* What a pattern binds when its argument reads `text`. An object is named by itself, not by its
 * address. */
static const char *bound(struct arena *arena, enum pattern_kind kind, const char *text)
{
    size_t name = strspn(text, "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    if (*text == '&')
        return text + 1 + strspn(text + 1, " ");
    if (kind == PATTERN_BIND)
        return text;
    return arena_printf(arena, text[name] ? "*(%s)" : "*%s", text);
}

/* The object in the words of the call at `place`, if that is an event of the rule that names the
 * first watched variable. */
static const char *object_at(struct writer *writer, const struct rule *rule,
                             const struct place *place)
{
    for (size_t e = 0; e < rule->events.len; e++) {
        const struct event *event = &rule->events.items[e];
        for (size_t a = 0; a < event->arguments.len; a++) {
            const struct pattern *pattern = &event->arguments.items[a];
            if (pattern->kind == PATTERN_ANY || pattern->watch != 0)
                continue;
            for (size_t n = 0; n < event->names.len; n++) {
                const char *text = argument_text(writer, place, event->names.items[n], a);
                if (text)
                    return bound(writer->scratch, pattern->kind, text);
            }
        }
    }
    return NULL;
}

static const char *object_of(struct writer *writer, const struct finding *finding)
{
    const struct rule_pack *pack = writer->options->rules;
    const struct rule *rule = pack && finding->rule ? rule_find(pack, finding->rule) : NULL;
    const char *name = NULL;
    for (uint32_t p = 0; rule && p < rule->nparts; p++) {
        if (!rule[p].watches.len)
            continue;
        name = rule[p].watches.items[0];
        for (size_t i = 0; i < finding->steps.len; i++) {
            const struct step *step = &finding->steps.items[i];
            const char *object =
                step->kind == STEP_STATE ? object_at(writer, &rule[p], &step->place) : NULL;
            if (object)
                return object;
        }
    }
    return name;
}

/* ---- which steps ---------------------------------------------------------------------------- */

/* Why a step is shown; the first ones go first. */
enum weight { CHANGES_STATE, FRAMES_THAT, CHANGES_IRQL, DECIDES, MOVES };

struct candidate {
    size_t index;
    enum weight weight;
    size_t distance; /* to the next step that changes the state */
};

static bool changed(const char *now, const char *before)
{
    return now && before && strcmp(now, before) != 0;
}

static void weigh(const struct finding *finding, struct candidate *ret_candidates)
{
    const char *state = NULL, *irql = NULL;
    for (size_t i = 0; i < finding->steps.len; i++) {
        const struct step *step = &finding->steps.items[i];
        enum weight weight = MOVES;
        if (step->kind == STEP_DECISION || step->kind == STEP_ASSUME)
            weight = DECIDES;
        if (changed(step->irql, irql))
            weight = CHANGES_IRQL;
        if (step->kind == STEP_STATE || step->kind == STEP_ERROR || changed(step->state, state))
            weight = CHANGES_STATE;
        ret_candidates[i] = (struct candidate){i, weight, 0};
        state = step->state ? step->state : state;
        irql = step->irql ? step->irql : irql;
    }
}

/* The calls that a step is in are what makes its place understood. */
static void mark_frames(const struct finding *finding, struct candidate *candidates)
{
    for (size_t i = 0; i < finding->steps.len; i++) {
        uint32_t depth = finding->steps.items[i].depth;
        if (candidates[i].weight != CHANGES_STATE)
            continue;
        for (size_t k = i; k-- > 0;) {
            const struct step *step = &finding->steps.items[k];
            bool opens = (step->kind == STEP_CALL && step->depth + 1 == depth) ||
                         (step->kind == STEP_ENTER && depth == 0);
            if (!opens)
                continue;
            if (candidates[k].weight > FRAMES_THAT)
                candidates[k].weight = FRAMES_THAT;
            if (step->kind == STEP_ENTER)
                break;
            depth--;
        }
    }
}

static void measure(struct candidate *candidates, size_t count)
{
    size_t distance = count;
    for (size_t i = count; i-- > 0;) {
        distance = candidates[i].weight == CHANGES_STATE ? 0 : distance + 1;
        candidates[i].distance = distance;
    }
}

static int compare_weight(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? -1 : 1;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* keep[i]: the step is shown. */
static bool *choose(struct arena *arena, const struct finding *finding, size_t most)
{
    size_t count = finding->steps.len;
    bool *keep = arena_new_array(arena, count + 1, bool);
    struct candidate *candidates = arena_new_array(arena, count + 1, struct candidate);
    weigh(finding, candidates);
    mark_frames(finding, candidates);
    measure(candidates, count);
    if (count)
        qsort(candidates, count, sizeof(*candidates), compare_weight);
    for (size_t i = 0; i < count; i++)
        keep[candidates[i].index] = i < most || candidates[i].weight == CHANGES_STATE;
    return keep;
}

/* ---- in words ------------------------------------------------------------------------------- */

static const char *step_text(struct writer *writer, const struct step *step, const char *object,
                             const char *state, const char *irql)
{
    struct arena *arena = writer->scratch;
    const char *text = clean_text(arena, step->text ? step->text : "");
    bool moves = *state && changed(step->state, state);
    if (moves && step->kind == STEP_STATE && object)
        text = arena_printf(arena, "'%s': %s -> %s", object, state, step->state);
    else if (moves && step->kind == STEP_STATE)
        text = arena_printf(arena, "the rule's state: %s -> %s", state, step->state);
    else if (moves)
        text = arena_printf(arena, "%s; the rule's state: %s -> %s", text, state, step->state);
    if (*irql && changed(step->irql, irql))
        text = arena_printf(arena, "%s; IRQL: %s -> %s", text, irql, step->irql);
    return text;
}

struct shown_path path_shown(struct writer *writer, const struct finding *finding, size_t most)
{
    struct arena *arena = writer->scratch;
    struct shown_path path = {.steps =
                                  arena_new_array(arena, finding->steps.len + 1, struct shown_step),
                              .object = clean_text(arena, object_of(writer, finding))};
    bool *keep = choose(arena, finding, most);
    const char *state = "", *irql = "";
    size_t left_out = 0;
    for (size_t i = 0; i < finding->steps.len; i++) {
        const struct step *step = &finding->steps.items[i];
        left_out += !keep[i];
        if (!keep[i])
            continue;
        struct shown_step shown = {.step = step,
                                   .text = step_text(writer, step, path.object, state, irql),
                                   .essential = step->kind == STEP_ERROR ||
                                                step->kind == STEP_STATE ||
                                                (*state && changed(step->state, state)),
                                   .left_out = left_out};
        state = step->state ? step->state : state;
        irql = step->irql ? step->irql : irql;
        shown.state = state;
        shown.irql = irql;
        path.steps[path.count++] = shown;
        left_out = 0;
    }
    return path;
}
