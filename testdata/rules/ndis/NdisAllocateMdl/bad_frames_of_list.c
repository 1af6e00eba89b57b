// The frames of a lookaside list are made by a function of the driver, each with its MDL; the list's
// free function forgets the MDL.

#include <ndis.h>

#define MF_TAG 'rfsm'

typedef struct _MF_FRAME {
    PMDL Mdl;
    UCHAR Data[1514];
} MF_FRAME, *PMF_FRAME;

typedef struct _MF_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    NPAGED_LOOKASIDE_LIST Frames;
    PMF_FRAME Spare;
} MF_ADAPTER, *PMF_ADAPTER;

static NDIS_HANDLE MfDriverHandle;

MINIPORT_INITIALIZE MfInitialize;
MINIPORT_HALT MfHalt;
MINIPORT_UNLOAD MfUnload;
MINIPORT_PAUSE MfPause;
MINIPORT_RESTART MfRestart;
MINIPORT_OID_REQUEST MfOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS MfSend;
MINIPORT_CANCEL_SEND MfCancelSend;
ALLOCATE_FUNCTION MfAllocateFrame;
FREE_FUNCTION MfFreeFrame;

static NDIS_STATUS
MfSetAttributes(PMF_ADAPTER Adapter)
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

PVOID
MfAllocateFrame(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    PMF_FRAME Frame;

    UNREFERENCED_PARAMETER(PoolType);
    Frame = NdisAllocateMemoryWithTagPriority(MfDriverHandle, (UINT)NumberOfBytes, Tag,
                                              NormalPoolPriority);
    if (Frame == NULL) {
        return NULL;
    }
    Frame->Mdl = NdisAllocateMdl(MfDriverHandle, Frame->Data, sizeof(Frame->Data));
    if (Frame->Mdl == NULL) {
        NdisFreeMemory(Frame, 0, 0);
        return NULL;
    }
    return Frame;
}

VOID
MfFreeFrame(PVOID Buffer)
{
    PMF_FRAME Frame = Buffer;

    NdisFreeMemory(Frame, 0, 0);
}

NDIS_STATUS
MfInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PMF_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(MF_ADAPTER), MF_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(MF_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = MfSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        NdisInitializeNPagedLookasideList(&Adapter->Frames, MfAllocateFrame, MfFreeFrame, 0,
                                          sizeof(MF_FRAME), MF_TAG, 0);
        Adapter->Spare = NdisAllocateFromNPagedLookasideList(&Adapter->Frames);
        if (Adapter->Spare == NULL) {
            NdisDeleteNPagedLookasideList(&Adapter->Frames);
            Status = NDIS_STATUS_RESOURCES;
        }
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID
MfHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PMF_ADAPTER Adapter = (PMF_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeToNPagedLookasideList(&Adapter->Frames, Adapter->Spare);
    NdisDeleteNPagedLookasideList(&Adapter->Frames);
    NdisFreeMemory(Adapter, 0, 0);
} // expect: defect NdisAllocateMdl

NDIS_STATUS
MfPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
MfRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
MfOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
MfSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PMF_ADAPTER Adapter = (PMF_ADAPTER)MiniportAdapterContext;
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
MfCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

VOID
MfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(MfDriverHandle);
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
    Characteristics.InitializeHandlerEx = MfInitialize;
    Characteristics.HaltHandlerEx = MfHalt;
    Characteristics.UnloadHandler = MfUnload;
    Characteristics.PauseHandler = MfPause;
    Characteristics.RestartHandler = MfRestart;
    Characteristics.OidRequestHandler = MfOidRequest;
    Characteristics.SendNetBufferListsHandler = MfSend;
    Characteristics.CancelSendHandler = MfCancelSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &MfDriverHandle);
}
