#include "cli/serve.h"

#include "base/path.h"
#include "lsp/lsp.h"

#include <unistd.h>

typedef VEC(const char *) words;

static const char *number(struct arena *arena, uint64_t value)
{
    return value ? arena_printf(arena, "%llu", (unsigned long long)value) : NULL;
}

const char *const *cli_check_options(struct arena *arena, const struct cli *cli)
{
    const struct {
        const char *name, *value;
    } options[] = {
        {"--rules", cli->rules},
        {"--target", cli->target},
        {"--config", cli->configuration},
        {"--platform", cli->platform},
        {"--pack-dir", cli->pack_directory ? path_absolute(arena, cli->pack_directory) : NULL},
        {"--jobs", number(arena, cli->jobs)},
        {"--budget", number(arena, cli->budget)},
        {"--cache-dir", cli->cache_directory ? path_absolute(arena, cli->cache_directory) : NULL},
        {"--cache-limit", number(arena, cli->cache_limit)},
    };
    words argv = {0};
    if (cli->isolated)
        vec_push(arena, &argv, "--isolated");
    if (cli->no_cache)
        vec_push(arena, &argv, "--no-cache");
    for (size_t i = 0; i < ARRAY_LEN(options); i++)
        if (options[i].value)
            vec_push(arena, &argv, arena_printf(arena, "%s=%s", options[i].name, options[i].value));
    vec_push(arena, &argv, NULL);
    return argv.items;
}

bool cli_serve(struct arena *arena, const struct cli *cli, const char *self, const char *version)
{
    words flags = {0};
    for (size_t i = 0; i < cli->flags.len; i++)
        vec_push(arena, &flags, cli->flags.items[i]);
    vec_push(arena, &flags, NULL);
    const struct lsp_options options = {.version = version,
                                        .self = self,
                                        .options = cli_check_options(arena, cli),
                                        .flags = flags.items};
    return lsp_serve(arena, &options, STDIN_FILENO, STDOUT_FILENO);
}
