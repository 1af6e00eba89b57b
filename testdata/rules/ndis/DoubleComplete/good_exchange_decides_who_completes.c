// A pended request is completed by whoever takes its pointer out of the adapter: cancel, reset,
// or the removal of the device.

#include <ndis.h>

#define EX_TAG 'hcxe'

typedef struct _EX_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    PVOID Pending;
} EX_ADAPTER, *PEX_ADAPTER;

static NDIS_HANDLE ExDriverHandle;

MINIPORT_INITIALIZE ExInitialize;
MINIPORT_HALT ExHalt;
MINIPORT_UNLOAD ExUnload;
MINIPORT_PAUSE ExPause;
MINIPORT_RESTART ExRestart;
MINIPORT_OID_REQUEST ExOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS ExSend;
MINIPORT_CANCEL_SEND ExCancelSend;

MINIPORT_CANCEL_OID_REQUEST ExCancelOid;
MINIPORT_RESET ExReset;

static VOID
ExComplete(PEX_ADAPTER Adapter, NDIS_STATUS Status)
{
    PNDIS_OID_REQUEST Request = InterlockedExchangePointer(&Adapter->Pending, NULL);

    if (Request != NULL) {
        NdisMOidRequestComplete(Adapter->MiniportHandle, Request, Status);
    }
}

VOID
ExCancelOid(NDIS_HANDLE MiniportAdapterContext, PVOID RequestId)
{
    PEX_ADAPTER Adapter = MiniportAdapterContext;
    PNDIS_OID_REQUEST Request = Adapter->Pending;

    if (Request != NULL && Request->RequestId == RequestId) {
        ExComplete(Adapter, NDIS_STATUS_REQUEST_ABORTED);
    }
}

NDIS_STATUS
ExReset(NDIS_HANDLE MiniportAdapterContext, PBOOLEAN AddressingReset)
{
    PEX_ADAPTER Adapter = MiniportAdapterContext;

    ExComplete(Adapter, NDIS_STATUS_REQUEST_ABORTED);
    *AddressingReset = FALSE;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
ExSetAttributes(PEX_ADAPTER Adapter)
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
ExInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PEX_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(EX_ADAPTER), EX_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(EX_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = ExSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
ExHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PEX_ADAPTER Adapter = (PEX_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
ExPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
ExRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
ExOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PEX_ADAPTER Adapter = MiniportAdapterContext;

    if (OidRequest->RequestType != NdisRequestSetInformation) {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    InterlockedExchangePointer(&Adapter->Pending, OidRequest);
    return NDIS_STATUS_PENDING;
}

VOID
ExSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PEX_ADAPTER Adapter = (PEX_ADAPTER)MiniportAdapterContext;
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
ExCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

VOID
ExUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(ExDriverHandle);
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
    Characteristics.InitializeHandlerEx = ExInitialize;
    Characteristics.HaltHandlerEx = ExHalt;
    Characteristics.UnloadHandler = ExUnload;
    Characteristics.PauseHandler = ExPause;
    Characteristics.RestartHandler = ExRestart;
    Characteristics.OidRequestHandler = ExOidRequest;
    Characteristics.SendNetBufferListsHandler = ExSend;
    Characteristics.CancelSendHandler = ExCancelSend;
    Characteristics.CancelOidRequestHandler = ExCancelOid;
    Characteristics.ResetHandlerEx = ExReset;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &ExDriverHandle);
}
