/* Memory that can be followed cheaply. An address
 *   leads      if it is one place of an object that exists once or of a variable or local;
 *   is apart   if it surely is in no such object: elements of lists and pools, mostly;
 *   is wild    else: an element of an array, a pointer that may be either.
 * Stores through wild addresses blur the classes of memory that they write. What is read from there, and
 * what is read through pointers that are themselves loaded from memory, may be anything: a run that takes
 * it so has more paths than the program, and none less. */
#include "engine/internal.h"

#include <string.h>

static bool is_new_object(const struct program *program, const struct instr *in)
{
    return in->op == INSTR_CALL && in->a.kind == OPERAND_FUNC &&
           !strncmp(program->functions[in->a.index].name, "drvlint_fresh", 13);
}

static bool is_index(const struct instr *in)
{
    return in->op == INSTR_PTRADD && in->b.kind != OPERAND_NONE && in->b.kind != OPERAND_CONST;
}

enum lead blur_lead(const struct blur *blur, func_id func, const struct operand *address)
{
    const struct function *f = &blur->program->functions[func];
    type_id type = 0;
    for (;;) {
        struct spot spot;
        if (model_spot(blur->model, func, address, &spot) || address->kind == OPERAND_GLOBAL ||
            address->kind == OPERAND_CONST)
            return LEADS;
        if (address->kind == OPERAND_PARAM && blur->params[func][address->index] != WILD)
            return (enum lead)blur->params[func][address->index];
        const struct instr *in = address->kind == OPERAND_INSTR ? &f->instrs[address->index] : NULL;
        if (in && (in->op == INSTR_ALLOCA || is_new_object(blur->program, in)))
            return LEADS;
        if (!in || (in->op != INSTR_PTRADD && in->op != INSTR_CAST) || is_index(in))
            return model_elsewhere(blur->model, func, address, type) ? APART : WILD;
        type = in->op == INSTR_PTRADD && in->field != ID_NONE ? in->type : 0;
        address = &in->a;
    }
}

/* A parameter leads as badly as the worst address that a call gives for it. */
static void find_params(struct blur *blur)
{
    const struct model *m = blur->model;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t e = 0; e < m->nedges; e++) {
            const struct call_edge *edge = &m->edges[e];
            const struct function *callee = &blur->program->functions[edge->callee];
            const struct instr *call = &blur->program->functions[edge->caller].instrs[edge->call];
            for (uint32_t p = 0; p < callee->nparams && p < call->nextra; p++) {
                uint8_t *param = &blur->params[edge->callee][p];
                enum lead given =
                    *param == WILD ? WILD : blur_lead(blur, edge->caller, &call->extra[p]);
                changed |= given > *param;
                *param = given > *param ? (uint8_t)given : *param;
            }
        }
    }
}

/* Whether an instruction may write somewhere in memory that other addresses lead to. */
static bool writes_wildly(const struct blur *blur, func_id func, const struct instr *in)
{
    switch (in->op) {
    case INSTR_STORE:
        return blur_lead(blur, func, &in->b) == WILD;
    case INSTR_MEMSET:
    case INSTR_MEMCPY:
        return blur_lead(blur, func, &in->a) == WILD;
    case INSTR_CALL:
        for (uint32_t i = 0; i < in->nextra && !is_new_object(blur->program, in); i++)
            if (in->extra[i].kind == OPERAND_INSTR &&
                blur_lead(blur, func, &in->extra[i]) == WILD)
                return true;
        return false;
    default:
        return false;
    }
}

void blur_find(struct blur *blur, struct arena *arena, const struct program *program,
               const struct model *model)
{
    *blur = (struct blur){.program = program, .model = model};
    blur->classes = arena_new_array(arena, model->nclasses + 1, uint8_t);
    blur->params = arena_new_array(arena, program->nfunctions, uint8_t *);
    for (func_id f = 0; f < program->nfunctions; f++)
        blur->params[f] = arena_new_array(arena, program->functions[f].nparams + 1, uint8_t);
    find_params(blur);
    for (func_id f = 0; f < program->nfunctions; f++) {
        const struct function *fn = &program->functions[f];
        for (instr_id i = 0; fn->defined && i < fn->ninstrs; i++) {
            const struct class_set *w = &model->writes[f][i];
            if (w->len == 0 || !writes_wildly(blur, f, &fn->instrs[i]))
                continue;
            for (uint32_t k = 0; k < w->len; k++)
                blur->classes[w->items[k]] = 1;
        }
    }
}
