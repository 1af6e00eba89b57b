// When the self test fails, initialize deregisters, clears the handle, and resets the chip
// without synchronization.

#include <ndis.h>

#define PK_TAG ((ULONG)' kcP')

typedef struct _PK
{
   NDIS_HANDLE NdisHandle;
   NDIS_HANDLE hInt;
   NDIS_HANDLE hPool;
   ULONG ulState;
} PK;

MINIPORT_INITIALIZE PkInitialize;
MINIPORT_HALT PkHalt;
MINIPORT_UNLOAD PkUnload;
MINIPORT_PAUSE PkPause;
MINIPORT_RESTART PkRestart;
MINIPORT_OID_REQUEST PkOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS PkSendLists;
MINIPORT_ISR PkIsr;
MINIPORT_INTERRUPT_DPC PkDpc;
MINIPORT_SYNCHRONIZE_INTERRUPT PkSyncReset;
MINIPORT_RESET PkReset;

static NDIS_HANDLE hPkDriver = NULL;

BOOLEAN PkIsr(NDIS_HANDLE hContext, PBOOLEAN pQueue, PULONG pTargets)
{
   UNREFERENCED_PARAMETER(hContext);
   *pTargets = 0;
   *pQueue = TRUE;
   return TRUE;
}

VOID PkDpc(NDIS_HANDLE hContext, PVOID pDpc, PVOID pThrottle, PVOID pReserved)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pDpc);
   UNREFERENCED_PARAMETER(pThrottle);
   UNREFERENCED_PARAMETER(pReserved);
}

BOOLEAN PkSyncReset(NDIS_HANDLE hContext)
{
   PK *pPk = (PK *)hContext;

   pPk->ulState = 0;
   return (BOOLEAN)(pPk->ulState == 0);
}

static VOID PkResetChip(PK *pPk)
{
   if(pPk->hInt != NULL)
      NdisMSynchronizeWithInterruptEx(pPk->hInt, 0, PkSyncReset,
                                      pPk);
   else
      PkSyncReset(pPk);
}

static NDIS_STATUS PkSetAttributes(PK *pPk)
{
   NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
   NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
   NDIS_STATUS Status;

   NdisZeroMemory(&Registration, sizeof(Registration));
   Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
   Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
   Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
   Registration.MiniportAdapterContext = pPk;
   Registration.AttributeFlags =
       NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
   Registration.InterfaceType = NdisInterfacePci;
   Status = NdisMSetMiniportAttributes(pPk->NdisHandle,
                                       (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
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
   return NdisMSetMiniportAttributes(pPk->NdisHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

static NDIS_STATUS PkSelfTest(PK *pPk)
{
   ULONG ulId = 0;

   NdisMGetBusData(pPk->NdisHandle, PCI_WHICHSPACE_CONFIG, 0, &ulId, sizeof(ulId));
   return (ulId & 0xffff) == 0xffff ? NDIS_STATUS_DEVICE_FAILED : NDIS_STATUS_SUCCESS;
}

NDIS_STATUS PkInitialize(NDIS_HANDLE hMiniport, NDIS_HANDLE hDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS pInit)
{
   NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;
   NDIS_STATUS nsResult;
   PK *pPk;

   UNREFERENCED_PARAMETER(hDriverContext);
   UNREFERENCED_PARAMETER(pInit);
   pPk = NdisAllocateMemoryWithTagPriority(hMiniport, sizeof(PK), PK_TAG, NormalPoolPriority);
   if(pPk == NULL)
      return NDIS_STATUS_RESOURCES;
   NdisZeroMemory(pPk, sizeof(PK));
   pPk->NdisHandle = hMiniport;

   nsResult = PkSetAttributes(pPk);
   if(nsResult != NDIS_STATUS_SUCCESS)
      goto Fail;

   NdisZeroMemory(&mic, sizeof(mic));
   mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
   mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
   mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
   mic.InterruptHandler = PkIsr;
   mic.InterruptDpcHandler = PkDpc;

   nsResult = NdisMRegisterInterruptEx(hMiniport, pPk, &mic, &pPk->hInt);
   if(nsResult != NDIS_STATUS_SUCCESS)
   {
      pPk->hInt = NULL;
      goto Fail;
   }

   nsResult = PkSelfTest(pPk);
   if(nsResult != NDIS_STATUS_SUCCESS)
   {
      NdisMDeregisterInterruptEx(pPk->hInt);
      pPk->hInt = NULL;
      goto Fail;
   }
   return NDIS_STATUS_SUCCESS;

Fail:
   PkResetChip(pPk);
   NdisFreeMemory(pPk, 0, 0);
   return nsResult;
}

VOID PkHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason)
{
   PK *pPk = hContext;

   UNREFERENCED_PARAMETER(Reason);
   PkResetChip(pPk);
   NdisMDeregisterInterruptEx(pPk->hInt);
   NdisFreeMemory(pPk, 0, 0);
}

NDIS_STATUS PkReset(NDIS_HANDLE hContext, PBOOLEAN pAddressingReset)
{
   *pAddressingReset = FALSE;
   PkResetChip(hContext);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS PkPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pPause);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS PkRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pRestart);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS PkOidRequest(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest)
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

VOID PkSendLists(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber,
                 ULONG ulFlags)
{
   PK *a = (PK *)hContext;
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
   NdisMSendNetBufferListsComplete(a->NdisHandle, pNbl, done);
}

VOID PkUnload(PDRIVER_OBJECT pDriver)
{
   UNREFERENCED_PARAMETER(pDriver);
   NdisMDeregisterMiniportDriver(hPkDriver);
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
   mc.InitializeHandlerEx = PkInitialize;
   mc.HaltHandlerEx = PkHalt;
   mc.UnloadHandler = PkUnload;
   mc.PauseHandler = PkPause;
   mc.RestartHandler = PkRestart;
   mc.OidRequestHandler = PkOidRequest;
   mc.SendNetBufferListsHandler = PkSendLists;
   mc.ResetHandlerEx = PkReset;
   st = NdisMRegisterMiniportDriver(pDriver, pPath, NULL, &mc, &hPkDriver);
   if(st != NDIS_STATUS_SUCCESS)
      hPkDriver = NULL;
   return st;
}
