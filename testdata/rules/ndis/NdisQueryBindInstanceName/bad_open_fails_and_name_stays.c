// When the adapter cannot be opened, bind frees the binding and forgets the name in it.

#include <ndis.h>

typedef struct _Nam_BINDING {
    NDIS_HANDLE Handle;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_STRING Name;
} Nam_BINDING;

PROTOCOL_BIND_ADAPTER_EX NamBind;
PROTOCOL_UNBIND_ADAPTER_EX NamUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX NamOpenComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX NamCloseComplete;
PROTOCOL_NET_PNP_EVENT NamNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE NamOidComplete;
PROTOCOL_STATUS_EX NamStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS NamReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE NamSendComplete;
DRIVER_UNLOAD NamUnload;

static NDIS_HANDLE NamProtocol;

static NDIS_STATUS NamOpen(Nam_BINDING *Binding, NDIS_HANDLE BindContext,
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
    Status = NdisOpenAdapterEx(NamProtocol, Binding, &Open, BindContext, &Binding->Handle);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Binding->Done, 0);
        Status = Binding->Result;
    }
    return Status;
}

static VOID NamClose(Nam_BINDING *Binding)
{
    NdisResetEvent(&Binding->Done);
    if (NdisCloseAdapterEx(Binding->Handle) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Binding->Done, 0);
}

VOID NamOpenComplete(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    Nam_BINDING *Binding = Context;

    Binding->Result = Status;
    NdisSetEvent(&Binding->Done);
}

VOID NamCloseComplete(NDIS_HANDLE Context)
{
    Nam_BINDING *Binding = Context;

    NdisSetEvent(&Binding->Done);
}

NDIS_STATUS NamBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                 PNDIS_BIND_PARAMETERS Parameters)
{
    Nam_BINDING *Binding;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    Binding = NdisAllocateMemoryWithTagPriority(NamProtocol, sizeof(*Binding), 'maN ',
                                                NormalPoolPriority);
    if (Binding == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Binding, sizeof(*Binding));
    Status = NdisQueryBindInstanceName(&Binding->Name, BindContext);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Binding, 0, 0);
        return Status;
    }
    Status = NamOpen(Binding, BindContext, Parameters);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Binding, 0, 0);
    return Status; // expect: defect NdisQueryBindInstanceName
}

NDIS_STATUS NamUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    Nam_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(UnbindContext);
    NamClose(Binding);
    NdisFreeMemory(Binding->Name.Buffer, 0, 0);
    NdisFreeMemory(Binding, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NamNetPnPEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Event);
    return NDIS_STATUS_SUCCESS;
}

VOID NamOidComplete(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Status);
}

VOID NamStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Indication);
}

VOID NamReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
              ULONG Flags)
{
    Nam_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);
    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(Binding->Handle, Lists, 0);
}

VOID NamSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID NamUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(NamProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = NamUnload;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    NdisInitUnicodeString(&Chars.Name, L"Nam");
    Chars.BindAdapterHandlerEx = NamBind;
    Chars.UnbindAdapterHandlerEx = NamUnbind;
    Chars.OpenAdapterCompleteHandlerEx = NamOpenComplete;
    Chars.CloseAdapterCompleteHandlerEx = NamCloseComplete;
    Chars.NetPnPEventHandler = NamNetPnPEvent;
    Chars.OidRequestCompleteHandler = NamOidComplete;
    Chars.StatusHandlerEx = NamStatus;
    Chars.ReceiveNetBufferListsHandler = NamReceive;
    Chars.SendNetBufferListsCompleteHandler = NamSendComplete;
    return NdisRegisterProtocolDriver(NULL, &Chars, &NamProtocol);
}
