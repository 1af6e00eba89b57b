// Two buffers and a pointer to one of them: each is freed once.

#include <ndis.h>

typedef struct _DUP
{
    NDIS_HANDLE Handle;
    NDIS_HANDLE Pool;
    PNET_BUFFER Ordinary;
    PNET_BUFFER Urgent;
    PNET_BUFFER Current;
} DUP, *PDUP;

MINIPORT_INITIALIZE DupInitialize;
MINIPORT_HALT DupHalt;
MINIPORT_UNLOAD DupUnload;
MINIPORT_PAUSE DupPause;
MINIPORT_RESTART DupRestart;
MINIPORT_OID_REQUEST DupOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS DupSend;
MINIPORT_CHECK_FOR_HANG DupCheckForHang;

static NDIS_HANDLE DupDriver;

static NDIS_STATUS DupSetAttributes(DUP *Adapter)
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

static VOID DupFree(DUP *Adapter)
{
    if (Adapter->Urgent != NULL)
        NdisFreeNetBuffer(Adapter->Urgent);
    if (Adapter->Ordinary != NULL)
        NdisFreeNetBuffer(Adapter->Ordinary);
    if (Adapter->Pool != NULL)
        NdisFreeNetBufferPool(Adapter->Pool);
    NdisFreeMemory(Adapter, 0, 0);
}

static NDIS_STATUS DupAllocate(DUP *Adapter)
{
    NET_BUFFER_POOL_PARAMETERS Pool;

    NdisZeroMemory(&Pool, sizeof(Pool));
    Pool.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Pool.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    Pool.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    Pool.PoolTag = 'puD ';
    Adapter->Pool = NdisAllocateNetBufferPool(Adapter->Handle, &Pool);
    if (Adapter->Pool == NULL)
        return NDIS_STATUS_RESOURCES;
    Adapter->Ordinary = NdisAllocateNetBuffer(Adapter->Pool, NULL, 0, 0);
    if (Adapter->Ordinary == NULL)
        return NDIS_STATUS_RESOURCES;
    Adapter->Current = Adapter->Ordinary;
    Adapter->Urgent = NdisAllocateNetBuffer(Adapter->Pool, NULL, 0, 0);
    return Adapter->Urgent != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
}

NDIS_STATUS DupInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    DUP *Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(*Adapter), 'puD ',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(*Adapter));
    Adapter->Handle = MiniportAdapterHandle;
    Status = DupSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = DupAllocate(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        DupFree(Adapter);
    return Status;
}

BOOLEAN DupCheckForHang(NDIS_HANDLE MiniportAdapterContext)
{
    DUP *Adapter = MiniportAdapterContext;

    Adapter->Current = Adapter->Urgent;
    return FALSE;
}

VOID DupHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    UNREFERENCED_PARAMETER(HaltAction);
    DupFree(MiniportAdapterContext);
}

NDIS_STATUS DupPause(NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS DupRestart(NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS DupOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
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

VOID DupSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    DUP *Adapter = MiniportAdapterContext;
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

VOID DupUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DupDriver);
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
    Chars.InitializeHandlerEx = DupInitialize;
    Chars.HaltHandlerEx = DupHalt;
    Chars.UnloadHandler = DupUnload;
    Chars.PauseHandler = DupPause;
    Chars.RestartHandler = DupRestart;
    Chars.OidRequestHandler = DupOidRequest;
    Chars.SendNetBufferListsHandler = DupSend;
    Chars.CheckForHangHandlerEx = DupCheckForHang;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &DupDriver);
}
