#include "mini.h"

static MINIPORT_ISR irq_isr;
static MINIPORT_INTERRUPT_DPC irq_dpc;
static MINIPORT_SYNCHRONIZE_INTERRUPT latch;

static BOOLEAN irq_isr(NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus)
{
	mini_t *m = ctx;

	m->live.interrupts++;
	*dpc = FALSE;
	*cpus = 0;
	return FALSE;
}

static VOID irq_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
	UNREFERENCED_PARAMETER(ctx);
	UNREFERENCED_PARAMETER(dpcctx);
	UNREFERENCED_PARAMETER(throttle);
	UNREFERENCED_PARAMETER(reserved);
}

static BOOLEAN latch(NDIS_HANDLE ctx)
{
	mini_t *m = ctx;

	m->latched = m->live;
	return TRUE;
}

NDIS_STATUS irq_setup(mini_t *m)
{
	NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;

	NdisZeroMemory(&ic, sizeof(ic));
	ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
	ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
	ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
	ic.InterruptHandler = irq_isr;
	ic.InterruptDpcHandler = irq_dpc;

	return NdisMRegisterInterruptEx(m->h, m, &ic, &m->irq);
}

void irq_teardown(mini_t *m)
{
	NdisMDeregisterInterruptEx(m->irq);
}

void irq_counters(mini_t *m)
{
	(void)NdisMSynchronizeWithInterruptEx(m->irq, 0, latch, m);
}
