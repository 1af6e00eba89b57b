// A helper turns the context into a scope, and the list is read again in the scope of the driver.

#include <ndis.h>

typedef struct _Scp_BINDING {
    NDIS_HANDLE Handle;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
} Scp_BINDING;

PROTOCOL_BIND_ADAPTER_EX ScpBind;
PROTOCOL_UNBIND_ADAPTER_EX ScpUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX ScpOpenComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX ScpCloseComplete;
PROTOCOL_NET_PNP_EVENT ScpNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE ScpOidComplete;
PROTOCOL_STATUS_EX ScpStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS ScpReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE ScpSendComplete;
DRIVER_UNLOAD ScpUnload;

static NDIS_HANDLE ScpProtocol;

static NDIS_STATUS ScpOpen(Scp_BINDING *Binding, NDIS_HANDLE BindContext,
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
    Status = NdisOpenAdapterEx(ScpProtocol, Binding, &Open, BindContext, &Binding->Handle);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Binding->Done, 0);
        Status = Binding->Result;
    }
    return Status;
}

static VOID ScpClose(Scp_BINDING *Binding)
{
    NdisResetEvent(&Binding->Done);
    if (NdisCloseAdapterEx(Binding->Handle) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Binding->Done, 0);
}

VOID ScpOpenComplete(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    Scp_BINDING *Binding = Context;

    Binding->Result = Status;
    NdisSetEvent(&Binding->Done);
}

VOID ScpCloseComplete(NDIS_HANDLE Context)
{
    Scp_BINDING *Binding = Context;

    NdisSetEvent(&Binding->Done);
}

enum scope { SCOPE_DRIVER = 1, SCOPE_BINDING };

static enum scope ScpOf(const Scp_BINDING *Binding)
{
    return Binding != NULL ? SCOPE_BINDING : SCOPE_DRIVER;
}

static VOID ScpRefresh(enum scope Scope, ULONG Tries)
{
    if (Tries > 0 && Scope == SCOPE_DRIVER)
        NdisReEnumerateProtocolBindings(ScpProtocol);
}

NDIS_STATUS ScpBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                 PNDIS_BIND_PARAMETERS Parameters)
{
    Scp_BINDING *Binding;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    Binding = NdisAllocateMemoryWithTagPriority(ScpProtocol, sizeof(*Binding), 'pcS ',
                                                NormalPoolPriority);
    if (Binding == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Binding, sizeof(*Binding));
    Status = ScpOpen(Binding, BindContext, Parameters);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Binding, 0, 0);
    return Status;
}

NDIS_STATUS ScpUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    Scp_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(UnbindContext);
    ScpClose(Binding);
    NdisFreeMemory(Binding, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS ScpNetPnPEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    ScpRefresh(ScpOf(Context), Event->NetPnPEvent.BufferLength);
    return NDIS_STATUS_SUCCESS;
}

VOID ScpOidComplete(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Status);
}

VOID ScpStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Indication);
}

VOID ScpReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
              ULONG Flags)
{
    Scp_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);
    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(Binding->Handle, Lists, 0);
}

VOID ScpSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID ScpUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ScpProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ScpUnload;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    NdisInitUnicodeString(&Chars.Name, L"Scp");
    Chars.BindAdapterHandlerEx = ScpBind;
    Chars.UnbindAdapterHandlerEx = ScpUnbind;
    Chars.OpenAdapterCompleteHandlerEx = ScpOpenComplete;
    Chars.CloseAdapterCompleteHandlerEx = ScpCloseComplete;
    Chars.NetPnPEventHandler = ScpNetPnPEvent;
    Chars.OidRequestCompleteHandler = ScpOidComplete;
    Chars.StatusHandlerEx = ScpStatus;
    Chars.ReceiveNetBufferListsHandler = ScpReceive;
    Chars.SendNetBufferListsCompleteHandler = ScpSendComplete;
    return NdisRegisterProtocolDriver(NULL, &Chars, &ScpProtocol);
}
