// Pause withdraws the virtual interface and clears its index; halt tests the index.

#include <ndis.h>

typedef struct _TB_ADAPTER
    {
    NDIS_HANDLE NdisHandle;
    NDIS_HANDLE Provider;
    NET_LUID Luid;
    NET_IFINDEX Index;
    } TB_ADAPTER, *PTB_ADAPTER;

MINIPORT_INITIALIZE TbInitialize;
MINIPORT_HALT TbHalt;
MINIPORT_UNLOAD TbUnload;
MINIPORT_PAUSE TbPause;
MINIPORT_RESTART TbRestart;
MINIPORT_OID_REQUEST TbOid;
MINIPORT_SEND_NET_BUFFER_LISTS TbSend;

static NDIS_HANDLE TbDriver;

static NDIS_STATUS IfQuery(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, PULONG OutputLength,
                           PVOID Output)
    {
    UNREFERENCED_PARAMETER(IfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(Output);
    *OutputLength = 0;
    return NDIS_STATUS_NOT_SUPPORTED;
    }

static NDIS_STATUS IfSet(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, ULONG InputLength,
                         PVOID Input)
    {
    UNREFERENCED_PARAMETER(IfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(InputLength);
    UNREFERENCED_PARAMETER(Input);
    return NDIS_STATUS_NOT_SUPPORTED;
    }

static NDIS_STATUS TbSetAttributes(TB_ADAPTER *Adapter)
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
    Status = NdisMSetMiniportAttributes(Adapter->NdisHandle,
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
    return NdisMSetMiniportAttributes(Adapter->NdisHandle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
    }

static VOID TbWithdraw(PTB_ADAPTER Adapter)
    {
    if (Adapter->Index != 0)
        {
        NdisIfDeregisterInterface(Adapter->Index);
        Adapter->Index = 0;
        }
    }

static NDIS_STATUS TbPublish(PTB_ADAPTER Adapter)
    {
    NET_IF_INFORMATION Info;

    NdisZeroMemory(&Info, sizeof(Info));
    Info.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Info.Header.Revision = NDIS_OBJECT_REVISION_1;
    Info.Header.Size = NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1;
    Info.AccessType = NET_IF_ACCESS_BROADCAST;
    Info.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    Info.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    Info.MediaType = NdisMedium802_3;
    return NdisIfRegisterInterface(Adapter->Provider, Adapter->Luid, Adapter, &Info,
                                   &Adapter->Index);
    }

NDIS_STATUS TbInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
    {
    NDIS_IF_PROVIDER_CHARACTERISTICS Provider;
    PTB_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(TB_ADAPTER), 'AbT ',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(TB_ADAPTER));
    Adapter->NdisHandle = MiniportAdapterHandle;
    Adapter->Luid = MiniportInitParameters->NetLuid;
    Status = TbSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
        {
        NdisZeroMemory(&Provider, sizeof(Provider));
        Provider.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
        Provider.Header.Revision = NDIS_OBJECT_REVISION_1;
        Provider.Header.Size = NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1;
        Provider.QueryObjectHandler = IfQuery;
        Provider.SetObjectHandler = IfSet;
        Status = NdisIfRegisterProvider(&Provider, Adapter, &Adapter->Provider);
        }
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Adapter, 0, 0);
    return Status;
    }

VOID TbHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
    {
    PTB_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    TbWithdraw(Adapter);
    NdisIfDeregisterProvider(Adapter->Provider);
    NdisFreeMemory(Adapter, 0, 0);
    }

NDIS_STATUS TbRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
    {
    PTB_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(RestartParameters);
    return TbPublish(Adapter);
    }

NDIS_STATUS TbPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
    {
    UNREFERENCED_PARAMETER(PauseParameters);
    TbWithdraw(MiniportAdapterContext);
    return NDIS_STATUS_SUCCESS;
    }

NDIS_STATUS TbOid(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
    {
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_SUPPORTED;
    }

VOID TbSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
    {
    TB_ADAPTER *Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
        {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
        }
    NdisMSendNetBufferListsComplete(
        Adapter->NdisHandle, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
    }

VOID TbUnload(PDRIVER_OBJECT DriverObject)
    {
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(TbDriver);
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
    Chars.InitializeHandlerEx = TbInitialize;
    Chars.HaltHandlerEx = TbHalt;
    Chars.UnloadHandler = TbUnload;
    Chars.PauseHandler = TbPause;
    Chars.RestartHandler = TbRestart;
    Chars.OidRequestHandler = TbOid;
    Chars.SendNetBufferListsHandler = TbSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &TbDriver);
    }
