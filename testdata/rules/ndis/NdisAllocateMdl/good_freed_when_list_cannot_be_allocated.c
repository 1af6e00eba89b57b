// A frame is dropped for want of a list; the MDL is freed at once, or when the list comes back.

#include <ndis.h>

#define RX_SIZE 1514

typedef struct _RX
{
    NDIS_HANDLE Handle;
    NDIS_HANDLE Pool;
    UCHAR Frame[RX_SIZE];
} RX, *PRX;

MINIPORT_INITIALIZE RxInitialize;
MINIPORT_HALT RxHalt;
MINIPORT_UNLOAD RxUnload;
MINIPORT_PAUSE RxPause;
MINIPORT_RESTART RxRestart;
MINIPORT_OID_REQUEST RxOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS RxSend;
MINIPORT_RETURN_NET_BUFFER_LISTS RxReturn;
MINIPORT_CHECK_FOR_HANG RxCheckForHang;

static NDIS_HANDLE RxDriver;

static NDIS_STATUS RxSetAttributes(RX *Adapter)
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

BOOLEAN RxCheckForHang(NDIS_HANDLE MiniportAdapterContext)
{
    RX *Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST List;
    PMDL Mdl;

    // The chip has no receive interrupt.
    Mdl = NdisAllocateMdl(Adapter->Handle, Adapter->Frame, RX_SIZE);
    if (Mdl == NULL)
        return FALSE;
    List = NdisAllocateNetBufferAndNetBufferList(Adapter->Pool, 0, 0, Mdl, 0, RX_SIZE);
    if (List == NULL)
    {
        NdisFreeMdl(Mdl);
        return FALSE;
    }
    List->SourceHandle = Adapter->Handle;
    NdisMIndicateReceiveNetBufferLists(Adapter->Handle, List, NDIS_DEFAULT_PORT_NUMBER, 1, 0);
    return FALSE;
}

VOID RxReturn(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
               ULONG ReturnFlags)
{
    PNET_BUFFER_LIST Next;
    PMDL Mdl;

    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ReturnFlags);
    while (NetBufferLists != NULL)
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists);
        Mdl = NET_BUFFER_FIRST_MDL(NET_BUFFER_LIST_FIRST_NB(NetBufferLists));
        NdisFreeNetBufferList(NetBufferLists);
        NdisFreeMdl(Mdl);
        NetBufferLists = Next;
    }
}

static NDIS_STATUS RxStart(RX *Adapter)
{
    NET_BUFFER_LIST_POOL_PARAMETERS Pool;

    NdisZeroMemory(&Pool, sizeof(Pool));
    Pool.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Pool.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Pool.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Pool.fAllocateNetBuffer = TRUE;
    Pool.PoolTag = 'xR  ';
    Adapter->Pool = NdisAllocateNetBufferListPool(Adapter->Handle, &Pool);
    if (Adapter->Pool == NULL)
        return NDIS_STATUS_RESOURCES;
    return NDIS_STATUS_SUCCESS;
}

static VOID RxFree(RX *Adapter)
{
    if (Adapter->Pool != NULL)
        NdisFreeNetBufferListPool(Adapter->Pool);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS RxInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    RX *Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(*Adapter), 'xR  ',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(*Adapter));
    Adapter->Handle = MiniportAdapterHandle;
    Status = RxSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = RxStart(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        RxFree(Adapter);
    return Status;
}

VOID RxHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    UNREFERENCED_PARAMETER(HaltAction);
    RxFree(MiniportAdapterContext);
}

NDIS_STATUS RxPause(NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS RxRestart(NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS RxOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
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

VOID RxSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    RX *Adapter = MiniportAdapterContext;
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

VOID RxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(RxDriver);
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
    Chars.InitializeHandlerEx = RxInitialize;
    Chars.HaltHandlerEx = RxHalt;
    Chars.UnloadHandler = RxUnload;
    Chars.PauseHandler = RxPause;
    Chars.RestartHandler = RxRestart;
    Chars.OidRequestHandler = RxOidRequest;
    Chars.SendNetBufferListsHandler = RxSend;
    Chars.ReturnNetBufferListsHandler = RxReturn;
    Chars.CheckForHangHandlerEx = RxCheckForHang;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &RxDriver);
}
