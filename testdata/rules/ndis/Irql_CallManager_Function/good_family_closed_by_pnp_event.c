/*
 * The status handler only notes that the link is down; the next network event closes the address
 * family.
 */
#include <ndis.h>

typedef struct HU_LINK
{
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_HANDLE Family;
    BOOLEAN Down;
} HU_LINK;

PROTOCOL_BIND_ADAPTER_EX HuBind;
PROTOCOL_UNBIND_ADAPTER_EX HuUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX HuOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX HuClosed;
PROTOCOL_NET_PNP_EVENT HuPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE HuOidDone;
PROTOCOL_STATUS_EX HuStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS HuReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE HuSent;
DRIVER_UNLOAD HuUnload;

static NDIS_HANDLE HuProtocol;

static VOID HuHangUp(HU_LINK *Link)
{
    if (Link->Family != NULL)
    {
        NdisCmNotifyCloseAddressFamily(Link->Family);
        Link->Family = NULL;
    }
}

VOID HuOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    HU_LINK *Link = Context;

    Link->Result = Status;
    NdisSetEvent(&Link->Done);
}

VOID HuClosed(NDIS_HANDLE Context)
{
    HU_LINK *Link = Context;

    NdisSetEvent(&Link->Done);
}

static VOID HuClose(HU_LINK *Link)
{
    NdisResetEvent(&Link->Done);
    if (NdisCloseAdapterEx(Link->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Link->Done, 0);
}

NDIS_STATUS HuBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                   PNDIS_BIND_PARAMETERS BindParameters)
{
    static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    HU_LINK *Link;

    UNREFERENCED_PARAMETER(DriverContext);
    Link =
        NdisAllocateMemoryWithTagPriority(HuProtocol, sizeof(HU_LINK), 'torP', NormalPoolPriority);
    if (Link == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Link, sizeof(HU_LINK));
    NdisInitializeEvent(&Link->Done);

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName = BindParameters->AdapterName;
    Open.MediumArray = Media;
    Open.MediumArraySize = 1;
    Open.SelectedMediumIndex = &Medium;
    Status = NdisOpenAdapterEx(HuProtocol, Link, &Open, BindContext, &Link->Adapter);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Link->Done, 0);
        Status = Link->Result;
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeMemory(Link, 0, 0);
        return Status;
    }
    Link->Family = (NDIS_HANDLE)BindParameters->PhysicalDeviceObject;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS HuUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    HU_LINK *Link = Context;

    UNREFERENCED_PARAMETER(UnbindContext);

    HuClose(Link);

    NdisFreeMemory(Link, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS HuPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    HU_LINK *Link = Context;

    if (Link == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent)
    {
    case NetEventReconfigure:
        if (Link->Down)
            HuHangUp(Link);
        break;
    case NetEventQueryRemoveDevice:
    case NetEventCancelRemoveDevice:
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID HuOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    HU_LINK *Link = Context;

    UNREFERENCED_PARAMETER(Request);
    Link->Result = Status;
    NdisSetEvent(&Link->Done);
}

VOID HuStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    HU_LINK *Link = Context;
    if (Indication->StatusCode == NDIS_STATUS_LINK_STATE)
        Link->Down = TRUE;
}

VOID HuReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG Flags)
{
    HU_LINK *Link = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);

    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(
            Link->Adapter, Lists,
            NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID HuSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID HuUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(HuProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Name = NDIS_STRING_CONST("Hu");

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = HuBind;
    Chars.UnbindAdapterHandlerEx = HuUnbind;
    Chars.OpenAdapterCompleteHandlerEx = HuOpened;
    Chars.CloseAdapterCompleteHandlerEx = HuClosed;
    Chars.NetPnPEventHandler = HuPnpEvent;
    Chars.OidRequestCompleteHandler = HuOidDone;
    Chars.StatusHandlerEx = HuStatus;
    Chars.ReceiveNetBufferListsHandler = HuReceive;
    Chars.SendNetBufferListsCompleteHandler = HuSent;
    DriverObject->DriverUnload = HuUnload;
    return NdisRegisterProtocolDriver(NULL, &Chars, &HuProtocol);
}
