// The work item of a pending request reports before it completes it; NDIS halts no adapter before that.

#include <ndis.h>

typedef struct _REP
{
    NDIS_HANDLE Handle;
    PNDIS_OID_REQUEST Pending;
} REP, *PREP;

MINIPORT_INITIALIZE RepInitialize;
MINIPORT_HALT RepHalt;
MINIPORT_UNLOAD RepUnload;
MINIPORT_PAUSE RepPause;
MINIPORT_RESTART RepRestart;
MINIPORT_OID_REQUEST RepOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS RepSend;

static NDIS_HANDLE RepDriver;

static NDIS_STATUS RepSetAttributes(REP *Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = Adapter;
    Registration.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status = NdisMSetMiniportAttributes(Adapter->Handle,
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
    General.AccessType = NET_IF_ACCESS_BROADCAST;
    General.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    General.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    General.IfType = IF_TYPE_ETHERNET_CSMACD;
    return NdisMSetMiniportAttributes(Adapter->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_IO_WORKITEM_FUNCTION RepRun;

VOID RepRun(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle)
{
    REP *Adapter = WorkItemContext;
    PNDIS_OID_REQUEST Request = Adapter->Pending;
    NDIS_STATUS_INDICATION Indication;

    NdisFreeIoWorkItem(NdisIoWorkItemHandle);
    NdisZeroMemory(&Indication, sizeof(Indication));
    Indication.Header.Type = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    Indication.Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
    Indication.Header.Size = sizeof(Indication);
    Indication.SourceHandle = Adapter->Handle;
    Indication.StatusCode = NDIS_STATUS_MEDIA_SPECIFIC_INDICATION;
    NdisMIndicateStatusEx(Adapter->Handle, &Indication);
    Adapter->Pending = NULL;
    NdisMOidRequestComplete(Adapter->Handle, Request, NDIS_STATUS_SUCCESS);
}

NDIS_STATUS RepOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    REP *Adapter = MiniportAdapterContext;
    NDIS_HANDLE Item;

    Item = NdisAllocateIoWorkItem(Adapter->Handle);
    if (Item == NULL)
        return NDIS_STATUS_RESOURCES;
    Adapter->Pending = OidRequest;
    NdisQueueIoWorkItem(Item, RepRun, Adapter);
    return NDIS_STATUS_PENDING;
}

NDIS_STATUS RepInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    REP *Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(*Adapter), 'peR ',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(*Adapter));
    Adapter->Handle = MiniportAdapterHandle;
    Status = RepSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID RepHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeMemory(MiniportAdapterContext, 0, 0);
}

NDIS_STATUS RepPause(NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS RepRestart(NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

VOID RepSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    REP *Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
    {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->Handle, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID RepUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(RepDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = RepInitialize;
    Chars.HaltHandlerEx = RepHalt;
    Chars.UnloadHandler = RepUnload;
    Chars.PauseHandler = RepPause;
    Chars.RestartHandler = RepRestart;
    Chars.OidRequestHandler = RepOidRequest;
    Chars.SendNetBufferListsHandler = RepSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &RepDriver);
}
