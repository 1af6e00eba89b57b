// The return handler tests its flag to choose the form of the lock.

#include <ndis.h>

typedef struct _FR_ADAPTER {
        NDIS_HANDLE Handle;
        NDIS_SPIN_LOCK Lock;
        ULONG Returned;
        KIRQL PausedAt;
} FR_ADAPTER, *PFR_ADAPTER;

MINIPORT_INITIALIZE FrInitialize;
MINIPORT_HALT FrHalt;
MINIPORT_UNLOAD FrUnload;
MINIPORT_PAUSE FrPause;
MINIPORT_RESTART FrRestart;
MINIPORT_OID_REQUEST FrOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS FrSend;
MINIPORT_RETURN_NET_BUFFER_LISTS FrReturn;

static NDIS_HANDLE FrDriver;

static NDIS_STATUS FrSetAttributes(FR_ADAPTER *Adapter)
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

NDIS_STATUS FrInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
        PFR_ADAPTER Adapter;
        NDIS_STATUS Status;

        UNREFERENCED_PARAMETER(MiniportDriverContext);
        UNREFERENCED_PARAMETER(MiniportInitParameters);
        Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(FR_ADAPTER),
                                                    'lvlI', NormalPoolPriority);
        if (Adapter == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Adapter, sizeof(FR_ADAPTER));
        Adapter->Handle = MiniportAdapterHandle;
        Status = FrSetAttributes(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
                goto Fail;
        NdisAllocateSpinLock(&Adapter->Lock);
        return NDIS_STATUS_SUCCESS;

Fail:
        NdisFreeMemory(Adapter, 0, 0);
        return Status;
}

VOID FrHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
        PFR_ADAPTER Adapter = MiniportAdapterContext;

        UNREFERENCED_PARAMETER(HaltAction);
        NdisFreeSpinLock(&Adapter->Lock);
        NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS FrPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
        PFR_ADAPTER Adapter = MiniportAdapterContext;
        UNREFERENCED_PARAMETER(PauseParameters);
        Adapter->PausedAt = KeGetCurrentIrql();
        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS FrRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
        PFR_ADAPTER Adapter = MiniportAdapterContext;

        UNREFERENCED_PARAMETER(Adapter);
        UNREFERENCED_PARAMETER(RestartParameters);

        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS FrOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
        PFR_ADAPTER Adapter = MiniportAdapterContext;
        NDIS_STATUS Status = NDIS_STATUS_NOT_SUPPORTED;

        UNREFERENCED_PARAMETER(Adapter);
        if (OidRequest->RequestType != NdisRequestSetInformation)
                return Status;
        switch (OidRequest->DATA.SET_INFORMATION.Oid) {
        case OID_GEN_CURRENT_PACKET_FILTER:
        case OID_GEN_CURRENT_LOOKAHEAD:
                Status = NDIS_STATUS_SUCCESS;
                break;

        default:
                break;
        }
        return Status;
}

VOID FrSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
        PFR_ADAPTER Adapter = MiniportAdapterContext;
        PNET_BUFFER_LIST Current;
        ULONG Flags = 0;

        UNREFERENCED_PARAMETER(PortNumber);

        for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
                NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
        if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
                Flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
        NdisMSendNetBufferListsComplete(Adapter->Handle, NetBufferLists, Flags);
}

VOID FrReturn(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
              ULONG ReturnFlags)
{
        PFR_ADAPTER Adapter = MiniportAdapterContext;
        BOOLEAN AtDispatch = NDIS_TEST_RETURN_AT_DISPATCH_LEVEL(ReturnFlags);

        UNREFERENCED_PARAMETER(NetBufferLists);
        if (AtDispatch)
                NdisDprAcquireSpinLock(&Adapter->Lock);
        else
                NdisAcquireSpinLock(&Adapter->Lock);
        Adapter->Returned++;
        if (AtDispatch)
                NdisDprReleaseSpinLock(&Adapter->Lock);
        else
                NdisReleaseSpinLock(&Adapter->Lock);
}

VOID FrUnload(PDRIVER_OBJECT DriverObject)
{
        UNREFERENCED_PARAMETER(DriverObject);
        NdisMDeregisterMiniportDriver(FrDriver);
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
        Chars.InitializeHandlerEx = FrInitialize;
        Chars.HaltHandlerEx = FrHalt;
        Chars.UnloadHandler = FrUnload;
        Chars.PauseHandler = FrPause;
        Chars.RestartHandler = FrRestart;
        Chars.OidRequestHandler = FrOidRequest;
        Chars.SendNetBufferListsHandler = FrSend;
        Chars.ReturnNetBufferListsHandler = FrReturn;
        return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &FrDriver);
}
