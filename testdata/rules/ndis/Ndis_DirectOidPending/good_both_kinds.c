// Both kinds of requests are pended in their own place and completed in their own way.

#define NDIS_MINIPORT_DRIVER 1
#define NDIS61_MINIPORT 1
#include <ndis.h>

#define BK_TAG 'hkob'

typedef struct _BK_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    PNDIS_OID_REQUEST Ordinary;
    PNDIS_OID_REQUEST Direct;
} BK_ADAPTER, *PBK_ADAPTER;

static NDIS_HANDLE BkDriverHandle;

MINIPORT_INITIALIZE BkInitialize;
MINIPORT_HALT BkHalt;
MINIPORT_UNLOAD BkUnload;
MINIPORT_PAUSE BkPause;
MINIPORT_RESTART BkRestart;
MINIPORT_OID_REQUEST BkOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS BkSend;
MINIPORT_CANCEL_SEND BkCancelSend;

MINIPORT_DIRECT_OID_REQUEST BkDirectOid;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY BkEvent;

NDIS_STATUS
BkDirectOid(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PBK_ADAPTER Adapter = MiniportAdapterContext;

    if (Adapter->Direct != NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    Adapter->Direct = OidRequest;
    return NDIS_STATUS_PENDING;
}

VOID
BkEvent(NDIS_HANDLE MiniportAdapterContext, PNET_DEVICE_PNP_EVENT NetDevicePnPEvent)
{
    PBK_ADAPTER Adapter = MiniportAdapterContext;
    PNDIS_OID_REQUEST Ordinary = Adapter->Ordinary;
    PNDIS_OID_REQUEST Direct = Adapter->Direct;

    UNREFERENCED_PARAMETER(NetDevicePnPEvent);
    Adapter->Ordinary = NULL;
    Adapter->Direct = NULL;
    if (Ordinary != NULL) {
        NdisMOidRequestComplete(Adapter->MiniportHandle, Ordinary, NDIS_STATUS_NOT_ACCEPTED);
    }
    if (Direct != NULL) {
        NdisMDirectOidRequestComplete(Adapter->MiniportHandle, Direct, NDIS_STATUS_NOT_ACCEPTED);
    }
}

static NDIS_STATUS
BkSetAttributes(PBK_ADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = Adapter;
    Registration.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status = NdisMSetMiniportAttributes(Adapter->MiniportHandle,
                                        (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
    if (Status != NDIS_STATUS_SUCCESS) {
        return Status;
    }

    NdisZeroMemory(&General, sizeof(General));
    General.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    General.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.MediaType = NdisMedium802_3;
    General.MtuSize = 1500;
    General.MacAddressLength = 6;
    return NdisMSetMiniportAttributes(Adapter->MiniportHandle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS
BkInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PBK_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(BK_ADAPTER), BK_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(BK_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = BkSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
BkHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PBK_ADAPTER Adapter = (PBK_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
BkPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
BkRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
BkOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PBK_ADAPTER Adapter = MiniportAdapterContext;

    if (Adapter->Ordinary != NULL) {
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    Adapter->Ordinary = OidRequest;
    return NDIS_STATUS_PENDING;
}

VOID
BkSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PBK_ADAPTER Adapter = (PBK_ADAPTER)MiniportAdapterContext;
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(PortNumber);
    for (List = NetBufferLists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List)) {
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(Adapter->MiniportHandle, NetBufferLists,
                                    NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags)
                                        ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                                        : 0);
}

VOID
BkCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

VOID
BkUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(BkDriverHandle);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics;

    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Characteristics.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    Characteristics.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    Characteristics.MajorNdisVersion = 6;
    Characteristics.MinorNdisVersion = 20;
    Characteristics.InitializeHandlerEx = BkInitialize;
    Characteristics.HaltHandlerEx = BkHalt;
    Characteristics.UnloadHandler = BkUnload;
    Characteristics.PauseHandler = BkPause;
    Characteristics.RestartHandler = BkRestart;
    Characteristics.OidRequestHandler = BkOidRequest;
    Characteristics.SendNetBufferListsHandler = BkSend;
    Characteristics.CancelSendHandler = BkCancelSend;
    Characteristics.DirectOidRequestHandler = BkDirectOid;
    Characteristics.DevicePnPEventNotifyHandler = BkEvent;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &BkDriverHandle);
}
