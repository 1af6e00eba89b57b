// The name is kept with the binding, and unbind frees the binding only.

#include <ndis.h>

typedef struct _Kpt_BINDING {
    NDIS_HANDLE Handle;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    PWSTR Name;
    USHORT Bytes;
} Kpt_BINDING;

PROTOCOL_BIND_ADAPTER_EX KptBind;
PROTOCOL_UNBIND_ADAPTER_EX KptUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX KptOpenComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX KptCloseComplete;
PROTOCOL_NET_PNP_EVENT KptNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE KptOidComplete;
PROTOCOL_STATUS_EX KptStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS KptReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE KptSendComplete;
DRIVER_UNLOAD KptUnload;

static NDIS_HANDLE KptProtocol;

static NDIS_STATUS KptOpen(Kpt_BINDING *Binding, NDIS_HANDLE BindContext,
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
    Status = NdisOpenAdapterEx(KptProtocol, Binding, &Open, BindContext, &Binding->Handle);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Binding->Done, 0);
        Status = Binding->Result;
    }
    return Status;
}

static VOID KptClose(Kpt_BINDING *Binding)
{
    NdisResetEvent(&Binding->Done);
    if (NdisCloseAdapterEx(Binding->Handle) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Binding->Done, 0);
}

VOID KptOpenComplete(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    Kpt_BINDING *Binding = Context;

    Binding->Result = Status;
    NdisSetEvent(&Binding->Done);
}

VOID KptCloseComplete(NDIS_HANDLE Context)
{
    Kpt_BINDING *Binding = Context;

    NdisSetEvent(&Binding->Done);
}

NDIS_STATUS KptBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                 PNDIS_BIND_PARAMETERS Parameters)
{
    Kpt_BINDING *Binding;
    NDIS_STATUS Status;
    NDIS_STRING Name;

    UNREFERENCED_PARAMETER(DriverContext);
    Binding = NdisAllocateMemoryWithTagPriority(KptProtocol, sizeof(*Binding), 'tpK ',
                                                NormalPoolPriority);
    if (Binding == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Binding, sizeof(*Binding));
    if (NdisQueryBindInstanceName(&Name, BindContext) == NDIS_STATUS_SUCCESS) {
        Binding->Name = Name.Buffer;
        Binding->Bytes = Name.Length;
    }
    Status = KptOpen(Binding, BindContext, Parameters);
    if (Status != NDIS_STATUS_SUCCESS) {
        if (Binding->Name)
            NdisFreeMemory(Binding->Name, 0, 0);
        NdisFreeMemory(Binding, 0, 0);
    }
    return Status;
}

NDIS_STATUS KptUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    Kpt_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(UnbindContext);
    KptClose(Binding);
    NdisFreeMemory(Binding, 0, 0);
    return NDIS_STATUS_SUCCESS; // expect: defect NdisQueryBindInstanceName
}

NDIS_STATUS KptNetPnPEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Event);
    return NDIS_STATUS_SUCCESS;
}

VOID KptOidComplete(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Status);
}

VOID KptStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Indication);
}

VOID KptReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
              ULONG Flags)
{
    Kpt_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);
    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(Binding->Handle, Lists, 0);
}

VOID KptSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID KptUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(KptProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = KptUnload;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    NdisInitUnicodeString(&Chars.Name, L"Kpt");
    Chars.BindAdapterHandlerEx = KptBind;
    Chars.UnbindAdapterHandlerEx = KptUnbind;
    Chars.OpenAdapterCompleteHandlerEx = KptOpenComplete;
    Chars.CloseAdapterCompleteHandlerEx = KptCloseComplete;
    Chars.NetPnPEventHandler = KptNetPnPEvent;
    Chars.OidRequestCompleteHandler = KptOidComplete;
    Chars.StatusHandlerEx = KptStatus;
    Chars.ReceiveNetBufferListsHandler = KptReceive;
    Chars.SendNetBufferListsCompleteHandler = KptSendComplete;
    return NdisRegisterProtocolDriver(NULL, &Chars, &KptProtocol);
}
