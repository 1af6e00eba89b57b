/* Calls through pointers, callbacks, roles.tsv, graphs. usage: test_calls DIRECTORY [--accept] */
#include "model/test_build.h"

#include "base/file.h"
#include "base/path.h"

static const char *directory;
static bool accept;

/* Compares with a file of the directory, or writes it. */
static void check_golden(struct arena *arena, const char *name, const char *text)
{
    struct diag diag;
    diag_init(&diag, arena);
    char *path = path_join(arena, directory, name), *want = NULL;
    size_t length;
    if (accept)
        CHECK(file_write(path, text, strlen(text), &diag), name);
    else if (file_read(path, arena, &want, &length, &diag))
        CHECK_TEXT(text, want, name);
    else
        CHECK(want, name);
}

static func_id callback_function(struct build *b, const char *name, uint32_t nparams)
{
    func_id f = build_function(b, name, nparams, 0);
    b->program.functions[f].address_taken = true;
    build_return(b, (struct operand){0});
    return f;
}

static const char *call_targets_text(struct build *b, const struct model *model, func_id f,
                                     struct operand call)
{
    return targets_text(b, model->targets[f][call.index]);
}

static struct operand call_through(struct build *b, struct operand callee, uint32_t nargs)
{
    struct operand args[2] = {op_const(0), op_const(0)};
    return build_call(b, callee, 0, nargs, args);
}

static const char *how_text(const struct model *model, func_id caller, func_id callee)
{
    static const char *const names[] = {"direct", "value", "type"};
    for (uint32_t i = model->edges_of[caller]; i < model->edges_of[caller + 1]; i++)
        if (model->edges[i].callee == callee)
            return names[model->edges[i].how];
    return "none";
}

static void test_by_value(void)
{
    struct build b;
    build_init(&b);
    type_id ops = build_type(&b, "_OPS", 16);
    build_field(&b, ops, "Read", 0, 8, 0, 1);
    build_field(&b, ops, "Write", 8, 8, 0, 1);
    func_id read = callback_function(&b, "Read", 1);
    func_id write = callback_function(&b, "Write", 1);
    uint32_t table = build_global(&b, "table", 16, ops);
    struct init inits[] = {{0, 8, op_func(read)}, {8, 8, op_func(write)}};
    b.program.globals[table].inits = inits;
    b.program.globals[table].ninits = 2;
    func_id f = build_function(&b, "F", 1, 0);
    struct operand slot = build_load(&b, build_select_field(&b, op_param(0), ops, 1), 8);
    struct operand call = call_through(&b, slot, 1);
    struct model model = build_model(&b);
    CHECK_TEXT(call_targets_text(&b, &model, f, call), "Write", "what the field holds");
    CHECK_TEXT(how_text(&model, f, write), "value", "resolution");
    CHECK_TEXT(how_text(&model, f, read), "none", "no edge to the other field's function");
    arena_finish(&b.arena);
}

static void test_by_type(void)
{
    struct build b;
    build_init(&b);
    type_id ops = build_type(&b, "_OPS", 16);
    build_field(&b, ops, "Read", 0, 8, 0, 1);
    build_field(&b, ops, "Write", 8, 8, 0, 1);
    func_id one = callback_function(&b, "One", 1);
    callback_function(&b, "Two", 2);
    func_id f = build_function(&b, "F", 1, 0);
    struct operand slot = build_load(&b, build_select_field(&b, op_param(0), ops, 0), 8);
    struct operand call = call_through(&b, slot, 1);
    struct operand odd = build_call(&b, slot, 64, 0, NULL);
    struct model model = build_model(&b);
    CHECK_TEXT(call_targets_text(&b, &model, f, call), "One", "functions of that shape");
    CHECK_TEXT(how_text(&model, f, one), "type", "resolution");
    CHECK_TEXT(call_targets_text(&b, &model, f, odd), "?", "no function of that shape");
    arena_finish(&b.arena);
}

/* The OS model calls what was registered with it, through a parameter and a variable of its own. */
static void test_registered(void)
{
    struct build b;
    build_init(&b);
    uint32_t slot = build_global(&b, "model_handler", 8, 0);
    uint32_t context = build_global(&b, "gContext", 8, 0);
    func_id registers = build_function(&b, "NdisRegister", 2, 0);
    b.program.functions[registers].from_model = true;
    build_store(&b, op_param(0), op_global(slot, 0), 8);
    build_return(&b, (struct operand){0});
    func_id handler = build_function(&b, "Handler", 1, 0);
    b.program.functions[handler].address_taken = true;
    struct operand access = build_store(&b, op_const(1), op_param(0), 8);
    build_return(&b, (struct operand){0});
    func_id entry = build_function(&b, "DriverEntry", 0, 0);
    struct operand args[] = {op_func(handler), op_global(context, 0)};
    build_call(&b, op_func(registers), 0, 2, args);
    build_return(&b, (struct operand){0});
    func_id finds = build_declare(&b, "drvlint_function", 1, 64);
    uint32_t name = build_global(&b, "name", 12, 0);
    struct init bytes[12];
    for (unsigned i = 0; i < 12; i++) {
        bytes[i] = (struct init){i, 1, op_const((unsigned char)"DriverEntry"[i])};
        bytes[i].value.width = 8;
    }
    b.program.globals[name].is_constant = true;
    b.program.globals[name].inits = bytes;
    b.program.globals[name].ninits = 12;
    func_id harness = build_function(&b, "drvlint_harness", 0, 0);
    b.program.functions[harness].from_model = true;
    struct operand start = build_call(&b, build_call1(&b, finds, op_global(name, 0)), 0, 0, NULL);
    struct operand object = op_global(context, 0);
    struct operand run = build_call(&b, build_load(&b, op_global(slot, 0), 8), 0, 1, &object);
    struct model model = build_model(&b);
    CHECK_TEXT(call_targets_text(&b, &model, harness, start), "DriverEntry", "drvlint_function()");
    CHECK_TEXT(call_targets_text(&b, &model, harness, run), "Handler", "registered handler");
    CHECK_TEXT(set_text(&b, &model, model.writes[handler][access.index]), "global gContext",
               "its context");
    CHECK(model.edges_of[entry] + 1 == model.edges_of[entry + 1], "one call in DriverEntry");
    char *json = model_graph_json(&model, &b.arena);
    CHECK(strstr(json, "\"name\": \"NDIS\"") != NULL, "the system is a node");
    CHECK(!strstr(json, "drvlint_harness"), "its functions are not");
    CHECK(strstr(json, "\"modelled\": true") != NULL, "the DDI is");
    arena_finish(&b.arena);
}

static void test_unmodelled(void)
{
    struct build b;
    build_init(&b);
    type_id pair = build_type(&b, "_PAIR", 16);
    build_field(&b, pair, "a", 0, 8, 0, 1);
    build_field(&b, pair, "b", 8, 8, 0, 1);
    func_id ddi = build_declare(&b, "NdisFoo", 1, 0);
    func_id enter = build_declare(&b, "drvlint_enter", 1, 0);
    func_id f = build_function(&b, "F", 1, 0);
    struct operand field = build_select_field(&b, op_param(0), pair, 1);
    struct operand call = build_call1(&b, ddi, field);
    struct operand nothing = build_call1(&b, enter, field);
    build_load(&b, field, 8);
    struct model model = build_model(&b);
    CHECK_TEXT(set_text(&b, &model, model.writes[f][call.index]), "_PAIR.b",
               "may write where its argument points");
    CHECK_TEXT(set_text(&b, &model, model.writes[f][nothing.index]), "", "intrinsics do not");
    arena_finish(&b.arena);
}

static bool parse_roles(struct build *b, const char *text, struct diag *diag)
{
    diag_init(diag, &b->arena);
    return model_roles_parse(&b->arena, &b->names, "roles.tsv", text, strlen(text), &b->roles,
                             diag);
}

static void test_roles(void)
{
    struct build b;
    struct diag diag;
    build_init(&b);
    CHECK(parse_roles(&b, "# comment\n\n_CHARS\tHalt\tMINIPORT_HALT\r\nNdisQueue #2 WORK", &diag),
          "good rows");
    CHECK(b.roles.rows.len == 2 && b.roles.rows.items[1].argument == 2, "two rows");
    CHECK(!parse_roles(&b, "_CHARS Halt\nNdisQueue #x WORK\na b c d\n", &diag), "bad rows");
    CHECK(diag.errors == 3 && diag.messages.items[1].place.line == 2, "each reported in its line");
    arena_finish(&b.arena);
}

static struct loc *add_loc(struct build *b, const char *file, uint32_t line)
{
    b->program.locs[b->program.nlocs] = (struct loc){file, line, 5, false};
    return &b->program.locs[b->program.nlocs++];
}

static void test_callbacks(void)
{
    struct build b;
    struct diag diag;
    build_init(&b);
    parse_roles(&b,
                "_CHARS Halt MINIPORT_HALT\nNdisQueue #1 WORK\n= OLD_ISR MINIPORT_ISR\n"
                "name DriverEntry DRIVER_INITIALIZE\nname NotThere WORK\nname NdisQueue WORK\n",
                &diag);
    type_id chars = build_type(&b, "_CHARS", 8);
    build_field(&b, chars, "Halt", 0, 8, 0, 1);
    func_id halt = callback_function(&b, "MPHalt", 1);
    func_id isr = build_function(&b, "MPIsr", 1, 0);
    build_return(&b, (struct operand){0});
    func_id work = callback_function(&b, "MPWork", 1);
    func_id queue = build_declare(&b, "NdisQueue", 1, 0);
    func_id f = build_function(&b, "DriverEntry", 0, 0);
    struct operand object = build_alloca(&b, "Chars", 8, chars);
    struct operand store =
        build_store(&b, op_func(halt), build_select_field(&b, object, chars, 0), 8);
    build_call1(&b, queue, op_func(work));
    b.program.functions[f].instrs[store.index].loc = 1;
    add_loc(&b, "/src/sub/driver.c", 40);
    b.program.functions[f].loc = 2;
    add_loc(&b, "/src/sub/driver.c", 30);
    vec_push(&b.arena, &b.facts.roles,
             (struct role_decl){"MPHalt", "MINIPORT_HALT", {"driver.c", 3, 1, 0}});
    vec_push(&b.arena, &b.facts.roles,
             (struct role_decl){"MPIsr", "OLD_ISR", {"driver.c", 4, 1, 0}});
    vec_push(&b.arena, &b.facts.roles,
             (struct role_decl){"Gone", "MINIPORT_HALT", {"driver.c", 5, 1, 0}});
    struct model model = build_model(&b);
    CHECK(model.ncallbacks == 4, "four callbacks; an undefined function is none");
    const struct callback *c = model.callbacks;
    CHECK(c[0].function == f && strcmp(c[0].role, "DRIVER_INITIALIZE") == 0 &&
              c[0].declared.line == 30 && !c[0].registered.file,
          "by its name");
    c++;
    CHECK(c[0].function == halt && c[0].declared.line == 3 && c[0].registered.line == 40 &&
              c[0].mentioned,
          "declared and registered");
    CHECK(c[1].function == isr && strcmp(c[1].role, "MINIPORT_ISR") == 0 && !c[1].mentioned,
          "declared with another name of the role only");
    CHECK(c[2].function == work && strcmp(c[2].role, "WORK") == 0, "given to a DDI");
    struct target_set declared = model_declared(&model, &b.arena, "MINIPORT_ISR");
    CHECK_TEXT(targets_text(&b, declared), "MPIsr", "drvlint_declared()");
    CHECK(model_declared(&model, &b.arena, "MINIPORT_HALT").len == 0, "not for mentioned ones");
    model.root = "/src";
    check_golden(&b.arena, "graph.json", model_graph_json(&model, &b.arena));
    arena_finish(&b.arena);
}

static void test_dot(void)
{
    struct build b;
    build_init(&b);
    func_id ddi = build_declare(&b, "Ndis\"Foo\\", 0, 0);
    build_function(&b, "F", 0, 0);
    build_call(&b, op_func(ddi), 0, 0, NULL);
    build_call(&b, op_func(ddi), 0, 0, NULL);
    struct model model = build_model(&b);
    CHECK_TEXT(model_graph_dot(&model, &b.arena),
               "digraph calls {\n"
               "  rankdir=LR;\n"
               "  node [shape=ellipse, fontname=Helvetica];\n"
               "  n0 [label=\"F\"];\n"
               "  n1 [label=\"Ndis\\\"Foo\\\\\", color=gray60, fontcolor=gray40];\n"
               "  n0 -> n1;\n"
               "}\n",
               "DOT text with quotes");
    arena_finish(&b.arena);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    directory = argv[1];
    accept = argc > 2;
    test_by_value();
    test_by_type();
    test_registered();
    test_unmodelled();
    test_roles();
    test_callbacks();
    test_dot();
    return check_status();
}
