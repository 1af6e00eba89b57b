// A failing DriverEntry calls its unload handler, which deregisters.

#include <ndis.h>

typedef struct _OW_ADAPTER
{
    NDIS_HANDLE MiniportHandle;
} OW_ADAPTER;

typedef struct _OW_GLOBALS
{
    NDIS_HANDLE MiniportDriver;
    NDIS_HANDLE Device;
    PDEVICE_OBJECT DeviceObject;
    PDRIVER_DISPATCH Dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];
} OW_GLOBALS;

static OW_GLOBALS Globals;

MINIPORT_INITIALIZE OwInitialize;
MINIPORT_HALT OwHalt;
MINIPORT_UNLOAD OwUnload;
MINIPORT_PAUSE OwPause;
MINIPORT_RESTART OwRestart;
MINIPORT_OID_REQUEST OwOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS OwSend;
SET_OPTIONS OwSetOptions;
DRIVER_INITIALIZE DriverEntry;

NDIS_STATUS
OwSetOptions(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext)
{
    UNREFERENCED_PARAMETER(Handle);
    UNREFERENCED_PARAMETER(DriverContext);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
OwCreateDevice(VOID)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES Attributes;
    NDIS_STRING Name = NDIS_STRING_CONST("\\Device\\OwNic");
    NDIS_STRING Link = NDIS_STRING_CONST("\\DosDevices\\OwNic");

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes.DeviceName = &Name;
    Attributes.SymbolicName = &Link;
    Attributes.MajorFunctions = Globals.Dispatch;
    return NdisRegisterDeviceEx(
        Globals.MiniportDriver, &Attributes, &Globals.DeviceObject, &Globals.Device);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;
    NTSTATUS Status;

    NdisZeroMemory(&Globals, sizeof(Globals));
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.SetOptionsHandler = OwSetOptions;
    Chars.InitializeHandlerEx = OwInitialize;
    Chars.HaltHandlerEx = OwHalt;
    Chars.UnloadHandler = OwUnload;
    Chars.PauseHandler = OwPause;
    Chars.RestartHandler = OwRestart;
    Chars.OidRequestHandler = OwOidRequest;
    Chars.SendNetBufferListsHandler = OwSend;
    Status = NdisMRegisterMiniportDriver(Driver, Path, &Globals, &Chars, &Globals.MiniportDriver);
    if (!NT_SUCCESS(Status))
    {
        return Status;
    }

    Status = OwCreateDevice();
    if (!NT_SUCCESS(Status))
    {
        Globals.Device = NULL;
        OwUnload(Driver);
    }
    return Status;
}

VOID
OwUnload(PDRIVER_OBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    if (Globals.Device != NULL)
    {
        NdisDeregisterDeviceEx(Globals.Device);
        Globals.Device = NULL;
    }
    NdisMDeregisterMiniportDriver(Globals.MiniportDriver);
}

static NDIS_STATUS
OwAttributes(NDIS_HANDLE Nic, PVOID AdapterContext)
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

NDIS_STATUS
OwInitialize(
    NDIS_HANDLE Handle,
    NDIS_HANDLE DriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    OW_ADAPTER *Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(Parameters);
    Adapter =
        NdisAllocateMemoryWithTagPriority(Handle, sizeof(OW_ADAPTER), 'AwO ', NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    Adapter->MiniportHandle = Handle;
    Status = OwAttributes(Handle, Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID
OwHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    UNREFERENCED_PARAMETER(Action);
    NdisFreeMemory(Context, 0, 0);
}

NDIS_STATUS
OwPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
OwRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
OwOidRequest(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
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
OwSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    OW_ADAPTER *Nic = (OW_ADAPTER *)Context;
    PNET_BUFFER_LIST Next;
    ULONG CompleteFlags =
        (Flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0;

    UNREFERENCED_PARAMETER(Port);
    do
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(Lists);
        NET_BUFFER_LIST_NEXT_NBL(Lists) = NULL;
        NET_BUFFER_LIST_STATUS(Lists) = NDIS_STATUS_PAUSED;
        NdisMSendNetBufferListsComplete(Nic->MiniportHandle, Lists, CompleteFlags);
        Lists = Next;
    } while (Lists != NULL);
}
