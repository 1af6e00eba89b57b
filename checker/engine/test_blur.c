/* Which addresses are followed, and which memory is not. */
#include "engine/internal.h"
#include "engine/test_programs.h"
#include "test/check.h"

static const struct {
    const char *name;
    enum lead lead;
} expected[] = {
    {"a global", LEADS},
    {"a number", LEADS},
    {"a local", LEADS},
    {"a member of a local", LEADS},
    {"a new object", LEADS},
    {"what exists once, loaded", LEADS},
    {"a member of it", LEADS},
    {"an element of a list", APART},
    {"a member of one", APART},
    {"an element of an array", WILD},
    {"a step behind one", WILD},
    {"either of two globals", WILD},
    {"a member of either", WILD},
    {"a parameter that is one of two globals", LEADS}, /* in each call one place */
    {"a parameter that may be an array's element", WILD},
    {"a parameter that may be a list's element", APART},
};

static void test_leads(const struct blur_program *made, const struct blur *blur)
{
    CHECK(made->ncases == ARRAY_LEN(expected), "every address has its expectation");
    for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
        const struct blur_case *c = &made->cases[i];
        CHECK_TEXT(c->name, expected[i].name, "order of the cases");
        CHECK(blur_lead(blur, c->func, &c->address) == expected[i].lead, c->name);
    }
    CHECK(blur->params[made->same][0] == LEADS, "parameter");
    CHECK(blur->params[made->mixed][0] == WILD, "the worst call counts");
    CHECK(blur->params[made->elements][0] == APART, "apart is worse than leading");
}

/* All classes that the store writes are blurred, or none. */
static void check_store(const struct blur_program *made, const struct blur *blur, instr_id store,
                        bool blurred, const char *why)
{
    const struct class_set *w = &made->model.writes[made->writer][store];
    CHECK(w->len > 0, why);
    for (uint32_t i = 0; i < w->len; i++)
        CHECK(blur->classes[w->items[i]] == blurred, why);
}

static void test_classes(struct blur_program *made, const struct blur *blur)
{
    check_store(made, blur, made->wild_store, true, "an element of an array");
    check_store(made, blur, made->element_store, false, "elements of lists are apart");
    const struct class_set *w = &made->model.writes[made->mixed][0];
    CHECK(w->len > 0, "through a wild parameter");
    for (uint32_t i = 0; i < w->len; i++)
        CHECK(blur->classes[w->items[i]], "through a wild parameter");
    check_store(made, blur, made->good_store, false, "a member that only leading addresses write");
}

int main(void)
{
    struct blur_program made = {0};
    struct blur blur;
    blur_program_make(&made);
    blur_find(&blur, &made.arena, made.program, &made.model);
    test_leads(&made, &blur);
    test_classes(&made, &blur);
    arena_finish(&made.arena);
    return check_status();
}
