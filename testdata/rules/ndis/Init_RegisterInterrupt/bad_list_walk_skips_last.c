// Each interrupt has a node of its own in a list; the walk over the list leaves the last one.

#include <ndis.h>

#define LS_TAG 'dnsL'

typedef struct _LS_NODE {
    struct _LS_NODE* Next;
    NDIS_HANDLE Interrupt;
} LS_NODE, *PLS_NODE;

typedef struct _LS_ADAPTER {
    NDIS_HANDLE MiniportHandle;
    PLS_NODE First;
} LS_ADAPTER, *PLS_ADAPTER;

MINIPORT_INITIALIZE LsInitialize;
MINIPORT_HALT LsHalt;
MINIPORT_UNLOAD LsUnload;
MINIPORT_PAUSE LsPause;
MINIPORT_RESTART LsRestart;
MINIPORT_OID_REQUEST LsOid;
MINIPORT_SEND_NET_BUFFER_LISTS LsSend;
MINIPORT_ISR LsIsr;
MINIPORT_INTERRUPT_DPC LsDpc;

static NDIS_HANDLE LsDriver;

BOOLEAN LsIsr (NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
               PULONG TargetProcessors)
{
    UNREFERENCED_PARAMETER (MiniportInterruptContext);
    *TargetProcessors = 0;
    *QueueDefaultInterruptDpc = TRUE;
    return TRUE;
}

VOID LsDpc (NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
            PVOID ReceiveThrottleParameters, PVOID NdisReserved2)
{
    UNREFERENCED_PARAMETER (MiniportInterruptContext);
    UNREFERENCED_PARAMETER (MiniportDpcContext);
    UNREFERENCED_PARAMETER (ReceiveThrottleParameters);
    UNREFERENCED_PARAMETER (NdisReserved2);
}

static NDIS_STATUS LsSetAttributes (LS_ADAPTER* Adapter)
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
    Status = NdisMSetMiniportAttributes (Adapter->MiniportHandle,
                                         (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
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
    return NdisMSetMiniportAttributes (Adapter->MiniportHandle,
                                       (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

static NDIS_STATUS LsAdd (PLS_ADAPTER Adapter)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    NDIS_STATUS Status;
    PLS_NODE Node;

    Node = NdisAllocateMemoryWithTagPriority (Adapter->MiniportHandle, sizeof (LS_NODE), LS_TAG,
                                              NormalPoolPriority);
    if (Node == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory (&Chars, sizeof (Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = LsIsr;
    Chars.InterruptDpcHandler = LsDpc;

    Status = NdisMRegisterInterruptEx (Adapter->MiniportHandle, Adapter, &Chars, &Node->Interrupt);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory (Node, 0, 0);
        return Status;
    }
    Node->Next = Adapter->First;
    Adapter->First = Node;
    return NDIS_STATUS_SUCCESS;
}

static VOID LsRemoveAll (PLS_ADAPTER Adapter)
{
    PLS_NODE Node;

    while ((Node = Adapter->First) != NULL) {
        Adapter->First = Node->Next;
        if (Node->Next != NULL)
            NdisMDeregisterInterruptEx (Node->Interrupt);
        NdisFreeMemory (Node, 0, 0);
    }
}

NDIS_STATUS LsInitialize (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PLS_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER (MiniportDriverContext);
    UNREFERENCED_PARAMETER (MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority (MiniportAdapterHandle, sizeof (LS_ADAPTER), LS_TAG,
                                                 NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory (Adapter, sizeof (LS_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    Status = LsSetAttributes (Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = LsAdd (Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = LsAdd (Adapter);
    if (Status != NDIS_STATUS_SUCCESS) {
        LsRemoveAll (Adapter);
        NdisFreeMemory (Adapter, 0, 0);
    }
    return Status; // expect: defect Init_DeRegisterInterrupt
}

VOID LsHalt (NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PLS_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER (HaltAction);
    LsRemoveAll (Adapter);
    NdisFreeMemory (Adapter, 0, 0);
} // expect: defect Init_RegisterInterrupt, also: Init_DeRegisterInterrupt

NDIS_STATUS LsPause (NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS LsRestart (NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS LsOid (NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    if (OidRequest->RequestType == NdisRequestSetInformation &&
        OidRequest->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
        OidRequest->DATA.SET_INFORMATION.BytesRead = sizeof (ULONG);
        return NDIS_STATUS_SUCCESS;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID LsSend (NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    LS_ADAPTER* Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER (PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL (Current)) {
        NET_BUFFER_LIST_STATUS (Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete (
        Adapter->MiniportHandle, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL (SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID LsUnload (PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER (DriverObject);
    NdisMDeregisterMiniportDriver (LsDriver);
}

NTSTATUS DriverEntry (PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory (&Chars, sizeof (Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = LsInitialize;
    Chars.HaltHandlerEx = LsHalt;
    Chars.UnloadHandler = LsUnload;
    Chars.PauseHandler = LsPause;
    Chars.RestartHandler = LsRestart;
    Chars.OidRequestHandler = LsOid;
    Chars.SendNetBufferListsHandler = LsSend;
    return NdisMRegisterMiniportDriver (DriverObject, RegistryPath, NULL, &Chars, &LsDriver);
}
