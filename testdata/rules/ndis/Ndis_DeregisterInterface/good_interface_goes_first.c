// Halt deregisters the interface and then its provider.

#include <ndis.h>

typedef struct _PF_ADAPTER
{
    NDIS_HANDLE Handle;
    NDIS_HANDLE Provider;
    NET_IFINDEX IfIndex;
} PF_ADAPTER, *PPF_ADAPTER;

MINIPORT_INITIALIZE PfInitialize;
MINIPORT_HALT PfHalt;
MINIPORT_UNLOAD PfUnload;
MINIPORT_PAUSE PfPause;
MINIPORT_RESTART PfRestart;
MINIPORT_OID_REQUEST PfOid;
MINIPORT_SEND_NET_BUFFER_LISTS PfSend;

static NDIS_HANDLE PfDriver;

static NDIS_STATUS IfQuery(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, PULONG OutputLength,
                           PVOID Output)
{
    UNREFERENCED_PARAMETER(IfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(Output);
    *OutputLength = 0;
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS IfSet(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, ULONG InputLength,
                         PVOID Input)
{
    UNREFERENCED_PARAMETER(IfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(InputLength);
    UNREFERENCED_PARAMETER(Input);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS PfSetAttributes(PF_ADAPTER *Adapter)
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

NDIS_STATUS PfInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_IF_PROVIDER_CHARACTERISTICS Provider;
    NET_IF_INFORMATION Info;
    PPF_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(PF_ADAPTER), 'AfPN',
                                                NormalPoolPriority);
    if (Adapter == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(PF_ADAPTER));
    Adapter->Handle = MiniportAdapterHandle;
    Status = PfSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        goto FreeAdapter;
    }
    NdisZeroMemory(&Provider, sizeof(Provider));
    Provider.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Provider.Header.Revision = NDIS_OBJECT_REVISION_1;
    Provider.Header.Size = NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1;
    Provider.QueryObjectHandler = IfQuery;
    Provider.SetObjectHandler = IfSet;
    Status = NdisIfRegisterProvider(&Provider, Adapter, &Adapter->Provider);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        goto FreeAdapter;
    }
    NdisZeroMemory(&Info, sizeof(Info));
    Info.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Info.Header.Revision = NDIS_OBJECT_REVISION_1;
    Info.Header.Size = NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1;
    Info.AccessType = NET_IF_ACCESS_BROADCAST;
    Info.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    Info.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    Info.MediaType = NdisMedium802_3;
    Status = NdisIfRegisterInterface(Adapter->Provider, MiniportInitParameters->NetLuid, Adapter,
                                     &Info, &Adapter->IfIndex);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        goto DeregisterProvider;
    }
    return NDIS_STATUS_SUCCESS;

DeregisterProvider:
    NdisIfDeregisterProvider(Adapter->Provider);
FreeAdapter:
    NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID PfHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PPF_ADAPTER Adapter = (PPF_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisIfDeregisterInterface(Adapter->IfIndex);
    NdisIfDeregisterProvider(Adapter->Provider);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS PfPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS PfRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS PfOid(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    if (OidRequest->RequestType == NdisRequestSetInformation &&
        OidRequest->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER)
    {
        OidRequest->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
        return NDIS_STATUS_SUCCESS;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID PfSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PF_ADAPTER *Adapter = MiniportAdapterContext;
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

VOID PfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(PfDriver);
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
    Chars.InitializeHandlerEx = PfInitialize;
    Chars.HaltHandlerEx = PfHalt;
    Chars.UnloadHandler = PfUnload;
    Chars.PauseHandler = PfPause;
    Chars.RestartHandler = PfRestart;
    Chars.OidRequestHandler = PfOid;
    Chars.SendNetBufferListsHandler = PfSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &PfDriver);
}
