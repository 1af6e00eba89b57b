/*
 * Initialization of the virtual miniport asks for the binding below while it holds a lock.
 */
#include <ndis.h>

typedef struct IB_EDGE {
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_HANDLE Miniport;
    NDIS_SPIN_LOCK Lock;
    NDIS_STRING Name;
    NDIS_HANDLE Lower;
} IB_EDGE;

PROTOCOL_BIND_ADAPTER_EX IbBind;
PROTOCOL_UNBIND_ADAPTER_EX IbUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX IbOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX IbClosed;
PROTOCOL_NET_PNP_EVENT IbPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE IbOidDone;
PROTOCOL_STATUS_EX IbStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS IbReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE IbSent;
MINIPORT_UNLOAD IbUnload;
MINIPORT_INITIALIZE IbInitialize;
MINIPORT_HALT IbHalt;
MINIPORT_PAUSE IbPause;
MINIPORT_RESTART IbRestart;
MINIPORT_OID_REQUEST IbOid;
MINIPORT_SEND_NET_BUFFER_LISTS IbSend;

static NDIS_HANDLE IbDriver, IbProtocol;

VOID IbOpened(NDIS_HANDLE Context, NDIS_STATUS Status) {
    IB_EDGE *Edge = Context;

    Edge->Result = Status;
    NdisSetEvent(&Edge->Done);
}

VOID IbClosed(NDIS_HANDLE Context) {
    IB_EDGE *Edge = Context;

    NdisSetEvent(&Edge->Done);
}

static VOID IbClose(IB_EDGE *Edge) {
    NdisResetEvent(&Edge->Done);
    if (NdisCloseAdapterEx(Edge->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Edge->Done, 0);
}

NDIS_STATUS IbBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                   PNDIS_BIND_PARAMETERS BindParameters) {
    static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    IB_EDGE *Edge;

    UNREFERENCED_PARAMETER(DriverContext);
    Edge =
        NdisAllocateMemoryWithTagPriority(IbProtocol, sizeof(IB_EDGE), 'torP', NormalPoolPriority);
    if (Edge == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Edge, sizeof(IB_EDGE));
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
    Status = NdisOpenAdapterEx(IbProtocol, Edge, &Open, BindContext, &Edge->Adapter);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Edge->Done, 0);
        Status = Edge->Result;
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&Edge->Lock);
        NdisFreeMemory(Edge, 0, 0);
        return Status;
    }
    NdisIMInitializeDeviceInstanceEx(IbDriver, &Edge->Name, Edge);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IbUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context) {
    IB_EDGE *Edge = Context;

    UNREFERENCED_PARAMETER(UnbindContext);
    if (Edge->Miniport != NULL)
        NdisIMDeInitializeDeviceInstance(Edge->Miniport);
    IbClose(Edge);
    NdisFreeSpinLock(&Edge->Lock);
    NdisFreeMemory(Edge, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IbPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event) {
    IB_EDGE *Edge = Context;

    if (Edge == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent) {
    case NetEventQueryRemoveDevice:
    case NetEventCancelRemoveDevice:
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID IbOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status) {
    IB_EDGE *Edge = Context;

    UNREFERENCED_PARAMETER(Request);
    Edge->Result = Status;
    NdisSetEvent(&Edge->Done);
}

VOID IbStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication) {
    IB_EDGE *Edge = Context;

    UNREFERENCED_PARAMETER(Edge);
    UNREFERENCED_PARAMETER(Indication);
}

VOID IbReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG Flags) {
    IB_EDGE *Edge = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);

    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(
            Edge->Adapter, Lists,
            NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID IbSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

NDIS_STATUS IbInitialize(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS Parameters) {
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Gen;
    IB_EDGE *Edge = Parameters->IMDeviceInstanceContext;
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
        NdisAcquireSpinLock(&Edge->Lock);
        Edge->Lower = NdisIMGetBindingContext(Edge->Adapter); // expect: defect Irql_IM_Function
        NdisReleaseSpinLock(&Edge->Lock);
    }
    return Status;
}

VOID IbHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action) {
    IB_EDGE *Edge = Context;

    UNREFERENCED_PARAMETER(Action);

    Edge->Miniport = NULL;
}

NDIS_STATUS IbPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IbRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS IbOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request) {
    UNREFERENCED_PARAMETER(Context);
    return Request->RequestType == NdisRequestSetInformation ? NDIS_STATUS_SUCCESS
                                                             : NDIS_STATUS_NOT_SUPPORTED;
}

VOID IbSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags) {
    IB_EDGE *Edge = Context;
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(Port);
    for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    NdisMSendNetBufferListsComplete(
        Edge->Miniport, Lists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID IbUnload(PDRIVER_OBJECT DriverObject) {
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(IbProtocol);
    NdisMDeregisterMiniportDriver(IbDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Mp;
    NDIS_STRING Name = NDIS_STRING_CONST("Ib");
    NDIS_STATUS Status;

    NdisZeroMemory(&Mp, sizeof(Mp));
    Mp.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Mp.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Mp.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Mp.MajorNdisVersion = 6;
    Mp.Flags = NDIS_INTERMEDIATE_DRIVER;
    Mp.InitializeHandlerEx = IbInitialize;
    Mp.HaltHandlerEx = IbHalt;
    Mp.UnloadHandler = IbUnload;
    Mp.PauseHandler = IbPause;
    Mp.RestartHandler = IbRestart;
    Mp.OidRequestHandler = IbOid;
    Mp.SendNetBufferListsHandler = IbSend;
    Status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Mp, &IbDriver);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = IbBind;
    Chars.UnbindAdapterHandlerEx = IbUnbind;
    Chars.OpenAdapterCompleteHandlerEx = IbOpened;
    Chars.CloseAdapterCompleteHandlerEx = IbClosed;
    Chars.NetPnPEventHandler = IbPnpEvent;
    Chars.OidRequestCompleteHandler = IbOidDone;
    Chars.StatusHandlerEx = IbStatus;
    Chars.ReceiveNetBufferListsHandler = IbReceive;
    Chars.SendNetBufferListsCompleteHandler = IbSent;
    Status = NdisRegisterProtocolDriver(NULL, &Chars, &IbProtocol);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(IbDriver);
        return Status;
    }
    NdisIMAssociateMiniport(IbDriver, IbProtocol);
    return STATUS_SUCCESS;
}
