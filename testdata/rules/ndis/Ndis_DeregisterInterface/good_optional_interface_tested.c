// The second interface is optional; halt deregisters it only if its registration succeeded.

#include <ndis.h>

typedef struct _OP_ADAPTER
{
    NDIS_HANDLE Miniport;
    NDIS_HANDLE Provider;
    NET_IFINDEX Main;
    NET_IFINDEX Monitor;
    BOOLEAN HaveMonitor;
} OP_ADAPTER, *POP_ADAPTER;

MINIPORT_INITIALIZE OpInitialize;
MINIPORT_HALT OpHalt;
MINIPORT_UNLOAD OpUnload;
MINIPORT_PAUSE OpPause;
MINIPORT_RESTART OpRestart;
MINIPORT_OID_REQUEST OpOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS OpSend;
MINIPORT_RETURN_NET_BUFFER_LISTS OpReturn;
MINIPORT_CANCEL_SEND OpCancel;

NDIS_HANDLE OpDriver;

static NDIS_STATUS
IfQuery(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, PULONG OutputLength, PVOID Output)
{
    UNREFERENCED_PARAMETER(IfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(Output);
    *OutputLength = 0;
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS
IfSet(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, ULONG InputLength, PVOID Input)
{
    UNREFERENCED_PARAMETER(IfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(InputLength);
    UNREFERENCED_PARAMETER(Input);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS
OpAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg = {
        .Header =
            {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
             NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
             NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1},
        .MiniportAdapterContext = AdapterContext,
        .AttributeFlags =
            NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER,
        .InterfaceType = NdisInterfacePci,
    };
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Gen = {
        .Header =
            {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
             NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1,
             NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1},
        .MediaType = NdisMedium802_3,
        .MtuSize = 1500,
        .MacAddressLength = 6,
        .AccessType = NET_IF_ACCESS_BROADCAST,
        .DirectionType = NET_IF_DIRECTION_SENDRECEIVE,
        .ConnectionType = NET_IF_CONNECTION_DEDICATED,
        .IfType = IF_TYPE_ETHERNET_CSMACD,
    };
    NDIS_STATUS Status = NdisMSetMiniportAttributes(Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);

    return Status != NDIS_STATUS_SUCCESS
               ? Status
               : NdisMSetMiniportAttributes(Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}

static NDIS_STATUS
OpRegister(POP_ADAPTER Adapter, NET_LUID Luid, NET_IFINDEX *Index)
{
    NET_IF_INFORMATION Info;

    NdisZeroMemory(&Info, sizeof(Info));
    Info.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Info.Header.Revision = NDIS_OBJECT_REVISION_1;
    Info.Header.Size = NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1;
    Info.AccessType = NET_IF_ACCESS_BROADCAST;
    Info.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    Info.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    Info.MediaType = NdisMedium802_3;
    return NdisIfRegisterInterface(Adapter->Provider, Luid, Adapter, &Info, Index);
}

NDIS_STATUS
OpInitialize(
    NDIS_HANDLE Handle,
    NDIS_HANDLE DriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_IF_PROVIDER_CHARACTERISTICS Pc;
    POP_ADAPTER Adapter;
    NDIS_STATUS Status;
    NET_LUID Luid;

    UNREFERENCED_PARAMETER(DriverContext);
    Adapter =
        NdisAllocateMemoryWithTagPriority(Handle, sizeof(OP_ADAPTER), 'tdpO', NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(OP_ADAPTER));
    Adapter->Miniport = Handle;

    Status = OpAttributes(Handle, Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeMemory(Adapter, 0, 0);
        return Status;
    }
    NdisZeroMemory(&Pc, sizeof(Pc));
    Pc.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Pc.Header.Revision = NDIS_OBJECT_REVISION_1;
    Pc.Header.Size = NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1;
    Pc.QueryObjectHandler = IfQuery;
    Pc.SetObjectHandler = IfSet;
    Status = NdisIfRegisterProvider(&Pc, Adapter, &Adapter->Provider);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeMemory(Adapter, 0, 0);
        return Status;
    }
    Luid = Parameters->NetLuid;
    Status = OpRegister(Adapter, Luid, &Adapter->Main);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisIfDeregisterProvider(Adapter->Provider);
        NdisFreeMemory(Adapter, 0, 0);
        return Status;
    }
    Luid.Info.NetLuidIndex = Luid.Info.NetLuidIndex + 1;
    if (OpRegister(Adapter, Luid, &Adapter->Monitor) == NDIS_STATUS_SUCCESS)
        Adapter->HaveMonitor = TRUE;
    return NDIS_STATUS_SUCCESS;
}

VOID
OpHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    POP_ADAPTER Adapter = (POP_ADAPTER)Context;

    UNREFERENCED_PARAMETER(Action);
    if (Adapter->HaveMonitor)
        NdisIfDeregisterInterface(Adapter->Monitor);
    NdisIfDeregisterInterface(Adapter->Main);
    NdisIfDeregisterProvider(Adapter->Provider);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
OpPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
OpRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
OpOidRequest(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    if (Request->RequestType == NdisRequestSetInformation &&
        Request->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER)
    {
        Request->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
        return NDIS_STATUS_SUCCESS;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
OpSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    OP_ADAPTER *Adapter = Context;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(Port);
    for (Current = Lists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
    {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->Miniport, Lists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID
OpReturn(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID
OpCancel(NDIS_HANDLE Context, PVOID Id)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Id);
}

VOID
OpUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(OpDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = OpInitialize;
    Chars.HaltHandlerEx = OpHalt;
    Chars.UnloadHandler = OpUnload;
    Chars.PauseHandler = OpPause;
    Chars.RestartHandler = OpRestart;
    Chars.OidRequestHandler = OpOidRequest;
    Chars.SendNetBufferListsHandler = OpSend;
    Chars.ReturnNetBufferListsHandler = OpReturn;
    Chars.CancelSendHandler = OpCancel;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &OpDriver);
}
