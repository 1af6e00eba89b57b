/* Processors, time, versions and other facts about the system: all arbitrary.
 *
 * Pages: nf-ndis-ndissystemprocessorcount, nf-ndis-ndisgetrssprocessorinformation,
 * nf-ndis-ndisgetsystemuptimeex, nf-ndis-ndisgetversion. */
#include "model.h"

/* ---- processors ---- */

CCHAR NdisSystemProcessorCount(void)
{
    return (CCHAR)drvlint_any_u8();
}

ULONG NdisSystemActiveProcessorCount(PKAFFINITY ActiveProcessors)
{
    if (ActiveProcessors)
        *ActiveProcessors = (KAFFINITY)drvlint_any_u64();
    return drvlint_any_u32();
}

USHORT NdisActiveGroupCount(void)
{
    return drvlint_any_u16();
}

USHORT NdisMaxGroupCount(void)
{
    return drvlint_any_u16();
}

ULONG NdisGroupActiveProcessorCount(USHORT Group)
{
    return drvlint_any_u32();
}

ULONG NdisGroupMaxProcessorCount(USHORT Group)
{
    return drvlint_any_u32();
}

KAFFINITY NdisGroupActiveProcessorMask(USHORT Group)
{
    return (KAFFINITY)drvlint_any_u64();
}

ULONG NdisCurrentProcessorIndex(void)
{
    return drvlint_any_u32();
}

PROCESSOR_NUMBER NdisCurrentGroupAndProcessor(void)
{
    PROCESSOR_NUMBER number;

    number.Group = drvlint_any_u16();
    number.Number = drvlint_any_u8();
    number.Reserved = 0;
    return number;
}

NTSTATUS NdisProcessorIndexToNumber(ULONG ProcIndex, PPROCESSOR_NUMBER ProcNum)
{
    if (drvlint_choose())
        return model_failure();
    ProcNum->Group = drvlint_any_u16();
    ProcNum->Number = drvlint_any_u8();
    ProcNum->Reserved = 0;
    return STATUS_SUCCESS;
}

ULONG NdisProcessorNumberToIndex(PROCESSOR_NUMBER ProcNum)
{
    return drvlint_any_u32();
}

NDIS_STATUS NdisGetProcessorInformation(PNDIS_SYSTEM_PROCESSOR_INFO SystemProcessorInfo)
{
    if (drvlint_choose())
        return model_failure();
    drvlint_havoc(SystemProcessorInfo, sizeof(*SystemProcessorInfo));
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisGetProcessorInformationEx(NDIS_HANDLE NdisHandle,
                                          PNDIS_SYSTEM_PROCESSOR_INFO_EX SystemProcessorInfo,
                                          PSIZE_T Size)
{
    if (SystemProcessorInfo)
        drvlint_havoc(SystemProcessorInfo, *Size);
    *Size = (SIZE_T)drvlint_any_u64();
    return model_any_result();
}

NDIS_STATUS NdisGetRssProcessorInformation(NDIS_HANDLE NdisHandle,
                                           PNDIS_RSS_PROCESSOR_INFO RssProcessorInfo, PSIZE_T Size)
{
    if (RssProcessorInfo)
        drvlint_havoc(RssProcessorInfo, *Size);
    *Size = (SIZE_T)drvlint_any_u64();
    return model_any_result();
}

void NdisGetCurrentProcessorCpuUsage(PULONG pCpuUsage)
{
    *pCpuUsage = drvlint_any_u32();
}

void NdisGetCurrentProcessorCounts(PULONG pIdleCount, PULONG pKernelAndUser, PULONG pIndex)
{
    *pIdleCount = drvlint_any_u32();
    *pKernelAndUser = drvlint_any_u32();
    *pIndex = drvlint_any_u32();
}

ULONG NdisGetSharedDataAlignment(void)
{
    return drvlint_any_u32();
}

/* ---- time and versions ---- */

void NdisGetCurrentSystemTime(PLARGE_INTEGER pSystemTime)
{
    pSystemTime->QuadPart = (LONGLONG)drvlint_any_u64();
}

void NdisGetSystemUpTimeEx(PLARGE_INTEGER pSystemUpTime)
{
    pSystemUpTime->QuadPart = (LONGLONG)drvlint_any_u64();
}

void NdisGetSystemUpTime(PULONG pSystemUpTime)
{
    *pSystemUpTime = drvlint_any_u32();
}

UINT NdisGetVersion(void)
{
    return drvlint_any_u32();
}

NDIS_STATUS NdisGetHypervisorInfo(PNDIS_HYPERVISOR_INFO HypervisorInfo)
{
    if (drvlint_choose())
        return model_failure();
    drvlint_havoc(HypervisorInfo, sizeof(*HypervisorInfo));
    return NDIS_STATUS_SUCCESS;
}

/* NULL if the system has no function of that name; what it does otherwise is not known. */
PVOID NdisGetRoutineAddress(PNDIS_STRING NdisRoutineName)
{
    return drvlint_any_pointer();
}
