/* Bounded string functions. Their text is not looked at: the first character stands for all of it,
 * so that what lies behind a short buffer is not forgotten for nothing.
 *
 * Pages: nf-ntstrsafe-rtlstringcbprintfa and its family. */
#include "kernel.h"

#include <ntstrsafe.h>

#define WRITES_TEXT(name, parameters)                                                              \
    NTSTATUS(name) parameters                                                                      \
    {                                                                                              \
        *pszDest = drvlint_any_u8();                                                               \
        return model_any_result();                                                                 \
    }
#define WRITES_TEXT_EX(name, remaining, parameters)                                                \
    NTSTATUS(name) parameters                                                                      \
    {                                                                                              \
        if (pszDest)                                                                               \
            *pszDest = drvlint_any_u8();                                                           \
        if (ppszDestEnd)                                                                           \
            *ppszDestEnd = pszDest;                                                                \
        if (remaining)                                                                             \
            *(remaining) = (size_t)drvlint_any_u64();                                              \
        return model_any_result();                                                                 \
    }
#define MEASURES_TEXT(name, length, parameters)                                                    \
    NTSTATUS(name) parameters                                                                      \
    {                                                                                              \
        if (length)                                                                                \
            *(length) = (size_t)drvlint_any_u64();                                                 \
        return model_any_result();                                                                 \
    }

WRITES_TEXT(RtlStringCbCatA, (NTSTRSAFE_PSTR pszDest, size_t cbDest, NTSTRSAFE_PCSTR pszSrc))
WRITES_TEXT_EX(RtlStringCbCatExA, pcbRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cbDest, NTSTRSAFE_PCSTR pszSrc,
                NTSTRSAFE_PSTR *ppszDestEnd, size_t *pcbRemaining, DWORD dwFlags))
WRITES_TEXT_EX(RtlStringCbCatExW, pcbRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PCWSTR pszSrc,
                NTSTRSAFE_PWSTR *ppszDestEnd, size_t *pcbRemaining, DWORD dwFlags))
WRITES_TEXT(RtlStringCbCatNA,
            (NTSTRSAFE_PSTR pszDest, size_t cbDest, STRSAFE_PCNZCH pszSrc, size_t cbToAppend))
WRITES_TEXT_EX(RtlStringCbCatNExA, pcbRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cbDest, STRSAFE_PCNZCH pszSrc, size_t cbToAppend,
                NTSTRSAFE_PSTR *ppszDestEnd, size_t *pcbRemaining, DWORD dwFlags))
WRITES_TEXT_EX(RtlStringCbCatNExW, pcbRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cbDest, STRSAFE_PCNZWCH pszSrc, size_t cbToAppend,
                NTSTRSAFE_PWSTR *ppszDestEnd, size_t *pcbRemaining, DWORD dwFlags))
WRITES_TEXT(RtlStringCbCatNW,
            (NTSTRSAFE_PWSTR pszDest, size_t cbDest, STRSAFE_PCNZWCH pszSrc, size_t cbToAppend))
WRITES_TEXT(RtlStringCbCatW, (NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PCWSTR pszSrc))
WRITES_TEXT(RtlStringCbCopyA, (NTSTRSAFE_PSTR pszDest, size_t cbDest, NTSTRSAFE_PCSTR pszSrc))
WRITES_TEXT_EX(RtlStringCbCopyExA, pcbRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cbDest, NTSTRSAFE_PCSTR pszSrc,
                NTSTRSAFE_PSTR *ppszDestEnd, size_t *pcbRemaining, DWORD dwFlags))
WRITES_TEXT_EX(RtlStringCbCopyExW, pcbRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PCWSTR pszSrc,
                NTSTRSAFE_PWSTR *ppszDestEnd, size_t *pcbRemaining, DWORD dwFlags))
WRITES_TEXT(RtlStringCbCopyNA,
            (NTSTRSAFE_PSTR pszDest, size_t cbDest, STRSAFE_PCNZCH pszSrc, size_t cbToCopy))
WRITES_TEXT_EX(RtlStringCbCopyNExA, pcbRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cbDest, STRSAFE_PCNZCH pszSrc, size_t cbToCopy,
                NTSTRSAFE_PSTR *ppszDestEnd, size_t *pcbRemaining, DWORD dwFlags))
WRITES_TEXT_EX(RtlStringCbCopyNExW, pcbRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cbDest, STRSAFE_PCNZWCH pszSrc, size_t cbToCopy,
                NTSTRSAFE_PWSTR *ppszDestEnd, size_t *pcbRemaining, DWORD dwFlags))
WRITES_TEXT(RtlStringCbCopyNW,
            (NTSTRSAFE_PWSTR pszDest, size_t cbDest, STRSAFE_PCNZWCH pszSrc, size_t cbToCopy))
WRITES_TEXT(RtlStringCbCopyW, (NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PCWSTR pszSrc))
MEASURES_TEXT(RtlStringCbLengthA, pcbLength, (STRSAFE_PCNZCH psz, size_t cbMax, size_t *pcbLength))
MEASURES_TEXT(RtlStringCbLengthW, pcbLength, (STRSAFE_PCNZWCH psz, size_t cbMax, size_t *pcbLength))
WRITES_TEXT(RtlStringCbPrintfA,
            (NTSTRSAFE_PSTR pszDest, size_t cbDest, NTSTRSAFE_PCSTR pszFormat, ...))
WRITES_TEXT_EX(RtlStringCbPrintfExA, pcbRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cbDest, NTSTRSAFE_PSTR *ppszDestEnd,
                size_t *pcbRemaining, DWORD dwFlags, NTSTRSAFE_PCSTR pszFormat, ...))
WRITES_TEXT_EX(RtlStringCbPrintfExW, pcbRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PWSTR *ppszDestEnd,
                size_t *pcbRemaining, DWORD dwFlags, NTSTRSAFE_PCWSTR pszFormat, ...))
WRITES_TEXT(RtlStringCbPrintfW,
            (NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PCWSTR pszFormat, ...))
WRITES_TEXT(RtlStringCbVPrintfA,
            (NTSTRSAFE_PSTR pszDest, size_t cbDest, NTSTRSAFE_PCSTR pszFormat, va_list argList))
WRITES_TEXT_EX(RtlStringCbVPrintfExA, pcbRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cbDest, NTSTRSAFE_PSTR *ppszDestEnd,
                size_t *pcbRemaining, DWORD dwFlags, NTSTRSAFE_PCSTR pszFormat, va_list argList))
WRITES_TEXT_EX(RtlStringCbVPrintfExW, pcbRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PWSTR *ppszDestEnd,
                size_t *pcbRemaining, DWORD dwFlags, NTSTRSAFE_PCWSTR pszFormat, va_list argList))
WRITES_TEXT(RtlStringCbVPrintfW,
            (NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PCWSTR pszFormat, va_list argList))
WRITES_TEXT(RtlStringCchCatA, (NTSTRSAFE_PSTR pszDest, size_t cchDest, NTSTRSAFE_PCSTR pszSrc))
WRITES_TEXT_EX(RtlStringCchCatExA, pcchRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cchDest, NTSTRSAFE_PCSTR pszSrc,
                NTSTRSAFE_PSTR *ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags))
WRITES_TEXT_EX(RtlStringCchCatExW, pcchRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cchDest, NTSTRSAFE_PCWSTR pszSrc,
                NTSTRSAFE_PWSTR *ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags))
WRITES_TEXT(RtlStringCchCatNA,
            (NTSTRSAFE_PSTR pszDest, size_t cchDest, STRSAFE_PCNZCH pszSrc, size_t cchToAppend))
WRITES_TEXT_EX(RtlStringCchCatNExA, pcchRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cchDest, STRSAFE_PCNZCH pszSrc, size_t cchToAppend,
                NTSTRSAFE_PSTR *ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags))
WRITES_TEXT_EX(RtlStringCchCatNExW, pcchRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cchDest, STRSAFE_PCNZWCH pszSrc, size_t cchToAppend,
                NTSTRSAFE_PWSTR *ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags))
WRITES_TEXT(RtlStringCchCatNW,
            (NTSTRSAFE_PWSTR pszDest, size_t cchDest, STRSAFE_PCNZWCH pszSrc, size_t cchToAppend))
WRITES_TEXT(RtlStringCchCatW, (NTSTRSAFE_PWSTR pszDest, size_t cchDest, NTSTRSAFE_PCWSTR pszSrc))
WRITES_TEXT(RtlStringCchCopyA, (NTSTRSAFE_PSTR pszDest, size_t cchDest, NTSTRSAFE_PCSTR pszSrc))
WRITES_TEXT_EX(RtlStringCchCopyExA, pcchRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cchDest, NTSTRSAFE_PCSTR pszSrc,
                NTSTRSAFE_PSTR *ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags))
WRITES_TEXT_EX(RtlStringCchCopyExW, pcchRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cchDest, NTSTRSAFE_PCWSTR pszSrc,
                NTSTRSAFE_PWSTR *ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags))
WRITES_TEXT(RtlStringCchCopyNA,
            (NTSTRSAFE_PSTR pszDest, size_t cchDest, STRSAFE_PCNZCH pszSrc, size_t cchToCopy))
WRITES_TEXT_EX(RtlStringCchCopyNExA, pcchRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cchDest, STRSAFE_PCNZCH pszSrc, size_t cchToCopy,
                NTSTRSAFE_PSTR *ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags))
WRITES_TEXT_EX(RtlStringCchCopyNExW, pcchRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cchDest, STRSAFE_PCNZWCH pszSrc, size_t cchToCopy,
                NTSTRSAFE_PWSTR *ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags))
WRITES_TEXT(RtlStringCchCopyNW,
            (NTSTRSAFE_PWSTR pszDest, size_t cchDest, STRSAFE_PCNZWCH pszSrc, size_t cchToCopy))
WRITES_TEXT(RtlStringCchCopyW, (NTSTRSAFE_PWSTR pszDest, size_t cchDest, NTSTRSAFE_PCWSTR pszSrc))
MEASURES_TEXT(RtlStringCchLengthA, pcchLength,
              (STRSAFE_PCNZCH psz, size_t cchMax, size_t *pcchLength))
MEASURES_TEXT(RtlStringCchLengthW, pcchLength,
              (STRSAFE_PCNZWCH psz, size_t cchMax, size_t *pcchLength))
WRITES_TEXT(RtlStringCchPrintfA,
            (NTSTRSAFE_PSTR pszDest, size_t cchDest, NTSTRSAFE_PCSTR pszFormat, ...))
WRITES_TEXT_EX(RtlStringCchPrintfExA, pcchRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cchDest, NTSTRSAFE_PSTR *ppszDestEnd,
                size_t *pcchRemaining, DWORD dwFlags, NTSTRSAFE_PCSTR pszFormat, ...))
WRITES_TEXT_EX(RtlStringCchPrintfExW, pcchRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cchDest, NTSTRSAFE_PWSTR *ppszDestEnd,
                size_t *pcchRemaining, DWORD dwFlags, NTSTRSAFE_PCWSTR pszFormat, ...))
WRITES_TEXT(RtlStringCchPrintfW,
            (NTSTRSAFE_PWSTR pszDest, size_t cchDest, NTSTRSAFE_PCWSTR pszFormat, ...))
WRITES_TEXT(RtlStringCchVPrintfA,
            (NTSTRSAFE_PSTR pszDest, size_t cchDest, NTSTRSAFE_PCSTR pszFormat, va_list argList))
WRITES_TEXT_EX(RtlStringCchVPrintfExA, pcchRemaining,
               (NTSTRSAFE_PSTR pszDest, size_t cchDest, NTSTRSAFE_PSTR *ppszDestEnd,
                size_t *pcchRemaining, DWORD dwFlags, NTSTRSAFE_PCSTR pszFormat, va_list argList))
WRITES_TEXT_EX(RtlStringCchVPrintfExW, pcchRemaining,
               (NTSTRSAFE_PWSTR pszDest, size_t cchDest, NTSTRSAFE_PWSTR *ppszDestEnd,
                size_t *pcchRemaining, DWORD dwFlags, NTSTRSAFE_PCWSTR pszFormat, va_list argList))
WRITES_TEXT(RtlStringCchVPrintfW,
            (NTSTRSAFE_PWSTR pszDest, size_t cchDest, NTSTRSAFE_PCWSTR pszFormat, va_list argList))

/* ---- counted strings ---- */

#define WRITES_STRING(name, parameters)                                                            \
    NTSTATUS(name) parameters                                                                      \
    {                                                                                              \
        DestinationString->Length = drvlint_any_u16();                                             \
        return model_any_result();                                                                 \
    }

WRITES_STRING(RtlUnicodeStringCat,
              (PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString))
WRITES_STRING(RtlUnicodeStringCatString,
              (PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszSrc))
WRITES_STRING(RtlUnicodeStringCopy,
              (PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString))
WRITES_STRING(RtlUnicodeStringCopyString,
              (PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszSrc))
WRITES_STRING(RtlUnicodeStringPrintf,
              (PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszFormat, ...))
WRITES_STRING(RtlUnicodeStringVPrintf,
              (PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszFormat, va_list argList))
ANY_RESULT(RtlUnicodeStringValidate, (PCUNICODE_STRING SourceString))

NTSTATUS RtlUnicodeStringInit(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszSrc)
{
    DestinationString->Buffer = (PWSTR)pszSrc;
    DestinationString->Length = drvlint_any_u16();
    DestinationString->MaximumLength = drvlint_any_u16();
    return model_any_result();
}
