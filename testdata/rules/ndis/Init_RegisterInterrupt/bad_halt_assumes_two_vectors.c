// The number of vectors comes from a register and is clamped to four; halt deregisters two at
// most.

#include <ndis.h>

#define MQ_TAG         'qMqM'
#define MQ_BAR_SIZE    0x1000
#define MQ_REG_VECTORS 4
#define MQ_MAX_VECTORS 4

typedef struct _MQ_ADAPTER
{
    NDIS_HANDLE NdisHandle;
    PULONG Regs;
    ULONG VectorCount;
    NDIS_HANDLE Vector[MQ_MAX_VECTORS];
} MQ_ADAPTER, *PMQ_ADAPTER;

MINIPORT_INITIALIZE MqInitialize;
MINIPORT_HALT MqHalt;
MINIPORT_UNLOAD MqUnload;
MINIPORT_PAUSE MqPause;
MINIPORT_RESTART MqRestart;
MINIPORT_OID_REQUEST MqOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS MqSend;
MINIPORT_ISR MqIsr;
MINIPORT_INTERRUPT_DPC MqDpc;

static NDIS_HANDLE MqDriverHandle;

BOOLEAN MqIsr(NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
              PULONG TargetProcessors)
{
    MQ_ADAPTER *Adapter = MiniportInterruptContext;
    ULONG Cause = Adapter->Regs[1];

    *TargetProcessors = 0;
    *QueueDefaultInterruptDpc = FALSE;
    if (Cause == 0)
        return FALSE;
    Adapter->Regs[2] = 0;
    *QueueDefaultInterruptDpc = TRUE;
    return TRUE;
}

VOID MqDpc(NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
           PVOID ReceiveThrottleParameters, PVOID NdisReserved2)
{
    MQ_ADAPTER *Adapter = (MQ_ADAPTER *)MiniportInterruptContext;

    UNREFERENCED_PARAMETER(MiniportDpcContext);
    UNREFERENCED_PARAMETER(ReceiveThrottleParameters);
    UNREFERENCED_PARAMETER(NdisReserved2);
    Adapter->Regs[2] = 1;
}

static NDIS_STATUS MqSetAttributes(MQ_ADAPTER *Adapter)
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
    Status = NdisMSetMiniportAttributes(Adapter->NdisHandle,
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
    return NdisMSetMiniportAttributes(Adapter->NdisHandle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

static NDIS_STATUS MqConnectVectors(PMQ_ADAPTER Adapter)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;
    ULONG Count;
    ULONG i;

    Count = Adapter->Regs[MQ_REG_VECTORS] & 0xff;
    if (Count == 0)
    {
        Count = 1;
    }
    else if (Count > MQ_MAX_VECTORS)
    {
        Count = MQ_MAX_VECTORS;
    }

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = MqIsr;
    Chars.InterruptDpcHandler = MqDpc;

    for (i = 0; i < Count; i++)
    {
        Status =
            NdisMRegisterInterruptEx(Adapter->NdisHandle, Adapter, &Chars, &Adapter->Vector[i]);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            while (i != 0)
            {
                i--;
                NdisMDeregisterInterruptEx(Adapter->Vector[i]);
            }
            return Status;
        }
    }
    Adapter->VectorCount = Count;
    return Status;
}

NDIS_STATUS MqInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PCM_PARTIAL_RESOURCE_DESCRIPTOR Bar;
    PMQ_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    if (MiniportInitParameters->AllocatedResources == NULL)
    {
        return NDIS_STATUS_RESOURCE_CONFLICT;
    }
    Bar = MiniportInitParameters->AllocatedResources->PartialDescriptors;

    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(MQ_ADAPTER), MQ_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(MQ_ADAPTER));
    Adapter->NdisHandle = MiniportAdapterHandle;

    Status = MqSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Status = NdisMMapIoSpace((PVOID *)&Adapter->Regs, MiniportAdapterHandle,
                                 Bar->u.Memory.Start, MQ_BAR_SIZE);
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeMemory(Adapter, 0, 0);
        return Status;
    }

    Status = MqConnectVectors(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisMUnmapIoSpace(MiniportAdapterHandle, Adapter->Regs, MQ_BAR_SIZE);
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

VOID MqHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PMQ_ADAPTER Adapter = (PMQ_ADAPTER)MiniportAdapterContext;
    ULONG i;

    UNREFERENCED_PARAMETER(HaltAction);
    Adapter->Regs[2] = 0;
    for (i = 0; i < 2 && i < Adapter->VectorCount; i++)
    {
        NdisMDeregisterInterruptEx(Adapter->Vector[i]);
    }
    NdisMUnmapIoSpace(Adapter->NdisHandle, Adapter->Regs, MQ_BAR_SIZE);
    NdisFreeMemory(Adapter, 0, 0);
} // expect: defect Init_RegisterInterrupt, also: Init_DeRegisterInterrupt

NDIS_STATUS MqPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS MqRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS MqOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
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

VOID MqSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    MQ_ADAPTER *Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
    {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->NdisHandle, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID MqUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(MqDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
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
    mc.InitializeHandlerEx = MqInitialize;
    mc.HaltHandlerEx = MqHalt;
    mc.UnloadHandler = MqUnload;
    mc.PauseHandler = MqPause;
    mc.RestartHandler = MqRestart;
    mc.OidRequestHandler = MqOidRequest;
    mc.SendNetBufferListsHandler = MqSend;
    st = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &mc, &MqDriverHandle);
    if (st != NDIS_STATUS_SUCCESS)
        MqDriverHandle = NULL;
    return st;
}
