/* Memory of NDIS drivers: pool, generic objects, lookaside lists.
 *
 * Pages: nf-ndis-ndisallocatememorywithtagpriority, nf-ndis-ndisallocatememorywithtag,
 * nf-ndis-ndisfreememory, nf-ndis-ndisallocategenericobject,
 * nf-ndis-ndisinitializenpagedlookasidelist. */
#include "model.h"

PVOID NdisAllocateMemoryWithTagPriority(NDIS_HANDLE NdisHandle, UINT Length, ULONG Tag,
                                        EX_POOL_PRIORITY Priority)
{
    return FRESH_OR_NULL();
}

NDIS_STATUS NdisAllocateMemoryWithTag(PVOID *VirtualAddress, UINT Length, ULONG Tag)
{
    if (drvlint_choose()) {
        *VirtualAddress = NULL;
        return model_failure();
    }
    *VirtualAddress = drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisAllocateMemory(PVOID *VirtualAddress, UINT Length, UINT MemoryFlags,
                               NDIS_PHYSICAL_ADDRESS HighestAcceptableAddress)
{
    if (drvlint_choose()) {
        *VirtualAddress = NULL;
        return model_failure();
    }
    *VirtualAddress = drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

void NdisFreeMemory(PVOID VirtualAddress, UINT Length, UINT MemoryFlags)
{
    drvlint_free(VirtualAddress);
}

void NdisFreeMemoryWithTag(PVOID VirtualAddress, ULONG Tag)
{
    drvlint_free(VirtualAddress);
}

void NdisFreeMemoryWithTagPriority(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, ULONG Tag)
{
    drvlint_free(VirtualAddress);
}

PNDIS_GENERIC_OBJECT NdisAllocateGenericObject(PDRIVER_OBJECT DriverObject, ULONG Tag, USHORT Size)
{
    return (PNDIS_GENERIC_OBJECT)FRESH_OR_NULL();
}

void NdisFreeGenericObject(PNDIS_GENERIC_OBJECT NdisObject)
{
    drvlint_free(NdisObject);
}

void NdisInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside,
                                       PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free,
                                       ULONG Flags, ULONG Size, ULONG Tag, USHORT Depth)
{
    ExInitializeNPagedLookasideList(Lookaside, Allocate, Free, Flags, Size, Tag, Depth);
}

void NdisDeleteNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)
{
}

PVOID NdisAllocateFromNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)
{
    return ExAllocateFromNPagedLookasideList(Lookaside);
}

void NdisFreeToNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry)
{
    ExFreeToNPagedLookasideList(Lookaside, Entry);
}
