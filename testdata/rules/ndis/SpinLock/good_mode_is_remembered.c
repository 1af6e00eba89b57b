// The adapter is locked only while it shares its port. Pause ends the sharing inside, and
// releases what it knows to have taken.

#include <ndis.h>

#define SH_TAG 'dmhs'

typedef struct _SH_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    NDIS_SPIN_LOCK PortLock;
    BOOLEAN Shared;
    ULONG Users;
} SH_ADAPTER, *PSH_ADAPTER;

static NDIS_HANDLE ShDriverHandle;

MINIPORT_INITIALIZE ShInitialize;
MINIPORT_HALT ShHalt;
MINIPORT_UNLOAD ShUnload;
MINIPORT_PAUSE ShPause;
MINIPORT_RESTART ShRestart;
MINIPORT_OID_REQUEST ShOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS ShSend;
MINIPORT_CANCEL_SEND ShCancelSend;

static NDIS_STATUS
ShSetAttributes(PSH_ADAPTER Adapter)
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
ShInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PSH_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(SH_ADAPTER), SH_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(SH_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;
    NdisAllocateSpinLock(&Adapter->PortLock);

    Status = ShSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&Adapter->PortLock);
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
ShHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PSH_ADAPTER Adapter = (PSH_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeSpinLock(&Adapter->PortLock);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
ShPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    PSH_ADAPTER Adapter = MiniportAdapterContext;
    BOOLEAN Locked = Adapter->Shared;

    UNREFERENCED_PARAMETER(PauseParameters);
    if (Locked) {
        NdisAcquireSpinLock(&Adapter->PortLock);
    }
    Adapter->Users = 0;
    Adapter->Shared = FALSE;
    if (Locked) {
        NdisReleaseSpinLock(&Adapter->PortLock);
    }
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
ShRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PSH_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(RestartParameters);
    Adapter->Shared = TRUE;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
ShOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
ShSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PSH_ADAPTER Adapter = (PSH_ADAPTER)MiniportAdapterContext;
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
ShCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    PSH_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(CancelId);
    if (Adapter->Shared) {
        NdisAcquireSpinLock(&Adapter->PortLock);
    }
    Adapter->Users++;
    if (Adapter->Shared) {
        NdisReleaseSpinLock(&Adapter->PortLock);
    }
}

VOID
ShUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(ShDriverHandle);
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
    Characteristics.InitializeHandlerEx = ShInitialize;
    Characteristics.HaltHandlerEx = ShHalt;
    Characteristics.UnloadHandler = ShUnload;
    Characteristics.PauseHandler = ShPause;
    Characteristics.RestartHandler = ShRestart;
    Characteristics.OidRequestHandler = ShOidRequest;
    Characteristics.SendNetBufferListsHandler = ShSend;
    Characteristics.CancelSendHandler = ShCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &ShDriverHandle);
}
