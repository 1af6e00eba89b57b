//
// VLANMUX: an intermediate driver. Below it is a protocol driver that binds to one Ethernet adapter, above it
// are as many virtual miniports as the registry names for that adapter. Each of them is one VLAN.
//
#pragma once

#include <ndis.h>

#define MUX_TAG                 'xuMV'
#define MUX_MAX_NAME            256     // bytes
#define MUX_MAX_VLANS           16      // on one adapter
#define MUX_VLAN_ID_MAX         4094
#define MUX_MTU                 1500
#define MUX_MAX_FRAME           1514
#define MUX_ADDRESS_LENGTH      6

typedef enum _VNIC_STATE
{
    VnicHalted = 0,             // NDIS does not know it
    VnicPaused,
    VnicRunning,
    VnicPausing
} VNIC_STATE;

struct _VNIC;

//
// An OID request to the adapter: of a virtual miniport, or of our own.
//
typedef struct _MUX_REQUEST
{
    NDIS_OID_REQUEST    Oid;
    struct _VNIC       *pVnic;          // NULL: our own
    NDIS_STATUS         Status;
    NDIS_EVENT          Done;
} MUX_REQUEST, *PMUX_REQUEST;

//
// One for each adapter below.
//
typedef struct _ADAPT
{
    LONG                RefCount;
    NDIS_HANDLE         hBinding;
    NDIS_STATUS         OpenStatus;
    NDIS_EVENT          OpenOrClose;

    PNDIS_RW_LOCK_EX    pListLock;      // VnicList, cVnics
    LIST_ENTRY          VnicList;
    ULONG               cVnics;

    NDIS_SPIN_LOCK      Lock;           // the following
    BOOLEAN             fRunning;       // the binding is restarted
    LONG                cBusy;          // lists that are below us
    NDIS_EVENT          Quiet;          // none

    UCHAR               MacAddress[MUX_ADDRESS_LENGTH];
    NDIS_MEDIA_CONNECT_STATE ConnectState;
    ULONG64             XmitLinkSpeed;
    ULONG64             RcvLinkSpeed;
} ADAPT, *PADAPT;

//
// A virtual miniport.
//
typedef struct _VNIC
{
    LIST_ENTRY          Link;           // on VnicList
    LONG                RefCount;
    PADAPT              pAdapt;         // referenced
    USHORT              VlanId;
    NDIS_STRING         DeviceName;
    WCHAR               NameBuffer[MUX_MAX_NAME / sizeof(WCHAR)];

    NDIS_SPIN_LOCK      Lock;           // the following
    VNIC_STATE          State;
    NDIS_HANDLE         hMiniport;      // unless halted
    LONG                cBusy;          // lists and indications on their way
    NDIS_EVENT          Idle;           // halted, and nothing is on its way
    NDIS_EVENT          InitDone;       // MpInitialize has run
    PNDIS_OID_REQUEST   pPendingOid;    // Request is below us for it
    MUX_REQUEST         Request;

    NDIS_HANDLE         hClonePool;
    ULONG               PacketFilter;
    ULONG               Lookahead;
    ULONG64             FramesSent;
    ULONG64             FramesReceived;
} VNIC, *PVNIC;

extern NDIS_HANDLE g_hMiniportDriver;
extern NDIS_HANDLE g_hProtocol;

//
// What a clone needs to remember. It is ours in both directions: a protocol's when it goes down, a
// miniport's when it goes up.
//
typedef struct _CLONE_CONTEXT
{
    PNET_BUFFER_LIST    pOriginal;
    PVNIC               pVnic;
} CLONE_CONTEXT, *PCLONE_CONTEXT;

#define SEND_CONTEXT(_pNbl)     ((PCLONE_CONTEXT)NET_BUFFER_LIST_PROTOCOL_RESERVED(_pNbl))
#define RECEIVE_CONTEXT(_pNbl)  ((PCLONE_CONTEXT)NET_BUFFER_LIST_MINIPORT_RESERVED(_pNbl))

C_ASSERT(sizeof(CLONE_CONTEXT) <= sizeof(((PNET_BUFFER_LIST)0)->MiniportReserved));

// vnic.c

NDIS_STATUS MuxCreateVnics(PADAPT pAdapt);
VOID MuxDeleteVnics(PADAPT pAdapt);
VOID MuxReferenceVnic(PVNIC pVnic);
VOID MuxDereferenceVnic(PVNIC pVnic);
// The running miniport of that VLAN, entered and referenced; NULL if there is none.
PVNIC MuxFindVnic(PADAPT pAdapt, USHORT VlanId, BOOLEAN fDispatch);
// Between these two NDIS knows the miniport. With fData it is not paused either.
BOOLEAN MuxEnterVnic(PVNIC pVnic, BOOLEAN fData);
VOID MuxLeaveVnic(PVNIC pVnic);

// adapt.c

PROTOCOL_BIND_ADAPTER_EX            PtBindAdapter;
PROTOCOL_UNBIND_ADAPTER_EX          PtUnbindAdapter;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX   PtOpenComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX  PtCloseComplete;
VOID MuxDereferenceAdapt(PADAPT pAdapt);

// ptevent.c

PROTOCOL_STATUS_EX                  PtStatus;
PROTOCOL_NET_PNP_EVENT              PtNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE       PtOidRequestComplete;
NDIS_STATUS MuxSetOid(PADAPT pAdapt, NDIS_OID Oid, PVOID pBuffer, ULONG cbBuffer);

// data.c

MINIPORT_SEND_NET_BUFFER_LISTS          MpSend;
MINIPORT_CANCEL_SEND                    MpCancelSend;
MINIPORT_RETURN_NET_BUFFER_LISTS        MpReturn;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE PtSendComplete;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS       PtReceive;

// miniport.c

MINIPORT_INITIALIZE                 MpInitialize;
MINIPORT_HALT                       MpHalt;
MINIPORT_PAUSE                      MpPause;
MINIPORT_RESTART                    MpRestart;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY    MpPnPEvent;
MINIPORT_SHUTDOWN                   MpShutdown;

// mpoid.c

MINIPORT_OID_REQUEST                MpOidRequest;
MINIPORT_CANCEL_OID_REQUEST         MpCancelOidRequest;
extern NDIS_OID g_SupportedOids[];
extern const ULONG g_cbSupportedOids;
// Puts what the adapter has answered into the request of the miniport.
VOID MuxCopyAnswer(PNDIS_OID_REQUEST pTo, const NDIS_OID_REQUEST *pFrom);
