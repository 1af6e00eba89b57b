/* The neighbours of a binding, youngest first. */
#include "echo.h"

/* With the lock. */
static struct echo_peer *find(struct echo_binding *b, const UCHAR *address)
{
	LIST_ENTRY *at;

	for (at = b->peers.Flink; at != &b->peers; at = at->Flink) {
		struct echo_peer *peer = CONTAINING_RECORD(at, struct echo_peer, link);

		if (RtlEqualMemory(peer->address, address, sizeof(peer->address)))
			return peer;
	}
	return NULL;
}

/* With the lock. NULL if there is no memory, or if there are enough of them. */
static struct echo_peer *add(struct echo_binding *b, const UCHAR *address)
{
	struct echo_peer *peer;

	if (b->npeers >= ECHO_PEERS_MAX)
		return NULL;
	peer = ExAllocateFromNPagedLookasideList(&echo.peers);
	if (!peer)
		return NULL;
	RtlCopyMemory(peer->address, address, sizeof(peer->address));
	peer->frames = 0;
	InsertHeadList(&b->peers, &peer->link);
	b->npeers++;
	return peer;
}

void echo_peer_heard(struct echo_binding *b, const UCHAR *address)
{
	struct echo_peer *peer;
	KIRQL irql;

	KeAcquireSpinLock(&b->lock, &irql);
	peer = find(b, address);
	if (!peer)
		peer = add(b, address);
	if (peer) {
		peer->age = 0;
		peer->frames++;
	}
	KeReleaseSpinLock(&b->lock, irql);
}

/* In the timer's function. */
void echo_peers_age(struct echo_binding *b)
{
	LIST_ENTRY *at, *next;

	KeAcquireSpinLockAtDpcLevel(&b->lock);
	for (at = b->peers.Flink; at != &b->peers; at = next) {
		struct echo_peer *peer = CONTAINING_RECORD(at, struct echo_peer, link);

		next = at->Flink;
		if (++peer->age > ECHO_PEER_AGE) {
			RemoveEntryList(at);
			b->npeers--;
			ExFreeToNPagedLookasideList(&echo.peers, peer);
		}
	}
	KeReleaseSpinLockFromDpcLevel(&b->lock);
}

/* When nobody else has the binding. */
void echo_peers_free(struct echo_binding *b)
{
	while (!IsListEmpty(&b->peers)) {
		LIST_ENTRY *first = RemoveHeadList(&b->peers);

		ExFreeToNPagedLookasideList(&echo.peers,
					    CONTAINING_RECORD(first, struct echo_peer, link));
	}
}

/* With the lock of the driver. Returns how many there are. */
ULONG echo_peers_copy(struct echo_binding *b, struct echo_record *records, ULONG room)
{
	LIST_ENTRY *at;
	ULONG n = 0;

	KeAcquireSpinLockAtDpcLevel(&b->lock);
	for (at = b->peers.Flink; at != &b->peers && n < room; at = at->Flink) {
		struct echo_peer *peer = CONTAINING_RECORD(at, struct echo_peer, link);

		RtlCopyMemory(records[n].mine, b->address, sizeof(records[n].mine));
		RtlCopyMemory(records[n].theirs, peer->address, sizeof(records[n].theirs));
		records[n].age = peer->age;
		records[n].frames = peer->frames;
		n++;
	}
	KeReleaseSpinLockFromDpcLevel(&b->lock);
	return n;
}
