// Cancelling reads first and writes if necessary, after it has left the lock.

#include <ndis.h>

#define RW_TAG 'pukl'

typedef struct _RW_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    PNDIS_RW_LOCK_EX Lock;
    BOOLEAN Stale;
} RW_ADAPTER, *PRW_ADAPTER;

static NDIS_HANDLE RwDriverHandle;

MINIPORT_INITIALIZE RwInitialize;
MINIPORT_HALT RwHalt;
MINIPORT_UNLOAD RwUnload;
MINIPORT_PAUSE RwPause;
MINIPORT_RESTART RwRestart;
MINIPORT_OID_REQUEST RwOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS RwSend;
MINIPORT_CANCEL_SEND RwCancelSend;

static VOID
RwRefresh(PRW_ADAPTER Adapter)
{
    LOCK_STATE_EX Write;

    NdisAcquireRWLockWrite(Adapter->Lock, &Write, 0);
    Adapter->Stale = FALSE;
    NdisReleaseRWLock(Adapter->Lock, &Write);
}

static NDIS_STATUS
RwSetAttributes(PRW_ADAPTER Adapter)
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
RwInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PRW_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(RW_ADAPTER), RW_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(RW_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = RwSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        Adapter->Lock = NdisAllocateRWLock(MiniportAdapterHandle);
        if (Adapter->Lock == NULL) {
            Status = NDIS_STATUS_RESOURCES;
        }
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
RwHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PRW_ADAPTER Adapter = (PRW_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeRWLock(Adapter->Lock);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
RwPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
RwRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PRW_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(RestartParameters);
    Adapter->Stale = TRUE;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
RwOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
RwSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PRW_ADAPTER Adapter = (PRW_ADAPTER)MiniportAdapterContext;
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
RwCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    PRW_ADAPTER Adapter = MiniportAdapterContext;
    LOCK_STATE_EX Read;
    BOOLEAN Stale;

    UNREFERENCED_PARAMETER(CancelId);
    NdisAcquireRWLockRead(Adapter->Lock, &Read, 0);
    Stale = Adapter->Stale;
    NdisReleaseRWLock(Adapter->Lock, &Read);
    if (Stale) {
        RwRefresh(Adapter);
    }
}

VOID
RwUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(RwDriverHandle);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics;

    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Characteristics.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.MajorNdisVersion = 6;
    Characteristics.MinorNdisVersion = 20;
    Characteristics.InitializeHandlerEx = RwInitialize;
    Characteristics.HaltHandlerEx = RwHalt;
    Characteristics.UnloadHandler = RwUnload;
    Characteristics.PauseHandler = RwPause;
    Characteristics.RestartHandler = RwRestart;
    Characteristics.OidRequestHandler = RwOidRequest;
    Characteristics.SendNetBufferListsHandler = RwSend;
    Characteristics.CancelSendHandler = RwCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &RwDriverHandle);
}
