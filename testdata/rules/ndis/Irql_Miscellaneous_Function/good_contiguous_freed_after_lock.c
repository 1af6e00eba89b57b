// Halt takes the contiguous memory out of the adapter under the lock and frees it afterwards.

#include <ndis.h>

typedef struct _RI_ADAPTER
{
    NDIS_HANDLE Handle;
    NDIS_SPIN_LOCK Lock;
    PVOID Ring;
} RI_ADAPTER, *PRI_ADAPTER;

MINIPORT_INITIALIZE RiInitialize;
MINIPORT_HALT RiHalt;
MINIPORT_UNLOAD RiUnload;
MINIPORT_PAUSE RiPause;
MINIPORT_RESTART RiRestart;
MINIPORT_OID_REQUEST RiOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS RiSend;

static NDIS_HANDLE RiDriver;

static NDIS_STATUS
RiSetAttributes(RI_ADAPTER* Adapter)
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
    Status =
      NdisMSetMiniportAttributes(Adapter->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
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

static NDIS_STATUS
RiGetRing(PRI_ADAPTER Adapter)
{
    NDIS_PHYSICAL_ADDRESS Highest;

    Highest.QuadPart = 0xffffffff;
    return NdisAllocateMemory(&Adapter->Ring, 4096, NDIS_MEMORY_CONTIGUOUS, Highest);
}

NDIS_STATUS
RiInitialize(NDIS_HANDLE MiniportAdapterHandle,
             NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PRI_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(
      MiniportAdapterHandle, sizeof(RI_ADAPTER), 'lvlI', NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(RI_ADAPTER));
    Adapter->Handle = MiniportAdapterHandle;
    Status = RiSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Fail;
    Status = RiGetRing(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Fail;
    NdisAllocateSpinLock(&Adapter->Lock);
    return NDIS_STATUS_SUCCESS;

Fail:
    NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID
RiHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PRI_ADAPTER Adapter = MiniportAdapterContext;
    PVOID Ring;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisAcquireSpinLock(&Adapter->Lock);
    Ring = Adapter->Ring;
    Adapter->Ring = NULL;
    NdisReleaseSpinLock(&Adapter->Lock);
    NdisFreeMemory(Ring, 4096, NDIS_MEMORY_CONTIGUOUS);
    NdisFreeSpinLock(&Adapter->Lock);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS
RiPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    PRI_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(PauseParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
RiRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PRI_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
RiOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PRI_ADAPTER Adapter = MiniportAdapterContext;
    NDIS_STATUS Status = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(Adapter);
    if (OidRequest->RequestType != NdisRequestSetInformation)
        return Status;
    switch (OidRequest->DATA.SET_INFORMATION.Oid) {
        case OID_GEN_CURRENT_PACKET_FILTER:
        case OID_GEN_CURRENT_LOOKAHEAD:
            Status = NDIS_STATUS_SUCCESS;
            break;

        default:
            break;
    }
    return Status;
}

VOID
RiSend(NDIS_HANDLE MiniportAdapterContext,
       PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber,
       ULONG SendFlags)
{
    PRI_ADAPTER Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;
    ULONG Flags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
        Flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(Adapter->Handle, NetBufferLists, Flags);
}

VOID
RiUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(RiDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = RiInitialize;
    Chars.HaltHandlerEx = RiHalt;
    Chars.UnloadHandler = RiUnload;
    Chars.PauseHandler = RiPause;
    Chars.RestartHandler = RiRestart;
    Chars.OidRequestHandler = RiOidRequest;
    Chars.SendNetBufferListsHandler = RiSend;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &RiDriver);
}
