/* Pool and lookaside lists.
 *
 * Pages: nf-wdm-exallocatepoolwithtag, nf-wdm-exallocatepool2, nf-wdm-exfreepoolwithtag,
 * nf-wdm-exinitializelookasidelistex. */
#include "kernel.h"

ALLOCATES(PVOID, ExAllocatePool, (POOL_TYPE PoolType, SIZE_T NumberOfBytes))
ALLOCATES(PVOID, ExAllocatePoolWithTag, (POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag))
ALLOCATES(PVOID, ExAllocatePoolWithTagPriority,
          (POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag, EX_POOL_PRIORITY Priority))
ALLOCATES(PVOID, ExAllocatePoolUninitialized, (POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag))

/* Those that charge quota raise an exception instead of returning NULL. */
PVOID ExAllocatePoolWithQuota(POOL_TYPE PoolType, SIZE_T NumberOfBytes)
{
    return drvlint_fresh();
}

PVOID ExAllocatePoolWithQuotaTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    return drvlint_fresh();
}

PVOID ExAllocatePoolZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    return drvlint_choose() ? drvlint_fresh_zeroed() : NULL;
}

/* Zeroed unless the flags say otherwise. */
PVOID ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag)
{
    if (drvlint_choose())
        return NULL;
    return Flags & POOL_FLAG_UNINITIALIZED ? drvlint_fresh() : drvlint_fresh_zeroed();
}

FREES(ExFreePool, (PVOID P), P)
FREES(ExFreePoolWithTag, (PVOID P, ULONG Tag), P)
FREES(ExFreePool2, (PVOID P, ULONG Tag, PVOID ExtendedParameters, ULONG ExtendedParametersCount), P)

/* ---- lookaside lists ---- */

ANY_RESULT(ExInitializeLookasideListEx,
           (PLOOKASIDE_LIST_EX Lookaside, PALLOCATE_FUNCTION_EX Allocate, PFREE_FUNCTION_EX Free,
            POOL_TYPE PoolType, ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth))
NO_EFFECT(ExDeleteLookasideListEx, (PLOOKASIDE_LIST_EX Lookaside))
ALLOCATES(PVOID, ExAllocateFromLookasideListEx, (PLOOKASIDE_LIST_EX Lookaside))
FREES(ExFreeToLookasideListEx, (PLOOKASIDE_LIST_EX Lookaside, PVOID Entry), Entry)

NO_EFFECT(ExInitializeNPagedLookasideList,
          (PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free,
           ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth))
NO_EFFECT(ExDeleteNPagedLookasideList, (PNPAGED_LOOKASIDE_LIST Lookaside))
ALLOCATES(PVOID, ExAllocateFromNPagedLookasideList, (PNPAGED_LOOKASIDE_LIST Lookaside))
FREES(ExFreeToNPagedLookasideList, (PNPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry), Entry)

NO_EFFECT(ExInitializePagedLookasideList,
          (PPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free,
           ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth))
NO_EFFECT(ExDeletePagedLookasideList, (PPAGED_LOOKASIDE_LIST Lookaside))
ALLOCATES(PVOID, ExAllocateFromPagedLookasideList, (PPAGED_LOOKASIDE_LIST Lookaside))
FREES(ExFreeToPagedLookasideList, (PPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry), Entry)
