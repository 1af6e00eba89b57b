/* The IRQL rules against a list of functions.
 *
 *     test_levels PACK LIST
 *
 * Each function of LIST must be looked at by the rule that the list names, by no other IRQL rule,
 * and with the same levels; and the rules must not look at others. */
#include "base/file.h"
#include "base/path.h"
#include "rule/internal.h"
#include "test/check.h"

static const char family[] = "Irql_";

/* One line of the list. */
struct wanted {
    const char *function, *rule, *lowest, *highest;
};

static bool is_irql_rule(const struct rule *rule)
{
    return strncmp(rule->id, family, strlen(family)) == 0;
}

/* Values of the function in the rule's tables; false if it is in none of them. */
static bool find_levels(const struct rule *rule, const char *function, struct arena *arena,
                        const char **ret_lowest, const char **ret_highest)
{
    for (size_t t = 0; t < rule->tables.len; t++) {
        const struct rule_table *table = &rule->tables.items[t];
        for (size_t r = 0; table->columns.len == 2 && r < table->names.len; r++) {
            if (strcmp(table->names.items[r], function) != 0)
                continue;
            *ret_lowest = cell_text(table->cells.items[2 * r], arena);
            *ret_highest = cell_text(table->cells.items[2 * r + 1], arena);
            return true;
        }
    }
    return false;
}

/* Does an event of the rule look at the function, and does a table say its levels? */
static void look_up(const struct rule *rule, struct arena *arena, struct wanted *found)
{
    for (size_t i = 0; i < rule->events.len; i++) {
        const struct event *event = &rule->events.items[i];
        for (size_t n = 0; event->kind == EVENT_CALL && n < event->names.len; n++) {
            if (strcmp(event->names.items[n], found->function) != 0)
                continue;
            CHECK(!found->rule, arena_printf(arena, "%s is in two rules", found->function));
            found->rule = rule->id;
            found->lowest = found->highest = "-";
            find_levels(rule, found->function, arena, &found->lowest, &found->highest);
        }
    }
}

static void check_function(const struct rule_pack *pack, const struct wanted *want,
                           struct arena *arena)
{
    struct wanted found = {.function = want->function};
    for (size_t i = 0; i < pack->rules.len; i++)
        if (is_irql_rule(&pack->rules.items[i]))
            look_up(&pack->rules.items[i], arena, &found);
    CHECK_TEXT(found.rule ? found.rule : "-", want->rule, want->function);
    if (!found.rule)
        return;
    CHECK_TEXT(found.lowest, want->lowest, arena_printf(arena, "lowest of %s", want->function));
    CHECK_TEXT(found.highest, want->highest, arena_printf(arena, "highest of %s", want->function));
}

static bool is_listed(const struct wanted *list, size_t count, const char *function)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].function, function) == 0)
            return true;
    return false;
}

static void check_no_others(const struct rule *rule, const struct wanted *list, size_t count)
{
    for (size_t i = 0; i < rule->events.len; i++)
        for (size_t n = 0; n < rule->events.items[i].names.len; n++)
            CHECK(is_listed(list, count, rule->events.items[i].names.items[n]),
                  rule->events.items[i].names.items[n]);
}

/* The field at *at, which ends with a tab or the line. */
static const char *next_field(struct arena *arena, const char **at)
{
    size_t length = strcspn(*at, "\t\n");
    const char *field = arena_strndup(arena, *at, length);
    *at += length + ((*at)[length] == '\t');
    return field;
}

static size_t read_list(struct arena *arena, const char *text, struct wanted **ret_list)
{
    VEC(struct wanted) list = {0};
    for (const char *at = text; *at; at += *at == '\n') {
        struct wanted row;
        if (*at == '#' || *at == '\n') {
            at += strcspn(at, "\n");
            continue;
        }
        row.function = next_field(arena, &at);
        row.rule = next_field(arena, &at);
        row.lowest = next_field(arena, &at);
        row.highest = next_field(arena, &at);
        CHECK(*row.highest && (*at == '\n' || !*at), row.function);
        vec_push(arena, &list, row);
        at += strcspn(at, "\n");
    }
    *ret_list = list.items;
    return list.len;
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct interner names;
    struct diag diag;
    struct rule_pack pack = {0};
    struct wanted *list = NULL;
    char *text;
    size_t length, count = 0;
    if (argc != 3) {
        fprintf(stderr, "usage: test_levels PACK LIST\n");
        return 2;
    }
    arena_init(&arena, NULL, NULL);
    interner_init(&names, &arena);
    diag_init(&diag, &arena);
    CHECK(rule_pack_load(argv[1], &names, &pack, &diag), argv[1]);
    bool ok = file_read(argv[2], &arena, &text, &length, &diag);
    CHECK(ok, argv[2]);
    if (ok)
        count = read_list(&arena, text, &list);
    CHECK(count > 0, "the list has functions");
    for (size_t i = 0; i < count; i++)
        check_function(&pack, &list[i], &arena);
    for (size_t i = 0; i < pack.rules.len; i++)
        if (is_irql_rule(&pack.rules.items[i]))
            check_no_others(&pack.rules.items[i], list, count);
    arena_finish(&arena);
    return check_status();
}
