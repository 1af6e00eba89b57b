#pragma once
#include <ndis.h>

#define LAN_TAG 'naLm'

typedef struct _ADAPTER {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Interrupt;
    NDIS_HANDLE Pool;
} ADAPTER;

NDIS_STATUS ChipStart(ADAPTER *Adapter);
VOID ChipStop(ADAPTER *Adapter);
