/*
 * The status handler closes the binding when the medium is gone.
 */
#include <ndis.h>

typedef struct CL_BINDING {
        NDIS_HANDLE Adapter;
        NDIS_EVENT Done;
        NDIS_STATUS Result;
        BOOLEAN Gone;
} CL_BINDING;

PROTOCOL_BIND_ADAPTER_EX ClBind;
PROTOCOL_UNBIND_ADAPTER_EX ClUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX ClOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX ClClosed;
PROTOCOL_NET_PNP_EVENT ClPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE ClOidDone;
PROTOCOL_STATUS_EX ClStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS ClReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE ClSent;
DRIVER_UNLOAD ClUnload;

static NDIS_HANDLE ClProtocol;

VOID ClOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
        CL_BINDING *Binding = Context;

        Binding->Result = Status;
        NdisSetEvent(&Binding->Done);
}

VOID ClClosed(NDIS_HANDLE Context)
{
        CL_BINDING *Binding = Context;

        NdisSetEvent(&Binding->Done);
}

static VOID ClClose(CL_BINDING *Binding)
{
        NdisResetEvent(&Binding->Done);
        if (NdisCloseAdapterEx(Binding->Adapter) == NDIS_STATUS_PENDING)
                NdisWaitEvent(&Binding->Done, 0);
}

NDIS_STATUS ClBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                   PNDIS_BIND_PARAMETERS BindParameters)
{
        static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
        NDIS_OPEN_PARAMETERS Open;
        UINT Medium = 0;
        NDIS_STATUS Status;
        CL_BINDING *Binding;

        UNREFERENCED_PARAMETER(DriverContext);
        Binding = NdisAllocateMemoryWithTagPriority(ClProtocol, sizeof(CL_BINDING), 'torP',
                                                    NormalPoolPriority);
        if (Binding == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Binding, sizeof(CL_BINDING));
        NdisInitializeEvent(&Binding->Done);

        NdisZeroMemory(&Open, sizeof(Open));
        Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
        Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
        Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
        Open.AdapterName = BindParameters->AdapterName;
        Open.MediumArray = Media;
        Open.MediumArraySize = 1;
        Open.SelectedMediumIndex = &Medium;
        Status = NdisOpenAdapterEx(ClProtocol, Binding, &Open, BindContext, &Binding->Adapter);
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

NDIS_STATUS ClUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
        CL_BINDING *Binding = Context;

        UNREFERENCED_PARAMETER(UnbindContext);

        ClClose(Binding);

        NdisFreeMemory(Binding, 0, 0);
        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS ClPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
        CL_BINDING *Binding = Context;

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

VOID ClOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
        CL_BINDING *Binding = Context;

        UNREFERENCED_PARAMETER(Request);
        Binding->Result = Status;
        NdisSetEvent(&Binding->Done);
}

VOID ClStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
        CL_BINDING *Binding = Context;
        if (Indication->StatusCode == NDIS_STATUS_MEDIA_DISCONNECT && !Binding->Gone) {
                Binding->Gone = TRUE;
                NdisCloseAdapterEx(Binding->Adapter); // expect: defect Irql_Protocol_Driver_Function
        }
}

VOID ClReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG Flags)
{
        CL_BINDING *Binding = Context;

        UNREFERENCED_PARAMETER(Port);
        UNREFERENCED_PARAMETER(Count);

        if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
                NdisReturnNetBufferLists(Binding->Adapter, Lists,
                                         NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags)
                                             ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL
                                             : 0);
}

VOID ClSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
        UNREFERENCED_PARAMETER(Context);
        UNREFERENCED_PARAMETER(Lists);
        UNREFERENCED_PARAMETER(Flags);
}

VOID ClUnload(PDRIVER_OBJECT DriverObject)
{
        UNREFERENCED_PARAMETER(DriverObject);
        NdisDeregisterProtocolDriver(ClProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
        NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
        NDIS_STRING Name = NDIS_STRING_CONST("Cl");

        UNREFERENCED_PARAMETER(RegistryPath);
        NdisZeroMemory(&Chars, sizeof(Chars));
        Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
        Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.MajorNdisVersion = 6;
        Chars.MajorDriverVersion = 1;
        Chars.Name = Name;
        Chars.BindAdapterHandlerEx = ClBind;
        Chars.UnbindAdapterHandlerEx = ClUnbind;
        Chars.OpenAdapterCompleteHandlerEx = ClOpened;
        Chars.CloseAdapterCompleteHandlerEx = ClClosed;
        Chars.NetPnPEventHandler = ClPnpEvent;
        Chars.OidRequestCompleteHandler = ClOidDone;
        Chars.StatusHandlerEx = ClStatus;
        Chars.ReceiveNetBufferListsHandler = ClReceive;
        Chars.SendNetBufferListsCompleteHandler = ClSent;
        DriverObject->DriverUnload = ClUnload;
        return NdisRegisterProtocolDriver(NULL, &Chars, &ClProtocol);
}
