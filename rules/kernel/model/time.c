/* Time, processors, threads and versions: all arbitrary.
 *
 * Pages: nf-wdm-kequerysystemtime, nf-wdm-kequeryactiveprocessorcountex, nf-wdm-rtlgetversion. */
#include "kernel.h"

/* ---- time ---- */

void KeQuerySystemTime(PLARGE_INTEGER CurrentTime)
{
    CurrentTime->QuadPart = (LONGLONG)drvlint_any_u64();
}

void KeQuerySystemTimePrecise(PLARGE_INTEGER CurrentTime)
{
    CurrentTime->QuadPart = (LONGLONG)drvlint_any_u64();
}

void KeQueryTickCount(PLARGE_INTEGER CurrentCount)
{
    CurrentCount->QuadPart = (LONGLONG)drvlint_any_u64();
}

LARGE_INTEGER KeQueryPerformanceCounter(PLARGE_INTEGER PerformanceFrequency)
{
    LARGE_INTEGER count;

    if (PerformanceFrequency)
        PerformanceFrequency->QuadPart = (LONGLONG)drvlint_any_u64();
    count.QuadPart = (LONGLONG)drvlint_any_u64();
    return count;
}

ULONGLONG KeQueryInterruptTimePrecise(PULONG64 QpcTimeStamp)
{
    *QpcTimeStamp = drvlint_any_u64();
    return drvlint_any_u64();
}

ANY_VALUE(ULONGLONG, KeQueryInterruptTime, (void))
ANY_VALUE(ULONGLONG, KeQueryUnbiasedInterruptTime, (void))
ANY_VALUE(ULONG, KeQueryTimeIncrement, (void))
ANY_VALUE(ULONG, ExSetTimerResolution, (ULONG DesiredTime, BOOLEAN SetResolution))
NO_EFFECT(KeStallExecutionProcessor, (ULONG MicroSeconds))

void ExSystemTimeToLocalTime(PLARGE_INTEGER SystemTime, PLARGE_INTEGER LocalTime)
{
    LocalTime->QuadPart = (LONGLONG)drvlint_any_u64();
}

void ExLocalTimeToSystemTime(PLARGE_INTEGER LocalTime, PLARGE_INTEGER SystemTime)
{
    SystemTime->QuadPart = (LONGLONG)drvlint_any_u64();
}

void RtlTimeToTimeFields(PLARGE_INTEGER Time, PTIME_FIELDS TimeFields)
{
    drvlint_havoc(TimeFields, sizeof(*TimeFields));
}

BOOLEAN RtlTimeFieldsToTime(PTIME_FIELDS TimeFields, PLARGE_INTEGER Time)
{
    Time->QuadPart = (LONGLONG)drvlint_any_u64();
    return model_any_boolean();
}

/* ---- processors and threads ---- */

static void any_processor(PPROCESSOR_NUMBER number)
{
    number->Group = drvlint_any_u16();
    number->Number = drvlint_any_u8();
    number->Reserved = 0;
}

ANY_VALUE(ULONG, KeGetCurrentProcessorNumber, (void))
ANY_VALUE(ULONG, KeGetCurrentProcessorIndex, (void))
ANY_VALUE(ULONG, KeGetProcessorIndexFromNumber, (PPROCESSOR_NUMBER ProcNumber))
ANY_VALUE(ULONG, KeQueryActiveProcessorCountEx, (USHORT GroupNumber))
ANY_VALUE(ULONG, KeQueryMaximumProcessorCountEx, (USHORT GroupNumber))
ANY_VALUE(ULONG, KeQueryMaximumProcessorCount, (void))
ANY_VALUE(USHORT, KeQueryActiveGroupCount, (void))
ANY_VALUE(USHORT, KeQueryMaximumGroupCount, (void))
ANY_VALUE(KAFFINITY, KeQueryGroupAffinity, (USHORT GroupNumber))
ANY_VALUE(KAFFINITY, KeQueryActiveProcessors, (void))
ANY_VALUE(USHORT, KeGetCurrentNodeNumber, (void))
ANY_VALUE(USHORT, KeQueryHighestNodeNumber, (void))
ANY_VALUE(ULONG, KeGetRecommendedSharedDataAlignment, (void))
NO_EFFECT(KeSetSystemAffinityThread, (KAFFINITY Affinity))
ANY_VALUE(KAFFINITY, KeSetSystemAffinityThreadEx, (KAFFINITY Affinity))
NO_EFFECT(KeRevertToUserAffinityThread, (void))
NO_EFFECT(KeRevertToUserAffinityThreadEx, (KAFFINITY Affinity))
NO_EFFECT(KeRevertToUserGroupAffinityThread, (PGROUP_AFFINITY PreviousAffinity))
NO_EFFECT(KeRestoreExtendedProcessorState, (PXSTATE_SAVE XStateSave))
ANY_RESULT(KeSaveExtendedProcessorState, (ULONG64 Mask, PXSTATE_SAVE XStateSave))
ANY_VALUE(ULONG64, RtlGetEnabledExtendedFeatures, (ULONG64 FeatureMask))
ANY_POINTER(PKTHREAD, KeGetCurrentThread, (void))
ANY_POINTER(HANDLE, PsGetCurrentProcessId, (void))
ANY_POINTER(HANDLE, PsGetCurrentThreadId, (void))
ANY_POINTER(HANDLE, PsGetProcessId, (PEPROCESS Process))
ANY_VALUE(KPROCESSOR_MODE, ExGetPreviousMode, (void))
NO_EFFECT(KeMemoryBarrier, (void))

ULONG KeGetCurrentProcessorNumberEx(PPROCESSOR_NUMBER ProcNumber)
{
    if (ProcNumber)
        any_processor(ProcNumber);
    return drvlint_any_u32();
}

NTSTATUS KeGetProcessorNumberFromIndex(ULONG ProcIndex, PPROCESSOR_NUMBER ProcNumber)
{
    if (drvlint_choose())
        return model_failure();
    any_processor(ProcNumber);
    return STATUS_SUCCESS;
}

ULONG KeQueryActiveProcessorCount(PKAFFINITY ActiveProcessors)
{
    if (ActiveProcessors)
        *ActiveProcessors = (KAFFINITY)drvlint_any_u64();
    return drvlint_any_u32();
}

void KeSetSystemGroupAffinityThread(PGROUP_AFFINITY Affinity, PGROUP_AFFINITY PreviousAffinity)
{
    if (PreviousAffinity)
        drvlint_havoc(PreviousAffinity, sizeof(*PreviousAffinity));
}

NTSTATUS KeQueryLogicalProcessorRelationship(PPROCESSOR_NUMBER ProcessorNumber,
                                             LOGICAL_PROCESSOR_RELATIONSHIP RelationshipType,
                                             PSYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX Information,
                                             PULONG Length)
{
    if (Information)
        drvlint_havoc(Information, *Length);
    *Length = drvlint_any_u32();
    return model_any_result();
}

NTSTATUS KeQueryDpcWatchdogInformation(PKDPC_WATCHDOG_INFORMATION WatchdogInformation)
{
    if (drvlint_choose())
        return model_failure();
    drvlint_havoc(WatchdogInformation, sizeof(*WatchdogInformation));
    return STATUS_SUCCESS;
}

/* ---- versions ---- */

NTSTATUS RtlGetVersion(PRTL_OSVERSIONINFOW VersionInformation)
{
    drvlint_havoc(VersionInformation, sizeof(*VersionInformation));
    return STATUS_SUCCESS;
}

ANY_RESULT(RtlVerifyVersionInfo,
           (PRTL_OSVERSIONINFOEXW VersionInfo, ULONG TypeMask, ULONGLONG ConditionMask))

BOOLEAN PsGetVersion(PULONG MajorVersion, PULONG MinorVersion, PULONG BuildNumber,
                     PUNICODE_STRING CSDVersion)
{
    if (MajorVersion)
        *MajorVersion = drvlint_any_u32();
    if (MinorVersion)
        *MinorVersion = drvlint_any_u32();
    if (BuildNumber)
        *BuildNumber = drvlint_any_u32();
    return model_any_boolean();
}
