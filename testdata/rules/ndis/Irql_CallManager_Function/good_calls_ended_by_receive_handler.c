/*
 * The receive handler of a call manager ends calls at the level at which it is called, with and
 * without its lock.
 */
#include <ndis.h>

typedef struct CE_LINE {
        NDIS_HANDLE Adapter;
        NDIS_EVENT Done;
        NDIS_STATUS Result;
        NDIS_SPIN_LOCK Lock;
        NDIS_HANDLE Vc;
        ULONG Ended;
} CE_LINE;

PROTOCOL_BIND_ADAPTER_EX CeBind;
PROTOCOL_UNBIND_ADAPTER_EX CeUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX CeOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX CeClosed;
PROTOCOL_NET_PNP_EVENT CePnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE CeOidDone;
PROTOCOL_STATUS_EX CeStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS CeReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE CeSent;
DRIVER_UNLOAD CeUnload;

static NDIS_HANDLE CeProtocol;

static VOID CeEnd(CE_LINE *Line, NDIS_HANDLE Vc)
{
        NdisCmDispatchIncomingCloseCall(NDIS_STATUS_SUCCESS, Vc, NULL, 0);
        NdisCmDeactivateVc(Vc);
        Line->Ended++;
}

VOID CeOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
        CE_LINE *Line = Context;

        Line->Result = Status;
        NdisSetEvent(&Line->Done);
}

VOID CeClosed(NDIS_HANDLE Context)
{
        CE_LINE *Line = Context;

        NdisSetEvent(&Line->Done);
}

static VOID CeClose(CE_LINE *Line)
{
        NdisResetEvent(&Line->Done);
        if (NdisCloseAdapterEx(Line->Adapter) == NDIS_STATUS_PENDING)
                NdisWaitEvent(&Line->Done, 0);
}

NDIS_STATUS CeBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                   PNDIS_BIND_PARAMETERS BindParameters)
{
        static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
        NDIS_OPEN_PARAMETERS Open;
        UINT Medium = 0;
        NDIS_STATUS Status;
        CE_LINE *Line;

        UNREFERENCED_PARAMETER(DriverContext);
        Line = NdisAllocateMemoryWithTagPriority(CeProtocol, sizeof(CE_LINE), 'torP',
                                                 NormalPoolPriority);
        if (Line == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Line, sizeof(CE_LINE));
        NdisInitializeEvent(&Line->Done);
        NdisAllocateSpinLock(&Line->Lock);

        NdisZeroMemory(&Open, sizeof(Open));
        Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
        Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
        Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
        Open.AdapterName = BindParameters->AdapterName;
        Open.MediumArray = Media;
        Open.MediumArraySize = 1;
        Open.SelectedMediumIndex = &Medium;
        Status = NdisOpenAdapterEx(CeProtocol, Line, &Open, BindContext, &Line->Adapter);
        if (Status == NDIS_STATUS_PENDING) {
                NdisWaitEvent(&Line->Done, 0);
                Status = Line->Result;
        }
        if (Status != NDIS_STATUS_SUCCESS) {
                NdisFreeSpinLock(&Line->Lock);
                NdisFreeMemory(Line, 0, 0);
                return Status;
        }

        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CeUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
        CE_LINE *Line = Context;

        UNREFERENCED_PARAMETER(UnbindContext);

        CeClose(Line);
        NdisFreeSpinLock(&Line->Lock);
        NdisFreeMemory(Line, 0, 0);
        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CePnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
        CE_LINE *Line = Context;

        if (Line == NULL)
                return NDIS_STATUS_SUCCESS;
        switch (Event->NetPnPEvent.NetEvent) {
        case NetEventQueryRemoveDevice:
        case NetEventCancelRemoveDevice:
        default:
                break;
        }
        return NDIS_STATUS_SUCCESS;
}

VOID CeOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
        CE_LINE *Line = Context;

        UNREFERENCED_PARAMETER(Request);
        Line->Result = Status;
        NdisSetEvent(&Line->Done);
}

VOID CeStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
        CE_LINE *Line = Context;

        UNREFERENCED_PARAMETER(Line);
        UNREFERENCED_PARAMETER(Indication);
}

VOID CeReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG Flags)
{
        CE_LINE *Line = Context;
        NDIS_HANDLE Vc;

        UNREFERENCED_PARAMETER(Port);
        NdisAcquireSpinLock(&Line->Lock);
        Vc = Line->Vc;
        Line->Vc = NULL;
        if (Count > 8 && Vc != NULL) {
                CeEnd(Line, Vc);
                Vc = NULL;
        }
        NdisReleaseSpinLock(&Line->Lock);
        if (Vc != NULL)
                CeEnd(Line, Vc);
        if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
                NdisReturnNetBufferLists(Line->Adapter, Lists,
                                         NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags)
                                             ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL
                                             : 0);
}

VOID CeSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
        UNREFERENCED_PARAMETER(Context);
        UNREFERENCED_PARAMETER(Lists);
        UNREFERENCED_PARAMETER(Flags);
}

VOID CeUnload(PDRIVER_OBJECT DriverObject)
{
        UNREFERENCED_PARAMETER(DriverObject);
        NdisDeregisterProtocolDriver(CeProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
        NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
        NDIS_STRING Name = NDIS_STRING_CONST("Ce");

        UNREFERENCED_PARAMETER(RegistryPath);
        NdisZeroMemory(&Chars, sizeof(Chars));
        Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
        Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.MajorNdisVersion = 6;
        Chars.MajorDriverVersion = 1;
        Chars.Name = Name;
        Chars.BindAdapterHandlerEx = CeBind;
        Chars.UnbindAdapterHandlerEx = CeUnbind;
        Chars.OpenAdapterCompleteHandlerEx = CeOpened;
        Chars.CloseAdapterCompleteHandlerEx = CeClosed;
        Chars.NetPnPEventHandler = CePnpEvent;
        Chars.OidRequestCompleteHandler = CeOidDone;
        Chars.StatusHandlerEx = CeStatus;
        Chars.ReceiveNetBufferListsHandler = CeReceive;
        Chars.SendNetBufferListsCompleteHandler = CeSent;
        DriverObject->DriverUnload = CeUnload;
        return NdisRegisterProtocolDriver(NULL, &Chars, &CeProtocol);
}
