/* Halt gives the I/O ports back between the lock macros. */

#include <ndis.h>

#define ISA_LOCK(card)   NdisAcquireSpinLock(&(card)->Lock)
#define ISA_UNLOCK(card) NdisReleaseSpinLock(&(card)->Lock)
#define ISA_PORTS        32

typedef struct ISA_CARD_
{
   NDIS_HANDLE Adapter;
   PVOID Base;
   UINT FirstPort;
   NDIS_SPIN_LOCK Lock;
   BOOLEAN Dead;
} ISA_CARD;

NDIS_STATUS IsaInitialize(NDIS_HANDLE hMiniport, NDIS_HANDLE hDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS pInit);
VOID IsaHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason);
VOID IsaUnload(PDRIVER_OBJECT pDriver);
NDIS_STATUS IsaPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause);
NDIS_STATUS IsaRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart);
NDIS_STATUS IsaOid(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest);
VOID IsaSend(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber,
             ULONG ulFlags);
VOID IsaCancel(NDIS_HANDLE hContext, PVOID pId);
VOID IsaPnp(NDIS_HANDLE hContext, PNET_DEVICE_PNP_EVENT pEvent);
VOID IsaShutdown(NDIS_HANDLE hContext, NDIS_SHUTDOWN_ACTION Reason);

NDIS_HANDLE hIsaDriver = NULL;

static NDIS_STATUS IsaAttributes(ISA_CARD *pCard)
{
   NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
   NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
   NDIS_STATUS Status;

   NdisZeroMemory(&Registration, sizeof(Registration));
   Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
   Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
   Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
   Registration.MiniportAdapterContext = pCard;
   Registration.AttributeFlags =
       NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
   Registration.InterfaceType = NdisInterfaceIsa;
   Status =
       NdisMSetMiniportAttributes(pCard->Adapter, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
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
   return NdisMSetMiniportAttributes(pCard->Adapter, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

static VOID IsaGivePorts(ISA_CARD *pCard)
{
   NdisMDeregisterIoPortRange(pCard->Adapter, pCard->FirstPort, ISA_PORTS, /* expect: defect Irql_Miniport_Driver_Function */
                              pCard->Base);
}

NDIS_STATUS IsaInitialize(NDIS_HANDLE hMiniport, NDIS_HANDLE hDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS pInit)
{
   ISA_CARD *pCard;
   NDIS_STATUS nsStatus;
   UCHAR ucId;

   UNREFERENCED_PARAMETER(hDriverContext);
   if(pInit->AllocatedResources == NULL)
      return NDIS_STATUS_ADAPTER_NOT_FOUND;
   pCard =
       NdisAllocateMemoryWithTagPriority(hMiniport, sizeof(ISA_CARD), 'ASI ', NormalPoolPriority);
   if(pCard == NULL)
      return NDIS_STATUS_RESOURCES;
   NdisZeroMemory(pCard, sizeof(ISA_CARD));
   pCard->Adapter = hMiniport;
   pCard->FirstPort =
       NdisGetPhysicalAddressLow(pInit->AllocatedResources->PartialDescriptors[0].u.Port.Start);
   NdisAllocateSpinLock(&pCard->Lock);

   nsStatus = IsaAttributes(pCard);
   if(nsStatus != NDIS_STATUS_SUCCESS)
      goto NoPorts;
   nsStatus = NdisMRegisterIoPortRange(&pCard->Base, hMiniport, pCard->FirstPort, ISA_PORTS);
   if(nsStatus != NDIS_STATUS_SUCCESS)
      goto NoPorts;

   ISA_LOCK(pCard);
   NdisRawReadPortUchar((PUCHAR)pCard->Base + 3, &ucId);
   ISA_UNLOCK(pCard);
   if(ucId == 0xff)
   {
      nsStatus = NDIS_STATUS_ADAPTER_NOT_FOUND;
      IsaGivePorts(pCard);
      goto NoPorts;
   }
   return NDIS_STATUS_SUCCESS;

NoPorts:
   NdisFreeSpinLock(&pCard->Lock);
   NdisFreeMemory(pCard, 0, 0);
   return nsStatus;
}

VOID IsaHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason)
{
   ISA_CARD *pCard = (ISA_CARD *)hContext;

   UNREFERENCED_PARAMETER(Reason);
   ISA_LOCK(pCard);
   pCard->Dead = TRUE;
   IsaGivePorts(pCard);
   ISA_UNLOCK(pCard);
   NdisFreeSpinLock(&pCard->Lock);
   NdisFreeMemory(pCard, 0, 0);
}

NDIS_STATUS IsaPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pPause);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IsaRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pRestart);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IsaOid(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest)
{
   UNREFERENCED_PARAMETER(hContext);
   return pRequest->RequestType == NdisRequestQueryStatistics ? NDIS_STATUS_INVALID_OID
                                                              : NDIS_STATUS_NOT_SUPPORTED;
}

VOID IsaSend(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber,
             ULONG ulFlags)
{
   ISA_CARD *Adapter = hContext;
   PNET_BUFFER_LIST Current;

   UNREFERENCED_PARAMETER(PortNumber);
   for(Current = pNbl; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
   {
      NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
   }
   NdisMSendNetBufferListsComplete(
       Adapter->Adapter, pNbl,
       NDIS_TEST_SEND_AT_DISPATCH_LEVEL(ulFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID IsaCancel(NDIS_HANDLE hContext, PVOID pId)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pId);
}

VOID IsaPnp(NDIS_HANDLE hContext, PNET_DEVICE_PNP_EVENT pEvent)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(pEvent);
}

VOID IsaShutdown(NDIS_HANDLE hContext, NDIS_SHUTDOWN_ACTION Reason)
{
   UNREFERENCED_PARAMETER(hContext);
   UNREFERENCED_PARAMETER(Reason);
}

VOID IsaUnload(PDRIVER_OBJECT pDriver)
{
   UNREFERENCED_PARAMETER(pDriver);
   NdisMDeregisterMiniportDriver(hIsaDriver);
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
   mc.InitializeHandlerEx = IsaInitialize;
   mc.HaltHandlerEx = IsaHalt;
   mc.UnloadHandler = IsaUnload;
   mc.PauseHandler = IsaPause;
   mc.RestartHandler = IsaRestart;
   mc.OidRequestHandler = IsaOid;
   mc.SendNetBufferListsHandler = IsaSend;
   mc.CancelSendHandler = IsaCancel;
   mc.DevicePnPEventNotifyHandler = IsaPnp;
   mc.ShutdownHandlerEx = IsaShutdown;
   st = NdisMRegisterMiniportDriver(pDriver, pPath, NULL, &mc, &hIsaDriver);
   if(st != NDIS_STATUS_SUCCESS)
      hIsaDriver = NULL;
   return st;
}
