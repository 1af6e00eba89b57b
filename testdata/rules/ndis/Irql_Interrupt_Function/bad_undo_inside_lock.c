// A failing step under the lock leaves through a label that deregisters the interrupt and
// releases the lock after it.

#include <ndis.h>

#define GJ_TAG     'txtC'
#define GJ_BUFFERS 4

typedef struct _GJ {
    NDIS_HANDLE Nic;
    NDIS_HANDLE Interrupt;
    NDIS_SPIN_LOCK PoolLock;
    PVOID Buffer[GJ_BUFFERS];
} GJ, *PGJ;

NDIS_STATUS GjInitialize (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters);
VOID GjHalt (NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction);
VOID GjUnload (PDRIVER_OBJECT DriverObject);
NDIS_STATUS GjPause (NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters);
NDIS_STATUS GjRestart (NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters);
NDIS_STATUS GjOid (NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest);
VOID GjSend (NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags);
BOOLEAN GjIsr (NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
               PULONG TargetProcessors);
VOID GjDpc (NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
            PVOID ReceiveThrottleParameters, PVOID NdisReserved2);

static NDIS_HANDLE GjDriver;

BOOLEAN GjIsr (NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
               PULONG TargetProcessors)
{
    UNREFERENCED_PARAMETER (MiniportInterruptContext);
    *TargetProcessors = 0;
    *QueueDefaultInterruptDpc = TRUE;
    return TRUE;
}

VOID GjDpc (NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
            PVOID ReceiveThrottleParameters, PVOID NdisReserved2)
{
    UNREFERENCED_PARAMETER (MiniportInterruptContext);
    UNREFERENCED_PARAMETER (MiniportDpcContext);
    UNREFERENCED_PARAMETER (ReceiveThrottleParameters);
    UNREFERENCED_PARAMETER (NdisReserved2);
}

static NDIS_STATUS GjSetAttributes (GJ* Adapter)
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

static VOID GjFreeBuffers (PGJ Gj)
{
    ULONG i;

    for (i = 0; i < GJ_BUFFERS; i++) {
        if (Gj->Buffer[i] != NULL) {
            NdisFreeMemory (Gj->Buffer[i], 0, 0);
            Gj->Buffer[i] = NULL;
        }
    }
}

NDIS_STATUS GjInitialize (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    NDIS_STATUS Status;
    ULONG i;
    PGJ Gj;

    UNREFERENCED_PARAMETER (MiniportDriverContext);
    UNREFERENCED_PARAMETER (MiniportInitParameters);
    Gj = NdisAllocateMemoryWithTagPriority (MiniportAdapterHandle, sizeof (GJ), GJ_TAG,
                                            NormalPoolPriority);
    if (Gj == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory (Gj, sizeof (GJ));
    Gj->Nic = MiniportAdapterHandle;
    NdisAllocateSpinLock (&Gj->PoolLock);

    Status = GjSetAttributes (Gj);
    if (Status != NDIS_STATUS_SUCCESS)
        goto free_context;
    NdisZeroMemory (&Chars, sizeof (Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = GjIsr;
    Chars.InterruptDpcHandler = GjDpc;

    Status = NdisMRegisterInterruptEx (MiniportAdapterHandle, Gj, &Chars, &Gj->Interrupt);
    if (Status != NDIS_STATUS_SUCCESS)
        goto free_context;

    NdisAcquireSpinLock (&Gj->PoolLock);
    for (i = 0; i < GJ_BUFFERS; i++) {
        Gj->Buffer[i] = NdisAllocateMemoryWithTagPriority (MiniportAdapterHandle, 2048, GJ_TAG,
                                                           NormalPoolPriority);
        if (Gj->Buffer[i] == NULL) {
            Status = NDIS_STATUS_RESOURCES;
            goto unlock;
        }
    }
    NdisReleaseSpinLock (&Gj->PoolLock);
    return NDIS_STATUS_SUCCESS;

unlock:
    NdisMDeregisterInterruptEx (Gj->Interrupt); // expect: defect Irql_Interrupt_Function
    NdisReleaseSpinLock (&Gj->PoolLock);
    GjFreeBuffers (Gj);
free_context:
    NdisFreeSpinLock (&Gj->PoolLock);
    NdisFreeMemory (Gj, 0, 0);
    return Status;
}

VOID GjHalt (NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PGJ Gj = MiniportAdapterContext;

    UNREFERENCED_PARAMETER (HaltAction);
    NdisMDeregisterInterruptEx (Gj->Interrupt);
    GjFreeBuffers (Gj);
    NdisFreeSpinLock (&Gj->PoolLock);
    NdisFreeMemory (Gj, 0, 0);
}

NDIS_STATUS GjPause (NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS GjRestart (NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS GjOid (NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID GjSend (NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    GJ* Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER (PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL (Current)) {
        NET_BUFFER_LIST_STATUS (Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete (
        Adapter->Nic, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL (SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID GjUnload (PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER (DriverObject);
    NdisMDeregisterMiniportDriver (GjDriver);
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
    mc.InitializeHandlerEx = GjInitialize;
    mc.HaltHandlerEx = GjHalt;
    mc.UnloadHandler = GjUnload;
    mc.PauseHandler = GjPause;
    mc.RestartHandler = GjRestart;
    mc.OidRequestHandler = GjOid;
    mc.SendNetBufferListsHandler = GjSend;
    st = NdisMRegisterMiniportDriver (DriverObject, RegistryPath, NULL, &mc, &GjDriver);
    if (st != NDIS_STATUS_SUCCESS)
        GjDriver = NULL;
    return st;
}
