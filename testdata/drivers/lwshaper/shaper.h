/* A filter that limits what an adapter sends: frames above the rate wait for a timer. While the line is
 * idle it sends keep-alive frames of its own. A control device shows and sets the rate. */
#ifndef LWSHAPER_SHAPER_H
#define LWSHAPER_SHAPER_H

#include <ndis.h>

#define SHAPER_TAG              'pahS'
#define SHAPER_REQUEST_TAG      'rahS'
#define SHAPER_TICK             20      /* milliseconds */
#define SHAPER_QUEUE_LIMIT      512     /* NET_BUFFER_LISTs */
#define SHAPER_DEFAULT_RATE     12500   /* bytes per tick, 5 Mbit/s */
#define SHAPER_PROBE_TICKS      50      /* idle ticks before a frame of our own */
#define SHAPER_PROBE_LENGTH     60
#define SHAPER_PROBE_TYPE       0x88b5  /* for local experiments */

typedef enum _SHAPER_STATE {
    ShaperPaused,
    ShaperRunning,
    ShaperPausing
} SHAPER_STATE;

/* NET_BUFFER_LISTs, first in first out. */
typedef struct _SHAPER_QUEUE {
    PNET_BUFFER_LIST First;
    PNET_BUFFER_LIST Last;
    ULONG Count;
} SHAPER_QUEUE, *PSHAPER_QUEUE;

typedef struct _SHAPER_STATISTICS {
    ULONG64 Passed;
    ULONG64 Delayed;
    ULONG64 Dropped;
    ULONG64 Received;
    ULONG64 Probes;
    ULONG64 LinkSpeed;
    ULONG Rate;
    ULONG Interface;
} SHAPER_STATISTICS, *PSHAPER_STATISTICS;

typedef struct _SHAPER_MODULE {
    LIST_ENTRY Link;            /* in Shaper.Modules */
    NDIS_HANDLE Filter;
    NET_IFINDEX Interface;
    UCHAR Address[6];

    NDIS_SPIN_LOCK Lock;        /* all that follows */
    SHAPER_STATE State;
    SHAPER_QUEUE Waiting;
    ULONG Rate;                 /* bytes per tick */
    ULONG Credit;               /* bytes that may go out in this tick */
    ULONG IdleTicks;
    BOOLEAN Ticking;            /* the timer is set, or its function runs */
    BOOLEAN WorkQueued;         /* or running */
    BOOLEAN LinkChanged;
    BOOLEAN PausePending;
    LONG OwnSends;              /* frames of our own that are below us */
    PNDIS_OID_REQUEST Passing;  /* clone that is below us */
    SHAPER_STATISTICS Statistics;

    NDIS_HANDLE Timer;
    NDIS_HANDLE WorkItem;
    NDIS_HANDLE Pool;
    NDIS_EVENT TimerIdle;
    NDIS_EVENT WorkIdle;
} SHAPER_MODULE, *PSHAPER_MODULE;

/* A request that the filter makes itself. */
typedef struct _SHAPER_REQUEST {
    NDIS_OID_REQUEST Oid;
    NDIS_EVENT Done;
    NDIS_STATUS Status;
} SHAPER_REQUEST, *PSHAPER_REQUEST;

typedef struct _SHAPER_DRIVER {
    NDIS_HANDLE Driver;
    NDIS_HANDLE Device;
    NDIS_SPIN_LOCK Lock;        /* Modules */
    LIST_ENTRY Modules;
} SHAPER_DRIVER;

extern SHAPER_DRIVER Shaper;

#define IOCTL_SHAPER_QUERY \
    CTL_CODE(FILE_DEVICE_NETWORK, 0x801, METHOD_BUFFERED, FILE_READ_ACCESS)
#define IOCTL_SHAPER_SET_RATE \
    CTL_CODE(FILE_DEVICE_NETWORK, 0x802, METHOD_BUFFERED, FILE_WRITE_ACCESS)

/* What IOCTL_SHAPER_SET_RATE gets. */
typedef struct _SHAPER_SET_RATE {
    ULONG Interface;
    ULONG Rate;
} SHAPER_SET_RATE, *PSHAPER_SET_RATE;

/* module.c */
FILTER_ATTACH ShaperAttach;
FILTER_DETACH ShaperDetach;
FILTER_PAUSE ShaperPause;
FILTER_RESTART ShaperRestart;

/* send.c */
FILTER_SEND_NET_BUFFER_LISTS ShaperSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE ShaperSendComplete;
FILTER_CANCEL_SEND_NET_BUFFER_LISTS ShaperCancelSend;
NDIS_TIMER_FUNCTION ShaperTick;
VOID ShaperStartTicking(PSHAPER_MODULE Module);
/* No tick runs, or will run, afterwards. PASSIVE_LEVEL. */
VOID ShaperStopTicking(PSHAPER_MODULE Module);
/* Gives all that waits back to its owners. */
VOID ShaperFlush(PSHAPER_MODULE Module, NDIS_STATUS Status);

/* probe.c */
PNET_BUFFER_LIST ShaperMakeProbe(PSHAPER_MODULE Module);
VOID ShaperFreeProbe(PNET_BUFFER_LIST Probe);

/* receive.c */
FILTER_RECEIVE_NET_BUFFER_LISTS ShaperReceive;
FILTER_RETURN_NET_BUFFER_LISTS ShaperReturn;

/* oid.c */
FILTER_OID_REQUEST ShaperOidRequest;
FILTER_OID_REQUEST_COMPLETE ShaperOidRequestComplete;
FILTER_CANCEL_OID_REQUEST ShaperCancelOidRequest;
/* Asks the adapter and waits. PASSIVE_LEVEL. */
NDIS_STATUS ShaperQuery(PSHAPER_MODULE Module, NDIS_OID Oid, PVOID Buffer, ULONG Length);

/* notify.c */
FILTER_STATUS ShaperStatus;
FILTER_DEVICE_PNP_EVENT_NOTIFY ShaperDevicePnPEvent;
FILTER_NET_PNP_EVENT ShaperNetPnPEvent;
NDIS_IO_WORKITEM_FUNCTION ShaperWork;

/* device.c */
NDIS_STATUS ShaperCreateDevice(VOID);
VOID ShaperDeleteDevice(VOID);

#endif
