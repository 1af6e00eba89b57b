/* --dump=model: stable text. */
#include "model/internal.h"

#include "base/path.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_add(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *piece = arena_vprintf(text->arena, format, args);
    va_end(args);
    size_t length = strlen(piece);
    vec_reserve(text->arena, &text->bytes, text->bytes.len + length + 1);
    memcpy(text->bytes.items + text->bytes.len, piece, length + 1);
    text->bytes.len += length;
}

const char *function_shown(const struct program *program, func_id function)
{
    const struct function *f = &program->functions[function];
    return f->display ? f->display : f->name;
}

static void print_set(struct text *text, const struct model *model, const char *what,
                      const struct class_set *set)
{
    if (!set->len)
        return;
    text_add(text, " %s", what);
    for (uint32_t i = 0; i < set->len; i++)
        text_add(text, "%s {%s}", i ? "," : "", model->class_names[set->items[i]]);
}

static void print_targets(struct text *text, const struct program *program,
                          const struct instr *call, const struct target_set *targets)
{
    if (call->a.kind == OPERAND_FUNC) {
        text_add(text, " calls %s", function_shown(program, call->a.index));
        return;
    }
    text_add(text, " calls one of:");
    for (uint32_t i = 0; i < targets->len; i++)
        text_add(text, "%s %s", i ? "," : "", function_shown(program, targets->items[i]));
    if (targets->unknown)
        text_add(text, "%s something unknown", targets->len ? "," : "");
    else if (!targets->len)
        text_add(text, " nothing");
}

/* The one place that is accessed. */
static void print_spot(struct text *text, const struct model *model, func_id f,
                       const struct instr *in)
{
    const struct operand *address = in->op == INSTR_STORE ? &in->b : &in->a;
    struct spot spot;
    if (in->op != INSTR_CALL && model_spot(model, f, address, &spot))
        text_add(text, " at object %u + %u", (unsigned)spot.object, (unsigned)spot.offset);
}

/* The call in the driver that makes the object. */
static void print_objects(struct text *text, const struct model *model)
{
    for (uint32_t i = 0; i < model->nobjects; i++) {
        const struct once_object *o = &model->objects[i];
        if (o->function == ID_NONE)
            continue;
        const struct context *c = &model->points_to->contexts.items[o->context];
        const struct loc *loc =
            &model->program->locs[model->program->functions[c->function].instrs[c->site].loc];
        text_add(text, "object %u made once in %s", (unsigned)i,
                 function_shown(model->program, c->function));
        if (loc->file)
            text_add(text, " %s:%u", path_base(loc->file), (unsigned)loc->line);
        text_add(text, "\n");
    }
}

static void print_instr(struct text *text, const struct model *model, func_id f, instr_id i)
{
    const struct instr *in = &model->program->functions[f].instrs[i];
    const struct class_set *reads = &model->reads[f][i], *writes = &model->writes[f][i];
    if (!reads->len && !writes->len && in->op != INSTR_CALL)
        return;
    const struct loc *loc = &model->program->locs[in->loc];
    text_add(text, "  #%u", (unsigned)i);
    if (in->loc && loc->file)
        text_add(text, " %u:%u", (unsigned)loc->line, (unsigned)loc->column);
    if (in->op == INSTR_CALL)
        print_targets(text, model->program, in, &model->targets[f][i]);
    print_set(text, model, "reads", reads);
    print_set(text, model, "writes", writes);
    print_spot(text, model, f, in);
    text_add(text, "\n");
}

static void print_place(struct text *text, const char *what, const struct place *place)
{
    if (place->file)
        text_add(text, " %s %s:%u:%u", what, path_base(place->file), (unsigned)place->line,
                 (unsigned)place->column);
}

static void print_callbacks(struct text *text, const struct model *model)
{
    text_add(text, "callbacks\n");
    for (uint32_t i = 0; i < model->ncallbacks; i++) {
        const struct callback *callback = &model->callbacks[i];
        text_add(text, "  %s %s", callback->role,
                 function_shown(model->program, callback->function));
        print_place(text, "declared", &callback->declared);
        print_place(text, "registered", &callback->registered);
        text_add(text, "%s\n", callback->mentioned ? "" : " never mentioned");
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_printed(const struct model *model, func_id function)
{
    return model->program->functions[function].defined && !is_system(model->program, function);
}

static void mark_classes(const struct class_set *set, bool *is_used)
{
    for (uint32_t i = 0; i < set->len; i++)
        is_used[set->items[i]] = true;
}

/* Sorted by name: numbers change with every added line of source. */
static void print_classes(struct text *text, const struct model *model)
{
    const char **sorted = arena_new_array(text->arena, model->nclasses + 1, const char *);
    bool *is_used = arena_new_array(text->arena, model->nclasses + 1, bool);
    size_t count = 0;
    for (func_id f = 0; f < model->program->nfunctions; f++) {
        for (instr_id i = 0; is_printed(model, f) && i < model->program->functions[f].ninstrs;
             i++) {
            mark_classes(&model->reads[f][i], is_used);
            mark_classes(&model->writes[f][i], is_used);
        }
    }
    for (class_id i = 0; i < model->nclasses; i++)
        if (is_used[i])
            sorted[count++] = model->class_names[i];
    qsort(sorted, count, sizeof(*sorted), compare_names);
    text_add(text, "classes\n");
    for (size_t i = 0; i < count; i++)
        text_add(text, "  %s\n", sorted[i]);
}

char *model_print(const struct model *model, struct arena *arena)
{
    struct text text = {.arena = arena};
    print_callbacks(&text, model);
    print_objects(&text, model);
    print_classes(&text, model);
    for (func_id f = 0; f < model->program->nfunctions; f++) {
        if (!is_printed(model, f))
            continue;
        text_add(&text, "function %s\n", function_shown(model->program, f));
        for (instr_id i = 0; i < model->program->functions[f].ninstrs; i++)
            print_instr(&text, model, f, i);
    }
    return text.bytes.items;
}
