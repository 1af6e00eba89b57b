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

/* ---- lookaside lists ----
 *
 * A list has the functions that the driver has given it, and calls them for each entry. Entries that
 * a list keeps between their lives would come from one free and go to the next allocation without
 * the driver's functions; they are left out. */

static PVOID list_allocates(const GENERAL_LOOKASIDE *list)
{
    return list->Allocate ? list->Allocate(list->Type, list->Size, list->Tag) : FRESH_OR_NULL();
}

static void list_frees(const GENERAL_LOOKASIDE *list, PVOID entry)
{
    if (list->Free)
        list->Free(entry);
    else
        drvlint_free(entry);
}

NTSTATUS ExInitializeLookasideListEx(PLOOKASIDE_LIST_EX Lookaside, PALLOCATE_FUNCTION_EX Allocate,
                                     PFREE_FUNCTION_EX Free, POOL_TYPE PoolType, ULONG Flags,
                                     SIZE_T Size, ULONG Tag, USHORT Depth)
{
    if (drvlint_choose())
        return model_failure();
    Lookaside->L.AllocateEx = Allocate;
    Lookaside->L.FreeEx = Free;
    Lookaside->L.Type = PoolType;
    Lookaside->L.Size = (ULONG)Size;
    Lookaside->L.Tag = Tag;
    return STATUS_SUCCESS;
}

NO_EFFECT(ExDeleteLookasideListEx, (PLOOKASIDE_LIST_EX Lookaside))

PVOID ExAllocateFromLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)
{
    const GENERAL_LOOKASIDE_POOL *list = &Lookaside->L;

    return list->AllocateEx ? list->AllocateEx(list->Type, list->Size, list->Tag, Lookaside)
                            : FRESH_OR_NULL();
}

void ExFreeToLookasideListEx(PLOOKASIDE_LIST_EX Lookaside, PVOID Entry)
{
    if (Lookaside->L.FreeEx)
        Lookaside->L.FreeEx(Entry, Lookaside);
    else
        drvlint_free(Entry);
}

void ExInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate,
                                     PFREE_FUNCTION Free, ULONG Flags, SIZE_T Size, ULONG Tag,
                                     USHORT Depth)
{
    Lookaside->L.Allocate = Allocate;
    Lookaside->L.Free = Free;
    Lookaside->L.Type = NonPagedPool;
    Lookaside->L.Size = (ULONG)Size;
    Lookaside->L.Tag = Tag;
}

NO_EFFECT(ExDeleteNPagedLookasideList, (PNPAGED_LOOKASIDE_LIST Lookaside))

PVOID ExAllocateFromNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)
{
    return list_allocates(&Lookaside->L);
}

void ExFreeToNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry)
{
    list_frees(&Lookaside->L, Entry);
}

void ExInitializePagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate,
                                    PFREE_FUNCTION Free, ULONG Flags, SIZE_T Size, ULONG Tag,
                                    USHORT Depth)
{
    Lookaside->L.Allocate = Allocate;
    Lookaside->L.Free = Free;
    Lookaside->L.Type = PagedPool;
    Lookaside->L.Size = (ULONG)Size;
    Lookaside->L.Tag = Tag;
}

NO_EFFECT(ExDeletePagedLookasideList, (PPAGED_LOOKASIDE_LIST Lookaside))

PVOID ExAllocateFromPagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside)
{
    return list_allocates(&Lookaside->L);
}

void ExFreeToPagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry)
{
    list_frees(&Lookaside->L, Entry);
}
