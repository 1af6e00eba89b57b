// A failing initialization gives the ports back if it has got them.

#include <ndis.h>

#define PF_TAG 'frop'

typedef struct _PF_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    PVOID Ports;
    PVOID Buffer;
} PF_ADAPTER, *PPF_ADAPTER;

static NDIS_HANDLE PfDriverHandle;

MINIPORT_INITIALIZE PfInitialize;
MINIPORT_HALT PfHalt;
MINIPORT_UNLOAD PfUnload;
MINIPORT_PAUSE PfPause;
MINIPORT_RESTART PfRestart;
MINIPORT_OID_REQUEST PfOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS PfSend;
MINIPORT_CANCEL_SEND PfCancelSend;

static NDIS_STATUS
PfSetAttributes(PPF_ADAPTER Adapter)
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
PfInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PPF_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(PF_ADAPTER), PF_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(PF_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = PfSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        Status = NdisMRegisterIoPortRange(&Adapter->Ports, MiniportAdapterHandle, 0x300, 16);
        if (Status != NDIS_STATUS_SUCCESS) {
            Adapter->Ports = NULL;
        }
    }
    if (Status == NDIS_STATUS_SUCCESS) {
        Adapter->Buffer = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, 1536, PF_TAG,
                                                            NormalPoolPriority);
        Status = Adapter->Buffer != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        if (Adapter->Ports != NULL) {
            NdisMDeregisterIoPortRange(MiniportAdapterHandle, 0x300, 16, Adapter->Ports);
        }
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
PfHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PPF_ADAPTER Adapter = (PPF_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisMDeregisterIoPortRange(Adapter->MiniportHandle, 0x300, 16, Adapter->Ports);
    NdisFreeMemory(Adapter->Buffer, 0, 0);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
PfPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
PfRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
PfOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
PfSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PPF_ADAPTER Adapter = (PPF_ADAPTER)MiniportAdapterContext;
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
PfCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

VOID
PfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(PfDriverHandle);
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
    Characteristics.InitializeHandlerEx = PfInitialize;
    Characteristics.HaltHandlerEx = PfHalt;
    Characteristics.UnloadHandler = PfUnload;
    Characteristics.PauseHandler = PfPause;
    Characteristics.RestartHandler = PfRestart;
    Characteristics.OidRequestHandler = PfOidRequest;
    Characteristics.SendNetBufferListsHandler = PfSend;
    Characteristics.CancelSendHandler = PfCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &PfDriverHandle);
}
