/* The C library, as far as it is around in a kernel. Copying and filling memory is done by the
 * engine itself. Strings: the first character stands for all of the text.
 *
 * Output to files and the console, and the heap, occur in code that is also built for user mode. */
#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* ---- memory ---- */

errno_t memcpy_s(void *to, rsize_t room, const void *from, rsize_t size)
{
    memcpy(to, from, size);
    return 0;
}

errno_t memmove_s(void *to, rsize_t room, const void *from, rsize_t size)
{
    memmove(to, from, size);
    return 0;
}

void *realloc(void *block, size_t size)
{
    if (drvlint_choose())
        return NULL;
    drvlint_free(block);
    return drvlint_fresh();
}

void *calloc(size_t count, size_t size)
{
    return drvlint_choose() ? drvlint_fresh_zeroed() : NULL;
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    drvlint_havoc(base, (unsigned long long)count * size);
}

ALLOCATES(void *, malloc, (size_t size))
FREES(free, (void *block), block)
ANY_VALUE(int, memcmp, (const void *a, const void *b, size_t size))
ANY_POINTER(void *, memchr, (const void *block, int value, size_t size))
ANY_POINTER(void *, bsearch,
            (const void *key, const void *base, size_t count, size_t size,
             int (*compare)(const void *, const void *)))

/* ---- text ---- */

#define COPIES_TEXT(type, name, parameters)                                                        \
    type *(name)parameters                                                                         \
    {                                                                                              \
        *to = drvlint_any_u8();                                                                    \
        return to;                                                                                 \
    }
#define COPIES_TEXT_SAFELY(name, parameters)                                                       \
    errno_t(name) parameters                                                                       \
    {                                                                                              \
        *to = drvlint_any_u8();                                                                    \
        return (errno_t)drvlint_any_u32();                                                         \
    }
#define PRINTS_TEXT(name, parameters)                                                              \
    int(name) parameters                                                                           \
    {                                                                                              \
        if (to)                                                                                    \
            *to = drvlint_any_u8();                                                                \
        return (int)drvlint_any_u32();                                                             \
    }

PRINTS_TEXT(_snprintf, (char *to, size_t room, const char *format, ...))
PRINTS_TEXT(_snprintf_s, (char *to, size_t room, size_t count, const char *format, ...))
PRINTS_TEXT(_snwprintf, (wchar_t * to, size_t room, const wchar_t *format, ...))
PRINTS_TEXT(_snwprintf_s, (wchar_t * to, size_t room, size_t count, const wchar_t *format, ...))
PRINTS_TEXT(_vsnprintf, (char *to, size_t room, const char *format, va_list list))
PRINTS_TEXT(_vsnprintf_s, (char *to, size_t room, size_t count, const char *format, va_list list))
PRINTS_TEXT(_vsnwprintf, (wchar_t * to, size_t room, const wchar_t *format, va_list list))
PRINTS_TEXT(snprintf, (char *to, size_t room, const char *format, ...))
PRINTS_TEXT(sprintf, (char *to, const char *format, ...))
PRINTS_TEXT(sprintf_s, (char *to, size_t room, const char *format, ...))
COPIES_TEXT(char, strcat, (char *to, const char *from))
COPIES_TEXT_SAFELY(strcat_s, (char *to, rsize_t room, const char *from))
COPIES_TEXT(char, strcpy, (char *to, const char *from))
COPIES_TEXT_SAFELY(strcpy_s, (char *to, rsize_t room, const char *from))
COPIES_TEXT(char, strncat, (char *to, const char *from, size_t count))
COPIES_TEXT(char, strncpy, (char *to, const char *from, size_t count))
COPIES_TEXT_SAFELY(strncpy_s, (char *to, rsize_t room, const char *from, rsize_t count))
PRINTS_TEXT(swprintf, (wchar_t * to, const wchar_t *format, ...))
PRINTS_TEXT(swprintf_s, (wchar_t * to, size_t room, const wchar_t *format, ...))
PRINTS_TEXT(vsnprintf, (char *to, size_t room, const char *format, va_list list))
PRINTS_TEXT(vsprintf, (char *to, const char *format, va_list list))
PRINTS_TEXT(vsprintf_s, (char *to, size_t room, const char *format, va_list list))
COPIES_TEXT(wchar_t, wcscat, (wchar_t * to, const wchar_t *from))
COPIES_TEXT_SAFELY(wcscat_s, (wchar_t * to, rsize_t room, const wchar_t *from))
COPIES_TEXT(wchar_t, wcscpy, (wchar_t * to, const wchar_t *from))
COPIES_TEXT_SAFELY(wcscpy_s, (wchar_t * to, rsize_t room, const wchar_t *from))
COPIES_TEXT(wchar_t, wcsncpy, (wchar_t * to, const wchar_t *from, size_t count))
COPIES_TEXT_SAFELY(wcsncpy_s, (wchar_t * to, rsize_t room, const wchar_t *from, rsize_t count))
ANY_VALUE(size_t, strlen, (const char *text))
ANY_VALUE(size_t, strnlen, (const char *text, size_t room))
ANY_VALUE(size_t, strspn, (const char *text, const char *set))
ANY_VALUE(size_t, strcspn, (const char *text, const char *set))
ANY_VALUE(int, strcmp, (const char *a, const char *b))
ANY_VALUE(int, strncmp, (const char *a, const char *b, size_t count))
ANY_VALUE(int, _stricmp, (const char *a, const char *b))
ANY_VALUE(int, _strnicmp, (const char *a, const char *b, size_t count))
ANY_POINTER(char *, strchr, (const char *text, int c))
ANY_POINTER(char *, strrchr, (const char *text, int c))
ANY_POINTER(char *, strstr, (const char *text, const char *part))
ANY_POINTER(char *, strpbrk, (const char *text, const char *set))
ANY_POINTER(char *, strtok, (char *text, const char *set))
ANY_POINTER(char *, strerror, (int number))
ANY_VALUE(size_t, wcslen, (const wchar_t *text))
ANY_VALUE(size_t, wcsnlen, (const wchar_t *text, size_t room))
ANY_VALUE(int, wcscmp, (const wchar_t *a, const wchar_t *b))
ANY_VALUE(int, wcsncmp, (const wchar_t *a, const wchar_t *b, size_t count))
ANY_VALUE(int, _wcsicmp, (const wchar_t *a, const wchar_t *b))
ANY_VALUE(int, _wcsnicmp, (const wchar_t *a, const wchar_t *b, size_t count))
ANY_POINTER(wchar_t *, wcschr, (const wchar_t *text, wchar_t c))
ANY_POINTER(wchar_t *, wcsrchr, (const wchar_t *text, wchar_t c))
ANY_POINTER(wchar_t *, wcsstr, (const wchar_t *text, const wchar_t *part))
ALLOCATES(char *, _strdup, (const char *text))
ALLOCATES(wchar_t *, _wcsdup, (const wchar_t *text))
char *_strupr(char *text)
{
    *text = drvlint_any_u8();
    return text;
}

char *_strlwr(char *text)
{
    *text = drvlint_any_u8();
    return text;
}

wchar_t *_wcsupr(wchar_t *text)
{
    *text = drvlint_any_u8();
    return text;
}

wchar_t *_wcslwr(wchar_t *text)
{
    *text = drvlint_any_u8();
    return text;
}

/* ---- numbers and characters ---- */

ANY_VALUE(int, abs, (int value))
ANY_VALUE(long, labs, (long value))
ANY_VALUE(int, rand, (void))
NO_EFFECT(srand, (unsigned int seed))
ANY_VALUE(int, atoi, (const char *text))
ANY_VALUE(long, atol, (const char *text))
ANY_VALUE(long long, _atoi64, (const char *text))
ANY_VALUE(int, _wtoi, (const wchar_t *text))
ANY_VALUE(int, isalnum, (int c))
ANY_VALUE(int, isalpha, (int c))
ANY_VALUE(int, isdigit, (int c))
ANY_VALUE(int, islower, (int c))
ANY_VALUE(int, isprint, (int c))
ANY_VALUE(int, ispunct, (int c))
ANY_VALUE(int, isspace, (int c))
ANY_VALUE(int, isupper, (int c))
ANY_VALUE(int, isxdigit, (int c))
ANY_VALUE(int, tolower, (int c))
ANY_VALUE(int, toupper, (int c))
ANY_VALUE(int, iswalpha, (wint_t c))
ANY_VALUE(int, iswdigit, (wint_t c))
ANY_VALUE(int, iswspace, (wint_t c))
ANY_VALUE(int, iswxdigit, (wint_t c))
ANY_VALUE(wint_t, towlower, (wint_t c))
ANY_VALUE(wint_t, towupper, (wint_t c))

#define PARSES_NUMBER(type, name, parameters)                                                      \
    type(name) parameters                                                                          \
    {                                                                                              \
        if (end)                                                                                   \
            *end = drvlint_any_pointer();                                                          \
        return (type)drvlint_any_u64();                                                            \
    }

PARSES_NUMBER(long, strtol, (const char *text, char **end, int base))
PARSES_NUMBER(unsigned long, strtoul, (const char *text, char **end, int base))
PARSES_NUMBER(unsigned long long, _strtoui64, (const char *text, char **end, int base))
PARSES_NUMBER(long, wcstol, (const wchar_t *text, wchar_t **end, int base))
PARSES_NUMBER(unsigned long, wcstoul, (const wchar_t *text, wchar_t **end, int base))
COPIES_TEXT(char, _itoa, (int value, char *to, int base))
COPIES_TEXT(wchar_t, _itow, (int value, wchar_t *to, int base))
size_t mbstowcs(wchar_t *to, const char *from, size_t count)
{
    if (to)
        *to = drvlint_any_u8();
    return (size_t)drvlint_any_u64();
}

size_t wcstombs(char *to, const wchar_t *from, size_t count)
{
    if (to)
        *to = drvlint_any_u8();
    return (size_t)drvlint_any_u64();
}

/* ---- files and the console ---- */

ANY_VALUE(int, printf, (const char *format, ...))
ANY_VALUE(int, puts, (const char *text))
ANY_VALUE(int, fprintf, (FILE * file, const char *format, ...))
ANY_VALUE(int, fputs, (const char *text, FILE *file))
ANY_POINTER(FILE *, fopen, (const char *name, const char *mode))
ANY_VALUE(int, fclose, (FILE * file))
ANY_VALUE(int, fflush, (FILE * file))
ANY_VALUE(size_t, fwrite, (const void *from, size_t size, size_t count, FILE *file))
ANY_VALUE(int, fseek, (FILE * file, long offset, int origin))
ANY_VALUE(long, ftell, (FILE * file))
ANY_VALUE(int, remove, (const char *name))

errno_t _itoa_s(int value, char *to, size_t room, int base)
{
    *to = drvlint_any_u8();
    return (errno_t)drvlint_any_u32();
}

errno_t fopen_s(FILE **file, const char *name, const char *mode)
{
    *file = (FILE *)FRESH_OR_NULL();
    return (errno_t)drvlint_any_u32();
}

size_t fread(void *to, size_t size, size_t count, FILE *file)
{
    drvlint_havoc(to, (unsigned long long)size * count);
    return (size_t)drvlint_any_u64();
}

void exit(int status)
{
    drvlint_assume(0);
    __builtin_unreachable();
}

void abort(void)
{
    drvlint_assume(0);
    __builtin_unreachable();
}
