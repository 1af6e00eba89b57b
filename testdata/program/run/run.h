/* For the self-checking cases of this folder: each test_*() returns 0, or the line that went wrong.
 * They run twice: lowered, by the interpreter of checker/program/test_meaning.c, and compiled for this
 * machine, so that what they expect is what C means. */
#ifndef RUN_H
#define RUN_H

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition))                                                                          \
            return __LINE__;                                                                       \
    } while (0)

typedef signed char i8;
typedef unsigned char u8;
typedef short i16;
typedef unsigned short u16;
typedef int i32;
typedef unsigned int u32;
typedef long long i64;
typedef unsigned long long u64;

void *memcpy(void *, const void *, u64);
void *memset(void *, int, u64);

#endif
