// The timer function releases the lock on its error branch only.

#include <ndis.h>

#define DP_TAG 'sldr'

typedef struct _DP_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    NDIS_SPIN_LOCK RingLock;
    NDIS_HANDLE Timer;
    BOOLEAN Failed;
    ULONG Errors;
} DP_ADAPTER, *PDP_ADAPTER;

static NDIS_HANDLE DpDriverHandle;

MINIPORT_INITIALIZE DpInitialize;
MINIPORT_HALT DpHalt;
MINIPORT_UNLOAD DpUnload;
MINIPORT_PAUSE DpPause;
MINIPORT_RESTART DpRestart;
MINIPORT_OID_REQUEST DpOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS DpSend;
MINIPORT_CANCEL_SEND DpCancelSend;

static NDIS_TIMER_FUNCTION DpPoll;

static VOID
DpPoll(PVOID SystemSpecific1, PVOID FunctionContext, PVOID SystemSpecific2, PVOID SystemSpecific3)
{
    PDP_ADAPTER Adapter = FunctionContext;

    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);
    NdisDprAcquireSpinLock(&Adapter->RingLock);
    if (Adapter->Failed) {
        Adapter->Errors++;
        NdisDprReleaseSpinLock(&Adapter->RingLock);
        return;
    }
    NdisDprReleaseSpinLock(&Adapter->RingLock);
}

static NDIS_STATUS
DpSetAttributes(PDP_ADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = Adapter;
    Registration.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status = NdisMSetMiniportAttributes(Adapter->MiniportHandle,
                                        (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
    if (Status != NDIS_STATUS_SUCCESS) {
        return Status;
    }

    NdisZeroMemory(&General, sizeof(General));
    General.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    General.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.MediaType = NdisMedium802_3;
    General.MtuSize = 1500;
    General.MacAddressLength = 6;
    return NdisMSetMiniportAttributes(Adapter->MiniportHandle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS
DpInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PDP_ADAPTER Adapter;
    NDIS_STATUS Status;
    NDIS_TIMER_CHARACTERISTICS Timer;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(DP_ADAPTER), DP_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(DP_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;
    NdisAllocateSpinLock(&Adapter->RingLock);

    Status = DpSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(&Timer, sizeof(Timer));
        Timer.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
        Timer.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
        Timer.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
        Timer.TimerFunction = DpPoll;
        Timer.FunctionContext = Adapter;
        Status = NdisAllocateTimerObject(MiniportAdapterHandle, &Timer, &Adapter->Timer);
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&Adapter->RingLock);
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
DpHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PDP_ADAPTER Adapter = (PDP_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisCancelTimerObject(Adapter->Timer);
    NdisFreeTimerObject(Adapter->Timer);
    NdisFreeSpinLock(&Adapter->RingLock);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
DpPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    PDP_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    NdisCancelTimerObject(Adapter->Timer);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
DpRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PDP_ADAPTER Adapter = MiniportAdapterContext;
    LARGE_INTEGER Due;

    UNREFERENCED_PARAMETER(RestartParameters);
    Due.QuadPart = -100000;
    NdisSetTimerObject(Adapter->Timer, Due, 10, NULL);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
DpOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
DpSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PDP_ADAPTER Adapter = (PDP_ADAPTER)MiniportAdapterContext;
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(PortNumber);
    for (List = NetBufferLists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List)) {
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(Adapter->MiniportHandle, NetBufferLists,
                                    NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags)
                                        ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                                        : 0);
}

VOID
DpCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    PDP_ADAPTER Adapter = MiniportAdapterContext;

    NdisAcquireSpinLock(&Adapter->RingLock);
    Adapter->Failed = CancelId == NULL;
    NdisReleaseSpinLock(&Adapter->RingLock);
}

VOID
DpUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DpDriverHandle);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics;

    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Characteristics.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.MajorNdisVersion = 6;
    Characteristics.MinorNdisVersion = 20;
    Characteristics.InitializeHandlerEx = DpInitialize;
    Characteristics.HaltHandlerEx = DpHalt;
    Characteristics.UnloadHandler = DpUnload;
    Characteristics.PauseHandler = DpPause;
    Characteristics.RestartHandler = DpRestart;
    Characteristics.OidRequestHandler = DpOidRequest;
    Characteristics.SendNetBufferListsHandler = DpSend;
    Characteristics.CancelSendHandler = DpCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &DpDriverHandle);
}
