/*
 * The status handler opens the address family if the level is DISPATCH_LEVEL or below.
 */
#include <ndis.h>

typedef struct OF_CLIENT
{
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_HANDLE Family;
    BOOLEAN Wanted;
} OF_CLIENT;

PROTOCOL_BIND_ADAPTER_EX OfBind;
PROTOCOL_UNBIND_ADAPTER_EX OfUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX OfOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX OfClosed;
PROTOCOL_NET_PNP_EVENT OfPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE OfOidDone;
PROTOCOL_STATUS_EX OfStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS OfReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE OfSent;
DRIVER_UNLOAD OfUnload;

static NDIS_HANDLE OfProtocol;

static VOID OfOpenFamily(OF_CLIENT *Client)
{
    CO_ADDRESS_FAMILY Family;

    NdisZeroMemory(&Family, sizeof(Family));
    Family.AddressFamily = CO_ADDRESS_FAMILY_Q2931;
    Client->Wanted = NdisClOpenAddressFamilyEx(Client->Adapter, &Family, Client, // expect: defect Irql_Protocol_Driver_Function
                                                     &Client->Family) == NDIS_STATUS_RESOURCES;
}

VOID OfOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    OF_CLIENT *Client = Context;

    Client->Result = Status;
    NdisSetEvent(&Client->Done);
}

VOID OfClosed(NDIS_HANDLE Context)
{
    OF_CLIENT *Client = Context;

    NdisSetEvent(&Client->Done);
}

static VOID OfClose(OF_CLIENT *Client)
{
    NdisResetEvent(&Client->Done);
    if (NdisCloseAdapterEx(Client->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Client->Done, 0);
}

NDIS_STATUS OfBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                   PNDIS_BIND_PARAMETERS BindParameters)
{
    static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    OF_CLIENT *Client;

    UNREFERENCED_PARAMETER(DriverContext);
    Client = NdisAllocateMemoryWithTagPriority(OfProtocol, sizeof(OF_CLIENT), 'torP',
                                               NormalPoolPriority);
    if (Client == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Client, sizeof(OF_CLIENT));
    NdisInitializeEvent(&Client->Done);

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName = BindParameters->AdapterName;
    Open.MediumArray = Media;
    Open.MediumArraySize = 1;
    Open.SelectedMediumIndex = &Medium;
    Status = NdisOpenAdapterEx(OfProtocol, Client, &Open, BindContext, &Client->Adapter);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Client->Done, 0);
        Status = Client->Result;
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeMemory(Client, 0, 0);
        return Status;
    }

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS OfUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    OF_CLIENT *Client = Context;

    UNREFERENCED_PARAMETER(UnbindContext);

    OfClose(Client);

    NdisFreeMemory(Client, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS OfPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    OF_CLIENT *Client = Context;

    if (Client == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent)
    {
    case NetEventReconfigure:
        if (Client->Wanted)
            OfOpenFamily(Client);
        break;
    case NetEventQueryRemoveDevice:
    case NetEventCancelRemoveDevice:
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID OfOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    OF_CLIENT *Client = Context;

    UNREFERENCED_PARAMETER(Request);
    Client->Result = Status;
    NdisSetEvent(&Client->Done);
}

VOID OfStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    OF_CLIENT *Client = Context;
    UNREFERENCED_PARAMETER(Indication);
    if (KeGetCurrentIrql() <= DISPATCH_LEVEL)
        OfOpenFamily(Client);
    else
        Client->Wanted = TRUE;
}

VOID OfReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG Flags)
{
    OF_CLIENT *Client = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);

    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(
            Client->Adapter, Lists,
            NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID OfSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID OfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(OfProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Name = NDIS_STRING_CONST("Of");

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = OfBind;
    Chars.UnbindAdapterHandlerEx = OfUnbind;
    Chars.OpenAdapterCompleteHandlerEx = OfOpened;
    Chars.CloseAdapterCompleteHandlerEx = OfClosed;
    Chars.NetPnPEventHandler = OfPnpEvent;
    Chars.OidRequestCompleteHandler = OfOidDone;
    Chars.StatusHandlerEx = OfStatus;
    Chars.ReceiveNetBufferListsHandler = OfReceive;
    Chars.SendNetBufferListsCompleteHandler = OfSent;
    DriverObject->DriverUnload = OfUnload;
    return NdisRegisterProtocolDriver(NULL, &Chars, &OfProtocol);
}
