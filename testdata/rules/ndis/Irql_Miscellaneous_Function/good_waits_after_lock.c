// Pause releases the lock before it waits for an event.

#include <ndis.h>

typedef struct _WA_ADAPTER {
        NDIS_HANDLE Handle;
        NDIS_SPIN_LOCK Lock;
        NDIS_EVENT Idle;
        BOOLEAN Busy;
} WA_ADAPTER, *PWA_ADAPTER;

MINIPORT_INITIALIZE WaInitialize;
MINIPORT_HALT WaHalt;
MINIPORT_UNLOAD WaUnload;
MINIPORT_PAUSE WaPause;
MINIPORT_RESTART WaRestart;
MINIPORT_OID_REQUEST WaOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS WaSend;
MINIPORT_CHECK_FOR_HANG WaCheck;

static NDIS_HANDLE WaDriver;

static NDIS_STATUS WaSetAttributes(WA_ADAPTER *Adapter)
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
        return NdisMSetMiniportAttributes(Adapter->Handle,
                                          (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS WaInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
        PWA_ADAPTER Adapter;
        NDIS_STATUS Status;

        UNREFERENCED_PARAMETER(MiniportDriverContext);
        UNREFERENCED_PARAMETER(MiniportInitParameters);
        Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(WA_ADAPTER),
                                                    'lvlI', NormalPoolPriority);
        if (Adapter == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Adapter, sizeof(WA_ADAPTER));
        Adapter->Handle = MiniportAdapterHandle;
        Status = WaSetAttributes(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
                goto Fail;
        NdisAllocateSpinLock(&Adapter->Lock);
        NdisInitializeEvent(&Adapter->Idle);
        return NDIS_STATUS_SUCCESS;

Fail:
        NdisFreeMemory(Adapter, 0, 0);
        return Status;
}

VOID WaHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
        PWA_ADAPTER Adapter = MiniportAdapterContext;

        UNREFERENCED_PARAMETER(HaltAction);
        NdisFreeSpinLock(&Adapter->Lock);
        NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS WaPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
        PWA_ADAPTER Adapter = MiniportAdapterContext;
        UNREFERENCED_PARAMETER(PauseParameters);
        NdisAcquireSpinLock(&Adapter->Lock);
        if (Adapter->Busy) {
                NdisReleaseSpinLock(&Adapter->Lock);
                NdisWaitEvent(&Adapter->Idle, 0);
                return NDIS_STATUS_SUCCESS;
        }
        NdisReleaseSpinLock(&Adapter->Lock);
        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS WaRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
        PWA_ADAPTER Adapter = MiniportAdapterContext;

        UNREFERENCED_PARAMETER(Adapter);
        UNREFERENCED_PARAMETER(RestartParameters);

        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS WaOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
        PWA_ADAPTER Adapter = MiniportAdapterContext;
        NDIS_STATUS Status = NDIS_STATUS_NOT_SUPPORTED;
        if (OidRequest->RequestType != NdisRequestSetInformation)
                return Status;
        switch (OidRequest->DATA.SET_INFORMATION.Oid) {
        case OID_GEN_CURRENT_PACKET_FILTER:
        case OID_GEN_CURRENT_LOOKAHEAD:
                Status = NDIS_STATUS_SUCCESS;
                break;
        case OID_GEN_LINK_PARAMETERS:
                NdisAcquireSpinLock(&Adapter->Lock);
                Adapter->Busy = TRUE;
                NdisResetEvent(&Adapter->Idle);
                NdisReleaseSpinLock(&Adapter->Lock);
                Status = NDIS_STATUS_SUCCESS;
                break;
        default:
                break;
        }
        return Status;
}

VOID WaSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
        PWA_ADAPTER Adapter = MiniportAdapterContext;
        PNET_BUFFER_LIST Current;
        ULONG Flags = 0;

        UNREFERENCED_PARAMETER(PortNumber);

        for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
                NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
        if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
                Flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
        NdisMSendNetBufferListsComplete(Adapter->Handle, NetBufferLists, Flags);
}

BOOLEAN WaCheck(NDIS_HANDLE MiniportAdapterContext)
{
        PWA_ADAPTER Adapter = MiniportAdapterContext;

        NdisAcquireSpinLock(&Adapter->Lock);
        Adapter->Busy = FALSE;
        NdisSetEvent(&Adapter->Idle);
        NdisReleaseSpinLock(&Adapter->Lock);
        return FALSE;
}

VOID WaUnload(PDRIVER_OBJECT DriverObject)
{
        UNREFERENCED_PARAMETER(DriverObject);
        NdisMDeregisterMiniportDriver(WaDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
        NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

        NdisZeroMemory(&Chars, sizeof(Chars));
        Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
        Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.MajorNdisVersion = 6;
        Chars.MajorDriverVersion = 1;
        Chars.InitializeHandlerEx = WaInitialize;
        Chars.HaltHandlerEx = WaHalt;
        Chars.UnloadHandler = WaUnload;
        Chars.PauseHandler = WaPause;
        Chars.RestartHandler = WaRestart;
        Chars.OidRequestHandler = WaOidRequest;
        Chars.SendNetBufferListsHandler = WaSend;
        Chars.CheckForHangHandlerEx = WaCheck;
        return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &WaDriver);
}
