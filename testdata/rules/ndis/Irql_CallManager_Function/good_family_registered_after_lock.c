/*
 * A call manager registers its address family after it has released the lock of the binding.
 */
#include <ndis.h>

typedef struct CF_BINDING {
    NDIS_HANDLE Adapter;
    NDIS_EVENT Done;
    NDIS_STATUS Result;
    NDIS_SPIN_LOCK Lock;
    CO_ADDRESS_FAMILY Family;
    BOOLEAN Offered;
} CF_BINDING;

PROTOCOL_BIND_ADAPTER_EX CfBind;
PROTOCOL_UNBIND_ADAPTER_EX CfUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX CfOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX CfClosed;
PROTOCOL_NET_PNP_EVENT CfPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE CfOidDone;
PROTOCOL_STATUS_EX CfStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS CfReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE CfSent;
DRIVER_UNLOAD CfUnload;

static NDIS_HANDLE CfProtocol;

VOID CfOpened(NDIS_HANDLE Context, NDIS_STATUS Status) {
    CF_BINDING *Binding = Context;

    Binding->Result = Status;
    NdisSetEvent(&Binding->Done);
}

VOID CfClosed(NDIS_HANDLE Context) {
    CF_BINDING *Binding = Context;

    NdisSetEvent(&Binding->Done);
}

static VOID CfClose(CF_BINDING *Binding) {
    NdisResetEvent(&Binding->Done);
    if (NdisCloseAdapterEx(Binding->Adapter) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Binding->Done, 0);
}

NDIS_STATUS CfBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                   PNDIS_BIND_PARAMETERS BindParameters) {
    static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
    NDIS_OPEN_PARAMETERS Open;
    UINT Medium = 0;
    NDIS_STATUS Status;
    CF_BINDING *Binding;

    UNREFERENCED_PARAMETER(DriverContext);
    Binding = NdisAllocateMemoryWithTagPriority(CfProtocol, sizeof(CF_BINDING), 'torP',
                                                NormalPoolPriority);
    if (Binding == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Binding, sizeof(CF_BINDING));
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
    Status = NdisOpenAdapterEx(CfProtocol, Binding, &Open, BindContext, &Binding->Adapter);
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Binding->Done, 0);
        Status = Binding->Result;
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&Binding->Lock);
        NdisFreeMemory(Binding, 0, 0);
        return Status;
    }
    NdisAcquireSpinLock(&Binding->Lock);
    Binding->Family.AddressFamily = CO_ADDRESS_FAMILY_Q2931;
    Binding->Family.MajorVersion = 3;
    Binding->Family.MinorVersion = 1;
    NdisReleaseSpinLock(&Binding->Lock);
    Binding->Offered =
        NdisCmRegisterAddressFamilyEx(Binding->Adapter, &Binding->Family) == NDIS_STATUS_SUCCESS;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CfUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context) {
    CF_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(UnbindContext);

    CfClose(Binding);
    NdisFreeSpinLock(&Binding->Lock);
    NdisFreeMemory(Binding, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CfPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event) {
    CF_BINDING *Binding = Context;

    if (Binding == NULL)
        return NDIS_STATUS_SUCCESS;
    switch (Event->NetPnPEvent.NetEvent) {
    case NetEventQueryRemoveDevice:
    case NetEventCancelRemoveDevice:
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID CfOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status) {
    CF_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Request);
    Binding->Result = Status;
    NdisSetEvent(&Binding->Done);
}

VOID CfStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication) {
    CF_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Binding);
    UNREFERENCED_PARAMETER(Indication);
}

VOID CfReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG Flags) {
    CF_BINDING *Binding = Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);

    if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
        NdisReturnNetBufferLists(
            Binding->Adapter, Lists,
            NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID CfSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags) {
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID CfUnload(PDRIVER_OBJECT DriverObject) {
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(CfProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Name = NDIS_STRING_CONST("Cf");

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.Name = Name;
    Chars.BindAdapterHandlerEx = CfBind;
    Chars.UnbindAdapterHandlerEx = CfUnbind;
    Chars.OpenAdapterCompleteHandlerEx = CfOpened;
    Chars.CloseAdapterCompleteHandlerEx = CfClosed;
    Chars.NetPnPEventHandler = CfPnpEvent;
    Chars.OidRequestCompleteHandler = CfOidDone;
    Chars.StatusHandlerEx = CfStatus;
    Chars.ReceiveNetBufferListsHandler = CfReceive;
    Chars.SendNetBufferListsCompleteHandler = CfSent;
    DriverObject->DriverUnload = CfUnload;
    return NdisRegisterProtocolDriver(NULL, &Chars, &CfProtocol);
}
