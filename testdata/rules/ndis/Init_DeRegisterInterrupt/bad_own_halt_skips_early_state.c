// A failing initialize calls the halt handler, which undoes nothing before the adapter is in its
// last state.

#include <ndis.h>

#define MP_TAG 'dapM'

typedef enum
{
   StateEmpty,
   StateConnected,
   StateReady
} MP_STATE;

typedef struct _MP_ADAPTER
{
   NDIS_HANDLE MiniportAdapterHandle;

   struct
   {
      NDIS_HANDLE Handle;
      ULONG Number;
   } Interrupt;

   MP_STATE State;
   PVOID Multicast;
} MP_ADAPTER, *PMP_ADAPTER;

NDIS_STATUS MPInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters);
VOID MPHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction);
VOID MPUnload(PDRIVER_OBJECT DriverObject);
NDIS_STATUS MPPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters);
NDIS_STATUS MPRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters);
NDIS_STATUS MPOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest);
VOID MPSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags);
BOOLEAN MPIsr(NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
              PULONG TargetProcessors);
VOID MPDpc(NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
           PVOID ReceiveThrottleParameters, PVOID NdisReserved2);

NDIS_HANDLE MPDriverHandle;

static NDIS_STATUS MPSetAttributes(MP_ADAPTER *Adapter)
{
   NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
   NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
   NDIS_STATUS Status;

   NdisZeroMemory(&Registration, sizeof(Registration));
   Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
   Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
   Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
   Registration.MiniportAdapterContext = Adapter;
   Registration.AttributeFlags =
       NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
   Registration.InterfaceType = NdisInterfacePci;
   Status = NdisMSetMiniportAttributes(Adapter->MiniportAdapterHandle,
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
   return NdisMSetMiniportAttributes(Adapter->MiniportAdapterHandle,
                                     (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS MPInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
   NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS InterruptChars;
   PMP_ADAPTER Adapter;
   NDIS_STATUS Status;

   UNREFERENCED_PARAMETER(MiniportDriverContext);
   UNREFERENCED_PARAMETER(MiniportInitParameters);
   Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(MP_ADAPTER), MP_TAG,
                                               NormalPoolPriority);
   if(Adapter == NULL)
   {
      return NDIS_STATUS_RESOURCES;
   }
   NdisZeroMemory(Adapter, sizeof(MP_ADAPTER));
   Adapter->MiniportAdapterHandle = MiniportAdapterHandle;
   Adapter->State = StateEmpty;

   Status = MPSetAttributes(Adapter);
   if(Status != NDIS_STATUS_SUCCESS)
   {
      goto Exit;
   }

   NdisZeroMemory(&InterruptChars, sizeof(InterruptChars));
   InterruptChars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
   InterruptChars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
   InterruptChars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
   InterruptChars.InterruptHandler = MPIsr;
   InterruptChars.InterruptDpcHandler = MPDpc;

   Status = NdisMRegisterInterruptEx(MiniportAdapterHandle, Adapter, &InterruptChars,
                                     &Adapter->Interrupt.Handle);
   if(Status != NDIS_STATUS_SUCCESS)
   {
      goto Exit;
   }
   Adapter->State = StateConnected;

   Adapter->Multicast =
       NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, 32 * 6, MP_TAG, NormalPoolPriority);
   if(Adapter->Multicast == NULL)
   {
      Status = NDIS_STATUS_RESOURCES;
      goto Exit;
   }
   Adapter->State = StateReady;

Exit:
   if(Status != NDIS_STATUS_SUCCESS)
   {
      MPHalt(Adapter, NdisHaltDeviceInitializationFailed);
   }
   return Status; // expect: defect Init_DeRegisterInterrupt
}

VOID MPHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
   PMP_ADAPTER Adapter = (PMP_ADAPTER)MiniportAdapterContext;

   UNREFERENCED_PARAMETER(HaltAction);
   if(Adapter->State >= StateReady)
   {
      NdisMDeregisterInterruptEx(Adapter->Interrupt.Handle);
   }
   if(Adapter->Multicast != NULL)
   {
      NdisFreeMemory(Adapter->Multicast, 0, 0);
   }
   NdisFreeMemory(Adapter, 0, 0);
}

BOOLEAN MPIsr(NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
              PULONG TargetProcessors)
{
   UNREFERENCED_PARAMETER(MiniportInterruptContext);
   *TargetProcessors = 0;
   *QueueDefaultInterruptDpc = TRUE;
   return TRUE;
}

VOID MPDpc(NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
           PVOID ReceiveThrottleParameters, PVOID NdisReserved2)
{
   UNREFERENCED_PARAMETER(MiniportInterruptContext);
   UNREFERENCED_PARAMETER(MiniportDpcContext);
   UNREFERENCED_PARAMETER(ReceiveThrottleParameters);
   UNREFERENCED_PARAMETER(NdisReserved2);
}

NDIS_STATUS MPPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
   UNREFERENCED_PARAMETER(MiniportAdapterContext);
   UNREFERENCED_PARAMETER(PauseParameters);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS MPRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
   UNREFERENCED_PARAMETER(MiniportAdapterContext);
   UNREFERENCED_PARAMETER(RestartParameters);
   return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS MPOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
   NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

   UNREFERENCED_PARAMETER(MiniportAdapterContext);
   switch(OidRequest->DATA.SET_INFORMATION.Oid)
   {
   case OID_GEN_CURRENT_LOOKAHEAD:
   case OID_GEN_CURRENT_PACKET_FILTER:
      if(OidRequest->RequestType == NdisRequestSetInformation)
         Result = NDIS_STATUS_SUCCESS;
      break;
   default:
      break;
   }
   return Result;
}

VOID MPSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
   MP_ADAPTER *Adapter = MiniportAdapterContext;
   PNET_BUFFER_LIST Current;

   UNREFERENCED_PARAMETER(PortNumber);
   for(Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
   {
      NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
   }
   NdisMSendNetBufferListsComplete(
       Adapter->MiniportAdapterHandle, NetBufferLists,
       NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
   UNREFERENCED_PARAMETER(DriverObject);
   NdisMDeregisterMiniportDriver(MPDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
   NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

   NdisZeroMemory(&Chars, sizeof(Chars));
   Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
   Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
   Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
   Chars.MajorNdisVersion = 6;
   Chars.MinorNdisVersion = 0;
   Chars.MajorDriverVersion = 1;
   Chars.InitializeHandlerEx = MPInitialize;
   Chars.HaltHandlerEx = MPHalt;
   Chars.UnloadHandler = MPUnload;
   Chars.PauseHandler = MPPause;
   Chars.RestartHandler = MPRestart;
   Chars.OidRequestHandler = MPOidRequest;
   Chars.SendNetBufferListsHandler = MPSend;
   return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &MPDriverHandle);
}
