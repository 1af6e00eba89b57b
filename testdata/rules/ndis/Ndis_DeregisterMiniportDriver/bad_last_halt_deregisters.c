// The halt of the last adapter deregisters the driver together with the shared table.

#include <ndis.h>

typedef struct _LAST_ADAPTER
{
   NDIS_HANDLE hMiniport;
} LAST_ADAPTER;

static NDIS_HANDLE g_hDriver = NULL;
static LONG g_lAdapters = 0;
static PVOID g_pTable = NULL;

NDIS_STATUS LastInitialize(NDIS_HANDLE hMiniport, NDIS_HANDLE hDriverContext,
                           PNDIS_MINIPORT_INIT_PARAMETERS pInit);
VOID LastHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason);
VOID LastUnload(PDRIVER_OBJECT pDriver);
NDIS_STATUS LastPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause);
NDIS_STATUS LastRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart);
NDIS_STATUS LastOid(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest);
VOID LastSend(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber,
              ULONG ulFlags);

static NDIS_STATUS LastAttributes(LAST_ADAPTER *pAdapter)
{
   NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
   NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
   NDIS_STATUS Status;

   NdisZeroMemory(&Registration, sizeof(Registration));
   Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
   Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
   Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
   Registration.MiniportAdapterContext = pAdapter;
   Registration.AttributeFlags =
       NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
   Registration.InterfaceType = NdisInterfacePci;
   Status = NdisMSetMiniportAttributes(pAdapter->hMiniport,
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
   return NdisMSetMiniportAttributes(pAdapter->hMiniport,
                                     (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

static VOID LastDriverRelease(VOID)
{
   if(g_pTable != NULL)
   {
      NdisFreeMemory(g_pTable, 0, 0);
      g_pTable = NULL;
   }
   if(g_hDriver != NULL)
   {
      NdisMDeregisterMiniportDriver(g_hDriver); // expect: defect Ndis_DeregisterMiniportDriver
      g_hDriver = NULL;
   }
}

NDIS_STATUS LastInitialize(NDIS_HANDLE hMiniport, NDIS_HANDLE hDriverContext,
                           PNDIS_MINIPORT_INIT_PARAMETERS pInit)
{
   LAST_ADAPTER *pAdapter;
   NDIS_STATUS nsStatus;

   UNREFERENCED_PARAMETER(hDriverContext);
   UNREFERENCED_PARAMETER(pInit);
   pAdapter = NdisAllocateMemoryWithTagPriority(hMiniport, sizeof(LAST_ADAPTER), 'tsaL',
                                                NormalPoolPriority);
   if(pAdapter == NULL)
      return NDIS_STATUS_RESOURCES;
   pAdapter->hMiniport = hMiniport;
   nsStatus = LastAttributes(pAdapter);
   if(nsStatus != NDIS_STATUS_SUCCESS)
   {
      NdisFreeMemory(pAdapter, 0, 0);
      return nsStatus;
   }
   if(NdisInterlockedIncrement(&g_lAdapters) == 1)
   {
      g_pTable = NdisAllocateMemoryWithTagPriority(hMiniport, 1024, 'tsaL', NormalPoolPriority);
   }
   return NDIS_STATUS_SUCCESS;
}

VOID LastHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason)
{
   UNREFERENCED_PARAMETER(Reason);
   NdisFreeMemory(hContext, 0, 0);
   if(NdisInterlockedDecrement(&g_lAdapters) == 0)
   {
      LastDriverRelease();
   }
}

VOID LastUnload(PDRIVER_OBJECT pDriver)
{
   UNREFERENCED_PARAMETER(pDriver);
   if(g_hDriver != NULL)
      NdisMDeregisterMiniportDriver(g_hDriver);
}

NDIS_STATUS LastPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pPause);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS LastRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pRestart);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS LastOid(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest)
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

VOID LastSend(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber,
              ULONG ulFlags)
{
   LAST_ADAPTER *Adapter = hContext;
   PNET_BUFFER_LIST Current;

   UNREFERENCED_PARAMETER(PortNumber);
   for(Current = pNbl; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
   {
      NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
   }
   NdisMSendNetBufferListsComplete(
       Adapter->hMiniport, pNbl,
       NDIS_TEST_SEND_AT_DISPATCH_LEVEL(ulFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
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
   mc.InitializeHandlerEx = LastInitialize;
   mc.HaltHandlerEx = LastHalt;
   mc.UnloadHandler = LastUnload;
   mc.PauseHandler = LastPause;
   mc.RestartHandler = LastRestart;
   mc.OidRequestHandler = LastOid;
   mc.SendNetBufferListsHandler = LastSend;
   st = NdisMRegisterMiniportDriver(pDriver, pPath, NULL, &mc, &g_hDriver);
   if(st != NDIS_STATUS_SUCCESS)
      g_hDriver = NULL;
   return st;
}
