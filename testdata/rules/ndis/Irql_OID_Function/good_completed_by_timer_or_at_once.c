// A request is completed by a timer function; if the timer could not be had, it is answered at
// once.

#include <ndis.h>

typedef struct _WO_ADAPTER
{
    NDIS_HANDLE Handle;
    NDIS_HANDLE Timer;
    PNDIS_OID_REQUEST Pending;
} WO_ADAPTER, *PWO_ADAPTER;

MINIPORT_INITIALIZE WoInitialize;
MINIPORT_HALT WoHalt;
MINIPORT_UNLOAD WoUnload;
MINIPORT_PAUSE WoPause;
MINIPORT_RESTART WoRestart;
MINIPORT_OID_REQUEST WoOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS WoSend;
NDIS_TIMER_FUNCTION WoAnswer;

static NDIS_HANDLE WoDriver;

static NDIS_STATUS
WoSetAttributes(WO_ADAPTER* Adapter)
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
    Status =
      NdisMSetMiniportAttributes(Adapter->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
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
    return NdisMSetMiniportAttributes(Adapter->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

VOID
WoAnswer(PVOID SystemSpecific1, PVOID FunctionContext, PVOID SystemSpecific2, PVOID SystemSpecific3)
{
    PWO_ADAPTER Adapter = FunctionContext;
    PNDIS_OID_REQUEST Request = Adapter->Pending;

    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);
    if (Request != NULL) {
        Adapter->Pending = NULL;
        NdisMOidRequestComplete(Adapter->Handle, Request, NDIS_STATUS_SUCCESS);
    }
}

NDIS_STATUS
WoInitialize(NDIS_HANDLE MiniportAdapterHandle,
             NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PWO_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(
      MiniportAdapterHandle, sizeof(WO_ADAPTER), 'lvlI', NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(WO_ADAPTER));
    Adapter->Handle = MiniportAdapterHandle;
    Status = WoSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Fail;
    {
        NDIS_TIMER_CHARACTERISTICS Timer;

        NdisZeroMemory(&Timer, sizeof(Timer));
        Timer.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
        Timer.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
        Timer.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
        Timer.AllocationTag = 'swnA';
        Timer.TimerFunction = WoAnswer;
        Timer.FunctionContext = Adapter;
        if (NdisAllocateTimerObject(MiniportAdapterHandle, &Timer, &Adapter->Timer) !=
            NDIS_STATUS_SUCCESS)
            Adapter->Timer = NULL;
    }
    return NDIS_STATUS_SUCCESS;

Fail:
    NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID
WoHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PWO_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    if (Adapter->Timer != NULL) {
        NdisCancelTimerObject(Adapter->Timer);
        NdisFreeTimerObject(Adapter->Timer);
    }
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
WoPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    PWO_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(PauseParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
WoRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PWO_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
WoOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PWO_ADAPTER Adapter = MiniportAdapterContext;
    NDIS_STATUS Status = NDIS_STATUS_NOT_SUPPORTED;
    if (OidRequest->RequestType != NdisRequestSetInformation)
        return Status;
    switch (OidRequest->DATA.SET_INFORMATION.Oid) {
        case OID_GEN_CURRENT_PACKET_FILTER:
        case OID_GEN_CURRENT_LOOKAHEAD:
            Status = NDIS_STATUS_SUCCESS;
            break;
        case OID_GEN_LINK_PARAMETERS:
            Status = NDIS_STATUS_SUCCESS;
            if (Adapter->Timer != NULL) {
                LARGE_INTEGER Due;

                Due.QuadPart = -100000;
                Adapter->Pending = OidRequest;
                NdisSetTimerObject(Adapter->Timer, Due, 0, NULL);
                Status = NDIS_STATUS_PENDING;
            }
            break;
        default:
            break;
    }
    return Status;
}

VOID
WoSend(NDIS_HANDLE MiniportAdapterContext,
       PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber,
       ULONG SendFlags)
{
    PWO_ADAPTER Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;
    ULONG Flags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
        Flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(Adapter->Handle, NetBufferLists, Flags);
}

VOID
WoUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(WoDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = WoInitialize;
    Chars.HaltHandlerEx = WoHalt;
    Chars.UnloadHandler = WoUnload;
    Chars.PauseHandler = WoPause;
    Chars.RestartHandler = WoRestart;
    Chars.OidRequestHandler = WoOidRequest;
    Chars.SendNetBufferListsHandler = WoSend;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &WoDriver);
}
