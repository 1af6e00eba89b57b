// Halt holds the locks of both queues while it marks them closed, and deregisters after both
// releases.

#include <ndis.h>

typedef struct _QL_QUEUE
    {
    NDIS_SPIN_LOCK Lock;
    BOOLEAN Closed;
    } QL_QUEUE;

typedef struct _QL_ADAPTER
    {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Interrupt;
    QL_QUEUE Send;
    QL_QUEUE Receive;
    } QL_ADAPTER, *PQL_ADAPTER;

MINIPORT_INITIALIZE QlInitialize;
MINIPORT_HALT QlHalt;
MINIPORT_UNLOAD QlUnload;
MINIPORT_PAUSE QlPause;
MINIPORT_RESTART QlRestart;
MINIPORT_OID_REQUEST QlOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS QlSend;
MINIPORT_ISR QlIsr;
MINIPORT_INTERRUPT_DPC QlDpc;

static NDIS_HANDLE QlDriver;

BOOLEAN QlIsr(NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
              PULONG TargetProcessors)
    {
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    *TargetProcessors = 0;
    *QueueDefaultInterruptDpc = TRUE;
    return TRUE;
    }

VOID QlDpc(NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
           PVOID ReceiveThrottleParameters, PVOID NdisReserved2)
    {
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    UNREFERENCED_PARAMETER(MiniportDpcContext);
    UNREFERENCED_PARAMETER(ReceiveThrottleParameters);
    UNREFERENCED_PARAMETER(NdisReserved2);
    }

static NDIS_STATUS QlSetAttributes(QL_ADAPTER *Adapter)
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

NDIS_STATUS QlInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
    {
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    PQL_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(QL_ADAPTER), 'dAlQ',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(QL_ADAPTER));
    Adapter->Handle = MiniportAdapterHandle;
    NdisAllocateSpinLock(&Adapter->Send.Lock);
    NdisAllocateSpinLock(&Adapter->Receive.Lock);

    Status = QlSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Failed;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    Chars.InterruptHandler = QlIsr;
    Chars.InterruptDpcHandler = QlDpc;

    Status = NdisMRegisterInterruptEx(MiniportAdapterHandle, Adapter, &Chars, &Adapter->Interrupt);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Failed;
    return NDIS_STATUS_SUCCESS;

Failed:
    NdisFreeSpinLock(&Adapter->Receive.Lock);
    NdisFreeSpinLock(&Adapter->Send.Lock);
    NdisFreeMemory(Adapter, 0, 0);
    return Status;
    }

VOID QlHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
    {
    PQL_ADAPTER Adapter = MiniportAdapterContext;
    QL_QUEUE *Inner = &Adapter->Receive;
    QL_QUEUE *Outer = &Adapter->Send;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisAcquireSpinLock(&Outer->Lock);
    NdisAcquireSpinLock(&Inner->Lock);
    Inner->Closed = Outer->Closed = TRUE;
    NdisReleaseSpinLock(&Inner->Lock);
    NdisReleaseSpinLock(&Outer->Lock);
    NdisMDeregisterInterruptEx(Adapter->Interrupt);
    NdisFreeSpinLock(&Inner->Lock);
    NdisFreeSpinLock(&Outer->Lock);
    NdisFreeMemory(Adapter, 0, 0);
    }

NDIS_STATUS QlPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
    {
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
    }

NDIS_STATUS QlRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
    {
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
    }

NDIS_STATUS QlOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
    {
    NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    switch (OidRequest->DATA.SET_INFORMATION.Oid)
        {
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

VOID QlSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
    {
    QL_ADAPTER *a = (QL_ADAPTER *)MiniportAdapterContext;
    PNET_BUFFER_LIST cur = NetBufferLists;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(PortNumber);
    while (cur)
        {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
        }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(a->Handle, NetBufferLists, done);
    }

VOID QlUnload(PDRIVER_OBJECT DriverObject)
    {
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(QlDriver);
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
    Chars.InitializeHandlerEx = QlInitialize;
    Chars.HaltHandlerEx = QlHalt;
    Chars.UnloadHandler = QlUnload;
    Chars.PauseHandler = QlPause;
    Chars.RestartHandler = QlRestart;
    Chars.OidRequestHandler = QlOidRequest;
    Chars.SendNetBufferListsHandler = QlSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &QlDriver);
    }
