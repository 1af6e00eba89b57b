// Reset reads the configuration; it may be called at DISPATCH_LEVEL.

#include <ndis.h>

typedef struct _CO_ADAPTER
{
    NDIS_HANDLE Handle;
    ULONG Speed;
    ULONG Resets;
} CO_ADAPTER, *PCO_ADAPTER;

MINIPORT_INITIALIZE CoInitialize;
MINIPORT_HALT CoHalt;
MINIPORT_UNLOAD CoUnload;
MINIPORT_PAUSE CoPause;
MINIPORT_RESTART CoRestart;
MINIPORT_OID_REQUEST CoOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS CoSend;
MINIPORT_RESET CoReset;

static NDIS_HANDLE CoDriver;

static NDIS_STATUS CoSetAttributes(CO_ADAPTER *Adapter)
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

static NDIS_STATUS CoReadSpeed(PCO_ADAPTER Adapter)
{
    NDIS_CONFIGURATION_OBJECT Object;
    NDIS_STRING Name = NDIS_STRING_CONST("*SpeedDuplex");
    PNDIS_CONFIGURATION_PARAMETER Value;
    NDIS_HANDLE Configuration;
    NDIS_STATUS Status;

    NdisZeroMemory(&Object, sizeof(Object));
    Object.Header.Type = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT;
    Object.Header.Revision = NDIS_CONFIGURATION_OBJECT_REVISION_1;
    Object.Header.Size = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1;
    Object.NdisHandle = Adapter->Handle;
    Status = NdisOpenConfigurationEx(&Object, &Configuration); // expect: defect Irql_Miscellaneous_Function
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;
    NdisReadConfiguration(&Status, &Value, Configuration, &Name, NdisParameterInteger); // expect: defect Irql_Miscellaneous_Function
    if (Status == NDIS_STATUS_SUCCESS)
        Adapter->Speed = Value->ParameterData.IntegerData;
    NdisCloseConfiguration(Configuration); // expect: defect Irql_Miscellaneous_Function
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CoInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PCO_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(CO_ADAPTER), 'lvlI',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(CO_ADAPTER));
    Adapter->Handle = MiniportAdapterHandle;
    Status = CoSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Fail;

    return NDIS_STATUS_SUCCESS;

Fail:
    NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID CoHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PCO_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);

    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS CoPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    PCO_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(PauseParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CoRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PCO_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS CoOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    PCO_ADAPTER Adapter = MiniportAdapterContext;
    NDIS_STATUS Status = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(Adapter);
    if (OidRequest->RequestType != NdisRequestSetInformation)
        return Status;
    switch (OidRequest->DATA.SET_INFORMATION.Oid)
    {
    case OID_GEN_CURRENT_PACKET_FILTER:
    case OID_GEN_CURRENT_LOOKAHEAD:
        Status = NDIS_STATUS_SUCCESS;
        break;

    default:
        break;
    }
    return Status;
}

VOID CoSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PCO_ADAPTER Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;
    ULONG Flags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
        Flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(Adapter->Handle, NetBufferLists, Flags);
}

NDIS_STATUS CoReset(NDIS_HANDLE MiniportAdapterContext, PBOOLEAN AddressingReset)
{
    PCO_ADAPTER Adapter = MiniportAdapterContext;

    *AddressingReset = FALSE;
    Adapter->Resets++;
    return CoReadSpeed(Adapter);
}

VOID CoUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(CoDriver);
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
    Chars.InitializeHandlerEx = CoInitialize;
    Chars.HaltHandlerEx = CoHalt;
    Chars.UnloadHandler = CoUnload;
    Chars.PauseHandler = CoPause;
    Chars.RestartHandler = CoRestart;
    Chars.OidRequestHandler = CoOidRequest;
    Chars.SendNetBufferListsHandler = CoSend;
    Chars.ResetHandlerEx = CoReset;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &CoDriver);
}
