#ifndef MP_H
#define MP_H

#include <ndis.h>

typedef struct _MP {
  NDIS_HANDLE Handle;
  NDIS_HANDLE Interrupt;
} MP;

typedef enum { CHIP_READY, CHIP_TIMEOUT, CHIP_GONE } CHIP_CODE;

NDIS_STATUS HwConnect(MP* pMp);
VOID HwDisconnect(MP* pMp);
CHIP_CODE HwStart(MP* pMp);
NDIS_STATUS HwMapCode(CHIP_CODE code);

#endif
