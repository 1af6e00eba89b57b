#include "mp.h"

MINIPORT_ISR HwIsr;
MINIPORT_INTERRUPT_DPC HwDpc;

BOOLEAN HwIsr(NDIS_HANDLE hContext, PBOOLEAN pQueue, PULONG pTargets) {
  UNREFERENCED_PARAMETER(hContext);
  *pTargets = 0;
  *pQueue = TRUE;
  return TRUE;
}

VOID HwDpc(NDIS_HANDLE hContext, PVOID pDpc, PVOID pThrottle, PVOID pReserved) {
  UNREFERENCED_PARAMETER(hContext);
  UNREFERENCED_PARAMETER(pDpc);
  UNREFERENCED_PARAMETER(pThrottle);
  UNREFERENCED_PARAMETER(pReserved);
}

NDIS_STATUS HwConnect(MP* pMp) {
  NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

  NdisZeroMemory(&mic, sizeof(mic));
  mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
  mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
  mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
  mic.InterruptHandler = HwIsr;
  mic.InterruptDpcHandler = HwDpc;

  return NdisMRegisterInterruptEx(pMp->Handle, pMp, &mic, &pMp->Interrupt);
}

VOID HwDisconnect(MP* pMp) {
  NdisMDeregisterInterruptEx(pMp->Interrupt);
}

CHIP_CODE HwStart(MP* pMp) {
  UCHAR config[4];

  if (NdisMGetBusData(pMp->Handle, PCI_WHICHSPACE_CONFIG, 0, config, sizeof(config)) !=
      sizeof(config))
    return CHIP_TIMEOUT;
  return config[0] == 0xff ? CHIP_GONE : CHIP_READY;
}

NDIS_STATUS HwMapCode(CHIP_CODE code) {
  switch (code) {
  case CHIP_READY:
    return NDIS_STATUS_SUCCESS;
  case CHIP_TIMEOUT:
    return NDIS_STATUS_HARD_ERRORS;
  case CHIP_GONE:
    break;
  }
  return NDIS_STATUS_FAILURE;
}
