/*
 * A client creates a connection when it binds and deletes it when it unbinds; both is allowed
 * below DISPATCH_LEVEL, too.
 */
#include <ndis.h>

typedef struct VC_PEER {
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_HANDLE Vc;
} VC_PEER;

PROTOCOL_BIND_ADAPTER_EX VcBind;
PROTOCOL_UNBIND_ADAPTER_EX VcUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX VcOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX VcClosed;
PROTOCOL_NET_PNP_EVENT VcPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE VcOidDone;
PROTOCOL_STATUS_EX VcStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS VcReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE VcSent;
DRIVER_UNLOAD VcUnload;

static NDIS_HANDLE VcProtocol;

VOID VcOpened(NDIS_HANDLE Context, NDIS_STATUS Status) {
    VC_PEER *Peer = Context;

    Peer->Result = Status;
    NdisSetEvent(&Peer->Done);
}

VOID VcClosed(NDIS_HANDLE Context) {
    VC_PEER *Peer = Context;

    NdisSetEvent(&Peer->Done);
}

static VOID VcClose(VC_PEER *Peer) {
    NdisResetEvent(&Peer->Done);
    if (NdisCloseAdapterEx(Peer->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Peer->Done, 0);
}

NDIS_STATUS VcBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                   PNDIS_BIND_PARAMETERS BindParameters) {
    static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    VC_PEER *Peer;

    UNREFERENCED_PARAMETER(DriverContext);
    Peer =
        NdisAllocateMemoryWithTagPriority(VcProtocol, sizeof(VC_PEER), 'torP', NormalPoolPriority);
    if (Peer == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Peer, sizeof(VC_PEER));
    NdisInitializeEvent(&Peer->Done);

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName = BindParameters->AdapterName;
    Open.MediumArray = Media;
    Open.MediumArraySize = 1;
    Open.SelectedMediumIndex = &Medium;
    Status = NdisOpenAdapterEx(VcProtocol, Peer, &Open, BindContext, &Peer->Adapter);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Peer->Done, 0);
        Status = Peer->Result;
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Peer, 0, 0);
        return Status;
    }
    if (NdisCoCreateVc(Peer->Adapter, NULL, Peer, &Peer->Vc) != NDIS_STATUS_SUCCESS)
        Peer->Vc = NULL;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS VcUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context) {
    VC_PEER *Peer = Context;

    UNREFERENCED_PARAMETER(UnbindContext);
    if (Peer->Vc != NULL)
        NdisCoDeleteVc(Peer->Vc);
    VcClose(Peer);

    NdisFreeMemory(Peer, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS VcPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event) {
    VC_PEER *Peer = Context;

    if (Peer == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent) {
    case NetEventQueryRemoveDevice:
    case NetEventCancelRemoveDevice:
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID VcOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status) {
    VC_PEER *Peer = Context;

    UNREFERENCED_PARAMETER(Request);
    Peer->Result = Status;
    NdisSetEvent(&Peer->Done);
}

VOID VcStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication) {
    VC_PEER *Peer = Context;

    UNREFERENCED_PARAMETER(Peer);
    UNREFERENCED_PARAMETER(Indication);
}

VOID VcReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG Flags) {
    VC_PEER *Peer = Context;

    UNREFERENCED_PARAMETER(Port);
    if (Peer->Vc != NULL && Count == 1)
        NdisCoOidRequestComplete(NULL, Peer->Vc, NULL, NULL, NDIS_STATUS_SUCCESS);
    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(
            Peer->Adapter, Lists,
            NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID VcSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID VcUnload(PDRIVER_OBJECT DriverObject) {
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(VcProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Name = NDIS_STRING_CONST("Vc");

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = VcBind;
    Chars.UnbindAdapterHandlerEx = VcUnbind;
    Chars.OpenAdapterCompleteHandlerEx = VcOpened;
    Chars.CloseAdapterCompleteHandlerEx = VcClosed;
    Chars.NetPnPEventHandler = VcPnpEvent;
    Chars.OidRequestCompleteHandler = VcOidDone;
    Chars.StatusHandlerEx = VcStatus;
    Chars.ReceiveNetBufferListsHandler = VcReceive;
    Chars.SendNetBufferListsCompleteHandler = VcSent;
    DriverObject->DriverUnload = VcUnload;
    return NdisRegisterProtocolDriver(NULL, &Chars, &VcProtocol);
}
