/* Lists with interlocked access. The plain list functions are inline in the headers; these do the
 * same under a lock that nobody sees held.
 *
 * Pages: nf-wdm-exinterlockedinserttaillist and its family. */
#include "kernel.h"

PLIST_ENTRY ExInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
                                        PKSPIN_LOCK Lock)
{
    PLIST_ENTRY first = ListHead->Flink;

    InsertHeadList(ListHead, ListEntry);
    return first == ListHead ? NULL : first;
}

PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
                                        PKSPIN_LOCK Lock)
{
    PLIST_ENTRY last = ListHead->Blink;

    InsertTailList(ListHead, ListEntry);
    return last == ListHead ? NULL : last;
}

PLIST_ENTRY ExInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PKSPIN_LOCK Lock)
{
    if (IsListEmpty(ListHead))
        return NULL;
    return RemoveHeadList(ListHead);
}

PSINGLE_LIST_ENTRY ExInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PKSPIN_LOCK Lock)
{
    return PopEntryList(ListHead);
}

PSINGLE_LIST_ENTRY ExInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead,
                                              PSINGLE_LIST_ENTRY ListEntry, PKSPIN_LOCK Lock)
{
    PSINGLE_LIST_ENTRY first = ListHead->Next;

    PushEntryList(ListHead, ListEntry);
    return first;
}

ULONG ExInterlockedAddUlong(PULONG Addend, ULONG Increment, PKSPIN_LOCK Lock)
{
    ULONG old = *Addend;

    *Addend = old + Increment;
    return old;
}

LARGE_INTEGER ExInterlockedAddLargeInteger(PLARGE_INTEGER Addend, LARGE_INTEGER Increment,
                                           PKSPIN_LOCK Lock)
{
    LARGE_INTEGER old = *Addend;

    Addend->QuadPart = old.QuadPart + Increment.QuadPart;
    return old;
}

void ExInterlockedAddLargeStatistic(PLARGE_INTEGER Addend, ULONG Increment)
{
    Addend->QuadPart += Increment;
}

/* ---- sequenced lists ----
 *
 * Stacks. Their head is opaque to drivers: here its first word leads to the first entry. Nothing
 * comes in between, so that no sequence number is needed. */

static PSLIST_ENTRY *slist_first(PSLIST_HEADER head)
{
    return (PSLIST_ENTRY *)(PVOID)head;
}

void ExInitializeSListHead(PSLIST_HEADER SListHead)
{
    *slist_first(SListHead) = NULL;
}

void InitializeSListHead(PSLIST_HEADER SListHead)
{
    *slist_first(SListHead) = NULL;
}

PSLIST_ENTRY InterlockedPushEntrySList(PSLIST_HEADER Head, PSLIST_ENTRY Entry)
{
    PSLIST_ENTRY first = *slist_first(Head);

    Entry->Next = first;
    *slist_first(Head) = Entry;
    return first;
}

PSLIST_ENTRY InterlockedPopEntrySList(PSLIST_HEADER Head)
{
    PSLIST_ENTRY first = *slist_first(Head);

    if (first)
        *slist_first(Head) = first->Next;
    return first;
}

PSLIST_ENTRY InterlockedFlushSList(PSLIST_HEADER Head)
{
    PSLIST_ENTRY first = *slist_first(Head);

    *slist_first(Head) = NULL;
    return first;
}

/* How many entries there are is not kept, but whether there are any. */
USHORT ExQueryDepthSList(PSLIST_HEADER SListHead)
{
    USHORT depth;

    if (!*slist_first(SListHead))
        return 0;
    depth = drvlint_any_u16();
    drvlint_assume(depth != 0);
    return depth;
}

PSLIST_ENTRY ExInterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry,
                                         PKSPIN_LOCK Lock)
{
    return InterlockedPushEntrySList(ListHead, ListEntry);
}

PSLIST_ENTRY ExInterlockedPopEntrySList(PSLIST_HEADER ListHead, PKSPIN_LOCK Lock)
{
    return InterlockedPopEntrySList(ListHead);
}

PSLIST_ENTRY ExInterlockedFlushSList(PSLIST_HEADER ListHead)
{
    return InterlockedFlushSList(ListHead);
}
