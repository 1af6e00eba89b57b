// The common cleanup deregisters only if the handle was written.

#include <ndis.h>

#define CC_TAG 'AcCN'

typedef struct _CC_ADAPTER
{
    NDIS_HANDLE Handle;
    NDIS_HANDLE Interrupt;
    PVOID Statistics;
} CC_ADAPTER, *PCC_ADAPTER;

MINIPORT_INITIALIZE CcInitialize;
MINIPORT_HALT CcHalt;
MINIPORT_UNLOAD CcUnload;
MINIPORT_PAUSE CcPause;
MINIPORT_RESTART CcRestart;
MINIPORT_OID_REQUEST CcOid;
MINIPORT_SEND_NET_BUFFER_LISTS CcSend;
MINIPORT_ISR CcIsr;
MINIPORT_INTERRUPT_DPC CcDpc;

static NDIS_HANDLE CcDriver;

BOOLEAN CcIsr(NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
              PULONG TargetProcessors)
{
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    *TargetProcessors = 0;
    *QueueDefaultInterruptDpc = TRUE;
    return TRUE;
}

VOID CcDpc(NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
           PVOID ReceiveThrottleParameters, PVOID NdisReserved2)
{
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    UNREFERENCED_PARAMETER(MiniportDpcContext);
    UNREFERENCED_PARAMETER(ReceiveThrottleParameters);
    UNREFERENCED_PARAMETER(NdisReserved2);
}

static NDIS_STATUS CcSetAttributes(CC_ADAPTER *Adapter)
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

static VOID CcCleanup(PCC_ADAPTER Adapter)
{
    if (Adapter->Interrupt != NULL)
    {
        NdisMDeregisterInterruptEx(Adapter->Interrupt);
    }
    if (Adapter->Statistics != NULL)
    {
        NdisFreeMemory(Adapter->Statistics, 0, 0);
    }
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS CcInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    PCC_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(CC_ADAPTER), CC_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(CC_ADAPTER));
    Adapter->Handle = MiniportAdapterHandle;

    Status = CcSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        goto Cleanup;
    }
    Adapter->Statistics = NdisAllocateMemoryWithTagPriority(
        MiniportAdapterHandle, sizeof(NDIS_STATISTICS_INFO), CC_TAG, NormalPoolPriority);
    if (Adapter->Statistics == NULL)
    {
        Status = NDIS_STATUS_RESOURCES;
        goto Cleanup;
    }
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = CcIsr;
    Chars.InterruptDpcHandler = CcDpc;

    Status = NdisMRegisterInterruptEx(MiniportAdapterHandle, Adapter, &Chars, &Adapter->Interrupt);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        Adapter->Interrupt = NULL;
    }

Cleanup:
    if (Status != NDIS_STATUS_SUCCESS)
    {
        CcCleanup(Adapter);
    }
    return Status;
}

VOID CcHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    UNREFERENCED_PARAMETER(HaltAction);
    CcCleanup((PCC_ADAPTER)MiniportAdapterContext);
}

NDIS_STATUS CcPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CcRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CcOid(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
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

VOID CcSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    CC_ADAPTER *Adapter = MiniportAdapterContext;
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

VOID CcUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(CcDriver);
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
    mc.InitializeHandlerEx = CcInitialize;
    mc.HaltHandlerEx = CcHalt;
    mc.UnloadHandler = CcUnload;
    mc.PauseHandler = CcPause;
    mc.RestartHandler = CcRestart;
    mc.OidRequestHandler = CcOid;
    mc.SendNetBufferListsHandler = CcSend;
    st = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &mc, &CcDriver);
    if (st != NDIS_STATUS_SUCCESS)
        CcDriver = NULL;
    return st;
}
