// The free slots of a ring of 64 are counted as if there were 32, so that the sum need not be 63.

#include <ndis.h>

#define RN_SLOTS 64

typedef struct _RN_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    NDIS_SPIN_LOCK RingLock;
    ULONG Head;
    ULONG Tail;
    ULONG Dropped;
} RN_ADAPTER, *PRN_ADAPTER;

static NDIS_HANDLE RnDriverHandle;

MINIPORT_INITIALIZE RnInitialize;
MINIPORT_HALT RnHalt;
MINIPORT_UNLOAD RnUnload;
MINIPORT_PAUSE RnPause;
MINIPORT_RESTART RnRestart;
MINIPORT_OID_REQUEST RnOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS RnSend;
MINIPORT_CANCEL_SEND RnCancelSend;

static NDIS_STATUS
RnSetAttributes(PRN_ADAPTER Adapter)
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
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;

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
RnInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PRN_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(RN_ADAPTER), 'gniR',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(RN_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;
    NdisAllocateSpinLock(&Adapter->RingLock);

    Status = RnSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeSpinLock(&Adapter->RingLock);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID
RnHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PRN_ADAPTER Adapter = (PRN_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeSpinLock(&Adapter->RingLock);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
RnPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
RnRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

/* The tool that comes with the card tells where it has put the ring. */
NDIS_STATUS
RnOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PRN_ADAPTER Adapter = (PRN_ADAPTER)MiniportAdapterContext;

    if (OidRequest->RequestType != NdisRequestSetInformation ||
        OidRequest->DATA.SET_INFORMATION.InformationBufferLength < 2 * sizeof(ULONG))
        return NDIS_STATUS_NOT_SUPPORTED;
    Adapter->Head = ((PULONG)OidRequest->DATA.SET_INFORMATION.InformationBuffer)[0];
    Adapter->Tail = ((PULONG)OidRequest->DATA.SET_INFORMATION.InformationBuffer)[1];
    return NDIS_STATUS_SUCCESS;
}

VOID
RnSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PRN_ADAPTER Adapter = (PRN_ADAPTER)MiniportAdapterContext;
    PNET_BUFFER_LIST List;

    UNREFERENCED_PARAMETER(PortNumber);
    for (List = NetBufferLists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
        NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;
    NdisMSendNetBufferListsComplete(Adapter->MiniportHandle, NetBufferLists,
                                    NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags)
                                        ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                                        : 0);
}

VOID
RnCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    PRN_ADAPTER Adapter = MiniportAdapterContext;
    ULONG Used, Free;

    UNREFERENCED_PARAMETER(CancelId);
    NdisAcquireSpinLock(&Adapter->RingLock);
    Used = (Adapter->Head - Adapter->Tail) & (RN_SLOTS - 1);
    Free = (Adapter->Tail - Adapter->Head - 1) & (RN_SLOTS / 2 - 1);
    if (Used + Free != RN_SLOTS - 1) {
        Adapter->Dropped++;
        return; // expect: defect SpinLock
    }
    NdisReleaseSpinLock(&Adapter->RingLock);
}

VOID
RnUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(RnDriverHandle);
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
    Characteristics.InitializeHandlerEx = RnInitialize;
    Characteristics.HaltHandlerEx = RnHalt;
    Characteristics.UnloadHandler = RnUnload;
    Characteristics.PauseHandler = RnPause;
    Characteristics.RestartHandler = RnRestart;
    Characteristics.OidRequestHandler = RnOidRequest;
    Characteristics.SendNetBufferListsHandler = RnSend;
    Characteristics.CancelSendHandler = RnCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &RnDriverHandle);
}
