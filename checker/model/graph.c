/* The call graph as it is shown: the driver's functions, the DDIs that they call, and one node for
 * the operating system, from which all calls of the harness and of DDI models come. */
#include "model/internal.h"

#include "base/json.h"
#include "base/path.h"
#include <stdlib.h>
#include <string.h>

enum node_kind { NODE_DRIVER, NODE_DDI, NODE_SYSTEM };

static const char *const kind_names[] = {"driver", "ddi", "model"};
static const char *const how_names[] = {"direct", "value", "type"};

struct graph_node {
    enum node_kind kind;
    func_id function; /* ID_NONE for the system */
};

/* All calls from one node to another that are resolved in the same way. */
struct graph_edge {
    uint32_t from, to;
    enum call_resolution how;
    func_id caller;
    instr_id call;
};

struct graph {
    const struct model *model;
    struct arena *arena;
    VEC(struct graph_node) nodes;
    uint32_t *node_of;            /* [function]: index + 1 */
    uint32_t system;              /* index + 1; 0: it calls nothing */
    VEC(struct graph_edge) edges; /* sorted, one per call */
};

static bool is_driver(const struct model *model, func_id function)
{
    return model->program->functions[function].defined && !is_system(model->program, function);
}

static uint32_t add_node(struct graph *graph, enum node_kind kind, func_id function)
{
    struct graph_node node = {kind, function};
    vec_push(graph->arena, &graph->nodes, node);
    return (uint32_t)graph->nodes.len;
}

static uint32_t function_node(struct graph *graph, func_id function)
{
    if (!graph->node_of[function])
        graph->node_of[function] =
            add_node(graph, is_driver(graph->model, function) ? NODE_DRIVER : NODE_DDI, function);
    return graph->node_of[function] - 1;
}

static int compare_edges(const void *a, const void *b)
{
    const struct graph_edge *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (x->how != y->how)
        return x->how < y->how ? -1 : 1;
    if (x->caller != y->caller)
        return x->caller < y->caller ? -1 : 1;
    return x->call < y->call ? -1 : x->call > y->call;
}

static void add_edge(struct graph *graph, const struct call_edge *edge)
{
    bool from_driver = is_driver(graph->model, edge->caller);
    if (!from_driver && !is_driver(graph->model, edge->callee))
        return; /* inside the OS model */
    if (!from_driver && !graph->system)
        graph->system = add_node(graph, NODE_SYSTEM, ID_NONE);
    uint32_t from = from_driver ? function_node(graph, edge->caller) : graph->system - 1;
    uint32_t to = function_node(graph, edge->callee);
    struct graph_edge drawn = {from, to, edge->how, edge->caller, edge->call};
    vec_push(graph->arena, &graph->edges, drawn);
}

static struct graph graph_make(const struct model *model, struct arena *arena)
{
    struct graph graph = {.model = model, .arena = arena};
    graph.node_of = arena_new_array(arena, model->program->nfunctions + 1, uint32_t);
    for (func_id f = 0; f < model->program->nfunctions; f++)
        if (is_driver(model, f))
            function_node(&graph, f);
    for (uint32_t i = 0; i < model->nedges; i++)
        add_edge(&graph, &model->edges[i]);
    if (graph.edges.len)
        qsort(graph.edges.items, graph.edges.len, sizeof(*graph.edges.items), compare_edges);
    return graph;
}

static const char *node_name(const struct graph *graph, const struct graph_node *node)
{
    return node->kind == NODE_SYSTEM ? "NDIS"
                                     : function_shown(graph->model->program, node->function);
}

/* ---- DOT ---- */

/* Quotes for DOT: only the quote itself and the backslash mean something inside. */
static const char *quoted(struct arena *arena, const char *name)
{
    VEC(char) text = {0};
    vec_push(arena, &text, '"');
    for (; *name; name++) {
        if (*name == '"' || *name == '\\')
            vec_push(arena, &text, '\\');
        vec_push(arena, &text, *name);
    }
    vec_push(arena, &text, '"');
    vec_push(arena, &text, '\0');
    return text.items;
}

static const char *roles_of(const struct graph *graph, func_id function)
{
    const char *roles = "";
    for (uint32_t i = 0; i < graph->model->ncallbacks; i++)
        if (graph->model->callbacks[i].function == function)
            roles = arena_printf(graph->arena, "%s\n%s", roles, graph->model->callbacks[i].role);
    return roles;
}

static const char *with_line_breaks(struct arena *arena, const char *text)
{
    VEC(char) out = {0};
    for (; *text; text++) {
        if (*text == '\n') {
            vec_push(arena, &out, '\\');
            vec_push(arena, &out, 'n');
        } else {
            vec_push(arena, &out, *text);
        }
    }
    vec_push(arena, &out, '\0');
    return out.items;
}

static void draw_node(struct text *text, const struct graph *graph, uint32_t index)
{
    const struct graph_node *node = &graph->nodes.items[index];
    const char *name = node_name(graph, node);
    const char *roles = node->kind == NODE_DRIVER ? roles_of(graph, node->function) : "";
    const char *label = quoted(graph->arena, arena_printf(graph->arena, "%s%s", name, roles));
    const char *style = node->kind == NODE_SYSTEM ? ", shape=doubleoctagon"
                        : node->kind == NODE_DDI  ? ", color=gray60, fontcolor=gray40"
                        : *roles                  ? ", shape=box, style=bold"
                                                  : "";
    text_add(text, "  n%u [label=%s%s];\n", (unsigned)index, with_line_breaks(graph->arena, label),
             style);
}

char *model_graph_dot(const struct model *model, struct arena *arena)
{
    struct graph graph = graph_make(model, arena);
    struct text text = {.arena = arena};
    text_add(&text,
             "digraph calls {\n  rankdir=LR;\n  node [shape=ellipse, fontname=Helvetica];\n");
    for (uint32_t i = 0; i < graph.nodes.len; i++)
        draw_node(&text, &graph, i);
    for (size_t i = 0; i < graph.edges.len; i++) {
        const struct graph_edge *edge = &graph.edges.items[i];
        bool again = i > 0 && edge[-1].from == edge->from && edge[-1].to == edge->to;
        static const char *const styles[] = {"", " [style=dashed]", " [style=dotted]"};
        if (!again)
            text_add(&text, "  n%u -> n%u%s;\n", (unsigned)edge->from, (unsigned)edge->to,
                     styles[edge->how]);
    }
    text_add(&text, "}\n");
    return text.bytes.items;
}

/* ---- JSON ---- */

static const char *shown_file(const struct graph *graph, const char *file)
{
    const char *root = graph->model->root;
    const char *absolute = root ? path_absolute(graph->arena, file) : NULL;
    const char *relative = absolute ? path_seen_from(graph->arena, absolute, root) : file;
    return relative == absolute ? file : relative;
}

static void add_place(const struct graph *graph, struct json *object, const char *key,
                      const struct place *place)
{
    if (!place->file)
        return;
    struct json *at = key ? json_add_object(object, key) : object;
    json_add_string(at, "file", shown_file(graph, place->file));
    if (place->line)
        json_add_number(at, "line", place->line);
    if (place->line && place->column)
        json_add_number(at, "column", place->column);
}

static struct place loc_place(const struct program *program, loc_id id)
{
    const struct loc *loc = &program->locs[id];
    if (!id || !loc->file || loc->in_model)
        return place_none();
    return (struct place){loc->file, loc->line, loc->column, 0};
}

static void add_json_node(struct json *nodes, const struct graph *graph, uint32_t index)
{
    const struct graph_node *node = &graph->nodes.items[index];
    const struct program *program = graph->model->program;
    struct json *object = json_add_object(nodes, NULL);
    json_add_number(object, "id", index);
    json_add_string(object, "name", node_name(graph, node));
    json_add_string(object, "kind", kind_names[node->kind]);
    if (node->kind == NODE_DDI)
        json_add_bool(object, "modelled", program->functions[node->function].defined);
    if (node->kind != NODE_DRIVER)
        return;
    struct place place = loc_place(program, program->functions[node->function].loc);
    add_place(graph, object, NULL, &place);
    struct json *roles = json_add_array(object, "roles");
    for (uint32_t i = 0; i < graph->model->ncallbacks; i++)
        if (graph->model->callbacks[i].function == node->function)
            json_add_string(roles, NULL, graph->model->callbacks[i].role);
}

static void add_json_edges(struct json *edges, const struct graph *graph)
{
    const struct program *program = graph->model->program;
    struct json *calls = NULL;
    for (size_t i = 0; i < graph->edges.len; i++) {
        const struct graph_edge *edge = &graph->edges.items[i];
        bool again = i > 0 && edge[-1].from == edge->from && edge[-1].to == edge->to &&
                     edge[-1].how == edge->how;
        if (!again) {
            struct json *object = json_add_object(edges, NULL);
            json_add_number(object, "from", edge->from);
            json_add_number(object, "to", edge->to);
            json_add_string(object, "resolved", how_names[edge->how]);
            calls = json_add_array(object, "calls");
        }
        loc_id loc = program->functions[edge->caller].instrs[edge->call].loc;
        struct place place = loc_place(program, loc);
        if (place.file)
            add_place(graph, json_add_object(calls, NULL), NULL, &place);
    }
}

static void add_json_callbacks(struct json *callbacks, const struct graph *graph)
{
    for (uint32_t i = 0; i < graph->model->ncallbacks; i++) {
        const struct callback *callback = &graph->model->callbacks[i];
        struct json *object = json_add_object(callbacks, NULL);
        json_add_string(object, "role", callback->role);
        json_add_number(object, "node", graph->node_of[callback->function] - 1);
        json_add_string(object, "function",
                        function_shown(graph->model->program, callback->function));
        add_place(graph, object, "declared", &callback->declared);
        add_place(graph, object, "registered", &callback->registered);
    }
}

char *model_graph_json(const struct model *model, struct arena *arena)
{
    struct graph graph = graph_make(model, arena);
    struct json *root = json_new_object(arena->on_fail, arena->context);
    json_add_string(root, "schema", "drvlint-graph");
    json_add_number(root, "version", 1);
    struct json *nodes = json_add_array(root, "nodes");
    for (uint32_t i = 0; i < graph.nodes.len; i++)
        add_json_node(nodes, &graph, i);
    add_json_edges(json_add_array(root, "edges"), &graph);
    add_json_callbacks(json_add_array(root, "callbacks"), &graph);
    char *text = json_text(root);
    char *copy = arena_strdup(arena, text);
    json_text_free(text);
    json_free(root);
    return copy;
}
