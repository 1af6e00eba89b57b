// Each packet has its own list; the return handler frees whole chains of them; any
// number of lists may be out at the same time.

#include <ndis.h>

#define CH_TAG 'niac'

typedef struct _CH_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    NDIS_HANDLE Lists;
} CH_ADAPTER, *PCH_ADAPTER;

static NDIS_HANDLE ChDriverHandle;

MINIPORT_INITIALIZE ChInitialize;
MINIPORT_HALT ChHalt;
MINIPORT_UNLOAD ChUnload;
MINIPORT_PAUSE ChPause;
MINIPORT_RESTART ChRestart;
MINIPORT_OID_REQUEST ChOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS ChSend;
MINIPORT_CANCEL_SEND ChCancelSend;

static MINIPORT_RETURN_NET_BUFFER_LISTS ChReturn;

static VOID
ChReturn(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PNET_BUFFER_LIST Next;

    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ReturnFlags);
    while (NetBufferLists != NULL) {
        Next = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists);
        NET_BUFFER_LIST_NEXT_NBL(NetBufferLists) = NULL;
        NdisFreeNetBufferList(NetBufferLists);
        NetBufferLists = Next;
    }
}

static NDIS_STATUS
ChSetAttributes(PCH_ADAPTER Adapter)
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
ChInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PCH_ADAPTER Adapter;
    NDIS_STATUS Status;
    NET_BUFFER_LIST_POOL_PARAMETERS Pool;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(CH_ADAPTER), CH_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(CH_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = ChSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(&Pool, sizeof(Pool));
        Pool.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
        Pool.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
        Pool.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
        Pool.PoolTag = CH_TAG;
        Adapter->Lists = NdisAllocateNetBufferListPool(MiniportAdapterHandle, &Pool);
        Status = Adapter->Lists != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
ChHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PCH_ADAPTER Adapter = (PCH_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeNetBufferListPool(Adapter->Lists);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
ChPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
ChRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
ChOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
ChSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PCH_ADAPTER Adapter = (PCH_ADAPTER)MiniportAdapterContext;
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
ChCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    PCH_ADAPTER Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(CancelId);
    List = NdisAllocateNetBufferList(Adapter->Lists, 0, 0);
    if (List != NULL) {
        NdisMIndicateReceiveNetBufferLists(Adapter->MiniportHandle, List, NDIS_DEFAULT_PORT_NUMBER,
                                           1, 0);
    }
}

VOID
ChUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(ChDriverHandle);
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
    Characteristics.InitializeHandlerEx = ChInitialize;
    Characteristics.HaltHandlerEx = ChHalt;
    Characteristics.UnloadHandler = ChUnload;
    Characteristics.PauseHandler = ChPause;
    Characteristics.RestartHandler = ChRestart;
    Characteristics.OidRequestHandler = ChOidRequest;
    Characteristics.SendNetBufferListsHandler = ChSend;
    Characteristics.CancelSendHandler = ChCancelSend;
    Characteristics.ReturnNetBufferListsHandler = ChReturn;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &ChDriverHandle);
}
