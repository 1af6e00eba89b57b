/* Formatted text. Streams exist for code that is shared with a user-mode program. */
#ifndef DRVLINT_STDIO_H
#define DRVLINT_STDIO_H

#include "stdarg.h"
#include "stddef.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _iobuf {
    char *_ptr;
    int _cnt;
    char *_base;
    int _flag;
    int _file;
    int _charbuf;
    int _bufsiz;
    char *_tmpfname;
} FILE;

extern FILE _iob[];
#define stdin  (&_iob[0])
#define stdout (&_iob[1])
#define stderr (&_iob[2])

#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define EOF      (-1)

int sprintf(char *to, const char *format, ...);
int vsprintf(char *to, const char *format, va_list list);
int sprintf_s(char *to, size_t room, const char *format, ...);
int vsprintf_s(char *to, size_t room, const char *format, va_list list);
int snprintf(char *to, size_t room, const char *format, ...);
int vsnprintf(char *to, size_t room, const char *format, va_list list);
int _snprintf(char *to, size_t room, const char *format, ...);
int _vsnprintf(char *to, size_t room, const char *format, va_list list);
int _snprintf_s(char *to, size_t room, size_t count, const char *format, ...);
int _vsnprintf_s(char *to, size_t room, size_t count, const char *format, va_list list);
int _snwprintf(wchar_t *to, size_t room, const wchar_t *format, ...);
int _vsnwprintf(wchar_t *to, size_t room, const wchar_t *format, va_list list);
int _snwprintf_s(wchar_t *to, size_t room, size_t count, const wchar_t *format, ...);
int swprintf(wchar_t *to, const wchar_t *format, ...);
int swprintf_s(wchar_t *to, size_t room, const wchar_t *format, ...);
int sscanf(const char *from, const char *format, ...);
int sscanf_s(const char *from, const char *format, ...);
int swscanf(const wchar_t *from, const wchar_t *format, ...);
int swscanf_s(const wchar_t *from, const wchar_t *format, ...);

int printf(const char *format, ...);
int puts(const char *text);
int fprintf(FILE *file, const char *format, ...);
int fputs(const char *text, FILE *file);
FILE *fopen(const char *name, const char *mode);
errno_t fopen_s(FILE **file, const char *name, const char *mode);
int fclose(FILE *file);
int fflush(FILE *file);
size_t fread(void *to, size_t size, size_t count, FILE *file);
size_t fwrite(const void *from, size_t size, size_t count, FILE *file);
int fseek(FILE *file, long offset, int origin);
long ftell(FILE *file);
int remove(const char *name);

#ifdef __cplusplus
}
#endif

#endif
