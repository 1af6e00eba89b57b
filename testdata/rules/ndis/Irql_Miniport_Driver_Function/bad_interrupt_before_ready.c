// The first interrupt may come while the adapter still initializes: the DPC sleeps until it is ready.

#include <ndis.h>

#define KV_TAG 'txtC'

typedef struct _KV {
    NDIS_HANDLE Nic;
    NDIS_HANDLE Interrupt;
    BOOLEAN Ready;
} KV, *PKV;

NDIS_STATUS KvInitialize (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters);
VOID KvHalt (NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction);
VOID KvUnload (PDRIVER_OBJECT DriverObject);
NDIS_STATUS KvPause (NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters);
NDIS_STATUS KvRestart (NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters);
NDIS_STATUS KvOid (NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest);
VOID KvSend (NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags);
BOOLEAN KvIsr (NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
               PULONG TargetProcessors);
VOID KvDpc (NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
            PVOID ReceiveThrottleParameters, PVOID NdisReserved2);

static NDIS_HANDLE KvDriver;

BOOLEAN KvIsr (NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
               PULONG TargetProcessors)
{
    UNREFERENCED_PARAMETER (MiniportInterruptContext);
    *TargetProcessors = 0;
    *QueueDefaultInterruptDpc = TRUE;
    return TRUE;
}

VOID KvDpc (NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
            PVOID ReceiveThrottleParameters, PVOID NdisReserved2)
{
    PKV Kv = MiniportInterruptContext;

    UNREFERENCED_PARAMETER (MiniportDpcContext);
    UNREFERENCED_PARAMETER (ReceiveThrottleParameters);
    UNREFERENCED_PARAMETER (NdisReserved2);
    while (!Kv->Ready)
        NdisMSleep (50); // expect: defect Irql_Miniport_Driver_Function
}

static NDIS_STATUS KvSetAttributes (KV* Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory (&Registration, sizeof (Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = Adapter;
    Registration.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status =
        NdisMSetMiniportAttributes (Adapter->Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;

    NdisZeroMemory (&General, sizeof (General));
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
    return NdisMSetMiniportAttributes (Adapter->Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS KvInitialize (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    NDIS_STATUS Status;
    PKV Kv;

    UNREFERENCED_PARAMETER (MiniportDriverContext);
    UNREFERENCED_PARAMETER (MiniportInitParameters);
    Kv = NdisAllocateMemoryWithTagPriority (MiniportAdapterHandle, sizeof (KV), KV_TAG,
                                            NormalPoolPriority);
    if (Kv == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory (Kv, sizeof (KV));
    Kv->Nic = MiniportAdapterHandle;

    Status = KvSetAttributes (Kv);
    if (Status != NDIS_STATUS_SUCCESS)
        goto free_context;
    NdisZeroMemory (&Chars, sizeof (Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = KvIsr;
    Chars.InterruptDpcHandler = KvDpc;

    Status = NdisMRegisterInterruptEx (MiniportAdapterHandle, Kv, &Chars, &Kv->Interrupt);
    if (Status != NDIS_STATUS_SUCCESS)
        goto free_context;
    Kv->Ready = TRUE;
    return NDIS_STATUS_SUCCESS;

free_context:
    NdisFreeMemory (Kv, 0, 0);
    return Status;
}

VOID KvHalt (NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PKV Kv = MiniportAdapterContext;

    UNREFERENCED_PARAMETER (HaltAction);
    NdisMDeregisterInterruptEx (Kv->Interrupt);
    NdisFreeMemory (Kv, 0, 0);
}

NDIS_STATUS KvPause (NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS KvRestart (NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS KvOid (NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID KvSend (NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    KV* Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER (PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL (Current)) {
        NET_BUFFER_LIST_STATUS (Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete (
        Adapter->Nic, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL (SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID KvUnload (PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER (DriverObject);
    NdisMDeregisterMiniportDriver (KvDriver);
}

NTSTATUS DriverEntry (PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
    NDIS_STATUS st;

    NdisZeroMemory (&mc, sizeof (mc));
    mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.MajorNdisVersion = 6;
    mc.MinorNdisVersion = 1;
    mc.MajorDriverVersion = 1;
    mc.InitializeHandlerEx = KvInitialize;
    mc.HaltHandlerEx = KvHalt;
    mc.UnloadHandler = KvUnload;
    mc.PauseHandler = KvPause;
    mc.RestartHandler = KvRestart;
    mc.OidRequestHandler = KvOid;
    mc.SendNetBufferListsHandler = KvSend;
    st = NdisMRegisterMiniportDriver (DriverObject, RegistryPath, NULL, &mc, &KvDriver);
    if (st != NDIS_STATUS_SUCCESS)
        KvDriver = NULL;
    return st;
}
