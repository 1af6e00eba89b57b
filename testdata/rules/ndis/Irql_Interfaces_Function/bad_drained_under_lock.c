// Halt unlinks each tunnel and deregisters its interface under the lock.

#include <ndis.h>

#define TN_TAG     'enuT'
#define TN_TUNNELS 2

typedef struct _TN_TUNNEL
{
    struct _TN_TUNNEL *Next;
    UINT32 LuidIndex;
    NET_IFINDEX IfIndex;
} TN_TUNNEL, *PTN_TUNNEL;

typedef struct _TN_ADAPTER
{
    NDIS_HANDLE Handle;
    NDIS_HANDLE Provider;
    NDIS_SPIN_LOCK Lock;
    PTN_TUNNEL Tunnels;
} TN_ADAPTER, *PTN_ADAPTER;

MINIPORT_INITIALIZE TnInitialize;
MINIPORT_HALT TnHalt;
MINIPORT_UNLOAD TnUnload;
MINIPORT_PAUSE TnPause;
MINIPORT_RESTART TnRestart;
MINIPORT_OID_REQUEST TnOid;
MINIPORT_SEND_NET_BUFFER_LISTS TnSend;

static NDIS_HANDLE TnDriver;

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

static NDIS_STATUS TnSetAttributes(TN_ADAPTER *Adapter)
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

static NDIS_STATUS TnAddTunnel(PTN_ADAPTER Adapter)
{
    NET_IF_INFORMATION Info;
    NDIS_STATUS Status;
    PTN_TUNNEL Tunnel;
    NET_LUID Luid;

    Tunnel = NdisAllocateMemoryWithTagPriority(Adapter->Handle, sizeof(TN_TUNNEL), TN_TAG,
                                               NormalPoolPriority);
    if (Tunnel == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Tunnel, sizeof(TN_TUNNEL));

    Status = NdisIfAllocateNetLuidIndex(IF_TYPE_PROP_VIRTUAL, &Tunnel->LuidIndex);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeMemory(Tunnel, 0, 0);
        return Status;
    }
    NDIS_MAKE_NET_LUID(&Luid, IF_TYPE_PROP_VIRTUAL, Tunnel->LuidIndex);
    NdisZeroMemory(&Info, sizeof(Info));
    Info.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Info.Header.Revision = NDIS_OBJECT_REVISION_1;
    Info.Header.Size = NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1;
    Info.AccessType = NET_IF_ACCESS_BROADCAST;
    Info.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    Info.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    Info.MediaType = NdisMedium802_3;
    Status = NdisIfRegisterInterface(Adapter->Provider, Luid, Tunnel, &Info, &Tunnel->IfIndex);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisIfFreeNetLuidIndex(IF_TYPE_PROP_VIRTUAL, Tunnel->LuidIndex);
        NdisFreeMemory(Tunnel, 0, 0);
        return Status;
    }

    NdisAcquireSpinLock(&Adapter->Lock);
    Tunnel->Next = Adapter->Tunnels;
    Adapter->Tunnels = Tunnel;
    NdisReleaseSpinLock(&Adapter->Lock);
    return NDIS_STATUS_SUCCESS;
}

static VOID TnRemoveTunnels(PTN_ADAPTER Adapter)
{
    PTN_TUNNEL Tunnel;

    NdisAcquireSpinLock(&Adapter->Lock);
    while ((Tunnel = Adapter->Tunnels) != NULL)
    {
        Adapter->Tunnels = Tunnel->Next;
        NdisIfDeregisterInterface(Tunnel->IfIndex); // expect: defect Irql_Interfaces_Function
        NdisIfFreeNetLuidIndex(IF_TYPE_PROP_VIRTUAL, // expect: defect Irql_Interfaces_Function
                               Tunnel->LuidIndex);
        NdisFreeMemory(Tunnel, 0, 0);
    }
    NdisReleaseSpinLock(&Adapter->Lock);
}

NDIS_STATUS TnInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_IF_PROVIDER_CHARACTERISTICS Provider;
    PTN_ADAPTER Adapter;
    NDIS_STATUS Status;
    ULONG i;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(TN_ADAPTER), TN_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(TN_ADAPTER));
    Adapter->Handle = MiniportAdapterHandle;
    NdisAllocateSpinLock(&Adapter->Lock);

    Status = TnSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        NdisZeroMemory(&Provider, sizeof(Provider));
        Provider.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
        Provider.Header.Revision = NDIS_OBJECT_REVISION_1;
        Provider.Header.Size = NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1;
        Provider.QueryObjectHandler = IfQuery;
        Provider.SetObjectHandler = IfSet;
        Status = NdisIfRegisterProvider(&Provider, Adapter, &Adapter->Provider);
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeSpinLock(&Adapter->Lock);
        NdisFreeMemory(Adapter, 0, 0);
        return Status;
    }
    for (i = 0; i < TN_TUNNELS; i++)
    {
        Status = TnAddTunnel(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            TnHalt(Adapter, NdisHaltDeviceInitializationFailed);
            return Status;
        }
    }
    return NDIS_STATUS_SUCCESS;
}

VOID TnHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PTN_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    TnRemoveTunnels(Adapter);
    NdisIfDeregisterProvider(Adapter->Provider);
    NdisFreeSpinLock(&Adapter->Lock);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS TnPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS TnRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS TnOid(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    switch (OidRequest->DATA.SET_INFORMATION.Oid)
    {
    case OID_GEN_CURRENT_LOOKAHEAD:
    case OID_GEN_CURRENT_PACKET_FILTER:
        if (OidRequest->RequestType == NdisRequestSetInformation)
            Result = NDIS_STATUS_SUCCESS;
        break;
    default:
        break;
    }
    return Result;
}

VOID TnSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    TN_ADAPTER *Adapter = MiniportAdapterContext;
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

VOID TnUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(TnDriver);
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
    Chars.InitializeHandlerEx = TnInitialize;
    Chars.HaltHandlerEx = TnHalt;
    Chars.UnloadHandler = TnUnload;
    Chars.PauseHandler = TnPause;
    Chars.RestartHandler = TnRestart;
    Chars.OidRequestHandler = TnOid;
    Chars.SendNetBufferListsHandler = TnSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &TnDriver);
}
