#include "result/result.h"
#include "test/check.h"

#include <stdlib.h>

int main(void)
{
    /* In the order that sorting gives; each differs from the one before in one more field. */
    static const struct finding sorted[] = {
        {.message = "no place"},
        {.place = {"a.c", 9, 9, 0}, .rule = "Z", .message = "z"},
        {.place = {"b.c", 2, 9, 0}, .rule = "Z", .message = "z"},
        {.place = {"b.c", 10, 1, 0}, .rule = "Z", .message = "z"},
        {.place = {"b.c", 10, 2, 0}, .rule = "A", .message = "z"},
        {.place = {"b.c", 10, 2, 0}, .rule = "B", .message = "a"},
        {.place = {"b.c", 10, 2, 0}, .rule = "B", .message = "b"},
    };
    enum { COUNT = ARRAY_LEN(sorted) };
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < COUNT; k++) {
            int order = finding_compare(&sorted[i], &sorted[k]);
            CHECK((order > 0) - (order < 0) == (i > k) - (i < k), sorted[i].message);
        }
    CHECK_TEXT(verdict_name(VERDICT_NOT_APPLICABLE), "not applicable", "verdict");
    CHECK_TEXT(severity_name(SEVERITY_WARNING), "warning", "severity");
    return check_status();
}
