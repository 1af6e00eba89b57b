#include "lan.h"

DRIVER_INITIALIZE DriverEntry;
static MINIPORT_INITIALIZE LanInitialize;
static MINIPORT_HALT LanHalt;
static MINIPORT_PAUSE LanPause;
static MINIPORT_RESTART LanRestart;
static MINIPORT_UNLOAD LanUnload;

static NDIS_HANDLE LanDriver;

static NDIS_STATUS LanSetAttributes(ADAPTER *Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Attributes = {0};

    Attributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.MiniportAdapterContext = Adapter;
    return NdisMSetMiniportAttributes(Adapter->Handle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

static NDIS_STATUS LanInitialize(NDIS_HANDLE Handle, NDIS_HANDLE Context,
                                 PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_STATUS Status;
    ADAPTER *Adapter = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Adapter), LAN_TAG,
                                                         NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(*Adapter));
    Adapter->Handle = Handle;
    Status = LanSetAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = ChipStart(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

static VOID LanHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    ChipStop(Context);
    NdisFreeMemory(Context, 0, 0);
}

static NDIS_STATUS LanPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS LanRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    return NDIS_STATUS_SUCCESS;
}

static VOID LanUnload(PDRIVER_OBJECT DriverObject)
{
    NdisMDeregisterMiniportDriver(LanDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics = {0};

    Characteristics.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Characteristics.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.MajorNdisVersion = 6;
    Characteristics.InitializeHandlerEx = LanInitialize;
    Characteristics.HaltHandlerEx = LanHalt;
    Characteristics.PauseHandler = LanPause;
    Characteristics.RestartHandler = LanRestart;
    Characteristics.UnloadHandler = LanUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics,
                                       &LanDriver);
}
