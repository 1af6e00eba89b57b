// A failing chip start is mapped to an NDIS status and the caller, which tests that status,
// deregisters.

#include "mp.h"

MINIPORT_INITIALIZE MpInitialize;
MINIPORT_HALT MpHalt;
MINIPORT_UNLOAD MpUnload;
MINIPORT_PAUSE MpPause;
MINIPORT_RESTART MpRestart;
MINIPORT_OID_REQUEST MpOid;
MINIPORT_SEND_NET_BUFFER_LISTS MpSend;

static NDIS_HANDLE g_hDriver;

static NDIS_STATUS MpAttributes(MP* pMp) {
  NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
  NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
  NDIS_STATUS Status;

  NdisZeroMemory(&Registration, sizeof(Registration));
  Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
  Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
  Registration.Header.Size =
      NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
  Registration.MiniportAdapterContext = pMp;
  Registration.AttributeFlags =
      NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
  Registration.InterfaceType = NdisInterfacePci;
  Status = NdisMSetMiniportAttributes(pMp->Handle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
  if (Status != NDIS_STATUS_SUCCESS)
    return Status;

  NdisZeroMemory(&General, sizeof(General));
  General.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
  General.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
  General.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
  General.MediaType = NdisMedium802_3;
  General.MtuSize = 1500;
  General.MacAddressLength = 6;
  General.AccessType = NET_IF_ACCESS_BROADCAST;
  General.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
  General.ConnectionType = NET_IF_CONNECTION_DEDICATED;
  General.IfType = IF_TYPE_ETHERNET_CSMACD;
  return NdisMSetMiniportAttributes(pMp->Handle,
                                    (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS MpInitialize(NDIS_HANDLE hMiniport, NDIS_HANDLE hDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS pInit) {
  MP* pMp;
  NDIS_STATUS ndisStatus;
  CHIP_CODE code;

  UNREFERENCED_PARAMETER(hDriverContext);
  UNREFERENCED_PARAMETER(pInit);
  pMp = NdisAllocateMemoryWithTagPriority(hMiniport, sizeof(MP), 'PMPM',
                                          NormalPoolPriority);
  if (!pMp)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory(pMp, sizeof(MP));
  pMp->Handle = hMiniport;

  ndisStatus = MpAttributes(pMp);
  if (ndisStatus == NDIS_STATUS_SUCCESS)
    ndisStatus = HwConnect(pMp);
  if (ndisStatus == NDIS_STATUS_SUCCESS) {
    code = HwStart(pMp);
    ndisStatus = HwMapCode(code);
    if (!NT_SUCCESS(ndisStatus))
      HwDisconnect(pMp);
  }
  if (!NT_SUCCESS(ndisStatus))
    NdisFreeMemory(pMp, 0, 0);
  return ndisStatus;
}

VOID MpHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason) {
  UNREFERENCED_PARAMETER(Reason);
  HwDisconnect((MP*)hContext);
  NdisFreeMemory(hContext, 0, 0);
}

NDIS_STATUS MpPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause) {
  UNREFERENCED_PARAMETER(hContext);
  UNREFERENCED_PARAMETER(pPause);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS MpRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart) {
  UNREFERENCED_PARAMETER(hContext);
  UNREFERENCED_PARAMETER(pRestart);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS MpOid(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest) {
  UNREFERENCED_PARAMETER(hContext);
  if (pRequest->RequestType == NdisRequestSetInformation &&
      pRequest->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
    pRequest->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
    return NDIS_STATUS_SUCCESS;
  }
  return NDIS_STATUS_NOT_SUPPORTED;
}

VOID MpSend(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber,
            ULONG ulFlags) {
  MP* Adapter = hContext;
  PNET_BUFFER_LIST Current;

  UNREFERENCED_PARAMETER(PortNumber);
  for (Current = pNbl; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current)) {
    NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
  }
  NdisMSendNetBufferListsComplete(Adapter->Handle, pNbl,
                                  NDIS_TEST_SEND_AT_DISPATCH_LEVEL(ulFlags)
                                      ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                                      : 0);
}

VOID MpUnload(PDRIVER_OBJECT pDriver) {
  UNREFERENCED_PARAMETER(pDriver);
  NdisMDeregisterMiniportDriver(g_hDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT pDriver, PUNICODE_STRING pPath) {
  NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

  NdisZeroMemory(&Chars, sizeof(Chars));
  Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
  Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  Chars.MajorNdisVersion = 6;
  Chars.MinorNdisVersion = 0;
  Chars.MajorDriverVersion = 1;
  Chars.InitializeHandlerEx = MpInitialize;
  Chars.HaltHandlerEx = MpHalt;
  Chars.UnloadHandler = MpUnload;
  Chars.PauseHandler = MpPause;
  Chars.RestartHandler = MpRestart;
  Chars.OidRequestHandler = MpOid;
  Chars.SendNetBufferListsHandler = MpSend;
  return NdisMRegisterMiniportDriver(pDriver, pPath, NULL, &Chars, &g_hDriver);
}
