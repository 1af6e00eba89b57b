#ifndef MINI_H
#define MINI_H
#include <ndis.h>

struct counters {
	ULONG interrupts;
	ULONG errors;
};

typedef struct {
	NDIS_HANDLE h;
	NDIS_HANDLE irq;
	struct counters live, latched;
} mini_t;

NDIS_STATUS irq_setup(mini_t *m);
void irq_teardown(mini_t *m);
void irq_counters(mini_t *m);

#endif
