/* Strings. Their text is not looked at; converted strings are allocated.
 *
 * Pages: nf-ndis-ndisinitunicodestring, nf-ndis-ndisansistringtounicodestring,
 * nf-ndis-ndisequalstring. */
#include "model.h"

void NdisInitializeString(PNDIS_STRING Destination, PUCHAR Source)
{
    Destination->Buffer = (PWSTR)drvlint_any_pointer();
    Destination->Length = drvlint_any_u16();
    Destination->MaximumLength = drvlint_any_u16();
}

void NdisInitAnsiString(PANSI_STRING DestinationString, PCSTR SourceString)
{
    DestinationString->Buffer = (PCHAR)SourceString;
    DestinationString->Length = drvlint_any_u16();
    DestinationString->MaximumLength = drvlint_any_u16();
}

void NdisInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    DestinationString->Buffer = (PWSTR)SourceString;
    DestinationString->Length = drvlint_any_u16();
    DestinationString->MaximumLength = drvlint_any_u16();
}

NDIS_STATUS NdisAnsiStringToUnicodeString(PUNICODE_STRING DestinationString,
                                          PANSI_STRING SourceString)
{
    if (drvlint_choose())
        return model_failure();
    DestinationString->Length = drvlint_any_u16();
    drvlint_havoc(DestinationString->Buffer, DestinationString->MaximumLength);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisUnicodeStringToAnsiString(PANSI_STRING DestinationString,
                                          PUNICODE_STRING SourceString)
{
    if (drvlint_choose())
        return model_failure();
    DestinationString->Length = drvlint_any_u16();
    drvlint_havoc(DestinationString->Buffer, DestinationString->MaximumLength);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisUpcaseUnicodeString(PUNICODE_STRING DestinationString, PUNICODE_STRING SourceString)
{
    return model_any_result();
}

BOOLEAN NdisEqualString(PNDIS_STRING String1, PNDIS_STRING String2, BOOLEAN CaseInsensitive)
{
    return model_any_boolean();
}

BOOLEAN NdisEqualUnicodeString(PUNICODE_STRING String1, PUNICODE_STRING String2,
                               BOOLEAN CaseInsensitive)
{
    return model_any_boolean();
}
