/* The adapter and the functions that the files of this driver share. */
#ifndef PCINIC_NIC_H
#define PCINIC_NIC_H

#include <ndis.h>

#include "hw.h"

#define NIC_TAG                 'cNiP'
#define NIC_VERSION             0x00010002
#define NIC_MAX_FRAME           1514
#define NIC_MIN_FRAME           14
#define NIC_MTU                 1500
#define NIC_ADDRESS_LENGTH      6
#define NIC_MAX_MULTICAST       32

#define NIC_TX_DESCRIPTORS      64
#define NIC_TX_FRAGMENTS        16
#define NIC_RX_BUFFER_LENGTH    2048
#define NIC_RX_MIN_BUFFERS      8
#define NIC_RX_MAX_BUFFERS      64
#define NIC_RX_DEFAULT_BUFFERS  32
#define NIC_RX_LOW              4

#define NIC_LINK_PERIOD         2000    /* milliseconds */
#define NIC_WATCHDOG_TIME       3000    /* milliseconds */

/* What NicRelease has to undo. */
#define NIC_HAS_LOCKS           0x00000001
#define NIC_HAS_REGISTERS       0x00000002
#define NIC_HAS_DMA             0x00000004
#define NIC_HAS_INTERRUPT       0x00000008
#define NIC_HAS_LINK_TIMER      0x00000010
#define NIC_HAS_WATCHDOG        0x00000020
#define NIC_HAS_RESET_ITEM      0x00000040
#define NIC_HAS_OID_ITEM        0x00000080
#define NIC_HAS_POOL            0x00000100
#define NIC_HAS_IF_PROVIDER     0x00000200
#define NIC_HAS_IF_LUID         0x00000400
#define NIC_HAS_IF              0x00000800

typedef enum _NIC_STATE
{
    NicPaused,
    NicRunning,
    NicPausing
} NIC_STATE;

/* Memory that the chip reads and writes. */
typedef struct _NIC_SHARED
{
    PVOID Virtual;
    NDIS_PHYSICAL_ADDRESS Physical;
    ULONG Length;
} NIC_SHARED, *PNIC_SHARED;

typedef struct _NIC_RX_SLOT
{
    NIC_SHARED Buffer;
    PMDL Mdl;
    PNET_BUFFER_LIST Nbl;
    BOOLEAN Indicated;          /* the protocols have it; RxLock */
} NIC_RX_SLOT, *PNIC_RX_SLOT;

/* In NET_BUFFER.MiniportReserved while a NET_BUFFER is ours. */
typedef struct _NIC_NB_CONTEXT
{
    struct _NIC_ADAPTER *Adapter;
    PNET_BUFFER_LIST Nbl;
    PSCATTER_GATHER_LIST Sgl;
    PNET_BUFFER Next;
} NIC_NB_CONTEXT, *PNIC_NB_CONTEXT;

C_ASSERT(sizeof(NIC_NB_CONTEXT) <= sizeof(((PNET_BUFFER)0)->MiniportReserved));

#define NIC_NB(Nb) ((PNIC_NB_CONTEXT)NET_BUFFER_MINIPORT_RESERVED(Nb))

/* Sends: NET_BUFFERs of the list that are not finished, plus one while it is taken apart.
 * Receives: index of the slot. */
#define NIC_NBL_PENDING(Nbl) ((PLONG)&NET_BUFFER_LIST_MINIPORT_RESERVED(Nbl)[0])
#define NIC_NBL_SLOT(Nbl) (*(PULONG)&NET_BUFFER_LIST_MINIPORT_RESERVED(Nbl)[0])

/* NET_BUFFERs, first in first out, linked by NIC_NB(Nb)->Next. */
typedef struct _NIC_NB_QUEUE
{
    PNET_BUFFER Head;
    PNET_BUFFER Tail;
} NIC_NB_QUEUE, *PNIC_NB_QUEUE;

typedef struct _NIC_TX
{
    NIC_SHARED Ring;
    ULONG Head;                 /* next descriptor to fill */
    ULONG Tail;                 /* next descriptor to take back */
    ULONG Free;
    BOOLEAN Enabled;            /* FALSE: nothing goes to the chip */
    BOOLEAN Closed;             /* nothing comes in either; then never Enabled */
    ULONG Progress;             /* frames taken back, for the watchdog */
    NIC_NB_QUEUE Waiting;       /* mapped, but not in the ring */
    PNET_BUFFER Last[NIC_TX_DESCRIPTORS]; /* at a frame's last descriptor */
} NIC_TX, *PNIC_TX;

typedef struct _NIC_RX
{
    NIC_SHARED Ring;
    ULONG Count;
    ULONG Next;                 /* descriptor that the chip fills next */
    ULONG Available;            /* descriptors that the chip owns */
    BOOLEAN Enabled;
    NDIS_HANDLE Pool;
    NIC_RX_SLOT Slots[NIC_RX_MAX_BUFFERS];
} NIC_RX, *PNIC_RX;

typedef struct _NIC_ADAPTER
{
    NDIS_HANDLE Handle;
    const HW_CHIP *Chip;
    ULONG Has;                  /* NIC_HAS_... */

    PULONG Registers;
    NDIS_PHYSICAL_ADDRESS RegisterBase;
    BOOLEAN MessageResource;

    NDIS_HANDLE Interrupt;
    BOOLEAN InterruptsOn;       /* changed at device level only */
    LONG volatile Causes;       /* set by the ISR, taken by the DPC */

    NDIS_HANDLE Dma;

    NDIS_HANDLE IfProvider;     /* of the management controller's interface */
    UINT32 IfLuidIndex;
    NET_IFINDEX IfIndex;

    /* Lock: from here to the next lock. */
    NDIS_SPIN_LOCK Lock;
    NIC_STATE State;
    BOOLEAN Resetting;
    BOOLEAN Stopping;           /* halt: no timer, no work item any more */
    BOOLEAN WatchdogArmed;
    BOOLEAN OidItemQueued;
    BOOLEAN OidRunning;         /* the work item has a request in its hands */
    LONG WorkItems;             /* queued or running */
    LONG Sends;                 /* NET_BUFFER_LISTs that are ours */
    PNDIS_OID_REQUEST PendingOid;
    BOOLEAN LinkUp;
    BOOLEAN FullDuplex;

    LONG References;            /* one while running, one for each list that is ours or out */

    NDIS_SPIN_LOCK TxLock;
    NIC_TX Tx;

    NDIS_SPIN_LOCK RxLock;
    NIC_RX Rx;

    NDIS_HANDLE LinkTimer;
    NDIS_HANDLE WatchdogTimer;
    NDIS_EVENT WatchdogIdle;
    ULONG WatchdogProgress;
    LONG volatile HangDetected;

    NDIS_HANDLE ResetItem;
    NDIS_HANDLE OidItem;
    NDIS_EVENT WorkIdle;

    UCHAR PermanentAddress[NIC_ADDRESS_LENGTH];
    UCHAR CurrentAddress[NIC_ADDRESS_LENGTH];
    UCHAR Multicast[NIC_MAX_MULTICAST][NIC_ADDRESS_LENGTH];
    ULONG MulticastCount;
    ULONG PacketFilter;
    ULONG Lookahead;
    BOOLEAN Moderation;
    BOOLEAN SurpriseRemoved;

    ULONG64 FramesSent, FramesReceived, SendErrors, ReceiveErrors;
} NIC_ADAPTER, *PNIC_ADAPTER;

/* Takes and gives back a lock; AtDispatch says whether the caller knows that it is at
 * DISPATCH_LEVEL, and must be the same for both. */
#define NIC_LOCK(Lock, AtDispatch) \
    ((AtDispatch) ? NdisDprAcquireSpinLock(Lock) : NdisAcquireSpinLock(Lock))
#define NIC_UNLOCK(Lock, AtDispatch) \
    ((AtDispatch) ? NdisDprReleaseSpinLock(Lock) : NdisReleaseSpinLock(Lock))

/* driver.c */
extern NDIS_HANDLE NicDriverHandle;

/* init.c */
MINIPORT_INITIALIZE NicInitialize;
MINIPORT_HALT NicHalt;
MINIPORT_SHUTDOWN NicShutdown;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY NicPnPEvent;

/* memory.c */
BOOLEAN NicAllocateShared(PNIC_ADAPTER Adapter, PNIC_SHARED Shared, ULONG Length);
VOID NicFreeShared(PNIC_ADAPTER Adapter, PNIC_SHARED Shared);
NDIS_STATUS NicAllocateRings(PNIC_ADAPTER Adapter);
VOID NicFreeRings(PNIC_ADAPTER Adapter);

/* interrupt.c */
NDIS_STATUS NicConnectInterrupt(PNIC_ADAPTER Adapter);
VOID NicDisconnectInterrupt(PNIC_ADAPTER Adapter);
VOID NicEnableInterrupts(PNIC_ADAPTER Adapter);
VOID NicDisableInterrupts(PNIC_ADAPTER Adapter);

/* sideband.c */
NDIS_STATUS NicSidebandShow(PNIC_ADAPTER Adapter);
/* Of what is shown, all or some or nothing. */
VOID NicSidebandHide(PNIC_ADAPTER Adapter);

/* send.c */
MINIPORT_SEND_NET_BUFFER_LISTS NicSendNetBufferLists;
MINIPORT_CANCEL_SEND NicCancelSend;
MINIPORT_PROCESS_SG_LIST NicProcessSgList;
VOID NicTxReset(PNIC_ADAPTER Adapter);
VOID NicTxEnable(PNIC_ADAPTER Adapter, BOOLEAN Open);
VOID NicTxInterrupt(PNIC_ADAPTER Adapter);
/* Completes with Status what is in the ring, which the chip must have let go, and what waits. With
 * Close nothing comes in until NicTxEnable opens again. */
VOID NicTxAbort(PNIC_ADAPTER Adapter, BOOLEAN Close, NDIS_STATUS Status);

/* receive.c */
MINIPORT_RETURN_NET_BUFFER_LISTS NicReturnNetBufferLists;
VOID NicRxReset(PNIC_ADAPTER Adapter);
VOID NicRxDisable(PNIC_ADAPTER Adapter);
/* Indicates at most Max frames; TRUE if there are more. */
BOOLEAN NicRxInterrupt(PNIC_ADAPTER Adapter, ULONG Max);

/* oid.c */
MINIPORT_OID_REQUEST NicOidRequest;
MINIPORT_CANCEL_OID_REQUEST NicCancelOidRequest;
NDIS_IO_WORKITEM_FUNCTION NicOidWork;
/* Completes the pending request, if there is one. */
VOID NicAbortOid(PNIC_ADAPTER Adapter);

/* state.c */
MINIPORT_PAUSE NicPause;
MINIPORT_RESTART NicRestart;
MINIPORT_RESET NicReset;
MINIPORT_CHECK_FOR_HANG NicCheckForHang;
NDIS_TIMER_FUNCTION NicLinkTick;
NDIS_TIMER_FUNCTION NicWatchdogTick;
NDIS_IO_WORKITEM_FUNCTION NicResetWork;
NDIS_STATUS NicReference(PNIC_ADAPTER Adapter, BOOLEAN ForSend, BOOLEAN AtDispatch);
VOID NicDereference(PNIC_ADAPTER Adapter, BOOLEAN ForSend);
VOID NicArmWatchdog(PNIC_ADAPTER Adapter);
VOID NicStopTimers(PNIC_ADAPTER Adapter);
VOID NicWorkBegin(PNIC_ADAPTER Adapter);
VOID NicWorkEnd(PNIC_ADAPTER Adapter);

#endif
