// The quiesce helper synchronizes only while the connected flag is set, and the teardown leaves
// it set.

#include <ndis.h>

#define HF_CONNECTED 0x10
#define HF_LOCK      0x20

typedef struct _HF_ADAPTER
{
    NDIS_HANDLE Miniport;

    struct _HF_INT
    {
        NDIS_HANDLE Object;
        ULONG Enabled;
    } Int;

    NDIS_SPIN_LOCK Lock;
    ULONG Flags;
} HF_ADAPTER, *PHF_ADAPTER;

MINIPORT_INITIALIZE HfInitialize;
MINIPORT_HALT HfHalt;
MINIPORT_UNLOAD HfUnload;
MINIPORT_PAUSE HfPause;
MINIPORT_RESTART HfRestart;
MINIPORT_OID_REQUEST HfOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS HfSend;
MINIPORT_ISR HfIsr;
MINIPORT_INTERRUPT_DPC HfDpc;
MINIPORT_SYNCHRONIZE_INTERRUPT HfSyncDisable;
MINIPORT_SHUTDOWN HfShutdown;

static NDIS_HANDLE HfDriver;

BOOLEAN
HfIsr(NDIS_HANDLE MiniportInterruptContext,
      PBOOLEAN QueueDefaultInterruptDpc,
      PULONG TargetProcessors)
{
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    *TargetProcessors = 0;
    *QueueDefaultInterruptDpc = TRUE;
    return TRUE;
}

VOID
HfDpc(NDIS_HANDLE MiniportInterruptContext,
      PVOID MiniportDpcContext,
      PVOID ReceiveThrottleParameters,
      PVOID NdisReserved2)
{
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    UNREFERENCED_PARAMETER(MiniportDpcContext);
    UNREFERENCED_PARAMETER(ReceiveThrottleParameters);
    UNREFERENCED_PARAMETER(NdisReserved2);
}

BOOLEAN
HfSyncDisable(NDIS_HANDLE SynchronizeContext)
{
    ((PHF_ADAPTER)SynchronizeContext)->Int.Enabled = 0;
    return TRUE;
}

static VOID
HfQuiesce(PHF_ADAPTER Adapter)
{
    if (Adapter->Flags & HF_CONNECTED) {
        NdisMSynchronizeWithInterruptEx( // expect: defect NdisMDeregisterInterruptEx
            Adapter->Int.Object, 0, HfSyncDisable, Adapter);
    }
}

static VOID
HfDisconnect(PHF_ADAPTER Adapter)
{
    if (Adapter->Flags & HF_CONNECTED) {
        NdisMDeregisterInterruptEx(Adapter->Int.Object);
    }
}

static NDIS_STATUS
HfSetAttributes(HF_ADAPTER* Adapter)
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
    Status = NdisMSetMiniportAttributes(Adapter->Miniport,
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
    return NdisMSetMiniportAttributes(Adapter->Miniport,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS
HfInitialize(NDIS_HANDLE MiniportAdapterHandle,
             NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Ic;
    PHF_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(
        MiniportAdapterHandle, sizeof(HF_ADAPTER), 'tpfH', HighPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(HF_ADAPTER));
    Adapter->Miniport = MiniportAdapterHandle;
    NdisAllocateSpinLock(&Adapter->Lock);
    Adapter->Flags = HF_LOCK;

    Status = HfSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(&Ic, sizeof(Ic));
        Ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
        Ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
        Ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
        Ic.InterruptHandler = HfIsr;
        Ic.InterruptDpcHandler = HfDpc;

        Status =
            NdisMRegisterInterruptEx(MiniportAdapterHandle, Adapter, &Ic, &Adapter->Int.Object);
        if (Status == NDIS_STATUS_SUCCESS)
            Adapter->Flags |= HF_CONNECTED;
    }
    if (Status != NDIS_STATUS_SUCCESS)
        HfHalt(Adapter, NdisHaltDeviceInitializationFailed);
    return Status;
}

VOID
HfHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PHF_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    HfDisconnect(Adapter);
    HfQuiesce(Adapter);
    if (Adapter->Flags & HF_LOCK)
        NdisFreeSpinLock(&Adapter->Lock);
    NdisFreeMemory(Adapter, 0, 0);
}

VOID
HfShutdown(NDIS_HANDLE MiniportAdapterContext, NDIS_SHUTDOWN_ACTION ShutdownAction)
{
    PHF_ADAPTER Adapter = MiniportAdapterContext;

    if (ShutdownAction == NdisShutdownPowerOff)
        HfQuiesce(Adapter);
}

NDIS_STATUS
HfPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
HfRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
HfOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    switch (OidRequest->DATA.SET_INFORMATION.Oid) {
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

VOID
HfSend(NDIS_HANDLE MiniportAdapterContext,
       PNET_BUFFER_LIST NetBufferLists,
       NDIS_PORT_NUMBER PortNumber,
       ULONG SendFlags)
{
    HF_ADAPTER* Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current)) {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->Miniport,
        NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID
HfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(HfDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
    NDIS_STATUS st;

    NdisZeroMemory(&mc, sizeof(mc));
    mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.MajorNdisVersion = 6;
    mc.MinorNdisVersion = 1;
    mc.MajorDriverVersion = 1;
    mc.InitializeHandlerEx = HfInitialize;
    mc.HaltHandlerEx = HfHalt;
    mc.UnloadHandler = HfUnload;
    mc.PauseHandler = HfPause;
    mc.RestartHandler = HfRestart;
    mc.OidRequestHandler = HfOidRequest;
    mc.SendNetBufferListsHandler = HfSend;
    mc.ShutdownHandlerEx = HfShutdown;
    st = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &mc, &HfDriver);
    if (st != NDIS_STATUS_SUCCESS)
        HfDriver = NULL;
    return st;
}
