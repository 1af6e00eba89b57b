#include <ndis.h>

typedef struct {
    NDIS_HANDLE Interrupt;
    NDIS_SPIN_LOCK Lock;
    ULONG Count;
} CARD;

NDIS_HANDLE Driver;
MINIPORT_INITIALIZE CardInitialize;
MINIPORT_HALT CardHalt;
MINIPORT_PAUSE CardPause;
MINIPORT_RESTART CardRestart;
MINIPORT_ISR CardIsr;

BOOLEAN CardIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors)
{
    *Queue = FALSE;
    *Processors = 0;
    return TRUE;
}

static void Count(CARD *Card)
{
    NdisAcquireSpinLock(&Card->Lock);
    Card->Count++;
    NdisReleaseSpinLock(&Card->Lock);
}

NDIS_STATUS CardInitialize(NDIS_HANDLE Handle, NDIS_HANDLE Context, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {0};
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Attributes = {0};
    CARD *Card = NdisAllocateMemoryWithTagPriority(Handle, sizeof(CARD), 'draC', NormalPoolPriority);
    NDIS_STATUS Status;

    if (!Card)
        return NDIS_STATUS_RESOURCES;
    Attributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Attributes.MiniportAdapterContext = Card;
    NdisMSetMiniportAttributes(Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
    NdisAllocateSpinLock(&Card->Lock);
    Chars.InterruptHandler = CardIsr;
    Status = NdisMRegisterInterruptEx(Handle, Card, &Chars, &Card->Interrupt);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Card, 0, 0);
    return Status;
}

VOID CardHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    CARD *Card = Context;
    Count(Card);
    NdisMDeregisterInterruptEx(Card->Interrupt);
    NdisFreeMemory(Card, 0, 0);
}

NDIS_STATUS CardPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CardRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    return NDIS_STATUS_SUCCESS;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Object, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars = {0};
    Chars.InitializeHandlerEx = CardInitialize;
    Chars.HaltHandlerEx = CardHalt;
    Chars.PauseHandler = CardPause;
    Chars.RestartHandler = CardRestart;
    return NdisMRegisterMiniportDriver(Object, Path, NULL, &Chars, &Driver);
}
