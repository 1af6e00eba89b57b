#include <ndis.h>
#include "generated.h"
#include "trace.tmh"

typedef struct { NDIS_SPIN_LOCK Lock; ULONG Count; } CARD;

MINIPORT_HALT CardHalt;
MINIPORT_PAUSE CardPause;
NDIS_STATUS HouseStop(CARD *Card);

VOID CardHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    CARD *Card = Context;
    Card->Count = GENERATED_COUNT;
    HouseStop(Card);
    NdisFreeMemory(Card, 0, 0);
}

NDIS_STATUS CardPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    CARD *Card = Context;
    NdisAcquireSpinLock(&Card->Lock;
    NdisReleaseSpinLock(&Card->Lock);
    NdisFreeMemory(Card, 0, 0);
    return HouseStop(Card);
}

static void Forgotten(CARD *Card)
{
    Card->Count = 0;
}

static void Headless CARD *Card)
{
    Forgotten(Card);
}
