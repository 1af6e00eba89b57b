// The work item begins with NDIS_STATUS_PENDING and sets a final status unless the buffer is
// empty.

#include <ndis.h>

#define PS_TAG 'tsop'

typedef struct _PS_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    NDIS_HANDLE WorkItem;
    PNDIS_OID_REQUEST Request;
} PS_ADAPTER, *PPS_ADAPTER;

static NDIS_HANDLE PsDriverHandle;

MINIPORT_INITIALIZE PsInitialize;
MINIPORT_HALT PsHalt;
MINIPORT_UNLOAD PsUnload;
MINIPORT_PAUSE PsPause;
MINIPORT_RESTART PsRestart;
MINIPORT_OID_REQUEST PsOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS PsSend;
MINIPORT_CANCEL_SEND PsCancelSend;

static VOID
PsWork(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle)
{
    PPS_ADAPTER Adapter = WorkItemContext;
    PNDIS_OID_REQUEST Request = Adapter->Request;
    NDIS_STATUS Status = NDIS_STATUS_PENDING;
    ULONG Length = Request->DATA.SET_INFORMATION.InformationBufferLength;

    UNREFERENCED_PARAMETER(NdisIoWorkItemHandle);
    Adapter->Request = NULL;
    if (Length > 128) {
        Status = NDIS_STATUS_INVALID_LENGTH;
    } else if (Length != 0) {
        Status = NDIS_STATUS_SUCCESS;
    }
    NdisMOidRequestComplete(Adapter->MiniportHandle, Request, Status); // expect: defect Ndis_OidPending
}

static NDIS_STATUS
PsSetAttributes(PPS_ADAPTER Adapter)
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
PsInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PPS_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(PS_ADAPTER), PS_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(PS_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = PsSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        Adapter->WorkItem = NdisAllocateIoWorkItem(MiniportAdapterHandle);
        if (Adapter->WorkItem == NULL) {
            Status = NDIS_STATUS_RESOURCES;
        }
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
PsHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PPS_ADAPTER Adapter = (PPS_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeIoWorkItem(Adapter->WorkItem);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
PsPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
PsRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
PsOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PPS_ADAPTER Adapter = MiniportAdapterContext;

    if (OidRequest->RequestType != NdisRequestSetInformation || Adapter->Request != NULL) {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    Adapter->Request = OidRequest;
    NdisQueueIoWorkItem(Adapter->WorkItem, PsWork, Adapter);
    return NDIS_STATUS_PENDING;
}

VOID
PsSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PPS_ADAPTER Adapter = (PPS_ADAPTER)MiniportAdapterContext;
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
PsCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

VOID
PsUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(PsDriverHandle);
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
    Characteristics.InitializeHandlerEx = PsInitialize;
    Characteristics.HaltHandlerEx = PsHalt;
    Characteristics.UnloadHandler = PsUnload;
    Characteristics.PauseHandler = PsPause;
    Characteristics.RestartHandler = PsRestart;
    Characteristics.OidRequestHandler = PsOidRequest;
    Characteristics.SendNetBufferListsHandler = PsSend;
    Characteristics.CancelSendHandler = PsCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &PsDriverHandle);
}
