/* Lists and counters with interlocked access: like the kernel's, with an NDIS spin lock.
 *
 * Pages: nf-ndis-ndisinterlockedinserttaillist and its family. */
#include "model.h"

ULONG NdisInterlockedAddUlong(PULONG Addend, ULONG Increment, PNDIS_SPIN_LOCK SpinLock)
{
    ULONG old = *Addend;

    *Addend = old + Increment;
    return old;
}

PLIST_ENTRY NdisInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
                                          PNDIS_SPIN_LOCK SpinLock)
{
    PLIST_ENTRY first = ListHead->Flink;

    InsertHeadList(ListHead, ListEntry);
    return first == ListHead ? NULL : first;
}

PLIST_ENTRY NdisInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
                                          PNDIS_SPIN_LOCK SpinLock)
{
    PLIST_ENTRY last = ListHead->Blink;

    InsertTailList(ListHead, ListEntry);
    return last == ListHead ? NULL : last;
}

PLIST_ENTRY NdisInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PNDIS_SPIN_LOCK SpinLock)
{
    if (IsListEmpty(ListHead))
        return NULL;
    return RemoveHeadList(ListHead);
}

PSINGLE_LIST_ENTRY NdisInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PNDIS_SPIN_LOCK Lock)
{
    return PopEntryList(ListHead);
}

PSINGLE_LIST_ENTRY NdisInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead,
                                                PSINGLE_LIST_ENTRY ListEntry, PNDIS_SPIN_LOCK Lock)
{
    PSINGLE_LIST_ENTRY first = ListHead->Next;

    PushEntryList(ListHead, ListEntry);
    return first;
}

void NdisInitializeSListHead(PSLIST_HEADER SListHead)
{
    ExInitializeSListHead(SListHead);
}

USHORT NdisQueryDepthSList(PSLIST_HEADER SListHead)
{
    return ExQueryDepthSList(SListHead);
}

PSLIST_ENTRY NdisInterlockedPopEntrySList(PSLIST_HEADER SListHead, PNDIS_SPIN_LOCK Lock)
{
    return InterlockedPopEntrySList(SListHead);
}

PSLIST_ENTRY NdisInterlockedPushEntrySList(PSLIST_HEADER SListHead, PSLIST_ENTRY SListEntry,
                                           PNDIS_SPIN_LOCK Lock)
{
    return InterlockedPushEntrySList(SListHead, SListEntry);
}

PSLIST_ENTRY NdisInterlockedFlushSList(PSLIST_HEADER SListHead)
{
    return InterlockedFlushSList(SListHead);
}
