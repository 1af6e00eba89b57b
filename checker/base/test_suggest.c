#include "base/suggest.h"
#include "test/check.h"

int main(void)
{
    static const char *const words[] = {"check", "rules", "explain", "--format", "--output", "-I"};
    static const struct {
        const char *why, *word, *want;
    } cases[] = {
        {"two letters swapped", "chekc", "check"},
        {"letter missing", "rule", "rules"},
        {"letter too many", "explainn", "explain"},
        {"case", "RULES", "rules"},
        {"other letters", "--fromat", "--format"},
        {"nothing is near", "--verbose", NULL},
        {"too short to guess", "x", NULL},
        {"empty", "", NULL},
        {"far too long",
         "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccheck", NULL},
    };
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct suggestion suggestion = suggestion_for(cases[i].word);
        for (size_t k = 0; k < ARRAY_LEN(words); k++)
            suggestion_offer(&suggestion, words[k]);
        CHECK_TEXT(suggestion.best, cases[i].want, cases[i].why);
        const char *text =
            cases[i].want ? arena_printf(&arena, "; did you mean '%s'?", cases[i].want) : "";
        CHECK_TEXT(suggestion_text(&suggestion, &arena), text, cases[i].why);
    }
    arena_finish(&arena);
    return check_status();
}
