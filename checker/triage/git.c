/* What git knows of the driver's sources. */
#include "triage/internal.h"

#include "base/process.h"

#include <string.h>

/* One line that git prints, or NULL. */
static const char *ask(struct arena *arena, const char *directory, const char *const *words)
{
    VEC(const char *) argv = {0};
    vec_push(arena, &argv, "git");
    vec_push(arena, &argv, "-C");
    vec_push(arena, &argv, directory);
    for (; *words; words++)
        vec_push(arena, &argv, *words);
    vec_push(arena, &argv, NULL);
    struct process_result result = process_run(arena, argv.items, NULL, 0);
    size_t length = result.status == 0 ? strcspn(result.output, "\r\n") : 0;
    return length ? arena_strndup(arena, result.output, length) : NULL;
}

/* "https://user:password@host/path" and "git@host:path" -> "https://host/path"; NULL for what is no
 * address, such as the path of a directory. */
const char *triage_repository(struct arena *arena, const char *remote)
{
    const char *scheme = strstr(remote, "://");
    const char *start = scheme ? scheme + 3 : remote;
    size_t host = strcspn(start, "/");
    for (const char *at; (at = memchr(start, '@', host)); host = strcspn(start, "/"))
        start = at + 1;
    if (scheme)
        return strncmp(remote, "file:", 5) == 0
                   ? NULL
                   : arena_printf(arena, "%.*s%s", (int)(scheme + 3 - remote), remote, start);
    size_t name = strcspn(start, ":/");
    if (start[name] != ':' || name < 2) /* one letter is a drive */
        return NULL;
    return arena_printf(arena, "https://%.*s/%s", (int)name, start,
                        start + name + 1 + strspn(start + name + 1, "/"));
}

void triage_revision(struct arena *arena, const char *directory, struct revision *ret_revision)
{
    static const char *const root[] = {"rev-parse", "--show-toplevel", NULL};
    static const char *const commit[] = {"rev-parse", "--verify", "-q", "HEAD", NULL};
    static const char *const branch[] = {"symbolic-ref", "--short", "-q", "HEAD", NULL};
    static const char *const remote[] = {"config", "--get", "remote.origin.url", NULL};
    struct revision revision = {.root = ask(arena, directory, root)};
    if (revision.root) {
        const char *address = ask(arena, directory, remote);
        revision.repository = address ? triage_repository(arena, address) : NULL;
        revision.commit = ask(arena, directory, commit);
        revision.branch = ask(arena, directory, branch);
    }
    *ret_revision = revision;
}
