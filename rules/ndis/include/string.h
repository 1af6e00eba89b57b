/* Strings and memory blocks. */
#ifndef DRVLINT_STRING_H
#define DRVLINT_STRING_H

#include "stddef.h"

#ifdef __cplusplus
extern "C" {
#endif

void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *block, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);
errno_t memcpy_s(void *to, rsize_t room, const void *from, rsize_t size);
errno_t memmove_s(void *to, rsize_t room, const void *from, rsize_t size);

char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t count);
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, size_t count);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t count);
int _stricmp(const char *a, const char *b);
int _strnicmp(const char *a, const char *b, size_t count);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t room);
size_t strspn(const char *text, const char *set);
size_t strcspn(const char *text, const char *set);
char *strerror(int number);
char *_strupr(char *text);
char *_strlwr(char *text);
char *_strdup(const char *text);
char *strtok(char *text, const char *set);
errno_t strcpy_s(char *to, rsize_t room, const char *from);
errno_t strncpy_s(char *to, rsize_t room, const char *from, rsize_t count);
errno_t strcat_s(char *to, rsize_t room, const char *from);

wchar_t *wcscpy(wchar_t *to, const wchar_t *from);
wchar_t *wcsncpy(wchar_t *to, const wchar_t *from, size_t count);
wchar_t *wcscat(wchar_t *to, const wchar_t *from);
int wcscmp(const wchar_t *a, const wchar_t *b);
int wcsncmp(const wchar_t *a, const wchar_t *b, size_t count);
int _wcsicmp(const wchar_t *a, const wchar_t *b);
int _wcsnicmp(const wchar_t *a, const wchar_t *b, size_t count);
size_t wcslen(const wchar_t *text);
size_t wcsnlen(const wchar_t *text, size_t room);
wchar_t *_wcsdup(const wchar_t *text);
wchar_t *_wcsupr(wchar_t *text);
wchar_t *_wcslwr(wchar_t *text);
errno_t wcscpy_s(wchar_t *to, rsize_t room, const wchar_t *from);
errno_t wcsncpy_s(wchar_t *to, rsize_t room, const wchar_t *from, rsize_t count);
errno_t wcscat_s(wchar_t *to, rsize_t room, const wchar_t *from);

#ifdef __cplusplus
}

/* C++ has one overload per constness; clang knows these names, so C linkage is not repeated. */
extern "C++" {
const void *memchr(const void *block, int value, size_t size);
const char *strchr(const char *text, int c);
const char *strrchr(const char *text, int c);
const char *strstr(const char *text, const char *part);
const char *strpbrk(const char *text, const char *set);
const wchar_t *wcschr(const wchar_t *text, wchar_t c);
const wchar_t *wcsrchr(const wchar_t *text, wchar_t c);
const wchar_t *wcsstr(const wchar_t *text, const wchar_t *part);
void *memchr(void *block, int value, size_t size);
char *strchr(char *text, int c);
char *strrchr(char *text, int c);
char *strstr(char *text, const char *part);
char *strpbrk(char *text, const char *set);
wchar_t *wcschr(wchar_t *text, wchar_t c);
wchar_t *wcsrchr(wchar_t *text, wchar_t c);
wchar_t *wcsstr(wchar_t *text, const wchar_t *part);
}
#else
void *memchr(const void *block, int value, size_t size);
char *strchr(const char *text, int c);
char *strrchr(const char *text, int c);
char *strstr(const char *text, const char *part);
char *strpbrk(const char *text, const char *set);
wchar_t *wcschr(const wchar_t *text, wchar_t c);
wchar_t *wcsrchr(const wchar_t *text, wchar_t c);
wchar_t *wcsstr(const wchar_t *text, const wchar_t *part);
#endif

#define stricmp  _stricmp
#define strnicmp _strnicmp
#define wcsicmp  _wcsicmp
#define wcsnicmp _wcsnicmp

#endif
