// The name is for one line of the log; all ways out of bind lead by the place where it is freed.

#include <ndis.h>

typedef struct _Log_BINDING {
    NDIS_HANDLE Handle;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    ULONG Number;
} Log_BINDING;

PROTOCOL_BIND_ADAPTER_EX LogBind;
PROTOCOL_UNBIND_ADAPTER_EX LogUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX LogOpenComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX LogCloseComplete;
PROTOCOL_NET_PNP_EVENT LogNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE LogOidComplete;
PROTOCOL_STATUS_EX LogStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS LogReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE LogSendComplete;
DRIVER_UNLOAD LogUnload;

static NDIS_HANDLE LogProtocol;

static NDIS_STATUS LogOpen(Log_BINDING *Binding, NDIS_HANDLE BindContext,
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
    Status = NdisOpenAdapterEx(LogProtocol, Binding, &Open, BindContext, &Binding->Handle);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Binding->Done, 0);
        Status = Binding->Result;
    }
    return Status;
}

static VOID LogClose(Log_BINDING *Binding)
{
    NdisResetEvent(&Binding->Done);
    if (NdisCloseAdapterEx(Binding->Handle) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Binding->Done, 0);
}

VOID LogOpenComplete(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    Log_BINDING *Binding = Context;

    Binding->Result = Status;
    NdisSetEvent(&Binding->Done);
}

VOID LogCloseComplete(NDIS_HANDLE Context)
{
    Log_BINDING *Binding = Context;

    NdisSetEvent(&Binding->Done);
}

static VOID LogName(NDIS_STRING *Name, NDIS_STATUS Status)
{
    if (Status == NDIS_STATUS_SUCCESS)
        DbgPrint("bound to %wZ\n", Name);
}

NDIS_STATUS LogBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                 PNDIS_BIND_PARAMETERS Parameters)
{
    Log_BINDING *Binding;
    NDIS_STATUS Status;
    NDIS_STRING Name = {0};

    UNREFERENCED_PARAMETER(DriverContext);
    Binding = NdisAllocateMemoryWithTagPriority(LogProtocol, sizeof(*Binding), 'goL ',
                                                NormalPoolPriority);
    if (Binding == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Binding, sizeof(*Binding));
    Status = NdisQueryBindInstanceName(&Name, BindContext);
    if (!NT_SUCCESS(Status))
        goto Free;
    Status = LogOpen(Binding, BindContext, Parameters);
    LogName(&Name, Status);
Free:
    if (Name.Buffer)
        NdisFreeString(Name);
    if (!NT_SUCCESS(Status))
        NdisFreeMemory(Binding, 0, 0);
    return Status;
}

NDIS_STATUS LogUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    Log_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(UnbindContext);
    LogClose(Binding);
    NdisFreeMemory(Binding, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS LogNetPnPEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Event);
    return NDIS_STATUS_SUCCESS;
}

VOID LogOidComplete(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Status);
}

VOID LogStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Indication);
}

VOID LogReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
              ULONG Flags)
{
    Log_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);
    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(Binding->Handle, Lists, 0);
}

VOID LogSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID LogUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(LogProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = LogUnload;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    NdisInitUnicodeString(&Chars.Name, L"Log");
    Chars.BindAdapterHandlerEx = LogBind;
    Chars.UnbindAdapterHandlerEx = LogUnbind;
    Chars.OpenAdapterCompleteHandlerEx = LogOpenComplete;
    Chars.CloseAdapterCompleteHandlerEx = LogCloseComplete;
    Chars.NetPnPEventHandler = LogNetPnPEvent;
    Chars.OidRequestCompleteHandler = LogOidComplete;
    Chars.StatusHandlerEx = LogStatus;
    Chars.ReceiveNetBufferListsHandler = LogReceive;
    Chars.SendNetBufferListsCompleteHandler = LogSendComplete;
    return NdisRegisterProtocolDriver(NULL, &Chars, &LogProtocol);
}
