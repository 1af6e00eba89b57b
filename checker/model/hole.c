/* What the front end left out of the driver: what may be done there. */
#include "model/internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- finding them ------------------------------------------------------------------------- */

/* In C++ an unknown value is converted to what is wanted. */
static bool is_value(const char *name)
{
    static const char conversion[] = "_ZNK15drvlint_unknowncv";
    static const char microsoft[] = "??$?B", owner[] = "@drvlint_unknown@@";
    return !strcmp(name, "drvlint_hole_value") || !strncmp(name, conversion, strlen(conversion)) ||
           (!strncmp(name, microsoft, strlen(microsoft)) && strstr(name, owner));
}

bool model_is_missing(const char *name)
{
    name += name[0] == '\1'; /* LLVM: take it literally */
    return !strncmp(name, FRONTEND_MISSING, strlen(FRONTEND_MISSING));
}

/* A variable that stands for a name which nothing declares. */
static bool is_missing(const struct global *global)
{
    return !global->defined && model_is_missing(global->name);
}

/* Whether the value is used as an address. Values that are converted have the type that is wanted.
 */
static bool is_address(const struct program *program, const struct function *f, instr_id value)
{
    const struct instr *made = &f->instrs[value];
    if (made->op == INSTR_CALL &&
        strcmp(program->functions[made->a.index].name, "drvlint_hole_value"))
        return made->width == program->pointer_bits;
    for (instr_id i = 0; i < f->ninstrs; i++) {
        const struct instr *in = &f->instrs[i];
        bool here = in->a.kind == OPERAND_INSTR && in->a.index == value;
        if (here && in->op == INSTR_CAST && in->sub == CAST_INTTOPTR)
            return true;
    }
    return false;
}

/* ---- callbacks ---------------------------------------------------------------------------- */

/* What the address that the system calls is read from. */
static void add_sources(struct points_to *pt, const struct model *model, func_id function,
                        const struct operand *address, struct leaf_list *list, unsigned depth)
{
    if (address->kind != OPERAND_INSTR || depth > 8)
        return;
    const struct instr *in = &pt->program->functions[function].instrs[address->index];
    const struct class_set *reads = &model->reads[function][address->index];
    for (uint32_t i = 0; in->op == INSTR_LOAD && i < reads->len; i++)
        vec_push(pt->arena, &list->items, reads->items[i]);
    for (uint32_t i = 0; in->op == INSTR_PHI && i < in->nextra; i++)
        add_sources(pt, model, function, &in->extra[i], list, depth + 1);
    if (in->op == INSTR_SELECT || in->op == INSTR_CAST) {
        add_sources(pt, model, function, &in->a, list, depth + 1);
        add_sources(pt, model, function, &in->b, list, depth + 1);
        add_sources(pt, model, function, &in->c, list, depth + 1);
    }
}

/* Where the system keeps the callbacks that it calls: code that may write there decides what is
 * executed. Set per class. */
static uint8_t *find_callback_classes(struct points_to *pt, const struct model *model)
{
    uint8_t *classes = arena_new_array(pt->arena, model->nclasses + 1, uint8_t);
    struct leaf_list list = {.arena = pt->arena};
    for (func_id f = 0; f < pt->program->nfunctions; f++) {
        const struct function *function = &pt->program->functions[f];
        for (instr_id i = 0; function->from_model && model->reads[f] && i < function->ninstrs; i++)
            if (function->instrs[i].op == INSTR_CALL)
                add_sources(pt, model, f, &function->instrs[i].a, &list, 0);
    }
    for (size_t i = 0; i < list.items.len; i++)
        classes[list.items.items[i]] = 1;
    return classes;
}

/* ---- what they name ----------------------------------------------------------------------- */

struct named {
    struct points_to *pt;
    struct model *model;
    uint8_t *may_call; /* [function] */
    struct leaf_list classes, functions;
};

/* Whether "_ADAPTER.Rings.Head|_OTHER.Tail" has a field of that name. */
static bool names_field(const char *class_name, const char *word, size_t length)
{
    for (const char *at = class_name; (at = strchr(at, '.'));) {
        at++;
        if (!strncmp(at, word, length) && (!at[length] || strchr(".|[", at[length])))
            return true;
    }
    return false;
}

static void add_function(struct named *n, func_id function)
{
    if (function == ID_NONE || n->may_call[function])
        return;
    n->may_call[function] = 1;
    vec_push(n->pt->arena, &n->functions.items, function);
}

static void add_word(struct named *n, const char *word, size_t length)
{
    const char *name = arena_strndup(n->pt->arena, word, length);
    add_function(n, function_named(n->pt, intern(n->pt->names, name)));
    for (class_id c = 0; c < n->model->nclasses; c++)
        if (names_field(n->model->class_names[c], word, length))
            vec_push(n->pt->arena, &n->classes.items, c);
}

/* What is named may hold functions. */
static void add_held(struct named *n)
{
    struct points_to *pt = n->pt;
    uint8_t *named = arena_new_array(pt->arena, n->model->nclasses + 1, uint8_t);
    for (size_t i = 0; i < n->classes.items.len; i++)
        named[n->classes.items.items[i]] = 1;
    for (leaf_id leaf = 0; leaf < pt->class_of.len; leaf++) {
        if (!pt->class_of.items[leaf] || !named[pt->class_of.items[leaf] - 1])
            continue;
        node_id contents = node_of_contents(pt, leaf);
        for (uint32_t i = 0; contents && i < pt->nodes.items[contents].len; i++)
            add_function(n, target_function(pt, pt->nodes.items[contents].items[i]));
    }
}

/* Functions that those which are named may call, and what all of them may write. */
static void add_callees(struct named *n)
{
    const struct model *model = n->model;
    for (size_t i = 0; i < n->functions.items.len; i++) {
        func_id f = n->functions.items.items[i];
        const struct function *function = &n->pt->program->functions[f];
        for (uint32_t e = model->edges_of[f]; e < model->edges_of[f + 1]; e++)
            add_function(n, model->edges[e].callee);
        for (instr_id k = 0; function->defined && model->writes[f] && k < function->ninstrs; k++)
            for (uint32_t c = 0; c < model->writes[f][k].len; c++)
                vec_push(n->pt->arena, &n->classes.items, model->writes[f][k].items[c]);
    }
}

static int compare_ids(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

static uint32_t sort_unique(struct leaf_list *list)
{
    size_t len = 0;
    if (list->items.len)
        qsort(list->items.items, list->items.len, sizeof(uint32_t), compare_ids);
    for (size_t i = 0; i < list->items.len; i++)
        if (!len || list->items.items[len - 1] != list->items.items[i])
            list->items.items[len++] = list->items.items[i];
    return (uint32_t)len;
}

static void read_names(struct points_to *pt, struct model *model, const char *words,
                       const uint8_t *callback, struct hole *hole)
{
    struct named n = {.pt = pt,
                      .model = model,
                      .classes = {.arena = pt->arena},
                      .functions = {.arena = pt->arena}};
    struct class_set *writes = &model->writes[hole->function][hole->at];
    n.may_call = arena_new_array(pt->arena, pt->program->nfunctions, uint8_t);
    hole->decides = *words == '$';
    for (const char *at = words + hole->decides; *at;) {
        size_t length = strcspn(at, " ");
        if (length)
            add_word(&n, at, length);
        at += length + (at[length] == ' ');
    }
    for (uint32_t c = 0; c < writes->len; c++)
        vec_push(pt->arena, &n.classes.items, writes->items[c]);
    add_held(&n);
    add_callees(&n);
    uint32_t nclasses = sort_unique(&n.classes), nfunctions = sort_unique(&n.functions);
    *writes = (struct class_set){n.classes.items.items, nclasses};
    for (uint32_t c = 0; c < nclasses; c++)
        hole->decides |= callback[writes->items[c]];
    hole->may_call = (struct target_set){n.functions.items.items, nfunctions, false};
}

/* Whether the instruction is in the place of code that was left out; then *ret_value says whether
 * of an expression. */
static bool is_hole(const struct program *program, const struct instr *in, bool *ret_value)
{
    *ret_value = true;
    if (in->op == INSTR_LOAD)
        return in->a.kind == OPERAND_GLOBAL && is_missing(&program->globals[in->a.index]);
    if (in->op != INSTR_CALL || in->a.kind != OPERAND_FUNC ||
        program->functions[in->a.index].defined)
        return false;
    const char *name = program->functions[in->a.index].name;
    *ret_value = is_value(name);
    return *ret_value || !strcmp(name, "drvlint_hole");
}

static void add_hole(struct points_to *pt, struct model *model, const uint8_t *callback,
                     struct hole hole)
{
    const struct function *f = &pt->program->functions[hole.function];
    const struct instr *in = &f->instrs[hole.at];
    const char *words =
        in->nextra && !hole.is_value ? model_literal(pt->program, pt->arena, &in->extra[0]) : NULL;
    hole.is_address = hole.is_value && is_address(pt->program, f, hole.at);
    if (!hole.is_value)
        read_names(pt, model, words ? words : "$", callback, &hole);
    model->holes = arena_grow(pt->arena, model->holes, model->nholes * sizeof(hole),
                              (model->nholes + 1) * sizeof(hole));
    model->holes[model->nholes++] = hole;
}

void holes_collect(struct points_to *pt, struct model *model)
{
    const uint8_t *callback = NULL;
    for (func_id f = 0; f < pt->program->nfunctions; f++) {
        const struct function *function = &pt->program->functions[f];
        if (function->from_model || !function->defined)
            continue;
        struct hole hole = {.function = f};
        for (hole.at = 0; hole.at < function->ninstrs; hole.at++)
            if (is_hole(pt->program, &function->instrs[hole.at], &hole.is_value)) {
                if (!callback)
                    callback = find_callback_classes(pt, model);
                add_hole(pt, model, callback, hole);
            }
    }
}

uint32_t model_hole(const struct model *model, func_id function, instr_id at)
{
    uint32_t low = 0, high = model->nholes;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct hole *hole = &model->holes[middle];
        if (hole->function < function || (hole->function == function && hole->at < at))
            low = middle + 1;
        else
            high = middle;
    }
    bool found =
        low < model->nholes && model->holes[low].function == function && model->holes[low].at == at;
    return found ? low : ID_NONE;
}
