// A helper that gives up the lock only if it is told that it is held is told that it is not.

#include <ndis.h>

typedef struct _HD_NIC
{
    NDIS_HANDLE Miniport;
    NDIS_HANDLE Provider;
    NDIS_SPIN_LOCK Lock;
    NET_IFINDEX Index;
} HD_NIC, *PHD_NIC;

MINIPORT_INITIALIZE HdInitialize;
MINIPORT_HALT HdHalt;
MINIPORT_UNLOAD HdUnload;
MINIPORT_PAUSE HdPause;
MINIPORT_RESTART HdRestart;
MINIPORT_OID_REQUEST HdOid;
MINIPORT_SEND_NET_BUFFER_LISTS HdSend;

static NDIS_HANDLE HdDriver;

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
HdAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
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

static VOID
HdRemove(PHD_NIC Nic, BOOLEAN Locked)
{
    NET_IFINDEX Index = Nic->Index;

    Nic->Index = 0;
    if (Locked)
    {
        NdisReleaseSpinLock(&Nic->Lock);
    }
    NdisIfDeregisterInterface(Index); // expect: defect Irql_Interfaces_Function
    if (Locked)
    {
        NdisAcquireSpinLock(&Nic->Lock);
    }
}

NDIS_STATUS
HdInitialize(
    NDIS_HANDLE Handle,
    NDIS_HANDLE DriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_IF_PROVIDER_CHARACTERISTICS Pc;
    NET_IF_INFORMATION Info;
    NDIS_STATUS Status;
    PHD_NIC Nic;

    UNREFERENCED_PARAMETER(DriverContext);
    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(HD_NIC), 'NdH ', NormalPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(HD_NIC));
    Nic->Miniport = Handle;
    NdisAllocateSpinLock(&Nic->Lock);
    Status = HdAttributes(Handle, Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Free;
    NdisZeroMemory(&Pc, sizeof(Pc));
    Pc.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Pc.Header.Revision = NDIS_OBJECT_REVISION_1;
    Pc.Header.Size = NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1;
    Pc.QueryObjectHandler = IfQuery;
    Pc.SetObjectHandler = IfSet;
    Status = NdisIfRegisterProvider(&Pc, Nic, &Nic->Provider);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Free;
    NdisZeroMemory(&Info, sizeof(Info));
    Info.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Info.Header.Revision = NDIS_OBJECT_REVISION_1;
    Info.Header.Size = NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1;
    Info.AccessType = NET_IF_ACCESS_BROADCAST;
    Info.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    Info.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    Info.MediaType = NdisMedium802_3;
    Status = NdisIfRegisterInterface(Nic->Provider, Parameters->NetLuid, Nic, &Info, &Nic->Index);
    if (Status == NDIS_STATUS_SUCCESS)
        return Status;

    NdisIfDeregisterProvider(Nic->Provider);
Free:
    NdisFreeSpinLock(&Nic->Lock);
    NdisFreeMemory(Nic, 0, 0);
    return Status;
}

VOID
HdHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    PHD_NIC Nic = (PHD_NIC)Context;

    UNREFERENCED_PARAMETER(Action);
    NdisAcquireSpinLock(&Nic->Lock);
    if (Nic->Index != 0)
    {
        HdRemove(Nic, FALSE);
    }
    NdisReleaseSpinLock(&Nic->Lock);
    NdisIfDeregisterProvider(Nic->Provider);
    NdisFreeSpinLock(&Nic->Lock);
    NdisFreeMemory(Nic, 0, 0);
}

NDIS_STATUS
HdPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
HdRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
HdOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID
HdSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    HD_NIC *Adapter = Context;
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
HdUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(HdDriver);
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
    Chars.InitializeHandlerEx = HdInitialize;
    Chars.HaltHandlerEx = HdHalt;
    Chars.UnloadHandler = HdUnload;
    Chars.PauseHandler = HdPause;
    Chars.RestartHandler = HdRestart;
    Chars.OidRequestHandler = HdOid;
    Chars.SendNetBufferListsHandler = HdSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &HdDriver);
}
