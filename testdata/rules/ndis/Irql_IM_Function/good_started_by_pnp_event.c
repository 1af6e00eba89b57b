/*
 * The handler of network events starts the virtual miniport.
 */
#include <ndis.h>

typedef struct IS_EDGE {
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_HANDLE Miniport;
    NDIS_STRING Name;
    BOOLEAN Started;
} IS_EDGE;

PROTOCOL_BIND_ADAPTER_EX IsBind;
PROTOCOL_UNBIND_ADAPTER_EX IsUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX IsOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX IsClosed;
PROTOCOL_NET_PNP_EVENT IsPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE IsOidDone;
PROTOCOL_STATUS_EX IsStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS IsReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE IsSent;
MINIPORT_UNLOAD IsUnload;
MINIPORT_INITIALIZE IsInitialize;
MINIPORT_HALT IsHalt;
MINIPORT_PAUSE IsPause;
MINIPORT_RESTART IsRestart;
MINIPORT_OID_REQUEST IsOid;
MINIPORT_SEND_NET_BUFFER_LISTS IsSend;

static NDIS_HANDLE IsDriver, IsProtocol;

static VOID IsStart(IS_EDGE* Edge)
{
    if (!Edge->Started) {
        Edge->Started
            = NdisIMInitializeDeviceInstanceEx(IsDriver, &Edge->Name, Edge) == NDIS_STATUS_SUCCESS;
    }
}

VOID IsOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    IS_EDGE* Edge = Context;

    Edge->Result = Status;
    NdisSetEvent(&Edge->Done);
}

VOID IsClosed(NDIS_HANDLE Context)
{
    IS_EDGE* Edge = Context;

    NdisSetEvent(&Edge->Done);
}

static VOID IsClose(IS_EDGE* Edge)
{
    NdisResetEvent(&Edge->Done);
    if (NdisCloseAdapterEx(Edge->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Edge->Done, 0);
}

NDIS_STATUS IsBind(
    NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS BindParameters)
{
    static NDIS_MEDIUM Media[1] = { NdisMedium802_3 };
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    IS_EDGE* Edge;

    UNREFERENCED_PARAMETER(DriverContext);
    Edge = NdisAllocateMemoryWithTagPriority(
        IsProtocol, sizeof(IS_EDGE), 'torP', NormalPoolPriority);
    if (Edge == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Edge, sizeof(IS_EDGE));
    NdisInitializeEvent(&Edge->Done);

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName = BindParameters->AdapterName;
    Open.MediumArray = Media;
    Open.MediumArraySize = 1;
    Open.SelectedMediumIndex = &Medium;
    Status = NdisOpenAdapterEx(IsProtocol, Edge, &Open, BindContext, &Edge->Adapter);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Edge->Done, 0);
        Status = Edge->Result;
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Edge, 0, 0);
        return Status;
    }

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IsUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    IS_EDGE* Edge = Context;

    UNREFERENCED_PARAMETER(UnbindContext);
    if (Edge->Started && Edge->Miniport != NULL)
        NdisIMDeInitializeDeviceInstance(Edge->Miniport);
    else if (Edge->Started)
        NdisIMCancelInitializeDeviceInstance(IsDriver, &Edge->Name);
    IsClose(Edge);

    NdisFreeMemory(Edge, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IsPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    IS_EDGE* Edge = Context;

    if (Edge == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent) {
    case NetEventBindsComplete:
        IsStart(Edge);
        break;
    case NetEventQueryRemoveDevice:
    case NetEventCancelRemoveDevice:
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID IsOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    IS_EDGE* Edge = Context;

    UNREFERENCED_PARAMETER(Request);
    Edge->Result = Status;
    NdisSetEvent(&Edge->Done);
}

VOID IsStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    IS_EDGE* Edge = Context;

    UNREFERENCED_PARAMETER(Edge);
    UNREFERENCED_PARAMETER(Indication);
}

VOID IsReceive(
    NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags)
{
    IS_EDGE* Edge = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);

    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(Edge->Adapter, Lists,
            NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID IsSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

NDIS_STATUS IsInitialize(
    NDIS_HANDLE Handle, NDIS_HANDLE DriverContext, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Gen;
    IS_EDGE* Edge = Parameters->IMDeviceInstanceContext;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    NdisZeroMemory(&Reg, sizeof(Reg));
    Reg.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Reg.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Reg.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Reg.MiniportAdapterContext = Edge;
    Reg.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_NO_HALT_ON_SUSPEND;
    Status = NdisMSetMiniportAttributes(Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;
    NdisZeroMemory(&Gen, sizeof(Gen));
    Gen.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    Gen.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    Gen.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    Gen.MediaType = NdisMedium802_3;
    Gen.MtuSize = 1500;
    Gen.MacAddressLength = 6;
    Status = NdisMSetMiniportAttributes(Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
    if (Status == NDIS_STATUS_SUCCESS) {
        Edge->Miniport = Handle;
    }
    return Status;
}

VOID IsHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    IS_EDGE* Edge = Context;

    UNREFERENCED_PARAMETER(Action);

    Edge->Miniport = NULL;
}

NDIS_STATUS IsPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IsRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IsOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    return Request->RequestType == NdisRequestSetInformation ? NDIS_STATUS_SUCCESS
                                                             : NDIS_STATUS_NOT_SUPPORTED;
}

VOID IsSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    IS_EDGE* Edge = Context;
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    NdisMSendNetBufferListsComplete(Edge->Miniport, Lists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID IsUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(IsProtocol);
    NdisMDeregisterMiniportDriver(IsDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Mp;
    NDIS_STRING Name = NDIS_STRING_CONST("Is");
    NDIS_STATUS Status;

    NdisZeroMemory(&Mp, sizeof(Mp));
    Mp.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Mp.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Mp.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Mp.MajorNdisVersion = 6;
    Mp.Flags = NDIS_INTERMEDIATE_DRIVER;
    Mp.InitializeHandlerEx = IsInitialize;
    Mp.HaltHandlerEx = IsHalt;
    Mp.UnloadHandler = IsUnload;
    Mp.PauseHandler = IsPause;
    Mp.RestartHandler = IsRestart;
    Mp.OidRequestHandler = IsOid;
    Mp.SendNetBufferListsHandler = IsSend;
    Status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Mp, &IsDriver);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = IsBind;
    Chars.UnbindAdapterHandlerEx = IsUnbind;
    Chars.OpenAdapterCompleteHandlerEx = IsOpened;
    Chars.CloseAdapterCompleteHandlerEx = IsClosed;
    Chars.NetPnPEventHandler = IsPnpEvent;
    Chars.OidRequestCompleteHandler = IsOidDone;
    Chars.StatusHandlerEx = IsStatus;
    Chars.ReceiveNetBufferListsHandler = IsReceive;
    Chars.SendNetBufferListsCompleteHandler = IsSent;
    Status = NdisRegisterProtocolDriver(NULL, &Chars, &IsProtocol);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(IsDriver);
        return Status;
    }
    NdisIMAssociateMiniport(IsDriver, IsProtocol);
    return STATUS_SUCCESS;
}
