// Of two locks the outer one is released first: the inner one is then released below DISPATCH_LEVEL.

#include <ndis.h>

typedef struct _XW_ADAPTER {
        NDIS_HANDLE Handle;
        NDIS_SPIN_LOCK Config;
        NDIS_SPIN_LOCK Queue;
        ULONG Filter;
        ULONG Queued;
} XW_ADAPTER, *PXW_ADAPTER;

MINIPORT_INITIALIZE XwInitialize;
MINIPORT_HALT XwHalt;
MINIPORT_UNLOAD XwUnload;
MINIPORT_PAUSE XwPause;
MINIPORT_RESTART XwRestart;
MINIPORT_OID_REQUEST XwOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS XwSend;

static NDIS_HANDLE XwDriver;

static NDIS_STATUS XwSetAttributes(XW_ADAPTER *Adapter)
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

static VOID XwSetFilter(PXW_ADAPTER Adapter, ULONG Filter)
{
        NdisAcquireSpinLock(&Adapter->Config);
        Adapter->Filter = Filter;
        NdisAcquireSpinLock(&Adapter->Queue);
        Adapter->Queued = 0;
        NdisReleaseSpinLock(&Adapter->Config);
        NdisReleaseSpinLock(&Adapter->Queue); // expect: defect Irql_Synch_Function
}

NDIS_STATUS XwInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
        PXW_ADAPTER Adapter;
        NDIS_STATUS Status;

        UNREFERENCED_PARAMETER(MiniportDriverContext);
        UNREFERENCED_PARAMETER(MiniportInitParameters);
        Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(XW_ADAPTER),
                                                    'lvlI', NormalPoolPriority);
        if (Adapter == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Adapter, sizeof(XW_ADAPTER));
        Adapter->Handle = MiniportAdapterHandle;
        Status = XwSetAttributes(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
                goto Fail;
        NdisAllocateSpinLock(&Adapter->Config);
        NdisAllocateSpinLock(&Adapter->Queue);
        return NDIS_STATUS_SUCCESS;

Fail:
        NdisFreeMemory(Adapter, 0, 0);
        return Status;
}

VOID XwHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
        PXW_ADAPTER Adapter = MiniportAdapterContext;

        UNREFERENCED_PARAMETER(HaltAction);
        NdisFreeSpinLock(&Adapter->Queue);
        NdisFreeSpinLock(&Adapter->Config);
        NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS XwPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
        PXW_ADAPTER Adapter = MiniportAdapterContext;

        UNREFERENCED_PARAMETER(Adapter);
        UNREFERENCED_PARAMETER(PauseParameters);

        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS XwRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
        PXW_ADAPTER Adapter = MiniportAdapterContext;

        UNREFERENCED_PARAMETER(Adapter);
        UNREFERENCED_PARAMETER(RestartParameters);

        return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS XwOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
        PXW_ADAPTER Adapter = MiniportAdapterContext;
        NDIS_STATUS Status = NDIS_STATUS_NOT_SUPPORTED;
        if (OidRequest->RequestType != NdisRequestSetInformation)
                return Status;
        switch (OidRequest->DATA.SET_INFORMATION.Oid) {
        case OID_GEN_CURRENT_PACKET_FILTER:
        case OID_GEN_CURRENT_LOOKAHEAD:
                Status = NDIS_STATUS_SUCCESS;
                break;
        case OID_802_3_MULTICAST_LIST:
                XwSetFilter(Adapter, 2);
                Status = NDIS_STATUS_SUCCESS;
                break;
        default:
                break;
        }
        return Status;
}

VOID XwSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
        PXW_ADAPTER Adapter = MiniportAdapterContext;
        PNET_BUFFER_LIST Current;
        ULONG Flags = 0;

        UNREFERENCED_PARAMETER(PortNumber);

        for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
                NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
        if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
                Flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
        NdisMSendNetBufferListsComplete(Adapter->Handle, NetBufferLists, Flags);
}

VOID XwUnload(PDRIVER_OBJECT DriverObject)
{
        UNREFERENCED_PARAMETER(DriverObject);
        NdisMDeregisterMiniportDriver(XwDriver);
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
        Chars.InitializeHandlerEx = XwInitialize;
        Chars.HaltHandlerEx = XwHalt;
        Chars.UnloadHandler = XwUnload;
        Chars.PauseHandler = XwPause;
        Chars.RestartHandler = XwRestart;
        Chars.OidRequestHandler = XwOidRequest;
        Chars.SendNetBufferListsHandler = XwSend;

        return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &XwDriver);
}
