/*
 * A client drops and closes its calls in the receive handler and in the handler of network
 * events.
 */
#include <ndis.h>

typedef struct CD_PHONE {
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_SPIN_LOCK Lock;
    NDIS_HANDLE Vc;
} CD_PHONE;

PROTOCOL_BIND_ADAPTER_EX CdBind;
PROTOCOL_UNBIND_ADAPTER_EX CdUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX CdOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX CdClosed;
PROTOCOL_NET_PNP_EVENT CdPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE CdOidDone;
PROTOCOL_STATUS_EX CdStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS CdReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE CdSent;
DRIVER_UNLOAD CdUnload;

static NDIS_HANDLE CdProtocol;

static VOID CdDrop(CD_PHONE* Phone)
{
    NDIS_HANDLE Vc;

    NdisAcquireSpinLock(&Phone->Lock);
    Vc = Phone->Vc;
    Phone->Vc = NULL;
    NdisReleaseSpinLock(&Phone->Lock);
    if (Vc != NULL)
        NdisClCloseCall(Vc, NULL, NULL, 0);
}

VOID CdOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    CD_PHONE* Phone = Context;

    Phone->Result = Status;
    NdisSetEvent(&Phone->Done);
}

VOID CdClosed(NDIS_HANDLE Context)
{
    CD_PHONE* Phone = Context;

    NdisSetEvent(&Phone->Done);
}

static VOID CdClose(CD_PHONE* Phone)
{
    NdisResetEvent(&Phone->Done);
    if (NdisCloseAdapterEx(Phone->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Phone->Done, 0);
}

NDIS_STATUS CdBind(
    NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS BindParameters)
{
    static NDIS_MEDIUM Media[1] = { NdisMedium802_3 };
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    CD_PHONE* Phone;

    UNREFERENCED_PARAMETER(DriverContext);
    Phone = NdisAllocateMemoryWithTagPriority(
        CdProtocol, sizeof(CD_PHONE), 'torP', NormalPoolPriority);
    if (Phone == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Phone, sizeof(CD_PHONE));
    NdisInitializeEvent(&Phone->Done);
    NdisAllocateSpinLock(&Phone->Lock);

    NdisZeroMemory(&Open, sizeof(Open));
    Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    Open.AdapterName = BindParameters->AdapterName;
    Open.MediumArray = Media;
    Open.MediumArraySize = 1;
    Open.SelectedMediumIndex = &Medium;
    Status = NdisOpenAdapterEx(CdProtocol, Phone, &Open, BindContext, &Phone->Adapter);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Phone->Done, 0);
        Status = Phone->Result;
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&Phone->Lock);
        NdisFreeMemory(Phone, 0, 0);
        return Status;
    }

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CdUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    CD_PHONE* Phone = Context;

    UNREFERENCED_PARAMETER(UnbindContext);

    CdClose(Phone);
    NdisFreeSpinLock(&Phone->Lock);
    NdisFreeMemory(Phone, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CdPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    CD_PHONE* Phone = Context;

    if (Phone == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent) {
    case NetEventSetPower:
        CdDrop(Phone);
        break;
    case NetEventQueryRemoveDevice:
    case NetEventCancelRemoveDevice:
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID CdOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    CD_PHONE* Phone = Context;

    UNREFERENCED_PARAMETER(Request);
    Phone->Result = Status;
    NdisSetEvent(&Phone->Done);
}

VOID CdStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
    CD_PHONE* Phone = Context;

    UNREFERENCED_PARAMETER(Phone);
    UNREFERENCED_PARAMETER(Indication);
}

VOID CdReceive(
    NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags)
{
    CD_PHONE* Phone = Context;

    UNREFERENCED_PARAMETER(Port);
    if (Count == 0)
        CdDrop(Phone);
    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(Phone->Adapter, Lists,
            NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID CdSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID CdUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(CdProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Name = NDIS_STRING_CONST("Cd");

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = CdBind;
    Chars.UnbindAdapterHandlerEx = CdUnbind;
    Chars.OpenAdapterCompleteHandlerEx = CdOpened;
    Chars.CloseAdapterCompleteHandlerEx = CdClosed;
    Chars.NetPnPEventHandler = CdPnpEvent;
    Chars.OidRequestCompleteHandler = CdOidDone;
    Chars.StatusHandlerEx = CdStatus;
    Chars.ReceiveNetBufferListsHandler = CdReceive;
    Chars.SendNetBufferListsCompleteHandler = CdSent;
    DriverObject->DriverUnload = CdUnload;
    return NdisRegisterProtocolDriver(NULL, &Chars, &CdProtocol);
}
