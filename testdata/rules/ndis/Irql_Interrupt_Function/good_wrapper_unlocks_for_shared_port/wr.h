#ifndef WR_H
#define WR_H

#include <ndis.h>

typedef struct _WR_PORT
{
    NDIS_HANDLE Miniport;
    NDIS_HANDLE Interrupt;
    BOOLEAN Shared;
    BOOLEAN Enabled;

    struct
    {
        NDIS_SPIN_LOCK Lock;
    } Chip;
} WR_PORT;

VOID WrLockInitialize(WR_PORT *Port);
VOID WrLockDelete(WR_PORT *Port);
VOID WrEnter(WR_PORT *Port, BOOLEAN Lock);
VOID WrLeave(WR_PORT *Port, BOOLEAN Lock);

#endif
