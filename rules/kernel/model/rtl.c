/* The run-time library: strings, bit maps, comparisons, numbers. The text of strings is not looked
 * at.
 *
 * Pages: nf-wdm-rtlinitunicodestring, nf-wdm-rtlansistringtounicodestring,
 * nf-wdm-rtlfreeunicodestring, nf-wdm-rtlcomparememory. */
#include "kernel.h"

/* ---- strings ---- */

static void init_string(PSTRING string, PCSTR text)
{
    string->Buffer = (PCHAR)text;
    string->Length = text ? drvlint_any_u16() : 0;
    string->MaximumLength = text ? drvlint_any_u16() : 0;
}

static void init_unicode_string(PUNICODE_STRING string, PCWSTR text)
{
    string->Buffer = (PWSTR)text;
    string->Length = text ? drvlint_any_u16() : 0;
    string->MaximumLength = text ? drvlint_any_u16() : 0;
}

void RtlInitString(PSTRING DestinationString, PCSTR SourceString)
{
    init_string(DestinationString, SourceString);
}

void RtlInitAnsiString(PANSI_STRING DestinationString, PCSTR SourceString)
{
    init_string(DestinationString, SourceString);
}

void RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    init_unicode_string(DestinationString, SourceString);
}

NTSTATUS RtlInitUnicodeStringEx(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    if (drvlint_choose())
        return model_failure();
    init_unicode_string(DestinationString, SourceString);
    return STATUS_SUCCESS;
}

/* A conversion writes to the buffer that is there, or allocates one. */
static NTSTATUS convert(PVOID *buffer, PUSHORT length, PUSHORT room, BOOLEAN allocate)
{
    if (drvlint_choose())
        return model_failure();
    if (allocate) {
        *buffer = drvlint_fresh();
        *room = drvlint_any_u16();
    }
    *length = drvlint_any_u16();
    return STATUS_SUCCESS;
}

#define CONVERTS(name, parameters)                                                                 \
    NTSTATUS(name) parameters                                                                      \
    {                                                                                              \
        return convert((PVOID *)&DestinationString->Buffer, &DestinationString->Length,            \
                       &DestinationString->MaximumLength, AllocateDestinationString);              \
    }

CONVERTS(RtlAnsiStringToUnicodeString,
         (PUNICODE_STRING DestinationString, PCANSI_STRING SourceString,
          BOOLEAN AllocateDestinationString))
CONVERTS(RtlUnicodeStringToAnsiString,
         (PANSI_STRING DestinationString, PCUNICODE_STRING SourceString,
          BOOLEAN AllocateDestinationString))
CONVERTS(RtlUpcaseUnicodeString, (PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
                                  BOOLEAN AllocateDestinationString))
CONVERTS(RtlDowncaseUnicodeString,
         (PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
          BOOLEAN AllocateDestinationString))

void RtlFreeUnicodeString(PUNICODE_STRING UnicodeString)
{
    drvlint_free(UnicodeString->Buffer);
    UnicodeString->Buffer = NULL;
    UnicodeString->Length = UnicodeString->MaximumLength = 0;
}

void RtlFreeAnsiString(PANSI_STRING AnsiString)
{
    drvlint_free(AnsiString->Buffer);
    AnsiString->Buffer = NULL;
    AnsiString->Length = AnsiString->MaximumLength = 0;
}

NTSTATUS RtlStringFromGUID(REFGUID Guid, PUNICODE_STRING GuidString)
{
    return convert((PVOID *)&GuidString->Buffer, &GuidString->Length, &GuidString->MaximumLength,
                   TRUE);
}

void RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString)
{
    DestinationString->Length = drvlint_any_u16();
}

#define CHANGES_STRING(name, string, parameters)                                                   \
    NTSTATUS(name) parameters                                                                      \
    {                                                                                              \
        (string)->Length = drvlint_any_u16();                                                      \
        return model_any_result();                                                                 \
    }

CHANGES_STRING(RtlAppendUnicodeStringToString, Destination,
               (PUNICODE_STRING Destination, PCUNICODE_STRING Source))
CHANGES_STRING(RtlAppendUnicodeToString, Destination, (PUNICODE_STRING Destination, PCWSTR Source))
CHANGES_STRING(RtlIntegerToUnicodeString, String, (ULONG Value, ULONG Base, PUNICODE_STRING String))
CHANGES_STRING(RtlInt64ToUnicodeString, String,
               (ULONGLONG Value, ULONG Base, PUNICODE_STRING String))

NTSTATUS RtlUnicodeStringToInteger(PCUNICODE_STRING String, ULONG Base, PULONG Value)
{
    *Value = drvlint_any_u32();
    return model_any_result();
}

NTSTATUS RtlHashUnicodeString(PCUNICODE_STRING String, BOOLEAN CaseInSensitive, ULONG HashAlgorithm,
                              PULONG HashValue)
{
    *HashValue = drvlint_any_u32();
    return model_any_result();
}

NTSTATUS RtlGUIDFromString(PCUNICODE_STRING GuidString, GUID *Guid)
{
    drvlint_havoc(Guid, sizeof(*Guid));
    return model_any_result();
}

NTSTATUS RtlUTF8ToUnicodeN(PWSTR Destination, ULONG MaxBytes, PULONG ActualBytes, PCCH Source,
                           ULONG SourceBytes)
{
    *ActualBytes = drvlint_any_u32();
    return model_any_result();
}

NTSTATUS RtlUnicodeToUTF8N(PCHAR Destination, ULONG MaxBytes, PULONG ActualBytes, PCWCH Source,
                           ULONG SourceBytes)
{
    *ActualBytes = drvlint_any_u32();
    return model_any_result();
}

ANY_BOOLEAN(RtlEqualString, (const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive))
ANY_BOOLEAN(RtlEqualUnicodeString,
            (PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive))
ANY_BOOLEAN(RtlPrefixUnicodeString,
            (PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive))
ANY_VALUE(LONG, RtlCompareUnicodeString,
          (PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive))
ANY_VALUE(WCHAR, RtlUpcaseUnicodeChar, (WCHAR SourceCharacter))
ANY_VALUE(CHAR, RtlUpperChar, (CHAR Character))
ANY_VALUE(ULONG, RtlxAnsiStringToUnicodeSize, (PCANSI_STRING AnsiString))
ANY_VALUE(ULONG, RtlxUnicodeStringToAnsiSize, (PCUNICODE_STRING UnicodeString))

/* ---- blocks of memory, bit maps, numbers ---- */

ANY_VALUE(SIZE_T, RtlCompareMemory, (const void *Source1, const void *Source2, SIZE_T Length))
ANY_BOOLEAN(RtlCheckBit, (PRTL_BITMAP BitMapHeader, ULONG BitPosition))
ANY_BOOLEAN(RtlTestBit, (PRTL_BITMAP BitMapHeader, ULONG BitNumber))
NO_EFFECT(RtlClearAllBits, (PRTL_BITMAP BitMapHeader))
NO_EFFECT(RtlSetAllBits, (PRTL_BITMAP BitMapHeader))
NO_EFFECT(RtlClearBit, (PRTL_BITMAP BitMapHeader, ULONG BitNumber))
NO_EFFECT(RtlSetBit, (PRTL_BITMAP BitMapHeader, ULONG BitNumber))
NO_EFFECT(RtlClearBits, (PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG NumberToClear))
NO_EFFECT(RtlSetBits, (PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG NumberToSet))
ANY_VALUE(ULONG, RtlFindClearBits, (PRTL_BITMAP BitMapHeader, ULONG NumberToFind, ULONG HintIndex))
ANY_VALUE(ULONG, RtlFindClearBitsAndSet,
          (PRTL_BITMAP BitMapHeader, ULONG NumberToFind, ULONG HintIndex))
ANY_VALUE(ULONG, RtlNumberOfSetBits, (PRTL_BITMAP BitMapHeader))
ANY_VALUE(ULONG, RtlNumberOfSetBitsUlongPtr, (ULONG_PTR Target))
ANY_VALUE(CCHAR, RtlFindLeastSignificantBit, (ULONGLONG Set))
ANY_VALUE(CCHAR, RtlFindMostSignificantBit, (ULONGLONG Set))
ANY_VALUE(ULONG, RtlRandom, (PULONG Seed))
ANY_VALUE(ULONG, RtlRandomEx, (PULONG Seed))
ANY_VALUE(ULONG, RtlUniform, (PULONG Seed))
ANY_VALUE(USHORT, RtlCaptureStackBackTrace,
          (ULONG FramesToSkip, ULONG FramesToCapture, PVOID *BackTrace, PULONG BackTraceHash))
ANY_VALUE(ULONGLONG, VerSetConditionMask,
          (ULONGLONG ConditionMask, ULONG TypeMask, UCHAR Condition))

void RtlInitializeBitMap(PRTL_BITMAP BitMapHeader, PULONG BitMapBuffer, ULONG SizeOfBitMap)
{
    BitMapHeader->Buffer = BitMapBuffer;
    BitMapHeader->SizeOfBitMap = SizeOfBitMap;
}

LARGE_INTEGER RtlConvertLongToLargeInteger(LONG SignedInteger)
{
    LARGE_INTEGER result;

    result.QuadPart = SignedInteger;
    return result;
}

LARGE_INTEGER RtlConvertUlongToLargeInteger(ULONG UnsignedInteger)
{
    LARGE_INTEGER result;

    result.QuadPart = UnsignedInteger;
    return result;
}
