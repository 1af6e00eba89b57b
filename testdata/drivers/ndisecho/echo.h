/*
 * ndisecho: a protocol driver that greets its neighbours on every Ethernet adapter, answers their echo
 * requests, and shows through \\.\NdisEcho whom it has heard.
 */
#ifndef ECHO_H
#define ECHO_H

#include <ndis.h>

#define ECHO_TAG		'ohcE'
#define ECHO_ETHERTYPE		0x9000
#define ECHO_FRAME_MAX		1514
#define ECHO_FRAME_MIN		60
#define ECHO_HELLO_PERIOD	1000	/* milliseconds */
#define ECHO_PEER_AGE		10	/* periods without a word */
#define ECHO_PEERS_MAX		256

#define ECHO_OP_HELLO		1
#define ECHO_OP_REQUEST		2
#define ECHO_OP_REPLY		3

#include <pshpack1.h>
struct echo_frame {
	UCHAR	dst[6];
	UCHAR	src[6];
	UCHAR	type[2];
	UCHAR	op;
	UCHAR	reserved;
	UCHAR	data[1];
};
#include <poppack.h>

#define ECHO_HEADER		FIELD_OFFSET(struct echo_frame, data)

struct echo_peer {
	LIST_ENTRY	link;
	UCHAR		address[6];
	ULONG		age;
	ULONG64		frames;
};

struct echo_binding {
	LIST_ENTRY	link;		/* echo.bindings */
	LONG volatile	refs;
	KEVENT		unreferenced;

	NDIS_HANDLE	handle;
	NDIS_STATUS	status;		/* of an open that pended */
	KEVENT		completed;	/* open or close */

	KSPIN_LOCK	lock;		/* from here to the end of this block */
	BOOLEAN		running;	/* restarted, and neither paused nor closing */
	LONG		sends;		/* frames that NDIS has */
	UCHAR		address[6];
	LIST_ENTRY	peers;
	ULONG		npeers;

	KEVENT		idle;		/* no sends */
	NDIS_HANDLE	nbl_pool;
	NDIS_HANDLE	nb_pool;
	NDIS_HANDLE	timer;
	NDIS_HANDLE	work_item;
	LONG volatile	work_queued;
};

struct echo_driver {
	NDIS_HANDLE		protocol;
	PDEVICE_OBJECT		device;
	KSPIN_LOCK		lock;		/* bindings */
	LIST_ENTRY		bindings;
	NPAGED_LOOKASIDE_LIST	peers;		/* struct echo_peer */
};

extern struct echo_driver echo;

/* What a read gives, for each neighbour. */
struct echo_record {
	UCHAR	mine[6];
	UCHAR	theirs[6];
	ULONG	age;
	ULONG64	frames;
};

/* binding.c */
NDIS_STATUS echo_bind(NDIS_HANDLE driver, NDIS_HANDLE context, PNDIS_BIND_PARAMETERS parameters);
NDIS_STATUS echo_unbind(NDIS_HANDLE unbind, NDIS_HANDLE context);
void echo_open_complete(NDIS_HANDLE context, NDIS_STATUS status);
void echo_close_complete(NDIS_HANDLE context);
void echo_hold(struct echo_binding *b);
void echo_drop(struct echo_binding *b);

/* request.c */
NDIS_STATUS echo_query(struct echo_binding *b, NDIS_OID oid, void *buffer, ULONG length);
NDIS_STATUS echo_set(struct echo_binding *b, NDIS_OID oid, void *buffer, ULONG length);
void echo_request_complete(NDIS_HANDLE context, PNDIS_OID_REQUEST oid, NDIS_STATUS status);

/* transmit.c */
void echo_transmit(struct echo_binding *b, const UCHAR *dst, UCHAR op, const void *data, ULONG length);
void echo_send_complete(NDIS_HANDLE context, PNET_BUFFER_LIST lists, ULONG flags);
void echo_start(struct echo_binding *b);
void echo_stop(struct echo_binding *b);

/* receive.c */
void echo_receive(NDIS_HANDLE context, PNET_BUFFER_LIST lists, NDIS_PORT_NUMBER port, ULONG count,
		  ULONG flags);

/* peers.c */
void echo_peer_heard(struct echo_binding *b, const UCHAR *address);
void echo_peers_age(struct echo_binding *b);
void echo_peers_free(struct echo_binding *b);
ULONG echo_peers_copy(struct echo_binding *b, struct echo_record *records, ULONG room);

/* events.c */
void echo_status(NDIS_HANDLE context, PNDIS_STATUS_INDICATION indication);
NDIS_STATUS echo_net_pnp_event(NDIS_HANDLE context, PNET_PNP_EVENT_NOTIFICATION event);
void echo_tick(PVOID unused1, PVOID context, PVOID unused2, PVOID unused3);

/* device.c */
NTSTATUS echo_device_create(PDRIVER_OBJECT driver);
void echo_device_delete(void);

#endif
