/*
 * A helper that raises the level unless told that it is raised asks for the call id when it has
 * lowered the level again.
 */
#include <ndis.h>

typedef struct TI_CALL {
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_HANDLE Vc;
    VAR_STRING Id;
    ULONG Asked;
} TI_CALL;

PROTOCOL_BIND_ADAPTER_EX TiBind;
PROTOCOL_UNBIND_ADAPTER_EX TiUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX TiOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX TiClosed;
PROTOCOL_NET_PNP_EVENT TiPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE TiOidDone;
PROTOCOL_STATUS_EX TiStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS TiReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE TiSent;
DRIVER_UNLOAD TiUnload;

static NDIS_HANDLE TiProtocol;

static VOID TiAskId(TI_CALL* Call, BOOLEAN AtDispatch)
{
    KIRQL Old = DISPATCH_LEVEL;

    if (!AtDispatch)
        NDIS_RAISE_IRQL_TO_DISPATCH(&Old);
    Call->Asked++;
    if (!AtDispatch)
        NDIS_LOWER_IRQL(Old, DISPATCH_LEVEL);
    NdisCoGetTapiCallId(Call->Vc, &Call->Id); // expect: defect Irql_Connection_Function
}

VOID TiOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    TI_CALL* Call = Context;

    Call->Result = Status;
    NdisSetEvent(&Call->Done);
}

VOID TiClosed(NDIS_HANDLE Context)
{
    TI_CALL* Call = Context;

    NdisSetEvent(&Call->Done);
}

static VOID TiClose(TI_CALL* Call)
{
    NdisResetEvent(&Call->Done);
    if (NdisCloseAdapterEx(Call->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Call->Done, 0);
}

NDIS_STATUS TiBind(
    NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS BindParameters)
{
    static NDIS_MEDIUM Media[1] = { NdisMedium802_3 };
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    TI_CALL* Call;

    UNREFERENCED_PARAMETER(DriverContext);
    Call = NdisAllocateMemoryWithTagPriority(
        TiProtocol, sizeof(TI_CALL), 'torP', NormalPoolPriority);
    if (Call == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Call, sizeof(TI_CALL));
    NdisInitializeEvent(&Call->Done);

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName = BindParameters->AdapterName;
    Open.MediumArray = Media;
    Open.MediumArraySize = 1;
    Open.SelectedMediumIndex = &Medium;
    Status = NdisOpenAdapterEx(TiProtocol, Call, &Open, BindContext, &Call->Adapter);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Call->Done, 0);
        Status = Call->Result;
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Call, 0, 0);
        return Status;
    }

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS TiUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    TI_CALL* Call = Context;

    UNREFERENCED_PARAMETER(UnbindContext);

    TiClose(Call);

    NdisFreeMemory(Call, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS TiPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    TI_CALL* Call = Context;

    if (Call == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent) {
    case NetEventReconfigure:
        TiAskId(Call, FALSE);
        break;
    case NetEventQueryRemoveDevice:
    case NetEventCancelRemoveDevice:
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID TiOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    TI_CALL* Call = Context;

    UNREFERENCED_PARAMETER(Request);
    Call->Result = Status;
    NdisSetEvent(&Call->Done);
}

VOID TiStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    TI_CALL* Call = Context;

    UNREFERENCED_PARAMETER(Call);
    UNREFERENCED_PARAMETER(Indication);
}

VOID TiReceive(
    NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags)
{
    TI_CALL* Call = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);
    TiAskId(Call, NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags));
    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(Call->Adapter, Lists,
            NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID TiSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID TiUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(TiProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Name = NDIS_STRING_CONST("Ti");

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = TiBind;
    Chars.UnbindAdapterHandlerEx = TiUnbind;
    Chars.OpenAdapterCompleteHandlerEx = TiOpened;
    Chars.CloseAdapterCompleteHandlerEx = TiClosed;
    Chars.NetPnPEventHandler = TiPnpEvent;
    Chars.OidRequestCompleteHandler = TiOidDone;
    Chars.StatusHandlerEx = TiStatus;
    Chars.ReceiveNetBufferListsHandler = TiReceive;
    Chars.SendNetBufferListsCompleteHandler = TiSent;
    DriverObject->DriverUnload = TiUnload;
    return NdisRegisterProtocolDriver(NULL, &Chars, &TiProtocol);
}
