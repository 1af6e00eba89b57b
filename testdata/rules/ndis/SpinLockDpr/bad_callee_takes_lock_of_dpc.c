// One function takes a list of the adapter, from the timer under its lock and from Pause without
// it. The caller says whether the lock is held, but the timer says it wrongly.

#include <ndis.h>

#define TM_TAG 'klmt'

typedef struct _TM_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    NDIS_SPIN_LOCK ListLock;
    NDIS_HANDLE Timer;
    PVOID List;
    ULONG Ticks;
} TM_ADAPTER, *PTM_ADAPTER;

static NDIS_HANDLE TmDriverHandle;

MINIPORT_INITIALIZE TmInitialize;
MINIPORT_HALT TmHalt;
MINIPORT_UNLOAD TmUnload;
MINIPORT_PAUSE TmPause;
MINIPORT_RESTART TmRestart;
MINIPORT_OID_REQUEST TmOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS TmSend;
MINIPORT_CANCEL_SEND TmCancelSend;

static NDIS_TIMER_FUNCTION TmTick;

static VOID
TmDrop(PTM_ADAPTER Adapter, BOOLEAN Locked)
{
    KIRQL Irql = PASSIVE_LEVEL;

    if (!Locked) {
        NDIS_RAISE_IRQL_TO_DISPATCH(&Irql);
        NdisDprAcquireSpinLock(&Adapter->ListLock); // expect: defect SpinLockDpr
    }
    Adapter->List = NULL;
    if (!Locked) {
        NdisDprReleaseSpinLock(&Adapter->ListLock);
        NDIS_LOWER_IRQL(Irql, DISPATCH_LEVEL);
    }
}

static VOID
TmTick(PVOID SystemSpecific1, PVOID FunctionContext, PVOID SystemSpecific2, PVOID SystemSpecific3)
{
    PTM_ADAPTER Adapter = FunctionContext;

    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);
    NdisDprAcquireSpinLock(&Adapter->ListLock);
    Adapter->Ticks++;
    if (Adapter->List != NULL) {
        TmDrop(Adapter, FALSE);
    }
    NdisDprReleaseSpinLock(&Adapter->ListLock);
}

static NDIS_STATUS
TmSetAttributes(PTM_ADAPTER Adapter)
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
TmInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PTM_ADAPTER Adapter;
    NDIS_STATUS Status;
    NDIS_TIMER_CHARACTERISTICS Timer;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(TM_ADAPTER), TM_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(TM_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;
    NdisAllocateSpinLock(&Adapter->ListLock);

    Status = TmSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(&Timer, sizeof(Timer));
        Timer.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
        Timer.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
        Timer.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
        Timer.TimerFunction = TmTick;
        Timer.FunctionContext = Adapter;
        Status = NdisAllocateTimerObject(MiniportAdapterHandle, &Timer, &Adapter->Timer);
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&Adapter->ListLock);
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
TmHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PTM_ADAPTER Adapter = (PTM_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisCancelTimerObject(Adapter->Timer);
    NdisFreeTimerObject(Adapter->Timer);
    NdisFreeSpinLock(&Adapter->ListLock);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
TmPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    PTM_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    NdisCancelTimerObject(Adapter->Timer);
    TmDrop(Adapter, FALSE);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
TmRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PTM_ADAPTER Adapter = MiniportAdapterContext;
    LARGE_INTEGER Due;

    UNREFERENCED_PARAMETER(RestartParameters);
    Adapter->List = Adapter;
    Due.QuadPart = -5000000;
    NdisSetTimerObject(Adapter->Timer, Due, 500, NULL);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
TmOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
TmSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PTM_ADAPTER Adapter = (PTM_ADAPTER)MiniportAdapterContext;
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
TmCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

VOID
TmUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(TmDriverHandle);
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
    Characteristics.InitializeHandlerEx = TmInitialize;
    Characteristics.HaltHandlerEx = TmHalt;
    Characteristics.UnloadHandler = TmUnload;
    Characteristics.PauseHandler = TmPause;
    Characteristics.RestartHandler = TmRestart;
    Characteristics.OidRequestHandler = TmOidRequest;
    Characteristics.SendNetBufferListsHandler = TmSend;
    Characteristics.CancelSendHandler = TmCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &TmDriverHandle);
}
