// The link timer queues a work item that sleeps while the PHY settles.

#include <ndis.h>

#define LP_TAG 'pApL'

typedef struct _LP_ADAPTER
{
    NDIS_HANDLE MiniportHandle;
    NDIS_HANDLE Timer;
    NDIS_HANDLE WorkItem;
    NDIS_EVENT Idle;
    LONG Busy;
    ULONG Polls;
} LP_ADAPTER, *PLP_ADAPTER;

MINIPORT_INITIALIZE LpInitialize;
MINIPORT_HALT LpHalt;
MINIPORT_UNLOAD LpUnload;
MINIPORT_PAUSE LpPause;
MINIPORT_RESTART LpRestart;
MINIPORT_OID_REQUEST LpOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS LpSend;
NDIS_TIMER_FUNCTION LpTimer;
NDIS_IO_WORKITEM_FUNCTION LpWork;

static NDIS_HANDLE LpDriver;

static VOID LpSettle(PLP_ADAPTER Adapter)
{
    NdisMSleep(500);
    Adapter->Polls++;
}

VOID LpWork(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle)
{
    PLP_ADAPTER Adapter = (PLP_ADAPTER)WorkItemContext;

    UNREFERENCED_PARAMETER(NdisIoWorkItemHandle);
    LpSettle(Adapter);
    NdisSetEvent(&Adapter->Idle);
    InterlockedExchange(&Adapter->Busy, 0);
}

VOID LpTimer(PVOID SystemSpecific1, PVOID FunctionContext, PVOID SystemSpecific2,
             PVOID SystemSpecific3)
{
    PLP_ADAPTER Adapter = (PLP_ADAPTER)FunctionContext;

    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);
    if (InterlockedCompareExchange(&Adapter->Busy, 1, 0) == 0)
    {
        NdisResetEvent(&Adapter->Idle);
        NdisQueueIoWorkItem(Adapter->WorkItem, LpWork, Adapter);
    }
}

static NDIS_STATUS LpSetAttributes(LP_ADAPTER *Adapter)
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
    Status = NdisMSetMiniportAttributes(Adapter->MiniportHandle,
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
    return NdisMSetMiniportAttributes(Adapter->MiniportHandle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS LpInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_TIMER_CHARACTERISTICS Timer;
    LARGE_INTEGER DueTime;
    PLP_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(LP_ADAPTER), LP_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(LP_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;
    NdisInitializeEvent(&Adapter->Idle);
    NdisSetEvent(&Adapter->Idle);

    Status = LpSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        goto FreeAdapter;
    }
    Adapter->WorkItem = NdisAllocateIoWorkItem(MiniportAdapterHandle);
    if (Adapter->WorkItem == NULL)
    {
        Status = NDIS_STATUS_RESOURCES;
        goto FreeAdapter;
    }
    NdisZeroMemory(&Timer, sizeof(Timer));
    Timer.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    Timer.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    Timer.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    Timer.AllocationTag = LP_TAG;
    Timer.TimerFunction = LpTimer;
    Timer.FunctionContext = Adapter;
    Status = NdisAllocateTimerObject(MiniportAdapterHandle, &Timer, &Adapter->Timer);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        goto FreeWorkItem;
    }
    DueTime.QuadPart = -10000000;
    NdisSetTimerObject(Adapter->Timer, DueTime, 1000, NULL);
    return NDIS_STATUS_SUCCESS;

FreeWorkItem:
    NdisFreeIoWorkItem(Adapter->WorkItem);
FreeAdapter:
    NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID LpHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PLP_ADAPTER Adapter = (PLP_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisCancelTimerObject(Adapter->Timer);
    NdisWaitEvent(&Adapter->Idle, 0);
    while (InterlockedCompareExchange(&Adapter->Busy, 0, 0) != 0)
    {
        NdisMSleep(100);
    }
    NdisFreeTimerObject(Adapter->Timer);
    NdisFreeIoWorkItem(Adapter->WorkItem);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS LpPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS LpRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS LpOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    if (OidRequest->RequestType == NdisRequestSetInformation &&
        OidRequest->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER)
    {
        OidRequest->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
        return NDIS_STATUS_SUCCESS;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID LpSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    LP_ADAPTER *Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
    {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->MiniportHandle, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID LpUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(LpDriver);
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
    Chars.InitializeHandlerEx = LpInitialize;
    Chars.HaltHandlerEx = LpHalt;
    Chars.UnloadHandler = LpUnload;
    Chars.PauseHandler = LpPause;
    Chars.RestartHandler = LpRestart;
    Chars.OidRequestHandler = LpOidRequest;
    Chars.SendNetBufferListsHandler = LpSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &LpDriver);
}
