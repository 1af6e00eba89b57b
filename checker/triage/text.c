#include "triage/internal.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

const struct text *texts_get(struct texts *texts, const char *file)
{
    for (size_t i = 0; i < texts->items.len; i++)
        if (strcmp(texts->items.items[i].file, file) == 0)
            return &texts->items.items[i];
    struct text text = {.file = file, .bytes = ""};
    struct diag ignored; /* what is not there has no lines */
    char *bytes;
    size_t length;
    diag_init(&ignored, texts->arena);
    if (unsaved_read(texts->unsaved, file, texts->arena, &bytes, &length, &ignored)) {
        text.bytes = bytes;
        text.length = length;
    }
    vec_push(texts->arena, &texts->items, text);
    return &vec_last(&texts->items);
}

static int compare_findings(const void *a, const void *b)
{
    return finding_compare(*(struct finding *const *)a, *(struct finding *const *)b);
}

struct finding **triage_findings(struct results *results, struct arena *arena, size_t *ret_count)
{
    VEC(struct finding *) all = {0};
    for (size_t i = 0; i < results->rules.len; i++)
        for (size_t k = 0; k < results->rules.items[i].findings.len; k++)
            vec_push(arena, &all, &results->rules.items[i].findings.items[k]);
    if (all.len)
        qsort(all.items, all.len, sizeof(*all.items), compare_findings);
    *ret_count = all.len;
    return all.items;
}

bool triage_is_decided(const struct results *results, const char *rule)
{
    for (size_t i = 0; i < results->rules.len; i++)
        if (strcmp(results->rules.items[i].rule, rule) == 0)
            return results->rules.items[i].verdict != VERDICT_UNKNOWN;
    return false;
}
