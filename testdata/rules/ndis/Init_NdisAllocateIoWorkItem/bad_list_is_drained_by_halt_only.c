// The work items wait on a list; halt drains it, and an initialize that fails half-way does not.

#include <ndis.h>

typedef struct _SLS
{
    NDIS_HANDLE Handle;
    SLIST_HEADER Free;
    NDIS_SPIN_LOCK Lock;
} SLS, *PSLS;

MINIPORT_INITIALIZE SlsInitialize;
MINIPORT_HALT SlsHalt;
MINIPORT_UNLOAD SlsUnload;
MINIPORT_PAUSE SlsPause;
MINIPORT_RESTART SlsRestart;
MINIPORT_OID_REQUEST SlsOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS SlsSend;

static NDIS_HANDLE SlsDriver;

static NDIS_STATUS SlsSetAttributes(SLS *Adapter)
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

typedef struct _POOL_ITEM
{
    SLIST_ENTRY Link;
    NDIS_HANDLE WorkItem;
} POOL_ITEM;

static VOID SlsDrain(SLS *Adapter)
{
    PSLIST_ENTRY Entry;

    while ((Entry = NdisInterlockedPopEntrySList(&Adapter->Free, &Adapter->Lock)) != NULL)
    {
        POOL_ITEM *Item = CONTAINING_RECORD(Entry, POOL_ITEM, Link);

        NdisFreeIoWorkItem(Item->WorkItem);
        NdisFreeMemory(Item, 0, 0);
    }
}

static NDIS_STATUS SlsFill(SLS *Adapter, ULONG Count)
{
    POOL_ITEM *Item;

    while (Count-- > 0)
    {
        Item = NdisAllocateMemoryWithTagPriority(Adapter->Handle, sizeof(*Item), 'slS ',
                                                 LowPoolPriority);
        if (Item == NULL)
            return NDIS_STATUS_RESOURCES;
        Item->WorkItem = NdisAllocateIoWorkItem(Adapter->Handle);
        if (Item->WorkItem == NULL)
        {
            NdisFreeMemory(Item, 0, 0);
            return NDIS_STATUS_RESOURCES;
        }
        NdisInterlockedPushEntrySList(&Adapter->Free, &Item->Link, &Adapter->Lock);
    }
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS SlsInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    SLS *Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(*Adapter), 'slS ',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(*Adapter));
    Adapter->Handle = MiniportAdapterHandle;
    NdisAllocateSpinLock(&Adapter->Lock);
    NdisInitializeSListHead(&Adapter->Free);
    Status = SlsSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = SlsFill(Adapter, 3);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeSpinLock(&Adapter->Lock);
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status; // expect: defect Init_NdisAllocateIoWorkItem
}

VOID SlsHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    SLS *Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    SlsDrain(Adapter);
    NdisFreeSpinLock(&Adapter->Lock);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS SlsPause(NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS SlsRestart(NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS SlsOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
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

VOID SlsSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    SLS *Adapter = MiniportAdapterContext;
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

VOID SlsUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(SlsDriver);
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
    Chars.InitializeHandlerEx = SlsInitialize;
    Chars.HaltHandlerEx = SlsHalt;
    Chars.UnloadHandler = SlsUnload;
    Chars.PauseHandler = SlsPause;
    Chars.RestartHandler = SlsRestart;
    Chars.OidRequestHandler = SlsOidRequest;
    Chars.SendNetBufferListsHandler = SlsSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &SlsDriver);
}
