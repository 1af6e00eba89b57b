/* Everything that is heard is looked at while the call lasts, so that the lists go back at once. */
#include "echo.h"

static void handle(struct echo_binding *b, const struct echo_frame *frame, ULONG length)
{
	switch (frame->op) {
	case ECHO_OP_REQUEST:
		echo_transmit(b, frame->src, ECHO_OP_REPLY, frame->data, length - ECHO_HEADER);
		/* fall through */
	case ECHO_OP_HELLO:
	case ECHO_OP_REPLY:
		echo_peer_heard(b, frame->src);
		break;
	}
}

static void look_at(struct echo_binding *b, PNET_BUFFER buffer)
{
	ULONG length = NET_BUFFER_DATA_LENGTH(buffer);
	struct echo_frame *frame;
	void *storage;

	if (length < ECHO_HEADER || length > ECHO_FRAME_MAX)
		return;
	frame = NdisGetDataBuffer(buffer, length, NULL, 1, 0);
	if (frame) {
		if (frame->type[0] == ECHO_ETHERTYPE >> 8 && frame->type[1] == (ECHO_ETHERTYPE & 0xff))
			handle(b, frame, length);
		return;
	}

	/* Its data is in pieces. */
	storage = ExAllocatePoolWithTag(NonPagedPool, length, ECHO_TAG);
	if (!storage)
		return;
	frame = NdisGetDataBuffer(buffer, length, storage, 1, 0);
	if (frame && frame->type[0] == ECHO_ETHERTYPE >> 8 &&
	    frame->type[1] == (ECHO_ETHERTYPE & 0xff))
		handle(b, frame, length);
	ExFreePoolWithTag(storage, ECHO_TAG);
}

void echo_receive(NDIS_HANDLE context, PNET_BUFFER_LIST lists, NDIS_PORT_NUMBER port, ULONG count,
		  ULONG flags)
{
	struct echo_binding *b = context;
	PNET_BUFFER_LIST list;
	ULONG return_flags = 0;

	UNREFERENCED_PARAMETER(port);
	UNREFERENCED_PARAMETER(count);

	for (list = lists; list; list = NET_BUFFER_LIST_NEXT_NBL(list))
		look_at(b, NET_BUFFER_LIST_FIRST_NB(list));

	if (flags & NDIS_RECEIVE_FLAGS_RESOURCES)
		return;
	if (NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(flags))
		NDIS_SET_RETURN_FLAG(return_flags, NDIS_RETURN_FLAGS_DISPATCH_LEVEL);
	NdisReturnNetBufferLists(b->handle, lists, return_flags);
}
