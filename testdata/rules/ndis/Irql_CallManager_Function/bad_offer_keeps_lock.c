/*
 * The helper that registers the address family is not told of the lock that its caller holds.
 */
#include <ndis.h>

typedef struct KL_MANAGER {
        NDIS_HANDLE Adapter;
        NDIS_EVENT Done;
        NDIS_STATUS Result;
        KSPIN_LOCK Lock;
        CO_ADDRESS_FAMILY Family;
        ULONG Offers;
} KL_MANAGER;

PROTOCOL_BIND_ADAPTER_EX KlBind;
PROTOCOL_UNBIND_ADAPTER_EX KlUnbind;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX KlOpened;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX KlClosed;
PROTOCOL_NET_PNP_EVENT KlPnpEvent;
PROTOCOL_OID_REQUEST_COMPLETE KlOidDone;
PROTOCOL_STATUS_EX KlStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS KlReceive;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE KlSent;
DRIVER_UNLOAD KlUnload;

static NDIS_HANDLE KlProtocol;

static VOID KlOffer(KL_MANAGER *Manager, const KIRQL *Old)
{
        if (Old != NULL)
                KeReleaseSpinLock(&Manager->Lock, *Old);
        NdisCmRegisterAddressFamilyEx(Manager->Adapter, &Manager->Family); // expect: defect Irql_CallManager_Function
}

VOID KlOpened(NDIS_HANDLE Context, NDIS_STATUS Status)
{
        KL_MANAGER *Manager = Context;

        Manager->Result = Status;
        NdisSetEvent(&Manager->Done);
}

VOID KlClosed(NDIS_HANDLE Context)
{
        KL_MANAGER *Manager = Context;

        NdisSetEvent(&Manager->Done);
}

static VOID KlClose(KL_MANAGER *Manager)
{
        NdisResetEvent(&Manager->Done);
        if (NdisCloseAdapterEx(Manager->Adapter) == NDIS_STATUS_PENDING)
                NdisWaitEvent(&Manager->Done, 0);
}

NDIS_STATUS KlBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                   PNDIS_BIND_PARAMETERS BindParameters)
{
        static NDIS_MEDIUM Media[1] = {NdisMedium802_3};
        NDIS_OPEN_PARAMETERS Open;
        UINT Medium = 0;
        NDIS_STATUS Status;
        KL_MANAGER *Manager;

        UNREFERENCED_PARAMETER(DriverContext);
        Manager = NdisAllocateMemoryWithTagPriority(KlProtocol, sizeof(KL_MANAGER), 'torP',
                                                    NormalPoolPriority);
        if (Manager == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Manager, sizeof(KL_MANAGER));
        NdisInitializeEvent(&Manager->Done);
        KeInitializeSpinLock(&Manager->Lock);

        NdisZeroMemory(&Open, sizeof(Open));
        Open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
        Open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
        Open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
        Open.AdapterName = BindParameters->AdapterName;
        Open.MediumArray = Media;
        Open.MediumArraySize = 1;
        Open.SelectedMediumIndex = &Medium;
        Status = NdisOpenAdapterEx(KlProtocol, Manager, &Open, BindContext, &Manager->Adapter);
        if (Status == NDIS_STATUS_PENDING) {
                NdisWaitEvent(&Manager->Done, 0);
                Status = Manager->Result;
        }
        if (Status != NDIS_STATUS_SUCCESS) {
                NdisFreeMemory(Manager, 0, 0);
                return Status;
        }
        KlOffer(Manager, NULL);
        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS KlUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
        KL_MANAGER *Manager = Context;

        UNREFERENCED_PARAMETER(UnbindContext);

        KlClose(Manager);

        NdisFreeMemory(Manager, 0, 0);
        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS KlPnpEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
        KL_MANAGER *Manager = Context;

        if (Manager == NULL)
                return NDIS_STATUS_SUCCESS;
        switch (Event->NetPnPEvent.NetEvent) {
        case NetEventReconfigure: {
                KIRQL Old;

                KeAcquireSpinLock(&Manager->Lock, &Old);
                Manager->Offers++;
                KlOffer(Manager, NULL);
                KeReleaseSpinLock(&Manager->Lock, Old);
                break;
        }
        case NetEventQueryRemoveDevice:
        case NetEventCancelRemoveDevice:
        default:
                break;
        }
        return NDIS_STATUS_SUCCESS;
}

VOID KlOidDone(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
        KL_MANAGER *Manager = Context;

        UNREFERENCED_PARAMETER(Request);
        Manager->Result = Status;
        NdisSetEvent(&Manager->Done);
}

VOID KlStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
{
        KL_MANAGER *Manager = Context;

        UNREFERENCED_PARAMETER(Manager);
        UNREFERENCED_PARAMETER(Indication);
}

VOID KlReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count,
               ULONG Flags)
{
        KL_MANAGER *Manager = Context;

        UNREFERENCED_PARAMETER(Port);
        UNREFERENCED_PARAMETER(Count);

        if (NDIS_TEST_RECEIVE_CAN_PEND(Flags))
                NdisReturnNetBufferLists(Manager->Adapter, Lists,
                                         NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags)
                                             ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL
                                             : 0);
}

VOID KlSent(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
        UNREFERENCED_PARAMETER(Context);
        UNREFERENCED_PARAMETER(Lists);
        UNREFERENCED_PARAMETER(Flags);
}

VOID KlUnload(PDRIVER_OBJECT DriverObject)
{
        UNREFERENCED_PARAMETER(DriverObject);
        NdisDeregisterProtocolDriver(KlProtocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
        NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars;
        NDIS_STRING Name = NDIS_STRING_CONST("Kl");

        UNREFERENCED_PARAMETER(RegistryPath);
        NdisZeroMemory(&Chars, sizeof(Chars));
        Chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
        Chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.MajorNdisVersion = 6;
        Chars.MajorDriverVersion = 1;
        Chars.Name = Name;
        Chars.BindAdapterHandlerEx = KlBind;
        Chars.UnbindAdapterHandlerEx = KlUnbind;
        Chars.OpenAdapterCompleteHandlerEx = KlOpened;
        Chars.CloseAdapterCompleteHandlerEx = KlClosed;
        Chars.NetPnPEventHandler = KlPnpEvent;
        Chars.OidRequestCompleteHandler = KlOidDone;
        Chars.StatusHandlerEx = KlStatus;
        Chars.ReceiveNetBufferListsHandler = KlReceive;
        Chars.SendNetBufferListsCompleteHandler = KlSent;
        DriverObject->DriverUnload = KlUnload;
        return NdisRegisterProtocolDriver(NULL, &Chars, &KlProtocol);
}
