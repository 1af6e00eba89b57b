/* DriverEntry goes through stages; the switch that undoes them falls through from the stage that
 * was reached. */

#include <ndis.h>

typedef enum _NR_STAGE { NrNothing, NrTableAllocated, NrRegistered } NR_STAGE;

typedef struct _NR_ADAPTER {
    NDIS_HANDLE AdapterHandle;
} NR_ADAPTER, *PNR_ADAPTER;

NDIS_HANDLE NrDriverHandle = NULL;
PVOID NrTable = NULL;

MINIPORT_INITIALIZE NrInitialize;
MINIPORT_HALT NrHalt;
MINIPORT_UNLOAD NrUnload;
MINIPORT_PAUSE NrPause;
MINIPORT_RESTART NrRestart;
MINIPORT_OID_REQUEST NrOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS NrSend;

static NTSTATUS NrMapStatus (NDIS_STATUS Status)
{
    switch (Status) {
        case NDIS_STATUS_SUCCESS:
            return STATUS_SUCCESS;
        case NDIS_STATUS_RESOURCES:
            return STATUS_INSUFFICIENT_RESOURCES;
        default:
            return STATUS_UNSUCCESSFUL;
    }
}

static VOID NrUndo (NR_STAGE Stage)
{
    switch (Stage) {
        case NrRegistered:
            NdisMDeregisterMiniportDriver (NrDriverHandle);
            /* fall through */
        case NrTableAllocated:
            ExFreePoolWithTag (NrTable, 'lbTN');
            NrTable = NULL;
            /* fall through */
        case NrNothing:
            break;
    }
}

NTSTATUS DriverEntry (PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;
    NR_STAGE Stage = NrNothing;
    NTSTATUS Status = STATUS_INSUFFICIENT_RESOURCES;

    do {
        NrTable = ExAllocatePoolWithTag (NonPagedPool, 512, 'lbTN');
        if (NrTable == NULL)
            break;
        Stage = NrTableAllocated;

        NdisZeroMemory (&Chars, sizeof (Chars));
        Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
        Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
        Chars.MajorNdisVersion = 6;
        Chars.MinorNdisVersion = 0;
        Chars.MajorDriverVersion = 1;
        Chars.InitializeHandlerEx = NrInitialize;
        Chars.HaltHandlerEx = NrHalt;
        Chars.UnloadHandler = NrUnload;
        Chars.PauseHandler = NrPause;
        Chars.RestartHandler = NrRestart;
        Chars.OidRequestHandler = NrOidRequest;
        Chars.SendNetBufferListsHandler = NrSend;
        Status = NrMapStatus (NdisMRegisterMiniportDriver (DriverObject, RegistryPath, NULL, &Chars,
                                                           &NrDriverHandle));
        if (!NT_SUCCESS (Status))
            break;
        Stage = NrRegistered;
    } while (FALSE);

    if (!NT_SUCCESS (Status))
        NrUndo (Stage);
    return Status;
}

VOID NrUnload (PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER (DriverObject);
    NrUndo (NrRegistered);
}

static NDIS_STATUS NrSetAttributes (NR_ADAPTER* Adapter)
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
    Status = NdisMSetMiniportAttributes (Adapter->AdapterHandle,
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
    return NdisMSetMiniportAttributes (Adapter->AdapterHandle,
                                       (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS NrInitialize (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PNR_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER (MiniportDriverContext);
    UNREFERENCED_PARAMETER (MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority (MiniportAdapterHandle, sizeof (NR_ADAPTER), 'AdrN',
                                                 NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    Adapter->AdapterHandle = MiniportAdapterHandle;
    Status = NrSetAttributes (Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory (Adapter, 0, 0);
    return Status;
}

VOID NrHalt (NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    UNREFERENCED_PARAMETER (HaltAction);
    NdisFreeMemory (MiniportAdapterContext, 0, 0);
}

NDIS_STATUS NrPause (NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NrRestart (NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    UNREFERENCED_PARAMETER (RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NrOidRequest (NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER (MiniportAdapterContext);
    switch (OidRequest->DATA.SET_INFORMATION.Oid) {
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

VOID NrSend (NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    NR_ADAPTER* Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER (PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL (Current)) {
        NET_BUFFER_LIST_STATUS (Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete (
        Adapter->AdapterHandle, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL (SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}
