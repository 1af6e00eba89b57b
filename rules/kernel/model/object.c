/* Objects, files, the registry, security.
 *
 * Pages: nf-wdm-obreferenceobjectbyhandle, nf-wdm-zwopenkey, nf-wdm-zwqueryvaluekey,
 * nf-wdm-zwcreatefile. */
#include "kernel.h"

/* ---- objects ---- */

ANY_VALUE(LONG_PTR, ObReferenceObject, (PVOID Object))
ANY_VALUE(LONG_PTR, ObDereferenceObject, (PVOID Object))
ANY_VALUE(LONG_PTR, ObfReferenceObject, (PVOID Object))
ANY_VALUE(LONG_PTR, ObfDereferenceObject, (PVOID Object))
ANY_VALUE(LONG_PTR, ObReferenceObjectWithTag, (PVOID Object, ULONG Tag))
ANY_VALUE(LONG_PTR, ObDereferenceObjectWithTag, (PVOID Object, ULONG Tag))
NO_EFFECT(ObDereferenceObjectDeferDelete, (PVOID Object))
ANY_RESULT(ObReferenceObjectByPointer, (PVOID Object, ACCESS_MASK DesiredAccess,
                                        POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode))

NTSTATUS ObReferenceObjectByHandle(HANDLE Handle, ACCESS_MASK DesiredAccess,
                                   POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
                                   PVOID *Object, POBJECT_HANDLE_INFORMATION HandleInformation)
{
    if (drvlint_choose())
        return model_failure();
    *Object = drvlint_fresh();
    return STATUS_SUCCESS;
}

NTSTATUS ObOpenObjectByPointer(PVOID Object, ULONG HandleAttributes,
                               PACCESS_STATE PassedAccessState, ACCESS_MASK DesiredAccess,
                               POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode, PHANDLE Handle)
{
    if (drvlint_choose())
        return model_failure();
    *Handle = drvlint_fresh();
    return STATUS_SUCCESS;
}

NTSTATUS ObQueryNameString(PVOID Object, PVOID ObjectNameInfo, ULONG Length, PULONG ReturnLength)
{
    if (ObjectNameInfo)
        drvlint_havoc(ObjectNameInfo, Length);
    *ReturnLength = drvlint_any_u32();
    return model_any_result();
}

NTSTATUS ExUuidCreate(GUID *Uuid)
{
    drvlint_havoc(Uuid, sizeof(*Uuid));
    return model_any_result();
}

NTSTATUS PsLookupProcessByProcessId(HANDLE ProcessId, PEPROCESS *Process)
{
    if (drvlint_choose())
        return model_failure();
    *Process = (PEPROCESS)drvlint_fresh();
    return STATUS_SUCCESS;
}

/* ---- handles: opening gives a new one or fails ---- */

ANY_RESULT(ZwClose, (HANDLE Handle))

OPENS(ZwOpenKey, KeyHandle,
      (PHANDLE KeyHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes))
OPENS(ZwCreateKey, KeyHandle,
      (PHANDLE KeyHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
       ULONG TitleIndex, PUNICODE_STRING Class, ULONG CreateOptions, PULONG Disposition))
OPENS(ZwOpenFile, FileHandle,
      (PHANDLE FileHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
       PIO_STATUS_BLOCK IoStatusBlock, ULONG ShareAccess, ULONG OpenOptions))
OPENS(ZwCreateFile, FileHandle,
      (PHANDLE FileHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
       PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER AllocationSize, ULONG FileAttributes,
       ULONG ShareAccess, ULONG CreateDisposition, ULONG CreateOptions, PVOID EaBuffer,
       ULONG EaLength))
OPENS(ZwCreateSection, SectionHandle,
      (PHANDLE SectionHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
       PLARGE_INTEGER MaximumSize, ULONG SectionPageProtection, ULONG AllocationAttributes,
       HANDLE FileHandle))
OPENS(ZwOpenEvent, EventHandle,
      (PHANDLE EventHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes))
OPENS(ZwCreateEvent, EventHandle,
      (PHANDLE EventHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
       EVENT_TYPE EventType, BOOLEAN InitialState))

/* ---- the registry: arbitrary ---- */

/* Fills in as much as fits and says how much there is. Too small a buffer is only a warning. */
static NTSTATUS query(PVOID buffer, ULONG length, PULONG result_length)
{
    if (buffer)
        drvlint_havoc(buffer, length);
    *result_length = drvlint_any_u32();
    if (drvlint_choose())
        return STATUS_BUFFER_OVERFLOW;
    return model_any_result();
}

/* The values that are written directly; the callbacks of a table are not called. */
NTSTATUS RtlQueryRegistryValues(ULONG RelativeTo, PCWSTR Path, PRTL_QUERY_REGISTRY_TABLE QueryTable,
                                PVOID Context, PVOID Environment)
{
    PRTL_QUERY_REGISTRY_TABLE entry;

    for (entry = QueryTable; entry->QueryRoutine || entry->Name; entry++) {
        if (entry->Flags & RTL_QUERY_REGISTRY_DIRECT)
            *(PULONG)entry->EntryContext = drvlint_any_u32();
    }
    return model_any_result();
}

NTSTATUS ZwQueryKey(HANDLE KeyHandle, KEY_INFORMATION_CLASS KeyInformationClass,
                    PVOID KeyInformation, ULONG Length, PULONG ResultLength)
{
    return query(KeyInformation, Length, ResultLength);
}

NTSTATUS ZwQueryValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName,
                         KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
                         PVOID KeyValueInformation, ULONG Length, PULONG ResultLength)
{
    return query(KeyValueInformation, Length, ResultLength);
}

NTSTATUS ZwEnumerateKey(HANDLE KeyHandle, ULONG Index, KEY_INFORMATION_CLASS KeyInformationClass,
                        PVOID KeyInformation, ULONG Length, PULONG ResultLength)
{
    return query(KeyInformation, Length, ResultLength);
}

NTSTATUS ZwEnumerateValueKey(HANDLE KeyHandle, ULONG Index,
                             KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
                             PVOID KeyValueInformation, ULONG Length, PULONG ResultLength)
{
    return query(KeyValueInformation, Length, ResultLength);
}

ANY_RESULT(ZwSetValueKey, (HANDLE KeyHandle, PUNICODE_STRING ValueName, ULONG TitleIndex,
                           ULONG Type, PVOID Data, ULONG DataSize))
ANY_RESULT(ZwDeleteKey, (HANDLE KeyHandle))
ANY_RESULT(ZwDeleteValueKey, (HANDLE KeyHandle, PUNICODE_STRING ValueName))
ANY_RESULT(ZwFlushKey, (HANDLE KeyHandle))
ANY_RESULT(RtlWriteRegistryValue, (ULONG RelativeTo, PCWSTR Path, PCWSTR ValueName, ULONG ValueType,
                                   PVOID ValueData, ULONG ValueLength))
ANY_RESULT(RtlCreateRegistryKey, (ULONG RelativeTo, PWSTR Path))
ANY_RESULT(RtlCheckRegistryKey, (ULONG RelativeTo, PWSTR Path))
ANY_RESULT(RtlDeleteRegistryValue, (ULONG RelativeTo, PCWSTR Path, PCWSTR ValueName))

/* ---- files and events ---- */

NTSTATUS ZwReadFile(HANDLE FileHandle, HANDLE Event, PVOID ApcRoutine, PVOID ApcContext,
                    PIO_STATUS_BLOCK IoStatusBlock, PVOID Buffer, ULONG Length,
                    PLARGE_INTEGER ByteOffset, PULONG Key)
{
    drvlint_havoc(Buffer, Length);
    IoStatusBlock->Information = (ULONG_PTR)drvlint_any_u64();
    return model_any_result();
}

NTSTATUS ZwWriteFile(HANDLE FileHandle, HANDLE Event, PVOID ApcRoutine, PVOID ApcContext,
                     PIO_STATUS_BLOCK IoStatusBlock, PVOID Buffer, ULONG Length,
                     PLARGE_INTEGER ByteOffset, PULONG Key)
{
    IoStatusBlock->Information = (ULONG_PTR)drvlint_any_u64();
    return model_any_result();
}

NTSTATUS ZwQueryInformationFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock,
                                PVOID FileInformation, ULONG Length,
                                FILE_INFORMATION_CLASS FileInformationClass)
{
    drvlint_havoc(FileInformation, Length);
    return model_any_result();
}

ANY_RESULT(ZwSetInformationFile,
           (HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock, PVOID FileInformation, ULONG Length,
            FILE_INFORMATION_CLASS FileInformationClass))
ANY_RESULT(ZwLoadDriver, (PUNICODE_STRING DriverServiceName))
ANY_RESULT(ZwUnloadDriver, (PUNICODE_STRING DriverServiceName))

NTSTATUS ZwSetEvent(HANDLE EventHandle, PLONG PreviousState)
{
    return model_any_result();
}

NTSTATUS ZwWaitForSingleObject(HANDLE Handle, BOOLEAN Alertable, PLARGE_INTEGER Timeout)
{
    model_let_others_run();
    if (Timeout && drvlint_choose())
        return STATUS_TIMEOUT;
    return STATUS_SUCCESS;
}

/* ---- security ---- */

ANY_RESULT(RtlCreateSecurityDescriptor, (PSECURITY_DESCRIPTOR SecurityDescriptor, ULONG Revision))
ANY_RESULT(RtlSetDaclSecurityDescriptor, (PSECURITY_DESCRIPTOR SecurityDescriptor,
                                          BOOLEAN DaclPresent, PACL Dacl, BOOLEAN DaclDefaulted))
ANY_VALUE(ULONG, RtlLengthSecurityDescriptor, (PSECURITY_DESCRIPTOR SecurityDescriptor))
ANY_BOOLEAN(RtlValidSecurityDescriptor, (PSECURITY_DESCRIPTOR SecurityDescriptor))
ANY_BOOLEAN(SeSinglePrivilegeCheck, (LUID PrivilegeValue, KPROCESSOR_MODE PreviousMode))
OPENS(SeAssignSecurity, NewDescriptor,
      (PSECURITY_DESCRIPTOR ParentDescriptor, PSECURITY_DESCRIPTOR ExplicitDescriptor,
       PSECURITY_DESCRIPTOR *NewDescriptor, BOOLEAN IsDirectoryObject,
       PSECURITY_SUBJECT_CONTEXT SubjectContext, PGENERIC_MAPPING GenericMapping,
       POOL_TYPE PoolType))
ANY_RESULT(SeDeassignSecurity, (PSECURITY_DESCRIPTOR * SecurityDescriptor))
NO_EFFECT(SeReleaseSubjectContext, (PSECURITY_SUBJECT_CONTEXT SubjectContext))

void SeCaptureSubjectContext(PSECURITY_SUBJECT_CONTEXT SubjectContext)
{
    drvlint_havoc(SubjectContext, sizeof(*SubjectContext));
}

BOOLEAN SeAccessCheck(PSECURITY_DESCRIPTOR SecurityDescriptor,
                      PSECURITY_SUBJECT_CONTEXT SubjectSecurityContext,
                      BOOLEAN SubjectContextLocked, ACCESS_MASK DesiredAccess,
                      ACCESS_MASK PreviouslyGrantedAccess, PPRIVILEGE_SET *Privileges,
                      PGENERIC_MAPPING GenericMapping, KPROCESSOR_MODE AccessMode,
                      PACCESS_MASK GrantedAccess, PNTSTATUS AccessStatus)
{
    if (drvlint_choose()) {
        *AccessStatus = model_failure();
        return FALSE;
    }
    *GrantedAccess = drvlint_any_u32();
    *AccessStatus = STATUS_SUCCESS;
    return TRUE;
}
