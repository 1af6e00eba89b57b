/* The examples of the shipped rules compile.
 *
 *     test_examples CLANG PACK */
#include "base/process.h"
#include "rule/internal.h"
#include "test/check.h"

static const char **compiler_line(struct arena *arena, const char *clang,
                                  const struct rule_pack *pack)
{
    static const char *const flags[] = {"-target",
                                        "x86_64-pc-windows-msvc",
                                        "-fms-extensions",
                                        "-fms-compatibility",
                                        "-nostdinc",
                                        "-fsyntax-only",
                                        "-DNDIS_MINIPORT_DRIVER=1",
                                        "-DNDIS620_MINIPORT=1",
                                        "-Werror",
                                        "-Wall",
                                        "-Wno-unused"};
    VEC(const char *) line = {0};
    vec_push(arena, &line, clang);
    for (size_t i = 0; i < ARRAY_LEN(flags); i++)
        vec_push(arena, &line, flags[i]);
    for (size_t i = 0; i < pack->include_directories.len; i++) {
        vec_push(arena, &line, "-isystem");
        vec_push(arena, &line, pack->include_directories.items[i]);
    }
    vec_push(arena, &line, "-xc");
    vec_push(arena, &line, "-");
    vec_push(arena, &line, NULL);
    return line.items;
}

static void check_example(struct arena *arena, const char *const *line, const struct rule *rule,
                          const char *what, const char *code)
{
    const char *text = arena_printf(arena, "#include <ndis.h>\n%s", code ? code : "");
    struct process_result result = process_run(arena, line, text, strlen(text));
    CHECK(result.status == 0, arena_printf(arena, "the %s example of %s does not compile:\n%s",
                                           what, rule->id, result.errors ? result.errors : ""));
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct interner names;
    struct diag diag;
    struct rule_pack pack;
    if (argc != 3) {
        fprintf(stderr, "usage: test_examples CLANG PACK\n");
        return 2;
    }
    arena_init(&arena, NULL, NULL);
    interner_init(&names, &arena);
    diag_init(&diag, &arena);
    bool ok = rule_pack_load(argv[2], &names, &pack, &diag);
    CHECK(ok, argv[2]);
    const char **line = ok ? compiler_line(&arena, argv[1], &pack) : NULL;
    for (size_t i = 0; ok && i < pack.rules.len; i++) {
        const struct rule *rule = &pack.rules.items[i];
        if (rule->part_index)
            continue;
        check_example(&arena, line, rule, "bad", rule->bad);
        check_example(&arena, line, rule, "good", rule->good);
    }
    arena_finish(&arena);
    return check_status();
}
