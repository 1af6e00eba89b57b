/*
 * A helper that ends the virtual miniport gives up the lock if it is told that it is held; one
 * caller holds it.
 */
#include <ndis.h>

typedef struct IE_EDGE
{
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_HANDLE Miniport;
    NDIS_SPIN_LOCK Lock;
    NDIS_STRING Name;
} IE_EDGE;

PROTOCOL_BIND_ADAPTER_EX IeBind;
PROTOCOL_UNBIND_ADAPTER_EX IeUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX IeOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX IeClosed;
PROTOCOL_NET_PNP_EVENT IePnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE IeOidDone;
PROTOCOL_STATUS_EX IeStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS IeReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE IeSent;
MINIPORT_UNLOAD IeUnload;
MINIPORT_INITIALIZE IeInitialize;
MINIPORT_HALT IeHalt;
MINIPORT_PAUSE IePause;
MINIPORT_RESTART IeRestart;
MINIPORT_OID_REQUEST IeOid;
MINIPORT_SEND_NET_BUFFER_LISTS IeSend;

static NDIS_HANDLE IeDriver, IeProtocol;

static VOID IeEnd(IE_EDGE *Edge, BOOLEAN Locked)
{
    NDIS_HANDLE Miniport = Edge->Miniport;

    if (Locked)
        NdisReleaseSpinLock(&Edge->Lock);
    if (Miniport != NULL)
        NdisIMDeInitializeDeviceInstance(Miniport);
    if (Locked)
        NdisAcquireSpinLock(&Edge->Lock);
}

VOID IeOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    IE_EDGE *Edge = Context;

    Edge->Result = Status;
    NdisSetEvent(&Edge->Done);
}

VOID IeClosed(NDIS_HANDLE Context)
{
    IE_EDGE *Edge = Context;

    NdisSetEvent(&Edge->Done);
}

static VOID IeClose(IE_EDGE *Edge)
{
    NdisResetEvent(&Edge->Done);
    if (NdisCloseAdapterEx(Edge->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Edge->Done, 0);
}

NDIS_STATUS IeBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                   PNDIS_BIND_PARAMETERS BindParameters)
{
    static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    IE_EDGE *Edge;

    UNREFERENCED_PARAMETER(DriverContext);
    Edge =
        NdisAllocateMemoryWithTagPriority(IeProtocol, sizeof(IE_EDGE), 'torP', NormalPoolPriority);
    if (Edge == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Edge, sizeof(IE_EDGE));
    NdisInitializeEvent(&Edge->Done);
    NdisAllocateSpinLock(&Edge->Lock);

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName = BindParameters->AdapterName;
    Open.MediumArray = Media;
    Open.MediumArraySize = 1;
    Open.SelectedMediumIndex = &Medium;
    Status = NdisOpenAdapterEx(IeProtocol, Edge, &Open, BindContext, &Edge->Adapter);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Edge->Done, 0);
        Status = Edge->Result;
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeSpinLock(&Edge->Lock);
        NdisFreeMemory(Edge, 0, 0);
        return Status;
    }
    NdisIMInitializeDeviceInstanceEx(IeDriver, &Edge->Name, Edge);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IeUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    IE_EDGE *Edge = Context;

    UNREFERENCED_PARAMETER(UnbindContext);
    NdisAcquireSpinLock(&Edge->Lock);
    IeEnd(Edge, TRUE);
    NdisReleaseSpinLock(&Edge->Lock);
    IeClose(Edge);
    NdisFreeSpinLock(&Edge->Lock);
    NdisFreeMemory(Edge, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IePnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    IE_EDGE *Edge = Context;

    if (Edge == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent)
    {
    case NetEventSetPower:
        IeEnd(Edge, FALSE);
        break;
    case NetEventQueryRemoveDevice:
    case NetEventCancelRemoveDevice:
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID IeOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    IE_EDGE *Edge = Context;

    UNREFERENCED_PARAMETER(Request);
    Edge->Result = Status;
    NdisSetEvent(&Edge->Done);
}

VOID IeStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    IE_EDGE *Edge = Context;

    UNREFERENCED_PARAMETER(Edge);
    UNREFERENCED_PARAMETER(Indication);
}

VOID IeReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG Flags)
{
    IE_EDGE *Edge = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);

    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(
            Edge->Adapter, Lists,
            NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID IeSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

NDIS_STATUS IeInitialize(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Gen;
    IE_EDGE *Edge = Parameters->IMDeviceInstanceContext;
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
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Edge->Miniport = Handle;
    }
    return Status;
}

VOID IeHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    IE_EDGE *Edge = Context;

    UNREFERENCED_PARAMETER(Action);

    Edge->Miniport = NULL;
}

NDIS_STATUS IePause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IeRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IeOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    return Request->RequestType == NdisRequestSetInformation ? NDIS_STATUS_SUCCESS
                                                             : NDIS_STATUS_NOT_SUPPORTED;
}

VOID IeSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    IE_EDGE *Edge = Context;
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    NdisMSendNetBufferListsComplete(
        Edge->Miniport, Lists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID IeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(IeProtocol);
    NdisMDeregisterMiniportDriver(IeDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Mp;
    NDIS_STRING Name = NDIS_STRING_CONST("Ie");
    NDIS_STATUS Status;

    NdisZeroMemory(&Mp, sizeof(Mp));
    Mp.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Mp.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Mp.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Mp.MajorNdisVersion = 6;
    Mp.Flags = NDIS_INTERMEDIATE_DRIVER;
    Mp.InitializeHandlerEx = IeInitialize;
    Mp.HaltHandlerEx = IeHalt;
    Mp.UnloadHandler = IeUnload;
    Mp.PauseHandler = IePause;
    Mp.RestartHandler = IeRestart;
    Mp.OidRequestHandler = IeOid;
    Mp.SendNetBufferListsHandler = IeSend;
    Status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Mp, &IeDriver);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = IeBind;
    Chars.UnbindAdapterHandlerEx = IeUnbind;
    Chars.OpenAdapterCompleteHandlerEx = IeOpened;
    Chars.CloseAdapterCompleteHandlerEx = IeClosed;
    Chars.NetPnPEventHandler = IePnpEvent;
    Chars.OidRequestCompleteHandler = IeOidDone;
    Chars.StatusHandlerEx = IeStatus;
    Chars.ReceiveNetBufferListsHandler = IeReceive;
    Chars.SendNetBufferListsCompleteHandler = IeSent;
    Status = NdisRegisterProtocolDriver(NULL, &Chars, &IeProtocol);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisMDeregisterMiniportDriver(IeDriver);
        return Status;
    }
    NdisIMAssociateMiniport(IeDriver, IeProtocol);
    return STATUS_SUCCESS;
}
