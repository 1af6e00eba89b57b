// Halt deregisters the interrupt and then stops the chip with a helper that synchronizes with
// it.

#include <ndis.h>

typedef struct _ST_NIC
{
    NDIS_HANDLE Handle;
    NDIS_HANDLE Interrupt;
    ULONG Mask;
} ST_NIC, *PST_NIC;

MINIPORT_INITIALIZE StInitialize;
MINIPORT_HALT StHalt;
MINIPORT_UNLOAD StUnload;
MINIPORT_PAUSE StPause;
MINIPORT_RESTART StRestart;
MINIPORT_OID_REQUEST StOid;
MINIPORT_SEND_NET_BUFFER_LISTS StSend;
MINIPORT_ISR StIsr;
MINIPORT_INTERRUPT_DPC StDpc;
MINIPORT_SYNCHRONIZE_INTERRUPT StMaskInterrupts;

NDIS_HANDLE StDriver;

BOOLEAN StIsr(NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
              PULONG TargetProcessors)
{
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    *TargetProcessors = 0;
    *QueueDefaultInterruptDpc = TRUE;
    return TRUE;
}

VOID StDpc(NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
           PVOID ReceiveThrottleParameters, PVOID NdisReserved2)
{
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    UNREFERENCED_PARAMETER(MiniportDpcContext);
    UNREFERENCED_PARAMETER(ReceiveThrottleParameters);
    UNREFERENCED_PARAMETER(NdisReserved2);
}

BOOLEAN StMaskInterrupts(NDIS_HANDLE SynchronizeContext)
{
    PST_NIC Nic = SynchronizeContext;

    Nic->Mask = 0;
    return TRUE;
}

static NDIS_STATUS StSetAttributes(ST_NIC *Adapter)
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

static VOID StStop(PST_NIC Nic)
{
    NdisMSynchronizeWithInterruptEx(Nic->Interrupt, 0, StMaskInterrupts, // expect: defect NdisMDeregisterInterruptEx
                                    Nic);
}

NDIS_STATUS StInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    NDIS_STATUS Status;
    PST_NIC Nic;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Nic = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(ST_NIC), 'NpoT',
                                            NormalPoolPriority);
    if (Nic == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Nic, sizeof(ST_NIC));
    Nic->Handle = MiniportAdapterHandle;
    Nic->Mask = 1;

    Status = StSetAttributes(Nic);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        goto Free;
    }
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = StIsr;
    Chars.InterruptDpcHandler = StDpc;

    Status = NdisMRegisterInterruptEx(MiniportAdapterHandle, Nic, &Chars, &Nic->Interrupt);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        goto Free;
    }
    return NDIS_STATUS_SUCCESS;

Free:
    NdisFreeMemory(Nic, 0, 0);
    return Status;
}

VOID StHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PST_NIC Nic = (PST_NIC)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisMDeregisterInterruptEx(Nic->Interrupt);
    StStop(Nic);
    NdisFreeMemory(Nic, 0, 0);
}

NDIS_STATUS StPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS StRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS StOid(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
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

VOID StSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    ST_NIC *Adapter = MiniportAdapterContext;
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

VOID StUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(StDriver);
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
    mc.InitializeHandlerEx = StInitialize;
    mc.HaltHandlerEx = StHalt;
    mc.UnloadHandler = StUnload;
    mc.PauseHandler = StPause;
    mc.RestartHandler = StRestart;
    mc.OidRequestHandler = StOid;
    mc.SendNetBufferListsHandler = StSend;
    st = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &mc, &StDriver);
    if (st != NDIS_STATUS_SUCCESS)
        StDriver = NULL;
    return st;
}
