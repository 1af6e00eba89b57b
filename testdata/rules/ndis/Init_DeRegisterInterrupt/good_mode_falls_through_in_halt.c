/* Halt deregisters in every mode in which initialize registered: the message mode falls through. */

#include <ndis.h>

#define VX_TAG          'cinV'
#define VX_WINDOW       256
#define VX_CAPABILITIES 3

typedef enum _VX_MODE
{
    VxModePolled,
    VxModeLine,
    VxModeMessage
} VX_MODE;

typedef struct _VX_NIC
{
    NDIS_HANDLE Miniport;
    VX_MODE Mode;
    PULONG Window;
    NDIS_HANDLE IntObject;
} VX_NIC, *PVX_NIC;

MINIPORT_INITIALIZE VxInitialize;
MINIPORT_HALT VxHalt;
MINIPORT_UNLOAD VxUnload;
MINIPORT_PAUSE VxPause;
MINIPORT_RESTART VxRestart;
MINIPORT_OID_REQUEST VxOid;
MINIPORT_SEND_NET_BUFFER_LISTS VxSend;
MINIPORT_ISR VxInterrupt;
MINIPORT_INTERRUPT_DPC VxDeferred;
MINIPORT_RETURN_NET_BUFFER_LISTS VxReturn;
MINIPORT_CANCEL_SEND VxCancelSend;

NDIS_HANDLE VxDriver = NULL;

BOOLEAN
VxInterrupt(NDIS_HANDLE Context, PBOOLEAN QueueDpc, PULONG Processors)
{
    VX_NIC *a = (VX_NIC *)Context;
    BOOLEAN mine = (BOOLEAN)((a->Window[1] & 0x1) != 0);

    *QueueDpc = mine;
    *Processors = 0;
    return mine;
}

VOID
VxDeferred(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(DpcContext);
    UNREFERENCED_PARAMETER(Throttle);
    UNREFERENCED_PARAMETER(Reserved);
}

static NDIS_STATUS
VxAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
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
VxConnect(PVX_NIC Nic)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Int;

    NdisZeroMemory(&Int, sizeof(Int));
    Int.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Int.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Int.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Int.InterruptHandler = VxInterrupt;
    Int.InterruptDpcHandler = VxDeferred;

    return NdisMRegisterInterruptEx(Nic->Miniport, Nic, &Int, &Nic->IntObject);
}

NDIS_STATUS
VxInitialize(
    NDIS_HANDLE Handle,
    NDIS_HANDLE DriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    PCM_PARTIAL_RESOURCE_DESCRIPTOR Memory;
    PVX_NIC Nic;
    NDIS_STATUS Status;
    ULONG Capabilities;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Parameters->AllocatedResources == NULL)
        return NDIS_STATUS_NOT_ACCEPTED;
    Memory = &Parameters->AllocatedResources->PartialDescriptors[0];

    Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(VX_NIC), VX_TAG, LowPoolPriority);
    if (Nic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Nic, sizeof(VX_NIC));
    Nic->Miniport = Handle;

    Status = VxAttributes(Handle, Nic);
    if (Status != NDIS_STATUS_SUCCESS)
        goto FreeContext;
    Status = NdisMMapIoSpace((PVOID *)&Nic->Window, Handle, Memory->u.Memory.Start, VX_WINDOW);
    if (Status != NDIS_STATUS_SUCCESS)
        goto FreeContext;

    Capabilities = Nic->Window[VX_CAPABILITIES];
    if (Capabilities & 2)
        Nic->Mode = VxModeMessage;
    else if (Capabilities & 1)
        Nic->Mode = VxModeLine;
    else
        Nic->Mode = VxModePolled;

    if (Nic->Mode != VxModePolled)
    {
        Status = VxConnect(Nic);
        if (Status != NDIS_STATUS_SUCCESS)
            goto Unmap;
    }
    return NDIS_STATUS_SUCCESS;

Unmap:
    NdisMUnmapIoSpace(Handle, Nic->Window, VX_WINDOW);
FreeContext:
    NdisFreeMemory(Nic, 0, 0);
    return Status;
}

VOID
VxHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    PVX_NIC Nic = (PVX_NIC)Context;

    UNREFERENCED_PARAMETER(Action);
    switch (Nic->Mode)
    {
    case VxModeMessage:
    case VxModeLine:
        NdisMDeregisterInterruptEx(Nic->IntObject);
        /* fall through */
    case VxModePolled:
    default:
        NdisMUnmapIoSpace(Nic->Miniport, Nic->Window, VX_WINDOW);
        break;
    }
    NdisFreeMemory(Nic, 0, 0);
}

NDIS_STATUS
VxPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
VxRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
VxOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(Context);
    switch (Request->DATA.SET_INFORMATION.Oid)
    {
    case OID_GEN_CURRENT_LOOKAHEAD:
    case OID_GEN_CURRENT_PACKET_FILTER:
        if (Request->RequestType == NdisRequestSetInformation)
            Result = NDIS_STATUS_SUCCESS;
        break;
    default:
        break;
    }
    return Result;
}

VOID
VxSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    VX_NIC *Adapter = Context;
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
VxReturn(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

VOID
VxCancelSend(NDIS_HANDLE Context, PVOID Id)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Id);
}

VOID
VxUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisMDeregisterMiniportDriver(VxDriver);
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
    Chars.InitializeHandlerEx = VxInitialize;
    Chars.HaltHandlerEx = VxHalt;
    Chars.UnloadHandler = VxUnload;
    Chars.PauseHandler = VxPause;
    Chars.RestartHandler = VxRestart;
    Chars.OidRequestHandler = VxOid;
    Chars.SendNetBufferListsHandler = VxSend;
    Chars.ReturnNetBufferListsHandler = VxReturn;
    Chars.CancelSendHandler = VxCancelSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &VxDriver);
}
