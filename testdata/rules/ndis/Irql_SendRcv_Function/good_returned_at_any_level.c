/*
 * A protocol driver returns received packets in the receive handler, at the level at which that
 * is called.
 */
#include <ndis.h>

typedef struct RET_BINDING {
        NDIS_HANDLE Adapter;
        NDIS_EVENT Done;
        NDIS_STATUS Result;
        ULONG Packets;
} RET_BINDING;

PROTOCOL_BIND_ADAPTER_EX RetBind;
PROTOCOL_UNBIND_ADAPTER_EX RetUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX RetOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX RetClosed;
PROTOCOL_NET_PNP_EVENT RetPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE RetOidDone;
PROTOCOL_STATUS_EX RetStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS RetReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE RetSent;
DRIVER_UNLOAD RetUnload;

static NDIS_HANDLE RetProtocol;

VOID RetOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
        RET_BINDING *Binding = Context;

        Binding->Result = Status;
        NdisSetEvent(&Binding->Done);
}

VOID RetClosed(NDIS_HANDLE Context)
{
        RET_BINDING *Binding = Context;

        NdisSetEvent(&Binding->Done);
}

static VOID RetClose(RET_BINDING *Binding)
{
        NdisResetEvent(&Binding->Done);
        if (NdisCloseAdapterEx(Binding->Adapter) == NDIS_STATUS_PENDING)
                NdisWaitEvent(&Binding->Done, 0);
}

NDIS_STATUS RetBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                    PNDIS_BIND_PARAMETERS BindParameters)
{
        static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
        NDIS_OPEN_PARAMETERS Open;
        UINT Medium = 0;
        NDIS_STATUS Status;
        RET_BINDING *Binding;

        UNREFERENCED_PARAMETER(DriverContext);
        Binding = NdisAllocateMemoryWithTagPriority(RetProtocol, sizeof(RET_BINDING), 'torP',
                                                    NormalPoolPriority);
        if (Binding == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Binding, sizeof(RET_BINDING));
        NdisInitializeEvent(&Binding->Done);

        NdisZeroMemory(&Open, sizeof(Open));
        Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
        Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
        Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
        Open.AdapterName = BindParameters->AdapterName;
        Open.MediumArray = Media;
        Open.MediumArraySize = 1;
        Open.SelectedMediumIndex = &Medium;
        Status = NdisOpenAdapterEx(RetProtocol, Binding, &Open, BindContext, &Binding->Adapter);
        if (Status == NDIS_STATUS_PENDING) {
                NdisWaitEvent(&Binding->Done, 0);
                Status = Binding->Result;
        }
        if (Status != NDIS_STATUS_SUCCESS) {
                NdisFreeMemory(Binding, 0, 0);
                return Status;
        }

        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS RetUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
        RET_BINDING *Binding = Context;

        UNREFERENCED_PARAMETER(UnbindContext);

        RetClose(Binding);

        NdisFreeMemory(Binding, 0, 0);
        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS RetPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
        RET_BINDING *Binding = Context;

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

VOID RetOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
        RET_BINDING *Binding = Context;

        UNREFERENCED_PARAMETER(Request);
        Binding->Result = Status;
        NdisSetEvent(&Binding->Done);
}

VOID RetStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
        RET_BINDING *Binding = Context;

        UNREFERENCED_PARAMETER(Binding);
        UNREFERENCED_PARAMETER(Indication);
}

VOID RetReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
                ULONG Flags)
{
        RET_BINDING *Binding = Context;

        UNREFERENCED_PARAMETER(Port);
        Binding->Packets += Count;
        if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
                NdisReturnNetBufferLists(Binding->Adapter, Lists,
                                         NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags)
                                             ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL
                                             : 0);
}

VOID RetSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
        UNREFERENCED_PARAMETER(Context);
        UNREFERENCED_PARAMETER(Lists);
        UNREFERENCED_PARAMETER(Flags);
}

VOID RetUnload(PDRIVER_OBJECT DriverObject)
{
        UNREFERENCED_PARAMETER(DriverObject);
        NdisDeregisterProtocolDriver(RetProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
        NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
        NDIS_STRING Name = NDIS_STRING_CONST("Ret");

        UNREFERENCED_PARAMETER(RegistryPath);
        NdisZeroMemory(&Chars, sizeof(Chars));
        Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
        Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.MajorNdisVersion = 6;
        Chars.MajorDriverVersion = 1;
        Chars.Name = Name;
        Chars.BindAdapterHandlerEx = RetBind;
        Chars.UnbindAdapterHandlerEx = RetUnbind;
        Chars.OpenAdapterCompleteHandlerEx = RetOpened;
        Chars.CloseAdapterCompleteHandlerEx = RetClosed;
        Chars.NetPnPEventHandler = RetPnpEvent;
        Chars.OidRequestCompleteHandler = RetOidDone;
        Chars.StatusHandlerEx = RetStatus;
        Chars.ReceiveNetBufferListsHandler = RetReceive;
        Chars.SendNetBufferListsCompleteHandler = RetSent;
        DriverObject->DriverUnload = RetUnload;
        return NdisRegisterProtocolDriver(NULL, &Chars, &RetProtocol);
}
