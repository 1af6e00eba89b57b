// When the last adapter is unbound, a helper asks NDIS for others.

#include <ndis.h>

typedef struct _Oth_BINDING {
    NDIS_HANDLE Handle;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
} Oth_BINDING;

PROTOCOL_BIND_ADAPTER_EX OthBind;
PROTOCOL_UNBIND_ADAPTER_EX OthUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX OthOpenComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX OthCloseComplete;
PROTOCOL_NET_PNP_EVENT OthNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE OthOidComplete;
PROTOCOL_STATUS_EX OthStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS OthReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE OthSendComplete;
DRIVER_UNLOAD OthUnload;

static NDIS_HANDLE OthProtocol;
static ULONG OthCount;
static BOOLEAN OthWanted;

static NDIS_STATUS OthOpen(Oth_BINDING *Binding, NDIS_HANDLE BindContext,
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
    Status = NdisOpenAdapterEx(OthProtocol, Binding, &Open, BindContext, &Binding->Handle);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Binding->Done, 0);
        Status = Binding->Result;
    }
    return Status;
}

static VOID OthClose(Oth_BINDING *Binding)
{
    NdisResetEvent(&Binding->Done);
    if (NdisCloseAdapterEx(Binding->Handle) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Binding->Done, 0);
}

VOID OthOpenComplete(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    Oth_BINDING *Binding = Context;

    Binding->Result = Status;
    NdisSetEvent(&Binding->Done);
}

VOID OthCloseComplete(NDIS_HANDLE Context)
{
    Oth_BINDING *Binding = Context;

    NdisSetEvent(&Binding->Done);
}

NDIS_STATUS OthBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                 PNDIS_BIND_PARAMETERS Parameters)
{
    Oth_BINDING *Binding;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    Binding = NdisAllocateMemoryWithTagPriority(OthProtocol, sizeof(*Binding), 'htO ',
                                                NormalPoolPriority);
    if (Binding == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Binding, sizeof(*Binding));
    Status = OthOpen(Binding, BindContext, Parameters);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Binding, 0, 0);
    else
        OthCount++;
    return Status;
}

static VOID OthSearch(VOID)
{
    if (OthCount == 0)
        NdisReEnumerateProtocolBindings(OthProtocol); // expect: defect NdisReEnumerateProtocolBindings
}

NDIS_STATUS OthUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    Oth_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(UnbindContext);
    OthClose(Binding);
    OthCount--;
    OthSearch();
    NdisFreeMemory(Binding, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS OthNetPnPEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    UNREFERENCED_PARAMETER(Event);
    if (Context == NULL && OthWanted) {
        OthWanted = FALSE;
        OthSearch();
    }
    return NDIS_STATUS_SUCCESS;
}

VOID OthOidComplete(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Status);
}

VOID OthStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Indication);
}

VOID OthReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
              ULONG Flags)
{
    Oth_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);
    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(Binding->Handle, Lists, 0);
}

VOID OthSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID OthUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(OthProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = OthUnload;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    NdisInitUnicodeString(&Chars.Name, L"Oth");
    Chars.BindAdapterHandlerEx = OthBind;
    Chars.UnbindAdapterHandlerEx = OthUnbind;
    Chars.OpenAdapterCompleteHandlerEx = OthOpenComplete;
    Chars.CloseAdapterCompleteHandlerEx = OthCloseComplete;
    Chars.NetPnPEventHandler = OthNetPnPEvent;
    Chars.OidRequestCompleteHandler = OthOidComplete;
    Chars.StatusHandlerEx = OthStatus;
    Chars.ReceiveNetBufferListsHandler = OthReceive;
    Chars.SendNetBufferListsCompleteHandler = OthSendComplete;
    return NdisRegisterProtocolDriver(NULL, &Chars, &OthProtocol);
}
