/*
 * A protocol driver looks into received packets, at the level at which it gets them and under
 * its own lock.
 */
#include <ndis.h>

typedef struct DR_BINDING
{
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_SPIN_LOCK Lock;
    ULONG Broadcasts;
} DR_BINDING;

PROTOCOL_BIND_ADAPTER_EX DrBind;
PROTOCOL_UNBIND_ADAPTER_EX DrUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX DrOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX DrClosed;
PROTOCOL_NET_PNP_EVENT DrPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE DrOidDone;
PROTOCOL_STATUS_EX DrStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS DrReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE DrSent;
DRIVER_UNLOAD DrUnload;

static NDIS_HANDLE DrProtocol;

VOID DrOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    DR_BINDING *Binding = Context;

    Binding->Result = Status;
    NdisSetEvent(&Binding->Done);
}

VOID DrClosed(NDIS_HANDLE Context)
{
    DR_BINDING *Binding = Context;

    NdisSetEvent(&Binding->Done);
}

static VOID DrClose(DR_BINDING *Binding)
{
    NdisResetEvent(&Binding->Done);
    if (NdisCloseAdapterEx(Binding->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Binding->Done, 0);
}

NDIS_STATUS DrBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                   PNDIS_BIND_PARAMETERS BindParameters)
{
    static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    DR_BINDING *Binding;

    UNREFERENCED_PARAMETER(DriverContext);
    Binding = NdisAllocateMemoryWithTagPriority(DrProtocol, sizeof(DR_BINDING), 'torP',
                                                NormalPoolPriority);
    if (Binding == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Binding, sizeof(DR_BINDING));
    NdisInitializeEvent(&Binding->Done);
    NdisAllocateSpinLock(&Binding->Lock);

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName = BindParameters->AdapterName;
    Open.MediumArray = Media;
    Open.MediumArraySize = 1;
    Open.SelectedMediumIndex = &Medium;
    Status = NdisOpenAdapterEx(DrProtocol, Binding, &Open, BindContext, &Binding->Adapter);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Binding->Done, 0);
        Status = Binding->Result;
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeSpinLock(&Binding->Lock);
        NdisFreeMemory(Binding, 0, 0);
        return Status;
    }

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS DrUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    DR_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(UnbindContext);

    DrClose(Binding);
    NdisFreeSpinLock(&Binding->Lock);
    NdisFreeMemory(Binding, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS DrPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    DR_BINDING *Binding = Context;

    if (Binding == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent)
    {
    case NetEventQueryRemoveDevice:
    case NetEventCancelRemoveDevice:
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID DrOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    DR_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Request);
    Binding->Result = Status;
    NdisSetEvent(&Binding->Done);
}

VOID DrStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    DR_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Binding);
    UNREFERENCED_PARAMETER(Indication);
}

VOID DrReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG Flags)
{
    DR_BINDING *Binding = Context;
    PNET_BUFFER_LIST List;
    UCHAR Header[14];
    PUCHAR Data;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);
    NdisAcquireSpinLock(&Binding->Lock);
    for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
    {
        Data = NdisGetDataBuffer(NET_BUFFER_LIST_FIRST_NB(List), sizeof(Header), Header, 1, 0);
        if (Data != NULL && (Data[0] & 1))
            Binding->Broadcasts++;
    }
    NdisReleaseSpinLock(&Binding->Lock);
    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(
            Binding->Adapter, Lists,
            NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID DrSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID DrUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(DrProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Name = NDIS_STRING_CONST("Dr");

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = DrBind;
    Chars.UnbindAdapterHandlerEx = DrUnbind;
    Chars.OpenAdapterCompleteHandlerEx = DrOpened;
    Chars.CloseAdapterCompleteHandlerEx = DrClosed;
    Chars.NetPnPEventHandler = DrPnpEvent;
    Chars.OidRequestCompleteHandler = DrOidDone;
    Chars.StatusHandlerEx = DrStatus;
    Chars.ReceiveNetBufferListsHandler = DrReceive;
    Chars.SendNetBufferListsCompleteHandler = DrSent;
    DriverObject->DriverUnload = DrUnload;
    return NdisRegisterProtocolDriver(NULL, &Chars, &DrProtocol);
}
