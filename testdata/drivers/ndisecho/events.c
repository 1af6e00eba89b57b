/* What comes by itself: status, PnP events, time. */
#include "echo.h"

/* The adapter may have got another address. */
static void read_address(PVOID context, NDIS_HANDLE item)
{
	struct echo_binding *b = context;
	UCHAR address[6];
	KIRQL irql;

	UNREFERENCED_PARAMETER(item);

	InterlockedExchange(&b->work_queued, 0);
	if (echo_query(b, OID_802_3_CURRENT_ADDRESS, address, sizeof(address)) == NDIS_STATUS_SUCCESS) {
		KeAcquireSpinLock(&b->lock, &irql);
		RtlCopyMemory(b->address, address, sizeof(b->address));
		KeReleaseSpinLock(&b->lock, irql);
	}
	echo_drop(b);
}

void echo_status(NDIS_HANDLE context, PNDIS_STATUS_INDICATION indication)
{
	struct echo_binding *b = context;
	BOOLEAN running;
	KIRQL irql;

	if (indication->StatusCode != NDIS_STATUS_LINK_STATE)
		return;
	/* A binding that runs is referenced; so this one takes its reference before a close waits. */
	KeAcquireSpinLock(&b->lock, &irql);
	running = b->running;
	if (running)
		echo_hold(b);
	KeReleaseSpinLock(&b->lock, irql);
	if (!running)
		return;
	if (InterlockedExchange(&b->work_queued, 1) == 0)
		NdisQueueIoWorkItem(b->work_item, read_address, b);
	else
		echo_drop(b);
}

NDIS_STATUS echo_net_pnp_event(NDIS_HANDLE context, PNET_PNP_EVENT_NOTIFICATION event)
{
	struct echo_binding *b = context;

	if (!b)
		return NDIS_STATUS_SUCCESS;	/* of all bindings: nothing of it matters here */

	switch (event->NetPnPEvent.NetEvent) {
	case NetEventPause:
		echo_stop(b);
		return NDIS_STATUS_SUCCESS;

	case NetEventRestart:
		echo_start(b);
		return NDIS_STATUS_SUCCESS;

	case NetEventSetPower:
	case NetEventQueryPower:
	case NetEventQueryRemoveDevice:
	case NetEventCancelRemoveDevice:
	case NetEventBindList:
	case NetEventBindsComplete:
	case NetEventPnPCapabilities:
		return NDIS_STATUS_SUCCESS;

	default:
		return NDIS_STATUS_NOT_SUPPORTED;
	}
}

void echo_tick(PVOID unused1, PVOID context, PVOID unused2, PVOID unused3)
{
	struct echo_binding *b = context;

	UNREFERENCED_PARAMETER(unused1);
	UNREFERENCED_PARAMETER(unused2);
	UNREFERENCED_PARAMETER(unused3);

	echo_peers_age(b);
	echo_transmit(b, NULL, ECHO_OP_HELLO, NULL, 0);
}
