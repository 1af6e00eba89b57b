// The list of bindings is read again only if the event is not about a binding.

#include <ndis.h>

typedef struct _Enu_BINDING {
    NDIS_HANDLE Handle;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
} Enu_BINDING;

PROTOCOL_BIND_ADAPTER_EX EnuBind;
PROTOCOL_UNBIND_ADAPTER_EX EnuUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX EnuOpenComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX EnuCloseComplete;
PROTOCOL_NET_PNP_EVENT EnuNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE EnuOidComplete;
PROTOCOL_STATUS_EX EnuStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS EnuReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE EnuSendComplete;
DRIVER_UNLOAD EnuUnload;

static NDIS_HANDLE EnuProtocol;

static NDIS_STATUS EnuOpen(Enu_BINDING *Binding, NDIS_HANDLE BindContext,
                        PNDIS_BIND_PARAMETERS Parameters)
{
    static NDIS_MEDIUM Media[] = {NdisMedium802_3};
    NDIS_OPEN_PARAMETERS Open;
    NDIS_STATUS Status;
    UINT Selected;

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName = Parameters->AdapterName;
    Open.MediumArray = Media;
    Open.MediumArraySize = ARRAYSIZE(Media);
    Open.SelectedMediumIndex = &Selected;
    NdisInitializeEvent(&Binding->Done);
    Status = NdisOpenAdapterEx(EnuProtocol, Binding, &Open, BindContext, &Binding->Handle);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Binding->Done, 0);
        Status = Binding->Result;
    }
    return Status;
}

static VOID EnuClose(Enu_BINDING *Binding)
{
    NdisResetEvent(&Binding->Done);
    if (NdisCloseAdapterEx(Binding->Handle) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Binding->Done, 0);
}

VOID EnuOpenComplete(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    Enu_BINDING *Binding = Context;

    Binding->Result = Status;
    NdisSetEvent(&Binding->Done);
}

VOID EnuCloseComplete(NDIS_HANDLE Context)
{
    Enu_BINDING *Binding = Context;

    NdisSetEvent(&Binding->Done);
}

NDIS_STATUS EnuBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                 PNDIS_BIND_PARAMETERS Parameters)
{
    Enu_BINDING *Binding;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    Binding = NdisAllocateMemoryWithTagPriority(EnuProtocol, sizeof(*Binding), 'unE ',
                                                NormalPoolPriority);
    if (Binding == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Binding, sizeof(*Binding));
    Status = EnuOpen(Binding, BindContext, Parameters);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Binding, 0, 0);
    return Status;
}

NDIS_STATUS EnuUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    Enu_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(UnbindContext);
    EnuClose(Binding);
    NdisFreeMemory(Binding, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS EnuNetPnPEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    switch (Event->NetPnPEvent.NetEvent) {
    case NetEventReconfigure:
    case NetEventBindList:
        if (Context == NULL)
            NdisReEnumerateProtocolBindings(EnuProtocol);
        return NDIS_STATUS_SUCCESS;
    case NetEventQueryPower:
        return Context ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
    default:
        return NDIS_STATUS_SUCCESS;
    }
}

VOID EnuOidComplete(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Status);
}

VOID EnuStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Indication);
}

VOID EnuReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
              ULONG Flags)
{
    Enu_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);
    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(Binding->Handle, Lists, 0);
}

VOID EnuSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID EnuUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(EnuProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = EnuUnload;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    NdisInitUnicodeString(&Chars.Name, L"Enu");
    Chars.BindAdapterHandlerEx = EnuBind;
    Chars.UnbindAdapterHandlerEx = EnuUnbind;
    Chars.OpenAdapterCompleteHandlerEx = EnuOpenComplete;
    Chars.CloseAdapterCompleteHandlerEx = EnuCloseComplete;
    Chars.NetPnPEventHandler = EnuNetPnPEvent;
    Chars.OidRequestCompleteHandler = EnuOidComplete;
    Chars.StatusHandlerEx = EnuStatus;
    Chars.ReceiveNetBufferListsHandler = EnuReceive;
    Chars.SendNetBufferListsCompleteHandler = EnuSendComplete;
    return NdisRegisterProtocolDriver(NULL, &Chars, &EnuProtocol);
}
