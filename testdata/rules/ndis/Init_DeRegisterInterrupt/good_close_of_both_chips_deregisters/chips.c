#include "card.h"

static MINIPORT_ISR irq_isr;
static MINIPORT_INTERRUPT_DPC irq_dpc;

static BOOLEAN irq_isr (NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus)
{
    UNREFERENCED_PARAMETER (ctx);
    *cpus = 0;
    *dpc = TRUE;
    return TRUE;
}

static VOID irq_dpc (NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    UNREFERENCED_PARAMETER (ctx);
    UNREFERENCED_PARAMETER (dpcctx);
    UNREFERENCED_PARAMETER (throttle);
    UNREFERENCED_PARAMETER (reserved);
}

static NDIS_STATUS connect (card_t* card)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;

    NdisZeroMemory (&ic, sizeof (ic));
    ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    ic.InterruptHandler = irq_isr;
    ic.InterruptDpcHandler = irq_dpc;

    return NdisMRegisterInterruptEx (card->ndis_handle, card, &ic, &card->irq);
}

static NDIS_STATUS older_open (card_t* card)
{
    return connect (card);
}

static void older_close (card_t* card)
{
    NdisMDeregisterInterruptEx (card->irq);
}

static NDIS_STATUS newer_open (card_t* card)
{
    NDIS_STATUS st;

    card->ring =
        NdisAllocateMemoryWithTagPriority (card->ndis_handle, 4096, 'gniR', NormalPoolPriority);
    if (card->ring == NULL)
        return NDIS_STATUS_RESOURCES;
    st = connect (card);
    if (st != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory (card->ring, 0, 0);
        card->ring = NULL;
    }
    return st;
}

static void newer_close (card_t* card)
{
    older_close (card);
    NdisFreeMemory (card->ring, 0, 0);
}

const chip_ops older_chip = {"older", older_open, older_close};
const chip_ops newer_chip = {"newer", newer_open, newer_close};
