/* Arenas, vectors, maps and interned strings. */
#include "base/arena.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/vec.h"
#include "test/check.h"

#include <setjmp.h>
#include <stdlib.h>

static _Noreturn void jump_back(void *context, size_t size)
{
    (void)size;
    longjmp(*(jmp_buf *)context, 1);
}

static void test_blocks_are_zeroed_and_apart(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    char *blocks[3000];
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++) {
        size_t size = i % 100 == 99 ? 40000 : i % 61;
        blocks[i] = arena_alloc(&arena, size);
        CHECK((uintptr_t)blocks[i] % _Alignof(max_align_t) == 0, "aligned for any object");
        for (size_t k = 0; k < size; k++)
            CHECK(blocks[i][k] == 0, "zeroed");
        memset(blocks[i], (int)(i % 255 + 1), size);
    }
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
        for (size_t k = 0; k < (i % 100 == 99 ? 40000 : i % 61); k++)
            CHECK(blocks[i][k] == (char)(i % 255 + 1), "no other block overlaps");
    arena_finish(&arena);
    CHECK(arena.bytes == 0 && !arena.chunks, "empty after finish");
    CHECK_TEXT(arena_printf(&arena, "%d-%s", 7, "x"), "7-x", "usable after finish");
    arena_finish(&arena);
}

static void test_grow_keeps_contents(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    char *text = arena_strdup(&arena, "abc");
    char *grown = arena_grow(&arena, text, 4, 1000);
    CHECK(grown == text, "the newest block grows in place");
    CHECK_TEXT(grown, "abc", "contents kept");
    CHECK(grown[999] == 0, "the new part is zeroed");
    arena_alloc(&arena, 1);
    char *moved = arena_grow(&arena, grown, 1000, 2000);
    CHECK(moved != grown, "an older block moves");
    CHECK_TEXT(moved, "abc", "contents kept in the copy");
    arena_finish(&arena);
}

/* Every request for memory fails once; on_fail is called, and nothing leaks or is half-made. */
static void test_out_of_memory(void)
{
    jmp_buf back;
    volatile unsigned failures = 0;
    for (volatile uint64_t n = 1; n < 40; n++) {
        struct arena arena;
        arena_init(&arena, jump_back, &back);
        arena.fail_after = n;
        if (setjmp(back) == 0) {
            VEC(uint64_t) numbers = {0};
            for (uint64_t i = 0; i < 300000; i++)
                vec_push(&arena, &numbers, i);
        } else {
            failures++;
        }
        arena_finish(&arena);
    }
    CHECK(failures > 3 && failures < 39, "early requests fail, late ones are never made");

    struct arena arena;
    arena_init(&arena, jump_back, &back);
    if (setjmp(back) == 0) {
        arena_alloc_array(&arena, SIZE_MAX / 2, 4);
        CHECK(false, "overflow is out of memory");
    }
    if (setjmp(back) == 0) {
        arena_alloc(&arena, SIZE_MAX);
        CHECK(false, "a request for everything is out of memory");
    }
    arena_finish(&arena);
}

static void test_vec(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    VEC(int) a = {0}, b = {0};
    for (int i = 0; i < 1000; i++) {
        vec_push(&arena, &a, i);
        vec_push(&arena, &b, -i); /* two vectors that grow in turns move each other */
    }
    for (int i = 0; i < 1000; i++)
        CHECK(a.items[i] == i && b.items[i] == -i, "elements stay");
    CHECK(vec_last(&a) == 999, "last");
    arena_finish(&arena);
}

static void test_map(void)
{
    struct arena arena;
    struct map map = {0};
    arena_init(&arena, NULL, NULL);
    CHECK(!map_get(&map, 0), "a zeroed map is empty");
    for (uint64_t i = 0; i < 5000; i++)
        map_set(&map, &arena, i * UINT64_C(0x100000000), i + 1);
    map_set(&map, &arena, 0, 77);
    *map_slot(&map, &arena, UINT64_MAX) = 5;
    CHECK(map.len == 5001, "a key that is set again is no new entry");
    CHECK(*map_get(&map, 0) == 77, "set again");
    CHECK(*map_get(&map, UINT64_MAX) == 5, "set through its slot");
    CHECK(!map_get(&map, 1), "absent");
    for (uint64_t i = 0; i < 5000; i++)
        CHECK(map.entries[i].key == i * UINT64_C(0x100000000), "iteration is in insertion order");
    arena_finish(&arena);
}

static void test_intern(void)
{
    struct arena arena;
    struct interner names;
    arena_init(&arena, NULL, NULL);
    interner_init(&names, &arena);
    CHECK(!intern_find(&names, "x"), "nothing is in an empty table");
    const char *first = intern(&names, "MPHalt");
    for (int i = 0; i < 2000; i++)
        intern(&names, arena_printf(&arena, "name%d", i));
    CHECK(intern_n(&names, "MPHaltEx", 6) == first, "same text, same pointer, also after growing");
    CHECK(intern(&names, "MPHal") != first, "a prefix is another name");
    CHECK_TEXT(intern_n(&names, "a\0b", 3), "a", "a name ends at its first NUL");
    CHECK(!intern(&names, NULL), "NULL gives NULL");
    CHECK(intern_find(&names, "name1999") && !intern_find(&names, "name2000"), "find");
    arena_finish(&arena);
}

int main(void)
{
    test_blocks_are_zeroed_and_apart();
    test_grow_keeps_contents();
    test_out_of_memory();
    test_vec();
    test_map();
    test_intern();
    return check_status();
}
