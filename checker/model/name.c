#include "model/internal.h"

#include "base/path.h"
#include <string.h>

/* "Foo" or "Foo at driver.c:12" of an instruction. */
static const char *place_name(const struct points_to *pt, func_id function, instr_id instr)
{
    const struct function *f = &pt->program->functions[function];
    const struct loc *loc = &pt->program->locs[f->instrs[instr].loc];
    if (!f->instrs[instr].loc || !loc->file)
        return arena_printf(pt->arena, "%s #%u", function_shown(pt->program, function),
                            (unsigned)instr);
    return arena_printf(pt->arena, "%s at %s:%u", function_shown(pt->program, function),
                        path_base(loc->file), (unsigned)loc->line);
}

static const char *callee_name(const struct points_to *pt, func_id function, instr_id instr)
{
    const struct instr *call = &pt->program->functions[function].instrs[instr];
    return call->a.kind == OPERAND_FUNC ? function_shown(pt->program, call->a.index) : "a call";
}

/* New memory is named after the driver's call that it came from, not after a place in the OS model
 * or in an allocator that many share. */
static const char *heap_name(const struct points_to *pt, const struct memory *memory)
{
    func_id function = memory->function;
    instr_id site = memory->index;
    for (uint32_t at = memory->context; at; at = pt->contexts.items[at].parent) {
        function = pt->contexts.items[at].function;
        site = pt->contexts.items[at].site;
    }
    return arena_printf(pt->arena, "memory of %s in %s", callee_name(pt, function, site),
                        place_name(pt, function, site));
}

static const char *local_name(const struct points_to *pt, const struct memory *memory)
{
    const struct function *f = &pt->program->functions[memory->function];
    const char *name = f->instrs[memory->index].name;
    if (!name)
        name = arena_printf(pt->arena, "#%u", (unsigned)memory->index);
    const char *text = arena_printf(pt->arena, "local %s in %s", name,
                                    function_shown(pt->program, memory->function));
    if (!memory->context)
        return text;
    const struct context *context = &pt->contexts.items[memory->context];
    return arena_printf(pt->arena, "%s called in %s", text,
                        place_name(pt, context->function, context->site));
}

static const char *leaf_name(const struct points_to *pt, const uint32_t *memory_of, leaf_id leaf,
                             unsigned depth);

static const char *memory_name(const struct points_to *pt, const uint32_t *memory_of,
                               const struct memory *memory, unsigned depth)
{
    const struct program *program = pt->program;
    switch (memory->kind) {
    case MEMORY_GLOBAL: {
        const struct global *g = &program->globals[memory->index];
        return arena_printf(pt->arena, "global %s", g->display ? g->display : g->name);
    }
    case MEMORY_LOCAL:
        return local_name(pt, memory);
    case MEMORY_HEAP:
        return heap_name(pt, memory);
    case MEMORY_PARAM: {
        const char *name = program->functions[memory->function].params[memory->index].name;
        return arena_printf(pt->arena, "memory at parameter %s of %s", name ? name : "?",
                            function_shown(pt->program, memory->function));
    }
    case MEMORY_POINTEE:
        return arena_printf(pt->arena, "memory at %s",
                            leaf_name(pt, memory_of, memory->index, depth + 1));
    case MEMORY_FUNCTION:
        return function_shown(pt->program, memory->index);
    }
    BUG_ON(true);
}

static const char *leaf_name(const struct points_to *pt, const uint32_t *memory_of, leaf_id leaf,
                             unsigned depth)
{
    if (leaf < pt->layouts.ntype_leaves)
        return layout_leaf_name(&pt->layouts, leaf);
    if (depth > 4)
        return "...";
    uint32_t owner = memory_of[leaf - pt->layouts.ntype_leaves];
    if (owner)
        return memory_name(pt, memory_of, &pt->memories.items[owner - 1], depth);
    for (func_id f = 0; f < pt->program->nfunctions; f++)
        if (pt->unknown_leaf[f] == leaf + 1)
            return arena_printf(pt->arena, "unknown object accessed in %s",
                                function_shown(pt->program, f));
    BUG_ON(true);
}

/* Whether the list "a|b|c" has `name`. */
static bool has_name(const char *list, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = list; (at = strstr(at, name)); at++)
        if ((at == list || at[-1] == '|') && (at[length] == '|' || !at[length]))
            return true;
    return false;
}

/* Fields that share their bytes with others have all their names, up to three. */
static void add_other_names(const struct points_to *pt, const char **names,
                            const class_id *class_of)
{
    uint32_t *many = arena_new_array(pt->arena, pt->layouts.ntype_leaves + 1, uint32_t);
    for (leaf_id leaf = 0; leaf < pt->layouts.ntype_leaves; leaf++) {
        leaf_id root = leaf_find(&pt->layouts, leaf);
        if (root == leaf || !class_of[root] || many[root] > 2)
            continue;
        const char **name = &names[class_of[root] - 1];
        const char *other = layout_leaf_name(&pt->layouts, leaf);
        if (has_name(*name, other))
            continue; /* the same field of another version of the type */
        *name = arena_printf(pt->arena, "%s|%s", *name, ++many[root] > 2 ? "..." : other);
    }
}

const char **class_names(struct points_to *pt, const leaf_id *leaves, uint32_t count)
{
    size_t nother = pt->layouts.parent.len - pt->layouts.ntype_leaves;
    uint32_t *memory_of = arena_new_array(pt->arena, nother + 1, uint32_t);
    for (uint32_t i = 0; i < pt->memories.len; i++)
        if (pt->memories.items[i].kind != MEMORY_FUNCTION)
            memory_of[pt->memories.items[i].leaf - pt->layouts.ntype_leaves] = i + 1;
    const char **names = arena_new_array(pt->arena, count + 1, const char *);
    class_id *class_of = arena_new_array(pt->arena, pt->layouts.parent.len + 1, class_id);
    for (class_id i = 0; i < count; i++) {
        names[i] = leaf_name(pt, memory_of, leaves[i], 0);
        class_of[leaves[i]] = i + 1;
    }
    add_other_names(pt, names, class_of);
    return names;
}
