/*
 * A client names its connection in the handler of network events, at PASSIVE_LEVEL.
 */
#include <ndis.h>

typedef struct NA_CALL
{
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_HANDLE Vc;
    NDIS_STRING Base;
    NDIS_STRING Name;
    NDIS_STATUS Named;
} NA_CALL;

PROTOCOL_BIND_ADAPTER_EX NaBind;
PROTOCOL_UNBIND_ADAPTER_EX NaUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX NaOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX NaClosed;
PROTOCOL_NET_PNP_EVENT NaPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE NaOidDone;
PROTOCOL_STATUS_EX NaStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS NaReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE NaSent;
DRIVER_UNLOAD NaUnload;

static NDIS_HANDLE NaProtocol;

static VOID
NaName(NA_CALL* Call)
{
    Call->Named = NdisCoAssignInstanceName(Call->Vc, &Call->Base, &Call->Name); // expect: defect Irql_Connection_Function
}

VOID
NaOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    NA_CALL* Call = Context;

    Call->Result = Status;
    NdisSetEvent(&Call->Done);
}

VOID
NaClosed(NDIS_HANDLE Context)
{
    NA_CALL* Call = Context;

    NdisSetEvent(&Call->Done);
}

static VOID
NaClose(NA_CALL* Call)
{
    NdisResetEvent(&Call->Done);
    if (NdisCloseAdapterEx(Call->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Call->Done, 0);
}

NDIS_STATUS
NaBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS BindParameters)
{
    static NDIS_MEDIUM Media[1] = { NdisMedium802_3 };
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    NA_CALL* Call;

    UNREFERENCED_PARAMETER(DriverContext);
    Call =
      NdisAllocateMemoryWithTagPriority(NaProtocol, sizeof(NA_CALL), 'torP', NormalPoolPriority);
    if (Call == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Call, sizeof(NA_CALL));
    NdisInitializeEvent(&Call->Done);

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName = BindParameters->AdapterName;
    Open.MediumArray = Media;
    Open.MediumArraySize = 1;
    Open.SelectedMediumIndex = &Medium;
    Status = NdisOpenAdapterEx(NaProtocol, Call, &Open, BindContext, &Call->Adapter);
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

NDIS_STATUS
NaUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    NA_CALL* Call = Context;

    UNREFERENCED_PARAMETER(UnbindContext);

    NaClose(Call);

    NdisFreeMemory(Call, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
NaPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    NA_CALL* Call = Context;

    if (Call == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent) {
        case NetEventReconfigure:
            NaName(Call);
            break;
        case NetEventQueryRemoveDevice:
        case NetEventCancelRemoveDevice:
        default:
            break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID
NaOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    NA_CALL* Call = Context;

    UNREFERENCED_PARAMETER(Request);
    Call->Result = Status;
    NdisSetEvent(&Call->Done);
}

VOID
NaStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    NA_CALL* Call = Context;

    UNREFERENCED_PARAMETER(Call);
    UNREFERENCED_PARAMETER(Indication);
}

VOID
NaReceive(NDIS_HANDLE Context,
          PNET_BUFFER_LIST Lists,
          NDIS_PORT_NUMBER Port,
          ULONG Count,
          ULONG Flags)
{
    NA_CALL* Call = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);

    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(
          Call->Adapter,
          Lists,
          NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID
NaSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID
NaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(NaProtocol);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Name = NDIS_STRING_CONST("Na");

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = NaBind;
    Chars.UnbindAdapterHandlerEx = NaUnbind;
    Chars.OpenAdapterCompleteHandlerEx = NaOpened;
    Chars.CloseAdapterCompleteHandlerEx = NaClosed;
    Chars.NetPnPEventHandler = NaPnpEvent;
    Chars.OidRequestCompleteHandler = NaOidDone;
    Chars.StatusHandlerEx = NaStatus;
    Chars.ReceiveNetBufferListsHandler = NaReceive;
    Chars.SendNetBufferListsCompleteHandler = NaSent;
    DriverObject->DriverUnload = NaUnload;
    return NdisRegisterProtocolDriver(NULL, &Chars, &NaProtocol);
}
