// A work item that finds the device dead deregisters the interrupt itself.

#include <ndis.h>

typedef struct
{
   NDIS_HANDLE hNic;
   NDIS_HANDLE hInterrupt;
   NDIS_HANDLE hWorkItem;
   LONG lWorking;

   enum
   {
      recRunning,
      recDead,
      recGivenUp
   } State;
} REC;

MINIPORT_INITIALIZE RecInitialize;
MINIPORT_HALT RecHalt;
MINIPORT_UNLOAD RecUnload;
MINIPORT_PAUSE RecPause;
MINIPORT_RESTART RecRestart;
MINIPORT_OID_REQUEST RecOid;
MINIPORT_SEND_NET_BUFFER_LISTS RecSend;
MINIPORT_ISR RecIsr;
MINIPORT_INTERRUPT_DPC RecDpc;
NDIS_IO_WORKITEM_FUNCTION RecWork;

static NDIS_HANDLE hRecDriver;

BOOLEAN RecIsr(NDIS_HANDLE hContext, PBOOLEAN pQueue, PULONG pTargets)
{
   UNREFERENCED_PARAMETER(hContext);
   *pTargets = 0;
   *pQueue = TRUE;
   return TRUE;
}

VOID RecDpc(NDIS_HANDLE hContext, PVOID pDpc, PVOID pThrottle, PVOID pReserved)
{
   REC *pRec = (REC *)hContext;

   UNREFERENCED_PARAMETER(pDpc);
   UNREFERENCED_PARAMETER(pThrottle);
   UNREFERENCED_PARAMETER(pReserved);
   if(InterlockedCompareExchange(&pRec->lWorking, 1, 0) == 0)
      NdisQueueIoWorkItem(pRec->hWorkItem, RecWork, pRec);
}

VOID RecWork(PVOID pContext, NDIS_HANDLE hItem)
{
   REC *pRec = (REC *)pContext;
   ULONG ulId = 0;

   UNREFERENCED_PARAMETER(hItem);
   NdisMGetBusData(pRec->hNic, PCI_WHICHSPACE_CONFIG, 0, &ulId, sizeof(ulId));
   if(ulId == 0xffffffff && pRec->State == recRunning)
   {
      pRec->State = recDead;
      NdisMDeregisterInterruptEx(pRec->hInterrupt); // expect: defect Ndis_DeregisterInterruptContext
      pRec->State = recGivenUp;
   }
   InterlockedExchange(&pRec->lWorking, 0);
}

static NDIS_STATUS RecAttributes(REC *pRec)
{
   NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
   NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
   NDIS_STATUS Status;

   NdisZeroMemory(&Registration, sizeof(Registration));
   Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
   Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
   Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
   Registration.MiniportAdapterContext = pRec;
   Registration.AttributeFlags =
       NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
   Registration.InterfaceType = NdisInterfacePci;
   Status =
       NdisMSetMiniportAttributes(pRec->hNic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
   if(Status != NDIS_STATUS_SUCCESS)
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
   return NdisMSetMiniportAttributes(pRec->hNic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS RecInitialize(NDIS_HANDLE hMiniport, NDIS_HANDLE hDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS pInit)
{
   NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;
   NDIS_STATUS nsStatus;
   REC *pRec;

   UNREFERENCED_PARAMETER(hDriverContext);
   UNREFERENCED_PARAMETER(pInit);
   pRec = NdisAllocateMemoryWithTagPriority(hMiniport, sizeof(REC), 'ceR ', NormalPoolPriority);
   if(pRec == NULL)
      return NDIS_STATUS_RESOURCES;
   NdisZeroMemory(pRec, sizeof(REC));
   pRec->hNic = hMiniport;
   pRec->State = recRunning;
   nsStatus = RecAttributes(pRec);
   if(nsStatus != NDIS_STATUS_SUCCESS)
   {
      NdisFreeMemory(pRec, 0, 0);
      return nsStatus;
   }
   pRec->hWorkItem = NdisAllocateIoWorkItem(hMiniport);
   if(pRec->hWorkItem == NULL)
   {
      NdisFreeMemory(pRec, 0, 0);
      return NDIS_STATUS_RESOURCES;
   }
   NdisZeroMemory(&mic, sizeof(mic));
   mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
   mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
   mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
   mic.InterruptHandler = RecIsr;
   mic.InterruptDpcHandler = RecDpc;

   nsStatus = NdisMRegisterInterruptEx(hMiniport, pRec, &mic, &pRec->hInterrupt);
   if(nsStatus != NDIS_STATUS_SUCCESS)
   {
      NdisFreeIoWorkItem(pRec->hWorkItem);
      NdisFreeMemory(pRec, 0, 0);
   }
   return nsStatus;
}

VOID RecHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason)
{
   REC *pRec = (REC *)hContext;

   UNREFERENCED_PARAMETER(Reason);
   if(pRec->State != recGivenUp)
      NdisMDeregisterInterruptEx(pRec->hInterrupt); // also: Ndis_DeregisterInterruptContext
   while(pRec->lWorking != 0)
      NdisMSleep(500);
   NdisFreeIoWorkItem(pRec->hWorkItem);
   NdisFreeMemory(pRec, 0, 0);
} // also: Init_RegisterInterrupt

NDIS_STATUS RecPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pPause);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS RecRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pRestart);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS RecOid(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest)
{
   UNREFERENCED_PARAMETER(hContext);
   if(pRequest->RequestType == NdisRequestSetInformation &&
      pRequest->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER)
   {
      pRequest->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
      return NDIS_STATUS_SUCCESS;
   }
   return NDIS_STATUS_NOT_SUPPORTED;
}

VOID RecSend(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber,
             ULONG ulFlags)
{
   REC *a = (REC *)hContext;
   PNET_BUFFER_LIST cur = pNbl;
   ULONG done = 0;

   UNREFERENCED_PARAMETER(PortNumber);
   while(cur)
   {
      cur->Status = NDIS_STATUS_PAUSED;
      cur = cur->Next;
   }
   if(NDIS_TEST_SEND_AT_DISPATCH_LEVEL(ulFlags))
      done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
   NdisMSendNetBufferListsComplete(a->hNic, pNbl, done);
}

VOID RecUnload(PDRIVER_OBJECT pDriver)
{
   UNREFERENCED_PARAMETER(pDriver);
   NdisMDeregisterMiniportDriver(hRecDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT pDriver, PUNICODE_STRING pPath)
{
   NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
   NDIS_STATUS st;

   NdisZeroMemory(&mc, sizeof(mc));
   mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
   mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
   mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
   mc.MajorNdisVersion = 6;
   mc.MinorNdisVersion = 1;
   mc.MajorDriverVersion = 1;
   mc.InitializeHandlerEx = RecInitialize;
   mc.HaltHandlerEx = RecHalt;
   mc.UnloadHandler = RecUnload;
   mc.PauseHandler = RecPause;
   mc.RestartHandler = RecRestart;
   mc.OidRequestHandler = RecOid;
   mc.SendNetBufferListsHandler = RecSend;
   st = NdisMRegisterMiniportDriver(pDriver, pPath, NULL, &mc, &hRecDriver);
   if(st != NDIS_STATUS_SUCCESS)
      hRecDriver = NULL;
   return st;
}
