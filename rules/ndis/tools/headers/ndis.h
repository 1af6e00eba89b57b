/* NDIS 6: miniports, protocols, filters, connection-oriented and intermediate drivers.
 *
 * Everything that is a function in the documentation is a function here, also where other headers
 * have a macro, so that rules and models see a call. Macros remain where they only name a field. */
#ifndef DRVLINT_NDIS_H
#define DRVLINT_NDIS_H

#include "ntddk.h"
#include "ndisversion.h"
#include "netevent.h"
#include "ntddndis.h"
#include "qos.h"
#include "windot11.h"
#include "xfilter.h"

EXTERN_C_START

#define EXPORT
#define NDIS_ERROR_CODE ULONG
#define NDIS_INIT_FUNCTION(F)
#define NDIS_PAGABLE_FUNCTION(F)
#define NDIS_PAGEABLE_FUNCTION(F)
#define DECLARE_UNKNOWN_STRUCT(Name) typedef struct _##Name Name, *P##Name;
#define DECLARE_UNKNOWN_PROTOTYPE(Name) typedef void (*Name)(void);

/* Contexts that a driver gives NDIS: their types are for checkers that need a hint. */
#define NDIS_DECLARE_MINIPORT_DRIVER_CONTEXT(type)
#define NDIS_DECLARE_MINIPORT_ADAPTER_CONTEXT(type)
#define NDIS_DECLARE_MINIPORT_INTERRUPT_CONTEXT(type)
#define NDIS_DECLARE_FILTER_DRIVER_CONTEXT(type)
#define NDIS_DECLARE_FILTER_MODULE_CONTEXT(type)
#define NDIS_DECLARE_PROTOCOL_DRIVER_CONTEXT(type)
#define NDIS_DECLARE_PROTOCOL_OPEN_CONTEXT(type)
#define NDIS_DECLARE_SHARED_MEMORY_PROVIDER_CONTEXT(type)
#define NDIS_DECLARE_TIMER_CONTEXT(type)
#define NDIS_DECLARE_SWITCH_CONTEXT(type)

typedef PVOID NDIS_HANDLE, *PNDIS_HANDLE;
typedef int INT, *PINT;
typedef unsigned int UINT, *PUINT;
typedef UNICODE_STRING NDIS_STRING, *PNDIS_STRING;
typedef const NDIS_STRING *PCNDIS_STRING;
typedef ANSI_STRING NDIS_ANSI_STRING, *PNDIS_ANSI_STRING;
typedef PHYSICAL_ADDRESS NDIS_PHYSICAL_ADDRESS, *PNDIS_PHYSICAL_ADDRESS;
typedef MDL NDIS_BUFFER, *PNDIS_BUFFER;
typedef struct _NET_BUFFER NET_BUFFER, *PNET_BUFFER;
typedef struct _NET_BUFFER_LIST NET_BUFFER_LIST, *PNET_BUFFER_LIST;
typedef struct _NET_BUFFER_LIST_CONTEXT NET_BUFFER_LIST_CONTEXT, *PNET_BUFFER_LIST_CONTEXT;
typedef struct _NDIS_OID_REQUEST NDIS_OID_REQUEST, *PNDIS_OID_REQUEST;
typedef struct _NDIS_STATUS_INDICATION NDIS_STATUS_INDICATION, *PNDIS_STATUS_INDICATION;

#define NDIS_STRING_CONST(x) {sizeof(L##x) - 2, sizeof(L##x), L##x}
#define NDIS_PHYSICAL_ADDRESS_CONST(Low, High) {{(ULONG)(Low), (LONG)(High)}}

/* Status values */

//@ constants NDIS_STATUS_* !NDIS_STATUS_INDICATION_REV* !NDIS_STATUS_INDICATION_FLAGS*

#define NDIS_STATUS_VF_CONFIG_STATE                      ((NDIS_STATUS)0x4002000EL)
#define NDIS_STATUS_RECEIVE_FILTER_CURRENT_CAPABILITIES  ((NDIS_STATUS)0x40020010L)
#define NDIS_STATUS_RECEIVE_FILTER_HARDWARE_CAPABILITIES ((NDIS_STATUS)0x40020020L)
#define NDIS_STATUS_RECEIVE_FILTER_QUEUE_PARAMETERS      ((NDIS_STATUS)0x40020030L)
#define NDIS_STATUS_NIC_SWITCH_CURRENT_CAPABILITIES      ((NDIS_STATUS)0x40020040L)
#define NDIS_STATUS_NIC_SWITCH_HARDWARE_CAPABILITIES     ((NDIS_STATUS)0x40020050L)
#define NDIS_STATUS_RECEIVE_FILTER_QUEUE_STATE_CHANGE    ((NDIS_STATUS)0x40020070L)
#define NDIS_STATUS_QOS_OPERATIONAL_PARAMETERS_CHANGE    ((NDIS_STATUS)0x400200A0L)
#define NDIS_STATUS_QOS_REMOTE_PARAMETERS_CHANGE         ((NDIS_STATUS)0x400200A1L)
#define NDIS_STATUS_PM_HARDWARE_CAPABILITIES             ((NDIS_STATUS)0x40030054L)
#define NDIS_STATUS_PM_WAKE_REASON                       ((NDIS_STATUS)0x40030055L)
#define NDIS_STATUS_REINIT_REQUIRED                      ((NDIS_STATUS)0xC0230030L)
#define NDIS_STATUS_INCOMPATIBLE_QOS                     NDIS_STATUS_INCOMPATABLE_QOS
#define NDIS_STATUS_DATA_NOT_ACCEPTED                    ((NDIS_STATUS)0xC000021BL)
#define NDIS_STATUS_SWITCH_PORT_REMOVE_VF                ((NDIS_STATUS)0xC0241001L)
#define NDIS_STATUS_SWITCH_NIC_STATUS                    ((NDIS_STATUS)0xC0241002L)

//@ constants NDIS_ERROR_CODE_*

/* Memory */

#define NdisMoveMemory(Destination, Source, Length) memcpy((Destination), (Source), (Length))
#define NdisMoveMappedMemory(Destination, Source, Length) memcpy((Destination), (Source), (Length))
#define NdisMoveFromMappedMemory(Destination, Source, Length) \
    NdisMoveMappedMemory(Destination, Source, Length)
#define NdisMoveToMappedMemory(Destination, Source, Length) \
    NdisMoveMappedMemory(Destination, Source, Length)
#define NdisZeroMemory(Destination, Length) memset((Destination), 0, (Length))
#define NdisZeroMappedMemory(Destination, Length) memset((Destination), 0, (Length))
#define NdisFillMemory(Destination, Length, Fill) memset((Destination), (Fill), (Length))
#define NdisEqualMemory(Source1, Source2, Length) (!memcmp((Source1), (Source2), (Length)))
#define NdisRetrieveUlong(Destination, Source) RtlRetrieveUlong(Destination, Source)
#define NdisStoreUlong(Destination, Value) RtlStoreUlong(Destination, Value)
#define NdisCopyLookaheadData(Destination, Source, Length, MacOptions) \
    memcpy((Destination), (Source), (Length))
#define NdisCreateLookaheadBufferFromSharedMemory(S, L, B) ((*(B)) = (S))
#define NdisDestroyLookaheadBufferFromSharedMemory(B)

//@ NDIS_MEMORY_* NdisAllocateMemory* NdisFreeMemory*

NDIS_STATUS NdisAllocateMemory(PVOID *VirtualAddress, UINT Length, UINT MemoryFlags,
    NDIS_PHYSICAL_ADDRESS HighestAcceptableAddress);

void NdisInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside,
    PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free, ULONG Flags, ULONG Size, ULONG Tag,
    USHORT Depth);
void NdisDeleteNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside);
PVOID NdisAllocateFromNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside);
void NdisFreeToNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry);

/* Strings */

void NdisInitUnicodeString(PNDIS_STRING DestinationString, PCWSTR SourceString);
void NdisInitAnsiString(PANSI_STRING DestinationString, PCSTR SourceString);
BOOLEAN NdisEqualString(PNDIS_STRING String1, PNDIS_STRING String2, BOOLEAN CaseInsensitive);
BOOLEAN NdisEqualUnicodeString(PNDIS_STRING String1, PNDIS_STRING String2, BOOLEAN CaseInsensitive);
NDIS_STATUS NdisAnsiStringToUnicodeString(
    PNDIS_STRING DestinationString, PANSI_STRING SourceString);
NDIS_STATUS NdisUnicodeStringToAnsiString(
    PANSI_STRING DestinationString, PNDIS_STRING SourceString);
NDIS_STATUS NdisUpcaseUnicodeString(
    PUNICODE_STRING DestinationString, PUNICODE_STRING SourceString);
#define NdisFreeString(String) NdisFreeMemory((String).Buffer, (String).MaximumLength, 0)
#define NdisPrintString(String) DbgPrint("%ls", (String).Buffer)
//@ functions NdisInitializeString

/* IRQL, locks, events */

#define NDIS_CURRENT_IRQL() KeGetCurrentIrql()
void NDIS_RAISE_IRQL_TO_DISPATCH(PKIRQL pIrql);
void NDIS_LOWER_IRQL(KIRQL OldIrql, KIRQL CurrentIrql);

//@ types NDIS_SPIN_LOCK NDIS_RW_LOCK* LOCK_STATE* NDIS_EVENT NDIS_MUTEX PNDIS_MUTEX

void NdisAllocateSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisFreeSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisDprAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisDprReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NDIS_INIT_MUTEX(PNDIS_MUTEX Mutex);
void NDIS_WAIT_FOR_MUTEX(PNDIS_MUTEX Mutex);
void NDIS_RELEASE_MUTEX(PNDIS_MUTEX Mutex);

//@ NDIS_RWL_* Ndis*RWLock* Ndis*ReadWriteLock Ndis*Event

/* Interlocked operations, lists */

FORCEINLINE LONG NdisInterlockedIncrement(LONG volatile *Addend)
{
    return *(LONG *)Addend += 1;
}

FORCEINLINE LONG NdisInterlockedDecrement(LONG volatile *Addend)
{
    return *(LONG *)Addend -= 1;
}

FORCEINLINE void NdisInterlockedAddLargeStatistic(PLARGE_INTEGER Addend, ULONG Increment)
{
    Addend->QuadPart += Increment;
}

FORCEINLINE void NdisInitializeListHead(PLIST_ENTRY ListHead)
{
    ListHead->Flink = ListHead->Blink = ListHead;
}

ULONG NdisInterlockedAddUlong(PULONG Addend, ULONG Increment, PNDIS_SPIN_LOCK SpinLock);
PLIST_ENTRY NdisInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
    PNDIS_SPIN_LOCK SpinLock);
PLIST_ENTRY NdisInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
    PNDIS_SPIN_LOCK SpinLock);
PLIST_ENTRY NdisInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PNDIS_SPIN_LOCK SpinLock);
PSINGLE_LIST_ENTRY NdisInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PNDIS_SPIN_LOCK Lock);
PSINGLE_LIST_ENTRY NdisInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead,
    PSINGLE_LIST_ENTRY ListEntry, PNDIS_SPIN_LOCK Lock);
void NdisInitializeSListHead(PSLIST_HEADER SListHead);
PSLIST_ENTRY NdisInterlockedPopEntrySList(PSLIST_HEADER SListHead, PNDIS_SPIN_LOCK Lock);
PSLIST_ENTRY NdisInterlockedPushEntrySList(PSLIST_HEADER SListHead, PSLIST_ENTRY SListEntry,
    PNDIS_SPIN_LOCK Lock);
PSLIST_ENTRY NdisInterlockedFlushSList(PSLIST_HEADER SListHead);
USHORT NdisQueryDepthSList(PSLIST_HEADER SListHead);

/* Time */

void NdisStallExecution(UINT MicrosecondsToStall);
void NdisGetCurrentSystemTime(PLARGE_INTEGER pSystemTime);

//@ NDIS_TIMER* PNDIS_TIMER* NDIS_MINIPORT_TIMER *SIZEOF_TIMER* Ndis*Timer* NdisMSleep NdisGetSystemUpTime*

void NdisGetSystemUpTime(PULONG pSystemUpTime);
void NdisMSetTimer(PNDIS_MINIPORT_TIMER Timer, UINT MillisecondsToDelay);

/* Processors */

#define NDIS_CURRENT_PROCESSOR_NUMBER KeGetCurrentProcessorNumber()
#define AFFINITY_MASK(n) ((KAFFINITY)1 << (n))

//@ *PROCESSOR* Ndis*Processor* Ndis*Group*

/* NET_BUFFER and NET_BUFFER_LIST */

#define NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1 sizeof(NET_BUFFER_POOL_PARAMETERS)
//@ types NET_BUFFER_SHARED_MEMORY NDIS_NET_BUFFER_LIST_INFO

typedef union _NET_BUFFER_DATA_LENGTH {
    ULONG DataLength;
    SIZE_T stDataLength;
} NET_BUFFER_DATA_LENGTH, *PNET_BUFFER_DATA_LENGTH;

typedef struct _NET_BUFFER_DATA {
    PNET_BUFFER Next;
    PMDL CurrentMdl;
    ULONG CurrentMdlOffset;
    union {
        ULONG DataLength;
        SIZE_T stDataLength;
    };
    PMDL MdlChain;
    ULONG DataOffset;
} NET_BUFFER_DATA, *PNET_BUFFER_DATA;

typedef union _NET_BUFFER_HEADER {
    NET_BUFFER_DATA NetBufferData;
    SLIST_HEADER Link;
} NET_BUFFER_HEADER, *PNET_BUFFER_HEADER;

struct _NET_BUFFER {
    union {
        struct {
            PNET_BUFFER Next;
            PMDL CurrentMdl;
            ULONG CurrentMdlOffset;
            union {
                ULONG DataLength;
                SIZE_T stDataLength;
            };
            PMDL MdlChain;
            ULONG DataOffset;
        };
        SLIST_HEADER Link;
        NET_BUFFER_HEADER NetBufferHeader;
    };
    USHORT ChecksumBias;
    USHORT Reserved;
    NDIS_HANDLE NdisPoolHandle;
    PVOID NdisReserved[2];
    PVOID ProtocolReserved[6];
    PVOID MiniportReserved[4];
    NDIS_PHYSICAL_ADDRESS DataPhysicalAddress;
    union {
        PNET_BUFFER_SHARED_MEMORY SharedMemoryInfo;
        PSCATTER_GATHER_LIST ScatterGatherList;
    };
};

typedef struct _NET_BUFFER_LIST_DATA {
    PNET_BUFFER_LIST Next;
    PNET_BUFFER FirstNetBuffer;
} NET_BUFFER_LIST_DATA, *PNET_BUFFER_LIST_DATA;

typedef union _NET_BUFFER_LIST_HEADER {
    NET_BUFFER_LIST_DATA NetBufferListData;
    SLIST_HEADER Link;
} NET_BUFFER_LIST_HEADER, *PNET_BUFFER_LIST_HEADER;

struct _NET_BUFFER_LIST {
    union {
        struct {
            PNET_BUFFER_LIST Next;
            PNET_BUFFER FirstNetBuffer;
        };
        SLIST_HEADER Link;
        NET_BUFFER_LIST_HEADER NetBufferListHeader;
    };
    PNET_BUFFER_LIST_CONTEXT Context;
    PNET_BUFFER_LIST ParentNetBufferList;
    NDIS_HANDLE NdisPoolHandle;
    PVOID NdisReserved[2];
    PVOID ProtocolReserved[4];
    PVOID MiniportReserved[2];
    PVOID Scratch;
    NDIS_HANDLE SourceHandle;
    ULONG NblFlags;
    LONG ChildRefCount;
    ULONG Flags;
    NDIS_STATUS Status;
    PVOID NetBufferListInfo[MaxNetBufferListInfo];
};

//@ types NET_BUFFER* NDIS_NET_BUFFER* NDIS_TCP* NDIS_IPSEC_OFFLOAD* NDIS_NBL* PNDIS_NBL*
//@ constants NET_BUFFER* NBL_* NDIS_NBL* NDIS_SIZEOF_NET_BUFFER* NDIS_SIZEOF_NBL* NDIS_CLONE* NDIS_TCP_* NDIS_MEDIA_SPEC*

#define NET_BUFFER_NEXT_NB(NB) ((NB)->Next)
#define NET_BUFFER_FIRST_MDL(NB) ((NB)->MdlChain)
#define NET_BUFFER_DATA_LENGTH(NB) ((NB)->DataLength)
#define NET_BUFFER_DATA_OFFSET(NB) ((NB)->DataOffset)
#define NET_BUFFER_CURRENT_MDL(NB) ((NB)->CurrentMdl)
#define NET_BUFFER_CURRENT_MDL_OFFSET(NB) ((NB)->CurrentMdlOffset)
#define NET_BUFFER_PROTOCOL_RESERVED(NB) ((NB)->ProtocolReserved)
#define NET_BUFFER_MINIPORT_RESERVED(NB) ((NB)->MiniportReserved)
#define NET_BUFFER_CHECKSUM_BIAS(NB) ((NB)->ChecksumBias)
#define NET_BUFFER_DATA_PHYSICAL_ADDRESS(NB) ((NB)->DataPhysicalAddress)
#define NET_BUFFER_FIRST_SHARED_MEM_INFO(NB) ((NB)->SharedMemoryInfo)
#define NET_BUFFER_SCATTER_GATHER_LIST(NB) ((NB)->ScatterGatherList)
#define NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(Info) ((Info)->NextSharedMemorySegment)
#define NET_BUFFER_SHARED_MEM_FLAGS(Info) ((Info)->SharedMemoryFlags)
#define NET_BUFFER_SHARED_MEM_HANDLE(Info) ((Info)->SharedMemoryHandle)
#define NET_BUFFER_SHARED_MEM_OFFSET(Info) ((Info)->SharedMemoryOffset)
#define NET_BUFFER_SHARED_MEM_LENGTH(Info) ((Info)->SharedMemoryLength)

#define NET_BUFFER_LIST_NEXT_NBL(NBL) ((NBL)->Next)
#define NET_BUFFER_LIST_FIRST_NB(NBL) ((NBL)->FirstNetBuffer)
#define NET_BUFFER_LIST_FLAGS(NBL) ((NBL)->Flags)
#define NET_BUFFER_LIST_NBL_FLAGS(NBL) ((NBL)->NblFlags)
#define NET_BUFFER_LIST_STATUS(NBL) ((NBL)->Status)
#define NET_BUFFER_LIST_PROTOCOL_RESERVED(NBL) ((NBL)->ProtocolReserved)
#define NET_BUFFER_LIST_MINIPORT_RESERVED(NBL) ((NBL)->MiniportReserved)
#define NET_BUFFER_LIST_CONTEXT_DATA_START(NBL) \
    ((PUCHAR)((NBL)->Context + 1) + (NBL)->Context->Offset)
#define NET_BUFFER_LIST_CONTEXT_DATA_SIZE(NBL) ((NBL)->Context->Size)
#define NET_BUFFER_LIST_INFO(NBL, Id) ((NBL)->NetBufferListInfo[(Id)])
#define NET_BUFFER_LIST_GET_HASH_VALUE(NBL) \
    (PtrToUlong(NET_BUFFER_LIST_INFO(NBL, NetBufferListHashValue)))
#define NET_BUFFER_LIST_SET_HASH_VALUE(NBL, HashValue) \
    (NET_BUFFER_LIST_INFO(NBL, NetBufferListHashValue) = UlongToPtr(HashValue))
#define NET_BUFFER_LIST_GET_HASH_TYPE(NBL) \
    (PtrToUlong(NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo)) & NDIS_HASH_TYPE_MASK)
#define NET_BUFFER_LIST_GET_HASH_FUNCTION(NBL) \
    (PtrToUlong(NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo)) & NDIS_HASH_FUNCTION_MASK)
#define NET_BUFFER_LIST_RECEIVE_FILTER_ID(NBL) \
    (((PNDIS_NET_BUFFER_LIST_FILTERING_INFO)&NET_BUFFER_LIST_INFO(NBL, \
        NetBufferListFilteringInfo))->FilteringInfo.FilterId)
#define NET_BUFFER_LIST_RECEIVE_QUEUE_ID(NBL) \
    (((PNDIS_NET_BUFFER_LIST_FILTERING_INFO)&NET_BUFFER_LIST_INFO(NBL, \
        NetBufferListFilteringInfo))->FilteringInfo.QueueId)
#define NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(NBL) \
    (NET_BUFFER_LIST_INFO(NBL, NetBufferListCancelId))
#define NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(NBL, CancelId) \
    (NET_BUFFER_LIST_INFO(NBL, NetBufferListCancelId) = (CancelId))
#define NDIS_GET_NET_BUFFER_LIST_VLAN_ID(NBL) \
    (((NDIS_NET_BUFFER_LIST_8021Q_INFO *)&NET_BUFFER_LIST_INFO(NBL, \
        Ieee8021QNetBufferListInfo))->TagHeader.VlanId)
#define NdisSetNetBufferListProtocolId(NBL, ProtocolId) \
    (*(PUCHAR)&NET_BUFFER_LIST_INFO(NBL, NetBufferListProtocolId) = (ProtocolId))

FORCEINLINE void NET_BUFFER_LIST_SET_HASH_TYPE(PNET_BUFFER_LIST NBL, volatile ULONG HashType)
{
    ULONG Info = PtrToUlong(NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo));

    NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo) =
        UlongToPtr((Info & ~NDIS_HASH_TYPE_MASK) | (HashType & NDIS_HASH_TYPE_MASK));
}

FORCEINLINE void NET_BUFFER_LIST_SET_HASH_FUNCTION(PNET_BUFFER_LIST NBL,
    volatile ULONG HashFunction)
{
    ULONG Info = PtrToUlong(NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo));

    NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo) =
        UlongToPtr((Info & ~NDIS_HASH_FUNCTION_MASK) | (HashFunction & NDIS_HASH_FUNCTION_MASK));
}

#define NBL_SET_FLAG(NBL, F) ((NBL)->Flags |= (F))
#define NBL_CLEAR_FLAG(NBL, F) ((NBL)->Flags &= ~(F))
#define NBL_TEST_FLAG(NBL, F) (((NBL)->Flags & (F)) != 0)
#define NBL_TEST_FLAGS(NBL, F) (((NBL)->Flags & (F)) == (F))
#define NBL_SET_PROTOCOL_RSVD_FLAG(NBL, F) ((NBL)->Flags |= (F) & NBL_FLAGS_PROTOCOL_RESERVED)
#define NBL_CLEAR_PROTOCOL_RSVD_FLAG(NBL, F) ((NBL)->Flags &= ~((F) & NBL_FLAGS_PROTOCOL_RESERVED))
#define NBL_TEST_PROTOCOL_RSVD_FLAG(NBL, F) \
    (((NBL)->Flags & (F) & NBL_FLAGS_PROTOCOL_RESERVED) != 0)
#define NBL_SET_PROT_RSVD_FLAG(NBL, F) NBL_SET_PROTOCOL_RSVD_FLAG(NBL, F)
#define NBL_CLEAR_PROT_RSVD_FLAG(NBL, F) NBL_CLEAR_PROTOCOL_RSVD_FLAG(NBL, F)
#define NBL_TEST_PROT_RSVD_FLAG(NBL, F) NBL_TEST_PROTOCOL_RSVD_FLAG(NBL, F)
#define NdisSetNblFlag(NBL, F) ((NBL)->NblFlags |= (F))
#define NdisClearNblFlag(NBL, F) ((NBL)->NblFlags &= ~(F))
#define NdisTestNblFlag(NBL, F) (((NBL)->NblFlags & (F)) != 0)
#define NdisTestNblFlags(NBL, F) (((NBL)->NblFlags & (F)) == (F))
#define NDIS_SET_CLONE_FLAG(Flags, Fl) ((Flags) |= (Fl))
#define NDIS_CLEAR_CLONE_FLAG(Flags, Fl) ((Flags) &= ~(Fl))
#define NDIS_TEST_CLONE_FLAG(Flags, Fl) (((Flags) & (Fl)) != 0)

#define NDIS_NBL_ADD_MEDIA_SPECIFIC_INFO(NBL, MediaSpecificInfo) \
    do { \
        (MediaSpecificInfo)->NextEntry = (PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION) \
            NET_BUFFER_LIST_INFO(NBL, MediaSpecificInformation); \
        NET_BUFFER_LIST_INFO(NBL, MediaSpecificInformation) = (MediaSpecificInfo); \
    } while (0)
#define NDIS_NBL_ADD_MEDIA_SPECIFIC_INFO_EX(NBL, MediaSpecificInfo) \
    do { \
        (MediaSpecificInfo)->NextEntry = (PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX) \
            NET_BUFFER_LIST_INFO(NBL, MediaSpecificInformationEx); \
        NET_BUFFER_LIST_INFO(NBL, MediaSpecificInformationEx) = (MediaSpecificInfo); \
    } while (0)
#define DRVLINT_FIND_MEDIA_INFO(Type, NBL, Id, Wanted, Found) \
    do { \
        Type _Entry = (Type)NET_BUFFER_LIST_INFO(NBL, Id); \
        while (_Entry && _Entry->Tag != (Wanted)) \
            _Entry = _Entry->NextEntry; \
        (Found) = _Entry; \
    } while (0)
#define NDIS_NBL_GET_MEDIA_SPECIFIC_INFO(NBL, Tag_, Found) \
    DRVLINT_FIND_MEDIA_INFO(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION, NBL, MediaSpecificInformation, \
        Tag_, Found)
#define NDIS_NBL_GET_MEDIA_SPECIFIC_INFO_EX(NBL, Tag_, Found) \
    DRVLINT_FIND_MEDIA_INFO(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX, NBL, \
        MediaSpecificInformationEx, Tag_, Found)
#define DRVLINT_REMOVE_MEDIA_INFO(Type, NBL, Id, Info) \
    do { \
        Type *_Link = (Type *)&NET_BUFFER_LIST_INFO(NBL, Id); \
        while (*_Link && (*_Link)->Tag != (Info)->Tag) \
            _Link = &(*_Link)->NextEntry; \
        if (*_Link) \
            *_Link = (*_Link)->NextEntry; \
    } while (0)
#define NDIS_NBL_REMOVE_MEDIA_SPECIFIC_INFO(NBL, Info) \
    DRVLINT_REMOVE_MEDIA_INFO(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION, NBL, \
        MediaSpecificInformation, Info)
#define NDIS_NBL_REMOVE_MEDIA_SPECIFIC_INFO_EX(NBL, Info) \
    DRVLINT_REMOVE_MEDIA_INFO(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX, NBL, \
        MediaSpecificInformationEx, Info)

//@ functions *NetBuffer* !NdisM* !NdisF[A-Z]* !NdisCo[A-Z]* !*SendNetBuffer* !*ReturnNetBuffer* !*IndicateReceive*

/* Memory descriptor lists */

#define NDIS_MDL_LINKAGE(Mdl) ((Mdl)->Next)
#define NDIS_BUFFER_LINKAGE(Buffer) ((Buffer)->Next)
#define NDIS_MDL_TO_SPAN_PAGES(Mdl) \
    (MmGetMdlByteCount(Mdl) == 0 ? 1 : \
     ADDRESS_AND_SIZE_TO_SPAN_PAGES(MmGetMdlVirtualAddress(Mdl), MmGetMdlByteCount(Mdl)))
#define NDIS_BUFFER_TO_SPAN_PAGES(Buffer) NDIS_MDL_TO_SPAN_PAGES(Buffer)
#define NdisGetNextMdl(CurrentMdl, NextMdl) (*(NextMdl) = (CurrentMdl)->Next)
#define NdisGetNextBuffer(CurrentBuffer, NextBuffer) (*(NextBuffer) = (CurrentBuffer)->Next)
#define NdisAdjustMdlLength(Mdl, Length) ((Mdl)->ByteCount = (Length))
#define NdisAdjustBufferLength(Buffer, Length) ((Buffer)->ByteCount = (Length))
#define NdisBufferLength(Buffer) MmGetMdlByteCount(Buffer)

PVOID NdisBufferVirtualAddress(PNDIS_BUFFER Buffer);
PVOID NdisBufferVirtualAddressSafe(PNDIS_BUFFER Buffer, UINT Priority);
void NdisFreeBuffer(PNDIS_BUFFER Buffer);
void NdisFlushBuffer(PNDIS_BUFFER Buffer, BOOLEAN WriteToDevice);
void NdisGetBufferPhysicalArraySize(PNDIS_BUFFER Buffer, PUINT ArraySize);
void NdisGetMdlPhysicalArraySize(PMDL Mdl, PULONG ArraySize);
void NdisQueryBufferOffset(PNDIS_BUFFER Buffer, PUINT Offset, PUINT Length);
void NdisQueryMdlOffset(PMDL Mdl, PULONG Offset, PULONG Length);
void NdisQueryBufferSafe(PNDIS_BUFFER Buffer, PVOID *VirtualAddress, PUINT Length, UINT Priority);
void NdisQueryMdl(PMDL Mdl, PVOID *VirtualAddress, PULONG Length, ULONG Priority);
#define NdisQueryMdl(Mdl, VirtualAddress, Length, Priority) \
    NdisQueryMdl((Mdl), (PVOID *)(VirtualAddress), (PULONG)(Length), (Priority))
#define NdisQueryMdlOffset(Mdl, Offset, Length) \
    NdisQueryMdlOffset((Mdl), (PULONG)(Offset), (PULONG)(Length))
#define NdisQueryBufferSafe(Buffer, VirtualAddress, Length, Priority) \
    NdisQueryBufferSafe((Buffer), (PVOID *)(VirtualAddress), (PUINT)(Length), (Priority))
//@ functions Ndis*Mdl Ndis*Buffer

/* Object identifier requests */

//@ types NDIS_REQUEST_TYPE REQUEST_DATA QUERY SET METHOD NDIS_OID*
//@ NDIS_OID_REQUEST* *SIZEOF_OID_REQUEST*
#define NDIS_OID_REQUEST_REVISION_2 2
#define NDIS_SIZEOF_OID_REQUEST_REVISION_2 sizeof(NDIS_OID_REQUEST)
#define NDIS_OID_REQUEST_FLAGS_VPORT_ID_VALID 0x00000001

//@ functions Ndis*OidRequest* !NdisM* !NdisF[A-Z]* !NdisCo[A-Z]*

/* Status and Plug and Play indications */

//@ NDIS_STATUS_INDICATION* *SIZEOF_STATUS_IND* NET_PNP* NET_DEVICE* NDIS_DEVICE_PNP* *SIZEOF_NET_PNP* *SIZEOF_NET_DEVICE* NET_EVENT*

#define NDIS_STATUS_INDICATION_SET_FLAG(StatusIndication, F) ((StatusIndication)->Flags |= (F))
#define NDIS_STATUS_INDICATION_TEST_FLAG(StatusIndication, F) \
    (((StatusIndication)->Flags & (F)) != 0)
#define NDIS_STATUS_INDICATION_CLEAR_FLAG(StatusIndication, F) ((StatusIndication)->Flags = 0)

/* Flags of the data path */

//@ constants NDIS_SEND_* NDIS_RECEIVE_FLAGS* NDIS_RETURN_*

#define NDIS_SET_SEND_FLAG(Flags, Fl) ((Flags) |= (Fl))
#define NDIS_SEND_FLAGS_SWITCH_DESTINATION_GROUP 0x00000010
#define NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE 0x00000020
#define NDIS_SEND_COMPLETE_FLAGS_SWITCH_SINGLE_SOURCE 0x00000004
#define NDIS_RECEIVE_FLAGS_SWITCH_DESTINATION_GROUP 0x00004000
#define NDIS_RECEIVE_FLAGS_SWITCH_SINGLE_SOURCE 0x00008000
#define NDIS_RETURN_FLAGS_SWITCH_SINGLE_SOURCE 0x00000004
#define NDIS_TEST_SEND_FLAG(Flags, Fl) (((Flags) & (Fl)) != 0)
#define NDIS_SET_SEND_COMPLETE_FLAG(Flags, Fl) ((Flags) |= (Fl))
#define NDIS_TEST_SEND_COMPLETE_FLAG(Flags, Fl) (((Flags) & (Fl)) != 0)
#define NDIS_SET_RETURN_FLAG(Flags, Fl) ((Flags) |= (Fl))
#define NDIS_TEST_RETURN_FLAG(Flags, Fl) (((Flags) & (Fl)) != 0)
#define NDIS_SET_RECEIVE_FLAG(Flags, Fl) ((Flags) |= (Fl))
#define NDIS_TEST_RECEIVE_FLAG(Flags, Fl) (((Flags) & (Fl)) != 0)
#define NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags) \
    NDIS_TEST_SEND_FLAG((Flags), NDIS_SEND_FLAGS_DISPATCH_LEVEL)
#define NDIS_TEST_SEND_COMPLETE_AT_DISPATCH_LEVEL(Flags) \
    NDIS_TEST_SEND_COMPLETE_FLAG((Flags), NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL)
#define NDIS_TEST_RETURN_AT_DISPATCH_LEVEL(Flags) \
    NDIS_TEST_RETURN_FLAG((Flags), NDIS_RETURN_FLAGS_DISPATCH_LEVEL)
#define NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) \
    NDIS_TEST_RECEIVE_FLAG((Flags), NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL)
#define NDIS_TEST_RECEIVE_CANNOT_PEND(Flags) \
    NDIS_TEST_RECEIVE_FLAG((Flags), NDIS_RECEIVE_FLAGS_RESOURCES)
#define NDIS_TEST_RECEIVE_CAN_PEND(Flags) (((Flags) & NDIS_RECEIVE_FLAGS_RESOURCES) == 0)

/* Miniport driver: registration and callbacks */

typedef NDIS_STATUS MINIPORT_IDLE_NOTIFICATION(NDIS_HANDLE MiniportAdapterContext,
    BOOLEAN ForceIdle);
typedef MINIPORT_IDLE_NOTIFICATION *MINIPORT_IDLE_NOTIFICATION_HANDLER;
typedef void MINIPORT_CANCEL_IDLE_NOTIFICATION(NDIS_HANDLE MiniportAdapterContext);
typedef MINIPORT_CANCEL_IDLE_NOTIFICATION *MINIPORT_CANCEL_IDLE_NOTIFICATION_HANDLER;
typedef NDIS_STATUS MINIPORT_SYNCHRONOUS_OID_REQUEST(NDIS_HANDLE MiniportAdapterContext,
    PNDIS_OID_REQUEST OidRequest);
typedef MINIPORT_SYNCHRONOUS_OID_REQUEST *MINIPORT_SYNCHRONOUS_OID_REQUEST_HANDLER;

//@ types NDIS_MINIPORT_INIT_P* NDIS_MINIPORT_PAUSE* NDIS_MINIPORT_RESTART* NDIS_HALT_ACTION NDIS_SHUTDOWN_ACTION NDIS_RESOURCE_LIST PNDIS_RESOURCE_LIST
//@ types SET_OPTIONS* MINIPORT_* W_*
//@ types NDIS_MINIPORT_DRIVER_CHARACTERISTICS NDIS_MINIPORT_PNP* NDIS_MINIPORT_CO* NDIS_DRIVER_OPT*
//@ constants NDIS_MINIPORT_* NDIS_SIZEOF_MINIPORT_* NDIS_PAUSE* !*ADAPTER* !*ATTRIB* !*INTERRUPT*

typedef struct _NDIS_MINIPORT_SS_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    MINIPORT_IDLE_NOTIFICATION_HANDLER IdleNotificationHandler;
    MINIPORT_CANCEL_IDLE_NOTIFICATION_HANDLER CancelIdleNotificationHandler;
} NDIS_MINIPORT_SS_CHARACTERISTICS, *PNDIS_MINIPORT_SS_CHARACTERISTICS;

#define NDIS_MINIPORT_SS_CHARACTERISTICS_REVISION_1 1
#define NDIS_SIZEOF_MINIPORT_SS_CHARACTERISTICS_REVISION_1 24
#define NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3 3
#define NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3 160

void NdisMIdleNotificationConfirm(NDIS_HANDLE MiniportAdapterHandle,
    NDIS_DEVICE_POWER_STATE IdlePowerState);
void NdisMIdleNotificationComplete(NDIS_HANDLE MiniportAdapterHandle);
void NdisMIdleNotificationCompleteEx(NDIS_HANDLE MiniportAdapterHandle, ULONG Flags);

/* Miniport adapter: attributes */

//@ NDIS_MINIPORT_ADD* NDIS_MINIPORT_ADAPTER* NDIS_MINIPORT_ATTR* NDIS_HD_SPLIT* NDIS_INTERFACE_TYPE NDIS_SIZEOF_MINIPORT_ADD* NDIS_SIZEOF_MINIPORT_ADAPTER* NDIS_SIZEOF_HD* NDIS_STATISTICS*

#define NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2 2
#define NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2 28
#define NDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_3 3
#define NDIS_SIZEOF_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_3 64
#define NDIS_SIZEOF_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_4 80
#define NDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_4 4
#define NDIS_MINIPORT_ATTRIBUTES_REGISTER_BUGCHECK_CALLBACK 0x00000100
#define NDIS_MINIPORT_ATTRIBUTES_NO_PAUSE_ON_SUSPEND 0x00000200

/* Miniport: interrupts, DMA, shared memory, ports, registers */

//@ NDIS_MINIPORT_INTERRUPT* NDIS_SIZEOF_MINIPORT_INTERRUPT* NDIS_MSIX* NDIS_SIZEOF_MSIX* NDIS_INTERRUPT* NdisInterrupt* PNDIS_INTERRUPT* NDIS_RECEIVE_THROTTLE*
//@ NDIS_SG_* NDIS_SCATTER* NDIS_PROCESS_SG* NDIS_DMA_* NDIS_SHARED_MEM* NDIS_SIZEOF_SG* NDIS_SIZEOF_SCATTER* NDIS_SIZEOF_SHARED* *SHARED_MEM*

NDIS_STATUS NdisMAllocateSharedMemoryAsyncEx(NDIS_HANDLE MiniportDmaHandle, ULONG Length,
    BOOLEAN Cached, PVOID Context);
void WanMiniportSend(PNDIS_STATUS Status, NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisLinkHandle,
    PVOID WanPacket);
void NdisMSetupDmaTransfer(PNDIS_STATUS Status, NDIS_HANDLE MiniportDmaHandle, PNDIS_BUFFER Buffer,
    ULONG Offset, ULONG Length, BOOLEAN WriteToDevice);
void NdisMCompleteDmaTransfer(PNDIS_STATUS Status, NDIS_HANDLE MiniportDmaHandle,
    PNDIS_BUFFER Buffer, ULONG Offset, ULONG Length, BOOLEAN WriteToDevice);

void NdisReadRegisterUchar(PUCHAR Register, PUCHAR Data);
void NdisReadRegisterUshort(PUSHORT Register, PUSHORT Data);
void NdisReadRegisterUlong(PULONG Register, PULONG Data);
void NdisWriteRegisterUchar(PUCHAR Register, UCHAR Data);
void NdisWriteRegisterUshort(PUSHORT Register, USHORT Data);
void NdisWriteRegisterUlong(PULONG Register, ULONG Data);
void NdisRawReadPortUchar(ULONG_PTR Port, PUCHAR Data);
void NdisRawReadPortUshort(ULONG_PTR Port, PUSHORT Data);
void NdisRawReadPortUlong(ULONG_PTR Port, PULONG Data);
void NdisRawWritePortUchar(ULONG_PTR Port, UCHAR Data);
void NdisRawWritePortUshort(ULONG_PTR Port, USHORT Data);
void NdisRawWritePortUlong(ULONG_PTR Port, ULONG Data);
void NdisRawReadPortBufferUchar(ULONG_PTR Port, PUCHAR Buffer, ULONG Length);
void NdisRawReadPortBufferUshort(ULONG_PTR Port, PUSHORT Buffer, ULONG Length);
void NdisRawReadPortBufferUlong(ULONG_PTR Port, PULONG Buffer, ULONG Length);
void NdisRawWritePortBufferUchar(ULONG_PTR Port, PUCHAR Buffer, ULONG Length);
void NdisRawWritePortBufferUshort(ULONG_PTR Port, PUSHORT Buffer, ULONG Length);
void NdisRawWritePortBufferUlong(ULONG_PTR Port, PULONG Buffer, ULONG Length);

/* Drivers pass addresses of any type, volatile or not, and integers for ports. */
#define NdisReadRegisterUchar(Register, Data) NdisReadRegisterUchar((PUCHAR)(Register), (Data))
#define NdisReadRegisterUshort(Register, Data) NdisReadRegisterUshort((PUSHORT)(Register), (Data))
#define NdisReadRegisterUlong(Register, Data) NdisReadRegisterUlong((PULONG)(Register), (Data))
#define NdisWriteRegisterUchar(Register, Data) NdisWriteRegisterUchar((PUCHAR)(Register), (Data))
#define NdisWriteRegisterUshort(Register, Data) NdisWriteRegisterUshort((PUSHORT)(Register), (Data))
#define NdisWriteRegisterUlong(Register, Data) NdisWriteRegisterUlong((PULONG)(Register), (Data))
#define NdisRawReadPortUchar(Port, Data) NdisRawReadPortUchar((ULONG_PTR)(Port), (PUCHAR)(Data))
#define NdisRawReadPortUshort(Port, Data) NdisRawReadPortUshort((ULONG_PTR)(Port), (PUSHORT)(Data))
#define NdisRawReadPortUlong(Port, Data) NdisRawReadPortUlong((ULONG_PTR)(Port), (PULONG)(Data))
#define NdisRawWritePortUchar(Port, Data) NdisRawWritePortUchar((ULONG_PTR)(Port), (UCHAR)(Data))
#define NdisRawWritePortUshort(Port, Data) NdisRawWritePortUshort((ULONG_PTR)(Port), (USHORT)(Data))
#define NdisRawWritePortUlong(Port, Data) NdisRawWritePortUlong((ULONG_PTR)(Port), (ULONG)(Data))
#define NdisRawReadPortBufferUchar(Port, Buffer, Length) \
    NdisRawReadPortBufferUchar((ULONG_PTR)(Port), (PUCHAR)(Buffer), (Length))
#define NdisRawReadPortBufferUshort(Port, Buffer, Length) \
    NdisRawReadPortBufferUshort((ULONG_PTR)(Port), (PUSHORT)(Buffer), (Length))
#define NdisRawReadPortBufferUlong(Port, Buffer, Length) \
    NdisRawReadPortBufferUlong((ULONG_PTR)(Port), (PULONG)(Buffer), (Length))
#define NdisRawWritePortBufferUchar(Port, Buffer, Length) \
    NdisRawWritePortBufferUchar((ULONG_PTR)(Port), (PUCHAR)(Buffer), (Length))
#define NdisRawWritePortBufferUshort(Port, Buffer, Length) \
    NdisRawWritePortBufferUshort((ULONG_PTR)(Port), (PUSHORT)(Buffer), (Length))
#define NdisRawWritePortBufferUlong(Port, Buffer, Length) \
    NdisRawWritePortBufferUlong((ULONG_PTR)(Port), (PULONG)(Buffer), (Length))

#define NdisGetPhysicalAddressHigh(PhysicalAddress) ((PhysicalAddress).HighPart)
#define NdisGetPhysicalAddressLow(PhysicalAddress) ((PhysicalAddress).LowPart)
#define NdisSetPhysicalAddressHigh(PhysicalAddress, Value) ((PhysicalAddress).HighPart = (Value))
#define NdisSetPhysicalAddressLow(PhysicalAddress, Value) ((PhysicalAddress).LowPart = (Value))

/* Miniport: functions */

//@ functions NdisM* !NdisMCm* !NdisMCo[A-Z]* !NdisMapFile !NdisMax*

/* Protocol drivers */

//@ types PROTOCOL_[A-BD-Z]* BIND_* UNBIND_* OPEN_ADAPTER* CLOSE_ADAPTER* NET_PNP_EVENT_H* UNINSTALL* OID_REQUEST_C* STATUS_H* RECEIVE_* SEND_* DIRECT_* NDIS_BIND* NDIS_OPEN_P* NDIS_PROTOCOL_*
//@ constants NDIS_BIND* NDIS_OPEN* NDIS_PROTOCOL_* NDIS_SIZEOF_BIND* NDIS_SIZEOF_OPEN* NDIS_SIZEOF_PROTOCOL*
//@ functions NdisOpenAdapter* NdisCloseAdapter* NdisRegisterProtocol* NdisDeregisterProtocol* NdisSendNet* NdisReturnNet* NdisCancelSend* NdisComplete* NdisUnbind* NdisReEnum* NdisSetOptional* NdisQueryAdapter* NdisQueryBind*

#define NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_3 3

/* Filter drivers */

typedef NDIS_STATUS FILTER_SYNCHRONOUS_OID_REQUEST(NDIS_HANDLE FilterModuleContext,
    PNDIS_OID_REQUEST OidRequest, NDIS_HANDLE *CallContext);
typedef FILTER_SYNCHRONOUS_OID_REQUEST *FILTER_SYNCHRONOUS_OID_REQUEST_HANDLER;
typedef void FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE(NDIS_HANDLE FilterModuleContext,
    PNDIS_OID_REQUEST OidRequest, NDIS_STATUS *Status, PVOID CallContext);
typedef FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE *FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE_HANDLER;

//@ types FILTER_* NDIS_FILTER* NDIS_RESTART* NDIS_ENUM_F*
//@ constants NDIS_FILTER* NDIS_RESTART* NDIS_ENUM_F* NDIS_SIZEOF_FILTER* NDIS_SIZEOF_RESTART* NDIS_SIZEOF_ENUM* NDIS_SIZEOF__FILTER*
//@ functions NdisF[A-Z]* NdisEnumerateFilter*

#define NDIS_FILTER_CHARACTERISTICS_REVISION_3 3
#define NDIS_FILTER_ATTACH_PARAMETERS_REVISION_4 4
#define NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_4 sizeof(NDIS_FILTER_ATTACH_PARAMETERS)
#define NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_3 240

NDIS_STATUS NdisFSynchronousOidRequest(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest);
NDIS_STATUS NdisSynchronousOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest);

/* Configuration, files, event log */

//@ NDIS_CONFIGURATION* NDIS_CONFIG_* *SIZEOF_CONFIG* NDIS_PARAMETER* BINARY_DATA Ndis*Configuration* NdisReadNetworkAddress Ndis*File NdisWriteE* NDIS_MAX_EVENT*

/* Devices, work items, objects */

//@ NDIS_DEVICE_OBJECT* *SIZEOF_DEVICE_OBJECT* NDIS_IO_WORKITEM* NDIS_WORK_ITEM NDIS_PROC NDIS_GENERIC* Ndis*WorkItem Ndis*Device* Ndis*GenericObject

NDIS_STATUS NdisMRegisterDevice(NDIS_HANDLE NdisWrapperHandle, PNDIS_STRING DeviceName,
    PNDIS_STRING SymbolicName, PDRIVER_DISPATCH *MajorFunctions, PDEVICE_OBJECT *pDeviceObject,
    PNDIS_HANDLE NdisDeviceHandle);
NDIS_STATUS NdisMDeregisterDevice(NDIS_HANDLE NdisDeviceHandle);

/* Connection-oriented drivers */

//@ types CO_* CL_* CM_* NDIS_AF* PNDIS_AF VAR_STRING PROTOCOL_C* PROTCOL* NDIS_CO_* NDIS_CALL*
//@ constants CO_* NDIS_CO_* NDIS_SIZEOF_CO_* *_VC *FLOW* *CALL_PARAM*
//@ functions NdisCl* NdisCm* NdisCo[A-Z]* NdisMCo[A-Z]* NdisMCm*

void NdisMCmAddPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle,
    NDIS_HANDLE CallMgrPartyContext, PCO_CALL_PARAMETERS CallParameters);
void NdisMCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle);
void NdisMCmCloseCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
    NDIS_HANDLE NdisPartyHandle);
void NdisMCmDeregisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle);
void NdisMCmDispatchCallConnected(NDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisMCmDispatchIncomingCall(NDIS_HANDLE NdisSapHandle, NDIS_HANDLE NdisVcHandle,
    PCO_CALL_PARAMETERS CallParameters);
void NdisMCmDispatchIncomingCallQoSChange(NDIS_HANDLE NdisVcHandle,
    PCO_CALL_PARAMETERS CallParameters);
void NdisMCmDispatchIncomingCloseCall(NDIS_STATUS CloseStatus, NDIS_HANDLE NdisVcHandle,
    PVOID Buffer, UINT Size);
void NdisMCmDispatchIncomingDropParty(NDIS_STATUS DropStatus, NDIS_HANDLE NdisPartyHandle,
    PVOID Buffer, UINT Size);
void NdisMCmDropPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle);
void NdisMCmMakeCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
    NDIS_HANDLE NdisPartyHandle, NDIS_HANDLE CallMgrPartyContext,
    PCO_CALL_PARAMETERS CallParameters);
void NdisMCmModifyCallQoSComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
    PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS NdisMCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle);
void NdisMCmOidRequestComplete(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
    NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
void NdisMCmOpenAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle,
    NDIS_HANDLE CallMgrAfContext);
void NdisMCmRegisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle,
    NDIS_HANDLE CallMgrSapContext);

/* Intermediate drivers, network interfaces */

//@ functions NdisIM* NdisIf*
//@ NET_IF* IFP_* NDIS_IF_* *SIZEOF_IF_* *SIZEOF_NET_IF*

#define NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1 52
#define NDIS_SG_DMA_V3_HAL_API 0x00000002
#define NDIS_SG_DMA_HYBRID_DMA 0x00000004

/* Everything else */

//@ *

/* Coalesced segments of a received list */

typedef union _NDIS_RSC_NBL_INFO {
    struct {
        USHORT CoalescedSegCount;
        USHORT DupAckCount;
    } Info;
    PVOID Value;
} NDIS_RSC_NBL_INFO, *PNDIS_RSC_NBL_INFO;

#define NET_BUFFER_LIST_COALESCED_SEG_COUNT(List) \
    (((PNDIS_RSC_NBL_INFO)&NET_BUFFER_LIST_INFO(List, TcpRecvSegCoalesceInfo))->Info.CoalescedSegCount)
#define NET_BUFFER_LIST_DUP_ACK_COUNT(List) \
    (((PNDIS_RSC_NBL_INFO)&NET_BUFFER_LIST_INFO(List, TcpRecvSegCoalesceInfo))->Info.DupAckCount)

/* Segmentation of UDP, NDIS 6.83 */

typedef struct _NDIS_UDP_SEGMENTATION_OFFLOAD_NET_BUFFER_LIST_INFO {
    union {
        struct {
            ULONG MSS : 20;
            ULONG UdpHeaderOffset : 10;
            ULONG Reserved : 1;
            ULONG IPVersion : 1;
        } Transmit;
        PVOID Value;
    };
} NDIS_UDP_SEGMENTATION_OFFLOAD_NET_BUFFER_LIST_INFO,
    *PNDIS_UDP_SEGMENTATION_OFFLOAD_NET_BUFFER_LIST_INFO;

#define NDIS_UDP_SEGMENTATION_OFFLOAD_IPV4 0
#define NDIS_UDP_SEGMENTATION_OFFLOAD_IPV6 1

/* Polling, NDIS 6.85 */

typedef NDIS_HANDLE NDIS_POLL_HANDLE;

typedef struct _NDIS_POLL_TRANSMIT_DATA {
    ULONG MaxNblsToComplete;
    ULONG Reserved1[3];
    PNET_BUFFER_LIST CompletedNblChain;
    ULONG NumberOfCompletedNbls;
    ULONG NumberOfRemainingNbls;
    ULONG SendCompleteFlags;
    ULONG Reserved2;
    PVOID Reserved3[4];
} NDIS_POLL_TRANSMIT_DATA, *PNDIS_POLL_TRANSMIT_DATA;

typedef struct _NDIS_POLL_RECEIVE_DATA {
    ULONG MaxNblsToIndicate;
    ULONG Reserved1[3];
    PNET_BUFFER_LIST IndicatedNblChain;
    ULONG NumberOfIndicatedNbls;
    ULONG NumberOfRemainingNbls;
    ULONG Flags;
    ULONG Reserved2;
    PVOID Reserved3[4];
} NDIS_POLL_RECEIVE_DATA, *PNDIS_POLL_RECEIVE_DATA;

#define NDIS_ANY_NUMBER_OF_NBLS ((ULONG)-1)

typedef struct _NDIS_POLL_DATA {
    NDIS_POLL_TRANSMIT_DATA Transmit;
    NDIS_POLL_RECEIVE_DATA Receive;
} NDIS_POLL_DATA, *PNDIS_POLL_DATA;

typedef struct _NDIS_POLL_NOTIFICATION {
    BOOLEAN Enabled;
} NDIS_POLL_NOTIFICATION, *PNDIS_POLL_NOTIFICATION;

typedef void NDIS_POLL(PVOID Context, NDIS_POLL_DATA *PollData);
typedef NDIS_POLL *NDIS_POLL_HANDLER;
typedef void NDIS_SET_POLL_NOTIFICATION(PVOID Context, NDIS_POLL_NOTIFICATION *Notification);
typedef NDIS_SET_POLL_NOTIFICATION *NDIS_SET_POLL_NOTIFICATION_HANDLER;

typedef struct _NDIS_POLL_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    NDIS_SET_POLL_NOTIFICATION_HANDLER SetPollNotificationHandler;
    NDIS_POLL_HANDLER PollHandler;
} NDIS_POLL_CHARACTERISTICS, *PNDIS_POLL_CHARACTERISTICS;

#define NDIS_POLL_CHARACTERISTICS_REVISION_1 1
#define NDIS_SIZEOF_NDIS_POLL_CHARACTERISTICS_REVISION_1 24

NDIS_STATUS NdisRegisterPoll(NDIS_HANDLE NdisHandle, void *Context,
    const NDIS_POLL_CHARACTERISTICS *Characteristics, NDIS_HANDLE *PollHandle);
void NdisDeregisterPoll(NDIS_HANDLE PollHandle);
void NdisRequestPoll(NDIS_HANDLE PollHandle, void *Reserved);
void NdisSetPollAffinity(NDIS_HANDLE PollHandle, const PROCESSOR_NUMBER *PollAffinity);

EXTERN_C_END

#include "ndisswitch.h"

#endif
