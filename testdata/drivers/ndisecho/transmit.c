/* Frames of our own. */
#include "echo.h"

static const UCHAR broadcast[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

/* A frame that has room for length bytes, and where they are; NULL if memory is scarce. */
static PNET_BUFFER_LIST frame_new(struct echo_binding *b, ULONG length, struct echo_frame **frame)
{
	PNET_BUFFER_LIST list = NdisAllocateNetBufferList(b->nbl_pool, 0, 0);
	PNET_BUFFER buffer;

	if (!list)
		return NULL;
	buffer = NdisAllocateNetBufferMdlAndData(b->nb_pool);
	if (!buffer)
		goto no_buffer;
	if (NdisRetreatNetBufferDataStart(buffer, length, 0, NULL) != NDIS_STATUS_SUCCESS)
		goto no_room;
	*frame = NdisGetDataBuffer(buffer, length, NULL, 1, 0);
	if (!*frame)
		goto no_address;

	NET_BUFFER_LIST_FIRST_NB(list) = buffer;
	list->SourceHandle = b->handle;
	return list;

no_address:
	NdisAdvanceNetBufferDataStart(buffer, length, FALSE, NULL);
no_room:
	NdisFreeNetBuffer(buffer);
no_buffer:
	NdisFreeNetBufferList(list);
	return NULL;
}

static void frame_free(PNET_BUFFER_LIST list)
{
	PNET_BUFFER buffer = NET_BUFFER_LIST_FIRST_NB(list);

	NET_BUFFER_LIST_FIRST_NB(list) = NULL;
	NdisAdvanceNetBufferDataStart(buffer, NET_BUFFER_DATA_LENGTH(buffer), FALSE, NULL);
	NdisFreeNetBuffer(buffer);
	NdisFreeNetBufferList(list);
}

/* Permission to give NDIS one frame; counted back by sends_done(). */
static BOOLEAN send_begin(struct echo_binding *b)
{
	KIRQL irql;
	BOOLEAN running;

	KeAcquireSpinLock(&b->lock, &irql);
	running = b->running;
	if (running && b->sends++ == 0)
		KeClearEvent(&b->idle);
	KeReleaseSpinLock(&b->lock, irql);
	return running;
}

static void sends_done(struct echo_binding *b, LONG count)
{
	KIRQL irql;

	KeAcquireSpinLock(&b->lock, &irql);
	b->sends -= count;
	if (b->sends == 0)
		KeSetEvent(&b->idle, IO_NO_INCREMENT, FALSE);
	KeReleaseSpinLock(&b->lock, irql);
}

void echo_transmit(struct echo_binding *b, const UCHAR *dst, UCHAR op, const void *data, ULONG length)
{
	ULONG total = ECHO_HEADER + length;
	struct echo_frame *frame;
	PNET_BUFFER_LIST list;

	if (total < ECHO_FRAME_MIN)
		total = ECHO_FRAME_MIN;
	if (total > ECHO_FRAME_MAX || !send_begin(b))
		return;
	list = frame_new(b, total, &frame);
	if (!list) {
		sends_done(b, 1);
		return;
	}

	RtlZeroMemory(frame, total);
	RtlCopyMemory(frame->dst, dst ? dst : broadcast, sizeof(frame->dst));
	RtlCopyMemory(frame->src, b->address, sizeof(frame->src));
	frame->type[0] = ECHO_ETHERTYPE >> 8;
	frame->type[1] = ECHO_ETHERTYPE & 0xff;
	frame->op = op;
	if (length)
		RtlCopyMemory(frame->data, data, length);
	NdisSendNetBufferLists(b->handle, list, NDIS_DEFAULT_PORT_NUMBER, 0);
}

void echo_send_complete(NDIS_HANDLE context, PNET_BUFFER_LIST lists, ULONG flags)
{
	struct echo_binding *b = context;
	LONG count = 0;

	UNREFERENCED_PARAMETER(flags);

	while (lists) {
		PNET_BUFFER_LIST next = NET_BUFFER_LIST_NEXT_NBL(lists);

		NET_BUFFER_LIST_NEXT_NBL(lists) = NULL;
		frame_free(lists);
		lists = next;
		count++;
	}
	sends_done(b, count);
}

void echo_start(struct echo_binding *b)
{
	LARGE_INTEGER due;
	KIRQL irql;
	BOOLEAN start;

	KeAcquireSpinLock(&b->lock, &irql);
	start = !b->running;
	b->running = TRUE;
	KeReleaseSpinLock(&b->lock, irql);
	if (start) {
		due.QuadPart = -10000LL * ECHO_HELLO_PERIOD;
		NdisSetTimerObject(b->timer, due, ECHO_HELLO_PERIOD, NULL);
	}
}

/* Neither timer nor sends afterwards. */
void echo_stop(struct echo_binding *b)
{
	KIRQL irql;

	KeAcquireSpinLock(&b->lock, &irql);
	b->running = FALSE;
	KeReleaseSpinLock(&b->lock, irql);

	NdisCancelTimerObject(b->timer);
	KeFlushQueuedDpcs();
	KeWaitForSingleObject(&b->idle, Executive, KernelMode, FALSE, NULL);
}
