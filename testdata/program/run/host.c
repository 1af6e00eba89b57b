/* Runs the cases that are plain C on this machine. */
#include <stdio.h>

#define EACH(run)                                                                                  \
    run(test_conversions) run(test_division) run(test_shifts) run(test_wrap) run(test_compare)     \
    run(test_choice) run(test_rotate_and_swap) run(test_overflow) run(test_initializers)           \
    run(test_fields) run(test_container) run(test_bitfields) run(test_copies) run(test_arrays)     \
    run(test_lengths) run(test_first_members) run(test_structs) run(test_pointers)                 \
    run(test_recursion) run(test_static_locals) run(test_out_parameters) run(test_switch)          \
    run(test_loops) run(test_goto) run(test_short_circuit) run(test_swap_in_loop)

#define DECLARE(name) int name(void);
EACH(DECLARE)

int main(void)
{
    int failures = 0, line;
#define RUN(name)                                                                                  \
    if ((line = name()) != 0) {                                                                    \
        fprintf(stderr, "%s: line %d\n", #name, line);                                             \
        failures++;                                                                                \
    }
    EACH(RUN)
    return failures != 0;
}
