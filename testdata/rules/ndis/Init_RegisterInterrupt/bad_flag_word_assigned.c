// Two interrupts, each with its bit in a flag word; the second bit overwrites the first.

#include <ndis.h>

#define FW_TAG            'AtwF'
#define FW_F_RX_INTERRUPT 0x00000001
#define FW_F_TX_INTERRUPT 0x00000002
#define FW_F_TABLE        0x00000100

typedef struct _FW_ADAPTER
    {
    NDIS_HANDLE MiniportHandle;
    ULONG Flags;
    NDIS_HANDLE RxInterrupt;
    NDIS_HANDLE TxInterrupt;
    PVOID Table;
    } FW_ADAPTER, *PFW_ADAPTER;

MINIPORT_INITIALIZE FwInitialize;
MINIPORT_HALT FwHalt;
MINIPORT_UNLOAD FwUnload;
MINIPORT_PAUSE FwPause;
MINIPORT_RESTART FwRestart;
MINIPORT_OID_REQUEST FwOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS FwSendNetBufferLists;
MINIPORT_ISR FwIsr;
MINIPORT_INTERRUPT_DPC FwDpc;

NDIS_HANDLE FwDriverHandle;

BOOLEAN FwIsr(NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
              PULONG TargetProcessors)
    {
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    *TargetProcessors = 0;
    *QueueDefaultInterruptDpc = TRUE;
    return TRUE;
    }

VOID FwDpc(NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext,
           PVOID ReceiveThrottleParameters, PVOID NdisReserved2)
    {
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    UNREFERENCED_PARAMETER(MiniportDpcContext);
    UNREFERENCED_PARAMETER(ReceiveThrottleParameters);
    UNREFERENCED_PARAMETER(NdisReserved2);
    }

static NDIS_STATUS FwSetAttributes(FW_ADAPTER *Adapter)
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
    Status = NdisMSetMiniportAttributes(Adapter->MiniportHandle,
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
    return NdisMSetMiniportAttributes(Adapter->MiniportHandle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
    }

VOID FwRelease(PFW_ADAPTER Adapter)
    {
    if (Adapter->Flags & FW_F_TX_INTERRUPT)
        NdisMDeregisterInterruptEx(Adapter->TxInterrupt);
    if (Adapter->Flags & FW_F_RX_INTERRUPT)
        NdisMDeregisterInterruptEx(Adapter->RxInterrupt);
    if (Adapter->Flags & FW_F_TABLE)
        NdisFreeMemory(Adapter->Table, 0, 0);
    NdisFreeMemory(Adapter, 0, 0);
    }

NDIS_STATUS FwInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
    {
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars;
    PFW_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(FW_ADAPTER), FW_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(FW_ADAPTER));
    Adapter->MiniportHandle = MiniportAdapterHandle;

    do
        {
        Status = FwSetAttributes(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
            break;

        NdisZeroMemory(&Chars, sizeof(Chars));
        Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
        Chars.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
        Chars.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
        Chars.InterruptHandler = FwIsr;
        Chars.InterruptDpcHandler = FwDpc;

        Status =
            NdisMRegisterInterruptEx(MiniportAdapterHandle, Adapter, &Chars, &Adapter->RxInterrupt);
        if (Status != NDIS_STATUS_SUCCESS)
            break;
        Adapter->Flags |= FW_F_RX_INTERRUPT;

        Status =
            NdisMRegisterInterruptEx(MiniportAdapterHandle, Adapter, &Chars, &Adapter->TxInterrupt);
        if (Status != NDIS_STATUS_SUCCESS)
            break;
        Adapter->Flags = FW_F_TX_INTERRUPT;

        Adapter->Table = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, 1024, FW_TAG,
                                                           NormalPoolPriority);
        if (Adapter->Table == NULL)
            {
            Status = NDIS_STATUS_RESOURCES;
            break;
            }
        Adapter->Flags |= FW_F_TABLE;
        } while (FALSE);

    if (Status != NDIS_STATUS_SUCCESS)
        FwRelease(Adapter);
    return Status; // expect: defect Init_RegisterInterrupt, also: Init_DeRegisterInterrupt
    }

VOID FwHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
    {
    UNREFERENCED_PARAMETER(HaltAction);
    FwRelease((PFW_ADAPTER)MiniportAdapterContext);
    } // expect: defect Init_RegisterInterrupt, also: Init_DeRegisterInterrupt

NDIS_STATUS FwPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
    {
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
    }

NDIS_STATUS FwRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
    {
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
    }

NDIS_STATUS FwOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
    {
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    return OidRequest->RequestType == NdisRequestQueryStatistics ? NDIS_STATUS_INVALID_OID
                                                                 : NDIS_STATUS_NOT_SUPPORTED;
    }

VOID FwSendNetBufferLists(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
                          NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
    {
    FW_ADAPTER *a = (FW_ADAPTER *)MiniportAdapterContext;
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
    NdisMSendNetBufferListsComplete(a->MiniportHandle, NetBufferLists, done);
    }

VOID FwUnload(PDRIVER_OBJECT DriverObject)
    {
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(FwDriverHandle);
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
    Chars.InitializeHandlerEx = FwInitialize;
    Chars.HaltHandlerEx = FwHalt;
    Chars.UnloadHandler = FwUnload;
    Chars.PauseHandler = FwPause;
    Chars.RestartHandler = FwRestart;
    Chars.OidRequestHandler = FwOidRequest;
    Chars.SendNetBufferListsHandler = FwSendNetBufferLists;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &FwDriverHandle);
    }
